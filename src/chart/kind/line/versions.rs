//! Several versions of one line, as they became known one after the other: the newest in colour,
//! the others grey, the lighter the older.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Line, day};
use crate::chart::layout::Theme;
use crate::chart::palette::{EMPHASIS, Tones, VINTAGES};
use crate::chart::words::fill;

/// How many versions between the first and the newest are named.
const NAMED_BETWEEN: usize = 3;
/// Least distance between the ends of two named versions, as a share of the whole.
const APART: f64 = 0.1;

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

/// The versions that get no name, by index: all but the first, the newest and a few between them
/// whose lines end well apart.
pub fn nameless(lines: &[Line]) -> BTreeSet<usize> {
    // Where each version ends, in the order in which they became known.
    let mut versions: Vec<(NaiveDate, f64, usize)> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| {
            let present = line.points.iter().filter(|point| point.value.is_some());
            let end = present
                .map(|point| day(point.date))
                .fold(f64::MIN, f64::max);
            Some((line.vintage?, end, index))
        })
        .collect();
    versions.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (Some(first), Some(newest)) = (versions.first(), versions.last()) else {
        return BTreeSet::new();
    };
    let span = newest.1 - first.1;
    let mut named = vec![*first, *newest];
    for _ in 0..NAMED_BETWEEN {
        let apart = |one: &(NaiveDate, f64, usize)| {
            let distances = named.iter().map(|other| (one.1 - other.1).abs());
            distances.fold(f64::INFINITY, f64::min)
        };
        // Of equals the one that became known first.
        let farthest = versions
            .iter()
            .rev()
            .max_by(|a, b| apart(a).total_cmp(&apart(b)));
        let Some(farthest) = farthest.filter(|one| apart(one) > APART * span) else {
            break;
        };
        named.push(*farthest);
    }
    versions
        .iter()
        .map(|(.., index)| *index)
        .filter(|index| named.iter().all(|(.., named)| named != index))
        .collect()
}

/// What the greys mean.
pub fn notes(lines: &[Line], theme: &Theme) -> Option<String> {
    let language = theme.language;
    let days = days(lines);
    let (first, last) = (days.first()?, days.last()?);
    (days.len() > 1).then(|| {
        let count = language.count(days.len());
        let text = language.form(&theme.words().line.versions, days.len());
        fill(text, &[&count, &language.day(*first), &language.day(*last)])
    })
}
