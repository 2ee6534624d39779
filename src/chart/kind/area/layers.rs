//! Which days can be stacked, and the layers over them.

use crate::chart::kind::columns::{Arrangement, ColumnChart, stack};

/// Days that follow one another, on which the same parts have a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// From the first day to behind the last, as indices.
    pub days: std::ops::Range<usize>,
    /// The parts that have a figure, from the base upwards.
    pub parts: Vec<usize>,
}

/// Whether each day is whole: every part has a figure that has one before and after. A stack that
/// lacks a part would pass for a fall.
pub fn whole(table: &ColumnChart) -> Vec<bool> {
    let spans: Vec<Option<(usize, usize)>> = table
        .series
        .iter()
        .map(|series| {
            let known = |amount: &crate::chart::spec::Amount| amount.value.is_some();
            let first = series.amounts.iter().position(known)?;
            let last = series.amounts.iter().rposition(known)?;
            Some((first, last))
        })
        .collect();
    let totals = stack::totals(&table.series, table.places.len());
    (0..table.places.len())
        .map(|day| {
            let within = |span: &Option<(usize, usize)>| {
                span.is_some_and(|(first, last)| (first..=last).contains(&day))
            };
            let mut parts = table.series.iter().zip(&spans);
            let no_part_lacks =
                parts.all(|(series, span)| !within(span) || series.amounts[day].value.is_some());
            // A whole of nothing has no shares.
            let least = if table.arrangement == Arrangement::Share {
                f64::MIN_POSITIVE
            } else {
                0.0
            };
            no_part_lacks && totals[day].is_some_and(|total| total >= least)
        })
        .collect()
}

/// The stretches over which layers are drawn.
pub fn runs(table: &ColumnChart) -> Vec<Run> {
    let order = stack::order(&table.series, table.has_rest);
    let mut runs: Vec<Run> = Vec::new();
    for (day, whole) in whole(table).into_iter().enumerate() {
        if !whole {
            continue;
        }
        let has = |part: &usize| table.series[*part].amounts[day].value.is_some();
        let parts: Vec<usize> = order.iter().copied().filter(has).collect();
        match runs.last_mut() {
            Some(run) if run.parts == parts && run.days.end == day => {
                run.days.end = day + 1;
            }
            _ => runs.push(Run {
                days: day..day + 1,
                parts,
            }),
        }
    }
    runs
}

/// Lower and upper end of each part of a run on one of its days, from the base upwards.
pub fn heights(table: &ColumnChart, run: &Run, day: usize) -> Vec<(f64, f64)> {
    let value = |part: &usize| table.series[*part].amounts[day].value.unwrap_or(0.0);
    let total: f64 = run.parts.iter().map(value).sum();
    let unit = match table.arrangement {
        Arrangement::Share if total > 0.0 => 100.0 / total,
        _ => 1.0,
    };
    let mut from = 0.0;
    run.parts
        .iter()
        .map(|part| {
            let below = from;
            from += value(part) * unit;
            (below, from)
        })
        .collect()
}
