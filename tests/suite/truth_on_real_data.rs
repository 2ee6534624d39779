//! The truth rules on figures as they were published: what is refused, and the right sum that passes.

use super::common::{Desk, column, ingest_mapped, only, shared};
use super::ukraine;

/// UNHCR's table of all years, where it is at hand.
fn unhcr() -> Option<Desk> {
    let table = shared("unhcr/population.csv.gz")?;
    let desk = Desk::new();
    desk.run(&format!(
        "ingest table \"{}\" --map \"{}/datasets/mappings/unhcr-population.toml\" --published 2026-06-11",
        table.display(),
        env!("CARGO_MANIFEST_DIR"),
    ))
    .succeeds();
    Some(desk)
}

fn archive(file: &str, map: &str) -> Option<Desk> {
    let table = shared(file)?;
    let desk = Desk::new();
    ingest_mapped(&desk, &table, map);
    Some(desk)
}

#[test]
fn rule_1_crossings_so_far_hold_the_earlier_ones() {
    let desk = ukraine::desk();
    desk.run("summary --indicator border_crossings --over-time")
        .ends_with(1)
        .says("rule over-time");
    let rows = desk.rows("trend --indicator border_crossings --location POL");
    assert_eq!(
        only(&rows, "date", "2022-03-08")["value"],
        "1412503",
        "differences are how a cumulative is read"
    );
}

#[test]
fn rule_1_returns_add_up_over_years_and_refugees_do_not() {
    let Some(desk) = unhcr() else { return };
    let of = "--origin UKR --location POL --over-time";
    desk.run(&format!("summary --indicator refugees {of}"))
        .ends_with(1)
        .says("rule over-time");
    let rows = desk.rows(&format!("summary --indicator refugee_returns {of}"));
    assert_eq!(column(&rows, "value"), ["478000"]);
    assert!(rows[0]["notes"].contains("sum of 4 periods"));
    // Of all that is loaded at once, each rule of sums over places answers quickly as well.
    desk.run("summary --indicator refugees --indicator idps --origin SYR --total")
        .ends_with(1)
        .says("rule overlap");
    let rows = desk.rows("summary --indicator refugees --at 2025-12-31 --total");
    assert_eq!(only(&rows, "location", "Total")["value"], "28461306");
}

#[test]
fn rule_2_countries_report_on_days_of_their_own() {
    let desk = ukraine::desk();
    let of = "summary --indicator border_crossings --origin UKR --total";
    desk.run(&format!("{of} --at 2022-03-08 --strict-dates"))
        .ends_with(1)
        .says("rule mixed-dates")
        .says("from 6 March 2022 to 8 March 2022");
    let two = "--location POL --location HUN --at 2022-03-05";
    let rows = desk.rows(&format!("{of} {two} --strict-dates"));
    let total = only(&rows, "location", "Total");
    assert_eq!(total["value"], "1054356");
    assert!(!total["notes"].contains("mixed dates"));
    assert!(
        total["notes"].contains("Crossings are not people"),
        "a total carries what its source says"
    );
}

#[test]
fn rule_3_people_killed_and_crossings_are_two_units() {
    let desk = ukraine::desk();
    let of = "summary --channel unhcr/odp --channel hdx/ukraine-key-figures";
    for allow in ["", "--allow parts,overlap,periods"] {
        desk.run(&format!("{of} --total {allow}"))
            .ends_with(1)
            .says("rule units")
            .says("persons and crossings are never added");
    }
    desk.run(of).succeeds();
}

#[test]
fn rule_4_children_are_part_of_all() {
    let Some(desk) = archive("gaza/gaza_killed_cum_vintages.csv", "gaza-vintages") else {
        return;
    };
    desk.run("summary --indicator killed --breakdown definition=all --total --at 2024-06-30")
        .succeeds();
    desk.run("summary --indicator killed --total")
        .ends_with(1)
        .says("rule parts")
        .says("--breakdown");
    let rows = desk
        .rows("summary --indicator killed --breakdown age=all --breakdown definition=all --total");
    assert_eq!(only(&rows, "location", "Total")["value"], "73419");
}

#[test]
fn rule_5_two_claimants_of_the_killed_are_compared() {
    let desk = ukraine::desk();
    let of = "summary --indicator killed --total";
    desk.run(of)
        .ends_with(1)
        .says("rule overlap): OHCHR and UN");
    let rows = desk.rows(&format!("{of} --claimant OHCHR"));
    assert_eq!(only(&rows, "location", "Total")["value"], "2665");
}

#[test]
fn rule_5_killed_and_injured_may_be_added_on_request() {
    let desk = ukraine::desk();
    let of = "summary --indicator killed --indicator injured --claimant OHCHR --at 2022-04-25";
    desk.run(&format!("{of} --total"))
        .ends_with(1)
        .says("rule overlap");
    let rows = desk.rows(&format!("{of} --total --allow overlap"));
    let parts: i64 = rows
        .iter()
        .filter(|row| row["row_type"] == "part")
        .map(|row| row["value"].parse::<i64>().unwrap())
        .sum();
    let total = only(&rows, "location", "Total");
    assert_eq!(total["value"], parts.to_string());
    assert_eq!(total["indicator"], "injured + killed");
    assert!(total["notes"].contains("added against rule overlap: injured and killed"));
}

#[test]
fn rule_10_the_last_day_of_the_killed_is_provisional() {
    let desk = ukraine::desk();
    let of = "summary --indicator killed --claimant OHCHR";
    assert!(desk.rows(of)[0]["notes"].contains("newest day, provisional"));
}

#[test]
fn rule_11_at_least_14_children_stay_at_least_14() {
    let desk = ukraine::desk();
    let of = "summary --indicator killed --claimant UN";
    let rows = desk.rows(&format!("{of} --total"));
    let total = only(&rows, "location", "Total");
    assert_eq!((&*total["value"], &*total["qualifier"]), ("14", "at_least"));
    desk.run(&format!("{of} --sentences"))
        .succeeds()
        .answers("at least 14 children had been killed in Ukraine");
}

#[test]
fn rule_14_days_without_a_report_are_gaps() {
    let Some(desk) = archive("gaza/gaza_killed_cum_vintages.csv", "gaza-vintages") else {
        return;
    };
    let rows = desk.rows("trend --indicator killed --breakdown age=all --breakdown definition=all");
    assert!(rows.iter().all(|row| row["date"] != "2026-08-21"));
    let after = only(&rows, "date", "2026-08-22");
    assert_eq!((&*after["days"], &*after["new"]), ("2", "2"));
}

#[test]
fn rule_18_other_european_countries_stopped_on_11_march() {
    let desk = ukraine::desk();
    let of = "summary --indicator border_crossings --origin UKR";
    let rows = desk.rows(of);
    let other = only(&rows, "location", "Other European countries");
    assert!(other["notes"].contains("discontinued on 2022-03-11"));
    let rows = desk.rows(&format!("{of} --at 2022-03-11"));
    let then = only(&rows, "location", "Other European countries");
    assert!(!then["notes"].contains("discontinued"));
}

#[test]
fn rule_19_what_a_source_states_stands_beside_what_is_computed() {
    let desk = ukraine::desk();
    let rows = desk.rows("summary --channel press/abc-news --indicator border_crossings --total");
    let totals: Vec<_> = rows
        .iter()
        .filter(|row| row["row_type"] == "total")
        .collect();
    assert_eq!(
        totals.len(),
        1,
        "one place of prose makes no total of its own"
    );
    assert_eq!(totals[0]["value"], "836000");
    assert!(totals[0]["notes"].contains("stated by UNHCR"));
    assert!(!totals[0]["figure_id"].is_empty());
}
