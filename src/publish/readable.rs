//! Tables for people: on a terminal and in Markdown.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement};
use polars::prelude::{AnyValue, DataFrame};

use super::cite::Pin;
use super::frame::{is_text, readable, rows};
use super::{Form, PublishError};

pub(super) struct Table;
pub(super) struct Markdown;

/// A frame for people: without its empty columns, the qualifier beside its number, what is the same
/// in every row said once above, and long texts as numbered remarks below.
struct View {
    same: Vec<(String, String)>,
    header: Vec<String>,
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
    remarks: Vec<String>,
}

/// Columns that are remarks however short they are.
const REMARKS: [&str; 5] = ["notes", "url", "title", "attribution", "licence"];

impl View {
    fn new(frame: &DataFrame) -> Self {
        let mut view = Self {
            same: Vec::new(),
            header: Vec::new(),
            right: Vec::new(),
            rows: vec![Vec::new(); frame.height()],
            remarks: Vec::new(),
        };
        let all: Vec<Vec<AnyValue<'_>>> = rows(frame).collect();
        let names: Vec<String> = frame
            .get_column_names()
            .iter()
            .map(ToString::to_string)
            .collect();
        let qualifier = names.iter().position(|name| name == "qualifier");
        let mut noted: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
        for (index, (column, name)) in frame.columns().iter().zip(&names).enumerate() {
            let mut cells: Vec<String> = all.iter().map(|row| readable(&row[index])).collect();
            if name == "value"
                && let Some(qualifier) = qualifier
            {
                for (cell, row) in cells.iter_mut().zip(&all) {
                    *cell = qualified(cell, &readable(&row[qualifier]));
                }
            }
            let is_same = cells.windows(2).all(|pair| pair[0] == pair[1]);
            let is_empty = cells.iter().all(String::is_empty);
            if Some(index) == qualifier || (is_empty && !cells.is_empty()) {
                continue;
            }
            if is_same && is_text(column) && cells.len() > 1 {
                view.same.push((name.clone(), cells.swap_remove(0)));
            } else if REMARKS.contains(&name.as_str()) {
                for (cell, noted) in cells.into_iter().zip(&mut noted) {
                    noted.extend(view.remark(cell));
                }
            } else {
                view.header.push(name.clone());
                view.right.push(!is_text(column));
                for (row, cell) in view.rows.iter_mut().zip(cells) {
                    row.push(cell);
                }
            }
        }
        if !view.remarks.is_empty() {
            view.header.push("remarks".to_owned());
            view.right.push(false);
            for (row, noted) in view.rows.iter_mut().zip(noted) {
                let numbers: Vec<String> = noted.iter().map(ToString::to_string).collect();
                row.push(numbers.join(", "));
            }
        }
        view
    }

    /// The numbers of the remarks that a cell holds, parted by semicolons.
    fn remark(&mut self, cell: String) -> Vec<usize> {
        cell.split("; ")
            .filter(|part| !part.is_empty())
            .map(|part| {
                let known = self.remarks.iter().position(|remark| remark == part);
                known.unwrap_or_else(|| {
                    self.remarks.push(part.to_owned());
                    self.remarks.len() - 1
                }) + 1
            })
            .collect()
    }
}

/// A number with the word that its source put before it.
fn qualified(number: &str, qualifier: &str) -> String {
    match qualifier {
        _ if number.is_empty() => String::new(),
        "" | "exact" | "between" | "vague" => number.to_owned(),
        word => format!("{} {number}", word.replace('_', " ")),
    }
}

impl Form for Table {
    fn write(&self, frame: &DataFrame, _: Option<&Pin>) -> Result<Vec<u8>, PublishError> {
        let view = View::new(frame);
        let mut text = String::new();
        for (name, value) in &view.same {
            text.push_str(&format!(
                "{}: {}\n",
                name.replace('_', " "),
                one_line(value)
            ));
        }
        let mut table = comfy_table::Table::new();
        table
            .load_style(NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled)
            .set_header(view.header.iter().map(|name| name.replace('_', " ")));
        for row in &view.rows {
            table.add_row(row.iter().map(|cell| one_line(cell)));
        }
        for (index, right) in view.right.iter().enumerate() {
            if *right && let Some(column) = table.column_mut(index) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in table.to_string().lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        for (index, remark) in view.remarks.iter().enumerate() {
            text.push_str(&format!("{:>2}  {}\n", index + 1, one_line(remark)));
        }
        Ok(text.into_bytes())
    }
}

impl Form for Markdown {
    fn write(&self, frame: &DataFrame, _: Option<&Pin>) -> Result<Vec<u8>, PublishError> {
        let view = View::new(frame);
        let mut text = String::new();
        for (name, value) in &view.same {
            text.push_str(&format!(
                "- {}: {}\n",
                name.replace('_', " "),
                escaped(value)
            ));
        }
        if !view.same.is_empty() {
            text.push('\n');
        }
        let header: Vec<String> = view
            .header
            .iter()
            .map(|name| name.replace('_', " "))
            .collect();
        text.push_str(&format!("| {} |\n", header.join(" | ")));
        let rule = |right: &bool| if *right { "---:" } else { ":---" };
        let rules: Vec<&str> = view.right.iter().map(rule).collect();
        text.push_str(&format!("| {} |\n", rules.join(" | ")));
        for row in &view.rows {
            let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        if !view.remarks.is_empty() {
            text.push('\n');
        }
        for (index, remark) in view.remarks.iter().enumerate() {
            text.push_str(&format!("{}. {}\n", index + 1, escaped(remark)));
        }
        Ok(text.into_bytes())
    }
}

/// Text without line breaks and without the control characters that steer a terminal.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

fn escaped(text: &str) -> String {
    one_line(text)
        .replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
}
