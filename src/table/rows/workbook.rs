//! Sheets of Excel and OpenDocument workbooks.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Cursor;

use calamine::{
    Data, Dimensions, ExcelDateTime, Reader as _, SheetType, SheetVisible, Sheets,
    open_workbook_auto_from_rs,
};

use super::super::TableError;
use super::super::mapping::{SheetChoice, TableForm};
use super::typed::plain;
use super::{Grid, LOOKED_AT, NumberedCells, declared, header, open_document};
use crate::quiet::quietly;

type Book<'b> = Sheets<Cursor<&'b [u8]>>;

/// Cells of a sheet: by row, the column and text of each that is filled.
type Cells = BTreeMap<u32, Vec<(u32, String)>>;

/// Whether bytes begin as workbooks do: the compound file of XLS, or the archive of the others, which
/// are unpacked before when they are none.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") || bytes.starts_with(b"PK\x03\x04")
}

/// Reads the sheet that the form names, or else the first that looks like the table: one with the
/// columns that the mapping wants, or with more than text in more than one column. Sheets that were
/// passed over are noted; hidden ones are never read unless they are named.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    form: &TableForm,
    wanted: &BTreeSet<&str>,
    notes: &mut Vec<String>,
) -> Result<Grid, TableError> {
    let wrong = |reason: String| TableError::Form {
        file: name.to_owned(),
        reason,
    };
    let mut book = open(name, bytes)?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let list = || {
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        names.join(", ")
    };
    let mut rows_of = |sheet: &str| {
        guarded(|| rows(&mut book, sheet))
            .map_err(|error| wrong(format!("sheet `{sheet}` cannot be read: {error}")))
    };
    if let Some(choice) = &form.sheet {
        let chosen = match choice {
            SheetChoice::Name(name) => sheets.iter().find(|(known, _)| known == name),
            SheetChoice::Number(number) => sheets.get(number.get() - 1),
        };
        let (sheet, _) =
            chosen.ok_or_else(|| wrong(format!("it has no sheet {choice}; it has {}", list())))?;
        notes.push(format!("read sheet `{sheet}`"));
        return Ok(grid(rows_of(sheet)?));
    }
    let (visible, hidden): (Vec<_>, Vec<_>) = sheets.iter().partition(|(_, visible)| *visible);
    let mut chosen: Option<(&str, Vec<NumberedCells>)> = None;
    let (mut passed, mut alike) = (Vec::new(), Vec::new());
    for (sheet, _) in visible {
        let rows = rows_of(sheet)?;
        if !is_the_table(&rows, form, wanted) {
            passed.push(sheet.as_str());
        } else if chosen.is_none() {
            chosen = Some((sheet, rows));
        } else {
            alike.push(sheet.as_str());
        }
    }
    let Some((sheet, rows)) = chosen else {
        let what = if wanted.is_empty() {
            "no visible sheet holds a table".to_owned()
        } else {
            let wanted: Vec<&str> = wanted.iter().copied().collect();
            format!(
                "no visible sheet has the columns of the mapping, {}",
                wanted.join(", ")
            )
        };
        return Err(wrong(format!("{what}; its sheets are {}", list())));
    };
    if sheets.len() > 1 {
        notes.push(format!("read sheet `{sheet}`"));
    }
    for (names, why) in [
        (passed, "it holds no such table"),
        (
            alike,
            "it has such a table too; sheet = \"…\" under [table] chooses it",
        ),
        (
            hidden.iter().map(|(name, _)| name.as_str()).collect(),
            "it is hidden",
        ),
    ] {
        for name in names {
            notes.push(format!("did not read sheet `{name}`: {why}"));
        }
    }
    Ok(grid(rows))
}

/// All sheets with their names and rows.
pub(super) fn all(
    name: &str,
    bytes: &[u8],
) -> Result<Vec<(String, Vec<NumberedCells>)>, TableError> {
    let mut book = open(name, bytes)?;
    let sheets = book.sheet_names();
    sheets
        .into_iter()
        .map(|sheet| match guarded(|| rows(&mut book, &sheet)) {
            Ok(rows) => Ok((sheet, rows)),
            Err(error) => Err(TableError::Form {
                file: name.to_owned(),
                reason: format!("sheet `{sheet}` cannot be read: {error}"),
            }),
        })
        .collect()
}

fn open<'b>(name: &str, bytes: &'b [u8]) -> Result<Book<'b>, TableError> {
    declared::check(bytes)
        .and_then(|()| open_document::check(bytes))
        .map_err(|reason| TableError::Form {
            file: name.to_owned(),
            reason,
        })?;
    guarded(|| open_workbook_auto_from_rs(Cursor::new(bytes))).map_err(|error| TableError::Form {
        file: name.to_owned(),
        reason: format!(
            "it cannot be opened as a workbook: {error}; where it asks for a password, save a copy without one"
        ),
    })
}

/// Runs the parser of workbooks, which stops in a panic at some damaged ones.
fn guarded<T>(parse: impl FnOnce() -> Result<T, calamine::Error>) -> Result<T, String> {
    match quietly(parse) {
        Some(parsed) => parsed.map_err(|error| error.to_string()),
        None => Err("it is damaged".to_owned()),
    }
}

fn grid(rows: Vec<NumberedCells>) -> Grid {
    Grid {
        unit: "row",
        names: None,
        rows,
    }
}

/// Whether rows hold the columns that are wanted; where nothing is known of them, whether some row
/// has a number or a date beside another cell, as a sheet of terms of use has not.
fn is_the_table(rows: &[NumberedCells], form: &TableForm, wanted: &BTreeSet<&str>) -> bool {
    if !wanted.is_empty() || form.hxl {
        let looked_at: Vec<(u64, csv::StringRecord)> = rows
            .iter()
            .take(LOOKED_AT)
            .map(|(number, cells)| (*number, csv::StringRecord::from(cells.as_slice())))
            .collect();
        return header::holds(&looked_at, form, wanted);
    }
    rows.iter().any(|(_, cells)| {
        cells.iter().filter(|cell| !cell.is_empty()).count() > 1
            && cells
                .iter()
                .any(|cell| cell.starts_with(|first: char| first.is_ascii_digit()))
    })
}

/// The rows of a sheet, with merged cells filled over their range.
fn rows(book: &mut Book<'_>, sheet: &str) -> Result<Vec<NumberedCells>, calamine::Error> {
    let mut cells = Cells::new();
    let mut put = |(row, column): (u32, u32), text: String| {
        if !text.is_empty() {
            cells.entry(row).or_default().push((column, text));
        }
    };
    // The forms that declare an extent are read cell by cell: one cell at the far corner of a
    // sheet would else take the memory of a million rows.
    match &mut *book {
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = reader.next_cell()? {
                put(
                    cell.get_position(),
                    text_of(&cell.get_value().clone().into()),
                );
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = reader.next_cell()? {
                put(
                    cell.get_position(),
                    text_of(&cell.get_value().clone().into()),
                );
            }
        }
        other => {
            let range = other.worksheet_range(sheet)?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let at = |start: u32, offset: usize| {
                    start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
                };
                put(
                    (at(first_row, row), at(first_column, column)),
                    text_of(value),
                );
            }
        }
    }
    fill(&mut cells, &merged(book, sheet))?;
    refuse_far_apart(&cells)?;
    Ok(cells
        .into_iter()
        .map(|(row, filled)| {
            let width = filled.iter().map(|(column, _)| *column as usize + 1).max();
            let mut texts = vec![String::new(); width.unwrap_or(0)];
            for (column, text) in filled {
                texts[column as usize] = text;
            }
            (u64::from(row) + 1, texts)
        })
        .collect())
}

fn merged(book: &mut Book<'_>, sheet: &str) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Refuses a sheet whose rows would take far more memory as rows of cells than their cells do: one
/// cell in the last column of each of a million rows is a small file.
fn refuse_far_apart(cells: &Cells) -> Result<(), calamine::Error> {
    const MANY: u64 = 20_000_000;
    const EMPTY_BESIDE_ONE: u64 = 50;
    let (mut filled, mut spread) = (0_u64, 0_u64);
    for row in cells.values() {
        let width = row.iter().map(|(column, _)| u64::from(*column) + 1).max();
        filled += row.len() as u64;
        spread += width.unwrap_or(0);
    }
    if spread > MANY && spread / EMPTY_BESIDE_ONE > filled {
        return Err(calamine::Error::Msg(
            "its cells lie far apart, with millions of empty ones between them; delete what stands far to the right, or save it as CSV",
        ));
    }
    Ok(())
}

/// Writes the text of each merged range into all its cells, as far as the sheet is filled.
fn fill(cells: &mut Cells, merged: &[Dimensions]) -> Result<(), calamine::Error> {
    /// More cells than people merge.
    const MANY: u64 = 1_000_000;
    let mut left = MANY;
    let Some(last_row) = cells.keys().next_back().copied() else {
        return Ok(());
    };
    let widest = cells.values().flatten().map(|(column, _)| *column).max();
    let last_column = widest.unwrap_or(0);
    for range in merged {
        let (row, column) = range.start;
        let Some(text) = cells.get(&row).and_then(|filled| {
            let cell = filled.iter().find(|(at, _)| *at == column)?;
            Some(cell.1.clone())
        }) else {
            continue;
        };
        let (end_row, end_column) = (range.end.0.min(last_row), range.end.1.min(last_column));
        let rows = u64::from((end_row + 1).saturating_sub(row));
        let columns = u64::from((end_column + 1).saturating_sub(column));
        left = left.checked_sub(rows * columns).ok_or(calamine::Error::Msg(
            "more than a million of its cells are merged; take the merging away, or save it as CSV",
        ))?;
        for row in row..=end_row {
            let filled = cells.entry(row).or_default();
            let known: HashSet<u32> = filled.iter().map(|(at, _)| *at).collect();
            let empty = (column..=end_column).filter(|at| !known.contains(at));
            filled.extend(empty.map(|at| (at, text.clone())));
        }
    }
    Ok(())
}

/// A cell as text: whole numbers without a point, days and times in the form of ISO 8601.
fn text_of(value: &Data) -> String {
    match value {
        Data::Float(number) => plain(*number),
        Data::DateTime(instant) => instant_text(instant),
        other => other.to_string().trim().to_owned(),
    }
}

fn instant_text(instant: &ExcelDateTime) -> String {
    match instant.as_datetime() {
        Some(time) if instant.is_datetime() => {
            let is_day = time.time() == chrono::NaiveTime::MIN;
            time.format(if is_day {
                "%Y-%m-%d"
            } else {
                "%Y-%m-%dT%H:%M:%S"
            })
            .to_string()
        }
        _ => plain(instant.as_f64()),
    }
}
