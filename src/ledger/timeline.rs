//! The rows of one cell in version order, and how they stay right whatever arrives when.
//!
//! A publication speaks of a cell in four ways: a row of its own; a sighting, "the same as was
//! known"; a cell without a number; or silence that its rule gives a meaning to. The last three are
//! *implied*: they hold only relative to the rows before them. When a row comes in between, or
//! leaves, what was implied after it is made explicit by a row on behalf of its publication, so
//! that every question "as known on" is answered as if the oldest publication had come first.

use crate::figure::{Missing, Quantity};

/// Where a statement stands in version order: ties of the version go to the later publication.
pub(super) type Order = (i64, i64);

/// One row of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellRow {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) publication: i64,
    pub(super) quantity: Quantity,
    /// The row that was first to say this, for a row that restates; otherwise its own id.
    pub(super) root: i64,
    /// Entry in which the root was recorded.
    pub(super) root_entry: i64,
    pub(super) retracted: bool,
}

impl CellRow {
    pub(super) const fn order(&self) -> Order {
        (self.version, self.publication)
    }
}

/// What a publication says of a cell without a row of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// The same as was known when it was recorded.
    Same,
    /// No number, for this reason; said outright or by silence.
    Absent(Missing),
}

/// One implied statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Implied {
    pub(super) version: i64,
    pub(super) publication: i64,
    pub(super) says: Says,
}

impl Implied {
    pub(super) const fn order(&self) -> Order {
        (self.version, self.publication)
    }
}

/// A row that must be added so that an implied statement stays true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Restatement {
    pub(super) version: i64,
    pub(super) publication: i64,
    pub(super) quantity: Quantity,
    /// Root row and its entry, where it restates a number.
    pub(super) root: Option<(i64, i64)>,
}

/// The last living row at or before a place in version order. Rows are sorted by order and id.
pub(super) fn governing(rows: &[CellRow], at: Order) -> Option<&CellRow> {
    rows.iter()
        .rev()
        .find(|row| !row.retracted && row.order() <= at)
}

/// Whether a publication that was recorded in an entry held this cell by a run of sightings that
/// spans its period. A run spans the periods that were known when it was written: one that came to
/// be known since lies between them, and what was said by a row and taken back is said no longer.
pub(super) fn is_sighted(rows: &[CellRow], at: Order, entry: i64) -> bool {
    rows.iter()
        .any(|row| row.order() <= at && row.root_entry <= entry)
        && !is_taken_back(rows, at.1)
}

/// Whether all that a publication said of this cell by rows of its own was retracted.
pub(super) fn is_taken_back(rows: &[CellRow], publication: i64) -> bool {
    let mut own = rows
        .iter()
        .filter(|row| row.publication == publication)
        .peekable();
    own.peek().is_some() && own.all(|row| row.retracted)
}

/// Finds the rows to add so that every implied statement, true over `before`, is true over `after`.
///
/// `implied` is sorted by order. The additions come in order, each relying on those before it.
pub(super) fn settle(
    before: &[CellRow],
    after: &[CellRow],
    implied: &[Implied],
) -> Vec<Restatement> {
    let mut added: Vec<Restatement> = Vec::new();
    for statement in implied {
        let at = statement.order();
        let current = {
            let row = governing(after, at);
            let restated = added.last().filter(|restated| {
                row.is_none_or(|row| (restated.version, restated.publication) >= row.order())
            });
            restated
                .map(|restated| restated.quantity)
                .or(row.map(|row| row.quantity))
        };
        let (quantity, root) = match statement.says {
            Says::Same => {
                let Some(relied) = governing(before, at) else {
                    continue;
                };
                if current == Some(relied.quantity) {
                    continue;
                }
                (relied.quantity, Some((relied.root, relied.root_entry)))
            }
            Says::Absent(reason) => {
                if !current.is_some_and(|quantity| quantity.is_present()) {
                    continue;
                }
                (Quantity::missing(reason), None)
            }
        };
        added.push(Restatement {
            version: statement.version,
            publication: statement.publication,
            quantity,
            root,
        });
    }
    added
}

/// The rows that change what is known, in version order: living ones, without repetitions, without
/// absences that follow nothing or another absence.
pub(super) fn changes<'r, R>(
    rows: impl IntoIterator<Item = &'r R>,
    quantity: impl Fn(&R) -> Quantity,
) -> Vec<&'r R> {
    let mut kept: Vec<&R> = Vec::new();
    for row in rows {
        let new = quantity(row);
        let repeats = kept.last().map_or(!new.is_present(), |last| {
            let known = quantity(last);
            known == new || (!known.is_present() && !new.is_present())
        });
        if !repeats {
            kept.push(row);
        }
    }
    kept
}
