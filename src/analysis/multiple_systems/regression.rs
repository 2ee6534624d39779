//! Poisson regression with a logarithmic link, by Newton's method.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use statrs::function::gamma::ln_gamma;

/// The rows of a design: the columns that are not zero with their values. Column 0 is the intercept.
#[derive(Debug, Clone)]
pub(super) struct Design {
    columns: usize,
    rows: Vec<Vec<(usize, f64)>>,
}

/// A fitted regression.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    /// The coefficients, the intercept first.
    pub(super) coefficients: DVector<f64>,
    /// The variance of the intercept: the first cell of the inverse of the information.
    pub(super) variance_of_intercept: f64,
    /// The fitted mean of each row.
    pub(super) means: Vec<f64>,
    /// Twice the logarithm of the likelihood ratio to the saturated model.
    pub(super) deviance: f64,
    /// Whether the likelihood has its maximum at finite coefficients. Where it has none, Newton's
    /// steps do not grow short: along some direction the likelihood rises for ever.
    pub(super) is_finite: bool,
}

/// The columns cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Collinear;

/// At a maximum Newton's steps shrink quadratically, so a few suffice; without one they stay near 1.
const MOST_STEPS: usize = 40;

/// A step this short, relative to the coefficients, is the last one.
const SHORT: f64 = 1e-9;

/// A pivot this small, of a matrix with ones on its diagonal, is zero.
const ZERO_PIVOT: f64 = 1e-10;

impl Design {
    /// A design of rows without their intercept.
    pub(super) fn new(rows: impl IntoIterator<Item = Vec<f64>>) -> Self {
        let mut columns = 1;
        let rows = rows.into_iter().map(|row| {
            columns = columns.max(row.len() + 1);
            let filled = row.into_iter().enumerate();
            let filled = filled.filter(|(_, value)| *value != 0.0);
            let filled = filled.map(|(column, value)| (column + 1, value));
            std::iter::once((0, 1.0)).chain(filled).collect()
        });
        let rows = rows.collect();
        Self { columns, rows }
    }

    /// How many coefficients there are, the intercept included.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// The design with a row of zeros, of which the mean is the exponential of the intercept, put first.
    pub(super) fn with_nothing(&self) -> Self {
        let mut rows = vec![vec![(0, 1.0)]];
        rows.extend(self.rows.iter().cloned());
        Self { rows, ..*self }
    }

    /// The design without a column other than the intercept.
    pub(super) fn without(&self, gone: usize) -> Self {
        let keep = |row: &Vec<(usize, f64)>| {
            let kept = row.iter().filter(|(column, _)| *column != gone);
            kept.map(|&(column, value)| (column - usize::from(column > gone), value))
                .collect()
        };
        Self {
            columns: self.columns - 1,
            rows: self.rows.iter().map(keep).collect(),
        }
    }

    /// Whether the columns cannot be told apart.
    pub(super) fn is_collinear(&self) -> bool {
        let information = self.information(&vec![1.0; self.rows.len()]);
        let scale = information.diagonal().map(f64::sqrt);
        let scaled = DMatrix::from_fn(self.columns, self.columns, |row, column| {
            information[(row, column)] / (scale[row] * scale[column])
        });
        let pivots =
            Cholesky::new(scaled).map(|root| root.l_dirty().diagonal().map(|l| l * l).min());
        pivots.is_none_or(|smallest| smallest < ZERO_PIVOT)
    }

    /// The lower half of the information: the weighted products of the columns.
    fn information(&self, weights: &[f64]) -> DMatrix<f64> {
        let mut information = DMatrix::zeros(self.columns, self.columns);
        for (row, weight) in self.rows.iter().zip(weights) {
            for (at, &(column, value)) in row.iter().enumerate() {
                let weighted = weight * value;
                for &(other, factor) in &row[..=at] {
                    information[(column, other)] += weighted * factor;
                }
            }
        }
        information
    }

    fn score(&self, differences: impl Iterator<Item = f64>) -> DVector<f64> {
        let mut score = DVector::zeros(self.columns);
        for (row, difference) in self.rows.iter().zip(differences) {
            for &(column, value) in row {
                score[column] += value * difference;
            }
        }
        score
    }

    fn means(&self, coefficients: &DVector<f64>) -> Vec<f64> {
        let mean = |row: &Vec<(usize, f64)>| {
            let terms = row
                .iter()
                .map(|&(column, value)| value * coefficients[column]);
            terms.sum::<f64>().exp()
        };
        self.rows.iter().map(mean).collect()
    }

    /// The coefficients that fit the logarithms of slightly raised counts best: a place to begin.
    fn start(&self, counts: &[f64]) -> Result<DVector<f64>, Collinear> {
        const RAISED: f64 = 0.1;
        let raised: Vec<f64> = counts.iter().map(|count| count + RAISED).collect();
        let root = Cholesky::new(self.information(&raised)).ok_or(Collinear)?;
        Ok(root.solve(&self.score(raised.iter().map(|count| count * count.ln()))))
    }

    /// Fits counts, beginning at given coefficients or at a guess.
    ///
    /// # Errors
    /// When the columns cannot be told apart from the start.
    pub(super) fn fit(
        &self,
        counts: &[f64],
        start: Option<&DVector<f64>>,
    ) -> Result<Fit, Collinear> {
        let mut coefficients = match start {
            Some(start) => start.clone(),
            None => self.start(counts)?,
        };
        let mut means = self.means(&coefficients);
        let mut deviance = deviance(counts, &means);
        let mut is_finite = false;
        let mut variance_of_intercept = f64::INFINITY;
        for _ in 0..MOST_STEPS {
            // Far out on a likelihood without a maximum nothing is left to invert.
            let Some(root) = Cholesky::new(self.information(&means)) else {
                break;
            };
            let differences = counts.iter().zip(&means).map(|(count, mean)| count - mean);
            let mut step = root.solve(&self.score(differences));
            // A step that overshoots is halved until it does not.
            let next = loop {
                let next = &coefficients + &step;
                means = self.means(&next);
                let reached = self::deviance(counts, &means);
                if reached <= deviance + SHORT * (1.0 + deviance) {
                    deviance = reached;
                    break next;
                }
                if step.amax() < SHORT * SHORT {
                    break coefficients.clone();
                }
                step /= 2.0;
            };
            let is_last = step
                .iter()
                .zip(next.iter())
                .all(|(step, reached)| step.abs() <= SHORT * (1.0 + reached.abs()));
            coefficients = next;
            if is_last {
                variance_of_intercept = first_of_inverse(&root, self.columns);
                is_finite = variance_of_intercept.is_finite();
                break;
            }
        }
        Ok(Fit {
            coefficients,
            variance_of_intercept,
            means,
            deviance,
            is_finite,
        })
    }
}

impl Fit {
    /// The logarithm of the likelihood of the counts.
    pub(super) fn log_likelihood(&self, counts: &[f64]) -> f64 {
        let cells = counts.iter().zip(&self.means);
        cells
            .map(|(&count, &mean)| times_ln(count, mean) - mean - ln_gamma(count + 1.0))
            .sum()
    }
}

/// `a ln b`, zero where `a` is.
pub(super) fn times_ln(a: f64, b: f64) -> f64 {
    if a == 0.0 { 0.0 } else { a * b.ln() }
}

fn deviance(counts: &[f64], means: &[f64]) -> f64 {
    let cells = counts.iter().zip(means);
    2.0 * cells
        .map(|(&count, &mean)| times_ln(count, count / mean) - (count - mean))
        .sum::<f64>()
}

fn first_of_inverse(root: &Cholesky<f64, Dyn>, columns: usize) -> f64 {
    let mut unit = DVector::zeros(columns);
    unit[0] = 1.0;
    root.solve_mut(&mut unit);
    unit[0]
}
