//! The Humanitarian Data Exchange: a dataset's description first, then one of its files.

use std::path::Path;

use humstat::ingest::hdx::Hdx;
use humstat::ingest::{self, IngestError, Offline, Source, Unfinished};
use humstat::ledger::{Ledger, Recording};
use humstat::table::{self, Mapping, Options};

use crate::common::{Desk, only, shared};
use crate::ingest_answers::{Answers, all_keys, now, parsed};

const SHOW: &str = "https://data.humdata.org/api/3/action/package_show?id=unhcr-situations";
const FILE: &str = "https://data.humdata.org/dataset/a/resource/b/download/unhcr-situations.csv";

const TABLE: &str =
    "Country,ISO3,Country of Origin,ISO3 of Origin,Population type,Source,Date,Individuals
Benin,BEN,Togo,TGO,Refugees,\"UNHCR, Government\",2024-05-31,4716
";

const MAP: &str = r#"
[publication]
channel = "hdx/unhcr-situations"
title = "Situations"
licence = "CC-BY-4.0"
notes = "Read by hand."

[figure]
claimant = "UNHCR"
indicator = "refugees"
location = { column = "ISO3", scheme = "iso3" }
period = { column = "Date" }
value = { column = "Individuals" }
"#;

fn source(words: &[&str]) -> Hdx {
    parsed(words).unwrap()
}

fn situations() -> Hdx {
    source(&["unhcr-situations", "--resource", "unhcr-situations.csv"])
}

/// What `package_show` answers about a dataset with this licence and this address of its file.
fn description(licence: &str, url: &str) -> String {
    format!(
        r#"{{"help":"x","success":true,"result":{{"name":"unhcr-situations","title":"UNHCR Situations","license_id":"{licence}","license_other":"Ask before\n\nyou sell it.","dataset_source":"UNHCR","caveats":"Some countries\nare not monthly","methodology":"Other","resources":[{{"id":"b","name":"unhcr-situations.csv","format":"CSV","url":"http://elsewhere.example/x","download_url":"{url}","last_modified":"2024-07-09T18:59:33.157411","size":20033,"hash":""}},{{"id":"c","name":"notes.pdf","download_url":"https://a.example/notes.pdf"}}]}}}}"#
    )
}

#[test]
fn the_description_leads_to_the_file() {
    let answers = Answers::default()
        .with(SHOW, description("cc-by-igo", FILE))
        .with(FILE, TABLE);
    let kept = answers.ask(&situations()).unwrap();
    assert_eq!(answers.asked(), [SHOW, FILE]);
    let (pages, about) = ingest::parted(&situations(), kept).unwrap();
    assert_eq!((pages.len(), about.len()), (1, 1));
    assert_eq!(pages[0].name, "unhcr-situations.csv");
}

#[test]
fn only_https_is_followed() {
    let url = "http://data.humdata.org/download/unhcr-situations.csv";
    let answers = Answers::default().with(SHOW, description("cc-by-igo", url));
    let error = answers.ask(&situations()).unwrap_err().to_string();
    assert!(error.contains("only https is asked"), "{error}");
    assert_eq!(answers.asked(), [SHOW]);
}

#[test]
fn a_misspelled_file_is_refused_with_the_nearest_before_any_is_taken() {
    let answers = Answers::default().with(SHOW, description("cc-by-igo", FILE));
    let words = ["unhcr-situations", "--resource", "unhcr-situation.csv"];
    let error = answers.ask(&source(&words)).unwrap_err();
    assert!(matches!(error, IngestError::Usage(_)), "{error}");
    assert!(
        error.to_string().contains("`unhcr-situations.csv`"),
        "{error}"
    );
    assert_eq!(answers.asked(), [SHOW]);
}

#[test]
fn a_dataset_is_named_as_in_its_address() {
    let answers = Answers::default()
        .with(SHOW, description("cc-by-igo", FILE))
        .with(FILE, TABLE);
    let address = "https://data.humdata.org/dataset/unhcr-situations/";
    answers.ask(&source(&[address, "--resource", "b"])).unwrap();
    let error = parsed::<Hdx>(&["UNHCR situations", "--resource", "b"]).unwrap_err();
    assert!(error.contains("take the end of its address"), "{error}");
    let error = parsed::<Hdx>(&["unhcr-situations", "--resource", "b", "--map", "none.toml"]);
    assert!(error.unwrap_err().contains("none.toml"));
}

#[test]
fn an_answer_that_describes_nothing_is_refused() {
    for (body, reason) in [
        (
            r#"{"success":false}"#.to_owned(),
            "no description of a dataset",
        ),
        (
            description("cc-by-igo", FILE)
                .replace("\"name\":\"unhcr-situations\"", "\"name\":\"other\""),
            "it describes the dataset other",
        ),
    ] {
        let answers = Answers::default().with(SHOW, body);
        let error = answers.ask(&situations()).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
    let answers = Answers::default()
        .with(SHOW, description("cc-by-igo", FILE))
        .with(FILE, "");
    let error = answers.ask(&situations()).unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

/// Licence, caveats, terms and the day of the file are those of the dataset, not of the mapping.
#[test]
fn licence_and_caveats_of_the_dataset_are_kept_with_the_figures() {
    let desk = Desk::new();
    desk.put("package.json", description("cc-by-igo", FILE));
    desk.put("table.csv", TABLE).put("map.toml", MAP);
    desk.run("ingest hdx unhcr-situations --resource unhcr-situations.csv --map map.toml --file package.json table.csv")
        .succeeds()
        .says("1 figure");
    let rows = desk.rows("figures --indicator refugees");
    let row = only(&rows, "value", "4716");
    assert_eq!(
        (&*row["licence"], &*row["published_at"]),
        ("CC-BY-IGO-3.0", "2024-07-09T18:59:33Z")
    );
    for part in [
        "Read by hand. UNHCR Situations (UNHCR), through HDX.",
        "Caveats: Some countries are not monthly",
        "Terms: Ask before you sell it.",
    ] {
        assert!(row["notes"].contains(part), "{part}: {}", row["notes"]);
    }
    // The description is kept beside the table, whose only row is still found.
    desk.run(&format!("trace {}", row["figure_id"]))
        .succeeds()
        .answers("Benin,BEN,Togo");
    desk.run("ledger verify").succeeds();
}

#[test]
fn a_licence_that_stands_in_words_alone_leaves_that_of_the_mapping() {
    let desk = Desk::new();
    desk.put("package.json", description("hdx-other", FILE));
    desk.put("table.csv", TABLE).put("map.toml", MAP);
    desk.run(
        "ingest hdx unhcr-situations --resource b --map map.toml --file package.json table.csv",
    )
    .succeeds();
    let rows = desk.rows("figures --indicator refugees");
    assert_eq!(only(&rows, "value", "4716")["licence"], "CC-BY-4.0");
    // Terms in words are to be read by a person.
    desk.put("map.toml", MAP.replace("licence = \"CC-BY-4.0\"\n", ""));
    desk.put("table.csv", TABLE.replace("4716", "4717"));
    desk.run(
        "ingest hdx unhcr-situations --resource b --map map.toml --file package.json table.csv",
    )
    .succeeds();
    let rows = desk.rows("figures --indicator refugees");
    assert_eq!(only(&rows, "value", "4717")["licence"], "custom");
}

#[test]
fn a_table_of_no_known_shape_needs_a_mapping() {
    let desk = Desk::new();
    desk.put("package.json", description("cc-by-igo", FILE));
    desk.put("table.csv", "a,b\n1,2\n");
    desk.run("ingest hdx unhcr-situations --resource b --file package.json table.csv")
        .fails()
        .says("give it with --map");
}

/// Two files of one dataset have one description, and mappings of their own.
#[test]
fn a_second_file_of_the_same_dataset_is_recorded_beside_the_first() {
    let desk = Desk::new();
    desk.put("package.json", description("cc-by-igo", FILE));
    desk.put("table.csv", TABLE).put("map.toml", MAP);
    desk.put("map-2.toml", MAP.replace("by hand", "twice"));
    desk.put(
        "table-2.csv",
        TABLE.replace("4716", "4800").replace("2024-05", "2023-05"),
    );
    let words = "ingest hdx unhcr-situations --resource unhcr-situations.csv";
    desk.run(&format!(
        "{words} --map map.toml --file package.json table.csv"
    ))
    .succeeds();
    desk.run(&format!(
        "{words} --map map-2.toml --file package.json table-2.csv"
    ))
    .succeeds()
    .says("entry 2");
}

#[test]
fn what_was_recorded_of_both_requests_is_read_again_offline() {
    let answers = Answers::default()
        .with(SHOW, description("cc-by-igo", FILE))
        .with(FILE, TABLE);
    let source = situations();
    let (pages, about) = ingest::parted(&source, answers.ask(&source).unwrap()).unwrap();
    let (name, text) = source.mapping_for(&pages).unwrap();
    let mapping = Mapping::parse(Path::new(&*name), &text).unwrap();
    let options = Options {
        told: source.told(&about, &pages).unwrap(),
        retrieved: Some(now()),
        ..Options::default()
    };
    let mut table = table::read(pages, &mapping, &text, &options, |_| {}).unwrap();
    table.reading.about = about;
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(&folder.path().join("humstat.db")).unwrap();
    let recording = Recording {
        now: now(),
        program: "test".to_owned(),
        summary: "{}".to_owned(),
        allow_withdrawals: false,
    };
    ledger
        .record(table.reading.check().unwrap(), &recording)
        .unwrap();
    let keys = all_keys();
    let desk = ingest::Desk {
        now: now(),
        keys: &keys,
    };
    let unfinished = Unfinished::none(now());
    let again = ingest::ask(&source, &Offline(&ledger), &desk, &unfinished, |_, _| {}).unwrap();
    let (pages, about) = ingest::parted(&source, again).unwrap();
    assert!(pages[0].holds(TABLE.as_bytes()));
    assert_eq!(about.len(), 1);
}

#[test]
fn a_recorded_description_and_its_file_are_read_whole() {
    let (Some(package), Some(table)) = (
        shared("hdx/dataset-unhcr-situations.json"),
        shared("hdx/unhcr-situations.csv"),
    ) else {
        return;
    };
    Desk::new()
        .run(&format!(
            "ingest hdx unhcr-situations --resource unhcr-situations.csv --file \"{}\" \"{}\"",
            package.display(),
            table.display()
        ))
        .succeeds()
        .says("25 figures: 25 new");
}
