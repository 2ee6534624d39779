//! Apache Parquet.

use chrono::{DateTime, NaiveDate, TimeDelta};
use polars::prelude::{AnyValue, TimeUnit};

use super::super::TableError;
use super::Grid;
use crate::parquet_file;

/// The bytes that a Parquet file begins with.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// Reads all rows of a file.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Grid, TableError> {
    let frame = parquet_file::read(bytes).map_err(|reason| TableError::Form {
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
                .map(|name| name.trim().to_owned())
                .collect(),
        ),
        rows,
    })
}

fn text(cell: &AnyValue<'_>) -> String {
    match cell {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => (*text).to_owned(),
        AnyValue::StringOwned(text) => text.to_string(),
        AnyValue::Date(days) => NaiveDate::from_ymd_opt(1970, 1, 1)
            .and_then(|epoch| epoch.checked_add_signed(TimeDelta::days(i64::from(*days))))
            .map_or_else(|| cell.to_string(), |day| day.to_string()),
        AnyValue::Datetime(instant, unit, _) => {
            let per_second = match unit {
                TimeUnit::Nanoseconds => 1_000_000_000,
                TimeUnit::Microseconds => 1_000_000,
                TimeUnit::Milliseconds => 1_000,
            };
            DateTime::from_timestamp(instant.div_euclid(per_second), 0).map_or_else(
                || cell.to_string(),
                |instant| instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            )
        }
        other => other.to_string(),
    }
}
