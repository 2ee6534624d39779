//! Births, deaths, and the differences that remain: what makes two tables hold the same people.

use super::Balance;
use crate::analysis::migration::fitting::{Fitted, Stop, fit};
use crate::analysis::migration::{MigrationError, Table};

/// Two tables in which every origin has the same number of people.
pub(super) struct Balanced {
    pub(super) start: Table,
    pub(super) end: Table,
    /// Who came into each place from outside.
    pub(super) came: Vec<f64>,
    /// Who left each place for outside.
    pub(super) left: Vec<f64>,
    pub(super) rounds: usize,
    pub(super) gap: f64,
}

/// Changes those at home in both tables, half in each, so that the tables grow by births less deaths.
pub(super) fn native_balance(
    start: &mut Table,
    end: &mut Table,
    discrepancy: f64,
) -> Result<(), MigrationError> {
    for (table, change) in [(start, -discrepancy / 2.0), (end, discrepancy / 2.0)] {
        let at_home: f64 = table.diagonal().iter().sum();
        let factor = 1.0 + change / at_home;
        if !(factor > 0.0 && factor.is_finite()) {
            return Err(MigrationError::Unbalanced(discrepancy));
        }
        for place in 0..table.rows() {
            *table.at_mut(place, place) *= factor;
        }
    }
    Ok(())
}

/// The deaths of each place, spread over all who live there alike.
pub(super) fn died(start: &Table, deaths: &[f64]) -> Result<Table, MigrationError> {
    let people = start.column_sums();
    for (column, (&deaths, &people)) in deaths.iter().zip(&people).enumerate() {
        if deaths > people {
            return Err(MigrationError::TooManyDeaths {
                column,
                deaths,
                people,
            });
        }
    }
    Ok(spread(start, deaths, &people))
}

/// The births of each place: all of the place itself, or spread over all who live there where fewer
/// come from it than are born; and the places where they were spread.
pub(super) fn born(end: &Table, births: &[f64]) -> Result<(Table, Vec<usize>), MigrationError> {
    let people = end.column_sums();
    let mut spread_in = Vec::new();
    for (column, (&births, &people)) in births.iter().zip(&people).enumerate() {
        if births > people {
            return Err(MigrationError::TooManyBirths {
                column,
                births,
                people,
            });
        }
        if births > end.at(column, column) {
            spread_in.push(column);
        }
    }
    let alike = spread(end, births, &people);
    let table = Table::of(end.rows(), end.columns(), |row, column| {
        if spread_in.binary_search(&column).is_ok() {
            alike.at(row, column)
        } else if row == column {
            births[column]
        } else {
            0.0
        }
    });
    Ok((table, spread_in))
}

/// Numbers of places spread over those who live there, in proportion.
fn spread(table: &Table, of_places: &[f64], people: &[f64]) -> Table {
    Table::of(table.rows(), table.columns(), |row, column| {
        if people[column] > 0.0 {
            of_places[column] * table.at(row, column) / people[column]
        } else {
            0.0
        }
    })
}

/// Gives every origin the same number of people in both tables.
pub(super) fn balanced(
    start: Table,
    end: Table,
    balance: Balance,
    stop: Stop,
) -> Result<Balanced, MigrationError> {
    let sums = start.row_sums().into_iter().zip(end.row_sums());
    let (weights_of_left, weights_of_came) = match balance {
        Balance::Closed => {
            let means: Vec<f64> = sums.map(|(start, end)| f64::midpoint(start, end)).collect();
            let fitted = |table: &Table| fit(table, &means, &table.column_sums(), stop);
            let (start, end): (Fitted, Fitted) = (fitted(&start)?, fitted(&end)?);
            return Ok(Balanced {
                came: vec![0.0; start.table.columns()],
                left: vec![0.0; start.table.columns()],
                rounds: start.rounds.max(end.rounds),
                gap: start.gap.max(end.gap),
                start: start.table,
                end: end.table,
            });
        }
        Balance::Open => (&start, &end),
        Balance::OpenCrossed => (&end, &start),
    };
    let (fewer, more): (Vec<f64>, Vec<f64>) = sums
        .map(|(start, end)| ((start - end).max(0.0), (end - start).max(0.0)))
        .unzip();
    let left = shared_out(weights_of_left, &fewer)?;
    let came = shared_out(weights_of_came, &more)?;
    Ok(Balanced {
        start: less(&start, &left)?,
        end: less(&end, &came)?,
        came: came.column_sums(),
        left: left.column_sums(),
        rounds: 0,
        gap: 0.0,
    })
}

/// Numbers of origins over the places where they live, in proportion.
fn shared_out(weights: &Table, of_origins: &[f64]) -> Result<Table, MigrationError> {
    let sums = weights.row_sums();
    let mut pairs = sums.iter().zip(of_origins).enumerate();
    if let Some((row, (_, &wanted))) =
        pairs.find(|(_, (sum, wanted))| **sum == 0.0 && **wanted > 0.0)
    {
        return Err(MigrationError::EmptyRow { row, wanted });
    }
    Ok(Table::of(
        weights.rows(),
        weights.columns(),
        |row, column| {
            if of_origins[row] > 0.0 {
                of_origins[row] * weights.at(row, column) / sums[row]
            } else {
                0.0
            }
        },
    ))
}

/// What is left of a table; a rounding below zero is zero.
fn less(table: &Table, taken: &Table) -> Result<Table, MigrationError> {
    /// A part of a cell that may be lost to rounding.
    const ROUNDING: f64 = 1e-9;
    for row in 0..table.rows() {
        for (column, (cell, taken)) in table.row(row).iter().zip(taken.row(row)).enumerate() {
            if *taken > cell * (1.0 + ROUNDING) {
                return Err(MigrationError::BelowZero {
                    row,
                    column,
                    value: cell - taken,
                });
            }
        }
    }
    table.with(taken, |cell, taken| (cell - taken).max(0.0))
}
