//! The figure that a candidate would become: what the text says, what its document says where the text
//! does not, and what a person sets.

use chrono::NaiveDate;

use super::{Candidate, Field, Lack};
use crate::figure::{Breakdown, Measure, Period, PlaceId, Quantity, Series, Unit, Version};
use crate::{place, vocabulary};

/// What a document says for figures whose own sentence does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting<'d> {
    /// Line of publication that the document belongs to.
    pub channel: &'d str,
    /// The organisation that speaks in it.
    pub source: Option<&'d str>,
    /// Who passed it on, in order.
    pub relayed_by: &'d [String],
    /// When it, or the part of it that the figure stands in, was published.
    pub published: Option<Version>,
}

/// The figure that a candidate would become, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prospect {
    /// Who says it counted, by code where the vocabulary has one.
    pub claimant: Option<String>,
    /// Line of publication.
    pub channel: String,
    /// What is counted, by code.
    pub indicator: Option<String>,
    /// How the number relates to time.
    pub measure: Measure,
    /// What one of it is.
    pub unit: Unit,
    /// Where people come from.
    pub origin: Option<PlaceId>,
    /// Where they are, or where it happened.
    pub location: Option<PlaceId>,
    /// The part of `location` that the text speaks of, where no place of ours is meant by it.
    pub within: Option<String>,
    /// First day of a cumulative, or of the event that a stock counts from.
    pub since: Option<NaiveDate>,
    /// What narrows it.
    pub breakdown: Breakdown,
    /// The days that it speaks of.
    pub period: Option<Period>,
    /// How many.
    pub quantity: Quantity,
    /// Who passed it on, in order.
    pub relayed_by: Vec<String>,
    /// What its own sentence does not say.
    pub inherited: Vec<Field>,
    /// What the text leaves open; what a person sets is no longer.
    pub unclear: Vec<Field>,
    /// The text denies it.
    pub denied: bool,
}

impl Prospect {
    /// The figure that a candidate would become in its document.
    ///
    /// A stock or a cumulative without a day is of the day on which it was published; a figure without
    /// a claimant is of the organisation that speaks. Both count as inherited.
    pub fn of(candidate: &Candidate, setting: &Setting<'_>) -> Self {
        let mut inherited = candidate.inherited.clone();
        let mut inherit = |field: Field| {
            if !inherited.contains(&field) {
                inherited.push(field);
            }
        };
        let claimant = match (candidate.claimant.as_deref(), setting.source) {
            (None, Some(source)) => {
                inherit(Field::Claimant);
                Some(source)
            }
            (named, _) => named,
        };
        let claimant = claimant.map(claimant_code);
        let (start, end) = (candidate.period_start, candidate.period_end);
        let (mut since, mut period) = (candidate.since, None);
        if let Some(end) = end.or(start) {
            let start = start.unwrap_or(end);
            period = Period::new(start, end);
            // "From 24 February to 8 March, 836,000 had fled" counts from its first day.
            if candidate.measure == Measure::Cumulative {
                since = since.or((start < end).then_some(start));
                period = Some(Period::day(end));
            }
        } else if candidate.measure != Measure::Flow
            && !candidate.unclear.contains(&Field::Period)
            && let Some(published) = setting.published
        {
            inherit(Field::Period);
            period = Some(Period::day(published.day()));
        }
        let relayed_by = match candidate.relayed_by.as_slice() {
            [] => setting.relayed_by.to_vec(),
            named => named.to_vec(),
        };
        let (location, within) = located(candidate);
        Self {
            claimant,
            channel: setting.channel.to_owned(),
            indicator: candidate.indicator.clone(),
            measure: candidate.measure,
            unit: candidate.unit,
            origin: candidate.origin.clone(),
            location,
            within,
            since,
            breakdown: candidate.breakdown.clone(),
            period,
            quantity: candidate.quantity,
            relayed_by,
            inherited,
            unclear: candidate.unclear.clone(),
            denied: candidate.denied,
        }
    }

    /// What it needs before it can be recorded.
    pub fn lacks(&self) -> Vec<Lack> {
        if self.denied {
            return vec![Lack::Denied];
        }
        let mut lacks = Vec::new();
        let is_date_unclear = self.unclear.contains(&Field::Period);
        let is_named = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
        for (lack, is_there) in [
            (Lack::Indicator, self.indicator.is_some()),
            (Lack::Claimant, is_named(self.claimant.as_deref())),
            (Lack::Number, self.quantity.is_present()),
            (Lack::Period, self.period.is_some() || is_date_unclear),
            (Lack::Within, self.within.is_none()),
            (
                Lack::Since,
                self.measure != Measure::Cumulative || self.since.is_some(),
            ),
        ] {
            if !is_there {
                lacks.push(lack);
            }
        }
        lacks.extend(self.unclear.iter().copied().filter_map(Lack::of_unclear));
        if let Some(period) = self.period {
            if self.measure != Measure::Flow && period.start != period.end {
                lacks.push(Lack::OneDay);
            }
            if self.since.is_some_and(|since| since > period.end) {
                lacks.push(Lack::Order);
            }
        }
        lacks
    }

    /// The series and the days, once nothing is lacking.
    ///
    /// # Errors
    /// What is lacking.
    pub fn series(&self) -> Result<(Series, Period), Vec<Lack>> {
        let lacks = self.lacks();
        let (Some(claimant), Some(indicator), Some(period), true) = (
            &self.claimant,
            &self.indicator,
            self.period,
            lacks.is_empty(),
        ) else {
            return Err(lacks);
        };
        let series = Series {
            claimant: claimant.as_str().into(),
            channel: self.channel.as_str().into(),
            indicator: indicator.as_str().into(),
            measure: self.measure,
            unit: self.unit,
            origin: self.origin.clone(),
            location: self.location.clone(),
            since: self.since,
            breakdown: self.breakdown.clone(),
        };
        Ok((series, period))
    }
}

/// The place of a figure: the unit that the text names where a gazetteer has it within the country, else
/// the country with the name that it is not.
pub fn located(candidate: &Candidate) -> (Option<PlaceId>, Option<String>) {
    let (Some(location), Some(within)) = (&candidate.location, &candidate.within) else {
        return (candidate.location.clone(), None);
    };
    match place::find(within) {
        Ok(unit) if place::is_within(&unit.id, location) => (Some(unit.id.clone()), None),
        _ => (Some(location.clone()), Some(within.clone())),
    }
}

/// The code of a claimant that the vocabulary knows by this name; else the name itself.
pub fn claimant_code(name: &str) -> String {
    let name = name.trim();
    let bare = name
        .strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name);
    let is_meant = |organisation: &&vocabulary::Organisation| {
        let names = [&organisation.code, &organisation.name];
        let mut names = names.into_iter().chain(&organisation.also);
        names.any(|known| known.eq_ignore_ascii_case(bare))
    };
    vocabulary::organisations()
        .find(is_meant)
        .map_or_else(|| name.to_owned(), |organisation| organisation.code.clone())
}

/// The parts of a figure that a person may set, in the order in which they are set.
pub const FIELDS: [&str; 12] = [
    "indicator",
    "measure",
    "unit",
    "value",
    "status",
    "claimant",
    "origin",
    "location",
    "since",
    "period",
    "breakdown",
    "relayed_by",
];

/// Why a part of a figure cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// No part of a figure has this name.
    #[error("there is no `{0}` to set; what can be set is {all}", all = FIELDS.join(", "))]
    NoField(String),
    /// The words mean nothing there.
    #[error("{field}: {reason}")]
    Unreadable {
        /// The part.
        field: &'static str,
        /// What is wrong, and the way out.
        reason: String,
    },
}

impl Prospect {
    /// Sets parts of the figure, each by its name and what it shall be. With the indicator come its own
    /// measure and unit, unless they are set too. An empty text takes a place, a first day, a breakdown
    /// or the relayers away.
    ///
    /// # Errors
    /// For a name that is no part, or words that mean nothing there.
    pub fn set(&mut self, changes: &[(String, String)]) -> Result<(), SetError> {
        let mut named: Vec<(usize, &str)> = Vec::with_capacity(changes.len());
        for (name, text) in changes {
            let name = match name.trim() {
                "destination" | "asylum" => "location",
                other => other,
            };
            let at = FIELDS.iter().position(|field| *field == name);
            let at = at.ok_or_else(|| SetError::NoField(name.to_owned()))?;
            named.push((at, text.trim()));
        }
        named.sort_by_key(|(at, _)| *at);
        for (at, text) in named {
            self.set_one(FIELDS[at], text)?;
        }
        Ok(())
    }

    fn set_one(&mut self, field: &'static str, text: &str) -> Result<(), SetError> {
        let unreadable = |reason: &dyn std::fmt::Display| SetError::Unreadable {
            field,
            reason: reason.to_string(),
        };
        let optional_place = || match text {
            "" => Ok(None),
            word => place::find(word)
                .map(|place| Some(place.id.clone()))
                .map_err(|error| unreadable(&error)),
        };
        match field {
            "indicator" => {
                let indicator = vocabulary::indicator(text).map_err(|error| unreadable(&error))?;
                if self.indicator.as_deref() != Some(text) {
                    self.measure = indicator.measure;
                    self.unit = indicator.unit;
                }
                self.indicator = Some(text.to_owned());
                self.own(Field::Indicator);
            }
            "measure" => self.measure = text.parse().map_err(|error| unreadable(&error))?,
            "unit" => self.unit = text.parse().map_err(|error| unreadable(&error))?,
            "value" => {
                let quantity: Quantity = text.parse().map_err(|error| unreadable(&error))?;
                self.quantity = quantity;
                self.own(Field::Number);
            }
            "status" => {
                self.quantity.status = text.parse().map_err(|error| unreadable(&error))?;
            }
            "claimant" => {
                if text.is_empty() {
                    return Err(unreadable(&"it is empty; a figure names its source"));
                }
                self.claimant = Some(claimant_code(text));
                self.own(Field::Claimant);
            }
            "origin" => {
                self.origin = optional_place()?;
                self.own(Field::Origin);
            }
            "location" => {
                self.location = optional_place()?;
                self.within = None;
                self.own(Field::Location);
            }
            "since" => {
                self.since = match text {
                    "" => None,
                    day => Some(one_day(day).map_err(|error| unreadable(&error))?),
                };
            }
            "period" => {
                self.period = Some(days(text).map_err(|error| unreadable(&error))?);
                self.own(Field::Period);
            }
            "breakdown" => {
                let breakdown: Breakdown = text.parse().map_err(|error| unreadable(&error))?;
                vocabulary::check_breakdown(&breakdown).map_err(|error| unreadable(&error))?;
                self.breakdown = breakdown;
            }
            "relayed_by" => {
                let names = text.split(';').map(str::trim);
                self.relayed_by = names
                    .filter(|name| !name.is_empty())
                    .map(ToOwned::to_owned)
                    .collect();
            }
            other => return Err(SetError::NoField(other.to_owned())),
        }
        Ok(())
    }

    /// A person said it: it is neither inherited nor unclear any longer.
    fn own(&mut self, field: Field) {
        self.inherited.retain(|inherited| *inherited != field);
        self.unclear.retain(|unclear| *unclear != field);
    }
}

/// A day, a month, a year, or the first and the last day with two dots between.
fn days(text: &str) -> Result<Period, String> {
    let parsed = |text: &str| {
        text.parse::<Period>()
            .map_err(|error: crate::figure::TimeError| error.to_string())
    };
    // As tables write several days: "2022-03-01 to 2022-03-08".
    let ends = text.split_once("..").or_else(|| text.split_once(" to "));
    let Some((first, last)) = ends else {
        return parsed(text);
    };
    let (first, last) = (parsed(first)?, parsed(last)?);
    Period::new(first.start, last.end)
        .ok_or_else(|| format!("`{text}` ends before it begins; write 2022-03-01..2022-03-08"))
}

fn one_day(text: &str) -> Result<NaiveDate, String> {
    let period = days(text)?;
    if period.start != period.end {
        return Err(format!("`{text}` is several days; write 2022-02-24"));
    }
    Ok(period.start)
}
