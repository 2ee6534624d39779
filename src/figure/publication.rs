//! Where a figure was published, and what that publication says by its silence.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::coded::coded_enum;
use super::{Period, Version};

coded_enum! {
    /// What it means that a publication does not hold a cell within its scope.
    Absence ("meaning of an absent cell") {
        /// Nothing: change logs and partial publications speak only of what they hold.
        Unchanged = "unchanged",
        /// Nothing has changed; but the log is of a whole table, so that a cell which none of its
        /// releases ever held has no number in the periods that they speak of.
        ChangeLog = "change_log",
        /// The source took the figure back: a full snapshot no longer holds it.
        Withdrawn = "withdrawn",
        /// None, or not reported: a full table that leaves out what is zero.
        ZeroOrUnreported = "zero_or_unreported",
    }
}

/// One release of a channel, with all that a reader needs to find and to weigh it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Line of publication, such as `unhcr/odp` or `press/abc-news`.
    pub channel: String,
    /// Title of the document or table.
    pub title: String,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Version>,
    /// When its bytes were received.
    pub retrieved: Option<Version>,
    /// Who passed it on, in order.
    pub relayed_by: Vec<String>,
    /// Licence, by its code or name.
    pub licence: Option<String>,
    /// How the source asks to be named.
    pub attribution: Option<String>,
    /// What readers should know.
    pub notes: Option<String>,
    /// What was asked for.
    pub scope: Scope,
    /// What silence about a cell of the scope means.
    pub absence: Absence,
}

impl Publication {
    /// When its figures became known: published, else retrieved.
    pub fn version(&self) -> Option<Version> {
        self.published.or(self.retrieved)
    }
}

/// The cells that a publication speaks of, also by silence. An empty set means no limit.
///
/// It matters only for publications whose absent cells mean something.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scope {
    /// Indicators that it covers.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub indicators: BTreeSet<String>,
    /// Origins that it covers.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub origins: BTreeSet<String>,
    /// Locations that it covers.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub locations: BTreeSet<String>,
    /// Periods that it covers, as first and last day.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub periods: BTreeSet<(chrono::NaiveDate, chrono::NaiveDate)>,
    /// Codes that it covers, of each dimension that limits it, such as one operation of many.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub breakdown: BTreeMap<String, BTreeSet<String>>,
}

impl Scope {
    /// Whether a series' cells lie within it, periods aside.
    pub fn covers_series(&self, series: &super::Series) -> bool {
        let within = |set: &BTreeSet<String>, id: Option<&super::PlaceId>| {
            set.is_empty() || id.is_some_and(|id| set.contains(id.as_str()))
        };
        (self.indicators.is_empty() || self.indicators.contains(&*series.indicator))
            && within(&self.origins, series.origin.as_ref())
            && within(&self.locations, series.location.as_ref())
            && self.breakdown.iter().all(|(dimension, codes)| {
                let code = series.breakdown.get(dimension);
                code.is_some_and(|code| codes.contains(code))
            })
    }

    /// Whether a period lies within it.
    pub fn covers_period(&self, period: Period) -> bool {
        self.periods.is_empty() || self.periods.contains(&(period.start, period.end))
    }
}
