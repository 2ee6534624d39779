//! Trends told from chance, levels, outliers, weekdays and growth, by the real program.

use super::common::{Desk, Row, column};
use super::truth_rules::ledger;

/// Yearly flow of the Nile at Aswan, 1871 to 1970 (Cobb 1978; the data set `Nile` of R): numbers that
/// every book on trends and changes uses.
const NILE: [i64; 100] = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180,
    799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833,
    701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845,
    864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676,
    649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923,
    975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];

/// A ledger of numbers, each with words on what it is and when.
fn recorded(figures: impl IntoIterator<Item = String>) -> Desk {
    let figures: Vec<String> = figures.into_iter().collect();
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    ledger(&figures)
}

/// The Nile as arrivals of each year.
fn nile() -> Desk {
    let years = (1871..).zip(NILE);
    recorded(
        years
            .map(|(year, number)| format!("what=arrivals measure=flow day={year} number={number}")),
    )
}

/// Refugees at the ends of years from 2010 on.
fn stocks(numbers: &[i64]) -> Desk {
    let years = (2010..).zip(numbers);
    recorded(years.map(|(year, number)| format!("day={year}-12-31 number={number}")))
}

/// Days from 1 March 2022 on.
fn day(after: usize) -> String {
    let first: chrono::NaiveDate = "2022-03-01".parse().unwrap();
    (first + chrono::Days::new(after as u64)).to_string()
}

/// Crossings so far, from those of each day.
fn crossings(of_days: &[i64]) -> Vec<String> {
    let mut total = 0;
    let days = of_days.iter().enumerate().map(|(index, new)| {
        total += new;
        let day = day(index);
        format!(
            "what=border_crossings measure=cumulative since=2022-02-24 day={day} number={total}"
        )
    });
    days.collect()
}

fn only_row(desk: &Desk, line: &str) -> Row {
    let mut rows = desk.rows(line);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    rows.remove(0)
}

#[test]
fn the_nile_has_the_numbers_of_the_books() {
    let desk = nile();
    let row = only_row(&desk, "trend --test");
    for (name, wanted) in [
        ("from", "1871-12-31"),
        ("to", "1970-12-31"),
        ("points", "100"),
        ("step", "1 year"),
        ("tested", "flow per period"),
        ("s", "-1387"),
        ("variance", "112728.333"),
        ("z", "-4.12806652"),
        ("p", "0.00003658"),
        ("p_no_continuity", "0.00003611"),
        ("tau_b", "-0.280741335"),
        ("hamed_rao_p", "0.004803"),
        ("sen_slope", "-2.6"),
        ("sen_slope_low", "-3.62790698"),
        ("sen_slope_high", "-1.42857143"),
        ("sen_unit", "per year"),
        ("sen_first", "1022.2"),
        ("change_points", "1899-12-31"),
        ("pettitt_date", "1899-12-31"),
        ("pettitt_p", "0.0000003591"),
        ("notes", ""),
        ("claimant", "UNHCR"),
        ("channel", "test/table"),
    ] {
        assert_eq!(row[name], wanted, "{name}");
    }
    assert!(row["method"].contains("continuity correction"));
    assert!(row["assumptions"].contains("independent"));
    desk.run("trend --test").succeeds().says(
        "1871 to 1970: fell by 2.6 a year (Theil-Sen, 95 % interval 1.43 to 3.63; Mann-Kendall \
         p < 0.0001, 100 points); with their serial correlation Hamed-Rao p = 0.005; this says neither \
         why nor that it goes on",
    );
}

#[test]
fn the_nile_is_cut_once() {
    let desk = nile();
    let rows = desk.rows("trend --change-points --spread sample");
    assert_eq!(column(&rows, "from"), ["1871-12-31", "1899-12-31"]);
    assert_eq!(column(&rows, "to"), ["1898-12-31", "1970-12-31"]);
    assert_eq!(column(&rows, "points"), ["28", "72"]);
    assert_eq!(column(&rows, "mean"), ["1097.75", "849.972222"]);
    assert_eq!(column(&rows, "change_percent"), ["", "-22.57"]);
    assert_eq!(rows[0]["penalty"], "263765.239");
    assert_eq!(
        rows[0]["penalty_scale"],
        "2 x variance 28,638 (all values) x ln 100"
    );
    assert_eq!(rows[0]["squares_before"], "2835156.75");
    assert_eq!(rows[0]["squares_after"], "1597457.19");
    let steady = desk.rows("trend --change-points");
    assert_eq!(column(&steady, "points"), ["28", "72"]);
    desk.run("trend --change-points").succeeds().says(
        "the mean changed from 1,098 to 850 from 1899 on (PELT 2012, least squares (l2), 100 points",
    );
    desk.run("trend --change-points --penalty 0")
        .ends_with(1)
        .says("give one above zero");
    desk.run("trend --change-points --min-segment 51")
        .ends_with(1)
        .says("100 of the at least 102 values");
}

/// Successive stocks speak of much the same people: the sentence says what that leaves of p.
#[test]
fn a_stock_says_what_serial_correlation_leaves() {
    let rising = [
        11, 23, 157, 199, 639, 1037, 789, 861, 887, 959, 854, 924, 975, 1034,
    ];
    let desk = stocks(&rising);
    desk.run("trend --test").succeeds().says(
        "Refugees from Ukraine recorded in Poland, 2010 to 2023: rose by 73 a year (Theil-Sen, 95 % \
         interval 40.71 to 92.33; Mann-Kendall p = 0.0003, 14 points); successive stocks speak of much \
         the same people, so p is too small: Hamed-Rao p = 0.01; this says neither why nor that it goes on",
    );
    let row = only_row(&desk, "trend --test");
    assert!(row["notes"].contains("p is too small"));
    assert!(row["notes"].contains("fewer than 20 values"));
}

#[test]
fn what_chance_may_have_done_is_never_called_stable() {
    let desk = stocks(&[50, 61, 48, 57, 52, 60, 49, 58, 53, 55]);
    let outcome = desk
        .run("trend --test")
        .succeeds()
        .says("no trend can be told from chance");
    assert!(!outcome.stderr.contains("stable"));
    assert!(outcome.stderr.contains("does not say that nothing changed"));
}

#[test]
fn of_a_cumulative_what_is_new_is_tested() {
    let new: Vec<i64> = (0..40).map(|t| 1_000 - 20 * t + 37 * (t % 5)).collect();
    let mut figures = crossings(&new);
    figures.remove(20);
    let desk = recorded(figures);
    let row = only_row(&desk, "trend --test");
    assert_eq!(row["tested"], "new per day");
    assert_eq!(row["points"], "38");
    assert_eq!(row["step"], "1 to 2 days");
    assert_eq!(row["sen_unit"], "per day");
    assert!(row["notes"].contains("a cumulative rises by construction"));
    assert!(row["notes"].contains("take each value as one step"));
    desk.run("trend --test")
        .succeeds()
        .says("New per day of crossings from Ukraine into Poland since 24 February, 2 March to 9 April 2022: fell by");
}

#[test]
fn too_few_or_all_alike_are_refused_with_the_way_out() {
    stocks(&[1, 2, 3, 4, 5, 6, 7])
        .run("trend --test")
        .ends_with(1)
        .says("7 of the at least 8 values that a test of trend takes; widen the period");
    stocks(&[5; 9])
        .run("trend --test")
        .ends_with(1)
        .says("all 9 values are 5, so there is no order to test");
    let two = (0..2).flat_map(|place| {
        (2010..2014 + 6 * place).map(move |year| {
            let (place, number) = (["Poland", "Germany"][place as usize], year % 7 + year);
            format!("place={place} day={year}-12-31 number={number}")
        })
    });
    let desk = recorded(two);
    let rows = desk.rows("trend --test");
    assert_eq!(column(&rows, "points"), ["10", ""]);
    assert!(rows[1]["notes"].contains("4 of the at least 8 values"));
    desk.run("trend --test")
        .succeeds()
        .says("1 line was not tested");
}

#[test]
fn what_is_to_come_or_qualified_is_left_out_and_said() {
    let mut figures: Vec<String> = (2010..2020)
        .map(|year| format!("day={year}-12-31 number={}", year * 3 % 101))
        .collect();
    figures.push("day=2020-12-31 number=at_least_900".to_owned());
    figures.push("day=2021-12-31 number=99999 status=projected".to_owned());
    let row = only_row(&recorded(figures), "trend --test");
    assert_eq!((&*row["points"], &*row["to"]), ("10", "2019-12-31"));
    assert!(row["notes"].contains("1 figure with a qualifier or without a number is left out"));
    assert!(row["notes"].contains("1 projected or planned figure is left out"));
}

#[test]
fn a_report_that_stands_out_is_a_question() {
    let mut new: Vec<i64> = (0..30).map(|t| 100 + 7 * (t % 4)).collect();
    new[17] = 900;
    let desk = recorded(crossings(&new));
    let row = only_row(&desk, "trend --outliers");
    assert_eq!(row["date"], day(17));
    assert_eq!(
        (&*row["tested"], &*row["tested_value"]),
        ("new per day", "900")
    );
    assert!(row["robust_z"].parse::<f64>().unwrap() > 3.5);
    assert!(!row["figure_id"].is_empty());
    desk.run("trend --outliers")
        .succeeds()
        .says("a question to the source, no error by itself");
    stocks(&[1, 2, 3])
        .run("trend --outliers")
        .ends_with(1)
        .says("at least 15 values");
}

#[test]
fn the_days_of_the_week_without_reports() {
    let figures = crossings(&[50; 63]).into_iter().enumerate();
    // 1 March 2022 was a Tuesday.
    let desk = recorded(
        figures
            .filter(|(t, _)| t % 7 != 5)
            .map(|(_, figure)| figure),
    );
    let rows = desk.rows("trend --weekdays");
    assert_eq!(column(&rows, "weekday")[5..], ["Saturday", "Sunday"]);
    let silent = column(&rows, "silent");
    assert_eq!(silent, ["no", "no", "no", "no", "no", "no", "yes"]);
    assert_eq!(
        column(&rows, "reported"),
        ["8", "8", "8", "8", "8", "8", "0"]
    );
    desk.run("trend --weekdays")
        .succeeds()
        .says("no reports on Sunday as a rule");
    stocks(&[1, 2, 3])
        .run("trend --weekdays")
        .ends_with(1)
        .says("nothing of a habit");
}

#[test]
fn growth_names_its_method_and_what_was_fitted() {
    let new = [10, 13, 16, 22, 28, 36, 47, 60];
    let desk = recorded(new.iter().enumerate().map(|(index, number)| {
        format!(
            "what=arrivals measure=flow day={} number={number}",
            day(index)
        )
    }));
    let row = only_row(&desk, "trend --growth");
    assert_eq!(
        (&*row["method"], &*row["fitted"]),
        ("ols", "flow per period")
    );
    assert_eq!(row["growth_rate"], "0.257645955");
    assert_eq!(row["growth_rate_low"], "0.250295184");
    assert_eq!(row["doubling_days"], "2.690309");
    let both = desk.rows("trend --growth=ols,poisson");
    assert_eq!(column(&both, "method"), ["ols", "poisson"]);
    assert_eq!(both[1]["growth_rate"], "0.257334324");
    let local = desk.rows("trend --growth=rel_change --bandwidth 2");
    assert_eq!(local.len(), 8);
    // (22 + 28) / (13 + 16), less one, over the two days between.
    assert_eq!(
        (&*local[2]["date"], &*local[2]["growth_rate"]),
        ("2022-03-03", "0.362068966")
    );
    assert_eq!(
        local[7]["growth_rate"], "",
        "nothing comes after the last day"
    );
    desk.run("trend --growth=poisson")
        .succeeds()
        .says("Poisson regression, flow per period, 8 points");
    desk.run("trend --growth=glm")
        .ends_with(2)
        .says("no method of growth");
    desk.run("trend --growth --test")
        .ends_with(2)
        .says("cannot be used with");
}

/// What fell was revised; Poisson's counts do not fall below zero.
#[test]
fn a_revised_cumulative_has_no_poisson_growth_as_it_is() {
    let desk = recorded(crossings(&[50, 60, 80, -10, 90, 120, 150]));
    desk.run("trend --growth=poisson")
        .ends_with(1)
        .says("--revisions backcast");
    let row = only_row(&desk, "trend --growth=poisson --revisions backcast");
    assert_eq!(row["fitted"], "new over the days between reports");
    assert!(row["notes"].contains("taken from the days before"));
}
