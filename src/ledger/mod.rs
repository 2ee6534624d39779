//! The append-only record: every published figure with its publication, in one SQLite file.
//!
//! One ingest is one transaction and one entry. A figure that equals the one known before it is a
//! sighting, not a row. Two clocks: [`Selection::as_known_on`] asks what was public,
//! [`Selection::as_recorded_at`] what this ledger held. What was recorded wrongly is retracted, by
//! an entry of its own; nothing is ever changed or deleted.

mod answer;
mod backup;
mod candidate;
mod capture;
mod cells;
mod channel;
mod codec;
mod decision;
mod error;
mod held;
pub mod ids;
mod log;
mod made;
mod open;
mod place;
mod projection;
mod proposal;
mod raw;
mod reading;
mod record;
mod recorded;
mod recorder;
mod release;
mod retract;
mod row;
mod select;
mod selected;
mod sighting;
mod source;
mod spill;
mod step;
mod timeline;
mod verify;
mod waiting;
mod writer;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use rusqlite::Connection;

pub use candidate::{
    CandidateFilter, CandidateId, CandidateRecord, Candidates, DocumentRecord, Standing,
};
pub use capture::{Capture, Received, piped};
pub use cells::{AbsentCell, AbsentCells, FigureCell, FigureCells};
pub use decision::{Decided, Decision, NewFigure, ReadFrom, Verdict};
pub use error::LedgerError;
pub use held::Held;
pub use log::{Entry, EntryDetail};
pub use place::{ChangedUnit, GazetteerTally};
pub use projection::Projected;
pub use proposal::{Proposal, Proposed};
pub use reading::{Checked, PublicationReading, Reading};
pub use record::{Recorded, Tally};
pub use recorded::{RecordedCapture, RecordedPublication, RecordedReading};
pub use release::{Release, ReleasedFile};
pub use retract::{Replaced, Retracted};
pub use select::{
    FigureRow, Figures, NotReported, PublicationRecord, RetractedRow, Selection, Versions,
};
pub use sighting::Sighting;
pub use source::FigureSource;
pub use verify::{Fault, Verified};

use crate::figure::{Version, coded_enum};

/// A ledger that is open for reading, or for reading and writing.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    connection: Connection,
    /// The schema of the file; that of this program once it was opened to be written.
    schema: i64,
    waited: std::cell::Cell<Duration>,
}

/// What an entry is told about its recording. The library has no clock: the caller passes it in.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The time of recording.
    pub now: Version,
    /// Name and version of the program.
    pub program: String,
    /// One line about the entry; `{}` stands for what was added.
    pub summary: String,
    /// Lets a covering publication take back more than a few figures.
    pub allow_withdrawals: bool,
}

coded_enum! {
    /// What an entry does.
    EntryKind ("kind of entry") {
        /// Records a file or an answer.
        Ingest = "ingest",
        /// Records a figure typed by hand.
        Record = "record",
        /// Notes that known bytes were received again.
        Sighting = "sighting",
        /// Takes back what we recorded wrongly.
        Retract = "retract",
        /// Notes what was put out.
        Release = "release",
        /// Records the units of a gazetteer.
        Places = "places",
        /// Records what names mean, or no longer mean.
        Alias = "alias",
        /// Proposes figures that were read from prose.
        Propose = "propose",
        /// Records what was decided on proposed figures.
        Review = "review",
    }
}

/// The name of a figure: `f` and its number in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(pub i64);

impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "f{}", self.0)
    }
}

impl FromStr for FigureId {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_prefix('f')
            .and_then(|number| number.parse().ok())
            .filter(|number| *number > 0)
            .map(Self)
            .ok_or_else(|| LedgerError::NoSuchFigure(text.to_owned()))
    }
}

impl Ledger {
    /// Where the ledger lies.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// How long the last write waited for another process.
    pub fn waited(&self) -> Duration {
        self.waited.get()
    }
}
