//! Dates in digits alone.

use chrono::NaiveDate;

use super::{DateMention, When};
use crate::text::quantity::Reader;
use crate::text::token::Gap;

/// "2022-03-04", "19/03/2022", "04.03.2022".
pub(super) fn numeric(reader: Reader<'_>, first: usize) -> Option<DateMention> {
    let mark = reader.token(first + 1)?.mark;
    if !matches!(mark, '-' | '/' | '.' | '–') || !reader.is_glued_mark(first + 1, &[mark]) {
        return None;
    }
    if !reader.is_glued_mark(first + 3, &[mark]) {
        return None;
    }
    let glued = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::None);
    if !glued(first + 2) || !glued(first + 4) {
        return None;
    }
    let (a, b, c) = (
        reader.small(first)?,
        reader.small(first + 2)?,
        reader.small(first + 4)?,
    );
    let when = if a.1 == 4 {
        day(a.0, b.0, c.0)?
    } else if c.1 == 4 || (c.1 == 2 && mark != '-') {
        let year = if c.1 == 2 { 2000 + c.0 } else { c.0 };
        // The day first; a month beyond twelve shows that it is the other way. In English, where Americans
        // write the month first, slashes and hyphens leave it open.
        let is_open = reader.lexicon.language == "en" && mark != '.';
        if b.0 > 12 {
            day(year, a.0, b.0)?
        } else if is_open && a.0 <= 12 && a.0 != b.0 {
            day(year, a.0, b.0).and(day(year, b.0, a.0))?.either()
        } else {
            day(year, b.0, a.0)?
        }
    } else {
        return None;
    };
    Some(DateMention {
        first,
        end: first + 5,
        from: when,
        to: None,
    })
}

fn day(year: i64, month: i64, day: i64) -> Option<When> {
    let (year, month, day) = (
        i32::try_from(year).ok()?,
        u32::try_from(month).ok()?,
        u32::try_from(day).ok()?,
    );
    NaiveDate::from_ymd_opt(year, month, day)?;
    Some(When::Day(Some(year), month, day))
}

/// Gives numeric dates that may be read in two ways the order that the text's others have: "13/02/2024" shows
/// that the day comes first.
pub(super) fn settle_order(dates: &mut [DateMention], reader: Reader<'_>) {
    let mut orders = dates.iter().filter_map(|date| order(reader, date.first));
    let Some(first) = orders.next() else { return };
    if orders.any(|other| other != first) {
        return;
    }
    for date in dates {
        if let When::Either(year, one, other) = date.from {
            date.from = match first {
                Order::DayFirst => When::Day(Some(year), other, one),
                Order::MonthFirst => When::Day(Some(year), one, other),
            };
        }
    }
}

/// Which of day and month stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// The order that a numeric date shows: one of its numbers is no month.
fn order(reader: Reader<'_>, first: usize) -> Option<Order> {
    if !reader.is_glued_mark(first + 1, &['/', '-', '–']) {
        return None;
    }
    let (one, other) = (reader.small(first)?, reader.small(first + 2)?);
    reader.small(first + 4)?;
    match (one, other) {
        ((13..=31, ..), (1..=12, ..)) => Some(Order::DayFirst),
        ((1..=12, ..), (13..=31, ..)) => Some(Order::MonthFirst),
        _ => None,
    }
}
