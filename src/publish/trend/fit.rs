//! The rates of growth of one line, by each method.

use std::num::NonZeroU32;

use chrono::NaiveDate;

use super::kept::Kept;
use crate::analysis::cumulative::RevisionPolicy;
use crate::analysis::growth::relative::{self, Local};
use crate::analysis::growth::{self, CONFIDENCE, GrowthError, Interval, Pace, poisson};
use crate::analysis::monotonic::{SequenceError, Tested};
use crate::figure::{Measure, coded_enum};
use crate::line::Line;

coded_enum! {
    /// How growth is reckoned.
    #[derive(Default)]
    GrowthMethod ("method of growth") {
        /// A least-squares line through the logarithms of the values.
        #[default]
        LeastSquares = "ols",
        /// Poisson regression with the logarithm as link, its interval enlarged by the dispersion.
        Poisson = "poisson",
        /// About each day: the change between the halves of a window (epiprocess).
        RelativeChange = "rel_change",
        /// About each day: the slope of the window's line over its height (epiprocess).
        LinearRegression = "linear_reg",
        /// As `rel_change`, of logarithms.
        RelativeChangeOfLogarithms = "rel_change_log",
        /// As `linear_reg`, of logarithms.
        LinearRegressionOfLogarithms = "linear_reg_log",
    }
}

impl GrowthMethod {
    /// What it supposes.
    pub(super) const fn assumptions(self) -> &'static str {
        match self {
            Self::LeastSquares => {
                "exponential growth; independent errors of the logarithms, all of one size"
            }
            Self::Poisson => {
                "exponential growth of the mean; independent counts with a variance proportional to \
                 the mean"
            }
            Self::RelativeChange
            | Self::LinearRegression
            | Self::RelativeChangeOfLogarithms
            | Self::LinearRegressionOfLogarithms => {
                "one rate within each window; at the ends windows are cut off; no interval"
            }
        }
    }

    const fn local(self) -> Option<(Local, bool)> {
        match self {
            Self::LeastSquares | Self::Poisson => None,
            Self::RelativeChange => Some((Local::RelativeChange, false)),
            Self::LinearRegression => Some((Local::LinearRegression, false)),
            Self::RelativeChangeOfLogarithms => Some((Local::RelativeChange, true)),
            Self::LinearRegressionOfLogarithms => Some((Local::LinearRegression, true)),
        }
    }
}

/// Why the growth of a line is not reckoned.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoGrowthError {
    /// Its points are not what their measure demands.
    #[error(transparent)]
    Sequence(#[from] SequenceError),
    /// Nothing can be fitted.
    #[error(transparent)]
    Growth(#[from] GrowthError),
}

/// One rate of growth.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    pub(super) reference: Option<NaiveDate>,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) points: usize,
    pub(super) rate: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) standard_error: Option<f64>,
    pub(super) dispersion: Option<f64>,
    /// In days; negative for halving.
    pub(super) doubling: Option<f64>,
    pub(super) doubling_interval: Option<Interval>,
    pub(super) r_squared: Option<f64>,
}

/// What was fitted, and the fits.
pub(super) fn fits(
    line: &Line,
    kept: &Kept<'_>,
    method: GrowthMethod,
    policy: RevisionPolicy,
    bandwidth: NonZeroU32,
) -> Result<(&'static str, Vec<Fit>), NoGrowthError> {
    let measure = line.series.measure;
    if let Some((local, log_scale)) = method.local() {
        let sequence = kept.sequence(policy)?;
        let (days, values) = (sequence.days(), sequence.values());
        let rates = relative::rates(local, log_scale, bandwidth, days, values)?;
        let fits = rates.into_iter().map(Fit::from).collect();
        return Ok((sequence.tested.code(), fits));
    }
    if method == GrowthMethod::Poisson {
        return of_counts(kept, measure, policy);
    }
    let (fitted, days, values) = match measure {
        Measure::Cumulative => {
            let values = kept.values.iter().map(|value| *value as f64).collect();
            ("cumulative as reported", kept.days(), values)
        }
        Measure::Stock | Measure::Flow => {
            let sequence = kept.sequence(policy)?;
            let (days, values) = (sequence.days().to_vec(), sequence.values().to_vec());
            (sequence.tested.code(), days, values)
        }
    };
    let found = growth::fit(measure, &days, &values, CONFIDENCE)?;
    let fit = Fit {
        r_squared: found.r_squared,
        standard_error: Some(found.standard_error),
        ..Fit::of(
            (found.first_day, found.last_day, found.points),
            found.rate,
            found.interval,
            found.pace,
        )
    };
    Ok((fitted, vec![fit]))
}

/// Poisson regression of counts over their days.
fn of_counts(
    kept: &Kept<'_>,
    measure: Measure,
    policy: RevisionPolicy,
) -> Result<(&'static str, Vec<Fit>), NoGrowthError> {
    let sequence = kept.sequence(policy)?;
    let (counts, exposures): (Vec<f64>, Option<Vec<f64>>) = match sequence.tested {
        Tested::Stock | Tested::FlowPerPeriod => (sequence.values().to_vec(), None),
        Tested::FlowPerDay => {
            let days = kept.periods();
            let days = days
                .iter()
                .map(|of| (of.end - of.start).num_days() as f64 + 1.0);
            let counts = kept.values.iter().map(|value| *value as f64).collect();
            (counts, Some(days.collect()))
        }
        Tested::NewPerDay => {
            let differences = kept.differences(policy).map_err(SequenceError::from)?;
            let new = differences.rows.iter();
            let (counts, days) = new
                .filter_map(|row| Some((row.new? as f64, row.days? as f64)))
                .unzip();
            (counts, Some(days))
        }
    };
    let fitted = match sequence.tested {
        Tested::Stock => "stock",
        Tested::FlowPerPeriod => "flow per period",
        Tested::FlowPerDay => "flow over the days of each period",
        Tested::NewPerDay => "new over the days between reports",
    };
    let measure = match measure {
        Measure::Cumulative => Measure::Flow,
        other => other,
    };
    let days = sequence.days();
    let found = poisson::fit(measure, days, &counts, exposures.as_deref(), CONFIDENCE)?;
    let fit = Fit {
        dispersion: Some(found.dispersion),
        standard_error: Some(found.standard_error),
        ..Fit::of(
            (found.first_day, found.last_day, found.points),
            found.rate,
            found.interval,
            found.pace,
        )
    };
    Ok((fitted, vec![fit]))
}

impl Fit {
    fn of(
        (from, to, points): (NaiveDate, NaiveDate, usize),
        rate: f64,
        interval: Interval,
        pace: Pace,
    ) -> Self {
        let turned = |interval: Interval| Interval {
            low: -interval.low,
            high: -interval.high,
        };
        let (doubling, doubling_interval) = match pace {
            Pace::Doubling { days, interval } => (Some(days), Some(interval)),
            Pace::Halving { days, interval } => (Some(-days), Some(turned(interval))),
            Pace::Unclear => (None, None),
        };
        Self {
            reference: None,
            from,
            to,
            points,
            rate: Some(rate),
            interval: Some(interval),
            standard_error: None,
            dispersion: None,
            doubling,
            doubling_interval,
            r_squared: None,
        }
    }
}

impl From<relative::LocalRate> for Fit {
    fn from(found: relative::LocalRate) -> Self {
        Self {
            reference: Some(found.day),
            from: found.first_day,
            to: found.last_day,
            points: found.points,
            rate: found.rate,
            interval: None,
            standard_error: None,
            dispersion: None,
            doubling: found.rate.and_then(growth::doubling_time),
            doubling_interval: None,
            r_squared: None,
        }
    }
}
