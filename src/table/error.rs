//! What can be wrong with a table, told with row, column and value.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::fmt;

use super::UnknownPlace;
use crate::figure::counted;
use crate::toml_file::TomlError;

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// What its number counts: lines of a text, rows of a sheet, records of a list.
    pub unit: &'static str,
    /// Number of the row in its file, counted from 1.
    pub line: u64,
    /// Name of the column; empty when it is about the whole row.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why it cannot be read.
    pub reason: String,
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.unit, self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column `{}`, value `{}`", self.column, self.value)?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Why a table could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The mapping has a mistake.
    #[error(transparent)]
    Mapping(#[from] TomlError),
    /// The mapping and the table do not fit.
    #[error("the mapping does not fit the table: {0}")]
    Misfit(String),
    /// The file cannot be read or unpacked to its end.
    #[error("{file} cannot be read to its end: {source}")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// What went wrong.
        source: std::io::Error,
    },
    /// The form of the file cannot be read, or does not say which table is meant.
    #[error("{file}: {reason}")]
    Form {
        /// Name of the file.
        file: String,
        /// Why, and the way out.
        reason: String,
    },
    /// JSON holds several lists, and nobody said which.
    #[error(
        "{file}: it holds {} lists; say which with path = \"…\" under [table]: {}",
        paths.len(),
        paths.join(", ")
    )]
    Lists {
        /// Name of the file.
        file: String,
        /// The keys that lead to each list, parted by points.
        paths: Vec<String>,
    },
    /// The bytes are not of their encoding.
    #[error(
        "{file} is not {encoding}: byte {byte} in line {line} is none of it; save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")"
    )]
    Encoding {
        /// Name of the file.
        file: String,
        /// Name of the encoding.
        encoding: &'static str,
        /// Position of the first wrong byte.
        byte: u64,
        /// Its line.
        line: u64,
    },
    /// There are no rows of data.
    #[error("{0} has no rows of data")]
    Empty(String),
    /// The mapping passes over every row.
    #[error("the mapping passes over every row of {file}: {}", because.join("; "))]
    PassedOver {
        /// Name of the file.
        file: String,
        /// Why they hold no figure.
        because: Vec<String>,
    },
    /// Rows that cannot be read.
    #[error(
        "{} of {rows} rows of {file} cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows{}",
        lines(faults),
        list(faults)
    )]
    Rows {
        /// Name of the file.
        file: String,
        /// How many rows there are.
        rows: u64,
        /// What is wrong with them.
        faults: Vec<RowFault>,
        /// The names among them that mean no one place.
        places: Vec<UnknownPlace>,
    },
    /// A file of places that a person filled in cannot be read.
    #[error("{file}: {detail}")]
    Places {
        /// Name of the file.
        file: String,
        /// What is wrong, with line and column.
        detail: String,
    },
}

/// How many rows the faults are in.
fn lines(faults: &[RowFault]) -> usize {
    let lines: BTreeSet<u64> = faults.iter().map(|fault| fault.line).collect();
    lines.len()
}

/// The first faults, a line each. What is wrong in the same way in many rows is told once.
fn list(faults: &[RowFault]) -> String {
    const SHOWN: usize = 10;
    let mut alike: Vec<(&RowFault, usize)> = Vec::new();
    let mut index: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for fault in faults {
        match index.entry((&fault.column, &fault.value, &fault.reason)) {
            Entry::Occupied(known) if !fault.column.is_empty() => alike[*known.get()].1 += 1,
            entry => {
                entry.insert_entry(alike.len());
                alike.push((fault, 0));
            }
        }
    }
    let mut text = String::new();
    for (fault, more) in alike.iter().take(SHOWN) {
        text.push_str(&format!("\n  {fault}"));
        if *more > 0 {
            let rows = counted(*more, "more row", "more rows");
            text.push_str(&format!(" (the same in {rows})"));
        }
    }
    if alike.len() > SHOWN {
        text.push_str(&format!("\n  … and {} more", alike.len() - SHOWN));
    }
    text
}
