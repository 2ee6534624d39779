//! What a table of flows is like, in a few numbers.
//!
//! The measures are those of Bell et al. (2002, Journal of the Royal Statistical Society A
//! 165:435-464). They were made for movements within a country, and all but two depend on how many
//! places there are and how large: tables of other places are not to be compared by them.

use super::table::check_sums;
use super::{MigrationError, Table};

/// How much of a population moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Intensity {
    /// The crude migration probability: movers for each 100 people.
    pub crude: f64,
    /// Courgeau's k (1973): the probability over the logarithm of the squared number of places, which
    /// makes countries with other numbers of regions comparable.
    pub courgeau: f64,
}

/// Reckons how much of a population moved between a number of places.
///
/// # Errors
/// When the population is not above zero, the movements are below zero or none, or there are fewer
/// than two places.
pub fn intensity(
    movements: f64,
    population: f64,
    places: usize,
) -> Result<Intensity, MigrationError> {
    if places < 2 {
        return Err(MigrationError::TooFew(places));
    }
    check_sums(&[movements])?;
    if !(population > 0.0 && population.is_finite()) {
        return Err(MigrationError::NoPopulation(population));
    }
    let crude = 100.0 * movements / population;
    Ok(Intensity {
        crude,
        courgeau: crude / (2.0 * (places as f64).ln()),
    })
}

/// How movements are spread over pairs of places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pattern {
    /// All movements between different places.
    pub movements: f64,
    /// How many places there are.
    pub places: usize,
    /// The migration effectiveness index (Shryock and Siegel 1976): 100 times what places gain or lose,
    /// over what comes to and leaves them. 0 when all is balanced, 100 when nobody comes where others
    /// leave.
    pub effectiveness: f64,
    /// The part of all pairs of different places between which anybody moved, 0 to 1.
    pub connectivity: f64,
    /// The part of movements that would have to take another way for all pairs to have as many, 0 to 1.
    pub inequality: f64,
    /// The Gini index of all pairs (Plane and Mulligan 1997, Demography 34:251-262) with the
    /// denominator of Bell et al. (2002): 0 when all pairs have as many, 1 when all movements take one
    /// way.
    pub gini: f64,
}

/// Describes movements between places: a row for each place of departure, a column for each of
/// arrival. The diagonal does not count.
///
/// # Errors
/// When the table is not square, has fewer than two places, holds a number below zero or none, or
/// nobody moved.
pub fn pattern(flows: &Table) -> Result<Pattern, MigrationError> {
    let places = flows.places()?;
    flows.check_counts()?;
    let mut flows = flows.clone();
    flows.fill_diagonal(0.0);
    let movements = flows.total();
    if movements == 0.0 {
        return Err(MigrationError::NoFlow);
    }
    let (left, came) = (flows.row_sums(), flows.column_sums());
    let net: f64 = left.iter().zip(&came).map(|(a, b)| (b - a).abs()).sum();
    let mut pairs: Vec<f64> = Vec::with_capacity(places * (places - 1));
    for row in 0..places {
        let cells = flows.row(row).iter().enumerate();
        pairs.extend(
            cells
                .filter(|(column, _)| *column != row)
                .map(|(_, cell)| *cell),
        );
    }
    pairs.sort_by(f64::total_cmp);
    let count = pairs.len() as f64;
    let even = movements / count;
    let used = pairs.iter().filter(|cell| **cell > 0.0).count();
    let astray: f64 = pairs.iter().map(|cell| (cell - even).abs()).sum();
    // Of sorted numbers, the sum of all differences takes one pass.
    let apart: f64 = pairs
        .iter()
        .enumerate()
        .map(|(rank, cell)| (2.0 * rank as f64 + 1.0 - count) * cell)
        .sum();
    Ok(Pattern {
        movements,
        places,
        effectiveness: 100.0 * net / (2.0 * movements),
        connectivity: used as f64 / count,
        inequality: astray / (2.0 * movements),
        gini: apart / ((count - 1.0) * movements),
    })
}
