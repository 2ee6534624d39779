//! Tables in: the forms of files that are read, and what becomes of bad rows, scopes and repetitions.

use std::io::Write as _;

use super::common::{Desk, column, only};

const TABLE: &str = "day,place,number\n2022-03-01,Poland,1000\n2022-03-02,Poland,2500\n";

/// Values of all figures of a desk's ledger, in the order of the ledger.
fn values(desk: &Desk) -> Vec<String> {
    let rows = desk.rows("figures");
    column(&rows, "value")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_delimiter_is_found_from_the_header() {
    for (name, table) in [
        ("comma.csv", TABLE.to_owned()),
        ("tabs.tsv", TABLE.replace(',', "\t")),
        ("semicolons.csv", TABLE.replace(',', ";")),
        ("windows.csv", TABLE.replace('\n', "\r\n")),
        ("mark.csv", format!("\u{feff}{TABLE}")),
        ("order.csv", "number;place;day\n1000;Poland;2022-03-01\n2500; POLAND ;2022-03-02".to_owned()),
        (
            "quoted.csv",
            "\"day\",\"place\",\"number\"\n2022-03-01,\"Poland\",\"1,000\"\n2022-03-02,Poland,2 500\n"
                .to_owned(),
        ),
        ("blank.csv", format!("{TABLE}\n,,\n")),
    ] {
        let desk = Desk::new();
        desk.ingest(name, &table, &[]).succeeds();
        assert_eq!(values(&desk), ["1000", "2500"], "{name}");
    }
}

#[test]
fn a_compressed_table_is_read_as_it_is() {
    let desk = Desk::new();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(TABLE.as_bytes()).unwrap();
    let bytes = gzip.finish().unwrap();
    desk.put("table.csv.gz", &bytes);
    desk.ingest_file("table.csv.gz", &[], "").succeeds();
    assert_eq!(values(&desk), ["1000", "2500"]);
    let cut = Desk::new();
    cut.put("cut.csv.gz", &bytes[..bytes.len() - 9]);
    cut.ingest_file("cut.csv.gz", &[], "")
        .ends_with(1)
        .says("cut.csv.gz cannot be read to its end");
    assert!(!cut.path("humstat.db").exists());
}

#[test]
fn a_header_may_stand_below_other_rows() {
    let desk = Desk::new();
    let table = "Crossings of the border,,\nas of today,,\nday,place,number\n#date,#country,#n\n2022-03-01,Poland,7\n";
    desk.ingest(
        "table.csv",
        table,
        &[("[figure]", "[table]\nheader = 3\nfirst = 5\n\n[figure]")],
    )
    .succeeds();
    assert_eq!(values(&desk), ["7"]);
}

#[test]
fn null_and_suppressed_and_qualified_cells_are_what_they_say() {
    let desk = Desk::new();
    let table = "day,place,number\n2022-03-01,Poland,*\n2022-03-02,Poland,-\n2022-03-03,Poland,\n2022-03-04,Poland,about 40\n2022-03-05,Poland,0\n";
    let form = "[table]\nnull = [\"\"]\nnot_applicable = [\"-\"]\nsuppressed = { \"*\" = [1, 4] }\n\n[figure]";
    desk.ingest("table.csv", table, &[("[figure]", form)])
        .succeeds();
    let rows = desk.rows("figures");
    let seen: Vec<(&str, &str, &str, &str, &str)> = rows
        .iter()
        .map(|row| {
            (
                &*row["period_end"],
                &*row["value"],
                &*row["low"],
                &*row["high"],
                &*row["qualifier"],
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("2022-03-01", "", "1", "4", "between"),
            ("2022-03-04", "40", "", "", "about"),
            ("2022-03-05", "0", "", "", "exact"),
        ],
        "null is not zero"
    );
}

#[test]
fn bad_rows_that_are_skipped_are_counted_and_kept_in_the_entry() {
    let desk = Desk::new();
    desk.put(
        "table.csv",
        "day,place,number\n2022-03-01,Poland,1000\n2022-03-01,Hungary,many\n2022-03-01,Slovakia\n2022-03-01,Romania,5\n",
    );
    desk.ingest_file("table.csv", &[], "--skip-bad-rows")
        .succeeds()
        .says("left out: table.csv: line 3, column `number`, value `many`")
        .says("left out: table.csv: line 4")
        .says("2 of 4 rows were left out");
    assert_eq!(values(&desk), ["1000", "5"]);
    desk.run("ledger show 1")
        .succeeds()
        .answers("2 rows left out");
    desk.run("ledger verify").succeeds();
}

#[test]
fn a_dry_run_reads_back_sentences_and_makes_no_ledger() {
    let desk = Desk::new();
    desk.put("table.csv", TABLE);
    let outcome = desk
        .ingest_file("table.csv", &[], "--dry-run")
        .succeeds()
        .says("nothing was recorded");
    assert_eq!(
        outcome.stdout,
        "As of 1 March 2022, 1,000 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).\n\
         As of 2 March 2022, 2,500 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).\n"
    );
    assert!(!desk.path("humstat.db").exists());
}

#[test]
fn the_same_file_twice_adds_nothing_and_a_later_reception_a_sighting() {
    let desk = Desk::new();
    desk.ingest("table.csv", TABLE, &[]).succeeds();
    let before = desk.run("ledger log").succeeds().stdout;
    desk.ingest_file("table.csv", &[], "")
        .succeeds()
        .says("recorded before, in entry 1; nothing was added");
    desk.put("copy.csv", TABLE);
    desk.ingest_file("copy.csv", &[], "")
        .succeeds()
        .says("nothing was added");
    assert_eq!(desk.run("ledger log").succeeds().stdout, before);
    // Other bytes with the same numbers are a publication of their own, and no version.
    desk.ingest(
        "other.csv",
        &format!("{TABLE}\n"),
        &[("2022-05-01", "2022-06-01")],
    )
    .succeeds()
    .says("2 figures: 0 new, 2 known");
    let rows = desk.rows("figures --all-versions");
    assert_eq!(column(&rows, "version"), ["2022-05-01", "2022-05-01"]);
}

#[test]
fn a_changed_mapping_waits_until_the_wrong_reading_is_retracted() {
    let desk = Desk::new();
    desk.ingest("table.csv", TABLE, &[]).succeeds();
    let mended = [("A table", "The table")];
    desk.ingest_file("table.csv", &mended, "")
        .ends_with(1)
        .says("entry 1 read the same file with another mapping")
        .says("humstat ledger retract 1");
    assert_eq!(desk.rows("figures")[0]["title"], "A table");
    desk.run("ledger retract 1 --reason \"wrong title\"")
        .succeeds();
    desk.run("figures").ends_with(3);
    desk.ingest_file("table.csv", &mended, "").succeeds();
    assert_eq!(values(&desk), ["1000", "2500"]);
    assert_eq!(desk.rows("figures")[0]["title"], "The table");
    // The answers are those of a ledger that never knew the wrong mapping, ids and entries aside.
    let fresh = Desk::new();
    fresh.ingest("table.csv", TABLE, &mended).succeeds();
    let answer = |desk: &Desk| {
        let mut rows = desk.rows("figures");
        for row in &mut rows {
            row.remove("figure_id");
            row.remove("entry");
        }
        rows
    };
    assert_eq!(answer(&desk), answer(&fresh));
    desk.run("ledger verify").succeeds();
}

const FULL: &str = "day,place,number\n2022-03-01,Poland,10\n2022-03-01,Hungary,20\n2022-03-01,Slovakia,30\n2022-03-01,Romania,40\n";
const LATER: (&str, &str) = ("2022-05-01", "2022-06-01");
const WITHDRAWN: (&str, &str) = ("licence =", "absent = \"withdrawn\"\nlicence =");

#[test]
fn a_narrowed_ingest_after_a_full_one_withdraws_nothing() {
    let desk = Desk::new();
    desk.ingest("full.csv", FULL, &[WITHDRAWN]).succeeds();
    desk.put("poland.csv", "day,place,number\n2022-03-01,Poland,11\n");
    desk.ingest_file("poland.csv", &[WITHDRAWN, LATER], "--scope location=POL")
        .succeeds();
    let rows = desk.rows("figures");
    assert_eq!(rows.len(), 4);
    assert_eq!(only(&rows, "location_id", "POL")["value"], "11");
    // Also when nobody says that it is narrowed: it speaks of the places that occur in it.
    let silent = Desk::new();
    silent.ingest("full.csv", FULL, &[WITHDRAWN]).succeeds();
    silent
        .ingest(
            "poland.csv",
            "day,place,number\n2022-03-01,Poland,11\n",
            &[WITHDRAWN, LATER],
        )
        .succeeds();
    assert_eq!(silent.rows("figures").len(), 4);
}

/// A full table of thirty countries, and one that lacks all but three of them.
fn thirty_and_three() -> (String, String) {
    let names = "Albania Austria Belgium Bulgaria Croatia Cyprus Denmark Estonia Finland France \
        Germany Greece Hungary Iceland Ireland Italy Latvia Lithuania Luxembourg Malta Montenegro \
        Norway Poland Portugal Romania Serbia Slovakia Slovenia Spain Sweden";
    let rows: Vec<String> = names
        .split(' ')
        .map(|name| format!("2022-03-01,{name},10\n"))
        .collect();
    let table = |rows: &[String]| format!("day,place,number\n{}", rows.concat());
    (table(&rows), table(&rows[..3]))
}

#[test]
fn much_is_withdrawn_only_when_it_is_allowed() {
    let desk = Desk::new();
    let (full, less) = thirty_and_three();
    desk.ingest("full.csv", &full, &[WITHDRAWN]).succeeds();
    let before = std::fs::read(desk.path("humstat.db")).unwrap();
    desk.put("less.csv", less);
    desk.ingest_file("less.csv", &[WITHDRAWN, LATER], "--scope whole")
        .ends_with(1)
        .says("lacks 27 of the 30 figures")
        .says("--scope")
        .says("--allow withdrawals");
    assert!(std::fs::read(desk.path("humstat.db")).unwrap() == before);
    desk.ingest_file(
        "less.csv",
        &[WITHDRAWN, LATER],
        "--scope whole --allow withdrawals",
    )
    .succeeds()
    .says("27 no longer held");
    assert_eq!(desk.rows("figures").len(), 3);
    let then = desk.rows("figures --as-known-on 2022-05-15");
    assert_eq!(then.len(), 30, "what was public in May stays public in May");
}

#[test]
fn a_skipped_row_withdraws_nothing() {
    let desk = Desk::new();
    desk.ingest("full.csv", FULL, &[WITHDRAWN]).succeeds();
    desk.put(
        "later.csv",
        "day,place,number\n2022-03-01,Poland,11\n2022-03-01,Hungary,21\n2022-03-01,Slovakia,31\n2022-03-01,Romania,oops\n",
    );
    desk.ingest_file(
        "later.csv",
        &[WITHDRAWN, LATER],
        "--skip-bad-rows --scope whole",
    )
    .succeeds();
    let rows = desk.rows("figures");
    assert_eq!(only(&rows, "location_id", "ROU")["value"], "40");
    assert_eq!(only(&rows, "location_id", "POL")["value"], "11");
}

#[test]
fn totals_are_checked_and_not_recorded() {
    let desk = Desk::new();
    let table = "day,place,number\n2022-03-01,Total,60\n2022-03-01,Poland,10\n2022-03-01,Hungary,20\n2022-03-01,المجموع,30\n2022-03-01,Romania,30\n2022-03-01,TOTAL,29\n2022-03-02,Poland,11\n2022-03-02,total,12\n2022-03-03,Total,5\n";
    desk.put("table.csv", table);
    desk.put(
        "map.toml",
        format!(
            "{}\n[table]\ntotals = [\"Total\", \"المجموع\"]\n",
            super::common::MAPPING
        ),
    );
    desk.run("ingest table table.csv --map map.toml")
        .succeeds()
        .says("5 stated totals were checked against their parts and not recorded: 3 do not add up")
        .says(
            "table.csv: line 7, column `number`: TOTAL says 29, and its parts add up to 30: 1 more",
        )
        .says("line 9, column `number`: total says 12, and its parts add up to 11: 1 fewer")
        .says("line 10, column `number`: Total says 5, and no row of the table is a part of it");
    let mut values = values(&desk);
    values.sort();
    assert_eq!(values, ["10", "11", "20", "30"]);
}

#[test]
fn rows_may_be_passed_over_by_what_a_cell_is_not() {
    let desk = Desk::new();
    let column = r#"value = { column = "number" }"#;
    let rule = |optional: &str| {
        format!(
            "{column}\n[[ignore]]\nwhere = {{ error = {{ not = [\"\", \"none\"] }} }}\nbecause = \"rows with an error\"\n{optional}"
        )
    };
    let table = "day,place,number,error\n2022-03-01,Poland,5,\n2022-03-02,Poland,6,none\n2022-03-03,Poland,7,twice\n";
    desk.ingest("table.csv", table, &[(column, &rule(""))])
        .succeeds()
        .says("passed over 1 row: rows with an error")
        .says("2 figures");
    // A table without the column has no such rows, if the rule says that it may lack it.
    let table = "day,place,number\n2022-03-04,Poland,8\n";
    desk.ingest("other.csv", table, &[(column, &rule(""))])
        .fails()
        .says("error");
    desk.ingest("other.csv", table, &[(column, &rule("optional = true\n"))])
        .succeeds();
    let both = rule("").replace("not =", "from = \"2022-03-01\", not =");
    desk.ingest("other.csv", table, &[(column, &both)])
        .fails()
        .says("keep one");
}
