//! Changes of level against ruptures and R's `trend` on the Nile, and against all segmentations.

use proptest::prelude::*;

use super::*;
use crate::analysis::monotonic::nile::nile;

/// The ends of the segments.
fn ends(found: &Segmentation) -> Vec<usize> {
    found.segments.iter().map(|segment| segment.end).collect()
}

#[test]
fn the_nile_changes_after_1898() {
    let values = nile();
    let penalty = Penalty::of(&values, Cost::Squares, Spread::Sample, Penalty::SCHWARZ).unwrap();
    assert_eq!(format!("{:.3}", penalty.value()), "263765.239");
    let found = pelt(&values, Cost::Squares, penalty.value(), 2).unwrap();
    assert_eq!(ends(&found), [28, 100]);
    assert_eq!(found.changes().collect::<Vec<_>>(), [28]);
    let means: Vec<String> = found
        .segments
        .iter()
        .map(|of| format!("{:.6}", of.mean))
        .collect();
    assert_eq!(means, ["1097.750000", "849.972222"]);
    assert_eq!(format!("{:.2}", found.squares_before), "2835156.75");
    assert_eq!(format!("{:.4}", found.squares_after), "1597457.1944");
    assert!(found.correlation.unwrap() < 0.2);
}

/// The spread of differences is not enlarged by the change itself.
#[test]
fn the_nile_changes_by_its_differences_too() {
    let values = nile();
    for spread in [Spread::FirstDifferences, Spread::LongRun] {
        let penalty = Penalty::of(&values, Cost::Squares, spread, Penalty::SCHWARZ).unwrap();
        let found = pelt(&values, Cost::Squares, penalty.value(), 2).unwrap();
        assert_eq!(ends(&found), [28, 100], "{penalty:?}");
    }
}

/// An AR(1) process with correlation 0.8, from a generator with a fixed seed.
fn correlated(count: usize) -> Vec<f64> {
    let (mut state, mut last) = (7_u64, 0.0);
    let mut uniform = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..count)
        .map(|_| {
            let sum: f64 = (0..12).map(|_| uniform()).sum();
            last = 0.8 * last + sum - 6.0;
            last
        })
        .collect()
}

/// What resembles the value before looks like levels, unless the penalty allows for it.
#[test]
fn correlated_values_are_not_cut_to_pieces() {
    let values = correlated(400);
    let changes = |spread: Spread| {
        let penalty = Penalty::of(&values, Cost::Squares, spread, Penalty::SCHWARZ).unwrap();
        assert!((penalty.correlation - 0.8).abs() < 0.15, "{penalty:?}");
        let found = pelt(&values, Cost::Squares, penalty.value(), 2).unwrap();
        found.changes().count()
    };
    assert!(changes(Spread::FirstDifferences) > 20);
    assert!(changes(Spread::LongRun) <= 2);
    let mut wandering = correlated(200);
    (1..200).for_each(|index| wandering[index] += wandering[index - 1]);
    let penalty = Penalty::of(&wandering, Cost::Squares, Spread::LongRun, 2.0).unwrap();
    assert!(penalty.wanders(), "{penalty:?}");
}

/// In units of nothing the level changes at nearly every value.
#[test]
fn a_penalty_without_the_variance_cuts_the_nile_to_pieces() {
    let found = pelt(&nile(), Cost::Squares, 2.0 * 100_f64.ln(), 2).unwrap();
    assert_eq!(found.segments.len(), 44);
}

#[test]
fn the_nile_by_pettitt() {
    let test = pettitt(&nile()).unwrap();
    assert_eq!((test.u, test.after), (1617, 28));
    assert_eq!(format!("{:.3e}", test.p), "3.591e-7");
}

#[test]
fn counts_that_double_change_once() {
    let counts = [
        3.0, 5.0, 4.0, 2.0, 4.0, 3.0, 9.0, 12.0, 8.0, 11.0, 10.0, 9.0,
    ];
    let spread = Spread::FirstDifferences;
    let penalty = Penalty::of(&counts, Cost::Poisson, spread, Penalty::SCHWARZ).unwrap();
    assert!(penalty.variance >= 1.0);
    let found = pelt(&counts, Cost::Poisson, penalty.value(), 2).unwrap();
    assert_eq!(ends(&found), [6, 12]);
}

#[test]
fn where_half_of_the_differences_are_the_same_their_mean_square_counts() {
    let mut values = [5.0; 20];
    values[19] = 7.0;
    let penalty = Penalty::of(&values, Cost::Squares, Spread::FirstDifferences, 2.0).unwrap();
    assert_eq!(penalty.variance, 4.0 / 38.0);
}

#[test]
fn what_cannot_be_cut_is_refused() {
    let nile = nile();
    assert_eq!(
        pelt(&nile[..7], Cost::Squares, 1.0, 2),
        Err(ChangePointError::TooFew {
            found: 7,
            needed: 8
        })
    );
    assert_eq!(
        pelt(&nile[..19], Cost::Squares, 1.0, 10),
        Err(ChangePointError::TooFew {
            found: 19,
            needed: 20
        })
    );
    assert_eq!(
        pelt(&nile, Cost::Squares, 1.0, 0),
        Err(ChangePointError::NoSegment)
    );
    for penalty in [0.0, -1.0, f64::NAN] {
        let refused = pelt(&nile, Cost::Squares, penalty, 2);
        assert!(matches!(refused, Err(ChangePointError::NoPenalty(_))));
    }
    let equal = pettitt(&[4.0; 9]).unwrap_err();
    assert_eq!(equal.to_string(), "all 9 values are 4, so no level changes");
    let mut below = nile;
    below[3] = -2.0;
    assert_eq!(
        pelt(&below, Cost::Poisson, 9.0, 2).unwrap_err().to_string(),
        "value 4 is -2, which is no count; take the cost of squares (l2) for values that may be below zero"
    );
}

/// The least total of costs and penalties over all segmentations, without pruning.
fn least_total(values: &[f64], cost: Cost, penalty: f64, least: usize) -> f64 {
    let sums = segments::Sums::of(values);
    let mut best = vec![f64::INFINITY; values.len() + 1];
    best[0] = -penalty;
    for end in least..=values.len() {
        for start in 0..=end - least {
            let total = best[start] + sums.cost(cost, start, end) + penalty;
            best[end] = best[end].min(total);
        }
    }
    best[values.len()]
}

/// The total of a segmentation.
fn total(values: &[f64], found: &Segmentation, cost: Cost, penalty: f64) -> f64 {
    let sums = segments::Sums::of(values);
    let costs = found
        .segments
        .iter()
        .map(|of| sums.cost(cost, of.start, of.end));
    costs.sum::<f64>() + penalty * (found.segments.len() - 1) as f64
}

proptest! {
    #[test]
    fn no_segmentation_is_better(
        values in proptest::collection::vec(0..60_u32, 8..60)
            .prop_filter("some change", |all| all.iter().any(|one| *one != all[0])),
        least in 1..5_usize,
        penalty in 1.0..4_000.0_f64,
        cost in prop_oneof![Just(Cost::Squares), Just(Cost::Poisson)],
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let found = pelt(&values, cost, penalty, least).unwrap();
        let ours = total(&values, &found, cost, penalty);
        let best = least_total(&values, cost, penalty, least);
        prop_assert!((ours - best).abs() <= 1e-9 * best.abs().max(1.0), "{ours} for {best}");
        prop_assert!(found.segments.iter().all(|of| of.points() >= least));
        prop_assert!(found.squares_after <= found.squares_before * (1.0 + 1e-12));
    }

    #[test]
    fn a_dearer_change_is_no_more_frequent(
        values in proptest::collection::vec(0..60_u32, 8..60)
            .prop_filter("some change", |all| all.iter().any(|one| *one != all[0])),
        penalty in 1.0..4_000.0_f64,
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let cheap = pelt(&values, Cost::Squares, penalty, 2).unwrap();
        let dear = pelt(&values, Cost::Squares, 2.0 * penalty, 2).unwrap();
        prop_assert!(dear.segments.len() <= cheap.segments.len());
    }

    #[test]
    fn pettitt_does_not_depend_on_the_scale(
        values in proptest::collection::vec(-60..60_i32, 8..60)
            .prop_filter("some change", |all| all.iter().any(|one| *one != all[0])),
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let cubed: Vec<f64> = values.iter().map(|value| value.powi(3)).collect();
        let found = pettitt(&values).unwrap();
        prop_assert_eq!(found, pettitt(&cubed).unwrap());
        prop_assert!((0.0..=1.0).contains(&found.p));
    }
}
