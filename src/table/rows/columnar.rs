//! Apache Parquet.

use chrono::{DateTime, NaiveDate, TimeDelta};
use polars::prelude::{AnyValue, TimeUnit};

use super::super::TableError;
use super::Grid;
use super::doubt::Doubts;
use super::typed::{plain, plain_single};
use crate::parquet_file::{self, Read};
use crate::quiet::quietly;

/// The bytes that a Parquet file begins with.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// Reads all rows of a file.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Grid, TableError> {
    let Read { frame, unread } = parquet_file::read(bytes).map_err(|reason| TableError::Form {
        file: name.to_owned(),
        reason,
    })?;
    let columns = frame.columns();
    let rows = (0..frame.height())
        .map(|at| {
            let cells = columns
                .iter()
                .map(|column| {
                    column
                        .get(at)
                        .map_or_else(|_| String::new(), |cell| text(&cell))
                })
                // Whoever asks for such a column is told, and nobody else is kept from the others.
                .chain(unread.iter().map(|(_, kind)| {
                    format!("(not read: {kind}; write it as text or as whole numbers)")
                }))
                .collect();
            (at as u64 + 1, cells)
        })
        .collect();
    Ok(Grid {
        unit: "record",
        names: Some(
            frame
                .get_column_names()
                .iter()
                .map(|name| name.as_str())
                .chain(unread.iter().map(|(name, _)| name.as_str()))
                .map(|name| name.trim().to_owned())
                .collect(),
        ),
        rows,
        doubts: Doubts::default(),
    })
}

fn text(cell: &AnyValue<'_>) -> String {
    match cell {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => (*text).to_owned(),
        AnyValue::StringOwned(text) => text.to_string(),
        AnyValue::Float64(number) => plain(*number),
        AnyValue::Float32(number) => plain_single(*number),
        // What lies beyond all calendars stays the number that it is, and is no date to anybody.
        AnyValue::Date(days) => NaiveDate::from_ymd_opt(1970, 1, 1)
            .and_then(|epoch| epoch.checked_add_signed(TimeDelta::days(i64::from(*days))))
            .map_or_else(|| days.to_string(), |day| day.to_string()),
        AnyValue::Datetime(instant, unit, _) | AnyValue::DatetimeOwned(instant, unit, _) => {
            let per_second = match unit {
                TimeUnit::Nanoseconds => 1_000_000_000,
                TimeUnit::Microseconds => 1_000_000,
                TimeUnit::Milliseconds => 1_000,
            };
            DateTime::from_timestamp(instant.div_euclid(per_second), 0).map_or_else(
                || instant.to_string(),
                |instant| instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            )
        }
        // polars writes some of its types and stops in a panic at others.
        other => quietly(|| other.to_string()).unwrap_or_else(|| "(no text)".to_owned()),
    }
}
