//! IDMC: the yearly database and the updates, with the rules of what may be added up.

use humstat::ingest::idmc::Idmc;
use humstat::ingest::{IngestError, Keys, Source, Unfinished};

use crate::common::{Desk, only, shared};
use crate::ingest_answers::{Answers, all_keys, now, parsed, shown};

const BASE: &str = "https://helix-tools-api.idmcdb.org/external-api";
const KEY: &str = "key-of-HUMSTAT_IDMC_CLIENT_ID";

fn source(words: &str) -> Idmc {
    parsed(&words.split_whitespace().collect::<Vec<_>>()).unwrap()
}

/// A page as the database sends it: its links hold the client id, twice.
fn page(count: u32, rows: &[&str]) -> String {
    format!(
        r#"{{"last_updated":"2025-05-13","count":{count},"next":"{BASE}/gidd/?client_id={KEY}&client_id={KEY}&offset=1","previous":null,"results":[{}]}}"#,
        rows.join(",")
    )
}

fn row(iso3: &str, year: u32, stock: &str, flow: &str) -> String {
    format!(
        r#"{{"iso3":"{iso3}","country_name":"x","year":{year},"conflict_new_displacement":{flow},"conflict_new_displacement_rounded":1,"conflict_total_displacement":{stock},"conflict_total_displacement_rounded":1,"disaster_new_displacement":null,"disaster_new_displacement_rounded":null,"disaster_total_displacement":null,"disaster_total_displacement_rounded":null}}"#
    )
}

fn event(id: u32, role: &str, figure: u32) -> String {
    format!(
        r#"{{"id":{id},"country":"Sudan","iso3":"SDN","role":"{role}","displacement_type":"Conflict","qualifier":"more than","figure":{figure},"displacement_date":"2025-11-06T11:00:00.000Z","displacement_start_date":"2025-11-06T11:00:00.000Z","displacement_end_date":"2025-11-08T11:00:00.000Z","year":2025,"event_name":"Sudan: Clashes","created_at":"2025-11-09T19:37:23.870Z"}}"#
    )
}

fn url(offset: u32) -> String {
    format!(
        "{BASE}/gidd/displacements/?format=json&release_environment=RELEASE&iso3__in=SDN%2CAB9&start_year=2023&end_year=2024&limit=1000&offset={offset}"
    )
}

#[test]
fn without_a_client_id_nothing_is_asked_and_the_way_to_one_is_told() {
    let answers = Answers::default();
    let error = answers
        .ask_with(&source("gidd"), &Keys::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("HUMSTAT_IDMC_CLIENT_ID") && error.contains("ch.datainfo@idmc.ch"),
        "{error}"
    );
    assert!(answers.asked().is_empty());
}

#[test]
fn pages_are_asked_for_by_offset_and_the_client_id_is_kept_nowhere() {
    let answers = Answers::default()
        .with(&url(0), page(2, &[&row("SDN", 2023, "9000000", "6000000")]))
        .with(&url(1), page(2, &[&row("AB9", 2023, "20000", "1")]));
    let source = source("gidd --location Sudan,AB9 --period 2023..2024");
    let pages = answers.ask_with(&source, &all_keys()).unwrap();
    assert_eq!(answers.asked(), [url(0), url(1)]);
    assert_eq!(pages.len(), 2);
    for page in &pages {
        let bytes = page.whole().unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(KEY) && text.contains("[hidden]"), "{text}");
    }
    assert!(!shown(&source).contains(KEY));
}

#[test]
fn pages_of_an_ask_that_was_stopped_hold_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let unfinished = Unfinished::within(folder.path().to_owned(), now());
    let first = page(2, &[&row("SDN", 2023, "9000000", "6000000")]);
    let second = page(2, &[&row("AB9", 2023, "20000", "1")]);
    let source = source("gidd --location Sudan,AB9 --period 2023..2024");
    let answers = Answers::default()
        .with(&url(0), first)
        .with(&url(1), "no page");
    answers
        .go_on(&source, &all_keys(), &unfinished)
        .unwrap_err();
    let kept: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    assert!(!kept.is_empty() && kept.iter().all(|page| !page.contains(KEY)));
    let answers = Answers::default().with(&url(1), second);
    let pages = answers.go_on(&source, &all_keys(), &unfinished).unwrap();
    assert_eq!((pages.len(), answers.asked()), (2, vec![url(1)]));
}

#[test]
fn pages_of_the_database_that_do_not_fit_each_other_are_refused() {
    let row = row("SDN", 2023, "1", "1");
    for (second, reason) in [
        (page(2, &[]), "after 1 of 2 rows it sent none"),
        (
            page(3, &[&row.replace("SDN", "AB9")]),
            "changed while they were read",
        ),
        ("[]".to_owned(), "it is no page of a table"),
    ] {
        let answers = Answers::default()
            .with(&url(0), page(2, &[&row]))
            .with(&url(1), second);
        let error = answers
            .ask_with(
                &source("gidd --location SDN,AB9 --period 2023..2024"),
                &all_keys(),
            )
            .unwrap_err()
            .to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn a_country_without_figures_is_an_error_and_no_table_of_nothing() {
    let answers = Answers::default().with(&url(0), page(0, &[]));
    let error = answers
        .ask_with(
            &source("gidd --location SDN,AB9 --period 2023..2024"),
            &all_keys(),
        )
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

#[test]
fn the_updates_come_whole_and_a_part_of_them_is_refused() {
    let answers = Answers::default();
    let error = answers
        .ask_with(&source("idu --location SDN"), &all_keys())
        .unwrap_err();
    assert!(error.to_string().contains("comes whole"), "{error}");
    assert!(answers.asked().is_empty());
    let url = format!("{BASE}/idus/last-180-days/");
    let answers = Answers::default().with(&url, "[]");
    let error = answers.ask_with(&source("idu"), &all_keys()).unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
    assert!(parsed::<Idmc>(&["idus"]).unwrap_err().contains("idu"));
}

/// A file that somebody took for an answer is named, with the command that reads tables.
#[test]
fn a_file_that_is_no_answer_is_named() {
    let desk = Desk::new();
    desk.put("gidd.csv", "iso3,year,conflict\nSDN,2024,1\n");
    desk.run("ingest idmc gidd --file gidd.csv --retrieved 2026-06-20")
        .ends_with(1)
        .says("gidd.csv is no saved answer of idmc: it is no page of a table")
        .says("`humstat ingest table gidd.csv --map MAPPING`");
}

#[test]
fn displacements_are_flows_of_the_year_and_people_displaced_stocks_of_its_end() {
    let desk = Desk::new();
    desk.put(
        "gidd.json",
        page(
            2,
            &[
                &row("AB9", 2023, "20000", "6000"),
                &row("XKX", 2023, "16000", "null"),
            ],
        ),
    );
    desk.run("ingest idmc gidd --file gidd.json --retrieved 2025-05-13")
        .succeeds()
        .says("3 figures");
    let rows = desk.rows("figures --location AB9");
    let stock = only(&rows, "indicator", "idps");
    assert_eq!(
        (
            &*stock["measure"],
            &*stock["period_start"],
            &*stock["value"]
        ),
        ("stock", "2023-12-31", "20000")
    );
    let flow = only(&rows, "indicator", "internal_displacements");
    assert_eq!(
        (
            &*flow["measure"],
            &*flow["period_start"],
            &*flow["period_end"]
        ),
        ("flow", "2023-01-01", "2023-12-31")
    );
    assert_eq!(desk.rows("figures --location Kosovo").len(), 1);
}

#[test]
fn recommended_figures_are_recorded_and_those_for_triangulation_counted() {
    let desk = Desk::new();
    let events = [
        event(1, "Recommended figure", 700),
        event(2, "Recommended figure", 20),
        event(3, "Triangulation", 650),
    ];
    desk.put("idu.json", format!("[{}]", events.join(",")));
    desk.run("ingest idmc idu --file idu.json --retrieved 2025-12-01")
        .succeeds()
        .says("passed over 1 figure for triangulation, which checks the recommended ones")
        .says("2 figures: 2 new, 1 cell without a number");
    let sum = desk.rows("figures --indicator internal_displacements");
    let values: Vec<&str> = sum.iter().map(|row| row["value"].as_str()).collect();
    assert_eq!(values, ["700", "20"]);
    assert_eq!(only(&sum, "value", "700")["period_end"], "2025-11-08");
}

/// A figure of an event of its own, with what tells place and days.
fn checking(id: u32, event: &str, place: &str, day: u32, created: &str, figure: u32) -> String {
    format!(
        r#"{{"id":{id},"country":"Sudan","iso3":"SDN","role":"Triangulation","displacement_type":"Conflict","qualifier":"total","figure":{figure},"centroid":"{place}","displacement_start_date":"2025-11-{day:02}T11:00:00.000Z","displacement_end_date":"2025-11-{day:02}T11:00:00.000Z","year":2025,"event_name":"{event}","created_at":"2025-11-{created}T19:37:23.870Z"}}"#
    )
}

fn numbers(desk: &Desk) -> Vec<(String, String)> {
    let rows = desk.rows("figures --indicator internal_displacements");
    let mut numbers: Vec<_> = rows
        .iter()
        .map(|row| (row["breakdown"].clone(), row["value"].clone()))
        .collect();
    numbers.sort();
    numbers
}

fn shown_numbers(desk: &Desk) -> Vec<String> {
    numbers(desk).into_iter().map(|(_, value)| value).collect()
}

/// The official rule: of one place and the same days the latest, of different places all.
#[test]
fn where_nothing_is_recommended_the_latest_figure_of_each_place_counts() {
    let desk = Desk::new();
    let events = [
        checking(1, "Flood", "[1, 1]", 3, "09", 100),
        checking(2, "Flood", "[1, 1]", 3, "11", 130),
        checking(3, "Flood", "[1, 1]", 3, "10", 120),
        checking(4, "Flood", "[2, 2]", 3, "09", 40),
        checking(5, "Flood", "[1, 1]", 5, "08", 7),
        checking(6, "Fire", "[1, 1]", 3, "08", 9),
        event(7, "Recommended figure", 700),
        checking(8, "Sudan: Clashes", "[3, 3]", 7, "12", 650),
    ];
    desk.put("idu.json", format!("[{}]", events.join(",")));
    desk.run("ingest idmc idu --file idu.json --retrieved 2025-12-01")
        .succeeds()
        .says("passed over 3 figures for triangulation")
        .says("took 4 figures for triangulation of events for which IDMC recommends none")
        .says("5 figures: 5 new, 3 cells without a number");
    assert_eq!(shown_numbers(&desk), ["130", "40", "7", "9", "700"]);
    let rows = desk.rows("figures --indicator internal_displacements");
    let taken = only(&rows, "value", "130");
    assert!(
        taken["notes"].contains("IDMC recommends none"),
        "{}",
        taken["notes"]
    );
    let tally = desk.rows("tally --by month");
    assert_eq!((&*tally[0]["events"], &*tally[0]["best"]), ("5", "886"));
    assert!(
        tally[0]["notes"].contains("4 events: a figure for triangulation"),
        "{}",
        tally[0]["notes"]
    );
}

/// Both figures of the event would count else, the one for triangulation from the week before.
#[test]
fn a_figure_for_triangulation_counts_no_more_once_one_is_recommended() {
    let desk = Desk::new();
    let before = checking(8, "Sudan: Clashes", "[3, 3]", 7, "12", 650);
    desk.put("before.json", format!("[{before}]"));
    desk.put(
        "after.json",
        format!("[{before},{}]", event(9, "Recommended figure", 700)),
    );
    for (file, day) in [("before", "2025-12-01"), ("after", "2025-12-08")] {
        desk.run(&format!(
            "ingest idmc idu --file {file}.json --retrieved {day}"
        ))
        .succeeds();
    }
    assert_eq!(shown_numbers(&desk), ["700"]);
    let then = desk.rows("figures --indicator internal_displacements --as-known-on 2025-12-05");
    assert_eq!(then[0]["value"], "650");
}

/// Events of one name in two countries are two, unless they have one number.
#[test]
fn an_event_is_known_by_its_number_or_by_country_and_name() {
    let desk = Desk::new();
    let abroad = checking(2, "Sudan: Clashes", "[5, 5]", 7, "12", 20).replace("SDN", "TCD");
    let numbered = |text: String| text.replace(r#""country""#, r#""event_id":44,"country""#);
    let events = [
        event(1, "Recommended figure", 700),
        abroad.clone(),
        numbered(event(3, "Recommended figure", 10)),
        numbered(checking(4, "Another name", "[6, 6]", 8, "12", 3)),
    ];
    desk.put("idu.json", format!("[{}]", events.join(",")));
    desk.run("ingest idmc idu --file idu.json --retrieved 2025-12-01")
        .succeeds();
    assert_eq!(shown_numbers(&desk), ["700", "20", "10"]);
}

#[test]
fn events_without_a_role_are_refused() {
    let desk = Desk::new();
    let event = event(1, "x", 700).replace(r#""role":"x","#, "");
    desk.put("idu.json", format!("[{event}]"));
    desk.run("ingest idmc idu --file idu.json --retrieved 2025-12-01")
        .fails()
        .says("its events have no `role`");
}

#[test]
fn recorded_pages_of_disasters_are_read_whole() {
    let Some(path) = shared("idmc/disaster_131.json") else {
        return;
    };
    Desk::new()
        .run(&format!(
            "ingest idmc gidd-disasters --file \"{}\" --retrieved 2025-05-13",
            path.display()
        ))
        .succeeds()
        .says("140 figures: 140 new");
}

#[test]
fn what_was_asked_of_idmc_can_be_asked_again() {
    let words = source("gidd-disasters --location PHL --period 2024").words();
    let again: Idmc = parsed(&words[1..].iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
    assert_eq!(again.words(), words);
}
