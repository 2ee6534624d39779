//! Faults that the program once had, a test each.

use super::common::{Desk, MAPPING, column, only};

/// Records crossings into Poland of 2 March 2022.
fn record(desk: &Desk, number: &str, more: &str) -> super::common::Outcome {
    desk.run(&format!(
        "record --indicator border_crossings --claimant UNHCR --channel press/abc-news \
         --origin UKR --location POL --measure cumulative --since 2022-02-24 --period 2022-03-02 \
         --value \"{number}\" --published 2022-03-02 --title Blog {more}"
    ))
}

/// Truth rule 11: the text for readers who cannot see the chart says "where Poland has 14".
#[test]
fn alternative_text_keeps_at_least() {
    let desk = Desk::new();
    record(&desk, "at least 14", "").succeeds();
    for kind in ["bars", "line"] {
        desk.run(&format!("chart {kind} --indicator border_crossings --alt"))
            .succeeds()
            .answers("at least 14");
    }
}

/// Nothing changes when a file is refused, also where there was no ledger.
#[test]
fn a_refused_first_ingest_leaves_no_ledger() {
    let two = "day,place,number\n2022-03-01,Poland,10\n2022-03-01,Poland,20\n";
    for (table, change) in [
        (two, ("A table", "A table")),
        (
            "day,place,number\n2022-03-01,Poland,10\n",
            ("published = \"2022-05-01\"\n", ""),
        ),
    ] {
        let desk = Desk::new();
        desk.ingest("table.csv", table, &[change]).ends_with(1);
        assert!(
            !desk.path("humstat.db").exists(),
            "an empty ledger was left behind"
        );
    }
}

/// It is "recorded before; nothing was added" with exit code 0, and stands in no answer.
#[test]
fn a_figure_that_was_taken_back_can_be_recorded_again() {
    let desk = Desk::new();
    record(&desk, "453,000", "").succeeds();
    desk.run("ledger retract f1 --reason \"by mistake\"")
        .succeeds();
    record(&desk, "453,000", "").succeeds();
    assert_eq!(column(&desk.rows("figures"), "value"), ["453000"]);
}

/// What is retracted "stays in the log with its reason": the log of a replacement says neither.
#[test]
fn the_log_says_which_figure_was_replaced_and_why() {
    let desk = Desk::new();
    record(&desk, "435,000", "").succeeds();
    record(
        &desk,
        "453,000",
        "--replaces f1 --reason \"digits swapped\"",
    )
    .succeeds();
    desk.run("ledger log")
        .succeeds()
        .answers("f1")
        .answers("digits swapped");
}

/// Stdout is data: the sentence stands there although nothing was recorded.
#[test]
fn a_record_that_is_refused_prints_no_sentence() {
    let desk = Desk::new();
    record(&desk, "435,000", "").succeeds();
    record(&desk, "453,000", "--replaces f1 --reason swapped").succeeds();
    record(&desk, "454,000", "--replaces f1 --reason swapped").ends_with(1);
}

/// The table writes every number with `.0`; the id of an event in our ledger does not.
#[test]
fn ucdp_events_have_whole_ids() {
    let desk = Desk::new();
    let root = env!("CARGO_MANIFEST_DIR");
    desk.run(&format!(
        "ingest table \"{root}/tests/fixtures/ucdp-ged-14.csv\" \
         --map \"{root}/datasets/mappings/ucdp-ged-14.toml\" --skip-bad-rows"
    ))
    .succeeds();
    let rows = desk.rows("figures");
    assert_eq!(
        only(&rows, "high", "9")["breakdown"],
        "event=102;violence=state"
    );
}

/// It names the version of what is newest now, which came after the earliest where that was revised.
#[test]
fn the_earliest_version_that_is_named_is_the_earliest() {
    let desk = Desk::new();
    desk.ingest("a.csv", "day,place,number\n2022-03-01,Poland,10\n", &[])
        .succeeds();
    desk.ingest(
        "b.csv",
        "day,place,number\n2022-03-01,Poland,11\n",
        &[("2022-05-01", "2022-06-01")],
    )
    .succeeds();
    desk.run("figures --as-known-on 2022-04-01")
        .ends_with(3)
        .says("became known on 2022-05-01");
}

/// A daily series of four days that is published twice, the second time unchanged.
fn confirmed() -> Desk {
    let desk = Desk::new();
    let table = "day,place,number\n2022-03-01,Poland,1\n2022-03-02,Poland,2\n2022-03-03,Poland,3\n2022-03-04,Poland,4\n";
    desk.ingest("a.csv", table, &[("2022-05-01", "2022-03-05")])
        .succeeds();
    desk.ingest(
        "b.csv",
        &format!("{table}\n"),
        &[("2022-05-01", "2022-03-06")],
    )
    .succeeds();
    desk
}

/// Truth rule 10 under both clocks: the confirmation of 6 March leaks into 5 March.
#[test]
fn the_newest_day_was_provisional_as_known_before_its_confirmation() {
    let desk = confirmed();
    assert!(!desk.rows("summary")[0]["notes"].contains("provisional"));
    for clock in ["--as-known-on 2022-03-05", "--as-recorded-at 1"] {
        let notes = &desk.rows(&format!("summary {clock}"))[0]["notes"];
        assert!(notes.contains("provisional"), "{clock}: `{notes}`");
    }
}

/// Every hash begins with nothing, so nothing was checked.
#[test]
fn an_empty_head_is_no_hash() {
    let desk = super::ledger_commands::desk();
    desk.run("ledger verify --head \"\"").ends_with(2);
}

/// Truth rule 16: a figure of nobody, in a channel and a document without names, is recorded.
#[test]
fn a_figure_typed_by_hand_needs_names() {
    for (claimant, channel, title) in [
        ("", "press/abc-news", "Blog"),
        ("UNHCR", "", "Blog"),
        ("UNHCR", "press/abc-news", " "),
    ] {
        let desk = Desk::new();
        desk.run(&format!(
            "record --indicator idps --location UKR --value 5 --period 2022-01-01 \
             --published 2022-01-02 --claimant \"{claimant}\" --channel \"{channel}\" --title \"{title}\""
        ))
        .ends_with(2);
    }
}

/// The selection matched; it is the number of rows asked for that is wrong.
#[test]
fn the_top_none_is_a_mistake_of_the_command_line() {
    let desk = Desk::new();
    record(&desk, "453,000", "").succeeds();
    desk.run("summary --top 0").ends_with(2);
}

/// Truth rule 17: nothing matches, and what exists instead is not named.
#[test]
fn an_unknown_claimant_or_channel_is_told_with_what_exists() {
    let desk = Desk::new();
    record(&desk, "453,000", "").succeeds();
    desk.run("figures --claimant UNHRC")
        .ends_with(3)
        .says("UNHCR");
    desk.run("figures --channel press/abc")
        .ends_with(3)
        .says("press/abc-news");
}

/// The rows after it were swallowed without a word.
#[test]
fn a_quotation_mark_that_is_never_closed_is_told() {
    let desk = Desk::new();
    let table = "day,place,number,note\n2022-03-01,Poland,10,\"open\n2022-03-01,Hungary,20,\n2022-03-01,Romania,30,\n";
    desk.ingest("table.csv", table, &[])
        .ends_with(1)
        .says("never closed")
        .says("line 2");
}

/// A plan wrote wherever its names led, also over its own tables.
#[test]
fn a_plan_keeps_to_its_folder() {
    for (name, file) in [
        ("../outside", "a.csv"),
        ("/tmp/outside", "a.csv"),
        ("", "a.csv"),
        ("a", "../a.csv"),
    ] {
        let desk = Desk::new();
        desk.put(
            "plan.toml",
            format!(
                "title = \"t\"\noutput = \"out\"\n[[chart]]\nname = \"{name}\"\nkind = \"bars\"\n[chart.select]\n\
                 [[table]]\nfile = \"{file}\"\nkind = \"figures\"\n[table.select]\n"
            ),
        );
        desk.run("run plan.toml")
            .ends_with(1)
            .says("is named by letters");
    }
    let desk = Desk::new();
    desk.put("plan.toml", "title = \"t\"\noutput = \".\"\n");
    desk.run("run plan.toml")
        .ends_with(1)
        .says("folder of their own");
}

/// Names from data steered the terminal.
#[test]
fn escape_sequences_do_not_reach_the_terminal() {
    let desk = Desk::new();
    let outcome = desk
        .ingest(
            "table.csv",
            "day,place,number\n2022-03-01,\u{1b}[31mPoland,10\n",
            &[],
        )
        .ends_with(1);
    assert!(!outcome.transcript().contains('\u{1b}'));
}

/// Every later event was compared with all that were known: a second file of events took minutes,
/// and a tally of one country was refused.
#[test]
fn events_are_tallied_by_place() {
    let desk = Desk::new();
    let root = env!("CARGO_MANIFEST_DIR");
    desk.run(&format!(
        "ingest table \"{root}/tests/fixtures/ucdp-ged-14.csv\" \
         --map \"{root}/datasets/mappings/ucdp-ged-14.toml\" --skip-bad-rows"
    ))
    .succeeds();
    let rows = desk.rows("summary --period 2017-07-31 --total");
    assert_eq!(rows.len(), 2, "a place and the total");
    for row in rows {
        let numbers = ["value", "low", "high"].map(|name| row[name].clone());
        assert_eq!(numbers, ["8", "7", "15"]);
    }
}

/// A stock was compared with whatever came before, and called a change over seven days.
#[test]
fn a_change_over_seven_days_is_over_about_seven_days() {
    let desk = Desk::new();
    for (day, number) in [
        ("2022-01-01", 100),
        ("2022-03-01", 150),
        ("2022-03-08", 170),
    ] {
        desk.run(&format!(
            "record --indicator idps --claimant IOM --channel iom/dtm --location UKR --period {day} \
             --value {number} --published {day} --title Round"
        ))
        .succeeds();
    }
    let rows = desk.rows("trend --indicator idps");
    let changes: Vec<&str> = rows.iter().map(|row| &*row["change_7_days"]).collect();
    assert_eq!(changes, ["", "", "20"]);
}

/// The later of two files of one date won without a word.
#[test]
fn two_values_of_one_date_are_told() {
    let desk = Desk::new();
    let table = |number| format!("day,place,number\n2022-03-01,Poland,{number}\n");
    desk.ingest("a.csv", &table(5), &[]).succeeds();
    desk.ingest("b.csv", &table(7), &[])
        .succeeds()
        .says("unlike another of the same date");
}

/// A typing mistake in the year put figures beyond all that is asked "as known on".
#[test]
fn a_day_that_has_not_come_yet_is_told() {
    let desk = Desk::new();
    desk.put(
        "map.toml",
        MAPPING.replace("published = \"2022-05-01\"\n", ""),
    )
    .put("table.csv", "day,place,number\n2022-03-01,Poland,1000\n");
    for option in ["--published", "--retrieved"] {
        let words = format!("ingest table table.csv --map map.toml --dry-run {option}");
        desk.run(&format!("{words} 2023-09-10"))
            .succeeds()
            .says(&format!(
                "{option} 2023-09-10 has not come yet, for today is 2022-09-10"
            ));
        let today = desk.run(&format!("{words} 2022-09-10")).succeeds();
        assert!(!today.stderr.contains("has not come"), "{}", today.stderr);
    }
}

/// JSON keeps the last of two, and said nothing of the other.
#[test]
fn a_key_that_stands_twice_in_an_object_is_told() {
    let desk = Desk::new();
    let map = MAPPING.to_owned();
    desk.put("map.toml", map).put(
        "table.json",
        r#"[{"day":"2022-03-01","place":"Poland","number":1000,"number":2000},
            {"day":"2022-03-02","place":"Poland","number":3000,"x":{"a":1},"y":{"a":2}}]"#,
    );
    desk.run("ingest table table.json --map map.toml")
        .succeeds()
        .says("`number` stands more than once in 1 object; the last is read");
    let rows = desk.rows("figures --indicator border_crossings");
    assert_eq!(column(&rows, "value"), ["2000", "3000"]);
    desk.put(
        "once.json",
        r#"[{"day":"2022-03-05","place":"Poland","number":1}]"#,
    );
    let once = desk.run("ingest table once.json --map map.toml --dry-run");
    assert!(!once.succeeds().stderr.contains("more than once"));
}
