//! The World Bank's indicators: current ones, versions that it keeps, and its messages.

use clap::Parser;
use humstat::ingest::world_bank::WorldBank;
use humstat::ingest::{IngestError, Source};

use crate::common::Desk;
use crate::ingest_answers::Answers;

/// The words of a command line.
#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    source: WorldBank,
}

fn parse(words: &str) -> Result<WorldBank, clap::Error> {
    Line::try_parse_from(std::iter::once("world-bank").chain(words.split_whitespace()))
        .map(|line| line.source)
}

fn source(words: &str) -> WorldBank {
    parse(words).unwrap()
}

const REFUGEES: &str = "https://api.worldbank.org/v2/country/UKR;DEU/indicator/SM.POP.REFG?format=json&per_page=20000&date=2020%3A2026&page=";

/// A page as the interface sends it: country, year and number or `null`.
fn page(number: u32, of: u32, indicator: &str, rows: &[(&str, u32, &str)]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(code, year, value)| {
            format!(
                r#"{{"indicator":{{"id":"{indicator}","value":"Some words"}},"country":{{"id":"X1","value":"Somewhere"}},"countryiso3code":"{code}","date":"{year}","value":{value},"unit":"","obs_status":"","decimal":0}}"#
            )
        })
        .collect();
    format!(
        r#"[{{"page":{number},"pages":{of},"per_page":20000,"total":3,"sourceid":"2","lastupdated":"2026-04-08"}},[{}]]"#,
        rows.join(",")
    )
}

#[test]
fn pages_are_asked_for_as_the_first_one_counts_them() {
    let answers = Answers::default()
        .with(
            &format!("{REFUGEES}1"),
            page(1, 2, "SM.POP.REFG", &[("UKR", 2024, "2000")]),
        )
        .with(
            &format!("{REFUGEES}2"),
            page(2, 2, "SM.POP.REFG", &[("DEU", 2024, "null")]),
        );
    let source = source("SM.POP.REFG --country Ukraine,DEU --period 2020..");
    assert_eq!(answers.ask(&source).unwrap().len(), 2);
    assert_eq!(
        source.words().join(" "),
        "world-bank SM.POP.REFG --country UKR,DEU --period 2020-01-01.."
    );
}

#[test]
fn a_wrong_code_is_refused_before_anything_is_asked() {
    for (words, said) in [
        ("SM.POP.REF", "SM.POP.REFG"),
        ("SM.POP.REFG --country Ukrain", "Ukraine"),
        ("SM.POP.REFG --country m49:150", "asked by country"),
        ("SM.POP.REFG --version 2018-7", "such as 2018-07"),
        ("SM.POP.REFG --version 2018-13", "such as 2018-07"),
    ] {
        let error = parse(words).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

const ALL: &str = "https://api.worldbank.org/v2/country/all/indicator/SM.POP.REFG?format=json&per_page=20000&page=1";

/// Its messages come with the status of a right answer.
#[test]
fn a_message_in_place_of_rows_is_an_error() {
    let message = r#"[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter value is not valid"}]}]"#;
    let error = Answers::default()
        .with(ALL, message)
        .ask(&source("SM.POP.REFG"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("parameter value is not valid"), "{error}");
}

#[test]
fn an_indicator_without_rows_is_an_error_and_no_empty_table() {
    for nothing in [
        r#"[{"page":0,"pages":0,"per_page":20000,"total":0},null]"#,
        r#"[{"page":1,"pages":1,"per_page":20000,"total":0},[]]"#,
    ] {
        let error = Answers::default()
            .with(ALL, nothing)
            .ask(&source("SM.POP.REFG"))
            .unwrap_err();
        assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
    }
}

/// A year without a number is not reported; groups of countries are sums.
#[test]
fn null_is_missing_and_groups_of_countries_are_left_out_and_counted() {
    let desk = Desk::new();
    desk.put(
        "refugees.json",
        page(
            1,
            1,
            "SM.POP.REFG",
            &[
                ("WLD", 2024, "30000000"),
                ("EUU", 2024, "7000000"),
                ("", 2024, "12"),
                ("DEU", 2024, "2750000"),
                ("DEU", 2025, "null"),
                ("XKX", 2024, "300"),
            ],
        ),
    );
    desk.run("ingest world-bank SM.POP.REFG --file refugees.json --retrieved 2026-06-20")
        .succeeds()
        .says("3 rows")
        .says("groups of countries");
    let rows = desk.rows("figures --indicator refugees");
    let shown: Vec<_> = rows
        .iter()
        .map(|row| {
            ["location_id", "period_end", "value", "published_at"].map(|name| row[name].as_str())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ["DEU", "2024-12-31", "2750000", "2026-04-08"],
            ["XKX", "2024-12-31", "300", "2026-04-08"],
        ]
    );
}

#[test]
fn refugees_by_origin_are_of_their_origin_and_population_is_of_mid_year() {
    let desk = Desk::new();
    desk.put(
        "origin.json",
        page(1, 1, "SM.POP.REFG.OR", &[("SYR", 2024, "6000000")]),
    );
    desk.put(
        "population.json",
        page(1, 1, "SP.POP.TOTL", &[("UKR", 2024, "37860000")]),
    );
    desk.put(
        "deaths.json",
        page(1, 1, "VC.BTL.DETH", &[("UKR", 2022, "82000")]),
    );
    desk.run(
        "ingest world-bank SM.POP.REFG.OR SP.POP.TOTL VC.BTL.DETH --file origin.json population.json deaths.json --retrieved 2026-06-20",
    )
    .succeeds();
    let row = |indicator: &str| {
        desk.rows(&format!("figures --indicator {indicator}"))
            .remove(0)
    };
    let refugees = row("refugees");
    assert_eq!(refugees["origin_id"], "SYR");
    assert_eq!(refugees["location_id"], "m49:001");
    assert_eq!(row("population")["period_end"], "2024-06-30");
    let killed = row("killed");
    assert_eq!(
        ["measure", "period_start", "breakdown"].map(|name| killed[name].as_str()),
        ["flow", "2022-01-01", "definition=battle_related"]
    );
}

const KEPT: &str = "https://api.worldbank.org/v2/sources/57/country/UKR/series/SM.POP.REFG/time/all/version/201807/data?format=json&per_page=20000&page=1";

/// A page of a version, whose records list their concepts in any order.
fn kept() -> String {
    let record = |country: &str, year: u32, value: &str| {
        format!(
            r#"{{"variable":[{{"concept":"Country","id":"{country}","value":"Ukraine"}},{{"concept":"Version","id":"201807","value":"2018 Jul"}},{{"concept":"Series","id":"SM.POP.REFG","value":"Refugee population"}},{{"concept":"Time","id":"YR{year}","value":"{year}"}}],"value":{value}}}"#
        )
    };
    format!(
        r#"{{"page":1,"pages":1,"per_page":20000,"total":3,"sourceid":null,"lastupdated":"2026-04-08","source":{{"id":"57","name":"WDI Database Archives","data":[{},{},{}]}}}}"#,
        record("UKR", 2016, "3302"),
        record("UKR", 2017, "null"),
        record("WLD", 2016, "17000000")
    )
}

#[test]
fn a_version_that_is_kept_is_of_its_month() {
    let words = "SM.POP.REFG --country UKR --version 2018-07";
    Answers::default()
        .with(KEPT, kept())
        .ask(&source(words))
        .unwrap();
    let desk = Desk::new();
    desk.put("kept.json", kept());
    desk.put(
        "now.json",
        page(1, 1, "SM.POP.REFG", &[("UKR", 2016, "3287")]),
    );
    // The newer one first: the months tell their order.
    desk.run("ingest world-bank SM.POP.REFG --file now.json --retrieved 2026-06-20")
        .succeeds();
    desk.run(&format!(
        "ingest world-bank {words} --file kept.json --retrieved 2026-06-21"
    ))
    .succeeds();
    let value = |words: &str| {
        desk.rows(&format!("figures --indicator refugees {words}"))
            .remove(0)["value"]
            .clone()
    };
    assert_eq!(value(""), "3287");
    assert_eq!(value("--as-known-on 2019-01-01"), "3302");
}

#[test]
fn a_version_that_does_not_exist_names_their_list() {
    let url = KEPT.replace("201807", "201801");
    let message = r#"{"message":[{"id":"120","key":"Invalid value","value":"Invalid version"}]}"#;
    let error = Answers::default()
        .with(&url, message)
        .ask(&source("SM.POP.REFG --country UKR --version 2018-01"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("sources/57/version/data"), "{error}");
}

#[test]
fn an_answer_about_another_indicator_is_refused() {
    let desk = Desk::new();
    let refugees = page(1, 1, "SM.POP.REFG", &[("DEU", 2020, "1210596")]);
    desk.put("refugees.json", refugees);
    desk.run("ingest world-bank SP.POP.TOTL --file refugees.json --retrieved 2022-02-01")
        .ends_with(1)
        .says("it holds refugees")
        .says("which was not asked for");
}
