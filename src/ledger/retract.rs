//! Taking back what we recorded wrongly, without a trace in any answer and with every trace in the log.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _};

use super::channel::{Channel, PeriodKey};
use super::recorder::{add_restatements, put};
use super::row::{Cell, Table};
use super::timeline::settle;
use super::writer::EntryWriter;
use super::{EntryKind, FigureId, Ledger, LedgerError, Recording, codec};

/// A figure of ours that was wrong and that another stands in for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The wrong figure.
    pub figure: FigureId,
    /// Why it was wrong.
    pub reason: String,
}

/// What a retraction takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retracted {
    /// All that an entry recorded.
    Entry(i64),
    /// One figure.
    Figure(FigureId),
}

impl Ledger {
    /// Takes back an entry or a figure that we recorded wrongly. What is retracted leaves every
    /// answer at every date and is never counted as a revision of the source.
    ///
    /// Returns the number of the new entry.
    ///
    /// # Errors
    /// When it does not exist, holds no figures, or was retracted before.
    pub fn retract(
        &mut self,
        what: Retracted,
        reason: &str,
        recording: &Recording,
    ) -> Result<i64, LedgerError> {
        let transaction = self.begin()?;
        let path = self.path.clone();
        let sql = |error| LedgerError::from_sqlite(&path, error);
        let connection = &*transaction;
        let mut writer = EntryWriter::begin(connection, EntryKind::Retract).map_err(sql)?;
        let number = writer.entry();
        let summary = match what {
            Retracted::Entry(entry) => {
                retract_entry(connection, &mut writer, &path, entry, reason)?;
                format!("took back entry {entry}: {reason}")
            }
            Retracted::Figure(figure) => {
                let replaced = Replaced {
                    figure,
                    reason: reason.to_owned(),
                };
                retract_figure(connection, &mut writer, &path, &replaced)?;
                format!("took back figure {figure}: {reason}")
            }
        };
        writer.finish(&summary, recording).map_err(sql)?;
        self.commit(transaction)?;
        Ok(number)
    }
}

fn retract_entry(
    connection: &Connection,
    writer: &mut EntryWriter<'_>,
    path: &Path,
    entry: i64,
    reason: &str,
) -> Result<(), LedgerError> {
    let sql = |error| LedgerError::from_sqlite(path, error);
    let kind: Option<EntryKind> = connection
        .query_row("SELECT kind FROM entry WHERE id = ?", [entry], |row| {
            codec::parsed(row, 0)
        })
        .optional()
        .map_err(sql)?;
    match kind {
        None => return Err(LedgerError::NoSuchEntry(entry)),
        Some(EntryKind::Places | EntryKind::Alias) => return Err(LedgerError::PlacesStay(entry)),
        Some(_) => {}
    }
    let publications: Vec<(i64, String)> = query(
        connection,
        "SELECT id, channel FROM publication WHERE entry = ?",
        entry,
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
    .map_err(sql)?;
    if publications.is_empty() {
        return Err(LedgerError::NothingToRetract(entry));
    }
    let before: Option<i64> = connection
        .query_row(
            "SELECT retraction.entry FROM retraction JOIN publication ON publication.id = retraction.publication
             WHERE publication.entry = ? LIMIT 1",
            [entry],
            |row| row.get(0),
        )
        .optional()
        .map_err(sql)?;
    if let Some(before) = before {
        return Err(LedgerError::AlreadyRetracted(
            format!("entry {entry}"),
            before,
        ));
    }
    let mut by_channel: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for (id, channel) in &publications {
        by_channel.entry(channel).or_default().insert(*id);
    }
    for (name, ids) in by_channel {
        let mut channel = Channel::open(connection, name).map_err(sql)?;
        channel.load_all(connection).map_err(sql)?;
        channel
            .publications
            .retain(|known| !ids.contains(&known.id));
        take_back(writer, &mut channel, |row| ids.contains(&row.publication)).map_err(sql)?;
    }
    for (id, _) in &publications {
        writer
            .add(
                Table::Retraction,
                &[Cell::Integer(*id), Cell::Null, Cell::Text(reason)],
            )
            .map_err(sql)?;
    }
    Ok(())
}

/// Takes back one figure within an entry that is being written.
pub(super) fn retract_figure(
    connection: &Connection,
    writer: &mut EntryWriter<'_>,
    path: &Path,
    replaced: &Replaced,
) -> Result<(), LedgerError> {
    let sql = |error| LedgerError::from_sqlite(path, error);
    let FigureId(id) = replaced.figure;
    let found: Option<(String, i64)> = connection
        .query_row(
            "SELECT series.channel, series.id FROM figure JOIN series ON series.id = figure.series
             WHERE figure.id = ?",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
        .map_err(sql)?;
    let Some((name, series)) = found else {
        return Err(LedgerError::NoSuchFigure(replaced.figure.to_string()));
    };
    let before: Option<i64> = connection
        .query_row(
            "SELECT entry FROM retraction WHERE figure = ?1
               OR publication = (SELECT publication FROM figure WHERE id = ?1) LIMIT 1",
            [id],
            |row| row.get(0),
        )
        .optional()
        .map_err(sql)?;
    if let Some(before) = before {
        return Err(LedgerError::AlreadyRetracted(
            format!("figure {}", replaced.figure),
            before,
        ));
    }
    let mut channel = Channel::open(connection, &name).map_err(sql)?;
    channel.load(connection, &[series]).map_err(sql)?;
    take_back(writer, &mut channel, |row| row.id == id).map_err(sql)?;
    writer
        .add(
            Table::Retraction,
            &[Cell::Null, Cell::Integer(id), Cell::Text(&replaced.reason)],
        )
        .map_err(sql)?;
    Ok(())
}

/// Marks rows as retracted and restates what living publications had said relying on them.
fn take_back(
    writer: &mut EntryWriter<'_>,
    channel: &mut Channel,
    is_wrong: impl Fn(&super::timeline::CellRow) -> bool,
) -> rusqlite::Result<()> {
    let mut affected: Vec<(i64, PeriodKey)> = Vec::new();
    for (&id, state) in &channel.series {
        for (&key, rows) in &state.cells {
            if rows.iter().any(|row| !row.retracted && is_wrong(row)) {
                affected.push((id, key));
            }
        }
    }
    for (id, key) in affected {
        let Some(state) = channel.series.get_mut(&id) else {
            continue;
        };
        let rows = state.cells.entry(key).or_default();
        let before = rows.clone();
        for row in rows.iter_mut() {
            row.retracted |= is_wrong(row);
        }
        let mut after = rows.clone();
        let Some(state) = channel.series.get(&id) else {
            continue;
        };
        let implied = channel.implied_after(state, key, (i64::MIN, i64::MIN));
        for restated in add_restatements(writer, id, key, settle(&before, &after, &implied))? {
            put(&mut after, restated);
        }
        if let Some(state) = channel.series.get_mut(&id) {
            state.cells.insert(key, after);
        }
    }
    Ok(())
}

fn query<T>(
    connection: &Connection,
    statement: &str,
    parameter: i64,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection
        .prepare(statement)?
        .query_map([parameter], read)?
        .collect()
}
