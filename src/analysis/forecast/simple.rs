//! The three methods that fit nothing but an average: naive, seasonal naive and drift.
//!
//! Points and standard deviations as in Hyndman and Athanasopoulos, Forecasting: principles and
//! practice, 3rd edition (2021), 5.2 and 5.5. The standard deviation of the one-step errors divides by
//! the number of errors less the number of estimated parameters.

use super::path::Path;

/// The last value stays: the variance of `h` steps is `h s^2`.
pub(super) fn naive(values: &[f64], horizon: usize) -> Option<Path> {
    seasonal(values, 1, horizon)
}

/// The value of one season ago comes again: the variance of `h` steps is `(k + 1) s^2`, where `k` is
/// the number of whole seasons in the `h - 1` steps before.
///
/// None when there are fewer than two values of a season.
pub(super) fn seasonal(values: &[f64], season: usize, horizon: usize) -> Option<Path> {
    let start = values.len().checked_sub(season)?;
    if season == 0 || start == 0 {
        return None;
    }
    let errors = values.iter().skip(season).zip(values);
    let squares: f64 = errors.map(|(now, then)| (now - then).powi(2)).sum();
    let variance = squares / start as f64;
    let last = &values[start..];
    Some(Path {
        points: (0..horizon).map(|step| last[step % season]).collect(),
        shocks: (0..horizon)
            .map(|step| (step / season + 1) as f64 * variance)
            .collect(),
        slope: 0.0,
    })
}

/// The average change goes on: the variance of `h` steps is `s^2 (h + h^2 / (T - 1))`, the second part
/// because the average is estimated from `T - 1` changes.
///
/// None when there are fewer than three values.
pub(super) fn drift(values: &[f64], horizon: usize) -> Option<Path> {
    let (first, last) = (values.first()?, values.last()?);
    let changes = values.len() - 1;
    if changes < 2 {
        return None;
    }
    let slope = (last - first) / changes as f64;
    let errors = values.windows(2).map(|pair| pair[1] - pair[0] - slope);
    let variance = errors.map(|error| error * error).sum::<f64>() / (changes - 1) as f64;
    let steps = 1..=horizon;
    Some(Path {
        points: steps
            .clone()
            .map(|step| slope.mul_add(step as f64, *last))
            .collect(),
        shocks: steps.map(|step| step as f64 * variance).collect(),
        slope: variance / changes as f64,
    })
}
