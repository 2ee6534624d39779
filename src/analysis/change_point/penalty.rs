//! How much better a fit must get for one more change of level.

use super::{ChangePointError, Cost, FEWEST, check};
use crate::analysis::outlier::{CONSISTENT, median};
use crate::figure::coded_enum;

/// Beyond this correlation a series wanders like a sum of chances, and no level can be told.
const MOST_CORRELATED: f64 = 0.95;

coded_enum! {
    /// By what the size of chance is measured.
    #[derive(Default)]
    Spread ("measure of spread") {
        /// That of `first_differences`, enlarged for values that resemble those before: the long-run
        /// variance of an AR(1) process, with the robust correlation of Chakar, Lebarbier, Levy-Leduc
        /// and Robin (2017). Where values are independent, it is about the same.
        #[default]
        LongRun = "long_run",
        /// The median absolute deviation of first differences, which neither levels nor a few large
        /// jumps enlarge; where half of the differences are the same, their mean square.
        FirstDifferences = "first_differences",
        /// The variance of all values, which changes of level enlarge: it finds fewer of them.
        Sample = "sample",
    }
}

/// What one more change of level costs: `factor * variance * ln(points)`.
///
/// Without the variance the penalty would depend on the unit, and a count of thousands would change
/// its level at nearly every value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Penalty {
    /// 2 is that of Schwarz's criterion: a level and a place for each change.
    pub factor: f64,
    /// How the variance was measured.
    pub spread: Spread,
    /// The variance of chance about a constant level; for counts, how many times that of Poisson.
    pub variance: f64,
    /// The robust correlation of neighbours, which `long_run` allows for: from 0 to 0.95, which stands
    /// for a series that wanders so that no level can be told.
    pub correlation: f64,
    /// How many values there are.
    pub points: usize,
}

impl Penalty {
    /// The factor of Schwarz's criterion.
    pub const SCHWARZ: f64 = 2.0;

    /// The penalty for the values of a series.
    ///
    /// For counts the variance is taken of `2 sqrt(y + 3/8)`, which is 1 for Poisson counts
    /// (Anscombe 1948), and is never below 1: real counts spread more than Poisson's, and without
    /// that their every cluster would be a change.
    ///
    /// # Errors
    /// When there are too few values, all are the same, one is no count where the cost is that of
    /// Poisson, or the factor is not above zero.
    pub fn of(
        values: &[f64],
        cost: Cost,
        spread: Spread,
        factor: f64,
    ) -> Result<Self, ChangePointError> {
        check(values, FEWEST)?;
        cost.check(values)?;
        if !(factor > 0.0 && factor.is_finite()) {
            return Err(ChangePointError::NoPenalty(factor));
        }
        let variance = match cost {
            Cost::Squares => spread.variance(values),
            Cost::Poisson => {
                let steadied = |value: &f64| 2.0 * (value + 0.375).sqrt();
                let values: Vec<f64> = values.iter().map(steadied).collect();
                spread.variance(&values).max(1.0)
            }
        };
        Ok(Self {
            factor,
            spread,
            variance,
            correlation: correlation(values),
            points: values.len(),
        })
    }

    /// Whether the series wanders so that its levels cannot be told.
    pub fn wanders(&self) -> bool {
        self.correlation >= MOST_CORRELATED
    }

    /// The penalty in units of the cost.
    pub fn value(&self) -> f64 {
        self.factor * self.variance * (self.points as f64).ln()
    }
}

impl Spread {
    /// The variance of at least three values that are not all the same.
    fn variance(self, values: &[f64]) -> f64 {
        match self {
            Self::Sample => {
                let mean = values.iter().sum::<f64>() / values.len() as f64;
                let squares = values.iter().map(|value| (value - mean).powi(2));
                squares.sum::<f64>() / (values.len() - 1) as f64
            }
            // A difference of two values has twice the variance of one.
            Self::FirstDifferences => of_differences(values, 1) / 2.0,
            Self::LongRun => {
                let correlation = correlation(values);
                let enlarged = (1.0 + correlation) / (1.0 - correlation).powi(2);
                of_differences(values, 1) / 2.0 * enlarged
            }
        }
    }
}

/// The correlation of neighbours about levels that may change, from the spread of differences over one
/// step and over two: their variances are `2 v (1 - r)` and `2 v (1 - r^2)`. Not below zero, so that
/// no chance makes the penalty smaller, and not near one.
fn correlation(values: &[f64]) -> f64 {
    let (one, two) = (of_differences(values, 1), of_differences(values, 2));
    let found = if one > 0.0 { two / one - 1.0 } else { 0.0 };
    found.clamp(0.0, MOST_CORRELATED)
}

/// The variance of differences over some steps, by their median absolute deviation; where half of
/// them are the same, their mean square.
fn of_differences(values: &[f64], steps: usize) -> f64 {
    let later = values.iter().skip(steps);
    let differences: Vec<f64> = values.iter().zip(later).map(|(a, b)| b - a).collect();
    let middle = median(&differences).unwrap_or_default();
    let distances: Vec<f64> = differences.iter().map(|of| (of - middle).abs()).collect();
    let deviation = CONSISTENT * median(&distances).unwrap_or_default();
    if deviation > 0.0 {
        return deviation.powi(2);
    }
    let squares: f64 = differences.iter().map(|of| of * of).sum();
    squares / differences.len().max(1) as f64
}
