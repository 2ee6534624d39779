//! Tables for people: on a terminal and in Markdown.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement};
use polars::prelude::DataFrame;

use super::harmless::one_line;
use super::view::View;
use super::{Along, Form, PublishError};

pub(super) struct Table;
pub(super) struct Markdown;

impl Form for Table {
    fn write(&self, frame: &DataFrame, _: &Along<'_>) -> Result<Vec<u8>, PublishError> {
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
            table.add_row(row.iter().map(|cell| one_line(cell).into_owned()));
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
    fn write(&self, frame: &DataFrame, _: &Along<'_>) -> Result<Vec<u8>, PublishError> {
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

/// Text that Markdown takes for no mark of its own: no HTML, no cell's end, no stress, and no link or
/// picture, which would ask somebody's server.
fn escaped(text: &str) -> String {
    one_line(text)
        .replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
        .replace('[', "\\[")
        .replace(']', "\\]")
        .replace('`', "\\`")
        .replace('*', "\\*")
}
