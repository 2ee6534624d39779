//! How much better a fit must get for one more change of level.

use super::{ChangePointError, Cost, FEWEST, check};
use crate::analysis::outlier::{CONSISTENT, median};
use crate::figure::coded_enum;

coded_enum! {
    /// By what the size of chance is measured.
    Spread ("measure of spread") {
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
            points: values.len(),
        })
    }

    /// The penalty in units of the cost.
    pub fn value(&self) -> f64 {
        self.factor * self.variance * (self.points as f64).ln()
    }
}

impl Spread {
    /// The variance of at least two values that are not all the same.
    fn variance(self, values: &[f64]) -> f64 {
        let sum_of_squares =
            |of: &[f64], from: f64| -> f64 { of.iter().map(|value| (value - from).powi(2)).sum() };
        match self {
            Self::Sample => {
                let mean = values.iter().sum::<f64>() / values.len() as f64;
                sum_of_squares(values, mean) / (values.len() - 1) as f64
            }
            Self::FirstDifferences => {
                let steps: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
                let middle = median(&steps).unwrap_or_default();
                let distances: Vec<f64> = steps.iter().map(|step| (step - middle).abs()).collect();
                let deviation = CONSISTENT * median(&distances).unwrap_or_default();
                // A difference of two values has twice the variance of one.
                if deviation > 0.0 {
                    deviation.powi(2) / 2.0
                } else {
                    sum_of_squares(&steps, 0.0) / (2 * steps.len()) as f64
                }
            }
        }
    }
}
