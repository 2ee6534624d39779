//! Eurostat's tables: what is asked for, JSON-stat cell by cell, and SDMX-CSV as it is saved.

use clap::Parser;
use humstat::ingest::eurostat::Eurostat;
use humstat::ingest::{IngestError, Source};

use crate::common::Desk;
use crate::ingest_answers::Answers;

/// The words of a command line.
#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    source: Eurostat,
}

fn parse(words: &str) -> Result<Eurostat, clap::Error> {
    Line::try_parse_from(std::iter::once("eurostat").chain(words.split_whitespace()))
        .map(|line| line.source)
}

fn source(words: &str) -> Eurostat {
    parse(words).unwrap()
}

const ASKED: &str = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data";

/// Beneficiaries from Ukraine and of all citizenships in Greece, Poland and the Union, two months.
/// Cells are counted with the last dimension first; those of Poland in April are not there.
fn cube() -> String {
    r#"{"version":"2.0","class":"dataset","label":"Beneficiaries of temporary protection","source":"ESTAT","updated":"2026-05-10T11:00:00+0200",
"value":{"0":27000,"1":27345,"2":960000,"4":4200000,"5":4210005,"6":27500,"10":4300000},
"status":{"1":"p","3":"c","4":"ep"},
"id":["freq","unit","citizen","sex","age","geo","time"],"size":[1,1,2,1,1,3,2],
"dimension":{
"freq":{"label":"Time frequency","category":{"index":{"M":0},"label":{"M":"Monthly"}}},
"unit":{"category":{"index":{"PER":0}}},
"citizen":{"category":{"index":{"TOTAL":1,"UA":0}}},
"sex":{"category":{"label":{"T":"Total"}}},
"age":{"category":{"index":["TOTAL"]}},
"geo":{"category":{"index":{"EL":0,"PL":1,"EU27_2020":2}}},
"time":{"category":{"index":{"2026-03":0,"2026-04":1}}}}}"#
        .to_owned()
}

#[test]
fn no_more_dimensions_are_asked_for_than_are_needed() {
    for (words, url) in [
        (
            "migr_asytpsm --origin UKR --location Greece,UK --period 2022-03..2024-05",
            "/migr_asytpsm?format=JSON&lang=EN&unit=PER&sex=T&age=TOTAL&citizen=UA&geo=EL&geo=UK&sinceTimePeriod=2022-03&untilTimePeriod=2024-05",
        ),
        (
            "migr_asytpfq --location group:eu27-2020 --by sex --period 2022-05..",
            "/migr_asytpfq?format=JSON&lang=EN&unit=PER&age=TOTAL&citizen=TOTAL&geo=EU27_2020&sinceTimePeriod=2022-Q2",
        ),
        (
            "migr_asytpfa --period 2022",
            "/migr_asytpfa?format=JSON&lang=EN&unit=PER&sex=T&age=TOTAL&citizen=TOTAL&sinceTimePeriod=2022&untilTimePeriod=2022",
        ),
        (
            "migr_asyappctzm --origin SYR --applicants first",
            "/migr_asyappctzm?format=JSON&lang=EN&unit=PER&sex=T&age=TOTAL&applicant=FRST&citizen=SY",
        ),
    ] {
        let answers = Answers::default().with(&format!("{ASKED}{url}"), cube());
        answers.ask(&source(words)).unwrap();
    }
    let words = "eurostat migr_asytpsm --origin UKR --location GRC --by sex,age";
    assert_eq!(source(&words[9..]).words().join(" "), words);
}

#[test]
fn a_wrong_word_is_refused_before_anything_is_asked() {
    for (words, said) in [
        ("migr_asytpms", "migr_asytpsm"),
        ("migr_asytpsm --origin Ukrain", "Ukraine"),
        ("migr_asytpsm --location m49:150", "no code at Eurostat"),
        ("migr_asytpsm --by gender", "sex"),
    ] {
        let error = parse(words).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let answers = Answers::default();
    let error = answers
        .ask(&source("migr_asytpsm --applicants first"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("migr_asyappctzm alone"), "{error}");
    assert_eq!(answers.asked(), Vec::<String>::new());
}

const ALL: &str = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/migr_asytpsm?format=JSON&lang=EN&unit=PER&sex=T&age=TOTAL&citizen=TOTAL";

#[test]
fn a_cube_without_a_number_is_an_error_and_no_empty_table() {
    let start = cube();
    let from = start.find("\"value\"").unwrap();
    let to = start.find("\"id\"").unwrap();
    let empty = format!("{}\"value\":{{}},{}", &start[..from], &start[to..]);
    let error = Answers::default()
        .with(ALL, empty)
        .ask(&source("migr_asytpsm"))
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

#[test]
fn an_answer_that_is_put_off_is_an_error() {
    let late = r#"{"warning":{"status":413,"label":"ASYNCHRONOUS_RESPONSE. Your request will be treated asynchronously."}}"#;
    let error = Answers::default()
        .with(ALL, late)
        .ask(&source("migr_asytpsm"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("ASYNCHRONOUS") && error.contains("fewer"),
        "{error}"
    );
    let error = Answers::default()
        .refusing(ALL, 400)
        .ask(&source("migr_asytpsm"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("no such code"), "{error}");
}

/// Greece is EL, an absent key is no row, a cell with a flag alone has no number.
#[test]
fn cells_of_json_stat_are_counted_with_the_last_dimension_first() {
    let desk = Desk::new();
    desk.put("cube.json", cube());
    desk.run("ingest eurostat migr_asytpsm --file cube.json --retrieved 2026-06-20")
        .succeeds()
        .says("7 figures: 7 new");
    let rows = desk.rows("figures --indicator refugees --origin UKR");
    let shown: Vec<_> = rows
        .iter()
        .map(|row| {
            ["location_id", "period_end", "value", "status", "notes"].map(|name| row[name].as_str())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ["GRC", "2026-03-31", "27000", "observed", ROUNDED],
            [
                "GRC",
                "2026-04-30",
                "27345",
                "provisional",
                &noted("provisional")
            ],
            ["POL", "2026-03-31", "960000", "observed", ROUNDED],
            [
                "group:eu27-2020",
                "2026-03-31",
                "4200000",
                "estimated",
                &noted("estimated, provisional")
            ],
            [
                "group:eu27-2020",
                "2026-04-30",
                "4210005",
                "observed",
                ROUNDED
            ],
        ]
    );
    assert!(rows.iter().all(|row| row["measure"] == "stock"));
    assert!(
        rows.iter()
            .all(|row| row["published_at"] == "2026-05-10T09:00:00Z")
    );
    // Those of all citizenships have no origin.
    let rows = desk.rows("figures --indicator refugees --location GRC --at 2026-03-31");
    assert!(
        rows.iter()
            .any(|row| row["origin_id"].is_empty() && row["value"] == "27500")
    );
}

const ROUNDED: &str = "Numbers are rounded to the nearest multiple of five by the source, which keeps no earlier versions";

fn noted(flag: &str) -> String {
    format!("{flag}; {ROUNDED}")
}

/// Whatever `size`, codes and keys say must fit together.
#[test]
fn a_cube_that_contradicts_itself_is_refused() {
    for (right, wrong, said) in [
        (
            "\"size\":[1,1,2,1,1,3,2]",
            "\"size\":[1,1,2,1,1,3]",
            "`size` has 6",
        ),
        (
            "\"size\":[1,1,2,1,1,3,2]",
            "\"size\":[1,1,2,1,1,4,2]",
            "has 3 codes",
        ),
        ("\"10\":4300000", "\"12\":4300000", "names cell 12"),
        ("\"10\":4300000", "\"ten\":4300000", "no number"),
        (
            "\"EL\":0,\"PL\":1",
            "\"EL\":0,\"PL\":0",
            "codes of the dimension `geo`",
        ),
    ] {
        let answers = Answers::default().with(ALL, cube().replace(right, wrong));
        let error = answers
            .ask(&source("migr_asytpsm"))
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn values_may_be_a_list_with_nulls_and_one_status_for_all() {
    let start = cube();
    let from = start.find("\"value\"").unwrap();
    let to = start.find("\"id\"").unwrap();
    let list = format!(
        "{}\"value\":[1,null,2,null,null,null,null,null,null,null,null,5],\"status\":\"p\",{}",
        &start[..from],
        &start[to..]
    );
    let desk = Desk::new();
    desk.put("cube.json", list);
    desk.run("ingest eurostat migr_asytpsm --file cube.json --retrieved 2026-06-20")
        .succeeds()
        .says("3 figures: 3 new");
    let rows = desk.rows("figures --indicator refugees");
    assert!(rows.iter().all(|row| row["status"] == "provisional"));
    assert!(rows.iter().any(|row| {
        row["location_id"] == "group:eu27-2020"
            && row["value"] == "5"
            && row["period_end"] == "2026-04-30"
    }));
}

/// Decisions and applications are flows of their month, quarter or year.
#[test]
fn decisions_and_applications_are_flows() {
    let csv = |applicant: &str, time: &str| {
        let (name, cell) = match applicant {
            "" => ("", String::new()),
            code => ("applicant,", format!("{code},")),
        };
        format!(
            "DATAFLOW,LAST UPDATE,freq,unit,citizen,sex,{name}age,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nESTAT:X(1.0),10/05/26 11:00:00,M,PER,UA,F,{cell}Y_LT14,UK,{time},1005,b\nESTAT:X(1.0),10/05/26 11:00:00,M,PER,EXT_EU27_2020,T,{cell}TOTAL,UK,{time},5,\nESTAT:X(1.0),10/05/26 11:00:00,M,PER,UA,T,{cell}TOTAL,UK,{time},,c\n"
        )
    };
    for (table, applicant, time, indicator, start, end, breakdown) in [
        (
            "migr_asytpfm",
            "",
            "2026-02",
            "asylum_decisions",
            "2026-02-01",
            "2026-02-28",
            "age=0-13;definition=temporary_protection_granted;sex=f",
        ),
        (
            "migr_asytpfq",
            "",
            "2026-Q1",
            "asylum_decisions",
            "2026-01-01",
            "2026-03-31",
            "age=0-13;definition=temporary_protection_granted;sex=f",
        ),
        (
            "migr_asytpfa",
            "",
            "2025",
            "asylum_decisions",
            "2025-01-01",
            "2025-12-31",
            "age=0-13;definition=temporary_protection_granted;sex=f",
        ),
        (
            "migr_asyappctzm",
            "FRST",
            "2026-02",
            "asylum_applications",
            "2026-02-01",
            "2026-02-28",
            "age=0-13;application_type=N;sex=f",
        ),
    ] {
        let desk = Desk::new();
        desk.put("saved.csv", csv(applicant, time));
        desk.run(&format!(
            "ingest eurostat {table} --file saved.csv --retrieved 2026-06-20"
        ))
        .succeeds()
        .says("groups of countries");
        let rows = desk.rows(&format!("figures --indicator {indicator}"));
        let [row] = rows.as_slice() else {
            panic!("{rows:?}");
        };
        assert_eq!(
            [
                "measure",
                "location_id",
                "period_start",
                "period_end",
                "value",
                "breakdown",
                "published_at"
            ]
            .map(|name| row[name].as_str()),
            [
                "flow",
                "GBR",
                start,
                end,
                "1005",
                breakdown,
                "2026-05-10T11:00:00Z"
            ]
        );
        assert!(row["notes"].starts_with("break in the series"));
    }
}

#[test]
fn another_table_is_refused() {
    let desk = Desk::new();
    desk.put("other.csv", "geo,value\nPL,5\n");
    desk.run("ingest eurostat migr_asytpsm --file other.csv --retrieved 2026-06-20")
        .fails()
        .says("neither JSON-stat nor SDMX-CSV");
}
