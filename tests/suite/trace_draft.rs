//! A draft about to be printed, held against the record.

use insta::assert_snapshot;

use crate::common::{Desk, column};

/// A desk with a number that was revised, one that stands, and one that is a lower bound.
fn desk() -> Desk {
    let desk = Desk::new();
    let record = |channel: &str, place: &str, value: &str, published: &str| {
        desk.run(&format!(
            "record --indicator refugees --claimant UNHCR --channel {channel} --origin UKR \
             --location {place} --period 2022-03-02 --value \"{value}\" --published {published} \
             --title \"Table of {published}\""
        ))
        .succeeds();
    };
    record("unhcr/odp", "POL", "453,218", "2022-03-03");
    record("unhcr/odp", "POL", "547,982", "2022-03-09");
    record("unhcr/odp", "HUN", "116,348", "2022-03-03");
    record("unhcr/odp", "SVK", "at least 67,000", "2022-03-03");
    desk
}

#[test]
fn each_number_of_a_draft_is_found_or_not() {
    let desk = desk();
    desk.put(
        "article.md",
        "By 2 March 2022, 453,218 people had fled to Poland, 116,348 to Hungary\n\
         and 67,000 to Slovakia. Others counted 999,999.\n",
    );
    assert_snapshot!(desk.run("trace article.md --format table").transcript(), @r#"
 text     finding         claimant  location  period end  recorded         newest   newest period end  newest version  figure id  quote
 453,218  superseded      UNHCR     Poland    2022-03-02  453,218          547,982         2022-03-02  2022-03-09      f2         By 2 March 2022, 453,218 people had fled to Poland, 116,348 to Hungary and 67,000 to Slovakia.
 116,348  as_recorded     UNHCR     Hungary   2022-03-02  116,348                                                      f3         By 2 March 2022, 453,218 people had fled to Poland, 116,348 to Hungary and 67,000 to Slovakia.
 67,000   qualifier_lost  UNHCR     Slovakia  2022-03-02  at least 67,000                                              f4         By 2 March 2022, 453,218 people had fled to Poland, 116,348 to Hungary and 67,000 to Slovakia.
 999,999  unknown                                                                                                                 Others counted 999,999.
--- stderr, exit code 1
ledger humstat.db, entry 4 (256357431c92)
4 numbers: 1 as recorded, 1 qualifier lost, 1 superseded, 1 unknown
humstat: 3 of 4 numbers of article.md are not as recorded
"#);
    let outcome = desk.run("trace article.md").ends_with_data(1);
    let rows = outcome.rows();
    assert_eq!(
        column(&rows, "finding"),
        ["superseded", "as_recorded", "qualifier_lost", "unknown"]
    );
    assert_eq!(rows[0]["newest_value"], "547982");
    assert_eq!(rows[0]["newest_version"], "2022-03-09");
    assert_eq!(rows[0]["title"], "Table of 2022-03-09");
    outcome.says("3 of 4 numbers of article.md are not as recorded");
}

#[test]
fn a_draft_whose_numbers_all_stand_ends_with_0() {
    let desk = desk();
    desk.put(
        "article.txt",
        "On 2 March, 116,348 people were in Hungary and at least 67,000 in Slovakia.",
    );
    desk.run("trace article.txt")
        .succeeds()
        .says("2 numbers: 2 as recorded");
    desk.put("empty.txt", "Nobody came.");
    desk.run("trace empty.txt")
        .ends_with(3)
        .says("holds no number that could be a figure");
}

#[test]
fn a_file_of_the_program_is_no_draft() {
    let desk = desk();
    desk.run("figures -o table.md").succeeds();
    desk.run("trace table.md")
        .succeeds()
        .says("3 figures: 3 as recorded");
    desk.put("other.csv", "a,b\n1,2\n");
    desk.run("trace other.csv")
        .ends_with(1)
        .says("it is no table or chart of this program");
}
