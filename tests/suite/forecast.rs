//! Forecasts: what they are made of, how they are tested on the past, and what is refused.

use crate::common::{Desk, Outcome, Row, column, only};

/// Stocks at the ends of years from 2008 on.
const STOCKS: [i64; 17] = [
    1200, 1350, 1280, 1500, 1710, 1650, 1800, 2050, 2010, 2200, 2350, 2300, 2480, 2600, 2550, 2700,
    2810,
];

/// The changes of the mapping for stocks of refugees.
const STOCK: [(&str, &str); 3] = [
    (
        "indicator = \"border_crossings\"",
        "indicator = \"refugees\"",
    ),
    (
        "measure = \"cumulative\"\nsince = \"2022-02-24\"",
        "measure = \"stock\"",
    ),
    ("published = \"2022-05-01\"", "published = \"2025-06-20\""),
];

fn ends_of_years(values: &[i64]) -> String {
    let rows = (2008..).zip(values);
    let rows: Vec<String> = rows
        .map(|(year, value)| format!("{year}-12-31,Poland,{value}"))
        .collect();
    format!("day,place,number\n{}\n", rows.join("\n"))
}

fn yearly(values: &[i64], more: &str) -> Desk {
    let desk = Desk::new();
    let table = format!("{}{more}", ends_of_years(values));
    desk.ingest("stocks.csv", &table, &STOCK).succeeds();
    desk
}

/// Crossings so far, day by day from 1 March 2022 on, with quiet Sundays; so many days.
fn daily(days: u32) -> Desk {
    let desk = Desk::new();
    desk.ingest("crossings.csv", &crossings(days), &[])
        .succeeds();
    desk
}

fn crossings(days: u32) -> String {
    const WEEK: [i64; 7] = [1000, 1010, 1030, 990, 1020, 700, 400];
    let first = chrono::NaiveDate::from_ymd_opt(2022, 3, 1).unwrap();
    let mut table = "day,place,number\n".to_owned();
    let mut sum = 50_000;
    for (day, date) in (0..days).zip(first.iter_days()) {
        // Small numbers that look like chance and are the same on every machine.
        let noise = i64::from(day * day % 11) * 7;
        sum += WEEK[day as usize % 7] + noise;
        table.push_str(&format!("{date},Poland,{sum}\n"));
    }
    table
}

fn whole(row: &Row, name: &str) -> i64 {
    row[name].parse().unwrap()
}

fn run(desk: &Desk, options: &str) -> Outcome {
    desk.run(&format!("forecast --indicator refugees {options}"))
}

#[test]
fn a_forecast_of_a_stock_as_a_table() {
    let desk = yearly(&STOCKS, "");
    let run = run(&desk, "--horizon 2 --method drift --format table").succeeds();
    insta::assert_snapshot!(run.transcript(), @r#"
    location: Poland
    location id: POL
    origin id: UKR
    indicator: refugees
    measure: stock
    unit: persons
    status: projected
    method: drift
    reference: drift, the average change (Hyndman and Athanasopoulos 2021, 5.2)
    intervals: analytic, from the one-step errors of the past, taken to be normal and independent
    based on: UNHCR, test/table
    licence: CC-BY-4.0
    assumption: assumes that what moved the series goes on; knows nothing of ceasefires, borders, funding or changes of definition
    notes: the method was asked for
     step  period start  period end  value  low 80  high 80  low 95  high 95   mase  mase naive  coverage 80  coverage 95  backtested  points  first observed  last observed
        1    2025-12-31  2025-12-31  2,911   2,761    3,061   2,681    3,140  0.626       0.965         92.3          100          13      17      2008-12-31     2024-12-31
        2    2026-12-31  2026-12-31  3,011   2,793    3,229   2,678    3,345  0.626       0.965         92.3          100          13      17      2008-12-31     2024-12-31
    --- stderr, exit code 0
    ledger humstat.db, entry 1 (61c4c0e632f7)
    refugees from Ukraine in Poland: the method drift expects 3,011 on 2026-12-31, 95 % interval 2,678 to 3,345, from 17 years up to 2024-12-31; over 13 values of the backtest its error was 0.63 times the one-step error of the naive method (0.97 by the naive method itself) and the 95 % interval held 100 %; it assumes that what moved the series goes on and knows nothing of ceasefires, borders or funding
    "#);
}

#[test]
fn rows_are_projected_and_are_nobody_s_claim() {
    let desk = yearly(&STOCKS, "");
    let rows = desk.rows("forecast --indicator refugees --horizon 3 --method naive");
    assert_eq!(
        column(&rows, "period_end"),
        ["2025-12-31", "2026-12-31", "2027-12-31"]
    );
    for row in &rows {
        assert_eq!(row["status"], "projected");
        assert_eq!(row["based_on"], "UNHCR, test/table");
        assert_eq!(row["licence"], "CC-BY-4.0");
        assert_eq!(
            (&*row["points"], &*row["last_observed"]),
            ("17", "2024-12-31")
        );
        assert_eq!(row["value"], "2810");
        assert!(!row.contains_key("claimant"));
        let ends = ["low_95", "low_80", "value", "high_80", "high_95"].map(|name| whole(row, name));
        assert!(ends.is_sorted(), "{ends:?}");
        assert!(row["assumption"].contains("ceasefires"));
    }
    // By hand: the 16 changes have a mean square of 22,193.75, and 1.96 of its root is 291.99.
    assert_eq!(whole(&rows[0], "high_95") - 2810, 292);
    assert_eq!(whole(&rows[1], "high_95") - 2810, 413);
}

#[test]
fn the_backtest_has_all_methods_by_steps_ahead() {
    let desk = yearly(&STOCKS, "");
    let rows = desk.rows("forecast --indicator refugees --horizon 2 --backtest");
    let naive: Vec<&Row> = rows.iter().filter(|row| row["method"] == "naive").collect();
    assert_eq!(naive.len(), 3);
    let values: Vec<&str> = naive.iter().map(|row| &*row["values"]).collect();
    // From 10, 11, … 16 known values: 7 of one step, 6 of two.
    assert_eq!(values, ["13", "7", "6"]);
    assert_eq!(
        (&*naive[0]["origins"], &*naive[0]["first_origin"]),
        ("7", "10")
    );
    let mstl = only(&rows, "method", "mstl");
    assert!(mstl["notes"].contains("no season that it knows"));
    let chosen: Vec<&Row> = rows
        .iter()
        .filter(|row| !row["chosen"].is_empty())
        .collect();
    assert!(
        chosen
            .iter()
            .all(|row| row["method"] == "damped" && row["chosen"] == "best")
    );
    assert_eq!(chosen.len(), 3);
}

#[test]
fn a_cumulative_goes_on_by_its_weekly_pattern_and_never_falls() {
    let desk = daily(56);
    let run = desk
        .run("forecast --indicator border_crossings --horizon 14")
        .succeeds()
        .says("from 56 days up to 2022-04-25")
        .says("knows nothing of ceasefires");
    let rows = run.rows();
    assert_eq!(rows.len(), 14);
    let values: Vec<i64> = rows.iter().map(|row| whole(row, "value")).collect();
    assert!(values.is_sorted());
    assert!(
        matches!(&*rows[0]["method"], "seasonal" | "mstl"),
        "{}",
        rows[0]["method"]
    );
    // 2022-05-01 is the sixth day on: the quiet day of the pattern's week is its seventh.
    assert!(values[6] - values[5] < 600, "{values:?}");
    assert_eq!(rows[0]["period_end"], "2022-04-26");
}

#[test]
fn a_provisional_newest_day_is_set_aside_and_said() {
    let desk = daily(61);
    let run = desk
        .run("forecast --indicator border_crossings --horizon 2 --method naive")
        .succeeds()
        .says("on 2022-04-30, which is provisional");
    let rows = run.rows();
    assert_eq!(rows[0]["last_observed"], "2022-04-29");
    assert_eq!(rows[0]["period_end"], "2022-04-30");
}

#[test]
fn a_mid_year_stock_is_no_step() {
    let desk = yearly(&STOCKS, "2025-06-30,Poland,2900\n");
    let rows = run(&desk, "--horizon 1 --method naive")
        .succeeds()
        .says("2,900 on 2025-06-30, a mid-year figure")
        .rows();
    assert_eq!(
        (&*rows[0]["period_end"], &*rows[0]["value"]),
        ("2025-12-31", "2810")
    );
}

#[test]
fn what_cannot_be_forecast_is_refused_with_the_reason() {
    let short = yearly(&STOCKS[..9], "");
    run(&short, "")
        .ends_with(1)
        .says("at least 10 points of equal steps and there are 9");
    let desk = yearly(&STOCKS, "");
    run(&desk, "--horizon 9")
        .ends_with(1)
        .says("9 steps are more than half of the 17 points");
    run(&desk, "--method mstl")
        .ends_with(1)
        .says("mstl makes no forecast of this series");
    run(&desk, "--method arima")
        .ends_with(2)
        .says("write one of naive, seasonal, drift, damped, ets, mstl, or auto");
    run(&desk, "--horizon 0").ends_with(2);

    let gap = ends_of_years(&STOCKS).replace("2012-12-31,Poland,1710\n", "");
    let desk = Desk::new();
    desk.ingest("stocks.csv", &gap, &STOCK).succeeds();
    run(&desk, "")
        .ends_with(1)
        .says("goes by the year and lacks 2012-12-31")
        .says("--period 2013-12-31..2024-12-31 with 12 years");
    run(&desk, "--period 2013-12-31..2024-12-31").succeeds();

    let bound =
        ends_of_years(&STOCKS).replace("2015-12-31,Poland,2050", "2015-12-31,Poland,at least 2050");
    let desk = Desk::new();
    desk.ingest("stocks.csv", &bound, &STOCK).succeeds();
    run(&desk, "")
        .ends_with(1)
        .says("the figure of 2015-12-31 is `at least 2,050`");

    let still = yearly(&[7; 12], "");
    run(&still, "")
        .ends_with(1)
        .says("nothing surprising happens");
}

#[test]
fn lines_that_cannot_be_forecast_are_named_beside_those_that_can() {
    let few = "2023-12-31,Romania,10\n2024-12-31,Romania,20\n";
    let desk = yearly(&STOCKS, few);
    let rows = run(&desk, "--horizon 1")
        .succeeds()
        .says(
            "no forecast of refugees from Ukraine in Romania: a forecast needs at least 10 points",
        )
        .rows();
    assert_eq!(column(&rows, "location_id"), ["POL"]);
}

/// Quiet years before a flight tell nothing of it.
#[test]
fn intervals_that_did_not_hold_are_called_too_narrow() {
    const FLIGHT: [i64; 17] = [
        10, 12, 11, 13, 12, 14, 13, 15, 14, 16, 100, 500, 1500, 2500, 3200, 3900, 4000,
    ];
    let rows = run(&yearly(&FLIGHT, ""), "--horizon 2 --method naive")
        .succeeds()
        .says("its intervals were too narrow in the past: that of 95 % held")
        .rows();
    assert!(rows[0]["coverage_95"].parse::<f64>().unwrap() < 50.0);
}

#[test]
fn the_same_bytes_come_every_time_with_their_sources() {
    let desk = yearly(&STOCKS, "");
    for name in ["one.json", "two.json"] {
        run(&desk, &format!("--method ets -o {name}")).succeeds();
    }
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    assert_eq!(read("one.json"), read("two.json"));
    assert!(
        read("one.json").contains("\"method\":\"ets\"")
            || read("one.json").contains("\"method\": \"ets\"")
    );
    assert!(read("one.sources.md").contains("humstat forecast"));
}

#[test]
fn a_chart_draws_it_dotted_in_a_fan_and_says_so() {
    let desk = yearly(&STOCKS, "2025-06-30,Poland,2900\n");
    let chart = "chart line --indicator refugees --location POL --forecast 3";
    desk.run(&format!("{chart} -o ahead.svg")).succeeds();
    let svg = std::fs::read_to_string(desk.path("ahead.svg")).unwrap();
    let words = svg.replace('\n', " ");
    for said in [
        "line projected",
        ">projected<",
        "Dotted: projected",
        "not drawn: 2,900",
    ] {
        assert!(words.contains(said), "{said}");
    }
    desk.run(&format!("{chart} --lint"))
        .succeeds()
        .says("0 findings");
    let rows = desk.rows(&format!("{chart} --data"));
    let flags = column(&rows, "flags");
    assert_eq!(flags.iter().filter(|flag| **flag == "projected").count(), 3);
    assert_eq!(
        flags.iter().filter(|flag| **flag == "interval_95").count(),
        3
    );
    // The same numbers as in the table.
    let table = desk.rows("forecast --indicator refugees --horizon 3");
    let drawn: Vec<&str> = rows
        .iter()
        .filter(|row| row["flags"] == "projected")
        .map(|row| &*row["value"])
        .collect();
    assert_eq!(drawn, column(&table, "value"));
    desk.run(&format!("{chart} --alt"))
        .succeeds()
        .answers("(projected) on 31 December 2027");
    desk.run(&format!(
        "{chart} --lang uk --title Т --subtitle П -o uk.svg"
    ))
    .succeeds();
    let svg = std::fs::read_to_string(desk.path("uk.svg")).unwrap();
    assert!(svg.contains("Прогноз"));
}

#[test]
fn a_chart_of_another_kind_or_of_several_lines_has_no_forecast() {
    let desk = yearly(&STOCKS, "2024-12-31,Romania,20\n");
    desk.run("chart line --indicator refugees --forecast 2 -o a.svg")
        .fails()
        .says("a forecast is drawn of one line");
    desk.run("chart bars --indicator refugees --forecast 2 -o a.svg")
        .fails()
        .says("a forecast is drawn in a line chart");
    desk.run("chart line --indicator refugees --location POL --show change --forecast 2 -o a.svg")
        .fails()
        .says("a forecast is drawn in a line chart of the numbers as they were published");
    desk.run("chart line --indicator refugees --location ROU --forecast 2 -o a.svg")
        .fails()
        .says("at least 10 points");
}

#[test]
fn a_plan_draws_a_forecast() {
    let desk = yearly(&STOCKS, "");
    desk.put(
        "plan.toml",
        "title = \"Ahead\"\noutput = \"out\"\n\n[[chart]]\nname = \"ahead\"\nkind = \"line\"\nforecast = 2\n\
         select = { indicator = \"refugees\", location = \"POL\" }\n",
    );
    desk.run("run plan.toml").succeeds();
    let svg = std::fs::read_to_string(desk.path("out/ahead.svg")).unwrap();
    assert!(svg.contains("line projected"));
}
