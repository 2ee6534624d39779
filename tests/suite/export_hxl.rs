//! `humstat export hxl`: what is written is read back as the same.

use super::common::{Desk, Row};
use super::ukraine::desk;

/// A table with what tags can say: sex, age, households, a sector, origins, units.
const TABLE: &str = "\
day,what,origin,place,sex,age,sector,operation,unit,number
2021-09-30,idps,,Mali,f,,,,persons,120
2021-09-30,idps,,Mali,m,,,,persons,110
2021-09-30,idps,,Mali,,,,,households,40
2021-09-30,idps,,Niger,f,5-11,,,persons,30
2021-09-30,idps,,Niger,,60+,,,persons,7
2021-10-31,refugees,Mali,Niger,,,,,persons,900
2021-09-30,people_in_need,,Mali,,,PRO,,persons,5000
2021-09-30,people_in_need,,Mali,,,,,persons,9000
2021-10-31,idps,,Mali,,,,North,persons,77
";

const MAPPING: &str = r#"
[publication]
channel = "test/table"
title = "A table"
published = "2021-11-05"
licence = "CC-BY-4.0"

[figure]
claimant = "IOM"
indicator = { column = "what" }
unit = { column = "unit" }
origin = { column = "origin" }
location = { column = "place" }
period = { column = "day" }
value = { column = "number" }
breakdown.sex = { column = "sex" }
breakdown.age = { column = "age" }
breakdown.sector = { column = "sector" }
breakdown.operation = { column = "operation" }
"#;

/// What no tag can say, by the tags of the columns that do.
const TAGGED: &str = r##"
[publication]
channel = { column = "#meta+source" }
title = { column = "#meta+title" }
published = { column = "#meta+version" }

[table]
hxl = true

[figure]
claimant = { column = "#org+claimant" }
"##;

/// What a row says, in one line; a cumulative is a flow from its first day on.
fn line(row: &Row) -> String {
    let start = match row["measure"].as_str() {
        "cumulative" => &row["since"],
        _ => &row["period_start"],
    };
    let measure = row["measure"].replace("cumulative", "flow");
    let columns = [
        "claimant",
        "channel",
        "indicator",
        "unit",
        "origin_id",
        "location_id",
        "breakdown",
        "period_end",
        "value",
        "version",
        "title",
    ];
    let said = columns.map(|column| row[column].as_str()).join(" | ");
    format!("{measure} {start} {said}")
}

fn lines(rows: &[Row]) -> Vec<String> {
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.sort();
    lines
}

/// Exports a selection as HXL, reads the file on another desk, and expects the same figures.
#[track_caller]
fn comes_back(desk: &Desk, selection: &str) -> String {
    desk.run(&format!("export hxl {selection} -o table.csv"))
        .succeeds();
    let written = std::fs::read_to_string(desk.path("table.csv")).unwrap();
    let other = Desk::new();
    other.put("table.csv", &written).put("map.toml", TAGGED);
    other
        .run("ingest table table.csv --map map.toml")
        .succeeds();
    let (before, after) = (
        desk.rows(&format!("figures {selection}")),
        other.rows("figures"),
    );
    assert_eq!(lines(&before), lines(&after), "\n{written}");
    written
}

#[test]
fn what_tags_can_say_is_read_back_as_the_same() {
    let desk = Desk::new();
    desk.put("table.csv", TABLE).put("map.toml", MAPPING);
    desk.run("ingest table table.csv --map map.toml").succeeds();
    let written = comes_back(&desk, "");
    let tags = written.lines().nth(1).unwrap();
    for tag in [
        "#country+code",
        "#country+code+origin",
        "#date",
        "#affected+refugees",
        "#affected+f+idps",
        "#affected+age5_11+f+idps",
        "#affected+age60plus+idps",
        "#affected+hh+idps",
        "#inneed",
        "#sector",
    ] {
        assert!(tags.split(',').any(|known| known == tag), "{tag} in {tags}");
    }
    assert!(!tags.contains("#date+start"), "stocks have one day: {tags}");
}

#[test]
fn a_cumulative_is_what_was_counted_since_its_first_day() {
    let written = comes_back(&desk(), "--claimant OHCHR");
    let begin: Vec<&str> = written
        .lines()
        .take(3)
        .filter_map(|line| line.split(",hdx/").next())
        .collect();
    insta::assert_snapshot!(begin.join("\n"), @r#"
    Claimant,"Country, code",Country,Date,From,To,"Killed, group=civilians","Injured, group=civilians",Channel,Title,Address,Known on,Licence,Attribution,Notes,Figures
    #org+claimant,#country+code,#country+name,#date,#date+start,#date+end,#affected+civilians+killed,#affected+civilians+injured,#meta+source,#meta+title,#meta+url,#meta+version,#meta+licence,#meta+attribution,#description+notes,#meta+id
    OHCHR,UKR,Ukraine,2022-03-03,2022-02-24,2022-03-03,249,553
    "#);
}

#[test]
fn what_no_tag_says_is_told_and_never_read_as_something_else() {
    let desk = desk();
    desk.run("export hxl --indicator border_crossings -o table.csv")
        .succeeds()
        .says("left out 12 figures: HXL tags name countries and their units, and not Other European countries, World")
        .says("HXL has no tag for some of what is counted")
        .says("how they were put stands under #meta+qualifier");
    let other = Desk::new();
    let written = std::fs::read(desk.path("table.csv")).unwrap();
    other.put("table.csv", written).put("map.toml", TAGGED);
    other
        .run("ingest table table.csv --map map.toml")
        .ends_with(1)
        .says("no HXL tag of the table says enough of what its column counts");
    desk.run("export hxl --location World -o world.csv")
        .ends_with(1)
        .says("nothing is left to write");
    assert!(!desk.path("world.csv").exists());
    desk.run("export hxl -o table.xlsx")
        .ends_with(2)
        .says("hxl is written to a file that ends in .csv");
}

#[test]
fn the_sources_lie_beside_the_table() {
    let desk = desk();
    desk.run("export hxl --claimant OHCHR -o table.csv")
        .succeeds()
        .says("wrote table.csv and table.sources.md");
    let text = std::fs::read_to_string(desk.path("table.sources.md")).unwrap();
    assert!(text.starts_with("# Sources of table.csv"), "{text}");
}
