//! Exponential growth: the slope of the logarithm over time, and the doubling time that follows.

mod line;
pub mod poisson;
pub mod relative;

use std::f64::consts::LN_2;

use chrono::NaiveDate;
use statrs::distribution::{ContinuousCDF, StudentsT};

use self::line::Line;
use crate::figure::Measure;

/// The usual confidence of an interval.
pub const CONFIDENCE: f64 = 0.95;

/// Why no growth can be fitted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GrowthError {
    /// Days and values do not pair up.
    #[error("there are {days} days but {values} values; give one value per day")]
    Unpaired {
        /// How many days there are.
        days: usize,
        /// How many values there are.
        values: usize,
    },
    /// Two points lie on a line whatever they are.
    #[error("{0} points give no growth rate with an interval; select a period with at least 3")]
    TooFew(usize),
    /// The value has no logarithm.
    #[error(
        "the value on {day} is {value}, which has no logarithm; select a period in which all values are above zero"
    )]
    NotPositive {
        /// Its day.
        day: NaiveDate,
        /// The value.
        value: f64,
    },
    /// All points are of one day.
    #[error("all points are of {0}, so nothing grows; select a period of several days")]
    OneDay(NaiveDate),
    /// The confidence is no share between none and all.
    #[error("a confidence of {0} is not between 0 and 1; give one such as 0.95")]
    Confidence(f64),
    /// A cumulative where values must be independent.
    #[error(
        "successive values of a cumulative contain one another, so they are no independent counts; fit what is new per day"
    )]
    Cumulative,
    /// A count below zero.
    #[error(
        "the count on {day} is {value}, below zero, which is no Poisson count; of a cumulative that was revised, say --revisions backcast"
    )]
    BelowZero {
        /// Its day.
        day: NaiveDate,
        /// The value.
        value: f64,
    },
    /// No count above zero on two days or more.
    #[error("fewer than two counts are above zero, so no curve can be told; widen the period")]
    NothingCounted,
    /// The fit did not settle.
    #[error(
        "the Poisson fit did not settle after {0} steps; look at the values, or take --growth=ols"
    )]
    NotSettled(usize),
}

/// Both ends of a confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How long the fitted curve takes to double or to halve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// It grows, and doubles within so many days.
    Doubling {
        /// The doubling time in days.
        days: f64,
        /// Its confidence interval.
        interval: Interval,
    },
    /// It shrinks, and halves within so many days.
    Halving {
        /// The halving time in days, above zero.
        days: f64,
        /// Its confidence interval.
        interval: Interval,
    },
    /// The interval of the rate contains zero: neither can be said.
    Unclear,
}

/// An exponential curve fitted to a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// How the series relates to time.
    pub measure: Measure,
    /// How many points were fitted.
    pub points: usize,
    /// The first of their days, from which the intercept counts.
    pub first_day: NaiveDate,
    /// The last of their days.
    pub last_day: NaiveDate,
    /// The growth rate per day: the slope of the natural logarithm.
    pub rate: f64,
    /// The standard error of the rate.
    pub standard_error: f64,
    /// The confidence of the intervals.
    pub confidence: f64,
    /// The confidence interval of the rate.
    pub interval: Interval,
    /// The natural logarithm of the curve on the first day.
    pub intercept: f64,
    /// The part of the logarithms' variance that the curve explains; none when all are equal.
    pub r_squared: Option<f64>,
    /// How long it takes to double or to halve.
    pub pace: Pace,
}

impl Growth {
    /// The growth in per cent per day: `100 (exp(r) - 1)`.
    pub fn percent_per_day(&self) -> f64 {
        100.0 * self.rate.exp_m1()
    }

    /// What to say beside the interval; none for a flow.
    pub const fn note(&self) -> Option<&'static str> {
        note_on(self.measure)
    }
}

/// What to say beside an interval that takes the values of a measure as independent; none for a flow.
pub const fn note_on(measure: Measure) -> Option<&'static str> {
    match measure {
        Measure::Cumulative => Some(
            "successive values of a cumulative contain one another, so the interval is too \
             narrow; fit the new per day for inference",
        ),
        Measure::Stock => Some(
            "successive values of a stock speak of much the same people, so the interval is \
             too narrow",
        ),
        Measure::Flow => None,
    }
}

/// The time that a growth rate per day takes to double, `ln 2 / r`: below zero, the time that it
/// takes to halve, negated; none when the rate is zero.
pub fn doubling_time(rate: f64) -> Option<f64> {
    (rate != 0.0).then(|| LN_2 / rate)
}

/// Fits `ln y = a + r t`, t in days, by ordinary least squares, as R's `lm` and `confint` and the
/// `OLS` of statsmodels do; the interval is that of Student's t with n - 2 degrees of freedom, and
/// the interval of the doubling time its image, ends swapped.
///
/// Assumes that the errors of the logarithms are independent and of one size. They are not in a
/// cumulative, see [`Growth::note`]. The values of a flow must be of periods of one length, or per
/// day. Days may be irregular.
///
/// # Errors
/// When there are fewer than 3 points, a value is not above zero, all points are of one day, or
/// the confidence is not between 0 and 1.
pub fn fit(
    measure: Measure,
    days: &[NaiveDate],
    values: &[f64],
    confidence: f64,
) -> Result<Growth, GrowthError> {
    if days.len() != values.len() {
        return Err(GrowthError::Unpaired {
            days: days.len(),
            values: values.len(),
        });
    }
    let (Some(&first_day), Some(&last_day), 3..) =
        (days.iter().min(), days.iter().max(), days.len())
    else {
        return Err(GrowthError::TooFew(days.len()));
    };
    let mut points = days.iter().zip(values);
    if let Some((&day, &value)) = points.find(|&(_, &y)| !(y > 0.0 && y.is_finite())) {
        return Err(GrowthError::NotPositive { day, value });
    }
    if first_day == last_day {
        return Err(GrowthError::OneDay(first_day));
    }
    let freedom = (days.len() - 2) as f64;
    let quantile = quantile(freedom, confidence)?;

    let line = Line::through(first_day, days, values);
    let standard_error = (line.residual / freedom / line.spread).sqrt();
    let margin = quantile * standard_error;
    let interval = Interval {
        low: line.slope - margin,
        high: line.slope + margin,
    };
    Ok(Growth {
        measure,
        points: days.len(),
        first_day,
        last_day,
        rate: line.slope,
        standard_error,
        confidence,
        interval,
        intercept: line.intercept,
        r_squared: (line.variation > 0.0).then(|| 1.0 - line.residual / line.variation),
        pace: pace(line.slope, interval),
    })
}

/// Student's t for a two-sided interval.
fn quantile(freedom: f64, confidence: f64) -> Result<f64, GrowthError> {
    StudentsT::new(0.0, 1.0, freedom)
        .ok()
        .filter(|_| confidence > 0.0 && confidence < 1.0)
        .map(|student| student.inverse_cdf(f64::midpoint(1.0, confidence)))
        .ok_or(GrowthError::Confidence(confidence))
}

fn pace(rate: f64, Interval { low, high }: Interval) -> Pace {
    let days = LN_2 / rate.abs();
    if low > 0.0 {
        let interval = Interval {
            low: LN_2 / high,
            high: LN_2 / low,
        };
        Pace::Doubling { days, interval }
    } else if high < 0.0 {
        let interval = Interval {
            low: LN_2 / -low,
            high: LN_2 / -high,
        };
        Pace::Halving { days, interval }
    } else {
        Pace::Unclear
    }
}

#[cfg(test)]
mod tests;
