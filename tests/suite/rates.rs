//! Rates for each so many inhabitants: which numbers have an interval, and ratios of two.

use insta::assert_snapshot;

use super::common::{Desk, Row, column, only};

/// Killed, by what differs: place, first day, last day, value, low, high, measure.
const MAPPING: &str = r#"
[publication]
channel = "test/table"
title = "A table"
published = "2022-05-01"
licence = "CC-BY-4.0"

[figure]
claimant = "OHCHR"
indicator = { column = "indicator" }
measure = { column = "measure" }
since = { column = "since" }
location = { column = "place" }
period = { column = "day" }
value = { column = "number" }
"#;

/// A desk with a table of `indicator,measure,since,place,day,number`.
fn desk(rows: &[&str]) -> Desk {
    let desk = Desk::new();
    let table = format!(
        "indicator,measure,since,place,day,number\n{}\n",
        rows.join("\n")
    );
    desk.put("map.toml", MAPPING).put("table.csv", table);
    desk.run("ingest table table.csv --map map.toml").succeeds();
    desk
}

const POPULATION: &str = "population,stock,,Ukraine,2021-12-31,43528136";

/// The only row, and some of its columns.
fn cells(rows: &[Row], columns: &[&str]) -> Vec<String> {
    let [row] = rows else {
        panic!("{} rows", rows.len());
    };
    columns.iter().map(|name| row[*name].clone()).collect()
}

const RATE: [&str; 4] = ["value", "rate", "interval_low", "interval_high"];

#[test]
fn a_count_has_a_rate_with_the_interval_of_chance() {
    let desk = desk(&["killed,flow,,Ukraine,2022-03,27", POPULATION]);
    let run = desk.run("rates --indicator killed --format csv").succeeds();
    assert_eq!(
        cells(&run.rows(), &RATE),
        ["27", "0.062029", "0.040877", "0.090249"]
    );
    assert_snapshot!(run.transcript(), @r#"
    indicator,measure,origin,origin_id,location,location_id,since,breakdown,claimant,channel,period_start,period_end,days,figures,value,low,high,qualifier,status,population,population_period_end,population_source,per,rate,rate_of_low,rate_of_high,interval_low,interval_high,level,method,assumption,licence,notes,figure_id
    killed,flow,,,Ukraine,UKR,,,OHCHR,test/table,2022-03-01,2022-03-31,31,1,27,,,exact,observed,43528136,2021-12-31,OHCHR,100000,0.062029,,,0.040877,0.090249,0.95,"number for each 100,000 inhabitants; garwood interval of a Poisson count","the interval covers chance alone (a Poisson count), not under-recording, double counting or an uncertain population; where deaths come in clusters it is too narrow",CC-BY-4.0,,f1
    --- stderr, exit code 0
    ledger humstat.db, entry 1 (3cca7e0f7d97)
    killed in Ukraine, 2022-03-01 to 2022-03-31: 0.0620 for each 100,000 inhabitants (27 of 43,528,136), 95 per cent interval 0.0409 to 0.0902; the interval covers chance alone (a Poisson count), not under-recording, double counting or an uncertain population; where deaths come in clusters it is too narrow
    "#);
    let byar = desk.rows("rates --indicator killed --interval byar --per 1000000");
    assert_eq!(
        cells(&byar, &["rate", "interval_low", "per"]),
        ["0.620288", "0.408677", "1000000"]
    );
}

#[test]
fn a_cumulative_counts_from_its_first_day_and_may_be_brought_to_a_year() {
    let desk = desk(&[
        "killed,cumulative,2022-02-24,Ukraine,2022-04-25,2665",
        POPULATION,
    ]);
    let rows = desk.rows("rates --indicator killed");
    assert_eq!(
        cells(&rows, &["period_start", "days", "rate"]),
        ["2022-02-24", "61", "6.122477"]
    );
    let rows = desk.rows("rates --indicator killed --annual");
    // 2,665 over 43,528,136 people times 61 / 365.25 years.
    assert_eq!(cells(&rows, &["rate"]), ["36.659584"]);
    assert!(
        rows[0]["notes"].contains("61 days brought to a year"),
        "{}",
        rows[0]["notes"]
    );
    assert!(rows[0]["method"].contains("inhabitants and year"));
}

#[test]
fn at_least_stays_at_least_and_a_stock_has_no_interval() {
    let desk = desk(&[
        "killed,flow,,Ukraine,2022-03,at least 14",
        "idps,stock,,Ukraine,2022-03-16,6480000",
        "injured,flow,,Ukraine,2022-03,about 300",
        POPULATION,
    ]);
    let run = desk
        .run("rates --indicator killed")
        .succeeds()
        .says("at least 0.0176 at 95 per cent");
    assert_eq!(
        cells(&run.rows(), &["qualifier", "interval_low", "interval_high"]),
        ["at_least", "0.017584", ""]
    );
    let run = desk
        .run("rates --indicator idps")
        .succeeds()
        .says("a stock is no count of events");
    let rows = run.rows();
    assert_eq!(cells(&rows, &RATE), ["6480000", "14886.922794", "", ""]);
    assert!(!rows[0]["assumption"].contains("Poisson"));
    let rows = desk.rows("rates --indicator injured");
    assert_eq!(cells(&rows, &["interval_low"]), [""]);
    assert!(rows[0]["notes"].contains("rounding is larger than chance"));
}

#[test]
fn low_best_and_high_of_events_stay_bounds() {
    let desk = Desk::new();
    desk.put(
        "ged.csv",
        "id,type_of_violence,country,date_start,date_end,low,best,high\n\
         1,1,Ukraine,2024-05-01,2024-05-01,8,10,15\n\
         2,3,Ukraine,2024-05-30,2024-06-02,3,4,4\n\
         3,1,Sudan,2024-06-09,2024-06-09,0,27,40\n",
    );
    desk.run("ingest ucdp --release 25.1 --file ged.csv --retrieved 2026-07-20")
        .succeeds();
    let rows = desk.rows("rates --channel ucdp/ged --population 1000000");
    let ukraine = only(&rows, "location_id", "UKR");
    let of = |name: &str| ukraine[name].as_str();
    assert_eq!(
        [
            "value",
            "rate",
            "rate_of_low",
            "rate_of_high",
            "interval_low",
            "interval_high"
        ]
        .map(of),
        ["14", "1.4", "1.1", "1.9", "0.765393", "2.348962"]
    );
    assert!(
        of("notes").contains("not an interval; 2 events"),
        "{}",
        of("notes")
    );
    assert_eq!(of("period_end"), "2024-12-31");
    desk.run("rates --channel ucdp/ged --compare UKR SDN")
        .ends_with(2)
        .says("say --period FROM..TO");
}

#[test]
fn two_periods_have_a_ratio_without_any_population() {
    let desk = desk(&[
        "killed,flow,,Ukraine,2022-03-01,27",
        "killed,flow,,Ukraine,2022-03-02,14",
        "killed,flow,,Ukraine,2022-03-03,0",
    ]);
    let run = desk
        .run("rates --indicator killed --compare 2022-03-01 2022-03-02")
        .succeeds()
        .says(
            "is 1.93 times that of 2022-03-02; 95 per cent interval 0.976 to 3.98; it contains 1",
        );
    assert_eq!(
        cells(
            &run.rows(),
            &[
                "first_value",
                "second_value",
                "ratio",
                "ratio_low",
                "ratio_high"
            ]
        ),
        ["27", "14", "1.928571", "0.97649", "3.979234"]
    );
    let open = desk.rows("rates --indicator killed --compare 2022-03-02 2022-03-03");
    assert_eq!(cells(&open, &["ratio", "ratio_high"]), ["", ""]);
    // 27 + 14 over two days against none in one.
    let longer = desk.rows("rates --indicator killed --compare 2022-03-01..2022-03-02 2022-03-03");
    assert!(longer[0]["notes"].contains("2 days against 1: rates for each day"));
    for (compare, code, said) in [
        ("2022-03-01 2022-03-01..2022-03-02", 2, "share days"),
        (
            "2022-03-01 2022-04",
            1,
            "nothing was reported for 2022-04-01 to 2022-04-30",
        ),
        ("2022-03-01 Poland", 2, "two places or two closed periods"),
    ] {
        desk.run(&format!("rates --indicator killed --compare {compare}"))
            .ends_with(code)
            .says(said);
    }
}

#[test]
fn a_cumulative_is_compared_by_what_is_new_between_reports() {
    let desk = desk(&[
        "killed,cumulative,2022-02-24,Ukraine,2022-02-28,100",
        "killed,cumulative,2022-02-24,Ukraine,2022-03-02,127",
        "killed,cumulative,2022-02-24,Ukraine,2022-03-04,141",
    ]);
    let rows = desk
        .rows("rates --indicator killed --compare 2022-03-01..2022-03-02 2022-03-03..2022-03-04");
    assert_eq!(cells(&rows, &["first_value", "second_value"]), ["27", "14"]);
    desk.run("rates --indicator killed --compare 2022-03-01..2022-03-03 2022-03-04")
        .ends_with(1)
        .says("needs reports of both");
}

#[test]
fn two_places_are_compared_for_each_person_and_day() {
    let desk = desk(&[
        "killed,flow,,Ukraine,2022-03,27",
        "killed,flow,,Poland,2022-03,14",
        "idps,stock,,Ukraine,2022-03-16,5",
        "idps,stock,,Poland,2022-03-16,5",
        "population,stock,,Ukraine,2021-12-31,2000",
        "population,stock,,Poland,2021-12-31,1000",
    ]);
    let rows = desk.rows("rates --indicator killed --compare Ukraine Poland");
    assert_eq!(
        cells(
            &rows,
            &["first", "second", "first_population", "ratio", "ratio_low"]
        ),
        ["Ukraine", "Poland", "2000", "0.964286", "0.488245"]
    );
    desk.run("rates --indicator idps --compare Ukraine Poland")
        .ends_with(1)
        .says("a stock is no count of events");
    desk.run("rates --indicator killed --compare Ukraine Europe")
        .ends_with(2)
        .says("are not apart");
}

#[test]
fn sums_over_time_name_their_gaps_and_every_period_has_a_rate() {
    let desk = desk(&[
        "killed,flow,,Ukraine,2022-01,10",
        "killed,flow,,Ukraine,2022-03,4",
        POPULATION,
    ]);
    let rows = desk.rows("rates --indicator killed --over-time");
    assert_eq!(
        cells(&rows, &["value", "figures", "period_end"]),
        ["14", "2", "2022-03-31"]
    );
    assert!(rows[0]["notes"].contains("nothing is known of 2022-02-01 to 2022-02-28"));
    assert_eq!(
        column(
            &desk.rows("rates --indicator killed --every-period"),
            "value"
        ),
        ["10", "4"]
    );
    desk.run("rates --indicator killed -o rates.csv").succeeds();
    let sources = std::fs::read_to_string(desk.path("rates.sources.md")).unwrap();
    assert!(sources.contains("It rests on 2 figures"), "{sources}");
}

#[test]
fn a_place_without_inhabitants_has_no_rate() {
    let desk = desk(&["killed,flow,,Ukraine,2022-03,27"]);
    desk.run("rates --indicator killed")
        .ends_with(3)
        .says("humstat ingest world-bank population")
        .says("or say --population N");
    desk.run("rates --indicator killed --population 0")
        .ends_with(2);
    desk.run("rates --indicator killed --population 5 --level 95")
        .ends_with(2)
        .says("a confidence of 95 is not between 0 and 1");
    let rows = desk.rows("rates --indicator killed --population 43528136");
    assert_eq!(
        cells(&rows, &["population_source", "rate"]),
        ["as given", "0.062029"]
    );
}
