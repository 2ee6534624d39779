//! Gazetteers: from a table of administrative units, as OCHA publishes them, to units with their
//! parents and their names in every language.
//!
//! Three shapes of the "common operational datasets" are read: the older headers (`ADM2_PCODE`,
//! `ADM2_EN`, `ADM2_AR`, also `admin2Pcode`, `admin2Name_en`), the newer ones (`adm2_pcode`,
//! `adm2_name`, `adm2_name1`, with the languages in `lang`, `lang1`), and HXL tags in the row under
//! the header (`#adm2+code`, `#adm2+name+ar`). A row describes its own unit and all above it, so
//! that one sheet of the lowest level is a whole gazetteer; a workbook with a sheet for each level
//! says the same again.

mod column;
mod read;
mod sheet;
#[cfg(test)]
mod tests;

use std::fmt;

pub use read::{Gazetteer, read};

/// A row of a gazetteer that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the sheet; empty in a file that has only one table.
    pub sheet: String,
    /// Line of the file or row of the sheet, counted from 1.
    pub line: u64,
    /// Name of the column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why it cannot be read.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.sheet.is_empty() {
            write!(f, "sheet `{}`, ", self.sheet)?;
        }
        write!(
            f,
            "line {}, column `{}`, value `{}`: {}",
            self.line, self.column, self.value, self.reason
        )
    }
}

/// Why a gazetteer could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The file is neither text nor a workbook.
    #[error("{file} cannot be read: {detail}")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// What went wrong.
        detail: String,
    },
    /// No sheet has a column of P-codes.
    #[error(
        "{file} has no column of P-codes below the country, such as ADM1_PCODE, adm2_pcode or #adm2+code; its columns are {}", columns.join(", ")
    )]
    NoCodes {
        /// Name of the file.
        file: String,
        /// The columns that there are.
        columns: Vec<String>,
    },
    /// Rows that cannot be read.
    #[error("{} of {file}, and nothing was recorded:{}", crate::figure::counted(problems.len(), "cell cannot be read", "cells cannot be read"), list(problems))]
    Problems {
        /// Name of the file.
        file: String,
        /// What is wrong.
        problems: Vec<Problem>,
    },
}

/// The first problems, a line each.
fn list(problems: &[Problem]) -> String {
    const SHOWN: usize = 10;
    let shown = problems.iter().take(SHOWN);
    let mut text: String = shown.map(|problem| format!("\n  {problem}")).collect();
    if problems.len() > SHOWN {
        text.push_str(&format!("\n  … and {} more", problems.len() - SHOWN));
    }
    text
}
