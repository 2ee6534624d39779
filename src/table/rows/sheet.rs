//! The cells of one sheet of a workbook, as rows of texts.

use std::collections::{BTreeMap, HashSet};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader as _, Sheets};

use super::doubt::{Doubt, Doubts};
use super::open_document::Facts;
use super::typed::plain;
use super::workbook::Book;
use super::{NumberedCells, number_format};

/// Cells of a sheet: by row, the column and text of each that is filled.
type Cells = BTreeMap<u32, Vec<(u32, String)>>;

/// A sheet as it was read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its rows, as long as their last cell that is filled.
    pub(super) rows: Vec<NumberedCells>,
    /// Cells whose text is no number to record.
    pub(super) doubts: Doubts,
}

/// Reads a sheet, with merged cells filled over their range. `facts` is what the content of an OpenDocument
/// says of it beside its values.
pub(super) fn read(
    book: &mut Book<'_>,
    name: &str,
    facts: Option<&Facts>,
) -> Result<Sheet, calamine::Error> {
    let mut cells = Cells::new();
    let mut doubts = facts.map_or_else(Doubts::default, |facts| facts.doubts.clone());
    let mut put = |(row, column): (u32, u32), value: &Data, format: Option<Doubt>| {
        let doubt = match value {
            Data::DateTime(instant) if instant.is_duration() => Some(Doubt::Duration),
            Data::Float(_) | Data::Int(_) => format,
            _ => None,
        };
        if let Some(doubt) = doubt {
            doubts.put(row, column, doubt);
        }
        let text = text_of(value);
        if !text.is_empty() {
            cells.entry(row).or_default().push((column, text));
        }
    };
    let mut may_lack_results = false;
    // The forms that declare an extent are read cell by cell: one cell at the far corner of a
    // sheet would else take the memory of a million rows.
    match &mut *book {
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(name)?;
            let formats: Vec<Option<Doubt>> = reader
                .styles()
                .iter()
                .map(|style| number_format::doubt(&style.number_format.as_ref()?.format_code))
                .collect();
            while let Some((cell, style)) = reader.next_cell_with_style_id()? {
                let value: Data = cell.get_value().clone().into();
                may_lack_results |= value == Data::Empty;
                put(
                    cell.get_position(),
                    &value,
                    formats.get(style).copied().flatten(),
                );
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(name)?;
            while let Some(cell) = reader.next_cell()? {
                put(cell.get_position(), &cell.get_value().clone().into(), None);
            }
        }
        other => {
            let range = other.worksheet_range(name)?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let at = |start: u32, offset: usize| {
                    start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
                };
                put((at(first_row, row), at(first_column, column)), value, None);
            }
        }
    }
    if may_lack_results {
        put_unsaved(book, name, &mut doubts)?;
    }
    fill(&mut cells, &merged(book, name, facts), &mut doubts)?;
    refuse_far_apart(&cells)?;
    let rows = cells
        .into_iter()
        .map(|(row, filled)| {
            let width = filled.iter().map(|(column, _)| *column as usize + 1).max();
            let mut texts = vec![String::new(); width.unwrap_or(0)];
            for (column, text) in filled {
                texts[column as usize] = text;
            }
            (u64::from(row) + 1, texts)
        })
        .collect();
    Ok(Sheet { rows, doubts })
}

/// Notes the formulas without a result, as programs write them that do not reckon.
fn put_unsaved(
    book: &mut Book<'_>,
    name: &str,
    doubts: &mut Doubts,
) -> Result<(), calamine::Error> {
    let Sheets::Xlsx(book) = book else {
        return Ok(());
    };
    let mut reader = book.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            doubts.put(cell.pos.0, cell.pos.1, Doubt::Unsaved);
        }
    }
    Ok(())
}

fn merged(book: &mut Book<'_>, sheet: &str, facts: Option<&Facts>) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Ods(_) => facts.map_or_else(Vec::new, |facts| facts.merged.clone()),
        Sheets::Xlsb(_) => Vec::new(),
    }
}

/// Refuses a sheet whose rows would take far more memory as rows of cells than their cells do: one
/// cell in the last column of each of a million rows is a small file.
fn refuse_far_apart(cells: &Cells) -> Result<(), calamine::Error> {
    const MANY: u64 = 5_000_000;
    const EMPTY_BESIDE_ONE: u64 = 50;
    /// As many columns as a sheet of any form has. The binary ones can name others.
    const COLUMNS: u64 = 16_384;
    let (mut filled, mut spread) = (0_u64, 0_u64);
    for row in cells.values() {
        let width = row.iter().map(|(column, _)| u64::from(*column) + 1).max();
        if width > Some(COLUMNS) {
            return Err(calamine::Error::Msg(
                "it is damaged: one of its cells stands in a column that no sheet has; open it and save it again",
            ));
        }
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

/// Writes the text of each merged range into all its cells, as far as the sheet is filled. A label is of all of
/// them; whether a number is, nobody knows.
fn fill(
    cells: &mut Cells,
    merged: &[Dimensions],
    doubts: &mut Doubts,
) -> Result<(), calamine::Error> {
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
        // A long text takes as much as many cells.
        let taken = (rows * columns).saturating_mul(1 + text.len() as u64 / 64);
        left = left.checked_sub(taken).ok_or(calamine::Error::Msg(
            "more than a million of its cells are merged; take the merging away, or save it as CSV",
        ))?;
        for row in row..=end_row {
            let filled = cells.entry(row).or_default();
            let known: HashSet<u32> = filled.iter().map(|(at, _)| *at).collect();
            let empty = (column..=end_column).filter(|at| !known.contains(at));
            filled.extend(empty.map(|at| (at, text.clone())));
            if rows * columns > 1 {
                for column in column..=end_column {
                    doubts.put(row, column, Doubt::Merged(*range));
                }
            }
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
