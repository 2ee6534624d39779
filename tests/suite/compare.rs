//! Comparisons: voices side by side, never joined.

use super::common::{Desk, column, only};
use super::ukraine;

const POLAND: &str = "--indicator border_crossings --origin UKR --location POL";

/// A desk with what two claimants say of one day, each in a table of its own.
fn two_claimants() -> Desk {
    let desk = Desk::new();
    desk.ingest(
        "a.csv",
        "day,place,number\n2022-03-01,Poland,1000\n2022-03-04,Poland,1600\n2022-03-04,Hungary,900\n",
        &[],
    )
    .succeeds();
    desk.ingest(
        "b.csv",
        "day,place,number\n2022-03-04,Poland,1200\n",
        &[
            ("test/table", "test/guards"),
            ("UNHCR", "Border Guard"),
            ("A table", "Guards' table"),
        ],
    )
    .succeeds();
    desk
}

#[test]
fn two_channels_of_one_claimant_are_compared_and_not_chained() {
    let rows = ukraine::desk().rows(&format!("compare {POLAND}"));
    assert_eq!(rows.len(), 2, "one group, a row a figure: {rows:#?}");
    let table = only(&rows, "channel", "unhcr/odp");
    let press = only(&rows, "channel", "press/abc-news");
    for row in [table, press] {
        assert_eq!(row["claimant"], "UNHCR");
        assert_eq!(row["period_end"], "2022-03-02");
        assert_eq!(row["reference"], "UNHCR, unhcr/odp");
        assert_eq!(row["range_low"], "453000");
        assert_eq!(row["range_high"], "547982");
        assert_eq!(row["since"], "2022-02-24");
    }
    assert_eq!(table["value"], "547982");
    assert_eq!(table["ratio"], "1");
    assert_eq!(table["difference"], "");
    assert_eq!(table["days_old"], "188");
    assert_eq!(press["value"], "453000");
    assert_eq!(press["qualifier"], "about");
    assert_eq!(press["ratio"], "0.8267");
    assert_eq!(press["days_old"], "0");
    assert_eq!(press["relayed_by"], "ABC News");
    assert!(press["difference"].contains("prose, the reference is a dataset"));
    assert!(press["notes"].contains("UNHCR counted crossings"));
}

#[test]
fn a_sentence_names_both_and_the_ratio() {
    ukraine::desk()
        .run(&format!("compare {POLAND} --sentences"))
        .succeeds()
        .answers(
            "For 2 March 2022, crossings from Ukraine into Poland since 24 February: UNHCR (unhcr/odp) 547,982; UNHCR through ABC News about 453,000; the second is 0.83 of the first.\n",
        );
}

#[test]
fn what_may_count_the_same_people_is_named_and_not_compared() {
    let desk = two_claimants();
    desk.run(
        "record --indicator refugees --claimant UNHCR --channel unhcr/briefings --origin UKR \
         --location POL --period 2022-03-04 --value 1100 --published 2022-03-05 --title Briefing",
    )
    .succeeds();
    let outcome = desk
        .run(&format!("compare {POLAND}"))
        .succeeds()
        .says("refugees (UNHCR, unhcr/briefings) may count the same people as border_crossings");
    assert_eq!(column(&outcome.rows(), "value"), ["1200", "1600"]);
}

#[test]
fn two_claimants_stand_side_by_side_without_a_mean() {
    let outcome = two_claimants().run("compare").succeeds();
    let rows = outcome.rows();
    assert_eq!(rows.len(), 2, "{rows:#?}");
    assert_eq!(column(&rows, "claimant"), ["Border Guard", "UNHCR"]);
    assert_eq!(column(&rows, "value"), ["1200", "1600"]);
    assert_eq!(column(&rows, "ratio"), ["1", "1.3333"]);
    assert_eq!(
        rows[1]["reference"],
        "Border Guard, test/guards (of equal priority, first by its code)"
    );
    assert_eq!(rows[1]["difference"], "UNHCR counts, not Border Guard");
    for mean in ["1400", "1386", "1371"] {
        assert!(!outcome.stdout.contains(mean), "a mean: {}", outcome.stdout);
    }
    assert!(
        outcome
            .stderr
            .contains("left out: 2 groups with one voice only")
    );
}

#[test]
fn what_has_one_voice_is_shown_when_asked_for() {
    let rows = two_claimants().rows("compare --all");
    assert_eq!(rows.len(), 4);
    let alone = only(&rows, "value", "900");
    for empty in [
        "reference",
        "ratio",
        "range_low",
        "range_high",
        "difference",
    ] {
        assert_eq!(alone[empty], "", "{empty}");
    }
}

#[test]
fn on_a_day_each_voice_has_its_own_newest_and_says_so() {
    let desk = two_claimants();
    let rows = desk.rows(&format!("compare {POLAND} --at 2022-03-06"));
    assert_eq!(column(&rows, "period_end"), ["2022-03-04", "2022-03-04"]);
    let rows = ukraine::desk().rows(&format!("compare {POLAND} --at 2022-03-08"));
    let (table, press) = (&rows[0], &rows[1]);
    assert_eq!(table["period_end"], "2022-03-08");
    assert_eq!(table["freshness"], "current");
    assert_eq!(press["period_end"], "2022-03-02");
    assert_eq!(press["ratio"], "", "other days, no ratio");
    assert!(
        press["difference"].contains("of 2 March 2022, 6 days before the reference"),
        "{}",
        press["difference"]
    );
    assert_eq!(press["range_low"], "");
}

#[test]
fn what_its_source_no_longer_renews_is_stale() {
    let desk = two_claimants();
    desk.ingest(
        "c.csv",
        "day,place,number\n2022-03-01,Poland,1\n2022-03-02,Poland,2\n2022-03-03,Poland,3\n2022-03-04,Poland,4\n",
        &[("test/table", "test/daily"), ("UNHCR", "Ministry")],
    )
    .succeeds();
    let rows = desk.rows(&format!("compare {POLAND} --at 2022-03-07"));
    assert_eq!(only(&rows, "claimant", "Ministry")["freshness"], "stale");
    assert_eq!(only(&rows, "claimant", "UNHCR")["freshness"], "");
    desk.run(&format!("compare {POLAND} --at 2022-03-07 --sentences"))
        .succeeds()
        .answers("Ministry (test/daily) 4 (of 4 March 2022; stale)");
}

#[test]
fn another_first_day_has_no_ratio() {
    let desk = two_claimants();
    desk.ingest(
        "c.csv",
        "day,place,number\n2022-03-04,Poland,700\n",
        &[
            ("test/table", "test/late"),
            ("UNHCR", "Ministry"),
            ("2022-02-24", "2022-03-01"),
        ],
    )
    .succeeds();
    let rows = desk.rows("compare");
    let late = only(&rows, "claimant", "Ministry");
    assert_eq!(late["ratio"], "");
    assert!(
        late["difference"]
            .contains("counted since 1 March 2022, the reference since 24 February 2022"),
        "{}",
        late["difference"]
    );
    let other = only(&rows, "claimant", "UNHCR");
    assert_eq!(other["range_low"], "1200", "700 counts otherwise");
}

#[test]
fn a_bound_is_no_number_to_divide() {
    let desk = two_claimants();
    desk.ingest(
        "c.csv",
        "day,place,number\n2022-03-04,Poland,\"at least 1,500\"\n",
        &[("test/table", "test/press"), ("UNHCR", "Ministry")],
    )
    .succeeds();
    let rows = desk.rows("compare");
    let bound = only(&rows, "claimant", "Ministry");
    assert_eq!(bound["qualifier"], "at_least");
    assert_eq!(bound["ratio"], "");
    assert!(bound["difference"].contains("a bound or a range, not a number"));
    desk.run("compare --sentences")
        .succeeds()
        .answers("Ministry (test/press) at least 1,500");
}

#[test]
fn where_nothing_can_be_compared_the_single_voices_are_named() {
    ukraine::desk()
        .run("compare --indicator border_crossings --location HUN")
        .ends_with(3)
        .says("UNHCR (unhcr/odp) on border_crossings, 2022-03-01 to 2022-09-06");
    ukraine::desk()
        .run("compare --indicator border_crossings --location Slovenia")
        .ends_with(3)
        .says("nothing matches this selection");
}

#[test]
fn what_was_not_yet_public_is_not_compared() {
    ukraine::desk()
        .run(&format!("compare {POLAND} --as-known-on 2022-03-02"))
        .ends_with(3)
        .says("UNHCR (press/abc-news)");
}
