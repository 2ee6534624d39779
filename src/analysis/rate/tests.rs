//! Rates against `poisson.test` of R and the chi-squared quantiles of scipy.

use proptest::prelude::*;

use super::*;
use crate::analysis::growth::Interval;
use crate::figure::{Measure, Qualifier, Quantity, Status, Unit};

fn ends(count: u64, method: IntervalMethod) -> [String; 2] {
    let Interval { low, high } = interval(count, method, CONFIDENCE).unwrap();
    [low, high].map(|end| format!("{end:.6}"))
}

fn people(number: i64) -> Exposure {
    Exposure::people(number).unwrap()
}

#[test]
fn exact_intervals_of_counts() {
    for (count, low, high) in [
        (0, "0.000000", "3.688879"),
        (1, "0.025318", "5.571643"),
        (5, "1.623486", "11.668332"),
        (10, "4.795389", "18.390356"),
        (14, "7.653930", "23.489621"),
        (27, "17.793170", "39.283582"),
        (100, "81.363991", "121.626794"),
        (406, "367.463335", "447.479252"),
    ] {
        assert_eq!(ends(count, IntervalMethod::Garwood), [low, high], "{count}");
    }
}

#[test]
fn approximate_intervals_of_counts() {
    for (count, low, high) in [
        (5, "1.611348", "11.668164"),
        (10, "4.787450", "18.391459"),
        (14, "7.647531", "23.490998"),
        (27, "17.788964", "39.285099"),
        (100, "81.362105", "121.627938"),
    ] {
        assert_eq!(ends(count, IntervalMethod::Byar), [low, high], "{count}");
    }
    assert_eq!(ends(1, IntervalMethod::Byar)[0], "0.013072");
    assert_eq!(ends(0, IntervalMethod::Byar)[0], "0.000000");
}

#[test]
fn a_rate_for_each_hundred_thousand() {
    let of = people(43_528_136);
    let Interval { low, high } = interval(27, IntervalMethod::Garwood, CONFIDENCE).unwrap();
    let rates = [27.0, low, high].map(|number| format!("{:.6}", of.rate(number, PER)));
    assert_eq!(rates, ["0.062029", "0.040877", "0.090249"]);
}

#[test]
fn a_ratio_of_two_counts() {
    let found = ratio((27, people(1)), (14, people(1)), CONFIDENCE).unwrap();
    assert_eq!(format!("{:.6}", found.low), "0.976490");
    assert_eq!(format!("{:.6}", found.high.unwrap()), "3.979234");
    assert_eq!(found.ratio, Some(27.0 / 14.0));
    assert!(found.may_be_equal());
    // Twice the population at risk halves the rate, and both ends with it.
    let halved = ratio((27, people(2)), (14, people(1)), CONFIDENCE).unwrap();
    assert_eq!(format!("{:.6}", halved.low), "0.488245");
}

#[test]
fn a_ratio_to_nothing_is_open_above() {
    let open = ratio((5, people(1)), (0, people(1)), CONFIDENCE).unwrap();
    assert_eq!((open.ratio, open.high), (None, None));
    // poisson.test(c(5, 0)) and poisson.test(c(0, 5)) of R.
    assert_eq!(format!("{:.6}", open.low), "0.916356");
    let none = ratio((0, people(1)), (5, people(1)), CONFIDENCE).unwrap();
    assert_eq!((none.ratio, none.low), (Some(0.0), 0.0));
    assert_eq!(format!("{:.6}", none.high.unwrap()), "1.091279");
    let refused = ratio((0, people(1)), (0, people(1)), CONFIDENCE);
    assert_eq!(refused, Err(RateError::BothZero));
}

#[test]
fn what_gives_no_interval_is_refused() {
    for confidence in [0.0, 1.0, 95.0, f64::NAN] {
        let error = interval(1, IntervalMethod::Garwood, confidence).unwrap_err();
        assert!(error.to_string().contains("such as 0.95"), "{error}");
        assert!(ratio((1, people(1)), (1, people(1)), confidence).is_err());
    }
    assert_eq!(Exposure::people(0), Err(RateError::NoPopulation(0)));
    let beyond = interval(2_000_000_000, IntervalMethod::Garwood, CONFIDENCE);
    assert_eq!(beyond, Err(RateError::TooLarge(2_000_000_000)));
}

#[test]
fn years_are_whole_where_the_calendar_says_so() {
    let of = |start: &str, end: &str| {
        years(Period::new(start.parse().unwrap(), end.parse().unwrap()).unwrap())
    };
    assert_eq!(of("2023-01-01", "2023-12-31"), 1.0);
    assert_eq!(of("2024-01-01", "2024-12-31"), 1.0);
    assert_eq!(of("2022-02-24", "2024-02-23"), 2.0);
    assert_eq!(of("2022-03-01", "2022-03-31"), 31.0 / 365.25);
    assert_eq!(of("2022-03-01", "2022-03-01"), 1.0 / 365.25);
    let year: Period = "2023".parse().unwrap();
    let over = Exposure::person_years(1_000, year).unwrap();
    assert_eq!(over, people(1_000));
}

fn of(measure: Measure, quantity: &Quantity) -> Chance {
    chance(
        measure,
        Unit::Persons,
        quantity,
        IntervalMethod::Garwood,
        CONFIDENCE,
    )
    .unwrap()
}

#[test]
fn only_counts_of_a_period_have_an_interval() {
    let exact = Quantity::exact(14);
    assert!(matches!(of(Measure::Flow, &exact), Chance::Both(_)));
    assert!(matches!(of(Measure::Cumulative, &exact), Chance::Both(_)));
    assert_eq!(of(Measure::Stock, &exact), Chance::None(NoInterval::Stock));
    let estimated = exact.with_status(Status::Estimated);
    assert_eq!(
        of(Measure::Flow, &estimated),
        Chance::None(NoInterval::Estimated)
    );
    let provisional = exact.with_status(Status::Provisional);
    assert!(matches!(of(Measure::Flow, &provisional), Chance::Both(_)));
    let about = exact.with_qualifier(Qualifier::About);
    assert_eq!(of(Measure::Flow, &about), Chance::None(NoInterval::Rounded));
    let few = Quantity::suppressed(1, 4);
    assert_eq!(
        of(Measure::Flow, &few),
        Chance::None(NoInterval::OnlyBounds)
    );
    let net = Quantity::exact(-3);
    assert_eq!(of(Measure::Flow, &net), Chance::None(NoInterval::Negative));
}

#[test]
fn a_lower_bound_stays_one() {
    let at_least = Quantity::exact(14).with_qualifier(Qualifier::AtLeast);
    let chance = of(Measure::Flow, &at_least);
    assert_eq!(format!("{:.6}", chance.low().unwrap()), "7.653930");
    assert_eq!(chance.high(), None);
    assert!(chance.note().unwrap().contains("open above"));
    let at_most = Quantity::exact(14).with_qualifier(Qualifier::AtMost);
    let chance = of(Measure::Flow, &at_most);
    assert_eq!(chance.low(), None);
    assert_eq!(format!("{:.6}", chance.high().unwrap()), "23.489621");
}

proptest! {
    #[test]
    fn the_interval_holds_its_count_and_grows_with_confidence(count in 0..2_000_000_u64) {
        for method in [IntervalMethod::Garwood, IntervalMethod::Byar] {
            let narrow = interval(count, method, 0.5).unwrap();
            let wide = interval(count, method, 0.99).unwrap();
            let mean = count as f64;
            prop_assert!(wide.low <= narrow.low && narrow.low <= mean);
            prop_assert!(mean < narrow.high && narrow.high < wide.high);
        }
    }

    #[test]
    fn the_other_way_round_a_ratio_is_one_over_it(
        a in 1..50_000_u64,
        b in 1..50_000_u64,
        of_a in 1..100_000_000_i64,
        of_b in 1..100_000_000_i64,
    ) {
        let one = ratio((a, people(of_a)), (b, people(of_b)), CONFIDENCE).unwrap();
        let other = ratio((b, people(of_b)), (a, people(of_a)), CONFIDENCE).unwrap();
        prop_assert!((one.low * other.high.unwrap() - 1.0).abs() < 1e-9);
        prop_assert!((one.high.unwrap() * other.low - 1.0).abs() < 1e-9);
        prop_assert!(one.low < one.ratio.unwrap() && one.ratio < one.high);
    }
}
