//! Then and now: changes between two days, and since something was put out.

use super::common::{Desk, Row, column, only};

/// A desk with two publications of one table, a week apart.
fn two_weeks() -> Desk {
    let desk = Desk::new();
    desk.ingest(
        "first.csv",
        "day,place,number\n2022-04-01,Poland,100\n2022-04-01,Hungary,50\n2022-04-01,Romania,about 70\n",
        &[("2022-05-01", "2022-04-02")],
    )
    .succeeds();
    desk.ingest(
        "second.csv",
        "day,place,number\n2022-04-01,Poland,120\n2022-04-01,Romania,70\n2022-04-08,Poland,150\n2022-04-08,Slovakia,9\n",
        &[
            ("2022-05-01", "2022-04-09"),
            ("licence", "absent = \"withdrawn\"\nlicence"),
        ],
    )
    .succeeds();
    desk
}

fn kinds(rows: &[Row]) -> Vec<(&str, &str)> {
    rows.iter()
        .map(|row| (&*row["kind"], &*row["location"]))
        .collect()
}

#[test]
fn changes_stand_side_by_side_with_the_most_important_first() {
    let desk = two_weeks();
    let outcome = desk
        .run("changes --between 2022-04-02 2022-04-09")
        .succeeds()
        .says("1 revised up, 1 requalified, 2 new");
    let rows = outcome.rows();
    assert_eq!(
        kinds(&rows),
        [
            ("revised_up", "Poland"),
            ("requalified", "Romania"),
            ("new", "Poland"),
            ("new", "Slovakia"),
        ],
        "Hungary does not occur in the second table, so its silence is out of scope"
    );
    let poland = &rows[0];
    for (name, value) in [
        ("then_value", "100"),
        ("now_value", "120"),
        ("change", "20"),
        ("change_percent", "20"),
        ("then_version", "2022-04-02"),
        ("now_version", "2022-04-09"),
        ("period_end", "2022-04-01"),
    ] {
        assert_eq!(poland[name], value, "{name}");
    }
    assert!(poland["then_figure_id"].starts_with('f'));
    // New data is set beside the newest of before, and is no revision.
    assert_eq!(
        (&*rows[2]["then_value"], &*rows[2]["now_value"]),
        ("100", "150")
    );
    assert_eq!(
        (&*rows[2]["then_period_end"], &*rows[2]["period_end"]),
        ("2022-04-01", "2022-04-08")
    );
    assert_eq!(rows[3]["then_value"], "");
}

#[test]
fn changes_are_told_as_sentences() {
    let desk = two_weeks();
    desk.run("changes --since 2022-04-02 --location POL --sentences")
        .succeeds()
        .answers(
            "Revised: as of 1 April 2022, 120 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR); it was 100 as published 2 April 2022: 20 more, 20.0 per cent.",
        )
        .answers("New: as of 8 April 2022, 150 crossings from Ukraine into Poland");
}

/// The difference of a new number and one that was revised since is of two vintages, and no fall.
#[test]
fn a_new_number_beside_one_that_was_revised_says_so() {
    let desk = Desk::new();
    desk.ingest(
        "first.csv",
        "day,place,number\n2022-04-01,Poland,100\n",
        &[("2022-05-01", "2022-04-02")],
    )
    .succeeds();
    desk.ingest(
        "second.csv",
        "day,place,number\n2022-04-01,Poland,80\n2022-04-08,Poland,90\n",
        &[("2022-05-01", "2022-04-09")],
    )
    .succeeds();
    desk.run("changes --since 2022-04-02 --sentences")
        .succeeds()
        .answers("as of 1 April 2022 it was 100; the number then has since been revised to 80.");
    let rows = desk.rows("changes --since 2022-04-02 --kind new");
    assert_eq!(
        rows[0]["notes"],
        "the number then has since been revised to 80"
    );
}

#[test]
fn what_a_covering_publication_lacks_is_withdrawn() {
    let desk = two_weeks();
    desk.ingest(
        "third.csv",
        "day,place,number\n2022-04-01,Poland,120\n2022-04-01,Romania,70\n2022-04-01,Hungary,51\n2022-04-08,Slovakia,9\n",
        &[
            ("2022-05-01", "2022-04-16"),
            ("licence", "absent = \"withdrawn\"\nlicence"),
        ],
    )
    .succeeds();
    let rows = desk.rows("changes --since 2022-04-10");
    assert_eq!(
        kinds(&rows),
        [("withdrawn", "Poland"), ("revised_up", "Hungary")]
    );
    assert_eq!(
        (&*rows[0]["then_value"], &*rows[0]["now_value"]),
        ("150", "")
    );
    desk.run("changes --since 2022-04-10 --kind withdrawn --sentences")
        .succeeds()
        .answers("No longer given by UNHCR: as of 8 April 2022, 150 crossings");
    assert_eq!(desk.rows("changes --since 2022-04-10 --kind new").len(), 0);
}

#[test]
fn another_definition_is_no_jump() {
    let desk = Desk::new();
    for (name, when, table, definition) in [
        (
            "a.csv",
            "2022-04-02",
            "day,place,number\n2022-04-01,Poland,100\n",
            "crossings",
        ),
        (
            "b.csv",
            "2022-04-09",
            "day,place,number\n2022-04-08,Poland,40\n",
            "registered",
        ),
    ] {
        let value =
            format!("value = {{ column = \"number\" }}\nbreakdown.definition = \"{definition}\"");
        desk.ingest(
            name,
            table,
            &[
                ("2022-05-01", when),
                ("value = { column = \"number\" }", &value),
            ],
        )
        .succeeds();
    }
    let rows = desk.rows("changes --since 2022-04-02");
    assert_eq!(kinds(&rows), [("relabelled", "Poland")]);
    assert_eq!(rows[0]["notes"], "before: definition=crossings");
    desk.run("changes --since 2022-04-02 --sentences")
        .succeeds()
        .answers("the two are not compared");
}

#[test]
fn a_series_that_its_source_stopped_is_told_once() {
    let desk = Desk::new();
    let mut table = "day,place,number\n".to_owned();
    for day in 1..=5 {
        table.push_str(&format!(
            "2022-03-{day:02},Poland,{day}0\n2022-03-{day:02},Hungary,{day}\n"
        ));
    }
    desk.ingest("first.csv", &table, &[("2022-05-01", "2022-03-06")])
        .succeeds();
    let mut later = "day,place,number\n".to_owned();
    for day in 6..=20 {
        later.push_str(&format!("2022-03-{day:02},Poland,{day}0\n"));
    }
    desk.ingest("second.csv", &later, &[("2022-05-01", "2022-03-21")])
        .succeeds();
    let rows = desk.rows("changes --since 2022-03-06");
    assert_eq!(
        kinds(&rows),
        [("discontinued", "Hungary"), ("new", "Poland")]
    );
    assert_eq!(rows[0]["notes"], "nothing newer than 2022-03-05");
    assert!(
        desk.rows("changes --since 2022-03-21").is_empty(),
        "it is no news a second time"
    );
}

#[test]
fn many_first_zeros_are_one_line() {
    let places = [
        "Poland",
        "Hungary",
        "Romania",
        "Slovakia",
        "Moldova",
        "Belarus",
        "Germany",
        "France",
        "Italy",
        "Spain",
        "Austria",
        "Greece",
        "Norway",
        "Sweden",
        "Finland",
        "Denmark",
        "Ireland",
        "Portugal",
        "Croatia",
        "Serbia",
        "Albania",
        "Bulgaria",
        "Estonia",
        "Latvia",
        "Lithuania",
        "Malta",
        "Cyprus",
    ];
    let desk = Desk::new();
    desk.ingest(
        "first.csv",
        "day,place,number\n2022-04-01,Poland,100\n",
        &[("2022-05-01", "2022-04-02")],
    )
    .succeeds();
    let mut table = "day,place,number\n2022-04-02,Poland,110\n".to_owned();
    for place in places {
        table.push_str(&format!("2022-03-01,{place},0\n"));
    }
    desk.ingest("zeros.csv", &table, &[("2022-05-01", "2022-04-09")])
        .succeeds();
    let rows = desk.rows("changes --since 2022-04-02");
    assert_eq!(rows.len(), 2);
    let zeros = only(&rows, "figures", "27");
    assert!(zeros["notes"].contains("a first zero is no revision"));
    assert_eq!(only(&rows, "location", "Poland")["now_value"], "110");
}

#[test]
fn a_release_says_what_a_correction_must_mention() {
    let desk = two_weeks();
    desk.run("summary -o out.csv --release friday")
        .succeeds()
        .says("noted as release friday in entry 3");
    desk.run("changes --since-release friday")
        .succeeds()
        .says("nothing that was put out has changed");
    // Slovakia's figure was typed wrongly by us; Poland's was revised; Moldova is new data.
    let id = only(&desk.rows("figures --location SVK"), "value", "9")["figure_id"].clone();
    desk.run(&format!(
        "ledger retract {id} --reason \"read from another row\""
    ))
    .succeeds();
    desk.ingest(
        "third.csv",
        "day,place,number\n2022-04-08,Poland,155\n2022-04-15,Moldova,3\n",
        &[("2022-05-01", "2022-04-16")],
    )
    .succeeds();
    let rows = desk.rows("changes --since-release friday");
    assert_eq!(
        kinds(&rows),
        [("corrected", "Slovakia"), ("revised_up", "Poland")]
    );
    assert_eq!(rows[0]["notes"], "our mistake: read from another row");
    assert_eq!(column(&rows, "then_value"), ["9", "150"]);
    assert_eq!(column(&rows, "now_value"), ["", "155"]);
    // Our mistake is no change of the source.
    desk.run("changes --since 2022-04-02 --location SVK")
        .ends_with(3);
    desk.run("ledger verify").succeeds();
    let log = desk.run("ledger log").succeeds();
    assert!(log.stdout.contains("release friday: "));
}

#[test]
fn a_release_has_a_name_of_its_own_and_files() {
    let desk = two_weeks();
    desk.run("figures --release friday")
        .ends_with(2)
        .says("add -o FILE");
    desk.run("figures -o out.csv --release friday").succeeds();
    desk.run("figures -o again.csv --release friday")
        .ends_with(1)
        .says("give another name");
    assert!(!desk.path("again.csv").exists());
    desk.run("changes --since-release saturday")
        .ends_with(1)
        .says("there are friday");
}

#[test]
fn days_are_checked() {
    let desk = two_weeks();
    desk.run("changes").ends_with(2).says("--since");
    desk.run("changes --between 2022-04-09 2022-04-02")
        .ends_with(2)
        .says("the second day lies before the first");
    desk.run("changes --since yesterday")
        .succeeds()
        .says("yesterday is 2022-09-09")
        .says("nothing has changed");
    desk.run("changes --since soon").ends_with(2).says("soon");
}
