//! Which two days are compared.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use super::FlowsError;
use crate::line::Line;

/// The days of stocks between which movements are reckoned: the first and the last, or each and the
/// next.
///
/// Where stocks are of several years, the last day of each year stands for it, so that a mid-year
/// figure beside that of the year's end makes no step of its own.
///
/// # Errors
/// When there is no stock of a pair, or all are of one day.
pub fn steps(lines: &[Line], each: bool) -> Result<Vec<(NaiveDate, NaiveDate)>, FlowsError> {
    let pairs = lines.iter().filter(|line| line.series.origin.is_some());
    let days: BTreeSet<NaiveDate> = pairs
        .flat_map(Line::of_one_channel)
        .map(|point| point.period.end)
        .collect();
    let (Some(first), Some(last)) = (days.first().copied(), days.last().copied()) else {
        return Err(FlowsError::NoPairs);
    };
    let days: Vec<NaiveDate> = if first.year() == last.year() {
        days.into_iter().collect()
    } else {
        let years: BTreeMap<i32, NaiveDate> = days.iter().map(|day| (day.year(), *day)).collect();
        years.into_values().collect()
    };
    match days.as_slice() {
        [only] => Err(FlowsError::OneDay(*only)),
        days if each => Ok(days.windows(2).map(|pair| (pair[0], pair[1])).collect()),
        [first, .., last] => Ok(vec![(*first, *last)]),
        [] => Err(FlowsError::NoPairs),
    }
}
