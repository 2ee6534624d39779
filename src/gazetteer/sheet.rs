//! The rows of text that a gazetteer's file holds: one table in CSV, several in a workbook.

use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};

use super::GazetteerError;

/// A table of text cells.
pub(super) struct Sheet {
    /// Its name; empty for a file that is one table.
    pub(super) name: String,
    /// Its rows that are not empty, each with its line, counted from 1.
    pub(super) rows: Vec<(u64, Vec<String>)>,
}

/// All tables of a file.
pub(super) fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, GazetteerError> {
    // XLSX and ODS are archives, XLS is a compound document.
    const ZIP: &[u8] = b"PK";
    const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    if bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND) {
        workbook(bytes)
    } else {
        text(bytes).map(|sheet| vec![sheet])
    }
    .map_err(|detail| GazetteerError::Unreadable {
        file: file.to_owned(),
        detail,
    })
}

fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let mut workbook =
        open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let range = workbook
            .worksheet_range(&name)
            .map_err(|error| format!("sheet `{name}`: {error}"))?;
        let mut line = range.start().map_or(0, |(row, _)| u64::from(row));
        let mut rows = Vec::new();
        for row in range.rows() {
            line += 1;
            let cells: Vec<String> = row.iter().map(cell).collect();
            if !is_empty(&cells) {
                rows.push((line, cells));
            }
        }
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

/// A cell as text; codes that are stored as numbers have no decimals.
fn cell(data: &Data) -> String {
    data.to_string().trim().to_owned()
}

fn text(bytes: &[u8]) -> Result<Sheet, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!(
            "line {line} is not UTF-8; save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\")"
        )
    })?;
    // With line ends of two characters, the reader of CSV counts lines from the second.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let header = text.lines().next().unwrap_or_default();
    let delimiter = *[b',', b';', b'\t']
        .iter()
        .max_by_key(|mark| header.bytes().filter(|byte| byte == *mark).count())
        .unwrap_or(&b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(ToOwned::to_owned).collect();
        if !is_empty(&cells) {
            rows.push((line, cells));
        }
    }
    Ok(Sheet {
        name: String::new(),
        rows,
    })
}

fn is_empty(cells: &[String]) -> bool {
    cells.iter().all(String::is_empty)
}
