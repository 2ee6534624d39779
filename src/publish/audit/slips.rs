//! Questions about slips of the fingers: digits exchanged, zeros too many or too few.

use chrono::NaiveDate;

use super::track::{Point, Track, are_alike};
use super::words::{said, then};
use super::{Check, Finding};
use crate::analysis::digits::{self, Slip};
use crate::analysis::outlier::median;
use crate::figure::{Measure, grouped};
use crate::ledger::Figures;
use crate::publish::sentence::day;

/// The least number whose digits say something: with fewer, exchanges come by chance.
pub(super) const LONG: i64 = 1_000;

/// Numbers that are a power of ten away from both neighbours, which agree with one another.
pub(super) fn magnitudes(figures: &Figures, tracks: &[Track<'_>], _: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for track in tracks {
        for near in track.points(true).windows(3) {
            let [before, point, after] = [near[0], near[1], near[2]];
            let (low, high) = bounds(before, after);
            // Neighbours that differ by a half say little of what should stand between them.
            let agree = are_alike(near) && low >= LONG / 10 && high - low <= low / 2;
            let Some(slip) = digits::slip(point.value, low, high)
                .filter(|slip| agree && point.value.max(slip.right) >= LONG)
            else {
                continue;
            };
            let question = format!(
                "{}, beside {} {} and {} {}. {}",
                said(figures, point.row),
                grouped(before.value),
                then(figures, before.row, point.row),
                grouped(after.value),
                then(figures, after.row, point.row),
                asked(slip)
            );
            let mut finding = Finding::about(Check::Magnitude, figures, point.row, question);
            finding.other_value = Some(slip.right);
            found.push(finding);
        }
    }
    found
}

fn asked(slip: Slip) -> String {
    let digits = match slip.factor {
        10 => "one digit",
        100 => "two digits",
        _ => "three digits",
    };
    let right = grouped(slip.right);
    if slip.too_small {
        let thousands = if slip.factor == 1_000 {
            ", or is it a number of thousands"
        } else {
            ""
        };
        format!("With {digits} more it is {right}, which fits: did some get lost{thousands}?")
    } else {
        format!("With {digits} fewer it is {right}, which fits: are there too many?")
    }
}

fn bounds(before: Point<'_>, after: Point<'_>) -> (i64, i64) {
    (before.value.min(after.value), before.value.max(after.value))
}

/// Numbers out of line that two exchanged digits put between their neighbours, and numbers that an
/// earlier version had with two digits exchanged.
pub(super) fn transpositions(
    figures: &Figures,
    tracks: &[Track<'_>],
    _: NaiveDate,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for track in tracks {
        let by_version = track.revised.iter().filter(|(newest, before)| {
            let pair = newest.quantity.value.zip(before.quantity.value);
            pair.is_some_and(|(value, other)| value >= LONG && digits::is_exchange(value, other))
        });
        for (newest, before) in by_version {
            let question = format!(
                "{}; until {} it was {}, with two digits the other way round. Was one of the two a slip, and which is right?",
                said(figures, newest),
                day(newest.version.day()),
                before.quantity
            );
            found.push(
                Finding::about(Check::Transposition, figures, newest, question).against(before),
            );
        }
        let points = track.points(true);
        let usual = usual_change(&points);
        for index in 1..points.len() {
            let after = points.get(index + 1).copied();
            let (before, point) = (points[index - 1], points[index]);
            let Some((low, high)) = between(track.series.measure, before, after, usual)
                .filter(|_| are_alike(&points[index - 1..points.len().min(index + 2)]))
            else {
                continue;
            };
            let Some(right) = exchanged(track.series.measure, point.value, (low, high), usual)
            else {
                continue;
            };
            let after = after.map_or_else(String::new, |after| {
                format!(
                    " and {} {}",
                    grouped(after.value),
                    then(figures, after.row, point.row)
                )
            });
            let question = format!(
                "{}, out of line beside {} {}{after}. With two digits exchanged it is {}, which fits: is it a slip?",
                said(figures, point.row),
                grouped(before.value),
                then(figures, before.row, point.row),
                grouped(right)
            );
            let mut finding = Finding::about(Check::Transposition, figures, point.row, question);
            finding.other_value = Some(right);
            found.push(finding);
        }
    }
    found
}

/// The median change from one report to the next, without its sign; none for few reports.
fn usual_change(points: &[Point<'_>]) -> Option<i64> {
    const FEW: usize = 4;
    let changes: Vec<f64> = points
        .windows(2)
        .map(|pair| pair[1].value.abs_diff(pair[0].value) as f64)
        .collect();
    median(&changes)
        .filter(|_| changes.len() >= FEW)
        .map(|change| change.round() as i64)
}

/// Where a number should lie. The newest of a cumulative has no neighbour after it: it lies at or a
/// little above the one before.
fn between(
    measure: Measure,
    before: Point<'_>,
    after: Option<Point<'_>>,
    usual: Option<i64>,
) -> Option<(i64, i64)> {
    match (after, measure) {
        // Where the neighbours fall themselves, the slip is not in between.
        (Some(after), Measure::Cumulative) if after.value < before.value => None,
        (Some(after), _) => Some(bounds(before, after)),
        (None, Measure::Cumulative) => {
            let rise = usual.unwrap_or(0).saturating_mul(2);
            Some((before.value, before.value.saturating_add(rise)))
        }
        (None, _) => None,
    }
}

/// The number with two digits exchanged that fits, for a number that does not. A cumulative outside
/// its neighbours is impossible as it stands; a stock or a flow has to be far outside, against the
/// distance of its neighbours and against what is usual.
fn exchanged(
    measure: Measure,
    value: i64,
    (low, high): (i64, i64),
    usual: Option<i64>,
) -> Option<i64> {
    let outside = (low - value).max(value - high);
    if outside <= 0 || low < LONG || value < LONG {
        return None;
    }
    let right = digits::exchanged_between(value, low, high)?;
    let width = high - low;
    let is_far = match measure {
        Measure::Cumulative => (right - value).abs() >= width / 2,
        Measure::Stock | Measure::Flow => {
            const TIMES: i64 = 3;
            let usual = usual.unwrap_or(outside);
            // Between neighbours that lie apart, exchanges land by chance.
            width <= low / 10 && outside >= width && outside >= usual.saturating_mul(TIMES)
        }
    };
    is_far.then_some(right)
}
