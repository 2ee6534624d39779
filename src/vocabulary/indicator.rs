//! What is counted, with the words for it and what it is made of.

use serde::Deserialize;

use super::list::Word;
use crate::figure::{Measure, Unit};

/// One thing that figures count.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its code in the ledger.
    pub code: String,
    /// What tables and charts call it.
    pub label: String,
    /// What is counted, and what is not.
    pub definition: String,
    /// How its numbers most often relate to time.
    pub measure: Measure,
    /// What one of the number most often is.
    pub unit: Unit,
    /// Noun for one of them; empty where the number stands alone, as money does.
    pub one: String,
    /// Noun for several.
    pub many: String,
    /// What stands before another noun: "internally displaced" children.
    #[serde(default)]
    pub adjective: String,
    /// The sentence between the number and "since".
    pub(super) clause: String,
    /// The verb of a stock.
    pub(super) stock: String,
    /// The verb of a flow.
    pub(super) flow: String,
    /// The verb of a cumulative.
    pub(super) cumulative: String,
    /// Codes and words of sources, for searches.
    #[serde(default)]
    pub also: Vec<String>,
    /// Indicators that it is made of; it is never added to one of them.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Indicators that may count the same people. Listed on either side it holds for both; see
    /// [`may_overlap`](super::may_overlap).
    #[serde(default)]
    pub overlaps: Vec<String>,
}

impl Indicator {
    /// Whether another indicator is a part of it, or a part of a part.
    pub fn contains(&self, other: &str) -> bool {
        self.parts.iter().any(|part| {
            part == other || super::indicator(part).is_ok_and(|part| part.contains(other))
        })
    }

    /// Whether its sentences name where people come from. Those who are displaced within their country, or in
    /// need in it, are told by where they are alone.
    pub fn is_told_by_origin(&self) -> bool {
        self.clause.contains("{origin}")
    }

    /// The verb for a number: "were killed", "was killed", "had been killed".
    pub fn verb(&self, measure: Measure, one: bool) -> String {
        let verb = match measure {
            Measure::Stock => &self.stock,
            Measure::Flow => &self.flow,
            Measure::Cumulative => &self.cumulative,
        };
        match verb.strip_prefix("were ") {
            Some(rest) if one => format!("was {rest}"),
            _ => verb.clone(),
        }
    }
}

impl Word for Indicator {
    const KIND: &'static str = "indicator";

    fn code(&self) -> &str {
        &self.code
    }

    fn label(&self) -> &str {
        &self.label
    }

    fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = self.also.iter().map(String::as_str).collect();
        texts.push(&self.definition);
        texts
    }
}
