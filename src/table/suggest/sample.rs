//! What a drafter sees of a table: the header, the tags, and rows from both ends of the file.

use std::collections::{BTreeSet, VecDeque};

use super::lists;
use crate::ledger::Capture;
use crate::table::rows::{File, NumberedCells, guess, header};
use crate::table::{TableError, TableForm};

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
    /// Rows of the header, as `[table] header` counts; none where the form has names apart from rows.
    pub header: Vec<u64>,
    /// Row of the first data, where it is not the one after the header.
    pub first: Option<u64>,
    /// The keys that lead to the list, where the file holds several.
    pub path: Option<String>,
    /// A title that stands above the header.
    pub title: Option<String>,
    /// How many rows of data there are in the whole file.
    pub rows: u64,
}

impl Form {
    /// The value of `[table] header`, where the header is not the first row.
    pub(super) fn header_value(&self) -> Option<String> {
        match self.header.as_slice() {
            [] | [1] => None,
            [row] => Some(row.to_string()),
            rows => Some(format!("{rows:?}")),
        }
    }
}

impl Sample<'_> {
    /// The text of a cell, trimmed; empty where the row ends before it.
    pub(super) fn cell(row: &[String], column: usize) -> &str {
        row.get(column).map_or("", |cell| cell.trim())
    }
}

/// Takes a sample of a file, with what was decided about its form, for people.
///
/// `path` leads to a list of JSON, as `[table] path` does. When it is not given and there are several,
/// the list that alone holds numbers is taken.
///
/// # Errors
/// When the file cannot be unpacked or decoded, it does not tell which list is meant, or there is no
/// row of data.
pub fn sample<'c>(
    capture: &'c Capture,
    path: Option<&str>,
) -> Result<(Sample<'c>, Vec<String>), TableError> {
    match of_list(capture, path) {
        Err(TableError::Lists { paths, .. }) => lists::choose(capture, &paths),
        sampled => sampled,
    }
}

/// Takes a sample of the list at the end of a path, or of the one table that there is.
pub(super) fn of_list<'c>(
    capture: &'c Capture,
    path: Option<&str>,
) -> Result<(Sample<'c>, Vec<String>), TableError> {
    let file = capture.name.as_str();
    let form = TableForm {
        path: path.map(ToOwned::to_owned),
        ..TableForm::default()
    };
    let opened = File::open(capture, &form, &BTreeSet::new())?;
    let mut rows = opened.rows(&form)?;
    let mut top = Vec::new();
    let head = match opened.names() {
        Some(names) => Head {
            names: names.to_vec(),
            ..Head::default()
        },
        None => {
            for row in rows.by_ref().take(HEADER_WITHIN) {
                top.push(row?);
            }
            head(file, &mut top)?
        }
    };
    let mut first: Vec<Vec<String>> = Vec::new();
    let mut last: VecDeque<Vec<String>> = VecDeque::new();
    let mut count = 0;
    for row in top.into_iter().map(Ok).chain(rows) {
        let (_, row) = row?;
        count += 1;
        if first.len() < KEPT {
            first.push(row);
            continue;
        }
        if last.len() == KEPT {
            last.pop_front();
        }
        last.push_back(row);
    }
    first.extend(last);
    if count == 0 {
        return Err(TableError::Empty(file.to_owned()));
    }
    let sample = Sample {
        file,
        header: head.names,
        tags: head.tags,
        rows: first,
        form: Form {
            rows: count,
            path: form.path,
            ..head.form
        },
    };
    Ok((sample, opened.notes().to_vec()))
}

/// The header of a table: its names, its tags, and where it stands.
#[derive(Default)]
struct Head {
    names: Vec<String>,
    tags: Vec<Option<String>>,
    form: Form,
}

/// The header, which is taken from the first rows with all before it.
fn head(file: &str, rows: &mut Vec<NumberedCells>) -> Result<Head, TableError> {
    let (numbers, top): (Vec<u64>, Vec<Vec<String>>) = rows.iter().cloned().unzip();
    let found = guess::find(&top);
    if found.first >= top.len() {
        return Err(TableError::Empty(file.to_owned()));
    }
    rows.drain(..found.first);
    let names = header::joined(&top[found.top..=found.header]);
    let tags = found.tags.map_or_else(Vec::new, |row| {
        top[row].iter().map(|cell| guess::tag(cell)).collect()
    });
    let form = Form {
        header: numbers[found.top..=found.header].to_vec(),
        first: (found.first != found.header + 1).then_some(numbers[found.first]),
        title: guess::title(&top[..found.top]),
        ..Form::default()
    };
    Ok(Head { names, tags, form })
}
