//! Clocks that jump: entries keep their order, and who asks by time is told.

use super::common::{MAPPING, column};
use super::faults::{desk_of, table, verified};

#[test]
fn a_clock_that_goes_back_is_told_and_loses_nothing() {
    let desk = desk_of(2);
    desk.put("more.csv", table(2, 500));
    let map = MAPPING.replace("2022-05-01", "2021-12-01");
    desk.put("old.toml", map);
    let output = desk
        .command_at("ingest table more.csv --map old.toml", "2022-01-01")
        .output()
        .unwrap();
    assert!(output.status.success());
    let talk = String::from_utf8(output.stderr).unwrap();
    assert!(
        talk.contains("the clock says 2022-01-01, and entry 1 was recorded 2022-09-10"),
        "{talk}"
    );
    assert_eq!(verified(&desk), 2);
    // What was known on a day does not depend on any clock of ours.
    let then = desk.rows("figures --as-known-on 2022-01-15 --at 2022-03-01");
    assert!(
        column(&then, "value").iter().all(|value| *value == "1500"),
        "{then:?}"
    );
    let now = desk.rows("figures --at 2022-03-01");
    assert!(
        column(&now, "value").iter().all(|value| *value == "1000"),
        "{now:?}"
    );
    desk.run("figures --as-recorded-at 2022-02-01")
        .succeeds()
        .says("entry 1 before it says it was recorded 2022-09-10")
        .says("name an entry instead");
    let told = desk.run("figures --as-recorded-at 1").succeeds();
    assert!(!told.stderr.contains("went back"));
    desk.run("figures --as-recorded-at 2021-02-01").ends_with(3);
}

#[test]
fn what_is_published_in_the_future_is_told_and_not_yet_known() {
    let desk = desk_of(2);
    desk.put("more.csv", table(2, 500));
    let map = MAPPING.replace("2022-05-01", "2031-01-01");
    desk.put("late.toml", map);
    desk.run("ingest table more.csv --map late.toml").succeeds();
    let today = desk.rows("figures --at 2022-03-01 --as-known-on 2022-09-10");
    assert!(column(&today, "value").iter().all(|value| *value == "1000"));
    desk.put("third.csv", table(2, 900));
    desk.put(
        "no.toml",
        MAPPING.replace("published = \"2022-05-01\"\n", ""),
    );
    desk.run("ingest table third.csv --map no.toml --published 2030-01-01")
        .succeeds()
        .says("--published 2030-01-01 has not come yet");
    verified(&desk);
}

#[test]
fn clocks_out_of_range_are_refused_or_taken_and_never_a_crash() {
    let desk = desk_of(1);
    for now in [
        "0001-01-01",
        "1969-12-31",
        "1970-01-01",
        "1999-12-31",
        "2038-01-20",
        "9999-12-31",
        "99999-01-01",
        "-9999-01-01",
        "2022-02-30",
        "yesterday",
    ] {
        for line in [
            "figures",
            "summary",
            "changes --since yesterday",
            "audit",
            "ledger verify",
        ] {
            let output = desk.command_at(line, now).output().unwrap();
            let code = output.status.code();
            let talk = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(
                matches!(code, Some(0..=3)),
                "{line} at {now}: {code:?} {talk}"
            );
            assert!(!talk.contains("panicked"), "{line} at {now}: {talk}");
        }
    }
    verified(&desk);
}
