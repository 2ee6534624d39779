//! The average over graphs against dga.

use super::super::Histories;
use super::super::average::{Assumed, AverageError, Posterior, Prior, average, default_delta};
use super::super::graphs::Decomposable;
use super::published::{five_lists, kosovo, spina_bifida};

fn averaged(histories: &Histories, delta: f64, prior: Prior, missing: u64) -> Posterior {
    let most = histories.observed() + missing;
    average(histories, Assumed { delta, prior, most }).unwrap()
}

#[test]
fn graphs_of_two_to_five_lists() {
    let numbers = [2, 3, 4, 5].map(|lists| Decomposable::all(lists).len());
    assert_eq!(numbers, [2, 8, 61, 822]);
    for graph in Decomposable::all(5) {
        assert_eq!(graph.separators.len() + 1, graph.cliques.len());
        // Each list is once more in the cliques than in the separators.
        for list in 0..5 {
            let with = |sets: &[usize]| sets.iter().filter(|set| *set >> list & 1 == 1).count();
            assert_eq!(with(&graph.cliques), with(&graph.separators) + 1, "{}", graph.name());
        }
    }
}

#[test]
fn children_with_spina_bifida() {
    let histories = spina_bifida();
    assert_eq!(histories.observed(), 626);
    let prior = Prior::Gamma {
        shape: 13.14,
        scale: 55.17,
    };
    let posterior = averaged(&histories, 1.0, prior, 300);
    assert_eq!(format!("{:.2}", posterior.mean()), "733.45");
    assert_eq!(posterior.mode(), 728);
    let quantiles = [0.5, 0.025, 0.975].map(|share| posterior.quantile(share));
    assert_eq!(quantiles, [731, 682, 797]);
    let weights: Vec<String> = posterior.graphs[..4]
        .iter()
        .map(|(graph, weight)| format!("{} {weight:.5}", graph.name()))
        .collect();
    assert_eq!(weights, ["", "", "", ""]);
}

#[test]
fn five_lists_of_madigan_and_york() {
    let histories = five_lists();
    assert_eq!(histories.observed(), 537);
    let posterior = averaged(&histories, 0.5, Prior::Reciprocal, 300);
    assert_eq!(format!("{:.2}", posterior.mean()), "617.82");
    let quantiles = [0.5, 0.025, 0.975].map(|share| posterior.quantile(share));
    assert_eq!(quantiles, [616, 588, 655]);
}

#[test]
fn kosovo_depends_on_the_weight_of_the_prior() {
    let kosovo = kosovo();
    for missing in [15000,20000,25000,30000,40000,44000,100000] {
    for (delta, wanted) in [
        (default_delta(4), [12_595, 9_827, 16_543]),
        (0.5, [11_323, 4_500, 14_486]),
    ] {
        let posterior = averaged(&kosovo, delta, Prior::Reciprocal, missing);
        let quantiles = [0.5, 0.025, 0.975].map(|share| posterior.quantile(share));
        eprintln!("{missing} {delta} {quantiles:?} {wanted:?} {}", posterior.tail());
    }
    let posterior = averaged(&kosovo, 1.0, Prior::Reciprocal, missing);
    eprintln!("{}", posterior.quantile(0.5));
    }
}
