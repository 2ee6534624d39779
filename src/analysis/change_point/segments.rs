//! Segments of constant level, and how well they fit.

use super::Cost;

/// A run of values with one level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// The index of its first value.
    pub start: usize,
    /// The index after its last value.
    pub end: usize,
    /// The mean of its values.
    pub mean: f64,
}

impl Segment {
    /// How many values it has.
    pub const fn points(&self) -> usize {
        self.end - self.start
    }
}

/// Values cut into segments.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    /// The segments, at least one.
    pub segments: Vec<Segment>,
    /// The sum of squared deviations from the mean of all values.
    pub squares_before: f64,
    /// The sum of squared deviations from the means of the segments.
    pub squares_after: f64,
    /// The correlation of neighbouring deviations from the means of the segments; none where there
    /// are no deviations. Far above zero, it says that levels do not describe the series.
    pub correlation: Option<f64>,
}

impl Segmentation {
    pub(super) fn new(sums: &Sums<'_>, ends: &[usize]) -> Self {
        let starts = [0].iter().chain(ends);
        let segments: Vec<Segment> = starts
            .zip(ends)
            .map(|(&start, &end)| Segment {
                start,
                end,
                mean: sums.mean(start, end),
            })
            .collect();
        let deviations: Vec<f64> = segments
            .iter()
            .flat_map(|of| sums.values[of.start..of.end].iter().map(|y| y - of.mean))
            .collect();
        let squares_after = deviations.iter().map(|rest| rest * rest).sum::<f64>();
        let products: f64 = deviations.windows(2).map(|pair| pair[0] * pair[1]).sum();
        Self {
            segments,
            squares_before: sums.cost(Cost::Squares, 0, sums.count()),
            squares_after,
            correlation: (squares_after > 0.0).then(|| products / squares_after),
        }
    }

    /// The index of the first value of each segment but the first.
    pub fn changes(&self) -> impl Iterator<Item = usize> {
        self.segments.iter().skip(1).map(|segment| segment.start)
    }
}

/// Running sums, from which the cost of any segment follows at once.
pub(super) struct Sums<'a> {
    values: &'a [f64],
    /// What was taken off each value, so that squares stay small.
    centre: f64,
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl<'a> Sums<'a> {
    pub(super) fn of(values: &'a [f64]) -> Self {
        let centre = values.iter().sum::<f64>() / values.len().max(1) as f64;
        let running = |of: fn(f64) -> f64| -> Vec<f64> {
            let mut total = 0.0;
            let totals = values.iter().map(|value| {
                total += of(value - centre);
                total
            });
            [0.0].into_iter().chain(totals).collect()
        };
        Self {
            values,
            centre,
            sums: running(|value| value),
            squares: running(|value| value * value),
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.values.len()
    }

    fn mean(&self, start: usize, end: usize) -> f64 {
        self.centre + (self.sums[end] - self.sums[start]) / (end - start) as f64
    }

    /// The cost of one level from `start` up to `end`, which is not within.
    pub(super) fn cost(&self, cost: Cost, start: usize, end: usize) -> f64 {
        let count = (end - start) as f64;
        match cost {
            Cost::Squares => {
                let sum = self.sums[end] - self.sums[start];
                let squares = self.squares[end] - self.squares[start];
                (squares - sum * sum / count).max(0.0)
            }
            // What does not depend on the segments, such as factorials, is left out.
            Cost::Poisson => match self.mean(start, end) {
                mean if mean > 0.0 => -2.0 * count * mean * mean.ln(),
                _ => 0.0,
            },
        }
    }
}
