//! A selection as a person writes it, in a plan or on the command line.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Deserializer};

use crate::figure::{self, Measure, PlaceId, Span, Status, Version};
use crate::ledger::{Selection, Versions};
use crate::place::{self, Kind};
use crate::vocabulary;

/// A selection in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Asked {
    /// Indicators.
    #[serde(deserialize_with = "one_or_more")]
    pub indicator: Vec<String>,
    /// Where people come from: a name, a code, or a region.
    #[serde(deserialize_with = "one_or_more")]
    pub origin: Vec<String>,
    /// Where they are, or where it happened.
    #[serde(
        deserialize_with = "one_or_more",
        alias = "destination",
        alias = "asylum"
    )]
    pub location: Vec<String>,
    /// Who counted.
    #[serde(deserialize_with = "one_or_more")]
    pub claimant: Vec<String>,
    /// Lines of publication.
    #[serde(deserialize_with = "one_or_more")]
    pub channel: Vec<String>,
    /// Stock, flow or cumulative.
    #[serde(deserialize_with = "one_or_more")]
    pub measure: Vec<Measure>,
    /// Observed, estimated, …
    #[serde(deserialize_with = "one_or_more")]
    pub status: Vec<Status>,
    /// Dimensions with the codes that they must have; `all` means that a dimension is not narrowed.
    pub breakdown: BTreeMap<String, String>,
    /// First and last day.
    pub period: Option<Span>,
    /// The newest period that is not after this day.
    pub at: Option<String>,
    /// Only what was public by then.
    pub as_known_on: Option<String>,
}

/// A word of a selection that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct AskedError(String);

impl AskedError {
    /// An error in its words.
    pub(super) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl Asked {
    /// The same, where a word that is not said is that of another selection.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        for (said, otherwise) in [
            (&mut self.indicator, &other.indicator),
            (&mut self.origin, &other.origin),
            (&mut self.location, &other.location),
            (&mut self.claimant, &other.claimant),
            (&mut self.channel, &other.channel),
        ] {
            if said.is_empty() {
                said.clone_from(otherwise);
            }
        }
        if self.measure.is_empty() {
            self.measure.clone_from(&other.measure);
        }
        if self.status.is_empty() {
            self.status.clone_from(&other.status);
        }
        for (dimension, code) in &other.breakdown {
            let known = self.breakdown.entry(dimension.clone());
            known.or_insert_with(|| code.clone());
        }
        self.period = self.period.or(other.period);
        self.at = self.at.or_else(|| other.at.clone());
        self.as_known_on = self.as_known_on.or_else(|| other.as_known_on.clone());
        self
    }

    /// The selection that the words mean. `now` is the day that `yesterday` counts from.
    ///
    /// # Errors
    /// For a word that is unknown, with the nearest right ones.
    pub fn selection(&self, now: NaiveDate) -> Result<Selection, AskedError> {
        for code in &self.indicator {
            vocabulary::indicator(code).map_err(|error| AskedError(error.to_string()))?;
        }
        let mut breakdown = BTreeMap::new();
        for (dimension, code) in &self.breakdown {
            let known =
                vocabulary::dimension(dimension).map_err(|error| AskedError(error.to_string()))?;
            let code = if code == "all" { "" } else { code.as_str() };
            if !code.is_empty() {
                known
                    .check(code)
                    .map_err(|error| AskedError(error.to_string()))?;
            }
            breakdown.insert(dimension.clone(), code.to_owned());
        }
        Ok(Selection {
            figures: Vec::new(),
            recent: None,
            indicators: self.indicator.clone(),
            origins: places(&self.origin)?,
            locations: places(&self.location)?,
            claimants: self.claimant.clone(),
            channels: self.channel.clone(),
            measures: self.measure.clone(),
            statuses: self.status.clone(),
            breakdown,
            from: self.period.and_then(|period| period.from),
            to: self.period.and_then(|period| period.to),
            at: self
                .at
                .as_deref()
                .map(|text| last_day(text, now))
                .transpose()?,
            as_known_on: self
                .as_known_on
                .as_deref()
                .map(|text| instant(text, now))
                .transpose()?,
            as_recorded_at: None,
            versions: Versions::Newest,
        })
    }
}

/// The places that words mean; a region or a group stands for itself and for all within it. The
/// world stands for itself alone, since to leave the place out asks for all of them.
fn places(words: &[String]) -> Result<Vec<PlaceId>, AskedError> {
    let mut ids = Vec::new();
    for word in words {
        let found = place::find(word).map_err(|error| AskedError(error.to_string()))?;
        ids.push(found.id.clone());
        if matches!(found.kind, Kind::Region | Kind::Group) {
            ids.extend(
                place::places()
                    .filter(|place| place::is_within(&place.id, &found.id))
                    .map(|place| place.id.clone()),
            );
        }
    }
    Ok(ids)
}

/// The last day of a date in words: `2022-03` is 31 March, `yesterday` the day before.
pub(crate) fn last_day(text: &str, now: NaiveDate) -> Result<NaiveDate, AskedError> {
    match text {
        "today" => Ok(now),
        "yesterday" => now
            .checked_sub_days(Days::new(1))
            .ok_or_else(|| AskedError("there is no day before".to_owned())),
        _ => text
            .parse::<figure::Period>()
            .map(|period| period.end)
            .map_err(|error| AskedError(error.to_string())),
    }
}

/// The instant that a date or time in words ends at.
pub(crate) fn instant(text: &str, now: NaiveDate) -> Result<Version, AskedError> {
    match last_day(text, now) {
        Ok(day) => Ok(Version::end_of(day)),
        Err(_) => text
            .parse()
            .map_err(|error: crate::figure::TimeError| AskedError(error.to_string())),
    }
}

/// One value, or a list of them.
fn one_or_more<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<String>,
    T::Error: fmt::Display,
{
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a text or a list of texts")]
    enum OneOrMore {
        One(String),
        More(Vec<String>),
    }

    let texts = match OneOrMore::deserialize(deserializer)? {
        OneOrMore::One(text) => vec![text],
        OneOrMore::More(texts) => texts,
    };
    texts
        .into_iter()
        .map(|text| T::try_from(text).map_err(serde::de::Error::custom))
        .collect()
}
