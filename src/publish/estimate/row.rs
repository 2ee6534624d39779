//! The rows of a table of estimates.

use statrs::distribution::{ChiSquared, ContinuousCDF as _};

use super::Estimated;
use super::words::{DOUBTFUL, GRAPHS, INDEPENDENT, LOWER_BOUND, SUM};
use crate::analysis::multiple_systems::average::Posterior;
use crate::analysis::multiple_systems::frequencies::Total;
use crate::analysis::multiple_systems::profile::Profile;
use crate::analysis::multiple_systems::{Estimate, Model, NoEstimate};
use crate::figure::{counted, grouped};

const PROFILE: &str = "95 % profile likelihood, given the model";
const LOG_NORMAL: &str = "95 % log-normal";
const POSTERIOR: &str = "95 % posterior, central";
const BOUNDS: &str = "sums of the ends: bounds, no interval";

/// The quantile of the normal distribution that leaves out 2.5 per cent.
const QUANTILE: f64 = 1.959_963_984_540_054;

/// A graph with less weight has no row.
const LEAST_WEIGHT: f64 = 0.01;

/// More than this in the last tenth of what was looked at means that the posterior is cut off.
pub(super) const CUT_OFF: f64 = 0.001;

/// One row: a model or an estimator, and what it says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// The stratum, where people are parted.
    pub stratum: Option<String>,
    /// Its place among the models by BIC.
    pub rank: Option<usize>,
    /// How it was estimated.
    pub method: &'static str,
    /// The model by the numbers of its lists.
    pub model: Option<String>,
    /// The model by their names.
    pub model_lists: Option<String>,
    /// How many the lists name.
    pub observed: u64,
    /// How many there are in all.
    pub estimate: Option<f64>,
    /// The standard error given the model.
    pub standard_error: Option<f64>,
    /// The lower end of the interval.
    pub low: Option<f64>,
    /// The upper end of the interval.
    pub high: Option<f64>,
    /// What kind of interval it is.
    pub interval: Option<&'static str>,
    /// The deviance.
    pub deviance: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<usize>,
    /// The chance of a larger deviance.
    pub deviance_p: Option<f64>,
    /// How many parameters there are.
    pub parameters: Option<usize>,
    /// Akaike's criterion.
    pub aic: Option<f64>,
    /// The Bayesian criterion.
    pub bic: Option<f64>,
    /// How far that is above the lowest.
    pub delta_bic: Option<f64>,
    /// The prior weight of each history.
    pub delta: Option<f64>,
    /// The mean of the posterior.
    pub mean: Option<f64>,
    /// The most probable total.
    pub mode: Option<u64>,
    /// The posterior probability of a graph.
    pub weight: Option<f64>,
    /// What else to know.
    pub notes: Vec<String>,
}

/// The rows of one stratum: the first models, the model that was asked for where it is not among them,
/// those without an estimate, the estimators, and the averages. Models beyond the first `top` are left
/// out, ranked or not.
pub fn rows(of: &Estimated<'_>, top: usize) -> Vec<Row> {
    let is_two = of.histories.lists() == 2;
    let best = of.found.ranked.first().map(|best| best.bic);
    let asked = of.asked.as_ref().map(|(model, _)| *model);
    let method = if is_two {
        "Lincoln-Petersen"
    } else {
        "log-linear"
    };
    let ranked = |rank: usize, estimate: &Estimate, interval: Option<Profile>| {
        let mut row = of_estimate(of, estimate, interval, method);
        row.rank = Some(rank + 1);
        row.delta_bic = best.map(|best| estimate.bic - best);
        if asked == Some(estimate.model) {
            row.notes.push("the model asked for".to_owned());
        }
        if is_two {
            // One model is not ranked.
            (row.rank, row.delta_bic) = (None, None);
            row.notes.push(INDEPENDENT.to_owned());
        }
        row
    };
    let mut rows: Vec<Row> = of
        .found
        .ranked
        .iter()
        .enumerate()
        .take(top)
        .map(|(rank, estimate)| {
            let interval = of.intervals.get(rank).copied().flatten();
            ranked(rank, estimate, interval)
        })
        .collect();
    if let Some((model, asked)) = &of.asked {
        let place = of
            .found
            .ranked
            .iter()
            .position(|other| other.model == *model);
        match asked {
            Ok((estimate, interval)) if place.is_none_or(|place| place >= top) => {
                let mut row = ranked(0, estimate, *interval);
                row.rank = place.map(|place| place + 1);
                rows.push(row);
            }
            _ => {}
        }
    }
    let left = top.saturating_sub(rows.len());
    rows.extend(
        of.found
            .without
            .iter()
            .take(left)
            .map(|(model, reason)| Row {
                notes: vec![reason.to_string()],
                ..of_model(of, model, method)
            }),
    );
    rows.extend(of.chapman.iter().map(|chapman| match chapman {
        Ok(total) => of_total(of, *total),
        Err(reason) => Row {
            notes: vec![reason.to_string()],
            ..named(of, "Chapman")
        },
    }));
    rows.extend(of.lower_bound.iter().map(|(model, bound)| {
        let mut row = of_outcome(of, model, bound, "lower bound");
        row.notes.push(LOWER_BOUND.to_owned());
        if bound.as_ref().is_ok_and(|(bound, _)| is_doubtful(bound)) {
            row.notes.push(DOUBTFUL.to_owned());
        }
        row
    }));
    // In the order of the weights, so that what the prior does is seen from top to bottom.
    let mut averages: Vec<&Posterior> = of.averages.iter().collect();
    averages.sort_by(|a, b| a.assumed.delta.total_cmp(&b.assumed.delta));
    rows.extend(
        averages
            .into_iter()
            .map(|posterior| of_average(of, posterior)),
    );
    if let Some(posterior) = of.averages.first() {
        rows.extend(of_graphs(of, posterior));
    }
    rows
}

/// The row of a stratum whose counts tell nothing, with the reason.
pub fn refused(stratum: &str, observed: u64, reason: String) -> Row {
    Row {
        stratum: Some(stratum.to_owned()),
        method: "none",
        observed,
        notes: vec![reason],
        ..Row::default()
    }
}

/// The sum of the best models of all strata; none where one has no estimate.
pub fn sum(strata: &[Estimated<'_>]) -> Option<Row> {
    let mut row = Row {
        stratum: Some("all strata".to_owned()),
        method: "sum of strata",
        estimate: Some(0.0),
        low: Some(0.0),
        high: Some(0.0),
        interval: Some(BOUNDS),
        ..Row::default()
    };
    for of in strata {
        let best = of.found.ranked.first()?;
        let interval = of.intervals.first().copied().flatten();
        row.observed += best.observed;
        row.estimate = row.estimate.map(|sum| sum + best.total);
        row.low = add(row.low, interval.map(|interval| interval.low));
        row.high = add(row.high, interval.and_then(|interval| interval.high));
    }
    row.notes.push(SUM.to_owned());
    Some(row)
}

fn add(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    Some(a? + b?)
}

fn named(of: &Estimated<'_>, method: &'static str) -> Row {
    Row {
        stratum: of.stratum.map(str::to_owned),
        method,
        observed: of.histories.observed(),
        ..Row::default()
    }
}

fn of_model(of: &Estimated<'_>, model: &Model, method: &'static str) -> Row {
    Row {
        model: Some(model.to_string()),
        model_lists: model
            .hierarchy()
            .map(|hierarchy| hierarchy.in_names(of.names)),
        ..named(of, method)
    }
}

/// The row of a model that has an estimate or none.
fn of_outcome(
    of: &Estimated<'_>,
    model: &Model,
    outcome: &Result<(Estimate, Option<Profile>), NoEstimate>,
    method: &'static str,
) -> Row {
    match outcome {
        Ok((estimate, interval)) => of_estimate(of, estimate, *interval, method),
        Err(reason) => Row {
            notes: vec![reason.to_string()],
            ..of_model(of, model, method)
        },
    }
}

/// The chance of a deviance larger than that of a model, were the model true.
fn chance(estimate: &Estimate) -> Option<f64> {
    let df = estimate.degrees_of_freedom;
    let freedom = ChiSquared::new(df as f64).ok().filter(|_| df > 0)?;
    Some(freedom.sf(estimate.deviance))
}

/// Whether the model of a bound is far from the counts.
pub(super) fn is_doubtful(bound: &Estimate) -> bool {
    const FAR: f64 = 0.01;
    chance(bound).is_some_and(|chance| chance < FAR)
}

fn of_estimate(
    of: &Estimated<'_>,
    estimate: &Estimate,
    interval: Option<Profile>,
    method: &'static str,
) -> Row {
    let mut notes = Vec::new();
    if estimate.standard_error > estimate.total - estimate.observed as f64 {
        notes.push(
            "hardly determined: the standard error is larger than the number on no list".to_owned(),
        );
    }
    if interval.is_some_and(|interval| interval.high.is_none()) {
        notes.push("the interval has no upper end".to_owned());
    }
    match estimate.set_to_zero() {
        0 => {}
        zeros => notes.push(format!(
            "{} below zero and set to it",
            counted(
                zeros,
                "parameter of Chao's form was",
                "parameters of Chao's form were"
            )
        )),
    }
    Row {
        estimate: Some(estimate.total),
        standard_error: Some(estimate.standard_error),
        low: interval.map(|interval| interval.low),
        high: interval.and_then(|interval| interval.high),
        interval: interval.map(|_| PROFILE),
        deviance: Some(estimate.deviance),
        df: Some(estimate.degrees_of_freedom),
        deviance_p: chance(estimate),
        parameters: Some(estimate.parameters),
        aic: Some(estimate.aic),
        bic: Some(estimate.bic),
        notes,
        ..of_model(of, &estimate.model, method)
    }
}

fn of_total(of: &Estimated<'_>, total: Total) -> Row {
    let interval = total.interval(QUANTILE);
    Row {
        estimate: Some(total.total),
        standard_error: Some(total.standard_error),
        low: Some(interval.low),
        high: Some(interval.high),
        interval: Some(LOG_NORMAL),
        notes: vec![INDEPENDENT.to_owned()],
        ..named(of, "Chapman")
    }
}

fn of_average(of: &Estimated<'_>, posterior: &Posterior) -> Row {
    let quantile = |share: f64| Some(posterior.quantile(share) as f64);
    let mut notes = vec![format!(
        "totals up to {}",
        i64::try_from(posterior.assumed.most)
            .map_or_else(|_| posterior.assumed.most.to_string(), grouped)
    )];
    notes.push(GRAPHS.to_owned());
    if posterior.tail() > CUT_OFF {
        notes.push("that cuts the distribution off: give a larger --max".to_owned());
    }
    Row {
        model: Some(counted(
            posterior.graphs.len(),
            "decomposable graph",
            "decomposable graphs",
        )),
        estimate: quantile(0.5),
        low: quantile((1.0 - super::CONFIDENCE) / 2.0),
        high: quantile(f64::midpoint(1.0, super::CONFIDENCE)),
        interval: Some(POSTERIOR),
        delta: Some(posterior.assumed.delta),
        mean: Some(posterior.mean()),
        mode: Some(posterior.mode()),
        notes,
        ..named(of, "average over graphs")
    }
}

fn of_graphs(of: &Estimated<'_>, posterior: &Posterior) -> Vec<Row> {
    let heavy = posterior
        .graphs
        .iter()
        .take_while(|(_, weight)| *weight >= LEAST_WEIGHT);
    heavy
        .map(|(graph, weight)| Row {
            model: Some(graph.name()),
            delta: Some(posterior.assumed.delta),
            weight: Some(*weight),
            ..named(of, "graph of the average")
        })
        .collect()
}
