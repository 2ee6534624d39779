//! What a figure belongs to: the identity that successive values share.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::{Measure, Unit};

/// The ledger's name of a place: an ISO 3166 alpha-3 code alone (`POL`), or the scheme before the
/// code (`m49:001`, `unhcr:TIB`, `group:other-european-countries`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(String);

impl PlaceId {
    /// Wraps an identifier that the place register gave out.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The dimensions that narrow a series: `age=children`, `group=civilians`.
///
/// Sorted by dimension, at most one code each; an absent dimension means all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Breakdown(BTreeMap<String, String>);

impl Breakdown {
    /// No narrowing at all.
    pub fn all() -> Self {
        Self::default()
    }

    /// The same breakdown with one dimension set.
    #[must_use]
    pub fn with(mut self, dimension: impl Into<String>, code: impl Into<String>) -> Self {
        self.0.insert(dimension.into(), code.into());
        self
    }

    /// The same breakdown with one dimension not narrowed.
    #[must_use]
    pub fn without(mut self, dimension: &str) -> Self {
        self.0.remove(dimension);
        self
    }

    /// The code of a dimension, if it is narrowed.
    pub fn get(&self, dimension: &str) -> Option<&str> {
        self.0.get(dimension).map(String::as_str)
    }

    /// Dimensions and codes, in the order of the dimensions.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(dimension, code)| (dimension.as_str(), code.as_str()))
    }

    /// Whether nothing is narrowed.
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }
}

/// `age=children;group=civilians`, empty for all.
impl fmt::Display for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (dimension, code)) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ";" };
            write!(f, "{separator}{dimension}={code}")?;
        }
        Ok(())
    }
}

/// A part of a breakdown that is not `dimension=code`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no breakdown; write dimension=code, parted by semicolons, such as age=children")]
pub struct BreakdownError(pub String);

impl FromStr for Breakdown {
    type Err = BreakdownError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut breakdown = Self::all();
        for part in text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (dimension, code) = part
                .split_once('=')
                .map(|(dimension, code)| (dimension.trim(), code.trim()))
                .filter(|(dimension, code)| !dimension.is_empty() && !code.is_empty())
                .ok_or_else(|| BreakdownError(part.to_owned()))?;
            if breakdown.get(dimension).is_some() {
                return Err(BreakdownError(part.to_owned()));
            }
            breakdown = breakdown.with(dimension, code);
        }
        Ok(breakdown)
    }
}

/// The identity of a time series: everything that two figures must share to be values of the same
/// thing. Versions of a figure never cross the channel.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// Who says it counted, by its code: `UNHCR`.
    pub claimant: String,
    /// The line of publication whose successive values are versions of each other: `unhcr/odp`.
    pub channel: String,
    /// What is counted, by its code: `refugees`.
    pub indicator: String,
    /// How the number relates to time.
    pub measure: Measure,
    /// What one of the number is.
    pub unit: Unit,
    /// Where people come from.
    pub origin: Option<PlaceId>,
    /// Where they are, or where it happened.
    pub location: Option<PlaceId>,
    /// The first day of a cumulative, or the event that a stock counts from.
    pub since: Option<NaiveDate>,
    /// What narrows it.
    pub breakdown: Breakdown,
}
