//! How the parts may depart from what the pattern says: the covariances of their deviations, by method.
//!
//! Covariances are up to a common scale, which no method needs.

use nalgebra::DMatrix;

use super::{Method, Whole};

/// The covariances of deviations from the pattern.
#[derive(Debug, Clone)]
pub struct Deviation {
    /// Of each part (a row) with each whole (a column).
    pub across: DMatrix<f64>,
    /// Of each whole with each whole.
    pub wholes: DMatrix<f64>,
    /// How those of the wholes change with rho; zero where there is none.
    pub wholes_by_rho: DMatrix<f64>,
    /// The variance of each part.
    pub variances: Vec<f64>,
}

impl Deviation {
    /// The covariances of a method at a rho.
    pub fn new(method: Method, rho: f64, wholes: &[Whole], pattern: &[f64]) -> Self {
        let parts = pattern.len();
        match method {
            Method::ChowLin => {
                let powers: Vec<f64> = powers(rho).take(parts).collect();
                let slopes: Vec<f64> = slopes(rho).take(parts).collect();
                Self::of_pairs(
                    wholes,
                    parts,
                    |i, j| powers[i.abs_diff(j)],
                    |i, j| slopes[i.abs_diff(j)],
                )
            }
            Method::Fernandez => {
                Self::of_pairs(wholes, parts, |i, j| (i.min(j) + 1) as f64, |_, _| 0.0)
            }
            // The proportion to the pattern wanders from the first part on, and its first level is free.
            Method::Denton => {
                let mean = pattern.iter().sum::<f64>() / parts as f64;
                let scaled: Vec<f64> = pattern.iter().map(|part| part / mean).collect();
                let of = |i: usize, j: usize| i.min(j) as f64 * scaled[i] * scaled[j];
                Self::of_pairs(wholes, parts, of, |_, _| 0.0)
            }
            Method::Litterman => Self::of_steps(wholes, parts, rho),
        }
    }

    fn of_pairs(
        wholes: &[Whole],
        parts: usize,
        covariance: impl Fn(usize, usize) -> f64,
        slope: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let sums = |of: &dyn Fn(usize, usize) -> f64| {
            DMatrix::from_fn(parts, wholes.len(), |part, whole| {
                wholes[whole]
                    .parts
                    .clone()
                    .map(|other| of(part, other))
                    .sum::<f64>()
            })
        };
        let across = sums(&covariance);
        let by_rho = sums(&slope);
        Self {
            wholes: added(wholes, &across),
            wholes_by_rho: added(wholes, &by_rho),
            variances: (0..parts).map(|part| covariance(part, part)).collect(),
            across,
        }
    }

    /// Deviations whose steps fade: each shock moves the level by 1, then by rho more, and so on. Each row of
    /// `by_shock` says how far each shock has moved a whole.
    fn of_steps(wholes: &[Whole], parts: usize, rho: f64) -> Self {
        let moved: Vec<f64> = running(powers(rho)).take(parts).collect();
        let moved_by_rho: Vec<f64> = running(slopes(rho)).take(parts).collect();
        let by_shock = |moved: &[f64]| {
            DMatrix::from_fn(wholes.len(), parts, |whole, shock| {
                let parts = wholes[whole].parts.clone();
                let since = parts.filter_map(|part| part.checked_sub(shock));
                since.map(|since| moved[since]).sum::<f64>()
            })
        };
        let (level, level_by_rho) = (by_shock(&moved), by_shock(&moved_by_rho));
        let across = DMatrix::from_fn(parts, wholes.len(), |part, whole| {
            (0..=part)
                .map(|shock| moved[part - shock] * level[(whole, shock)])
                .sum::<f64>()
        });
        let half = &level_by_rho * level.transpose();
        let squares = moved.iter().map(|moved| moved * moved);
        Self {
            wholes: &level * level.transpose(),
            wholes_by_rho: &half + half.transpose(),
            variances: running(squares).collect(),
            across,
        }
    }
}

/// Rows of parts added up to wholes.
pub fn added(wholes: &[Whole], parts: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(wholes.len(), parts.ncols(), |whole, column| {
        wholes[whole]
            .parts
            .clone()
            .map(|part| parts[(part, column)])
            .sum::<f64>()
    })
}

/// 1, rho, rho squared, …
fn powers(rho: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(1.0), move |power| Some(power * rho))
}

/// How each of the powers changes with rho: 0, 1, 2 rho, 3 rho squared, …
fn slopes(rho: f64) -> impl Iterator<Item = f64> {
    std::iter::once(0.0).chain(
        (1_u32..)
            .zip(powers(rho))
            .map(|(n, power)| f64::from(n) * power),
    )
}

fn running(numbers: impl Iterator<Item = f64>) -> impl Iterator<Item = f64> {
    numbers.scan(0.0, |sum, number| {
        *sum += number;
        Some(*sum)
    })
}
