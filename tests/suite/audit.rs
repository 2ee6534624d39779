//! What an editor would ask: each check finds what it is for, and is silent on right data.

use super::common::{Desk, MAPPING, Row, column, only};
use super::truth_rules::{crossings, ledger};
use super::ukraine;

/// What one check finds.
#[track_caller]
fn found(desk: &Desk, check: &str) -> Vec<Row> {
    desk.rows(&format!("audit --check {check}"))
}

/// The only question of a check, with its number, the one that it is held against and some words.
#[track_caller]
fn asks(desk: &Desk, check: &str, value: &str, other: &str, words: &[&str]) -> Row {
    let rows = found(desk, check);
    let row = only(&rows, "check", check).clone();
    assert_eq!((&*row["value"], &*row["other_value"]), (value, other));
    for words in words {
        let question = &row["question"];
        assert!(question.contains(words), "`{words}` is not in {question}");
    }
    row
}

#[track_caller]
fn is_silent(desk: &Desk, check: &str) {
    let rows = found(desk, check);
    assert!(rows.is_empty(), "{check} asks: {rows:#?}");
}

/// A ledger of figures that are written as [`ledger`] reads them.
fn of(figures: &[String]) -> Desk {
    ledger(&figures.iter().map(String::as_str).collect::<Vec<_>>())
}

const DAYS: [&str; 4] = ["2022-03-01", "2022-03-02", "2022-03-03", "2022-03-04"];

/// Crossings on [`DAYS`].
fn four(numbers: [i64; 4]) -> Desk {
    let points: Vec<(&str, i64)> = DAYS.into_iter().zip(numbers).collect();
    crossings(&points, "")
}

/// A daily course from 1 March 2022 on, each figure with more that it says.
fn daily(numbers: &[i64], more: &str) -> Desk {
    let first: chrono::NaiveDate = "2022-03-01".parse().unwrap();
    let figures: Vec<String> = first
        .iter_days()
        .zip(numbers)
        .map(|(day, number)| {
            format!("day={day} number={number} {more}")
                .trim()
                .to_owned()
        })
        .collect();
    of(&figures)
}

/// Twenty numbers that change by a little more or less each day.
fn steady() -> Vec<i64> {
    let mut level = 40_000;
    (0..20)
        .map(|day| {
            level += 900 + 130 * (day * 7 % 5);
            level
        })
        .collect()
}

#[test]
fn a_cumulative_that_falls() {
    let desk = four([10_000, 12_000, 11_500, 13_000]);
    let row = asks(
        &desk,
        "fall",
        "11500",
        "12000",
        &["500 fewer than on 2 March", "One publication holds both"],
    );
    assert_eq!(
        (&*row["severity"], &*row["period_end"]),
        ("medium", DAYS[2])
    );
    assert_eq!((&*row["location"], &*row["origin"]), ("Poland", "Ukraine"));
    assert_eq!((&*row["figure_id"], &*row["other_figure_id"]), ("f3", "f2"));
    is_silent(&four([10_000, 12_000, 12_000, 13_000]), "fall");
    // A stock may fall.
    is_silent(&daily(&[10_000, 12_000, 11_500, 13_000], ""), "fall");
}

#[test]
fn a_fall_that_came_by_version_is_named_a_revision() {
    let crossing = "what=border_crossings measure=cumulative since=2022-02-24";
    let desk = ledger(&[
        &format!("{crossing} day=2022-03-01 number=10000 published=2022-03-01"),
        &format!("{crossing} day=2022-03-02 number=9500 published=2022-03-02"),
    ]);
    let words = ["published later, on 2 March 2022: a revision"];
    asks(&desk, "fall", "9500", "10000", &words);
    // Once the day before is restated, nothing falls.
    let desk = ledger(&[
        &format!("{crossing} day=2022-03-01 number=10000 published=2022-03-01"),
        &format!("{crossing} day=2022-03-02 number=9500 published=2022-03-02"),
        &format!("{crossing} day=2022-03-01 number=9000 published=2022-03-02"),
    ]);
    is_silent(&desk, "fall");
    let before = desk.rows("audit --check fall --as-known-on 2022-03-01");
    assert!(before.is_empty(), "one figure was known then");
}

#[test]
fn a_change_far_beyond_those_around_it() {
    let mut numbers = steady();
    is_silent(&daily(&numbers, ""), "jump");
    for number in &mut numbers[12..] {
        *number += 30_000;
    }
    let desk = daily(&numbers, "");
    let rows = found(&desk, "jump");
    let row = only(&rows, "check", "jump");
    assert_eq!(row["period_end"], "2022-03-13");
    assert!(
        row["question"].contains("more than on 12 March"),
        "{}",
        row["question"]
    );
    assert!(row["question"].contains("robust z"));
    // What never changes has no usual change, and few figures have none either.
    let mut still = vec![5_000; 20];
    still[10] = 90_000;
    is_silent(&daily(&still, ""), "jump");
    is_silent(&daily(&[1_000, 1_010, 90_000, 1_030], ""), "jump");
}

#[test]
fn series_that_jump_at_the_same_time_are_one_question() {
    let mut numbers = steady();
    for number in &mut numbers[12..] {
        *number += 30_000;
    }
    let first: chrono::NaiveDate = "2022-03-01".parse().unwrap();
    let figures = |places: &[&str]| -> Vec<String> {
        let of_place = |place: &&str| {
            let days = first.iter_days().zip(&numbers);
            days.map(|(day, number)| format!("place={place} day={day} number={number}"))
                .collect::<Vec<_>>()
        };
        places.iter().flat_map(of_place).collect()
    };
    let rows = found(&of(&figures(&["Poland", "Hungary", "Romania"])), "jump");
    let row = only(&rows, "check", "jump");
    assert!(row["question"].contains("and 2 more series from Ukraine jump at the same time"));
    assert_eq!((&*row["location"], &*row["origin"]), ("", "Ukraine"));
    assert_eq!(
        found(&of(&figures(&["Poland", "Hungary"])), "jump").len(),
        2
    );
}

#[test]
fn a_flow_far_beyond_those_around_it() {
    let flow = "what=killed measure=flow";
    let mut numbers: Vec<i64> = (0..20).map(|day| 30 + day * 7 % 5).collect();
    is_silent(&daily(&numbers, flow), "jump");
    numbers[9] = 400;
    asks(
        &daily(&numbers, flow),
        "jump",
        "400",
        "32",
        &["On 10 March 2022", "where 32 would"],
    );
}

#[test]
fn two_digits_that_changed_places() {
    let words = ["440,000 on 2 March and 460,000 on 4 March", "it is 453,000"];
    for slip in [435_000, 543_000] {
        let desk = four([430_000, 440_000, slip, 460_000]);
        asks(&desk, "transposition", &slip.to_string(), "453000", &words);
        let both = desk.rows("audit --check fall --check transposition");
        assert_eq!(column(&both, "check"), ["transposition"], "one question");
    }
    is_silent(&four([430_000, 440_000, 453_000, 460_000]), "transposition");
    // Out of line, but no exchange mends it.
    is_silent(&four([430_000, 440_000, 411_000, 460_000]), "transposition");
    // The newest figure has no neighbour after it.
    asks(
        &four([430_000, 440_000, 453_000, 435_000]),
        "transposition",
        "435000",
        "453000",
        &["beside 453,000 on 3 March. With"],
    );
}

#[test]
fn two_digits_that_changed_places_between_versions_or_channels() {
    let desk = ledger(&[
        "number=435000 published=2022-04-02",
        "number=453000 published=2022-04-03",
    ]);
    let words = ["until 3 April 2022 it was 435,000"];
    asks(&desk, "transposition", "453000", "435000", &words);
    let desk = ledger(&["number=about_435000 channel=press/x", "number=453000"]);
    let row = asks(
        &desk,
        "transposition",
        "435000",
        "453000",
        &["in press/x, and 453,000 in test/table"],
    );
    assert_eq!(row["severity"], "high");
    let right = ledger(&[
        "number=435000 published=2022-04-02",
        "number=444000 published=2022-04-03",
        "number=441000 channel=press/x",
    ]);
    is_silent(&right, "transposition");
}

#[test]
fn a_digit_too_many_or_too_few() {
    for (slip, right, words) in [
        (4_530_000, "453000", "With one digit fewer"),
        (453, "453000", "three digits more"),
    ] {
        let desk = four([430_000, 440_000, slip, 460_000]);
        asks(&desk, "magnitude", &slip.to_string(), right, &[words]);
        let both = desk.rows("audit --check fall --check jump --check magnitude");
        assert_eq!(column(&both, "check"), ["magnitude"], "one question");
    }
    is_silent(&four([430_000, 440_000, 453_000, 460_000]), "magnitude");
    is_silent(&four([430_000, 440_000, 4_530_000, 4_600_000]), "magnitude");
}

#[test]
fn parts_that_do_not_add_up_to_what_is_stated() {
    let parts = ["place=Poland number=1000", "place=Germany number=2000"];
    let stated = |number: &str| {
        let total = format!("place=Europe number={number}");
        ledger(&[parts[0], parts[1], &total])
    };
    asks(
        &stated("3500"),
        "sum",
        "3500",
        "3000",
        &["the 2 parts of Europe", "3,000, 500 fewer", "missing"],
    );
    asks(
        &stated("2900"),
        "sum",
        "2900",
        "3000",
        &["100 more", "counted twice"],
    );
    is_silent(&stated("3000"), "sum");
    is_silent(&stated("about_3500"), "sum");
    // One part says nothing of the others, and prose names a few.
    is_silent(&ledger(&[parts[0], "place=Europe number=9000"]), "sum");
    let press: Vec<String> = [parts[0], parts[1], "place=Europe number=9000"]
        .map(|figure| format!("{figure} channel=press/x"))
        .to_vec();
    is_silent(&of(&press), "sum");
    // Another day or another claimant is no part.
    let apart = ledger(&[
        parts[0],
        "place=Germany number=2000 day=2022-04-02",
        "place=Hungary number=2000 who=UNRWA",
        "place=Europe number=9000",
    ]);
    is_silent(&apart, "sum");
}

#[test]
fn origins_and_areas_are_parts_too() {
    let desk = ledger(&[
        "origin=Ukraine number=1000",
        "origin=Syria number=2000",
        "origin=World number=3001",
    ]);
    asks(&desk, "sum", "3001", "3000", &["1 fewer"]);
    let desk = ledger(&[
        "place=Gaza_Strip number=1000",
        "place=West_Bank number=2000",
        "place=State_of_Palestine number=3000",
        "place=Asia number=3000",
        "place=Jordan number=10",
        "place=World number=3010",
    ]);
    let row = asks(&desk, "sum", "3000", "3010", &["the 2 parts of Asia"]);
    assert_eq!(row["location"], "Asia");
}

#[test]
fn breakdowns_that_do_not_add_up() {
    let ages = |all: &str| {
        ledger(&[
            "number=1000 age=adults",
            "number=2000 age=children",
            &format!("number={all}"),
        ])
    };
    asks(
        &ages("3100"),
        "sum",
        "3100",
        "3000",
        &["its parts by age", "100 fewer"],
    );
    is_silent(&ages("3000"), "sum");
    let sexes = |all: &str| {
        let desk = Desk::new();
        let table = format!(
            "day,place,number,sex\n2022-04-01,Poland,10,f\n2022-04-01,Poland,20,m\n2022-04-01,Poland,{all},\n"
        );
        let mapping = format!("{MAPPING}breakdown.sex = {{ column = \"sex\" }}\n");
        desk.put("t.csv", table).put("m.toml", mapping);
        desk.run("ingest table t.csv --map m.toml").succeeds();
        desk
    };
    asks(
        &sexes("29"),
        "sum",
        "29",
        "30",
        &["its parts by sex", "1 more"],
    );
    is_silent(&sexes("30"), "sum");
}

#[test]
fn a_day_that_lay_ahead() {
    let desk = ledger(&["day=2022-08-09 number=10 published=2022-08-01"]);
    asks(
        &desk,
        "future",
        "10",
        "",
        &["published on 1 August 2022", "a projection?"],
    );
    is_silent(
        &ledger(&["day=2022-08-01 number=10 published=2022-08-01"]),
        "future",
    );
    // In the far east it was that day already.
    is_silent(
        &ledger(&["day=2022-08-02 number=10 published=2022-08-01T18:00Z"]),
        "future",
    );
    let expected = "day=2022-12-31 number=10 published=2022-08-01 status=projected";
    is_silent(&ledger(&[expected]), "future");
    let flow = "what=killed measure=flow day=2022 number=10 published=2022-08-01";
    is_silent(&ledger(&[flow]), "future");
}

/// Twenty-eight days of Poland; six of Germany.
fn one_stopped() -> Desk {
    let mut figures: Vec<String> = Vec::new();
    for day in 1..=28 {
        figures.push(format!("day=2022-04-{day:02} number={day}"));
        if day <= 6 {
            figures.push(format!("place=Germany day=2022-04-{day:02} number={day}"));
        }
    }
    of(&figures)
}

#[test]
fn a_series_that_its_source_stopped() {
    let desk = one_stopped();
    let row = asks(
        &desk,
        "discontinued",
        "6",
        "",
        &["the last of its series", "until 28 April 2022"],
    );
    assert_eq!(
        (&*row["location"], &*row["period_end"]),
        ("Germany", "2022-04-06")
    );
    let then = desk.rows("audit --check discontinued --at 2022-04-10");
    assert!(then.is_empty(), "{then:#?}");
}

#[test]
fn old_figures_are_asked_about_once_a_channel() {
    let desk = one_stopped();
    let stale = |options: &str| desk.rows(&format!("audit --check stale {options}"));
    let rows = stale("");
    let row = only(&rows, "check", "stale");
    assert_eq!(
        (&*row["period_end"], &*row["location"]),
        ("2022-04-28", "Poland")
    );
    assert!(
        row["question"].contains("135 days before 10 September 2022"),
        "{row:#?}"
    );
    assert!(stale("--at 2022-04-28").is_empty());
    assert!(stale("--as-known-on 2022-08-01").len() == 1);
}

#[test]
fn the_same_number_in_two_channels() {
    let both = |other: i64| {
        ledger(&[
            "number=453000",
            "number=453000 day=2022-04-02 channel=press/x",
            "number=453100 day=2022-04-02",
            &format!("number={other} channel=press/x"),
        ])
    };
    let row = asks(
        &both(453_000),
        "relay",
        "453000",
        "453000",
        &[
            "press/x and test/table agree in 1 of the 2 numbers",
            "counts once",
        ],
    );
    assert_eq!(row["severity"], "low");
    is_silent(&both(452_000), "relay");
    let claimants = ["number=453000", "number=453000 who=UNRWA channel=press/x"];
    is_silent(&ledger(&claimants), "relay");
}

#[test]
fn a_weekday_without_reports() {
    let days = |silent: Option<u32>| {
        let first: chrono::NaiveDate = "2022-03-01".parse().unwrap();
        let figures: Vec<String> = first
            .iter_days()
            .take(60)
            .enumerate()
            .filter(|(index, _)| silent.is_none_or(|silent| *index as u32 % 7 != silent))
            .map(|(index, day)| format!("day={day} number={}", 10 + index))
            .collect();
        of(&figures)
    };
    // The first of March 2022 was a Tuesday: five days on is a Sunday.
    let desk = days(Some(5));
    let words = ["none on Sundays", "7 weeks"];
    asks(&desk, "weekday", "", "", &words);
    is_silent(&days(None), "weekday");
}

#[test]
fn nothing_to_ask_is_an_empty_table_and_a_word() {
    let desk = four([10_000, 12_000, 13_500, 15_000]);
    let outcome = desk
        .run("audit --check fall --fail")
        .succeeds()
        .says("nothing was found that an editor would ask about");
    assert_eq!(
        outcome.stdout,
        "check,severity,indicator,location,location_id,origin,origin_id,claimant,channel,breakdown,\
         period_end,value,other_value,question,figure_id,other_figure_id,url\n"
    );
    for format in ["json", "jsonl", "markdown", "table"] {
        desk.run(&format!("audit --check fall --format {format}"))
            .succeeds();
    }
}

#[test]
fn a_desk_may_have_questions_fail() {
    let desk = four([10_000, 12_000, 11_500, 13_000]);
    desk.run("audit --check fall --check jump")
        .succeeds()
        .says("1 question: 1 fall");
    let output = desk.command("audit --check fall --fail").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        super::common::rows(&output.stdout).len(),
        1,
        "and still tells them"
    );
    desk.run("audit --location Hungary").ends_with(3);
}

#[test]
fn an_unknown_check_names_the_nearest() {
    let desk = four([1, 2, 3, 4]);
    desk.run("audit --check transpositions")
        .ends_with(2)
        .says("unknown check `transpositions`; did you mean `transposition`?");
    desk.run("audit --check xyz")
        .ends_with(2)
        .says("write one of `future`, `magnitude`");
}

#[test]
fn the_most_important_questions_come_first() {
    let crossing = "what=border_crossings measure=cumulative since=2022-02-24";
    let desk = ledger(&[
        &format!("{crossing} day=2022-03-01 number=10000"),
        &format!("{crossing} day=2022-03-02 number=9900"),
        &format!("{crossing} day=2022-03-01 number=10000 place=Germany"),
        &format!("{crossing} day=2022-03-02 number=9000 place=Germany"),
        "day=2022-09-01 number=10",
    ]);
    let rows = desk.rows("audit");
    assert_eq!(column(&rows, "check"), ["future", "fall", "fall"]);
    assert_eq!(column(&rows, "location"), ["Poland", "Germany", "Poland"]);
}

#[test]
fn ukraine_has_four_falls_and_one_series_that_stopped() {
    let desk = ukraine::desk();
    let rows = found(&desk, "fall");
    let mut falls: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (&*row["location_id"], &*row["period_end"]))
        .collect();
    falls.sort_unstable();
    assert_eq!(
        falls,
        [
            ("BLR", "2022-05-25"),
            ("MDA", "2022-03-05"),
            ("MDA", "2022-03-06"),
            ("RUS", "2022-03-09"),
        ]
    );
    let stopped = found(&desk, "discontinued");
    let stopped = only(&stopped, "check", "discontinued");
    assert_eq!(stopped["location"], "Other European countries");
    assert_eq!(stopped["period_end"], "2022-03-11");
}
