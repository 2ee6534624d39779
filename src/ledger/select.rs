//! Selecting figures, as known on a day and as recorded at an entry.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::types::Value;

use super::codec;
use super::raw::{Index, Raw, Retractions, Sought};
use super::timeline::{CellRow, changes, is_sighted};
use super::{FigureId, Ledger, LedgerError};
use crate::figure::{
    Absence, Breakdown, Measure, Period, PlaceId, Publication, Quantity, Series, Status, Version,
};

/// Which figures are wanted. An empty list means no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Indicators, by code.
    pub indicators: Vec<String>,
    /// Places that people come from.
    pub origins: Vec<PlaceId>,
    /// Places where they are, or where it happened.
    pub locations: Vec<PlaceId>,
    /// Who counted.
    pub claimants: Vec<String>,
    /// Lines of publication.
    pub channels: Vec<String>,
    /// Stock, flow or cumulative.
    pub measures: Vec<Measure>,
    /// Observed, estimated, …
    pub statuses: Vec<Status>,
    /// Dimensions that must have these codes; an empty code means that the dimension must be absent.
    pub breakdown: BTreeMap<String, String>,
    /// First day that periods may speak of.
    pub from: Option<NaiveDate>,
    /// Last day that periods may speak of.
    pub to: Option<NaiveDate>,
    /// Only series that hold one of these figures.
    pub figures: Vec<FigureId>,
    /// Only the newest period of each series that is not after this day.
    pub at: Option<NaiveDate>,
    /// Only this many of the newest periods of each series; [`Versions::All`] knows no such limit.
    pub recent: Option<usize>,
    /// Only what was public by then.
    pub as_known_on: Option<Version>,
    /// Only what this ledger held after this entry.
    pub as_recorded_at: Option<i64>,
    /// How many versions of each period.
    pub versions: Versions,
}

/// How many versions of a figure are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Versions {
    /// The newest.
    #[default]
    Newest,
    /// All of them, and what was retracted.
    All,
}

/// A publication as the ledger holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRecord {
    /// Its number.
    pub id: i64,
    /// The entry that recorded it.
    pub entry: i64,
    /// What it is.
    pub publication: Publication,
    /// When its figures became known.
    pub version: Version,
}

/// One version of one figure. Series and publication are indices into [`Figures`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// Its name in this ledger.
    pub id: FigureId,
    /// Index of its series.
    pub series: usize,
    /// Index of the publication that said it first.
    pub publication: usize,
    /// The entry that recorded it.
    pub entry: i64,
    /// The days that it speaks of.
    pub period: Period,
    /// When it became known.
    pub version: Version,
    /// The number.
    pub quantity: Quantity,
    /// Row in the source file.
    pub source_row: Option<u32>,
    /// What the source says about it.
    pub notes: Option<String>,
    /// Whether its value differs from one that was known before it.
    pub revises: bool,
    /// Whether a later publication of the channel said it again.
    pub confirmed: bool,
    /// When we took it back, and why.
    pub retracted: Option<Arc<RetractedRow>>,
}

/// Why a row no longer counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetractedRow {
    /// The entry that took it back.
    pub entry: i64,
    /// Why.
    pub reason: String,
}

/// A series whose newest known number lies before a period that its source covered without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotReported {
    /// Index of the series.
    pub series: usize,
    /// The newest period that was covered.
    pub period: Period,
    /// The last period with a number.
    pub last: Period,
}

/// Selected figures, sorted by series, period and version.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// The series, sorted by their key.
    pub series: Vec<Series>,
    /// The publications that the rows refer to.
    pub publications: Vec<PublicationRecord>,
    /// The figures.
    pub rows: Vec<FigureRow>,
    /// Series whose newest number is dead: with [`Selection::at`] they have no row.
    pub not_reported: Vec<NotReported>,
    /// Periods between the first and the last number of a series that its source covered without
    /// one; sought for a few series only, as a chart has them.
    pub gaps: Vec<(usize, Period)>,
}

impl Ledger {
    /// Selects figures.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn figures(&self, selection: &Selection) -> Result<Figures, LedgerError> {
        self.select(selection)
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// Whether some of the series of a selection tell of single events, its breakdown aside.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn has_events(&self, selection: &Selection) -> Result<bool, LedgerError> {
        let entry = selection.as_recorded_at.unwrap_or(i64::MAX);
        let (conditions, values) = conditions(selection, entry);
        self.connection
            .query_row(
                &format!(
                    "SELECT EXISTS (SELECT 1 FROM series
                     WHERE {conditions} AND ';' || breakdown LIKE '%;event=%')"
                ),
                rusqlite::params_from_iter(values),
                |row| row.get(0),
            )
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    fn select(&self, selection: &Selection) -> rusqlite::Result<Figures> {
        // One state of the ledger for all that is asked of it here, while others write.
        let _snapshot = self.connection.unchecked_transaction()?;
        let entry = selection.as_recorded_at.unwrap_or(i64::MAX);
        let (ids, series) = self.select_series(selection, entry)?;
        let series_index = index(ids.iter().copied());
        let publications = self.select_publications(&series, entry)?;
        let publication_index = index(publications.iter().map(|publication| publication.id));
        let retractions = self.retractions(entry)?;
        let sought = Sought {
            ids: &ids,
            series: &series,
            series_index: &series_index,
            publication_index: &publication_index,
            retractions: &retractions,
            entry,
            known_on: selection.as_known_on,
            from: selection.from,
            to: [selection.to, selection.at].into_iter().flatten().min(),
        };
        let with_cells: bool =
            self.connection
                .query_row("SELECT EXISTS (SELECT 1 FROM sighting)", [], |row| {
                    row.get(0)
                })?;
        let covering = covering(selection, &publications, &retractions);
        let begin = || Selected {
            selection,
            series: &series,
            publications: &publications,
            covering: &covering,
            with_cells,
            newest: vec![None; series.len()],
            rows: Vec::new(),
            not_reported: Vec::new(),
            gaps: Vec::new(),
        };
        let mut selected = begin();
        if !self.each_batch(&sought, |rows, left| selected.add(rows, left))? {
            selected = begin();
            selected.add(self.scanned_rows(&sought)?, 0);
        }
        self.confirm(&series_index, &mut selected)?;
        let Selected {
            rows,
            not_reported,
            gaps,
            ..
        } = selected;
        Ok(Figures {
            rows,
            not_reported,
            gaps,
            series,
            publications,
        })
    }

    /// Numbers and keys of the series of a selection, sorted by key.
    pub(super) fn select_series(
        &self,
        selection: &Selection,
        entry: i64,
    ) -> rusqlite::Result<(Vec<i64>, Vec<Series>)> {
        let (conditions, values) = conditions(selection, entry);
        let mut statement = self.connection.prepare(&format!(
            "SELECT id, claimant, channel, indicator, measure, unit, origin, location, since, breakdown
             FROM series WHERE {conditions}"
        ))?;
        let mut texts = codec::Texts::default();
        let mut found: Vec<(Series, i64)> = statement
            .query_map(rusqlite::params_from_iter(values), |row| {
                Ok((codec::series(row, 1, &mut texts)?, row.get(0)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        if !selection.figures.is_empty() {
            let mut statement = self
                .connection
                .prepare("SELECT series FROM figure WHERE id = ?")?;
            let mut holding: HashSet<i64> = HashSet::new();
            for FigureId(id) in &selection.figures {
                let mut rows = statement.query([id])?;
                if let Some(row) = rows.next()? {
                    holding.insert(row.get(0)?);
                }
            }
            found.retain(|(_, id)| holding.contains(id));
        }
        found.retain(|(series, _)| {
            selection.breakdown.iter().all(|(dimension, code)| {
                series.breakdown.get(dimension).unwrap_or_default() == code
            })
        });
        found.sort();
        Ok(found.into_iter().map(|(series, id)| (id, series)).unzip())
    }

    pub(super) fn select_publications(
        &self,
        series: &[Series],
        entry: i64,
    ) -> rusqlite::Result<Vec<PublicationRecord>> {
        let mut channels: Vec<&str> = series.iter().map(|series| &*series.channel).collect();
        channels.sort_unstable();
        channels.dedup();
        let mut statement = self.connection.prepare(
            "SELECT id, entry, channel, title, url, published, retrieved, version, relayed_by,
                    licence, attribution, notes, scope, absence
             FROM publication WHERE channel = ? AND entry <= ? ORDER BY id",
        )?;
        let mut publications = Vec::new();
        for channel in channels {
            let rows = statement.query_map(rusqlite::params![channel, entry], read_publication)?;
            for row in rows {
                publications.push(row?);
            }
        }
        Ok(publications)
    }

    pub(super) fn retractions(&self, entry: i64) -> rusqlite::Result<Retractions> {
        let mut statement = self.connection.prepare(
            "SELECT publication, figure, entry, reason FROM retraction WHERE entry <= ? ORDER BY id DESC",
        )?;
        let mut rows = statement.query([entry])?;
        let mut found = Retractions {
            publications: HashMap::new(),
            figures: HashMap::new(),
        };
        while let Some(row) = rows.next()? {
            let retracted = Arc::new(RetractedRow {
                entry: row.get(2)?,
                reason: row.get(3)?,
            });
            if let Some(publication) = row.get::<_, Option<i64>>(0)? {
                found.publications.insert(publication, retracted);
            } else if let Some(figure) = row.get::<_, Option<i64>>(1)? {
                found.figures.insert(figure, retracted);
            }
        }
        Ok(found)
    }

    /// Notes for the newest figure of each series whether a later publication said it again, by a
    /// row of its own or by a sighting.
    fn confirm(&self, series: &Index, selected: &mut Selected<'_>) -> rusqlite::Result<()> {
        let selection = selected.selection;
        let known_on = selection.as_known_on.map_or(i64::MAX, Version::timestamp);
        let entry = selection.as_recorded_at.unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare(
            "SELECT series, first_end, first_start, last_end, last_start,
                    publication.version, publication.id, sighting.entry
             FROM sighting JOIN publication ON publication.id = sighting.publication
             WHERE publication.id NOT IN
                 (SELECT publication FROM retraction WHERE publication IS NOT NULL AND entry <= ?1)
               AND sighting.entry <= ?1 AND publication.version <= ?2",
        )?;
        let mut runs = statement.query([entry, known_on])?;
        while let Some(run) = runs.next()? {
            let newest = series
                .get(&run.get(0)?)
                .and_then(|index| selected.newest[*index].as_ref());
            let Some(newest) = newest else {
                continue;
            };
            let row = &mut selected.rows[newest.index];
            let key = codec::period_key(row.period);
            let (first, last) = ((run.get(1)?, run.get(2)?), (run.get(3)?, run.get(4)?));
            let at: (i64, i64) = (run.get(5)?, run.get(6)?);
            if !row.confirmed && first <= key && key <= last && at.0 > row.version.timestamp() {
                row.confirmed = is_sighted(&newest.cell, at, run.get(7)?);
            }
        }
        Ok(())
    }
}

/// The conditions of a selection on the columns of series, as SQL, with their values.
fn conditions(selection: &Selection, entry: i64) -> (String, Vec<Value>) {
    let mut conditions = vec!["entry <= ?".to_owned()];
    let mut values: Vec<Value> = vec![entry.into()];
    let mut any_of = |column: &str, wanted: Vec<String>| {
        if !wanted.is_empty() {
            conditions.push(format!("{column} IN (?{})", ", ?".repeat(wanted.len() - 1)));
            values.extend(wanted.into_iter().map(Value::from));
        }
    };
    let places = |ids: &[PlaceId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    any_of("indicator", selection.indicators.clone());
    any_of("origin", places(&selection.origins));
    any_of("location", places(&selection.locations));
    any_of("claimant", selection.claimants.clone());
    any_of("channel", selection.channels.clone());
    any_of(
        "measure",
        selection
            .measures
            .iter()
            .map(|measure| measure.code().to_owned())
            .collect(),
    );
    (conditions.join(" AND "), values)
}

/// What is selected so far.
struct Selected<'s> {
    selection: &'s Selection,
    series: &'s [Series],
    publications: &'s [PublicationRecord],
    covering: &'s [Covering],
    /// Whether the cells of newest figures are kept, for sightings.
    with_cells: bool,
    /// The newest figure of each series.
    newest: Vec<Option<Newest>>,
    rows: Vec<FigureRow>,
    not_reported: Vec<NotReported>,
    gaps: Vec<(usize, Period)>,
}

/// The newest figure of a series: its index among the selected, and all rows of its cell.
#[derive(Clone)]
struct Newest {
    index: usize,
    cell: Vec<CellRow>,
}

impl Selected<'_> {
    /// Adds what was asked for of some series, from all their rows; so many more may follow.
    fn add(&mut self, mut rows: Vec<Raw>, left: usize) {
        if self.rows.capacity() == 0 && self.selection.at.is_none() {
            // Room that is never used costs nothing but addresses; growing would copy all again and again.
            const ROOM: usize = 1 << 20;
            self.rows.reserve_exact((rows.len() + left).min(ROOM));
        }
        sort(&mut rows, self.publications);
        for of_series in rows.chunk_by(|a, b| a.series == b.series) {
            self.add_series(of_series);
            let Some(index) = self.rows.len().checked_sub(1) else {
                continue;
            };
            let last = &mut self.rows[index];
            if last.series != of_series[0].series {
                continue;
            }
            // Rows are sorted by period, so those of one cell follow each other.
            let key = codec::period_key(last.period);
            let start = of_series.partition_point(|row| codec::period_key(row.period) < key);
            let end = of_series.partition_point(|row| codec::period_key(row.period) <= key);
            let cell = &of_series[start..end];
            last.confirmed = cell.iter().any(|again| {
                again.retracted.is_none()
                    && again.quantity == last.quantity
                    && again.version > last.version
            });
            self.newest[last.series] = Some(Newest {
                index,
                cell: if self.with_cells {
                    cell_rows(cell, self.publications)
                } else {
                    Vec::new()
                },
            });
        }
    }

    /// Adds the versions of each period of one series that were asked for.
    fn add_series(&mut self, rows: &[Raw]) {
        let selection = self.selection;
        let before = self.rows.len();
        let cells = rows.chunk_by(|a, b| a.period == b.period);
        if selection.versions == Versions::All {
            for cell in cells {
                self.add_versions(cell);
            }
        } else {
            // From the newest back: most of what lies before the last few periods is never looked at.
            let newest = cells.rev().filter_map(newest_version);
            let wanted = newest.filter(|row| selection.wants(row.quantity.status));
            let limit = selection.recent.unwrap_or(usize::MAX);
            self.rows.extend(wanted.take(limit));
            self.rows[before..].reverse();
        }
        let Some(last) = self.rows[before..].last().map(|row| row.period) else {
            return;
        };
        if selection.at.is_some() {
            let first = self.rows[before..].partition_point(|row| row.period != last);
            self.rows.drain(before..before + first);
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
            let known = &self.rows[before..];
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
        self.gaps.extend(gaps);
        if let Some(period) = covered {
            self.not_reported.push(NotReported {
                series,
                period,
                last,
            });
            if selection.at.is_some() {
                self.rows.truncate(before);
            }
        }
    }

    /// Adds all versions of a cell, and what was retracted of it.
    fn add_versions(&mut self, cell: &[Raw]) {
        let before = self.rows.len();
        let kept = living_changes(cell);
        let living = kept.iter().enumerate();
        let retracted = cell.iter().filter(|row| row.retracted.is_some());
        self.rows.extend(
            living
                .map(|(index, row)| figure_row(row, index > 0))
                .chain(retracted.map(|row| figure_row(row, false)))
                .filter(|row| self.selection.wants(row.quantity.status)),
        );
        let id = |row: &FigureRow| self.publications[row.publication].id;
        self.rows[before..].sort_by_key(|row| (row.version, id(row), row.id));
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

pub(super) fn read_publication(row: &rusqlite::Row<'_>) -> rusqlite::Result<PublicationRecord> {
    let instant = |column: usize| -> rusqlite::Result<Option<Version>> {
        Ok(row
            .get::<_, Option<i64>>(column)?
            .and_then(Version::from_timestamp))
    };
    Ok(PublicationRecord {
        id: row.get(0)?,
        entry: row.get(1)?,
        version: codec::version(row, 7)?,
        publication: Publication {
            channel: row.get(2)?,
            title: row.get(3)?,
            url: row.get(4)?,
            published: instant(5)?,
            retrieved: instant(6)?,
            relayed_by: codec::json(row, 8)?,
            licence: row.get(9)?,
            attribution: row.get(10)?,
            notes: row.get(11)?,
            scope: codec::json(row, 12)?,
            absence: codec::parsed(row, 13)?,
        },
    })
}

impl Selection {
    fn wants(&self, status: Status) -> bool {
        self.statuses.is_empty() || self.statuses.contains(&status)
    }

    /// Limits one dimension of the breakdown.
    #[must_use]
    pub fn with_breakdown(mut self, breakdown: &Breakdown) -> Self {
        for (dimension, code) in breakdown.iter() {
            self.breakdown.insert(dimension.to_owned(), code.to_owned());
        }
        self
    }
}
