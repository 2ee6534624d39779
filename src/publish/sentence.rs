//! Sentences that say one figure whole: how many, of what, where, when, since when and who says so.

use chrono::{Datelike, NaiveDate};

use super::style::Style;
use crate::figure::{Measure, Period, PlaceId, Quantity, Series, Status, Unit};
use crate::place::{self, Kind};
use crate::vocabulary::{self, Subject};

/// A figure as a sentence: "As of 15 March 2022, 1,857,045 crossings from Ukraine into Poland had
/// been recorded since 24 February (UNHCR)."
pub fn of_figure(series: &Series, period: Period, quantity: &Quantity) -> String {
    format!("{}.", statement(series, period, quantity))
}

/// The sentence without its full stop, so that a comparison can follow.
pub fn statement(series: &Series, period: Period, quantity: &Quantity) -> String {
    statement_in(Style::Plain, series, period, quantity)
}

/// As [`statement`], in the style of a house.
pub fn statement_in(style: Style, series: &Series, period: Period, quantity: &Quantity) -> String {
    let when = when_in(style, series.measure, period);
    let day_in = |day, other| style.day_in(day, other);
    if !quantity.is_present() {
        return format!(
            "{when}, nothing was reported on {} ({})",
            series.indicator.replace('_', " "),
            series.claimant
        );
    }
    let place = |id: Option<&PlaceId>| {
        let place = place::place(id?)?;
        (place.kind != Kind::World).then(|| place.in_text())
    };
    let (origin, location) = (
        place(series.origin.as_ref()),
        place(series.location.as_ref()),
    );
    let mut unsaid = vec![series.claimant.to_string()];
    let clause = vocabulary::indicator(&series.indicator).map(|indicator| {
        indicator.clause(&Subject {
            one: quantity.value == Some(1),
            measure: series.measure,
            unit: series.unit,
            breakdown: &series.breakdown,
            origin: origin.as_deref(),
            location: location.as_deref(),
        })
    });
    let words = match clause {
        Ok(clause) => {
            unsaid.extend(clause.unsaid);
            clause.text
        }
        Err(_) => series.indicator.replace('_', " "),
    };
    if matches!(
        quantity.status,
        Status::Estimated | Status::Provisional | Status::Projected | Status::Planned
    ) {
        unsaid.push(quantity.status.code().to_owned());
    }
    let money = if series.unit == Unit::UsDollars {
        "US$"
    } else {
        ""
    };
    let since = match (series.measure, series.since) {
        (Measure::Cumulative, Some(since)) => format!(" since {}", day_in(since, period.end)),
        (Measure::Stock, Some(since)) => format!(", displaced since {}", day_in(since, period.end)),
        _ => String::new(),
    };
    let best = match (quantity.value, quantity.low, quantity.high) {
        (Some(_), Some(low), Some(high)) => format!(
            " (between {} and {})",
            style.number(low),
            style.number(high)
        ),
        _ => String::new(),
    };
    format!(
        "{when}, {money}{}{best} {words}{since} ({})",
        style.quantity(quantity),
        unsaid.join("; ")
    )
}

/// The days of a figure at the beginning of a sentence: "As of 2 March 2022", "In 2024".
pub fn when(measure: Measure, period: Period) -> String {
    when_in(Style::Plain, measure, period)
}

/// As [`when`], in the style of a house.
pub fn when_in(style: Style, measure: Measure, period: Period) -> String {
    match measure {
        Measure::Stock | Measure::Cumulative => format!("As of {}", style.day(period.end)),
        Measure::Flow if period.start == period.end => format!("On {}", style.day(period.end)),
        Measure::Flow => {
            let year = format!("{}", period.end.year());
            if year.parse() == Ok(period) {
                format!("In {year}")
            } else if period.end.format("%Y-%m").to_string().parse() == Ok(period) {
                format!("In {}", period.end.format("%B %Y"))
            } else {
                format!(
                    "From {} to {}",
                    style.day_in(period.start, period.end),
                    style.day(period.end)
                )
            }
        }
    }
}

/// A day in words: 15 March 2022.
pub fn day(date: NaiveDate) -> String {
    Style::Plain.day(date)
}

/// A day in words, without the year where it is that of another day in the sentence.
pub fn day_in(date: NaiveDate, other: NaiveDate) -> String {
    Style::Plain.day_in(date, other)
}

/// The same text with a small letter at its beginning.
pub fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_lowercase().collect::<String>() + characters.as_str()
    })
}
