//! Steps of real calendars, and what is no step.

use super::*;
use crate::analysis::fixture::day;

fn days(texts: &[&str]) -> Vec<Period> {
    texts.iter().map(|text| Period::day(day(text))).collect()
}

fn periods(texts: &[&str]) -> Vec<Period> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn daily(first: &str, count: u64) -> Vec<Period> {
    let days = (0..count).map(|offset| day(first) + Days::new(offset));
    days.map(Period::day).collect()
}

fn year_ends(years: std::ops::RangeInclusive<i32>) -> Vec<Period> {
    let days = years.map(|year| NaiveDate::from_ymd_opt(year, 12, 31).unwrap());
    days.map(Period::day).collect()
}

#[test]
fn days_weeks_months_and_years_are_steps() {
    let found = |measure, periods: &[Period]| find(measure, periods).unwrap().step;
    let stock = |texts: &[&str]| found(Measure::Stock, &days(texts));
    assert_eq!(
        stock(&["2024-02-28", "2024-02-29", "2024-03-01"]),
        Step::Days(1)
    );
    assert_eq!(
        stock(&["2024-02-23", "2024-03-01", "2024-03-08"]),
        Step::Days(7)
    );
    assert_eq!(
        stock(&["2024-01-31", "2024-02-29", "2024-03-31"]),
        Step::Months(1)
    );
    assert_eq!(
        stock(&["2024-01-15", "2024-02-15", "2024-03-15"]),
        Step::Months(1)
    );
    assert_eq!(
        stock(&["2023-12-31", "2024-03-31", "2024-06-30"]),
        Step::Months(3)
    );
    assert_eq!(
        found(Measure::Stock, &year_ends(2000..=2024)),
        Step::Months(12)
    );
    let flow = |texts: &[&str]| found(Measure::Flow, &periods(texts));
    assert_eq!(flow(&["2022", "2023", "2024"]), Step::Months(12));
    assert_eq!(flow(&["2024-01", "2024-02", "2024-03"]), Step::Months(1));
    assert_eq!(found(Measure::Flow, &daily("2024-02-27", 5)), Step::Days(1));
}

#[test]
fn the_next_periods_are_of_the_same_kind() {
    let after = |step: Step, measure, text: &str, steps| {
        step.after(measure, text.parse().unwrap(), steps)
            .unwrap()
            .to_string()
    };
    let stock = |step, text, steps| after(step, Measure::Stock, text, steps);
    assert_eq!(stock(Step::Months(12), "2024-12-31", 2), "2026-12-31");
    assert_eq!(stock(Step::Months(1), "2024-02-29", 1), "2024-03-31");
    assert_eq!(stock(Step::Months(1), "2024-03-15", 2), "2024-05-15");
    assert_eq!(stock(Step::Days(7), "2024-02-27", 1), "2024-03-05");
    let flow = |step, text, steps| after(step, Measure::Flow, text, steps);
    assert_eq!(
        flow(Step::Months(12), "2024", 1),
        "2025-01-01 to 2025-12-31"
    );
    assert_eq!(
        flow(Step::Months(1), "2024-01", 1),
        "2024-02-01 to 2024-02-29"
    );
    assert_eq!(
        flow(Step::Months(1), "2024-02", 2),
        "2024-04-01 to 2024-04-30"
    );
    assert_eq!(flow(Step::Days(1), "2024-02-28", 1), "2024-02-29");
}

/// UNHCR's newest year may be of mid-year, and releases leave such figures beside the year-end ones.
#[test]
fn a_mid_year_stock_is_no_whole_year_after_the_last() {
    let mut newest = year_ends(2000..=2023);
    newest.push(Period::day(day("2024-06-30")));
    let found = find(Measure::Stock, &newest).unwrap();
    assert_eq!((found.step, found.kept.len()), (Step::Months(12), 24));
    assert_eq!(found.early, Some(24));

    let mut all = year_ends(2000..=2023);
    all.extend(days(&["2022-06-30", "2023-06-30", "2024-06-30"]));
    all.sort();
    let found = find(Measure::Stock, &all).unwrap();
    assert_eq!((found.step, found.kept.len()), (Step::Months(12), 24));
    assert_eq!(found.mid_years, [22, 24, 26]);

    let halves = days(&["2022-06-30", "2022-12-31", "2023-06-30", "2023-12-31"]);
    let found = find(Measure::Stock, &halves).unwrap();
    assert_eq!((found.step, found.mid_years), (Step::Months(6), vec![]));
}

#[test]
fn gaps_are_named_with_the_longest_stretch_without() {
    let mut series = daily("2022-03-01", 30);
    series.drain(3..8);
    let error = find(Measure::Cumulative, &series).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the series goes by the day and lacks 2022-03-04, 2022-03-05, 2022-03-06 and 2 more; a gap \
         is neither zero nor bridged (truth rule 14); its longest regular stretch is --period \
         2022-03-09..2022-03-30 with 22 days"
    );
    let months = periods(&["2022-01", "2022-02", "2022-03", "2022-05"]);
    let error = find(Measure::Flow, &months).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("lacks 2022-04-01 to 2022-04-30;")
    );
    assert!(error.to_string().ends_with("that a forecast needs"));
}

#[test]
fn irregular_days_are_told() {
    let (worked, _) = crate::analysis::fixture::split(&crate::analysis::fixture::WORKED);
    let worked: Vec<Period> = worked.into_iter().map(Period::day).collect();
    let error = find(Measure::Cumulative, &worked).unwrap_err();
    assert!(matches!(error, StepError::Gaps { count: 8, .. }), "{error}");

    let late = days(&[
        "2024-01-01",
        "2024-01-08",
        "2024-01-15",
        "2024-01-25",
        "2024-02-01",
    ]);
    let error = find(Measure::Stock, &late).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the series goes by no equal steps: 2024-01-15 is followed by 2024-01-25 where a week lies \
         between most; no regular stretch has the 10 points that a forecast needs"
    );
    let mixed = periods(&["2021", "2022-01", "2022-02"]);
    assert!(matches!(
        find(Measure::Flow, &mixed),
        Err(StepError::Irregular { .. })
    ));
    let apart = periods(&["2021", "2022-01"]);
    assert!(find(Measure::Flow, &apart).is_err());
    assert_eq!(find(Measure::Stock, &[]), Err(StepError::OneValue));
}
