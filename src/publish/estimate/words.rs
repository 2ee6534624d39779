//! What estimates say in words, and what they rest on.

use super::Estimated;
use super::row::{CUT_OFF, is_doubtful};
use crate::analysis::multiple_systems::Estimate;
use crate::analysis::multiple_systems::average::Posterior;
use crate::analysis::multiple_systems::profile::Profile;
use crate::analysis::multiple_systems::search::HARDLY_SUPPORTED;
use crate::figure::{counted, grouped};

/// What every estimate from lists assumes.
pub(super) const ASSUMPTION: &str = "the same people were recognised on all lists; nobody entered or left; nobody was certain to be on no list; what a model says of those listed holds for those on none";

/// What every estimate from lists assumes, as a sentence.
pub const ASSUMPTIONS: &str = "All of this assumes that the same people were recognised on all lists, that nobody entered or left, that nobody was certain to be on no list, and that what a model says of those listed holds for those on none. The lists cannot test any of these";

/// What two lists assume besides.
pub(super) const INDEPENDENT: &str = "assumes that the two lists are independent and all people alike on each, which two lists cannot test";

/// What the lower bound assumes besides.
pub(super) const LOWER_BOUND: &str = "a lower bound where people differ in how easily they are listed and the lists are independent for each of them (Chao 1987, Rivest 2011)";

/// What is to be said of a lower bound whose model is far from the counts.
pub(super) const DOUBTFUL: &str = "the lists are not independent even so (the model is far from the counts), so the bound is doubtful";

/// What the average assumes besides.
pub(super) const GRAPHS: &str = "each of the graphs as probable as any other before the lists were seen (Madigan and York 1997)";

/// What the sum of strata is.
pub(super) const SUM: &str = "the best model of each stratum, each person being of one stratum on all lists; the strata are not independent of one another: the same lists, the same matching";

/// The result in words: what the models say together, the best of them, the bounds and averages, and
/// what all of it assumes.
pub fn sentences(of: &Estimated<'_>) -> Vec<String> {
    let observed = of.histories.observed();
    let mut sentences = Vec::new();
    let whose = of
        .stratum
        .map_or_else(String::new, |stratum| format!("Stratum {stratum}: "));
    let named = format!("{whose}the lists name {} people", people(observed as f64));
    if of.histories.lists() == 2 {
        sentences.extend(of_two(of, &named));
    } else {
        sentences.push(of_models(of, &named));
    }
    match &of.asked {
        Some((_, Ok((estimate, interval)))) => sentences.push(format!(
            "{whose}the model asked for says {}",
            best(of, estimate, *interval)
        )),
        Some((model, Err(reason))) => {
            sentences.push(format!("{whose}the model asked for, {model}: {reason}"));
        }
        None => {}
    }
    if let Some((_, Ok((bound, interval)))) = &of.lower_bound {
        let low = interval.map_or_else(String::new, |interval| {
            format!(
                " (its own 95 % interval begins at {})",
                people(interval.low)
            )
        });
        let doubt = if is_doubtful(bound) {
            format!("; but {DOUBTFUL}")
        } else {
            String::new()
        };
        sentences.push(format!(
            "{whose}if people differ in how easily they are listed, and for each of them the lists are independent, {} is a lower bound{low}{doubt}",
            people(bound.total)
        ));
    }
    sentences.extend(of_averages(&of.averages).map(|words| format!("{whose}{words}")));
    sentences
        .into_iter()
        .map(|sentence| capital(&sentence))
        .collect()
}

/// What two lists say.
fn of_two(of: &Estimated<'_>, named: &str) -> Option<String> {
    let estimate = of.found.ranked.first()?;
    let interval = of.intervals.first().copied().flatten();
    let chapman = match &of.chapman {
        Some(Ok(chapman)) => format!("; Chapman's estimator says {}", people(chapman.total)),
        _ => String::new(),
    };
    Some(format!(
        "{named}; if the two lists are independent, there were {}{}{chapman}. Two lists cannot test that: lists that name the same people make it too low, lists that avoid each other too high; a third list would tell",
        people(estimate.total),
        bracketed(interval)
    ))
}

/// What all models say.
fn of_models(of: &Estimated<'_>, named: &str) -> String {
    let models = of.found.ranked.len() + of.found.without.len();
    let without = match of.found.without.len() {
        0 => String::new(),
        count => format!(
            "; {} of {models} {} without an estimate and not ranked, the notes say why",
            counted(count, "model", "models"),
            if count == 1 { "is" } else { "are" }
        ),
    };
    let (Some(first), Some(range)) = (of.found.ranked.first(), of.found.range(HARDLY_SUPPORTED))
    else {
        return format!(
            "{named}; none of {} has an estimate, so nothing can be said of the total",
            counted(models, "model", "models")
        );
    };
    let range = if range.models == 1 {
        format!("of {models} models no other is within {HARDLY_SUPPORTED} BIC of the best")
    } else {
        format!(
            "the {} of {models} models within {HARDLY_SUPPORTED} BIC of the best put the total between {} and {}",
            range.models,
            people(range.low),
            people(range.high)
        )
    };
    let interval = of.intervals.first().copied().flatten();
    let akaike = of
        .found
        .lowest_aic()
        .filter(|other| other.model != first.model)
        .map_or_else(String::new, |other| {
            format!(
                "; the lowest AIC, of {}, says {}",
                other.model,
                people(other.total)
            )
        });
    format!(
        "{named}; {range}. The best BIC says {}{akaike}{without}",
        best(of, first, interval)
    )
}

/// A model's estimate with its interval and its lists.
fn best(of: &Estimated<'_>, estimate: &Estimate, interval: Option<Profile>) -> String {
    let lists = estimate.model.hierarchy();
    let lists = lists.map_or_else(String::new, |lists| {
        format!(": {}", lists.in_names(of.names))
    });
    format!(
        "{}{}, model {}{lists}",
        people(estimate.total),
        bracketed(interval),
        estimate.model
    )
}

fn bracketed(interval: Option<Profile>) -> String {
    let Some(interval) = interval else {
        return String::new();
    };
    let low = people(interval.low);
    match interval.high {
        Some(high) => format!(
            " (95 % profile interval {low} to {} if the model holds)",
            people(high)
        ),
        None => format!(" (95 % profile interval from {low} on, without an upper end)"),
    }
}

/// What the average over graphs says, for each weight of the prior.
fn of_averages(averages: &[Posterior]) -> Option<String> {
    let (first, others) = averages.split_first()?;
    let quantile = |posterior: &Posterior, share: f64| people(posterior.quantile(share) as f64);
    let others: Vec<String> = others
        .iter()
        .map(|other| {
            format!(
                "{} with delta {}",
                quantile(other, 0.5),
                other.assumed.delta
            )
        })
        .collect();
    let cut = averages.iter().find(|posterior| posterior.tail() > CUT_OFF);
    let cut = cut.map_or_else(String::new, |posterior| {
        format!(
            "; with delta {} totals beyond {} are still probable, so give a larger --max",
            posterior.assumed.delta,
            people(posterior.assumed.most as f64)
        )
    });
    Some(format!(
        "the average over {} has its median at {} (95 % posterior interval {} to {}) with delta {}, but at {}{cut}",
        counted(
            first.graphs.len(),
            "decomposable graph",
            "decomposable graphs"
        ),
        quantile(first, 0.5),
        quantile(first, 0.025),
        quantile(first, 0.975),
        first.assumed.delta,
        others.join(" and ")
    ))
}

/// A number of people, without decimals, thousands parted.
fn people(number: f64) -> String {
    grouped(number.round() as i64)
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
