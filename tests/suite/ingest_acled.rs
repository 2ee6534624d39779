//! ACLED's events: the token, the pages, changes and deletions, and exports of three kinds. All events
//! here are made up.

use humstat::ingest::acled::Acled;
use humstat::ingest::{IngestError, Source};

use crate::common::Desk;
use crate::ingest_answers::{Answers, all_keys, parsed};

fn source(words: &str) -> Acled {
    parsed(&words.split_whitespace().collect::<Vec<_>>()).unwrap()
}

const TOKEN: &str = "https://acleddata.com/oauth/token";

const FIELDS: &str = "event_id_cnty%7Cevent_date%7Ctime_precision%7Cdisorder_type%7Cevent_type%7Csub_event_type%7Ciso%7Ccountry%7Cadmin1%7Cfatalities%7Ctimestamp";

fn url(rest: &str) -> String {
    format!("https://acleddata.com/api/acled/read?_format=json&fields={FIELDS}{rest}")
}

/// An event as the interface sends it: all texts.
fn event(id: &str, day: &str, fatalities: u32) -> String {
    format!(
        r#"{{"event_id_cnty":"{id}","event_date":"{day}","time_precision":"1","event_type":"Battles","iso":"4","country":"Afghanistan","admin1":"Kabul","fatalities":"{fatalities}","timestamp":"1700000000"}}"#
    )
}

fn page(events: &[String]) -> String {
    format!(
        r#"{{"status":200,"success":true,"last_update":1,"count":{},"messages":[],"data":[{}]}}"#,
        events.len(),
        events.join(",")
    )
}

fn admitted() -> Answers {
    Answers::default().with(
        TOKEN,
        r#"{"token_type":"Bearer","expires_in":86400,"access_token":"t0ken","refresh_token":"r"}"#,
    )
}

const FIRST: &str =
    "&iso=4&event_date=2024-05-01%7C2024-05-31&event_date_where=BETWEEN&limit=5000&page=";

#[test]
fn a_token_is_asked_for_first_and_a_full_page_has_one_after_it() {
    let full: Vec<String> = (0..5000)
        .map(|number| event(&format!("AFG{number}"), "2024-05-01", 1))
        .collect();
    let answers = admitted()
        .with(&url(&format!("{FIRST}1")), page(&full))
        .with(
            &url(&format!("{FIRST}2")),
            page(&[event("AFG5000", "2024-05-02", 1)]),
        );
    let source = source("--country Afghanistan --period 2024-05");
    let pages = answers.ask_with(&source, &all_keys()).unwrap();
    assert_eq!(pages.len(), 2);
    assert_eq!(
        answers.asked(),
        [
            TOKEN.to_owned(),
            url(&format!("{FIRST}1")),
            url(&format!("{FIRST}2"))
        ]
    );
    assert_eq!(
        source.words().join(" "),
        "acled --country AFG --period 2024-05-01..2024-05-31"
    );
}

#[test]
fn a_last_page_that_is_full_is_followed_by_an_empty_one() {
    let full: Vec<String> = (0..5000)
        .map(|number| event(&format!("AFG{number}"), "2024-05-01", 1))
        .collect();
    let answers = admitted()
        .with(&url(&format!("{FIRST}1")), page(&full))
        .with(&url(&format!("{FIRST}2")), page(&[]));
    let source = source("--country Afghanistan --period 2024-05");
    assert_eq!(answers.ask_with(&source, &all_keys()).unwrap().len(), 1);
}

#[test]
fn without_an_account_it_says_how_to_come_by_one() {
    let answers = Answers::default();
    let error = answers.ask(&source("--country Sudan")).unwrap_err();
    assert!(matches!(error, IngestError::NoKey { .. }), "{error}");
    assert!(error.to_string().contains("sign up"), "{error}");
    assert_eq!(answers.asked(), Vec::<String>::new());
}

#[test]
fn a_wrong_word_is_refused_before_anything_is_asked() {
    for (words, said) in [
        (["--country", "Afganistan"], "Afghanistan"),
        (["--country", "m49:142"], "no number"),
        (["--changed-since", "soon"], "--changed-since"),
    ] {
        let error = parsed::<Acled>(&words).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
    let answers = Answers::default();
    let error = answers.ask_with(&source(""), &all_keys()).unwrap_err();
    assert!(error.to_string().contains("--country"), "{error}");
    assert_eq!(answers.asked(), Vec::<String>::new());
}

#[test]
fn a_refused_password_and_an_account_without_events_are_told_apart() {
    let ask = |answers: Answers| {
        let source = source("--country Afghanistan --period 2024-05");
        answers
            .ask_with(&source, &all_keys())
            .unwrap_err()
            .to_string()
    };
    let error = ask(Answers::default().refusing(TOKEN, 400));
    assert!(error.contains("HUMSTAT_ACLED_PASSWORD"), "{error}");
    let error = ask(admitted().refusing(&url(&format!("{FIRST}1")), 403));
    assert!(error.contains("may see no events"), "{error}");
    let error = ask(Answers::default().with(TOKEN, r#"{"access":"t0ken"}"#));
    assert!(
        error.contains("holds no token") && !error.contains("t0ken"),
        "{error}"
    );
    let error = ask(admitted().with(
        &url(&format!("{FIRST}1")),
        r#"{"status":200,"success":false,"error":"busy","data":[]}"#,
    ));
    assert!(error.contains("busy"), "{error}");
}

/// Also where another country of the same question has events.
#[test]
fn a_country_without_events_is_an_error_and_no_empty_table() {
    let answers = admitted()
        .with(
            &url(&format!("{FIRST}1")),
            page(&[event("AFG1", "2024-05-01", 1)]),
        )
        .with(
            &url(&FIRST
                .replace("iso=4&", "iso=756&")
                .replace("page=", "page=1")),
            page(&[]),
        );
    let error = answers
        .ask_with(
            &source("--country Afghanistan,Switzerland --period 2024-05"),
            &all_keys(),
        )
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

#[test]
fn changes_are_asked_for_by_their_time() {
    let answers = admitted().with(
        &url("&iso=4&timestamp=2026-06-01&timestamp_where=%3E%3D&limit=5000&page=1"),
        page(&[event("AFG1", "2024-05-01", 1)]),
    );
    let source = source("--country AFG --changed-since 2026-06-01");
    answers.ask_with(&source, &all_keys()).unwrap();
}

/// Events that ACLED deleted are those that an answer about whole days lacks; an answer about changes
/// and an export say nothing of what they lack.
#[test]
fn deleted_events_are_taken_back_by_whole_answers_alone() {
    let all: Vec<String> = (0..10)
        .map(|number| event(&format!("AFG{number}"), "2024-05-01", 2))
        .collect();
    let export = "event_id_cnty,event_date,country,fatalities\nAFG1,2024-05-01,Afghanistan,3\n";
    for (words, name, answer, left) in [
        ("--country AFG", "later.json", page(&all[1..]), 9),
        (
            "--country AFG --changed-since 2026-06-01",
            "later.json",
            page(&all[1..]),
            10,
        ),
        ("--country AFG", "later.csv", export.to_owned(), 10),
    ] {
        let desk = Desk::new();
        desk.put("all.json", page(&all)).put(name, answer);
        desk.run("ingest acled --country AFG --file all.json --retrieved 2026-06-01")
            .succeeds();
        desk.run(&format!(
            "ingest acled {words} --file {name} --retrieved 2026-06-08"
        ))
        .succeeds();
        assert_eq!(
            desk.rows("figures --indicator killed").len(),
            left,
            "{words} {name}"
        );
    }
}

const DELETED: &str = "https://acleddata.com/api/deleted/read?_format=json&deleted_timestamp=2026-06-01&deleted_timestamp_where=%3E%3D&limit=5000&page=1";

/// The list of deleted events, with the second at which each was deleted.
fn deleted(ids: &[&str]) -> String {
    let rows: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"event_id_cnty":"{id}","deleted_timestamp":"1780500000"}}"#))
        .collect();
    page(&rows)
}

#[test]
fn the_list_of_deleted_events_is_asked_for_with_the_token() {
    let answers = admitted().with(DELETED, deleted(&["AFG1"]));
    let source = source("--deleted-since 2026-06-01");
    answers.ask_with(&source, &all_keys()).unwrap();
    assert_eq!(answers.asked(), [TOKEN.to_owned(), DELETED.to_owned()]);
    assert_eq!(source.words().join(" "), "acled --deleted-since 2026-06-01");
    let error = parsed::<Acled>(&["--deleted-since", "2026-06-01", "--country", "AFG"]);
    assert!(error.unwrap_err().contains("cannot be used with"));
    let error = admitted()
        .with(DELETED, page(&[]))
        .ask_with(&source, &all_keys())
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

/// They leave what is known from that day on, stay in what was known before, and are never erased.
#[test]
fn deleted_events_are_withdrawn_and_never_erased() {
    let desk = Desk::new();
    let all = ["AFG1", "AFG2", "AFG3"].map(|id| event(id, "2024-05-01", 2));
    desk.put("all.json", page(&all))
        .put("deleted.json", deleted(&["AFG2", "AFG77"]));
    desk.run("ingest acled --country AFG --file all.json --retrieved 2026-06-01")
        .succeeds();
    let words = "ingest acled --deleted-since 2026-06-01 --file deleted.json";
    desk.run(&format!("{words} --retrieved 2026-06-08 --dry-run"))
        .succeeds()
        .says("nothing was recorded");
    desk.run(words).ends_with(2).says("--retrieved");
    desk.run(&format!("{words} --retrieved 2026-06-08"))
        .succeeds()
        .says("2 deleted events listed, of which this ledger holds 1");
    let known = |words: &str| -> Vec<String> {
        let rows = desk.rows(&format!("figures --indicator killed {words}"));
        rows.iter().map(|row| row["breakdown"].clone()).collect()
    };
    assert_eq!(known(""), ["event=AFG1", "event=AFG3"]);
    assert_eq!(
        known("--as-known-on 2026-06-05"),
        ["event=AFG1", "event=AFG2", "event=AFG3"]
    );
    let versions = desk.rows("figures --breakdown event=AFG2 --all-versions");
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0]["value"], "2");
    assert_eq!(versions[1]["value"], "");
    assert!(versions[1]["notes"].contains("withdrawn"));
    let tally = desk.rows("tally");
    assert_eq!((&*tally[0]["events"], &*tally[0]["best"]), ("2", "4"));
    desk.run(&format!("{words} --retrieved 2026-06-15"))
        .succeeds()
        .says("holds 0 with a number");
    desk.run("ledger verify").succeeds();
}

/// All events of a page would else be taken as deleted.
#[test]
fn a_page_of_events_is_no_list_of_deleted_ones_nor_the_reverse() {
    let desk = Desk::new();
    desk.put("events.json", page(&[event("AFG1", "2024-05-01", 2)]))
        .put("deleted.json", deleted(&["AFG1"]))
        .put("export.csv", "event_id_cnty\nAFG1\n");
    desk.run("ingest acled --file events.json --retrieved 2026-06-01")
        .succeeds();
    for file in ["events.json", "export.csv"] {
        desk.run(&format!(
            "ingest acled --deleted-since 2026-06-01 --file {file} --retrieved 2026-06-08"
        ))
        .ends_with(1)
        .says("deleted events");
    }
    desk.run("ingest acled --file deleted.json --retrieved 2026-06-08")
        .ends_with(1)
        .says("--deleted-since");
    assert_eq!(desk.rows("figures --indicator killed").len(), 1);
}

/// The export of 2022 has keys of its own and days with the name of the month; later ones do not. In
/// one that lists actors an event stands once for each of them.
#[test]
fn exports_of_three_kinds_are_read() {
    for (name, export) in [
        (
            "2022",
            "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,actor1,country,fatalities,timestamp,iso3\n9,4,AFG1,1,01 May 2024,2024,1,Battles,A,Afghanistan,7,1700000000,AFG\n",
        ),
        (
            "current",
            "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,actor1,actor2,iso,country,fatalities,tags,timestamp\nAFG1,2024-05-01,2024,1,Political violence,Battles,A,B,4,Afghanistan,7,,1700000000\n",
        ),
        (
            "by actor",
            "event_id_cnty,event_date,year,event_type,actor1,iso,country,fatalities,timestamp\nAFG1,2024-05-01,2024,Battles,A,4,Afghanistan,7,1700000000\nAFG1,2024-05-01,2024,Battles,B,4,Afghanistan,7,1700000000\n",
        ),
    ] {
        let desk = Desk::new();
        desk.put("export.csv", export);
        desk.run("ingest acled --file export.csv --retrieved 2026-06-08")
            .succeeds();
        let rows = desk.rows("figures --indicator killed");
        assert_eq!(rows.len(), 1, "{name}");
        assert_eq!(
            ["location_id", "period_end", "value", "breakdown", "licence"]
                .map(|column| rows[0][column].as_str()),
            ["AFG", "2024-05-01", "7", "event=AFG1", "ACLED-EULA"],
            "{name}"
        );
    }
    let desk = Desk::new();
    desk.put("other.csv", "country,deaths\nAfghanistan,7\n");
    desk.run("ingest acled --file other.csv --retrieved 2026-06-08")
        .fails()
        .says("it has no event_id_cnty");
}

/// What a ledger holds is read again without an account, and holds no token.
#[test]
fn recorded_answers_need_no_token() {
    let desk = Desk::new();
    admitted()
        .with(
            &url(&format!("{FIRST}1")),
            page(&[event("AFG1", "2024-05-01", 7)]),
        )
        .record(&desk, &source("--country AFG --period 2024-05"));
    desk.run("ingest acled --country AFG --period 2024-05 --offline")
        .succeeds()
        .says("recorded before, in entry 1");
    desk.run("ingest acled --country AFG --period 2024-06 --offline")
        .fails()
        .says("no answer");
    let ledger = std::fs::read(desk.path("humstat.db")).unwrap();
    for secret in ["t0ken", "key-of-HUMSTAT_ACLED"] {
        let secret = secret.as_bytes();
        assert!(!ledger.windows(secret.len()).any(|bytes| bytes == secret));
    }
}
