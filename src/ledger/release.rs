//! What was put out: the files of a release and the figures in them, so that a correction can name
//! what it must mention.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension as _;
use serde::{Deserialize, Serialize};

use super::row::{Cell, Table};
use super::writer::EntryWriter;
use super::{EntryKind, FigureId, Ledger, LedgerError, Recording, codec, ids};
use crate::figure::Version;

/// A file that was put out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedFile {
    /// Its name, without folders.
    pub name: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
}

/// What was put out under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// The entry that recorded it.
    pub entry: i64,
    /// When it was recorded.
    pub recorded_at: Version,
    /// Its files.
    pub files: Vec<ReleasedFile>,
    /// The figures in them.
    pub figures: Vec<FigureId>,
}

impl Ledger {
    /// Records what was put out, as an entry of its own. A name is used once.
    ///
    /// # Errors
    /// When the name is taken or empty, or the ledger cannot be written.
    pub fn record_release(
        &mut self,
        name: &str,
        files: &[ReleasedFile],
        figures: &BTreeSet<FigureId>,
        recording: &Recording,
    ) -> Result<i64, LedgerError> {
        if name.trim().is_empty() {
            return Err(LedgerError::NoName("release"));
        }
        if let Some(entry) = self.release_entry(name)? {
            return Err(LedgerError::ReleaseExists {
                name: name.to_owned(),
                entry,
            });
        }
        let transaction = self.begin()?;
        let path = self.path.clone();
        let sql = |error| LedgerError::from_sqlite(&path, error);
        let mut writer = EntryWriter::begin(&transaction, EntryKind::Release).map_err(sql)?;
        let entry = writer.entry();
        let ids = ids::to_text(figures.iter().copied());
        let list = serde_json::to_string(files).unwrap_or_default();
        writer
            .add(
                Table::Release,
                &[Cell::Text(name), Cell::Text(&list), Cell::Text(&ids)],
            )
            .map_err(sql)?;
        let summary = format!(
            "release {name}: {} figures in {}",
            figures.len(),
            files
                .iter()
                .map(|file| file.name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        );
        writer.finish(&summary, recording).map_err(sql)?;
        self.commit(transaction)?;
        Ok(entry)
    }

    fn release_entry(&self, name: &str) -> Result<Option<i64>, LedgerError> {
        self.connection
            .query_row("SELECT entry FROM release WHERE name = ?", [name], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// All releases, oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn releases(&self) -> Result<Vec<Release>, LedgerError> {
        (|| -> rusqlite::Result<Vec<Release>> {
            self.connection
                .prepare(
                    "SELECT name, release.entry, recorded_at, files, figures
                     FROM release JOIN entry ON entry.id = release.entry ORDER BY release.id",
                )?
                .query_map([], |row| {
                    Ok(Release {
                        name: row.get(0)?,
                        entry: row.get(1)?,
                        recorded_at: codec::version(row, 2)?,
                        files: codec::json(row, 3)?,
                        figures: ids::from_text(&row.get::<_, String>(4)?).unwrap_or_default(),
                    })
                })?
                .collect()
        })()
        .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// The release of a name.
    ///
    /// # Errors
    /// When there is none; the error lists those that there are.
    pub fn release(&self, name: &str) -> Result<Release, LedgerError> {
        let mut releases = self.releases()?;
        match releases.iter().position(|release| release.name == name) {
            Some(index) => Ok(releases.swap_remove(index)),
            None => Err(LedgerError::NoSuchRelease {
                name: name.to_owned(),
                known: releases.into_iter().map(|release| release.name).collect(),
            }),
        }
    }
}
