//! Rows of figures on their way out: from the projection and SQLite's tail, or from SQLite alone.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use chrono::NaiveDate;

use super::select::RetractedRow;
use super::{Ledger, codec};
use crate::figure::{Period, Quantity, Series, Version};

/// A row on its way out. Series and publication are indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) id: i64,
    pub(super) entry: i64,
    pub(super) publication: usize,
    pub(super) series: usize,
    pub(super) period: Period,
    pub(super) version: Version,
    pub(super) quantity: Quantity,
    pub(super) restates: Option<i64>,
    pub(super) source_row: Option<u32>,
    pub(super) notes: Option<String>,
    pub(super) retracted: Option<Arc<RetractedRow>>,
}

/// Positions by the numbers of the ledger.
pub(super) type Index = HashMap<i64, usize, foldhash::fast::FixedState>;

/// The rows that a selection needs. A cell is judged by all its rows up to a version and an entry,
/// and by no other cell's: limits of either clock and of periods hold for single rows.
pub(super) struct Sought<'s> {
    /// Numbers of the series, in the order of their keys.
    pub(super) ids: &'s [i64],
    pub(super) series: &'s [Series],
    pub(super) series_index: &'s Index,
    pub(super) publication_index: &'s Index,
    pub(super) retractions: &'s Retractions,
    pub(super) entry: i64,
    pub(super) known_on: Option<Version>,
    pub(super) from: Option<NaiveDate>,
    pub(super) to: Option<NaiveDate>,
}

impl Sought<'_> {
    /// Whether a row lies within what both clocks and the periods allow.
    pub(super) fn reaches(&self, entry: i64, version: i64, start: i32, end: i32) -> bool {
        entry <= self.entry
            && self
                .known_on
                .is_none_or(|known_on| version <= known_on.timestamp())
            && self.from.is_none_or(|from| start >= codec::day(from))
            && self.to.is_none_or(|to| end <= codec::day(to))
    }
}

/// What was taken back, by publication and by figure.
pub(super) struct Retractions {
    pub(super) publications: HashMap<i64, Arc<RetractedRow>>,
    pub(super) figures: HashMap<i64, Arc<RetractedRow>>,
}

impl Retractions {
    /// Why a figure of a publication no longer counts.
    pub(super) fn of(&self, publication: i64, figure: i64) -> Option<Arc<RetractedRow>> {
        if self.publications.is_empty() && self.figures.is_empty() {
            return None;
        }
        self.publications
            .get(&publication)
            .or_else(|| self.figures.get(&figure))
            .cloned()
    }
}

/// Which part of the table is read.
#[derive(Clone, Copy)]
enum Part {
    /// The rows of each series, by the index.
    OneByOne,
    /// All rows after this one.
    After(i64),
}

impl Ledger {
    /// Hands on the rows that are sought, in some order: each series with all its rows at once, and series in
    /// the order of selections from one call to the next. With them goes how many may follow.
    pub(super) fn each_batch(
        &self,
        sought: &Sought<'_>,
        mut take: impl FnMut(Vec<Raw>, usize) -> ControlFlow<()>,
    ) -> rusqlite::Result<()> {
        // Beyond this many series, or half of them, one scan is quicker than asking the index for
        // each.
        const ONE_BY_ONE: usize = 2_000;
        let all: u32 =
            self.connection
                .query_row("SELECT COALESCE(MAX(id), 0) FROM series", [], |row| {
                    row.get(0)
                })?;
        if sought.ids.len() <= ONE_BY_ONE.min(all as usize / 2) {
            let _ = take(self.rows_in_sqlite(sought, Part::OneByOne)?, 0);
            return Ok(());
        }
        let mut flow = ControlFlow::Continue(());
        // The first series that was not handed on.
        let mut next = 0;
        let is_whole = self.each_projected(sought, |rows, left| {
            next = rows.iter().map(|row| row.series + 1).fold(next, usize::max);
            flow = take(rows, left);
            flow
        })?;
        if !is_whole && flow.is_continue() {
            let mut rest = self.scanned_rows(sought)?;
            rest.retain(|row| row.series >= next);
            let _ = take(rest, 0);
        }
        Ok(())
    }

    /// As [`Ledger::each_batch`], from the projection and what was recorded since. Whether that was all; if not,
    /// all of the series that were handed on was handed on nevertheless.
    pub(super) fn each_projected(
        &self,
        sought: &Sought<'_>,
        mut take: impl FnMut(Vec<Raw>, usize) -> ControlFlow<()>,
    ) -> rusqlite::Result<bool> {
        let Some(projection) = self.projection()? else {
            return Ok(false);
        };
        let mut since = self.rows_in_sqlite(sought, Part::After(projection.last_figure()))?;
        since.sort_by_key(|row| row.series);
        let mut since = since.into_iter().peekable();
        let is_whole = projection.each_group(self, sought, |mut rows, left| {
            let last = rows.last().map(|row| row.series);
            while let Some(row) = since.next_if(|row| last.is_some_and(|last| row.series <= last)) {
                rows.push(row);
            }
            take(rows, left + since.len())
        })?;
        if is_whole {
            let _ = take(since.collect(), 0);
        }
        Ok(is_whole)
    }

    /// The rows that are sought of some series, by their indices, from SQLite.
    pub(super) fn recorded_rows(
        &self,
        sought: &Sought<'_>,
        series: Range<usize>,
    ) -> rusqlite::Result<Vec<Raw>> {
        let ids = &sought.ids[series];
        self.rows_in_sqlite(&Sought { ids, ..*sought }, Part::OneByOne)
    }

    /// The rows that are sought, from a scan of the whole table.
    fn scanned_rows(&self, sought: &Sought<'_>) -> rusqlite::Result<Vec<Raw>> {
        self.rows_in_sqlite(sought, Part::After(0))
    }

    fn rows_in_sqlite(&self, sought: &Sought<'_>, part: Part) -> rusqlite::Result<Vec<Raw>> {
        const COLUMNS: &str = "id, entry, publication, series, period_start, period_end, version,
            value, low, high, qualifier, status, missing, restates, source_row, notes";
        let mut found = Vec::new();
        let mut take = |rows: &mut rusqlite::Rows<'_>| -> rusqlite::Result<()> {
            while let Some(row) = rows.next()? {
                let (id, publication): (i64, i64) = (row.get(0)?, row.get(2)?);
                let (Some(&series), Some(&publication_at)) = (
                    sought.series_index.get(&row.get(3)?),
                    sought.publication_index.get(&publication),
                ) else {
                    continue;
                };
                if !sought.reaches(row.get(1)?, row.get(6)?, row.get(4)?, row.get(5)?) {
                    continue;
                }
                found.push(Raw {
                    id,
                    entry: row.get(1)?,
                    publication: publication_at,
                    series,
                    period: codec::period_at(row, 4)?,
                    version: codec::version(row, 6)?,
                    quantity: codec::quantity(row, 7)?,
                    restates: row.get(13)?,
                    source_row: row.get(14)?,
                    notes: row.get(15)?,
                    retracted: sought.retractions.of(publication, id),
                });
            }
            Ok(())
        };
        match part {
            Part::OneByOne => {
                let mut statement = self.connection.prepare(&format!(
                    "SELECT {COLUMNS} FROM figure WHERE series = ? AND entry <= ?"
                ))?;
                for id in sought.ids {
                    take(&mut statement.query([*id, sought.entry])?)?;
                }
            }
            Part::After(last) => {
                let mut statement = self.connection.prepare(&format!(
                    "SELECT {COLUMNS} FROM figure WHERE id > ? AND entry <= ?"
                ))?;
                take(&mut statement.query([last, sought.entry])?)?;
            }
        }
        Ok(found)
    }
}
