//! Prose: from a document to figures that a person accepts or rejects.
//!
//! ```text
//! bytes -> document (title, body, dates) -> quantities (numbers with qualifier and unit)
//!       -> candidates (what is counted, where, when, by whom)
//! ```
//!
//! A candidate is a proposal with the words that it was read from. It enters no sum and no chart before a
//! person accepted it.

pub mod candidate;
pub mod code_points;
mod date;
pub mod document;
mod figure;
mod labelled;
mod lack;
pub mod lexicon;
mod places;
mod prospect;
pub mod quantity;
mod rules;
mod sentence;
mod token;

pub use candidate::{Candidate, Field, Stretch};
pub use document::Document;
pub use figure::Given;
pub use labelled::labelled;
pub use lack::Lack;
pub use lexicon::language_of;
pub use prospect::{FIELDS, Prospect, SetError, Setting, claimant_code, located};
pub use quantity::Words;

use std::sync::OnceLock;

use code_points::CodePoints;
use figure::Which;
use lexicon::{Lexicon, Phrases, Spellings};
use quantity::{Located, Reader};

/// All words and rules, made once a process.
struct Knowledge {
    spellings: Spellings,
    lexicons: Vec<Lexicon>,
    rules: Vec<rules::Rules>,
    places: Phrases<places::Name>,
}

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let mut spellings = Spellings::default();
        let lexicons = lexicon::lexicons(&mut spellings);
        let rules = rules::all(&mut spellings);
        let places = places::names(&mut spellings);
        Knowledge {
            spellings,
            lexicons,
            rules,
            places,
        }
    })
}

/// The lexicons and the words that they hold.
fn words() -> (&'static [Lexicon], &'static Spellings) {
    let knowledge = knowledge();
    (&knowledge.lexicons, &knowledge.spellings)
}

/// The lexicon of a text: of the language that it is said to be in where that is known, else of the one that
/// its words tell, else English.
fn lexicon_of(text: &str, language: Option<&str>) -> &'static Lexicon {
    let lexicons = &knowledge().lexicons;
    let known = |code: &str| lexicons.iter().find(|lexicon| lexicon.language == code);
    language
        .and_then(known)
        .or_else(|| language_of(text).and_then(known))
        .unwrap_or(&lexicons[0])
}

/// Every quantity of a text, in order, with its qualifier and its unit.
pub fn quantities(text: &str, language: Option<&str>) -> Vec<Located> {
    let tokens = token::tokens(text, &mut |word| knowledge().spellings.get(word));
    let reader = Reader {
        text,
        tokens: &tokens,
        lexicon: lexicon_of(text, language),
    };
    let dates = date::dates(reader);
    let points = CodePoints::new(text);
    quantity::mentions(reader, &dates)
        .iter()
        .flat_map(|mention| quantity::located(reader, &points, mention))
        .collect()
}

/// The figures that a document seems to state, and every other number that may count people, for drafts
/// whose numbers are all to be checked.
pub fn numbers(document: &Document, given: &Given) -> Vec<Candidate> {
    by(document).map_or_else(Vec::new, |by| {
        figure::read(document, given, by, Which::Numbers)
    })
}

/// The figures that a document seems to state, in the order of its body.
///
/// Texts in languages without rules of their own give none.
pub fn read(document: &Document, given: &Given) -> Vec<Candidate> {
    by(document).map_or_else(Vec::new, |by| {
        figure::read(document, given, by, Which::Figures)
    })
}

/// The words and rules that a document is read by.
fn by(document: &Document) -> Option<figure::By<'static>> {
    let knowledge = knowledge();
    let lexicon = lexicon_of(&document.body, document.language.as_deref());
    let rules = &knowledge.rules;
    Some(figure::By {
        lexicon,
        spellings: &knowledge.spellings,
        rules: rules.iter().find(|one| one.language == lexicon.language)?,
        places: &knowledge.places,
    })
}
