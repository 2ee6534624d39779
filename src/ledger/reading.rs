//! What a reader hands to the ledger: publications and what each says of its cells.

use std::fmt::Write as _;

use super::{AbsentCells, Capture, FigureCells, LedgerError};
use crate::figure::{Period, Publication, Series};

/// The outcome of reading a capture, or several that are one, ready to be recorded as one entry.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What was read, page by page; none for a figure typed by hand.
    pub captures: Vec<Capture>,
    /// Answers that tell about what was read and hold no row of it, such as the description of a
    /// dataset with its licence.
    pub about: Vec<Capture>,
    /// What was asked for it, as the words after `humstat ingest`; none for what a person gave.
    pub asked: Vec<String>,
    /// Reader and its version, such as `table/1`. A new version means the same bytes may be read otherwise.
    pub reader: String,
    /// The mapping and the options, as text: with the reader and the capture they identify a reading.
    pub mapping: String,
    /// Series that the cells refer to by index.
    pub series: Vec<Series>,
    /// Publications with their cells.
    pub publications: Vec<PublicationReading>,
    /// How many rows of data were read.
    pub rows: u64,
    /// How many rows could not be read and were left out.
    pub skipped: u64,
}

/// One publication and the cells that it holds.
#[derive(Debug, Clone)]
pub struct PublicationReading {
    /// The publication. Its version must be known.
    pub publication: Publication,
    /// Cells with a number.
    pub figures: FigureCells,
    /// Cells that are there and hold no number.
    pub absent: AbsentCells,
}

/// A reading that can be recorded: every publication has its date and its names, and none
/// contradicts itself.
#[derive(Debug, Clone)]
pub struct Checked(pub(super) Reading);

impl Reading {
    /// Checks a reading before a ledger is opened or made for it.
    ///
    /// # Errors
    /// When a publication has no date or no name, or two rows contradict each other.
    pub fn check(mut self) -> Result<Checked, LedgerError> {
        for publication in &mut self.publications {
            check_names(&publication.publication)?;
            publication.settle(&self.series)?;
        }
        if self
            .series
            .iter()
            .any(|series| series.claimant.trim().is_empty())
        {
            return Err(LedgerError::NoName("claimant"));
        }
        self.publications
            .sort_by_key(|publication| publication.publication.version());
        Ok(Checked(self))
    }
}

impl PublicationReading {
    /// Puts the cells into the order of the ledger and drops repetitions.
    ///
    /// # Errors
    /// [`LedgerError::Contradiction`] when two rows say different things of one cell.
    fn settle(&mut self, series: &[Series]) -> Result<(), LedgerError> {
        if let Some((first, second)) = self.figures.settle() {
            return Err(contradiction(
                series,
                (first.series, first.period),
                (first.row, first.quantity.to_string()),
                (second.row, second.quantity.to_string()),
            ));
        }
        self.absent.settle();
        let mut absent = self.absent.iter().peekable();
        for figure in self.figures.iter() {
            let key = (figure.series, figure.period.end, figure.period.start);
            while absent
                .next_if(|cell| (cell.series, cell.period.end, cell.period.start) < key)
                .is_some()
            {}
            if let Some(cell) = absent
                .peek()
                .filter(|cell| (cell.series, cell.period.end, cell.period.start) == key)
            {
                return Err(contradiction(
                    series,
                    (figure.series, figure.period),
                    (figure.row, figure.quantity.to_string()),
                    (cell.row, cell.missing.code().replace('_', " ")),
                ));
            }
        }
        drop(absent);
        self.check()
    }

    /// Whether all cells could be kept and read.
    ///
    /// # Errors
    /// When a temporary file could not be written or read.
    pub(super) fn check(&self) -> Result<(), LedgerError> {
        let checked = self.figures.check().and_then(|()| self.absent.check());
        checked.map_err(LedgerError::Capture)
    }
}

/// Checks that a publication has its date and its names.
pub(super) fn check_names(about: &Publication) -> Result<(), LedgerError> {
    if about.version().is_none() {
        return Err(LedgerError::NoVersion(about.title.clone()));
    }
    for (what, name) in [("channel", &about.channel), ("title", &about.title)] {
        if name.trim().is_empty() {
            return Err(LedgerError::NoName(what));
        }
    }
    Ok(())
}

fn contradiction(
    series: &[Series],
    (index, period): (u32, Period),
    (first, first_value): (u32, String),
    (second, second_value): (u32, String),
) -> LedgerError {
    LedgerError::Contradiction {
        first,
        second,
        series: describe(&series[index as usize]),
        period: period.to_string(),
        first_value,
        second_value,
    }
}

/// A series in a few words, for messages: `border_crossings UKR -> POL (UNHCR, unhcr/odp)`.
pub(super) fn describe(series: &Series) -> String {
    let mut text = series.indicator.to_string();
    if let Some(origin) = &series.origin {
        let _ = write!(text, " from {origin}");
    }
    if let Some(location) = &series.location {
        let _ = write!(text, " in {location}");
    }
    if !series.breakdown.is_all() {
        let _ = write!(text, " [{}]", series.breakdown);
    }
    let _ = write!(text, " ({}, {})", series.claimant, series.channel);
    text
}
