//! How far lines reach in time and in value.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Line, day, fan};

/// The lowest and the highest of all values and ranges; zero lies between them.
pub fn extent<'l>(lines: impl IntoIterator<Item = &'l Line>) -> (f64, f64) {
    lines
        .into_iter()
        .flat_map(|line| {
            let points = line.points.iter();
            let values = points.flat_map(|point| [point.value, point.low, point.high]);
            values.flatten().chain(fan::values(line))
        })
        .fold((0.0_f64, 0.0_f64), |(low, high), value| {
            (low.min(value), high.max(value))
        })
}

/// All days of the data, in order.
pub fn dates<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Vec<NaiveDate> {
    let all: BTreeSet<NaiveDate> = lines
        .into_iter()
        .flat_map(|line| {
            let points = line.points.iter().map(|point| point.date);
            points.chain(
                line.fans
                    .iter()
                    .flat_map(|fan| fan.ranges.iter().map(|range| range.0)),
            )
        })
        .collect();
    all.into_iter().collect()
}

/// First and last day; a single day stands in the middle of three.
pub fn span(dates: &[NaiveDate]) -> (f64, f64) {
    match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first < last => (day(*first), day(*last)),
        (Some(only), _) => (day(*only) - 1.0, day(*only) + 1.0),
        _ => (0.0, 1.0),
    }
}
