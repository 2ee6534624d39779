//! How fast lines grow, as a table and a sentence.

use std::num::NonZeroU32;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::super::PublishError;
use super::super::frame::{Columns, rounded};
use super::columns::{identity, provenance};
use super::fit::{Fit, GrowthMethod, NoGrowthError, fits};
use super::kept::Kept;
use super::words::{number, subject};
use crate::analysis::cumulative::RevisionPolicy;
use crate::analysis::growth::note_on;
use crate::figure::{Measure, counted};
use crate::ledger::Figures;
use crate::line::Line;

/// The growth of one line by one method.
#[derive(Debug)]
pub struct GrowthRow<'l> {
    line: &'l Line,
    method: GrowthMethod,
    /// What was fitted, one for each reference day of a local method; or why nothing was.
    pub fits: Result<Vec<Fit>, NoGrowthError>,
    fitted: &'static str,
    days: Vec<NaiveDate>,
    notes: Vec<String>,
}

/// The growth of a line by a method; local ones look so many days to either side.
///
/// The least-squares line goes through what was reported, also of a cumulative, whose interval is then
/// too narrow; the other methods take what is new in it.
pub fn growth(
    line: &Line,
    method: GrowthMethod,
    policy: RevisionPolicy,
    bandwidth: NonZeroU32,
) -> GrowthRow<'_> {
    let kept = Kept::of(line);
    let (fitted, fits) = match fits(line, &kept, method, policy, bandwidth) {
        Ok((fitted, fits)) => (fitted, Ok(fits)),
        Err(error) => ("", Err(error)),
    };
    let mut notes = Vec::new();
    match &fits {
        Ok(_) => {}
        Err(error) => notes.push(error.to_string()),
    }
    match (line.series.measure, &fits, method) {
        (Measure::Cumulative, Ok(_), GrowthMethod::LeastSquares) | (Measure::Stock, Ok(_), _) => {
            notes.extend(note_on(line.series.measure).map(str::to_owned));
        }
        _ => {}
    }
    if let Ok(fits) = &fits
        && !fits.is_empty()
        && fits.iter().all(|fit| fit.rate.is_none())
    {
        notes.push(format!(
            "no window of {bandwidth} days to either side has values on both; widen it with --bandwidth"
        ));
    }
    notes.extend(kept.notes(policy));
    GrowthRow {
        line,
        method,
        fits,
        fitted,
        days: kept.days(),
        notes,
    }
}

/// Growth as a frame: a row for each line and method, and for each day of a local method.
///
/// Columns: location, location_id, origin_id, indicator, breakdown; from, to (dates), points (whole),
/// growth_rate, growth_rate_low, growth_rate_high (per day, of natural logarithms; local rates without
/// `_log` are relative changes per day), percent_per_day, doubling_days, doubling_days_low,
/// doubling_days_high (negative numbers are halving times; empty where the rate may be zero),
/// r_squared (decimals), method, date (the day that a local rate is about), fitted (what was fitted),
/// standard_error (decimal; of Poisson counts), dispersion (decimal: how many times the counts spread
/// more than Poisson's), assumptions, notes, claimant, channel, licence.
///
/// # Errors
/// When polars cannot build the frame.
pub fn growth_frame(rows: &[GrowthRow<'_>], figures: &Figures) -> Result<DataFrame, PublishError> {
    let cells: Vec<(&GrowthRow<'_>, Option<&Fit>)> = rows
        .iter()
        .flat_map(|row| -> Vec<_> {
            match &row.fits {
                Ok(fits) => fits.iter().map(|fit| (row, Some(fit))).collect(),
                Err(_) => vec![(row, None)],
            }
        })
        .collect();
    let lines: Vec<&Line> = cells.iter().map(|(row, _)| row.line).collect();
    let fits = || cells.iter().map(|(_, fit)| *fit);
    let mut columns = Columns::default();
    identity(&mut columns, &lines);
    columns.date("from", fits().map(|fit| Some(fit?.from)));
    columns.date("to", fits().map(|fit| Some(fit?.to)));
    columns.whole("points", fits().map(|fit| i64::try_from(fit?.points).ok()));
    let mut decimal = |name: &str, digits: i32, of: &dyn Fn(&Fit) -> Option<f64>| {
        let values = fits().map(|fit| of(fit?).map(|value| rounded(value, digits)));
        columns.decimal(name, values);
    };
    decimal("growth_rate", 9, &|fit| fit.rate);
    decimal("growth_rate_low", 9, &|fit| Some(fit.interval?.low));
    decimal("growth_rate_high", 9, &|fit| Some(fit.interval?.high));
    columns.decimal(
        "percent_per_day",
        cells.iter().map(|(row, fit)| {
            let rate = (*fit)?.rate?;
            let per_day = match row.method {
                GrowthMethod::RelativeChange | GrowthMethod::LinearRegression => rate,
                _ => rate.exp_m1(),
            };
            Some(rounded(100.0 * per_day, 3))
        }),
    );
    let mut decimal = |name: &str, digits: i32, of: &dyn Fn(&Fit) -> Option<f64>| {
        let values = fits().map(|fit| of(fit?).map(|value| rounded(value, digits)));
        columns.decimal(name, values);
    };
    decimal("doubling_days", 6, &|fit| fit.doubling);
    decimal("doubling_days_low", 6, &|fit| {
        Some(fit.doubling_interval?.low)
    });
    decimal("doubling_days_high", 6, &|fit| {
        Some(fit.doubling_interval?.high)
    });
    decimal("r_squared", 6, &|fit| fit.r_squared);
    columns.text(
        "method",
        cells.iter().map(|(row, _)| Some(row.method.code())),
    );
    columns.date("date", fits().map(|fit| fit?.reference));
    columns.text("fitted", cells.iter().map(|(row, _)| Some(row.fitted)));
    let mut decimal = |name: &str, digits: i32, of: &dyn Fn(&Fit) -> Option<f64>| {
        let values = fits().map(|fit| of(fit?).map(|value| rounded(value, digits)));
        columns.decimal(name, values);
    };
    decimal("standard_error", 9, &|fit| fit.standard_error);
    decimal("dispersion", 6, &|fit| fit.dispersion);
    columns.text(
        "assumptions",
        cells.iter().map(|(row, _)| Some(row.method.assumptions())),
    );
    columns.text(
        "notes",
        cells.iter().map(|(row, _)| Some(row.notes.join("; "))),
    );
    provenance(&mut columns, &lines, figures);
    columns.frame()
}

/// The result in one sentence, of one line and one method that gives one rate; none otherwise.
pub fn growth_sentence(rows: &[GrowthRow<'_>]) -> Option<String> {
    let [row] = rows else {
        return None;
    };
    let [fit] = row.fits.as_ref().ok()?.as_slice() else {
        return None;
    };
    let (rate, interval) = (fit.rate?, fit.interval?);
    let percent = |rate: f64| number(100.0 * rate.exp_m1());
    let (name, spread) = match row.method {
        GrowthMethod::Poisson => (
            "Poisson regression",
            fit.dispersion
                .filter(|times| *times > 1.0)
                .map_or_else(String::new, |times| {
                    format!(
                        ", enlarged for counts that spread {} times as Poisson's",
                        number(times)
                    )
                }),
        ),
        _ => ("least squares of logarithms", String::new()),
    };
    let found = match (fit.doubling, fit.doubling_interval) {
        (Some(days), Some(between)) => {
            let (verb, pace) = if days > 0.0 {
                ("grew", "doubling")
            } else {
                ("shrank", "halving")
            };
            format!(
                "{verb} by {} % a day, {pace} in {} days (95 % interval {} to {})",
                percent(rate.abs() * days.signum()).trim_start_matches('-'),
                number(days.abs()),
                number(between.low.abs()),
                number(between.high.abs())
            )
        }
        _ => "neither growth nor decline can be told from chance".to_owned(),
    };
    let narrow = match (row.line.series.measure, row.method) {
        (Measure::Cumulative, GrowthMethod::Poisson) => None,
        (measure, _) => note_on(measure),
    };
    let narrow = narrow.map_or_else(String::new, |narrow| format!("; {narrow}"));
    Some(format!(
        "{}: {found} ({name}, {}, {}; 95 % interval {} to {} % a day{spread}){narrow}; this holds for these \
         days alone",
        subject(row.line, None, &row.days),
        row.fitted,
        counted(fit.points, "point", "points"),
        percent(interval.low),
        percent(interval.high)
    ))
}
