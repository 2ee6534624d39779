//! Workbooks of Excel and OpenDocument: opening them, and the sheet that is meant.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::io::Cursor;

use calamine::{
    Ods, OdsError, Reader as _, SheetType, SheetVisible, Sheets, Xls, XlsError, Xlsb, Xlsx,
    XlsxError, open_workbook_auto_from_rs,
};

use super::super::TableError;
use super::super::mapping::{SheetChoice, TableForm};
use super::open_document::{self, Facts};
use super::sheet::{self, Sheet};
use super::{Grid, LOOKED_AT, NumberedCells, declared, header, hidden, raised};
use crate::figure::counted;
use crate::quiet::quietly;

/// A workbook in the hands of its parser.
pub(super) type Book<'b> = Sheets<Cursor<&'b [u8]>>;

/// Whether bytes begin as workbooks do: the compound file of XLS, or the archive of the others, which
/// are unpacked before when they are none.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") || is_archive(bytes)
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
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
    let bytes = checked(bytes).map_err(wrong)?;
    let mut book = Opened::new(name, &bytes)?;
    let sheets: Vec<(String, bool)> = book
        .book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let list = || {
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        names.join(", ")
    };
    if let Some(choice) = &form.sheet {
        let chosen = match choice {
            SheetChoice::Name(name) => sheets.iter().find(|(known, _)| known == name),
            SheetChoice::Number(number) => sheets.get(number.get() - 1),
        };
        let (sheet, _) =
            chosen.ok_or_else(|| wrong(format!("it has no sheet {choice}; it has {}", list())))?;
        notes.push(format!("read sheet `{sheet}`"));
        let read = book.sheet(name, sheet)?;
        notes.extend(book.tell_hidden(sheet));
        return Ok(grid(read));
    }
    let (visible, hidden): (Vec<_>, Vec<_>) = sheets.iter().partition(|(_, visible)| *visible);
    let mut chosen: Option<(&str, Sheet)> = None;
    let (mut passed, mut alike) = (Vec::new(), Vec::new());
    for (sheet, _) in visible {
        let read = book.sheet(name, sheet)?;
        if !is_the_table(&read.rows, form, wanted) {
            passed.push(sheet.as_str());
        } else if chosen.is_none() {
            chosen = Some((sheet, read));
        } else {
            alike.push(sheet.as_str());
        }
    }
    let Some((sheet, read)) = chosen else {
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
    notes.extend(book.tell_hidden(sheet));
    Ok(grid(read))
}

/// All sheets with their names and rows.
pub(super) fn all(
    name: &str,
    bytes: &[u8],
) -> Result<Vec<(String, Vec<NumberedCells>)>, TableError> {
    let bytes = checked(bytes).map_err(|reason| TableError::Form {
        file: name.to_owned(),
        reason,
    })?;
    let mut book = Opened::new(name, &bytes)?;
    let sheets = book.book.sheet_names();
    sheets
        .into_iter()
        .map(|sheet| {
            let read = book.sheet(name, &sheet)?;
            Ok((sheet, read.rows))
        })
        .collect()
}

/// The bytes of a workbook that its parser can be given, with raised digits written as such.
fn checked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    declared::check(bytes)?;
    raised::written(bytes)
}

/// An open workbook, with what its parser does not tell.
struct Opened<'b> {
    bytes: &'b [u8],
    book: Book<'b>,
    /// What the content of an OpenDocument says of each sheet; none of another workbook.
    facts: Option<HashMap<String, Facts>>,
}

impl<'b> Opened<'b> {
    fn new(name: &str, bytes: &'b [u8]) -> Result<Self, TableError> {
        let wrong = |reason: String| TableError::Form {
            file: name.to_owned(),
            reason,
        };
        let facts = open_document::facts(bytes).map_err(wrong)?;
        let from = || Cursor::new(bytes);
        let book = guarded(|| match &facts {
            Some(_) => Ok(Sheets::Ods(Ods::new(from())?)),
            None => open_workbook_auto_from_rs(from()).map_err(|error| why(bytes).unwrap_or(error)),
        })
        .map_err(|error| wrong(format!("it cannot be opened as a workbook: {error}")))?;
        Ok(Self { bytes, book, facts })
    }

    fn sheet(&mut self, name: &str, sheet: &str) -> Result<Sheet, TableError> {
        let facts = self.facts.as_ref().and_then(|facts| facts.get(sheet));
        guarded(|| sheet::read(&mut self.book, sheet, facts)).map_err(|error| TableError::Form {
            file: name.to_owned(),
            reason: format!("sheet `{sheet}` cannot be read: {error}"),
        })
    }

    /// What people should know of rows that a spreadsheet program does not show.
    fn tell_hidden(&self, sheet: &str) -> Option<String> {
        let count = match (&self.facts, &self.book) {
            (Some(facts), _) => facts.get(sheet)?.hidden,
            (None, Sheets::Xlsx(_)) => hidden::rows(self.bytes, sheet),
            _ => 0,
        };
        (count > 0).then(|| {
            format!(
                "{} hidden in sheet `{sheet}`, and read like the others",
                counted(count, "row is", "rows are")
            )
        })
    }
}

/// Why a workbook of Excel cannot be opened, which the parser of any form does not tell.
fn why(bytes: &[u8]) -> Option<calamine::Error> {
    let from = || Cursor::new(bytes);
    // Under a password the newer form lies in the compound file of the old one.
    match Xlsx::new(from()) {
        Err(XlsxError::Password) => return Some(XlsxError::Password.into()),
        Err(error) if is_archive(bytes) => {
            // The binary form lacks what the other one begins with.
            return match Xlsb::new(from()) {
                Err(binary) if matches!(error, XlsxError::FileNotFound(_)) => Some(binary.into()),
                _ => Some(error.into()),
            };
        }
        _ => {}
    }
    Xls::new(from()).err().map(calamine::Error::from)
}

/// Runs the parser of workbooks, which stops in a panic at some damaged ones.
fn guarded<T>(parse: impl FnOnce() -> Result<T, calamine::Error>) -> Result<T, String> {
    match quietly(parse) {
        Some(Err(
            calamine::Error::Xls(XlsError::Password)
            | calamine::Error::Xlsx(XlsxError::Password)
            | calamine::Error::Ods(OdsError::Password),
        )) => Err("it asks for a password; save a copy without one".to_owned()),
        Some(parsed) => parsed.map_err(|error| error.to_string()),
        None => Err("it is damaged".to_owned()),
    }
}

fn grid(sheet: Sheet) -> Grid {
    Grid {
        unit: "row",
        names: None,
        rows: sheet.rows,
        doubts: sheet.doubts,
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
