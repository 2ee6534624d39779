//! Recording a reading: one transaction, one entry, changes only.

use std::io::Read as _;

use sha2::{Digest, Sha256};

use super::codec;
use super::reading::{Checked, Reading, describe};
use super::recorder::Recorder;
use super::row::{Cell, Table};
use super::writer::EntryWriter;
use super::{Capture, Received};
use super::{EntryKind, Ledger, LedgerError, Recording};
use crate::figure::{Series, counted, grouped};

/// What became of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// A new entry.
    Entry(Box<Tally>),
    /// The same bytes were read in the same way before, in this entry; nothing was added.
    Already(i64),
    /// The same, but retrieved at another time, which was noted in a new entry.
    SeenAgain {
        /// The entry of the first reading.
        first: i64,
        /// The new entry.
        entry: i64,
    },
}

/// What an entry added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Number of the entry.
    pub entry: i64,
    /// Publications.
    pub publications: u64,
    /// Cells with a number that the publications hold.
    pub figures: u64,
    /// Rows: figures that were new or differ from what was known.
    pub new: u64,
    /// Figures that were known with the same content.
    pub sightings: u64,
    /// Cells that were there without a number.
    pub absent: u64,
    /// New figures that differ from another of the same channel and the same date: the later entry
    /// stands.
    pub overruled: u64,
    /// Figures that a covering publication no longer holds.
    pub withdrawn: u64,
    /// Rows added so that later publications keep what they said.
    pub restated: u64,
    /// Rows of the source that could not be read and were left out.
    pub skipped: u64,
}

impl Ledger {
    /// Records a reading as one entry, or nothing at all.
    ///
    /// # Errors
    /// When the same bytes were read in another way, too much would be withdrawn, or the file cannot
    /// be written. Nothing changes then.
    pub fn record(
        &mut self,
        reading: Checked,
        recording: &Recording,
    ) -> Result<Recorded, LedgerError> {
        self.record_replacing(reading, None, recording)
    }

    /// Records a reading that stands in for a figure of ours that was wrong: the figure is
    /// retracted in the same entry.
    ///
    /// # Errors
    /// As [`Ledger::record`], and when the figure does not exist or was retracted before.
    pub fn record_replacing(
        &mut self,
        Checked(reading): Checked,
        replaced: Option<&super::Replaced>,
        recording: &Recording,
    ) -> Result<Recorded, LedgerError> {
        let hashes: Vec<[u8; 32]> = all_captures(&reading)
            .map(Capture::sha256)
            .collect::<Result<_, _>>()
            .map_err(LedgerError::Capture)?;
        let digest = reading_digest(&hashes, &reading.reader, &reading.mapping);
        let transaction = self.begin()?;
        let outcome = (|| -> Result<Recorded, LedgerError> {
            let connection = &*transaction;
            let path = self.path.as_path();
            let sql = |error| LedgerError::from_sqlite(path, error);
            if replaced.is_none()
                && let Some(first) = living_reading(connection, &digest).map_err(sql)?
            {
                return note_retrieval(connection, (first, &hashes), &reading, recording)
                    .map_err(sql);
            }
            for sha256 in hashes.iter().take(reading.captures.len()) {
                refuse_second_mapping(connection, sha256, &reading).map_err(sql)??;
            }
            let kind = if reading.captures.is_empty() {
                EntryKind::Record
            } else {
                EntryKind::Ingest
            };
            let mut writer = EntryWriter::begin(connection, kind).map_err(sql)?;
            if let Some(replaced) = replaced {
                super::retract::retract_figure(connection, &mut writer, path, replaced)?;
            }
            let captures: Vec<i64> = all_captures(&reading)
                .zip(&hashes)
                .map(|(capture, sha256)| add_capture(connection, &mut writer, capture, sha256))
                .collect::<Result<_, _>>()
                .map_err(sql)?;
            let reading_id = writer
                .add(
                    Table::Reading,
                    &[
                        Cell::integer(captures.first().copied()),
                        Cell::Text(&reading.reader),
                        Cell::Text(&reading.mapping),
                        Cell::Blob(&digest),
                        Cell::Integer(reading.rows.cast_signed()),
                        Cell::Integer(reading.skipped.cast_signed()),
                    ],
                )
                .map_err(sql)?;
            if !reading.asked.is_empty() {
                let words = serde_json::to_string(&reading.asked).unwrap_or_default();
                let cells = [Cell::Integer(reading_id), Cell::Text(&words)];
                writer.add(Table::Ask, &cells).map_err(sql)?;
            }
            for page in captures.iter().skip(1) {
                let cells = [Cell::Integer(reading_id), Cell::Integer(*page)];
                writer.add(Table::Page, &cells).map_err(sql)?;
            }
            let mut tally = Tally {
                entry: writer.entry(),
                skipped: reading.skipped,
                ..Tally::default()
            };
            Recorder {
                writer: &mut writer,
                connection,
                reading: reading_id,
                series: &reading.series,
                allow_withdrawals: recording.allow_withdrawals,
                tally: &mut tally,
            }
            .all(&reading.publications, path)?;
            let mut summary = recording.summary.replace("{}", &tally.to_string());
            if let Some(replaced) = replaced {
                summary.push_str(&format!(
                    " In place of {}: {}",
                    replaced.figure, replaced.reason
                ));
            }
            writer.finish(&summary, recording).map_err(sql)?;
            Ok(Recorded::Entry(Box::new(tally)))
        })();
        match outcome {
            Ok(recorded) => {
                self.commit(transaction)?;
                self.project_if_due();
                Ok(recorded)
            }
            Err(error) => Err(error),
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let figures = counted(self.figures, "figure", "figures");
        write!(
            f,
            "{figures}: {} new",
            grouped(self.new.try_into().unwrap_or(i64::MAX))
        )?;
        for (count, one, many) in [
            (self.sightings, "known", "known"),
            (
                self.overruled,
                "unlike another of the same date, which it overrules",
                "unlike others of the same date, which they overrule",
            ),
            (
                self.absent,
                "cell without a number",
                "cells without a number",
            ),
            (self.withdrawn, "no longer held", "no longer held"),
            (self.restated, "restated", "restated"),
            (self.skipped, "row left out", "rows left out"),
        ] {
            if count > 0 {
                write!(f, ", {}", counted(count, one, many))?;
            }
        }
        Ok(())
    }
}

/// What was read, and after it what tells about it.
fn all_captures(reading: &Reading) -> impl Iterator<Item = &Capture> {
    reading.captures.iter().chain(&reading.about)
}

/// Identifies a reading: the bytes, the reader, the mapping and its options.
pub(super) fn reading_digest(captures: &[[u8; 32]], reader: &str, mapping: &str) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in [
        captures.concat().as_slice(),
        reader.as_bytes(),
        mapping.as_bytes(),
    ] {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// The entry of a reading of which something was not retracted.
fn living_reading(
    connection: &rusqlite::Connection,
    digest: &[u8; 32],
) -> rusqlite::Result<Option<i64>> {
    use rusqlite::OptionalExtension as _;
    connection
        .query_row(
            "SELECT entry FROM reading WHERE digest = ?1
             AND EXISTS (
                 SELECT 1 FROM publication
                 WHERE publication.reading = reading.id
                   AND publication.id NOT IN
                       (SELECT publication FROM retraction WHERE publication IS NOT NULL)
                   AND (EXISTS (SELECT 1 FROM figure
                                WHERE figure.publication = publication.id
                                  AND figure.entry = reading.entry
                                  AND figure.id NOT IN
                                      (SELECT figure FROM retraction WHERE figure IS NOT NULL))
                     OR EXISTS (SELECT 1 FROM sighting WHERE sighting.publication = publication.id)
                     OR EXISTS (SELECT 1 FROM coverage WHERE coverage.publication = publication.id)
                     OR reading.rows = 0))
             ORDER BY id LIMIT 1",
            [digest.as_slice()],
            |row| row.get(0),
        )
        .optional()
}

/// Notes that known bytes were received again, when they were received at a time not noted yet.
fn note_retrieval(
    connection: &rusqlite::Connection,
    (first, hashes): (i64, &[[u8; 32]]),
    reading: &Reading,
    recording: &Recording,
) -> rusqlite::Result<Recorded> {
    let retrieved = reading
        .publications
        .iter()
        .find_map(|publication| publication.publication.retrieved);
    let (Some(retrieved), false) = (retrieved, hashes.is_empty()) else {
        return Ok(Recorded::Already(first));
    };
    let mut again = Vec::new();
    for (capture, sha256) in all_captures(reading).zip(hashes) {
        let known: i64 = connection.query_row(
            "SELECT id FROM capture WHERE sha256 = ?",
            [sha256.as_slice()],
            |row| row.get(0),
        )?;
        let noted: bool = connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM retrieval WHERE capture = ?1 AND retrieved_at = ?2)
                 OR EXISTS (SELECT 1 FROM answer WHERE capture = ?1 AND retrieved_at = ?2)
                 OR EXISTS (SELECT 1 FROM publication JOIN reading ON reading.id = publication.reading
                            WHERE reading.capture = ?1 AND publication.retrieved = ?2)",
            [known, retrieved.timestamp()],
            |row| row.get(0),
        )?;
        if !noted {
            again.push((known, capture));
        }
    }
    if again.is_empty() {
        return Ok(Recorded::Already(first));
    }
    let mut writer = EntryWriter::begin(connection, EntryKind::Sighting)?;
    for (known, capture) in again {
        match &capture.received {
            Some(received) => add_answer(&mut writer, known, received)?,
            None => {
                let cells = [Cell::Integer(known), Cell::Integer(retrieved.timestamp())];
                writer.add(Table::Retrieval, &cells)?;
            }
        }
    }
    let entry = writer.entry();
    let summary = format!("the bytes of entry {first}, received again {retrieved}");
    writer.finish(&summary, recording)?;
    Ok(Recorded::SeenAgain { first, entry })
}

/// Notes where bytes were received from.
fn add_answer(
    writer: &mut EntryWriter<'_>,
    capture: i64,
    received: &Received,
) -> rusqlite::Result<()> {
    let headers: serde_json::Map<String, serde_json::Value> = received
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    let headers = serde_json::Value::Object(headers).to_string();
    writer
        .add(
            Table::Answer,
            &[
                Cell::Integer(capture),
                Cell::Text(&received.url),
                Cell::Integer(received.at.timestamp()),
                Cell::Integer(received.status.into()),
                Cell::Text(&headers),
            ],
        )
        .map(drop)
}

/// Refuses to read bytes a second time in another way where both readings speak of one series. One page
/// of several may be as it was, and is then read in the same way.
fn refuse_second_mapping(
    connection: &rusqlite::Connection,
    sha256: &[u8; 32],
    reading: &Reading,
) -> rusqlite::Result<Result<(), LedgerError>> {
    let mut statement = connection.prepare(
        "SELECT DISTINCT publication.entry FROM publication
         JOIN reading ON reading.id = publication.reading
         JOIN capture ON capture.id = reading.capture
              OR capture.id IN (SELECT page.capture FROM page WHERE page.reading = reading.id)
         WHERE capture.sha256 = ?1 AND (reading.reader, reading.mapping) <> (?2, ?3)
           AND publication.id NOT IN (SELECT publication FROM retraction WHERE publication IS NOT NULL)",
    )?;
    let entries: Vec<i64> = statement
        .query_map(
            rusqlite::params![sha256, reading.reader, reading.mapping],
            |row| row.get(0),
        )?
        .collect::<rusqlite::Result<_>>()?;
    for entry in entries {
        let mut statement = connection.prepare(
            "SELECT DISTINCT claimant, channel, indicator, measure, unit, origin, location, since, breakdown
             FROM series WHERE id IN (
                 SELECT series FROM figure WHERE entry = ?1
                 UNION SELECT series FROM sighting WHERE entry = ?1)",
        )?;
        let mut texts = codec::Texts::default();
        let earlier: std::collections::HashSet<Series> = statement
            .query_map([entry], |row| codec::series(row, 0, &mut texts))?
            .collect::<rusqlite::Result<_>>()?;
        if let Some(shared) = reading
            .series
            .iter()
            .find(|series| earlier.contains(series))
        {
            return Ok(Err(LedgerError::ReadBefore {
                entry,
                series: describe(shared),
            }));
        }
    }
    Ok(Ok(()))
}

/// Keeps the bytes once, and notes where they were received from.
pub(super) fn add_capture(
    connection: &rusqlite::Connection,
    writer: &mut EntryWriter<'_>,
    capture: &Capture,
    sha256: &[u8; 32],
) -> rusqlite::Result<i64> {
    let id = add_bytes(connection, writer, capture, sha256)?;
    if let Some(received) = &capture.received {
        add_answer(writer, id, received)?;
    }
    Ok(id)
}

/// Keeps the bytes once, in compressed chunks.
fn add_bytes(
    connection: &rusqlite::Connection,
    writer: &mut EntryWriter<'_>,
    capture: &Capture,
    sha256: &[u8; 32],
) -> rusqlite::Result<i64> {
    use rusqlite::OptionalExtension as _;
    let known: Option<i64> = connection
        .query_row(
            "SELECT id FROM capture WHERE sha256 = ?",
            [sha256.as_slice()],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let id = writer.add(
        Table::Capture,
        &[
            Cell::Blob(sha256),
            Cell::Integer(capture.size().cast_signed()),
            Cell::Text(&capture.name),
        ],
    )?;
    const CHUNK: usize = 1 << 20;
    let unread = |error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
    let mut bytes = capture.open().map_err(unread)?;
    let mut chunk = Vec::with_capacity(CHUNK);
    loop {
        chunk.clear();
        let mut next = bytes.by_ref().take(CHUNK as u64);
        if next.read_to_end(&mut chunk).map_err(unread)? == 0 {
            return Ok(id);
        }
        let compressed = zstd::bulk::compress(&chunk, 1).map_err(unread)?;
        writer.add_chunk(id, &compressed)?;
    }
}
