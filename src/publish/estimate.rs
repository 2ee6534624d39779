//! Totals estimated from overlapping lists as a table: every model, the lower bound, the average over
//! graphs, and their sums over strata.
//!
//! The table of models is the result: no number of it stands alone.

mod row;
mod words;

use polars::prelude::DataFrame;

use super::PublishError;
use super::frame::{Columns, rounded};
use crate::analysis::multiple_systems::average::Posterior;
use crate::analysis::multiple_systems::frequencies::{FrequencyError, Total};
use crate::analysis::multiple_systems::profile::Profile;
use crate::analysis::multiple_systems::search::Found;
use crate::analysis::multiple_systems::{Estimate, Histories, Model, NoEstimate};

use words::ASSUMPTION;

pub use row::{Row, refused, rows, sum};
pub use words::{ASSUMPTIONS, sentences};

/// The confidence of intervals.
pub const CONFIDENCE: f64 = 0.95;

/// What was found of the people of one stratum.
#[derive(Debug)]
pub struct Estimated<'a> {
    /// The stratum; none where people are not parted.
    pub stratum: Option<&'a str>,
    /// The names of the lists.
    pub names: &'a [String],
    /// The counts.
    pub histories: &'a Histories,
    /// All models, the best first.
    pub found: Found,
    /// The intervals of the first models, as many as are shown.
    pub intervals: Vec<Option<Profile>>,
    /// The model that was asked for, with its interval.
    pub asked: Option<Outcome>,
    /// Chao's lower bound of lists that differ, with its interval; only of three lists or more.
    pub lower_bound: Option<Outcome>,
    /// Chapman's estimator; only of two lists.
    pub chapman: Option<Result<Total, FrequencyError>>,
    /// The average over graphs for each weight of the prior; the first is the one asked for.
    pub averages: Vec<Posterior>,
}

/// A model with its estimate and interval, or why there is none.
pub type Outcome = (Model, Result<(Estimate, Option<Profile>), NoEstimate>);

/// Where the counts come from.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name of the file.
    pub file: String,
    /// Its SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

/// Estimates as a frame, a row for each model and estimator.
///
/// Columns: stratum (only where people are parted); rank (of the models by BIC, from 1; empty for
/// what is not ranked), method, model (lists by their numbers, `[123,14]`: lists 1, 2 and 3 depend on
/// one another, so do 1 and 4), model_lists (the same by their names), observed (people whom the
/// lists name), estimate (people in all; of an average its median), standard_error (given the model),
/// low, high (ends of the interval), interval (what kind of interval), deviance, df, deviance_p (chance
/// of a larger deviance were the model true; rough where counts are small), parameters, aic, bic (with
/// the people named as its number), delta_bic (above the lowest). With an average over graphs also
/// delta (the prior weight of each history), mean, mode and weight (posterior probability of a graph).
/// Last notes, assumption, source, source_sha256. An empty cell is what a row does not have.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(rows: &[Row], source: &Source) -> Result<DataFrame, PublishError> {
    let mut columns = Columns::default();
    let tenth = |number: Option<f64>| number.map(|number| rounded(number, 1));
    let digits = |number: Option<f64>| number.map(|number| rounded(number, 4));
    let chance = |number: Option<f64>| number.map(|number| rounded(number, 6));
    if rows.iter().any(|row| row.stratum.is_some()) {
        columns.text("stratum", rows.iter().map(|row| row.stratum.as_ref()));
    }
    let whole = |number: usize| i64::try_from(number).ok();
    columns.whole("rank", rows.iter().map(|row| row.rank.and_then(whole)));
    columns.text("method", rows.iter().map(|row| Some(row.method)));
    columns.text("model", rows.iter().map(|row| row.model.as_ref()));
    columns.text(
        "model_lists",
        rows.iter().map(|row| row.model_lists.as_ref()),
    );
    let observed = |row: &Row| i64::try_from(row.observed).ok();
    columns.whole("observed", rows.iter().map(observed));
    columns.decimal("estimate", rows.iter().map(|row| tenth(row.estimate)));
    columns.decimal(
        "standard_error",
        rows.iter().map(|row| tenth(row.standard_error)),
    );
    columns.decimal("low", rows.iter().map(|row| tenth(row.low)));
    columns.decimal("high", rows.iter().map(|row| tenth(row.high)));
    columns.text("interval", rows.iter().map(|row| row.interval));
    columns.decimal("deviance", rows.iter().map(|row| digits(row.deviance)));
    columns.whole("df", rows.iter().map(|row| row.df.and_then(whole)));
    columns.decimal("deviance_p", rows.iter().map(|row| chance(row.deviance_p)));
    columns.whole(
        "parameters",
        rows.iter().map(|row| row.parameters.and_then(whole)),
    );
    columns.decimal("aic", rows.iter().map(|row| digits(row.aic)));
    columns.decimal("bic", rows.iter().map(|row| digits(row.bic)));
    columns.decimal("delta_bic", rows.iter().map(|row| digits(row.delta_bic)));
    if rows.iter().any(|row| row.delta.is_some()) {
        columns.decimal("delta", rows.iter().map(|row| row.delta));
        columns.decimal("mean", rows.iter().map(|row| tenth(row.mean)));
        columns.whole(
            "mode",
            rows.iter()
                .map(|row| row.mode.and_then(|mode| i64::try_from(mode).ok())),
        );
        columns.decimal(
            "weight",
            rows.iter()
                .map(|row| row.weight.map(|weight| rounded(weight, 5))),
        );
    }
    columns.text("notes", rows.iter().map(|row| Some(row.notes.join("; "))));
    columns.text("assumption", rows.iter().map(|_| Some(ASSUMPTION)));
    columns.text("source", rows.iter().map(|_| Some(&source.file)));
    columns.text("source_sha256", rows.iter().map(|_| Some(&source.sha256)));
    columns.frame()
}
