//! Which of the first rows is the header.

use std::collections::BTreeSet;

use super::super::TableError;
use super::super::hxl::{self, Tagged};
use super::super::mapping::TableForm;
use super::{NumberedRow, guess};

/// A header, and where the data begins.
pub(super) struct Found {
    pub(super) names: Vec<String>,
    /// How many of the rows that were looked at are before the first row of data.
    pub(super) data: usize,
    /// What was found out, for people.
    pub(super) notes: Vec<String>,
    /// The HXL tags, where the form says that there are some.
    pub(super) tagged: Option<Tagged>,
}

/// Between the parts of a name that stands in several rows.
const JOINT: &str = " / ";

/// The most rows that one header is looked for in.
const MOST_LINES: usize = 3;

/// Finds the header: in the rows that the form names, else where all wanted columns are, else where
/// a header may be.
pub(super) fn find(
    rows: &[NumberedRow],
    unit: &str,
    form: &TableForm,
    wanted: &BTreeSet<&str>,
) -> Result<Found, TableError> {
    if form.hxl {
        return by_tags(rows, form);
    }
    let (first, last) = if form.header.is_empty() {
        match place(rows, wanted) {
            Some(place) => place,
            None => {
                let found = guess::find(&texts(rows));
                (found.top, found.header)
            }
        }
    } else {
        let at = |wanted: u64| {
            rows.iter()
                .position(|(number, _)| *number == wanted)
                .ok_or_else(|| {
                    TableError::Misfit(format!(
                        "`header` names {unit} {wanted}, where no row begins; they are counted from 1"
                    ))
                })
        };
        let places: Vec<usize> = form
            .header
            .iter()
            .map(|number| at(*number))
            .collect::<Result<_, _>>()?;
        let first = places.iter().min().copied().unwrap_or(0);
        (first, places.iter().max().copied().unwrap_or(first))
    };
    let names = names(&rows[first..=last]);
    let mut notes = Vec::new();
    if form.header.is_empty() && last > 0 {
        let (from, to) = (rows[first].0, rows[last].0);
        notes.push(if first == last {
            format!("found the header in {unit} {from}")
        } else {
            format!("found the header in {unit}s {from} to {to}")
        });
    }
    let mut data = last + 1;
    match form.first {
        Some(number) if number <= rows[last].0 => {
            return Err(TableError::Misfit(format!(
                "`first` is {unit} {number}, and the header stands in {unit} {}",
                rows[last].0
            )));
        }
        Some(number) => {
            while rows.get(data).is_some_and(|(at, _)| *at < number) {
                data += 1;
            }
        }
        None => {
            if let Some((number, row)) = rows.get(data)
                && guess::are_tags(row.iter())
            {
                notes.push(format!("{unit} {number} holds HXL tags"));
                data += 1;
            }
        }
    }
    Ok(Found {
        names,
        data,
        notes,
        tagged: None,
    })
}

/// The names that the form lists for a table without a header: where the first row names none of the
/// wanted columns, no other names all of them, and the first row has a cell for each name.
pub(super) fn missing<'f>(
    rows: &[NumberedRow],
    form: &'f TableForm,
    wanted: &BTreeSet<&str>,
) -> Option<&'f [String]> {
    let (_, first) = rows.first()?;
    let fits = !form.names.is_empty()
        && first.len() == form.names.len()
        && !first.iter().any(|cell| wanted.contains(cell.trim()))
        && !holds(rows, form, wanted);
    fits.then_some(&form.names)
}

/// The header above the row of HXL tags.
fn by_tags(rows: &[NumberedRow], form: &TableForm) -> Result<Found, TableError> {
    if !form.header.is_empty() || form.first.is_some() {
        return Err(TableError::Misfit(
            "the row of HXL tags says where the header and the data are; remove `header` and `first`, or `hxl`".to_owned(),
        ));
    }
    let tagged = hxl::find(&texts(rows)).map_err(|error| TableError::Misfit(error.to_string()))?;
    Ok(Found {
        names: tagged.names(),
        data: tagged.first_data_row - 1,
        notes: Vec::new(),
        tagged: Some(tagged),
    })
}

fn texts(rows: &[NumberedRow]) -> Vec<Vec<String>> {
    rows.iter()
        .map(|(_, row)| row.iter().map(ToOwned::to_owned).collect())
        .collect()
}

/// Whether the wanted columns are in some header of these rows.
pub(super) fn holds(rows: &[NumberedRow], form: &TableForm, wanted: &BTreeSet<&str>) -> bool {
    if form.hxl {
        return hxl::find(&texts(rows)).is_ok();
    }
    if form.header.is_empty() {
        return place(rows, wanted).is_some();
    }
    let chosen: Vec<NumberedRow> = rows
        .iter()
        .filter(|(number, _)| form.header.contains(number))
        .cloned()
        .collect();
    has(&names(&chosen), wanted)
}

/// The first row, or the fewest rows together, whose cells name all wanted columns.
fn place(rows: &[NumberedRow], wanted: &BTreeSet<&str>) -> Option<(usize, usize)> {
    if wanted.is_empty() {
        return None;
    }
    (1..=MOST_LINES).find_map(|lines| {
        rows.windows(lines)
            .position(|rows| has(&names(rows), wanted))
            .map(|first| (first, first + lines - 1))
    })
}

fn has(names: &[String], wanted: &BTreeSet<&str>) -> bool {
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    wanted.is_subset(&names)
}

/// The names that stand in one row, or in several: what stands above a group of columns is put
/// before the name of each.
fn names(rows: &[NumberedRow]) -> Vec<String> {
    joined(&texts(rows))
}

/// As [`names`], of rows without their numbers.
pub(in crate::table) fn joined(rows: &[Vec<String>]) -> Vec<String> {
    let Some((last, above)) = rows.split_last() else {
        return Vec::new();
    };
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |row: &[String], column: usize| {
        row.get(column)
            .map_or_else(String::new, |cell| one_line(cell))
    };
    let mut groups = vec![String::new(); above.len()];
    (0..width)
        .map(|column| {
            let own = cell(last, column);
            let mut parts: Vec<&str> = Vec::new();
            for (row, group) in above.iter().zip(&mut groups) {
                let text = cell(row, column);
                if !text.is_empty() {
                    *group = text;
                }
            }
            parts.extend(groups.iter().map(String::as_str));
            parts.push(&own);
            // A cell that is merged down its column says the same in each row.
            parts.dedup();
            parts.retain(|part| !part.is_empty());
            parts.join(JOINT)
        })
        .collect()
}

/// A name without breaks of lines, and without blanks at its ends.
fn one_line(text: &str) -> String {
    if text.contains(['\n', '\r']) {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.trim().to_owned()
    }
}
