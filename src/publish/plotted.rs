//! The numbers of a chart as a table beside it.

use polars::prelude::DataFrame;

use super::frame::Columns;
use super::{Along, Format, PublishError, write};
use crate::chart::PlottedRow;

/// Exactly the plotted numbers as a frame.
///
/// Columns: series (text), at (text: a day, a place, a category), value, low, high (decimals, empty
/// where there is none), flags (text, parted by semicolons).
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(rows: &[PlottedRow]) -> Result<DataFrame, PublishError> {
    let mut columns = Columns::default();
    columns.text("series", rows.iter().map(|row| Some(&row.series)));
    columns.text("at", rows.iter().map(|row| Some(&row.at)));
    columns.decimal("value", rows.iter().map(|row| row.value));
    columns.decimal("low", rows.iter().map(|row| row.low));
    columns.decimal("high", rows.iter().map(|row| row.high));
    columns.text("flags", rows.iter().map(|row| Some(row.flags.join(";"))));
    columns.frame()
}

/// The frame as CSV.
///
/// # Errors
/// Those of [`frame`].
pub fn csv(rows: &[PlottedRow]) -> Result<Vec<u8>, PublishError> {
    write(&frame(rows)?, Format::Csv, &Along::default())
}
