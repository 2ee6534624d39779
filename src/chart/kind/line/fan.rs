//! Nested intervals of a forecast: areas that grow lighter outwards.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Line;
use super::series::{Band, day};
use crate::chart::ChartError;
use crate::chart::layout::{Theme, check};
use crate::chart::palette::Tones;
use crate::chart::rows::PlottedRow;
use crate::chart::spec::{Fan, Point};
use crate::chart::words::fill;

/// Share of the colour in the narrowest area, and in the widest of several.
const TINTS: (f64, f64) = (0.45, 0.15);

/// From the widest to the narrowest.
fn sorted(fans: &[Fan]) -> Vec<&Fan> {
    let mut sorted: Vec<&Fan> = fans.iter().collect();
    sorted.sort_by_key(|fan| std::cmp::Reverse(fan.coverage));
    sorted
}

/// Refuses intervals that are out of order or do not nest; else their days.
pub fn check(line: &Line) -> Result<BTreeSet<NaiveDate>, ChartError> {
    let out_of_order = || ChartError::RangeOutOfOrder(line.label.clone());
    let mut days = BTreeSet::new();
    let mut wider: BTreeMap<NaiveDate, (f64, f64)> = BTreeMap::new();
    let mut coverage = None;
    for fan in sorted(&line.fans) {
        if coverage == Some(fan.coverage) || !(1..=99).contains(&fan.coverage) {
            return Err(out_of_order());
        }
        coverage = Some(fan.coverage);
        let mut own = BTreeSet::new();
        for &(date, low, high) in &fan.ranges {
            check::triple(&line.label, Some(low), None, Some(high))?;
            if !own.insert(date) {
                return Err(ChartError::TwoValues {
                    label: line.label.clone(),
                    date,
                });
            }
            let outside = |&(least, most): &(f64, f64)| low < least || high > most;
            if wider
                .insert(date, (low, high))
                .as_ref()
                .is_some_and(outside)
            {
                return Err(out_of_order());
            }
        }
        days.append(&mut own);
    }
    Ok(days)
}

/// Every end of an interval.
pub fn values(line: &Line) -> impl Iterator<Item = f64> + '_ {
    let ranges = line.fans.iter().flat_map(|fan| &fan.ranges);
    ranges.flat_map(|&(_, low, high)| [low, high])
}

/// The areas, the widest first. Each begins at the last number before it, which is known.
pub fn bands(fans: &[Fan], points: &[Point], tones: Tones) -> Vec<Band> {
    let steps = fans.len().saturating_sub(1).max(1) as f64;
    let mut bands = Vec::new();
    for (index, fan) in sorted(fans).into_iter().enumerate() {
        let mut ranges = fan.ranges.clone();
        ranges.sort_by_key(|range| range.0);
        let known = ranges.first().and_then(|(first, ..)| {
            let before = points.iter().rev().find(|point| point.date < *first)?;
            Some((
                before.date,
                before.value.filter(|_| !before.marks.projected)?,
            ))
        });
        if let Some((date, value)) = known {
            ranges.insert(0, (date, value, value));
        }
        let share = if fans.len() == 1 {
            f64::midpoint(TINTS.0, TINTS.1)
        } else {
            TINTS.1 + (TINTS.0 - TINTS.1) * index as f64 / steps
        };
        let upper = ranges.iter().map(|(date, _, high)| (day(*date), *high));
        let lower = ranges.iter().rev().map(|(date, low, _)| (day(*date), *low));
        let edge: Vec<(f64, f64)> = upper.chain(lower).collect();
        if ranges.len() > 1 {
            bands.push(Band {
                edge,
                fill: tones.line.tint(share),
            });
        }
    }
    bands
}

/// "Shaded: ranges that hold the number with a likelihood of 50, 80 and 95 per cent, paler outwards".
pub fn note(lines: &[Line], theme: &Theme) -> Option<String> {
    let words = &theme.words().line;
    let shares: BTreeSet<u8> = lines
        .iter()
        .flat_map(|line| line.fans.iter().map(|fan| fan.coverage))
        .collect();
    let shares: Vec<String> = shares.iter().map(ToString::to_string).collect();
    match shares.as_slice() {
        [] => None,
        [one] => Some(fill(words.fan, &[one])),
        [most @ .., last] => Some(fill(
            words.fans,
            &[&most.join(theme.language.comma()), last],
        )),
    }
}

/// The intervals as rows of the table beside the chart, the narrowest first.
pub fn rows(line: &Line) -> Vec<PlottedRow> {
    let mut rows = Vec::new();
    for fan in sorted(&line.fans).into_iter().rev() {
        let mut ranges = fan.ranges.clone();
        ranges.sort_by_key(|range| range.0);
        rows.extend(ranges.into_iter().map(|(date, low, high)| PlottedRow {
            series: line.label.clone(),
            at: date.to_string(),
            value: None,
            low: Some(low),
            high: Some(high),
            flags: vec![format!("interval_{}", fan.coverage)],
        }));
    }
    rows
}
