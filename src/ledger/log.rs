//! What was recorded when: the entries, one by one.

use rusqlite::{OptionalExtension as _, Row};

use super::codec;
use super::{EntryKind, Ledger, LedgerError};
use crate::figure::Version;

/// One entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, counted from 1.
    pub id: i64,
    /// What it does.
    pub kind: EntryKind,
    /// One line about it.
    pub summary: String,
    /// When it was recorded.
    pub recorded_at: Version,
    /// Name and version of the program that recorded it.
    pub program: String,
    /// Its hash, chained to all before it; lower-case hexadecimal.
    pub hash: String,
    /// The entry that took it back, if one did.
    pub retracted_by: Option<i64>,
}

/// An entry with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDetail {
    /// The entry.
    pub entry: Entry,
    /// Files that it read: name, size in bytes, SHA-256 in hexadecimal.
    pub captures: Vec<(String, i64, String)>,
    /// Publications: title, channel, version, absence.
    pub publications: Vec<(String, String, Version, String)>,
    /// Rows per table, in the order of hashing.
    pub rows: Vec<(&'static str, i64)>,
    /// What was retracted in it: figure or publication, and the reason.
    pub retractions: Vec<(String, String)>,
}

const COLUMNS: &str = "id, kind, summary, recorded_at, program, lower(hex(hash)),
    (SELECT MIN(retraction.entry) FROM retraction JOIN publication ON publication.id = retraction.publication
     WHERE publication.entry = entry.id)";

fn read_entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: row.get(0)?,
        kind: codec::parsed(row, 1)?,
        summary: row.get(2)?,
        recorded_at: codec::version(row, 3)?,
        program: row.get(4)?,
        hash: row.get(5)?,
        retracted_by: row.get(6)?,
    })
}

impl Ledger {
    /// All entries, oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn log(&self) -> Result<Vec<Entry>, LedgerError> {
        (|| -> rusqlite::Result<Vec<Entry>> {
            self.connection
                .prepare(&format!("SELECT {COLUMNS} FROM entry ORDER BY id"))?
                .query_map([], read_entry)?
                .collect()
        })()
        .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// The newest entry, if there is one.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn head(&self) -> Result<Option<Entry>, LedgerError> {
        self.connection
            .query_row(
                &format!("SELECT {COLUMNS} FROM entry ORDER BY id DESC LIMIT 1"),
                [],
                read_entry,
            )
            .optional()
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// The first entry up to one that says it was recorded after a time: its clock, or that of a later
    /// entry, was wrong.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn recorded_after(
        &self,
        up_to: i64,
        when: Version,
    ) -> Result<Option<(i64, Version)>, LedgerError> {
        self.connection
            .query_row(
                "SELECT id, recorded_at FROM entry WHERE id <= ? AND recorded_at > ? ORDER BY id LIMIT 1",
                [up_to, when.timestamp()],
                |row| Ok((row.get(0)?, codec::version(row, 1)?)),
            )
            .optional()
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// The newest entry that was recorded by then; none when all are later.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn entry_at(&self, when: Version) -> Result<Option<i64>, LedgerError> {
        self.connection
            .query_row(
                "SELECT MAX(id) FROM entry WHERE recorded_at <= ?",
                [when.timestamp()],
                |row| row.get(0),
            )
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// One entry with what it holds.
    ///
    /// # Errors
    /// When it does not exist.
    pub fn entry(&self, id: i64) -> Result<EntryDetail, LedgerError> {
        self.entry_detail(id)
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))?
            .ok_or(LedgerError::NoSuchEntry(id))
    }

    fn entry_detail(&self, id: i64) -> rusqlite::Result<Option<EntryDetail>> {
        let connection = &self.connection;
        let entry = connection
            .query_row(
                &format!("SELECT {COLUMNS} FROM entry WHERE id = ?"),
                [id],
                read_entry,
            )
            .optional()?;
        let Some(entry) = entry else {
            return Ok(None);
        };
        let captures = connection
            .prepare(
                "SELECT name, size, lower(hex(sha256)) FROM capture WHERE entry = ? ORDER BY id",
            )?
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let publications = connection
            .prepare("SELECT title, channel, version, absence FROM publication WHERE entry = ? ORDER BY id")?
            .query_map([id], |row| {
                Ok((row.get(0)?, row.get(1)?, codec::version(row, 2)?, row.get(3)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let rows = super::row::Table::ALL
            .iter()
            .filter(|table| self.has(**table))
            .map(|table| {
                let count = connection.query_row(
                    &format!("SELECT COUNT(*) FROM {} WHERE entry = ?", table.name()),
                    [id],
                    |row| row.get(0),
                )?;
                Ok((table.name(), count))
            })
            .collect::<rusqlite::Result<_>>()?;
        let retractions = connection
            .prepare(
                "SELECT COALESCE('figure f' || figure, 'publication ' || publication), reason
                 FROM retraction WHERE entry = ? ORDER BY id",
            )?
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Some(EntryDetail {
            entry,
            captures,
            publications,
            rows,
            retractions,
        }))
    }
}
