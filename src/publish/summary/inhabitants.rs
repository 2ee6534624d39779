//! Numbers set against the inhabitants of a place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Row;
use crate::figure::{Measure, PlaceId};
use crate::ledger::{FigureId, Figures, Selection};

/// How many live where, by every claimant and day that a ledger knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inhabitants {
    /// For how many of them a rate is given, such as 1,000.
    pub per: u32,
    known: BTreeMap<PlaceId, Vec<Population>>,
}

/// The inhabitants of one place on one day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Population {
    /// The day.
    pub day: NaiveDate,
    /// Who says so.
    pub claimant: String,
    /// How many.
    pub people: i64,
    /// The figure.
    pub figure: FigureId,
}

impl Inhabitants {
    /// What to say where a ledger knows none.
    pub const UNKNOWN: &str = "the ledger knows no inhabitants of these places; `humstat ingest world-bank population` brings them";

    /// The populations of the places of rows, as public and as recorded as the rows were asked for.
    pub fn selection(rows: &[Row], asked: &Selection) -> Selection {
        let places = rows.iter().filter_map(|row| row.series.location.clone());
        Self::selection_of(places.collect(), asked)
    }

    /// The populations of places, as public and as recorded as what is set against them.
    pub fn selection_of(places: BTreeSet<PlaceId>, asked: &Selection) -> Selection {
        Selection {
            indicators: vec!["population".to_owned()],
            locations: places.into_iter().collect(),
            as_known_on: asked.as_known_on,
            as_recorded_at: asked.as_recorded_at,
            ..Selection::default()
        }
    }

    /// Takes the populations out of figures: whole numbers above zero, of all people of a place.
    pub fn new(figures: &Figures, per: u32) -> Self {
        let mut known: BTreeMap<PlaceId, Vec<Population>> = BTreeMap::new();
        for row in &figures.rows {
            let series = &figures.series[row.series];
            let whole =
                series.measure == Measure::Stock && series.breakdown.iter().next().is_none();
            let (Some(place), Some(people)) = (&series.location, row.quantity.value) else {
                continue;
            };
            if whole && people > 0 {
                known.entry(place.clone()).or_default().push(Population {
                    day: row.period.end,
                    claimant: series.claimant.to_string(),
                    people,
                    figure: row.id,
                });
            }
        }
        for populations in known.values_mut() {
            populations.sort();
        }
        Self { per, known }
    }

    /// The newest that is not after the row's own day; the first after it where there is none.
    pub fn of(&self, row: &Row) -> Option<&Population> {
        self.of_place(row.series.location.as_ref()?, row.period.end)
    }

    /// The newest of a place that is not after a day; the first after it where there is none.
    pub fn of_place(&self, place: &PlaceId, day: NaiveDate) -> Option<&Population> {
        let known = self.known.get(place)?;
        let before = known.iter().rfind(|known| known.day <= day);
        before.or_else(|| known.first())
    }

    /// The row's number for each [`Self::per`] inhabitants; none for a sum of money.
    pub fn rate(&self, row: &Row) -> Option<f64> {
        let people = self.of(row)?.people;
        let value = row.quantity.value?;
        Some(f64::from(self.per) * value as f64 / people as f64)
    }

    /// The population figures that rates of these rows rest on.
    pub fn behind(&self, rows: &[Row]) -> BTreeSet<FigureId> {
        rows.iter()
            .filter_map(|row| self.of(row))
            .map(|population| population.figure)
            .collect()
    }
}
