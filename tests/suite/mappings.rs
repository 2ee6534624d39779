//! The mappings that come with the project, each over a small table of our own with its traps.

use super::common::{Desk, Outcome, column, only, rows};

/// Ingests a table of `tests/fixtures` with the mapping of its name.
fn ingest(desk: &Desk, name: &str, options: &str) -> Outcome {
    let root = env!("CARGO_MANIFEST_DIR");
    desk.run(&format!(
        "ingest table \"{root}/tests/fixtures/{name}.csv\" --map \"{root}/datasets/mappings/{name}.toml\" {options}"
    ))
}

/// A desk with a fixture in its ledger.
fn desk(name: &str, options: &str) -> Desk {
    let desk = Desk::new();
    ingest(&desk, name, options).succeeds();
    desk
}

fn unhcr() -> Desk {
    desk("unhcr-population", "--published 2023-06-14")
}

#[test]
fn unhcr_has_codes_of_its_own() {
    let desk = unhcr();
    let rows = desk.rows("figures --indicator refugees --period 2021");
    let seen: Vec<(&str, &str, &str, &str)> = rows
        .iter()
        .map(|row| {
            (
                &*row["origin"],
                &*row["location_id"],
                &*row["location"],
                &*row["value"],
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("Syria", "AUT", "Austria", "1000"),
            ("Unknown", "AUS", "Australia", "220"),
            ("Unknown", "AUT", "Austria", "110"),
        ],
        "AUS is Austria and AUL Australia there"
    );
}

#[test]
fn unhcr_stocks_are_of_the_end_of_the_year_and_returns_of_the_year() {
    let desk = unhcr();
    for (indicator, measure, start) in [
        ("refugees", "stock", "2022-12-31"),
        ("idps", "stock", "2022-12-31"),
        ("host_community", "stock", "2022-12-31"),
        ("other_in_need_of_protection", "stock", "2022-12-31"),
        ("refugee_returns", "flow", "2022-01-01"),
        ("idp_returns", "flow", "2022-01-01"),
    ] {
        let rows = desk.rows(&format!("figures --indicator {indicator} --period 2022"));
        assert_eq!(rows.len(), 1, "{indicator}");
        assert_eq!(rows[0]["measure"], measure, "{indicator}");
        assert_eq!(rows[0]["period_start"], start, "{indicator}");
        assert_eq!(rows[0]["period_end"], "2022-12-31", "{indicator}");
        assert_eq!(rows[0]["version"], "2023-06-14");
    }
}

#[test]
fn unhcr_zero_empty_dash_and_a_number_are_four_things() {
    let desk = unhcr();
    let seekers = desk.rows("figures --indicator asylum_seekers");
    assert_eq!(
        column(&seekers, "value"),
        ["20", "5"],
        "zero is no figure there"
    );
    let connection = rusqlite::Connection::open(desk.path("humstat.db")).unwrap();
    let says =
        |origin: &str, location: &str, indicator: &str| -> Vec<(i32, String)> {
            connection
            .prepare(
                "SELECT CAST(strftime('%Y', first_end * 86400, 'unixepoch') AS INTEGER), missing
                 FROM coverage JOIN series ON series.id = series
                 WHERE origin = ?1 AND location = ?2 AND indicator = ?3 ORDER BY first_end",
            )
            .unwrap()
            .query_map([origin, location, indicator], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap()
        };
    let unknown = desk.rows("figures --indicator refugees --location AUT --period 2021");
    let unknown = &only(&unknown, "value", "110")["origin_id"];
    let of = |year, missing: &str| vec![(year, missing.to_owned())];
    assert_eq!(
        says(unknown, "AUS", "asylum_seekers"),
        of(2021, "not_applicable")
    );
    assert_eq!(
        says(unknown, "AUT", "asylum_seekers"),
        of(2022, "zero_or_unreported")
    );
    assert_eq!(
        says(unknown, "AUT", "other_in_need_of_protection"),
        of(2021, "not_reported")
    );
}

#[test]
fn unhcr_newest_never_carries_a_dead_value_past_a_covered_year() {
    let desk = unhcr();
    // Of "unknown": a zero for Austria in 2022, and no row at all for Australia.
    let outcome = desk
        .run("figures --indicator refugees --at 2022-12-31")
        .succeeds()
        .says("2 series are not reported");
    let rows = outcome.rows();
    assert_eq!(column(&rows, "value"), ["1100"]);
    let outcome = desk
        .run("summary --indicator refugees --total")
        .succeeds()
        .says("2 series are not reported");
    let rows = outcome.rows();
    assert_eq!(only(&rows, "location", "Total")["value"], "1100");
    // A year before, all three were reported.
    assert_eq!(
        desk.rows("figures --indicator refugees --at 2021-12-31")
            .len(),
        3
    );
}

#[test]
fn unhcr_needs_a_date_and_takes_a_part_for_a_part() {
    let desk = Desk::new();
    ingest(&desk, "unhcr-population", "")
        .ends_with(1)
        .says("--published WHEN");
    let desk = unhcr();
    desk.put(
        "syria.csv",
        "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,refugees,asylum_seekers,returned_refugees,idps,returned_idps,stateless,ooc,oip,hst\n\
         2023.0,Syrian Arab Rep.,SYR,SYR,Austria,AUS,AUT,1200.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0\n",
    );
    let map = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/datasets/mappings/unhcr-population.toml"
    );
    desk.run(&format!(
        "ingest table syria.csv --map \"{map}\" --published 2024-06-13 --scope origin=SYR"
    ))
    .succeeds();
    // Syria was covered for 2023 without idps; of "unknown" that table said nothing.
    desk.run("figures --indicator idps --at 2023-12-31")
        .ends_with(3)
        .says("1 series is not reported");
    let unknown = desk.rows("figures --indicator other_in_need_of_protection --at 2023-12-31");
    assert_eq!(column(&unknown, "value"), ["7"]);
}

#[test]
fn odp_is_an_archive_of_versions() {
    let desk = desk("odp-by-country", "");
    let at = |when: &str| -> Vec<(String, String, String)> {
        desk.rows(&format!("figures --as-known-on {when}"))
            .into_iter()
            .map(|row| {
                (
                    row["location"].clone(),
                    row["period_end"].clone(),
                    row["value"].clone(),
                )
            })
            .collect()
    };
    let of = |rows: &[(&str, &str, &str)]| -> Vec<(String, String, String)> {
        rows.iter()
            .map(|(place, day, value)| ((*place).into(), (*day).into(), (*value).into()))
            .collect()
    };
    assert_eq!(
        at("2022-03-05"),
        of(&[
            ("Moldova", "2022-03-04", "200"),
            ("Poland", "2022-03-04", "1000")
        ])
    );
    assert_eq!(
        at("2022-03-06"),
        of(&[
            ("Moldova", "2022-03-04", "200"),
            ("Poland", "2022-03-04", "1010"),
            ("Poland", "2022-03-05", "1500"),
            ("Other European countries", "2022-03-05", "70"),
        ])
    );
    // Half past eleven in the evening of California is the next day in UTC.
    assert_eq!(
        at("2022-03-07")[0],
        of(&[("Moldova", "2022-03-04", "190")])[0]
    );
    assert_eq!(at("2022-03-05T21:00:00Z").len(), 2);
    desk.run("figures --as-known-on 2022-03-05T20:59:59Z")
        .ends_with(3);
    let versions = desk.rows("figures --location POL --period 2022-03-04 --all-versions");
    assert_eq!(column(&versions, "value"), ["1000", "1010"]);
}

#[test]
fn ocha_keys_change_their_meaning_with_the_year() {
    let desk = desk("ocha-ukraine-vintages", "");
    let rows = desk.rows("figures");
    let seen: Vec<[&str; 5]> = rows
        .iter()
        .map(|row| {
            ["indicator", "measure", "location_id", "period_end", "value"].map(|name| &*row[name])
        })
        .collect();
    for wanted in [
        ["border_crossings", "flow", "m49:001", "2022-02-24", "50"],
        ["border_crossings", "cumulative", "POL", "2022-03-06", "900"],
        [
            "border_crossings",
            "cumulative",
            "POL",
            "2022-12-30",
            "8000",
        ],
        ["refugees", "stock", "POL", "2023-01-09", "1500"],
        ["refugees", "stock", "m49:150", "2023-01-09", "4900"],
        ["killed", "cumulative", "UKR", "2022-03-06", "3"],
        ["injured", "cumulative", "UKR", "2022-03-06", "6"],
    ] {
        assert!(seen.contains(&wanted), "{wanted:?} is not in {seen:#?}");
    }
    assert_eq!(rows.len(), 9);
    assert!(
        desk.rows("figures --indicator killed")[0]["breakdown"].contains("group=civilians"),
        "and the dead are those that OHCHR counts"
    );
}

#[test]
fn ocha_displaced_people_without_a_day_are_of_the_day_of_publication() {
    let desk = desk("ocha-ukraine-vintages", "");
    let rows = desk.rows("figures --indicator idps");
    let seen: Vec<[&str; 4]> = rows
        .iter()
        .map(|row| ["period_end", "value", "status", "claimant"].map(|name| &*row[name]))
        .collect();
    assert_eq!(
        seen,
        [
            ["2022-03-07", "160", "estimated", "IOM"],
            ["2023-01-10", "590", "estimated", "IOM"],
        ],
        "the day that was written, though noon in New Zealand is the evening before in UTC"
    );
    assert!(rows[0]["notes"].contains("the day is that of the publication"));
}

#[test]
fn ucdp_refuses_a_best_above_its_high_with_its_line() {
    let desk = Desk::new();
    ingest(&desk, "ucdp-ged-14", "")
        .ends_with(1)
        .says("1 of 4 rows")
        .says("line 5, column `best_death`, value `8.0`")
        .says("low 3, value 8, high 5");
    assert!(!desk.path("humstat.db").exists());
    ingest(&desk, "ucdp-ged-14", "--skip-bad-rows")
        .succeeds()
        .says("1 of 4 rows were left out");
    assert_eq!(desk.rows("figures").len(), 3);
}

#[test]
fn ucdp_keeps_low_best_and_high_of_each_event() {
    let desk = desk("ucdp-ged-14", "--skip-bad-rows");
    let table = rows(desk.run("figures").succeeds().stdout.as_bytes());
    let seen: Vec<[&str; 4]> = table
        .iter()
        .map(|row| ["period_end", "low", "value", "high"].map(|name| &*row[name]))
        .collect();
    assert_eq!(
        seen,
        [
            ["2017-07-31", "6", "6", "6"],
            ["2017-07-31", "1", "2", "9"],
            ["2017-08-01", "0", "0", "4"],
        ]
    );
    assert!(table[0]["breakdown"].contains("violence=state"));
    assert!(table[2]["breakdown"].contains("violence=one_sided"));
    desk.run("summary --period 2017-07-31 --sentences")
        .succeeds()
        .answers("8 (between 7 and 15)");
}
