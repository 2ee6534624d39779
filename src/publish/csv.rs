//! Comma-separated values.

use polars::prelude::DataFrame;

use super::frame::{is_text, plain, rows};
use super::{Along, Form, PublishError};

pub(super) struct Csv;

/// What makes Excel read a file as UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

impl Form for Csv {
    fn write(&self, frame: &DataFrame, along: &Along<'_>) -> Result<Vec<u8>, PublishError> {
        let text: Vec<bool> = frame.columns().iter().map(is_text).collect();
        let start = if along.bom { BOM.to_vec() } else { Vec::new() };
        let mut writer = ::csv::Writer::from_writer(start);
        let mut put = |record: Vec<String>| {
            writer.write_record(&record).map_err(|error| {
                PublishError::Frame(polars::error::PolarsError::IO {
                    error: std::sync::Arc::new(std::io::Error::other(error)),
                    msg: None,
                })
            })
        };
        put(frame
            .get_column_names()
            .iter()
            .map(ToString::to_string)
            .collect())?;
        for row in rows(frame) {
            put(row
                .iter()
                .zip(&text)
                .map(|(value, is_text)| {
                    let cell = plain(value);
                    if *is_text { harmless(cell) } else { cell }
                })
                .collect())?;
        }
        writer.into_inner().map_err(|error| {
            PublishError::Frame(polars::error::PolarsError::IO {
                error: std::sync::Arc::new(error.into_error()),
                msg: None,
            })
        })
    }
}

/// Text that a spreadsheet would run as a formula gets an apostrophe before it.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}
