//! Flows added up over time: of each series of counts its sum in each month or year.
//!
//! Nothing but time is added over: origins, locations and breakdowns keep rows of their own, since a source
//! may publish a whole beside its parts.

use polars::prelude::DataFrame;

use super::super::PublishError;
use super::super::frame::Columns;
use super::super::revisions::subject;
use super::super::summary::{TotalError, add, caveats, joined};
use crate::analysis::MeasureError;
use crate::analysis::tally::Step;
use crate::figure::{Period, Quantity, Series, Status, counted};
use crate::ledger::{FigureRow, Figures, Selection};

/// The sum of one series in one step of time.
#[derive(Debug)]
pub struct CountsRow<'a> {
    series: &'a Series,
    period: Period,
    /// Published periods with a number.
    counts: usize,
    days_covered: i64,
    quantity: Quantity,
    licence: Option<String>,
    notes: Vec<String>,
}

/// What was added up, and what was not.
#[derive(Debug, Default)]
pub struct Counts<'a> {
    /// By series and time.
    pub rows: Vec<CountsRow<'a>>,
    /// Series left out, each with the reason.
    pub left_out: Vec<(&'a Series, Refused)>,
    /// Periods that reach over the end of a step and count in that of their last day.
    pub spanning: usize,
}

/// Why a series is not added up.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// Periods share days.
    #[error(transparent)]
    Overlap(#[from] MeasureError),
    /// A period is longer than the step.
    #[error("{0} is longer than a {1}; take a longer step, or part it with `humstat disaggregate`")]
    TooLong(Period, Step),
}

/// Leaves out what is expected, unless it was asked for: it never joins what was counted (truth rule 13).
/// Returns how many periods that were.
pub fn keep_counted(figures: &mut Figures, asked: &Selection) -> usize {
    let all = figures.rows.len();
    if asked.statuses.is_empty() {
        figures
            .rows
            .retain(|row| !matches!(row.quantity.status, Status::Projected | Status::Planned));
    }
    all - figures.rows.len()
}

/// Adds up each series of flows over time.
///
/// # Errors
/// When a sum is too large to be held.
pub fn counts(figures: &Figures, step: Step) -> Result<Counts<'_>, TotalError> {
    let mut found = Counts::default();
    for of_series in figures.rows.chunk_by(|a, b| a.series == b.series) {
        let series = &figures.series[of_series[0].series];
        if let Err(refused) = check(of_series, step) {
            found.left_out.push((series, refused));
            continue;
        }
        let mut rest = of_series;
        while let Some(first) = rest.first() {
            let period = step.around(first.period.end);
            let count = rest.partition_point(|row| row.period.end <= period.end);
            let (within, after) = rest.split_at(count);
            let spans = |row: &&FigureRow| row.period.start < period.start;
            found.spanning += within.iter().filter(spans).count();
            found.rows.push(sum(figures, series, period, within)?);
            rest = after;
        }
    }
    Ok(found)
}

/// Refuses what cannot be added up over time.
fn check(rows: &[FigureRow], step: Step) -> Result<(), Refused> {
    if let Some(pair) = rows
        .windows(2)
        .find(|pair| pair[0].period.end >= pair[1].period.start)
    {
        return Err(Refused::Overlap(MeasureError::Overlap {
            first: pair[0].period,
            second: pair[1].period,
        }));
    }
    let shortest = step.shortest();
    let is_too_long = |row: &&FigureRow| {
        row.period.days() > shortest && row.period.days() > step.around(row.period.end).days()
    };
    match rows.iter().find(is_too_long) {
        Some(row) => Err(Refused::TooLong(row.period, step)),
        None => Ok(()),
    }
}

/// The sum of the published periods that lie in one step.
fn sum<'a>(
    figures: &Figures,
    series: &'a Series,
    period: Period,
    rows: &[FigureRow],
) -> Result<CountsRow<'a>, TotalError> {
    let numbers = rows.iter().filter(|row| row.quantity.is_present());
    let counts = numbers.clone().count();
    let days_covered = numbers.clone().map(|row| row.period.days()).sum();
    let mut notes = Vec::new();
    if days_covered < period.days() {
        notes.push(format!(
            "{days_covered} of {} days are covered",
            period.days()
        ));
    }
    if counts < rows.len() {
        let missing = counted(rows.len() - counts, "period", "periods");
        notes.push(format!("{missing} without a number"));
    }
    let quantity = if counts == 0 {
        rows[0].quantity
    } else {
        add(numbers.map(|row| row.quantity))?
    };
    let mut publications: Vec<usize> = rows.iter().map(|row| row.publication).collect();
    publications.sort_unstable();
    publications.dedup();
    let publications = publications
        .iter()
        .map(|publication| &figures.publications[*publication].publication);
    let said = rows.iter().filter_map(|row| row.notes.clone());
    let mut caveats: Vec<String> = said.chain(publications.clone().flat_map(caveats)).collect();
    caveats.sort_unstable();
    caveats.dedup();
    notes.extend(caveats);
    Ok(CountsRow {
        series,
        period,
        counts,
        days_covered,
        quantity,
        licence: joined(publications.filter_map(|publication| publication.licence.as_deref())),
        notes,
    })
}

/// Sums of flows as a frame.
///
/// Columns: those of the subject (indicator, measure, origin, origin_id, location, location_id, since (date),
/// breakdown, claimant, channel), unit, period_start, period_end (dates: of the step), counts (whole: the
/// published periods with a number), days, days_covered (whole), value, low, high (whole: the sums; those of
/// lows and highs are bounds), qualifier, status, licence, notes.
///
/// # Errors
/// When polars cannot build the frame.
pub fn counts_frame(rows: &[CountsRow<'_>]) -> Result<DataFrame, PublishError> {
    let mut columns = Columns::default();
    subject(&mut columns, rows.iter().map(|row| Some(row.series)));
    columns.text("unit", rows.iter().map(|row| Some(row.series.unit.code())));
    columns.date(
        "period_start",
        rows.iter().map(|row| Some(row.period.start)),
    );
    columns.date("period_end", rows.iter().map(|row| Some(row.period.end)));
    columns.whole(
        "counts",
        rows.iter().map(|row| i64::try_from(row.counts).ok()),
    );
    columns.whole("days", rows.iter().map(|row| Some(row.period.days())));
    columns.whole(
        "days_covered",
        rows.iter().map(|row| Some(row.days_covered)),
    );
    columns.quantity(rows.iter().map(|row| row.quantity));
    columns.text(
        "status",
        rows.iter().map(|row| Some(row.quantity.status.code())),
    );
    columns.text("licence", rows.iter().map(|row| row.licence.as_ref()));
    columns.text("notes", rows.iter().map(|row| Some(row.notes.join("; "))));
    columns.frame()
}
