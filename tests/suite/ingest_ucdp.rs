//! UCDP's events: releases as files and from the interface, and what one release says of another.

use clap::Parser;
use humstat::ingest::ucdp::Ucdp;
use humstat::ingest::{IngestError, Source};

use crate::common::{Desk, shared, zip};
use crate::ingest_answers::{Answers, key};

/// The words of a command line.
#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    source: Ucdp,
}

fn parse(words: &str) -> Result<Ucdp, clap::Error> {
    Line::try_parse_from(std::iter::once("ucdp").chain(words.split_whitespace()))
        .map(|line| line.source)
}

fn source(words: &str) -> Ucdp {
    parse(words).unwrap()
}

/// The 49 columns of releases since 2020.
const HEADER: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob";

/// An event: number, type of violence, country, first day, last day; best, low and high.
#[derive(Clone, Copy)]
struct Event(u32, u8, &'static str, &'static str, &'static str, [i32; 3]);

impl Event {
    /// The event as a row under [`HEADER`], with unknown sources.
    fn row(&self) -> String {
        let Self(id, violence, country, first, last, [best, low, high]) = self;
        format!(
            "{id},UKR-{id},2024,1,Clear,{violence},13219,13219,\"A: Government\",1,1,\"A - B\",1,1,A,2,2,B,-1,\"\"\"A paper,2024-05-01,Some, and more\"\"\",A paper,2024-05-01,Some,Someone,1,A town,\"A town, near another\",A region,,48.1,37.7,POINT (37.7 48.1),1,{country},369,Europe,1,1,{first} 00:00:00.000,{last} 00:00:00.000,1,1,0,0,{best},{high},{low},369,"
        )
    }
}

fn table(events: &[Event]) -> String {
    let rows: Vec<String> = events.iter().map(Event::row).collect();
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

const FIRST: Event = Event(1001, 1, "Ukraine", "2024-05-01", "2024-05-01", [10, 8, 15]);
const SECOND: Event = Event(1002, 3, "Ukraine", "2024-05-02", "2024-05-04", [3, 3, 3]);

const YEARLY: &str = "https://ucdp.uu.se/downloads/ged/ged251-csv.zip";

#[test]
fn releases_are_asked_for_where_their_files_are() {
    for (release, url) in [
        ("26.1", "https://ucdp.uu.se/downloads/ged/ged261-csv.zip"),
        (
            "26.0.8",
            "https://ucdp.uu.se/downloads/candidateged/GEDEvent_v26_0_8.csv",
        ),
        (
            "26.01.26.06",
            "https://ucdp.uu.se/downloads/candidateged/GEDEvent_v26_01_26_06.csv",
        ),
    ] {
        let answers = Answers::default().with(url, table(&[FIRST]));
        let source = source(&format!("--release {release}"));
        answers.ask(&source).unwrap();
        assert_eq!(answers.asked(), [url]);
        assert_eq!(source.words(), ["ucdp", "--release", release]);
    }
}

#[test]
fn a_word_that_is_no_release_is_refused_with_the_right_forms() {
    for (word, said) in [
        ("26", "did you mean 26.1"),
        ("26.8", "26.0.8"),
        ("26.0.13", "26.0.8 for a month"),
        ("26.06.26.01", "26.01.26.06"),
        ("2026.1", "26.1 for a year"),
    ] {
        let error = parse(&format!("--release {word}")).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let error = parse("--release 26.1 --api --country Ukrain").unwrap_err();
    assert!(error.to_string().contains("Ukraine"), "{error}");
    let error = parse("--release 26.1 --country Ukraine").unwrap_err();
    assert!(error.to_string().contains("--api"), "{error}");
    let error = parse("--release 26.1 --api --country Greenland").unwrap_err();
    assert!(error.to_string().contains("Gleditsch"), "{error}");
}

#[test]
fn a_release_that_does_not_exist_names_the_one_before() {
    for (release, url, way) in [
        (
            "27.1",
            "https://ucdp.uu.se/downloads/ged/ged271-csv.zip",
            "ask for 26.1",
        ),
        (
            "27.0.1",
            "https://ucdp.uu.se/downloads/candidateged/GEDEvent_v27_0_1.csv",
            "ask for 26.0.12",
        ),
    ] {
        let answers = Answers::default().refusing(url, 404);
        let error = answers
            .ask(&source(&format!("--release {release}")))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(&format!("no release {release}")) && error.contains(way),
            "{error}"
        );
    }
}

const API: &str = "https://ucdpapi.pcr.uu.se/api/gedevents/25.1?pagesize=1000&Country=369%2C678%2C679%2C680&StartDate=2024-01-01&EndDate=2024-12-31";

fn page(next: &str, ids: &[u32]) -> String {
    let rows: Vec<String> = ids
        .iter()
        .map(|id| {
            format!(
                r#"{{"id":{id},"relid":"x","year":2024,"type_of_violence":1,"number_of_sources":-1,"country":"Ukraine","country_id":369,"date_start":"2024-05-01T00:00:00","date_end":"2024-05-01T00:00:00","best":10,"high":15,"low":8,"gwnoa":"369","gwnob":null}}"#
            )
        })
        .collect();
    format!(
        r#"{{"TotalCount":2,"TotalPages":2,"PreviousPageUrl":"","NextPageUrl":{next},"Result":[{}]}}"#,
        rows.join(",")
    )
}

const INTERFACE: &str = "--release 25.1 --api --country Ukraine,Yemen --period 2024";

/// The first page is number 0 to some and 1 to others.
#[test]
fn pages_of_the_interface_are_followed_as_it_names_them() {
    for end in [r#""""#, "null"] {
        let next = r#""http://elsewhere.example/api/gedevents/25.1?pagesize=1000&page=1""#;
        let answers = Answers::default()
            .with(API, page(next, &[1001]))
            .with(&format!("{API}&page=1"), page(end, &[1002]));
        let pages = answers
            .ask_with(&source(INTERFACE), &key("HUMSTAT_UCDP_TOKEN"))
            .unwrap();
        assert_eq!(pages.len(), 2);
        assert_eq!(answers.asked(), [API.to_owned(), format!("{API}&page=1")]);
    }
}

#[test]
fn the_interface_needs_a_key_and_says_how_to_come_by_one() {
    let answers = Answers::default();
    let error = answers.ask(&source(INTERFACE)).unwrap_err();
    assert!(matches!(error, IngestError::NoKey { .. }), "{error}");
    let said = error.to_string();
    assert!(
        said.contains("HUMSTAT_UCDP_TOKEN") && said.contains("apidocs"),
        "{said}"
    );
    assert_eq!(answers.asked(), Vec::<String>::new());
}

#[test]
fn asked_too_often_the_interface_answers_400() {
    let answers = Answers::default().refusing(API, 400);
    let error = answers
        .ask_with(&source(INTERFACE), &key("HUMSTAT_UCDP_TOKEN"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("too often"), "{error}");
}

#[test]
fn events_that_match_nothing_are_an_error() {
    let answers = Answers::default().with(API, page("null", &[]));
    let error = answers
        .ask_with(&source(INTERFACE), &key("HUMSTAT_UCDP_TOKEN"))
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
    let answers = Answers::default().with(YEARLY, format!("{HEADER}\n"));
    let error = answers.ask(&source("--release 25.1")).unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

#[test]
fn another_table_is_no_table_of_events() {
    let answers = Answers::default().with(YEARLY, "country,deaths\nUkraine,3\n");
    let error = answers.ask(&source("--release 25.1")).unwrap_err();
    assert!(error.to_string().contains("it has no id, best"), "{error}");
}

fn figures(desk: &Desk) -> Vec<[String; 5]> {
    desk.rows("figures --indicator killed")
        .iter()
        .map(|row| {
            ["period_start", "period_end", "low", "value", "high"].map(|name| row[name].clone())
        })
        .collect()
}

#[test]
fn a_yearly_release_is_read_out_of_its_archive_with_unknown_numbers_of_sources() {
    let desk = Desk::new();
    desk.put(
        "ged251-csv.zip",
        zip(&[("GEDEvent_v25_1.csv", table(&[FIRST, SECOND]).as_bytes())]),
    );
    let words = "ingest ucdp --release 25.1 --file ged251-csv.zip --retrieved 2026-06-20";
    desk.run(&format!("{words} --dry-run")).succeeds();
    desk.run(words).succeeds().says("2 figures: 2 new");
    assert_eq!(
        figures(&desk),
        [
            ["2024-05-01", "2024-05-01", "8", "10", "15"],
            ["2024-05-02", "2024-05-04", "3", "3", "3"],
        ]
    );
    let rows = desk.rows("figures --indicator killed");
    assert_eq!(rows[0]["published_at"], "2025-06-30");
    assert!(rows[0]["title"].contains("version 25.1, 1989 to 2024"));
}

/// Version 24.0.1 had none.
#[test]
fn candidate_events_without_a_header_are_read_by_the_columns_of_releases() {
    let desk = Desk::new();
    desk.put("GEDEvent_v24_0_1.csv", format!("{}\n", FIRST.row()));
    desk.run("ingest ucdp --release 24.0.1 --file GEDEvent_v24_0_1.csv --retrieved 2024-03-01")
        .succeeds()
        .says("it has no header");
    assert_eq!(
        figures(&desk),
        [["2024-05-01", "2024-05-01", "8", "10", "15"]]
    );
}

/// Version 19.1 ends in low, best, high, and later ones in best, high, low.
#[test]
fn columns_of_version_19_1_stand_in_another_order() {
    let desk = Desk::new();
    desk.put(
        "ged191.csv",
        "id,type_of_violence,number_of_sources,country,country_id,date_start,date_end,low,best,high\n7,2,4,Ukraine,369,2018-05-01,2018-05-01,1,4,9\n",
    );
    desk.run("ingest ucdp --release 19.1 --file ged191.csv --retrieved 2026-06-20")
        .succeeds();
    assert_eq!(
        figures(&desk),
        [["2018-05-01", "2018-05-01", "1", "4", "9"]]
    );
}

#[test]
fn best_outside_low_to_high_is_refused_with_its_line() {
    let desk = Desk::new();
    let wrong = Event(1003, 1, "Ukraine", "2024-05-09", "2024-05-09", [20, 1, 15]);
    desk.put("ged.csv", table(&[FIRST, wrong]));
    let words = "ingest ucdp --release 25.1 --file ged.csv --retrieved 2026-06-20";
    desk.run(words).fails().says("line 3");
    desk.run(&format!("{words} --skip-bad-rows"))
        .succeeds()
        .says("1 of 2 rows were left out");
    assert_eq!(figures(&desk).len(), 1);
}

/// In whatever order they are loaded, the number of the newer release stands, and an event that it
/// lacks is taken back.
#[test]
fn an_event_id_in_two_releases_has_the_number_of_the_newer() {
    let revised = Event(1001, 1, "Ukraine", "2024-05-01", "2024-05-01", [12, 8, 15]);
    let other = Event(1009, 1, "Ukraine", "2024-05-02", "2024-05-04", [1, 1, 1]);
    for order in [["25.1", "26.1"], ["26.1", "25.1"]] {
        let desk = Desk::new();
        desk.put("25.1.csv", table(&[FIRST, SECOND]));
        desk.put("26.1.csv", table(&[revised, other]));
        for release in order {
            desk.run(&format!(
                "ingest ucdp --release {release} --file {release}.csv --retrieved 2026-07-20 --allow withdrawals"
            ))
            .succeeds();
        }
        let rows = desk.rows("figures --indicator killed");
        let values: Vec<_> = rows.iter().map(|row| row["value"].as_str()).collect();
        assert_eq!(values, ["12", "1"], "{order:?}");
    }
}

/// Five thousand events; the newer release has 4,000 of them, every tenth with another number, and 500
/// of its own.
#[test]
fn tallies_over_two_overlapping_releases_are_those_of_the_newer() {
    let event = |id: u32, best: i32| {
        let violence = if id.is_multiple_of(2) { 1 } else { 3 };
        let country = if id.is_multiple_of(3) {
            "Sudan"
        } else {
            "Ukraine"
        };
        let numbers = [best, best - 1, best + 5];
        Event(id, violence, country, "2024-05-01", "2024-05-02", numbers)
    };
    let best = |id: u32| i32::try_from(id % 7).unwrap() + 1;
    let older: Vec<Event> = (0..5_000).map(|id| event(id, best(id))).collect();
    let newer: Vec<Event> = (1_000..5_500)
        .map(|id| event(id, best(id) + i32::from(id.is_multiple_of(10))))
        .collect();
    for order in [["25.1", "26.1"], ["26.1", "25.1"]] {
        let desk = Desk::new();
        desk.put("25.1.csv", table(&older));
        desk.put("26.1.csv", table(&newer));
        for release in order {
            desk.run(&format!(
                "ingest ucdp --release {release} --file {release}.csv --retrieved 2026-07-20 --allow withdrawals"
            ))
            .succeeds();
        }
        for row in desk.rows("summary --channel ucdp/ged") {
            let violence = if row["breakdown"] == "violence=state" {
                1
            } else {
                3
            };
            let of_row: Vec<&Event> = newer
                .iter()
                .filter(|Event(_, of, country, ..)| *of == violence && *country == row["location"])
                .collect();
            let sum = |at: usize| {
                of_row
                    .iter()
                    .map(|event| event.5[at])
                    .sum::<i32>()
                    .to_string()
            };
            assert!(!of_row.is_empty(), "{row:?}");
            assert_eq!(
                [&row["value"], &row["low"], &row["high"]],
                [&sum(0), &sum(1), &sum(2)],
                "{order:?} {row:?}"
            );
        }
    }
}

/// Several months together come after each of them.
#[test]
fn candidate_events_of_several_months_stand_over_those_of_each() {
    let desk = Desk::new();
    desk.put("one.csv", table(&[FIRST]));
    desk.put(
        "all.csv",
        table(&[Event(
            1001,
            1,
            "Ukraine",
            "2024-05-01",
            "2024-05-01",
            [11, 8, 15],
        )]),
    );
    for (release, file) in [("24.01.24.05", "all"), ("24.0.5", "one")] {
        desk.run(&format!(
            "ingest ucdp --release {release} --file {file}.csv --retrieved 2026-07-20"
        ))
        .succeeds();
    }
    let rows = desk.rows("figures --indicator killed");
    assert_eq!(rows[0]["value"], "11");
    assert_eq!(rows[0]["channel"], "ucdp/candidate");
}

#[test]
fn tallies_have_best_low_and_high_by_country_violence_and_days() {
    let desk = Desk::new();
    let third = Event(1003, 1, "Ukraine", "2024-06-05", "2024-06-05", [7, 5, 9]);
    desk.put("ged.csv", table(&[FIRST, SECOND, third]));
    desk.run("ingest ucdp --release 25.1 --file ged.csv --retrieved 2026-06-20")
        .succeeds();
    let tally = |words: &str| -> Vec<[String; 3]> {
        let line = format!("summary --indicator killed --channel ucdp/ged {words}");
        let rows = desk.rows(&line);
        let of = |row: &crate::common::Row| ["low", "value", "high"].map(|name| row[name].clone());
        rows.iter().map(of).collect()
    };
    assert_eq!(
        tally("--period 2024 --breakdown violence=state"),
        [["13", "17", "24"]]
    );
    assert_eq!(
        tally("--period 2024"),
        [["13", "17", "24"], ["3", "3", "3"],]
    );
    assert_eq!(tally("--period 2024-06"), [["5", "7", "9"]]);
    assert_eq!(tally("--period 2024-05-01"), [["8", "10", "15"]]);
}

/// Six of its 3,194 events have a best estimate outside low to high.
#[test]
fn the_recorded_subset_of_version_19_1_is_read_by_its_header() {
    let Some(file) = shared("ucdp/ged191.csv") else {
        return;
    };
    let desk = Desk::new();
    desk.run(&format!(
        "ingest ucdp --release 19.1 --file \"{}\" --retrieved 2026-07-20 --skip-bad-rows",
        file.display()
    ))
    .succeeds()
    .says("6 of 3194 rows were left out");
    let rows = desk.rows("figures --indicator killed");
    assert_eq!(rows.len(), 3188);
    assert!(rows.iter().all(|row| row["published_at"] == "2019-06-30"));
}

/// Neither the key nor the number of the first page is needed for what a ledger holds.
#[test]
fn recorded_pages_of_the_interface_are_read_without_a_key() {
    let desk = Desk::new();
    let next = r#""https://ucdpapi.pcr.uu.se/api/gedevents/25.1?pagesize=1000&page=1""#;
    Answers::default()
        .with(API, page(next, &[1001]))
        .with(&format!("{API}&page=1"), page("null", &[1002]))
        .record(&desk, &source(INTERFACE));
    desk.run(&format!("ingest ucdp {INTERFACE} --offline"))
        .succeeds()
        .says("recorded before, in entry 1");
    assert_eq!(figures(&desk).len(), 2);
}

#[test]
fn a_file_that_does_not_reach_as_far_as_its_release_is_remarked_on() {
    let desk = Desk::new();
    desk.put("ged.csv", table(&[FIRST, SECOND]));
    let line = "--file ged.csv --retrieved 2026-07-20 --dry-run";
    desk.run(&format!("ingest ucdp --release 26.1 {line}"))
        .succeeds()
        .says("the newest event is of 2024, and release 26.1 reaches to 2025");
    let right = desk.run(&format!("ingest ucdp --release 25.1 {line}"));
    assert!(!right.succeeds().stderr.contains("reaches to"));
}
