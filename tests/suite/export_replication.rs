//! `humstat export replication` and `humstat run --verify`.

use std::path::Path;

use clap::Parser;
use humstat::ingest::unhcr::Unhcr;

use super::common::{Desk, rows};
use super::export::files;
use super::ingest_answers::Answers;
use super::ukraine::desk;

/// A desk without a ledger that has a copy of the replication of another.
fn elsewhere(desk: &Desk) -> Desk {
    let other = Desk::new();
    copy(&desk.path("out"), &other.path("out"));
    other
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let file = to.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

/// The replication of Ukraine 2022 on a desk without a ledger.
fn ukraine() -> Desk {
    let desk = desk();
    desk.run("export replication --plan ukraine-2022 -o out")
        .succeeds();
    elsewhere(&desk)
}

/// Changes a text in a file of the replication, once.
#[track_caller]
fn change(desk: &Desk, file: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(desk.path(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    desk.put(file, text.replacen(from, to, 1));
}

#[test]
fn a_replication_is_made_again_elsewhere_without_a_ledger() {
    let desk = desk();
    let said = desk
        .run("export replication --plan ukraine-2022 -o out")
        .succeeds();
    insta::assert_snapshot!(said.transcript(), @r"
    --- stderr, exit code 0
    ledger humstat.db, entry 3 (e0de8d69ed23)
    wrote out with 24 files; humstat run out/plan.toml --verify makes it again
    ");
    let made = files(&desk.path("out"));
    let names: Vec<&str> = made.keys().map(String::as_str).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    CITATION.cff
    README.md
    SHA256SUMS
    captures.csv
    captures/1/map.toml
    captures/1/refugees.csv
    captures/2/casualties.csv
    captures/2/map.toml
    captures/3/map.toml
    captures/3/press.csv
    charts/civilian-casualties.csv
    charts/crossings-by-destination.csv
    charts/crossings-flow.csv
    charts/crossings-over-time.csv
    charts/new-crossings-per-day.csv
    figures.csv
    ledger.txt
    plan.toml
    read.R
    read.py
    summary.csv
    tables/figures.csv
    tables/summary.csv
    tables/trends.csv
    ");
    let other = elsewhere(&desk);
    let again = other.run("run out/plan.toml --verify").succeeds();
    insta::assert_snapshot!(again.transcript(), @r"
    --- stderr, exit code 0
    10 tables were made again from 3 captures of the folder, all the same
    the ledger made from them has the hash of entry 3, e0de8d69ed23fcfab10c0ed47d2cf22aebdffa0aa734cef91b01879b58469b9f
    ");
    assert!(!other.path("humstat.db").exists(), "nothing is recorded");
    assert_eq!(
        rows(&made["figures.csv"]),
        desk.rows("figures --format csv"),
        "the plan has a table of all figures"
    );
    // The same bytes a second time, on another day.
    let second = super::ukraine::desk().with("POLARS_MAX_THREADS", "1");
    second
        .run("export replication --plan ukraine-2022 -o out")
        .succeeds();
    let second = files(&second.path("out"));
    for (name, bytes) in &made {
        assert!(*bytes == second[name], "{name} differs");
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(&*desk.folder().to_string_lossy()), "{name}");
    }
}

#[test]
fn one_changed_digit_is_named_by_file_row_and_column() {
    let desk = ukraine();
    let figures = std::fs::read(desk.path("out/figures.csv")).unwrap();
    let row = rows(&figures)
        .iter()
        .position(|row| row["figure_id"] == "f198")
        .unwrap();
    change(&desk, "out/figures.csv", ",1412503,", ",1412504,");
    change(
        &desk,
        "out/charts/crossings-by-destination.csv",
        "Poland,1412503",
        "Poland,1412503.5",
    );
    desk.run("run out/plan.toml --verify")
        .ends_with(1)
        .says("humstat: 4 differences from what was written:")
        .says("figures.csv: its SHA-256 is ")
        .says(&format!(
            "figures.csv, row {} (f198 UNHCR border_crossings Poland 2022-03-08), column value: the file says `1412504`, made again it is `1412503`",
            row + 2
        ))
        .says("charts/crossings-by-destination.csv, row 2 (Poland), column value: the file says `1412503.5`, made again it is `1412503`");
}

#[test]
fn a_changed_capture_is_named_and_what_it_changes() {
    let desk = ukraine();
    change(
        &desk,
        "out/captures/1/refugees.csv",
        "2022-03-08,Poland,1412503",
        "2022-03-08,Poland,1412593",
    );
    let said = desk.run("run out/plan.toml --verify").ends_with(1);
    let said = said
        .says("captures/1/refugees.csv: its SHA-256 is ")
        .says("column value: the file says `1412503`, made again it is `1412593`");
    assert!(said.stderr.contains("figures.csv, row "), "{}", said.stderr);
    // With the sums mended too, the numbers still tell.
    let sums = std::fs::read_to_string(desk.path("out/SHA256SUMS")).unwrap();
    let kept: Vec<&str> = sums
        .lines()
        .filter(|line| !line.contains("captures/"))
        .collect();
    desk.put("out/SHA256SUMS", kept.join("\n") + "\n");
    desk.run("run out/plan.toml --verify")
        .ends_with(1)
        .says("column value: the file says `1412503`, made again it is `1412593`");
}

#[test]
fn a_missing_file_and_a_missing_row_are_named() {
    let desk = ukraine();
    std::fs::remove_file(desk.path("out/captures/2/casualties.csv")).unwrap();
    desk.run("run out/plan.toml --verify")
        .ends_with(1)
        .says("captures/2/casualties.csv: No such file")
        .says("captures/2/casualties.csv cannot be read again")
        .says("figures.csv, row 2 (f661 OHCHR injured Ukraine 2022-03-03): it is not made again");
    let desk = ukraine();
    let text = std::fs::read_to_string(desk.path("out/summary.csv")).unwrap();
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("Poland,"))
        .collect();
    desk.put("out/summary.csv", kept.join("\n") + "\n");
    desk.run("run out/plan.toml --verify")
        .ends_with(1)
        .says("summary.csv: a row is missing that is made again");
}

#[test]
fn a_part_of_a_ledger_is_compared_without_its_numbers() {
    let desk = Desk::new();
    desk.ingest("other.csv", "day,place,number\n2022-03-01,Poland,7\n", &[])
        .succeeds();
    desk.run("run ukraine-2022 --out charts").succeeds();
    // What came later is not in the folder either.
    desk.run("record --indicator border_crossings --claimant UNHCR --channel unhcr/odp --origin UKR --location POL --measure cumulative --since 2022-02-24 --period 2022-09-08 --value 6000000 --published 2022-09-09 --title \"A later word\"")
        .succeeds();
    desk.put("plan.toml", PLAN);
    desk.run("export replication --plan plan.toml --as-recorded-at 4 --channel unhcr/odp --period 2022 -o out")
        .succeeds()
        .says("the folder holds a part of the ledger: numbers of figures and entries are not compared");
    let made = files(&desk.path("out"));
    let figures = String::from_utf8_lossy(&made["figures.csv"]).into_owned();
    assert!(!figures.contains("6000000"), "recorded after the entry");
    let other = elsewhere(&desk);
    other
        .run("run out/plan.toml --verify")
        .succeeds()
        .says("they are a part of the ledger of entry 4");
    change(&other, "out/figures.csv", ",5951510,", ",5951511,");
    other
        .run("run out/plan.toml --verify")
        .ends_with(1)
        .says("column value: the file says `5951511`, made again it is `5951510`");
}

/// A plan of crossings, in the channels of small tables.
const PLAN: &str = "\
title = \"Crossings\"
output = \"products\"
[select]
indicator = \"border_crossings\"
at = \"yesterday\"
";

#[test]
fn captures_that_may_not_be_passed_on_stay_out_with_their_hash() {
    let desk = Desk::new();
    desk.put("humstat.toml", "use = \"non-commercial\"\n");
    desk.put("plan.toml", PLAN);
    desk.ingest("open.csv", "day,place,number\n2022-03-01,Poland,5\n", &[])
        .succeeds();
    let closed = [("test/table", "test/closed"), ("CC-BY-4.0", "UN-terms")];
    desk.ingest(
        "closed.csv",
        "day,place,number\n2022-03-01,Hungary,6\n",
        &closed,
    )
    .succeeds();
    desk.run("export replication --plan plan.toml -o out")
        .succeeds()
        .says("closed.csv is not in the folder, only its hash and address: its licence UN-terms does not say that its files may be passed on")
        .says("1 figure cannot be made again from the files of the folder")
        .says("only the sums are checked of summary.csv");
    let made = files(&desk.path("out"));
    assert!(made.keys().all(|name| !name.contains("closed.csv")));
    let captures = rows(&made["captures.csv"]);
    assert_eq!(captures[1]["name"], "closed.csv");
    assert_eq!(captures[1]["file"], "");
    assert_eq!(captures[1]["sha256"].len(), 64);
    assert_eq!(rows(&made["figures.csv"]).len(), 2);
    let plan = String::from_utf8_lossy(&made["plan.toml"]).into_owned();
    assert!(
        plan.contains("at = \"2022-09-09\""),
        "yesterday is settled: {plan}"
    );
    elsewhere(&desk)
        .run("run out/plan.toml --verify")
        .succeeds()
        .says("1 figure was not made again: the folder does not hold what it was read from");
    // A desk that sells leaves the figure out too, and all that is left can be made again.
    let desk = desk.put("humstat.toml", "use = \"commercial\"\n");
    desk.run("export replication --plan plan.toml -o sold")
        .succeeds()
        .says("left out 1 figure of test/closed");
    desk.run("run sold/plan.toml --verify").succeeds();
}

#[test]
fn what_was_typed_or_taken_back_is_told_and_the_rest_is_made_again() {
    let desk = Desk::new();
    desk.put("plan.toml", PLAN);
    let table = "day,place,number\n2022-03-01,Poland,5\n2022-03-02,Poland,6\n2022-03-03,Poland,9\n";
    desk.put("table.csv", table);
    desk.ingest_file(
        "table.csv",
        &[],
        "--absent withdrawn --scope origin=UKR --scope indicator=border_crossings",
    )
    .succeeds();
    desk.run("record --indicator border_crossings --claimant UNHCR --channel test/word --origin UKR --location HUN --measure cumulative --since 2022-02-24 --period 2022-03-02 --value 70 --published 2022-03-02 --title Word")
        .succeeds();
    desk.run("ledger retract f3 --reason \"a slip of ours\"")
        .succeeds();
    desk.run("export replication --plan plan.toml -o out")
        .succeeds()
        .says("1 figure cannot be made again");
    let made = files(&desk.path("out"));
    let plan = String::from_utf8_lossy(&made["plan.toml"]).into_owned();
    assert!(plan.contains("absent = \"withdrawn\""), "{plan}");
    assert!(plan.contains("origins = [\"UKR\"]"), "{plan}");
    let figures = String::from_utf8_lossy(&made["figures.csv"]).into_owned();
    assert!(figures.contains("test/word"), "{figures}");
    elsewhere(&desk)
        .run("run out/plan.toml --verify")
        .succeeds();
}

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    source: Unhcr,
}

#[test]
fn what_a_source_answered_is_read_again_as_its_own_rules_have_it() {
    let desk = Desk::new();
    desk.put("humstat.toml", "network = false\n");
    let words = [
        "unhcr",
        "population",
        "--origin",
        "SDN",
        "--period",
        "2023-01-01..2024-12-31",
    ];
    let address = "https://api.unhcr.org/population/v1/population/?cf_type=ISO&yearFrom=2023&yearTo=2024&limit=10000&coo=SDN&coa_all=true&page=1";
    let answer = r#"{"page":1,"maxPages":1,"total":[],"items":[{"year":2023,"coo":"SUD","coo_iso":"SDN","coa":"CHD","coa_iso":"TCD","refugees":1100000,"asylum_seekers":"0","returned_refugees":"0","idps":"0","returned_idps":"0","stateless":"0","ooc":"0","oip":"-","hst":"0"}]}"#;
    let source = Line::try_parse_from(words).unwrap().source;
    Answers::default()
        .with(address, answer.to_owned())
        .record(&desk, &source);
    desk.put("plan.toml", "title = \"Sudan\"\noutput = \"products\"\n[select]\nindicator = \"refugees\"\norigin = \"SDN\"\n");
    desk.run("export replication --plan plan.toml -o out")
        .succeeds();
    let plan = std::fs::read_to_string(desk.path("out/plan.toml")).unwrap();
    assert!(plan.contains("ask = ["), "{plan}");
    let other = elsewhere(&desk);
    other.put("humstat.toml", "network = false\n");
    other
        .run("run out/plan.toml --verify")
        .succeeds()
        .says("2 tables were made again from 1 capture of the folder, all the same");
}

#[test]
fn units_of_a_gazetteer_travel_with_the_folder() {
    let Some(gazetteer) = gazetteer() else { return };
    let desk = Desk::new();
    desk.run(&format!("places add \"{gazetteer}\"")).succeeds();
    let unit = [(
        "location = { column = \"place\" }",
        "location = { column = \"place\", scheme = \"pcode\" }",
    )];
    desk.ingest("units.csv", "day,place,number\n2022-03-01,SY02,5\n", &unit)
        .succeeds();
    desk.put("plan.toml", PLAN);
    desk.run("export replication --plan plan.toml -o out")
        .succeeds();
    elsewhere(&desk)
        .run("run out/plan.toml --verify")
        .succeeds()
        .says("all the same");
}

fn gazetteer() -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/syria-gazetteer.csv");
    file.exists().then(|| file.to_string_lossy().into_owned())
}

#[test]
fn what_is_no_replication_is_refused_with_the_way_out() {
    let desk = desk();
    desk.run("export replication -o out")
        .ends_with(2)
        .says("add --plan FILE");
    desk.run("export parquet --plan ukraine-2022 -o out")
        .ends_with(2)
        .says("only a replication is of a plan");
    desk.run("run ukraine-2022 --verify")
        .ends_with(2)
        .says("ukraine-2022 is no replication");
    desk.run("export replication --plan ukraine-2022 -o out")
        .succeeds();
    desk.run("export replication --plan ukraine-2022 -o out")
        .ends_with(1)
        .says("name a new or an empty folder");
    desk.run("run out/plan.toml")
        .ends_with(2)
        .says("add --verify");
    desk.run("export replication --plan ukraine-2022 --origin SYR --indicator refugees -o new")
        .succeeds()
        .says("without summary.csv");
}
