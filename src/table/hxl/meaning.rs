//! What a tag means in our words.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::rules::{Adds, Means, TagRule, rules};
use super::{Tag, Tagged};
use crate::figure::{Breakdown, Measure, Unit};

/// What a column holds, as far as its tag says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// Which part of a figure it is.
    pub role: Role,
    /// Attributes that may change what it holds, in a way that is not known. A column that has any
    /// is not to be read as its role alone.
    pub unknown: Vec<String>,
}

/// Which part of a figure a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Numbers of an indicator.
    Figures {
        /// Its code.
        indicator: String,
        /// What the attributes narrow it to.
        breakdown: Breakdown,
        /// What one of the number is, where an attribute says so.
        unit: Option<Unit>,
        /// How the numbers relate to time, where an attribute says so.
        measure: Option<Measure>,
    },
    /// Numbers of an indicator that another column or the mapping names.
    Value,
    /// The indicator of the row, in the source's words.
    Indicator,
    /// Places.
    Place(End, PlaceColumn),
    /// When.
    Date(DateColumn),
    /// Codes of a dimension of the breakdown.
    Dimension {
        /// The code of the dimension.
        dimension: String,
        /// What the column's texts mean; empty where they are the codes.
        texts: BTreeMap<String, String>,
    },
    /// What describes the row without narrowing its figures, such as a link.
    Aside(String),
    /// The tag is not known or does not say enough, for this reason.
    NotUnderstood(String),
}

/// Which end of a move places are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Where people come from.
    Origin,
    /// Where they are, or where it happened.
    Location,
}

/// How a column writes places.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceColumn {
    /// Administrative level: 0 for countries.
    pub level: u8,
    /// The code of a scheme of places.
    pub scheme: String,
}

/// What a date stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateColumn {
    /// The day that the row speaks of.
    Day,
    /// The day when it happened or was counted.
    Occurred,
    /// The day when it was reported.
    Reported,
    /// The first day of a period.
    Start,
    /// The last day of a period.
    End,
    /// A year.
    Year,
}

impl Meaning {
    /// What a tag means.
    pub fn of(tag: &Tag) -> Self {
        let matching = rules().tag.iter().filter(|rule| tag.is_a(&rule.tag));
        let width = |rule: &TagRule| rule.tag.attributes().count();
        let widest = matching.clone().map(width).max();
        let best: Vec<&TagRule> = matching
            .filter(|rule| Some(width(rule)) == widest)
            .collect();
        let not_understood = |reason: String| Self {
            role: Role::NotUnderstood(reason),
            unknown: Vec::new(),
        };
        match best.as_slice() {
            [] => not_understood("this tag is not known".to_owned()),
            [first, others @ ..] => match others.iter().find(|rule| rule.means != first.means) {
                Some(other) => {
                    not_understood(format!("it is both {} and {}", first.tag, other.tag))
                }
                None => {
                    let used = |attribute: &&str| !best.iter().any(|rule| rule.tag.has(attribute));
                    Self::by_rule(tag, &first.means, tag.attributes().filter(used))
                }
            },
        }
    }

    /// The meaning of a tag by its rule and the attributes beyond it.
    fn by_rule<'t>(tag: &Tag, means: &Means, beyond: impl Iterator<Item = &'t str>) -> Self {
        match means {
            Means::Figures(indicator) => figures(tag, indicator, beyond),
            Means::Location(place) => located(tag, place, beyond),
            Means::Value => text(Role::Value, beyond),
            Means::Indicator => text(Role::Indicator, beyond),
            Means::Date(date) => text(Role::Date(*date), beyond),
            Means::Dimension(dimension) => {
                let texts = rules().texts.get(dimension).cloned();
                let role = Role::Dimension {
                    dimension: dimension.clone(),
                    texts: texts.unwrap_or_default(),
                };
                text(role, beyond)
            }
            // Whatever else such a tag says, its column is not read.
            Means::Aside(what) => text(Role::Aside(what.clone()), std::iter::empty()),
            Means::Unclear(why) => text(Role::NotUnderstood(why.clone()), std::iter::empty()),
        }
    }

    /// Whether all that its tag says is understood.
    pub fn is_whole(&self) -> bool {
        self.unknown.is_empty() && !matches!(self.role, Role::NotUnderstood(_))
    }
}

/// What every column of a table means; none where it has no tag.
pub fn meanings(tagged: &Tagged) -> Vec<Option<Meaning>> {
    let tags = tagged.tags.iter();
    tags.map(|tag| tag.as_ref().map(Meaning::of)).collect()
}

/// A column of numbers.
fn figures<'t>(tag: &Tag, indicator: &str, beyond: impl Iterator<Item = &'t str>) -> Meaning {
    let attributes: Vec<&str> = beyond.collect();
    let bands: Vec<String> = attributes
        .iter()
        .filter_map(|word| age_band(word))
        .collect();
    let (mut breakdown, mut unit, mut measure) = (Breakdown::all(), None, None);
    if let [band] = bands.as_slice() {
        breakdown = breakdown.with("age", band.as_str());
    }
    let mut unknown = Vec::new();
    for attribute in attributes {
        let is_told = match added(tag, attribute) {
            _ if age_band(attribute).is_some() => bands.len() == 1,
            Some(Adds::Pair(dimension, code)) => match breakdown.get(dimension) {
                None => {
                    breakdown = breakdown.with(dimension.as_str(), code.as_str());
                    true
                }
                // A band says more exactly what a word such as +children says beside it.
                Some(_) => dimension == "age" && bands.len() == 1,
            },
            Some(Adds::Unit(new)) => settle(&mut unit, *new),
            Some(Adds::Measure(new)) => settle(&mut measure, *new),
            Some(Adds::Place(_)) => false,
            None => is_among(attribute, &rules().idle.numbers),
        };
        if !is_told {
            unknown.push(attribute.to_owned());
        }
    }
    let role = Role::Figures {
        indicator: indicator.to_owned(),
        breakdown,
        unit,
        measure,
    };
    Meaning { role, unknown }
}

/// Sets what is not set yet; otherwise the first word stands.
fn settle<T>(slot: &mut Option<T>, value: T) -> bool {
    let is_free = slot.is_none();
    slot.get_or_insert(value);
    is_free
}

/// A column of places.
fn located<'t>(tag: &Tag, place: &PlaceColumn, beyond: impl Iterator<Item = &'t str>) -> Meaning {
    let mut end = None;
    let others: Vec<&str> = beyond
        .filter(|attribute| match added(tag, attribute) {
            Some(Adds::Place(new)) => !settle(&mut end, *new),
            _ => true,
        })
        .collect();
    let role = Role::Place(end.unwrap_or(End::Location), place.clone());
    text(role, others.into_iter())
}

/// A column of texts, of which attributes may only say in which form they are.
fn text<'t>(role: Role, beyond: impl Iterator<Item = &'t str>) -> Meaning {
    let is_idle = |attribute: &str| {
        // Languages are +i_en, +i_fr and so on.
        attribute.starts_with("i_") || is_among(attribute, &rules().idle.texts)
    };
    let unknown = beyond.filter(|attribute| !is_idle(attribute));
    Meaning {
        role,
        unknown: unknown.map(str::to_owned).collect(),
    }
}

/// What an attribute adds to columns of this hashtag.
fn added(tag: &Tag, attribute: &str) -> Option<&'static Adds> {
    let mut rules = rules().attribute.iter();
    rules
        .find(|rule| rule.attribute == attribute)
        .filter(|rule| rule.on.is_empty() || is_among(tag.hashtag(), &rule.on))
        .map(|rule| &rule.adds)
}

fn is_among(word: &str, words: &[String]) -> bool {
    words.iter().any(|listed| listed == word)
}

/// The band that a custom attribute names, by the ways of HXL and of population tables: `age5_11`,
/// `age_05_11`, `age60plus`, `age_60_plus`.
fn age_band(attribute: &str) -> Option<String> {
    let ages = attribute.strip_prefix("age")?;
    let ages = ages.strip_prefix('_').unwrap_or(ages);
    let year = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u8>().ok()).flatten()
    };
    if let Some(first) = ages.strip_suffix("plus") {
        return Some(format!(
            "{}+",
            year(first.strip_suffix('_').unwrap_or(first))?
        ));
    }
    let (first, last) = ages.split_once('_')?;
    let (first, last) = (year(first)?, year(last)?);
    (first <= last).then(|| format!("{first}-{last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(tag: &str) -> Meaning {
        Meaning::of(&tag.parse().unwrap())
    }

    /// Indicator, breakdown, unit and measure in one line.
    fn figures(tag: &str) -> String {
        let Meaning { role, unknown } = meaning(tag);
        let Role::Figures {
            indicator,
            breakdown,
            unit,
            measure,
        } = role
        else {
            return format!("{role:?}");
        };
        let unit = unit.map_or("", Unit::code);
        let measure = measure.map_or("", Measure::code);
        format!(
            "{indicator} {breakdown} {unit} {measure} {}",
            unknown.join(",")
        )
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
    }

    #[test]
    fn a_tag_says_what_is_counted_and_of_whom() {
        for (tag, meant) in [
            ("#affected+refugees", "refugees"),
            ("#affected+idps+ind", "idps persons"),
            ("#affected+idp+ind", "idps persons"),
            ("#affected+idps+hh", "idps households"),
            ("#affected+f+children+idps", "idps age=children;sex=f"),
            ("#affected+killed+civilians", "killed group=civilians"),
            (
                "#inneed+idps+m+elderly",
                "people_in_need age=older_people;group=idps;sex=m",
            ),
            ("#population+total", "population"),
            (
                "#affected+conflict+idps+ind+stock",
                "idps cause=conflict persons stock",
            ),
            (
                "#affected+disaster+idps+ind+newdisp",
                "internal_displacements cause=disaster persons",
            ),
            ("#population+f+age_05_11", "population age=5-11;sex=f"),
            ("#inneed+children+age12_17", "people_in_need age=12-17"),
            ("#inneed+elderly+age65plus", "people_in_need age=65+"),
        ] {
            assert_eq!(figures(tag), meant, "{tag}");
            assert!(meaning(tag).is_whole(), "{tag}");
        }
    }

    #[test]
    fn what_may_change_a_number_is_named() {
        for (tag, meant, unknown) in [
            ("#affected+idps+pct", "idps", "pct"),
            (
                "#affected+conflict_raw+idps+ind+stock",
                "idps persons stock",
                "conflict_raw",
            ),
            ("#affected+f+idps+m", "idps sex=f", "m"),
            ("#affected+hh+idps+ind", "idps households", "ind"),
            ("#affected+infants+killed", "killed", "infants"),
            ("#population+age0_4+age5_9", "population", "age0_4,age5_9"),
            ("#population+age9_5", "population", "age9_5"),
            ("#affected+idps+origin", "idps", "origin"),
        ] {
            assert_eq!(figures(tag), format!("{meant} {unknown}"), "{tag}");
            assert!(!meaning(tag).is_whole(), "{tag}");
        }
    }

    #[test]
    fn a_tag_that_leaves_open_what_is_counted_is_not_understood() {
        for (tag, why) in [
            ("#affected", "it says that people are affected, and not how"),
            (
                "#affected+f+children",
                "it says that people are affected, and not how",
            ),
            (
                "#affected+idps+refugees",
                "it is both #affected+refugees and #affected+idps",
            ),
            ("#value+usd", "it is a sum of money, and does not say which"),
            (
                "#capacity+doses",
                "it is what a response can do, and no count of people",
            ),
            ("#metal+url", "this tag is not known"),
        ] {
            let role = Role::NotUnderstood(why.to_owned());
            assert_eq!(
                meaning(tag),
                Meaning {
                    role,
                    unknown: Vec::new()
                },
                "{tag}"
            );
        }
    }

    #[test]
    fn places_are_at_one_end_of_a_move_and_in_a_scheme() {
        let place = |level, scheme: &str| PlaceColumn {
            level,
            scheme: scheme.to_owned(),
        };
        for (tag, role) in [
            ("#country", Role::Place(End::Location, place(0, "name"))),
            (
                "#country+name",
                Role::Place(End::Location, place(0, "name")),
            ),
            (
                "#country+code",
                Role::Place(End::Location, place(0, "iso3")),
            ),
            (
                "#country+code+iso3",
                Role::Place(End::Location, place(0, "iso3")),
            ),
            (
                "#country+code+v_iso2",
                Role::Place(End::Location, place(0, "iso2")),
            ),
            (
                "#country+asylum+code",
                Role::Place(End::Location, place(0, "iso3")),
            ),
            (
                "#country+code+origin",
                Role::Place(End::Origin, place(0, "iso3")),
            ),
            (
                "#country+name+origin+i_fr",
                Role::Place(End::Origin, place(0, "name")),
            ),
            ("#adm2+code", Role::Place(End::Location, place(2, "pcode"))),
            (
                "#adm1+name+origin",
                Role::Place(End::Origin, place(1, "name")),
            ),
        ] {
            assert_eq!(
                meaning(tag),
                Meaning {
                    role,
                    unknown: Vec::new()
                },
                "{tag}"
            );
        }
        assert_eq!(meaning("#country+name+primary").unknown, ["primary"]);
        assert_eq!(meaning("#country+origin+asylum").unknown, ["origin"]);
    }

    #[test]
    fn dates_and_dimensions_are_told_apart() {
        let date = |tag| match meaning(tag).role {
            Role::Date(date) => Some(date),
            _ => None,
        };
        assert_eq!(date("#date"), Some(DateColumn::Day));
        assert_eq!(date("#date+reported"), Some(DateColumn::Reported));
        assert_eq!(date("#date+year+reported"), Some(DateColumn::Year));
        assert_eq!(date("#date+month+reported"), None);
        let Role::Dimension { dimension, texts } = meaning("#gender+code").role else {
            panic!("no dimension")
        };
        assert_eq!(
            (dimension.as_str(), texts["f"].as_str(), texts["a"].as_str()),
            ("sex", "f", "")
        );
        let Role::Dimension { dimension, texts } = meaning("#operation+name").role else {
            panic!("no dimension")
        };
        assert_eq!((dimension.as_str(), texts.len()), ("operation", 0));
        assert_eq!(meaning("#sector+es").unknown, ["es"]);
    }

    #[test]
    fn tags_of_published_tables_are_read_left_aside_or_not_understood() {
        let kind = |tag: &str| match meaning(tag) {
            Meaning { unknown, .. } if !unknown.is_empty() => "attribute",
            Meaning {
                role: Role::NotUnderstood(_),
                ..
            } => "not understood",
            Meaning {
                role: Role::Aside(_),
                ..
            } => "aside",
            _ => "read",
        };
        for (expected, tags) in [
            (
                "read",
                "#adm1+code #adm1+code+origin #adm1+name #adm1+name+origin #adm2+code #adm3+name \
                 #affected+conflict+idps+ind+internaldisp #affected+disaster+idps+ind+stock \
                 #affected+f+idps #affected+hh+returnees #affected+idp+ind #affected+killed \
                 #age+range #assessment+type #cause+type #country+code #country+name+origin \
                 #crisis+code #crisis+name #date+occurred #date+reported+year #date+year \
                 #gender+code #inneed #is_disabled #operation+name #population #population+total \
                 #population_group+code #reached #sector+code #targeted",
            ),
            (
                "aside",
                "#age+max #country+url #date+changed #date+end+year #date+month+reported \
                 #description+html #geo+lat #geo+lon+primary #id+code #meta+alias+url #meta+id \
                 #meta+round #operation+status #round+code",
            ),
            (
                "attribute",
                "#affected+conflict_raw+idps+ind+stock #country+code+primary #country+shortname",
            ),
            (
                "not understood",
                "#affected #capacity+covax+total #cause+code #country+id #crisis+type #date+event \
                 #group+first+name #loc+name #meta+participant_status #meta+source \
                 #meta+source_country #metal+url #region+name #status+name",
            ),
        ] {
            for tag in tags.split_whitespace() {
                assert_eq!(kind(tag), expected, "{tag}");
            }
        }
    }
}
