//! The rows of text that a gazetteer's file holds: one table, or several in a workbook.

use super::GazetteerError;
use crate::ledger::Capture;
use crate::table::TableError;
use crate::table::rows;

/// A table of text cells.
pub(super) struct Sheet {
    /// Its name; empty for a file that is one table.
    pub(super) name: String,
    /// Its rows that are not empty, each with its line, counted from 1; cells without blanks around them.
    pub(super) rows: Vec<(u64, Vec<String>)>,
}

/// All tables of a file.
pub(super) fn sheets(capture: &Capture) -> Result<Vec<Sheet>, GazetteerError> {
    let tables = rows::tables(capture).map_err(|error| match error {
        TableError::Form { file, reason } => GazetteerError::Unreadable {
            file,
            detail: reason,
        },
        other => GazetteerError::Unreadable {
            file: capture.name.clone(),
            detail: other.to_string(),
        },
    })?;
    Ok(tables
        .into_iter()
        .map(|(name, rows)| Sheet {
            name,
            rows: rows.into_iter().filter_map(trimmed).collect(),
        })
        .collect())
}

fn trimmed((line, cells): rows::NumberedCells) -> Option<rows::NumberedCells> {
    let cells: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let is_empty = cells.iter().all(String::is_empty);
    (!is_empty).then_some((line, cells))
}
