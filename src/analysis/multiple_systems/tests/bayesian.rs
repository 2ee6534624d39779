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
            assert_eq!(
                with(&graph.cliques),
                with(&graph.separators) + 1,
                "{}",
                graph.name()
            );
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
    assert_eq!(
        weights,
        [
            "[12,3] 0.37377",
            "[12,23] 0.30990",
            "[12,13] 0.28181",
            "[123] 0.03453"
        ]
    );
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
    let quantiles = |delta: f64| {
        let posterior = averaged(&kosovo, delta, Prior::Reciprocal, 20_000);
        assert!(posterior.tail() < 1e-4);
        [0.5, 0.025, 0.975].map(|share| posterior.quantile(share))
    };
    assert_eq!(quantiles(default_delta(4)), [12_595, 9_827, 16_543]);
    assert_eq!(quantiles(0.5), [11_323, 4_500, 14_486]);
    // The graph in which all lists depend on one another takes over, and says nothing.
    assert_eq!(quantiles(1.0)[0], 4_617);
}

/// Every hierarchical model of two lists whose graph is decomposable, by the definition.
#[test]
fn the_sum_over_graphs_is_that_of_the_definition() {
    let histories = Histories::new(2, vec![0, 7, 5, 4]).unwrap();
    let (delta, most) = (0.25, 40);
    let posterior = averaged(&histories, delta, Prior::Reciprocal, most - 16);
    let ln_gamma = statrs::function::gamma::ln_gamma;
    // The Dirichlet-multinomial likelihood of some counts, each with a weight.
    let likelihood = |counts: &[f64], weight: f64| {
        let whole: f64 = counts.iter().sum();
        let cells = counts.len() as f64;
        let each = counts
            .iter()
            .map(|count| ln_gamma(count + weight) - ln_gamma(weight));
        ln_gamma(cells * weight) - ln_gamma(whole + cells * weight) + each.sum::<f64>()
    };
    let heights: Vec<f64> = (17..=most)
        .map(|total| {
            let total = total as f64;
            let none = total - 16.0;
            let together = likelihood(&[none, 7.0, 5.0, 4.0], delta);
            let apart = likelihood(&[none + 5.0, 11.0], 2.0 * delta)
                + likelihood(&[none + 7.0, 9.0], 2.0 * delta);
            let ways = ln_gamma(total + 1.0) - ln_gamma(none + 1.0);
            (together.exp() + apart.exp()) * ways.exp() / total
        })
        .collect();
    let whole: f64 = heights.iter().sum();
    for (found, height) in posterior.probabilities.iter().zip(&heights) {
        assert!((found - height / whole).abs() < 1e-12, "{found} {height}");
    }
    assert_eq!(posterior.probabilities.len(), heights.len());
}

#[test]
fn assumptions_out_of_range_are_refused() {
    let histories = spina_bifida();
    let assumed = |delta: f64, most: u64| Assumed {
        delta,
        prior: Prior::Reciprocal,
        most,
    };
    for (assumed, message) in [
        (
            assumed(0.0, 1000),
            "a delta of 0 is not above zero; give one such as 0.5",
        ),
        (
            assumed(0.5, 626),
            "a largest total of 626 is not above the 626 that the lists name; give a larger --max",
        ),
        (
            assumed(0.5, 1 << 40),
            "a largest total of 1099511627776 is beyond the 20,000,000 that are added up; give a smaller --max",
        ),
        (
            Assumed {
                prior: Prior::Gamma {
                    shape: -1.0,
                    scale: 2.0,
                },
                ..assumed(0.5, 1000)
            },
            "a gamma prior of shape -1 and scale 2 has parameters that are not above zero",
        ),
    ] {
        assert_eq!(
            average(&histories, assumed).unwrap_err().to_string(),
            message
        );
    }
    let six = super::published::hares();
    let error = average(&six, assumed(0.5, 1000)).unwrap_err();
    assert_eq!(error, AverageError::TooManyLists(6));
}
