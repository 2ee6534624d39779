//! HDX HAPI: one form for many, with totals beside their parts and sectors that overlap.

use humstat::fetch::Secret;
use humstat::ingest::hapi::Hapi;
use humstat::ingest::{IngestError, Keys, Source};

use crate::common::{Desk, column, only, shared};
use crate::ingest_answers::{Answers, all_keys, parsed, shown};

const BASE: &str = "https://hapi.humdata.org/api/v2";

fn source(words: &str) -> Hapi {
    parsed(&words.split_whitespace().collect::<Vec<_>>()).unwrap()
}

fn page(rows: &[String]) -> String {
    format!(r#"{{"data":[{}]}}"#, rows.join(","))
}

fn idps(people: u32) -> String {
    format!(
        r#"{{"location_code":"TCD","location_name":"Chad","has_hrp":true,"in_gho":true,"provider_admin1_name":"","provider_admin2_name":"","admin1_code":"","admin2_code":"","admin_level":0,"operation":"Lake Chad Basin Crisis","assessment_type":"BA","population":{people},"reporting_round":2,"reference_period_start":"2024-05-01T00:00:00","reference_period_end":"2024-05-01T00:00:00","resource_hdx_id":"a"}}"#
    )
}

fn refugees(group: &str, sex: &str, age: &str, people: u32) -> String {
    format!(
        r#"{{"resource_hdx_id":"a","origin_location_code":"SYR","origin_location_name":"Syria","asylum_location_code":"TUR","asylum_location_name":"Türkiye","population_group":"{group}","gender":"{sex}","age_range":"{age}","min_age":null,"max_age":null,"population":{people},"reference_period_start":"2023-01-01T00:00:00","reference_period_end":"2023-12-31T00:00:00"}}"#
    )
}

fn needs(sector: &str, category: &str, status: &str, people: u32) -> String {
    format!(
        r#"{{"location_code":"AFG","admin_level":0,"sector_code":"{sector}","sector_name":"x","category":"{category}","population_status":"{status}","population":{people},"reference_period_start":"2024-01-01T00:00:00","reference_period_end":"2024-12-31T00:00:00","resource_hdx_id":"a"}}"#
    )
}

#[test]
fn the_identifier_is_made_of_name_and_address_and_shown_to_nobody() {
    assert_eq!(
        Secret::new("desk@example.org").base64("humstat:"),
        Secret::new("aHVtc3RhdDpkZXNrQGV4YW1wbGUub3Jn")
    );
    let shown = shown(&source("idps --location TCD"));
    assert!(shown.contains("X-HDX-HAPI-APP-IDENTIFIER"), "{shown}");
    assert!(!shown.contains("key-of-HUMSTAT_HAPI_EMAIL"), "{shown}");
}

#[test]
fn without_an_address_nothing_is_asked() {
    let answers = Answers::default();
    let error = answers
        .ask_with(&source("idps"), &Keys::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains("HUMSTAT_HAPI_EMAIL"), "{error}");
    assert!(answers.asked().is_empty());
}

#[test]
fn pages_are_asked_for_until_one_is_not_full() {
    let url = |offset: u32| {
        format!(
            "{BASE}/affected-people/idps?output_format=json&admin_level=0&location_code=TCD&limit=10000&offset={offset}"
        )
    };
    let full: Vec<String> = (0..10_000).map(idps).collect();
    let answers = Answers::default()
        .with(&url(0), page(&full))
        .with(&url(10_000), page(&[]));
    let pages = answers
        .ask_with(&source("idps --location Chad"), &all_keys())
        .unwrap();
    assert_eq!(answers.asked(), [url(0), url(10_000)]);
    assert_eq!(pages.len(), 1);
}

#[test]
fn each_pair_of_countries_is_asked_for_by_its_codes() {
    let url = |asylum: &str| {
        format!(
            "{BASE}/affected-people/refugees-persons-of-concern?output_format=json&start_date=2023-01-01&end_date=2023-12-31&origin_location_code=SYR&asylum_location_code={asylum}&limit=10000&offset=0"
        )
    };
    let answers = Answers::default()
        .with(&url("TUR"), page(&[refugees("REF", "all", "all", 5)]))
        .with(&url("LBN"), page(&[refugees("REF", "all", "all", 6)]));
    answers
        .ask_with(
            &source("refugees --origin Syria --location TUR,LBN --period 2023"),
            &all_keys(),
        )
        .unwrap();
    assert_eq!(answers.asked(), [url("TUR"), url("LBN")]);
}

#[test]
fn parameters_that_a_theme_does_not_have_are_refused_before_anything_is_asked() {
    for (words, reason) in [
        ("idps --origin SYR", "not by origin"),
        ("refugees --level admin1", "of whole countries"),
    ] {
        let answers = Answers::default();
        let error = answers.ask_with(&source(words), &all_keys()).unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
        assert!(answers.asked().is_empty());
    }
    let error = parsed::<Hapi>(&["idp"]).unwrap_err();
    assert!(error.contains("idps"), "{error}");
    let error = parsed::<Hapi>(&["idps", "--location", "Chadd"]).unwrap_err();
    assert!(error.contains("Chad"), "{error}");
}

#[test]
fn an_answer_without_rows_or_of_another_form_is_refused() {
    let url = format!(
        "{BASE}/affected-people/idps?output_format=json&admin_level=0&limit=10000&offset=0"
    );
    let answers = Answers::default().with(&url, page(&[]));
    let error = answers.ask_with(&source("idps"), &all_keys()).unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
    let answers = Answers::default().with(&url, r#"{"detail":"no"}"#);
    let error = answers.ask_with(&source("idps"), &all_keys()).unwrap_err();
    assert!(error.to_string().contains("no page of a theme"), "{error}");
}

#[test]
fn all_stands_beside_its_parts_and_is_never_added_to_them() {
    let desk = Desk::new();
    let rows = [
        refugees("REF", "all", "all", 100),
        refugees("REF", "f", "all", 60),
        refugees("REF", "m", "all", 40),
        refugees("REF", "f", "0-4", 10),
    ];
    desk.put("page.json", page(&rows));
    desk.run("ingest hapi refugees --origin SYR --file page.json --retrieved 2024-06-20")
        .succeeds()
        .says("4 figures");
    desk.run("summary --indicator refugees --origin SYR --total")
        .fails()
        .says("no total (rule parts)");
}

#[test]
fn returnees_are_flows_of_the_year() {
    let desk = Desk::new();
    let rows = [
        refugees("RET", "all", "all", 100),
        refugees("RDP", "all", "all", 7),
    ];
    desk.put("page.json", page(&rows));
    desk.run("ingest hapi returnees --file page.json --retrieved 2024-06-20")
        .succeeds();
    let rows = desk.rows("figures --indicator refugee_returns");
    let row = only(&rows, "value", "100");
    assert_eq!(
        (&*row["measure"], &*row["period_start"], &*row["channel"]),
        ("flow", "2023-01-01", "hdx/hapi-returnees")
    );
    assert_eq!(desk.rows("figures --indicator idp_returns").len(), 1);
}

#[test]
fn people_in_need_are_never_added_over_sectors_or_statuses() {
    let desk = Desk::new();
    let rows = [
        needs("Intersectoral", "", "all", 40_000_000),
        needs("Intersectoral", "", "INN", 23_000_000),
        needs("Intersectoral", "", "TGT", 17_000_000),
        needs("Intersectoral", "", "REA", 9_000_000),
        needs("PRO", "", "INN", 16_000_000),
        needs("PRO", "", "all", 40_000_000),
        needs("PRO-GBV", "", "INN", 11_000_000),
        needs("PRO", "Children - Female", "INN", 4_000_000),
    ];
    desk.put("page.json", page(&rows));
    desk.run(
        "ingest hapi humanitarian-needs --location AFG --file page.json --retrieved 2024-06-20",
    )
    .succeeds()
    .says("passed over 1 row: categories of people")
    .says("passed over 1 row: the population, which every sector repeats");
    let rows = desk.rows("figures --indicator people_in_need");
    let mut sectors = column(&rows, "breakdown");
    sectors.sort_unstable();
    assert_eq!(
        sectors,
        ["sector=PRO", "sector=PRO_GBV", "sector=intersectoral"]
    );
    let reached = desk.rows("figures --indicator people_reached");
    let reached = only(&reached, "value", "9000000");
    assert_eq!(
        (&*reached["measure"], &*reached["since"]),
        ("cumulative", "2024-01-01")
    );
    let population = desk.rows("figures --indicator population");
    assert_eq!(only(&population, "value", "40000000")["breakdown"], "");
    desk.run("summary --indicator people_in_need --location AFG --total")
        .fails()
        .says("no total (rule parts)");
}

/// Beside the API lie bulk files, which begin with a byte-order mark and hold rows that the API lacks.
#[test]
fn rows_with_an_error_are_counted_and_left_out() {
    let desk = Desk::new();
    desk.put(
        "bulk.csv",
        "\u{feff}location_code,admin1_code,admin2_code,admin_level,event_type,events,fatalities,reference_period_start,reference_period_end,warning,error\n\
         DZA,,,0,civilian_targeting,33,445,1997-01-01,1997-01-31,,\n\
         AGO,,,0,civilian_targeting,3,40,1997-01-01,1997-01-31,,Duplicate row\n\
         AGO,,,0,political_violence,5,50,1997-01-01,1997-01-31,PCode length,\n",
    );
    desk.run("ingest hapi conflict-events --file bulk.csv --retrieved 2024-06-20")
        .succeeds()
        .says("passed over 1 row: rows in which HDX HAPI found an error")
        .says("4 figures");
}

#[test]
fn kinds_of_events_overlap_and_are_never_added() {
    let desk = Desk::new();
    let row = |kind: &str, deaths: u32| {
        format!(
            r#"{{"location_code":"DZA","admin_level":0,"event_type":"{kind}","events":3,"fatalities":{deaths},"reference_period_start":"1997-01-01T00:00:00","reference_period_end":"1997-01-31T00:00:00"}}"#
        )
    };
    desk.put(
        "page.json",
        page(&[
            row("civilian_targeting", 445),
            row("political_violence", 500),
        ]),
    );
    desk.run("ingest hapi conflict-events --file page.json --retrieved 2024-06-20")
        .succeeds();
    desk.run("summary --indicator killed --location DZA --total")
        .fails()
        .says("no total (rule parts)");
}

#[test]
fn units_are_read_by_their_codes_when_they_are_asked_for() {
    let desk = Desk::new();
    desk.run(&format!(
        "places add \"{}/tests/fixtures/dtm-gazetteer.csv\"",
        env!("CARGO_MANIFEST_DIR")
    ))
    .succeeds();
    let unit = idps(50)
        .replace(r#""admin1_code":"""#, r#""admin1_code":"TD07""#)
        .replace(r#""admin_level":0"#, r#""admin_level":1"#);
    desk.put("page.json", page(&[idps(900), unit]));
    desk.run("ingest hapi idps --level admin1 --file page.json --retrieved 2024-06-20")
        .succeeds()
        .says("passed over 1 row: places of another level")
        .says("1 figure");
}

/// Bulk files are also taken from HDX, or given as tables.
#[test]
fn bulk_files_are_known_by_their_header_and_name() {
    let desk = Desk::new();
    desk.put(
        "needs.csv",
        "location_code,admin_level,sector_code,category,population_status,population,reference_period_start,reference_period_end,warning,error\nAFG,0,Intersectoral,,INN,23,2024-01-01,2024-12-31,,\n",
    );
    desk.run("ingest table needs.csv --published 2024-06-20")
        .succeeds()
        .says("HDX HAPI: humanitarian needs");
    let moves = "origin_location_code,asylum_location_code,population_group,gender,age_range,population,reference_period_start,reference_period_end,warning,error\nSYR,TUR,RET,all,all,7,2023-01-01,2023-12-31,,\n";
    for (file, channel) in [
        ("hdx_hapi_returnees_global.csv", "hdx/hapi-returnees"),
        ("hdx_hapi_refugees_global.csv", "hdx/hapi-refugees"),
    ] {
        desk.put(
            file,
            moves.replace(
                ",7,",
                if file.contains("returnees") {
                    ",7,"
                } else {
                    ",8,"
                },
            ),
        );
        desk.run(&format!("ingest table {file} --published 2024-06-20"))
            .succeeds();
        let rows = desk.rows(&format!("figures --channel {channel}"));
        assert_eq!(rows.len(), 1);
    }
}

#[test]
fn recorded_bulk_files_are_read_whole() {
    for (theme, file, figures) in [
        ("idps", "hdx_hapi_idps_global.csv", 103),
        (
            "conflict-events",
            "hdx_hapi_conflict_event_global_1997.csv",
            175,
        ),
    ] {
        let Some(path) = shared(&format!("hapi/{file}")) else {
            return;
        };
        Desk::new()
            .run(&format!(
                "ingest hapi {theme} --file \"{}\" --retrieved 2025-08-01",
                path.display()
            ))
            .succeeds()
            .says(&format!("{figures} figures: {figures} new"));
    }
}

#[test]
fn what_was_asked_of_hapi_can_be_asked_again() {
    let words = source("conflict-events --location UKR,SDN --level admin2 --period 2024").words();
    let again: Hapi = parsed(&words[1..].iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
    assert_eq!(again.words(), words);
}
