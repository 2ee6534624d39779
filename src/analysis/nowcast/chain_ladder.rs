//! The chain ladder with the standard errors of Mack.
//!
//! Mack, T. (1993): Distribution-free calculation of the standard error of chain ladder reserve
//! estimates. ASTIN Bulletin 23, 213-225. `chainladder` for Python and `MackChainLadder` for R give the
//! same.

use statrs::distribution::{ContinuousCDF as _, Normal};

use super::Triangle;
use crate::analysis::growth::Interval;
use crate::figure::{Period, coded_enum, grouped};

coded_enum! {
    /// How an interval is made of an expected number and its standard error.
    IntervalShape ("shape of an interval") {
        /// What is still to come is lognormal, as Mack suggests: nobody who was reported vanishes from it.
        Lognormal = "lognormal",
        /// The whole count is normal, and not below zero: for counts that may also be lowered.
        Normal = "normal",
    }
}

/// Why nothing can be said of what is still to come.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NowcastError {
    /// Too few to see how reports come in.
    #[error(
        "{periods} periods and {lags} lags show no pattern of late reports; 3 of each are the least: widen the period, take a shorter step, or record earlier versions"
    )]
    TooFew {
        /// How many periods.
        periods: usize,
        /// How many lags.
        lags: usize,
    },
    /// Counts were lowered.
    #[error("{}", falls_in_words(.0))]
    Falls(Vec<super::Fall>),
    /// Nothing can be multiplied into something.
    #[error(
        "nothing was known of {period} at lag {lag} and {} at the next, and a factor makes nothing of zero; take a longer step or longer periods",
        grouped(*.to as i64)
    )]
    FromNothing {
        /// The period.
        period: Period,
        /// The lag.
        lag: usize,
        /// What was known at the next lag.
        to: f64,
    },
    /// A lag that no period shows the growth of.
    #[error(
        "no period was known above zero both at lag {0} and at the next, so the growth between them is unknown; take a longer step or fewer lags"
    )]
    NoFactor(usize),
    /// The confidence is no share between none and all.
    #[error("a confidence of {0} is not between 0 and 1; give one such as 0.95")]
    Confidence(f64),
}

fn falls_in_words(falls: &[super::Fall]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = falls.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = match falls.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "the source lowered what it had said: {}{more}; a chain ladder holds for counts that only grow with late reports. `humstat revisions` shows how they were revised",
        shown.join("; ")
    )
}

/// How counts grow from one lag to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factor {
    /// The lag from which.
    pub lag: usize,
    /// By what a count is multiplied from this lag to the next.
    pub factor: f64,
    /// The variance of the growth, for each unit of the count; extrapolated where only one period shows it.
    pub variance: f64,
    /// How many periods show it.
    pub periods: usize,
    /// The sum of their counts at this lag, the weight behind the factor.
    weight: f64,
}

/// What is to be expected of one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// The period.
    pub period: Period,
    /// The newest lag at which it is known.
    pub lag: usize,
    /// What is known of it at that lag.
    pub known: f64,
    /// By what the known count is multiplied up to the last lag.
    pub factor: f64,
    /// What it will be at the last lag, if late reports come as they did.
    pub ultimate: f64,
    /// The standard error of that, by Mack.
    pub standard_error: f64,
    /// The interval of the ultimate; none where nothing is expected and yet may come, and where earlier
    /// periods all grew alike, which leaves no error to go by.
    pub interval: Option<Interval>,
}

impl Row {
    /// What is still to be reported.
    pub fn still_to_come(&self) -> f64 {
        self.ultimate - self.known
    }
}

/// A completed triangle.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainLadder {
    /// The growth between lags.
    pub factors: Vec<Factor>,
    /// A row for each period.
    pub rows: Vec<Row>,
    /// What is known of all periods together.
    pub known: f64,
    /// What is still to be reported of all periods together.
    pub still_to_come: f64,
    /// The standard error of that: rows share their factors, so it is more than independent rows had.
    pub standard_error: f64,
    /// The interval of all periods together, known and still to come; none as for a row.
    pub interval: Option<Interval>,
    /// The confidence of the intervals.
    pub confidence: f64,
}

/// A triangle that may be nowcast.
#[derive(Debug, Clone, Copy)]
pub struct Nowcast<'t>(&'t Triangle);

impl<'t> Nowcast<'t> {
    /// Checks that a triangle is one that late reports alone have shaped: it only grows.
    ///
    /// # Errors
    /// When there are fewer than three periods or lags, counts were lowered, or grew out of zero.
    pub fn new(triangle: &'t Triangle) -> Result<Self, NowcastError> {
        let nowcast = Self::with_falls(triangle)?;
        let falls = triangle.falls();
        if falls.is_empty() {
            Ok(nowcast)
        } else {
            Err(NowcastError::Falls(falls))
        }
    }

    /// Checks a triangle whose counts may also have been lowered. Growth and correction are then one, and
    /// a factor may be below 1; what is reckoned is where counts will stand, not how many reports are late.
    ///
    /// # Errors
    /// When there are fewer than three periods or lags, or counts grew out of zero.
    pub fn with_falls(triangle: &'t Triangle) -> Result<Self, NowcastError> {
        let (periods, lags) = (triangle.periods().len(), triangle.lags());
        if periods < 3 || lags < 3 {
            return Err(NowcastError::TooFew { periods, lags });
        }
        for (row, period) in triangle.periods().iter().enumerate() {
            for column in 1..lags {
                if let (Some(0.0), Some(to)) =
                    (triangle.cell(row, column - 1), triangle.cell(row, column))
                    && to > 0.0
                {
                    return Err(NowcastError::FromNothing {
                        period: *period,
                        lag: triangle.first_lag() + column - 1,
                        to,
                    });
                }
            }
        }
        Ok(Self(triangle))
    }

    /// Growth between each lag and the next, over the periods that are known at both: the sum at the later
    /// over the sum at the earlier.
    fn factors(self) -> Result<Vec<Factor>, NowcastError> {
        let triangle = self.0;
        let mut factors: Vec<Factor> = Vec::with_capacity(triangle.lags() - 1);
        for column in 0..triangle.lags() - 1 {
            let lag = triangle.first_lag() + column;
            let pairs: Vec<(f64, f64)> = (0..triangle.periods().len())
                .filter_map(|row| {
                    Some((triangle.cell(row, column)?, triangle.cell(row, column + 1)?))
                })
                .filter(|(before, _)| *before > 0.0)
                .collect();
            let weight: f64 = pairs.iter().map(|(before, _)| before).sum();
            if pairs.is_empty() {
                return Err(NowcastError::NoFactor(lag));
            }
            let factor = pairs.iter().map(|(_, after)| after).sum::<f64>() / weight;
            let squares = pairs
                .iter()
                .map(|(before, after)| (after - factor * before).powi(2) / before);
            let variance = match (pairs.len(), factors.as_slice()) {
                (2.., _) => squares.sum::<f64>() / (pairs.len() - 1) as f64,
                // One period shows no spread: Mack continues the fall of the variances, without a rise.
                (_, [.., last_but_one, last]) => {
                    let (a, b) = (last_but_one.variance, last.variance);
                    let continued = if a > 0.0 { b * b / a } else { 0.0 };
                    continued.min(a.min(b))
                }
                (_, [last]) => last.variance,
                (_, []) => 0.0,
            };
            factors.push(Factor {
                lag,
                factor,
                variance,
                periods: pairs.len(),
                weight,
            });
        }
        Ok(factors)
    }
}

/// Completes a triangle: each newest count times the growth that older periods showed from its lag on.
///
/// Assumes (1) that a count is expected to grow by the same factor whatever the period, (2) that periods
/// are independent of each other, and (3) that the variance of growth is proportional to the count.
/// A change in how reports come in (a new system, a backlog cleared, a month of holidays) breaks the first.
/// It does not see what will never be reported, nor what comes after the last lag of the triangle.
///
/// Intervals have the reckoned mean and standard error; the factors behind them are taken for normal, which
/// few periods do not make them.
///
/// # Errors
/// When a lag shows no growth to go by, or the confidence is not between 0 and 1.
pub fn chain_ladder(
    nowcast: Nowcast<'_>,
    shape: IntervalShape,
    confidence: f64,
) -> Result<ChainLadder, NowcastError> {
    let quantile = Normal::new(0.0, 1.0)
        .ok()
        .filter(|_| confidence > 0.0 && confidence < 1.0)
        .map(|normal| normal.inverse_cdf(f64::midpoint(1.0, confidence)))
        .ok_or(NowcastError::Confidence(confidence))?;
    let factors = nowcast.factors()?;
    let triangle = nowcast.0;
    // What each factor adds to the relative variance of all that it multiplies alike.
    let shared: Vec<f64> = factors
        .iter()
        .map(|factor| factor.variance / factor.factor.powi(2) / factor.weight)
        .collect();
    let mut rows: Vec<Row> = Vec::with_capacity(triangle.periods().len());
    let mut columns = Vec::with_capacity(triangle.periods().len());
    for (index, period) in triangle.periods().iter().enumerate() {
        let Some((column, known)) = triangle.newest(index) else {
            continue;
        };
        let mut count = known;
        let mut relative = 0.0;
        for (factor, shared) in factors.iter().zip(&shared).skip(column) {
            if count > 0.0 {
                relative += factor.variance / factor.factor.powi(2) / count + shared;
            }
            count *= factor.factor;
        }
        let standard_error = count * f64::sqrt(relative);
        rows.push(Row {
            period: *period,
            lag: triangle.first_lag() + column,
            known,
            factor: factors
                .iter()
                .skip(column)
                .map(|factor| factor.factor)
                .product(),
            ultimate: count,
            standard_error,
            // At the last lag nothing is left to err about.
            interval: if column == factors.len() {
                Some(Interval {
                    low: known,
                    high: known,
                })
            } else {
                interval(shape, known, count - known, standard_error, quantile)
            },
        });
        columns.push(column);
    }
    // Rows that go through the same factors err together.
    let mut variance = 0.0;
    for (i, row) in rows.iter().enumerate() {
        variance += row.standard_error.powi(2);
        for (j, other) in rows.iter().enumerate().skip(i + 1) {
            let from = columns[i].max(columns[j]);
            let common: f64 = shared.iter().skip(from).sum();
            variance += 2.0 * row.ultimate * other.ultimate * common;
        }
    }
    let known = rows.iter().map(|row| row.known).sum();
    let still_to_come = rows.iter().map(Row::still_to_come).sum();
    let standard_error = f64::sqrt(variance);
    Ok(ChainLadder {
        known,
        still_to_come,
        standard_error,
        interval: interval(shape, known, still_to_come, standard_error, quantile),
        factors,
        rows,
        confidence,
    })
}

/// The interval of a whole count, known and still to come, of this mean and standard error; none where
/// there is no error to go by, and where a lognormal has no mean above zero.
fn interval(
    shape: IntervalShape,
    known: f64,
    to_come: f64,
    standard_error: f64,
    quantile: f64,
) -> Option<Interval> {
    let whole = known + to_come;
    // Steady growth leaves an error of the rounding alone.
    if standard_error <= 1e-9 * whole {
        return None;
    }
    if shape == IntervalShape::Normal {
        return Some(Interval {
            low: (whole - quantile * standard_error).max(0.0),
            high: whole + quantile * standard_error,
        });
    }
    if to_come <= 0.0 {
        return None;
    }
    let variance = (standard_error / to_come).powi(2).ln_1p();
    let end =
        |side: f64| known + to_come * (side * quantile * variance.sqrt() - variance / 2.0).exp();
    Some(Interval {
        low: end(-1.0),
        high: end(1.0),
    })
}
