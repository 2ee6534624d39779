//! The numbers that rates are made of: published ones, sums over time, and tallies of events.

use std::collections::BTreeSet;

use crate::analysis::{Flow, MeasureError};
use crate::figure::{Breakdown, Measure, Period, Qualifier, Quantity, Series, Status, counted};
use crate::ledger::{FigureId, Figures, Selection};
use crate::line::{Line, Point};
use crate::publish::summary::{EVENT, joined};
use crate::publish::tally::TallyRow;

/// A number that a rate is made of: a published one, a sum of several, or a tally of events.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What is counted.
    pub series: Series,
    /// The days that it speaks of: of a cumulative, from its first day on.
    pub period: Period,
    /// The number.
    pub quantity: Quantity,
    /// How many figures or events it is made of.
    pub figures: usize,
    /// The figure, where it is one.
    pub figure: Option<FigureId>,
    /// Licences of its publications.
    pub licence: Option<String>,
    /// What readers should know.
    pub notes: Vec<String>,
}

/// The numbers of lines that have rates: the newest of each, or those of every period.
pub fn of_lines(figures: &Figures, lines: &[Line], every_period: bool) -> Vec<Counted> {
    let mut found = Vec::new();
    for line in lines {
        let may = |point: &&Point| !is_expected(point.quantity.status);
        let points: Vec<&Point> = line.of_one_channel().filter(may).collect();
        let newest = points.len().saturating_sub(1);
        let shown = points.get(if every_period { 0 } else { newest }..);
        for point in shown.unwrap_or_default() {
            let publication = &figures.publications[point.publication].publication;
            let provisional = point.provisional && point.quantity.status == Status::Observed;
            let notes = point.notes.iter().cloned();
            found.push(Counted {
                series: line.series.clone(),
                period: spoken_of(&line.series, point.period),
                quantity: if provisional {
                    point.quantity.with_status(Status::Provisional)
                } else {
                    point.quantity
                },
                figures: 1,
                figure: Some(point.figure),
                licence: publication.licence.clone(),
                notes: notes.chain(publication.notes.clone()).collect(),
            });
        }
    }
    found
}

/// Each flow of lines added up over its periods. Lines whose numbers are not all exact have a lower bound
/// or a range, and are left out with those that are no flows.
///
/// # Errors
/// When periods overlap, or a sum is too large.
pub fn over_time(figures: &Figures, lines: &[Line]) -> Result<(Vec<Counted>, usize), MeasureError> {
    let mut found = Vec::new();
    let mut left_out = 0;
    for line in lines {
        let exact = exact_points(line);
        if line.series.measure != Measure::Flow || exact.len() < line.of_one_channel().count() {
            left_out += 1;
            continue;
        }
        if exact.is_empty() {
            continue;
        }
        let (periods, values): (Vec<Period>, Vec<i64>) = exact
            .iter()
            .map(|(point, value)| (point.period, *value))
            .unzip();
        let sum = Flow::new(Measure::Flow, &periods, &values)?.sum()?;
        let status = |status| {
            exact
                .iter()
                .any(|(point, _)| point.quantity.status == status)
        };
        let status = [Status::Estimated, Status::Provisional]
            .into_iter()
            .find(|known| status(*known))
            .unwrap_or(Status::Observed);
        found.push(Counted {
            series: line.series.clone(),
            period: sum.period,
            quantity: Quantity::exact(sum.total).with_status(status),
            figures: exact.len(),
            figure: None,
            licence: licences(figures, line),
            notes: gaps_in_words(&sum.gaps).into_iter().collect(),
        });
    }
    Ok((found, left_out))
}

/// The numbers of a tally of events by place.
pub fn of_tally(rows: &[TallyRow<'_>], asked: &Selection) -> Vec<Counted> {
    let narrowed = asked.breakdown.iter().filter(|(_, code)| !code.is_empty());
    let breakdown = narrowed.fold(Breakdown::all(), |breakdown, (dimension, code)| {
        breakdown.with(dimension.as_str(), code.as_str())
    });
    rows.iter()
        .map(|row| Counted {
            series: Series {
                location: row.place.cloned(),
                breakdown: breakdown.clone(),
                ..row.series.clone()
            },
            period: row.period,
            quantity: row.quantity,
            figures: row.events,
            figure: None,
            licence: row.licence.clone(),
            notes: std::iter::once(format!(
                "{}; people in one of them were not killed or hurt independently of each other",
                counted(row.events, "event", "events")
            ))
            .chain(row.notes.clone())
            .collect(),
        })
        .collect()
}

/// Whether a line is of an event.
pub fn is_event(line: &Line) -> bool {
    line.series.breakdown.get(EVENT).is_some()
}

/// Whether a number is expected or intended, and so counts nothing yet (truth rule 13).
pub(super) fn is_expected(status: Status) -> bool {
    matches!(status, Status::Projected | Status::Planned)
}

/// The days that a number speaks of: of a cumulative from its first day on, where that is known.
fn spoken_of(series: &Series, period: Period) -> Period {
    let first = series
        .since
        .filter(|_| series.measure == Measure::Cumulative);
    first
        .and_then(|first| Period::new(first, period.end))
        .unwrap_or(period)
}

/// Whether the length of the period of a number is known, so that it may be said for a year.
pub(super) fn has_length(series: &Series) -> bool {
    match series.measure {
        Measure::Flow => true,
        Measure::Cumulative => series.since.is_some(),
        Measure::Stock => false,
    }
}

/// The licences of the publications of a line.
pub(super) fn licences(figures: &Figures, line: &Line) -> Option<String> {
    let licence = |point: &Point| {
        figures.publications[point.publication]
            .publication
            .licence
            .clone()
    };
    let all: BTreeSet<String> = line.of_one_channel().filter_map(licence).collect();
    joined(all.iter().map(String::as_str))
}

/// The value of a point that is an exact count and no estimate.
pub(super) fn exact(point: &Point) -> Option<i64> {
    let is_count = point.quantity.qualifier == Qualifier::Exact
        && point.quantity.status != Status::Estimated
        && !is_expected(point.quantity.status);
    point.quantity.value.filter(|_| is_count)
}

/// The points of a line that are exact counts.
pub(super) fn exact_points(line: &Line) -> Vec<(&Point, i64)> {
    line.of_one_channel()
        .filter_map(|point| Some((point, exact(point)?)))
        .collect()
}

/// Gaps of a sum, in words.
pub(super) fn gaps_in_words(gaps: &[Period]) -> Option<String> {
    let all: Vec<String> = gaps.iter().map(ToString::to_string).collect();
    (!gaps.is_empty()).then(|| format!("nothing is known of {}", all.join(" and ")))
}
