//! Where a series may go: forecasts with intervals, and how far off such forecasts were in the past.
//!
//! A forecast here is what a method makes of the numbers alone. It assumes that what moved the series
//! goes on, and knows nothing of ceasefires, borders, funding or changes of definition. Complex methods do not
//! as a rule do better than simple ones (Makridakis and Hibon 2000), least of all on the 20 to 60 points that a
//! crisis has, so each is tested on the past and the naive one stands unless another was clearly better there.
//!
//! - [`steps`] finds the equal steps of a calendar that a series goes by; without them there is no forecast.
//! - A stock or a flow is forecast as it is; a cumulative by its increases, which are summed.
//! - [`backtest`] tells the errors of each method and how often its intervals held.

pub mod backtest;
mod history;
mod method;
mod path;
mod simple;
mod smoothing;
pub mod steps;

use self::backtest::{Backtest, Untested};
pub use self::method::Method;
use super::growth::Interval;
use crate::figure::Measure;

/// The fewest points of a forecast.
pub const FEWEST_POINTS: usize = 10;

/// The fewest origins of a backtest by which another method than the naive one is chosen: fewer
/// errors tell luck from skill too badly.
pub const FEWEST_ORIGINS: usize = 5;

/// The part by which the error of a method must be smaller than that of the naive one to beat it: over a
/// few dozen errors, which moreover overlap, less is luck.
pub const MARGIN: f64 = 0.05;

/// The coverages of the intervals, in per cent, the narrowest first.
pub const COVERAGES: [u8; 2] = [80, 95];

/// What a forecast assumes, to be said beside each.
pub const ASSUMPTION: &str = "assumes that what moved the series goes on; knows nothing of \
     ceasefires, borders, funding or changes of definition";

/// A series of equal steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History<'a> {
    /// How it relates to time.
    pub measure: Measure,
    /// The values, one for each step, none missing.
    pub values: &'a [f64],
    /// How many steps a season has, where there may be one.
    pub season: Option<usize>,
}

/// One step ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ahead {
    /// The expected value.
    pub value: f64,
    /// The interval for each of [`COVERAGES`].
    pub intervals: [Interval; COVERAGES.len()],
}

/// Why a method was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It was asked for.
    Asked,
    /// Its errors were the smallest in the backtest, by more than [`MARGIN`] below the naive one.
    Best,
    /// No other method beat the naive one by [`MARGIN`].
    Unbeaten,
    /// The backtest is too short to choose by: the naive method stands.
    TooFewOrigins,
}

/// A forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// How it is made.
    pub method: Method,
    /// The form that exponential smoothing took, such as `MAdN`: error (additive, multiplicative),
    /// trend (none, additive, damped), season.
    pub form: Option<String>,
    /// Why it is made so.
    pub choice: Choice,
    /// The steps to come.
    pub ahead: Vec<Ahead>,
    /// How many expected values were raised to zero.
    pub raised_values: usize,
    /// How many lower ends of the widest interval were raised to zero, or to the last value of a
    /// cumulative.
    pub raised_lows: usize,
    /// How the methods did in the past.
    pub backtest: Backtest,
}

/// Why there is no forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForecastError {
    /// There are too few points.
    #[error(
        "a forecast needs at least {FEWEST_POINTS} points of equal steps and there are {0}; select a longer period"
    )]
    TooFew(usize),
    /// The horizon is too long for what is known.
    #[error(
        "{horizon} steps are more than half of the {points} points that are known; ask for {} at most", .points / 2
    )]
    TooFar {
        /// The steps that were asked for.
        horizon: usize,
        /// The points that are known.
        points: usize,
    },
    /// No step was asked for.
    #[error("a horizon of 0 steps forecasts nothing; ask for 1 or more")]
    NoStep,
    /// There is nothing to learn from.
    #[error(
        "nothing surprising happens in these {0} points: they stay the same, or grow by the same number each step; so nothing tells how far off a forecast may be"
    )]
    NoChange(usize),
    /// A method that needs a season or a fit that the series does not give.
    #[error(
        "{method} makes no forecast of this series: {reason}; leave --method out, or name another"
    )]
    NotApplicable {
        /// The method.
        method: Method,
        /// Why not.
        reason: Untested,
    },
}

/// A sensible number of steps for so many points when none is asked for: a quarter of them, and at most
/// `usual`.
pub fn sensible_horizon(points: usize, usual: usize) -> usize {
    (points / 4).clamp(1, usual.max(1))
}

/// Forecasts the next `horizon` steps by a method, or by the one whose errors were the smallest in a
/// backtest with a rolling origin (Tashman 2000). Errors are the mean absolute scaled ones over all
/// horizons (MASE); the naive method stands unless another beats it by [`MARGIN`], and of equal ones the
/// simplest is taken.
///
/// The choice is made on the same errors that are reported, so those of the chosen method flatter it a
/// little. Intervals assume that the errors are normal and independent and that the method is right;
/// how often they held in the backtest stands beside them. Nothing is drawn at random.
///
/// # Errors
/// When there are fewer than [`FEWEST_POINTS`], the horizon is zero or longer than half of them,
/// nothing changes in the series, or the method that was asked for cannot be fitted.
pub fn forecast(
    history: &History<'_>,
    horizon: usize,
    wanted: Option<Method>,
) -> Result<Forecast, ForecastError> {
    let points = history.values.len();
    if points < FEWEST_POINTS {
        return Err(ForecastError::TooFew(points));
    }
    if horizon == 0 {
        return Err(ForecastError::NoStep);
    }
    if horizon > points / 2 {
        return Err(ForecastError::TooFar { horizon, points });
    }
    if history.scale(history.values) == 0.0 {
        return Err(ForecastError::NoChange(points));
    }
    let backtest = Backtest::run(history, horizon);
    let (method, choice) = match wanted {
        Some(method) => (method, Choice::Asked),
        None => chosen(&backtest),
    };
    let refused = |reason| ForecastError::NotApplicable { method, reason };
    if let Some((_, reason)) = backtest.untested.iter().find(|(of, _)| *of == method) {
        return Err(refused(*reason));
    }
    let outlook = history
        .outlook(method, points, horizon)
        .ok_or_else(|| refused(Untested::NoModel))?;
    Ok(Forecast {
        method,
        form: outlook.form,
        choice,
        ahead: outlook.ahead,
        raised_values: outlook.raised_values,
        raised_lows: outlook.raised_lows,
        backtest,
    })
}

fn chosen(backtest: &Backtest) -> (Method, Choice) {
    if backtest.origins.len() < FEWEST_ORIGINS {
        return (Method::Naive, Choice::TooFewOrigins);
    }
    let mut best = Method::Naive;
    // The naive method comes first, and others must do clearly better than it.
    let naive = backtest.of(Method::Naive);
    let mut least = naive.map_or(f64::INFINITY, |naive| (1.0 - MARGIN) * naive.overall.scaled);
    for tested in &backtest.tested {
        if tested.method != Method::Naive && tested.overall.scaled < least {
            (best, least) = (tested.method, tested.overall.scaled);
        }
    }
    match best {
        Method::Naive => (best, Choice::Unbeaten),
        _ => (best, Choice::Best),
    }
}

#[cfg(test)]
mod tests;
