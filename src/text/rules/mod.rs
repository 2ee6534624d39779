//! What words beside a number say is counted, and how: data, one file a language.

use std::collections::HashMap;

use serde::Deserialize;

use crate::figure::{Breakdown, Measure, Status, Unit};
use crate::text::lexicon::{Phrases, Spelling, Spellings};

/// The files by their languages.
const FILES: &[(&str, &str)] = &[
    ("en", include_str!("en.toml")),
    ("es", include_str!("es.toml")),
    ("fr", include_str!("fr.toml")),
];

/// On which side of a number a cue may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Within the counted noun.
    Unit,
    /// Behind it.
    After,
    /// Before the number.
    Before,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cue: Vec<CueEntry>,
    disease: List,
    people: Vec<PeopleEntry>,
    units: Units,
    skip: List,
    passive: List,
    clause: List,
    status: StatusWords,
    measure: MeasureWords,
    who: WhoWords,
    links: LinkWords,
    places: PlaceWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    id: String,
    indicator: String,
    side: Vec<Side>,
    words: Vec<String>,
    measure: Option<Measure>,
    status: Option<Status>,
    #[serde(default)]
    strong: bool,
    #[serde(default)]
    money: bool,
    #[serde(default)]
    dwellings: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleEntry {
    breakdown: Breakdown,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    persons: Vec<String>,
    households: Vec<String>,
    dwellings: Vec<String>,
    events: Vec<String>,
    things: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusWords {
    projected: Vec<String>,
    planned: Vec<String>,
    estimated: Vec<String>,
    denied: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureWords {
    cumulative: Vec<String>,
    flow: Vec<String>,
    stock: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhoWords {
    before: Vec<String>,
    verbs: Vec<String>,
    speakers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkWords {
    part: Vec<String>,
    again: Vec<String>,
    same: Vec<String>,
    sum: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceWords {
    from: Vec<String>,
    to: Vec<String>,
    host: Vec<String>,
    adjectives: Vec<String>,
    abroad: Vec<String>,
}

/// A rule that tells what is counted.
#[derive(Debug)]
pub struct Cue {
    /// Its id, which a candidate names.
    pub id: String,
    /// The indicator's code; none for what the vocabulary does not hold, such as houses destroyed.
    pub indicator: Option<String>,
    /// The sides on which it may stand.
    pub sides: Vec<Side>,
    /// How such a number relates to time.
    pub measure: Option<Measure>,
    /// What kind of knowledge it is.
    pub status: Option<Status>,
    /// Whether it counts also where the noun names another group: "14 refugees were killed".
    pub strong: bool,
}

/// What the counted noun is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// People.
    Persons,
    /// Families.
    Households,
    /// Houses.
    Dwellings,
    /// Incidents.
    Events,
    /// Neither people nor what stands for them.
    Things,
}

impl Counted {
    /// The unit that is recorded.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Persons | Self::Things => Unit::Persons,
            Self::Households | Self::Dwellings => Unit::Households,
            Self::Events => Unit::Events,
        }
    }
}

/// How a phrase tells a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modality {
    /// A status of figures.
    Status(Status),
    /// The text denies it.
    Denied,
}

/// How a phrase speaks of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// People come from the place behind it.
    From,
    /// They are in the place behind it, or went there.
    To,
    /// The place before it hosts them.
    Host,
}

/// How a phrase links a number to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// A part of it.
    Part,
    /// The same once more.
    Again,
    /// The same at another time.
    Same,
}

/// How a phrase names who counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The name stands behind it.
    Behind,
    /// The name stands before it.
    Before,
}

/// The rules of a language.
#[derive(Debug)]
pub struct Rules {
    /// Its code, such as `en`.
    pub language: &'static str,
    /// All cues.
    pub cues: Vec<Cue>,
    /// Cues of people, by their place in the list.
    pub people_cues: Phrases<usize>,
    /// Cues of money.
    pub money_cues: Phrases<usize>,
    /// Cues of houses.
    pub dwelling_cues: Phrases<usize>,
    /// Words of diseases.
    pub disease: Phrases<()>,
    /// Whom words speak of.
    pub people: Phrases<Breakdown>,
    /// What counted nouns are.
    pub counted: HashMap<Spelling, Counted, foldhash::fast::FixedState>,
    /// Words that say nothing of their own between a number and a cue.
    pub skip: Phrases<()>,
    /// Words that make the verb behind them passive.
    pub passive: Phrases<()>,
    /// Words that part clauses.
    pub clause: Phrases<()>,
    /// What kind of knowledge it is.
    pub modality: Phrases<Modality>,
    /// How it relates to time.
    pub measure: Phrases<Measure>,
    /// Who counted.
    pub who: Phrases<Who>,
    /// Speakers without a name of their own.
    pub speakers: Phrases<()>,
    /// Links to earlier numbers.
    pub links: Phrases<Link>,
    /// What makes of an earlier number and others the one behind it: "bringing the total to".
    pub sums: Phrases<()>,
    /// Where from, and where to.
    pub toward: Phrases<Toward>,
    /// Adjectives before names of places.
    pub place_adjectives: Phrases<()>,
    /// Places abroad that are not named.
    pub abroad: Phrases<()>,
}

impl Rules {
    fn new(language: &'static str, file: File, spellings: &mut Spellings) -> Self {
        let mut counted = HashMap::default();
        for (words, what) in [
            (&file.units.persons, Counted::Persons),
            (&file.units.households, Counted::Households),
            (&file.units.dwellings, Counted::Dwellings),
            (&file.units.events, Counted::Events),
            (&file.units.things, Counted::Things),
        ] {
            for word in words {
                if let [spelling] = spellings.of_words(word)[..] {
                    counted.insert(spelling, what);
                }
            }
        }
        let (mut people_cues, mut money_cues, mut dwelling_cues) =
            (Phrases::default(), Phrases::default(), Phrases::default());
        for (index, cue) in file.cue.iter().enumerate() {
            let phrases = match (cue.money, cue.dwellings) {
                (true, _) => &mut money_cues,
                (_, true) => &mut dwelling_cues,
                _ => &mut people_cues,
            };
            for words in &cue.words {
                phrases.add(words, index, spellings);
            }
        }
        let cues = file.cue.into_iter().map(|cue| Cue {
            id: cue.id,
            indicator: Some(cue.indicator).filter(|code| !code.is_empty()),
            sides: cue.side,
            measure: cue.measure,
            status: cue.status,
            strong: cue.strong,
        });
        let mut people = Phrases::default();
        for entry in &file.people {
            for words in &entry.words {
                people.add(words, entry.breakdown.clone(), spellings);
            }
        }
        Self {
            language,
            cues: cues.collect(),
            people_cues,
            money_cues,
            dwelling_cues,
            disease: meaning(spellings, &[(&file.disease.words, ())]),
            people,
            counted,
            skip: meaning(spellings, &[(&file.skip.words, ())]),
            passive: meaning(spellings, &[(&file.passive.words, ())]),
            clause: meaning(spellings, &[(&file.clause.words, ())]),
            modality: meaning(
                spellings,
                &[
                    (&file.status.projected, Modality::Status(Status::Projected)),
                    (&file.status.planned, Modality::Status(Status::Planned)),
                    (&file.status.estimated, Modality::Status(Status::Estimated)),
                    (&file.status.denied, Modality::Denied),
                ],
            ),
            measure: meaning(
                spellings,
                &[
                    (&file.measure.cumulative, Measure::Cumulative),
                    (&file.measure.flow, Measure::Flow),
                    (&file.measure.stock, Measure::Stock),
                ],
            ),
            who: meaning(
                spellings,
                &[
                    (&file.who.before, Who::Behind),
                    (&file.who.verbs, Who::Before),
                ],
            ),
            speakers: meaning(spellings, &[(&file.who.speakers, ())]),
            links: meaning(
                spellings,
                &[
                    (&file.links.part, Link::Part),
                    (&file.links.again, Link::Again),
                    (&file.links.same, Link::Same),
                ],
            ),
            sums: meaning(spellings, &[(&file.links.sum, ())]),
            toward: meaning(
                spellings,
                &[
                    (&file.places.from, Toward::From),
                    (&file.places.to, Toward::To),
                    (&file.places.host, Toward::Host),
                ],
            ),
            place_adjectives: meaning(spellings, &[(&file.places.adjectives, ())]),
            abroad: meaning(spellings, &[(&file.places.abroad, ())]),
        }
    }
}

/// The rules of every language that has some. A file that does not fit is left out, which a test would show.
pub fn all(spellings: &mut Spellings) -> Vec<Rules> {
    FILES
        .iter()
        .filter_map(|(language, text)| Some((*language, toml::from_str::<File>(text).ok()?)))
        .map(|(language, file)| Rules::new(language, file, spellings))
        .collect()
}

/// Lists of phrases with what each list means.
fn meaning<T: Copy>(spellings: &mut Spellings, lists: &[(&Vec<String>, T)]) -> Phrases<T> {
    let mut out = Phrases::default();
    for (words, what) in lists {
        for word in *words {
            out.add(word, *what, spellings);
        }
    }
    out
}
