//! A series as it stands now: its newest numbers by period.

use chrono::NaiveDate;

use crate::figure::{Qualifier, Series, Status};
use crate::ledger::{FigureRow, Figures};

/// One series with the newest version of each period that has a number.
#[derive(Debug)]
pub(super) struct Track<'f> {
    /// Its identity.
    pub(super) series: &'f Series,
    /// Its index in [`Figures::series`].
    pub(super) index: usize,
    /// The newest numbers, by the end of their periods.
    pub(super) rows: Vec<&'f FigureRow>,
    /// What was said before of the same periods and differs: the newest, then the one before it.
    pub(super) revised: Vec<(&'f FigureRow, &'f FigureRow)>,
}

/// The tracks of figures that were selected with all their versions, in the order of their series.
pub(super) fn tracks(figures: &Figures) -> Vec<Track<'_>> {
    figures
        .rows
        .chunk_by(|a, b| a.series == b.series)
        .map(|of_series| {
            let mut track = Track {
                series: &figures.series[of_series[0].series],
                index: of_series[0].series,
                rows: Vec::new(),
                revised: Vec::new(),
            };
            for cell in of_series.chunk_by(|a, b| a.period == b.period) {
                let mut living = cell.iter().filter(|row| row.retracted.is_none()).rev();
                let Some(newest) = living.next().filter(|row| row.quantity.is_present()) else {
                    continue;
                };
                track.rows.push(newest);
                track
                    .revised
                    .extend(living.next().map(|before| (newest, before)));
            }
            track
        })
        .filter(|track| !track.rows.is_empty())
        .collect()
}

/// A number that can be held against others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point<'f> {
    /// Its figure.
    pub(super) row: &'f FigureRow,
    /// The number.
    pub(super) value: i64,
}

impl Point<'_> {
    /// The last day that it speaks of.
    pub(super) fn day(&self) -> NaiveDate {
        self.row.period.end
    }
}

/// Whether a number tells of something that was, not of something expected or intended.
pub(super) fn is_of_the_past(row: &FigureRow) -> bool {
    !matches!(row.quantity.status, Status::Projected | Status::Planned)
}

impl<'f> Track<'f> {
    /// The numbers that were said to be exact, or with rounded ones too: bounds and what is expected
    /// are left out, and of two periods that end on one day all but the first.
    pub(super) fn points(&self, rounded: bool) -> Vec<Point<'f>> {
        let mut points: Vec<Point<'f>> = self
            .rows
            .iter()
            .filter(|row| is_of_the_past(row))
            .filter(|row| match row.quantity.qualifier {
                Qualifier::Exact => true,
                Qualifier::About => rounded,
                _ => false,
            })
            .filter_map(|row| {
                let value = row.quantity.value?;
                Some(Point { row, value })
            })
            .collect();
        points.dedup_by_key(|point| point.day());
        points
    }

    /// The last days of its periods.
    pub(super) fn days(&self) -> Vec<NaiveDate> {
        self.rows.iter().map(|row| row.period.end).collect()
    }
}

/// Whether the periods of figures are as good as equally long, as months and years are.
pub(super) fn are_alike(points: &[Point<'_>]) -> bool {
    let lengths = || points.iter().map(|point| point.row.period.days());
    lengths()
        .max()
        .zip(lengths().min())
        .is_some_and(|(longest, shortest)| longest * 10 <= shortest * 12)
}
