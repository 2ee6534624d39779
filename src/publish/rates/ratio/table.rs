//! Ratios as a frame, and in a sentence.

use polars::prelude::DataFrame;

use super::RatioRow;
use crate::publish::PublishError;
use crate::publish::frame::{Columns, rounded};
use crate::publish::rates::DECIMALS;
use crate::publish::rates::table::significant;
use crate::publish::revisions::subject;

/// Ratios as a frame, a row a series.
///
/// Columns: those of the subject (see [`crate::publish::rates::frame`]), first, second (texts: the places or periods),
/// first_value, second_value, first_days, second_days, first_population, second_population (whole), ratio,
/// ratio_low, ratio_high (decimals; empty above where the second is zero), level, method, assumption, licence, notes.
///
/// # Errors
/// When polars cannot build the frame.
pub fn ratio_frame(rows: &[RatioRow], confidence: f64) -> Result<DataFrame, PublishError> {
    let mut columns = Columns::default();
    let each = || rows.iter();
    let number = |number: f64| rounded(number, DECIMALS);
    let people =
        |row: &RatioRow, side: usize| row.people.as_ref().map(|people| people[side].number());
    subject(&mut columns, each().map(|row| Some(&row.series)));
    for (side, name) in ["first", "second"].into_iter().enumerate() {
        columns.text(name, each().map(|row| Some(&row.labels[side])));
    }
    for (side, name) in ["first", "second"].into_iter().enumerate() {
        columns.whole(
            &format!("{name}_value"),
            each().map(|row| Some(row.counts[side])),
        );
    }
    for (side, name) in ["first", "second"].into_iter().enumerate() {
        columns.whole(
            &format!("{name}_days"),
            each().map(|row| Some(row.periods[side].days())),
        );
    }
    for (side, name) in ["first", "second"].into_iter().enumerate() {
        columns.whole(
            &format!("{name}_population"),
            each().map(|row| people(row, side)),
        );
    }
    columns.decimal("ratio", each().map(|row| row.ratio.ratio.map(number)));
    columns.decimal("ratio_low", each().map(|row| Some(number(row.ratio.low))));
    columns.decimal("ratio_high", each().map(|row| row.ratio.high.map(number)));
    columns.decimal("level", each().map(|_| Some(confidence)));
    columns.text("method", each().map(|row| {
        Some(if row.people.is_some() {
            "ratio of rates for each person and day; exact conditional binomial interval (Clopper-Pearson)"
        } else {
            "ratio of rates for each day; exact conditional binomial interval (Clopper-Pearson)"
        })
    }));
    columns.text("assumption", each().map(|_| Some(ASSUMPTION)));
    columns.text("licence", each().map(|row| row.licence.as_ref()));
    columns.text("notes", each().map(|row| Some(row.notes.join("; "))));
    columns.frame()
}

/// What a ratio assumes.
const ASSUMPTION: &str = "two independent Poisson counts, and both sides record the same share of what happened; \
     the interval covers chance alone, not under-recording";

/// The result in a sentence.
pub fn ratio_in_words(rows: &[RatioRow], confidence: f64) -> Option<String> {
    let [only] = rows else {
        return (!rows.is_empty()).then(|| format!("{} ratios of rates; {ASSUMPTION}", rows.len()));
    };
    let ratio = only.ratio.ratio.map_or_else(
        || "cannot be put as a number of times, for the second is zero".to_owned(),
        |ratio| format!("is {} times that of {}", significant(ratio), only.labels[1]),
    );
    let high = only
        .ratio
        .high
        .map_or_else(|| "without limit".to_owned(), significant);
    let equal = if only.ratio.may_be_equal() {
        "; it contains 1, so chance alone may have made the difference"
    } else {
        ""
    };
    Some(format!(
        "the rate of {} ({} against {}) {ratio}; {} per cent interval {} to {high}{equal}; {ASSUMPTION}",
        only.labels[0],
        only.counts[0],
        only.counts[1],
        rounded(confidence * 100.0, 4),
        significant(only.ratio.low),
    ))
}
