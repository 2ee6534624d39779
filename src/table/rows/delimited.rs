//! Delimited text: commas, semicolons, tabs or bars.

use std::io::{self, BufRead as _};

use super::super::TableError;
use super::super::mapping::TableForm;
use super::LOOKED_AT;
use super::text::{Decoded, Text};
use super::unpack::unreadable;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The longest row that is read: shapes of places may stand in cells, and take some megabytes.
const LONGEST: u64 = 64 << 20;

/// The rows of a text, with the lines in which they begin.
pub(super) struct Rows<'t>(csv::Reader<ByRows<'t>>);

/// A text that ends in an error where a row has no end, since a row is held in memory.
struct ByRows<'t> {
    text: Decoded<'t>,
    /// Bytes that were read since a row began.
    since: u64,
}

impl io::Read for ByRows<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.text.read(into)?;
        self.since += count as u64;
        if self.since > LONGEST {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!(
                    "a row is longer than {} MB, as where a quotation mark is never closed or lines have no ends",
                    LONGEST >> 20
                ),
            ));
        }
        Ok(count)
    }
}

/// Reads the rows of a text.
///
/// # Errors
/// When the delimiter of the form is none, or the bytes cannot be read.
pub(super) fn rows<'t>(
    name: &str,
    text: &'t Text<'_>,
    form: &TableForm,
) -> Result<Rows<'t>, TableError> {
    let unread = |error| unreadable(name, error);
    let delimiter = match form.delimiter {
        Some(delimiter) => u8::try_from(delimiter).map_err(|_| {
            TableError::Misfit(format!("the delimiter `{delimiter}` is not a single byte"))
        })?,
        None => find_delimiter(text).map_err(unread)?,
    };
    parted_by(text, delimiter).map_err(unread)
}

impl Rows<'_> {
    /// Reads the next row and tells the line in which it begins, counted from 1 as editors do; nothing
    /// at the end.
    pub(super) fn read(&mut self, record: &mut csv::StringRecord) -> csv::Result<Option<u64>> {
        self.0.get_mut().since = 0;
        if !self.0.read_record(record)? {
            return Ok(None);
        }
        // The reader's own count of where a row begins stands before the empty lines above it. A
        // quotation that is never closed ends without the end of a line.
        let within = record.as_slice().bytes().filter(|byte| *byte == b'\n');
        let from_its_end = self
            .0
            .position()
            .line()
            .saturating_sub(1 + within.count() as u64);
        let not_before = record.position().map_or(0, csv::Position::line);
        Ok(Some(from_its_end.max(not_before)))
    }
}

/// Whether a text has an odd number of quotation marks, so that one is never closed.
pub(super) fn has_open_quotation(text: &Text<'_>) -> io::Result<bool> {
    let mut is_open = false;
    let mut from = io::BufReader::new(text.open()?);
    loop {
        let bytes = from.fill_buf()?;
        if bytes.is_empty() {
            return Ok(is_open);
        }
        is_open ^= bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
        let count = bytes.len();
        from.consume(count);
    }
}

fn parted_by<'t>(text: &'t Text<'_>, delimiter: u8) -> io::Result<Rows<'t>> {
    const BUFFER: usize = 1 << 16;
    let reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(BUFFER)
        .from_reader(ByRows {
            text: text.open()?,
            since: 0,
        });
    Ok(Rows(reader))
}

/// The character that parts the first rows into the most cells, the same number in most of them.
fn find_delimiter(text: &Text<'_>) -> io::Result<u8> {
    let score = |delimiter: u8| -> io::Result<usize> {
        let mut widths: Vec<usize> = parted_by(text, delimiter)?
            .0
            .into_records()
            .take(LOOKED_AT)
            .map_while(Result::ok)
            .map(|record| record.len())
            .filter(|width| *width > 1)
            .collect();
        widths.sort_unstable();
        let alike = widths.chunk_by(|a, b| a == b);
        let scores = alike.map(|alike| alike.len() * alike[0]);
        Ok(scores.max().unwrap_or(0))
    };
    let mut best = (0, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let score = score(delimiter)?;
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    Ok(best.1)
}
