//! Several versions of one line, as they became known one after the other: the newest in colour,
//! the others grey, the lighter the older.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Line;
use crate::chart::palette::{EMPHASIS, Tones, VINTAGES};

/// How many versions between the first and the newest are named.
const NAMED_BETWEEN: usize = 3;

/// The days on which versions became known, in order.
fn days(lines: &[Line]) -> Vec<NaiveDate> {
    let all: BTreeSet<NaiveDate> = lines.iter().filter_map(|line| line.vintage).collect();
    all.into_iter().collect()
}

/// Tones of each line that is a version of another, and whether it is an earlier one.
pub fn tones(lines: &[Line]) -> Vec<Option<(Tones, bool)>> {
    let days = days(lines);
    let last = days.len().saturating_sub(1);
    let tone = |rank: usize| {
        if rank == last {
            return (EMPHASIS, false);
        }
        let step = if last < 2 {
            0
        } else {
            rank * (VINTAGES.len() - 1) / (last - 1)
        };
        (VINTAGES[step.min(VINTAGES.len() - 1)], true)
    };
    lines
        .iter()
        .map(|line| days.binary_search(&line.vintage?).ok().map(tone))
        .collect()
}

/// The versions that get no name, by index: all but the first, the newest and a few between.
pub fn nameless(lines: &[Line]) -> BTreeSet<usize> {
    let mut by_day: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(day) = line.vintage {
            by_day.entry(day).or_default().push(index);
        }
    }
    let last = by_day.len().saturating_sub(1);
    let steps = NAMED_BETWEEN + 1;
    let named: BTreeSet<usize> = (0..=steps).map(|step| step * last / steps).collect();
    by_day
        .into_values()
        .enumerate()
        .filter(|(rank, _)| !named.contains(rank))
        .flat_map(|(_, indices)| indices)
        .collect()
}

/// What the greys mean.
pub fn notes(lines: &[Line]) -> Option<String> {
    let days = days(lines);
    let (first, last) = (days.first()?, days.last()?);
    (days.len() > 1).then(|| {
        format!(
            "Grey: the numbers as they were known earlier, the lighter the older; {} versions from {} to {}",
            days.len(),
            first.format("%-d %B %Y"),
            last.format("%-d %B %Y")
        )
    })
}
