//! Growth against R's `lm` and the identities of doubling.

use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::analysis::fixture::{POLAND, day, split};

fn daily(values: &[f64]) -> (Vec<NaiveDate>, Vec<f64>) {
    let days = (0..values.len() as u64).map(|t| day("2022-03-01") + Days::new(t));
    (days.collect(), values.to_vec())
}

fn fitted(values: &[f64]) -> Growth {
    let (days, values) = daily(values);
    fit(Measure::Flow, &days, &values, CONFIDENCE).unwrap()
}

#[test]
fn the_reference_series() {
    let growth = fitted(&[10.0, 13.0, 16.0, 22.0, 28.0, 36.0, 47.0, 60.0]);
    let digits = |number: f64| format!("{number:.9}");
    assert_eq!(digits(growth.intercept), "2.297161813");
    assert_eq!(digits(growth.rate), "0.257645955");
    assert_eq!(digits(growth.standard_error), "0.003004101");
    assert_eq!(digits(growth.interval.low), "0.250295184");
    assert_eq!(digits(growth.interval.high), "0.264996726");
    assert_eq!(format!("{:.6}", growth.r_squared.unwrap()), "0.999185");
    let Pace::Doubling { days, interval } = growth.pace else {
        panic!("it grows: {:?}", growth.pace)
    };
    let times = [days, interval.low, interval.high].map(|time| format!("{time:.6}"));
    assert_eq!(times, ["2.690309", "2.615682", "2.769319"]);
    assert_eq!(growth.note(), None);
}

#[test]
fn crossings_into_poland_from_1_to_8_march_2022() {
    let (days, values) = split(&POLAND[..7]);
    let values: Vec<f64> = values.into_iter().map(|value| value as f64).collect();
    let growth = fit(Measure::Cumulative, &days, &values, CONFIDENCE).unwrap();
    assert_eq!(growth.last_day, day("2022-03-08"));
    assert_eq!(format!("{:.9}", growth.rate), "0.160125599");
    let Pace::Doubling { days, .. } = growth.pace else {
        panic!("it grows: {:?}", growth.pace)
    };
    assert_eq!(format!("{days:.6}"), "4.328772");
    assert!(growth.note().unwrap().contains("too narrow"));
}

#[test]
fn identities_of_doubling() {
    let time = |rate: f64| format!("{:.6}", doubling_time(rate).unwrap());
    assert_eq!(time(0.1), "6.931472");
    assert_eq!(time(1.1_f64.ln()), "7.272541");
    assert_eq!(time(0.02), "34.657359");
    assert_eq!(time(1.02_f64.ln()), "35.002789");
    assert_eq!(time(-0.1), "-6.931472");
    assert_eq!(doubling_time(0.0), None);
}

#[test]
fn what_shrinks_halves() {
    let growth = fitted(&[60.0, 47.0, 36.0, 28.0, 22.0, 16.0, 13.0, 10.0]);
    let Pace::Halving { days, interval } = growth.pace else {
        panic!("it shrinks: {:?}", growth.pace)
    };
    let times = [days, interval.low, interval.high].map(|time| format!("{time:.6}"));
    assert_eq!(times, ["2.690309", "2.615682", "2.769319"]);
}

#[test]
fn no_time_is_given_when_the_rate_may_be_zero() {
    for noise in [[10.0, 12.0, 9.0, 11.0, 10.0], [10.0, 11.0, 9.0, 12.0, 10.5]] {
        let growth = fitted(&noise);
        assert!(growth.interval.low < 0.0 && growth.interval.high > 0.0);
        assert_eq!(growth.pace, Pace::Unclear);
    }
    let flat = fitted(&[7.3; 5]);
    assert_eq!((flat.rate, flat.standard_error), (0.0, 0.0));
    assert_eq!((flat.r_squared, flat.pace), (None, Pace::Unclear));
}

#[test]
fn what_cannot_be_fitted_is_refused() {
    let refused = |values: &[f64], confidence: f64| {
        let (days, values) = daily(values);
        fit(Measure::Stock, &days, &values, confidence).unwrap_err()
    };
    assert_eq!(refused(&[1.0, 2.0], 0.95), GrowthError::TooFew(2));
    assert_eq!(refused(&[], 0.95), GrowthError::TooFew(0));
    assert_eq!(
        refused(&[1.0, 0.0, 2.0], 0.95).to_string(),
        "the value on 2022-03-02 is 0, which has no logarithm; select a period in which all \
         values are above zero"
    );
    for confidence in [0.0, 1.0, 95.0, f64::NAN] {
        let error = refused(&[1.0, 2.0, 3.0], confidence);
        assert!(matches!(error, GrowthError::Confidence(_)));
    }
    let one_day = [day("2022-03-01"); 3];
    assert_eq!(
        fit(Measure::Stock, &one_day, &[1.0, 2.0, 3.0], 0.95),
        Err(GrowthError::OneDay(one_day[0]))
    );
}

proptest! {
    #[test]
    fn an_exact_exponential_gives_back_its_rate(
        rate in -0.5..0.5_f64,
        start in 1.0..1e6_f64,
        gaps in proptest::collection::vec(1..9_u64, 2..30),
    ) {
        let first = day("2022-02-24");
        let mut days = vec![first];
        for gap in gaps { days.push(days[days.len() - 1] + Days::new(gap)); }
        let curve = |day: &NaiveDate| start * (rate * (*day - first).num_days() as f64).exp();
        let values: Vec<f64> = days.iter().map(curve).collect();
        let growth = fit(Measure::Flow, &days, &values, CONFIDENCE).unwrap();
        prop_assert!((growth.rate - rate).abs() < 1e-10, "{} for {rate}", growth.rate);
        prop_assert!((growth.intercept - start.ln()).abs() < 1e-8);
    }
}
