//! Forecasts and backtests as frames: the edge between the kernels and polars.

use polars::prelude::DataFrame;

use super::Prediction;
use super::words::{self, choice_words, method_in_words};
use crate::analysis::forecast::backtest::Errors;
use crate::analysis::forecast::{ASSUMPTION, Ahead, COVERAGES, Method};
use crate::figure::{PlaceId, Status};
use crate::ledger::Figures;
use crate::publish::PublishError;
use crate::publish::figures::place_name;
use crate::publish::frame::{Columns, rounded};
use crate::publish::summary::joined;

/// One row: a prediction, and what the row is about.
type Row<'p, 'l, T> = (&'p Prediction<'l>, T);

/// Forecasts as a frame, a row for each step ahead.
///
/// Columns: location, location_id, origin_id, indicator, breakdown, measure, unit; step (whole: steps
/// after the newest figure), period_start, period_end (dates); value, low_80, high_80, low_95, high_95
/// (whole, rounded: what the method expects, and its prediction intervals); status (projected); method,
/// form (of exponential smoothing, such as MAdN), reference (the work that the method follows), intervals (how they
/// are made); mase, mase_naive (decimals: mean absolute error over all steps of the backtest, in
/// proportion to the mean one-step error of the naive method before each origin), coverage_80,
/// coverage_95 (decimals: per cent of backtested values that lay within), backtested (whole: how many
/// values that were); points (whole), first_observed, last_observed (dates: the figures that it is made
/// of), based_on (claimant and channel of those figures; the forecast is not theirs), licence (of those
/// figures), assumption, notes.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(figures: &Figures, predictions: &[Prediction<'_>]) -> Result<DataFrame, PublishError> {
    let rows: Vec<Row<'_, '_, usize>> = predictions
        .iter()
        .flat_map(|prediction| (0..prediction.periods.len()).map(move |step| (prediction, step)))
        .collect();
    let mut columns = Columns::default();
    identity(&mut columns, &rows);
    columns.whole("step", rows.iter().map(|(_, step)| whole(step + 1)));
    let period = |row: &Row<'_, '_, usize>| row.0.periods.get(row.1).copied();
    columns.date(
        "period_start",
        rows.iter().map(|row| Some(period(row)?.start)),
    );
    columns.date("period_end", rows.iter().map(|row| Some(period(row)?.end)));
    let ahead = |row: &Row<'_, '_, usize>| row.0.forecast.ahead.get(row.1).copied();
    columns.whole(
        "value",
        rows.iter().map(|row| Some(people(ahead(row)?.value))),
    );
    for (index, coverage) in COVERAGES.iter().enumerate() {
        let end = |of: fn(&Ahead, usize) -> f64| {
            let rows = rows.iter();
            rows.map(move |row| Some(people(of(&ahead(row)?, index))))
        };
        columns.whole(
            &format!("low_{coverage}"),
            end(|ahead, index| ahead.intervals[index].low),
        );
        columns.whole(
            &format!("high_{coverage}"),
            end(|ahead, index| ahead.intervals[index].high),
        );
    }
    columns.text(
        "status",
        rows.iter().map(|_| Some(Status::Projected.code())),
    );
    let method = |row: &Row<'_, '_, usize>| row.0.forecast.method;
    columns.text("method", rows.iter().map(|row| Some(method(row).code())));
    columns.text("form", rows.iter().map(|row| row.0.forecast.form.clone()));
    columns.text(
        "reference",
        rows.iter()
            .map(|row| Some(method_in_words(row.0, method(row)))),
    );
    columns.text(
        "intervals",
        rows.iter().map(|row| Some(method(row).intervals())),
    );
    let errors = |row: &Row<'_, '_, usize>| overall(row.0, method(row));
    columns.decimal("mase", rows.iter().map(|row| scaled(errors(row)?)));
    columns.decimal(
        "mase_naive",
        rows.iter()
            .map(|row| scaled(overall(row.0, Method::Naive)?)),
    );
    coverages(&mut columns, rows.iter().map(errors));
    columns.whole(
        "backtested",
        rows.iter().map(|row| whole(errors(row)?.values)),
    );
    observed(&mut columns, &rows);
    columns.text(
        "licence",
        rows.iter().map(|row| {
            let publications = row.0.used.iter().map(|point| point.publication);
            joined(publications.filter_map(|publication| {
                let publication = &figures.publications.get(publication)?.publication;
                publication.licence.as_deref()
            }))
        }),
    );
    columns.text("assumption", rows.iter().map(|_| Some(ASSUMPTION)));
    columns.text(
        "notes",
        rows.iter().map(|row| Some(words::notes(row.0).join("; "))),
    );
    columns.frame()
}

/// What a row of a backtest is about.
#[derive(Debug, Clone, Copy)]
struct Test {
    method: Method,
    /// Steps ahead; none for all of them together.
    step: Option<usize>,
    errors: Option<Errors>,
}

/// The backtest of each method as a frame: a row for all steps together, and one for each step ahead. A
/// method that could not be tested has one row, with the reason.
///
/// Columns: location, location_id, origin_id, indicator, breakdown, measure, unit; method, chosen
/// (whether the forecast is made by it: asked, best or naive, else empty), step (whole: steps ahead; empty
/// for all), values (whole: how many were forecast), mean_error (decimal, in the unit), mase (decimal),
/// coverage_80, coverage_95 (decimals, per cent), origins, first_origin (whole: from how many places forecasts
/// were made, and how many points were known at the first), points, first_observed, last_observed,
/// based_on, notes.
///
/// # Errors
/// When polars cannot build the frame.
pub fn backtest_frame(predictions: &[Prediction<'_>]) -> Result<DataFrame, PublishError> {
    let rows: Vec<Row<'_, '_, Test>> = predictions
        .iter()
        .flat_map(|prediction| {
            tests(prediction)
                .into_iter()
                .map(move |test| (prediction, test))
        })
        .collect();
    let mut columns = Columns::default();
    identity(&mut columns, &rows);
    columns.text(
        "method",
        rows.iter().map(|(_, test)| Some(test.method.code())),
    );
    columns.text(
        "chosen",
        rows.iter().map(|(prediction, test)| {
            let is_chosen = test.method == prediction.forecast.method;
            is_chosen.then(|| choice_words(prediction.forecast.choice))
        }),
    );
    columns.whole("step", rows.iter().map(|(_, test)| whole(test.step?)));
    let errors = |row: &Row<'_, '_, Test>| row.1.errors;
    columns.whole("values", rows.iter().map(|row| whole(errors(row)?.values)));
    columns.decimal(
        "mean_error",
        rows.iter()
            .map(|row| errors(row).filter(|found| found.values > 0))
            .map(|found| Some(rounded(found?.mean, 1))),
    );
    columns.decimal("mase", rows.iter().map(|row| scaled(errors(row)?)));
    coverages(&mut columns, rows.iter().map(errors));
    let origins = |row: &Row<'_, '_, Test>| row.0.forecast.backtest.origins.clone();
    columns.whole("origins", rows.iter().map(|row| whole(origins(row).len())));
    columns.whole(
        "first_origin",
        rows.iter().map(|row| whole(*origins(row).first()?)),
    );
    observed(&mut columns, &rows);
    columns.text(
        "notes",
        rows.iter().map(|(prediction, test)| {
            let untested = &prediction.forecast.backtest.untested;
            let reason = untested.iter().find(|(method, _)| *method == test.method);
            let reason = reason.map(|(_, reason)| format!("not tested: {reason}"));
            reason.or_else(|| Some(method_in_words(prediction, test.method)))
        }),
    );
    columns.frame()
}

fn tests(prediction: &Prediction<'_>) -> Vec<Test> {
    let mut tests = Vec::new();
    for &method in Method::ALL {
        let found = prediction.forecast.backtest.of(method);
        tests.push(Test {
            method,
            step: None,
            errors: found.map(|found| found.overall),
        });
        let steps = found
            .into_iter()
            .flat_map(|found| (1..).zip(&found.by_horizon));
        tests.extend(steps.map(|(step, errors)| Test {
            method,
            step: Some(step),
            errors: Some(*errors),
        }));
    }
    tests
}

/// What is counted, of whom and where.
fn identity<T>(columns: &mut Columns, rows: &[Row<'_, '_, T>]) {
    let series = |row: &Row<'_, '_, T>| row.0.line.series.clone();
    columns.text("location", rows.iter().map(|row| Some(name(row.0))));
    columns.text(
        "location_id",
        rows.iter()
            .map(|row| series(row).location.map(|id| id.to_string())),
    );
    columns.text(
        "origin_id",
        rows.iter()
            .map(|row| series(row).origin.map(|id| id.to_string())),
    );
    columns.text(
        "indicator",
        rows.iter().map(|row| Some(series(row).indicator)),
    );
    columns.text(
        "breakdown",
        rows.iter()
            .map(|row| Some(series(row).breakdown.to_string())),
    );
    columns.text(
        "measure",
        rows.iter().map(|row| Some(series(row).measure.code())),
    );
    columns.text("unit", rows.iter().map(|row| Some(series(row).unit.code())));
}

/// The figures that it is made of, and whose they are.
fn observed<T>(columns: &mut Columns, rows: &[Row<'_, '_, T>]) {
    columns.whole("points", rows.iter().map(|row| whole(row.0.used.len())));
    columns.date(
        "first_observed",
        rows.iter().map(|row| Some(row.0.used.first()?.period.end)),
    );
    columns.date(
        "last_observed",
        rows.iter().map(|row| Some(row.0.used.last()?.period.end)),
    );
    columns.text(
        "based_on",
        rows.iter().map(|row| {
            let series = &row.0.line.series;
            Some(format!("{}, {}", series.claimant, series.channel))
        }),
    );
}

fn coverages(columns: &mut Columns, errors: impl Iterator<Item = Option<Errors>> + Clone) {
    for (index, coverage) in COVERAGES.iter().enumerate() {
        let shares = errors.clone().map(|errors| {
            let share = errors?.coverage()?.get(index).copied()?;
            Some(rounded(share, 1))
        });
        columns.decimal(&format!("coverage_{coverage}"), shares);
    }
}

/// The errors of a method over all steps.
pub(super) fn overall(prediction: &Prediction<'_>, method: Method) -> Option<Errors> {
    let tested = prediction.forecast.backtest.of(method)?;
    Some(tested.overall).filter(|errors| errors.values > 0)
}

fn scaled(errors: Errors) -> Option<f64> {
    (errors.values > 0).then(|| rounded(errors.scaled, 3))
}

fn whole(count: usize) -> Option<i64> {
    i64::try_from(count).ok()
}

/// A number of people, whole.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float that is too large becomes the largest number"
)]
pub(super) fn people(number: f64) -> i64 {
    number.round() as i64
}

/// The name of the place that a line is about.
fn name(prediction: &Prediction<'_>) -> String {
    let place = prediction
        .line
        .location()
        .or(prediction.line.series.origin.as_ref());
    place.map_or_else(String::new, |id: &PlaceId| place_name(id).to_owned())
}
