//! What the ledger does not hold and a person gives: who stayed at home, births and deaths, seeds.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::figure::{Period, PlaceId};

/// Those who live where they come from.
#[derive(Debug, Clone, PartialEq)]
pub enum AtHome {
    /// As given, by place and day.
    Stayers(BTreeMap<(PlaceId, NaiveDate), f64>),
    /// All who live in a place, by place and day: those at home are the rest, once those are taken off
    /// whom the stocks count there.
    Populations(BTreeMap<(PlaceId, NaiveDate), f64>),
}

impl AtHome {
    /// Those at home in a place on a day, where others are counted there; none where nothing is known of
    /// the day or, of populations, of its year, or where nobody would be left.
    pub(super) fn of(&self, place: &PlaceId, day: NaiveDate, others: f64) -> Option<f64> {
        use chrono::Datelike as _;
        let (known, others) = match self {
            Self::Stayers(known) => (known.get(&(place.clone(), day)), 0.0),
            Self::Populations(known) => {
                let year = |month, date| NaiveDate::from_ymd_opt(day.year(), month, date);
                let (first, last) = (year(1, 1)?, year(12, 31)?);
                let of_year = (place.clone(), first)..=(place.clone(), last);
                (
                    known.range(of_year).next_back().map(|(_, people)| people),
                    others,
                )
            }
        };
        known
            .map(|people| people - others)
            .filter(|people| *people > 0.0)
    }
}

/// Births and deaths of a place in a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Natural {
    /// The period.
    pub period: Period,
    /// Births within it.
    pub births: f64,
    /// Deaths within it.
    pub deaths: f64,
}

/// Births and deaths by place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NaturalChange(pub BTreeMap<PlaceId, Vec<Natural>>);

impl NaturalChange {
    /// Births and deaths of a place after one day up to another, or how many of the days are known.
    pub(super) fn between(
        &self,
        place: &PlaceId,
        start: NaiveDate,
        end: NaiveDate,
    ) -> Result<(f64, f64), i64> {
        let (mut births, mut deaths, mut known) = (0.0, 0.0, 0);
        for natural in self.0.get(place).into_iter().flatten() {
            if natural.period.start > start && natural.period.end <= end {
                births += natural.births;
                deaths += natural.deaths;
                known += natural.period.days();
            }
        }
        if known == (end - start).num_days() {
            Ok((births, deaths))
        } else {
            Err(known)
        }
    }
}

/// What movements between pairs are in proportion to: from, to, weight.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seed(pub BTreeMap<(PlaceId, PlaceId), f64>);

impl Seed {
    /// The weight of a pair; zero where none is given.
    pub(super) fn of(&self, from: &PlaceId, to: &PlaceId) -> f64 {
        let weight = self.0.get(&(from.clone(), to.clone()));
        weight.copied().unwrap_or(0.0)
    }
}
