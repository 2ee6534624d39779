//! What is refused, and what holds for any counts.

use proptest::prelude::*;

use super::super::average::{Assumed, Prior, average, default_delta};
use super::super::frequencies::{self, FrequencyError};
use super::super::profile::profile;
use super::super::search::{SearchError, rank, search};
use super::super::{
    Heterogeneity, Hierarchy, HierarchyError, Histories, HistoriesError, Model, NoEstimate,
};
use super::published::{hares, kosovo};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn models_are_counted_and_named_as_in_rcapture() {
    for (lists, models) in [(2, 1), (3, 8), (4, 113), (5, 6_893)] {
        let all = Hierarchy::all(lists);
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!((all.len(), distinct.len()), (models, models));
    }
    let three: Vec<String> = Hierarchy::all(3).iter().map(ToString::to_string).collect();
    assert_eq!(
        three,
        [
            "[1,2,3]",
            "[12,3]",
            "[13,2]",
            "[12,13]",
            "[23,1]",
            "[12,23]",
            "[13,23]",
            "[12,13,23]"
        ]
    );
}

#[test]
fn models_are_read_by_numbers_and_by_names() {
    let names = names(&["EXH", "ABA", "OSCE", "HRW"]);
    let read = |text: &str| Hierarchy::parse(text, &names);
    let model = read("[123,14,34]").unwrap();
    assert_eq!(model.to_string(), "[123,14,34]");
    assert_eq!(model.in_names(&names), "EXH*ABA*OSCE, EXH*HRW, OSCE*HRW");
    for text in [
        "[EXH*ABA*OSCE, EXH:HRW, HRW*OSCE]",
        "34,321, 14",
        "[12,13,23,123,14,34]",
    ] {
        assert_eq!(read(text).unwrap(), model, "{text}");
    }
    assert_eq!(read("[12]").unwrap().to_string(), "[12,3,4]");
    assert_eq!(read("[HRW]").unwrap(), Hierarchy::independence(4));
    assert_eq!(
        read("[12,15]").unwrap_err().to_string(),
        "`15` names no lists; write a model as [123,14] by the numbers of the lists, or as [EXH*ABA] by their names: 1 EXH, 2 ABA, 3 OSCE, 4 HRW"
    );
    assert_eq!(read("[1234]"), Err(HierarchyError::Saturated { lists: 4 }));
    assert!(read("[]").is_err());
}

#[test]
fn tables_that_are_none_are_refused() {
    let refused = |lists: usize, counts: &[u64]| {
        Histories::new(lists, counts.to_vec())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused(1, &[0, 4]),
        "1 is too few lists: how many they miss is told by those whom several name; give 2 or more"
    );
    assert!(refused(7, &[0; 128]).starts_with("7 lists are too many"));
    assert_eq!(
        refused(2, &[0, 1]),
        "2 lists have 4 histories but 2 counts are given"
    );
    assert_eq!(
        refused(2, &[9, 1, 1, 1]),
        "9 are counted as on no list; how many those are is what is estimated, so leave that row out"
    );
    assert_eq!(
        refused(2, &[0, 3, 0, 0]),
        "list 2 names nobody; leave it out"
    );
    assert_eq!(
        Histories::new(3, vec![0, 3, 4, 0, 5, 0, 0, 0]),
        Err(HistoriesError::NoOverlap)
    );
}

/// Nobody is on lists 1 and 3, so how often they avoid each other cannot be told.
#[test]
fn a_term_without_people_has_no_estimate() {
    let histories = Histories::new(3, vec![0, 20, 30, 6, 25, 0, 7, 0]).unwrap();
    assert_eq!(histories.pairs_that_share_nobody(), [(0, 2)]);
    let found = search(&histories, None).unwrap();
    let names = |models: &mut dyn Iterator<Item = String>| models.collect::<Vec<_>>().join(" ");
    let ranked = names(
        &mut found
            .ranked
            .iter()
            .map(|estimate| estimate.model.to_string()),
    );
    assert_eq!(ranked, "[1,2,3] [12,3] [23,1]");
    let without = names(&mut found.without.iter().map(|(model, _)| model.to_string()));
    assert_eq!(without, "[13,2] [12,13] [12,23] [13,23] [12,13,23]");
    // Of those not on list 2, 20 are on 1 and 25 on 3 and none on both: any number may be missing.
    assert_eq!(found.without[2].1, NoEstimate::NotFinite(Vec::new()));
    assert_eq!(
        found.without[0].1.to_string(),
        "nobody is on all lists of its term 13, so the likelihood has no maximum at finite values: no estimate, and not ranked"
    );
}

/// Everybody on list 1 is on list 2 too, with no margin of the model at zero.
#[test]
fn a_likelihood_without_a_maximum_is_seen_by_its_steps() {
    let histories = Histories::new(3, vec![0, 0, 30, 16, 25, 0, 7, 9]).unwrap();
    let names = names(&["A", "B", "C"]);
    let model = Model::hierarchical(Hierarchy::parse("[12,23]", &names).unwrap());
    assert_eq!(
        model.estimate(&histories),
        Err(NoEstimate::NotFinite(Vec::new()))
    );
    let independent = Model::hierarchical(Hierarchy::independence(3));
    assert!(independent.estimate(&histories).is_ok());
}

#[test]
fn models_that_lists_cannot_tell_are_refused() {
    let pairs = |lists: usize| {
        let pairs: Vec<usize> = (1..1 << lists)
            .filter(|set: &usize| set.count_ones() == 2)
            .collect();
        Model::hierarchical(Hierarchy::generated(lists, &pairs).unwrap())
    };
    // k^2 / 2 is half of k plus the number of pairs.
    let darroch = pairs(4).with(Heterogeneity::Darroch);
    assert_eq!(darroch.estimate(&kosovo()), Err(NoEstimate::Collinear));
    let three = Histories::new(3, vec![0, 9, 8, 7, 6, 5, 4, 3]).unwrap();
    assert_eq!(
        pairs(3).with(Heterogeneity::Poisson).estimate(&three),
        Err(NoEstimate::TooManyParameters {
            parameters: 8,
            cells: 7,
            lists: 3
        })
    );
    assert_eq!(
        pairs(3).estimate(&kosovo()),
        Err(NoEstimate::OtherLists { model: 3, lists: 4 })
    );
    assert_eq!(search(&hares(), None), Err(SearchError::TooManyLists(6)));
}

#[test]
fn an_interval_may_be_open_above() {
    // One shared person says little of how many are missed.
    let histories = Histories::new(2, vec![0, 400, 500, 1]).unwrap();
    let estimate = Model::hierarchical(Hierarchy::independence(2))
        .estimate(&histories)
        .unwrap();
    let wide = profile(&histories, &estimate, 0.95).unwrap();
    assert!(wide.high.is_some_and(|high| high > 1e6), "{wide:?}");
    assert_eq!(
        profile(&histories, &estimate, 0.999_999).unwrap().high,
        None
    );
    assert_eq!(profile(&histories, &estimate, 1.0), None);
}

#[test]
fn estimators_of_frequencies_refuse_what_tells_nothing() {
    use frequencies::{chao_lower_bound, chapman, lincoln_petersen, zelterman};
    assert_eq!(lincoln_petersen(4, 5, 0), Err(FrequencyError::NoOverlap));
    assert!(matches!(
        chapman(4, 5, 6),
        Err(FrequencyError::Overlap { .. })
    ));
    assert_eq!(chao_lower_bound(9, 9, 0), Err(FrequencyError::NobodyTwice));
    assert_eq!(zelterman(9, 0, 3), Err(FrequencyError::NobodyOnce));
    assert!(matches!(
        zelterman(9, 8, 3),
        Err(FrequencyError::Frequencies { .. })
    ));
    let all = lincoln_petersen(4, 5, 4).unwrap();
    assert_eq!((all.total, all.standard_error), (5.0, 0.0));
    let interval = all.interval(1.96);
    assert_eq!((interval.low, interval.high), (5.0, 5.0));
}

/// Counts of three lists with somebody in each history.
fn filled() -> impl Strategy<Value = Histories> {
    proptest::collection::vec(1..400_u64, 7).prop_map(|counts| {
        let counts = std::iter::once(0).chain(counts).collect();
        Histories::new(3, counts).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn fitted_margins_are_those_counted(histories in filled()) {
        let found = search(&histories, None).unwrap();
        prop_assert_eq!(found.ranked.len(), 8);
        for estimate in &found.ranked {
            prop_assert!(estimate.total > estimate.observed as f64);
            prop_assert!(estimate.standard_error > 0.0);
            for term in estimate.model.hierarchy().unwrap().terms() {
                let on_all = (1..8).filter(|history| history & term == term);
                let expected: f64 = on_all.map(|history| estimate.expected[history]).sum();
                let counted = histories.margin(term) as f64;
                prop_assert!((expected - counted).abs() < 1e-6 * counted);
            }
            // Adding terms never makes the fit worse.
            let all = found.ranked.iter().filter(|other| {
                let hierarchy = other.model.hierarchy().unwrap();
                let terms = estimate.model.hierarchy().unwrap().terms();
                hierarchy.terms().iter().all(|term| terms.contains(term))
            });
            for smaller in all {
                prop_assert!(estimate.deviance <= smaller.deviance + 1e-7);
            }
        }
    }

    #[test]
    fn the_order_of_lists_does_not_matter(histories in filled()) {
        // Lists 1 and 3 change places.
        let turned = |set: usize| (set & 0b010) | (set & 1) << 2 | set >> 2;
        let counts = (0..8).map(|set| histories.count(turned(set))).collect();
        let other = Histories::new(3, counts).unwrap();
        let found = search(&histories, None).unwrap();
        let turned_found = search(&other, None).unwrap();
        for (a, b) in found.ranked.iter().zip(&turned_found.ranked) {
            prop_assert!((a.bic - b.bic).abs() < 1e-6);
        }
        let (low, high) = (found.range(10.0).unwrap(), turned_found.range(10.0).unwrap());
        prop_assert!((low.high - high.high).abs() < 1e-5 * low.high);
    }

    #[test]
    fn intervals_hold_their_estimate(histories in filled()) {
        let best = &search(&histories, None).unwrap().ranked[0];
        let interval = profile(&histories, best, 0.95).unwrap();
        let narrow = profile(&histories, best, 0.5).unwrap();
        prop_assert!(interval.low >= histories.observed() as f64);
        prop_assert!(interval.low <= narrow.low && narrow.low <= interval.total);
        if let (Some(wide), Some(narrow)) = (interval.high, narrow.high) {
            prop_assert!(interval.total <= narrow && narrow <= wide);
        }
    }

    #[test]
    fn two_lists_are_the_estimator_of_petersen(a in 1..5000_u64, b in 1..5000_u64, both in 1..5000_u64) {
        let histories = Histories::new(2, vec![0, a, b, both]).unwrap();
        let estimate = Model::hierarchical(Hierarchy::independence(2)).estimate(&histories).unwrap();
        let petersen = frequencies::lincoln_petersen(a + both, b + both, both).unwrap();
        prop_assert!((estimate.total / petersen.total - 1.0).abs() < 1e-8);
        prop_assert!((estimate.standard_error / petersen.standard_error - 1.0).abs() < 1e-6);
    }

    #[test]
    fn posteriors_are_distributions(histories in filled()) {
        let most = histories.observed() * 3;
        let assumed = Assumed { delta: default_delta(3), prior: Prior::Reciprocal, most };
        let posterior = average(&histories, assumed).unwrap();
        let whole: f64 = posterior.probabilities.iter().sum();
        let graphs: f64 = posterior.graphs.iter().map(|(_, weight)| weight).sum();
        prop_assert!((whole - 1.0).abs() < 1e-9 && (graphs - 1.0).abs() < 1e-9);
        prop_assert!(posterior.quantile(0.025) <= posterior.quantile(0.5));
        prop_assert!(posterior.quantile(0.975) <= most);
    }
}

#[test]
fn the_same_counts_give_the_same_digits() {
    let model = |text: &str| {
        Model::hierarchical(Hierarchy::parse(text, &names(&["A", "B", "C", "D"])).unwrap())
    };
    let found = || rank(&kosovo(), [model("[12]"), model("[123,14,34]")]);
    assert_eq!(found(), found());
}
