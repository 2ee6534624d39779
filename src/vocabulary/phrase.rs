//! Sentences about a figure: the clause that follows the number.
//!
//! "As of 15 March 2022, **1,857,045** *crossings from Ukraine into Poland had been recorded* since
//! 24 February (UNHCR)." The words in italics are a clause; the rest is the same for every indicator
//! and belongs to the writer of the sentence.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::indicator::Indicator;
use super::list::{Word, compiled_in};
use crate::figure::{Breakdown, Measure, Unit};

compiled_in!(people_list, People, "people.toml");

/// What a clause is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Whether the number is one.
    pub one: bool,
    /// How the number relates to time.
    pub measure: Measure,
    /// What one of the number is.
    pub unit: Unit,
    /// What narrows it.
    pub breakdown: &'a Breakdown,
    /// The origin as it stands within a sentence: "the Sudan".
    pub origin: Option<&'a str>,
    /// The location, likewise.
    pub location: Option<&'a str>,
}

/// What follows the number, and what it leaves unsaid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The words after the number: "children had been killed in Ukraine".
    pub text: String,
    /// What narrows the figure but is not in the words, such as "First instance" or "from Syria":
    /// the writer of the sentence puts it into parentheses.
    pub unsaid: Vec<String>,
}

impl Indicator {
    /// The clause for a number of this indicator.
    pub fn clause(&self, subject: &Subject<'_>) -> Clause {
        let mut unsaid = Vec::new();
        let noun = self.noun(subject, &mut unsaid);
        let verb = self.verb(subject.measure, subject.one);
        for (slot, preposition, place) in [
            ("{origin}", "from", subject.origin),
            ("{location}", "in", subject.location),
        ] {
            let unsaid_place = place.filter(|_| !self.clause.contains(slot));
            unsaid.extend(unsaid_place.map(|place| format!("{preposition} {place}")));
        }
        let text = filled(&self.clause, |slot| match slot {
            "noun" => Some(noun.as_str()),
            "verb" => Some(verb.as_str()),
            "origin" => subject.origin,
            "location" => subject.location,
            _ => None,
        });
        Clause {
            text: text.trim().to_owned(),
            unsaid,
        }
    }

    /// The noun, as narrow as one can be said; labels of what it does not say go to `unsaid`.
    fn noun(&self, subject: &Subject<'_>, unsaid: &mut Vec<String>) -> String {
        let counts_people = self.unit == Unit::Persons && !self.one.is_empty();
        let pick = |one: &str, many: &str| (if subject.one { one } else { many }).to_owned();
        let with_adjective = |noun: String| format!("{} {noun}", self.adjective).trim().to_owned();
        // "Deaths from disease" are no people that another noun could stand for.
        let replaceable = !self.adjective.is_empty() || self.many == "people";
        let people = match subject.unit {
            Unit::Persons if counts_people && replaceable => people_list()
                .iter()
                .find(|people| people.describes(subject.breakdown)),
            _ => None,
        };
        for (dimension, code) in subject.breakdown.iter() {
            if !people.is_some_and(|people| people.when.contains_key(dimension)) {
                let label = super::dimension(dimension).map_or(code, |known| known.label_of(code));
                unsaid.push(label.to_owned());
            }
        }
        match (people, subject.unit) {
            (Some(people), _) => with_adjective(pick(&people.one, &people.many)),
            (None, unit) if unit == self.unit => pick(&self.one, &self.many),
            (None, Unit::Households) => with_adjective(pick("household", "households")),
            (None, Unit::Cases) if self.many == "people" => pick("case", "cases"),
            (None, unit) => {
                let noun = pick(&self.one, &self.many);
                // "asylum applications (cases)"
                unsaid.push(unit.code().to_owned());
                noun
            }
        }
    }
}

/// Fills `{slots}`; a part in brackets is left out when its slot has nothing in it.
fn filled<'a>(template: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::new();
    for (index, piece) in template.split(['[', ']']).enumerate() {
        let in_brackets = index % 2 == 1;
        let mut text = String::new();
        let mut is_full = true;
        for (index, word) in piece.split(['{', '}']).enumerate() {
            match (index % 2 == 1, value(word)) {
                (false, _) => text.push_str(word),
                (true, Some(value)) => text.push_str(value),
                (true, None) => is_full = false,
            }
        }
        if is_full || !in_brackets {
            out.push_str(&text);
        }
    }
    out
}

/// What a breakdown calls people.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    /// Codes that have to hold.
    pub(super) when: BTreeMap<String, String>,
    one: String,
    many: String,
}

impl People {
    fn describes(&self, breakdown: &Breakdown) -> bool {
        self.when
            .iter()
            .all(|(dimension, code)| breakdown.get(dimension) == Some(code))
    }
}

/// Every entry, for the test.
#[cfg(test)]
pub(super) fn people() -> impl Iterator<Item = &'static People> {
    people_list().iter()
}

impl Word for People {
    const KIND: &'static str = "people";

    fn code(&self) -> &str {
        &self.many
    }

    fn label(&self) -> &str {
        &self.many
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.one]
    }
}
