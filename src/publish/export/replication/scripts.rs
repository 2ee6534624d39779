//! `read.py` and `read.R`: loading the tables with their types and checking them, without humstat.

use super::super::ExportFile;
use crate::publish::columns::{self, ColumnKind};

/// One table as the scripts need it.
struct Described {
    name: String,
    columns: Vec<(String, ColumnKind)>,
    rows: usize,
    /// The sum of the column `value`, where it holds whole numbers.
    total: Option<i64>,
}

/// The script for Python.
pub fn python(tables: &[ExportFile]) -> String {
    let mut lines = String::new();
    for table in described(tables) {
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|(name, kind)| {
                let kind = match kind {
                    ColumnKind::Text => "text",
                    ColumnKind::Whole => "whole",
                    ColumnKind::Decimal => "decimal",
                    ColumnKind::Date => "date",
                };
                format!("{}: \"{kind}\"", quoted(name))
            })
            .collect();
        let total = table
            .total
            .map_or("None".to_owned(), |total| total.to_string());
        lines.push_str(&format!(
            "    {}: ({}, {total}, {{{}}}),\n",
            quoted(&table.name),
            table.rows,
            columns.join(", ")
        ));
    }
    include_str!("read.py").replace("    # TABLES\n", &lines)
}

/// The script for R.
pub fn r(tables: &[ExportFile]) -> String {
    let lines: Vec<String> = described(tables)
        .into_iter()
        .map(|table| {
            let columns: Vec<String> = table
                .columns
                .iter()
                .map(|(name, kind)| {
                    let kind = match kind {
                        ColumnKind::Text => "character",
                        // Whole numbers may be too large for an integer of R.
                        ColumnKind::Whole | ColumnKind::Decimal => "numeric",
                        ColumnKind::Date => "Date",
                    };
                    format!("{} = \"{kind}\"", quoted(name))
                })
                .collect();
            let total = table
                .total
                .map_or("NA".to_owned(), |total| total.to_string());
            format!(
                "  {} = list(rows = {}, total = {total}, columns = c({}))",
                quoted(&table.name),
                table.rows,
                columns.join(", ")
            )
        })
        .collect();
    include_str!("read.R").replace("  # TABLES", &lines.join(",\n"))
}

fn described(tables: &[ExportFile]) -> Vec<Described> {
    tables.iter().filter_map(described_table).collect()
}

/// What a table holds; none where it cannot be read.
fn described_table(table: &ExportFile) -> Option<Described> {
    let mut reader = ::csv::Reader::from_reader(table.bytes.as_slice());
    let is_chart = table.name.starts_with("charts/");
    let columns: Vec<(String, ColumnKind)> = reader
        .headers()
        .ok()?
        .iter()
        .map(|name| {
            let known = columns::named(columns::FIGURES, name)
                .or_else(|| columns::named(columns::SUMMARY, name));
            let kind = match known.map(|column| column.kind) {
                Some(ColumnKind::Whole) if is_chart => ColumnKind::Decimal,
                Some(kind) => kind,
                None => ColumnKind::Text,
            };
            (name.to_owned(), kind)
        })
        .collect();
    let value = columns
        .iter()
        .position(|(name, kind)| name == "value" && *kind == ColumnKind::Whole);
    let (mut rows, mut total) = (0, 0_i64);
    for record in reader.records() {
        let record = record.ok()?;
        rows += 1;
        let number = value.and_then(|at| record.get(at)?.parse::<i64>().ok());
        total = total.checked_add(number.unwrap_or(0))?;
    }
    Some(Described {
        name: table.name.clone(),
        columns,
        rows,
        total: value.map(|_| total),
    })
}

/// A text as Python and R read it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
