//! Units of gazetteers and aliases of places: recorded by entries like everything else, so that a
//! ledger travels with the places that its figures speak of.
//!
//! They are not retracted, since figures may stand at them: a corrected gazetteer overrules the one
//! before, and an alias is removed by an entry of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::record::add_capture;
use super::row::{Cell, Table};
use super::writer::EntryWriter;
use super::{Capture, EntryKind, Ledger, LedgerError, Recording, codec};
use crate::figure::{PlaceId, counted};
use crate::place::{Alias, Unit};

/// What recording a gazetteer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GazetteerTally {
    /// The entry; none where nothing was new, and nothing was recorded.
    pub entry: Option<i64>,
    /// Units that were not known.
    pub new: usize,
    /// Units that were known with the same content.
    pub known: usize,
    /// Units that were known otherwise.
    pub changed: Vec<ChangedUnit>,
}

/// A unit that a newer gazetteer describes otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedUnit {
    /// As it was.
    pub before: Unit,
    /// As it is from now on.
    pub now: Unit,
}

impl Ledger {
    /// Records the units of a gazetteer as one entry, with the bytes that it was read from. What is
    /// known already adds nothing; where a unit is known otherwise, the newer description stands,
    /// but names in languages of which it says nothing are kept.
    ///
    /// # Errors
    /// When the ledger cannot be written. Nothing changes then.
    pub fn record_units(
        &mut self,
        units: Vec<Unit>,
        capture: &Capture,
        recording: &Recording,
    ) -> Result<GazetteerTally, LedgerError> {
        let transaction = self.begin()?;
        let path = self.path.clone();
        let sql = |error| LedgerError::from_sqlite(&path, error);
        let mut before: HashMap<PlaceId, Unit> = self
            .units()?
            .into_iter()
            .map(|unit| (unit.id.clone(), unit))
            .collect();
        let mut tally = GazetteerTally {
            entry: None,
            new: 0,
            known: 0,
            changed: Vec::new(),
        };
        let mut rows = Vec::new();
        for mut unit in units {
            match before.remove(&unit.id) {
                None => tally.new += 1,
                Some(before) => {
                    keep_other_languages(&mut unit, &before);
                    if unit == before {
                        tally.known += 1;
                        continue;
                    }
                    tally.changed.push(ChangedUnit {
                        before,
                        now: unit.clone(),
                    });
                }
            }
            rows.push(unit);
        }
        if rows.is_empty() {
            return Ok(tally);
        }
        let mut writer = EntryWriter::begin(&transaction, EntryKind::Places).map_err(sql)?;
        tally.entry = Some(writer.entry());
        let sha256 = capture.sha256().map_err(LedgerError::Capture)?;
        add_capture(&transaction, &mut writer, capture, &sha256).map_err(sql)?;
        for unit in &rows {
            let names = serde_json::to_string(&unit.names).unwrap_or_default();
            let cells = [
                Cell::Text(unit.id.as_str()),
                Cell::Text(unit.kind.code()),
                Cell::Text(unit.parent.as_str()),
                Cell::Text(&unit.name),
                Cell::Text(&names),
            ];
            writer.add(Table::Place, &cells).map_err(sql)?;
        }
        let summary = recording.summary.replace("{}", &tally.to_string());
        writer.finish(&summary, recording).map_err(sql)?;
        self.commit(transaction)?;
        Ok(tally)
    }

    /// Records that names mean places, or with `means` false no longer do, as one entry. Pairs that
    /// stand so already add nothing; where all do, there is no entry.
    ///
    /// # Errors
    /// When the ledger cannot be written. Nothing changes then.
    pub fn record_aliases(
        &mut self,
        aliases: &[Alias],
        means: bool,
        recording: &Recording,
    ) -> Result<Option<i64>, LedgerError> {
        let transaction = self.begin()?;
        let path = self.path.clone();
        let sql = |error| LedgerError::from_sqlite(&path, error);
        let standing: BTreeSet<Alias> = self.aliases()?.into_iter().collect();
        let asked: BTreeSet<&Alias> = aliases.iter().collect();
        let changed: Vec<&Alias> = asked
            .into_iter()
            .filter(|alias| standing.contains(alias) != means)
            .collect();
        if changed.is_empty() {
            return Ok(None);
        }
        let mut writer = EntryWriter::begin(&transaction, EntryKind::Alias).map_err(sql)?;
        let entry = writer.entry();
        for alias in changed {
            let cells = [
                Cell::Text(&alias.name),
                Cell::Text(alias.place.as_str()),
                Cell::Integer(means.into()),
            ];
            writer.add(Table::Alias, &cells).map_err(sql)?;
        }
        writer.finish(&recording.summary, recording).map_err(sql)?;
        self.commit(transaction)?;
        Ok(Some(entry))
    }

    /// The units of all gazetteers, each as its newest description has it, in the order in which
    /// they were first recorded. A ledger of an older schema has none.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn units(&self) -> Result<Vec<Unit>, LedgerError> {
        if !self.has(Table::Place) {
            return Ok(Vec::new());
        }
        let rows = || -> rusqlite::Result<Vec<Unit>> {
            self.connection
                .prepare("SELECT place, kind, parent, name, names FROM place ORDER BY id")?
                .query_map([], |row| {
                    Ok(Unit {
                        id: PlaceId::new(row.get::<_, String>(0)?),
                        kind: codec::parsed(row, 1)?,
                        parent: PlaceId::new(row.get::<_, String>(2)?),
                        name: row.get(3)?,
                        names: codec::json(row, 4)?,
                    })
                })?
                .collect()
        };
        let rows = rows().map_err(|error| LedgerError::from_sqlite(&self.path, error))?;
        let mut index: HashMap<PlaceId, usize> = HashMap::with_capacity(rows.len());
        let mut units: Vec<Unit> = Vec::with_capacity(rows.len());
        for unit in rows {
            match index.get(&unit.id) {
                Some(&known) => units[known] = unit,
                None => {
                    index.insert(unit.id.clone(), units.len());
                    units.push(unit);
                }
            }
        }
        Ok(units)
    }

    /// The aliases that stand, sorted by name. A ledger of an older schema has none.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn aliases(&self) -> Result<Vec<Alias>, LedgerError> {
        if !self.has(Table::Alias) {
            return Ok(Vec::new());
        }
        let rows = || -> rusqlite::Result<BTreeMap<Alias, bool>> {
            self.connection
                .prepare("SELECT name, place, means FROM alias ORDER BY id")?
                .query_map([], |row| {
                    let alias = Alias {
                        name: row.get(0)?,
                        place: PlaceId::new(row.get::<_, String>(1)?),
                    };
                    Ok((alias, row.get(2)?))
                })?
                .collect()
        };
        let rows = rows().map_err(|error| LedgerError::from_sqlite(&self.path, error))?;
        Ok(rows
            .into_iter()
            .filter_map(|(alias, means)| means.then_some(alias))
            .collect())
    }
}

/// Gives a unit the names that were known of it in languages of which its new description is silent.
fn keep_other_languages(unit: &mut Unit, before: &Unit) {
    let told: BTreeSet<Option<String>> = unit
        .names
        .iter()
        .map(|name| name.language.clone())
        .collect();
    let kept = before.names.iter();
    let kept = kept.filter(|name| !told.contains(&name.language)).cloned();
    unit.names.extend(kept);
    unit.names.sort();
    unit.names.dedup();
}

impl std::fmt::Display for GazetteerTally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&counted(self.new, "new place", "new places"))?;
        if !self.changed.is_empty() {
            write!(f, ", {} changed", self.changed.len())?;
        }
        if self.known > 0 {
            write!(f, ", {} known", self.known)?;
        }
        Ok(())
    }
}

impl std::fmt::Display for ChangedUnit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { before, now } = self;
        let mut told = Vec::new();
        if before.name != now.name {
            told.push(format!("named `{}`, before `{}`", now.name, before.name));
        }
        if before.parent != now.parent {
            told.push(format!(
                "lies in {}, before in {}",
                now.parent, before.parent
            ));
        }
        if before.kind != now.kind {
            told.push(format!("is {}, before {}", now.kind, before.kind));
        }
        let lacks = |unit: &Unit, text: &str| unit.names.iter().all(|name| name.text != text);
        let names = now.names.iter().map(|name| &name.text);
        let come: BTreeSet<&String> = names.filter(|text| lacks(before, text)).collect();
        told.extend(come.iter().map(|name| format!("also called `{name}`")));
        let names = before.names.iter().map(|name| &name.text);
        let gone: BTreeSet<&String> = names.filter(|text| lacks(now, text)).collect();
        told.extend(gone.iter().map(|name| format!("no longer called `{name}`")));
        if told.is_empty() {
            told.push("its names have other languages".to_owned());
        }
        write!(f, "{}: {}", now.id, told.join("; "))
    }
}
