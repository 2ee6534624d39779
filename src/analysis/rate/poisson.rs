//! Confidence intervals of the mean of a Poisson count.

use statrs::distribution::{ContinuousCDF as _, Gamma, Normal};

use super::RateError;
use crate::analysis::growth::Interval;
use crate::figure::coded_enum;

coded_enum! {
    /// How the interval of a count is reckoned.
    #[derive(Default)]
    IntervalMethod ("interval of a count") {
        /// Exact: the ends at which a count as small, or as large, has half of what the confidence
        /// leaves. Garwood (1936), Biometrika 28; `poisson.test` of R gives the same. It covers the
        /// mean at least as often as it says.
        #[default]
        Garwood = "garwood",
        /// Byar's approximation by the cube root (Breslow and Day 1987, Statistical Methods in Cancer
        /// Research II, section 2.3), which public health services publish. Its lower end is poor below 5.
        Byar = "byar",
    }
}

/// The largest count that the quantiles are exact for; far beyond it, half-widths are a ten-thousandth.
const LARGEST: u64 = 1_000_000_000;

/// The two-sided confidence interval of the mean of a Poisson count. The lower end of zero is zero.
///
/// Assumes that events happen independently of each other. It does not say how many events there were
/// that nobody recorded.
///
/// # Errors
/// When the confidence is not between 0 and 1, or the count is beyond a thousand million.
pub fn interval(
    count: u64,
    method: IntervalMethod,
    confidence: f64,
) -> Result<Interval, RateError> {
    if !(confidence > 0.0 && confidence < 1.0) {
        return Err(RateError::Confidence(confidence));
    }
    if count > LARGEST {
        return Err(RateError::TooLarge(count));
    }
    let tail = (1.0 - confidence) / 2.0;
    let (seen, next) = (count as f64, count as f64 + 1.0);
    let (low, high) = match method {
        IntervalMethod::Garwood => (gamma(seen, tail), gamma(next, 1.0 - tail)),
        IntervalMethod::Byar => {
            let normal = Normal::new(0.0, 1.0).ok();
            let z = normal.map(|normal| normal.inverse_cdf(1.0 - tail));
            let end = |mean: f64, side: f64| {
                z.map(|z| {
                    mean * (1.0 - 1.0 / (9.0 * mean) + side * z / (3.0 * mean.sqrt())).powi(3)
                })
            };
            (end(seen, -1.0), end(next, 1.0))
        }
    };
    Ok(Interval {
        // Byar's lower end falls below zero where the confidence is extreme.
        low: low.filter(|_| count > 0).unwrap_or(0.0).max(0.0),
        high: high.ok_or(RateError::TooLarge(count))?,
    })
}

/// The quantile of a gamma distribution of scale 1: half that of a chi-squared distribution with twice
/// the degrees of freedom. None for a shape of zero.
fn gamma(shape: f64, probability: f64) -> Option<f64> {
    let gamma = Gamma::new(shape, 1.0).ok()?;
    Some(gamma.inverse_cdf(probability))
}
