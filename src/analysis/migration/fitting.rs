//! Iterative proportional fitting: a table with given sums that is as like a seed as it can be.

use super::table::check_sums;
use super::{MigrationError, Table};

/// When fitting ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// It ends once no cell changes by more than this in a round, in the unit of the cells.
    pub change: f64,
    /// The most rounds that are made.
    pub rounds: usize,
}

impl Default for Stop {
    fn default() -> Self {
        Self {
            change: 1e-6,
            rounds: 20_000,
        }
    }
}

/// The part of the total by which a sum may be off at the end.
const MOST_GAP: f64 = 1e-6;

/// How far the sums of rows and of columns may differ, as a part of their total: rounding only.
const ROUNDING: f64 = 1e-9;

/// A fitted table, and how it came to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The table.
    pub table: Table,
    /// How many rounds were made.
    pub rounds: usize,
    /// By how much a cell changed at most in the last round.
    pub change: f64,
    /// By how much a sum is off at most.
    pub gap: f64,
}

/// Scales the rows and the columns of a seed in turn until they add up to given sums (Deming and
/// Stephan 1940; Willekens 1999, Mathematical Population Studies 7:239-278): rows first and columns
/// last, so that columns are exact, as `Ipfp` of the R package mipfp does.
///
/// The result keeps the odds ratios of the seed: it assumes that who prefers what is as in the seed,
/// and of no other table with these sums is it said that it is worse. Cells of zero stay zero.
///
/// # Errors
/// When the sums of rows and columns disagree, a row or column that must hold somebody has a seed of
/// zero, a number is below zero or none, or the zeros of the seed leave no table with these sums.
pub fn fit(
    seed: &Table,
    rows: &[f64],
    columns: &[f64],
    stop: Stop,
) -> Result<Fitted, MigrationError> {
    seed.check_counts()?;
    for (wanted, found) in [(seed.rows(), rows.len()), (seed.columns(), columns.len())] {
        if wanted != found {
            return Err(MigrationError::Unlike(wanted, found));
        }
    }
    check_sums(rows)?;
    check_sums(columns)?;
    let (of_rows, of_columns): (f64, f64) = (rows.iter().sum(), columns.iter().sum());
    if (of_rows - of_columns).abs() > ROUNDING * of_rows.max(of_columns) {
        return Err(MigrationError::MarginsDisagree {
            rows: of_rows,
            columns: of_columns,
        });
    }
    let empty = |sums: Vec<f64>, wanted: &[f64]| {
        let mut pairs = sums.into_iter().zip(wanted).enumerate();
        pairs.find_map(|(at, (sum, wanted))| (sum == 0.0 && *wanted > 0.0).then_some((at, *wanted)))
    };
    if let Some((row, wanted)) = empty(seed.row_sums(), rows) {
        return Err(MigrationError::EmptyRow { row, wanted });
    }
    if let Some((column, wanted)) = empty(seed.column_sums(), columns) {
        return Err(MigrationError::EmptyColumn { column, wanted });
    }
    let fitted = rounds(seed.clone(), rows, columns, stop);
    // Each cell of a sum may still be off by as much as it may change.
    let unsettled = stop.change * (rows.len() + columns.len()) as f64;
    if fitted.gap > MOST_GAP * of_rows + unsettled {
        let off = off_by(&fitted.table.row_sums(), rows);
        let worst = (0..off.len()).max_by(|a, b| off[*a].total_cmp(&off[*b]));
        return Err(MigrationError::NotConverged {
            rounds: fitted.rounds,
            gap: fitted.gap,
            row: worst.unwrap_or(0),
        });
    }
    Ok(fitted)
}

/// Scales until the end that was asked for, whether or not the sums are met.
///
/// Where no table has these sums, cells dwindle for ever while sums stay off: that the worst sum has not
/// come nearer at all in as many rounds as before ends it too. Only after many: where small cells must
/// become large, sums stay off for a thousand rounds and are met in the end.
fn rounds(mut table: Table, rows: &[f64], columns: &[f64], stop: Stop) -> Fitted {
    /// The first rounds after which to look, then after twice as many each time.
    const FIRST_LOOK: usize = 4096;
    /// What would have to be left of the gap, at most, to get anywhere.
    const NO_NEARER: f64 = 0.98;
    /// How many units in the last place of the largest sum a cell may go on changing by.
    const UNITS_IN_DOUBT: f64 = 8.0;

    // Large sums leave their last digits in doubt.
    let largest = rows.iter().chain(columns).copied().fold(0.0, f64::max);
    let settled = stop.change.max(UNITS_IN_DOUBT * f64::EPSILON * largest);
    let mut before = table.cells().to_vec();
    let (mut made, mut change) = (0, f64::INFINITY);
    let (mut look, mut known) = (FIRST_LOOK / 2, f64::INFINITY);
    while change > settled && made < stop.rounds {
        for (row, wanted) in rows.iter().enumerate() {
            let cells = table.row_mut(row);
            let factor = factor(*wanted, cells.iter().sum());
            cells.iter_mut().for_each(|cell| *cell *= factor);
        }
        let sums = table.column_sums();
        let factors: Vec<f64> = columns
            .iter()
            .zip(sums)
            .map(|(wanted, sum)| factor(*wanted, sum))
            .collect();
        for row in 0..table.rows() {
            for (cell, factor) in table.row_mut(row).iter_mut().zip(&factors) {
                *cell *= factor;
            }
        }
        made += 1;
        let pairs = before.iter().zip(table.cells());
        change = pairs.fold(0.0, |most: f64, (old, new)| most.max((new - old).abs()));
        before.copy_from_slice(table.cells());
        if made == look {
            let gap = gap(&table, rows, columns);
            if gap > NO_NEARER * known {
                break;
            }
            (look, known) = (2 * look, gap);
        }
    }
    Fitted {
        gap: gap(&table, rows, columns),
        table,
        rounds: made,
        change,
    }
}

/// By how much each sum is off.
fn off_by(sums: &[f64], wanted: &[f64]) -> Vec<f64> {
    let pairs = sums.iter().zip(wanted);
    pairs.map(|(sum, wanted)| (sum - wanted).abs()).collect()
}

/// By how much the worst sum is off.
fn gap(table: &Table, rows: &[f64], columns: &[f64]) -> f64 {
    let rows = off_by(&table.row_sums(), rows);
    let columns = off_by(&table.column_sums(), columns);
    rows.into_iter().chain(columns).fold(0.0, f64::max)
}

/// By what a row or a column is to be multiplied; one that is empty stays so.
fn factor(wanted: f64, sum: f64) -> f64 {
    if sum > 0.0 { wanted / sum } else { 0.0 }
}
