//! Exponential growth of counts: a Poisson regression with the logarithm as link.

use chrono::NaiveDate;

use super::{GrowthError, Interval, Pace, pace, quantile};
use crate::figure::Measure;

/// The most steps of the fit; it settles in fewer than ten.
const STEPS: usize = 100;

/// An exponential curve fitted to counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoissonGrowth {
    /// How many counts were fitted.
    pub points: usize,
    /// The first of their days.
    pub first_day: NaiveDate,
    /// The last of their days.
    pub last_day: NaiveDate,
    /// The growth rate per day: the slope of the logarithm of the mean.
    pub rate: f64,
    /// The standard error of the rate, were the counts Poisson's.
    pub standard_error: f64,
    /// How many times the counts spread more than Poisson's: Pearson's statistic over its degrees of
    /// freedom.
    pub dispersion: f64,
    /// The confidence of the interval.
    pub confidence: f64,
    /// The confidence interval of the rate, with the standard error enlarged by the square root of
    /// the dispersion where that is above one (quasi-Poisson), and Student's t with n - 2 degrees of
    /// freedom.
    pub interval: Interval,
    /// The natural logarithm of the mean on the first day.
    pub intercept: f64,
    /// How long the mean takes to double or to halve.
    pub pace: Pace,
}

/// Fits `ln E(y) = a + r t`, t in days, to counts by iteratively reweighted least squares, as R's
/// `glm(family = poisson)` and the `GLM` of statsmodels do. `exposures` are the days that each count
/// is over (`offset(log(days))`); none where they are alike.
///
/// Unlike the line through logarithms it takes zeros, and counts weigh by what they tell. Assumes
/// that counts are independent and that their variance is proportional to their mean. Counts of
/// people who flee together spread far more than Poisson's: `standard_error` says too little then,
/// and `interval` is enlarged.
///
/// # Errors
/// When the measure is cumulative; there are fewer than 3 counts; days, counts and exposures do not
/// pair up; a count is below zero or fewer than two are above; all are of one day; the fit does not
/// settle; or the confidence is not between 0 and 1.
pub fn fit(
    measure: Measure,
    days: &[NaiveDate],
    counts: &[f64],
    exposures: Option<&[f64]>,
    confidence: f64,
) -> Result<PoissonGrowth, GrowthError> {
    if measure == Measure::Cumulative {
        return Err(GrowthError::Cumulative);
    }
    let unpaired = exposures.map_or(counts.len(), <[f64]>::len);
    if days.len() != counts.len() || days.len() != unpaired {
        return Err(GrowthError::Unpaired {
            days: days.len(),
            values: counts.len().min(unpaired),
        });
    }
    let (Some(&first_day), Some(&last_day), 3..) =
        (days.iter().min(), days.iter().max(), days.len())
    else {
        return Err(GrowthError::TooFew(days.len()));
    };
    let mut points = days.iter().zip(counts);
    if let Some((&day, &value)) = points.find(|&(_, &y)| !(y >= 0.0 && y.is_finite())) {
        return Err(GrowthError::BelowZero { day, value });
    }
    if counts.iter().filter(|count| **count > 0.0).count() < 2 {
        return Err(GrowthError::NothingCounted);
    }
    if first_day == last_day {
        return Err(GrowthError::OneDay(first_day));
    }
    let freedom = (days.len() - 2) as f64;
    let quantile = quantile(freedom, confidence)?;
    let times: Vec<f64> = days
        .iter()
        .map(|&day| (day - first_day).num_days() as f64)
        .collect();
    let offsets: Vec<f64> = match exposures {
        Some(exposures) => exposures.iter().map(|days| days.ln()).collect(),
        None => vec![0.0; days.len()],
    };
    let curve = settled(&times, counts, &offsets)?;
    let pearson: f64 = counts
        .iter()
        .zip(curve.means(&times, &offsets))
        .map(|(count, mean)| (count - mean).powi(2) / mean)
        .sum();
    let dispersion = pearson / freedom;
    let margin = quantile * curve.standard_error * dispersion.max(1.0).sqrt();
    let interval = Interval {
        low: curve.rate - margin,
        high: curve.rate + margin,
    };
    Ok(PoissonGrowth {
        points: days.len(),
        first_day,
        last_day,
        rate: curve.rate,
        standard_error: curve.standard_error,
        dispersion,
        confidence,
        interval,
        intercept: curve.height - curve.rate * curve.centre,
        pace: pace(curve.rate, interval),
    })
}

/// A curve in the making: the logarithm of the mean is `height + rate (t - centre)`.
struct Curve {
    height: f64,
    rate: f64,
    centre: f64,
    standard_error: f64,
}

impl Curve {
    fn means(&self, times: &[f64], offsets: &[f64]) -> impl Iterator<Item = f64> {
        let of = |(time, offset): (&f64, &f64)| {
            (self.height + self.rate * (time - self.centre) + offset).exp()
        };
        times.iter().zip(offsets).map(of)
    }
}

/// The curve once the steps of the fit change nothing any more.
fn settled(times: &[f64], counts: &[f64], offsets: &[f64]) -> Result<Curve, GrowthError> {
    let mean_count = counts.iter().sum::<f64>() / counts.len() as f64;
    // Half way between a count and their mean is where statsmodels begins.
    let mut means: Vec<f64> = counts
        .iter()
        .map(|count| f64::midpoint(*count, mean_count))
        .collect();
    for _ in 0..STEPS {
        let working: Vec<f64> = means
            .iter()
            .zip(counts)
            .zip(offsets)
            .map(|((mean, count), offset)| mean.ln() + (count - mean) / mean - offset)
            .collect();
        let curve = weighted_line(times, &working, &means);
        let found: Vec<f64> = curve.means(times, offsets).collect();
        if !found.iter().all(|mean| mean.is_finite() && *mean > 0.0) {
            break;
        }
        let moved = |(mean, before): (&f64, &f64)| (mean / before - 1.0).abs();
        let most = found.iter().zip(&means).map(moved).fold(0.0, f64::max);
        // Far below what is printed, so that the error, of the weights before, is settled as well.
        if most < 1e-10 {
            return Ok(curve);
        }
        means = found;
    }
    Err(GrowthError::NotSettled(STEPS))
}

/// Weighted least squares of heights on times.
fn weighted_line(times: &[f64], heights: &[f64], weights: &[f64]) -> Curve {
    let total: f64 = weights.iter().sum();
    let mean = |of: &[f64]| of.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>() / total;
    let (centre, height) = (mean(times), mean(heights));
    let spread: f64 = times
        .iter()
        .zip(weights)
        .map(|(time, weight)| weight * (time - centre).powi(2))
        .sum();
    let products: f64 = times
        .iter()
        .zip(heights)
        .zip(weights)
        .map(|((time, y), weight)| weight * (time - centre) * (y - height))
        .sum();
    Curve {
        height,
        rate: products / spread,
        centre,
        standard_error: spread.recip().sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::fixture::day;
    use crate::analysis::growth::CONFIDENCE;

    fn fitted(counts: &[f64]) -> Result<PoissonGrowth, GrowthError> {
        let days: Vec<NaiveDate> = (0..counts.len() as u64)
            .map(|t| day("2022-03-01") + Days::new(t))
            .collect();
        fit(Measure::Flow, &days, counts, None, CONFIDENCE)
    }

    #[test]
    fn the_reference_series() {
        let growth = fitted(&[10.0, 13.0, 16.0, 22.0, 28.0, 36.0, 47.0, 60.0]).unwrap();
        assert_eq!(format!("{:.9}", growth.rate), "0.257334324");
        // statsmodels prints 0.031714602 at its usual tolerance, by the weights of the step before;
        // with `tol=1e-14` it prints this.
        assert_eq!(format!("{:.9}", growth.standard_error), "0.031714640");
        // Counts on a smooth curve spread less than Poisson's; the interval is not narrowed.
        assert!(growth.dispersion < 0.1);
        let margin = growth.interval.high - growth.rate;
        assert!((margin / growth.standard_error - 2.446_911_851).abs() < 1e-6);
    }

    /// `GLM([3, 0, 7, 1, 12, 9], family=Poisson(), exposure=[1, 1, 2, 1, 3, 1])` of statsmodels.
    #[test]
    fn zeros_and_unlike_exposures() {
        let days = [
            "2022-03-01",
            "2022-03-02",
            "2022-03-04",
            "2022-03-05",
            "2022-03-08",
            "2022-03-09",
        ];
        let days: Vec<NaiveDate> = days.iter().map(|text| day(text)).collect();
        let counts = [3.0, 0.0, 7.0, 1.0, 12.0, 9.0];
        let exposures = [1.0, 1.0, 2.0, 1.0, 3.0, 1.0];
        let growth = fit(Measure::Flow, &days, &counts, Some(&exposures), CONFIDENCE).unwrap();
        assert_eq!(format!("{:.9}", growth.rate), "0.177284185");
        assert_eq!(format!("{:.9}", growth.standard_error), "0.073260129");
        assert_eq!(format!("{:.9}", growth.dispersion), "1.923041550");
    }

    #[test]
    fn what_is_no_count_is_refused() {
        let days = [day("2022-03-01"), day("2022-03-02"), day("2022-03-03")];
        let cumulative = fit(
            Measure::Cumulative,
            &days,
            &[1.0, 2.0, 3.0],
            None,
            CONFIDENCE,
        );
        assert_eq!(cumulative, Err(GrowthError::Cumulative));
        assert_eq!(fitted(&[1.0, 2.0]), Err(GrowthError::TooFew(2)));
        assert_eq!(fitted(&[0.0, 0.0, 2.0]), Err(GrowthError::NothingCounted));
        let below = fitted(&[1.0, -2.0, 3.0]).unwrap_err().to_string();
        assert!(
            below.starts_with("the count on 2022-03-02 is -2, below zero"),
            "{below}"
        );
        assert!(matches!(
            fit(
                Measure::Flow,
                &days,
                &[1.0, 2.0, 3.0],
                Some(&[1.0]),
                CONFIDENCE
            ),
            Err(GrowthError::Unpaired { days: 3, values: 1 })
        ));
        assert!(matches!(
            fit(Measure::Flow, &days, &[1.0, 2.0, 3.0], None, 95.0),
            Err(GrowthError::Confidence(_))
        ));
    }

    proptest! {
        #[test]
        fn the_mean_of_the_fit_is_that_of_the_counts(
            counts in proptest::collection::vec(1..5_000_u32, 3..40)
        ) {
            let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
            let growth = fitted(&counts).unwrap();
            let means: f64 = (0..counts.len())
                .map(|t| (growth.intercept + growth.rate * t as f64).exp())
                .sum();
            let total: f64 = counts.iter().sum();
            prop_assert!((means / total - 1.0).abs() < 1e-8, "{means} for {total}");
            prop_assert!(growth.interval.low < growth.rate && growth.rate < growth.interval.high);
        }
    }
}
