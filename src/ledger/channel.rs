//! What the ledger knows of one channel while something new is being recorded in it.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, Row, params};

use super::step::Step;
use super::timeline::{CellRow, Implied, Says, is_sighted, is_taken_back};
use crate::figure::{Absence, Missing, Period, Quantity, Scope, Series};
use crate::ledger::codec;

/// A period as the ledger orders it: last day, then first day, in days since 1970.
pub(super) type PeriodKey = (i32, i32);

/// A publication of the channel that was not retracted.
pub(super) struct Known {
    pub(super) id: i64,
    pub(super) entry: i64,
    pub(super) version: i64,
    pub(super) absence: Absence,
    pub(super) scope: Scope,
}

/// One series with its cells in the order of their periods.
pub(super) struct SeriesState {
    pub(super) key: Series,
    pub(super) cells: BTreeMap<PeriodKey, Vec<CellRow>>,
    runs: Vec<Run>,
}

/// A sighting, or a coverage run with its step.
struct Run {
    publication: i64,
    first: PeriodKey,
    last: PeriodKey,
    says: Says,
    step: Option<Step>,
}

impl Run {
    /// A coverage run holds the periods that its step reaches; a run of sightings those that
    /// [`is_sighted`] says.
    fn holds(&self, key: PeriodKey) -> bool {
        self.first <= key
            && key <= self.last
            && self.step.is_none_or(|step| step.reaches(self.first, key))
    }
}

/// The publications of a channel, and the series that were asked for.
pub(super) struct Channel {
    pub(super) name: String,
    pub(super) publications: Vec<Known>,
    pub(super) series: BTreeMap<i64, SeriesState>,
    loaded: HashSet<i64>,
    all_loaded: bool,
}

impl Channel {
    /// Reads the publications of a channel; its series are read when they are needed.
    pub(super) fn open(connection: &Connection, name: &str) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare(
            "SELECT id, entry, version, absence, scope FROM publication
             WHERE channel = ?
               AND id NOT IN (SELECT publication FROM retraction WHERE publication IS NOT NULL)
             ORDER BY version, id",
        )?;
        let publications = statement
            .query_map([name], |row| {
                Ok(Known {
                    id: row.get(0)?,
                    entry: row.get(1)?,
                    version: row.get(2)?,
                    absence: codec::parsed(row, 3)?,
                    scope: codec::json(row, 4)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            name: name.to_owned(),
            publications,
            series: BTreeMap::new(),
            loaded: HashSet::new(),
            all_loaded: false,
        })
    }

    /// Whether anything was ever recorded in it.
    pub(super) fn is_new(&self) -> bool {
        self.publications.is_empty()
    }

    /// Notes that a series was made just now, so that there is nothing to read.
    pub(super) fn add_new_series(&mut self, id: i64, key: &Series) {
        self.loaded.insert(id);
        self.series.insert(id, SeriesState::new(key.clone()));
    }

    /// Reads the cells of the series that were not read before.
    pub(super) fn load(&mut self, connection: &Connection, ids: &[i64]) -> rusqlite::Result<()> {
        if self.all_loaded {
            return Ok(());
        }
        let wanted: Vec<i64> = ids
            .iter()
            .copied()
            .filter(|id| self.loaded.insert(*id))
            .collect();
        // Beyond this many, one scan of the channel is quicker than asking for each.
        const ONE_BY_ONE: usize = 500;
        if wanted.len() > ONE_BY_ONE {
            return self.load_all(connection);
        }
        for id in wanted {
            self.load_where(connection, "series.id = ?1", &id)?;
        }
        Ok(())
    }

    /// Reads every series of the channel.
    pub(super) fn load_all(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        if std::mem::replace(&mut self.all_loaded, true) {
            return Ok(());
        }
        // Rows written earlier in the same transaction are read again with the rest.
        self.series.clear();
        self.load_where(connection, "series.channel = ?1", &self.name.clone())?;
        self.loaded.extend(self.series.keys());
        Ok(())
    }

    fn load_where(
        &mut self,
        connection: &Connection,
        condition: &str,
        parameter: &dyn rusqlite::ToSql,
    ) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT id, claimant, channel, indicator, measure, unit, origin, location, since, breakdown
             FROM series WHERE {condition}"
        ))?;
        let mut rows = statement.query(params![parameter])?;
        let mut texts = codec::Texts::default();
        while let Some(row) = rows.next()? {
            let series = codec::series(row, 1, &mut texts)?;
            self.series.insert(row.get(0)?, SeriesState::new(series));
        }
        let mut statement = connection.prepare_cached(&format!(
            "SELECT figure.series, period_end, period_start, figure.id, figure.version, publication,
                    value, low, high, qualifier, status, missing,
                    restates, COALESCE((SELECT root.entry FROM figure AS root WHERE root.id = figure.restates), figure.entry),
                    EXISTS (SELECT 1 FROM retraction WHERE retraction.figure = figure.id
                                                     OR retraction.publication = figure.publication)
             FROM figure JOIN series ON series.id = figure.series
             WHERE {condition}
             ORDER BY figure.series, period_end, period_start, figure.version, publication, figure.id"
        ))?;
        let mut rows = statement.query(params![parameter])?;
        while let Some(row) = rows.next()? {
            let cell_row = read_cell_row(row)?;
            if let Some(state) = self.series.get_mut(&row.get(0)?) {
                state
                    .cells
                    .entry((row.get(1)?, row.get(2)?))
                    .or_default()
                    .push(cell_row);
            }
        }
        for (table, extra) in [("sighting", "NULL, NULL"), ("coverage", "missing, step")] {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {table}.series, publication, first_end, first_start, last_end, last_start, {extra}
                 FROM {table} JOIN series ON series.id = {table}.series
                 WHERE {condition}"
            ))?;
            let mut rows = statement.query(params![parameter])?;
            while let Some(row) = rows.next()? {
                let missing: Option<Missing> = codec::optional(row, 6)?;
                let run = Run {
                    publication: row.get(1)?,
                    first: (row.get(2)?, row.get(3)?),
                    last: (row.get(4)?, row.get(5)?),
                    says: missing.map_or(Says::Same, Says::Absent),
                    step: codec::optional(row, 7)?,
                };
                if let Some(state) = self.series.get_mut(&row.get(0)?) {
                    state.runs.push(run);
                }
            }
        }
        Ok(())
    }

    /// Whether a living publication comes after this place in version order.
    pub(super) fn has_later(&self, order: (i64, i64)) -> bool {
        self.publications
            .last()
            .is_some_and(|last| (last.version, last.id) > order)
    }

    /// What living publications after a place say of one cell without a row of their own.
    pub(super) fn implied_after(
        &self,
        series: &SeriesState,
        key: PeriodKey,
        order: (i64, i64),
    ) -> Vec<Implied> {
        let first = self
            .publications
            .partition_point(|known| (known.version, known.id) <= order);
        // What a publication said of a cell and we took back, it no longer says.
        let rows = series.cells.get(&key).map_or(&[][..], Vec::as_slice);
        self.publications[first..]
            .iter()
            .filter(|known| !is_taken_back(rows, known.id))
            .filter_map(|known| {
                let holding = |run: &&Run| run.publication == known.id && run.holds(key);
                let (coverage, sightings) = series
                    .runs
                    .iter()
                    .filter(holding)
                    .partition::<Vec<&Run>, _>(|run| run.step.is_some());
                let run = coverage.first().or_else(|| {
                    let at = (known.version, known.id);
                    sightings
                        .first()
                        .filter(|_| is_sighted(rows, at, known.entry))
                });
                let says = match run {
                    Some(run) => run.says,
                    None => Says::Absent(self.silence_of(known, series, key)?),
                };
                Some(Implied {
                    version: known.version,
                    publication: known.id,
                    says,
                })
            })
            .collect()
    }

    /// What a publication's silence about a cell means; nothing when it lies outside the scope, or
    /// when the publication held the cell, also by a row that was retracted as our mistake.
    pub(super) fn silence_of(
        &self,
        known: &Known,
        series: &SeriesState,
        key: PeriodKey,
    ) -> Option<Missing> {
        let meaning = silence(known.absence)?;
        let held = series
            .cells
            .get(&key)
            .is_some_and(|rows| rows.iter().any(|row| row.publication == known.id));
        (!held && known.scope.covers_series(&series.key) && covers(&known.scope, key))
            .then_some(meaning)
    }
}

impl SeriesState {
    fn new(key: Series) -> Self {
        Self {
            key,
            cells: BTreeMap::new(),
            runs: Vec::new(),
        }
    }

    /// Notes a run that was written just now.
    pub(super) fn add_run(
        &mut self,
        publication: i64,
        (first, last): (PeriodKey, PeriodKey),
        says: Says,
        step: Option<Step>,
    ) {
        self.runs.push(Run {
            publication,
            first,
            last,
            says,
            step,
        });
    }
}

/// What silence means under a rule.
pub(super) const fn silence(absence: Absence) -> Option<Missing> {
    match absence {
        Absence::Unchanged | Absence::ChangeLog => None,
        Absence::Withdrawn => Some(Missing::Withdrawn),
        Absence::ZeroOrUnreported => Some(Missing::ZeroOrUnreported),
    }
}

/// Whether a scope covers the period of a key.
pub(super) fn covers(scope: &Scope, key: PeriodKey) -> bool {
    scope.periods.is_empty()
        || codec::period(key).is_some_and(|period: Period| scope.covers_period(period))
}

fn read_cell_row(row: &Row<'_>) -> rusqlite::Result<CellRow> {
    let id: i64 = row.get(3)?;
    let quantity: Quantity = codec::quantity(row, 6)?;
    let restates: Option<i64> = row.get(12)?;
    Ok(CellRow {
        id,
        version: row.get(4)?,
        publication: row.get(5)?,
        quantity,
        root: restates.unwrap_or(id),
        root_entry: row.get(13)?,
        retracted: row.get(14)?,
    })
}
