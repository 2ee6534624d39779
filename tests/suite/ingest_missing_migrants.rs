//! IOM's Missing Migrants Project: the whole table from one address.

use humstat::ingest::missing_migrants::MissingMigrants;
use humstat::ingest::{IngestError, Source};

use crate::common::Desk;
use crate::ingest_answers::{Answers, parsed};

const URL: &str = "https://missingmigrants.iom.int/sites/g/files/tmzbdl601/files/report-migrant-incident/Missing_Migrants_Global_Figures_allData.csv";

/// Incidents as the table lists them: keys, day, dead, missing, country.
fn table(rows: &[(&str, &str, &str, &str, &str)]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(main, part, day, dead, missing)| {
            format!("{main},{part},Incident,North America,{day},2024,March,{dead},{missing},5,,Drowning,Mexico,US-Mexico border crossing,\"31.6, -106.4\"")
        })
        .collect();
    format!(
        "Main ID,Incident ID,Incident Type,Region of Incident,Incident Date,Incident Year,Month,Number of Dead,Minimum Estimated Number of Missing,Total Number of Dead and Missing,Number of Survivors,Cause of Death,Country of Incident,Migration Route,Coordinates\n{}\n",
        rows.join("\n")
    )
}

fn source() -> MissingMigrants {
    parsed(&[]).unwrap()
}

#[test]
fn the_whole_table_is_asked_for() {
    let answers = Answers::default().with(
        URL,
        table(&[("2024.MMP1", "2024.MMP1", "2024-03-01", "3", "2")]),
    );
    assert_eq!(answers.ask(&source()).unwrap().len(), 1);
    assert_eq!(source().words(), ["missing-migrants"]);
}

#[test]
fn an_address_that_moved_and_another_table_say_what_to_do() {
    let error = Answers::default()
        .refusing(URL, 404)
        .ask(&source())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("missingmigrants.iom.int/downloads"),
        "{error}"
    );
    let error = Answers::default()
        .with(URL, "country,dead\nMexico,3\n")
        .ask(&source())
        .unwrap_err()
        .to_string();
    assert!(error.contains("it has no Main ID"), "{error}");
    let error = Answers::default()
        .with(URL, table(&[]))
        .ask(&source())
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

/// The number of the missing is a minimum; an empty cell is not reported.
#[test]
fn parts_of_one_incident_are_told_apart_and_what_is_gone_is_taken_back() {
    let desk = Desk::new();
    let row = |main, part, dead| (main, part, "2024-03-01", dead, "2");
    let mut all = vec![
        row("2024.MMP1", "2024.MMP1-1", "3"),
        row("2024.MMP1", "2024.MMP1-2", "4"),
    ];
    let others: Vec<String> = (2..12).map(|number| format!("2024.MMP{number}")).collect();
    all.extend(others.iter().map(|id| row(id, id, "1")));
    desk.put("all.csv", table(&all));
    let fewer = &all[..all.len() - 1];
    desk.put("later.csv", table(fewer));
    desk.run("ingest missing-migrants --file all.csv --retrieved 2026-06-01")
        .succeeds();
    let killed = desk.rows("figures --indicator killed");
    assert_eq!(killed.len(), 12);
    assert!(
        killed
            .iter()
            .any(|row| { row["breakdown"].contains("event=2024.MMP1-2") && row["value"] == "4" })
    );
    let missing = desk.rows("figures --indicator missing");
    assert!(missing.iter().all(|row| row["qualifier"] == "at_least"));
    desk.run("ingest missing-migrants --file later.csv --retrieved 2026-06-08")
        .succeeds();
    assert_eq!(desk.rows("figures --indicator killed").len(), 11);
}
