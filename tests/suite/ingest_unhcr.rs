//! UNHCR's Refugee Statistics API: what is asked, in which pages, and what is refused.

use clap::Parser;
use humstat::ingest::unhcr::Unhcr;
use humstat::ingest::{IngestError, Keys, Source, Unfinished};

use crate::common::Desk;
use crate::ingest_answers::Answers;

/// The words of a command line.
#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    source: Unhcr,
}

fn source(words: &str) -> Unhcr {
    Line::try_parse_from(std::iter::once("unhcr").chain(words.split_whitespace()))
        .unwrap()
        .source
}

const SYRIA: &str = "https://api.unhcr.org/population/v1/population/?cf_type=ISO&yearFrom=2023&yearTo=2024&limit=10000&coo=SYR&coa_all=true&page=";

/// A page as the API sends it: numbers, texts of numbers, and dashes in one row.
fn page(number: u32, of: u32, rows: &[(u32, &str, &str, u32)]) -> String {
    let items: Vec<String> = rows
        .iter()
        .map(|(year, code, iso, refugees)| {
            format!(
                r#"{{"year":{year},"coo_id":185,"coo_name":"Syrian Arab Rep.","coo":"SYR","coo_iso":"SYR","coa_id":72,"coa_name":"somewhere","coa":"{code}","coa_iso":"{iso}","refugees":{refugees},"asylum_seekers":62959,"returned_refugees":"0","idps":"0","returned_idps":"0","stateless":"0","ooc":"0","oip":"-","hst":"0"}}"#
            )
        })
        .collect();
    format!(
        r#"{{"page":{number},"short-url":"x{number}","maxPages":{of},"total":[],"items":[{}]}}"#,
        items.join(",")
    )
}

fn two_pages() -> Answers {
    Answers::default()
        .with(
            &format!("{SYRIA}1"),
            page(1, 2, &[(2023, "GFR", "DEU", 705_827)]),
        )
        .with(
            &format!("{SYRIA}2"),
            page(
                2,
                2,
                &[(2024, "GFR", "DEU", 725_102), (2024, "AUS", "AUT", 79_012)],
            ),
        )
}

#[test]
fn all_pages_are_asked_for_by_iso_codes_and_with_both_years() {
    let answers = two_pages();
    let pages = answers
        .ask(&source("--origin Syria --period 2023..2024"))
        .unwrap();
    assert_eq!(pages.len(), 2);
    assert_eq!(answers.asked(), [format!("{SYRIA}1"), format!("{SYRIA}2")]);
}

#[test]
fn a_lone_bound_of_years_is_sent_with_the_other() {
    let url = |from: u32, to: u32| {
        format!(
            "https://api.unhcr.org/population/v1/solutions/?cf_type=ISO&yearFrom={from}&yearTo={to}&limit=10000&coo_all=true&coa=DEU%2CFRA&page=1"
        )
    };
    for (period, from, to) in [("2020..", 2020, 2027), ("..1999", 1951, 1999)] {
        let answers =
            Answers::default().with(&url(from, to), page(1, 1, &[(1990, "GFR", "DEU", 1)]));
        let words = format!("solutions --location Germany,FRA --period {period}");
        answers.ask(&source(&words)).unwrap();
    }
}

#[test]
fn a_misspelled_place_is_refused_before_anything_is_asked() {
    let error = Line::try_parse_from(["unhcr", "--origin", "Syriaa"]).unwrap_err();
    assert!(error.to_string().contains("Syria"), "{error}");
    let error = Line::try_parse_from(["unhcr", "refugees"]).unwrap_err();
    assert!(error.to_string().contains("population"), "{error}");
    let error = Line::try_parse_from(["unhcr", "--origin", "m49:001"]).unwrap_err();
    assert!(error.to_string().contains("asked by country"), "{error}");
}

#[test]
fn an_empty_answer_is_an_error_and_no_table_of_nothing() {
    let answers = Answers::default().with(&format!("{SYRIA}1"), page(1, 0, &[]));
    let error = answers
        .ask(&source("--origin SYR --period 2023..2024"))
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("nothing is taken to be withdrawn")
    );
}

#[test]
fn pages_that_do_not_fit_each_other_are_refused() {
    let row = (2023, "GFR", "DEU", 1);
    for (first, second, reason) in [
        (page(1, 2, &[row]), page(1, 2, &[row]), "it sent page 1"),
        (page(1, 3, &[row]), page(2, 3, &[]), "page 2 of 3 is empty"),
        (
            page(1, 2, &[row]),
            page(2, 3, &[row]),
            "number of its pages changed",
        ),
        (
            page(1, 2, &[row]),
            r#"{"error":"busy"}"#.to_owned(),
            "it is no page of a table",
        ),
    ] {
        let answers = Answers::default()
            .with(&format!("{SYRIA}1"), first)
            .with(&format!("{SYRIA}2"), second);
        let error = answers
            .ask(&source("--origin SYR --period 2023..2024"))
            .unwrap_err()
            .to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn what_was_asked_can_be_asked_again() {
    let words = [
        "unhcr",
        "population",
        "--origin",
        "SYR,UKR",
        "--period",
        "2020-01-01..",
    ];
    assert_eq!(source(&words[1..].join(" ")).words(), words);
}

/// `"0"` is none or not reported, and `"-"` does not apply: neither is a figure.
#[test]
fn saved_pages_are_recorded_as_one_table() {
    let desk = Desk::new();
    desk.put("1.json", page(1, 2, &[(2023, "GFR", "DEU", 705_827)]));
    desk.put(
        "2.json",
        page(
            2,
            2,
            &[(2024, "GFR", "DEU", 725_102), (2024, "AUS", "AUT", 79_012)],
        ),
    );
    desk.run("ingest unhcr --origin SYR --file 1.json 2.json --retrieved 2026-06-20")
        .succeeds()
        .says("entry 1: 6 figures: 6 new");
    let shown = desk.run("figures --indicator refugees").succeeds();
    let rows = shown.rows();
    let values: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row["location_id"].as_str(),
                row["period_end"].as_str(),
                row["value"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        values,
        [
            ("AUT", "2024-12-31", "79012"),
            ("DEU", "2023-12-31", "705827"),
            ("DEU", "2024-12-31", "725102"),
        ]
    );
    // The third row of the table stands in the second page.
    desk.run("trace 79012").succeeds();
    desk.run("ledger verify").succeeds();
}

#[test]
fn an_ask_that_was_stopped_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let within = |now: &str| {
        let folder = folder.path().join("unfinished");
        Unfinished::within(folder, now.parse().unwrap())
    };
    let source = source("--origin SYR --period 2023..2024");
    let keys = Keys::default();
    // The second page is none, and is not kept.
    let stopped = two_pages().with(&format!("{SYRIA}2"), "busy");
    stopped
        .go_on(&source, &keys, &within("2026-06-20T10:00:00Z"))
        .unwrap_err();
    let again = two_pages();
    let pages = again
        .go_on(&source, &keys, &within("2026-06-20T10:30:00Z"))
        .unwrap();
    assert_eq!(pages.len(), 2);
    assert_eq!(again.asked(), [format!("{SYRIA}2")]);
    // A page that is old, or was changed on disk, is asked for again.
    let old = two_pages();
    old.go_on(&source, &keys, &within("2026-06-20T12:00:00Z"))
        .unwrap();
    assert_eq!(old.asked().len(), 2);
    for file in std::fs::read_dir(folder.path().join("unfinished")).unwrap() {
        let file = file.unwrap().path();
        let mut bytes = std::fs::read(&file).unwrap();
        bytes.pop();
        std::fs::write(file, bytes).unwrap();
    }
    let unfinished = within("2026-06-20T10:30:00Z");
    let cut = two_pages();
    cut.go_on(&source, &keys, &unfinished).unwrap();
    assert_eq!(cut.asked().len(), 2);
    unfinished.finish();
    assert!(!folder.path().join("unfinished").exists());
}
