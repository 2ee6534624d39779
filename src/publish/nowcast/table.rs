//! Nowcasts and triangles as frames, and in a sentence.

use polars::prelude::DataFrame;

use super::{Completed, Expected, OfSeries, Wanted};
use crate::analysis::growth::Interval;
use crate::figure::{Status, counted, grouped};
use crate::ledger::{FigureRow, Figures};
use crate::publish::PublishError;
use crate::publish::compare::topic;
use crate::publish::frame::{Columns, rounded};
use crate::publish::revisions::{History, subject};
use crate::publish::trend::upper_first;

/// Decimals of people who are expected.
const DECIMALS: i32 = 1;

/// What every row assumes.
const ASSUMPTION: &str = "late reports come in as they did for earlier periods, which are independent of each other; \
     what is never reported, or comes after the last lag, is not in it";

/// One row of the table.
struct Line<'c> {
    of: &'c OfSeries<'c>,
    history: Option<&'c History<'c>>,
    expected: Expected,
    is_total: bool,
}

impl Line<'_> {
    fn newest(&self) -> Option<&FigureRow> {
        self.history?.versions.last().copied()
    }

    fn notes(&self) -> Vec<String> {
        let row = &self.expected.row;
        let mut notes = Vec::new();
        notes.extend(self.expected.since.map(str::to_owned));
        if !self.of.falls.is_empty() {
            notes.push(
                "counts were also lowered: corrections and late reports are taken together"
                    .to_owned(),
            );
        }
        if row.interval.is_none() {
            notes.push(
                if row.ultimate > row.known {
                    "earlier periods all grew by the same factors, which leaves no error to go by: no interval"
                } else {
                    "nothing more is expected, but not surely: no interval"
                }
                .to_owned(),
            );
        }
        notes
    }
}

/// Nowcasts as a frame, a row a period, and one of all periods together where that is asked for.
///
/// Columns: those of the subject (indicator, measure, origin, origin_id, location, location_id, since
/// (date), breakdown, claimant, channel), row_type (part or total), period_start, period_end (dates), step,
/// known (whole: the newest count), lag (whole: the last whole one), known_at_lag (whole: the count at its
/// end), factor (decimal: by what that is multiplied), ultimate, still_to_come (of what is known by now),
/// standard_error, low, high (decimals: of the ultimate, at the level), level (decimal), as_known_on (date),
/// status (estimated), method, assumption, licence, notes, figure_id (of the newest version).
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(
    figures: &Figures,
    completed: &[Completed<'_>],
    wanted: &Wanted,
    with_total: bool,
) -> Result<DataFrame, PublishError> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for completed in completed {
        let of = &completed.of;
        lines.extend(completed.rows.iter().map(|expected| {
            Line {
                of,
                history: of
                    .histories
                    .iter()
                    .copied()
                    .find(|history| history.period == expected.row.period),
                expected: *expected,
                is_total: false,
            }
        }));
        lines.extend(
            with_total
                .then(|| completed.total())
                .flatten()
                .map(|expected| Line {
                    of,
                    history: None,
                    expected,
                    is_total: true,
                }),
        );
    }
    let mut columns = Columns::default();
    let each = || lines.iter();
    let number = |number: f64| Some(rounded(number, DECIMALS));
    let row = |line: &Line<'_>| line.expected.row;
    let end =
        |line: &Line<'_>, of: fn(Interval) -> f64| row(line).interval.map(of).and_then(number);
    subject(&mut columns, each().map(|line| Some(line.of.series)));
    columns.text(
        "row_type",
        each().map(|line| Some(if line.is_total { "total" } else { "part" })),
    );
    columns.date(
        "period_start",
        each().map(|line| Some(row(line).period.start)),
    );
    columns.date("period_end", each().map(|line| Some(row(line).period.end)));
    columns.text("step", each().map(|line| Some(line.of.step.code())));
    columns.whole("known", each().map(|line| Some(line.expected.known)));
    columns.whole(
        "lag",
        each().map(|line| {
            let lag = (!line.is_total).then(|| row(line).lag)?;
            i64::try_from(lag).ok()
        }),
    );
    columns.whole(
        "known_at_lag",
        each().map(|line| Some(row(line).known as i64)),
    );
    columns.decimal(
        "factor",
        each().map(|line| Some(rounded(row(line).factor, 6))),
    );
    columns.decimal("ultimate", each().map(|line| number(row(line).ultimate)));
    columns.decimal(
        "still_to_come",
        each().map(|line| number(line.expected.still_to_come())),
    );
    columns.decimal(
        "standard_error",
        each().map(|line| number(row(line).standard_error)),
    );
    columns.decimal("low", each().map(|line| end(line, |interval| interval.low)));
    columns.decimal(
        "high",
        each().map(|line| end(line, |interval| interval.high)),
    );
    columns.decimal("level", each().map(|_| Some(wanted.confidence)));
    columns.date("as_known_on", each().map(|_| Some(wanted.as_known_on)));
    columns.text("status", each().map(|_| Some(Status::Estimated.code())));
    columns.text("method", each().map(|line| Some(line.of.method())));
    columns.text("assumption", each().map(|_| Some(ASSUMPTION)));
    columns.text(
        "licence",
        each().map(|line| {
            let publication = &figures.publications[line.newest()?.publication].publication;
            publication.licence.as_ref()
        }),
    );
    columns.text("notes", each().map(|line| Some(line.notes().join("; "))));
    columns.text(
        "figure_id",
        each().map(|line| line.newest().map(|row| row.id.to_string())),
    );
    columns.frame()
}

/// Triangles as a frame, a row a period.
///
/// Columns: those of the subject (see [`frame`]), period_start, period_end (dates), step, and a column for
/// each lag: lag_0, lag_1, … (whole: the count as known at the end of that lag; empty where it has not ended
/// or nothing was known).
///
/// # Errors
/// When polars cannot build the frame.
pub fn triangle_frame(triangles: &[OfSeries<'_>]) -> Result<DataFrame, PublishError> {
    let rows: Vec<(&OfSeries<'_>, usize)> = triangles
        .iter()
        .flat_map(|of| (0..of.triangle.periods().len()).map(move |row| (of, row)))
        .collect();
    let lags =
        |of: &OfSeries<'_>| of.triangle.first_lag()..of.triangle.first_lag() + of.triangle.lags();
    let first = triangles.iter().map(|of| lags(of).start).min().unwrap_or(0);
    let end = triangles.iter().map(|of| lags(of).end).max().unwrap_or(0);
    let mut columns = Columns::default();
    let period = |of: &OfSeries<'_>, row: usize| of.triangle.periods()[row];
    subject(&mut columns, rows.iter().map(|(of, _)| Some(of.series)));
    columns.date(
        "period_start",
        rows.iter().map(|(of, row)| Some(period(of, *row).start)),
    );
    columns.date(
        "period_end",
        rows.iter().map(|(of, row)| Some(period(of, *row).end)),
    );
    columns.text("step", rows.iter().map(|(of, _)| Some(of.step.code())));
    for lag in first..end {
        columns.whole(
            &format!("lag_{lag}"),
            rows.iter().map(|(of, row)| {
                let column = lag.checked_sub(of.triangle.first_lag())?;
                of.triangle.cell(*row, column).map(|count| count as i64)
            }),
        );
    }
    columns.frame()
}

/// The result of one triangle in a sentence; none where it holds no period.
pub fn in_words(completed: &Completed<'_>, wanted: &Wanted) -> Option<String> {
    let Completed { of, found, .. } = completed;
    let total = completed.total()?;
    let whole = |number: f64| grouped(number.round() as i64);
    let level = rounded(wanted.confidence * 100.0, 4);
    let interval = total.row.interval.map_or_else(
        || ", no interval".to_owned(),
        |interval| {
            format!(
                ", {level} per cent interval {} to {}",
                whole(interval.low),
                whole(interval.high)
            )
        },
    );
    let last = found.factors.last().map_or(0, |factor| factor.lag + 1);
    let still_to_come = total.still_to_come();
    let to_come = if still_to_come < 0.0 {
        format!("{} expected to be taken back", whole(-still_to_come))
    } else {
        format!("{} expected still to come", whole(still_to_come))
    };
    let at_lag = if total.known as f64 == found.known {
        String::new()
    } else {
        format!(
            " ({} of them by the last lag that counts of each, from where the expectation goes on)",
            whole(found.known)
        )
    };
    let falls = match of.falls.len() {
        0 => String::new(),
        falls => format!(
            " (counts were lowered {}, so that corrections are taken along)",
            counted(falls, "time", "times")
        ),
    };
    Some(format!(
        "{}, {}: {} known by {} in {}{at_lag}, and {to_come} up to lag {last} ({}s){falls}: {} in all, standard error {}{interval}; {}: {ASSUMPTION}",
        upper_first(&topic(of.series, total.row.period.end)),
        of.series.claimant,
        grouped(total.known),
        wanted.as_known_on,
        counted(found.rows.len(), "period", "periods"),
        of.step,
        whole(total.row.ultimate),
        whole(total.row.standard_error),
        of.method(),
    ))
}
