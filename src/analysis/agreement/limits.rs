//! The limits of agreement of Bland and Altman.

use statrs::distribution::{ContinuousCDF as _, StudentsT};

use super::{AgreementError, FEWEST};
use crate::analysis::growth::Interval;

/// How many standard deviations the limits lie from the mean difference.
const NORMAL: f64 = 1.96;

/// The limits of agreement of two series, as second less first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// How many values they share.
    pub points: usize,
    /// The mean difference: how far the second lies above the first on average.
    pub bias: f64,
    /// The 95 % interval of the bias, by Student's t.
    pub bias_interval: Interval,
    /// The standard deviation of the differences (n - 1).
    pub deviation: f64,
    /// The limits of agreement: bias less and plus 1.96 standard deviations.
    pub limits: Interval,
    /// Half the width of the 95 % interval of each limit, by its standard error `sqrt(3 s^2 / n)`.
    pub limit_margin: f64,
}

/// The limits of agreement as ratios, second over first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioLimits {
    /// The geometric mean of the ratios.
    pub bias: f64,
    /// Its 95 % interval.
    pub bias_interval: Interval,
    /// The limits of agreement.
    pub limits: Interval,
}

/// The limits within which about 95 % of the differences between two series lie, as Bland and Altman
/// (The Lancet, 1986) reckon them.
///
/// Assumes that the differences are about normal, do not grow with the level (where they do, take
/// [`ratio_limits`]) and are independent: those of successive stocks and cumulatives are not, so that
/// the intervals are too narrow, and the limits describe the days at hand alone.
///
/// # Errors
/// When the two do not pair up, or share fewer than [`FEWEST`] values.
pub fn limits(first: &[f64], second: &[f64]) -> Result<Limits, AgreementError> {
    if first.len() != second.len() {
        return Err(AgreementError::Unpaired {
            first: first.len(),
            second: second.len(),
        });
    }
    let points = first.len();
    let freedom = points.saturating_sub(1) as f64;
    let student = StudentsT::new(0.0, 1.0, freedom).ok();
    let Some(student) = student.filter(|_| points >= FEWEST) else {
        return Err(AgreementError::TooFew { found: points });
    };
    let n = points as f64;
    let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| b - a).collect();
    let bias = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|found| (found - bias).powi(2)).sum();
    let deviation = (squares / freedom).sqrt();
    let quantile = student.inverse_cdf(0.975);
    let around = |margin: f64| Interval {
        low: bias - margin,
        high: bias + margin,
    };
    Ok(Limits {
        points,
        bias,
        bias_interval: around(quantile * deviation / n.sqrt()),
        deviation,
        limits: around(NORMAL * deviation),
        limit_margin: quantile * deviation * (3.0 / n).sqrt(),
    })
}

/// The limits of agreement of the logarithms, turned back into ratios: for differences that grow with
/// the level.
///
/// # Errors
/// As [`limits`], and when a value is not above zero.
pub fn ratio_limits(first: &[f64], second: &[f64]) -> Result<RatioLimits, AgreementError> {
    let mut all = first.iter().chain(second);
    if let Some(value) = all.find(|value| !(**value > 0.0 && value.is_finite())) {
        return Err(AgreementError::NotPositive(*value));
    }
    let logs = |of: &[f64]| -> Vec<f64> { of.iter().map(|value| value.ln()).collect() };
    let found = limits(&logs(first), &logs(second))?;
    let back = |interval: Interval| Interval {
        low: interval.low.exp(),
        high: interval.high.exp(),
    };
    Ok(RatioLimits {
        bias: found.bias.exp(),
        bias_interval: back(found.bias_interval),
        limits: back(found.limits),
    })
}
