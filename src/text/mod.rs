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
pub mod lexicon;
pub mod quantity;
mod token;

pub use candidate::{Candidate, Field};
pub use document::Document;

use std::sync::OnceLock;

use code_points::CodePoints;
use lexicon::{Lexicon, Spellings};
use quantity::{Located, Reader};

/// All words and rules, made once a process.
struct Knowledge {
    spellings: Spellings,
    lexicons: Vec<Lexicon>,
}

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let mut spellings = Spellings::default();
        let lexicons = lexicon::lexicons(&mut spellings);
        Knowledge {
            spellings,
            lexicons,
        }
    })
}

/// The lexicon of a language; of English where none is known.
fn lexicon_of(language: Option<&str>) -> &'static Lexicon {
    let lexicons = &knowledge().lexicons;
    language
        .and_then(|code| lexicons.iter().find(|lexicon| lexicon.language == code))
        .unwrap_or(&lexicons[0])
}

/// Every quantity of a text, in order, with its qualifier and its unit.
pub fn quantities(text: &str, language: Option<&str>) -> Vec<Located> {
    let tokens = token::tokens(text, &mut |word| knowledge().spellings.get(word));
    let reader = Reader {
        text,
        tokens: &tokens,
        lexicon: lexicon_of(language),
    };
    let dates = date::dates(reader);
    let points = CodePoints::new(text);
    quantity::mentions(reader, &dates)
        .iter()
        .flat_map(|mention| quantity::located(reader, &points, mention))
        .collect()
}
