//! IOM's Displacement Tracking Matrix: rounds, operations and what its answers leave open.

use humstat::ingest::dtm::Dtm;
use humstat::ingest::{IngestError, Keys, Source};

use crate::common::{Desk, column, only, shared};
use crate::ingest_answers::{Answers, all_keys, parsed, shown};

const LIST: &str = "https://dtmapi.iom.int/v3/displacement/operation-list";
const ROWS: &str = "https://dtmapi.iom.int/v3/displacement/admin0";

fn source(words: &[&str]) -> Dtm {
    parsed(words).unwrap()
}

fn operations() -> String {
    let listed = ["Armed Clashes in Sudan", "Armed Clashes in Sudan (Overview)"].map(|name| {
        format!(
            r#"{{"operation":"{name}","operationStatus":"Active","admin0Name":"Sudan","admin0Pcode":"SDN"}}"#
        )
    });
    format!(
        r#"{{"isSuccess":true,"statusCode":200,"errorMessages":[],"result":[{}]}}"#,
        listed.join(",")
    )
}

/// A row of an operation: its round, the day, the reason, the people.
fn row(operation: &str, round: u32, day: &str, reason: &str, people: u32) -> String {
    format!(
        r#"{{"operation":"{operation}","admin0Name":"Sudan","admin0Pcode":"SDN","numPresentIdpInd":{people},"reportingDate":"{day}T00:00:00","yearReportingDate":2024,"monthReportingDate":1,"roundNumber":{round},"displacementReason":"{reason}","numberMales":null,"numberFemales":null,"idpOriginAdmin1Name":"Not available","idpOriginAdmin1Pcode":"Not available","assessmentType":"BA"}}"#
    )
}

fn answer(rows: &[String]) -> String {
    format!(
        r#"{{"isSuccess":true,"statusCode":200,"errorMessages":[],"totalRecordsCount":{},"result":[{}]}}"#,
        rows.len(),
        rows.join(",")
    )
}

fn rounds() -> String {
    answer(&[
        row("Armed Clashes in Sudan", 1, "2023-05-01", "Conflict", 700),
        row("Armed Clashes in Sudan", 1, "2023-05-01", "Insecurity", 50),
        row("Armed Clashes in Sudan", 2, "2024-05-01", "Conflict", 900),
        row(
            "Armed Clashes in Sudan (Overview)",
            1,
            "2024-04-01",
            "Conflict",
            880,
        ),
    ])
}

#[test]
fn the_gate_lets_only_browsers_pass_and_the_key_goes_in_a_header() {
    let shown = shown(&source(&["--country", "Sudan"]));
    assert!(shown.contains("Mozilla/5.0"), "{shown}");
    assert!(shown.contains("Ocp-Apim-Subscription-Key"), "{shown}");
    assert!(!shown.contains("key-of-HUMSTAT_DTM_KEY"), "{shown}");
}

#[test]
fn without_a_key_or_a_subject_nothing_is_asked() {
    let answers = Answers::default();
    let error = answers
        .ask_with(&source(&["--country", "SDN"]), &Keys::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("HUMSTAT_DTM_KEY") && error.contains("dtm-apim-portal"),
        "{error}"
    );
    let error = answers.ask_with(&source(&[]), &all_keys()).unwrap_err();
    assert!(
        error.to_string().contains("--operation, --country"),
        "{error}"
    );
    assert!(answers.asked().is_empty());
}

#[test]
fn an_operation_is_looked_up_before_its_rows_are_asked_for() {
    let rows = format!("{ROWS}?Operation=Armed+Clashes+in+Sudan&FromReportingDate=2024-01-01");
    let answers = Answers::default()
        .with(LIST, operations())
        .with(&rows, rounds());
    let words = [
        "--operation",
        "Armed Clashes in Sudan",
        "--period",
        "2024-01-01..",
    ];
    let kept = answers.ask_with(&source(&words), &all_keys()).unwrap();
    assert_eq!(answers.asked(), [LIST.to_owned(), rows]);
    assert_eq!(kept.len(), 2, "the list is kept beside the rows");
    let error = answers
        .ask_with(
            &source(&["--operation", "Armed Clash in Sudan"]),
            &all_keys(),
        )
        .unwrap_err();
    assert!(matches!(error, IngestError::Usage(_)), "{error}");
    assert!(
        error.to_string().contains("`Armed Clashes in Sudan`"),
        "{error}"
    );
}

/// Rows of figures may say of their operation what the list says.
#[test]
fn rows_are_never_taken_for_the_list_of_operations() {
    let url = format!("{ROWS}?Admin0Pcode=SDN");
    let row = row("Armed Clashes in Sudan", 1, "2023-05-01", "Conflict", 700);
    let row = row.replacen('{', r#"{"operationStatus":"Active","#, 1);
    let answers = Answers::default().with(&url, answer(&[row]));
    let pages = answers.ask_with(&source(&["--country", "SDN"]), &all_keys());
    assert_eq!(pages.unwrap().len(), 1);
    assert_eq!(answers.asked(), [url]);
}

#[test]
fn answers_that_fail_or_are_cut_are_refused() {
    let url = format!("{ROWS}?Admin0Pcode=SDN");
    for (body, reason) in [
        (
            r#"{"isSuccess":false,"errorMessages":["bad country"],"result":[]}"#.to_owned(),
            "bad country",
        ),
        (
            rounds().replace("\"totalRecordsCount\":4", "\"totalRecordsCount\":9"),
            "counts 9 rows and sent 4",
        ),
        ("[]".to_owned(), "no list of rows"),
        (answer(&[]), "nothing that matches"),
    ] {
        let answers = Answers::default().with(&url, body);
        let error = answers
            .ask_with(&source(&["--country", "SDN"]), &all_keys())
            .unwrap_err()
            .to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn only_the_latest_round_of_each_operation_is_recorded_and_the_rest_counted() {
    let desk = Desk::new();
    desk.put("sudan.json", rounds());
    desk.run("ingest dtm --country SDN --file sudan.json --retrieved 2024-06-01")
        .succeeds()
        .says("passed over 2 rows: earlier rounds of Armed Clashes in Sudan in SDN");
    let rows = desk.rows("figures --indicator idps");
    assert_eq!(column(&rows, "value"), ["900", "880"]);
    // Two operations may count the same people.
    desk.run("summary --indicator idps --location SDN --total")
        .fails()
        .says("no total (rule parts)");
}

#[test]
fn all_rounds_are_recorded_when_they_are_asked_for() {
    let desk = Desk::new();
    desk.put("sudan.json", rounds());
    desk.run("ingest dtm --country SDN --all-rounds --file sudan.json --retrieved 2024-06-01")
        .succeeds()
        .says("4 figures");
}

/// What stands at the end, by operation and reason.
fn newest(desk: &Desk) -> Vec<(String, String)> {
    let rows = desk.rows("figures --indicator idps --at 2024-12-31");
    let of_row = |row: &crate::common::Row| (row["breakdown"].clone(), row["value"].clone());
    rows.iter().map(of_row).collect()
}

/// Fifty people who fled insecurity were counted in the first round, and the second does not name the
/// reason: they are not among the newest numbers, whichever way the rounds came.
#[test]
fn a_reason_that_a_later_round_no_longer_names_has_no_newest_number() {
    let first = answer(&[
        row("Armed Clashes in Sudan", 1, "2023-05-01", "Conflict", 700),
        row("Armed Clashes in Sudan", 1, "2023-05-01", "Insecurity", 50),
    ]);
    for order in [["first", "second"], ["second", "first"]] {
        let desk = Desk::new();
        desk.put("first.json", &first);
        desk.put("second.json", rounds());
        for name in order {
            let day = if name == "first" {
                "2023-06-01"
            } else {
                "2024-06-01"
            };
            desk.run(&format!(
                "ingest dtm --country SDN --file {name}.json --retrieved {day}"
            ))
            .succeeds();
        }
        let values: Vec<String> = newest(&desk).into_iter().map(|(_, value)| value).collect();
        assert_eq!(values, ["900", "880"], "{order:?}");
        let then = desk.rows("figures --indicator idps --at 2023-12-31");
        assert_eq!(column(&then, "value"), ["700", "50"]);
        let known = desk.rows("figures --indicator idps --at 2024-12-31 --as-known-on 2023-12-31");
        assert_eq!(column(&known, "value"), ["700", "50"]);
    }
}

/// The round of one operation says nothing of another's people, nor of another country's.
#[test]
fn a_round_covers_its_operation_in_its_country_alone() {
    let desk = Desk::new();
    let abroad = row("Armed Clashes in Sudan", 1, "2023-05-01", "Insecurity", 30)
        .replace("SDN", "TCD")
        .replace("\"admin0Name\":\"Sudan\"", "\"admin0Name\":\"Chad\"");
    let list = rounds();
    let more = list
        .replace("\"totalRecordsCount\":4", "\"totalRecordsCount\":5")
        .replace("\"result\":[", &format!("\"result\":[{abroad},"));
    desk.put("operations.json", more);
    desk.run(
        "ingest dtm --operation \"Armed Clashes in Sudan\" --all-rounds --file operations.json --retrieved 2024-06-01",
    )
    .succeeds()
    .says("5 figures: 5 new");
    let mut values: Vec<String> = newest(&desk).into_iter().map(|(_, value)| value).collect();
    values.sort();
    assert_eq!(values, ["30", "880", "900"]);
}

/// Round 16 of the operation in Afghanistan has 7 of the 53 series that its rounds have together.
#[test]
fn recorded_rounds_of_afghanistan_end_with_what_the_last_one_names() {
    let Some(path) = shared("dtm/displacement-admin0-admin0pcode-afg.json") else {
        return;
    };
    let desk = Desk::new();
    desk.run(&format!(
        "places add \"{}/tests/fixtures/dtm-gazetteer.csv\"",
        env!("CARGO_MANIFEST_DIR")
    ))
    .succeeds();
    desk.run(&format!(
        "ingest dtm --country AFG --all-rounds --file \"{}\" --retrieved 2025-08-01",
        path.display()
    ))
    .succeeds();
    let rows = desk.rows("figures --indicator idps --at 2025-01-01");
    let of_all = |row: &&crate::common::Row| !row["breakdown"].contains("sex=");
    let all: Vec<_> = rows.iter().filter(of_all).collect();
    assert_eq!(all.len(), 7);
    assert!(all.iter().all(|row| row["period_end"] == "2022-12-31"));
}

#[test]
fn not_available_is_no_number_and_an_unknown_origin() {
    let desk = Desk::new();
    desk.put(
        "sudan.json",
        answer(&[row(
            "Armed Clashes in Sudan",
            2,
            "2024-05-01",
            "Not available",
            900,
        )]),
    );
    desk.run("ingest dtm --country SDN --file sudan.json --retrieved 2024-06-01")
        .succeeds()
        .says("1 figure: 1 new, 2 cells without a number");
    let rows = desk.rows("figures --indicator idps");
    let row = only(&rows, "value", "900");
    assert_eq!(row["origin"], "Unknown");
    assert!(
        row["breakdown"].contains("cause=unknown"),
        "{}",
        row["breakdown"]
    );
}

#[test]
fn the_first_day_of_a_caseload_is_kept_with_its_figures() {
    let desk = Desk::new();
    desk.put("sudan.json", rounds());
    desk.run("ingest dtm --country SDN --all-rounds --caseload-since 2023-06-15 --file sudan.json --retrieved 2024-06-01")
        .succeeds()
        .says("passed over 2 rows: rounds before the first day of the caseload");
    let rows = desk.rows("figures --indicator idps");
    assert!(rows.iter().all(|row| row["since"] == "2023-06-15"));
}

/// In Chad the same round was counted as a baseline and as a site assessment.
#[test]
fn two_assessments_of_one_round_are_never_added() {
    let desk = Desk::new();
    let baseline = row("Lake Chad", 1, "2024-05-01", "Conflict", 147_032);
    let site = baseline.replace("\"BA\"", "\"SA\"");
    desk.put("chad.json", answer(&[baseline, site]));
    desk.run("ingest dtm --country SDN --file chad.json --retrieved 2024-06-01")
        .succeeds();
    desk.run("summary --indicator idps --location SDN --total")
        .fails()
        .says("no total (rule parts)");
}

#[test]
fn recorded_rounds_of_haiti_are_read_whole() {
    let Some(path) = shared("dtm/displacement-admin0-admin0pcode-hti.json") else {
        return;
    };
    let desk = Desk::new();
    desk.run(&format!(
        "places add \"{}/tests/fixtures/dtm-gazetteer.csv\"",
        env!("CARGO_MANIFEST_DIR")
    ))
    .succeeds();
    desk.run(&format!(
        "ingest dtm --country HTI --all-rounds --file \"{}\" --retrieved 2025-08-01",
        path.display()
    ))
    .succeeds()
    .says("280 figures: 280 new");
}

#[test]
fn what_was_asked_of_iom_can_be_asked_again() {
    let words = source(&["--operation", "A (B)", "--level", "admin1", "--all-rounds"]).words();
    let again: Dtm = parsed(&words[1..].iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
    assert_eq!(again.words(), words);
}
