//! Generalised least squares of wholes on the sums of a pattern, and the best linear prediction of parts.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::deviation::{Deviation, added};
use super::{DisaggregateError, MORE_THAN_COEFFICIENTS, Regression, Whole};

/// A regression of wholes on a pattern, whose deviations are given each time.
#[derive(Debug)]
pub struct Fit<'w> {
    wholes: &'w [Whole],
    values: DVector<f64>,
    /// What explains each part: a column of ones where there is an intercept, and the pattern over its mean
    /// size, so that columns are of one size.
    parts: DMatrix<f64>,
    /// The same added up to wholes.
    sums: DMatrix<f64>,
    /// The mean size of the pattern.
    scale: f64,
    has_intercept: bool,
    is_regression: bool,
}

/// How likely a fit is, up to what does not depend on rho, and how that changes with rho.
#[derive(Debug, Clone, Copy)]
pub struct Likelihood {
    /// The logarithm.
    pub logarithm: f64,
    /// Its derivative.
    pub slope: f64,
}

/// What a fit found.
#[derive(Debug)]
pub struct Solved {
    pub parts: Vec<f64>,
    pub standard_errors: Vec<f64>,
    pub regression: Regression,
}

/// Coefficients with what they leave over.
struct Estimate {
    factor: Cholesky<f64, Dyn>,
    coefficients: DVector<f64>,
    /// The inverse of the weighted squares of what explains.
    covariance: DMatrix<f64>,
    /// The covariances of wholes, solved for what is left over.
    weights: DVector<f64>,
    /// The weighted sum of squares of what is left over.
    residual: f64,
}

impl<'w> Fit<'w> {
    /// Sets up a regression; without an intercept the parts are in proportion to the pattern.
    pub fn new(
        wholes: &'w [Whole],
        pattern: &[f64],
        has_intercept: bool,
        is_regression: bool,
    ) -> Result<Self, DisaggregateError> {
        let size = pattern.iter().map(|part| part.abs()).sum::<f64>() / pattern.len() as f64;
        if size == 0.0 {
            return Err(DisaggregateError::Constant);
        }
        let columns = 1 + usize::from(has_intercept);
        if is_regression && wholes.len() < columns + MORE_THAN_COEFFICIENTS {
            return Err(DisaggregateError::TooFew {
                found: wholes.len(),
                coefficients: columns,
            });
        }
        let parts = DMatrix::from_fn(pattern.len(), columns, |part, column| {
            if has_intercept && column == 0 {
                1.0
            } else {
                pattern[part] / size
            }
        });
        let sums = added(wholes, &parts);
        let pattern_sums = sums.column(columns - 1);
        let (low, high) = (pattern_sums.min(), pattern_sums.max());
        // Sums that differ by rounding alone explain nothing beside an intercept.
        if has_intercept && high - low <= 1e-12 * high.abs().max(low.abs()) {
            return Err(DisaggregateError::Constant);
        }
        Ok(Self {
            values: DVector::from_iterator(wholes.len(), wholes.iter().map(|whole| whole.value)),
            wholes,
            parts,
            sums,
            scale: size,
            has_intercept,
            is_regression,
        })
    }

    fn estimate(&self, deviation: &Deviation) -> Option<Estimate> {
        let factor = Cholesky::new(deviation.wholes.clone())?;
        let lower = factor.l();
        let sums = lower.solve_lower_triangular(&self.sums)?;
        let values = lower.solve_lower_triangular(&self.values)?;
        let (orthogonal, upper) = sums.qr().unpack();
        let coefficients = upper.solve_upper_triangular(&(orthogonal.transpose() * &values))?;
        let inverse = upper.try_inverse()?;
        let left = &self.values - &self.sums * &coefficients;
        let weights = factor.solve(&left);
        let residual = left.dot(&weights);
        let is_sound = coefficients.iter().all(|number| number.is_finite()) && residual.is_finite();
        is_sound.then_some(Estimate {
            covariance: &inverse * inverse.transpose(),
            factor,
            coefficients,
            weights,
            residual,
        })
    }

    /// Whether the pattern explains the wholes but for the arithmetic: then nothing departs from it, and no
    /// rho is more likely than another.
    pub fn is_exact(&self, deviation: &Deviation) -> bool {
        const ARITHMETIC: f64 = 1e-24;
        self.estimate(deviation).is_some_and(|estimate| {
            let whole = self.values.dot(&estimate.factor.solve(&self.values));
            estimate.residual <= ARITHMETIC * whole
        })
    }

    /// The likelihood of the wholes, the coefficients and the size of deviations at their best.
    pub fn likelihood(&self, deviation: &Deviation) -> Option<Likelihood> {
        let estimate = self.estimate(deviation)?;
        let count = self.wholes.len() as f64;
        let logarithm_of_determinant: f64 = 2.0
            * estimate
                .factor
                .l_dirty()
                .diagonal()
                .iter()
                .map(|entry| entry.ln())
                .sum::<f64>();
        let weights = &estimate.weights;
        let moved = weights.dot(&(&deviation.wholes_by_rho * weights));
        let trace = estimate.factor.solve(&deviation.wholes_by_rho).trace();
        (estimate.residual > 0.0).then(|| Likelihood {
            logarithm: -0.5 * (count * estimate.residual.ln() + logarithm_of_determinant),
            slope: 0.5 * (count * moved / estimate.residual - trace),
        })
    }

    /// Coefficients and parts: what the pattern says, plus what is left over of the wholes spread by the
    /// covariances, which makes the parts add up.
    pub fn solve(&self, deviation: &Deviation) -> Result<Solved, DisaggregateError> {
        let estimate = self
            .estimate(deviation)
            .ok_or(DisaggregateError::Unsolvable)?;
        let parts = &self.parts * &estimate.coefficients + &deviation.across * &estimate.weights;
        let pattern_column = self.parts.ncols() - 1;
        let freedom = self.wholes.len().saturating_sub(self.parts.ncols()) as f64;
        let variance = if freedom > 0.0 {
            estimate.residual.max(0.0) / freedom
        } else {
            0.0
        };
        let slope_variance = variance * estimate.covariance[(pattern_column, pattern_column)];
        Ok(Solved {
            standard_errors: if self.is_regression {
                self.standard_errors(deviation, &estimate, variance)
            } else {
                Vec::new()
            },
            regression: Regression {
                intercept: self.has_intercept.then(|| estimate.coefficients[0]),
                slope: estimate.coefficients[pattern_column] / self.scale,
                slope_error: slope_variance.sqrt() / self.scale,
                rho: None,
                is_truncated: false,
                adjusted_r_squared: self.adjusted_r_squared(&estimate, freedom),
            },
            parts: parts.iter().copied().collect(),
        })
    }

    /// The root of the variance of each predicted part about the true one: what the wholes leave open, and
    /// how uncertain the coefficients are (Chow and Lin 1971, equation 17).
    fn standard_errors(
        &self,
        deviation: &Deviation,
        estimate: &Estimate,
        variance: f64,
    ) -> Vec<f64> {
        let solved = estimate.factor.solve(&deviation.across.transpose());
        let unexplained = &self.parts - solved.transpose() * &self.sums;
        (0..self.parts.nrows())
            .map(|part| {
                let fixed = deviation
                    .across
                    .row(part)
                    .transpose()
                    .dot(&solved.column(part));
                let row = unexplained.row(part);
                let of_coefficients = (row * &estimate.covariance * row.transpose())[(0, 0)];
                let open = deviation.variances[part] - fixed + of_coefficients;
                (variance * open.max(0.0)).sqrt()
            })
            .collect()
    }

    /// One minus the ratio of what is left over to the variation about the weighted mean (about zero without
    /// an intercept), each for its degree of freedom.
    fn adjusted_r_squared(&self, estimate: &Estimate, freedom: f64) -> f64 {
        let count = self.wholes.len() as f64;
        let about_mean = if self.has_intercept {
            let ones = &self.sums.column(0).clone_owned();
            let solved = estimate.factor.solve(ones);
            let mean = solved.dot(&self.values) / solved.dot(ones);
            &self.values - ones * mean
        } else {
            self.values.clone()
        };
        let total = about_mean.dot(&estimate.factor.solve(&about_mean));
        let of_total = count - f64::from(u8::from(self.has_intercept));
        1.0 - (estimate.residual / freedom) / (total / of_total)
    }
}
