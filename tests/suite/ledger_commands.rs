//! The record's own books: log, show, backup, retract, replace, both clocks, several writers.

use super::common::{Desk, MAPPING, Outcome, column, only};

/// A table of three entries' worth: one day each.
const DAYS: [&str; 3] = ["2022-03-01", "2022-03-02", "2022-03-03"];

/// A desk with a ledger of three entries.
pub fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("map.toml", MAPPING);
    for (number, day) in DAYS.iter().enumerate() {
        let file = format!("{day}.csv");
        desk.put(
            &file,
            format!(
                "day,place,number\n{day},Poland,{}\n{day},Hungary,5\n",
                10 + number
            ),
        );
        desk.run(&format!("ingest table {file} --map map.toml"))
            .succeeds();
    }
    desk
}

/// The hash of the newest entry, as `verify` says it.
pub fn head(desk: &Desk) -> String {
    let verified = desk.run("ledger verify").succeeds().stdout;
    verified.trim().rsplit(' ').next().unwrap().to_owned()
}

#[test]
fn the_log_lists_entries_and_show_what_each_holds() {
    let desk = desk();
    let log = desk.run("ledger log").succeeds().stdout;
    assert_eq!(log.lines().count(), 3);
    for (line, day) in log.lines().zip(DAYS) {
        assert!(
            line.contains(&format!("{day}.csv: 2 figures: 2 new")),
            "{line}"
        );
    }
    desk.run("ledger show 2")
        .succeeds()
        .answers("rows      2 figure")
        .answers("file      2022-03-02.csv")
        .answers("publication  2022-05-01  test/table  A table");
    desk.run("ledger show 9")
        .ends_with(3)
        .says("no entry 9")
        .says("ledger log");
}

#[test]
fn a_backup_verifies_answers_alike_and_overwrites_nothing() {
    let desk = desk();
    desk.run("ledger backup whole.db").succeeds();
    desk.run("ledger backup small.db --without-captures")
        .succeeds();
    let hash = head(&desk);
    let figures = desk.run("figures").succeeds().stdout;
    for (copy, files) in [
        ("whole.db", "and 3 source files"),
        (
            "small.db",
            "and 0 source files are as they were recorded, 3 left out of this copy",
        ),
    ] {
        desk.run(&format!("ledger verify --head {hash} --ledger {copy}"))
            .succeeds()
            .answers(files);
        let same = desk.run(&format!("figures --ledger {copy}")).succeeds();
        assert_eq!(same.stdout, figures);
        assert!(!desk.path(&format!("{copy}-journal")).exists());
    }
    desk.run("ledger backup whole.db")
        .ends_with(1)
        .says("a backup overwrites nothing");
    // A copy without bytes is a ledger like any other: it takes new entries.
    desk.put("new.csv", "day,place,number\n2022-03-04,Poland,99\n");
    desk.run("ingest table new.csv --map map.toml --ledger small.db")
        .succeeds();
    desk.run("ledger verify --ledger small.db").succeeds();
}

#[test]
fn what_is_retracted_leaves_every_answer_and_stays_in_the_log() {
    let desk = desk();
    desk.run("ledger retract 2 --reason \"the wrong file\"")
        .succeeds();
    for line in [
        "figures",
        "figures --as-known-on 2022-05-01",
        "figures --as-known-on 2022-09-01",
    ] {
        let rows = desk.rows(line);
        assert_eq!(rows.len(), 4, "{line}");
        assert!(
            !column(&rows, "period_end").contains(&"2022-03-02"),
            "{line}"
        );
    }
    assert_eq!(desk.rows("figures --as-recorded-at 3").len(), 6);
    let all = desk.rows("figures --all-versions --period 2022-03-02");
    assert_eq!(all.len(), 2);
    assert!(
        all[0]["notes"].contains("retracted in entry 4, our mistake: the wrong file"),
        "{}",
        all[0]["notes"]
    );
    desk.run("ledger log")
        .succeeds()
        .answers("[retracted in entry 4]")
        .answers("took back entry 2: the wrong file");
    desk.run("ledger verify").succeeds();
}

#[test]
fn a_retraction_of_nothing_is_refused() {
    let desk = desk();
    let before = desk.run("ledger log").succeeds().stdout;
    desk.run("ledger retract 9 --reason x")
        .ends_with(3)
        .says("no entry 9");
    desk.run("ledger retract f99 --reason x")
        .ends_with(3)
        .says("no figure `f99`");
    desk.run("ledger retract poland --reason x")
        .ends_with(3)
        .says("figure ids look like f1045");
    desk.run("ledger retract 1 --reason \" \"")
        .ends_with(2)
        .says("needs its reason");
    assert_eq!(desk.run("ledger log").succeeds().stdout, before);
    desk.run("ledger retract 1 --reason x").succeeds();
    desk.run("ledger retract 1 --reason x")
        .ends_with(1)
        .says("entry 1 was retracted before, in entry 4");
    desk.run("ledger retract 4 --reason x")
        .ends_with(1)
        .says("entry 4 records no figures");
}

/// Records what ABC News passed on of Poland, with the number as it was typed.
fn record(desk: &Desk, number: &str, more: &str) -> Outcome {
    desk.run(&format!(
        "record --indicator border_crossings --claimant UNHCR --channel press/abc-news \
         --origin UKR --location POL --measure cumulative --since 2022-02-24 \
         --period 2022-03-02 --value \"about {number}\" --published 2022-03-02 \
         --title \"Live blog\" --relayed-by \"ABC News\" {more}"
    ))
}

#[test]
fn a_typing_mistake_that_was_replaced_is_no_revision() {
    let desk = Desk::new();
    record(&desk, "435,000", "").succeeds();
    record(
        &desk,
        "453,000",
        "--replaces f1 --reason \"digits swapped\"",
    )
    .succeeds();
    let now = desk.rows("figures");
    assert_eq!(column(&now, "value"), ["453000"]);
    assert_eq!(
        column(&desk.rows("figures --as-known-on 2022-03-02"), "value"),
        ["453000"]
    );
    let all = desk.rows("figures --all-versions");
    assert_eq!(all.len(), 2);
    let wrong = only(&all, "value", "435000");
    assert!(wrong["notes"].contains("retracted in entry 2, our mistake: digits swapped"));
    let right = only(&all, "value", "453000");
    assert!(!right["notes"].contains("retracted"));
    assert!(!right["notes"].contains("revis"));
    // The other clock: what this ledger held then.
    assert_eq!(
        column(&desk.rows("figures --as-recorded-at 1"), "value"),
        ["435000"]
    );
    assert_eq!(
        column(&desk.rows("figures --as-recorded-at 2"), "value"),
        ["453000"]
    );
    desk.run("ledger verify").succeeds();
    let log = desk.run("ledger log").succeeds().stdout;
    assert_eq!(log.lines().count(), 2);
    assert!(
        log.contains("about 435,000") && log.contains("about 453,000"),
        "{log}"
    );
    desk.run("ledger show 2")
        .succeeds()
        .answers("took back figure f1: digits swapped");
}

#[test]
fn a_figure_is_replaced_once_and_only_with_a_reason() {
    let desk = Desk::new();
    record(&desk, "435,000", "").succeeds();
    record(&desk, "453,000", "--replaces f1")
        .ends_with(2)
        .says("--reason");
    record(&desk, "453,000", "--replaces f1 --reason swapped").succeeds();
    let before = desk.run("ledger log").succeeds().stdout;
    let again = record(&desk, "454,000", "--replaces f1 --reason swapped");
    assert!(
        again
            .stderr
            .contains("figure f1 was retracted before, in entry 2"),
        "{}",
        again.stderr
    );
    record(&desk, "453,000", "")
        .succeeds()
        .says("nothing was added");
    assert_eq!(desk.run("ledger log").succeeds().stdout, before);
}

#[test]
fn the_second_clock_takes_entries_and_times() {
    let desk = desk();
    for (entry, figures) in [(1, 2), (2, 4), (3, 6)] {
        assert_eq!(
            desk.rows(&format!("figures --as-recorded-at {entry}"))
                .len(),
            figures
        );
    }
    assert_eq!(desk.rows("figures --as-recorded-at 2022-09-10").len(), 6);
    desk.run("figures --as-recorded-at 2022-09-09")
        .ends_with(3)
        .says("held nothing by 2022-09-09");
    desk.run("figures --as-recorded-at 9")
        .ends_with(3)
        .says("no entry 9");
}

#[test]
fn a_ledger_that_is_not_there_is_never_made_by_reading() {
    let desk = Desk::new();
    for line in [
        "figures",
        "summary --indicator idps",
        "trend --indicator idps",
        "chart line --indicator idps",
        "ledger log",
        "ledger show 1",
        "ledger verify",
        "ledger backup copy.db",
        "ledger retract 1 --reason x",
    ] {
        desk.run(line)
            .ends_with(1)
            .says("there is no ledger at humstat.db")
            .says("--ledger FILE");
    }
    assert_eq!(std::fs::read_dir(desk.folder()).unwrap().count(), 0);
}

#[test]
fn the_ledger_is_named_by_option_variable_or_settings() {
    let desk = desk().with("HUMSTAT_LEDGER", "elsewhere.db");
    desk.run("figures").ends_with(1).says("elsewhere.db");
    desk.run("figures --ledger humstat.db").succeeds();
    let desk = self::desk();
    std::fs::rename(desk.path("humstat.db"), desk.path("desk.db")).unwrap();
    desk.put("humstat.toml", "ledger = \"desk.db\"\n");
    desk.run("figures").succeeds().says("desk.db, entry 3");
    desk.put("humstat.toml", "leger = \"desk.db\"\n");
    desk.run("figures")
        .ends_with(1)
        .says("did you mean `ledger`?");
}

#[test]
fn four_writers_at_once_all_land() {
    let desk = Desk::new();
    let children: Vec<_> = ["Poland", "Hungary", "Slovakia", "Romania"]
        .iter()
        .enumerate()
        .map(|(number, place)| {
            desk.command(&format!(
                "record --indicator border_crossings --claimant UNHCR --channel press/abc-news \
                 --origin UKR --location {place} --measure cumulative --since 2022-02-24 \
                 --period 2022-03-02 --value {} --published 2022-03-02 --title Blog",
                number + 1
            ))
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{stderr}");
    }
    let mut values: Vec<String> = column(&desk.rows("figures"), "value")
        .into_iter()
        .map(str::to_owned)
        .collect();
    values.sort();
    assert_eq!(values, ["1", "2", "3", "4"]);
    desk.run("ledger verify").succeeds().answers("4 entries");
}
