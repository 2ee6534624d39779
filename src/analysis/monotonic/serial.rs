//! What serial correlation leaves of a trend: the correction of Hamed and Rao, and pre-whitening.

use statrs::distribution::{ContinuousCDF as _, Normal};

use super::mann_kendall::{check, of_values, standardised, two_sided};
use super::{MannKendall, Sequence, TrendError, theil_sen};

/// Correlations are taken as real where chance gives larger ones less often than this.
const SIGNIFICANCE: f64 = 0.05;

/// The test of Mann and Kendall with its variance corrected for serial correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corrected {
    /// The corrected variance in parts of that of independent values: above one where values
    /// resemble those before.
    pub ratio: f64,
    /// The corrected variance of S.
    pub variance: f64,
    /// Z with the correction for continuity.
    pub z: f64,
    /// Its two-sided probability.
    pub p: f64,
}

/// Tests for a trend with the variance of Hamed and Rao (1998), as the
/// `hamed_rao_modification_test` of pymannkendall does without a given lag.
///
/// The slope of Theil and Sen is taken out, and the autocorrelations of the ranks of what is left
/// enlarge the variance, at all lags at which they are significant at 0.05. Lags count values: where
/// those are not equally far apart, it is an approximation. Few values (below about 20) tell little
/// of their correlation, and the answer is then as good as that.
///
/// # Errors
/// As [`mann_kendall`](super::mann_kendall()); when all values lie on a line; or when no variance is
/// left, which happens in short series that swing regularly.
pub fn hamed_rao(sequence: &Sequence) -> Result<Corrected, TrendError> {
    let test = super::mann_kendall(sequence)?;
    let ranks = ranks(&detrended(sequence, theil_sen(sequence)?.per_step));
    let n = test.points as f64;
    let normal = Normal::standard().inverse_cdf(1.0 - SIGNIFICANCE / 2.0);
    let bound = normal / n.sqrt();
    let sum: f64 = autocorrelations(&ranks, test.points - 1)?
        .into_iter()
        .enumerate()
        .filter(|(_, correlation)| correlation.abs() > bound)
        .map(|(index, correlation)| {
            let lag = (index + 1) as f64;
            (n - lag) * (n - lag - 1.0) * (n - lag - 2.0) * correlation
        })
        .sum();
    let ratio = 1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * sum;
    if ratio <= 0.0 {
        return Err(TrendError::NoVariance { ratio });
    }
    let variance = test.variance * ratio;
    let z = standardised(test.s, variance);
    Ok(Corrected {
        ratio,
        variance,
        z,
        p: two_sided(z),
    })
}

/// Tests for a trend after trend-free pre-whitening, the method of Yue, Pilon, Phinney and Cavadias
/// (2002), as the `trend_free_pre_whitening_modification_test` of pymannkendall does: the slope of
/// Theil and Sen is taken out, then the correlation with the value before, then the slope is put
/// back, and what comes out is tested. There is one value less.
///
/// Assumes that each value depends on the one before alone (AR(1)), and that the slope is a straight
/// line. Always pre-whitens, also where the correlation is small.
///
/// # Errors
/// As [`mann_kendall`](super::mann_kendall()), and when all values lie on a line.
pub fn pre_whitened(sequence: &Sequence) -> Result<MannKendall, TrendError> {
    check(sequence.values())?;
    let slope = theil_sen(sequence)?.per_step;
    let rest = detrended(sequence, slope);
    let correlation = autocorrelations(&rest, 1)?
        .first()
        .copied()
        .unwrap_or_default();
    let positions = sequence.steps().positions();
    let whitened: Vec<f64> = rest
        .windows(2)
        .zip(&positions[1..])
        .map(|(pair, at)| pair[1] - pair[0] * correlation + *at as f64 * slope)
        .collect();
    of_values(&whitened)
}

/// The values without a slope per step.
fn detrended(sequence: &Sequence, slope: f64) -> Vec<f64> {
    let steps = sequence.steps().positions().iter();
    let points = sequence.values().iter().zip(steps);
    // The line begins one step before the first value; rounding, and so ties, follow from that.
    points
        .map(|(value, at)| value - (at + 1) as f64 * slope)
        .collect()
}

/// Ranks from 1; those that are tied share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for tied in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = before as f64 + (tied.len() + 1) as f64 / 2.0;
        tied.iter().for_each(|index| ranks[*index] = rank);
        before += tied.len();
    }
    ranks
}

/// Autocorrelations at lags from 1 on: sums of products over the sum of squares.
fn autocorrelations(values: &[f64], lags: usize) -> Result<Vec<f64>, TrendError> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let deviations: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let product = |lag: usize| -> f64 {
        let pairs = deviations.iter().zip(&deviations[lag..]);
        pairs.map(|(a, b)| a * b).sum()
    };
    let squares = product(0);
    let scale = values
        .iter()
        .fold(0.0, |most: f64, value| most.max(value.abs()));
    // What rounding alone leaves of values on a line is nothing.
    const ROUNDING: f64 = 1e-12;
    if squares.sqrt() <= ROUNDING * scale || squares == 0.0 {
        return Err(TrendError::OnALine);
    }
    Ok((1..=lags).map(|lag| product(lag) / squares).collect())
}
