//! What a figure belongs to: the identity that successive values share.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Measure, Unit};

/// The ledger's name of a place: an ISO 3166 alpha-3 code alone (`POL`), or the scheme before the
/// code (`m49:001`, `unhcr:TIB`, `group:other-european-countries`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct PlaceId(Arc<str>);

impl Ord for PlaceId {
    fn cmp(&self, other: &Self) -> Ordering {
        compared(&self.0, &other.0)
    }
}

impl PartialOrd for PlaceId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares two texts. Series mostly share them, and what is one text need not be compared.
fn compared(a: &Arc<str>, b: &Arc<str>) -> Ordering {
    if Arc::ptr_eq(a, b) {
        Ordering::Equal
    } else {
        a.cmp(b)
    }
}

impl PlaceId {
    /// Wraps an identifier that the place register gave out.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for PlaceId {
    fn from(id: String) -> Self {
        Self::new(id)
    }
}

impl From<PlaceId> for String {
    fn from(id: PlaceId) -> Self {
        id.as_str().to_owned()
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The dimensions that narrow a series: `age=children`, `group=civilians`.
///
/// Sorted by dimension, at most one code each; an absent dimension means all. There are a few at most,
/// so a list in order is smaller than a tree and as quick.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Breakdown(Vec<(Arc<str>, Arc<str>)>);

/// As lists of pairs.
impl Ord for Breakdown {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.0.iter().zip(&other.0);
        let differ = pairs
            .map(|(a, b)| compared(&a.0, &b.0).then_with(|| compared(&a.1, &b.1)))
            .find(|order| order.is_ne());
        differ.unwrap_or_else(|| self.0.len().cmp(&other.0.len()))
    }
}

impl PartialOrd for Breakdown {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Breakdown {
    /// No narrowing at all.
    pub fn all() -> Self {
        Self::default()
    }

    /// The same breakdown with one dimension set.
    #[must_use]
    pub fn with(mut self, dimension: impl Into<Arc<str>>, code: impl Into<Arc<str>>) -> Self {
        let (dimension, code) = (dimension.into(), code.into());
        match self.place(&dimension) {
            Ok(at) => self.0[at].1 = code,
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (dimension, code));
            }
        }
        self
    }

    /// Where a dimension stands, or would stand.
    fn place(&self, dimension: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| (**known).cmp(dimension))
    }

    /// The same breakdown with one dimension not narrowed.
    #[must_use]
    pub fn without(mut self, dimension: &str) -> Self {
        self.0.retain(|(known, _)| **known != *dimension);
        self
    }

    /// The code of a dimension, if it is narrowed.
    pub fn get(&self, dimension: &str) -> Option<&str> {
        let at = self.place(dimension).ok()?;
        Some(&self.0[at].1)
    }

    /// Dimensions and codes, in the order of the dimensions.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(dimension, code)| (&**dimension, &**code))
    }

    /// Whether nothing is narrowed.
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<String> for Breakdown {
    type Error = BreakdownError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Breakdown> for String {
    fn from(breakdown: Breakdown) -> Self {
        breakdown.to_string()
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
        Self::read(text, |part| part.into())
    }
}

impl Breakdown {
    /// Reads a breakdown, with what makes a text that series may share.
    ///
    /// # Errors
    /// When a part is not `dimension=code`, or a dimension stands twice.
    pub fn read(
        text: &str,
        mut shared: impl FnMut(&str) -> Arc<str>,
    ) -> Result<Self, BreakdownError> {
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
            breakdown = breakdown.with(shared(dimension), shared(code));
        }
        Ok(breakdown)
    }
}

/// The identity of a time series: everything that two figures must share to be values of the same
/// thing. Versions of a figure never cross the channel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Series {
    /// Who says it counted, by its code: `UNHCR`.
    pub claimant: Arc<str>,
    /// The line of publication whose successive values are versions of each other: `unhcr/odp`.
    pub channel: Arc<str>,
    /// What is counted, by its code: `refugees`.
    pub indicator: Arc<str>,
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

impl Series {
    /// A name of few words in codes: "killed of OHCHR in UKR (group=civilians)".
    pub fn in_short(&self) -> String {
        let mut words = format!("{} of {}", self.indicator, self.claimant);
        for (preposition, place) in [("from", &self.origin), ("in", &self.location)] {
            if let Some(place) = place {
                words.push_str(&format!(" {preposition} {place}"));
            }
        }
        if !self.breakdown.is_all() {
            words.push_str(&format!(" ({})", self.breakdown));
        }
        words
    }
}

/// By the fields in their order.
impl Ord for Series {
    fn cmp(&self, other: &Self) -> Ordering {
        compared(&self.claimant, &other.claimant)
            .then_with(|| compared(&self.channel, &other.channel))
            .then_with(|| compared(&self.indicator, &other.indicator))
            .then_with(|| self.measure.cmp(&other.measure))
            .then_with(|| self.unit.cmp(&other.unit))
            .then_with(|| self.origin.cmp(&other.origin))
            .then_with(|| self.location.cmp(&other.location))
            .then_with(|| self.since.cmp(&other.since))
            .then_with(|| self.breakdown.cmp(&other.breakdown))
    }
}

impl PartialOrd for Series {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
