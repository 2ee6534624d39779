//! The words of a language that numbers are made of, and of those around numbers: one TOML file each.

mod phrases;

use std::collections::HashMap;

use serde::Deserialize;

use crate::figure::{Qualifier, Status};
pub use phrases::{Phrases, Spelling, Spellings};

/// The files, English first: it is taken where no language fits.
const FILES: &[&str] = &[include_str!("en.toml")];

/// A lexicon as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    decimal: char,
    common: Vec<String>,
    abbreviations: Vec<String>,
    numbers: HashMap<String, i64>,
    scales: HashMap<String, i64>,
    suffixes: HashMap<String, i64>,
    vague: HashMap<String, (i64, i64)>,
    fractions: HashMap<String, i64>,
    words: Words,
    qualifier: Vec<QualifierEntry>,
    months: HashMap<String, u32>,
    weekdays: HashMap<String, u32>,
    #[serde(default)]
    heads: Vec<String>,
    #[serde(default)]
    stops: Vec<String>,
    #[serde(default)]
    references: Vec<String>,
    #[serde(default)]
    measures: Vec<String>,
    #[serde(default)]
    partitives: Vec<String>,
    #[serde(default)]
    currencies: Vec<String>,
    #[serde(default)]
    pairs: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    and: Vec<String>,
    a: Vec<String>,
    to: Vec<String>,
    out_of: Vec<String>,
    times: Vec<String>,
    percent: Vec<String>,
    years_old: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct QualifierEntry {
    means: Qualifier,
    status: Option<Status>,
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
}

/// What the words around a number say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hedge {
    /// How firmly it is said.
    pub qualifier: Qualifier,
    /// What kind of knowledge it is, where the words tell.
    pub status: Option<Status>,
}

/// What a word means within numbers and dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Senses {
    /// A number below a hundred.
    pub number: Option<i64>,
    /// A multiplier.
    pub scale: Option<i64>,
    /// A multiplier in a letter or two right behind digits.
    pub suffix: Option<i64>,
    /// Into how many parts a fraction divides.
    pub fraction: Option<i64>,
    /// A month.
    pub month: Option<u32>,
    /// A day of the week, Monday first.
    pub weekday: Option<u32>,
    /// "and" within a number.
    pub and: bool,
    /// "a" before a scale or a fraction.
    pub article: bool,
    /// "to" between the ends of a range.
    pub to: bool,
    /// A noun that ends what is counted: "people", "staff".
    pub head: bool,
    /// A word that what is counted does not hold: "were", "in".
    pub stop: bool,
    /// A word after which a number is a name: "figure 9", "week 25".
    pub reference: bool,
    /// A measure of length, weight, time and the like.
    pub measure: bool,
    /// A currency by its name or code.
    pub currency: bool,
    /// A noun that is counted of something: "cases", "litres".
    pub partitive: bool,
    /// A full stop after it ends no sentence.
    pub abbreviation: bool,
    /// A common word of the language.
    pub common: bool,
}

/// A language.
#[derive(Debug)]
pub struct Lexicon {
    /// Its code, such as `en`.
    pub language: String,
    /// The mark before a fraction.
    pub decimal: char,
    senses: HashMap<Spelling, Senses, foldhash::fast::FixedState>,
    /// Sizes with bounds only: "tens of thousands".
    pub vague: Phrases<(i64, i64)>,
    /// What qualifies the number after it.
    pub before: Phrases<Hedge>,
    /// What qualifies the number before it.
    pub after: Phrases<Hedge>,
    /// "out of", between a part and its whole.
    pub out_of: Phrases<()>,
    /// "times".
    pub times: Phrases<()>,
    /// "per cent".
    pub percent: Phrases<()>,
    /// "years old".
    pub years_old: Phrases<()>,
    /// Nouns that are counted together: "refugees and migrants".
    pub pairs: Phrases<()>,
}

impl Lexicon {
    /// What a spelling means.
    pub fn senses(&self, spelling: Spelling) -> Senses {
        if spelling.is_unknown() {
            return Senses::default();
        }
        self.senses.get(&spelling).copied().unwrap_or_default()
    }

    fn new(file: File, spellings: &mut Spellings) -> Self {
        let mut senses: HashMap<Spelling, Senses, _> = HashMap::default();
        let mut set = |words: &[String], change: &dyn Fn(&mut Senses)| {
            for word in words {
                for spelling in spellings.of_words(word) {
                    change(senses.entry(spelling).or_default());
                }
            }
        };
        let one = |word: &String| std::slice::from_ref(word).to_vec();
        for (word, value) in &file.numbers {
            set(&one(word), &|senses| senses.number = Some(*value));
        }
        for (word, value) in &file.scales {
            set(&one(word), &|senses| senses.scale = Some(*value));
        }
        for (word, value) in &file.suffixes {
            set(&one(word), &|senses| senses.suffix = Some(*value));
        }
        for (word, value) in &file.fractions {
            set(&one(word), &|senses| senses.fraction = Some(*value));
        }
        for (word, value) in &file.months {
            set(&one(word), &|senses| senses.month = Some(*value));
        }
        for (word, value) in &file.weekdays {
            set(&one(word), &|senses| senses.weekday = Some(*value));
        }
        set(&file.words.and, &|senses| senses.and = true);
        set(&file.words.a, &|senses| senses.article = true);
        set(&file.words.to, &|senses| senses.to = true);
        set(&file.heads, &|senses| senses.head = true);
        set(&file.stops, &|senses| senses.stop = true);
        set(&file.references, &|senses| senses.reference = true);
        set(&file.measures, &|senses| senses.measure = true);
        set(&file.partitives, &|senses| senses.partitive = true);
        set(&file.currencies, &|senses| senses.currency = true);
        set(&file.abbreviations, &|senses| senses.abbreviation = true);
        set(&file.common, &|senses| senses.common = true);
        let mut phrases = |texts: &[String]| {
            let mut phrases = Phrases::default();
            for text in texts {
                phrases.add(text, (), spellings);
            }
            phrases
        };
        let out_of = phrases(&file.words.out_of);
        let times = phrases(&file.words.times);
        let percent = phrases(&file.words.percent);
        let years_old = phrases(&file.words.years_old);
        let pairs = phrases(&file.pairs);
        let mut vague = Phrases::default();
        for (text, bounds) in &file.vague {
            vague.add(text, *bounds, spellings);
        }
        let (mut before, mut after) = (Phrases::default(), Phrases::default());
        for entry in &file.qualifier {
            let hedge = Hedge {
                qualifier: entry.means,
                status: entry.status,
            };
            for text in &entry.before {
                before.add(text, hedge, spellings);
            }
            for text in &entry.after {
                after.add(text, hedge, spellings);
            }
        }
        Self {
            language: file.language,
            decimal: file.decimal,
            senses,
            vague,
            before,
            after,
            out_of,
            times,
            percent,
            years_old,
            pairs,
        }
    }
}

/// All languages. A file that does not fit is left out, which a test would show.
pub fn lexicons(spellings: &mut Spellings) -> Vec<Lexicon> {
    FILES
        .iter()
        .filter_map(|text| toml::from_str::<File>(text).ok())
        .map(|file| Lexicon::new(file, spellings))
        .collect()
}
