//! Between the types of figures and the columns of the ledger.

use std::collections::HashSet;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rusqlite::Row;
use rusqlite::types::Type;
use serde::de::DeserializeOwned;

use crate::figure::{Breakdown, Period, PlaceId, Quantity, Series, Version};

/// Days from the common era to 1970-01-01.
const EPOCH: i32 = 719_163;

/// A day as the ledger writes it: days since 1970-01-01.
pub(super) fn day(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - EPOCH
}

/// The day behind a number; none when it is out of range.
pub(super) fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day.checked_add(EPOCH)?)
}

/// Last and first day, the order in which the ledger sorts periods.
pub(super) fn period_key(period: Period) -> (i32, i32) {
    (day(period.end), day(period.start))
}

/// The period behind a key.
pub(super) fn period((end, start): (i32, i32)) -> Option<Period> {
    Period::new(date(start)?, date(end)?)
}

fn bad<E: std::error::Error + Send + Sync + 'static>(column: usize, error: E) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

/// A text column that has a parser.
pub(super) fn parsed<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|error| bad(column, error))
}

/// A text column that may be NULL.
pub(super) fn optional<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let Some(text) = row.get_ref(column)?.as_str_or_null()? else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|error| bad(column, error))
}

/// A column of JSON.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| bad(column, error))
}

/// An instant, in seconds.
pub(super) fn version(row: &Row<'_>, column: usize) -> rusqlite::Result<Version> {
    let seconds: i64 = row.get(column)?;
    Version::from_timestamp(seconds)
        .ok_or(rusqlite::Error::IntegralValueOutOfRange(column, seconds))
}

/// A period from its two columns, start first.
pub(super) fn period_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Period> {
    let (start, end): (i32, i32) = (row.get(column)?, row.get(column + 1)?);
    period((end, start)).ok_or(rusqlite::Error::IntegralValueOutOfRange(
        column,
        i64::from(start),
    ))
}

/// The number from its six columns, beginning with `value`.
pub(super) fn quantity(row: &Row<'_>, column: usize) -> rusqlite::Result<Quantity> {
    Ok(Quantity {
        value: row.get(column)?,
        low: row.get(column + 1)?,
        high: row.get(column + 2)?,
        qualifier: parsed(row, column + 3)?,
        status: parsed(row, column + 4)?,
        missing: optional(row, column + 5)?,
    })
}

/// Texts that many series have in common, each kept once.
#[derive(Default)]
pub(super) struct Texts {
    all: HashSet<Arc<str>, foldhash::fast::FixedState>,
    /// The last text of each column: most rows have that of the row before.
    last: [Option<Arc<str>>; COLUMNS],
}

/// How many columns a series has.
const COLUMNS: usize = 9;

impl Texts {
    /// A text, one and the same for all that ask for it.
    fn of(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.all.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.all.insert(Arc::clone(&new));
        new
    }

    /// The text of a column.
    fn of_column(&mut self, column: usize, text: &str) -> Arc<str> {
        if let Some(last) = self.last[column].as_ref().filter(|last| ***last == *text) {
            return Arc::clone(last);
        }
        let found = self.of(text);
        self.last[column] = Some(Arc::clone(&found));
        found
    }

    /// A part of a breakdown; numbers of events are of one series each and not kept.
    fn of_part(&mut self, text: &str) -> Arc<str> {
        if text.ends_with(|last: char| last.is_ascii_digit()) {
            text.into()
        } else {
            self.of(text)
        }
    }
}

/// A series from its nine columns, beginning with `claimant`.
pub(super) fn series(row: &Row<'_>, column: usize, texts: &mut Texts) -> rusqlite::Result<Series> {
    let mut text = |at: usize| -> rusqlite::Result<Arc<str>> {
        Ok(texts.of_column(at, row.get_ref(column + at)?.as_str()?))
    };
    let (claimant, channel, indicator) = (text(0)?, text(1)?, text(2)?);
    let mut place = |at: usize| -> rusqlite::Result<Option<PlaceId>> {
        let text = text(at)?;
        Ok((!text.is_empty()).then(|| PlaceId::new(text)))
    };
    let (origin, location) = (place(5)?, place(6)?);
    let since = row.get_ref(column + 7)?.as_str()?;
    let breakdown = row.get_ref(column + 8)?.as_str()?;
    Ok(Series {
        claimant,
        channel,
        indicator,
        measure: parsed(row, column + 3)?,
        unit: parsed(row, column + 4)?,
        origin,
        location,
        since: match since {
            "" => None,
            text => Some(text.parse().map_err(|error| bad(column + 7, error))?),
        },
        breakdown: Breakdown::read(breakdown, |part| texts.of_part(part))
            .map_err(|error| bad(column + 8, error))?,
    })
}

/// A place as the ledger writes it: empty for none.
pub(super) fn place_text(place: Option<&PlaceId>) -> &str {
    place.map_or("", PlaceId::as_str)
}
