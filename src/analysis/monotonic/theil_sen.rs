//! The slope of Theil and Sen.

use statrs::distribution::{ContinuousCDF as _, Normal};

use super::mann_kendall::{check, of_values};
use super::{Sequence, TimeUnit, TrendError};
use crate::analysis::growth::Interval;
use crate::analysis::outlier::median;

/// The confidence of the interval.
const CONFIDENCE: f64 = 0.95;

/// The line whose slope is the median of the slopes of all pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TheilSen {
    /// The rise per year, month or day.
    pub slope: f64,
    /// The interval of Sen at 0.95, per the same.
    pub interval: Interval,
    /// What the slope is per.
    pub unit: TimeUnit,
    /// The height on the first day of the line through both medians: `median(y) - slope median(t)`,
    /// as Conover, pymannkendall and scipy's `theilslopes` with `separate`.
    pub intercept: f64,
    /// The height on the first day of the line that leaves as many points above as below:
    /// `median(y - slope t)`, as scipy's `theilslopes` with `joint`.
    pub intercept_joint: f64,
    /// The rise per step of the sequence.
    pub(super) per_step: f64,
}

/// The slope of Theil (1950) and Sen (1968), the median over all pairs, with the 95 % interval of
/// Sen, as `theilslopes` of scipy and `sens.slope` of R's `trend` give it: ranks are rounded half to
/// even, and their spread is the tie-corrected standard deviation of S. pymannkendall gives the same
/// slope and no interval.
///
/// Distances in time count: days may be irregular. Assumes a straight line and independent
/// deviations from it; where values resemble those before, the interval is too narrow.
///
/// # Errors
/// As [`mann_kendall`](super::mann_kendall()).
pub fn theil_sen(sequence: &Sequence) -> Result<TheilSen, TrendError> {
    let values = sequence.values();
    check(values)?;
    let steps = sequence.steps();
    let positions = steps.positions();
    let mut slopes = Vec::with_capacity(values.len() * (values.len() - 1) / 2);
    for (index, (value, at)) in values.iter().zip(positions).enumerate() {
        let later = values[index + 1..].iter().zip(&positions[index + 1..]);
        slopes.extend(later.map(|(other, then)| (other - value) / (then - at) as f64));
    }
    let count = slopes.len();
    let spread = Normal::standard().inverse_cdf(f64::midpoint(1.0, CONFIDENCE))
        * of_values(values)?.variance.sqrt();
    let rank = |rank: f64| rank.round_ties_even().max(0.0) as usize;
    let low = rank((count as f64 - spread) / 2.0).saturating_sub(1);
    let high = rank((count as f64 + spread) / 2.0).min(count - 1);
    let mut of_rank = |rank: usize| *slopes.select_nth_unstable_by(rank, f64::total_cmp).1;
    let upper = of_rank(count / 2);
    let per_step = if count.is_multiple_of(2) {
        f64::midpoint(of_rank(count / 2 - 1), upper)
    } else {
        upper
    };
    let interval = Interval {
        low: of_rank(low) * steps.per_unit(),
        high: of_rank(high) * steps.per_unit(),
    };
    let times: Vec<f64> = positions.iter().map(|at| *at as f64).collect();
    let middle = |of: &[f64]| median(of).unwrap_or_default();
    let rests: Vec<f64> = values
        .iter()
        .zip(&times)
        .map(|(value, at)| value - per_step * at)
        .collect();
    Ok(TheilSen {
        slope: per_step * steps.per_unit(),
        interval,
        unit: steps.unit,
        intercept: middle(values) - per_step * middle(&times),
        intercept_joint: middle(&rests),
        per_step,
    })
}
