//! Comma-separated values.

use std::borrow::Cow;
use std::io::Write;

use polars::prelude::{AnyValue, Column, DataFrame, DataType};

use super::frame::plain;
use super::{Growing, PublishError};
use crate::formula::harmless;

/// Rows that are written as one part.
const PART: usize = 16_384;

/// What makes Excel read a file as UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A table of comma-separated values in the making.
pub(super) struct Csv<W> {
    out: W,
    /// Whether it begins with the mark.
    bom: bool,
    has_header: bool,
}

impl<W: Write> Csv<W> {
    pub(super) const fn new(out: W, bom: bool) -> Self {
        Self {
            out,
            bom,
            has_header: false,
        }
    }

    /// Writes the names of the columns, once.
    fn header(&mut self, frame: &DataFrame) -> Result<(), PublishError> {
        if std::mem::replace(&mut self.has_header, true) {
            return Ok(());
        }
        if self.bom {
            self.out.write_all(BOM)?;
        }
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer
            .write_record(frame.get_column_names().iter().map(|name| name.as_str()))
            .map_err(broken)?;
        let header = writer.into_inner().map_err(|error| error.into_error())?;
        Ok(self.out.write_all(&header)?)
    }
}

impl<W: Write> Growing for Csv<W> {
    fn add(&mut self, frame: &DataFrame) -> Result<(), PublishError> {
        self.header(frame)?;
        // Parts of a large table are written side by side; joined, they are the same bytes.
        let parts: Vec<DataFrame> = (0..frame.height())
            .step_by(PART)
            .map(|first| frame.slice(first as i64, PART))
            .collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for parts in parts.chunks(threads) {
            let rows = std::thread::scope(|scope| {
                let started: Vec<_> = parts
                    .iter()
                    .skip(1)
                    .map(|part| scope.spawn(|| rows(part)))
                    .collect();
                let first = parts.first().map(rows);
                let others = started.into_iter().map(|one| {
                    one.join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                });
                first.into_iter().chain(others).collect::<Vec<_>>()
            });
            for part in rows {
                self.out.write_all(&part?)?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), PublishError> {
        Ok(self.out.flush()?)
    }
}

/// The rows of a table, without its header.
fn rows(frame: &DataFrame) -> Result<Vec<u8>, PublishError> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // A large table is told column by column which type it has, not cell by cell.
    let mut columns = frame
        .columns()
        .iter()
        .map(cells)
        .collect::<Result<Vec<_>, _>>()?;
    let mut digits = Vec::with_capacity(32);
    for _ in 0..frame.height() {
        for column in &mut columns {
            digits.clear();
            let field = column.next(&mut digits);
            writer.write_field(field).map_err(broken)?;
        }
        writer.write_record(None::<&[u8]>).map_err(broken)?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

fn broken(error: ::csv::Error) -> PublishError {
    PublishError::Unwritten(error.into())
}

/// The cells of one column, from the first row to the last.
enum Cells<'f> {
    Text(Box<dyn Iterator<Item = Option<&'f str>> + 'f>),
    Whole(Box<dyn Iterator<Item = Option<i64>> + 'f>),
    /// Days since 1970, and the last one as it was written: neighbours often share it.
    Days(Days, (Option<i32>, Vec<u8>)),
    Other(Box<dyn Iterator<Item = AnyValue<'f>> + 'f>),
}

type Days = std::vec::IntoIter<Option<i32>>;

fn cells(column: &Column) -> Result<Cells<'_>, PublishError> {
    let series = column.as_materialized_series();
    Ok(match series.dtype() {
        DataType::String => Cells::Text(Box::new(series.str()?.iter())),
        DataType::Date => {
            let days = series.to_physical_repr();
            let days: Vec<Option<i32>> = days.i32()?.iter().collect();
            Cells::Days(days.into_iter(), (None, Vec::new()))
        }
        DataType::Int64 => Cells::Whole(Box::new(series.i64()?.iter())),
        _ => Cells::Other(Box::new(
            (0..series.len()).map(|row| series.get(row).unwrap_or(AnyValue::Null)),
        )),
    })
}

impl Cells<'_> {
    /// The next cell as it is written; numbers are put into `digits`.
    fn next<'d>(&'d mut self, digits: &'d mut Vec<u8>) -> Cow<'d, [u8]> {
        match self {
            Self::Text(cells) => match cells.next().flatten() {
                Some(text) => match harmless(text) {
                    Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                    Cow::Owned(text) => Cow::Owned(text.into_bytes()),
                },
                None => Cow::Borrowed(&[]),
            },
            Self::Whole(cells) => {
                if let Some(number) = cells.next().flatten() {
                    // Writing to memory does not fail.
                    let _ = write!(digits, "{number}");
                }
                Cow::Borrowed(digits)
            }
            Self::Days(cells, (last, written)) => {
                let Some(day) = cells.next().flatten() else {
                    return Cow::Borrowed(&[]);
                };
                if *last != Some(day) {
                    *last = Some(day);
                    written.clear();
                    let _ = write!(written, "{}", AnyValue::Date(day));
                }
                Cow::Borrowed(written)
            }
            Self::Other(cells) => match cells.next() {
                Some(AnyValue::Float64(number)) => {
                    let _ = write!(digits, "{number}");
                    Cow::Borrowed(digits)
                }
                Some(value) => Cow::Owned(plain(&value).into_bytes()),
                None => Cow::Borrowed(&[]),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use polars::df;

    use super::*;

    #[test]
    fn a_table_of_several_parts_is_one_table() {
        let count = 2 * PART + 5;
        let numbers: Vec<i64> = (0..count as i64).collect();
        let texts: Vec<String> = numbers.iter().map(|n| format!("a \"{n}\",\n b")).collect();
        let frame = df!("number" => &numbers, "text" => &texts).unwrap();
        let mut written = Vec::new();
        Csv::new(&mut written, false).add(&frame).unwrap();
        let mut reader = ::csv::Reader::from_reader(written.as_slice());
        assert_eq!(reader.headers().unwrap(), vec!["number", "text"]);
        let rows: Vec<(i64, String)> = reader.deserialize().map(Result::unwrap).collect();
        assert_eq!(rows, numbers.into_iter().zip(texts).collect::<Vec<_>>());
    }
}
