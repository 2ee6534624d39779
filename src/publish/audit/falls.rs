//! Questions about cumulatives that fall, which is a revision or a slip.

use std::collections::BTreeSet;

use super::track::Track;
use super::words::{said, then};
use super::{Check, Finding};
use crate::figure::{Measure, grouped};
use crate::ledger::{FigureId, FigureRow, Figures};
use crate::publish::sentence::day;

/// Cumulatives that are lower than the report before, slips aside. A rounded number is held against
/// rounded ones only.
pub(super) fn falls(
    figures: &Figures,
    tracks: &[Track<'_>],
    slipped: &BTreeSet<FigureId>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for track in tracks {
        if track.series.measure != Measure::Cumulative {
            continue;
        }
        for pair in track.points(true).windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let is_alike = before.row.quantity.qualifier == after.row.quantity.qualifier;
            let is_slip = [before, after]
                .iter()
                .any(|point| slipped.contains(&point.row.id));
            if !is_alike || is_slip || after.value >= before.value {
                continue;
            }
            let question = format!(
                "{}, {} fewer than {}. {}",
                said(figures, after.row),
                grouped(before.value - after.value),
                then(figures, before.row, after.row),
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
            "The lower number was published later, on {published}: a revision, which the report before does not have yet. Is it to be carried back?"
        );
    }
    let title = &figures.publications[before.publication].publication.title;
    format!(
        "The report before was revised later, on {} ({title}), and the lower number was not. Is its revision still to come?",
        day(before.version.day())
    )
}
