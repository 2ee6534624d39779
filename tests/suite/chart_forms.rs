//! Charts of two moments, of versions, of panels, days and rows, from the record.

use super::common::{Desk, column};

const SELECT: &str = "--indicator border_crossings";

/// Three publications of Poland: the second corrects the third day, the third adds one.
fn revised() -> Desk {
    let desk = Desk::new();
    for (name, published, table) in [
        (
            "a.csv",
            "2022-03-03",
            "day,place,number\n2022-03-01,Poland,1000\n2022-03-02,Poland,1400\n2022-03-03,Poland,2000\n",
        ),
        (
            "b.csv",
            "2022-03-10",
            "day,place,number\n2022-03-01,Poland,1000\n2022-03-02,Poland,1400\n2022-03-03,Poland,1700\n",
        ),
        (
            "c.csv",
            "2022-03-12",
            "day,place,number\n2022-03-01,Poland,1000\n2022-03-02,Poland,1400\n2022-03-03,Poland,1700\n2022-03-04,Poland,1900\n",
        ),
    ] {
        let stead = format!("published = \"{published}\"");
        desk.ingest(name, table, &[("published = \"2022-05-01\"", &stead)])
            .succeeds();
    }
    desk
}

/// Two places on some days of March; Hungary begins a day late.
fn two_places() -> Desk {
    let desk = Desk::new();
    let table = "day,place,number\n\
                 2022-03-01,Poland,1000\n2022-03-02,Poland,1400\n2022-03-03,Poland,1700\n\
                 2022-03-02,Hungary,300\n2022-03-03,Hungary,250\n2022-03-05,Hungary,260\n\
                 2022-03-05,Poland,2600\n";
    desk.ingest("t.csv", table, &[]).succeeds();
    desk
}

#[test]
fn a_chart_of_revisions_draws_each_version_that_changed_a_number() {
    let desk = revised();
    desk.run(&format!("chart revisions {SELECT}"))
        .succeeds()
        .answers("The number for 3 March 2022 was first 2,000 and is now 1,700")
        .answers(">12 March 2022<")
        .answers(">3 March 2022<")
        .answers("in 2 versions");
    let rows = desk.rows(&format!("chart revisions {SELECT} --data"));
    let versions = column(&rows, "series");
    assert_eq!(
        versions
            .iter()
            .filter(|name| **name == "3 March 2022")
            .count(),
        3
    );
    assert_eq!(
        versions
            .iter()
            .filter(|name| **name == "12 March 2022")
            .count(),
        4
    );
    // What was known by then has one version only.
    desk.run(&format!(
        "chart revisions {SELECT} --as-known-on 2022-03-05"
    ))
    .fails()
    .says("no figure of this selection was revised");
}

#[test]
fn two_versions_of_one_day_stand_side_by_side() {
    let desk = revised();
    desk.run(&format!(
        "chart dumbbell {SELECT} --at 2022-03-03 --against 2022-03-05"
    ))
    .succeeds()
    .answers("were revised from 2,000 to 1,700")
    .answers("known on 5 March 2022")
    .answers("known on 10 March 2022");
    desk.run(&format!(
        "chart slope {SELECT} --at 2022-03-03 --against 2022-03-11"
    ))
    .fails()
    .says("name an earlier day with --against");
}

#[test]
fn a_place_without_a_number_on_one_day_is_named_and_no_zero() {
    let desk = two_places();
    let line = format!("chart slope {SELECT} --period 2022-03-01..2022-03-03");
    desk.run(&line)
        .succeeds()
        .answers("No figure (1 March 2022): Hungary");
    let rows = desk.rows(&format!("{line} --data"));
    assert_eq!(column(&rows, "value"), ["1000", "1700", "", "250"]);
}

#[test]
fn a_calendar_shows_what_is_new_each_day_and_refuses_stocks() {
    let desk = two_places();
    let line = format!("chart calendar {SELECT} --location HUN");
    // From 3 to 5 March there is no number of a single day; the fall stays below zero.
    let rows = desk.rows(&format!("{line} --data"));
    assert_eq!(column(&rows, "at"), ["2022-03-03"]);
    assert_eq!(column(&rows, "value"), ["-50"]);
    desk.run(&line).succeeds().answers("below zero");
    desk.run(&format!("chart calendar {SELECT}"))
        .fails()
        .says("a calendar shows one series, and these are 2");
    let stock = Desk::new();
    let table = "day,place,number\n2022-03-01,Poland,1000\n2022-03-02,Poland,1400\n";
    let changes = [
        (
            "indicator = \"border_crossings\"",
            "indicator = \"refugees\"",
        ),
        (
            "measure = \"cumulative\"\nsince = \"2022-02-24\"",
            "measure = \"stock\"",
        ),
    ];
    stock.ingest("s.csv", table, &changes).succeeds();
    stock
        .run("chart calendar --indicator refugees")
        .fails()
        .says("numbers on a day, not numbers of a day");
}

#[test]
fn panels_and_tables_have_all_places_the_largest_first() {
    let desk = two_places();
    let rows = desk.rows(&format!("chart panels {SELECT} --data"));
    assert_eq!(rows.len(), 7);
    assert_eq!(column(&rows, "series")[0], "Poland");
    desk.run(&format!("chart panels {SELECT} --scales-differ"))
        .succeeds()
        .answers("The scales of the panels differ");
    let rows = desk.rows(&format!("chart table {SELECT} --data"));
    assert_eq!(column(&rows, "value"), ["2600", "900", "260", "10"]);
    for kind in ["panels", "table", "slope", "dumbbell"] {
        desk.run(&format!("chart {kind} {SELECT} --lint"))
            .succeeds();
    }
}

#[test]
fn a_break_is_drawn_at_its_day_and_must_lie_within_the_days() {
    let desk = two_places();
    let line = format!("chart line {SELECT} --location POL");
    desk.run(&format!("{line} --break 2022-03-03=\"new definition\""))
        .succeeds()
        .answers("break: new definition");
    desk.run(&format!("{line} --break 2022-06-01=\"new definition\""))
        .fails()
        .says("lies outside the dates of the lines");
    desk.run(&format!("{line} --break 2022-03-03"))
        .fails()
        .says("`2022-03-03` is no break");
}
