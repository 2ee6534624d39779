//! Ratios of rates: two places over the same time, or two periods of the same place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::number::{exact, exact_points, gaps_in_words, has_length, licences};
use super::{Counted, People};
use crate::analysis::rate::{Exposure, RateError, Ratio, ratio};
use crate::analysis::{Cumulative, Flow, MeasureError, NoLevel};
use crate::figure::{Measure, Period, PlaceId, Qualifier, Quantity, Series, Status, Unit};
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::publish::figures::place_name;
use crate::publish::summary::joined;

mod table;

pub use table::{ratio_frame, ratio_in_words};

/// What is compared with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sides {
    /// Two places.
    Places(PlaceId, PlaceId),
    /// Two periods.
    Periods(Period, Period),
}

/// Why two numbers have no ratio.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Compared {
    /// A stock counts no events.
    #[error(
        "a stock is no count of events, so the ratio of two has no interval of chance; divide them yourself, or take a flow"
    )]
    Stock,
    /// One side is no exact count.
    #[error(
        "{0} is no exact count, and a ratio of chance needs two; `humstat rates` shows each for itself"
    )]
    NotExact(String),
    /// Nothing was reported on one side.
    #[error("nothing was reported for {0}; select two periods or places that have figures")]
    Nothing(String),
    /// The population of one side is not known.
    #[error(
        "the ledger knows no inhabitants of {0}; `humstat ingest world-bank population` brings them"
    )]
    NoPeople(String),
    /// The periods have no length.
    #[error(
        "the cumulative has no first day, so its period has no length; compare two periods of it"
    )]
    NoLength,
    /// A cumulative is not known on the days that bound a period.
    #[error("what is new between two days needs reports of both: {0}")]
    NoLevel(#[from] NoLevel),
    /// It fell.
    #[error(
        "the count fell by {fall} within {period}, which is a revision and no event; `humstat revisions` shows it"
    )]
    Fell {
        /// The period.
        period: Period,
        /// By how much.
        fall: i64,
    },
    /// The series is not what it was taken for.
    #[error(transparent)]
    Measure(#[from] MeasureError),
    /// The numbers have no ratio.
    #[error(transparent)]
    Rate(#[from] RateError),
}

/// A ratio, and the two sides that it is of.
#[derive(Debug, Clone)]
pub struct RatioRow {
    series: Series,
    labels: [String; 2],
    counts: [i64; 2],
    periods: [Period; 2],
    /// The people of each side; none where the same people are taken for both.
    people: Option<[People; 2]>,
    ratio: Ratio,
    licence: Option<String>,
    notes: Vec<String>,
}

impl RatioRow {
    /// The populations that it rests on.
    pub fn people(&self) -> impl Iterator<Item = &People> {
        self.people.iter().flatten()
    }
}

/// One side of a ratio.
struct Side {
    label: String,
    count: i64,
    period: Period,
    people: Option<People>,
    /// What was reported of the period that was asked for, where that is not all of it.
    partly: Option<String>,
    licence: Option<String>,
}

/// Compares each line's rate in one period with that in the other, or each place with the other.
///
/// Counts are set against people times days, so that periods of different length compare; where the people
/// of a place are not known in both periods, they are taken as the same in both.
///
/// # Errors
/// When a side is no exact count of a period, is missing, or both are zero.
pub fn compare(
    (figures, lines): (&Figures, &[Line]),
    numbers: &[Counted],
    sides: &Sides,
    confidence: f64,
    people: impl Fn(&Counted) -> Option<People>,
) -> Vec<(Series, Result<RatioRow, Compared>)> {
    match sides {
        Sides::Periods(first, second) => lines
            .iter()
            .map(|line| {
                let of = || {
                    let side = |period| within(figures, line, period, &people);
                    row(&line.series, [side(*first)?, side(*second)?], confidence)
                };
                (line.series.clone(), of())
            })
            .collect(),
        Sides::Places(first, second) => {
            let mut groups: BTreeMap<Series, [Option<&Counted>; 2]> = BTreeMap::new();
            for counted in numbers {
                let mut key = counted.series.clone();
                let at = match key.location.take() {
                    Some(place) if place == *first => 0,
                    Some(place) if place == *second => 1,
                    _ => continue,
                };
                groups.entry(key).or_default()[at] = Some(counted);
            }
            groups
                .into_iter()
                .map(|(series, found)| {
                    let of = || {
                        let [a, b] = found;
                        let sides = [at_place(a, first, &people)?, at_place(b, second, &people)?];
                        row(&series, sides, confidence)
                    };
                    let found = of();
                    (series, found)
                })
                .collect()
        }
    }
}

fn at_place(
    counted: Option<&Counted>,
    place: &PlaceId,
    people: &impl Fn(&Counted) -> Option<People>,
) -> Result<Side, Compared> {
    let label = place_name(place).to_owned();
    let counted = counted.ok_or_else(|| Compared::Nothing(label.clone()))?;
    check_measure(&counted.series)?;
    if !has_length(&counted.series) {
        return Err(Compared::NoLength);
    }
    let quantity = counted.quantity;
    let is_count = quantity.qualifier == Qualifier::Exact && quantity.status != Status::Estimated;
    let count = quantity.value.filter(|count| is_count && *count >= 0);
    Ok(Side {
        count: count.ok_or_else(|| Compared::NotExact(format!("{quantity} in {label}")))?,
        period: counted.period,
        people: Some(people(counted).ok_or_else(|| Compared::NoPeople(label.clone()))?),
        partly: None,
        licence: counted.licence.clone(),
        label,
    })
}

fn check_measure(series: &Series) -> Result<(), Compared> {
    if series.measure == Measure::Stock || series.unit == Unit::UsDollars {
        Err(Compared::Stock)
    } else {
        Ok(())
    }
}

/// What happened within a period: the sum of a flow's periods that lie within it, or what a cumulative grew
/// by from the day before it to its last.
fn within(
    figures: &Figures,
    line: &Line,
    period: Period,
    people: &impl Fn(&Counted) -> Option<People>,
) -> Result<Side, Compared> {
    check_measure(&line.series)?;
    let label = period.to_string();
    let asked = period;
    let (count, period) = match line.series.measure {
        Measure::Cumulative => {
            let points = exact_points(line);
            let (days, values): (Vec<NaiveDate>, Vec<i64>) = points
                .iter()
                .map(|(point, value)| (point.period.end, *value))
                .unzip();
            let series = Cumulative::new(Measure::Cumulative, &days, &values)?;
            let begins = line.series.since.is_some_and(|since| since >= period.start);
            // Never interpolated: what lies between two reports is not counted.
            let on = |day| series.on(day, Some(1)).map(|level| level.value() as i64);
            let before = match period.start.pred_opt() {
                Some(day) if !begins => on(day)?,
                _ => 0,
            };
            let count = on(period.end)? - before;
            if count < 0 {
                return Err(Compared::Fell {
                    period,
                    fall: -count,
                });
            }
            (count, period)
        }
        _ => {
            let is_within = |point: &Point| {
                point.period.start >= period.start && point.period.end <= period.end
            };
            let reported: Vec<&Point> = line
                .of_one_channel()
                .filter(|point| is_within(point))
                .collect();
            let inexact = reported.iter().find(|point| exact(point).is_none());
            if let Some(point) = inexact {
                return Err(Compared::NotExact(format!(
                    "{} of {}",
                    point.quantity, point.period
                )));
            }
            let (periods, values): (Vec<Period>, Vec<i64>) = reported
                .iter()
                .filter_map(|point| Some((point.period, exact(point)?)))
                .unzip();
            if periods.is_empty() {
                return Err(Compared::Nothing(label));
            }
            let sum = Flow::new(line.series.measure, &periods, &values)?.sum()?;
            if !sum.gaps.is_empty() {
                let gaps = gaps_in_words(&sum.gaps).unwrap_or_default();
                return Err(Compared::Nothing(format!("all of {label}: {gaps}")));
            }
            if sum.total < 0 {
                return Err(Compared::NotExact(sum.total.to_string()));
            }
            (sum.total, sum.period)
        }
    };
    let counted = Counted {
        series: line.series.clone(),
        period,
        quantity: Quantity::exact(count),
        figures: 1,
        figure: None,
        licence: None,
        notes: Vec::new(),
    };
    Ok(Side {
        partly: (period != asked).then(|| format!("of {asked} only {period} was reported")),
        licence: licences(figures, line),
        label,
        count,
        period,
        people: people(&counted),
    })
}

fn row(series: &Series, [a, b]: [Side; 2], confidence: f64) -> Result<RatioRow, Compared> {
    let mut notes = Vec::new();
    let people = a.people.zip(b.people).map(|(a, b)| [a, b]);
    let numbers = match &people {
        Some([a, b]) => [a.number(), b.number()],
        None => {
            notes.push("as many people are taken to have lived there in both periods".to_owned());
            [1, 1]
        }
    };
    let both: BTreeSet<String> = a.licence.into_iter().chain(b.licence).collect();
    notes.extend(a.partly);
    notes.extend(b.partly);
    let (of_a, of_b) = (a.period.days(), b.period.days());
    if of_a != of_b {
        notes.push(format!(
            "{of_a} days against {of_b}: rates for each day are compared"
        ));
    } else if a.period != b.period && a.label != a.period.to_string() {
        notes.push(format!(
            "{} against {}: not the same days",
            a.period, b.period
        ));
    }
    let exposure = |people, period| Exposure::person_years(people, period);
    let count = |count: i64| u64::try_from(count).unwrap_or(0);
    let ratio = ratio(
        (count(a.count), exposure(numbers[0], a.period)?),
        (count(b.count), exposure(numbers[1], b.period)?),
        confidence,
    )?;
    Ok(RatioRow {
        series: series.clone(),
        labels: [a.label, b.label],
        counts: [a.count, b.count],
        periods: [a.period, b.period],
        people,
        ratio,
        licence: joined(both.iter().map(String::as_str)),
        notes,
    })
}
