//! Events that a source says it deleted: taken back from a day on, and never erased.
//!
//! Such a list names numbers of events alone. What they were, the ledger knows: each cell of theirs that
//! still has a number is one that the source withdrew.

use std::collections::BTreeSet;

use crate::figure::{Absence, Missing, Publication, Scope, Version};
use crate::ledger::{
    AbsentCell, AbsentCells, Capture, FigureCells, Figures, Ledger, LedgerError,
    PublicationReading, Reading, Selection,
};
use crate::vocabulary;

/// The dimension that holds the number of an event.
const EVENT: &str = "event";

/// A list of events that a source deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// The channel that had published them.
    pub channel: &'static str,
    /// Their numbers.
    pub events: BTreeSet<String>,
}

/// What a list of deleted events takes back.
#[derive(Debug)]
pub struct Withdrawal {
    /// What is to be recorded.
    pub reading: Reading,
    /// How many of the events have a number in the ledger.
    pub known: usize,
}

impl Deleted {
    /// What it takes back of what a ledger holds.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn withdrawal(
        &self,
        ledger: &Ledger,
        captures: Vec<Capture>,
        retrieved: Option<Version>,
    ) -> Result<Withdrawal, LedgerError> {
        let figures = ledger.figures(&Selection {
            channels: vec![self.channel.to_owned()],
            as_known_on: retrieved,
            ..Selection::default()
        })?;
        let mut known = BTreeSet::new();
        let mut absent = AbsentCells::default();
        for row in &figures.rows {
            let event = figures.series[row.series].breakdown.get(EVENT);
            let (Some(event), Ok(series)) = (event, u32::try_from(row.series)) else {
                continue;
            };
            if self.events.contains(event) {
                known.insert(event);
                absent.push(AbsentCell {
                    series,
                    period: row.period,
                    missing: Missing::Withdrawn,
                    row: 0,
                });
            }
        }
        let known = known.len();
        let reading = self.reading(&figures, &absent, captures, retrieved);
        Ok(Withdrawal { reading, known })
    }

    fn reading(
        &self,
        figures: &Figures,
        absent: &AbsentCells,
        captures: Vec<Capture>,
        retrieved: Option<Version>,
    ) -> Reading {
        // Series that nothing is said of would be recorded all the same.
        let mut numbers = vec![None; figures.series.len()];
        let mut series = Vec::new();
        let mut cells = AbsentCells::default();
        for cell in absent.iter() {
            let at = cell.series as usize;
            let number = *numbers[at].get_or_insert_with(|| {
                series.push(figures.series[at].clone());
                u32::try_from(series.len() - 1).unwrap_or_default()
            });
            cells.push(AbsentCell {
                series: number,
                ..cell
            });
        }
        let listed = vocabulary::channel(self.channel).ok();
        let publication = Publication {
            channel: self.channel.to_owned(),
            title: format!(
                "{}: deleted events",
                listed.map_or(self.channel, |channel| channel.title.as_str())
            ),
            url: None,
            published: None,
            retrieved,
            relayed_by: Vec::new(),
            licence: listed.map(|channel| channel.licence.clone()),
            attribution: listed.map(|channel| channel.attribution.clone()),
            notes: None,
            scope: Scope::default(),
            absence: Absence::Unchanged,
        };
        Reading {
            captures,
            about: Vec::new(),
            asked: Vec::new(),
            reader: "deleted/1".to_owned(),
            mapping: format!("events that {} no longer holds", self.channel),
            series,
            publications: vec![PublicationReading {
                publication,
                figures: FigureCells::default(),
                absent: cells,
            }],
            rows: self.events.len() as u64,
            skipped: 0,
        }
    }
}
