//! ReliefWeb: the approved name, fields that come back only when asked for, pages, alerts.

use humstat::ingest::reliefweb::{
    ReliefWeb, ReportsWanted, request_for_report, requests_for_reports,
};
use humstat::ingest::{self, IngestError, Keys, Source};

use crate::common::{Desk, shared};
use crate::ingest_answers::{Answers, all_keys, now, parsed, shown};

const KEY: &str = "key-of-HUMSTAT_RELIEFWEB_APPNAME";

fn source(words: &str) -> ReliefWeb {
    parsed(&words.split_whitespace().collect::<Vec<_>>()).unwrap()
}

/// The address of a page of disasters, without the name.
fn url(filter: &str, offset: u32) -> String {
    let fields = [
        "name",
        "status",
        "date.event",
        "primary_country.iso3",
        "primary_type.code",
    ]
    .map(|field| format!("fields%5Binclude%5D%5B%5D={field}"))
    .join("&");
    format!(
        "https://api.reliefweb.int/v2/disasters?{fields}{filter}&sort%5B%5D=id%3Aasc&limit=1000&offset={offset}"
    )
}

/// A disaster as it is answered.
fn disaster(id: u32, country: &str, kind: &str, day: &str, status: &str) -> String {
    format!(
        r#"{{"id":"{id}","score":1,"fields":{{"id":{id},"name":"Disaster {id}","status":"{status}","date":{{"event":"{day}T00:00:00+00:00"}},"primary_country":{{"iso3":"{country}"}},"primary_type":{{"code":"{kind}"}}}}}}"#
    )
}

fn page(count: u32, disasters: &[String]) -> String {
    format!(
        r#"{{"time":6,"href":"https://api.reliefweb.int/v2/disasters?appname={KEY}","totalCount":{count},"count":{},"data":[{}]}}"#,
        disasters.len(),
        disasters.join(",")
    )
}

#[test]
fn without_an_approved_name_nothing_is_asked_and_the_way_to_one_is_told() {
    let answers = Answers::default();
    let error = answers
        .ask_with(&source(""), &Keys::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("HUMSTAT_RELIEFWEB_APPNAME") && error.contains("parameters#appname"),
        "{error}"
    );
    assert!(answers.asked().is_empty());
}

#[test]
fn a_name_that_is_not_approved_and_an_interface_that_ended_say_what_to_do() {
    for (status, expected) in [
        (403, "see whether HUMSTAT_RELIEFWEB_APPNAME holds a name"),
        (400, "see whether HUMSTAT_RELIEFWEB_APPNAME holds a name"),
        (410, "get a newer humstat"),
        (429, "1,000 calls a day"),
    ] {
        let error = Answers::default()
            .refusing(&url("", 0), status)
            .ask_with(&source(""), &all_keys())
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn pages_are_asked_for_by_offset_and_the_name_is_kept_nowhere() {
    let chad = disaster(2, "tcd", "FL", "2022-08-01", "past");
    let answers = Answers::default().with(&url("", 0), page(2, &[chad])).with(
        &url("", 1),
        page(2, &[disaster(3, "sdn", "CE", "2023-04-15", "ongoing")]),
    );
    let source = source("");
    let pages = answers.ask_with(&source, &all_keys()).unwrap();
    assert_eq!(answers.asked(), [url("", 0), url("", 1)]);
    for page in &pages {
        let bytes = page.whole().unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(KEY) && text.contains("[hidden]"), "{text}");
    }
    assert!(!shown(&source).contains(KEY));
}

#[test]
fn countries_and_days_are_conditions_that_all_hold() {
    let filter = "&filter%5Boperator%5D=AND&filter%5Bconditions%5D%5B0%5D%5Bfield%5D=primary_country.iso3\
        &filter%5Bconditions%5D%5B0%5D%5Bvalue%5D%5B%5D=TCD&filter%5Bconditions%5D%5B0%5D%5Bvalue%5D%5B%5D=SDN\
        &filter%5Bconditions%5D%5B0%5D%5Boperator%5D=OR&filter%5Bconditions%5D%5B1%5D%5Bfield%5D=date.event\
        &filter%5Bconditions%5D%5B1%5D%5Bvalue%5D%5Bfrom%5D=2020-01-01T00%3A00%3A00%2B00%3A00";
    let answers = Answers::default().with(
        &url(filter, 0),
        page(1, &[disaster(2, "tcd", "FL", "2022-08-01", "past")]),
    );
    let source = source("--country Chad,SDN --period 2020..");
    answers.ask_with(&source, &all_keys()).unwrap();
    assert_eq!(
        source.words().join(" "),
        "reliefweb --country TCD,SDN --period 2020-01-01.."
    );
}

#[test]
fn fields_that_did_not_come_back_are_named() {
    let bare =
        r#"{"totalCount":3677,"data":[{"id":"1","fields":{"name":"Floods","status":"past"}}]}"#;
    let error = source("")
        .page(None, bare.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("no date.event, primary_country.iso3, primary_type.code"),
        "{error}"
    );
    let reports = r#"{"data":[{"id":"1","fields":{"title":"Flash update"}}]}"#;
    let error = source("")
        .page(None, reports.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(error.contains("they are reports"), "{error}");
}

#[test]
fn an_answer_that_is_a_refusal_or_stops_early_is_an_error() {
    let refusal = br#"{"status":403,"error":{"message":"You are not using an approved appname."}}"#;
    let error = source("").page(None, refusal).unwrap_err().to_string();
    assert!(error.contains("not using an approved appname"), "{error}");
    let error = Answers::default()
        .with(&url("", 0), page(5, &[]))
        .ask_with(&source(""), &all_keys())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("after 0 of 5 disasters it sent none"),
        "{error}"
    );
    let error = Answers::default()
        .with(&url("", 0), page(0, &[]))
        .ask_with(&source(""), &all_keys())
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

#[test]
fn each_disaster_is_one_event_and_alerts_are_none() {
    let answers = Answers::default().with(
        &url("", 0),
        page(
            3,
            &[
                disaster(2, "tcd", "FL", "2022-08-01", "past"),
                disaster(3, "sdn", "CE", "2023-04-15", "ongoing"),
                disaster(4, "sdn", "TC", "2023-05-01", "alert"),
            ],
        ),
    );
    let desk = Desk::new();
    answers.record(&desk, &source(""));
    let rows = desk.rows("figures --indicator events --format csv");
    let cells = |name: &str| rows.iter().map(|row| row[name].clone()).collect::<Vec<_>>();
    assert_eq!(cells("location_id"), ["SDN", "TCD"]);
    assert_eq!(cells("value"), ["1", "1"]);
    assert_eq!(cells("period_start"), ["2023-04-15", "2022-08-01"]);
    assert_eq!(
        cells("breakdown"),
        ["cause=complex_emergency;event=3", "cause=flood;event=2"]
    );
    assert_eq!(cells("channel"), ["reliefweb/disasters"; 2]);
}

#[test]
fn saved_answers_of_the_first_version_are_read() {
    let Some(file) = shared("reliefweb/disasters-25466.json") else {
        return;
    };
    let desk = Desk::new();
    desk.put("humstat.toml", "network = false\n");
    desk.put("disaster.json", std::fs::read(file).unwrap());
    desk.run("ingest reliefweb --file disaster.json --retrieved 2022-09-01")
        .succeeds();
    let rows = desk.rows("figures --format csv");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["location_id"], "BFA");
    assert_eq!(rows[0]["period_start"], "2015-08-07");
}

#[test]
fn reports_are_asked_for_with_all_that_a_document_holds() {
    let keys = all_keys();
    let desk = ingest::Desk {
        now: now(),
        keys: &keys,
    };
    let wanted = ReportsWanted {
        words: "cholera camps".to_owned(),
        sources: vec!["UNHCR".to_owned()],
        period: Some("2022-03..2022-04".parse().unwrap()),
        most: 5000,
        ..ReportsWanted::default()
    };
    let requests = requests_for_reports(&wanted, &desk).unwrap();
    let [request] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    for (name, value) in [
        ("query[value]", "cholera camps"),
        ("filter[conditions][0][value][]", "UNHCR"),
        (
            "filter[conditions][1][value][to]",
            "2022-04-30T23:59:59+00:00",
        ),
        ("limit", "1000"),
    ] {
        assert_eq!(request.parameter(name).as_deref(), Some(value));
    }
    assert!(request.public_url().contains("body-html"));
    assert!(!request.public_url().contains(KEY));
}

#[test]
fn a_report_is_asked_for_by_its_address() {
    let keys = all_keys();
    let desk = ingest::Desk {
        now: now(),
        keys: &keys,
    };
    let address = "https://reliefweb.int/report/chad/flash-update";
    for written in [
        address,
        "http://www.reliefweb.int/report/chad/flash-update/?lang=en#top",
    ] {
        let request = request_for_report(written, &desk).unwrap().unwrap();
        let alias = request.parameter("filter[conditions][0][value][]");
        assert_eq!(alias.as_deref(), Some(address));
    }
    let other = request_for_report("https://example.org/report/chad", &desk).unwrap();
    assert!(other.is_none());
}
