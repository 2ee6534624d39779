//! OHCHR's civilian casualties in Ukraine, from OCHA's sheet of key figures.

use humstat::ingest::ohchr::Ohchr;
use humstat::ingest::{IngestError, Source};

use crate::common::{Desk, shared};
use crate::ingest_answers::{Answers, parsed};

const URL: &str = "https://docs.google.com/spreadsheets/d/e/2PACX-1vQIdedbZz0ehRC0b4fsWiP14R7MdtU1mpmwAkuXUPElSah2AWCURKGALFDuHjvyJUL8vzZAt3R1B5qg/pub?gid=0&single=true&output=csv";

const HEADER: &str = "Flash Appeal,,,,\nRefugees(UNHCR),Civilian casualities(OHCHR) - Killed,Civilian casualities(OHCHR) - Injured,Date,Source URL\n";

fn source() -> Ohchr {
    parsed(&[]).unwrap()
}

fn sheet() -> String {
    format!(
        "{HEADER}1000000,249,553,2022-03-03,https://a.example/1\nN/A,N/A,,2022-03-04,https://a.example/2\nNA,331,675,2022-03-05,https://a.example/3\n"
    )
}

#[test]
fn the_sheet_is_asked_for_as_csv() {
    let answers = Answers::default().with(URL, sheet());
    assert_eq!(answers.ask(&source()).unwrap().len(), 1);
    assert_eq!(source().words(), ["ohchr"]);
    let error = Answers::default()
        .with(URL, HEADER)
        .ask(&source())
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
    let error = Answers::default()
        .refusing(URL, 404)
        .ask(&source())
        .unwrap_err()
        .to_string();
    assert!(error.contains("ukraine-key-figures-2022"), "{error}");
}

/// Two lines of header, and three marks for "no number".
#[test]
fn each_row_is_a_report_of_a_cumulative() {
    let desk = Desk::new();
    desk.put("sheet.csv", sheet());
    desk.run("ingest ohchr --file sheet.csv --retrieved 2026-06-20")
        .succeeds();
    let rows = desk.rows("figures --indicator killed --as-known-on 2022-03-31");
    let shown: Vec<_> = rows
        .iter()
        .map(|row| {
            ["claimant", "measure", "since", "period_end", "value", "url"]
                .map(|name| row[name].as_str())
        })
        .collect();
    assert_eq!(
        shown,
        [
            [
                "OHCHR",
                "cumulative",
                "2022-02-24",
                "2022-03-03",
                "249",
                "https://a.example/1"
            ],
            [
                "OHCHR",
                "cumulative",
                "2022-02-24",
                "2022-03-05",
                "331",
                "https://a.example/3"
            ],
        ]
    );
}

/// The recorded copy ends on 25 April 2022.
#[test]
fn the_recorded_sheet_is_read_whole() {
    let Some(file) = shared("ukraine/ohchr_casualties_hdx.csv") else {
        return;
    };
    let desk = Desk::new();
    desk.run(&format!(
        "ingest ohchr --file \"{}\" --retrieved 2026-06-20",
        file.display()
    ))
    .succeeds()
    .says("100 figures: 100 new");
    let rows = desk.rows("figures --indicator injured --at 2022-04-25");
    assert_eq!(rows[0]["value"], "3053");
}
