//! Agreement against numpy and scipy.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::lag::of_days;
use super::*;
use crate::analysis::Cumulative;
use crate::analysis::fixture::day;
use crate::figure::Measure;

const FIRST: [f64; 8] = [102.0, 118.0, 140.0, 155.0, 171.0, 190.0, 220.0, 251.0];
const SECOND: [f64; 8] = [99.0, 121.0, 138.0, 163.0, 170.0, 201.0, 231.0, 249.0];

/// numpy: `d = SECOND - FIRST`, `d.mean()`, `d.std(ddof=1)`, `scipy.stats.t.ppf(.975, 7)`.
#[test]
fn limits_in_numbers() {
    let found = limits(&FIRST, &SECOND).unwrap();
    assert_eq!(found.points, 8);
    let digits = |number: f64| format!("{number:.9}");
    assert_eq!(digits(found.bias), "3.125000000");
    assert_eq!(digits(found.deviation), "6.034129124");
    assert_eq!(digits(found.limits.low), "-8.701893083");
    assert_eq!(digits(found.limits.high), "14.951893083");
    assert_eq!(digits(found.bias_interval.low), "-1.919658192");
    assert_eq!(digits(found.bias_interval.high), "8.169658192");
    assert_eq!(digits(found.limit_margin), "8.737604295");
}

#[test]
fn limits_in_ratios() {
    let found = ratio_limits(&FIRST, &SECOND).unwrap();
    let digits = |number: f64| format!("{number:.9}");
    assert_eq!(digits(found.bias), "1.015417028");
    assert_eq!(digits(found.limits.low), "0.950178442");
    assert_eq!(digits(found.limits.high), "1.085134849");
}

#[test]
fn what_cannot_be_held_against_each_other_is_refused() {
    assert_eq!(
        limits(&FIRST[..2], &SECOND[..2]),
        Err(AgreementError::TooFew { found: 2 })
    );
    assert_eq!(
        limits(&FIRST, &SECOND[..2]),
        Err(AgreementError::Unpaired {
            first: 8,
            second: 2
        })
    );
    assert_eq!(
        ratio_limits(&[1.0, 0.0, 2.0], &[1.0, 2.0, 3.0]),
        Err(AgreementError::NotPositive(0.0))
    );
    let (few, constant) = (vec![Some(1.0); 20], vec![Some(1.0); 60]);
    assert!(matches!(
        of_days(&few, &few),
        Err(AgreementError::ShortOverlap { days: 20, .. })
    ));
    assert_eq!(of_days(&constant, &constant), Err(AgreementError::Constant));
}

/// What is new on day t.
fn wave(t: i64) -> f64 {
    let t = t as f64;
    1_000.0 + 400.0 * (t / 5.0).sin() + 150.0 * (t / 2.3).cos()
}

/// numpy: `corrcoef(a[:-3], b[3:])` and `corrcoef(a, b)` of the waves.
#[test]
fn a_series_that_comes_three_days_behind() {
    let (first, second): (Vec<_>, Vec<_>) = (0..80)
        .map(|t| (Some(wave(t)), Some(0.8 * wave(t - 3) + t as f64)))
        .unzip();
    let found = of_days(&first, &second).unwrap();
    assert_eq!((found.days, found.pairs), (3, 77));
    assert_eq!(format!("{:.9}", found.correlation), "0.995739749");
    assert_eq!(format!("{:.9}", found.correlation_at_zero), "0.733116265");
    assert_eq!(of_days(&second, &first).unwrap().days, -3);
}

/// A cumulative of what is new on each day, reported on some days.
fn reported(new: impl Fn(i64) -> f64, every: usize) -> (Vec<NaiveDate>, Vec<i64>) {
    let mut total = 0.0;
    let all = (0..90_i64).map(|t| {
        total += new(t);
        (
            day("2022-03-01") + Days::new(t.unsigned_abs()),
            total as i64,
        )
    });
    all.step_by(every).unzip()
}

#[test]
fn a_lag_is_seen_between_reports_of_unlike_days() {
    let (daily, sparse) = (reported(wave, 1), reported(|t| wave(t - 4), 3));
    let of = |(days, values): &(Vec<NaiveDate>, Vec<i64>), gap| {
        let first = Cumulative::new(Measure::Cumulative, &daily.0, &daily.1).unwrap();
        let second = Cumulative::new(Measure::Cumulative, days, values).unwrap();
        lag(&first, &second, gap)
    };
    let found = of(&sparse, None).unwrap();
    assert_eq!(found.days, 4);
    assert!(
        found.correlation > 0.97 && found.correlation_at_zero < 0.8,
        "{found:?}"
    );
    // Where no gap may be bridged, three in four days are unknown.
    assert!(matches!(
        of(&sparse, Some(2)),
        Err(AgreementError::ShortOverlap { days: 0, .. })
    ));
}

proptest! {
    #[test]
    fn turned_round_the_bias_changes_its_sign(
        pairs in proptest::collection::vec((1..9_000_i32, 1..9_000_i32), 3..40)
    ) {
        let (a, b): (Vec<f64>, Vec<f64>) =
            pairs.iter().map(|(a, b)| (f64::from(*a), f64::from(*b))).unzip();
        let (one, other) = (limits(&a, &b).unwrap(), limits(&b, &a).unwrap());
        prop_assert!((one.bias + other.bias).abs() < 1e-9);
        prop_assert!((one.limits.low + other.limits.high).abs() < 1e-6);
        prop_assert!(one.limits.low <= one.bias && one.bias <= one.limits.high);
        let ratio = ratio_limits(&a, &b).unwrap();
        let turned = ratio_limits(&b, &a).unwrap();
        prop_assert!((ratio.bias * turned.bias - 1.0).abs() < 1e-9);
        prop_assert!((ratio.limits.low * turned.limits.high - 1.0).abs() < 1e-9);
    }
}
