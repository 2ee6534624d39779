//! Flows in proportion to stocks.

use nalgebra::DMatrix;

use super::table::check_sums;
use super::{MigrationError, Table};

/// The part of the largest stock by which growth may miss a stock of the end.
const MOST_ERROR: f64 = 1e-9;

/// Spreads a known number of movements over pairs in proportion to the stocks of the start (Dennett
/// 2015; `ffs_rates` of migest with `method = "dennett"`).
///
/// Assumes that new movements are spread as those who moved before them, so it knows no change of
/// course; the number of movements must be known from elsewhere.
///
/// # Errors
/// When the table is not square, nobody lives away from home, or a number is below zero or none.
pub fn dennett(start: &Table, movements: f64) -> Result<Table, MigrationError> {
    start.places()?;
    start.check_counts()?;
    check_sums(&[movements])?;
    let mut flows = start.clone();
    flows.fill_diagonal(0.0);
    let away = flows.total();
    if away == 0.0 {
        return Err(MigrationError::NoFlow);
    }
    Ok(Table::of(start.rows(), start.columns(), |row, column| {
        movements * flows.at(row, column) / away
    }))
}

/// Takes the table of the end as growth of the table of the start, `end = start * growth`, and
/// multiplies the growth by those who live in each place at the start (Rogers and von Rabenau 1971,
/// Demography 8:185-194; `ffs_rates` of migest with `method = "rogers-von-rabenau"`).
///
/// Assumes that all who live in a place move at the same rates, wherever they come from. Where they do
/// not, flows come out **below zero**; they are kept, since they say that the assumption fails.
///
/// # Errors
/// When the tables are not square and of one size, or the stocks of the start have no inverse.
pub fn rogers_von_rabenau(start: &Table, end: &Table) -> Result<Table, MigrationError> {
    let places = start.places()?;
    start.check_counts()?;
    end.check_counts()?;
    if (end.rows(), end.columns()) != (places, places) {
        return Err(MigrationError::Unlike(places, end.rows()));
    }
    let of_start = DMatrix::from_row_slice(places, places, start.cells());
    let of_end = DMatrix::from_row_slice(places, places, end.cells());
    let growth = of_start
        .clone()
        .lu()
        .solve(&of_end)
        // What an almost singular table gives does not lead back to the end.
        .filter(|growth| (&of_start * growth - &of_end).amax() <= MOST_ERROR * of_end.amax())
        .ok_or(MigrationError::Singular)?;
    let exposed = start.column_sums();
    Ok(Table::of(places, places, |row, column| {
        if row == column {
            0.0
        } else {
            growth[(row, column)] * exposed[row]
        }
    }))
}
