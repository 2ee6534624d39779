//! Ordinary least squares of logarithms on days.

use chrono::NaiveDate;

/// The least-squares line through the logarithms.
pub(super) struct Line {
    /// Rise of the logarithm per day.
    pub slope: f64,
    /// The logarithm of the line on the first day.
    pub intercept: f64,
    /// Sum of squared deviations of the days from their mean.
    pub spread: f64,
    /// Sum of squared deviations of the logarithms from their mean.
    pub variation: f64,
    /// Sum of squared deviations of the logarithms from the line.
    pub residual: f64,
}

impl Line {
    /// Fits the line; there are at least two days and all values are above zero.
    pub fn through(first_day: NaiveDate, days: &[NaiveDate], values: &[f64]) -> Self {
        let count = days.len() as f64;
        let elapsed: Vec<i64> = days
            .iter()
            .map(|&day| (day - first_day).num_days())
            .collect();
        let mean_elapsed = elapsed.iter().sum::<i64>() as f64 / count;
        // Logarithms count from the first of them: equal values then deviate by exactly nothing.
        let origin = values[0].ln();
        let heights: Vec<f64> = values.iter().map(|value| value.ln() - origin).collect();
        let mean_height = heights.iter().sum::<f64>() / count;
        let deviations: Vec<(f64, f64)> = elapsed
            .iter()
            .zip(&heights)
            .map(|(&t, &height)| (t as f64 - mean_elapsed, height - mean_height))
            .collect();
        let spread = deviations.iter().map(|(t, _)| t * t).sum::<f64>();
        let slope = deviations.iter().map(|(t, height)| t * height).sum::<f64>() / spread;
        Self {
            slope,
            intercept: origin + mean_height - slope * mean_elapsed,
            spread,
            variation: deviations.iter().map(|(_, height)| height * height).sum(),
            residual: deviations
                .iter()
                .map(|(t, height)| (height - slope * t).powi(2))
                .sum(),
        }
    }
}
