//! A key goes into requests and nowhere else, in a run from the question to the table.

use humstat::ingest::Source;
use humstat::ingest::idmc::Idmc;
use humstat::ledger::Ledger;

use crate::common::Desk;
use crate::ingest_answers::{Answers, parsed};

const KEY: &str = "key-of-HUMSTAT_IDMC_CLIENT_ID";

const ADDRESS: &str = "https://helix-tools-api.idmcdb.org/external-api/gidd/displacements/?format=json&release_environment=RELEASE&iso3__in=SDN&start_year=2023&end_year=2023&limit=1000&offset=0";

/// An answer that sends the key back in each of its links.
fn answer() -> String {
    format!(
        r#"{{"count":1,"next":"https://helix-tools-api.idmcdb.org/?client_id={KEY}","previous":"https://helix-tools-api.idmcdb.org/?a=1&client_id={KEY}","results":[{{"iso3":"SDN","country_name":"Sudan","year":2023,"conflict_new_displacement":6000000,"conflict_new_displacement_rounded":1,"conflict_total_displacement":9000000,"conflict_total_displacement_rounded":1,"disaster_new_displacement":null,"disaster_new_displacement_rounded":null,"disaster_total_displacement":null,"disaster_total_displacement_rounded":null}}]}}"#
    )
}

#[test]
fn a_key_of_the_environment_is_in_no_output_and_in_no_file() {
    let desk = Desk::new().with("HUMSTAT_IDMC_CLIENT_ID", KEY);
    desk.put(
        "humstat.toml",
        "network = false\nuse = \"non-commercial\"\n",
    );
    let words = ["gidd", "--location", "SDN", "--period", "2023..2023"];
    let source: Idmc = parsed(&words).unwrap();
    Answers::default()
        .with(ADDRESS, answer())
        .record(&desk, &source);
    assert!(!format!("{source:?}{:?}", source.words()).contains(KEY));
    for line in [
        "sources idmc",
        "ledger log",
        "ledger show 1",
        "ledger verify",
        "figures --format json",
        "figures -o figures.csv",
        "summary --indicator idps -o summary.csv",
        "trace f1",
        "cite",
        "ingest idmc gidd --location SDN --period 2023..2023 --offline",
        "ingest idmc gidd --location TCD",
        "update",
        "sources idmc --check",
    ] {
        let outcome = desk.run(line);
        let said = outcome.stdout + &outcome.stderr;
        assert!(!said.is_empty(), "{line} says nothing");
        assert!(!said.contains(KEY), "{line}\n{said}");
    }
    let mut files = 0;
    for file in std::fs::read_dir(desk.folder()).unwrap() {
        let file = file.unwrap().path();
        let bytes = std::fs::read(&file).unwrap();
        let found = bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes());
        assert!(!found, "{}", file.display());
        files += 1;
    }
    assert!(files >= 5, "{files} files");
    // The bytes that the ledger keeps are packed.
    let ledger = Ledger::open(&desk.path("humstat.db")).unwrap();
    let kept = ledger.answer_to(ADDRESS).unwrap().unwrap();
    let text = String::from_utf8(kept.into_whole().unwrap()).unwrap();
    assert!(text.contains("[hidden]") && !text.contains(KEY), "{text}");
}

#[test]
fn a_key_that_no_source_asks_for_is_told_with_the_nearest() {
    let desk = Desk::new();
    desk.put("humstat.toml", "[keys]\nHUMSTAT_ACLD_PASSWORD = \"X\"\n");
    desk.run("sources acled")
        .ends_with(1)
        .says("[keys]")
        .says("HUMSTAT_ACLED_PASSWORD");
}
