//! Figures read from prose: they wait, people decide on them, and only then are they in any answer.

use std::io::Write as _;
use std::process::Stdio;

use insta::assert_snapshot;

use crate::blog::{BLOG, candidates, desk, proposal, propose};
use crate::common::{Desk, column};

/// Runs the program with lines on its standard input.
fn answered(desk: &Desk, line: &str, input: &str) -> (String, String) {
    let mut child = desk
        .command(line)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn what_waits_is_in_no_answer_and_is_told() {
    let desk = desk();
    assert_eq!(
        column(&desk.rows("review list"), "candidate"),
        ["c1", "c2", "c3", "c4", "c5"]
    );
    desk.run("figures --indicator border_crossings")
        .ends_with(3)
        .says("2 figures read from prose wait for a decision: humstat review list --indicator border_crossings\n");
    desk.run("figures --indicator border_crossings --location \"Europe\"")
        .ends_with(3)
        .says("2 figures read from prose wait for a decision: humstat review list --indicator border_crossings --location Europe\n");
    desk.run("summary --indicator killed --at 2022-03-08")
        .ends_with(3)
        .says("1 figure read from prose waits for a decision: humstat review list --indicator killed\n");
    for line in [
        "figures --indicator refugees",
        "figures --indicator killed --at 2022-02-27",
        "figures --indicator border_crossings --as-known-on 2022-03-01",
        "figures --indicator border_crossings --as-recorded-at 1",
        "figures --indicator border_crossings --quiet",
    ] {
        let talk = desk.run(line).ends_with(3).stderr;
        assert!(!talk.contains("read from prose"), "{line}: {talk}");
    }
}

#[test]
fn one_is_shown_with_its_parts_marked() {
    let desk = desk();
    assert_snapshot!(desk.run("review show c1").transcript(), @r#"
c1           “[About] **453,000** people have crossed into Poland since 24 February, UNHCR said.”
figure       As of 2 March 2022, about 453,000 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
inherited    period, from the document
ledger       knows nothing on it
document     Live blog, 2 March 2022 (press/example-news)
url          https://example.org/live
read from    blog.txt, characters 7 to 13 of its text
relayed by   Example News
confidence   90 of 100
--- stderr, exit code 0
ledger humstat.db, entry 1 (1448fd329bba)
"#);
    assert_snapshot!(desk.run("review show c2").stdout, @r#"
c2           “In Hungary there were **116,348** crossings.”
lacks        a cumulative needs its first day: --set since=2022-02-24
inherited    claimant, period, from the document
document     Live blog, 2 March 2022 (press/example-news)
url          https://example.org/live
read from    blog.txt, characters 100 to 106 of its text
relayed by   Example News
confidence   90 of 100
"#);
    assert_snapshot!(desk.run("review list --format table --indicator border_crossings").stdout, @r#"
standing: waiting
claimant: UNHCR
indicator: border_crossings
origin: UKR
period: 2022-03-02
known: nothing
 candidate  confidence  value          location  since       lacks  quote
 c1                 90  about 453,000  POL       2022-02-24         About 453,000 people have crossed into Poland since 24 February, UNHCR said.
 c2                 90  116,348        HUN                   since  In Hungary there were 116,348 crossings.
"#);
}

#[test]
fn an_accepted_figure_is_recorded_with_its_words() {
    let desk = desk();
    assert_snapshot!(desk.run("review accept c1 c3").transcript(), @r#"
As of 2 March 2022, about 453,000 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
On 1 March 2022, at least 14 people were killed in Ukraine (OHCHR).
--- stderr, exit code 0
ledger humstat.db, entry 1 (1448fd329bba)
entry 2: 2 figures: 2 new (c1 is f1, c3 is f2)
"#);
    let rows = desk.rows("figures --indicator border_crossings");
    let [row] = rows.as_slice() else {
        panic!("{rows:#?}")
    };
    for (name, text) in [
        ("value", "453000"),
        ("qualifier", "about"),
        ("channel", "press/example-news"),
        ("relayed_by", "Example News"),
        ("version", "2022-03-02"),
        ("period_end", "2022-03-02"),
        ("title", "Live blog"),
        (
            "notes",
            "“About 453,000 people have crossed into Poland since 24 February, UNHCR said.”",
        ),
    ] {
        assert_eq!(row[name], text, "{name}");
    }
    assert_snapshot!(desk.run("trace f1").stdout, @r#"
As of 2 March 2022, about 453,000 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
figure       f1
finding      as recorded
publication  Live blog (press/example-news)
published    2 March 2022
relayed by   Example News
url          https://example.org/live
file         blog.txt
sha256       60aa88772c9a5936438385fd26d2f2c8f059bb31ebd83f044c6ec6ef6202270d
read from    characters 7 to 13 of its text: c1, decided in entry 2
quote        “About 453,000 people have crossed into Poland since 24 February, UNHCR said.”
entry        2
version      2022-03-02  about 453,000  f1 (this)
"#);
    desk.run("ledger verify").succeeds().answers("2 entries");
    assert_eq!(
        column(&desk.rows("review list"), "candidate"),
        ["c2", "c4", "c5"]
    );
    let all = desk.rows("review list --all");
    assert_eq!(
        column(&all, "standing"),
        ["accepted", "waiting", "accepted", "waiting", "waiting"]
    );
    desk.run("review accept c1")
        .ends_with(1)
        .says("c1 was accepted in entry 2 as f1");
}

#[test]
fn what_a_figure_lacks_is_refused_with_the_option_that_gives_it() {
    let desk = desk();
    desk.run("review accept c1 c2")
        .ends_with(1)
        .says("c2: a cumulative needs its first day: --set since=2022-02-24");
    desk.run("review accept c5")
        .ends_with(1)
        .says("c5: what is counted is not told: --set indicator=CODE");
    desk.run("review accept c4 --set indicator=missing")
        .ends_with(1)
        .says("c4: the text denies it, and what is denied is never recorded");
    desk.run("review accept c9")
        .ends_with(3)
        .says("no candidate `c9`");
    desk.run("review correct c1 --set place=POL")
        .ends_with(2)
        .says(
            "c1: there is no `place` to set; what can be set is indicator, measure, unit, value,",
        );
    desk.run("review correct c1 --set location=Polnd")
        .ends_with(2)
        .says("c1: location: ")
        .says("Poland");
    desk.run("review correct c1 --set period=2022-03")
        .ends_with(1)
        .says("of one day");
    assert_eq!(desk.rows("review list").len(), 5);
    desk.run("review accept c2 --since 2022-02-24").succeeds();
}

#[test]
fn many_are_decided_at_once_by_filter() {
    let desk = desk();
    desk.run("review accept").ends_with(2);
    desk.run("review accept --all --min-confidence 80 --since 2022-02-24")
        .succeeds()
        .says("left waiting: c4: the text denies it")
        .says("entry 2: 2 figures: 2 new (c1 is f1, c2 is f2)");
    desk.run("review reject --all --document blog --reason \"no figures\"")
        .succeeds()
        .says("entry 3: 3 rejected");
    desk.run("review list")
        .ends_with(3)
        .says("--all shows those");
    let rows = desk.rows("review list --all");
    assert_eq!(rows[4]["reason"], "no figures");
    // What was put away by mistake is accepted after all.
    desk.run("review accept c3").succeeds();
    desk.run("review list --all --document other").ends_with(3);
}

#[test]
fn a_correction_is_kept_beside_what_was_read() {
    let desk = desk();
    desk.run("review correct c1 --set \"value=more than 454,000\" --set location=Hungary --set since=2022-02-24")
        .succeeds()
        .answers("more than 454,000 crossings from Ukraine into Hungary");
    desk.run("trace f1")
        .answers("corrected    value=more than 454,000, location=HUN\n");
    let rows = desk.rows("review list --all");
    assert_eq!(rows[0]["standing"], "corrected");
    assert_eq!(rows[0]["value"], "about 453,000", "what was read stays");
    // With what is counted come its own measure and unit.
    desk.run("review correct c5 --set indicator=refugees --set location=POL --set value=20")
        .succeeds()
        .answers("As of 2 March 2022, 20 refugees");
}

#[test]
fn a_table_that_was_edited_decides() {
    let desk = desk();
    desk.run("review list -o waiting.csv").succeeds();
    let csv = std::fs::read_to_string(desk.path("waiting.csv")).unwrap();
    let answered = |changes: &[(&str, &str)]| {
        let mut csv = csv.clone();
        for (text, stead) in changes {
            assert!(csv.contains(text), "no `{text}`");
            csv = csv.replace(text, stead);
        }
        desk.put("answers.csv", csv);
        desk.run("review apply answers.csv")
    };
    let accept = ("\nc1,,", "\nc1,accept,");
    for (changes, words) in [
        (
            vec![accept, ("\nc2,,", "\nc2,yes,")],
            "answers.csv, row 3, column `answer`: `yes` is no answer; write accept or reject, or leave it empty; nothing was recorded",
        ),
        (
            vec![accept, ("\nc2,,", "\nc2,accept,")],
            "row 3, column `answer`: c2: a cumulative needs its first day",
        ),
        (
            vec![accept, ("UKR,POL,2022-02-24", "UKR,Polnd,2022-02-24")],
            "row 2, column `location`: ",
        ),
        (
            vec![("UKR,POL,2022-02-24", "UKR,HUN,2022-02-24")],
            "row 2, column `answer`: `location` was edited and there is no answer",
        ),
        (
            vec![accept, ("\nc2,", "\nc1,")],
            "row 3, column `candidate`: c1 stands in an earlier row too",
        ),
        (
            vec![accept, ("\nc2,", "\nc77,")],
            "row 3, column `candidate`: the ledger has no candidate `c77`",
        ),
    ] {
        answered(&changes).ends_with(1).says(words);
    }
    answered(&[]).ends_with(3).says("has no answer");
    assert_eq!(desk.rows("review list").len(), 5, "nothing was recorded");
    answered(&[
        accept,
        ("about 453,000", "about 455,000"),
        ("\nc2,,", "\nc2,accept,"),
        ("UKR,HUN,,2022-03-02", "UKR,HUN,24 Feb,2022-03-02"),
    ])
    .ends_with(1)
    .says("row 3, column `since`: `24 Feb` is no date");
    answered(&[
        accept,
        ("about 453,000", "about 455,000"),
        ("\nc2,,", "\nc2,ACCEPT,"),
        ("UKR,HUN,,2022-03-02", "UKR,HUN,2022-02-24,2022-03-02"),
        ("\nc5,,,", "\nc5,reject,buses,"),
    ])
    .succeeds()
    .answers("about 455,000 crossings")
    .says("entry 2: 2 figures: 2 new (c1 is f1, c2 is f2): 1 rejected")
    .says("2 rows have no answer and were left waiting");
    let rows = desk.rows("review list --all");
    assert_eq!(
        column(&rows, "standing"),
        ["corrected", "corrected", "waiting", "waiting", "rejected"]
    );
    // The same table again decides nothing twice.
    desk.run("review apply answers.csv")
        .ends_with(1)
        .says("c1 was corrected in entry 2 as f1");
}

#[test]
fn semicolons_and_other_spellings_of_a_spreadsheet_change_nothing() {
    let desk = desk();
    desk.put(
        "answers.csv",
        "\u{feff}candidate;answer;value;period\r\nc1;accept;About 453000;2022-03-02\r\n",
    );
    desk.run("review apply answers.csv").succeeds();
    let rows = desk.rows("review list --all");
    assert_eq!(rows[0]["standing"], "accepted");
}

#[test]
fn one_after_the_other_with_a_key_for_each_answer() {
    let desk = desk();
    let (shown, said) = answered(
        &desk,
        "review --min-confidence 50",
        "?\na\na\nc\nsince=2022-02-24; value=116,349\nr\n",
    );
    assert_snapshot!(shown, @r#"
1 of 3
c1           “[About] **453,000** people have crossed into Poland since 24 February, UNHCR said.”
figure       As of 2 March 2022, about 453,000 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
inherited    period, from the document
ledger       knows nothing on it
document     Live blog, 2 March 2022 (press/example-news)
url          https://example.org/live
read from    blog.txt, characters 7 to 13 of its text
relayed by   Example News
confidence   90 of 100
accept, reject, correct, skip, quit? [a/r/c/s/q/?] 
a  accept: record the figure
  r  reject: it is no figure to record
  c  correct: set parts of it (location=POL, value=about 453,000), then record it
  s  skip: leave it waiting
  q  quit: leave all others waiting
  ?  this help
accept, reject, correct, skip, quit? [a/r/c/s/q/?] 
As of 2 March 2022, about 453,000 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
2 of 3
c2           “In Hungary there were **116,348** crossings.”
lacks        a cumulative needs its first day: --set since=2022-02-24
inherited    claimant, period, from the document
document     Live blog, 2 March 2022 (press/example-news)
url          https://example.org/live
read from    blog.txt, characters 100 to 106 of its text
relayed by   Example News
confidence   90 of 100
accept, reject, correct, skip, quit? [a/r/c/s/q/?] 
c2: a cumulative needs its first day: --set since=2022-02-24
accept, reject, correct, skip, quit? [a/r/c/s/q/?] 
field=value, several parted by semicolons: 
As of 2 March 2022, 116,349 crossings from Ukraine into Hungary had been recorded since 24 February (UNHCR).
3 of 3
c3           “[At least] **14** civilians were killed.”
figure       On 1 March 2022, at least 14 people were killed in Ukraine (OHCHR).
ledger       knows nothing on it
document     Live blog, 2 March 2022 (press/example-news)
url          https://example.org/live
read from    blog.txt, characters 128 to 129 of its text
relayed by   Example News
confidence   60 of 100
accept, reject, correct, skip, quit? [a/r/c/s/q/?]
"#);
    assert_snapshot!(said, @r#"
ledger humstat.db, entry 1 (1448fd329bba)
entry 2: 1 figure: 1 new (c1 is f1)
entry 3: 1 figure: 1 new (c2 is f2)
entry 4: 1 rejected
"#);
    let rows = desk.rows("review list --all");
    assert_eq!(
        column(&rows, "standing"),
        ["accepted", "corrected", "rejected", "waiting", "waiting"]
    );
    let (_, said) = answered(&desk, "review", "s\n");
    assert!(said.ends_with("1 figure waits for a decision\n"), "{said}");
    let (_, said) = answered(&desk, "review", "r\n");
    assert!(said.contains("1 rejected"), "{said}");
    let (_, said) = answered(&desk, "review", "");
    assert!(
        said.contains("no figure that was read from prose waits"),
        "{said}"
    );
}

#[test]
fn what_the_ledger_knows_is_told_over_channels() {
    let desk = Desk::new();
    let record = |channel: &str, value: &str, published: &str| {
        desk.run(&format!(
            "record --indicator border_crossings --claimant UNHCR --channel {channel} --origin UKR \
             --location POL --measure cumulative --since 2022-02-24 --period 2022-03-02 \
             --value \"{value}\" --published {published} --title Table"
        ))
        .succeeds();
    };
    let known = |title: &str, published: &str| {
        let blog = proposal(BLOG, title, published, {
            let mut read = candidates();
            read[0].period_end = "2022-03-02".parse().ok();
            read.truncate(1);
            read
        });
        propose(&desk, &blog);
        let rows = desk.rows("review list");
        let last = rows.last().unwrap();
        (last["known"].clone(), last["known_as"].clone())
    };
    record("unhcr/odp", "453,218", "2022-03-04");
    assert_eq!(
        known("One", "2022-03-02"),
        (
            "agrees".to_owned(),
            "f1 says 453,218, which agrees (unhcr/odp)".to_owned()
        )
    );
    record("unhcr/finder", "547,982", "2022-03-04");
    let (what, words) = known("Two", "2022-03-02");
    assert_eq!(what, "contradiction");
    assert!(
        words.starts_with(
            "f2 says 547,982, published 4 March 2022 (unhcr/finder): a contradiction; f1 says"
        ),
        "{words}"
    );
    desk.run("ledger retract f2 --reason \"typed wrongly\"")
        .succeeds();
    record("press/example-news", "about 400,000", "2022-03-03");
    let (what, words) = known("Three", "2022-03-04");
    assert_eq!(what, "newer_version");
    assert!(
        words
            .contains("published 3 March 2022 (press/example-news): this would be a newer version"),
        "{words}"
    );
    assert_eq!(known("Four", "2022-03-02").0, "older_version");
    record("press/example-news", "about 453,000", "2022-03-06");
    assert_eq!(known("Five", "2022-03-07").0, "same");
}

/// The commands of the section on prose of README.md, in its order.
#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let section = readme.split("\n## Figures in prose\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let desk = desk();
    desk.put(
        "article.md",
        "By 2 March, about 453,000 people had crossed into Poland.\n",
    );
    let commands: Vec<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("$ humstat "))
        .map(|line| line.split(" #").next().unwrap().trim())
        .collect();
    assert_eq!(commands.len(), 10);
    for command in commands {
        match command {
            // The figures of the blog that still wait lack something.
            "review apply waiting.csv" => {
                let path = desk.path("waiting.csv");
                let csv = std::fs::read_to_string(&path).unwrap();
                std::fs::write(&path, csv.replace("\nc5,,", "\nc5,reject,")).unwrap();
                desk.run(command).succeeds().says("1 rejected");
            }
            "review accept --all --min-confidence 90" => {
                desk.run(command).ends_with(3).says("left waiting: c4");
            }
            _ => {
                desk.run(command).succeeds();
            }
        }
    }
}
