//! How far two voices agree, by the real program.

use super::common::{Desk, column};
use super::truth_rules::ledger;

const FIRST: [i64; 8] = [102, 118, 140, 155, 171, 190, 220, 251];
const SECOND: [i64; 8] = [99, 121, 138, 163, 170, 201, 231, 249];

/// Two claimants on the same ends of years, and what `also` adds.
fn stocks(also: &[&str]) -> Desk {
    let of = |who: &str, channel: &str, numbers: &[i64]| -> Vec<String> {
        let years = (2010..).zip(numbers);
        years
            .map(|(year, number)| {
                format!("who={who} channel={channel} day={year}-12-31 number={number}")
            })
            .collect()
    };
    let mut figures = of("UNHCR", "test/a", &FIRST);
    figures.extend(of("Ministry", "test/b", &SECOND));
    let figures = figures
        .iter()
        .map(String::as_str)
        .chain(also.iter().copied());
    ledger(&figures.collect::<Vec<_>>())
}

/// numpy's mean and standard deviation of the differences; the limits are 1.96 of them away.
#[test]
fn limits_of_agreement_in_numbers_and_ratios() {
    let desk = stocks(&[]);
    let rows = desk.rows("compare --agreement");
    assert_eq!(rows.len(), 1, "{rows:#?}");
    for (name, wanted) in [
        ("first", "UNHCR, test/a"),
        ("second", "Ministry, test/b"),
        ("from", "2010-12-31"),
        ("to", "2017-12-31"),
        ("points", "8"),
        ("bias", "3.125"),
        ("bias_low", "-1.92"),
        ("bias_high", "8.17"),
        ("standard_deviation", "6.034"),
        ("limit_low", "-8.702"),
        ("limit_high", "14.952"),
        ("limit_margin", "8.738"),
        ("ratio", "1.015417"),
        ("ratio_limit_low", "0.950178"),
        ("ratio_limit_high", "1.085135"),
        ("lag_days", ""),
    ] {
        assert_eq!(rows[0][name], wanted, "{name}");
    }
    assert!(rows[0]["notes"].contains("of cumulatives alone"));
    desk.run("compare --agreement").succeeds().says(
        "Refugees from Ukraine recorded in Poland, 2010 to 2017: Ministry (test/b) lies 3 above UNHCR \
         (test/a) on average over 8 shared days, and 95 % of the differences are expected between -9 and \
         15 (Bland-Altman); as ratios 1.015, 0.950 to 1.085; agreement does not say that either is right",
    );
    desk.run("compare --agreement --sentences")
        .succeeds()
        .answers("Bland-Altman");
}

/// One source names the country that people are displaced within as their origin too, and another does not.
#[test]
fn people_displaced_within_a_country_are_one_thing_with_and_without_an_origin() {
    let numbers = |who: &str, channel: &str, more: &str, add: i64| -> Vec<String> {
        let years = (2020..).zip([100, 110, 125, 140]);
        years
            .map(|(year, number)| {
                format!("who={who} channel={channel} what=idps place=Ukraine {more} day={year}-12-31 number={}", number + add)
            })
            .collect()
    };
    let mut figures = numbers("UNHCR", "test/a", "origin=Ukraine", 0);
    figures.extend(numbers("IDMC", "test/b", "origin=", 2));
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    let rows = ledger(&figures).rows("compare --agreement");
    assert_eq!(column(&rows, "bias"), ["2"]);
    let rows = ledger(&figures).rows("compare --at 2023-12-31");
    assert_eq!(column(&rows, "claimant"), ["UNHCR", "IDMC"]);
    assert_eq!(rows[1]["ratio"], "1.0143");
}

/// Numbers of another measure, definition or time, bounds and projections are held against nothing.
#[test]
fn only_numbers_of_one_kind_on_shared_days_are_paired() {
    let desk = stocks(&[
        "who=Guard channel=test/c measure=cumulative since=2010-01-01 day=2012-12-31 number=5",
        "who=UNHCR channel=test/a day=2018-12-31 number=at_least_300",
        "who=Ministry channel=test/b day=2018-12-31 number=900",
        "who=UNHCR channel=test/a day=2019-12-31 number=300 status=projected",
        "who=Ministry channel=test/b day=2019-12-31 number=900",
    ]);
    let rows = desk.rows("compare --agreement");
    assert_eq!(column(&rows, "points"), ["8"]);
    desk.run("compare --agreement --claimant UNHCR")
        .ends_with(3)
        .says("no two voices here count one thing in the same way");
    desk.run("compare --agreement --period 2010..2011")
        .ends_with(1)
        .says("2 of the at least 3 shared values");
}

/// What is new on a day.
fn wave(t: i64) -> i64 {
    let t = t as f64;
    (1_000.0 + 400.0 * (t / 5.0).sin() + 150.0 * (t / 2.3).cos()) as i64
}

#[test]
fn a_lag_is_told_of_cumulatives() {
    let first: chrono::NaiveDate = "2022-03-01".parse().unwrap();
    let of = |who: &str, behind: i64| -> Vec<String> {
        let mut total = 0;
        let days = (0..70_i64).map(|t| {
            total += wave(t - behind);
            let day = first + chrono::Days::new(t.unsigned_abs());
            format!(
                "who={who} channel=test/{who} what=border_crossings measure=cumulative \
                 since=2022-02-24 day={day} number={total}"
            )
        });
        days.collect()
    };
    let figures: Vec<String> = [of("Agency", 0), of("Guard", 3)].concat();
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    let desk = ledger(&figures);
    let rows = desk.rows("compare --agreement");
    assert_eq!(
        (&*rows[0]["lag_days"], &*rows[0]["lag_correlation"]),
        ("3", "1")
    );
    assert!(rows[0]["notes"].contains("contain one another"));
    desk.run("compare --agreement")
        .succeeds()
        .says("correlates most with the second 3 days behind (1.00)");
}
