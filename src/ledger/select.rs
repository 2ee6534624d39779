//! Selecting figures, as known on a day and as recorded at an entry.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::types::Value;

use super::codec;
use super::raw::{Index, Raw, Retractions, Sought};
use super::selected::{Run, Selected, index};
use super::{FigureId, Ledger, LedgerError};
use crate::figure::{
    Breakdown, Measure, Period, PlaceId, Publication, Quantity, Series, Status, Version,
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
    pub series: Arc<Vec<Series>>,
    /// The publications that the rows refer to.
    pub publications: Arc<Vec<PublicationRecord>>,
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
        let whole = |selected: &mut Selected<'_>, rows: Vec<Raw>, left: usize| {
            selected.add(rows, left);
            ControlFlow::Continue(())
        };
        self.select(selection, whole)
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// Selects figures part by part, so that no more of them than one part need be held at once. A series is
    /// in one part with all its figures, parts follow each other in the order of [`Figures`], and all share
    /// their series and publications. Some parts are empty. While `take` holds a part, nothing else can be
    /// selected; what it leaves in it is dropped.
    ///
    /// # Errors
    /// When the ledger cannot be read, or with the first error of `take`, which ends it.
    pub fn figures_in_parts<E: From<LedgerError>>(
        &self,
        selection: &Selection,
        mut take: impl FnMut(&mut Figures) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut refused = None;
        let part = |selected: &mut Selected<'_>, rows: Vec<Raw>, _: usize| {
            selected.add(rows, 0);
            if let Err(error) = take(&mut selected.found) {
                refused = Some(error);
                return ControlFlow::Break(());
            }
            selected.clear();
            ControlFlow::Continue(())
        };
        let selected = self.select(selection, part);
        if let Some(error) = refused {
            return Err(error);
        }
        match selected {
            Ok(_) => Ok(()),
            Err(error) => Err(LedgerError::from_sqlite(&self.path, error).into()),
        }
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

    /// Lets `add` judge the rows as they come, and returns what was found and not taken since.
    fn select(
        &self,
        selection: &Selection,
        mut add: impl FnMut(&mut Selected<'_>, Vec<Raw>, usize) -> ControlFlow<()>,
    ) -> rusqlite::Result<Figures> {
        // One state of the ledger for all that is asked of it here, while others write.
        let _snapshot = self.connection.unchecked_transaction()?;
        let entry = selection.as_recorded_at.unwrap_or(i64::MAX);
        let (ids, series) = self.select_series(selection, entry)?;
        let series = Arc::new(series);
        let series_index = index(ids.iter().copied());
        let publications = Arc::new(self.select_publications(&series, entry)?);
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
        let said_again = self.said_again(&series_index, selection)?;
        let known = (&series, &publications);
        let mut selected = Selected::begin(selection, known, &retractions, said_again);
        self.each_batch(&sought, |rows, left| add(&mut selected, rows, left))?;
        Ok(selected.found)
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

    /// The runs of sightings of some series that a selection reaches, by series.
    fn said_again(
        &self,
        series: &Index,
        selection: &Selection,
    ) -> rusqlite::Result<Vec<(usize, Run)>> {
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
        let mut rows = statement.query([entry, known_on])?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(index) = series.get(&row.get(0)?) {
                let run = Run {
                    span: ((row.get(1)?, row.get(2)?), (row.get(3)?, row.get(4)?)),
                    at: (row.get(5)?, row.get(6)?),
                    entry: row.get(7)?,
                };
                runs.push((*index, run));
            }
        }
        runs.sort_by_key(|(series, _)| *series);
        Ok(runs)
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
    pub(super) fn wants(&self, status: Status) -> bool {
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
