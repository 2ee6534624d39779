//! From the stocks of two days to the movements between them, by demographic accounting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::estimate::{Estimate, note};
use super::known::AtHome;
use super::stocks::{Cell, Pair};
use super::{FlowRow, FlowsError, Method};
use crate::analysis::migration::accounting::{
    Accounts, Balance, Estimate as Accounted, Stayers, account, mixture,
};
use crate::analysis::migration::fitting::Stop;
use crate::analysis::migration::{MigrationError, Table};
use crate::figure::{Period, PlaceId, counted, grouped};
use crate::place;
use crate::publish::place_name;

/// Flows below this are not written: it is no thousandth of a person.
const LEAST: f64 = 0.000_5;

/// The tables of one step.
struct Tables<'l> {
    places: Vec<&'l PlaceId>,
    start: Table,
    end: Table,
    births: Vec<f64>,
    deaths: Vec<f64>,
}

impl<'l> Estimate<'_, 'l> {
    /// Flows from demographic accounting.
    pub(super) fn accounts(&self) -> Result<(Vec<FlowRow<'l>>, Vec<String>), FlowsError> {
        let method = self.wanted.method;
        let origins: BTreeSet<&PlaceId> = self
            .stocks
            .cells
            .keys()
            .map(|(origin, _)| *origin)
            .collect();
        if let (1, Some(origin)) = (origins.len(), origins.first()) {
            return Err(FlowsError::OneOrigin(place::place(origin).map_or_else(
                || place_name(origin).to_owned(),
                |place| place.in_text(),
            )));
        }
        let Some(at_home) = self.wanted.at_home else {
            return Err(FlowsError::NoStayers(method));
        };
        if method.needs_births() && self.wanted.natural.is_none() {
            return Err(FlowsError::NoBirths(method));
        }
        let mut remarks = Vec::new();
        let (places, start, end) = self.tables(at_home, &mut remarks)?;
        no_overlap(&places)?;
        let (births, deaths) = self.natural(&places)?;
        let tables = Tables {
            places,
            start,
            end,
            births,
            deaths,
        };
        let fewest = self.account(&tables, Stayers::Most)?;
        remarks.extend(said(&fewest, method, &tables.places));
        let flows = if method == Method::PseudoBayesian {
            let independent = self.account(&tables, Stayers::Independent)?;
            mixture(&fewest.flows, &independent.flows, self.wanted.weight)
                .map_err(|error| named(error, &tables.places))?
        } else {
            fewest.flows
        };
        Ok((self.rows_of(&flows, &tables.places), remarks))
    }

    /// Movements between the places of two tables.
    fn account(&self, tables: &Tables<'_>, stayers: Stayers) -> Result<Accounted, FlowsError> {
        let places = &tables.places;
        // Independent movements have those who stay in them, of whom a seed of movers says nothing.
        let seed = self.wanted.seed.filter(|_| stayers == Stayers::Most);
        let seed = seed.map(|seed| {
            Table::of(places.len(), places.len(), |from, to| {
                if from == to {
                    0.0
                } else {
                    seed.of(places[from], places[to])
                }
            })
        });
        account(&Accounts {
            start: &tables.start,
            end: &tables.end,
            births: &tables.births,
            deaths: &tables.deaths,
            seed: seed.as_ref(),
            balance: if self.wanted.method == Method::AccountingOpen {
                Balance::Open
            } else {
                Balance::Closed
            },
            stayers,
            stop: Stop::default(),
        })
        .map_err(|error| match error {
            MigrationError::NotConverged { row, .. }
                if self.wanted.method != Method::AccountingOpen =>
            {
                FlowsError::NotClosed(place_name(places[row]).to_owned())
            }
            error => named(error, places),
        })
    }

    /// The rows of a table of flows, and those of pairs that were not counted.
    fn rows_of(&self, flows: &Table, places: &[&'l PlaceId]) -> Vec<FlowRow<'l>> {
        let mut rows: BTreeMap<Pair<'l>, FlowRow<'l>> = BTreeMap::new();
        for (row, from) in places.iter().enumerate() {
            for (to, value) in places.iter().zip(flows.row(row)) {
                if *value >= LEAST {
                    let pair = (*from, *to);
                    let mut row = self.row(pair, self.stocks.cells.get(&pair));
                    row.value = Some(*value);
                    rows.insert(pair, row);
                }
            }
        }
        for (pair, cell) in &self.stocks.cells {
            if let Some(word) = self.come_and_gone(cell) {
                let row = rows.entry(*pair);
                note(row.or_insert_with(|| self.row(*pair, Some(cell))), word);
            }
        }
        rows.into_values().collect()
    }

    /// The two tables with those at home on their diagonals, of the places where they are known.
    fn tables(
        &self,
        at_home: &AtHome,
        remarks: &mut Vec<String>,
    ) -> Result<(Vec<&'l PlaceId>, Table, Table), FlowsError> {
        let Period { start, end } = self.period;
        let counts = |cell: &Cell<'_>| cell.both(self.wanted.absent_as_zero);
        let mut others: BTreeMap<&PlaceId, (f64, f64)> = BTreeMap::new();
        let mut all: BTreeSet<&'l PlaceId> = BTreeSet::new();
        for (&(origin, place), cell) in &self.stocks.cells {
            let Some((at_start, at_end)) = counts(cell) else {
                continue;
            };
            all.extend([origin, place]);
            let sums = others.entry(place).or_default();
            *sums = (sums.0 + at_start as f64, sums.1 + at_end as f64);
        }
        if all.is_empty() {
            return Err(FlowsError::NothingInCommon(start, end));
        }
        let stayed = |place: &PlaceId| {
            let (at_start, at_end) = others.get(place).copied().unwrap_or_default();
            let day = |day: NaiveDate, others| at_home.of(place, day, others);
            day(start, at_start).zip(day(end, at_end))
        };
        let (known, lacking): (Vec<&'l PlaceId>, Vec<&'l PlaceId>) = all
            .iter()
            .copied()
            .partition(|place| stayed(place).is_some());
        if let (0 | 1, Some(first)) = (known.len(), lacking.first()) {
            return Err(FlowsError::FewStayers {
                known: known.len(),
                lacking: lacking.len(),
                first: place_name(first).to_owned(),
                start,
                end,
            });
        }
        if !lacking.is_empty() {
            let people: i64 = self
                .stocks
                .cells
                .iter()
                .filter(|((origin, place), _)| lacking.contains(origin) || lacking.contains(place))
                .filter_map(|(_, cell)| counts(cell))
                .map(|(_, at_end)| at_end)
                .sum();
            remarks.push(format!(
                "{} without stayers on both days {} left out, with {} in the stocks of the end: {}{}",
                counted(lacking.len(), "place", "places"),
                if lacking.len() == 1 { "was" } else { "were" },
                counted(people, "person", "people"),
                lacking.iter().take(5).map(|id| place_name(id)).collect::<Vec<_>>().join(", "),
                if lacking.len() > 5 { " and others" } else { "" }
            ));
        }
        let index: BTreeMap<&PlaceId, usize> =
            known.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut tables = (Table::zeros(known.len()), Table::zeros(known.len()));
        for ((origin, place), cell) in &self.stocks.cells {
            let at = index.get(origin).copied().zip(index.get(place).copied());
            if let (Some((row, column)), Some((at_start, at_end))) = (at, counts(cell)) {
                *tables.0.at_mut(row, column) = at_start as f64;
                *tables.1.at_mut(row, column) = at_end as f64;
            }
        }
        for (at, place) in known.iter().enumerate() {
            if let Some((at_start, at_end)) = stayed(place) {
                *tables.0.at_mut(at, at) = at_start;
                *tables.1.at_mut(at, at) = at_end;
            }
        }
        Ok((known, tables.0, tables.1))
    }

    /// Births and deaths of places between the two days; none of either where they are not given.
    fn natural(&self, places: &[&PlaceId]) -> Result<(Vec<f64>, Vec<f64>), FlowsError> {
        let Some(natural) = self.wanted.natural else {
            return Ok((vec![0.0; places.len()], vec![0.0; places.len()]));
        };
        let Period { start, end } = self.period;
        let found = places.iter().map(|place| {
            natural
                .between(place, start, end)
                .map_err(|known| FlowsError::FewBirths {
                    place: place_name(place).to_owned(),
                    known,
                    all: (end - start).num_days(),
                })
        });
        let found: Vec<(f64, f64)> = found.collect::<Result<_, _>>()?;
        Ok(found.into_iter().unzip())
    }
}

/// What was done to the tables that a reader must know.
fn said(estimate: &Accounted, method: Method, places: &[&PlaceId]) -> Vec<String> {
    let people = |number: f64| grouped(number.round() as i64);
    let mut remarks = Vec::new();
    if method == Method::AccountingOpen {
        remarks.push(format!(
            "{} came from places outside these and {} left for them: they are in no row",
            people(estimate.came.iter().sum()),
            people(estimate.left.iter().sum())
        ));
    } else if estimate.discrepancy.abs() >= 0.5 {
        remarks.push(format!(
            "births less deaths and the growth of the stocks differ by {}: those at home were changed by as many in all, half on each day",
            people(estimate.discrepancy.abs())
        ));
    }
    if let [first, rest @ ..] = estimate.spread_births.as_slice() {
        let others = match rest.len() {
            0 => String::new(),
            more => format!(", and in {}", counted(more, "other place", "other places")),
        };
        remarks.push(format!(
            "more were born in {} than live there of its own: births are spread over all who live there{others}",
            place_name(places[*first])
        ));
    }
    if estimate.rounds > 0 {
        remarks.push(format!(
            "fitted in {} until no cell changed by more than {} of a person; no sum is off by more than {:.1e}",
            counted(estimate.rounds, "round", "rounds"),
            Stop::default().change,
            estimate.gap
        ));
    }
    remarks
}

/// Refuses places that may hold the same people, and names two.
fn no_overlap(places: &[&PlaceId]) -> Result<(), FlowsError> {
    if !place::any_overlap(places.iter().copied()) {
        return Ok(());
    }
    for (at, one) in places.iter().enumerate() {
        let mut rest = places.iter().skip(at + 1);
        if let Some(other) = rest.find(|other| place::contains_or_overlaps(one, other)) {
            let (one, other) = (place_name(one), place_name(other));
            return Err(FlowsError::Overlap(one.to_owned(), other.to_owned()));
        }
    }
    Ok(())
}

/// What a kernel refused, with the names of the places that it speaks of.
pub(super) fn named(error: MigrationError, places: &[&PlaceId]) -> FlowsError {
    let name = |at: usize| places.get(at).map_or("?", |id| place_name(id));
    let names = match error {
        MigrationError::NoCount { row, column, .. }
        | MigrationError::BelowZero { row, column, .. } => Some(format!(
            "row {row} is {}, column {column} {}",
            name(row),
            name(column)
        )),
        MigrationError::EmptyRow { row, .. }
        | MigrationError::NotConverged { row, .. }
        | MigrationError::NoStayers(row) => Some(format!("row {row} is {}", name(row))),
        MigrationError::EmptyColumn { column, .. }
        | MigrationError::TooManyDeaths { column, .. }
        | MigrationError::TooManyBirths { column, .. } => {
            Some(format!("column {column} is {}", name(column)))
        }
        MigrationError::NoSum { index, .. } => {
            Some(format!("number {index} is of {}", name(index)))
        }
        _ => None,
    };
    FlowsError::Kernel {
        error,
        places: names,
    }
}
