//! Tables with HXL tags in, with no mapping of their columns or with one that calls them by tag.

use super::common::{Desk, Outcome, Row, rows};

const TABLE: &str = include_str!("../fixtures/hxl-displaced.csv");

/// A mapping that says only what tags cannot.
const MAPPING: &str = r#"
[publication]
channel = "test/hxl"
title = "A tagged table"
published = "2021-11-05"

[table]
hxl = true

[figure]
claimant = "IOM"
"#;

/// Ingests a table with [`MAPPING`] and what follows it.
fn ingest(desk: &Desk, table: &str, more: &str) -> Outcome {
    desk.put("table.csv", table);
    desk.put("map.toml", format!("{MAPPING}{more}"));
    desk.run("ingest table table.csv --map map.toml")
}

/// What the ledger holds of a row, in one line.
fn line(row: &Row) -> String {
    let columns = [
        "indicator",
        "measure",
        "unit",
        "origin_id",
        "location_id",
        "breakdown",
        "period_end",
        "value",
    ];
    columns.map(|column| row[column].as_str()).join(" ")
}

fn figures(desk: &Desk) -> Vec<String> {
    let mut lines: Vec<String> = desk.rows("figures").iter().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn a_tagged_table_needs_no_mapping_of_its_columns() {
    let desk = Desk::new();
    ingest(&desk, TABLE, "").succeeds().says(
        "table.csv: column 7 `Affected` (#affected) is not read: it says that people are affected, and not how",
    );
    assert_eq!(
        figures(&desk),
        [
            "idps stock households MLI MLI  2021-09-30 40",
            "idps stock households NER NER  2021-10-31 31",
            "idps stock persons MLI MLI sex=f 2021-09-30 120",
            "idps stock persons MLI MLI sex=f 2021-10-31 130",
            "idps stock persons MLI MLI sex=m 2021-09-30 110",
            "idps stock persons MLI MLI sex=m 2021-10-31 115",
            "idps stock persons NER NER sex=f 2021-10-31 75",
            "idps stock persons NER NER sex=m 2021-10-31 80",
        ]
    );
    let coverage = rusqlite::Connection::open(desk.path("humstat.db"))
        .unwrap()
        .query_row(
            "SELECT count(*) FROM coverage WHERE missing = 'not_reported'",
            [],
            |row| row.get(0),
        );
    assert_eq!(coverage, Ok(1), "the families of Mali in October");
}

#[test]
fn semicolons_and_tags_in_the_first_row_are_read_too() {
    let desk = Desk::new();
    ingest(&desk, &TABLE.replace(',', ";"), "").succeeds();
    let whole = figures(&desk);
    let bare = TABLE.lines().skip(3).collect::<Vec<_>>().join("\n");
    let desk = Desk::new();
    ingest(&desk, &bare, "").succeeds();
    assert_eq!(figures(&desk), whole);
    assert_eq!(whole.len(), 8);
}

#[test]
fn a_mapping_of_its_own_may_call_columns_by_tag_or_by_header() {
    let desk = Desk::new();
    let own = r##"indicator = "idps"
location = { column = "Country" }
period = { column = "#date +Reported" }
value = { column = "#affected+hh+idps" }
unit = "households"
"##;
    ingest(&desk, TABLE, own).succeeds();
    assert_eq!(
        figures(&desk),
        [
            "idps stock households  MLI  2021-09-30 40",
            "idps stock households  NER  2021-10-31 31",
        ]
    );
}

#[test]
fn a_tag_that_two_columns_have_names_neither() {
    let desk = Desk::new();
    let table = TABLE.replace("#Affected+IDPs+M", "#affected+f+idps");
    let own = r##"indicator = "idps"
location = { column = "Country" }
period = { column = "#date+reported" }
value = { column = "#affected+idps+f" }
"##;
    ingest(&desk, &table, own)
        .ends_with(1)
        .says("two columns have the tag #affected+f+idps; write `Women` or `Men`");
    let unknown = own.replace("#affected+idps+f", "#affected+refugees");
    ingest(&desk, &table, &unknown)
        .ends_with(1)
        .says("the table has no column `#affected+refugees`");
}

#[test]
fn dimensions_and_periods_of_a_row_come_from_their_columns() {
    let desk = Desk::new();
    let table = "\
Country,Gender,From,To,Dead
#country+code,#gender,#date+start,#date+end,#affected+killed+civilians
YEM,Female,2021-01-01,2021-01-31,4
YEM,m,2021-01-01,2021-01-31,9
YEM,,2021-01-01,2021-01-31,13
";
    ingest(&desk, table, "").succeeds();
    assert_eq!(
        figures(&desk),
        [
            "killed flow persons  YEM group=civilians 2021-01-31 13",
            "killed flow persons  YEM group=civilians;sex=f 2021-01-31 4",
            "killed flow persons  YEM group=civilians;sex=m 2021-01-31 9",
        ]
    );
    let odd = Desk::new();
    ingest(&odd, &table.replace("Female", "woman"), "")
        .ends_with(1)
        .says("line 3, column `Gender`, value `woman`: the mapping gives this text no meaning");
}

#[test]
fn what_tags_do_not_say_is_asked_for() {
    let desk = Desk::new();
    ingest(&desk, "Country,IDPs\nMali,5\n", "")
        .ends_with(1)
        .says("none of the first 2 rows is a row of HXL tags");
    ingest(
        &desk,
        "Country,IDPs\n#country,#affected+2013\n#affected+2014,#affected+2015\n",
        "",
    )
    .ends_with(1)
    .says("no HXL tag of the table says enough of what its column counts")
    .says("`#affected+2013` is no HXL tag: the attribute `2013` does not begin with a letter");
    desk.put("map.toml", MAPPING.replace("claimant = \"IOM\"", ""));
    desk.put("table.csv", TABLE);
    desk.run("ingest table table.csv --map map.toml")
        .ends_with(1)
        .says("does not say who counts");
    desk.put(
        "map.toml",
        MAPPING.replace("hxl = true", "hxl = true\nfirst = 5"),
    );
    desk.run("ingest table table.csv --map map.toml")
        .ends_with(1)
        .says("remove `header` and `first`, or `hxl`");
    assert!(!desk.path("humstat.db").exists());
}

#[test]
fn rows_of_wider_places_are_passed_over() {
    let desk = Desk::new();
    let table =
        "Country,District,Date,In need\n#country,#adm1+name,#date,#inneed\nMali,,2021-12-31,7000\n";
    let outcome = ingest(&desk, &format!("{table}Mali,Nowhere,2021-12-31,70\n"), "");
    outcome
        .ends_with(1)
        .says("1 of 2 rows of table.csv cannot be read")
        .says("`Nowhere`");
    let whole = "location = { column = \"#country\" }\n";
    ingest(&desk, table, whole).succeeds();
    assert_eq!(
        rows(desk.run("figures").stdout.as_bytes())[0]["value"],
        "7000"
    );
}
