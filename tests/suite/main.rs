//! The integration tests: one binary, one module per theme, all through the real program.

mod agreement;
mod audit;
mod blog;
mod changes;
mod chart_forms;
mod chart_letters;
mod chart_looks;
mod cite;
mod columns;
mod common;
mod compare;
mod conventions;
mod disaggregate;
mod documents;
mod documents_hostile;
mod documents_packed;
mod documents_web;
mod estimate;
mod export;
mod export_datasette;
mod export_geojson;
mod export_hxl;
mod export_replication;
mod faults;
mod faults_bytes;
mod faults_clock;
mod faults_disk;
mod faults_kill;
mod faults_outputs;
mod faults_writers;
mod fetch_faults;
mod fetch_pace;
mod fetch_redirects;
mod fetch_secrets;
mod fetch_server;
mod flows;
mod forecast;
mod forms;
mod forms_written;
mod fuzz;
mod gallery;
mod guides;
mod hostile_archives;
mod hostile_names;
mod hostile_text;
mod hxl;
mod ingest_acled;
mod ingest_again;
mod ingest_answers;
mod ingest_dtm;
mod ingest_eurostat;
mod ingest_hapi;
mod ingest_hdx;
mod ingest_help;
mod ingest_idmc;
mod ingest_keys;
mod ingest_missing_migrants;
mod ingest_ohchr;
mod ingest_owid;
mod ingest_reliefweb;
mod ingest_text;
mod ingest_ucdp;
mod ingest_unhcr;
mod ingest_unhcr_situation;
mod ingest_world_bank;
mod key_check;
mod kill;
mod ledger_commands;
mod ledger_properties;
mod ledger_tampering;
mod licences;
mod mappings;
mod messy_workbook;
mod nowcast;
mod pairs;
mod places;
mod places_in_tables;
mod projection;
mod prose;
mod prose_doubts;
mod quantities;
mod quantities_hostile;
mod quantities_languages;
mod rates;
mod real_files;
mod regressions;
mod report;
mod review;
mod review_ledger;
mod situations;
mod sources;
mod suggest;
mod tables;
mod tables_refused;
mod tally;
mod trace;
mod trace_draft;
mod transcripts;
mod trend;
mod truth_on_real_data;
mod truth_rules;
mod ukraine;
mod ukraine_run;
mod vintages;
mod wild_files;
mod workbook_cells;
mod xlsb;

use std::path::Path;

/// A file that no `mod` names would be compiled by nobody and fail for nobody.
#[test]
fn every_file_of_the_suite_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let listed = include_str!("main.rs");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "rs"))
        .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "main")
        .collect();
    found.sort();
    assert!(!found.is_empty());
    for name in found {
        assert!(
            listed.lines().any(|line| line == format!("mod {name};")),
            "tests/suite/{name}.rs is listed nowhere: add `mod {name};` to main.rs"
        );
    }
}
