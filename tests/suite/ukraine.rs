//! Ukraine 2022: the numbers that the project promises, by the names of their columns.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::common::{Desk, Row, column, only, rows};

/// What one run of the plan left behind.
pub struct Made {
    pub ledger: Vec<u8>,
    pub products: BTreeMap<String, Vec<u8>>,
    pub stderr: String,
}

/// The plan of the repository.
pub const PLAN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/datasets/ukraine-2022/plan.toml"
);

/// One run of the plan, shared by all tests that only read.
pub static MADE: LazyLock<Made> = LazyLock::new(|| run_in(&Desk::new(), PLAN));

/// Runs a plan on a desk, whose folder `out` takes the products.
pub fn run_in(desk: &Desk, plan: &str) -> Made {
    let outcome = desk.run(&format!("run \"{plan}\" --out out")).succeeds();
    assert_eq!(outcome.stdout, "", "stdout is for data");
    let products = std::fs::read_dir(desk.path("out"))
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(file.path()).unwrap())
        })
        .collect();
    Made {
        ledger: std::fs::read(desk.path("humstat.db")).unwrap(),
        products,
        stderr: outcome.stderr,
    }
}

/// A desk with the ledger of one run.
pub fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("humstat.db", &MADE.ledger);
    desk
}

const CROSSINGS: &str = "--indicator border_crossings --origin UKR";

#[test]
fn the_total_of_8_march_is_of_mixed_dates() {
    let rows = desk().rows(&format!("summary {CROSSINGS} --at 2022-03-08 --total"));
    let poland = only(&rows, "location_id", "POL");
    assert_eq!(poland["value"], "1412503");
    assert_eq!(poland["period_end"], "2022-03-08");
    assert_eq!(poland["row_type"], "part");
    let moldova = only(&rows, "location_id", "MDA");
    assert_eq!(moldova["value"], "82762");
    assert_eq!(moldova["period_end"], "2022-03-06");
    let total = only(&rows, "location", "Total");
    assert_eq!(total["value"], "2283036");
    assert_eq!(total["row_type"], "total");
    assert_eq!(total["figure_id"], "", "a computed total is no figure");
    assert!(
        total["notes"].contains("mixed dates (2022-03-06 to 2022-03-08)"),
        "{}",
        total["notes"]
    );
    let parts: i64 = rows
        .iter()
        .filter(|row| row["row_type"] == "part")
        .map(|row| row["value"].parse::<i64>().unwrap())
        .sum();
    assert_eq!(parts, 2_283_036);
}

#[test]
fn strict_dates_refuse_that_total_and_name_the_rule() {
    desk()
        .run(&format!(
            "summary {CROSSINGS} --at 2022-03-08 --total --strict-dates"
        ))
        .ends_with(1)
        .says("mixed-dates")
        .says("6 March 2022")
        .says("8 March 2022");
}

#[test]
fn a_table_without_total_holds_no_total() {
    let rows = desk().rows(&format!(
        "summary {CROSSINGS} --at 2022-03-08 --channel unhcr/odp"
    ));
    assert_eq!(rows.len(), 8);
    assert!(rows.iter().all(|row| !row.contains_key("row_type")));
}

#[test]
fn the_total_of_6_september_says_who_was_discontinued() {
    let rows = desk().rows(&format!("summary {CROSSINGS} --at 2022-09-06 --total"));
    let total = only(&rows, "location", "Total");
    assert_eq!(total["value"], "12628586");
    let others = only(&rows, "location", "Other European countries");
    assert_eq!(others["period_end"], "2022-03-11");
    assert!(
        others["notes"].contains("discontinued on 2022-03-11"),
        "{}",
        others["notes"]
    );
    let product = only(
        &self::rows(&MADE.products["summary.csv"]),
        "location",
        "Total",
    )
    .clone();
    assert_eq!(
        product["value"], "12628586",
        "the plan's own summary agrees"
    );
}

/// Rows of the trend of one place, by day.
fn trend(place: &str, options: &str) -> BTreeMap<String, Row> {
    desk()
        .rows(&format!(
            "trend {CROSSINGS} --channel unhcr/odp --location {place} {options}"
        ))
        .into_iter()
        .map(|row| (row["date"].clone(), row))
        .collect()
}

#[test]
fn the_seven_day_average_of_poland_is_that_of_the_methods() {
    let poland = trend("POL", "");
    let average = |day: &str| poland[day]["average_7_days"].parse::<f64>().unwrap();
    for (day, wanted) in [
        ("2022-03-15", 63_506.0),
        ("2022-03-31", 25_527.857),
        ("2022-09-06", 22_108.857),
    ] {
        assert!(
            (average(day) - wanted).abs() < 5e-4,
            "{day}: {} for {wanted}",
            average(day)
        );
    }
}

#[test]
fn the_growth_of_poland_in_the_first_week_is_that_of_the_methods() {
    let rows = desk().rows(&format!(
        "trend --growth {CROSSINGS} --location POL --period 2022-03-01..2022-03-08"
    ));
    let poland = only(&rows, "location_id", "POL");
    assert_eq!(poland["growth_rate"], "0.160125599");
    assert_eq!(poland["doubling_days"], "4.328772");
    let bound = |name: &str| poland[name].parse::<f64>().unwrap();
    assert!(bound("growth_rate_low") < 0.160_125_599 && 0.160_125_599 < bound("growth_rate_high"));
    assert!(bound("doubling_days_low") < 4.328_772 && 4.328_772 < bound("doubling_days_high"));
}

#[test]
fn the_four_falls_stand_in_the_column_revision() {
    for product in [
        desk().rows(&format!("trend {CROSSINGS} --channel unhcr/odp")),
        rows(&MADE.products["trends.csv"])
            .into_iter()
            .filter(|row| row["indicator"] == "border_crossings")
            .collect(),
    ] {
        let mut falls: Vec<(&str, &str, &str)> = product
            .iter()
            .filter(|row| !row["revision"].is_empty())
            .map(|row| (&*row["location_id"], &*row["date"], &*row["revision"]))
            .collect();
        falls.sort_unstable();
        assert_eq!(
            falls,
            [
                ("BLR", "2022-05-25", "-10761"),
                ("MDA", "2022-03-05", "-19187"),
                ("MDA", "2022-03-06", "-1305"),
                ("RUS", "2022-03-09", "-2202"),
            ]
        );
    }
}

#[test]
fn the_falls_are_told_with_their_policy() {
    for policy in ["signed", "cummax", "backcast"] {
        let mut outcome = desk()
            .run(&format!(
                "trend {CROSSINGS} --channel unhcr/odp --revisions {policy}"
            ))
            .succeeds()
            .says(&format!("new per day is {policy}"));
        for words in [
            "Russian Federation fell on 2022-03-09",
            "Moldova fell on 2022-03-05",
            "on 2022-03-06 from 84,067 to 82,762",
            "Belarus fell on 2022-05-25",
        ] {
            outcome = outcome.says(words);
        }
    }
}

/// By country: first, last and greatest value, and the sum of `new` with what the first row holds.
fn sums(policy: &str) -> BTreeMap<String, (i64, i64, i64, i64)> {
    let rows = desk().rows(&format!(
        "trend {CROSSINGS} --channel unhcr/odp --revisions {policy}"
    ));
    let mut sums: BTreeMap<String, (i64, i64, i64, i64)> = BTreeMap::new();
    for row in &rows {
        let value: i64 = row["value"].parse().unwrap();
        let entry = sums
            .entry(row["location_id"].clone())
            .or_insert((value, value, value, 0));
        entry.1 = value;
        entry.2 = entry.2.max(value);
        if !row["new"].is_empty() {
            entry.3 += row["new"].parse::<i64>().unwrap();
        }
    }
    sums
}

#[test]
fn signed_and_backcast_days_add_up_to_last_minus_first() {
    for policy in ["signed", "backcast"] {
        let sums = sums(policy);
        assert_eq!(sums.len(), 8);
        for (place, (first, last, _, new)) in sums {
            assert_eq!(new, last - first, "{place} by {policy}");
        }
    }
}

#[test]
fn cummax_days_add_up_to_greatest_minus_first() {
    for (place, (first, _, greatest, new)) in sums("cummax") {
        assert_eq!(new, greatest - first, "{place}");
    }
}

#[test]
fn as_known_on_2_march_there_is_only_what_was_said_that_day() {
    let rows = desk().rows(&format!(
        "summary {CROSSINGS} --as-known-on 2022-03-02 --total"
    ));
    assert_eq!(rows.len(), 2, "{rows:#?}");
    assert!(
        column(&rows, "channel")
            .iter()
            .all(|channel| *channel == "press/abc-news")
    );
    let poland = only(&rows, "location_id", "POL");
    assert_eq!(
        (&*poland["value"], &*poland["qualifier"]),
        ("453000", "about")
    );
    assert_eq!(poland["row_type"], "part");
    let world = only(&rows, "location_id", "m49:001");
    assert_eq!(
        (&*world["value"], &*world["qualifier"]),
        ("836000", "about")
    );
    assert_eq!(world["row_type"], "total");
    assert_eq!(world["claimant"], "UNHCR");
    assert!(world["notes"].contains("stated by UNHCR"));
    assert!(world["notes"].contains("as relayed by ABC News"));
}

#[test]
fn as_known_now_both_totals_of_2_march_stand_side_by_side() {
    let rows = desk().rows(&format!("summary {CROSSINGS} --at 2022-03-02 --total"));
    let computed = only(&rows, "location", "Total");
    assert_eq!(
        (&*computed["value"], &*computed["qualifier"]),
        ("1045459", "exact")
    );
    assert_eq!(computed["channel"], "unhcr/odp");
    let stated = only(&rows, "location_id", "m49:001");
    assert_eq!(
        (&*stated["value"], &*stated["row_type"]),
        ("836000", "total")
    );
    assert_eq!(stated["channel"], "press/abc-news");
    let poland = only(&rows, "location_id", "POL");
    assert_eq!(poland["value"], "547982", "the line draws the dataset");
    assert!(
        poland["notes"].contains("press/abc-news says about 453,000"),
        "and says what it set aside: {}",
        poland["notes"]
    );
}

#[test]
fn neither_channel_revises_the_other() {
    let rows = desk().rows(&format!(
        "figures {CROSSINGS} --location POL --period 2022-03-02 --all-versions"
    ));
    let seen: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|row| (&*row["channel"], &*row["value"], &*row["version"]))
        .collect();
    assert_eq!(
        seen,
        [
            ("press/abc-news", "453000", "2022-03-02"),
            ("unhcr/odp", "547982", "2022-09-06"),
        ]
    );
    let all = desk().rows(&format!("figures {CROSSINGS} --all-versions"));
    let world: Vec<_> = all
        .iter()
        .filter(|row| row["location_id"] == "m49:001")
        .map(|row| (&*row["channel"], &*row["value"]))
        .collect();
    assert_eq!(world, [("press/abc-news", "836000")]);
    assert!(
        !column(&all, "value").contains(&"1045459"),
        "a computed total never enters the ledger"
    );
}

#[test]
fn people_in_need_keep_their_status_and_qualifier() {
    let rows = desk().rows("figures --indicator people_in_need");
    assert_eq!(rows.len(), 2);
    let protection = only(&rows, "breakdown", "sector=PRO");
    assert_eq!(protection["status"], "projected");
    assert_eq!(protection["qualifier"], "more_than");
    assert_eq!(protection["value"], "4000000");
    let inside = only(&rows, "breakdown", "");
    assert_eq!(inside["status"], "estimated");
    assert_eq!(inside["qualifier"], "about");
    assert_eq!(inside["value"], "12000000");
}

#[test]
fn at_least_14_is_at_least_14_everywhere() {
    const CHILDREN: &str = "--indicator killed --location UKR --breakdown age=children";
    let desk = desk();
    for command in ["figures", "summary"] {
        let rows = desk.rows(&format!("{command} {CHILDREN}"));
        let row = only(&rows, "value", "14");
        assert_eq!(row["qualifier"], "at_least", "{command}");
    }
    desk.run(&format!("summary {CHILDREN} --sentences"))
        .succeeds()
        .answers("at least 14");
    for (format, words) in [
        ("table", "at least 14"),
        ("markdown", "at least 14"),
        ("json", "at_least"),
    ] {
        desk.run(&format!("summary {CHILDREN} --format {format}"))
            .succeeds()
            .answers(words);
    }
    for kind in ["bars", "line"] {
        let plotted = desk.rows(&format!("chart {kind} {CHILDREN} --data"));
        assert_eq!(plotted.len(), 1);
        assert!(plotted[0]["flags"].contains("at_least"), "{plotted:#?}");
    }
}
