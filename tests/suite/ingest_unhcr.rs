//! UNHCR's Refugee Statistics API: what is asked, in which pages, and what is refused.

use clap::Parser;
use humstat::ingest::unhcr::Unhcr;
use humstat::ingest::{IngestError, Keys, Source, Unfinished};

use crate::common::{Desk, column, only, shared, zip};
use crate::ingest_answers::{Answers, shown};

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

/// A page of another table, by its rows.
fn page_of(items: &[&str]) -> String {
    format!(
        r#"{{"page":1,"short-url":"x","maxPages":1,"total":[],"items":[{}]}}"#,
        items.join(",")
    )
}

const NOWCASTING: [&str; 2] = [
    r#"{"year":2026,"coa_id":72,"coa_name":"Germany","coa":"GFR","coa_iso":"DEU","refugees":2712345,"asylum_seekers":"0","month":"August","source":"Government, UNHCR official statistics"}"#,
    r#"{"year":2026,"coa_id":13,"coa_name":"Austria","coa":"AUS","coa_iso":"AUT","refugees":312000,"asylum_seekers":21000,"month":"August","source":"Government"}"#,
];

#[test]
fn nowcasting_is_asked_without_years_and_narrowed_by_location_alone() {
    let base = "https://api.unhcr.org/population/v1/nowcasting/?cf_type=ISO&limit=10000";
    for (words, asked) in [
        ("nowcasting", "coa_all=true"),
        ("nowcasting --location DEU,AUT", "coa=DEU%2CAUT"),
    ] {
        let url = format!("{base}&{asked}&page=1");
        let answers = Answers::default().with(&url, page_of(&NOWCASTING));
        answers.ask(&source(words)).unwrap();
        assert_eq!(answers.asked(), [url]);
    }
    for (words, option) in [
        ("nowcasting --origin SYR", "--origin"),
        ("nowcasting --period 2025..", "--period"),
    ] {
        let answers = Answers::default();
        let error = answers.ask(&source(words)).unwrap_err();
        assert!(matches!(error, IngestError::Usage(_)), "{error}");
        let error = error.to_string();
        let reason = format!("{option} narrows nothing: leave it out, or ask for population");
        assert!(error.contains(&reason), "{error}");
        assert!(answers.asked().is_empty());
    }
    // A saved answer is no narrower.
    let desk = Desk::new();
    desk.put("now.json", page_of(&NOWCASTING));
    desk.run("ingest unhcr nowcasting --origin SYR --file now.json --retrieved 2026-09-20")
        .fails()
        .says("--origin narrows nothing");
}

#[test]
fn a_nowcast_is_an_estimate_of_the_last_day_of_its_month_with_its_source_as_its_note() {
    let desk = Desk::new();
    desk.put("now.json", page_of(&NOWCASTING));
    desk.run("ingest unhcr nowcasting --file now.json --retrieved 2026-09-20")
        .succeeds()
        .says("3 figures: 3 new");
    let rows = desk.rows("figures --channel unhcr/nowcasting");
    let row = only(&rows, "value", "2712345");
    for (column, expected) in [
        ("location_id", "DEU"),
        ("indicator", "refugees"),
        ("measure", "stock"),
        ("status", "estimated"),
        ("period_start", "2026-08-31"),
        ("period_end", "2026-08-31"),
        ("origin_id", ""),
    ] {
        assert_eq!(row[column], expected, "{column}");
    }
    assert!(
        row["notes"].contains("Government, UNHCR official statistics"),
        "{}",
        row["notes"]
    );
    // "0" is none, or not reported.
    assert!(!rows.iter().any(|row| row["value"] == "0"));
    // The next month stands beside it.
    desk.put(
        "next.json",
        page_of(&NOWCASTING).replace("August", "September"),
    );
    desk.run("ingest unhcr nowcasting --file next.json --retrieved 2026-10-20")
        .succeeds()
        .says("3 figures: 3 new");
}

/// The bands of a row of demographics, in the order of the API.
const BANDS: [&str; 14] = [
    "f_0_4", "f_5_11", "f_12_17", "f_18_59", "f_60", "f_other", "f_total", "m_0_4", "m_5_11",
    "m_12_17", "m_18_59", "m_60", "m_other", "m_total",
];

/// A row of demographics as the API sends it: zeros are texts, other numbers are not.
fn demographic(
    year: u32,
    coo: &str,
    coa: &str,
    kind: &str,
    bands: [u32; 14],
    total: u32,
) -> String {
    let bands: Vec<String> = BANDS
        .iter()
        .zip(bands)
        .map(|(name, count)| match count {
            0 => format!(r#""{name}":"0""#),
            _ => format!(r#""{name}":{count}"#),
        })
        .collect();
    format!(
        r#"{{"year":{year},"coo_id":1,"coo_name":"x","coo":"{coo}","coo_iso":"-","coa_id":2,"coa_name":"y","coa":"{coa}","coa_iso":"-","pop_type":"{kind}",{},"total":{total}}}"#,
        bands.join(",")
    )
}

const SOME: [u32; 14] = [11, 12, 13, 14, 15, 16, 81, 21, 22, 23, 24, 25, 26, 141];

/// A desk with one answer of demographics recorded.
fn demographics(rows: &[String], retrieved: &str) -> Desk {
    let desk = Desk::new();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    desk.put("page.json", page_of(&rows));
    desk.run(&format!(
        "ingest unhcr demographics --file page.json --retrieved {retrieved}"
    ))
    .succeeds();
    desk
}

#[test]
fn demographics_are_asked_by_population_type_and_not_by_place_within_a_country() {
    let url = "https://api.unhcr.org/population/v1/demographics/?cf_type=ISO&yearFrom=2023&yearTo=2024&limit=10000&ptype_show=true&coo=SYR&coa_all=true&page=1";
    let row = demographic(2024, "SYR", "GFR", "REF", SOME, 222);
    let answers = Answers::default().with(url, page_of(&[&row]));
    let words = "demographics --origin SYR --period 2023..2024";
    answers.ask(&source(words)).unwrap();
    assert_eq!(answers.asked(), [url]);
}

#[test]
fn bands_are_sex_and_age_of_the_population_type() {
    let rows = [
        demographic(2024, "SYR", "GFR", "REF", SOME, 222),
        demographic(2024, "SYR", "GFR", "ROC", [0; 14], 5),
        demographic(2024, "SYR", "SYR", "IOC", [0; 14], 6),
        demographic(2024, "SYR", "SYR", "HST", [0; 14], 7),
    ];
    let desk = demographics(&rows, "2026-06-20");
    let rows = desk.rows("figures --channel unhcr/demographics");
    for (value, indicator, breakdown) in [
        ("11", "refugees", "age=0-4;sex=f"),
        ("14", "refugees", "age=18-59;sex=f"),
        ("15", "refugees", "age=60+;sex=f"),
        ("16", "refugees", "age=unknown;sex=f"),
        ("81", "refugees", "sex=f"),
        ("23", "refugees", "age=12-17;sex=m"),
        ("141", "refugees", "sex=m"),
        ("222", "refugees", ""),
        ("5", "refugees", "caseload=refugee_like"),
        ("6", "idps", "caseload=idp_like"),
        ("7", "host_community", ""),
    ] {
        let row = only(&rows, "value", value);
        assert_eq!(
            (&*row["indicator"], &*row["breakdown"], &*row["measure"]),
            (indicator, breakdown, "stock"),
            "{value}"
        );
        assert_eq!(row["period_end"], "2024-12-31");
    }
    assert_eq!(rows.len(), 18);
}

#[test]
fn zero_in_all_bands_beside_a_total_is_no_breakdown_and_never_zero() {
    let row = demographic(2024, "SYR", "GFR", "ASY", [0; 14], 168);
    let desk = demographics(&[row], "2026-06-20");
    let rows = desk.rows("figures --channel unhcr/demographics");
    let given: Vec<_> = rows.iter().filter(|row| !row["value"].is_empty()).collect();
    assert_eq!(given.len(), 1);
    assert_eq!((&*given[0]["value"], &*given[0]["breakdown"]), ("168", ""));
}

#[test]
fn totals_of_demographics_are_no_versions_of_those_of_population() {
    let row = demographic(2024, "SYR", "GFR", "REF", [0; 14], 700_000);
    let desk = demographics(&[row], "2026-06-20");
    desk.put(
        "population.json",
        page(1, 1, &[(2024, "GFR", "DEU", 725_102)]),
    );
    desk.run("ingest unhcr --file population.json --retrieved 2026-06-20")
        .succeeds();
    let rows = desk.rows("figures --indicator refugees");
    for (value, channel) in [("700000", "unhcr/demographics"), ("725102", "unhcr/finder")] {
        assert_eq!(only(&rows, "value", value)["channel"], channel);
    }
    assert!(desk.rows("revisions").is_empty());
}

#[test]
fn the_newest_year_of_demographics_before_june_is_of_mid_year() {
    let rows = [
        demographic(2025, "SYR", "GFR", "REF", [0; 14], 222),
        demographic(2025, "SYR", "SYR", "RDP", [0; 14], 333),
        demographic(2024, "SYR", "GFR", "REF", [0; 14], 444),
    ];
    // The year's end of 2025 came on 11 June 2026.
    for (retrieved, day) in [("2026-06-10", "2025-06-30"), ("2026-06-12", "2025-12-31")] {
        let desk = demographics(&rows, retrieved);
        let rows = desk.rows("figures --channel unhcr/demographics");
        let period = |value: &str| {
            let row = only(&rows, "value", value);
            format!("{}/{}", row["period_start"], row["period_end"])
        };
        assert_eq!(period("222"), format!("{day}/{day}"));
        assert_eq!(period("333"), format!("2025-01-01/{day}"));
        assert_eq!(period("444"), "2024-12-31/2024-12-31");
    }
}

/// Their row names the country of origin twice, and not the one that was left.
#[test]
fn returned_refugees_of_demographics_are_flows_to_their_origin_from_nowhere_said() {
    let row = demographic(2024, "AFG", "AFG", "RET", [0; 14], 39_697);
    let desk = demographics(&[row], "2026-06-20");
    let rows = desk.rows("figures --indicator refugee_returns");
    let row = only(&rows, "value", "39697");
    for (column, expected) in [
        ("origin_id", "AFG"),
        ("location_id", ""),
        ("measure", "flow"),
        ("period_start", "2024-01-01"),
        ("period_end", "2024-12-31"),
    ] {
        assert_eq!(row[column], expected, "{column}");
    }
}

#[test]
fn saved_pages_of_both_are_known_by_their_columns() {
    let row = demographic(2024, "SYR", "GFR", "REF", SOME, 222);
    for (page, channel) in [
        (page_of(&[&row]), "unhcr/demographics"),
        (page_of(&NOWCASTING), "unhcr/nowcasting"),
    ] {
        let desk = Desk::new();
        desk.put("page.json", page);
        desk.run("ingest table page.json --retrieved 2026-09-20")
            .succeeds();
        let rows = desk.rows("figures");
        assert!(!rows.is_empty() && rows.iter().all(|row| row["channel"] == channel));
    }
}

#[test]
fn demographics_of_parts_of_countries_or_of_unknown_types_are_refused() {
    let whole = demographic(2024, "SYR", "GFR", "REF", SOME, 222);
    for (row, reason) in [
        (
            whole.replace("\"pop_type\"", "\"location\":\"Berlin\",\"pop_type\""),
            "passes over every row of page.json: it is of a part of a country; ask without locationDescription_show",
        ),
        (whole.replace("REF", "NAT"), "gives this text no meaning"),
        (whole.replace("REF", "-"), "gives this text no meaning"),
        (whole.replace("\"pop_type\":\"REF\",", ""), "pop_type"),
    ] {
        let desk = Desk::new();
        desk.put("page.json", page_of(&[&row]));
        desk.run("ingest unhcr demographics --file page.json --retrieved 2026-06-20")
            .fails()
            .says(reason);
    }
}

/// Footnotes as the API sends them, without a total.
fn footnotes(items: &[(&str, &str, &str, &str, &str)]) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|(text, year, types, coo, coa)| {
            format!(
                r#"{{"footnote":"{text}","year":"{year}","population_type":"{types}","coo":"","coa":"","coo_iso":"{coo}","coa_iso":"{coa}"}}"#
            )
        })
        .collect();
    format!(r#"{{"page":1,"maxPages":1,"items":[{}]}}"#, items.join(","))
}

const FOOTNOTES: &str = "https://api.unhcr.org/population/v1/footnotes/?limit=10000&page=1";

#[test]
fn footnotes_are_asked_for_beside_the_table_and_are_no_rows_of_it() {
    let words = "--origin SYR --period 2023..2024 --footnotes";
    let notes = footnotes(&[("A note.", "2024", "REF", "", "DEU")]);
    let answers = two_pages().with(FOOTNOTES, notes.as_str());
    let source_asked = source(&format!("population {words}"));
    let kept = answers.ask(&source_asked).unwrap();
    assert_eq!(
        answers.asked(),
        [
            format!("{SYRIA}1"),
            format!("{SYRIA}2"),
            FOOTNOTES.to_owned()
        ]
    );
    let (pages, about) = humstat::ingest::parted(&source_asked, kept).unwrap();
    assert_eq!((pages.len(), about.len()), (2, 1));
    assert!(source_asked.words().contains(&"--footnotes".to_owned()));
    // Footnotes alone are no table.
    let nothing = Answers::default()
        .with(&format!("{SYRIA}1"), page(1, 0, &[]))
        .with(FOOTNOTES, notes.as_str());
    let error = nothing.ask(&source_asked).unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
    let empty = two_pages().with(FOOTNOTES, footnotes(&[]));
    let error = empty.ask(&source_asked).unwrap_err().to_string();
    assert!(error.contains("it holds no footnotes"), "{error}");
    let error = Answers::default()
        .ask(&source("solutions --footnotes"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("leave --footnotes out"), "{error}");
}

/// Years are free text, types a list, and a blank country is any.
#[test]
fn a_footnote_stands_beside_the_figures_that_it_speaks_of_and_no_others() {
    let desk = Desk::new();
    let rows = [
        (2022, "GFR", "DEU", 2022),
        (2023, "GFR", "DEU", 2023),
        (2024, "GFR", "DEU", 2024),
        (2024, "AUS", "AUT", 3024),
    ];
    desk.put("page.json", page(1, 1, &rows));
    desk.put(
        "notes.json",
        footnotes(&[
            (
                "Two\\r\\r\\nlines.",
                "2021, 2023 - 2025",
                "REF,OIP",
                "",
                "DEU",
            ),
            ("From Syria.", "2024", "REF", "SYR", ""),
            ("Of asylum.", "2022 - 2024", "ASY", "", ""),
            ("From elsewhere.", "2024", "REF", "AFG", "DEU"),
            ("Of no known place.", "2024", "REF", "", "QQQ"),
            ("Of decisions.", "2024", "RSD", "", ""),
            ("When is not clear.", "mid-2022", "REF", "", "AUT"),
        ]),
    );
    desk.run("ingest unhcr --footnotes --file page.json notes.json --retrieved 2026-06-20")
        .succeeds();
    let rows = desk.rows("figures --indicator refugees");
    for (value, notes) in [
        ("2022", ""),
        ("2023", "Two lines."),
        ("2024", "Two lines. From Syria."),
        ("3024", "From Syria. When is not clear."),
    ] {
        let said = &only(&rows, "value", value)["notes"];
        for note in [
            "Two lines.",
            "From Syria.",
            "Of asylum.",
            "From elsewhere.",
            "Of no known place.",
            "Of decisions.",
            "When is not clear.",
        ] {
            assert_eq!(said.contains(note), notes.contains(note), "{value}: {said}");
        }
    }
    let rows = desk.rows("figures --indicator asylum_seekers");
    assert!(rows.iter().all(|row| row["notes"].contains("Of asylum.")));
    desk.run("trace 3024").succeeds();
    desk.run("ledger verify").succeeds();
}

/// The table is as it was, and a footnote was added: nothing is read in another way.
#[test]
fn other_footnotes_on_the_same_table_are_no_other_figures() {
    let desk = Desk::new();
    desk.put("page.json", page(1, 1, &[(2024, "GFR", "DEU", 2024)]));
    desk.run("ingest unhcr --file page.json --retrieved 2026-06-20")
        .succeeds();
    desk.put(
        "notes.json",
        footnotes(&[("A note.", "2024", "REF", "", "DEU")]),
    );
    desk.run("ingest unhcr --file page.json notes.json --retrieved 2026-06-21")
        .succeeds();
    let rows = desk.rows("figures --indicator refugees");
    assert_eq!(rows.len(), 1);
    assert!(!rows[0]["notes"].contains("A note."));
}

/// What is missing of a saved answer would be taken for "none, or not reported".
#[test]
fn saved_pages_must_be_all_of_them_and_what_was_asked_for() {
    let desk = Desk::new();
    let row = (2024, "GFR", "DEU", 725_102);
    desk.put("1.json", page(1, 3, &[row]));
    desk.put("2.json", page(2, 3, &[(2024, "AUS", "AUT", 79_012)]));
    desk.run("ingest unhcr --file 1.json 2.json --retrieved 2022-06-20")
        .ends_with(1)
        .says("the files are not all of it: it has 3 in all");
    desk.put("all.json", page(1, 1, &[row]));
    desk.run("ingest unhcr --file all.json")
        .ends_with(2)
        .says("--retrieved");
    desk.run("ingest unhcr --origin AFG --file all.json --retrieved 2022-06-20")
        .ends_with(1)
        .says("from SYR in DEU, which was not asked for");
    desk.run("ingest unhcr --location France --file all.json --retrieved 2022-06-20")
        .ends_with(1)
        .says("which was not asked for");
    desk.run("ingest unhcr --origin SYR --file all.json --retrieved 2022-06-20")
        .succeeds();
}

/// A file of the download page: its preamble, its header and some rows.
const DOWNLOAD: &str = "Extracted:,\"United Nations High Commissioner for Refugees\"
\"Date extracted:\",\"21/07/2024 14:54 UTC\"
\"Last updated:\",\"13 June 2024\"
\"Some data presented may differ from statistics published previously.\"

\"Data table contains the following:\",\"Population figures\"
Years:
Origin:,all
Year,\"Country of origin\",\"Country of origin (ISO)\",\"Country of asylum\",\"Country of asylum (ISO)\",\"Refugees under UNHCR's mandate\",Asylum-seekers,\"IDPs of concern to UNHCR\",\"Other people in need of international protection\",\"Stateless persons\",\"Host Community\",\"Others of concern\"
2022,\"Syrian Arab Rep.\",SYR,Germany,DEU,664238,40000,0,-,0,0,0
2023,\"Syrian Arab Rep.\",SYR,Germany,DEU,705827,50000,0,-,0,0,0
2023,Serbia,SRB,Austria,AUT,1005,25,0,-,0,0,5
";

const DOWNLOADED_NOTES: &str =
    "Footnote,Year,\"Country of origin (ISO)\",\"Country of asylum (ISO)\",\"Population type\"
\"Applications by case.\",\"2021 - 2022\",,DEU,ASY
";

/// Its figures became known when UNHCR last updated them, whenever they were downloaded.
#[test]
fn the_archive_of_the_download_page_is_read_with_its_footnotes_and_its_day() {
    let archive = zip(&[
        ("footnotes.csv", DOWNLOADED_NOTES.as_bytes()),
        ("population.csv", DOWNLOAD.as_bytes()),
    ]);
    let separate = ["population.csv", "footnotes.csv"];
    for (files, alone) in [("download.zip", false), (&*separate.join(" "), true)] {
        let desk = Desk::new();
        desk.put("download.zip", &archive)
            .put("population.csv", DOWNLOAD)
            .put("footnotes.csv", DOWNLOADED_NOTES);
        desk.run(&format!("ingest unhcr population --file {files}"))
            .succeeds()
            .says("entry 1: 7 figures: 7 new");
        let rows = desk.rows("figures --indicator asylum_seekers");
        assert_eq!(column(&rows, "value"), ["40000", "50000", "25"], "{alone}");
        assert!(rows.iter().all(|row| row["published_at"] == "2024-06-13"));
        let noted: Vec<bool> = rows
            .iter()
            .map(|row| row["notes"].contains("Applications by case."))
            .collect();
        assert_eq!(noted, [true, false, false], "{alone}");
        assert!(rows.iter().all(|row| row["period_end"].ends_with("12-31")));
        desk.run("ledger verify").succeeds();
        desk.run(&format!("ingest unhcr population --file {files}"))
            .succeeds()
            .says("recorded before, in entry 1");
    }
}

#[test]
fn other_files_of_the_download_page_are_refused_by_what_they_are() {
    let desk = Desk::new();
    let decisions = "Year,\"Country of origin (ISO)\",\"Country of asylum (ISO)\",Authority,\"Recognized decisions\"\n2023,SYR,DEU,G,5\n";
    desk.put("decisions.csv", decisions)
        .put("population.csv", DOWNLOAD)
        .put("notes.csv", DOWNLOADED_NOTES)
        .put(
            "two.zip",
            zip(&[
                ("a.csv", DOWNLOAD.as_bytes()),
                ("b.csv", DOWNLOAD.as_bytes()),
            ]),
        )
        .put("none.zip", zip(&[("notes.txt", b"x")]));
    for (words, said) in [
        (
            "asylum-decisions --file decisions.csv",
            "of the download page's files only that of population is known",
        ),
        (
            "asylum-decisions --file population.csv",
            "file of population, and asylum-decisions was asked for",
        ),
        ("population --file two.zip", "holds several tables"),
        ("population --file none.zip", "holds no table"),
        ("population --file notes.csv", "nothing that matches"),
        (
            "population --origin UKR --file population.csv",
            "was not asked for",
        ),
    ] {
        desk.run(&format!("ingest unhcr {words}"))
            .fails()
            .says(said);
    }
}

/// The same figures as by the mapping alone: 77,252, of which 48,731 rows hold some.
#[test]
fn the_recorded_file_of_the_download_page_is_read_whole() {
    let (Some(table), Some(notes)) = (
        shared("unhcr/finder_download_population.csv"),
        shared("unhcr/finder_download_footnotes.csv"),
    ) else {
        return;
    };
    let desk = Desk::new();
    desk.put(
        "download.zip",
        zip(&[
            ("population.csv", &std::fs::read(table).unwrap()),
            ("footnotes.csv", &std::fs::read(notes).unwrap()),
        ]),
    );
    desk.run("ingest unhcr population --file download.zip")
        .succeeds()
        .says("77,252 figures: 77,252 new");
    let rows = desk.rows("figures --indicator asylum_seekers --location AGO --period 2016");
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| {
        row["notes"].contains("Pending asylum applications refer to the end of 2015.")
    }));
}

const FLOWS: &str = "https://www.unhcr.org/refugee-statistics/insights/data/UNHCR_Flow_Data.xlsx";

/// A workbook as UNHCR puts it out: notes on a first sheet, and the table on one named DATA.
fn flows(rows: &[(u32, &str, &str, &str, u32)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let notes = book.add_worksheet().set_name("README").unwrap();
    notes
        .write(0, 0, "Forced displacement flow dataset")
        .unwrap();
    let sheet = book.add_worksheet().set_name("DATA").unwrap();
    let header = [
        "Year",
        "OriginName",
        "origin",
        "OriginISO",
        "AsylumName",
        "asylum",
        "AsylumISO",
        "PT",
        "Count",
    ];
    for (at, name) in (0..).zip(header) {
        sheet.write(0, at, name).unwrap();
    }
    for (line, (year, origin, asylum, kind, count)) in (1..).zip(rows) {
        sheet.write(line, 0, *year).unwrap();
        for (at, text) in [
            (1, "x"),
            (2, "X"),
            (3, origin),
            (4, "y"),
            (5, "Y"),
            (6, asylum),
            (7, kind),
        ] {
            sheet.write(line, at, text).unwrap();
        }
        sheet.write(line, 8, *count).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn flows_are_asked_for_as_a_browser_does_and_whole() {
    let shown = shown(&source("flows"));
    for part in ["UNHCR_Flow_Data.xlsx", "Mozilla/5.0", "Referer"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let answers = Answers::default().with(FLOWS, flows(&[(2022, "UKR", "POL", "REF", 1)]));
    answers.ask(&source("flows")).unwrap();
    assert_eq!(answers.asked(), [FLOWS]);
    let error = answers.ask(&source("flows --origin UKR")).unwrap_err();
    assert!(error.to_string().contains("flows come whole"), "{error}");
    assert_eq!(source("flows").words(), ["unhcr", "flows"]);
}

/// Arrivals of refugees, people who are treated as such, and applications are three things, whose
/// people may be the same; what is not said to be apart is not recorded.
#[test]
fn flows_are_of_the_year_and_their_types_are_never_one() {
    let desk = Desk::new();
    desk.put(
        "flows.xlsx",
        flows(&[
            (2021, "UKR", "POL", "REF", 7),
            (2022, "UKR", "POL", "REF", 1_500_000),
            (2022, "UKR", "POL", "TMP", 1_400_000),
            (2022, "UKR", "POL", "ASY", 1_800),
            (2022, "VEN", "PER", "OIP", 300),
            (2022, "UKR", "POL", "ROC", 0),
        ]),
    );
    desk.run("ingest unhcr flows --file flows.xlsx --retrieved 2023-07-01")
        .succeeds()
        .says("passed over 1 row")
        .says("4 figures: 4 new");
    let rows = desk.rows("figures --channel unhcr/flow --period 2022");
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            [
                "indicator",
                "measure",
                "origin_id",
                "location_id",
                "breakdown",
                "period_start",
                "period_end",
                "value",
            ]
            .map(|name| row[name].as_str())
            .join(" ")
        })
        .collect();
    assert_eq!(
        shown,
        [
            "arrivals flow UKR POL definition=refugees 2022-01-01 2022-12-31 1500000",
            "arrivals flow VEN PER definition=other_in_need_of_protection 2022-01-01 2022-12-31 300",
            "asylum_applications flow UKR POL application_type=N 2022-01-01 2022-12-31 1800",
        ]
    );
    let csv = "Year,OriginISO,AsylumISO,PT,Count\n2022,UKR,POL,REF,\"1,500,000\"\n";
    let desk = Desk::new();
    desk.put("flows.csv", csv).put("other.csv", "a,b\n1,2\n");
    desk.run("ingest unhcr flows --file flows.csv --retrieved 2023-07-01")
        .succeeds()
        .says("1 figure");
    desk.run("ingest unhcr flows --file other.csv --retrieved 2023-07-01")
        .fails()
        .says("it has no Year, OriginISO");
}
