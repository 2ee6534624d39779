//! What a plan says of itself where it lies in a replication: what the ledger was, what was read, how,
//! and what of it cannot be made again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Asked;
use crate::figure::{Absence, PlaceId, Version};
use crate::table::ScopeAsked;

/// The part of a plan that makes its products again from the files beside it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Replication {
    /// The entry of the ledger that answered.
    pub entry: i64,
    /// Its hash, which covers all before it.
    pub hash: String,
    /// Name and version of the program.
    pub program: String,
    /// What the figures were used for, which some licences do not allow.
    #[serde(rename = "use")]
    pub used_for: String,
    /// Channels whose figures were put out with permission.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licence_ok: Vec<String>,
    /// The places that gazetteers and people added, where there are some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<String>,
    /// Figures that cannot be made again from the files, by their names in the ledger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recorded_only: Vec<String>,
    /// Files of which only the sum is checked, because they rest on such figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums_only: Vec<String>,
    /// Figures that were recorded by mistake and taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_back: Vec<TakenBack>,
    /// What was read, in the order of the ledger.
    #[serde(default)]
    pub reading: Vec<Replay>,
}

/// A figure that was recorded by mistake.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TakenBack {
    /// Its series, its period and its version, in one line.
    pub figure: String,
    /// Why it was taken back.
    pub reason: String,
}

/// One reading that is made again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Replay {
    /// The entry that recorded it.
    pub entry: i64,
    /// The words after `humstat ingest`, where a source was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ask: Vec<String>,
    /// The mapping, where a person gave the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
    /// When it was published, where the mapping does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Version>,
    /// When it was received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Version>,
    /// What absence means, in place of what the mapping says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absence>,
    /// Whether rows that cannot be read were left out.
    pub skip_bad_rows: bool,
    /// What was asked for, where the file is a part of a larger table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<ReplayScope>,
    /// Its files, page by page.
    pub file: Vec<ReplayFile>,
}

/// What was asked for when a table was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReplayScope {
    /// All of the channel.
    pub whole: bool,
    /// Only these origins.
    pub origins: Vec<PlaceId>,
    /// Only these locations.
    pub locations: Vec<PlaceId>,
    /// Only these indicators.
    pub indicators: Vec<String>,
}

/// A file of a reading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReplayFile {
    /// Where it lies, relative to the plan.
    pub file: String,
    /// Its name in the ledger.
    pub name: String,
    /// The address that was asked, without keys; none for a file that a person gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When the answer came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Version>,
    /// The status that the server answered with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The headers that matter.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
}

impl From<ReplayScope> for ScopeAsked {
    fn from(scope: ReplayScope) -> Self {
        Self {
            whole: scope.whole,
            origins: scope.origins,
            locations: scope.locations,
            indicators: scope.indicators,
        }
    }
}

/// A selection in words, as a plan writes it.
pub fn asked_as_toml(asked: &Asked) -> toml::Table {
    let mut table = toml::Table::new();
    let mut add = |key: &str, words: Vec<String>| {
        if !words.is_empty() {
            let words = words.into_iter().map(toml::Value::String).collect();
            table.insert(key.to_owned(), toml::Value::Array(words));
        }
    };
    add("indicator", asked.indicator.clone());
    add("origin", asked.origin.clone());
    add("location", asked.location.clone());
    add("claimant", asked.claimant.clone());
    add("channel", asked.channel.clone());
    let measures = asked.measure.iter().map(ToString::to_string);
    add("measure", measures.collect());
    let statuses = asked.status.iter().map(ToString::to_string);
    add("status", statuses.collect());
    if !asked.breakdown.is_empty() {
        let pairs = asked.breakdown.iter();
        let pairs = pairs.map(|(dimension, code)| (dimension.clone(), code.clone().into()));
        table.insert("breakdown".to_owned(), toml::Value::Table(pairs.collect()));
    }
    for (key, text) in [
        ("period", asked.period.map(|period| period.to_string())),
        ("at", asked.at.clone()),
        ("as_known_on", asked.as_known_on.clone()),
    ] {
        if let Some(text) = text {
            table.insert(key.to_owned(), text.into());
        }
    }
    table
}
