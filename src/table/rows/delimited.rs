//! Delimited text: commas, semicolons, tabs or bars.

use super::super::TableError;
use super::super::mapping::TableForm;
use super::LOOKED_AT;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A reader of the rows of a text.
pub(super) fn reader<'t>(
    text: &'t str,
    form: &TableForm,
) -> Result<csv::Reader<&'t [u8]>, TableError> {
    let delimiter = match form.delimiter {
        Some(delimiter) => u8::try_from(delimiter).map_err(|_| {
            TableError::Misfit(format!("the delimiter `{delimiter}` is not a single byte"))
        })?,
        None => find_delimiter(text),
    };
    Ok(parted_by(text, delimiter))
}

/// The line in which a row begins, counted from 1 as editors do. The reader's own count stands before
/// the empty lines above the row, and between the two letters of a break that Windows writes.
pub(super) fn line(text: &str, record: &csv::StringRecord) -> u64 {
    let Some(position) = record.position() else {
        return 0;
    };
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let skipped = text.as_bytes().get(from..).unwrap_or_default();
    let breaks = skipped
        .iter()
        .take_while(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|byte| **byte == b'\n');
    position.line() + breaks.count() as u64
}

fn parted_by(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The character that parts the first rows into the most cells, the same number in most of them.
fn find_delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut widths: Vec<usize> = parted_by(text, delimiter)
            .into_records()
            .take(LOOKED_AT)
            .map_while(Result::ok)
            .map(|record| record.len())
            .filter(|width| *width > 1)
            .collect();
        widths.sort_unstable();
        widths
            .chunk_by(|a, b| a == b)
            .map(|alike| alike.len() * alike[0])
            .max()
            .unwrap_or(0)
    };
    DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| score(*delimiter))
        .unwrap_or(b',')
}
