//! Every real file of `../shared/data`: what is read of it, or why it is refused.
//!
//! `real_files.tsv` has a line for each way in which a file is asked for. Its rows, figures and sums
//! were reckoned apart from the program. Where there is no sum, the file is large and only tried with
//! `--dry-run`.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::common::{Desk, shared};

/// The list.
const LIST: &str = include_str!("real_files.tsv");

/// A file, how it is asked for, and what comes of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its path under `../shared/data`.
    pub file: String,
    /// The mapping, by its path in the repository; none where the table is known by its shape.
    pub mapping: String,
    /// A gazetteer that is added before, by its path in the repository.
    pub places: String,
    /// Further options of the command.
    pub options: String,
    pub outcome: Expected,
    /// Rows of data.
    rows: Option<i64>,
    /// Figures in them.
    figures: Option<i64>,
    /// Sum of their values.
    sum: Option<i64>,
    /// A part of the reason of a refusal.
    reason: String,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Expected {
    Read,
    Refused,
}

/// The lines of the list.
pub fn cases() -> Vec<Case> {
    csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_reader(LIST.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// A file of the repository as an argument of a command.
fn of_repository(name: &str) -> String {
    format!("\"{}/{name}\"", env!("CARGO_MANIFEST_DIR"))
}

impl Case {
    /// Asks for the file on a new desk, and holds what comes of it against the list.
    fn check(&self, file: &Path) {
        let desk = Desk::new();
        if !self.places.is_empty() {
            desk.run(&format!("places add {}", of_repository(&self.places)))
                .succeeds();
        }
        let line = self.line(file);
        match self.outcome {
            Expected::Read if self.sum.is_some() => {
                desk.run(&line).succeeds();
                let recorded = recorded(&desk);
                assert_eq!(recorded, (self.rows, self.figures, self.sum), "{self:?}");
            }
            Expected::Read => {
                desk.run(&format!("{line} --dry-run"))
                    .succeeds()
                    .says(&format!(
                        "{} rows hold {} figures",
                        grouped(self.rows),
                        grouped(self.figures)
                    ));
            }
            Expected::Refused => {
                assert!(!self.reason.is_empty(), "{self:?} gives no reason");
                desk.run(&line).fails().says(&self.reason);
            }
        }
    }

    /// The command that asks for the file.
    fn line(&self, file: &Path) -> String {
        let map = match self.mapping.as_str() {
            "" => String::new(),
            mapping => format!("--map {}", of_repository(mapping)),
        };
        format!(
            "ingest table \"{}\" {map} {} --published 2026-06-12 --unknown-places places.csv",
            file.display(),
            self.options
        )
    }
}

/// Rows, figures and the sum of all values of the only reading of a ledger.
fn recorded(desk: &Desk) -> (Option<i64>, Option<i64>, Option<i64>) {
    let ledger = rusqlite::Connection::open(desk.path("humstat.db")).unwrap();
    let query = "SELECT (SELECT rows FROM reading), count(value), sum(value) FROM figure";
    ledger
        .query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
}

/// A number as the program tells it.
fn grouped(number: Option<i64>) -> String {
    humstat::figure::grouped(number.unwrap_or_default())
}

/// Holds all that the list says of an outcome against what comes of it.
fn check(outcome: Expected) {
    for case in cases() {
        if case.outcome == outcome {
            let Some(file) = shared(&case.file) else {
                return;
            };
            case.check(&file);
        }
    }
}

#[test]
fn real_files_are_read_to_the_last_figure() {
    check(Expected::Read);
}

#[test]
fn real_files_that_cannot_be_read_truly_are_refused_with_the_reason() {
    check(Expected::Refused);
}

#[test]
fn no_real_file_is_missing_from_the_list() {
    let Some(folder) = shared("") else { return };
    let listed: BTreeSet<String> = cases().into_iter().map(|case| case.file).collect();
    let mut found = BTreeSet::new();
    gather(&folder, &folder, &mut found);
    let missing: Vec<&String> = found.difference(&listed).collect();
    assert!(missing.is_empty(), "not in real_files.tsv: {missing:?}");
}

/// Adds the files of a folder and of those in it, but for briefs and what tells about the data.
fn gather(root: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    const NO_TABLES: [&str; 2] = ["text", "README.md"];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_string_lossy();
        if NO_TABLES.contains(&&*name) {
            continue;
        }
        if path.is_dir() {
            gather(root, &path, found);
        } else {
            found.insert(name.into_owned());
        }
    }
}
