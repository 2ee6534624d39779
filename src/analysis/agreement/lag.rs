//! How many days one series comes behind another.

use chrono::{Days, NaiveDate};

use super::AgreementError;
use crate::analysis::Cumulative;

/// The largest lag that is looked at, in days either way.
pub const REACH: usize = 14;

/// The fewest pairs of days that a correlation rests on.
const FEWEST_PAIRS: usize = 14;

/// The lag at which two series move together most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lag {
    /// By how many days the second comes behind the first; below zero, ahead of it.
    pub days: i64,
    /// Pearson's correlation at that lag.
    pub correlation: f64,
    /// Pearson's correlation of the same days.
    pub correlation_at_zero: f64,
    /// How many pairs of days the correlation rests on.
    pub pairs: usize,
}

/// The lag within [`REACH`] days at which what is new per day in two cumulatives correlates most; of
/// equal correlations the shortest lag.
///
/// Both are interpolated linearly to every day, which spreads what is new between two reports evenly
/// over its days; days in gaps longer than `max_gap` are left out. That smooths both, so that the
/// correlation is higher than that of what happened, and a lag shorter than the distance between
/// reports cannot be told. Two series that both rise and fall once correlate at many lags: the lag is
/// a description, no test, and says nothing of cause.
///
/// # Errors
/// When the two share too few days, or one of them does not vary.
pub fn lag(
    first: &Cumulative<'_>,
    second: &Cumulative<'_>,
    max_gap: Option<u32>,
) -> Result<Lag, AgreementError> {
    let ends = |of: &Cumulative<'_>| -> Option<(NaiveDate, NaiveDate)> {
        let days = of.dated().days();
        Some((*days.first()?, *days.last()?))
    };
    let from = [first, second]
        .iter()
        .filter_map(|of| Some(ends(of)?.0))
        .max();
    let to = [first, second]
        .iter()
        .filter_map(|of| Some(ends(of)?.1))
        .min();
    let days: Vec<NaiveDate> = match (from, to) {
        (Some(from), Some(to)) => from
            .iter_days()
            .take_while(|day| *day <= to)
            .skip(1)
            .collect(),
        _ => Vec::new(),
    };
    let (first, second) = (new(first, &days, max_gap), new(second, &days, max_gap));
    of_days(&first, &second)
}

/// What is new on each of some days, none in gaps.
fn new(of: &Cumulative<'_>, days: &[NaiveDate], max_gap: Option<u32>) -> Vec<Option<f64>> {
    let level = |day: NaiveDate| of.on(day, max_gap).ok().map(|level| level.value());
    days.iter()
        .map(|day| Some(level(*day)? - level(day.checked_sub_days(Days::new(1))?)?))
        .collect()
}

/// The lag of what is new on successive days.
pub(super) fn of_days(
    first: &[Option<f64>],
    second: &[Option<f64>],
) -> Result<Lag, AgreementError> {
    let shared = first.iter().zip(second);
    let days = shared.filter(|(a, b)| a.is_some() && b.is_some()).count();
    let needed = REACH + FEWEST_PAIRS;
    if days < needed {
        return Err(AgreementError::ShortOverlap {
            days,
            reach: REACH,
            needed,
        });
    }
    let at = |lag: i64| {
        let skip = |of: i64| usize::try_from(of).unwrap_or_default();
        let first = first.iter().skip(skip(-lag));
        let second = second.iter().skip(skip(lag));
        let pairs: Vec<(f64, f64)> = first
            .zip(second)
            .filter_map(|(a, b)| Some(((*a)?, (*b)?)))
            .collect();
        (pairs.len() >= FEWEST_PAIRS)
            .then(|| correlation(&pairs))
            .flatten()
            .map(|found| (found, pairs.len()))
    };
    let zero = at(0).ok_or(AgreementError::Constant)?.0;
    let reach = REACH.cast_signed() as i64;
    let shortest_first = [0]
        .into_iter()
        .chain((1..=reach).flat_map(|lag| [lag, -lag]));
    let mut best: Option<Lag> = None;
    for lag in shortest_first {
        let Some((correlation, pairs)) = at(lag) else {
            continue;
        };
        // Rounding alone makes no lag.
        if best.is_none_or(|best| correlation > best.correlation + 1e-12) {
            best = Some(Lag {
                days: lag,
                correlation,
                correlation_at_zero: zero,
                pairs,
            });
        }
    }
    best.ok_or(AgreementError::Constant)
}

/// Pearson's correlation; none where one side does not vary.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    let (mean_a, mean_b) = (sum(&|pair| pair.0) / n, sum(&|pair| pair.1) / n);
    let products = sum(&|(a, b)| (a - mean_a) * (b - mean_b));
    let squares = |of: f64, mean: f64| (of - mean).powi(2);
    let (a, b) = (
        sum(&|pair| squares(pair.0, mean_a)),
        sum(&|pair| squares(pair.1, mean_b)),
    );
    let scale = (a * b).sqrt();
    (scale > 0.0).then(|| products / scale)
}
