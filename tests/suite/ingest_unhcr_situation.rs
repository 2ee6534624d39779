//! UNHCR's Operational Data Portal: one situation, by country and as a series, with the traps of its
//! answers.

use humstat::ingest::unhcr_situation::UnhcrSituation;
use humstat::ingest::{IngestError, Source};

use crate::common::{Desk, Outcome, only, shared};
use crate::ingest_answers::{Answers, parsed};

fn source(words: &str) -> UnhcrSituation {
    parsed(&words.split(' ').collect::<Vec<_>>()).unwrap()
}

const RECORDED: &str = "Individual refugees from Ukraine recorded across Europe (cumulative)";
const CROSSINGS: &str = "Border crossings from Ukraine (cumulative)";
const FORMER: &str = "Ukrainian Asylum-seekers/applications cumulative";

/// A country as the portal sends it: its count is a text, and its date its own.
fn place(name: &str, id: u32, date: &str, group: (u32, &str), count: &str) -> String {
    let (group, label) = group;
    format!(
        r#"{{"geomaster_name":"{name}","geomaster_id":{id},"admin_level":"Country","source":"UNHCR, Government","date":"{date}","month":"8","year":"2022","population_groups_concat":"{label}","population_group_id":"{group}","individuals":"{count}","households":"0","population_groups":[{{"id":"{group}","name":"{label}"}}],"published":true}}"#
    )
}

fn places(rows: &[String]) -> String {
    format!(
        r#"{{"situation_view_id":"54","situation_view_name":"Ukraine Refugee Situation","data":[{}]}}"#,
        rows.join(",")
    )
}

/// A series as the portal sends it: its counts are numbers.
fn series(rows: &[(&str, u32)]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(day, count)| {
            format!(r#"{{"data_date":"{day}","unix_timestamp":1,"individuals":{count}}}"#)
        })
        .collect();
    format!(
        r#"{{"situation_view_id":"54","data":{{"timeseries":[{}],"source":"UNHCR, Government"}},"currentSeries":1}}"#,
        rows.join(",")
    )
}

fn ingest(desk: &Desk, words: &str, answer: impl AsRef<[u8]>, received: &str) -> Outcome {
    desk.put("answer", answer);
    desk.run(&format!(
        "ingest unhcr-situation {words} --file answer --retrieved {received}"
    ))
}

#[test]
fn both_hosts_are_known_and_a_widget_is_sent_only_when_given() {
    let url = |host: &str, widget: &str| {
        format!(
            "https://{host}/population/get/sublocation?{widget}sv_id=54&population_group=5478&forcesublocation=0&fromDate=1900-01-01"
        )
    };
    let body = places(&[place(
        "Poland",
        10781,
        "2022-08-01",
        (5478, RECORDED),
        "1256568",
    )]);
    for (words, url) in [
        ("ukraine recorded-in-europe", url("data.unhcr.org", "")),
        (
            "54 5478 --host data2.unhcr.org --widget 283573",
            url("data2.unhcr.org", "widget_id=283573&"),
        ),
    ] {
        let answers = Answers::default().with(&url, body.clone());
        answers.ask(&source(words)).unwrap();
        assert_eq!(answers.asked(), [url]);
    }
    let error = parsed::<UnhcrSituation>(&["ukraine", "crossings", "--host", "unhcr.example"]);
    assert!(error.unwrap_err().contains("data2.unhcr.org"));
}

#[test]
fn a_misspelled_situation_or_group_is_refused_with_the_nearest() {
    for (words, nearest) in [
        (["ukrain", "crossings"], "`ukraine`"),
        (["ukraine", "recorded-in-europ"], "`recorded-in-europe`"),
    ] {
        let error = parsed::<UnhcrSituation>(&words).unwrap_err();
        assert!(error.contains(nearest), "{error}");
    }
}

#[test]
fn what_an_answer_would_not_tell_is_refused_before_anything_is_asked() {
    for (words, reason) in [
        ("venezuela crossings", "is a group of the situation ukraine"),
        ("ukraine daily-outflow", "add --by day"),
        ("ukraine crossings-back --by day", "already added up"),
        ("ukraine crossings --by month", "of which day"),
        ("ukraine crossings --csv", "only a series comes as CSV"),
        ("europe-arrivals sea-arrivals", "since when"),
        ("europe-arrivals sea-arrivals --by month", "656 for Italy"),
        (
            "ukraine crossings --by day --geo 99",
            "does not name its place",
        ),
        ("south-sudan 5071", "--map"),
    ] {
        let answers = Answers::default();
        let error = answers.ask(&source(words)).unwrap_err();
        assert!(matches!(error, IngestError::Usage(_)), "{words}: {error}");
        assert!(error.to_string().contains(reason), "{words}: {error}");
        assert!(answers.asked().is_empty());
    }
}

#[test]
fn no_place_that_matches_is_an_error_and_no_table_of_nothing() {
    let url = "https://data.unhcr.org/population/get/sublocation?sv_id=54&population_group=5478&forcesublocation=0&fromDate=1900-01-01";
    let answers = Answers::default().with(url, places(&[]));
    let error = answers
        .ask(&source("ukraine recorded-in-europe"))
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

#[test]
fn an_answer_about_something_else_is_refused() {
    let desk = Desk::new();
    let crossings = places(&[place("Poland", 10781, "2022-08-01", (5460, CROSSINGS), "5")]);
    for (words, answer, reason) in [
        (
            "ukraine recorded-in-europe",
            crossings.clone(),
            "it is of group 5460 and not of 5478",
        ),
        (
            "ukraine crossings --by day",
            crossings.clone(),
            "it is by country and no series",
        ),
        (
            "ukraine crossings",
            series(&[("2022-06-01", 5)]),
            "it is a series and not by country",
        ),
        (
            "ukraine crossings",
            crossings.replace("\"54\"", "\"39\""),
            "of another situation",
        ),
        (
            "ukraine crossings",
            r#"{"data":"busy"}"#.to_owned(),
            "no list of figures",
        ),
    ] {
        ingest(&desk, words, answer, "2022-09-01")
            .fails()
            .says(reason);
    }
}

#[test]
fn counts_are_texts_by_country_and_each_country_has_its_own_day() {
    let desk = Desk::new();
    let answer = places(&[
        place("Germany", 10834, "2022-08-03", (5478, RECORDED), "915000"),
        place("Türkiye", 10925, "2022-05-19", (5478, RECORDED), "145000"),
        // As newer answers write it.
        place(
            "Poland",
            10781,
            "2022-08-01T00:00:00",
            (5478, RECORDED),
            "1256568",
        ),
    ]);
    ingest(&desk, "ukraine recorded-in-europe", answer, "2022-08-04").succeeds();
    let rows = desk.rows("figures --indicator refugees");
    for (location, day, value) in [
        ("DEU", "2022-08-03", "915000"),
        ("TUR", "2022-05-19", "145000"),
        ("POL", "2022-08-01", "1256568"),
    ] {
        let row = only(&rows, "location_id", location);
        assert_eq!((&*row["period_end"], &*row["value"]), (day, value));
        assert_eq!((&*row["measure"], &*row["origin_id"]), ("stock", "UKR"));
    }
}

#[test]
fn names_of_the_portal_are_places() {
    let desk = Desk::new();
    let names = [
        (
            "Serbia and Kosovo: S/RES/1244 (1999)",
            "group:serbia-and-kosovo",
        ),
        ("Czech Republic", "CZE"),
        ("Republic of Moldova", "MDA"),
    ];
    let rows: Vec<String> = names
        .iter()
        .map(|(name, _)| place(name, 1, "2022-08-01", (5478, RECORDED), "7"))
        .collect();
    ingest(
        &desk,
        "ukraine recorded-in-europe",
        places(&rows),
        "2022-08-04",
    )
    .succeeds();
    let rows = desk.rows("figures --indicator refugees");
    for (_, id) in names {
        only(&rows, "location_id", id);
    }
}

#[test]
fn russia_is_the_same_place_under_its_new_number() {
    let desk = Desk::new();
    for (id, day, count) in [(10791, "2022-06-01", "1000"), (12002, "2022-06-03", "1200")] {
        let row = place("Russian Federation", id, day, (5460, CROSSINGS), count);
        ingest(&desk, "ukraine crossings", places(&[row]), day).succeeds();
    }
    let rows = desk.rows("figures --indicator border_crossings");
    let values: Vec<&str> = rows.iter().map(|row| row["value"].as_str()).collect();
    assert_eq!(values, ["1000", "1200"]);
    assert!(rows.iter().all(|row| row["location_id"] == "RUS"));
}

/// The group was called "Ukrainian Asylum-seekers/applications" until it was given another name on 29
/// May 2022.
#[test]
fn group_5460_before_and_after_its_new_name_is_not_one_series() {
    let desk = Desk::new();
    for (label, day, count) in [
        (FORMER, "2022-05-27", "3000000"),
        (CROSSINGS, "2022-05-29", "3500000"),
    ] {
        let row = place("Poland", 10781, day, (5460, label), count);
        ingest(&desk, "ukraine crossings", places(&[row]), day).succeeds();
    }
    let rows = desk.rows("figures --indicator border_crossings");
    let definitions: Vec<&str> = rows.iter().map(|row| row["breakdown"].as_str()).collect();
    assert_eq!(definitions.len(), 2);
    assert!(
        definitions.contains(&"") && definitions.contains(&"definition=named_asylum_applications"),
        "{definitions:?}"
    );
    // A third name would be a third meaning.
    let row = place("Poland", 10781, "2023-01-01", (5460, "Something else"), "1");
    ingest(&desk, "ukraine crossings", places(&[row]), "2023-01-02")
        .fails()
        .says("no [[value]] of the mapping is about this row");
}

#[test]
fn the_series_of_group_5460_breaks_on_the_day_of_its_new_name() {
    let desk = Desk::new();
    let answer = series(&[("2022-05-28", 6_700_000), ("2022-05-29", 6_800_000)]);
    ingest(&desk, "ukraine crossings --by day", answer, "2022-06-04").succeeds();
    let rows = desk.rows("figures --indicator border_crossings");
    assert_eq!(
        only(&rows, "value", "6700000")["breakdown"],
        "definition=named_asylum_applications"
    );
    assert_eq!(only(&rows, "value", "6800000")["breakdown"], "");
}

#[test]
fn crossings_back_lead_into_ukraine_and_count_from_28_february() {
    let desk = Desk::new();
    let row = place(
        "Poland",
        10781,
        "2022-08-01",
        (5472, "Crossings back"),
        "3000000",
    );
    ingest(
        &desk,
        "ukraine crossings-back",
        places(&[row]),
        "2022-08-04",
    )
    .succeeds();
    let rows = desk.rows("figures --indicator border_crossings");
    let row = only(&rows, "location_id", "UKR");
    assert_eq!((&*row["origin_id"], &*row["since"]), ("POL", "2022-02-28"));
}

/// A fall of a "cumulative" is a correction, and both are kept.
#[test]
fn a_cumulative_that_falls_is_recorded_as_it_was_published() {
    let desk = Desk::new();
    for (day, count) in [("2022-06-05", "103254"), ("2022-06-06", "84067")] {
        let row = place("Republic of Moldova", 10784, day, (5460, CROSSINGS), count);
        ingest(&desk, "ukraine crossings", places(&[row]), day).succeeds();
    }
    assert_eq!(desk.rows("figures --location MDA").len(), 2);
}

/// 94,101 crossings of 8 March 2022 were 183,798 a few days later.
#[test]
fn the_newest_day_is_revised_and_both_versions_are_kept() {
    let desk = Desk::new();
    for (received, count) in [("2022-03-08", 94_101), ("2022-03-12", 183_798)] {
        let answer = series(&[("2022-03-07", 167_000), ("2022-03-08", count)]);
        ingest(&desk, "ukraine daily-outflow --by day", answer, received).succeeds();
    }
    let newest = desk.rows("figures --period 2022-03-08");
    assert_eq!(only(&newest, "period_end", "2022-03-08")["value"], "183798");
    let then = desk.rows("figures --period 2022-03-08 --as-known-on 2022-03-09");
    assert_eq!(only(&then, "period_end", "2022-03-08")["value"], "94101");
}

#[test]
fn a_csv_with_a_title_semicolons_and_nul_bytes_is_read_as_its_json() {
    let desk = Desk::new();
    let csv = "Border crossings\0 from Ukraine (cumulative)\n\"Date\";\"Individuals\"\n2022-05-28;6700000\n2022-05-29;6800000\0\n";
    ingest(&desk, "ukraine crossings --by day --csv", csv, "2022-06-04")
        .succeeds()
        .says("left out 2 NUL bytes")
        .says("2 figures");
    let rows = desk.rows("figures --indicator border_crossings");
    assert_eq!(only(&rows, "value", "6800000")["period_end"], "2022-05-29");
    ingest(
        &desk,
        "ukraine crossings --by day --csv",
        "Title\na;b;c\n2022-05-28;1;2\n",
        "2022-06-04",
    )
    .fails()
    .says("this one has 3");
}

#[test]
fn arrivals_by_month_are_flows_of_whole_months_into_the_country_asked_for() {
    let desk = Desk::new();
    let answer = r#"{"situation_view_id":"11","data":{"timeseries":[{"year":2022,"month":3,"individuals":2939}],"source":"UNHCR"}}"#;
    ingest(
        &desk,
        "europe-arrivals land-arrivals --by month --geo 729",
        answer,
        "2022-05-01",
    )
    .succeeds();
    let rows = desk.rows("figures --indicator arrivals");
    let row = only(&rows, "location_id", "ESP");
    assert_eq!(
        (
            &*row["period_start"],
            &*row["period_end"],
            &*row["measure"],
            &*row["breakdown"]
        ),
        ("2022-03-01", "2022-03-31", "flow", "route=land")
    );
}

#[test]
fn a_series_of_one_place_is_of_that_place_alone() {
    let desk = Desk::new();
    let answer = series(&[("2022-05-20", 1_100_000)]);
    ingest(
        &desk,
        "ukraine recorded-in-europe --by day --geo 10781",
        answer,
        "2022-06-04",
    )
    .succeeds();
    let rows = desk.rows("figures --indicator refugees");
    let row = only(&rows, "location_id", "POL");
    assert_eq!((&*row["value"], &*row["notes"]), ("1100000", ""));
}

#[test]
fn a_group_by_its_number_is_read_by_a_mapping_of_ones_own() {
    let desk = Desk::new();
    desk.put(
        "map.toml",
        r#"
[publication]
channel = "unhcr/odp"
title = "South Sudan"

[figure]
claimant = "UNHCR"
indicator = "refugees"
measure = "stock"
origin = "SSD"
location = { column = "geomaster_name" }
period = { column = "date" }
value = { column = "individuals" }
"#,
    );
    let answer = places(&[place(
        "Uganda",
        220,
        "2024-06-30",
        (5071, "Registered"),
        "948191",
    )]);
    let answer = answer.replace("\"54\"", "\"5\"");
    ingest(
        &desk,
        "south-sudan 5071 --map map.toml",
        answer,
        "2024-07-09",
    )
    .succeeds();
    let rows = desk.rows("figures --indicator refugees");
    assert_eq!(only(&rows, "value", "948191")["location_id"], "UGA");
}

#[test]
fn what_was_asked_of_the_portal_can_be_asked_again() {
    let asked = "ukraine crossings --by day --geo 10781 --period 2022-06-01..2022-06-30 --csv";
    let words = source(asked).words();
    let again: UnhcrSituation =
        parsed(&words[1..].iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
    assert_eq!(again.words(), words);
}

/// Rows and sums were reckoned apart from the program.
#[test]
fn recorded_answers_of_the_portal_are_read_whole() {
    for (file, words, day, figures) in [
        (
            "odp_sublocation_2022-04-27.json",
            "ukraine crossings",
            "2022-04-27",
            7,
        ),
        (
            "odp_sublocation_2022-08.json",
            "ukraine recorded-in-europe",
            "2022-08-04",
            44,
        ),
        (
            "odp_timeseries_2022-04-27.json",
            "ukraine daily-outflow --by day",
            "2022-04-27",
            61,
        ),
        (
            "odp_timeseries_2022-08.json",
            "ukraine recorded-in-europe --by day",
            "2022-08-27",
            54,
        ),
    ] {
        let Some(path) = shared(&format!("ukraine/{file}")) else {
            return;
        };
        Desk::new()
            .run(&format!(
                "ingest unhcr-situation {words} --file \"{}\" --retrieved {day}",
                path.display()
            ))
            .succeeds()
            .says(&format!("{figures} figures: {figures} new"));
    }
}
