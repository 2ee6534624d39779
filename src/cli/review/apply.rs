//! Decisions from a table that an editor has filled in.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::super::CliError;
use super::super::context::Context;
use super::super::files::read_text;
use super::decide::{commit, recording_of, rejection_of};
use super::named;
use crate::ledger::{CandidateId, CandidateRecord, Candidates, Decision};
use crate::publish::review::{EDITABLE, field_text};
use crate::text::SetError;

/// Decide by a CSV that was edited
///
/// It is what `humstat review list -o FILE.csv` wrote, with `accept` or `reject` in the column `answer`;
/// a row without an answer is left waiting. A cell that was edited is recorded as it was corrected. All
/// rows are one entry: where one cannot be read, nothing is recorded.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  humstat review list -o waiting.csv
  humstat review apply waiting.csv")]
pub struct ApplyArgs {
    /// The CSV
    file: PathBuf,
}

/// A table whose columns are found by name.
struct Sheet<'f> {
    file: &'f Path,
    columns: HashMap<String, usize>,
    rows: Vec<csv::StringRecord>,
}

/// One row of it, numbered as a spreadsheet numbers it.
struct SheetRow<'s> {
    sheet: &'s Sheet<'s>,
    number: usize,
    cells: &'s csv::StringRecord,
}

pub fn run(context: &Context, args: &ApplyArgs) -> Result<(), CliError> {
    let sheet = Sheet::read(&args.file)?;
    let ledger = context.open()?;
    let mut ids: Vec<CandidateId> = Vec::with_capacity(sheet.rows.len());
    let mut wanted: Vec<(SheetRow<'_>, CandidateId)> = Vec::new();
    for row in sheet.rows() {
        let id: CandidateId = row
            .cell("candidate")
            .parse()
            .map_err(|error| row.wrong("candidate", &error))?;
        if ids.contains(&id) {
            return Err(row.wrong("candidate", &format!("{id} stands in an earlier row too")));
        }
        ids.push(id);
        wanted.push((row, id));
    }
    if ids.is_empty() {
        return Err(CliError::nothing(format!(
            "{} has no row below its header",
            args.file.display()
        )));
    }
    // Names are asked for one by one, so that the row of an unknown one can be told.
    let mut decisions = Vec::new();
    for (row, id) in &wanted {
        let candidates =
            named(&ledger, &[*id]).map_err(|error| row.wrong("candidate", &error.message))?;
        for record in &candidates.rows {
            decisions.extend(row.decision(&candidates, record)?);
        }
    }
    drop(ledger);
    if decisions.is_empty() {
        return Err(CliError::nothing(format!(
            "{} has no answer; write accept or reject into the column `answer`",
            args.file.display()
        )));
    }
    let waiting = wanted.len() - decisions.len();
    commit(context, &decisions)?;
    if waiting > 0 {
        context.tell(&format!(
            "{waiting} rows have no answer and were left waiting"
        ));
    }
    Ok(())
}

impl<'f> Sheet<'f> {
    fn read(file: &'f Path) -> Result<Self, CliError> {
        let wrong = |what: &dyn std::fmt::Display| {
            CliError::data(format!("{}: {what}; nothing was recorded", file.display()))
        };
        let text = read_text(file)?;
        let text = text.trim_start_matches('\u{feff}');
        // Spreadsheets of much of Europe part cells by semicolons.
        let header = text.lines().next().unwrap_or_default();
        let delimiter = [b',', b';', b'\t']
            .into_iter()
            .max_by_key(|mark| header.bytes().filter(|byte| byte == mark).count())
            .unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(text.as_bytes());
        let columns: HashMap<String, usize> = reader
            .headers()
            .map_err(|error| wrong(&error))?
            .iter()
            .enumerate()
            .map(|(at, name)| (name.trim().to_owned(), at))
            .collect();
        for name in ["candidate", "answer"] {
            if !columns.contains_key(name) {
                return Err(wrong(&format!(
                    "it has no column `{name}`; `humstat review list -o FILE.csv` writes such a table"
                )));
            }
        }
        let rows = reader
            .records()
            .collect::<Result<_, _>>()
            .map_err(|error| wrong(&error))?;
        Ok(Self {
            file,
            columns,
            rows,
        })
    }

    fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        self.rows.iter().enumerate().filter_map(|(at, cells)| {
            let is_empty = cells.iter().all(|cell| cell.trim().is_empty());
            (!is_empty).then_some(SheetRow {
                sheet: self,
                number: at + 2,
                cells,
            })
        })
    }
}

impl SheetRow<'_> {
    fn has(&self, column: &str) -> bool {
        self.sheet.columns.contains_key(column)
    }

    /// A cell as a person reads it: without the apostrophe that keeps it from being a formula.
    fn cell(&self, column: &str) -> &str {
        let at = self.sheet.columns.get(column);
        let text = at
            .and_then(|at| self.cells.get(*at))
            .unwrap_or_default()
            .trim();
        match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => text,
        }
    }

    fn wrong(&self, column: &str, what: &dyn std::fmt::Display) -> CliError {
        CliError::data(format!(
            "{}, row {}, column `{column}`: {what}; nothing was recorded",
            self.sheet.file.display(),
            self.number
        ))
    }

    /// What the row decides; none where it has no answer.
    fn decision(
        &self,
        candidates: &Candidates,
        record: &CandidateRecord,
    ) -> Result<Option<Decision>, CliError> {
        let set = self.changes(candidates, record)?;
        match (self.cell("answer").to_lowercase().as_str(), set.first()) {
            ("", None) => Ok(None),
            ("", Some((field, _))) => Err(self.wrong(
                "answer",
                &format!("`{field}` was edited and there is no answer; write accept or reject"),
            )),
            ("accept", _) => recording_of(candidates, record, &set)
                .map(Some)
                .map_err(|refusal| self.wrong("answer", &refusal.message)),
            ("reject", _) => {
                let reason = self.cell("reason");
                Ok(Some(rejection_of(
                    record,
                    (!reason.is_empty()).then_some(reason),
                )))
            }
            (other, _) => Err(self.wrong(
                "answer",
                &format!("`{other}` is no answer; write accept or reject, or leave it empty"),
            )),
        }
    }

    /// The cells that say something else than the table did when it was written.
    fn changes(
        &self,
        candidates: &Candidates,
        record: &CandidateRecord,
    ) -> Result<Vec<(String, String)>, CliError> {
        let read = candidates.prospect(record);
        let mut changes = Vec::new();
        for field in EDITABLE.into_iter().filter(|field| self.has(field)) {
            let (text, before) = (
                self.cell(field),
                field_text(&read, field).unwrap_or_default(),
            );
            if text == before {
                continue;
            }
            let change = [(field.to_owned(), text.to_owned())];
            let mut edited = read.clone();
            edited.set(&change).map_err(|error| match error {
                // The column is named already.
                SetError::Unreadable { reason, .. } => self.wrong(field, &reason),
                other => self.wrong(field, &other),
            })?;
            // A spreadsheet may write the same in another way.
            if field_text(&edited, field).unwrap_or_default() != before {
                changes.extend(change);
            }
        }
        Ok(changes)
    }
}
