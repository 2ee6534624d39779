//! What the name of a column says, in several languages; an HXL tag is a name too.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::place::{self, normalised};

/// The words as data.
const WORDS: &str = include_str!("names.toml");

/// Marks of shares and of money.
const OTHER_KINDS: [char; 8] = ['%', '‰', '٪', '$', '€', '£', '¥', '₴'];

/// Words of one phrase at most.
const LONGEST: usize = 7;

/// The part of a figure that a whole name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    Origin,
    Location,
    Admin0,
    Admin1,
    Admin2,
    Date,
    Start,
    End,
    Year,
    Month,
    Published,
    Claimant,
    Url,
    Notes,
    Value,
    Low,
    High,
    Indicator,
    Sex,
    Age,
    /// Something that is no part of a figure, such as a coordinate.
    Other,
}

/// What the words of a name say that is counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Count {
    /// Code of the indicator, where a word tells it.
    pub(super) indicator: Option<String>,
    /// Codes by dimension.
    pub(super) breakdown: BTreeMap<String, String>,
    /// The place after "from".
    pub(super) origin: Option<String>,
    /// Words such as "cumulative" or "since", as they stand in the list.
    pub(super) cumulative: Option<String>,
    /// Whether every word is understood.
    pub(super) is_whole: bool,
    /// What is not understood, or says another thing than the words before it.
    pub(super) beside: Vec<String>,
}

/// What a name says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Name {
    /// The part of a figure, when the whole name is one.
    pub(super) part: Option<Part>,
    /// Whether it says that its places are ISO codes.
    pub(super) says_iso: bool,
    /// What is counted.
    pub(super) count: Count,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    part: BTreeMap<Part, Vec<String>>,
    indicator: BTreeMap<String, Vec<String>>,
    narrower: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, Vec<String>>,
}

/// What a phrase within a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Phrase {
    Indicator(String),
    Narrower(Vec<(String, String)>),
    Filler,
    Cumulative,
}

struct Words {
    parts: HashMap<String, Part>,
    phrases: HashMap<String, Phrase>,
    lists: BTreeMap<String, Vec<String>>,
}

fn words() -> &'static Words {
    static WORDS_READ: OnceLock<Words> = OnceLock::new();
    WORDS_READ.get_or_init(|| Words::parsed(WORDS).expect("a test reads names.toml"))
}

impl Words {
    fn parsed(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut parts = HashMap::new();
        for (part, names) in &file.part {
            parts.extend(names.iter().map(|name| (normalised(name), *part)));
        }
        let lists: BTreeMap<String, Vec<String>> = file
            .words
            .into_iter()
            .map(|(list, words)| (list, words.iter().map(|word| normalised(word)).collect()))
            .collect();
        let mut phrases = HashMap::new();
        let mut add = |names: &[String], phrase: &Phrase| {
            for name in names {
                phrases.insert(normalised(name), phrase.clone());
            }
        };
        // Later lists win: "missing" is an indicator, whatever else it might be.
        add(&lists["filler"], &Phrase::Filler);
        add(&lists["cumulative"], &Phrase::Cumulative);
        for (codes, names) in &file.narrower {
            let codes = codes
                .split(' ')
                .filter_map(|code| code.split_once('.'))
                .map(|(dimension, code)| (dimension.to_owned(), code.to_owned()))
                .collect();
            add(names, &Phrase::Narrower(codes));
        }
        for (code, names) in &file.indicator {
            add(names, &Phrase::Indicator(code.clone()));
        }
        Ok(Self {
            parts,
            phrases,
            lists,
        })
    }

    /// Whether a normalised text is in a list of names.toml.
    fn has(&self, list: &str, word: &str) -> bool {
        self.lists
            .get(list)
            .is_some_and(|words| words.iter().any(|known| known == word))
    }
}

/// Whether a text is one of a list of names.toml: `totals`, `missing`, `not_applicable`, `all`.
pub(super) fn is_in(list: &str, text: &str) -> bool {
    let text = normalised(text);
    !text.is_empty() && words().has(list, &text)
}

/// What a name or a tag says.
pub(super) fn read(name: &str) -> Name {
    let words = words();
    let spaced = normalised(&with_spaces(name));
    let plain = normalised(name);
    let without_scheme = |text: &str| {
        let kept: Vec<&str> = text
            .split(' ')
            .filter(|word| {
                !["iso", "code", "name"]
                    .iter()
                    .any(|list| words.has(list, word))
            })
            .collect();
        kept.join(" ")
    };
    let candidates = [
        plain.clone(),
        spaced.clone(),
        without_scheme(&plain),
        without_scheme(&spaced),
    ];
    let part = candidates
        .iter()
        .find_map(|candidate| words.parts.get(candidate).copied());
    let says_iso = spaced
        .split(' ')
        .chain(plain.split(' '))
        .any(|word| words.has("iso", word) || word.starts_with("iso3"));
    let whole = count(words, &plain);
    let mut count = if whole.is_whole {
        whole
    } else {
        count(words, &spaced)
    };
    // Marks are no words, and what is a share or money is no count of people.
    let marks = name.chars().filter(|mark| OTHER_KINDS.contains(mark));
    for mark in marks {
        count.is_whole = false;
        count.beside.push(mark.to_string());
    }
    Name {
        part: part.filter(|part| *part != Part::Value || count.beside.is_empty()),
        says_iso,
        count,
    }
}

/// A name with its parts set apart: `numPresentIdpInd`, `coo_iso`, `#date+reported`.
fn with_spaces(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            out.push(' ');
        }
        out.push(letter);
        before = letter;
    }
    out
}

/// Reads a normalised name as words that say what is counted, the longest phrases first.
fn count(words: &Words, name: &str) -> Count {
    let tokens: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let mut found = Count {
        is_whole: !tokens.is_empty(),
        ..Count::default()
    };
    let mut at = 0;
    while at < tokens.len() {
        let phrase = (1..=LONGEST.min(tokens.len() - at))
            .rev()
            .find_map(|length| {
                let text = tokens[at..at + length].join(" ");
                words
                    .phrases
                    .get(&text)
                    .map(|phrase| (length, text, phrase))
            });
        at += match phrase {
            Some((length, text, phrase)) => {
                found.add(phrase, text);
                length
            }
            None => match band(&tokens[at..], !found.breakdown.is_empty()) {
                Some((length, band)) => {
                    found.breakdown.insert("age".to_owned(), band);
                    length
                }
                None => found.origin_or_unknown(&tokens[at..]),
            },
        };
    }
    found
}

impl Count {
    fn add(&mut self, phrase: &Phrase, text: String) {
        match phrase {
            Phrase::Filler => {}
            Phrase::Cumulative => self.cumulative = Some(text),
            Phrase::Indicator(code) => {
                // Two indicators in one name say no more than none.
                if self.indicator.as_ref().is_some_and(|known| known != code) {
                    self.is_whole = false;
                    self.beside.push(text);
                }
                self.indicator = Some(code.clone());
            }
            Phrase::Narrower(codes) => self.breakdown.extend(codes.iter().cloned()),
        }
    }

    /// Takes "from Ukraine"; anything else is not understood. Answers how many words were taken.
    fn origin_or_unknown(&mut self, tokens: &[&str]) -> usize {
        const NAME: usize = 4;
        if tokens[0] == "from" {
            for length in (1..=NAME.min(tokens.len() - 1)).rev() {
                let name = tokens[1..=length].join(" ");
                if let Ok(place) = place::resolve(place::Scheme::Name, &name) {
                    self.origin = Some(place.id.to_string());
                    return length + 1;
                }
            }
        }
        self.is_whole = false;
        self.beside.push(tokens[0].to_owned());
        1
    }
}

/// Ages: `0 4`, or the last band, `60`, after a word of sex. Answers how many words it takes.
fn band(tokens: &[&str], after_people: bool) -> Option<(usize, String)> {
    const OLDEST: u8 = 120;
    const LAST_BAND: std::ops::RangeInclusive<u8> = 50..=80;
    let age = |word: &&str| word.parse::<u8>().ok().filter(|age| *age <= OLDEST);
    let first = tokens.first().and_then(age)?;
    match tokens.get(1).and_then(age) {
        Some(last) if first < last => Some((2, format!("{first}-{last}"))),
        None if after_people && LAST_BAND.contains(&first) => Some((1, format!("{first}+"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary;

    #[test]
    fn the_list_reads_and_holds_words_of_the_vocabulary() {
        let words = Words::parsed(WORDS).unwrap();
        for list in [
            "filler",
            "cumulative",
            "iso",
            "code",
            "name",
            "totals",
            "missing",
            "not_applicable",
            "all",
        ] {
            assert!(words.lists.contains_key(list), "{list}");
        }
        for phrase in words.phrases.values() {
            match phrase {
                Phrase::Indicator(code) => drop(vocabulary::indicator(code).unwrap()),
                Phrase::Narrower(codes) => {
                    assert!(!codes.is_empty());
                    for (dimension, code) in codes {
                        vocabulary::dimension(dimension)
                            .unwrap()
                            .check(code)
                            .unwrap();
                    }
                }
                Phrase::Filler | Phrase::Cumulative => {}
            }
        }
    }

    #[test]
    fn names_of_parts_are_known_in_four_languages() {
        for (name, part) in [
            ("Country of Asylum (ISO)", Part::Location),
            ("Pays d'asile", Part::Location),
            ("país de origen", Part::Origin),
            ("التاريخ", Part::Date),
            ("coo_iso", Part::Origin),
            ("#country+origin+code", Part::Origin),
            ("#date+reported", Part::Date),
            ("reference_period_end", Part::End),
            ("admin2_code", Part::Admin2),
            ("reportingDate", Part::Date),
            ("المحافظة", Part::Admin1),
        ] {
            assert_eq!(read(name).part, Some(part), "{name}");
        }
    }

    #[test]
    fn a_count_is_told_only_when_every_word_is_understood() {
        let told = |name: &str| {
            let count = read(name).count;
            let breakdown: Vec<String> = count
                .breakdown
                .iter()
                .map(|(dimension, code)| format!("{dimension}={code}"))
                .collect();
            (
                count.is_whole,
                count.indicator.unwrap_or_default(),
                breakdown.join(";"),
            )
        };
        let of = |whole, indicator: &str, breakdown: &str| {
            (whole, indicator.to_owned(), breakdown.to_owned())
        };
        assert_eq!(told("Nombre de réfugiés"), of(true, "refugees", ""));
        assert_eq!(told("numPresentIdpInd"), of(true, "idps", ""));
        assert_eq!(told("Female_0_4"), of(true, "", "age=0-4;sex=f"));
        assert_eq!(told("Female_60"), of(true, "", "age=60+;sex=f"));
        assert_eq!(told("Children killed"), of(true, "killed", "age=children"));
        assert_eq!(told("#affected+refugees+f"), of(true, "refugees", "sex=f"));
        assert_eq!(told("عدد النازحين"), of(true, "idps", ""));
        assert!(!told("Refugees in camps").0);
        assert!(!told("Refugees and IDPs").0);
        assert!(!told("").0);
        let count = read("Individual refugees from Ukraine recorded across Europe").count;
        assert_eq!(count.origin.as_deref(), Some("UKR"));
        assert!(count.is_whole);
        assert_eq!(
            read("Cumulative deaths").count.cumulative.as_deref(),
            Some("cumulative")
        );
    }
}
