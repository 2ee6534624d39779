//! Reading the projection: nothing of a file is parsed before its seal holds.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::sync::Arc;

use polars::prelude::{DataFrame, StaticArray as _};
use polars_io::SerReader as _;
use polars_io::parquet::read::{FileMetadata, ParallelStrategy, ParquetReader};
use rusqlite::OptionalExtension as _;

use super::super::raw::{Raw, Sought};
use super::super::{Ledger, codec};
use super::column;
use super::seal::{FORM, Group, PIN, Pin, is_sealed};
use crate::figure::{Quantity, Series, Version};
use crate::quiet::quietly;

/// A projection that this ledger vouches for.
#[derive(Debug)]
pub(in super::super) struct Projection {
    bytes: Vec<u8>,
    pin: Pin,
}

impl Ledger {
    /// The projection beside the ledger, if it is whole and of this very ledger.
    pub(in super::super) fn projection(&self) -> rusqlite::Result<Option<Projection>> {
        let Ok(bytes) = std::fs::read(self.projection_file()) else {
            return Ok(None);
        };
        if !is_sealed(&bytes) {
            return Ok(None);
        }
        let Some(pin) = guarded(|| pin(&bytes)) else {
            return Ok(None);
        };
        let hash: Option<String> = self
            .connection
            .query_row(
                "SELECT lower(hex(hash)) FROM entry WHERE id = ?",
                [pin.entry],
                |row| row.get(0),
            )
            .optional()?;
        // The tail begins where the projection ends, no figure sooner or later.
        let is_end: bool = self.connection.query_row(
            "SELECT NOT EXISTS (SELECT 1 FROM figure WHERE id = ?1 AND entry > ?2)
                AND NOT EXISTS (SELECT 1 FROM figure WHERE id = ?1 + 1 AND entry <= ?2)",
            [pin.last_figure, pin.entry],
            |row| row.get(0),
        )?;
        let rows: usize = pin.groups.iter().map(|group| group.rows).sum();
        let is_ours = hash.is_some_and(|hash| hash == pin.hash)
            && is_end
            && i64::try_from(rows) == Ok(pin.last_figure);
        Ok(is_ours.then_some(Projection { bytes, pin }))
    }
}

impl Projection {
    /// The last figure in it; later ones come from SQLite.
    pub(in super::super) const fn last_figure(&self) -> i64 {
        self.pin.last_figure
    }

    /// Hands on the rows that are sought, row group by row group, in the order of selections: a series is in
    /// one group with all that is projected of it. With them goes how many may follow at most. Whether all was
    /// handed on that could be read: not when the file holds something else than it should, nor when `take` has
    /// enough.
    pub(in super::super) fn each_group(
        &self,
        ledger: &Ledger,
        sought: &Sought<'_>,
        mut take: impl FnMut(Vec<Raw>, usize) -> ControlFlow<()>,
    ) -> rusqlite::Result<bool> {
        let groups = self.groups(ledger, sought.series)?;
        let file = Cursor::new(self.bytes.as_slice());
        let metadata = guarded(|| {
            let mut reader = ParquetReader::new(file);
            Some(FileMetadata::clone(reader.get_metadata().ok()?))
        });
        let Some(mut metadata) = metadata else {
            return Ok(false);
        };
        let of_groups = std::mem::take(&mut metadata.row_groups);
        let rows: Vec<usize> = self.written().map(|group| group.rows).collect();
        let mut left: usize = groups.iter().map(|group| rows[*group]).sum();
        let decode = |group: usize| {
            guarded(|| {
                let mut of_one = metadata.clone();
                of_one.num_rows = rows[group];
                of_one.row_groups = vec![of_groups.get(group)?.clone()];
                self.decode(of_one, sought)
            })
        };
        // The next groups are decoded while the last is made use of; few wait, so that memory stays small.
        const WAITING: usize = 2;
        std::thread::scope(|scope| {
            let (send, decoded) = std::sync::mpsc::sync_channel(WAITING);
            let sent = groups.clone();
            scope.spawn(move || {
                for group in sent {
                    if send.send(decode(group)).is_err() {
                        break;
                    }
                }
            });
            for group in groups {
                left -= rows[group];
                let Ok(Some(decoded)) = decoded.recv() else {
                    return Ok(false);
                };
                if take(decoded, left).is_break() {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    /// The row groups that may hold a wanted series.
    fn groups(&self, ledger: &Ledger, wanted: &[Series]) -> rusqlite::Result<Vec<usize>> {
        let mut find = ledger.connection.prepare(
            "SELECT claimant, channel, indicator, measure, unit, origin, location, since, breakdown
             FROM series WHERE id = ?",
        )?;
        let mut groups = Vec::new();
        let mut texts = codec::Texts::default();
        let mut series_of = |id: i64| find.query_row([id], |row| codec::series(row, 0, &mut texts));
        for (at, group) in self.written().enumerate() {
            let (first, last) = (series_of(group.first)?, series_of(group.last)?);
            let next = wanted.partition_point(|series| *series < first);
            if wanted.get(next).is_some_and(|series| *series <= last) {
                groups.push(at);
            }
        }
        Ok(groups)
    }

    /// The row groups of the file: those of series without a row of their own are not written.
    fn written(&self) -> impl Iterator<Item = &Group> {
        self.pin.groups.iter().filter(|group| group.rows > 0)
    }

    /// The wanted rows of the one row group that is left in the metadata.
    fn decode(&self, metadata: FileMetadata, sought: &Sought<'_>) -> Option<Vec<Raw>> {
        let rows = metadata.num_rows;
        let mut reader = ParquetReader::new(Cursor::new(self.bytes.as_slice()))
            .read_parallel(ParallelStrategy::None);
        reader.set_metadata(Arc::new(metadata));
        let frame = reader.finish().ok()?;
        if frame.height() != rows {
            return None;
        }
        let mut found = Vec::with_capacity(rows);
        self.rows_of(&frame, sought, &mut found)?;
        Some(found)
    }

    /// The wanted rows of one row group.
    fn rows_of(&self, frame: &DataFrame, sought: &Sought<'_>, found: &mut Vec<Raw>) -> Option<()> {
        let whole = |name: &str| frame.column(name).ok()?.i64().ok()?.cont_slice().ok();
        let day = |name: &str| {
            let days = frame.column(name).ok()?.date().ok()?;
            days.physical().cont_slice().ok()
        };
        let optional = |name: &str| {
            let numbers = frame.column(name).ok()?.i64().ok()?;
            numbers
                .downcast_iter()
                .next()
                .filter(|array| array.len() == frame.height())
        };
        let text = |name: &str| {
            let texts = frame.column(name).ok()?.str().ok()?;
            texts
                .downcast_iter()
                .next()
                .filter(|array| array.len() == frame.height())
        };
        let (figure, entry) = (whole(column::FIGURE)?, whole(column::ENTRY)?);
        let (publication, series) = (whole(column::PUBLICATION)?, whole(column::SERIES)?);
        let (start, end) = (day(column::PERIOD_START)?, day(column::PERIOD_END)?);
        let version = whole(column::VERSION)?;
        let (value, low, high) = (
            optional(column::VALUE)?,
            optional(column::LOW)?,
            optional(column::HIGH)?,
        );
        let (qualifier, status) = (text(column::QUALIFIER)?, text(column::STATUS)?);
        let (missing, notes) = (text(column::MISSING)?, text(column::NOTES)?);
        let (restates, source_row) = (optional(column::RESTATES)?, optional(column::SOURCE_ROW)?);
        let mut known: Option<(i64, Option<usize>)> = None;
        for at in 0..frame.height() {
            // Rows of one series follow each other.
            let index = match known {
                Some((id, index)) if id == series[at] => index,
                _ => sought.series_index.get(&series[at]).copied(),
            };
            known = Some((series[at], index));
            let Some(index) = index else { continue };
            if !sought.reaches(entry[at], version[at], start[at], end[at]) {
                continue;
            }
            if figure[at] > self.pin.last_figure {
                return None;
            }
            found.push(Raw {
                id: figure[at],
                entry: entry[at],
                publication: *sought.publication_index.get(&publication[at])?,
                series: index,
                period: codec::period((end[at], start[at]))?,
                version: Version::from_timestamp(version[at])?,
                quantity: Quantity {
                    value: value.get(at),
                    low: low.get(at),
                    high: high.get(at),
                    qualifier: qualifier.get(at)?.parse().ok()?,
                    status: status.get(at)?.parse().ok()?,
                    missing: match missing.get(at) {
                        Some(code) => Some(code.parse().ok()?),
                        None => None,
                    },
                },
                restates: restates.get(at),
                source_row: match source_row.get(at) {
                    Some(row) => Some(u32::try_from(row).ok()?),
                    None => None,
                },
                notes: notes.get(at).map(str::to_owned),
                retracted: sought.retractions.of(publication[at], figure[at]),
            });
        }
        Some(())
    }
}

/// The pin in the metadata of a file.
fn pin(bytes: &[u8]) -> Option<Pin> {
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let metadata = reader.get_metadata().ok()?;
    let pairs = metadata.key_value_metadata().as_ref()?;
    let text = pairs.iter().find(|pair| pair.key == PIN)?.value.as_ref()?;
    serde_json::from_str(text)
        .ok()
        .filter(|pin: &Pin| pin.form == FORM)
}

/// Runs a parser. A sealed file is one that we wrote; should one be forged so that the parser stops
/// in a panic, it is ignored as well.
fn guarded<T>(parse: impl FnOnce() -> Option<T>) -> Option<T> {
    quietly(parse).flatten()
}
