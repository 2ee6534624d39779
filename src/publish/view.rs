//! How a table is arranged for people, whatever the form that it is written in.

use std::collections::HashMap;

use polars::prelude::{AnyValue, DataFrame};

use super::frame::{is_text, readable, rows};
use super::harmless::one_line;

/// A frame for people: without its empty columns, the qualifier beside its number, what is the same
/// in every row said once above, and long texts as numbered remarks below.
pub(super) struct View {
    /// Columns that are the same in every row: name and cell.
    pub same: Vec<(String, String)>,
    /// Names of the other columns.
    pub header: Vec<String>,
    /// Which of them hold numbers.
    pub right: Vec<bool>,
    /// Their cells.
    pub rows: Vec<Vec<String>>,
    /// Long texts, each once; the last column holds their numbers.
    pub remarks: Vec<String>,
}

/// Columns that are remarks however short they are.
const REMARKS: [&str; 5] = ["notes", "url", "title", "attribution", "licence"];

impl View {
    /// Arranges a frame.
    pub fn new(frame: &DataFrame) -> Self {
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
        let mut known = HashMap::new();
        let mut noted: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
        for (index, (column, name)) in frame.columns().iter().zip(&names).enumerate() {
            let mut cells: Vec<String> = all
                .iter()
                .map(|row| one_line(&readable(&row[index])).into_owned())
                .collect();
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
                    noted.extend(view.remark(&cell, &mut known));
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
    fn remark(&mut self, cell: &str, known: &mut HashMap<String, usize>) -> Vec<usize> {
        cell.split("; ")
            .filter(|part| !part.is_empty())
            .map(|part| {
                *known.entry(part.to_owned()).or_insert_with(|| {
                    self.remarks.push(part.to_owned());
                    self.remarks.len()
                })
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
