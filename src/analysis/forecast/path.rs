//! What a method expects of a sequence, and how its errors grow with the horizon.

/// Expected values of the next steps, and the variance of their errors.
///
/// Errors come from two sources: shocks yet to come, and a slope that is only estimated. They are
/// kept apart because they grow differently when a sequence of increases is summed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    /// The expected values.
    pub points: Vec<f64>,
    /// The variance of each one's error from shocks alone.
    pub shocks: Vec<f64>,
    /// The variance of the estimated slope, per step; zero where none is estimated.
    pub slope: f64,
}

impl Path {
    /// The standard deviation of each step's error.
    pub fn deviations(&self) -> Vec<f64> {
        let steps = 1..=self.shocks.len();
        let variances = self.shocks.iter().zip(steps);
        variances
            .map(|(shocks, step)| (step as f64).powi(2).mul_add(self.slope, *shocks).sqrt())
            .collect()
    }

    /// The path of the sum, from a level on: what a cumulative comes to when the increases take this
    /// path. Nothing is taken off by an increase below zero, for the cumulative would then fall.
    ///
    /// The methods are linear in their shocks: a shock of one step moves the increase of the same
    /// step by itself and that `k` steps on by `c(k)`, where the variance of `h` steps is
    /// `s^2 (1 + c(1)^2 + … + c(h-1)^2)` (Hyndman and others 2008, chapter 6). Hence each `c` from the
    /// growth of the variance, and the sum moves by `1 + c(1) + … + c(k)`.
    pub fn summed(&self, level: f64) -> Self {
        let mut sum = level;
        let points = self.points.iter().map(|increase| {
            sum += increase.max(0.0);
            sum
        });
        let points = points.collect();
        let one_step = self.shocks.first().copied().unwrap_or_default();
        let (mut weight, mut variance, mut before) = (0.0, 0.0, 0.0);
        let shocks = self.shocks.iter().map(|&shocks| {
            if one_step > 0.0 {
                weight += ((shocks - before) / one_step).max(0.0).sqrt();
            }
            before = shocks;
            variance += one_step * weight * weight;
            variance
        });
        let shocks = shocks.collect();
        // A slope that is wrong by one adds h (h + 1) / 2 to the sum of h increases. It is kept as
        // shocks, since it no longer grows with the square of the horizon.
        let mut path = Self {
            points,
            shocks,
            slope: 0.0,
        };
        for (variance, step) in path.shocks.iter_mut().zip(1_usize..) {
            let moved = (step * (step + 1)) as f64 / 2.0;
            *variance += moved * moved * self.slope;
        }
        path
    }

    /// Whether all of its numbers are numbers.
    pub fn is_finite(&self) -> bool {
        let numbers = self.points.iter().chain(&self.shocks);
        numbers
            .chain([&self.slope])
            .all(|number| number.is_finite())
    }
}
