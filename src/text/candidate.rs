//! A figure read from prose, waiting for a person's decision.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::figure::{Breakdown, Measure, PlaceId, Quantity, Unit};

/// A stretch of a document's body, in Unicode code points: the first, and the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stretch {
    /// The first code point.
    pub begin: usize,
    /// The code point after the last.
    pub end: usize,
}

impl Stretch {
    /// Its words in the body; empty where the body is shorter.
    pub fn of<'b>(&self, body: &'b str) -> &'b str {
        let byte = |at: usize| body.char_indices().nth(at).map(|(byte, _)| byte);
        let begin = byte(self.begin).unwrap_or(body.len());
        let end = byte(self.end).unwrap_or(body.len());
        body.get(begin..end).unwrap_or_default()
    }
}

/// A part of a candidate that may come from elsewhere than its own sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Who says it counted.
    Claimant,
    /// Where people come from.
    Origin,
    /// Where they are, or where it happened.
    Location,
    /// The days it speaks of.
    Period,
    /// What is counted.
    Indicator,
    /// How many.
    Number,
}

/// One number in a text, with what the text says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The number expression in the body, without qualifier and unit.
    pub number: Stretch,
    /// The words of the number expression.
    pub text: String,
    /// The words before or after it that qualify it, as they stand.
    pub qualifier_text: Option<String>,
    /// How many, how firmly, and what kind of knowledge it is.
    pub quantity: Quantity,
    /// The text denies it ("no one was killed"): it is shown and never recorded.
    pub denied: bool,
    /// What is counted, by its code in the vocabulary; none where the text does not tell.
    pub indicator: Option<String>,
    /// What one of the number is.
    pub unit: Unit,
    /// The words that are counted, as they stand: "people", "homes".
    pub unit_text: Option<String>,
    /// How the number relates to time.
    pub measure: Measure,
    /// Whom it speaks of: age, sex, group.
    pub breakdown: Breakdown,
    /// Where people come from.
    pub origin: Option<PlaceId>,
    /// Where they are, or where it happened.
    pub location: Option<PlaceId>,
    /// The narrower place that the text names, where `location` is only the country that it lies in.
    pub within: Option<String>,
    /// First day of a cumulative, or of the event that a stock counts from.
    pub since: Option<NaiveDate>,
    /// First day that the number speaks of, where the text tells.
    pub period_start: Option<NaiveDate>,
    /// Last day that the number speaks of, where the text tells.
    pub period_end: Option<NaiveDate>,
    /// Who counted, as the text names them.
    pub claimant: Option<String>,
    /// Who passed it on, in order, as the text names them.
    pub relayed_by: Vec<String>,
    /// The sentence that it was read from.
    pub sentence: Stretch,
    /// The candidate of the same document that this is a part of ("453,000 of them"), by its place in the list.
    pub part_of: Option<usize>,
    /// The earlier candidate of the same document that this repeats, by its place in the list.
    pub repeats: Option<usize>,
    /// What its own sentence does not say and the document does.
    pub inherited: Vec<Field>,
    /// What the text says in a way that leaves open which of several things is meant: a person tells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unclear: Vec<Field>,
    /// Ids of the rules that made it, in the order in which they applied.
    pub rules: Vec<String>,
    /// How often such candidates are right, of a hundred, as measured on labelled texts.
    pub confidence: u8,
}

impl Candidate {
    /// Where it stands among the candidates of its document when the weightiest comes first: displacement
    /// before houses destroyed, needs and houses damaged, casualties and money. Within these, what is
    /// denied comes last, the unsure and parts of another number after the others, and then the place in
    /// the text counts.
    pub fn order(&self) -> (u8, bool, bool, usize) {
        let weight = match self.indicator.as_deref() {
            Some(
                "refugees"
                | "asylum_seekers"
                | "refugees_and_migrants"
                | "idps"
                | "displaced"
                | "internal_displacements"
                | "returnees"
                | "arrivals"
                | "border_crossings"
                | "evacuated"
                | "stateless",
            ) => 0,
            None if self.rules.iter().any(|rule| rule == "dwellings-damaged") => 2,
            None => 1,
            Some("people_in_need" | "food_insecure" | "people_affected" | "malnourished") => 2,
            Some("killed" | "injured" | "casualties" | "missing" | "disease_deaths") => 3,
            Some(_) => 4,
        };
        let is_unsure = self.confidence < 60 || self.part_of.is_some();
        (weight, self.denied, is_unsure, self.number.begin)
    }
}
