//! The text that lies in an exported folder: what the files hold, whose the numbers are, on what terms.

use std::fmt::Write as _;

use polars::prelude::DataFrame;

use super::Material;
use crate::publish::cite::references;
use crate::publish::columns::{self, Column};
use crate::publish::sources::{About, sources};

/// A table that a text speaks of.
pub(super) struct Described<'a> {
    /// Its file.
    pub file: &'a str,
    /// How many rows it has.
    pub rows: usize,
    /// The table, or a part of it.
    pub frame: &'a DataFrame,
    /// What its columns say.
    pub columns: &'a [Column],
}

/// Makes the text, in Markdown. `lead` is a paragraph about the folder; the first table is the one
/// whose sources follow.
pub(super) fn readme(
    material: &Material<'_>,
    command: &str,
    lead: &str,
    tables: &[Described<'_>],
) -> String {
    let mut text = format!(
        "# {}\n\n{lead}\n\nAn empty cell is a missing one, never zero.\n",
        material.title.replace(['\n', '\r'], " ")
    );
    for table in tables {
        let _ = writeln!(text, "\n## {}\n\n{} rows.\n", table.file, table.rows);
        let _ = writeln!(text, "| column | what it says |\n|---|---|");
        for column in table.frame.columns() {
            if let Some(column) = columns::named(table.columns, column.name()) {
                let _ = writeln!(text, "| `{}` | {} |", column.name, column.meaning);
            }
        }
    }
    let about = About {
        file: tables.first().map_or(material.name, |table| table.file),
        command,
        selection: material.selection,
        pin: material.pin,
    };
    let behind = sources(&about, &references(material.figures, None)).markdown();
    // One level below the title of this text.
    for line in behind.lines() {
        let below = if line.starts_with('#') { "#" } else { "" };
        let _ = write!(text, "\n{below}{line}");
    }
    text.push('\n');
    text
}
