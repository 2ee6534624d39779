//! The interval of a total by the profile of the multinomial likelihood.

use nalgebra::DVector;
use statrs::distribution::{ChiSquared, ContinuousCDF as _};
use statrs::function::gamma::{digamma, ln_gamma};

use super::model::cells;
use super::regression::{Design, times_ln};
use super::{Estimate, Histories};

/// The interval of a total.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    /// The total of the largest multinomial likelihood, a little below that of the Poisson fit.
    pub total: f64,
    /// The lower end; how many are named, where fewer would fit as well.
    pub low: f64,
    /// The upper end; none where totals a thousand times as large as the estimate fit as well.
    pub high: Option<f64>,
}

/// How many times the number on no list an upper end is looked for.
const FAR: f64 = 1000.0;

/// The interval of all totals whose multinomial likelihood, at its largest for that total, is within
/// the limit of a chi-squared test of the largest of all (Cormack 1992), as Rcapture reckons it.
///
/// It is given the model, and not symmetric. What is not known of the model makes it wider. In
/// Chao's form the parameters that were set to zero stay there. None where the confidence is not
/// between 0 and 1, or the likelihood cannot be followed.
pub fn profile(histories: &Histories, estimate: &Estimate, confidence: f64) -> Option<Profile> {
    let limit = ChiSquared::new(1.0)
        .ok()
        .filter(|_| confidence > 0.0 && confidence < 1.0)?
        .inverse_cdf(confidence)
        / 2.0;
    let mut curve = Curve::new(histories, estimate);
    let missing = estimate.total - curve.observed;
    let top = curve.top(missing)?;
    let height = curve.at(top)?.0 - limit;
    let observed = curve.observed;
    let low = if curve.at(0.0)?.0 >= height {
        observed
    } else {
        observed + curve.crossing(0.0, top, height)?
    };
    let mut far = missing.max(1.0);
    while far <= FAR * missing.max(1.0) && curve.at(far)?.0 >= height {
        far *= 2.0;
    }
    let high = (far <= FAR * missing.max(1.0))
        .then(|| curve.crossing(far, top, height))
        .flatten()
        .map(|missing| observed + missing);
    Some(Profile {
        total: observed + top,
        low,
        high,
    })
}

/// The profile of the likelihood over how many are on no list.
struct Curve {
    observed: f64,
    counts: Vec<f64>,
    design: Design,
    coefficients: DVector<f64>,
}

impl Curve {
    fn new(histories: &Histories, estimate: &Estimate) -> Self {
        let mut counts = vec![0.0];
        counts.extend(cells(histories));
        Self {
            observed: histories.observed() as f64,
            counts,
            design: estimate.design(histories.lists()).with_nothing(),
            coefficients: estimate.coefficients.clone(),
        }
    }

    /// The height of the curve, and its slope, with so many on no list.
    fn at(&mut self, missing: f64) -> Option<(f64, f64)> {
        self.counts[0] = missing;
        // Nearby fits begin where this one ends, unless it went out of bounds.
        let fit = self
            .design
            .fit(&self.counts, Some(&self.coefficients))
            .ok()?;
        let fit = if fit.is_finite {
            self.coefficients.clone_from(&fit.coefficients);
            fit
        } else {
            self.design.fit(&self.counts, None).ok()?
        };
        let total = self.observed + missing;
        let shares = self.counts.iter().zip(&fit.means);
        let height = shares
            .map(|(&count, mean)| times_ln(count, mean / total))
            .sum::<f64>()
            + ln_gamma(total + 1.0)
            - ln_gamma(missing + 1.0);
        let slope = (fit.means[0] / total).ln() + digamma(total + 1.0) - digamma(missing + 1.0);
        height.is_finite().then_some((height, slope))
    }

    /// Where the curve is highest, at or below the fit of the Poisson likelihood.
    fn top(&mut self, missing: f64) -> Option<f64> {
        if self.at(0.0)?.1 <= 0.0 {
            return Some(0.0);
        }
        let (mut low, mut high) = (0.0, missing);
        while self.at(high)?.1 > 0.0 {
            low = high;
            high *= 2.0;
            if high > FAR * missing {
                return None;
            }
        }
        self.root(low, high, |(_, slope)| slope)
    }

    /// Where the curve crosses a height between a place below it and the top.
    fn crossing(&mut self, below: f64, top: f64, height: f64) -> Option<f64> {
        self.root(below, top, |(reached, _)| height - reached)
    }

    /// A root between two places, by halving and by lines (the Illinois form of regula falsi).
    fn root(&mut self, from: f64, to: f64, value: impl Fn((f64, f64)) -> f64) -> Option<f64> {
        const STEPS: usize = 200;
        let (mut a, mut b) = (from, to);
        let (mut at_a, mut at_b) = (value(self.at(a)?), value(self.at(b)?));
        for _ in 0..STEPS {
            if (a - b).abs() <= 1e-7 * (1.0 + a.abs()) {
                break;
            }
            let line = (a * at_b - b * at_a) / (at_b - at_a);
            let (low, high) = (a.min(b), a.max(b));
            let middle = f64::midpoint(a, b);
            let next = if line > low && line < high {
                line
            } else {
                middle
            };
            let reached = value(self.at(next)?);
            if reached == 0.0 {
                return Some(next);
            }
            if (reached > 0.0) == (at_b > 0.0) {
                at_a /= 2.0;
            } else {
                (a, at_a) = (b, at_b);
            }
            (b, at_b) = (next, reached);
        }
        Some(b)
    }
}
