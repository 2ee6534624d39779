//! Titles that say what the record says, in plain words, and no more than it.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::Brief;
use super::words::{place_in_text, places_of, sentence_case, short_first};
use crate::chart;
use crate::figure::{Measure, Period, Qualifier, Quantity, Series, Status, Unit, grouped};
use crate::line::{Line, Point};
use crate::publish::sentence::{day, lower_first, when};
use crate::publish::summary::{Row, RowType, Summary, is_left_over};
use crate::vocabulary::{self, Subject};

/// A title, and what a reader has to know to take it rightly.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Title {
    /// The title.
    pub text: String,
    /// For the note.
    pub note: Option<String>,
}

impl From<String> for Title {
    fn from(text: String) -> Self {
        Self { text, note: None }
    }
}

/// The title of places by size: the share of the one that was named, else of the largest; its number
/// where no total may be made.
pub(super) fn of_places(summary: &Summary, lines: &[Line], brief: &Brief) -> Title {
    let parts: Vec<&Row> = summary
        .rows
        .iter()
        .filter(|row| matches!(row.row_type, RowType::Part | RowType::Other))
        .collect();
    let named = parts.iter().find(|row| is_named(row, brief));
    let largest = parts
        .iter()
        .find(|row| row.row_type == RowType::Part && !is_left_over(row.series.location.as_ref()));
    let Some(row) = named.or(largest) else {
        return Title::default();
    };
    let of_one_kind = parts.iter().all(|part| {
        part.series.indicator == row.series.indicator
            && (part.row_type == RowType::Other || part.series.breakdown == row.series.breakdown)
    });
    if of_one_kind && let Some(title) = of_share(row, &parts, lines, brief) {
        return title;
    }
    let said = finding(&row.series, row.period, &row.quantity);
    if of_one_kind && parts.len() > 1 && is_surely_the_most(row, &parts) {
        return format!("{said}, the most of the {} places shown", parts.len()).into();
    }
    said.into()
}

/// The place that the title speaks of, to be emphasised where none was named: the largest, where
/// there are others to tell it from.
pub(super) fn emphasis(summary: &Summary, brief: &Brief) -> Option<String> {
    let parts = parts(summary);
    let row = spoken_of(&parts, brief)?;
    let said = brief.title.is_none() && brief.emphasis.is_empty();
    let id = row.series.location.as_ref()?;
    (said && parts.len() > 1 && is_of_one_kind(row, &parts)).then(|| id.to_string())
}

fn parts(summary: &Summary) -> Vec<&Row> {
    let is_part = |row: &&Row| matches!(row.row_type, RowType::Part | RowType::Other);
    summary.rows.iter().filter(is_part).collect()
}

/// The place that was named, else the largest.
fn spoken_of<'s>(parts: &[&'s Row], brief: &Brief) -> Option<&'s Row> {
    let named = parts.iter().find(|row| is_named(row, brief));
    let largest = parts
        .iter()
        .find(|row| row.row_type == RowType::Part && !is_left_over(row.series.location.as_ref()));
    named.or(largest).copied()
}

/// Whether all places are counted in the same way.
fn is_of_one_kind(row: &Row, parts: &[&Row]) -> bool {
    parts.iter().all(|part| {
        part.series.indicator == row.series.indicator
            && (part.row_type == RowType::Other || part.series.breakdown == row.series.breakdown)
    })
}

fn is_named(row: &Row, brief: &Brief) -> bool {
    row.series
        .location
        .as_ref()
        .is_some_and(|id| brief.emphasis.iter().any(|wanted| wanted == id.as_str()))
}

/// "Poland received 54% of crossings from Ukraine by 31 March 2022".
fn of_share(row: &Row, parts: &[&Row], lines: &[Line], brief: &Brief) -> Option<Title> {
    let share = row.share.filter(|share| (0.05..99.5).contains(share))?;
    let verb = verb(&row.series)?;
    // What is to come, or wanted, has no such verb.
    let happened = |row: &&Row| !matches!(row.quantity.status, Status::Projected | Status::Planned);
    if !parts.iter().all(happened) {
        return None;
    }
    let qualifiers = || parts.iter().map(|part| part.quantity.qualifier);
    let about = if qualifiers().all(|qualifier| qualifier == Qualifier::Exact) {
        ""
    } else {
        "about "
    };
    let estimated = parts
        .iter()
        .any(|part| part.quantity.status == Status::Estimated);
    let about = if estimated { "an estimated " } else { about };
    let share = if share < 9.95 {
        format!("{share:.1}").trim_end_matches(".0").to_owned()
    } else {
        format!("{share:.0}")
    };
    let series = &row.series;
    let noun = &vocabulary::indicator(&series.indicator).ok()?.many;
    let origin = place_in_text(series.origin.as_ref())
        .map_or_else(String::new, |origin| format!(" from {origin}"));
    let among = among(lines, brief);
    let period = parts
        .iter()
        .map(|part| part.period)
        .max_by_key(|period| period.end)?;
    // What is gathered in one row has days of its own.
    let last = period.end;
    let first = lines
        .iter()
        .filter_map(|line| {
            let ends = line.points.iter().map(|point| point.period.end);
            ends.filter(|end| *end <= last).max()
        })
        .min()?;
    let text = format!(
        "{} {verb} {about}{share}% of {noun}{origin}{among} {}",
        sentence_case(&row.location),
        at(series.measure, period)
    );
    let note = (first != last).then(|| {
        format!(
            "The share is of the sum of the newest figures, which are of {} to {}",
            short_first(first, last),
            day(last)
        )
    });
    Some(Title { text, note })
}

/// What the whole of a share is. It is all of its kind only where the source itself gathers the rest
/// of the places in one row; else other places may have been left out of the record, or of what was
/// chosen from it.
fn among(lines: &[Line], brief: &Brief) -> String {
    let gathers_the_rest = lines.iter().any(|line| is_left_over(line.location()));
    if gathers_the_rest && !brief.places_chosen {
        return String::new();
    }
    let places: BTreeSet<_> = lines.iter().filter_map(Line::location).collect();
    let how = if brief.places_chosen {
        "shown"
    } else {
        "recorded"
    };
    format!(" among the {} places {how}", places.len())
}

/// What a place did with those who were counted there, where one word says it.
fn verb(series: &Series) -> Option<&'static str> {
    if series.breakdown.iter().next().is_some() {
        return None;
    }
    Some(match (&*series.indicator, series.measure) {
        ("border_crossings" | "asylum_applications", _) => "received",
        ("arrivals", Measure::Flow | Measure::Cumulative) => return None,
        (
            "refugees" | "asylum_seekers" | "refugees_and_migrants" | "other_in_need_of_protection",
            Measure::Stock,
        ) => "hosted",
        ("resettlement", Measure::Flow | Measure::Cumulative) => "resettled",
        _ => return None,
    })
}

/// Whether no other place can have more, whatever the words before the numbers leave open.
fn is_surely_the_most(row: &Row, parts: &[&Row]) -> bool {
    let Some(own) = row.quantity.low.or(row.quantity.value) else {
        return false;
    };
    let bound = |quantity: &Quantity| match quantity.qualifier {
        Qualifier::AtLeast | Qualifier::MoreThan | Qualifier::Vague => None,
        _ => quantity.high.or(quantity.value),
    };
    let lower = !matches!(
        row.quantity.qualifier,
        Qualifier::AtMost | Qualifier::FewerThan | Qualifier::Vague
    );
    lower
        && own > 0
        && parts
            .iter()
            .filter(|part| part.series != row.series)
            .all(|part| bound(&part.quantity).is_some_and(|most| most < own))
}

/// The title of lines: how the one that was named, or the largest, changed; or its newest number.
pub(super) fn of_line(line: &Line) -> String {
    change(line).unwrap_or_else(|| {
        line.points.last().map_or_else(String::new, |newest| {
            finding(&line.series, newest.period, &newest.quantity)
        })
    })
}

/// "Refugees from Syria in Türkiye rose from 1.62 million at the end of 2014 to 3.58 million at the
/// end of 2019", where both ends are plain numbers of one kind.
fn change(line: &Line) -> Option<String> {
    let series = &line.series;
    let (first, last) = (line.points.first()?, line.points.last()?);
    let plain = |quantity: &Quantity| {
        quantity.low.is_none()
            && quantity.high.is_none()
            && matches!(quantity.qualifier, Qualifier::Exact | Qualifier::About)
            && matches!(quantity.status, Status::Observed | Status::Provisional)
    };
    // A total since the first day can only grow, so its end says more than its way.
    let comparable = series.measure != Measure::Cumulative
        && series.breakdown.iter().next().is_none()
        && plain(&first.quantity)
        && plain(&last.quantity)
        && first.channel == last.channel
        && first.period.end < last.period.end;
    let indicator = vocabulary::indicator(&series.indicator).ok()?;
    let is_noun = indicator.many != "people" && !indicator.many.is_empty();
    if !comparable || !is_noun || series.unit != indicator.unit {
        return None;
    }
    let values: Vec<(&Point, i64)> = line
        .points
        .iter()
        .filter_map(|point| Some((point, point.quantity.value?)))
        .collect();
    let lowest = values.iter().map(|(_, value)| *value).min()?;
    // The newest of equal peaks.
    let (top, peak) = *values.iter().max_by_key(|(_, value)| *value)?;
    let (from, to) = (first.quantity.value?, last.quantity.value?);
    // Between the ends there may be more to tell than they do: a height, or a depth.
    let has_peak = 5 * peak > 6 * from.max(to);
    if 6 * lowest < 5 * from.min(to) || (has_peak && !plain(&top.quantity)) {
        return None;
    }
    let (first, way) = match to.cmp(&from) {
        _ if has_peak => (top, "fell from a peak of"),
        std::cmp::Ordering::Greater => (first, "rose from"),
        std::cmp::Ordering::Less => (first, "fell from"),
        std::cmp::Ordering::Equal => return None,
    };
    let period = |period: Period| match series.measure {
        // "from 1 to 7 March" makes no sentence with another "from".
        Measure::Flow => Some(lower_first(&when(series.measure, period)))
            .filter(|words| !words.starts_with("from")),
        _ => Some(at(series.measure, period)),
    };
    Some(format!(
        "{}{} {way} {} {} to {} {}",
        sentence_case(&indicator.many),
        places_of(series),
        rounded(&first.quantity),
        period(first.period)?,
        rounded(&last.quantity),
        period(last.period)?,
    ))
}

/// "New crossings from Ukraine into Poland peaked at 136,932 a day in the week to 8 March 2022".
pub(super) fn of_average(line: &Line, drawn: &chart::Line) -> String {
    let peak = drawn
        .points
        .iter()
        .filter_map(|point| Some((point.date, point.value?)))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((date, value)) = peak else {
        return String::new();
    };
    let noun = vocabulary::indicator(&line.series.indicator).map_or_else(
        |_| line.series.indicator.replace('_', " "),
        |indicator| indicator.many.clone(),
    );
    let newest = drawn.points.iter().map(|point| point.date).max();
    let verb = if newest == Some(date) {
        "reached"
    } else {
        "peaked at"
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounded to whole people for a title"
    )]
    let number = grouped(value.round() as i64);
    format!(
        "New {noun}{} {verb} {number} a day in the week to {}",
        places_of(&line.series),
        day(date)
    )
}

/// One figure as a title: "5.95 million crossings from Ukraine into Poland by 6 September 2022".
pub(super) fn finding(series: &Series, period: Period, quantity: &Quantity) -> String {
    let moment = at(series.measure, period);
    let claimant = attribution(series);
    let (origin, location) = (
        place_in_text(series.origin.as_ref()),
        place_in_text(series.location.as_ref()),
    );
    if !quantity.is_present() {
        let label = vocabulary::indicator(&series.indicator).map_or_else(
            |_| series.indicator.replace('_', " "),
            |indicator| indicator.label.to_lowercase(),
        );
        return format!("No figure on {label} {moment}{claimant}");
    }
    let words = vocabulary::indicator(&series.indicator).map_or_else(
        |_| series.indicator.replace('_', " "),
        |indicator| {
            let clause = indicator.clause(&Subject {
                one: quantity.value == Some(1),
                measure: series.measure,
                unit: series.unit,
                breakdown: &series.breakdown,
                origin: origin.as_deref(),
                location: location.as_deref(),
            });
            clause.text
        },
    );
    // "by 6 September" says that they had been recorded by then.
    let words = words.replace(" had been recorded", "");
    let range = match (quantity.value, quantity.low, quantity.high) {
        (Some(_), Some(low), Some(high)) => {
            format!(" (between {} and {})", grouped(low), grouped(high))
        }
        _ => String::new(),
    };
    let money = if series.unit == Unit::UsDollars {
        "US$"
    } else {
        ""
    };
    let status = match quantity.status {
        Status::Projected | Status::Planned => format!("{}: ", quantity.status),
        Status::Estimated if quantity.qualifier == Qualifier::Exact && money.is_empty() => {
            "an estimated ".to_owned()
        }
        _ => String::new(),
    };
    sentence_case(&format!(
        "{status}{money}{}{range} {words} {moment}{claimant}",
        rounded(quantity)
    ))
}

/// ", according to OHCHR": counts of the dead, the injured and the missing are claims.
fn attribution(series: &Series) -> String {
    const CLAIMS: [&str; 5] = ["killed", "injured", "casualties", "missing", "detained"];
    if CLAIMS.contains(&&*series.indicator) {
        let claimant = vocabulary::claimant_name(&series.claimant);
        format!(", according to {claimant}")
    } else {
        String::new()
    }
}

/// The days of a number at the end of a title: "by 6 September 2022", "at the end of 2023", "in 2023".
fn at(measure: Measure, period: Period) -> String {
    match measure {
        Measure::Cumulative => format!("by {}", day(period.end)),
        Measure::Stock if is_end_of_year(period.end) => {
            format!("at the end of {}", period.end.year())
        }
        Measure::Stock => format!("on {}", day(period.end)),
        Measure::Flow => lower_first(&when(measure, period)),
    }
}

fn is_end_of_year(date: NaiveDate) -> bool {
    (date.month(), date.day()) == (12, 31)
}

/// A number as newsrooms write it in a title: three digits of millions and billions, which the chart
/// gives whole or as `5.95m`. A bound is not rounded, for that might say too much.
fn rounded(quantity: &Quantity) -> String {
    let whole = quantity.to_string();
    let large = quantity.value.filter(|value| *value >= 1_000_000);
    let (Some(value), Qualifier::Exact | Qualifier::About) = (large, quantity.qualifier) else {
        return whole;
    };
    let share = |unit: i64| value as f64 / unit as f64;
    let (number, word) = match value {
        999_500_000.. => (share(1_000_000_000), "billion"),
        _ => (share(1_000_000), "million"),
    };
    let decimals = match number {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    let mut digits = format!("{number:.decimals$}");
    while digits.contains('.') && digits.ends_with(['0', '.']) {
        digits.pop();
    }
    whole.replace(&grouped(value), &format!("{digits} {word}"))
}
