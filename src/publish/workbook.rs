//! A workbook for Excel and LibreOffice: typed cells, a chart of the table, notes and sources.

use std::collections::HashSet;

use chrono::{Datelike as _, NaiveDate};
use polars::prelude::{AnyValue, DataFrame, DataType};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, Worksheet,
    XlsxError,
};

use super::cite::Pin;
use super::frame::{plain, rows};
use super::sources::Sources;
use super::{Along, Form, PublishError};

pub(super) struct Workbook;

/// Name of the sheet that holds the table.
const DATA: &str = "Data";

/// More bars than these are no chart.
const MOST_BARS: usize = 30;

/// Tables of more rows are written row by row to disk, so as not to stand in memory twice.
const LARGE: usize = 10_000;

/// Letters that a cell holds at most.
const CELL: usize = 32_767;

/// Rows that the widths of the columns are judged by.
const LOOKED_AT: usize = 1_000;

impl Form for Workbook {
    fn write(&self, frame: &DataFrame, along: &Along<'_>) -> Result<Vec<u8>, PublishError> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.set_properties(&properties(along.pin)?);
        let sheet = if frame.height() > LARGE {
            workbook.add_worksheet_with_constant_memory()?
        } else {
            workbook.add_worksheet()
        };
        data(sheet, frame)?;
        if let Some(chart) = chart(frame) {
            let sheet = workbook.add_worksheet().set_name("Chart")?;
            sheet.insert_chart(0, 0, &chart)?;
        }
        let sheet = workbook.add_worksheet().set_name("Notes")?;
        notes(sheet, frame)?;
        if let Some(sources) = along.sources {
            self::sources(workbook.add_worksheet().set_name("Sources")?, sources)?;
        }
        Ok(workbook.save_to_buffer()?)
    }
}

/// Who made it, without a clock: the same table gives the same bytes.
fn properties(pin: Option<&Pin>) -> Result<DocProperties, XlsxError> {
    let properties =
        DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(1980, 1, 1)?);
    Ok(match pin {
        Some(pin) => properties
            .set_title(pin.to_string())
            .set_comment(format!("{}, ledger hash {}", pin.program, pin.hash)),
        None => properties,
    })
}

/// The table: numbers as numbers, days as days, text as text that is never run.
fn data(sheet: &mut Worksheet, frame: &DataFrame) -> Result<(), PublishError> {
    let bold = Format::new()
        .set_bold()
        .set_border_bottom(rust_xlsxwriter::FormatBorder::Thin);
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let whole = Format::new().set_num_format("#,##0");
    let decimal = Format::new().set_num_format("#,##0.##");
    sheet.set_name(DATA)?;
    sheet.set_freeze_panes(1, 1)?;
    for (index, width) in widths(frame).into_iter().enumerate() {
        sheet.set_column_width(index as u16, width)?;
    }
    for (index, name) in frame.get_column_names().iter().enumerate() {
        sheet.write_string_with_format(0, index as u16, name.as_str(), &bold)?;
    }
    for (number, row) in rows(frame).enumerate() {
        let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
        for (index, value) in row.iter().enumerate() {
            let column = index as u16;
            match value {
                AnyValue::Null => continue,
                AnyValue::Int64(value) => {
                    sheet.write_number_with_format(number, column, *value as f64, &whole)?
                }
                AnyValue::Float64(value) => {
                    sheet.write_number_with_format(number, column, *value, &decimal)?
                }
                AnyValue::Boolean(value) => sheet.write_boolean(number, column, *value)?,
                AnyValue::Date(days) => match excel_day(*days) {
                    Some(date) => sheet.write_datetime_with_format(number, column, &date, &day)?,
                    None => sheet.write_string(number, column, plain(value))?,
                },
                AnyValue::String(text) => sheet.write_string(number, column, *text)?,
                other => sheet.write_string(number, column, plain(other))?,
            };
        }
    }
    let (rows, columns) = (frame.height() as u32, frame.width() as u16);
    if rows > 0 && columns > 0 {
        sheet.autofilter(0, 0, rows, columns - 1)?;
    }
    Ok(())
}

/// A day, counted from 1970, as workbooks count it; they know none before 1900.
fn excel_day(days: i32) -> Option<ExcelDateTime> {
    let date = NaiveDate::from_epoch_days(days)?;
    let (month, day) = (date.month() as u8, date.day() as u8);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, month, day).ok()
}

/// Widths of the columns in characters, between 8 and 48.
fn widths(frame: &DataFrame) -> Vec<f64> {
    frame
        .columns()
        .iter()
        .map(|column| {
            let cells = (0..frame.height().min(LOOKED_AT)).map(|row| {
                let cell = column.get(row).unwrap_or(AnyValue::Null);
                let text = super::frame::readable(&cell);
                text.chars().count()
            });
            let widest = cells.max().unwrap_or(0).max(column.name().chars().count());
            (widest as f64 + 2.0).clamp(8.0, 48.0)
        })
        .collect()
}

/// A chart of the values by place, where the table is that of a few places.
fn chart(frame: &DataFrame) -> Option<Chart> {
    let column = |name: &str| frame.get_column_index(name).map(|index| index as u16);
    let (places, values) = (column("location")?, column("value")?);
    let names = frame.column("location").ok()?;
    let count = (0..frame.height())
        .filter(|&row| !is_total(frame, row))
        .count();
    let is_text = *names.dtype() == DataType::String;
    let once = names.n_unique().ok()? == frame.height();
    if !is_text || !once || !(2..=MOST_BARS).contains(&count) {
        return None;
    }
    let last = count as u32;
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_categories((DATA, 1, places, last, places))
        .set_values((DATA, 1, values, last, values))
        .set_gap(40)
        .set_data_label(ChartDataLabel::new().show_value());
    chart.legend().set_hidden();
    chart.y_axis().set_reverse();
    // The values stand at the bars; an axis would say them again.
    chart.x_axis().set_hidden(true).set_major_gridlines(false);
    chart.set_width(850).set_height(600);
    Some(chart)
}

/// Whether a row of a summary is no place of its own.
fn is_total(frame: &DataFrame, row: usize) -> bool {
    frame
        .column("row_type")
        .ok()
        .and_then(|column| column.get(row).ok())
        .is_some_and(|value| plain(&value) == "total")
}

/// What readers should know of the table, each once.
fn notes(sheet: &mut Worksheet, frame: &DataFrame) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 110)?;
    sheet.write_string_with_format(0, 0, "Notes", &Format::new().set_bold())?;
    let mut said: Vec<String> =
        vec!["An empty cell is a figure that is missing, never zero.".to_owned()];
    let mut known = HashSet::new();
    if let Ok(column) = frame.column("notes") {
        for row in 0..frame.height() {
            let cell = column.get(row).unwrap_or(AnyValue::Null);
            for note in plain(&cell).split("; ").filter(|note| !note.is_empty()) {
                if known.insert(note.to_owned()) {
                    said.push(note.to_owned());
                }
            }
        }
    }
    for (index, note) in said.iter().enumerate() {
        sheet.write_string_with_format(index as u32 + 1, 0, note, &wrapped)?;
    }
    Ok(())
}

/// A text in parts that cells can hold, cut after a comma where it has one: the names of many thousand
/// figures are longer than a cell.
fn in_cells(mut text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    while let Some((most, _)) = text.char_indices().nth(CELL) {
        let end = text[..most].rfind(", ").map_or(most, |comma| comma + 2);
        let (part, rest) = text.split_at(end);
        parts.push(part);
        text = rest;
    }
    parts.push(text);
    parts
}

/// What the numbers rest on.
fn sources(sheet: &mut Worksheet, sources: &Sources) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 100)?;
    let mut row = 0;
    let mut put = |what: &str, said: &str, is_title: bool| -> Result<(), XlsxError> {
        let left = if is_title { &bold } else { &wrapped };
        for (index, part) in in_cells(said).into_iter().enumerate() {
            let what = if index == 0 { what } else { "" };
            sheet.write_string_with_format(row, 0, what, left)?;
            sheet.write_string_with_format(row, 1, part, left)?;
            row += 1;
        }
        Ok(())
    };
    put("Made by", &sources.command, false)?;
    put("Asked for", &sources.asked, false)?;
    put("Rests on", &sources.extent, false)?;
    put("Ledger", &sources.pin.0, false)?;
    for (index, source) in sources.publications.iter().enumerate() {
        put("", "", false)?;
        put(&format!("Source {}", index + 1), &source.title, true)?;
        for (what, fact) in &source.facts {
            put(what, &fact.text(), false)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_parted_and_nothing_of_it_lost() {
        let long: String = (0..10_000).map(|number| format!("f{number}, ")).collect();
        for text in ["", "short", &long, &"ä".repeat(2 * CELL + 1)] {
            let parts = in_cells(text);
            assert_eq!(parts.concat(), text);
            assert!(parts.iter().all(|part| part.chars().count() <= CELL));
        }
        assert!(in_cells(&long)[0].ends_with(", "));
    }
}
