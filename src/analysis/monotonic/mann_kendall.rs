//! The test of Mann and Kendall.

use std::f64::consts::SQRT_2;

use statrs::function::erf::erfc;

use super::{FEWEST, MOST, Sequence, TrendError};

/// The test of Mann and Kendall for a monotonic trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// How many values were tested.
    pub points: usize,
    /// Pairs in which the later value is larger, less those in which it is smaller.
    pub s: i64,
    /// The variance of S under chance, lessened by ties.
    pub variance: f64,
    /// S brought nearer to zero by one (continuity correction), over its standard deviation.
    pub z: f64,
    /// The two-sided probability of a z as far from zero, by the normal approximation.
    pub p: f64,
    /// As `z`, without the continuity correction: that of R's `cor.test` and of scipy's `kendalltau`.
    pub z_uncorrected: f64,
    /// The probability that belongs to it.
    pub p_uncorrected: f64,
    /// S over the number of all pairs.
    pub tau_a: f64,
    /// S over the geometric mean of the numbers of pairs that are not tied, in time and in value.
    pub tau_b: f64,
}

/// Tests for a monotonic trend, as Mann (1945) and Kendall (1975), with the variance corrected for
/// ties and z for continuity: the `original_test` of pymannkendall and R's `mk.test`.
///
/// Assumes that the values would be independent and of one distribution if there were no trend; it
/// takes their order alone, so that unlike distances in time do not matter to it. Values that
/// resemble the one before, as those of a stock do, make p too small: see
/// [`hamed_rao`](super::hamed_rao).
///
/// # Errors
/// When there are fewer than [`FEWEST`] values or more than [`MOST`], or all are the same.
pub fn mann_kendall(sequence: &Sequence) -> Result<MannKendall, TrendError> {
    check(sequence.values())?;
    of_values(sequence.values())
}

/// Refuses what is too short, too long or without any order.
pub(super) fn check(values: &[f64]) -> Result<(), TrendError> {
    match values {
        few if few.len() < FEWEST => Err(TrendError::TooFew { found: few.len() }),
        many if many.len() > MOST => Err(TrendError::TooMany { found: many.len() }),
        [first, rest @ ..] if rest.iter().all(|value| value == first) => {
            Err(TrendError::AllEqual {
                points: values.len(),
                value: *first,
            })
        }
        _ => Ok(()),
    }
}

/// The test of finite values in their order.
pub(super) fn of_values(values: &[f64]) -> Result<MannKendall, TrendError> {
    let points = values.len();
    let s = score(values);
    let (variance, untied) = variance(values);
    if variance <= 0.0 {
        let value = values.first().copied().unwrap_or_default();
        return Err(TrendError::AllEqual { points, value });
    }
    let n = points as f64;
    let pairs = n * (n - 1.0) / 2.0;
    let z = standardised(s, variance);
    let z_uncorrected = s as f64 / variance.sqrt();
    Ok(MannKendall {
        points,
        s,
        variance,
        z,
        p: two_sided(z),
        z_uncorrected,
        p_uncorrected: two_sided(z_uncorrected),
        tau_a: s as f64 / pairs,
        tau_b: s as f64 / (pairs * untied).sqrt(),
    })
}

/// S: pairs that rise less pairs that fall.
fn score(values: &[f64]) -> i64 {
    values
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let later = &values[index + 1..];
            let signs = later
                .iter()
                .map(|other| i64::from(other > value) - i64::from(other < value));
            signs.sum::<i64>()
        })
        .sum()
}

/// The variance of S under chance, and the number of pairs that are not tied.
fn variance(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let term = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let n = values.len() as f64;
    let (mut sum, mut untied) = (term(n), n * (n - 1.0) / 2.0);
    for tied in sorted.chunk_by(|a, b| a == b) {
        let count = tied.len() as f64;
        sum -= term(count);
        untied -= count * (count - 1.0) / 2.0;
    }
    (sum / 18.0, untied)
}

/// Z with the correction for continuity.
pub(super) fn standardised(s: i64, variance: f64) -> f64 {
    (s - s.signum()) as f64 / variance.sqrt()
}

/// The probability that a standard normal number is at least so far from zero, on either side.
pub(super) fn two_sided(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}
