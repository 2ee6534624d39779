//! What was read, reading by reading, with the bytes and how they were read: what it takes to read
//! them again elsewhere.

use rusqlite::OptionalExtension as _;

use super::row::Table;
use super::{Ledger, LedgerError, Received, codec};
use crate::figure::Version;

/// One reading as the ledger holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedReading {
    /// The entry that recorded it.
    pub entry: i64,
    /// Reader and its version.
    pub reader: String,
    /// The mapping and the options, as text.
    pub mapping: String,
    /// What was asked for it, as the words after `humstat ingest`; none for what a person gave.
    pub asked: Vec<String>,
    /// What was read, page by page, and then what tells about it; none for a figure typed by hand.
    pub captures: Vec<RecordedCapture>,
    /// What it published.
    pub publications: Vec<RecordedPublication>,
}

/// Bytes that the ledger keeps under their hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedCapture {
    id: i64,
    /// Name of the file.
    pub name: String,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes there are.
    pub size: i64,
    /// Where and when they were received; none for a file that a person gave.
    pub received: Option<Received>,
}

/// What there is to know of a publication before its figures are read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedPublication {
    /// The line of publication.
    pub channel: String,
    /// Its terms, where they are told.
    pub licence: Option<String>,
    /// Its web address.
    pub url: Option<String>,
    /// When it was received.
    pub retrieved: Option<Version>,
    /// Whether it was taken back.
    pub is_retracted: bool,
}

impl Ledger {
    /// The readings up to an entry, in their order.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn recorded_readings(&self, until: i64) -> Result<Vec<RecordedReading>, LedgerError> {
        self.read_readings(until)
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// The bytes of a capture; none where this copy of the ledger left them out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn recorded_bytes(
        &self,
        capture: &RecordedCapture,
    ) -> Result<Option<Vec<u8>>, LedgerError> {
        self.bytes_of(capture.id)
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    fn read_readings(&self, until: i64) -> rusqlite::Result<Vec<RecordedReading>> {
        let mut statement = self.connection.prepare(
            "SELECT id, entry, reader, mapping, capture FROM reading WHERE entry <= ? ORDER BY id",
        )?;
        let mut rows = statement.query([until])?;
        let mut readings = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, entry): (i64, i64) = (row.get(0)?, row.get(1)?);
            let mut captures: Vec<i64> = row.get::<_, Option<i64>>(4)?.into_iter().collect();
            captures.extend(self.pages_of(id)?);
            readings.push(RecordedReading {
                entry,
                reader: row.get(2)?,
                mapping: row.get(3)?,
                asked: self.words_of(id)?,
                captures: captures
                    .into_iter()
                    .map(|capture| self.recorded_capture(capture, entry))
                    .collect::<rusqlite::Result<_>>()?,
                publications: self.publications_of(id, until)?,
            });
        }
        Ok(readings)
    }

    fn pages_of(&self, reading: i64) -> rusqlite::Result<Vec<i64>> {
        if !self.has(Table::Page) {
            return Ok(Vec::new());
        }
        self.connection
            .prepare_cached("SELECT capture FROM page WHERE reading = ? ORDER BY id")?
            .query_map([reading], |row| row.get(0))?
            .collect()
    }

    fn words_of(&self, reading: i64) -> rusqlite::Result<Vec<String>> {
        if !self.has(Table::Ask) {
            return Ok(Vec::new());
        }
        let words = self
            .connection
            .prepare_cached("SELECT words FROM ask WHERE reading = ?")?
            .query_row([reading], |row| codec::json(row, 0))
            .optional()?;
        Ok(words.unwrap_or_default())
    }

    fn recorded_capture(&self, id: i64, entry: i64) -> rusqlite::Result<RecordedCapture> {
        let received = if self.has(Table::Answer) {
            self.connection
                .prepare_cached(
                    "SELECT url, retrieved_at, status, headers FROM answer
                     WHERE capture = ? AND entry = ? ORDER BY id LIMIT 1",
                )?
                .query_row([id, entry], |row| {
                    let headers: serde_json::Map<String, serde_json::Value> = codec::json(row, 3)?;
                    Ok(Received {
                        url: row.get(0)?,
                        at: codec::version(row, 1)?,
                        status: row.get(2)?,
                        headers: headers
                            .into_iter()
                            .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
                            .collect(),
                    })
                })
                .optional()?
        } else {
            None
        };
        self.connection
            .prepare_cached("SELECT name, lower(hex(sha256)), size FROM capture WHERE id = ?")?
            .query_row([id], |row| {
                Ok(RecordedCapture {
                    id,
                    name: row.get(0)?,
                    sha256: row.get(1)?,
                    size: row.get(2)?,
                    received,
                })
            })
    }

    fn publications_of(
        &self,
        reading: i64,
        until: i64,
    ) -> rusqlite::Result<Vec<RecordedPublication>> {
        self.connection
            .prepare_cached(
                "SELECT channel, licence, url, retrieved,
                        EXISTS (SELECT 1 FROM retraction
                                WHERE retraction.publication = publication.id AND entry <= ?2)
                 FROM publication WHERE reading = ?1 ORDER BY id",
            )?
            .query_map([reading, until], |row| {
                Ok(RecordedPublication {
                    channel: row.get(0)?,
                    licence: row.get(1)?,
                    url: row.get(2)?,
                    retrieved: row
                        .get::<_, Option<i64>>(3)?
                        .and_then(Version::from_timestamp),
                    is_retracted: row.get(4)?,
                })
            })?
            .collect()
    }
}
