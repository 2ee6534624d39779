//! Trends against pymannkendall, scipy and R on the Nile and on a small series.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::nile::{NILE, years};
use super::*;
use crate::analysis::cumulative::{RevisionPolicy, difference};
use crate::analysis::fixture::{WORKED, day, split};
use crate::analysis::{Cumulative, Stock};
use crate::figure::{Measure, Period};

const SMALL: [i64; 10] = [1, 2, 3, 4, 5, 5, 7, 6, 9, 10];

/// A yearly flow.
fn yearly(values: &[i64]) -> Sequence {
    Sequence::of(Measure::Flow, &years(values.len()), values).unwrap()
}

/// A stock on days.
fn stock(days: &[NaiveDate], values: &[i64]) -> Sequence {
    Sequence::of_stock(&Stock::new(Measure::Stock, days, values).unwrap())
}

#[test]
fn the_nile_by_mann_and_kendall() {
    let test = mann_kendall(&yearly(&NILE)).unwrap();
    assert_eq!((test.points, test.s), (100, -1387));
    assert_eq!(format!("{:.4}", test.variance), "112728.3333");
    assert_eq!(format!("{:.7}", test.z), "-4.1280665");
    assert_eq!(format!("{:.6e}", test.p), "3.658263e-5");
    assert_eq!(format!("{:.7}", test.tau_a), "-0.2802020");
    assert_eq!(format!("{:.9}", test.tau_b), "-0.280741335");
    assert_eq!(format!("{:.8}", test.z_uncorrected), "-4.13104493");
    assert_eq!(format!("{:.8e}", test.p_uncorrected), "3.61117992e-5");
}

#[test]
fn the_nile_by_theil_and_sen() {
    let line = theil_sen(&yearly(&NILE)).unwrap();
    assert_eq!(line.unit, TimeUnit::Year);
    assert_eq!(format!("{:.9}", line.slope), "-2.600000000");
    assert_eq!(format!("{:.4}", line.intercept), "1022.2000");
    assert_eq!(format!("{:.7}", line.interval.low), "-3.6279070");
    assert_eq!(format!("{:.7}", line.interval.high), "-1.4285714");
}

#[test]
fn the_nile_with_its_serial_correlation() {
    let corrected = hamed_rao(&yearly(&NILE)).unwrap();
    assert_eq!(format!("{:.7}", corrected.z), "-2.8199792");
    assert_eq!(format!("{:.8}", corrected.p), "0.00480268");
    let whitened = pre_whitened(&yearly(&NILE)).unwrap();
    assert_eq!(format!("{:.7}", whitened.z), "-4.5770270");
    assert_eq!(whitened.points, 99);
}

#[test]
fn the_small_series() {
    let test = mann_kendall(&yearly(&SMALL)).unwrap();
    assert_eq!((test.s, test.variance), (42, 124.0));
    assert_eq!(format!("{:.7}", test.z), "3.6819087");
    assert_eq!(format!("{:.9}", test.p), "0.000231494");
    let line = theil_sen(&yearly(&SMALL)).unwrap();
    assert_eq!((line.slope, line.intercept), (1.0, 0.5));
    let ends = [line.interval.low, line.interval.high].map(|end| format!("{end:.9}"));
    assert_eq!(ends, ["0.800000000", "1.000000000"]);
}

#[test]
fn a_cumulative_makes_no_sequence_but_its_differences_do() {
    let (days, values) = split(&WORKED);
    let periods: Vec<Period> = days.iter().map(|day| Period::day(*day)).collect();
    let refused = Sequence::of(Measure::Cumulative, &periods, &values).unwrap_err();
    assert_eq!(refused, SequenceError::Cumulative);
    assert_eq!(
        refused.to_string(),
        "a cumulative rises by construction, so that its order tests nothing; difference it and \
         test what is new per day"
    );
    let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
    let sequence = Sequence::of_new_per_day(&difference(&series, RevisionPolicy::Signed)).unwrap();
    assert_eq!(sequence.tested, Tested::NewPerDay);
    assert_eq!(
        sequence.values(),
        [60.0, 90.0, 50.0, -10.0, 70.0, 60.0, 100.0]
    );
    assert_eq!(sequence.steps().positions(), [0, 1, 4, 5, 8, 13, 14]);
    assert_eq!(sequence.steps().in_words(), "1 to 5 days");
    let found = mann_kendall(&sequence).unwrap_err();
    assert_eq!(found, TrendError::TooFew { found: 7 });
    let one = Cumulative::new(Measure::Cumulative, &days[..1], &values[..1]).unwrap();
    let one = difference(&one, RevisionPolicy::Signed);
    assert_eq!(
        Sequence::of_new_per_day(&one),
        Err(SequenceError::OneReport)
    );
}

#[test]
fn what_has_no_order_is_refused() {
    let refused = |values: &[i64]| mann_kendall(&yearly(values)).unwrap_err();
    assert_eq!(refused(&[1; 7]), TrendError::TooFew { found: 7 });
    assert_eq!(
        refused(&[4; 9]).to_string(),
        "all 9 values are 4, so there is no order to test; take a period in which they differ"
    );
    let days: Vec<NaiveDate> = (0..6_001)
        .map(|n| day("2000-01-01") + Days::new(n))
        .collect();
    let values: Vec<i64> = (0..6_001).collect();
    let many = mann_kendall(&stock(&days, &values)).unwrap_err();
    assert_eq!(many, TrendError::TooMany { found: 6_001 });
}

#[test]
fn a_straight_line_tells_nothing_of_its_correlation() {
    let line: Vec<i64> = (1..20).map(|n| 3 * n).collect();
    assert_eq!(hamed_rao(&yearly(&line)), Err(TrendError::OnALine));
    assert_eq!(pre_whitened(&yearly(&line)), Err(TrendError::OnALine));
    assert!(mann_kendall(&yearly(&line)).unwrap().p < 1e-6);
}

#[test]
fn slopes_are_per_year_month_or_day() {
    let of = |days: &[&str], values: &[i64]| {
        let days: Vec<NaiveDate> = days.iter().map(|text| day(text)).collect();
        stock(&days, values)
    };
    let years: Vec<String> = (2000..2009).map(|year| format!("{year}-12-31")).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    let rising: Vec<i64> = (0..9).map(|n| 500 * n).collect();
    let sequence = of(&years, &rising);
    assert_eq!(sequence.steps().in_words(), "1 year");
    let line = theil_sen(&sequence).unwrap();
    assert_eq!((line.slope, line.unit), (500.0, TimeUnit::Year));

    // Two years are missing; the rise per year is the same, and the steps are irregular.
    let (mut days, mut values) = (years.clone(), rising.clone());
    days.drain(3..4);
    values.drain(3..4);
    let sequence = of(&days, &values);
    assert_eq!(sequence.steps().in_words(), "1 to 2 years");
    assert!(!sequence.steps().are_regular());
    assert_eq!(theil_sen(&sequence).unwrap().slope, 500.0);

    // A newest report in the middle of a year counts as half of one.
    let (mut days, mut values) = (years, rising);
    days.push("2009-06-30");
    values.push(4_250);
    let sequence = of(&days, &values);
    assert_eq!(sequence.steps().in_words(), "6 to 12 months");
    let line = theil_sen(&sequence).unwrap();
    assert_eq!((line.slope, line.unit), (500.0, TimeUnit::Year));

    let seasons: Vec<NaiveDate> = (0..9)
        .map(|n| day("2020-01-01") + Days::new(90 * n + n % 2))
        .collect();
    let line = theil_sen(&stock(
        &seasons,
        &[0, 91, 180, 271, 360, 451, 540, 631, 720],
    ))
    .unwrap();
    assert_eq!((line.slope, line.unit), (365.25, TimeUnit::Year));

    let weeks: Vec<NaiveDate> = (0..9)
        .map(|n| day("2022-03-02") + Days::new(7 * n))
        .collect();
    let sequence = stock(&weeks, &[0, 7, 14, 21, 28, 35, 42, 49, 56]);
    assert_eq!(sequence.steps().in_words(), "7 days");
    let line = theil_sen(&sequence).unwrap();
    assert_eq!((line.slope, line.unit), (1.0, TimeUnit::Day));

    let ends = [
        "2022-01-31",
        "2022-02-28",
        "2022-03-31",
        "2022-04-30",
        "2022-05-31",
        "2022-06-30",
        "2022-07-31",
        "2022-08-31",
    ];
    let sequence = of(&ends, &[0, 2, 4, 6, 8, 10, 12, 14]);
    assert_eq!(sequence.steps().in_words(), "1 month");
    let line = theil_sen(&sequence).unwrap();
    assert_eq!((line.slope, line.unit), (2.0, TimeUnit::Month));
}

#[test]
fn flows_of_unlike_periods_are_tested_per_day() {
    let periods = |texts: &[&str]| -> Vec<Period> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    };
    let months = periods(&["2022-01", "2022-02", "2022-03"]);
    let sequence = Sequence::of(Measure::Flow, &months, &[31, 28, 31]).unwrap();
    assert_eq!(sequence.tested, Tested::FlowPerPeriod);
    assert_eq!(sequence.values(), [31.0, 28.0, 31.0]);
    let mixed = periods(&["2021", "2022-01", "2022-02"]);
    let sequence = Sequence::of(Measure::Flow, &mixed, &[365, 31, 28]).unwrap();
    assert_eq!(sequence.tested, Tested::FlowPerDay);
    assert_eq!(sequence.values(), [1.0, 1.0, 1.0]);
    let overlapping = periods(&["2022", "2022-12"]);
    assert!(matches!(
        Sequence::of(Measure::Flow, &overlapping, &[1, 1]),
        Err(SequenceError::Measure(_))
    ));
}

/// `scipy.stats.false_discovery_control([.01, .04, .03, .2, .005])`.
#[test]
fn p_values_of_many_tests_are_adjusted() {
    let adjusted = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.2, 0.005]);
    let digits: Vec<String> = adjusted.iter().map(|p| format!("{p:.6}")).collect();
    assert_eq!(
        digits,
        ["0.025000", "0.050000", "0.050000", "0.200000", "0.025000"]
    );
    assert!(benjamini_hochberg(&[]).is_empty());
}

/// Values on irregular days, not all the same.
fn some() -> impl Strategy<Value = (Vec<NaiveDate>, Vec<i64>)> {
    proptest::collection::vec((1..40_u64, 0..60_i64), FEWEST..40)
        .prop_map(|steps| {
            let mut last = day("2020-01-01");
            steps
                .into_iter()
                .map(|(gap, value)| {
                    last = last + Days::new(gap);
                    (last, value)
                })
                .unzip()
        })
        .prop_filter("some order", |(_, values): &(Vec<NaiveDate>, Vec<i64>)| {
            values.iter().any(|value| *value != values[0])
        })
}

proptest! {
    #[test]
    fn turned_round_it_falls_as_much_as_it_rose((days, values) in some()) {
        let test = mann_kendall(&stock(&days, &values)).unwrap();
        let turned: Vec<i64> = values.iter().map(|value| 60 - value).collect();
        let other = mann_kendall(&stock(&days, &turned)).unwrap();
        prop_assert_eq!((test.s, test.z, test.p), (-other.s, -other.z, other.p));
        prop_assert!((0.0..=1.0).contains(&test.p));
        prop_assert!(test.p >= test.p_uncorrected);
        prop_assert!(test.tau_b.abs() >= test.tau_a.abs() && test.tau_b.abs() <= 1.0);
    }

    #[test]
    fn the_order_alone_counts((days, values) in some()) {
        let squared: Vec<i64> = values.iter().map(|value| value * value).collect();
        prop_assert_eq!(
            mann_kendall(&stock(&days, &values)),
            mann_kendall(&stock(&days, &squared))
        );
    }

    #[test]
    fn a_tilted_series_has_a_tilted_slope((days, values) in some(), tilt in 1..50_i64) {
        let line = theil_sen(&stock(&days, &values)).unwrap();
        let tilted: Vec<i64> = days
            .iter()
            .zip(&values)
            .map(|(day, value)| value + tilt * (*day - days[0]).num_days())
            .collect();
        let other = theil_sen(&stock(&days, &tilted)).unwrap();
        prop_assert!((other.per_step - line.per_step - (tilt * step(&days)) as f64).abs() < 1e-6);
        prop_assert!(line.interval.low <= line.slope && line.slope <= line.interval.high);
    }

    #[test]
    fn corrections_give_probabilities((days, values) in some()) {
        let sequence = stock(&days, &values);
        if let Ok(corrected) = hamed_rao(&sequence) {
            prop_assert!((0.0..=1.0).contains(&corrected.p) && corrected.ratio > 0.0);
        }
        if let Ok(whitened) = pre_whitened(&sequence) {
            prop_assert!((0.0..=1.0).contains(&whitened.p));
        }
    }

    #[test]
    fn adjusted_values_are_no_smaller_and_keep_their_order(
        p in proptest::collection::vec(0.0..1.0_f64, 1..30)
    ) {
        let adjusted = benjamini_hochberg(&p);
        for (a, b) in p.iter().zip(&adjusted) { prop_assert!(b >= a && *b <= 1.0); }
        for (index, a) in p.iter().enumerate() {
            for (other, b) in p.iter().enumerate() {
                prop_assert!(a > b || adjusted[index] <= adjusted[other]);
            }
        }
    }
}

/// The step of days in days.
fn step(days: &[NaiveDate]) -> i64 {
    let last = *days.last().unwrap();
    let positions = Steps::of(days);
    (last - days[0]).num_days() / positions.positions().last().unwrap()
}
