//! Years of a flow parted over months or quarters, as a table. They are estimates, reckoned when asked for and
//! never recorded.

use std::collections::BTreeSet;

use super::summary::EVENT;
use crate::analysis::disaggregate::{
    DECIMALS, DisaggregateError, Method, Regression, Whole, add_up, disaggregate,
};
use crate::analysis::{Flow, MeasureError};
use crate::figure::{Measure, Period, Qualifier, Status, coded_enum};
use crate::ledger::FigureId;
use crate::line::{Line, Point};

mod pattern;
mod table;

pub use table::{caution, frame, in_words};

pub use pattern::{Pattern, PatternError, Step};

coded_enum! {
    /// What a part is.
    Kind ("kind of part") {
        /// One of the parts that add up to a published whole.
        Distributed = "distributed",
        /// Before, between or after the published wholes: no published number holds it.
        Extrapolated = "extrapolated",
    }
}

/// Why a line is not parted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// A stock has no parts.
    #[error(
        "a stock has no parts that add up to it; interpolate between its days, or take its newest value (truth rule 1)"
    )]
    Stock,
    /// A cumulative holds all before it.
    #[error(
        "a cumulative is not parted but differenced: `humstat trend` gives what is new between its reports (truth rule 1)"
    )]
    Cumulative,
    /// Events have days of their own.
    #[error("events have days of their own; `humstat tally --by month` adds them up")]
    Events,
    /// Nothing that can be parted.
    #[error(
        "no period of the series is made of two or more whole parts of the pattern ({0}); give a pattern that covers it, or a finer one"
    )]
    NoWhole(String),
    /// The pattern has a hole.
    #[error(
        "the pattern has nothing between {0} and {1}; parts must follow each other without a gap"
    )]
    Hole(Period, Period),
    /// The series is not what it was taken for.
    #[error(transparent)]
    Measure(#[from] MeasureError),
    /// The method refuses.
    #[error("{}", in_periods(.error, .parts, .wholes))]
    Method {
        /// Why, by places.
        error: DisaggregateError,
        /// The periods of the places.
        parts: Vec<Period>,
        /// The periods of the wholes.
        wholes: Vec<Period>,
    },
    /// A number is too large.
    #[error("a number of the series is too large to be parted")]
    TooLarge,
}

/// A refusal of the kernel, its places named by their periods.
fn in_periods(error: &DisaggregateError, parts: &[Period], wholes: &[Period]) -> String {
    let text = error.to_string();
    let (word, place, periods) = match error {
        DisaggregateError::NotPositive { place, .. }
        | DisaggregateError::Negative { place, .. }
        | DisaggregateError::NotFinite(place) => ("part", place, parts),
        DisaggregateError::Uncovered(place) | DisaggregateError::OnePart(place) => {
            ("whole", place, wholes)
        }
        _ => return text,
    };
    match periods.get(*place) {
        Some(period) => text.replacen(&format!("{word} {place}"), &format!("{word} {period}"), 1),
        None => text,
    }
}

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// How it is parted.
    pub method: Method,
    /// Whether a regression begins at a level of its own.
    pub intercept: bool,
    /// Whether parts that no whole holds are shown.
    pub extrapolate: bool,
}

/// One part.
#[derive(Debug, Clone)]
struct Part<'l> {
    period: Period,
    estimate: f64,
    standard_error: Option<f64>,
    pattern: f64,
    whole: Option<&'l Point>,
}

/// A line parted.
#[derive(Debug)]
pub struct Parted<'l> {
    line: &'l Line,
    source: String,
    parts: Vec<Part<'l>>,
    /// What the regression found, where there was one.
    regression: Option<Regression>,
    wholes: usize,
    /// Periods left out, which the pattern does not cover or whose number is no exact one.
    pub left_out: usize,
}

impl Parted<'_> {
    /// The figures that its wholes are.
    pub fn figures(&self) -> BTreeSet<FigureId> {
        self.parts
            .iter()
            .filter_map(|part| Some(part.whole?.figure))
            .collect()
    }
}

/// Refuses what has no parts.
///
/// # Errors
/// When the line is no flow.
pub fn check(line: &Line) -> Result<(), Refused> {
    match line.series.measure {
        Measure::Stock => Err(Refused::Stock),
        Measure::Cumulative => Err(Refused::Cumulative),
        Measure::Flow if line.series.breakdown.get(EVENT).is_some() => Err(Refused::Events),
        Measure::Flow => Ok(()),
    }
}

/// Parts a line along a pattern.
///
/// # Errors
/// When it is no flow, the pattern covers none of its periods, or the method refuses.
pub fn parted<'l>(
    line: &'l Line,
    pattern: &Pattern,
    wanted: &Wanted,
) -> Result<Parted<'l>, Refused> {
    check(line)?;
    let exact: Vec<(&Point, i64)> = line
        .of_one_channel()
        .filter(|point| {
            point.quantity.qualifier == Qualifier::Exact
                && !matches!(point.quantity.status, Status::Projected | Status::Planned)
        })
        .filter_map(|point| Some((point, point.quantity.value?)))
        .collect();
    let (periods, values): (Vec<Period>, Vec<i64>) = exact
        .iter()
        .map(|(point, value)| (point.period, *value))
        .unzip();
    Flow::new(line.series.measure, &periods, &values)?;

    let all = &pattern.parts;
    let covered: Vec<(&Point, i64, std::ops::Range<usize>)> = exact
        .iter()
        .filter_map(|(point, value)| Some((*point, *value, places(all, point.period)?)))
        .collect();
    let (Some(first), Some(last)) = (covered.first(), covered.last()) else {
        return Err(Refused::NoWhole(pattern.source.clone()));
    };
    // Without extrapolation the pattern counts only as far as there are wholes.
    let used = if wanted.extrapolate {
        0..all.len()
    } else {
        first.2.start..last.2.end
    };
    let offset = used.start;
    let all = &all[used];
    if let Some(pair) = all
        .windows(2)
        .find(|pair| pair[0].0.end.succ_opt() != Some(pair[1].0.start))
    {
        return Err(Refused::Hole(pair[0].0, pair[1].0));
    }
    let wholes: Vec<Whole> = covered
        .iter()
        .map(|(_, value, places)| Whole {
            parts: places.start - offset..places.end - offset,
            value: *value as f64,
        })
        .collect();
    let numbers: Vec<f64> = all.iter().map(|(_, number)| *number).collect();
    let refused = |error| Refused::Method {
        error,
        parts: all.iter().map(|(period, _)| *period).collect(),
        wholes: covered.iter().map(|(point, ..)| point.period).collect(),
    };
    let found =
        disaggregate(wanted.method, &wholes, &numbers, wanted.intercept).map_err(refused)?;
    found.none_below_zero(&wholes).map_err(refused)?;

    let mut parts: Vec<Part<'l>> = all
        .iter()
        .enumerate()
        .map(|(place, (period, number))| Part {
            period: *period,
            estimate: found.parts[place],
            standard_error: found.standard_errors.get(place).copied(),
            pattern: *number,
            whole: None,
        })
        .collect();
    for (whole, (point, value, _)) in wholes.iter().zip(&covered) {
        let thousandths =
            add_up(&found.parts[whole.parts.clone()], *value).ok_or(Refused::TooLarge)?;
        for (part, thousandths) in parts[whole.parts.clone()].iter_mut().zip(thousandths) {
            part.estimate = thousandths as f64 / 10_f64.powi(DECIMALS.cast_signed());
            part.whole = Some(point);
        }
    }
    if !wanted.extrapolate {
        parts.retain(|part| part.whole.is_some());
    }
    Ok(Parted {
        line,
        source: pattern.source.clone(),
        parts,
        regression: found.regression,
        wholes: wholes.len(),
        left_out: line.of_one_channel().count() - wholes.len(),
    })
}

/// The places of the parts that a period is made of; none where it is not made of two or more whole ones.
fn places(parts: &[(Period, f64)], period: Period) -> Option<std::ops::Range<usize>> {
    let start = parts
        .iter()
        .position(|(part, _)| part.start == period.start)?;
    let length = parts[start..]
        .iter()
        .position(|(part, _)| part.end == period.end)?
        + 1;
    let within = &parts[start..start + length];
    let follow = |pair: &[(Period, f64)]| pair[0].0.end.succ_opt() == Some(pair[1].0.start);
    (length > 1 && within.windows(2).all(follow)).then_some(start..start + length)
}
