//! The Parquet projection beside the ledger, from which scans are answered: safe to delete, never
//! the truth.
//!
//! One file, `humstat.figures.parquet` beside `humstat.db`, holds the rows of the figure table up
//! to an entry, sorted as selections are: by series, period, version. What was recorded since comes
//! from SQLite, and so do series, publications, sightings and retractions.
//!
//! A file is believed only when its seal holds (a SHA-256 over all its bytes, checked before any of
//! them is parsed), and when this ledger has the entry that it is pinned to, with that hash.
//! Anything else, from a missing file to another ledger's, means that SQLite answers alone.
//!
//! The seal guards against damage, not against somebody who writes a seal of their own: who can do
//! that beside a ledger can also write to the ledger. `verify` compares the two row by row.

mod read;
mod seal;
mod write;

use std::ops::ControlFlow;

pub use write::Projected;

use super::raw::{Raw, Sought};
use super::selected::{index, sort};
use super::{Ledger, Selection};

/// Names of the columns, as they stand in the file.
mod column {
    pub(super) const FIGURE: &str = "figure";
    pub(super) const ENTRY: &str = "entry";
    pub(super) const PUBLICATION: &str = "publication";
    pub(super) const SERIES: &str = "series";
    pub(super) const PERIOD_START: &str = "period_start";
    pub(super) const PERIOD_END: &str = "period_end";
    pub(super) const VERSION: &str = "version";
    pub(super) const VALUE: &str = "value";
    pub(super) const LOW: &str = "low";
    pub(super) const HIGH: &str = "high";
    pub(super) const QUALIFIER: &str = "qualifier";
    pub(super) const STATUS: &str = "status";
    pub(super) const MISSING: &str = "missing";
    pub(super) const RESTATES: &str = "restates";
    pub(super) const SOURCE_ROW: &str = "source_row";
    pub(super) const NOTES: &str = "notes";
}

impl Ledger {
    /// Whether a projection that would be used holds, row by row, what the ledger holds.
    pub(super) fn is_projected_as_recorded(&self) -> rusqlite::Result<bool> {
        let _snapshot = self.connection.unchecked_transaction()?;
        let (ids, series) = self.select_series(&Selection::default(), i64::MAX)?;
        let publications = self.select_publications(&series, i64::MAX)?;
        let sought = Sought {
            ids: &ids,
            series: &series,
            series_index: &index(ids.iter().copied()),
            publication_index: &index(publications.iter().map(|publication| publication.id)),
            retractions: &self.retractions(i64::MAX)?,
            entry: i64::MAX,
            known_on: None,
            from: None,
            to: None,
        };
        let mut next = 0;
        let mut is_alike = Ok(true);
        // What the ledger holds of the series up to one is set beside what was projected of them.
        let mut compare = |projected: &mut Vec<Raw>, until: usize| {
            let range = next..until.max(next);
            next = range.end;
            self.recorded_rows(&sought, range).map(|mut recorded| {
                sort(projected, &publications);
                sort(&mut recorded, &publications);
                *projected == recorded
            })
        };
        let is_whole = self.each_projected(&sought, |mut projected, _| {
            let until = projected.iter().map(|row| row.series + 1).max();
            is_alike = compare(&mut projected, until.unwrap_or(0));
            match is_alike {
                Ok(true) => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        })?;
        if !is_alike? {
            return Ok(false);
        }
        // A file that cannot be read to its end is not believed, so it answers nothing wrongly.
        if !is_whole {
            return Ok(true);
        }
        compare(&mut Vec::new(), ids.len())
    }
}
