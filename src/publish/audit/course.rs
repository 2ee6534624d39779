//! Questions about the course of a series: cumulatives that fall, and changes far beyond others.

use chrono::NaiveDate;

use super::track::{Point, Track, length};
use super::{Check, Finding};
use crate::analysis::outlier::{Outlying, among_neighbours};
use crate::figure::{Measure, Quantity, grouped};
use crate::ledger::{FigureRow, Figures};
use crate::publish::frame::rounded;
use crate::publish::sentence::{day, day_in, statement};

/// The figure of a row as a sentence without its full stop.
pub(super) fn said(figures: &Figures, row: &FigureRow) -> String {
    statement(&figures.series[row.series], row.period, &row.quantity)
}

/// Cumulatives that are lower than the report before. A rounded number is held against rounded ones
/// only.
pub(super) fn falls(figures: &Figures, tracks: &[Track<'_>], _: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for track in tracks {
        if track.series.measure != Measure::Cumulative {
            continue;
        }
        for pair in track.points(true).windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let is_alike = before.row.quantity.qualifier == after.row.quantity.qualifier;
            if !is_alike || after.value >= before.value {
                continue;
            }
            let question = format!(
                "{}, {} fewer than on {}. {}",
                said(figures, after.row),
                grouped(before.value - after.value),
                day_in(before.day(), after.day()),
                cause(figures, before.row, after.row)
            );
            found.push(
                Finding::about(Check::Fall, figures, after.row, question).against(before.row),
            );
        }
    }
    found
}

/// How a fall came to be, and what to ask about it.
fn cause(figures: &Figures, before: &FigureRow, after: &FigureRow) -> String {
    if before.publication == after.publication {
        return "One publication holds both: was the count revised, and from which day on, or is one of the two wrong?".to_owned();
    }
    let published = day(after.version.day());
    if after.version > before.version {
        return format!(
            "The lower number was published later, on {published}: a revision, which the day before does not have yet. Is it to be carried back?"
        );
    }
    let title = &figures.publications[before.publication].publication.title;
    format!(
        "The day before was revised later, on {} ({title}), and the lower number was not. Is its revision still to come?",
        day(before.version.day())
    )
}

/// Robust standard deviations beyond which a change is a jump.
const FAR: f64 = 6.0;
/// Reports on either side that a change is held against.
const REACH: usize = 7;
/// The least part of the level, in per cent, that makes a jump worth a question.
const WORTH: i64 = 5;

/// Changes per day of stocks and cumulatives, and numbers of flows per day, that stand far out among
/// those around them.
pub(super) fn jumps(figures: &Figures, tracks: &[Track<'_>], _: NaiveDate) -> Vec<Finding> {
    tracks
        .iter()
        .flat_map(|track| match track.series.measure {
            Measure::Flow => jumps_of_flow(figures, track),
            Measure::Stock | Measure::Cumulative => jumps_of_level(figures, track),
        })
        .collect()
}

fn far(outlying: Option<Outlying>) -> Option<Outlying> {
    outlying.filter(|outlying| outlying.z.abs() > FAR)
}

fn jumps_of_level(figures: &Figures, track: &Track<'_>) -> Vec<Finding> {
    let points = track.points(false);
    let days = |pair: &[Point<'_>]| (pair[1].day() - pair[0].day()).num_days();
    let changes: Vec<f64> = points
        .windows(2)
        .map(|pair| (pair[1].value - pair[0].value) as f64 / days(pair) as f64)
        .collect();
    let mut found = Vec::new();
    for ((pair, change), outlying) in points
        .windows(2)
        .zip(&changes)
        .zip(among_neighbours(&changes, REACH))
    {
        let Some(outlying) = far(outlying) else {
            continue;
        };
        let (before, after) = (pair[0], pair[1]);
        let usual = (outlying.median * days(pair) as f64).round() as i64;
        let expected = before.value.saturating_add(usual);
        let level = before.value.max(after.value);
        let is_worth = i128::from(after.value.abs_diff(expected)) * 100
            >= i128::from(level) * i128::from(WORTH);
        // A fall of a cumulative has a question of its own.
        let is_fall = track.series.measure == Measure::Cumulative && after.value < before.value;
        if !is_worth || is_fall {
            continue;
        }
        let question = format!(
            "{}, {} since {}: {} a day, where {} a day is usual around then (robust z {}). Did something happen, did the way of counting change, or is a number wrong?",
            said(figures, after.row),
            signed(after.value - before.value),
            day_in(before.day(), after.day()),
            signed(change.round() as i64),
            signed(outlying.median.round() as i64),
            rounded(outlying.z, 1)
        );
        let mut finding =
            Finding::about(Check::Jump, figures, after.row, question).against(before.row);
        finding.other_value = Some(expected);
        found.push(finding);
    }
    found
}

fn jumps_of_flow(figures: &Figures, track: &Track<'_>) -> Vec<Finding> {
    let points = track.points(false);
    let per_day: Vec<f64> = points
        .iter()
        .map(|point| point.value as f64 / length(point.row) as f64)
        .collect();
    points
        .iter()
        .zip(among_neighbours(&per_day, REACH))
        .filter_map(|(point, outlying)| {
            let outlying = far(outlying)?;
            let expected = (outlying.median * length(point.row) as f64).round() as i64;
            let question = format!(
                "{}, where {} in as many days is usual around then (robust z {}). Did something happen, does it hold what was late from other days, or is it wrong?",
                said(figures, point.row),
                Quantity::exact(expected),
                rounded(outlying.z, 1)
            );
            let mut finding = Finding::about(Check::Jump, figures, point.row, question);
            finding.other_value = Some(expected);
            Some(finding)
        })
        .collect()
}

/// A change with its sign in words.
fn signed(change: i64) -> String {
    let number = grouped(change.saturating_abs());
    match change {
        0 => "none".to_owned(),
        more if more > 0 => format!("{number} more"),
        _ => format!("{number} fewer"),
    }
}
