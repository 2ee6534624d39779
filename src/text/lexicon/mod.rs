//! The words of a language that numbers are made of, and of those around numbers: one TOML file each.

mod language;
mod phrases;

use std::collections::HashMap;

use serde::Deserialize;

use crate::figure::{Qualifier, Status};
pub use language::language_of;
pub use phrases::{Phrases, Spelling, Spellings};

/// The files, English first: it is taken where no language fits.
const FILES: &[&str] = &[
    include_str!("en.toml"),
    include_str!("fr.toml"),
    include_str!("es.toml"),
    include_str!("ar.toml"),
    include_str!("uk.toml"),
];

impl Grammar {
    /// Whether a number goes on behind tens or ones as French does: "quatre-vingt", "soixante-quinze", "dix-sept".
    pub const fn joins_twenties(self, before: i64, value: i64) -> bool {
        self.by_twenties
            && match before {
                4 => value == 20,
                10 => value >= 7 && value <= 9,
                60 | 80 => value > 0 && value < 20,
                _ => false,
            }
    }
}

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
    /// Endings that make an ordinal of the digits before them: "2ème", "20-го".
    #[serde(default)]
    ordinals: Vec<String>,
    /// What is written in one word with the word behind it: the Arabic "and", "the", "in".
    #[serde(default)]
    prefixes: Vec<String>,
    #[serde(default)]
    grammar: Grammar,
}

/// How a language puts number words and nouns together, where it does so otherwise than English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of the file")]
pub struct Grammar {
    /// "vingt et un", "treinta y cuatro": "and" joins tens and ones.
    pub tens_and_ones: bool,
    /// "soixante-dix", "quatre-vingt-onze": sixty and eighty are counted on to nineteen.
    pub by_twenties: bool,
    /// Ones stand before tens.
    pub ones_first: bool,
    /// "un million et demi": a half behind the scale is a half of it.
    pub half_behind: bool,
    /// A counted noun without a known head is one word, the first.
    pub noun_first: bool,
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
    or: Vec<String>,
    the: Vec<String>,
    of: Vec<String>,
    from: Vec<String>,
    per: Vec<String>,
    before_year: Vec<String>,
    /// Scales that are numbers without another before them: "mil", "cent".
    #[serde(default)]
    bare: Vec<String>,
    /// Words for one and a half.
    #[serde(default)]
    one_and_a_half: Vec<String>,
    #[serde(default)]
    change: ChangeWords,
}

/// Words by which a number tells how much more or less there is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ChangeWords {
    /// Right before it: "an increase of".
    before: Vec<String>,
    /// Verbs that tell a change with `by` before it: "rose … by".
    verbs: Vec<String>,
    by: Vec<String>,
    /// Behind it: "fewer".
    fewer: Vec<String>,
    /// Behind it, with `than` in the same clause: "more … than".
    more: Vec<String>,
    than: Vec<String>,
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
    /// A number that is one word: mostly below a hundred, else hundreds or a dual such as two thousand.
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
    /// "or".
    pub or: bool,
    /// "the".
    pub the: bool,
    /// "of".
    pub of: bool,
    /// "from", before the first of two numbers that tell a change.
    pub from: bool,
    /// "per", before a denominator.
    pub per: bool,
    /// A word before a year: "in", "since".
    pub before_year: bool,
    /// A scale that needs no number before it.
    pub bare: bool,
    /// One and a half.
    pub one_and_a_half: bool,
    /// An ending of ordinals behind digits.
    pub ordinal: bool,
    /// What is written in one word with what follows it.
    pub prefix: bool,
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
    /// How it puts numbers together.
    pub grammar: Grammar,
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
    /// By which a number tells how much more or less there is.
    pub change: Change,
}

/// Phrases by which a number tells how much more or less there is.
#[derive(Debug)]
pub struct Change {
    /// Right before it: "an increase of".
    pub before: Phrases<()>,
    /// Verbs of change, with [`Self::by`] before the number.
    pub verbs: Phrases<()>,
    /// "by".
    pub by: Phrases<()>,
    /// Behind it: "fewer".
    pub fewer: Phrases<()>,
    /// Behind it, with [`Self::than`] in the same clause.
    pub more: Phrases<()>,
    /// "than".
    pub than: Phrases<()>,
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
                // What the file itself says of a word with a prefix stands beside this.
                for prefix in &file.prefixes {
                    if let [spelling] = spellings.of_words(&format!("{prefix}{word}"))[..] {
                        change(senses.entry(spelling).or_default());
                    }
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
        set(&file.words.or, &|senses| senses.or = true);
        set(&file.words.the, &|senses| senses.the = true);
        set(&file.words.of, &|senses| senses.of = true);
        set(&file.words.from, &|senses| senses.from = true);
        set(&file.words.per, &|senses| senses.per = true);
        set(&file.words.before_year, &|senses| senses.before_year = true);
        set(&file.words.bare, &|senses| senses.bare = true);
        set(&file.words.one_and_a_half, &|senses| {
            senses.one_and_a_half = true;
        });
        set(&file.ordinals, &|senses| senses.ordinal = true);
        set(&file.heads, &|senses| senses.head = true);
        set(&file.stops, &|senses| senses.stop = true);
        set(&file.references, &|senses| senses.reference = true);
        set(&file.measures, &|senses| senses.measure = true);
        set(&file.partitives, &|senses| senses.partitive = true);
        set(&file.currencies, &|senses| senses.currency = true);
        set(&file.abbreviations, &|senses| senses.abbreviation = true);
        set(&file.common, &|senses| senses.common = true);
        for prefix in &file.prefixes {
            for spelling in spellings.of_words(prefix) {
                senses.entry(spelling).or_default().prefix = true;
            }
        }
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
        let told = &file.words.change;
        let change = Change {
            before: phrases(&told.before),
            verbs: phrases(&told.verbs),
            by: phrases(&told.by),
            fewer: phrases(&told.fewer),
            more: phrases(&told.more),
            than: phrases(&told.than),
        };
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
            grammar: file.grammar,
            senses,
            vague,
            before,
            after,
            out_of,
            times,
            percent,
            years_old,
            pairs,
            change,
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
