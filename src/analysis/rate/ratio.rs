//! The ratio of two rates, with an exact interval.

use statrs::function::beta::beta_reg;

use super::{Exposure, RateError};

/// How many times the one rate is the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio; none where the second count is zero, so that it has no upper limit.
    pub ratio: Option<f64>,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end of its interval; none where the second count is zero.
    pub high: Option<f64>,
}

impl Ratio {
    /// Whether the interval contains 1: the two rates may be the same but for chance.
    pub fn may_be_equal(&self) -> bool {
        self.low <= 1.0 && self.high.is_none_or(|high| high >= 1.0)
    }
}

/// The ratio of the rate of one Poisson count to that of another, with the exact interval that follows
/// from the binomial distribution of the first given their sum (Clopper and Pearson 1934); `poisson.test`
/// of R gives the same.
///
/// Assumes that the two counts are independent, that events happen independently of each other, and that
/// both sides record the same share of them: where one records better, the ratio says so and no more.
///
/// # Errors
/// When both counts are zero, or the confidence is not between 0 and 1.
pub fn ratio(
    (first, first_of): (u64, Exposure),
    (second, second_of): (u64, Exposure),
    confidence: f64,
) -> Result<Ratio, RateError> {
    if !(confidence > 0.0 && confidence < 1.0) {
        return Err(RateError::Confidence(confidence));
    }
    if first == 0 && second == 0 {
        return Err(RateError::BothZero);
    }
    let tail = (1.0 - confidence) / 2.0;
    let scale = second_of.0 / first_of.0;
    let (x, y) = (first as f64, second as f64);
    // Odds of the first given the sum are the ratio of the means.
    let low = match first {
        0 => 0.0,
        _ => odds(x, y + 1.0, tail),
    };
    let high = (second > 0).then(|| odds(x + 1.0, y, 1.0 - tail));
    Ok(Ratio {
        ratio: (second > 0).then(|| scale * x / y),
        low: scale * low,
        high: high.map(|high| scale * high),
    })
}

/// The odds at a quantile of the beta distribution, found by halving their logarithm: it never leaves the
/// bracket, whatever the size of the counts, and ends where two neighbouring numbers meet.
fn odds(a: f64, b: f64, probability: f64) -> f64 {
    let below = |log_odds: f64| {
        // From the nearer end, so that no digits are lost close to 1.
        if log_odds < 0.0 {
            let share = log_odds.exp() / (1.0 + log_odds.exp());
            beta_reg(a, b, share) < probability
        } else {
            let rest = (-log_odds).exp() / (1.0 + (-log_odds).exp());
            beta_reg(b, a, rest) > 1.0 - probability
        }
    };
    let centre = (a / b).ln();
    let mut step = 1.0;
    while !below(centre - step) || below(centre + step) {
        step *= 2.0;
        if step > 1024.0 {
            break;
        }
    }
    let (mut low, mut high) = (centre - step, centre + step);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle.exp();
        }
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
}
