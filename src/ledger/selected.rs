//! Judging rows on their way out: which version of which period of a series is what was asked for.

use std::sync::Arc;

use super::FigureId;
use super::codec;
use super::raw::{Index, Raw, Retractions};
use super::select::{FigureRow, Figures, NotReported, PublicationRecord, Selection, Versions};
use super::timeline::{CellRow, changes, is_sighted};
use crate::figure::{Absence, Period, Series};

/// What is selected so far.
pub(super) struct Selected<'s> {
    selection: &'s Selection,
    series: &'s Arc<Vec<Series>>,
    publications: &'s Arc<Vec<PublicationRecord>>,
    covering: Vec<Covering>,
    /// Runs of periods that a publication said again, by the index of their series.
    said_again: Vec<(usize, Run)>,
    /// What was selected since it was last cleared.
    pub(super) found: Figures,
}

/// A run of sightings: periods of one series of which a publication said what was known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Keys of its first and its last period.
    pub(super) span: ((i32, i32), (i32, i32)),
    /// Version and number of the publication.
    pub(super) at: (i64, i64),
    /// The entry that recorded it.
    pub(super) entry: i64,
}

impl<'s> Selected<'s> {
    /// Nothing so far. The runs are sorted by series.
    pub(super) fn begin(
        selection: &'s Selection,
        (series, publications): (&'s Arc<Vec<Series>>, &'s Arc<Vec<PublicationRecord>>),
        retractions: &Retractions,
        said_again: Vec<(usize, Run)>,
    ) -> Self {
        Self {
            selection,
            series,
            publications,
            covering: covering(selection, publications, retractions),
            said_again,
            found: Figures {
                series: Arc::clone(series),
                publications: Arc::clone(publications),
                ..Figures::default()
            },
        }
    }

    /// Forgets what was found, and keeps the room for it.
    pub(super) fn clear(&mut self) {
        self.found.rows.clear();
        self.found.not_reported.clear();
        self.found.gaps.clear();
    }

    /// Adds what was asked for of some series, from all their rows; so many more may be added.
    pub(super) fn add(&mut self, mut rows: Vec<Raw>, left: usize) {
        if self.found.rows.capacity() == 0 && self.selection.at.is_none() {
            // Room that is never used costs nothing but addresses; growing would copy all again and again.
            const ROOM: usize = 1 << 20;
            self.found.rows.reserve_exact((rows.len() + left).min(ROOM));
        }
        sort(&mut rows, self.publications);
        for of_series in rows.chunk_by(|a, b| a.series == b.series) {
            let before = self.found.rows.len();
            self.add_series(of_series);
            let newest = self.found.rows[before..].last();
            let confirmed = newest.map(|newest| self.is_confirmed(newest, of_series));
            if let (Some(confirmed), Some(newest)) = (confirmed, self.found.rows.last_mut()) {
                newest.confirmed = confirmed;
            }
        }
    }

    /// Whether a later publication said the newest figure of a series again, by a row of its own or by a
    /// sighting.
    fn is_confirmed(&self, newest: &FigureRow, of_series: &[Raw]) -> bool {
        // Rows are sorted by period, so those of one cell follow each other.
        let key = codec::period_key(newest.period);
        let start = of_series.partition_point(|row| codec::period_key(row.period) < key);
        let end = of_series.partition_point(|row| codec::period_key(row.period) <= key);
        let cell = &of_series[start..end];
        let is_repeated = cell.iter().any(|again| {
            again.retracted.is_none()
                && again.quantity == newest.quantity
                && again.version > newest.version
        });
        if is_repeated {
            return true;
        }
        let first = self
            .said_again
            .partition_point(|(series, _)| *series < newest.series);
        let mut later = self.said_again[first..]
            .iter()
            .take_while(|(series, _)| *series == newest.series)
            .map(|(_, run)| run)
            .filter(|run| run.span.0 <= key && key <= run.span.1)
            .filter(|run| run.at.0 > newest.version.timestamp())
            .peekable();
        if later.peek().is_none() {
            return false;
        }
        let cell = cell_rows(cell, self.publications);
        later.any(|run| is_sighted(&cell, run.at, run.entry))
    }

    /// Adds the versions of each period of one series that were asked for.
    fn add_series(&mut self, rows: &[Raw]) {
        let selection = self.selection;
        let before = self.found.rows.len();
        let cells = rows.chunk_by(|a, b| a.period == b.period);
        if selection.versions == Versions::All {
            for cell in cells {
                self.add_versions(cell);
            }
        } else {
            // From the newest back: most of what lies before the last few periods is never looked at.
            let limit = selection.recent.unwrap_or(usize::MAX);
            for cell in cells.rev() {
                if self.found.rows.len() - before == limit {
                    break;
                }
                if let Some(row) = newest_version(cell)
                    && selection.wants(row.quantity.status)
                {
                    self.found.rows.push(row);
                }
            }
            self.found.rows[before..].reverse();
        }
        let Some(last) = self.found.rows[before..].last().map(|row| row.period) else {
            return;
        };
        if selection.at.is_some() {
            let first = self.found.rows[before..].partition_point(|row| row.period != last);
            self.found.rows.drain(before..before + first);
        }
        let series = rows[0].series;
        let of_it = &self.series[series];
        let covers = |covering: &&Covering| {
            let publication = &self.publications[covering.publication].publication;
            *publication.channel == *of_it.channel && publication.scope.covers_series(of_it)
        };
        const FEW: usize = 500;
        let mut gaps: Vec<(usize, Period)> = Vec::new();
        if selection.at.is_none() && self.series.len() <= FEW {
            let known = &self.found.rows[before..];
            let first = known.first().map_or(last, |row| row.period);
            let silent = self
                .covering
                .iter()
                .filter(covers)
                .flat_map(|covering| {
                    let publication = &self.publications[covering.publication].publication;
                    &publication.scope.periods
                })
                .filter_map(|(start, end)| Period::new(*start, *end))
                .filter(|period| first.end < period.end && period.end < last.end)
                .filter(|period| is_like(*period, last))
                .filter(|period| known.iter().all(|row| row.period != *period));
            gaps.extend(silent.map(|period| (series, period)));
            gaps.sort_unstable();
            gaps.dedup();
        }
        // The sets of a scope are asked last: most series reach as far as what covers them.
        let covered = self
            .covering
            .iter()
            .filter(|covering| {
                covering
                    .newest(last)
                    .is_some_and(|newest| newest.end > last.end)
            })
            .filter(covers)
            .filter_map(|covering| covering.newest(last))
            .max_by_key(|period| (period.end, period.start));
        self.found.gaps.extend(gaps);
        if let Some(period) = covered {
            self.found.not_reported.push(NotReported {
                series,
                period,
                last,
            });
            if selection.at.is_some() {
                self.found.rows.truncate(before);
            }
        }
    }

    /// Adds all versions of a cell, and what was retracted of it.
    fn add_versions(&mut self, cell: &[Raw]) {
        let before = self.found.rows.len();
        let kept = living_changes(cell);
        let living = kept.iter().enumerate();
        let retracted = cell.iter().filter(|row| row.retracted.is_some());
        self.found.rows.extend(
            living
                .map(|(index, row)| figure_row(row, index > 0))
                .chain(retracted.map(|row| figure_row(row, false)))
                .filter(|row| self.selection.wants(row.quantity.status)),
        );
        let id = |row: &FigureRow| self.publications[row.publication].id;
        self.found.rows[before..].sort_by_key(|row| (row.version, id(row), row.id));
    }
}

/// The newest version of a cell; none where it holds no number.
fn newest_version(cell: &[Raw]) -> Option<FigureRow> {
    if let [row] = cell
        && row.retracted.is_none()
    {
        // The usual case: what was said once revises nothing.
        return row.quantity.is_present().then(|| figure_row(row, false));
    }
    let kept = living_changes(cell);
    let newest = kept.last().filter(|row| row.quantity.is_present())?;
    Some(figure_row(newest, kept.len() > 1))
}

/// The rows of a cell that change what is known of it.
fn living_changes(cell: &[Raw]) -> Vec<&Raw> {
    let living = cell.iter().filter(|row| row.retracted.is_none());
    changes(living, |row| row.quantity)
}

/// Positions of numbers that differ from each other.
pub(super) fn index(numbers: impl Iterator<Item = i64>) -> Index {
    numbers
        .enumerate()
        .map(|(at, number)| (number, at))
        .collect()
}

/// Sorts rows by series, period and version.
pub(super) fn sort(rows: &mut [Raw], publications: &[PublicationRecord]) {
    rows.sort_by(|a, b| {
        let key = |row: &Raw| (row.series, row.period.end, row.period.start, row.version);
        key(a).cmp(&key(b)).then_with(|| {
            (publications[a.publication].id, a.id).cmp(&(publications[b.publication].id, b.id))
        })
    });
}

/// The rows of one cell as the timeline reads them.
fn cell_rows(rows: &[Raw], publications: &[PublicationRecord]) -> Vec<CellRow> {
    let entry_of = |root: i64| rows.iter().find(|row| row.id == root).map(|row| row.entry);
    rows.iter()
        .map(|row| CellRow {
            id: row.id,
            version: row.version.timestamp(),
            publication: publications[row.publication].id,
            quantity: row.quantity,
            root: row.restates.unwrap_or(row.id),
            root_entry: row.restates.and_then(entry_of).unwrap_or(row.entry),
            retracted: row.retracted.is_some(),
        })
        .collect()
}

/// A publication whose silence about a cell that it covers says something.
struct Covering {
    /// Its index among the selected.
    publication: usize,
    /// The newest day that it covers, of those that are wanted.
    day: Option<Period>,
    /// The newest span of days.
    span: Option<Period>,
}

impl Covering {
    /// The newest period that it covers, of the kind of another.
    fn newest(&self, like: Period) -> Option<Period> {
        if like.start == like.end {
            self.day
        } else {
            self.span
        }
    }
}

/// The publications that cover something, as far as a selection reaches.
fn covering(
    selection: &Selection,
    publications: &[PublicationRecord],
    retractions: &Retractions,
) -> Vec<Covering> {
    let until = [selection.at, selection.to].into_iter().flatten().min();
    let known_on = selection.as_known_on;
    publications
        .iter()
        .enumerate()
        .filter(|(_, record)| {
            !retractions.publications.contains_key(&record.id)
                && matches!(
                    record.publication.absence,
                    Absence::ZeroOrUnreported | Absence::ChangeLog
                )
                && known_on.is_none_or(|known_on| record.version <= known_on)
        })
        .map(|(publication, record)| {
            let newest = |is_day: bool| {
                let periods = record.publication.scope.periods.iter();
                periods
                    .filter_map(|(start, end)| Period::new(*start, *end))
                    .filter(|period| until.is_none_or(|until| period.end <= until))
                    .filter(|period| (period.start == period.end) == is_day)
                    .max_by_key(|period| (period.end, period.start))
            };
            Covering {
                publication,
                day: newest(true),
                span: newest(false),
            }
        })
        .collect()
}

/// Whether two periods are of one kind: a table of stocks and flows covers days and years.
fn is_like(period: Period, other: Period) -> bool {
    (period.start == period.end) == (other.start == other.end)
}

fn figure_row(raw: &Raw, revises: bool) -> FigureRow {
    FigureRow {
        id: FigureId(raw.id),
        series: raw.series,
        publication: raw.publication,
        entry: raw.entry,
        period: raw.period,
        version: raw.version,
        quantity: raw.quantity,
        source_row: raw.source_row,
        notes: raw.notes.clone(),
        revises,
        confirmed: true,
        retracted: raw.retracted.clone(),
    }
}
