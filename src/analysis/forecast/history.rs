//! Forecasts of what was published: a cumulative by way of its increases, and no count below zero.

use statrs::distribution::{ContinuousCDF as _, Normal};

use super::path::Path;
use super::smoothing::{self, Errors};
use super::{Ahead, COVERAGES, History, Method, simple};
use crate::analysis::growth::Interval;
use crate::figure::Measure;

/// What a method makes of the first so many values of a history.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outlook {
    /// The next values.
    pub ahead: Vec<Ahead>,
    /// The form that exponential smoothing took.
    pub form: Option<String>,
    /// How many expected values were raised to the least that there can be.
    pub raised_values: usize,
    /// How many lower ends of intervals were.
    pub raised_lows: usize,
}

impl History<'_> {
    /// What a method models: the values, or the increases of a cumulative, which carry its news.
    pub(super) fn modelled(&self, values: &[f64]) -> Vec<f64> {
        match self.measure {
            Measure::Cumulative => values.windows(2).map(|pair| pair[1] - pair[0]).collect(),
            Measure::Stock | Measure::Flow => values.to_vec(),
        }
    }

    /// The mean size of a one-step error of the naive method over some values, by which errors are
    /// scaled (Hyndman and Koehler 2006).
    pub(super) fn scale(&self, values: &[f64]) -> f64 {
        let modelled = self.modelled(values);
        let sizes = modelled.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        sizes.sum::<f64>() / modelled.len().saturating_sub(1).max(1) as f64
    }

    /// The least that can come: no count is below zero, and a cumulative does not fall. A net flow
    /// that was below zero may be again.
    fn least(&self, values: &[f64]) -> Option<f64> {
        match self.measure {
            Measure::Cumulative => values.last().copied(),
            Measure::Stock | Measure::Flow => {
                values.iter().all(|value| *value >= 0.0).then_some(0.0)
            }
        }
    }

    /// The forecast from the first so many values; none when the method cannot be fitted to them.
    pub(super) fn outlook(&self, method: Method, known: usize, horizon: usize) -> Option<Outlook> {
        let values = self.values.get(..known)?;
        let modelled = self.modelled(values);
        let errors = match self.measure {
            Measure::Cumulative => Errors::Additive,
            Measure::Stock | Measure::Flow => Errors::Any,
        };
        let (form, path) = match method {
            Method::Naive => (None, simple::naive(&modelled, horizon)?),
            Method::Drift => (None, simple::drift(&modelled, horizon)?),
            Method::Seasonal => (None, simple::seasonal(&modelled, self.season?, horizon)?),
            Method::Damped => split(smoothing::damped(&modelled, horizon)?),
            Method::Ets => split(smoothing::automatic(&modelled, errors, horizon)?),
            Method::Mstl => split(smoothing::seasonal(
                &modelled,
                self.season?,
                errors,
                horizon,
            )?),
        };
        let path = match self.measure {
            Measure::Cumulative => path.summed(*values.last()?),
            Measure::Stock | Measure::Flow => path,
        };
        path.is_finite()
            .then(|| bounded(form, &path, self.least(values)))
    }
}

fn split((form, path): smoothing::Smoothed) -> (Option<String>, Path) {
    (Some(form), path)
}

/// The path with its intervals, nothing below the least.
fn bounded(form: Option<String>, path: &Path, least: Option<f64>) -> Outlook {
    let least = least.unwrap_or(f64::NEG_INFINITY);
    let quantiles =
        COVERAGES.map(|coverage| Normal::standard().inverse_cdf(0.5 + f64::from(coverage) / 200.0));
    let mut outlook = Outlook {
        ahead: Vec::with_capacity(path.points.len()),
        form,
        raised_values: 0,
        raised_lows: 0,
    };
    for (&point, deviation) in path.points.iter().zip(path.deviations()) {
        let intervals = quantiles.map(|quantile| Interval {
            low: (point - quantile * deviation).max(least),
            high: (point + quantile * deviation).max(least),
        });
        outlook.raised_values += usize::from(point < least);
        outlook.raised_lows += usize::from(point - quantiles[1] * deviation < least);
        outlook.ahead.push(Ahead {
            value: point.max(least),
            intervals,
        });
    }
    outlook
}
