//! Tallies of events: by time, place and kind, and which row of an event counts.

use std::io::{BufRead as _, BufReader};

use super::truth_rules::ledger;
use crate::common::{Desk, Row, mapping, shared};

/// A table of UCDP's: number, type of violence, country, first day, last day; low, best, high.
fn table(events: &[&str]) -> String {
    format!(
        "id,type_of_violence,country,date_start,date_end,low,best,high\n{}\n",
        events.join("\n")
    )
}

/// A desk that holds releases of UCDP's, each with its events.
fn desk(releases: &[(&str, &[&str])]) -> Desk {
    let desk = Desk::new();
    for (release, events) in releases {
        desk.put("ged.csv", table(events));
        desk.run(&format!(
            "ingest ucdp --release {release} --file ged.csv --retrieved 2026-07-20 --allow withdrawals"
        ))
        .succeeds();
    }
    desk
}

const MAY: &str = "1,1,Ukraine,2024-05-01,2024-05-01,8,10,15";
const LATE_MAY: &str = "2,3,Ukraine,2024-05-30,2024-06-02,3,3,4";
const SUDAN: &str = "3,1,Sudan,2024-06-09,2024-06-09,0,0,2";

/// What stands in some columns of each row.
fn cells(rows: &[Row], columns: &[&str]) -> Vec<String> {
    let of_row = |row: &Row| {
        let cells: Vec<&str> = columns.iter().map(|name| row[*name].as_str()).collect();
        cells.join(" ")
    };
    rows.iter().map(of_row).collect()
}

const NUMBERS: [&str; 5] = ["period_start", "events", "low", "best", "high"];

#[test]
fn events_add_up_by_day_month_and_year() {
    let desk = desk(&[("25.1", &[MAY, LATE_MAY, SUDAN])]);
    for (by, found) in [
        ("year", vec!["2024-01-01 3 11 13 21"]),
        ("month", vec!["2024-05-01 1 8 10 15", "2024-06-01 2 3 3 6"]),
        (
            "day",
            vec![
                "2024-05-01 1 8 10 15",
                "2024-06-02 1 3 3 4",
                "2024-06-09 1 0 0 2",
            ],
        ),
    ] {
        let rows = desk.rows(&format!("tally --by {by}"));
        assert_eq!(cells(&rows, &NUMBERS), found, "{by}");
    }
}

#[test]
fn events_add_up_by_country_and_type_of_violence() {
    let desk = desk(&[("25.1", &[MAY, LATE_MAY, SUDAN])]);
    let rows = desk.rows("tally --by country,violence");
    let columns = ["location_id", "violence", "events", "low", "best", "high"];
    assert_eq!(
        cells(&rows, &columns),
        [
            "SDN state 1 0 0 2",
            "UKR one_sided 1 3 3 4",
            "UKR state 1 8 10 15"
        ]
    );
    let whole = desk.rows("tally --by violence --period 2024");
    assert_eq!(
        cells(&whole, &["period_start", "period_end", "violence", "best"]),
        [
            "2024-01-01 2024-12-31 one_sided 3",
            "2024-01-01 2024-12-31 state 10"
        ]
    );
}

/// Parting it over its days would say how many died on each, which nobody counted.
#[test]
fn an_event_that_spans_months_is_of_its_last_and_is_told() {
    let desk = desk(&[("25.1", &[MAY, LATE_MAY, SUDAN])]);
    let run = desk
        .run("tally --by month")
        .succeeds()
        .says("1 event spans more than one month and counts in that of the last day");
    let notes = &run.rows()[1]["notes"];
    assert!(
        notes.starts_with(
            "1 event began before 2024-06-01, the earliest on 2024-05-30; UCDP numbers"
        ),
        "{notes}"
    );
    let june = desk.rows("tally --by month --period 2024-06");
    assert_eq!(cells(&june, &NUMBERS), ["2024-06-01 2 3 3 6"]);
    let may = desk.rows("tally --by month --period 2024-05");
    assert_eq!(cells(&may, &NUMBERS), ["2024-05-01 1 8 10 15"]);
}

/// A month of candidate events takes nothing back, so that both rows of the event stand in the ledger.
#[test]
fn an_event_that_a_newer_release_moved_counts_once_where_it_is_now() {
    const MOVED: &str = "1,3,Sudan,2024-06-02,2024-06-02,1,5,9";
    let releases: [(&str, &[&str]); 2] = [("24.0.5", &[MAY]), ("24.0.6", &[MOVED])];
    for order in [[releases[0], releases[1]], [releases[1], releases[0]]] {
        let desk = desk(&order);
        assert_eq!(desk.rows("figures --indicator killed").len(), 2);
        let run = desk
            .run("tally --by month,country,violence")
            .succeeds()
            .says("1 event was of other days, places or kinds by older releases");
        assert_eq!(
            cells(
                &run.rows(),
                &["period_start", "location_id", "violence", "best"]
            ),
            ["2024-06-01 SDN one_sided 5"]
        );
        for gone in [
            "--location UKR",
            "--period 2024-05",
            "--breakdown violence=state",
        ] {
            desk.run(&format!("tally {gone}"))
                .ends_with(3)
                .says("no events");
        }
        let then = desk.rows("tally --by month --as-known-on 2024-06-30");
        assert_eq!(cells(&then, &NUMBERS), ["2024-05-01 1 8 10 15"]);
    }
}

#[test]
fn two_channels_are_never_added_and_each_names_the_other() {
    let desk = desk(&[
        ("24.0.5", &[MAY, "9,1,Ukraine,2024-05-07,2024-05-07,1,1,1"]),
        ("25.1", &[MAY]),
    ]);
    let rows = desk.rows("tally --by month");
    assert_eq!(
        cells(&rows, &["channel", "events", "best"]),
        ["ucdp/candidate 2 11", "ucdp/ged 1 10"]
    );
    assert!(rows[0]["notes"].contains("ucdp/ged counts events of these days too"));
    assert!(rows[1]["notes"].contains("ucdp/candidate counts events"));
    let one = desk.rows("tally --by month --channel ucdp/ged");
    assert_eq!(cells(&one, &["best"]), ["10"]);
    assert!(!one[0]["notes"].contains("never added"));
}

/// Numbers that a country's ministry counts so far are no events, and stay out of them.
#[test]
fn only_events_are_added_up_and_no_stock_ever() {
    let desk = desk(&[("25.1", &[MAY])]);
    desk.run(
        "record --indicator killed --claimant OHCHR --channel ohchr/updates --location UKR \
         --measure cumulative --since 2022-02-24 --period 2024-05-31 --value 11126 \
         --published 2024-06-05 --title Update",
    )
    .succeeds();
    assert_eq!(
        cells(&desk.rows("tally"), &["claimant", "best"]),
        ["UCDP 10"]
    );
    desk.run("tally --measure cumulative")
        .ends_with(2)
        .says("rule over-time");
    desk.run("tally --claimant OHCHR")
        .ends_with(3)
        .says("no events");
}

/// New per day of UNHCR's portal for people who left Ukraine, and a month that it lacks most days of.
const CROSSINGS: [&str; 4] = [
    "what=border_crossings measure=flow day=2022-02-24 number=79208",
    "what=border_crossings measure=flow day=2022-02-25 number=115157",
    "what=border_crossings measure=flow day=2022-02-27 number=at_least_100000",
    "what=border_crossings measure=flow day=2022-03-01 number=150000",
];

#[test]
fn flows_without_events_add_up_over_time_and_say_what_they_cover() {
    let desk = ledger(&CROSSINGS);
    let rows = desk.rows("tally --indicator border_crossings --by month");
    let columns = [
        "period_start",
        "counts",
        "days_covered",
        "days",
        "value",
        "low",
        "qualifier",
    ];
    assert_eq!(
        cells(&rows, &columns),
        [
            // 79,208 + 115,157 + at least 100,000
            "2022-02-01 3 3 28 294365  at_least",
            "2022-03-01 1 1 31 150000  exact"
        ]
    );
    assert!(rows[0]["notes"].contains("3 of 28 days are covered"));
    let year = desk.rows("tally --indicator border_crossings --by year");
    assert_eq!(
        cells(&year, &["counts", "value", "qualifier"]),
        ["4 444365 at_least"]
    );
    desk.run("tally --indicator border_crossings --by month,country")
        .ends_with(2)
        .says("--by takes day, month or year alone");
}

/// What may hold the same people keeps a row of its own: other places, channels and breakdowns.
#[test]
fn nothing_but_time_is_added_over() {
    let desk = ledger(&[
        "what=asylum_applications measure=flow day=2022-03 place=Germany number=10",
        "what=asylum_applications measure=flow day=2022-04 place=Germany number=12",
        "what=asylum_applications measure=flow day=2022-04 place=Poland number=5",
        "what=asylum_applications measure=flow day=2022-04 place=Germany age=children number=4",
        "what=asylum_applications measure=flow day=2022-05 place=Germany number=90 status=projected",
        "what=refugees day=2022-03-31 place=Germany number=1000",
    ]);
    let run = desk
        .run("tally --by year --format csv")
        .succeeds()
        .says("1 expected number is left out");
    assert_eq!(
        cells(
            &run.rows(),
            &["location_id", "breakdown", "value", "status"]
        ),
        [
            "DEU  22 observed",
            "DEU age=children 4 observed",
            "POL  5 observed"
        ]
    );
    let expected = desk.rows("tally --by year --status projected");
    assert_eq!(cells(&expected, &["value", "status"]), ["90 projected"]);
}

#[test]
fn periods_that_share_days_or_are_longer_than_the_step_are_left_out() {
    let desk = ledger(&[
        "what=asylum_applications measure=flow day=2022-03 number=10",
        "what=asylum_applications measure=flow day=2022 number=99",
        "what=asylum_applications measure=flow day=2022 place=Germany number=40",
    ]);
    desk.put(
        "week.toml",
        "[publication]\nchannel = \"test/table\"\ntitle = \"A week\"\npublished = \"2022-08-02\"\n\n\
         [figure]\nclaimant = \"UNHCR\"\nindicator = \"asylum_applications\"\nmeasure = \"flow\"\n\
         origin = \"UKR\"\nlocation = \"MDA\"\nperiod_start = { column = \"from\" }\nperiod_end = { column = \"to\" }\n\
         value = { column = \"number\" }\n",
    )
    .put("week.csv", "from,to,number\n2022-03-29,2022-04-04,7\n");
    desk.run("ingest table week.csv --map week.toml").succeeds();
    let run = desk
        .run("tally --by month --format csv")
        .succeeds()
        .says("asylum_applications of UNHCR from UKR in POL is left out: ")
        .says("overlap")
        .says("2022-01-01 to 2022-12-31 is longer than a month")
        .says("1 period reaches over the end of a month and counts in that of the last day");
    assert_eq!(
        cells(&run.rows(), &["location_id", "period_start", "value"]),
        ["MDA 2022-04-01 7"]
    );
    let yearly = desk.rows("tally --by year --location DEU");
    assert_eq!(cells(&yearly, &["value", "notes"]), ["40 "]);
}

#[test]
fn what_a_tally_is_parted_by_is_a_known_word() {
    let desk = Desk::new();
    for (by, said) in [
        ("months", "did you mean `month`"),
        ("violense", "did you mean `violence`"),
        ("event", "humstat figures"),
        ("day,month", "two tallies"),
    ] {
        desk.run(&format!("tally --by {by}"))
            .ends_with(2)
            .says(said);
    }
}

#[test]
fn a_tally_that_goes_to_a_file_has_its_sources_beside_it() {
    let desk = desk(&[("25.1", &[MAY, SUDAN])]);
    desk.run("tally --by month -o killed.json").succeeds();
    let json = std::fs::read_to_string(desk.path("killed.json")).unwrap();
    assert!(
        json.contains("\"best\":10") || json.contains("\"best\": 10"),
        "{json}"
    );
    let sources = std::fs::read_to_string(desk.path("killed.sources.md")).unwrap();
    assert!(sources.contains("version 25.1"), "{sources}");
}

/// Reckoned apart from the program, over the first 5,000 rows, of which eleven are out of order.
#[test]
fn five_thousand_real_events_add_up_as_reckoned_apart() {
    let Some(file) = shared("ucdp/ged_1989_2020_14columns.csv.gz") else {
        return;
    };
    let archive = std::fs::File::open(file).unwrap();
    let lines = BufReader::new(flate2::read::MultiGzDecoder::new(archive)).lines();
    let head: Vec<String> = lines.take(5_001).map(Result::unwrap).collect();
    let desk = Desk::new();
    desk.put("ged.csv", head.join("\n"));
    desk.run(&format!(
        "ingest table ged.csv --map \"{}\" --skip-bad-rows",
        mapping("ucdp-ged-14")
    ))
    .succeeds()
    .says("11 of 5000 rows were left out");
    let columns = ["location", "violence", "events", "low", "best", "high"];
    assert_eq!(
        cells(&desk.rows("tally --by country,violence"), &columns),
        ["Afghanistan state 4989 43355 47867 71357"]
    );
    let years = cells(&desk.rows("tally"), &NUMBERS);
    assert_eq!(years.len(), 23);
    assert_eq!(years[0], "1989-01-01 117 1763 4798 16574");
    assert_eq!(years[17], "2011-01-01 919 3260 3359 3611");
    let months = cells(&desk.rows("tally --by month"), &NUMBERS);
    assert_eq!(months.len(), 212);
    assert!(months.contains(&"2011-07-01 106 432 442 475".to_owned()));
    let days = cells(&desk.rows("tally --by day"), &NUMBERS);
    assert_eq!(days.len(), 2640);
    assert!(days.contains(&"2010-10-04 10 32 32 32".to_owned()));
}

/// 107 of its events span months, and six of 3,194 are out of order.
#[test]
fn the_recorded_subset_of_version_19_1_adds_up_as_reckoned_apart() {
    let Some(file) = shared("ucdp/ged191.csv") else {
        return;
    };
    let desk = Desk::new();
    desk.run(&format!(
        "ingest ucdp --release 19.1 --file \"{}\" --retrieved 2026-07-20 --skip-bad-rows",
        file.display()
    ))
    .succeeds();
    let run = desk
        .run("tally --by month,country,violence")
        .succeeds()
        .says("107 events span more than one month");
    assert_eq!(run.rows().len(), 845);
    let years = desk.rows("tally --by year,violence");
    let of_2015 = cells(
        &years,
        &["period_start", "violence", "events", "low", "best", "high"],
    );
    assert!(of_2015.contains(&"2015-01-01 state 179 672 674 3227".to_owned()));
    assert!(of_2015.contains(&"2017-01-01 one_sided 41 1679 1801 1824".to_owned()));
}
