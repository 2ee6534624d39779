//! One entry being written: rows go to SQLite and into the entry's hash in one motion.

use rusqlite::{Connection, Statement, params};

use super::row::{Cell, RowHasher, Table, entry_hash, entry_seal};
use super::{EntryKind, Recording};
use crate::figure::{Publication, Version};

/// A sink for the rows of one entry, inside an open transaction.
pub(super) struct EntryWriter<'c> {
    connection: &'c Connection,
    entry: i64,
    kind: EntryKind,
    tables: Vec<TableWriter<'c>>,
}

struct TableWriter<'c> {
    insert: Statement<'c>,
    hasher: RowHasher,
    next_id: i64,
}

impl<'c> EntryWriter<'c> {
    /// Reserves the next entry number. The entry's own row is written by [`EntryWriter::finish`],
    /// when its hash is known.
    pub(super) fn begin(connection: &'c Connection, kind: EntryKind) -> rusqlite::Result<Self> {
        let next = |table: &str| -> rusqlite::Result<i64> {
            connection.query_row(
                &format!("SELECT COALESCE(MAX(id), 0) + 1 FROM {table}"),
                [],
                |row| row.get(0),
            )
        };
        let entry = next("entry")?;
        let tables = Table::ALL
            .iter()
            .map(|table| {
                Ok(TableWriter {
                    insert: connection.prepare(&table.insert_statement())?,
                    hasher: RowHasher::new(),
                    next_id: next(table.name())?,
                })
            })
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            connection,
            entry,
            kind,
            tables,
        })
    }

    /// The number of the entry.
    pub(super) const fn entry(&self) -> i64 {
        self.entry
    }

    /// Adds a row and returns its id.
    pub(super) fn add(&mut self, table: Table, cells: &[Cell<'_>]) -> rusqlite::Result<i64> {
        debug_assert_eq!(cells.len(), table.columns().len());
        let writer = &mut self.tables[table as usize];
        let id = writer.next_id;
        writer.next_id += 1;
        writer.insert.raw_bind_parameter(1, id)?;
        writer.insert.raw_bind_parameter(2, self.entry)?;
        for (index, cell) in cells.iter().enumerate() {
            writer.insert.raw_bind_parameter(index + 3, cell)?;
        }
        writer.insert.raw_execute()?;
        writer.hasher.row(id, cells.iter().copied());
        Ok(id)
    }

    /// Adds what one release says of itself.
    pub(super) fn add_publication(
        &mut self,
        reading: i64,
        publication: &Publication,
    ) -> rusqlite::Result<i64> {
        let scope = serde_json::to_string(&publication.scope).unwrap_or_default();
        let relayed_by = serde_json::to_string(&publication.relayed_by).unwrap_or_default();
        self.add(
            Table::Publication,
            &[
                Cell::Integer(reading),
                Cell::Text(&publication.channel),
                Cell::Text(&publication.title),
                Cell::text(publication.url.as_deref()),
                Cell::integer(publication.published.map(Version::timestamp)),
                Cell::integer(publication.retrieved.map(Version::timestamp)),
                Cell::Integer(publication.version().map_or(0, Version::timestamp)),
                Cell::Text(&relayed_by),
                Cell::text(publication.licence.as_deref()),
                Cell::text(publication.attribution.as_deref()),
                Cell::text(publication.notes.as_deref()),
                Cell::Text(&scope),
                Cell::Text(publication.absence.code()),
            ],
        )
    }

    /// Adds a chunk of a capture's compressed bytes, which no entry's hash covers.
    pub(super) fn add_chunk(&self, capture: i64, zstd: &[u8]) -> rusqlite::Result<()> {
        self.connection
            .execute(
                "INSERT INTO capture_chunk (capture, zstd) VALUES (?, ?)",
                params![capture, zstd],
            )
            .map(drop)
    }

    /// Writes the entry itself, chained to the one before it.
    pub(super) fn finish(self, summary: &str, recording: &Recording) -> rusqlite::Result<()> {
        let (previous_hash, previous_seal): (Vec<u8>, Vec<u8>) = self
            .connection
            .query_row(
                "SELECT hash, seal FROM entry ORDER BY id DESC LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .or_else(|error| match error {
                rusqlite::Error::QueryReturnedNoRows => Ok((Vec::new(), Vec::new())),
                other => Err(other),
            })?;
        let hashers = self.tables.into_iter().map(|table| table.hasher);
        let hash = entry_hash(&previous_hash, self.kind.code(), summary, hashers);
        let recorded_at = recording.now.timestamp();
        let seal = entry_seal(&previous_seal, &hash, recorded_at, &recording.program);
        self.connection
            .execute(
                "INSERT INTO entry (id, kind, summary, recorded_at, program, hash, seal)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
                params![
                    self.entry,
                    self.kind.code(),
                    summary,
                    recorded_at,
                    recording.program,
                    hash.as_slice(),
                    seal.as_slice()
                ],
            )
            .map(drop)
    }
}
