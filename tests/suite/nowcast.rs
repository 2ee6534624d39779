//! Nowcasts from the versions of a ledger: triangles, what is expected, and what is refused.

use insta::assert_snapshot;

use super::common::{Desk, Row, column};

const MAPPING: &str = r#"
[publication]
channel = "test/table"
title = "Deaths by month"
published = "PUBLISHED"
licence = "CC-BY-4.0"

[figure]
claimant = "OHCHR"
indicator = "killed"
measure = "MEASURE"
location = "SDN"
period = { column = "month" }
value = { column = "number" }
"#;

/// A desk that holds publications of the ends of months, each with what it says of which month.
fn desk_of(measure: &str, publications: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    for (published, rows) in publications {
        let mapping = MAPPING
            .replace("PUBLISHED", published)
            .replace("MEASURE", measure);
        desk.put("map.toml", mapping)
            .put("table.csv", format!("month,number\n{rows}\n"));
        desk.run("ingest table table.csv --map map.toml").succeeds();
    }
    desk
}

const JANUARY: (&str, &str) = ("2022-02-28", "2022-01,100");
const FEBRUARY: (&str, &str) = ("2022-03-31", "2022-01,150\n2022-02,200");
const MARCH: (&str, &str) = ("2022-04-30", "2022-01,165\n2022-02,310\n2022-03,120");

fn desk() -> Desk {
    desk_of("flow", &[JANUARY, FEBRUARY, MARCH])
}

fn numbers(rows: &[Row], name: &str) -> Vec<f64> {
    column(rows, name)
        .iter()
        .map(|cell| cell.parse().unwrap())
        .collect()
}

/// By hand: 460 / 300 from lag 1 to 2, 165 / 150 from 2 to 3.
#[test]
fn what_is_still_to_come_follows_from_how_earlier_months_grew() {
    let run = desk()
        .run("nowcast --indicator killed --format csv")
        .succeeds();
    let rows = run.rows();
    assert_eq!(column(&rows, "known"), ["165", "310", "120"]);
    assert_eq!(column(&rows, "lag"), ["3", "2", "1"]);
    assert_eq!(column(&rows, "factor"), ["1", "1.1", "1.686667"]);
    assert_eq!(numbers(&rows, "ultimate"), [165.0, 341.0, 202.4]);
    assert_eq!(numbers(&rows, "still_to_come"), [0.0, 31.0, 82.4]);
    for row in &rows {
        assert_eq!(row["status"], "estimated");
        assert!(row["assumption"].contains("what is never reported"));
    }
    assert_snapshot!(run.transcript(), @r#"
    indicator,measure,origin,origin_id,location,location_id,since,breakdown,claimant,channel,row_type,period_start,period_end,step,known,lag,known_at_lag,factor,ultimate,still_to_come,standard_error,low,high,level,as_known_on,status,method,assumption,licence,notes,figure_id
    killed,flow,,,Sudan,SDN,,,OHCHR,test/table,part,2022-01-01,2022-01-31,month,165,3,165,1,165,0,0,165,165,0.95,2022-04-30,estimated,chain ladder; standard error of Mack (1993); lognormal interval of what is still to come,"late reports come in as they did for earlier periods, which are independent of each other; what is never reported, or comes after the last lag, is not in it",CC-BY-4.0,,f4
    killed,flow,,,Sudan,SDN,,,OHCHR,test/table,part,2022-02-01,2022-02-28,month,310,2,310,1.1,341,31,12.6,323.4,371.8,0.95,2022-04-30,estimated,chain ladder; standard error of Mack (1993); lognormal interval of what is still to come,"late reports come in as they did for earlier periods, which are independent of each other; what is never reported, or comes after the last lag, is not in it",CC-BY-4.0,,f5
    killed,flow,,,Sudan,SDN,,,OHCHR,test/table,part,2022-03-01,2022-03-31,month,120,1,120,1.686667,202.4,82.4,10.1,184.4,223.9,0.95,2022-04-30,estimated,chain ladder; standard error of Mack (1993); lognormal interval of what is still to come,"late reports come in as they did for earlier periods, which are independent of each other; what is never reported, or comes after the last lag, is not in it",CC-BY-4.0,,f6
    --- stderr, exit code 0
    ledger humstat.db, entry 3 (4f7c4a80505c)
    as known on 2022-04-30, the day of the newest version; --as-known-on says until when the source was watched
    People killed in Sudan, OHCHR: 595 known by 2022-04-30 in 3 periods, and 113 expected still to come up to lag 3 (months): 708 in all, standard error 20, 95 per cent interval 675 to 752; chain ladder; standard error of Mack (1993); lognormal interval of what is still to come: late reports come in as they did for earlier periods, which are independent of each other; what is never reported, or comes after the last lag, is not in it
    "#);
}

#[test]
fn the_triangle_is_what_was_known_when() {
    let rows = desk().rows("nowcast --indicator killed --triangle");
    assert_eq!(column(&rows, "lag_1"), ["100", "200", "120"]);
    assert_eq!(column(&rows, "lag_2"), ["150", "310", ""]);
    assert_eq!(column(&rows, "lag_3"), ["165", "", ""]);
}

#[test]
fn a_total_is_added_where_it_is_asked_for() {
    let rows = desk().rows("nowcast --indicator killed --total");
    assert_eq!(column(&rows, "row_type"), ["part", "part", "part", "total"]);
    assert_eq!(rows[3]["known"], "595");
    assert_eq!(rows[3]["ultimate"], "708.4");
    // Months share their factors: more than the root of the sum of squares.
    let errors = numbers(&rows, "standard_error");
    assert!(errors[3] > errors[1].hypot(errors[2]));
}

/// As it was known then, March was not yet there and two lags had passed.
#[test]
fn earlier_versions_and_half_lags_are_kept_apart() {
    let desk = desk();
    desk.run("nowcast --indicator killed --as-known-on 2022-03-31")
        .ends_with(1)
        .says("2 periods and 2 lags show no pattern of late reports");
    let rows = desk.rows("nowcast --indicator killed --triangle --as-known-on 2022-04-29");
    assert_eq!(column(&rows, "lag_1"), ["100", "200"]);
    desk.run("nowcast --indicator killed --triangle")
        .succeeds()
        .says("as known on 2022-04-30, the day of the newest version");
}

/// What came after the last whole lag is known all the same: it is the least that will be.
#[test]
fn what_came_within_a_lag_is_known_and_nothing_less_is_expected() {
    const MAY: (&str, &str) = (
        "2022-05-10",
        "2022-01,170\n2022-02,350\n2022-03,190\n2022-04,90",
    );
    let run = desk_of("flow", &[JANUARY, FEBRUARY, MARCH, MAY])
        .run("nowcast --indicator killed --total --format csv")
        .succeeds()
        .says("2022-04-01 to 2022-04-30 is left out: no whole month since its end")
        .says("710 known by 2022-05-10 in 3 periods (595 of them by the last lag that counts");
    let rows = run.rows();
    assert_eq!(column(&rows, "known"), ["170", "350", "190", "710"]);
    assert_eq!(column(&rows, "known_at_lag"), ["165", "310", "120", "595"]);
    assert_eq!(numbers(&rows, "ultimate"), [170.0, 350.0, 202.4, 722.4]);
    assert_eq!(numbers(&rows, "still_to_come"), [0.0, 0.0, 12.4, 12.4]);
    assert_eq!(numbers(&rows, "low")[..3], [170.0, 350.0, 190.0]);
    assert!(
        rows[0]["notes"].contains("changed after the last lag"),
        "{}",
        rows[0]["notes"]
    );
    assert!(rows[1]["notes"].contains("raised to it"));
    assert_eq!(rows[2]["notes"], "");
}

/// What is added after the last lag is not expected to be taken back again.
#[test]
fn a_count_that_changed_after_the_last_lag_stands() {
    let desk = desk_of(
        "flow",
        &[
            JANUARY,
            FEBRUARY,
            MARCH,
            ("2022-05-31", "2022-01,190\n2022-02,330\n2022-03,160"),
        ],
    );
    let rows = desk.rows("nowcast --indicator killed --max-lag 3 --allow-falls --total");
    assert_eq!(column(&rows, "known"), ["190", "330", "160", "680"]);
    assert_eq!(column(&rows, "known_at_lag"), ["165", "330", "160", "655"]);
    assert_eq!(numbers(&rows, "still_to_come")[..2], [0.0, 0.0]);
    assert!(
        numbers(&rows, "still_to_come")
            .iter()
            .all(|more| *more >= 0.0)
    );
    assert!(rows[0]["notes"].contains("a larger --max-lag"));
}

/// A count that was lowered within the lag in course is a fall as any other.
#[test]
fn a_count_that_was_lowered_since_the_last_whole_lag_is_refused_too() {
    const MAY: (&str, &str) = ("2022-05-10", "2022-01,165\n2022-02,310\n2022-03,110");
    let desk = desk_of("flow", &[JANUARY, FEBRUARY, MARCH, MAY]);
    desk.run("nowcast --indicator killed")
        .ends_with(1)
        .says("2022-03-01 to 2022-03-31 at lag 2 from 120 to 110");
    let rows = desk.rows("nowcast --indicator killed --allow-falls");
    assert_eq!(column(&rows, "known"), ["165", "310", "110"]);
    assert!(rows[2]["method"].contains("normal interval"));
}

/// The same growth in each period measures no error: that is said instead of an interval of no width.
#[test]
fn growth_that_is_always_the_same_gives_no_interval() {
    let run = desk_of(
        "flow",
        &[
            JANUARY,
            ("2022-03-31", "2022-01,200\n2022-02,50"),
            ("2022-04-30", "2022-01,300\n2022-02,100\n2022-03,40"),
        ],
    )
    .run("nowcast --indicator killed --format csv")
    .succeeds()
    .says("standard error 0, no interval");
    let rows = run.rows();
    assert_eq!(column(&rows, "ultimate"), ["300", "150", "120"]);
    assert_eq!(column(&rows, "low"), ["300", "", ""]);
    assert!(rows[2]["notes"].contains("no error to go by"));
}

#[test]
fn counts_that_were_lowered_are_named_and_refused() {
    const LOWERED: (&str, &str) = ("2022-04-30", "2022-01,140\n2022-02,310\n2022-03,120");
    let desk = desk_of("flow", &[JANUARY, FEBRUARY, LOWERED]);
    desk.run("nowcast --indicator killed")
        .ends_with(1)
        .says("2022-01-01 to 2022-01-31 at lag 3 from 150 to 140")
        .says("`humstat revisions`");
    let run = desk
        .run("nowcast --indicator killed --allow-falls")
        .succeeds()
        .says("counts were lowered 1 time, so that corrections are taken along");
    let rows = run.rows();
    assert!(rows[0]["method"].contains("normal interval"));
    assert!(rows[0]["notes"].contains("corrections and late reports"));
}

#[test]
fn stocks_cumulatives_and_qualified_numbers_are_no_triangle() {
    for (measure, said) in [
        ("stock", "successive stocks hold the same people"),
        (
            "cumulative\"\nsince = \"2022-01-01",
            "the periods of a cumulative contain one another",
        ),
    ] {
        let publications = [JANUARY, FEBRUARY, MARCH].map(|(published, rows)| {
            let rows = rows
                .replace("2022-01,", "2022-01-31,")
                .replace("2022-02,", "2022-02-28,");
            (published, rows.replace("2022-03,", "2022-03-31,"))
        });
        let publications: Vec<(&str, &str)> = publications
            .iter()
            .map(|(published, rows)| (*published, rows.as_str()))
            .collect();
        desk_of(measure, &publications)
            .run("nowcast --indicator killed")
            .ends_with(1)
            .says(said);
    }
    const AT_LEAST: (&str, &str) = (
        "2022-04-30",
        "2022-01,165\n2022-02,at least 310\n2022-03,120",
    );
    desk_of("flow", &[JANUARY, FEBRUARY, AT_LEAST])
        .run("nowcast --indicator killed")
        .ends_with(1)
        .says("1 period is left out: numbers that are qualified");
}
