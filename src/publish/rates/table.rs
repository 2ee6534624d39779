//! Rates as a frame, and in a sentence.

use polars::prelude::DataFrame;

use super::number::has_length;
use super::{DECIMALS, Rate, Wanted};
use crate::analysis::rate::{CAVEAT, Chance};
use crate::figure::{counted, grouped};
use crate::publish::PublishError;
use crate::publish::figures::place_name;
use crate::publish::frame::{Columns, rounded};
use crate::publish::revisions::subject;

/// What was done, for readers of a table.
fn method(rate: &Rate, wanted: &Wanted) -> String {
    let per = grouped(wanted.per.into());
    let year = if wanted.annual && has_length(&rate.counted.series) {
        " and year"
    } else {
        ""
    };
    match rate.chance {
        Chance::None(_) => format!("number for each {per} inhabitants{year}"),
        _ => format!(
            "number for each {per} inhabitants{year}; {} interval of a Poisson count",
            wanted.method
        ),
    }
}

/// Rates as a frame, a row a number.
///
/// Columns: those of the subject (indicator, measure, origin, origin_id, location, location_id, since
/// (date), breakdown, claimant, channel), period_start, period_end (dates; of a cumulative from its first
/// day on), days, figures (whole: how many figures or events), value, low, high (whole), qualifier, status,
/// population (whole), population_period_end (date), population_source, per (whole: inhabitants), rate,
/// rate_of_low, rate_of_high (decimals: of the published bounds), interval_low, interval_high, level
/// (decimals: of chance alone; empty where there is none), method, assumption, licence, notes, figure_id.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(rates: &[Rate], wanted: &Wanted) -> Result<DataFrame, PublishError> {
    let mut columns = Columns::default();
    let each = || rates.iter();
    let number = |number: Option<f64>| number.map(|number| rounded(number, DECIMALS));
    let whole = |number: usize| i64::try_from(number).ok();
    let quantity = |rate: &Rate| rate.counted.quantity;
    let has_interval = |rate: &Rate| !matches!(rate.chance, Chance::None(_));
    subject(&mut columns, each().map(|rate| Some(&rate.counted.series)));
    columns.date(
        "period_start",
        each().map(|rate| Some(rate.counted.period.start)),
    );
    columns.date(
        "period_end",
        each().map(|rate| Some(rate.counted.period.end)),
    );
    columns.whole(
        "days",
        each().map(|rate| has_length(&rate.counted.series).then(|| rate.counted.period.days())),
    );
    columns.whole("figures", each().map(|rate| whole(rate.counted.figures)));
    columns.whole("value", each().map(|rate| quantity(rate).value));
    columns.whole("low", each().map(|rate| quantity(rate).low));
    columns.whole("high", each().map(|rate| quantity(rate).high));
    columns.text(
        "qualifier",
        each().map(|rate| Some(quantity(rate).qualifier.code())),
    );
    columns.text(
        "status",
        each().map(|rate| Some(quantity(rate).status.code())),
    );
    columns.whole("population", each().map(|rate| Some(rate.people.number())));
    columns.date(
        "population_period_end",
        each().map(|rate| rate.people.day()),
    );
    columns.text(
        "population_source",
        each().map(|rate| Some(rate.people.source())),
    );
    columns.whole("per", each().map(|_| Some(wanted.per.into())));
    columns.decimal("rate", each().map(|rate| number(rate.rate)));
    columns.decimal("rate_of_low", each().map(|rate| number(rate.of_bounds.0)));
    columns.decimal("rate_of_high", each().map(|rate| number(rate.of_bounds.1)));
    columns.decimal("interval_low", each().map(|rate| number(rate.interval.0)));
    columns.decimal("interval_high", each().map(|rate| number(rate.interval.1)));
    columns.decimal(
        "level",
        each().map(|rate| has_interval(rate).then_some(wanted.confidence)),
    );
    columns.text("method", each().map(|rate| Some(method(rate, wanted))));
    columns.text(
        "assumption",
        each().map(|rate| {
            Some(if has_interval(rate) {
                CAVEAT
            } else {
                "the published number and the population are taken as they stand"
            })
        }),
    );
    columns.text("licence", each().map(|rate| rate.counted.licence.as_ref()));
    columns.text("notes", each().map(|rate| Some(rate.notes.join("; "))));
    columns.text(
        "figure_id",
        each().map(|rate| rate.counted.figure.map(|id| id.to_string())),
    );
    columns.frame()
}

/// The result in a sentence: the one rate, or how many there are, and what the intervals cover.
pub fn in_words(rates: &[Rate], wanted: &Wanted) -> Option<String> {
    let first = rates.first()?;
    let per = grouped(wanted.per.into());
    let year = if wanted.annual { " a year" } else { "" };
    let digits = |number: f64| significant(number);
    let level = rounded(wanted.confidence * 100.0, 4);
    let head = match rates {
        [only] => {
            let series = &only.counted.series;
            let place = wanted
                .whose
                .place(series)
                .map_or("the place", |id| place_name(id));
            let value = only.rate.map_or_else(
                || "no single number".to_owned(),
                |rate| format!("{} for each {per} inhabitants{year}", digits(rate)),
            );
            let of = format!(
                "{} of {}",
                only.counted.quantity,
                grouped(only.people.number())
            );
            let interval = match only.interval {
                (Some(low), Some(high)) => {
                    format!(
                        ", {level} per cent interval {} to {}",
                        digits(low),
                        digits(high)
                    )
                }
                (Some(low), None) => format!(", at least {} at {level} per cent", digits(low)),
                (None, Some(high)) => format!(", at most {} at {level} per cent", digits(high)),
                (None, None) => String::new(),
            };
            format!(
                "{} in {place}, {}: {value} ({of}){interval}",
                series.indicator, only.counted.period
            )
        }
        many => format!(
            "{} for each {per} inhabitants{year}",
            counted(many.len(), "rate", "rates")
        ),
    };
    let with = rates
        .iter()
        .filter(|rate| !matches!(rate.chance, Chance::None(_)))
        .count();
    let tail = match with {
        0 => first
            .chance
            .note()
            .unwrap_or_else(|| "no interval".to_owned()),
        _ if with == rates.len() => CAVEAT.to_owned(),
        _ => format!("{with} of them are counts with an interval; {CAVEAT}"),
    };
    Some(format!("{head}; {tail}"))
}

/// A number to three significant digits, never in powers of ten.
pub(super) fn significant(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return format!("{number}");
    }
    let magnitude = number.abs().log10().floor();
    let decimals = (2.0 - magnitude).clamp(0.0, 12.0) as usize;
    format!("{number:.decimals$}")
}
