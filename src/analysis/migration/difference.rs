//! Flows as differences of stocks.
//!
//! A stock falls when people leave, and also when they die, become citizens, are registered anew or
//! were counted wrongly; it grows also by births. None of the three methods can tell these apart.

use super::{MigrationError, Table};

/// The change of each stock, with its sign: end less start. It is no flow, and no method.
///
/// # Errors
/// When the tables are not of one size.
pub fn net_change(start: &Table, end: &Table) -> Result<Table, MigrationError> {
    end.with(start, |end, start| end - start)
}

/// Takes each growth of a stock as that many who came from the origin, and drops every fall (Bertoli
/// and Fernández-Huertas Moraga 2015; `ffs_diff` of migest with `decrease = "zero"`). Those at home do
/// not move.
///
/// Assumes that nobody left while others came, and that nobody died or was born.
///
/// # Errors
/// When the tables are not of one size, or not square.
pub fn drop_negative(start: &Table, end: &Table) -> Result<Table, MigrationError> {
    end.places()?;
    let mut flows = end.with(start, |end, start| (end - start).max(0.0))?;
    flows.fill_diagonal(0.0);
    Ok(flows)
}

/// Takes each growth of a stock as that many who came from the origin, and each fall as that many who
/// went back there (Beine and Parsons 2015; `ffs_diff` of migest with `decrease = "return"`). Those at
/// home do not move.
///
/// Assumes that all who leave a stock return to their origin, and that nobody died or was born.
///
/// # Errors
/// When the tables are not of one size, or not square.
pub fn reverse_negative(start: &Table, end: &Table) -> Result<Table, MigrationError> {
    let came = drop_negative(start, end)?;
    let left = drop_negative(end, start)?;
    came.with(&left.transposed(), |came, returned| came + returned)
}
