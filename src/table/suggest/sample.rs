//! What a drafter sees of a table: the header, the tags, and rows from both ends of the file.

use std::collections::VecDeque;

use super::header;
use crate::table::TableError;
use crate::table::file::text;

/// Rows kept from each end of a table.
const KEPT: usize = 500;

/// Rows among which the header is looked for.
const HEADER_WITHIN: usize = 25;

/// A part of a table that stands for the whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sample<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// Names of the columns.
    pub header: Vec<String>,
    /// HXL tag of each column in its canonical form; empty where the table has no tags.
    pub tags: Vec<Option<String>>,
    /// The first and the last rows of data, up to a thousand.
    pub rows: Vec<Vec<String>>,
    /// Where they were found.
    pub form: Form,
}

/// The form in which a table was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// Row of the header, counted from 1, as `[table] header` counts.
    pub header: usize,
    /// Row of the first data, where it is not the one after the header.
    pub first: Option<usize>,
    /// Character between columns, where it is not a comma.
    pub delimiter: Option<char>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// A title that stands above the header.
    pub title: Option<String>,
    /// How many rows of data there are in the whole file.
    pub rows: u64,
}

impl Sample<'_> {
    /// The text of a cell, trimmed; empty where the row ends before it.
    pub(super) fn cell(row: &[String], column: usize) -> &str {
        row.get(column).map_or("", |cell| cell.trim())
    }
}

/// Takes a sample of a delimited file.
///
/// # Errors
/// When the bytes cannot be decoded, or there is no row of data.
pub fn sample<'a>(file: &'a str, bytes: &[u8]) -> Result<Sample<'a>, TableError> {
    let text = text(file, bytes)?;
    let delimiter = delimiter(&text);
    let mut records = records(&text, delimiter);
    let mut top: Vec<Vec<String>> = records.by_ref().take(HEADER_WITHIN).collect();
    let found = header::find(&top);
    if found.first >= top.len() {
        return Err(TableError::Empty(file.to_owned()));
    }
    let mut rows = top.split_off(found.first);
    let mut last: VecDeque<Vec<String>> = VecDeque::new();
    let mut count = rows.len() as u64;
    for record in records {
        count += 1;
        if rows.len() < KEPT {
            rows.push(record);
            continue;
        }
        if last.len() == KEPT {
            last.pop_front();
        }
        last.push_back(record);
    }
    rows.extend(last);
    let header: Vec<String> = top[found.header]
        .iter()
        .map(|name| name.trim().to_owned())
        .collect();
    let tags = found.tags.map_or_else(Vec::new, |row| {
        top[row].iter().map(|cell| header::tag(cell)).collect()
    });
    Ok(Sample {
        file,
        header,
        tags,
        form: Form {
            header: found.header + 1,
            first: (found.first != found.header + 1).then_some(found.first + 1),
            delimiter: (delimiter != b',').then_some(delimiter as char),
            sheet: None,
            title: header::title(&top[..found.header]),
            rows: count,
        },
        rows,
    })
}

/// The rows of a text; what cannot be read as one is passed over, for the reader will name it.
fn records(text: &str, delimiter: u8) -> impl Iterator<Item = Vec<String>> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records()
        .filter_map(Result::ok)
        .map(|record| record.iter().map(ToOwned::to_owned).collect())
}

/// The character that parts the first rows into most columns.
fn delimiter(text: &str) -> u8 {
    let columns = |mark: u8| -> usize {
        records(text, mark)
            .take(HEADER_WITHIN)
            .map(|record| record.len().saturating_sub(1))
            .sum()
    };
    // The first of equals: a file of one column has no delimiter, and a comma does no harm.
    let mut best = (columns(b','), b',');
    for mark in [b';', b'\t', b'|'] {
        let found = columns(mark);
        if found > best.0 {
            best = (found, mark);
        }
    }
    best.1
}
