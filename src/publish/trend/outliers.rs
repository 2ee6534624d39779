//! Reports that stand far out among those around them, as a table and a sentence.

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::super::PublishError;
use super::super::frame::Columns;
use super::columns::{identity, provenance};
use super::kept::Kept;
use super::words::{moment, number, significant, subject};
use crate::analysis::cumulative::RevisionPolicy;
use crate::analysis::monotonic::SequenceError;
use crate::analysis::outlier::{Outlying, among_neighbours};
use crate::figure::{Measure, counted};
use crate::ledger::Figures;
use crate::line::{Line, Point};

/// How many values on either side a value is held against.
const REACH: usize = 7;

/// From how many robust standard deviations on a value stands out: Iglewicz and Hoaglin (1993).
const FAR: f64 = 3.5;

const METHOD: &str = "distance from the median of the 14 values around, in robust standard \
     deviations (median absolute deviation x 1.4826); beyond 3.5 (Iglewicz and Hoaglin 1993)";
const ASSUMPTIONS: &str =
    "the values around are of one level, and their spread is like that of a normal distribution";

/// What stands out in one line.
#[derive(Debug)]
pub struct OutlierRow<'l> {
    line: &'l Line,
    /// What stands out; or why nothing was looked for.
    pub found: Result<Vec<Outlier<'l>>, String>,
    looked_at: usize,
    tested: &'static str,
    days: Vec<NaiveDate>,
    notes: Vec<String>,
}

/// A value that stands out.
#[derive(Debug)]
pub struct Outlier<'l> {
    point: &'l Point,
    value: f64,
    outlying: Outlying,
}

/// Looks for what stands out: in new per day of a cumulative, in the change per day of a stock since
/// the report before, in the values of a flow.
pub fn outliers(line: &Line, policy: RevisionPolicy) -> OutlierRow<'_> {
    let kept = Kept::of(line);
    let notes = kept.notes(policy);
    let (tested, values) = match values(line, &kept, policy) {
        Ok((tested, values)) => (tested, Ok(values)),
        Err(error) => ("", Err(error.to_string())),
    };
    let days = kept.days();
    let skipped = |count: usize| kept.points.len().saturating_sub(count);
    let found = values.and_then(|values| {
        if values.len() < 2 * REACH + 1 {
            return Err(format!(
                "{} of the at least {} values that a look for outliers takes; widen the period",
                values.len(),
                2 * REACH + 1
            ));
        }
        let points = kept.points.iter().skip(skipped(values.len()));
        let outlying = among_neighbours(&values, REACH);
        Ok((
            values.len(),
            points
                .zip(values.iter().zip(outlying))
                .filter_map(|(point, (value, outlying))| {
                    Some(Outlier {
                        point,
                        value: *value,
                        outlying: outlying.filter(|found| found.z.abs() > FAR)?,
                    })
                })
                .collect(),
        ))
    });
    let looked_at = found.as_ref().map_or(0, |(count, _)| *count);
    OutlierRow {
        line,
        found: found.map(|(_, found)| found),
        looked_at,
        tested,
        days,
        notes,
    }
}

/// What is looked at, and its values: of a stock and a cumulative one less than there are points.
fn values(
    line: &Line,
    kept: &Kept<'_>,
    policy: RevisionPolicy,
) -> Result<(&'static str, Vec<f64>), SequenceError> {
    let sequence = kept.sequence(policy)?;
    Ok(match line.series.measure {
        Measure::Stock => {
            let points = sequence.days().iter().zip(sequence.values());
            let points: Vec<(&NaiveDate, &f64)> = points.collect();
            let per_day = |pair: &[(&NaiveDate, &f64)]| {
                (pair[1].1 - pair[0].1) / (*pair[1].0 - *pair[0].0).num_days() as f64
            };
            ("change per day", points.windows(2).map(per_day).collect())
        }
        _ => (sequence.tested.code(), sequence.values().to_vec()),
    })
}

/// Outliers as a frame, a row for each report that stands out, by line and day.
///
/// Columns: location, location_id, origin_id, indicator, breakdown; date; value (whole: as
/// published), tested (new per day, change per day, flow per period, flow per day), tested_value,
/// usual (the median of those around), robust_z (decimals), threshold (decimal), method, assumptions,
/// notes, claimant, channel, licence, figure_id. A line that was not looked at has one row, whose
/// notes say why; one in which nothing stands out has none.
///
/// # Errors
/// When polars cannot build the frame.
pub fn outlier_frame(
    rows: &[OutlierRow<'_>],
    figures: &Figures,
) -> Result<DataFrame, PublishError> {
    const DIGITS: i32 = 6;
    let cells: Vec<(&OutlierRow<'_>, Option<&Outlier<'_>>)> = rows
        .iter()
        .flat_map(|row| -> Vec<_> {
            match &row.found {
                Ok(found) => found.iter().map(|outlier| (row, Some(outlier))).collect(),
                Err(_) => vec![(row, None)],
            }
        })
        .collect();
    let lines: Vec<&Line> = cells.iter().map(|(row, _)| row.line).collect();
    let mut columns = Columns::default();
    identity(&mut columns, &lines);
    columns.date(
        "date",
        cells
            .iter()
            .map(|(_, found)| Some(found.as_ref()?.point.period.end)),
    );
    columns.whole(
        "value",
        cells
            .iter()
            .map(|(_, found)| found.as_ref()?.point.quantity.value),
    );
    columns.text("tested", cells.iter().map(|(row, _)| Some(row.tested)));
    let mut decimal = |name: &str, of: &dyn Fn(&Outlier<'_>) -> f64| {
        let values = cells
            .iter()
            .map(|(_, found)| found.as_ref().map(|found| of(found)));
        columns.decimal(
            name,
            values.map(|value| value.map(|v| significant(v, DIGITS))),
        );
    };
    decimal("tested_value", &|found| found.value);
    decimal("usual", &|found| found.outlying.median);
    decimal("robust_z", &|found| found.outlying.z);
    decimal("threshold", &|_| FAR);
    let found = |(_, found): &(_, Option<&Outlier<'_>>)| found.is_some();
    columns.text(
        "method",
        cells.iter().map(|cell| found(cell).then_some(METHOD)),
    );
    columns.text(
        "assumptions",
        cells.iter().map(|cell| found(cell).then_some(ASSUMPTIONS)),
    );
    columns.text(
        "notes",
        cells.iter().map(|(row, _)| {
            let why = row.found.as_ref().err().into_iter();
            let notes: Vec<&str> = why.chain(&row.notes).map(String::as_str).collect();
            Some(notes.join("; "))
        }),
    );
    provenance(&mut columns, &lines, figures);
    columns.text(
        "figure_id",
        cells
            .iter()
            .map(|(_, found)| Some(found.as_ref()?.point.figure.to_string())),
    );
    columns.frame()
}

/// The result in one sentence; none where nothing was looked at.
pub fn outlier_sentence(rows: &[OutlierRow<'_>]) -> Option<String> {
    let looked: Vec<(&OutlierRow<'_>, &Vec<Outlier<'_>>)> = rows
        .iter()
        .filter_map(|row| Some((row, row.found.as_ref().ok()?)))
        .collect();
    const CAVEAT: &str = "(beyond 3.5 robust standard deviations of the 14 values around): a question \
         to the source, no error by itself";
    let found: usize = looked.iter().map(|(_, found)| found.len()).sum();
    let values: usize = looked.iter().map(|(row, _)| row.looked_at).sum();
    let stands = counted(found, "stands out", "stand out");
    match looked.as_slice() {
        [] => None,
        [(row, found)] if rows.len() == 1 => {
            let farthest = found
                .iter()
                .max_by(|a, b| a.outlying.z.abs().total_cmp(&b.outlying.z.abs()));
            let farthest = farthest.map_or_else(String::new, |found| {
                format!(
                    ", the farthest with {} ({}) on {}, where {} is usual",
                    number(found.value),
                    row.tested,
                    moment(found.point.period.end),
                    number(found.outlying.median)
                )
            });
            let values = counted(values, "value", "values");
            Some(format!(
                "{}: of {values} {stands}{farthest} {CAVEAT}",
                subject(row.line, None, &row.days)
            ))
        }
        many => Some(format!(
            "of {} in {} {stands} {CAVEAT}",
            counted(values, "value", "values"),
            counted(many.len(), "line", "lines")
        )),
    }
}
