//! Archives of vintages, what was revised in them, and what was known when.

use super::common::{Desk, Row, column, ingest_mapped, mapping, only, shared};

/// A desk with a fixture of `tests/fixtures` in its ledger.
fn fixture(name: &str) -> Desk {
    let desk = Desk::new();
    desk.run(&format!(
        "ingest table \"{}/tests/fixtures/{name}.csv\" --map \"{}\"",
        env!("CARGO_MANIFEST_DIR"),
        mapping(name)
    ))
    .succeeds();
    desk
}

/// Period, number and version of rows.
fn said(rows: &[Row]) -> Vec<[&str; 3]> {
    rows.iter()
        .map(|row| ["period_end", "value", "version"].map(|name| &*row[name]))
        .collect()
}

/// The same table with its rows in the opposite order.
fn backwards(table: &str) -> String {
    let mut lines: Vec<&str> = table.lines().collect();
    lines[1..].reverse();
    lines.join("\n") + "\n"
}

const AUTUMN: &str = "2023-10-25T12:41:24Z";
const JUNE: &str = "2024-06-17T11:04:40Z";

#[test]
fn a_newest_year_is_of_mid_year_until_its_end_is_released() {
    let desk = fixture("unhcr-population-vintages");
    let germany = desk.rows("figures --indicator refugees --location DEU");
    assert_eq!(
        said(&germany),
        [["2023-06-30", "700", AUTUMN], ["2023-12-31", "720", JUNE]],
        "the figure of mid-year stays, and none is a version of the other"
    );
    let before = desk.rows("figures --indicator refugees --location DEU --as-known-on 2024-01-01");
    assert_eq!(said(&before), [["2023-06-30", "700", AUTUMN]]);
    desk.run("revisions --indicator refugees --location DEU")
        .succeeds()
        .says("0 of 2 figures were revised");
}

#[test]
fn a_cell_that_the_years_end_left_unchanged_is_restated_at_its_day() {
    let desk = fixture("unhcr-population-vintages");
    let austria = desk.rows("figures --indicator refugees --location AUT");
    assert_eq!(
        said(&austria),
        [["2023-06-30", "90", AUTUMN], ["2023-12-31", "90", JUNE]]
    );
    assert!(austria[1]["notes"].contains("restated at the end of the year"));
    assert!(austria[1]["notes"].contains("records no removals"));
    // A flow of half a year becomes one of the year.
    let returns = desk.rows("figures --indicator refugee_returns");
    let days: Vec<(&str, &str)> = returns
        .iter()
        .map(|row| (&*row["period_start"], &*row["period_end"]))
        .collect();
    assert_eq!(
        days,
        [("2023-01-01", "2023-06-30"), ("2023-01-01", "2023-12-31")]
    );
}

#[test]
fn two_codes_of_one_origin_are_one_series() {
    let desk = fixture("unhcr-population-vintages");
    let unknown = desk.rows("figures --indicator refugees --location AUS");
    assert_eq!(column(&unknown, "value"), ["50", "55"]);
    assert_eq!(unknown[0]["origin_id"], unknown[1]["origin_id"]);
}

#[test]
fn a_pair_that_no_release_held_in_a_later_year_is_not_carried_on() {
    let desk = fixture("unhcr-population-vintages");
    let rows = desk
        .run("summary --indicator refugees --at 2023-12-31 --total")
        .succeeds()
        .says("1 series is not reported")
        .rows();
    assert!(rows.iter().all(|row| row["location"] != "France"));
    assert_eq!(only(&rows, "location", "Total")["value"], "865");
}

#[test]
fn an_archive_that_is_loaded_newest_first_answers_the_same() {
    for name in [
        "unhcr-population-vintages",
        "odp-by-country",
        "gaza-vintages",
    ] {
        let table = std::fs::read_to_string(format!(
            "{}/tests/fixtures/{name}.csv",
            env!("CARGO_MANIFEST_DIR")
        ))
        .unwrap();
        let answers = |table: &str| {
            let desk = Desk::new();
            desk.put("table.csv", table);
            desk.run(&format!(
                "ingest table table.csv --map \"{}\"",
                mapping(name)
            ))
            .succeeds();
            let mut rows = desk.rows("figures --all-versions");
            for row in &mut rows {
                row.remove("figure_id");
            }
            rows
        };
        assert_eq!(answers(&table), answers(&backwards(&table)), "{name}");
    }
}

#[test]
fn a_daily_flow_is_revised_and_known_as_it_was_on_the_day() {
    let desk = fixture("odp-daily-outflow");
    let on = |when: &str| desk.rows(&format!("figures --period 2022-03-05 --as-known-on {when}"));
    assert_eq!(column(&on("2022-03-06"), "value"), ["400"]);
    assert_eq!(column(&on("2022-03-07"), "value"), ["900"]);
    desk.run("figures --period 2022-03-05 --as-known-on 2022-03-01")
        .ends_with(3)
        .says("the earliest version that does became known on 2022-03-06T13:14:47Z");
    let versions = desk
        .run("revisions")
        .succeeds()
        .says("1 of 3 figures were revised, 1 time in all")
        .rows();
    assert_eq!(column(&versions, "kind"), ["first", "revised_up"]);
    assert_eq!(column(&versions, "change"), ["", "500"]);
    assert_eq!(column(&versions, "change_percent"), ["", "125"]);
    let period = only(
        &desk.rows("revisions --by period"),
        "period_end",
        "2022-03-05",
    )
    .clone();
    for (name, value) in [
        ("revisions", "1"),
        ("first_value", "400"),
        ("latest_value", "900"),
        ("spread", "500"),
        ("relative_spread", "0.555556"),
        ("min_lag_days", "1"),
        ("max_lag_days", "2"),
        ("lag_near_latest_days", "2"),
    ] {
        assert_eq!(period[name], value, "{name}");
    }
    let series = desk.rows("revisions --by series");
    assert_eq!(series.len(), 1);
    assert_eq!(series[0]["periods"], "3");
    assert_eq!(series[0]["revised_periods"], "1");
}

#[test]
fn filled_values_are_estimates_of_another_definition() {
    let desk = fixture("gaza-vintages");
    let rows = desk.rows("figures");
    for row in &rows {
        let filled = row["breakdown"].contains("definition=extended");
        assert_eq!(row["status"], if filled { "estimated" } else { "observed" });
    }
    let reported =
        desk.rows("figures --indicator killed --breakdown definition=all --breakdown age=all");
    assert_eq!(
        column(&reported, "period_end"),
        ["2024-01-12", "2024-01-14"],
        "a day without a report is a gap"
    );
    // The tally of 14 January fell by a version, not by a day.
    let falls = desk.rows("revisions --falls");
    let orders = column(&falls, "order");
    assert_eq!(orders, ["version"]);
    assert_eq!(
        (&*falls[0]["before_value"], &*falls[0]["value"]),
        ("109", "107")
    );
}

#[test]
fn the_archive_of_daily_outflow() {
    let Some(table) = shared("ukraine/odp_ukr_daily_outflow_vintages.csv") else {
        return;
    };
    let desk = Desk::new();
    ingest_mapped(&desk, &table, "odp-daily-outflow");
    desk.run("revisions --by series")
        .succeeds()
        .says("648 of 838 figures were revised");
    let of_8_march = |when: &str| {
        let rows = desk.rows(&format!("figures --period 2022-03-08 {when}"));
        rows[0]["value"].clone()
    };
    assert_eq!(of_8_march("--as-known-on 2022-03-08"), "94101");
    assert_eq!(of_8_march(""), "183798");
}

#[test]
fn the_archive_by_country_falls_eight_times_by_version_and_five_by_period() {
    let Some(table) = shared("ukraine/odp_ukr_by_country_vintages.csv") else {
        return;
    };
    let desk = Desk::new();
    ingest_mapped(&desk, &table, "odp-by-country");
    let falls = desk.rows("revisions --falls");
    let of = |order: &str| falls.iter().filter(|row| row["order"] == order).count();
    assert_eq!((of("version"), of("period")), (8, 5));
    // The portal went back to a day before the newest that it had shown.
    let russia = falls
        .iter()
        .find(|row| row["location_id"] == "RUS" && row["before_value"] == "2063463")
        .unwrap();
    assert_eq!(russia["period_end"], "2022-08-02");
    assert_eq!(russia["value"], "1968127");
}

#[test]
fn the_archive_of_gaza() {
    let Some(table) = shared("gaza/gaza_killed_cum_vintages.csv") else {
        return;
    };
    let desk = Desk::new();
    ingest_mapped(&desk, &table, "gaza-vintages");
    desk.run(
        "revisions --indicator killed --breakdown definition=all --breakdown age=all --by series",
    )
    .succeeds()
    .says("33 of 1,034 figures were revised, 33 times in all; 1 was withdrawn");
    let figures = desk.rows("figures --indicator killed");
    assert!(
        figures
            .iter()
            .all(|row| (row["status"] == "estimated") == row["breakdown"].contains("extended"))
    );
}

#[test]
fn the_archive_of_unhcr() {
    let Some(table) = shared("unhcr/population_vintages.csv.gz") else {
        return;
    };
    let desk = Desk::new();
    ingest_mapped(&desk, &table, "unhcr-population-vintages");
    let returns = |when: &str| {
        let rows = desk.rows(&format!(
            "figures --indicator refugee_returns --origin UKR --location POL --period 2022 {when}"
        ));
        rows[0]["value"].clone()
    };
    assert_eq!(returns("--as-known-on 2026-03-29"), "403000");
    assert_eq!(returns(""), "285000");
    let rows =
        desk.rows("summary --indicator refugees --at 2024-12-31 --as-known-on 2025-06-30 --total");
    let total = only(&rows, "location", "Total");
    assert_eq!(total["value"], "30969904");
    assert_eq!(total["period_end"], "2024-12-31");
}
