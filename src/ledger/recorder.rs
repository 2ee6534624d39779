//! Recording the publications of one reading, each compared with what its channel said before.

use std::collections::HashMap;

use super::LedgerError;
use super::cells::{AbsentCells, FigureCell};
use super::channel::{Channel, Known, PeriodKey, SeriesState, silence};
use super::codec::{self, period_key};
use super::reading::PublicationReading;
use super::record::Tally;
use super::row::{Cell, Table};
use super::step::runs;
use super::timeline::{CellRow, Implied, Says, governing, settle};
use super::writer::EntryWriter;
use crate::figure::{Missing, Quantity, Series, Version};

/// Records the publications of one reading, oldest first.
pub(super) struct Recorder<'a, 'c> {
    pub(super) writer: &'a mut EntryWriter<'c>,
    pub(super) connection: &'c rusqlite::Connection,
    pub(super) reading: i64,
    pub(super) series: &'a [Series],
    pub(super) allow_withdrawals: bool,
    pub(super) tally: &'a mut Tally,
}

/// A publication that is being recorded.
#[derive(Clone, Copy)]
struct Now {
    id: i64,
    version: i64,
}

impl Recorder<'_, '_> {
    pub(super) fn all(
        mut self,
        publications: &[PublicationReading],
        path: &std::path::Path,
    ) -> Result<(), LedgerError> {
        let sql = |error| LedgerError::from_sqlite(path, error);
        let mut channels: HashMap<&str, Channel> = HashMap::new();
        for publication in publications {
            let name = publication.publication.channel.as_str();
            if !channels.contains_key(name) {
                channels.insert(name, Channel::open(self.connection, name).map_err(sql)?);
            }
        }
        let (ids, fresh) = self.add_series().map_err(sql)?;
        for (index, publication) in publications.iter().enumerate() {
            let name = publication.publication.channel.as_str();
            let more_follow = publications[index + 1..]
                .iter()
                .any(|later| later.publication.channel == name);
            let Some(channel) = channels.get_mut(name) else {
                continue;
            };
            self.one(channel, publication, &ids, &fresh, more_follow)
                .map_err(sql)??;
            publication.check()?;
        }
        Ok(())
    }

    /// Finds or makes the rows of the series; also tells which of them are new.
    fn add_series(&mut self) -> rusqlite::Result<(Vec<i64>, Vec<bool>)> {
        let mut find = self.connection.prepare(
            "SELECT id FROM series WHERE location = ? AND origin = ? AND indicator = ? AND channel = ?
               AND breakdown = ? AND since = ? AND measure = ? AND unit = ? AND claimant = ?",
        )?;
        let any: bool =
            self.connection
                .query_row("SELECT EXISTS (SELECT 1 FROM series)", [], |row| row.get(0))?;
        let mut ids = vec![0; self.series.len()];
        let mut fresh = vec![false; self.series.len()];
        for at in in_key_order(self.series) {
            let series = &self.series[at];
            let since = series
                .since
                .map_or_else(String::new, |since| since.to_string());
            let breakdown = series.breakdown.to_string();
            let origin = codec::place_text(series.origin.as_ref());
            let location = codec::place_text(series.location.as_ref());
            let known: Option<i64> = if any {
                use rusqlite::OptionalExtension as _;
                find.query_row(
                    [
                        location,
                        origin,
                        &series.indicator,
                        &series.channel,
                        &breakdown,
                        &since,
                        series.measure.code(),
                        series.unit.code(),
                        &series.claimant,
                    ],
                    |row| row.get(0),
                )
                .optional()?
            } else {
                None
            };
            fresh[at] = known.is_none();
            ids[at] = match known {
                Some(id) => id,
                None => self.writer.add(
                    Table::Series,
                    &[
                        Cell::Text(&series.claimant),
                        Cell::Text(&series.channel),
                        Cell::Text(&series.indicator),
                        Cell::Text(series.measure.code()),
                        Cell::Text(series.unit.code()),
                        Cell::Text(origin),
                        Cell::Text(location),
                        Cell::Text(&since),
                        Cell::Text(&breakdown),
                    ],
                )?,
            };
        }
        Ok((ids, fresh))
    }

    fn one(
        &mut self,
        channel: &mut Channel,
        said: &PublicationReading,
        ids: &[i64],
        fresh: &[bool],
        more_follow: bool,
    ) -> rusqlite::Result<Result<(), LedgerError>> {
        let publication = &said.publication;
        let version = publication.version().map_or(0, Version::timestamp);
        let id = self.writer.add_publication(self.reading, publication)?;
        let now = Now { id, version };
        self.tally.publications += 1;
        self.tally.figures += said.figures.len() as u64;
        self.tally.absent += said.absent.len() as u64;
        if channel.is_new() && !more_follow {
            // Nothing to compare with: every figure is new.
            for cell in said.figures.iter() {
                self.add_figure(now, ids[cell.series as usize], &cell)?;
            }
        } else {
            self.prepare(channel, said, ids, fresh)?;
            self.compare(channel, now, said, ids)?;
            if let Err(refusal) = self.withdraw(channel, now, said, ids)? {
                return Ok(Err(refusal));
            }
        }
        self.add_coverage(channel, now, &said.absent, ids)?;
        let known = Known {
            id,
            entry: self.writer.entry(),
            version,
            absence: publication.absence,
            scope: publication.scope.clone(),
        };
        let place = channel
            .publications
            .partition_point(|other| (other.version, other.id) <= (version, id));
        channel.publications.insert(place, known);
        Ok(Ok(()))
    }

    /// Reads the series that the publication speaks of, by words or by silence.
    fn prepare(
        &self,
        channel: &mut Channel,
        said: &PublicationReading,
        ids: &[i64],
        fresh: &[bool],
    ) -> rusqlite::Result<()> {
        let said_of = said.figures.places().map(|(series, _)| series);
        let silent_of = said.absent.iter().map(|cell| cell.series);
        let mut touched: Vec<u32> = Vec::new();
        for series in said_of.chain(silent_of) {
            if touched.last() != Some(&series) {
                touched.push(series);
            }
        }
        touched.sort_unstable();
        touched.dedup();
        let mut wanted = Vec::new();
        for index in touched {
            let id = ids[index as usize];
            if fresh[index as usize] && !channel.series.contains_key(&id) {
                channel.add_new_series(id, &self.series[index as usize]);
            } else {
                wanted.push(id);
            }
        }
        if silence(said.publication.absence).is_some() {
            channel.load_all(self.connection)
        } else {
            channel.load(self.connection, &wanted)
        }
    }

    /// Adds what differs from what was known, and notes as sightings what does not.
    fn compare(
        &mut self,
        channel: &mut Channel,
        now: Now,
        said: &PublicationReading,
        ids: &[i64],
    ) -> rusqlite::Result<()> {
        let late = channel.has_later((now.version, now.id));
        said.figures.by_series(|series, cells| {
            let id = ids[series as usize];
            let mut sighted: Vec<PeriodKey> = Vec::new();
            for cell in cells {
                let key = period_key(cell.period);
                let rows = channel
                    .series
                    .get(&id)
                    .and_then(|state| state.cells.get(&key));
                let known = rows.and_then(|rows| governing(rows, (now.version, now.id)));
                if known.is_some_and(|row| row.quantity == cell.quantity) {
                    sighted.push(key);
                    self.tally.sightings += 1;
                } else {
                    let overrules = known
                        .is_some_and(|row| row.version == now.version && row.quantity.is_present());
                    self.tally.overruled += u64::from(overrules);
                    let row = self.add_figure(now, id, cell)?;
                    self.insert(channel, id, key, row, late)?;
                }
            }
            let held: Vec<PeriodKey> = cells.iter().map(|cell| period_key(cell.period)).collect();
            self.add_sightings(channel, now, id, &held, &sighted)
        })?;
        for cell in said.absent.iter() {
            let id = ids[cell.series as usize];
            self.end(
                channel,
                now,
                id,
                period_key(cell.period),
                cell.missing,
                late,
            )?;
        }
        Ok(())
    }

    /// Says on behalf of a publication that a cell has no number, if one was known.
    fn end(
        &mut self,
        channel: &mut Channel,
        now: Now,
        series: i64,
        key: PeriodKey,
        missing: Missing,
        late: bool,
    ) -> rusqlite::Result<bool> {
        let known = channel
            .series
            .get(&series)
            .and_then(|state| state.cells.get(&key))
            .and_then(|rows| governing(rows, (now.version, now.id)))
            .is_some_and(|row| row.quantity.is_present());
        if known {
            let row = self.add_row(now, series, key, Quantity::missing(missing), None, 0, None)?;
            self.insert(channel, series, key, row, late)?;
        }
        Ok(known)
    }

    /// Puts a row among the others of its cell, and restates what later publications implied.
    fn insert(
        &mut self,
        channel: &mut Channel,
        series: i64,
        key: PeriodKey,
        row: CellRow,
        late: bool,
    ) -> rusqlite::Result<()> {
        let implied = match channel.series.get(&series) {
            Some(state) if late => channel.implied_after(state, key, row.order()),
            _ => Vec::new(),
        };
        let Some(state) = channel.series.get_mut(&series) else {
            return Ok(());
        };
        insert_row(state, key, row, &implied, |series_rows| {
            self.add_restatements(series, key, series_rows)
        })
    }

    /// Writes the rows that keep implied statements true.
    fn add_restatements(
        &mut self,
        series: i64,
        key: PeriodKey,
        restatements: Vec<super::timeline::Restatement>,
    ) -> rusqlite::Result<Vec<CellRow>> {
        self.tally.restated += restatements.len() as u64;
        add_restatements(self.writer, series, key, restatements)
    }

    /// Judges the silence of a covering publication.
    fn withdraw(
        &mut self,
        channel: &mut Channel,
        now: Now,
        said: &PublicationReading,
        ids: &[i64],
    ) -> rusqlite::Result<Result<(), LedgerError>> {
        let Some(missing) = silence(said.publication.absence) else {
            return Ok(Ok(()));
        };
        let scope = &said.publication.scope;
        let mut held: std::collections::HashSet<(i64, PeriodKey)> =
            std::collections::HashSet::with_capacity(said.figures.len() + said.absent.len());
        held.extend(
            said.figures
                .places()
                .map(|(series, period)| (ids[series as usize], period_key(period))),
        );
        held.extend(
            said.absent
                .iter()
                .map(|cell| (ids[cell.series as usize], period_key(cell.period))),
        );
        let mut known = 0;
        let mut lost = Vec::new();
        for (&id, state) in &channel.series {
            if !scope.covers_series(&state.key) {
                continue;
            }
            for (&key, rows) in &state.cells {
                let present = governing(rows, (now.version, now.id))
                    .is_some_and(|row| row.quantity.is_present());
                if present && super::channel::covers(scope, key) {
                    known += 1;
                    if !held.contains(&(id, key)) {
                        lost.push((id, key));
                    }
                }
            }
        }
        // A release takes back a few cells; a file that lacks many is rather a part of a table.
        const FEW: usize = 20;
        if lost.len() > FEW && lost.len() * 5 > known && !self.allow_withdrawals {
            return Ok(Err(LedgerError::WouldWithdraw {
                lost: lost.len(),
                known,
                absence: said.publication.absence.code(),
            }));
        }
        let late = channel.has_later((now.version, now.id));
        for (id, key) in lost {
            if self.end(channel, now, id, key, missing, late)? {
                self.tally.withdrawn += 1;
            }
        }
        Ok(Ok(()))
    }

    /// Notes runs of periods in which the publication says what was known. A run ends where the
    /// series has a known period that the publication does not hold.
    fn add_sightings(
        &mut self,
        channel: &mut Channel,
        now: Now,
        series: i64,
        held: &[PeriodKey],
        sighted: &[PeriodKey],
    ) -> rusqlite::Result<()> {
        let Some(state) = channel.series.get_mut(&series) else {
            return Ok(());
        };
        let mut runs: Vec<(PeriodKey, PeriodKey)> = Vec::new();
        let mut open: Option<(PeriodKey, PeriodKey)> = None;
        for &key in state.cells.keys() {
            if sighted.binary_search(&key).is_ok() {
                open = Some((open.map_or(key, |(first, _)| first), key));
            } else if held.binary_search(&key).is_err() {
                runs.extend(open.take());
            }
        }
        runs.extend(open);
        for (first, last) in runs {
            self.writer.add(
                Table::Sighting,
                &[
                    Cell::Integer(now.id),
                    Cell::Integer(series),
                    Cell::Integer(first.1.into()),
                    Cell::Integer(first.0.into()),
                    Cell::Integer(last.1.into()),
                    Cell::Integer(last.0.into()),
                ],
            )?;
            state.add_run(now.id, (first, last), Says::Same, None);
        }
        Ok(())
    }

    /// Notes runs of cells that the publication holds without a number: cells of one series that
    /// follow each other day by day, month by month or year by year, with the same reason.
    fn add_coverage(
        &mut self,
        channel: &mut Channel,
        now: Now,
        absent: &AbsentCells,
        ids: &[i64],
    ) -> rusqlite::Result<()> {
        absent.by_reason(|cells| {
            let series = ids[cells[0].series as usize];
            let missing = cells[0].missing;
            for (first, last, step) in runs(cells.iter().map(|cell| cell.period)) {
                self.writer.add(
                    Table::Coverage,
                    &[
                        Cell::Integer(now.id),
                        Cell::Integer(series),
                        Cell::Integer(codec::day(first.start).into()),
                        Cell::Integer(codec::day(first.end).into()),
                        Cell::Integer(codec::day(last.start).into()),
                        Cell::Integer(codec::day(last.end).into()),
                        Cell::Text(step.code()),
                        Cell::Text(missing.code()),
                    ],
                )?;
                if let Some(state) = channel.series.get_mut(&series) {
                    let ends = (period_key(first), period_key(last));
                    state.add_run(now.id, ends, Says::Absent(missing), Some(step));
                }
            }
            Ok(())
        })
    }

    fn add_figure(
        &mut self,
        now: Now,
        series: i64,
        cell: &FigureCell,
    ) -> rusqlite::Result<CellRow> {
        self.tally.new += 1;
        self.add_row(
            now,
            series,
            period_key(cell.period),
            cell.quantity,
            None,
            cell.row,
            cell.notes.as_deref(),
        )
    }

    #[expect(clippy::too_many_arguments, reason = "one per column of the row")]
    fn add_row(
        &mut self,
        now: Now,
        series: i64,
        key: PeriodKey,
        quantity: Quantity,
        root: Option<(i64, i64)>,
        source_row: u32,
        notes: Option<&str>,
    ) -> rusqlite::Result<CellRow> {
        add_row(
            self.writer,
            (now.id, now.version),
            (series, key),
            quantity,
            root,
            (source_row > 0).then_some(i64::from(source_row)),
            notes,
        )
    }
}

/// The places of series in the order in which their rows are made: that of their keys where they are many,
/// so that the index over places grows at its end and selections find them sorted; else as they came.
fn in_key_order(series: &[Series]) -> Vec<usize> {
    const MANY: usize = 10_000;
    let mut places: Vec<usize> = (0..series.len()).collect();
    if series.len() > MANY {
        places.sort_by(|a, b| series[*a].cmp(&series[*b]));
    }
    places
}

/// Writes one row of the table `figure`.
pub(super) fn add_row(
    writer: &mut EntryWriter<'_>,
    (publication, version): (i64, i64),
    (series, key): (i64, PeriodKey),
    quantity: Quantity,
    root: Option<(i64, i64)>,
    source_row: Option<i64>,
    notes: Option<&str>,
) -> rusqlite::Result<CellRow> {
    let id = writer.add(
        Table::Figure,
        &[
            Cell::Integer(publication),
            Cell::Integer(series),
            Cell::Integer(key.1.into()),
            Cell::Integer(key.0.into()),
            Cell::Integer(version),
            Cell::integer(quantity.value),
            Cell::integer(quantity.low),
            Cell::integer(quantity.high),
            Cell::Text(quantity.qualifier.code()),
            Cell::Text(quantity.status.code()),
            Cell::text(quantity.missing.map(Missing::code)),
            Cell::integer(root.map(|(row, _)| row)),
            Cell::integer(source_row),
            Cell::text(notes),
        ],
    )?;
    Ok(CellRow {
        id,
        version,
        publication,
        quantity,
        root: root.map_or(id, |(row, _)| row),
        root_entry: root.map_or_else(|| writer.entry(), |(_, entry)| entry),
        retracted: false,
    })
}

/// Writes restatements and returns their rows.
pub(super) fn add_restatements(
    writer: &mut EntryWriter<'_>,
    series: i64,
    key: PeriodKey,
    restatements: Vec<super::timeline::Restatement>,
) -> rusqlite::Result<Vec<CellRow>> {
    restatements
        .into_iter()
        .map(|restated| {
            add_row(
                writer,
                (restated.publication, restated.version),
                (series, key),
                restated.quantity,
                restated.root,
                None,
                None,
            )
        })
        .collect()
}

/// Puts a row into its cell, and the rows that keep later implied statements true.
fn insert_row(
    state: &mut SeriesState,
    key: PeriodKey,
    row: CellRow,
    implied: &[Implied],
    add: impl FnOnce(Vec<super::timeline::Restatement>) -> rusqlite::Result<Vec<CellRow>>,
) -> rusqlite::Result<()> {
    let rows = state.cells.entry(key).or_default();
    let before = if implied.is_empty() {
        Vec::new()
    } else {
        rows.clone()
    };
    put(rows, row);
    if !implied.is_empty() {
        for restated in add(settle(&before, rows, implied))? {
            put(rows, restated);
        }
    }
    Ok(())
}

/// Keeps the rows of a cell sorted by order and id.
pub(super) fn put(rows: &mut Vec<CellRow>, row: CellRow) {
    let place = rows.partition_point(|other| (other.order(), other.id) < (row.order(), row.id));
    rows.insert(place, row);
}
