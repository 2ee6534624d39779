//! What the ledger promises of figures read from prose: nothing twice, nothing lost, nothing unseen.

use humstat::figure::Version;
use humstat::ledger::{
    CandidateFilter, Ledger, LedgerError, Proposed, Recording, Selection, Standing,
};
use humstat::text::document::Entry;
use rusqlite::Connection;

use crate::blog::{BLOG, blog, candidates, desk, proposal, propose};
use crate::common::{Desk, NOW, column};

/// A waiting candidate changes no byte of what reading commands answer.
#[test]
fn what_waits_changes_no_byte_of_any_answer() {
    let desk = Desk::new();
    desk.run("run ukraine-2022 --out out").succeeds();
    let lines = [
        "figures",
        "figures --all-versions",
        "figures --indicator border_crossings --format jsonl",
        "summary --indicator border_crossings --at 2022-03-08 --total",
        "summary --indicator border_crossings --at 2022-03-08 --sentences",
        "changes --between 2022-03-02 2022-09-09",
        "revisions --indicator border_crossings",
        "trend --indicator border_crossings --location POL",
        "compare --indicator border_crossings",
        "audit --indicator border_crossings",
        "trace 453,000",
        "trace out/summary.csv",
        "sources",
        "indicators crossings",
    ];
    let before: Vec<String> = lines
        .iter()
        .map(|line| desk.run(line).succeeds().stdout)
        .collect();
    // The same channel and series as the press report of the plan, and others.
    for channel in ["press/abc-news", "unhcr/odp", "press/example-news"] {
        let mut blog = proposal(BLOG, channel, "2022-03-02", candidates());
        blog.publication.channel = channel.to_owned();
        propose(&desk, &blog);
    }
    for (line, before) in lines.iter().zip(before) {
        let after = desk.run(line).succeeds();
        assert_eq!(after.stdout, before, "humstat {line}");
        let reads = !["trace", "sources", "indicators"]
            .iter()
            .any(|word| line.starts_with(word));
        assert_eq!(
            after
                .stderr
                .contains("read from prose wait for a decision: humstat review list"),
            reads,
            "humstat {line}: {}",
            after.stderr
        );
    }
    desk.run("chart line --indicator border_crossings --location POL -o poland.svg")
        .succeeds()
        .says("3 figures read from prose wait");
    desk.run("run ukraine-2022 --out out")
        .succeeds()
        .says("read from prose wait");
    desk.run("ledger verify").succeeds();
}

#[test]
fn the_same_text_read_in_the_same_way_adds_nothing() {
    let desk = desk();
    let again = propose(&desk, &blog());
    let Proposed::Already { entry: 1, waiting } = again else {
        panic!("{again:?}")
    };
    assert_eq!(waiting.len(), 5);
    desk.run("review accept c1").succeeds();
    let again = propose(&desk, &blog());
    assert!(matches!(again, Proposed::Already { entry: 1, waiting } if waiting.len() == 4));
    assert!(
        desk.run("ledger log")
            .stdout
            .contains("blog.txt: 4 figures wait for a decision")
    );
}

fn refused(desk: &Desk, proposal: &humstat::ledger::Proposal) -> LedgerError {
    let recording = Recording {
        now: NOW.parse().unwrap(),
        program: "humstat test".to_owned(),
        summary: String::new(),
        allow_withdrawals: false,
    };
    let mut ledger = Ledger::create(&desk.path("humstat.db")).unwrap();
    ledger.propose(proposal, &recording).unwrap_err()
}

#[test]
fn another_reader_reads_a_text_once_the_first_reading_was_taken_back() {
    let desk = desk();
    desk.run("review accept c1").succeeds();
    let mut newer = blog();
    newer.reader = "text/2".to_owned();
    let error = refused(&desk, &newer).to_string();
    assert!(
        error.contains("entry 1 read blog.txt with another reader"),
        "{error}"
    );
    desk.run("ledger retract 1 --reason \"a better reader\"")
        .succeeds();
    desk.run("review list").ends_with(3);
    desk.run("review show c1")
        .ends_with(3)
        .says("no candidate `c1`");
    desk.run("figures --indicator killed")
        .ends_with(3)
        .says("nothing matches");
    // What was accepted stays, with its words.
    assert_eq!(desk.rows("figures").len(), 1);
    desk.run("trace f1").answers("characters 7 to 13");
    propose(&desk, &newer);
    assert_eq!(
        column(&desk.rows("review list"), "known")[0],
        "same",
        "what was accepted before is known"
    );
    desk.run("review accept c6")
        .succeeds()
        .says("1 figure: 0 new, 1 known (c6 is f1)");
    desk.run("trace f1")
        .answers("c1, decided in entry 2")
        .answers("c6, decided in entry 5");
}

#[test]
fn one_file_may_hold_several_texts() {
    let desk = desk();
    let mut second = blog();
    second.document.body = second.document.body.replace("453,000", "454,000");
    second.publication.title = "Second report".to_owned();
    second.options = "document = 1".to_owned();
    assert!(matches!(
        propose(&desk, &second),
        Proposed::Entry { entry: 2, .. }
    ));
    assert!(matches!(
        propose(&desk, &second),
        Proposed::Already { entry: 2, .. }
    ));
    second.options = "document = 1, claimant = \"IOM\"".to_owned();
    let error = refused(&desk, &second).to_string();
    assert!(
        error.contains("entry 2 read blog.txt with another reader"),
        "{error}"
    );
}

#[test]
fn a_decision_that_was_taken_back_leaves_its_candidate_waiting() {
    let desk = desk();
    let standings = || -> Vec<String> {
        let rows = desk.rows("review list --all");
        rows.iter()
            .take(3)
            .map(|row| row["standing"].clone())
            .collect()
    };
    desk.run("review accept c1 c3").succeeds();
    desk.run("ledger retract f1 --reason \"a mistake\"")
        .succeeds();
    assert_eq!(standings(), ["waiting", "waiting", "accepted"]);
    desk.run("figures --indicator border_crossings")
        .ends_with(3)
        .says("2 figures read from prose wait");
    desk.run("review correct c1 --set value=454,000").succeeds();
    assert_eq!(standings(), ["corrected", "waiting", "accepted"]);
    desk.run("ledger retract 2 --reason \"all of it\"")
        .succeeds();
    assert_eq!(standings(), ["corrected", "waiting", "waiting"]);
    desk.run("ledger verify").succeeds().answers("5 entries");
}

#[test]
fn two_numbers_of_one_thing_in_one_document_are_not_both_taken() {
    let body = "About 453,000 crossed into Poland. The tally was 453,218.\n";
    let mut two = candidates();
    two.truncate(2);
    for (candidate, number) in two.iter_mut().zip(["453,000", "453,218"]) {
        let begin = body.find(number).unwrap();
        candidate.number = humstat::text::Stretch {
            begin,
            end: begin + number.len(),
        };
        candidate.location = Some(humstat::figure::PlaceId::new("POL"));
        candidate.since = "2022-02-24".parse().ok();
    }
    two[1].quantity = humstat::figure::Quantity::exact(453_218);
    let mut same = two[0].clone();
    same.repeats = Some(0);
    two.push(same);
    let desk = Desk::new();
    propose(&desk, &proposal(body, "Two", "2022-03-02", two));
    desk.run("review accept --all")
        .ends_with(1)
        .says("c1 and c2 give different numbers for the same thing in one document (about 453,000 and 453,218:");
    desk.run("review list").succeeds();
    // What is said twice is one figure.
    desk.run("review accept c1 c3")
        .succeeds()
        .says("1 figure: 1 new (c1 is f1, c3 is f1)");
}

#[test]
fn a_live_blog_dates_each_figure_by_its_entry() {
    let mut blog = blog();
    let second = BLOG.find("In Hungary").unwrap();
    let at = |text: &str| text.parse::<Version>().ok();
    blog.document.entries = vec![
        Entry {
            range: 0..second,
            published: at("2022-03-01T09:00:00Z"),
            title: None,
        },
        Entry {
            range: second..BLOG.len(),
            published: at("2022-03-02T18:30:00Z"),
            title: Some("Hungary".to_owned()),
        },
    ];
    let desk = Desk::new();
    propose(&desk, &blog);
    desk.run("review accept c1 c2 --since 2022-02-24")
        .succeeds();
    let rows = desk.rows("figures --indicator border_crossings");
    assert_eq!(
        column(&rows, "version"),
        ["2022-03-02T18:30:00Z", "2022-03-01T09:00:00Z"]
    );
    assert_eq!(column(&rows, "period_end"), ["2022-03-02", "2022-03-01"]);
    let ledger = Ledger::open(&desk.path("humstat.db")).unwrap();
    let read = ledger.candidates(&CandidateFilter::default()).unwrap();
    assert_eq!(read.documents[0].document, blog.document);
    assert_eq!(read.rows[1].standing, Standing::Corrected);
    assert_eq!(read.rows[0].candidate, blog.candidates[0]);
}

#[test]
fn what_was_changed_in_the_file_is_found_out() {
    for change in [
        "DROP TRIGGER candidate_refuses_update; UPDATE candidate SET quote = 'x' WHERE id = 2",
        "DROP TRIGGER decision_refuses_delete; DELETE FROM decision WHERE id = 1",
        "DROP TRIGGER document_refuses_update; UPDATE document SET body = 'x'",
    ] {
        let desk = desk();
        desk.run("review accept c1").succeeds();
        let connection = Connection::open(desk.path("humstat.db")).unwrap();
        for guarded in ["candidate", "decision", "document"] {
            let error = connection
                .execute(&format!("DELETE FROM {guarded}"), [])
                .unwrap_err();
            assert!(
                error.to_string().contains("a ledger is only added to"),
                "{error}"
            );
        }
        connection.execute_batch(change).unwrap();
        drop(connection);
        desk.run("ledger verify")
            .ends_with(5)
            .says("its rows are not those that were recorded");
    }
}

#[test]
fn a_text_without_a_date_or_a_name_is_refused() {
    let desk = Desk::new();
    let mut undated = blog();
    undated.publication.published = None;
    let error = refused(&desk, &undated).to_string();
    assert!(
        error.contains("nothing says when `Live blog` was published"),
        "{error}"
    );
    let mut nameless = blog();
    nameless.publication.title = String::new();
    let error = refused(&desk, &nameless).to_string();
    assert!(error.contains("the title is empty"), "{error}");
}

#[test]
fn a_copy_without_captures_can_still_be_decided_on() {
    let desk = desk();
    desk.run("ledger backup copy.db --without-captures")
        .succeeds();
    desk.run("review accept c1 --ledger copy.db").succeeds();
    desk.run("trace f1 --ledger copy.db")
        .answers("characters 7 to 13");
    let ledger = Ledger::open(&desk.path("copy.db")).unwrap();
    assert_eq!(ledger.waiting(&Selection::default()).unwrap(), 3);
}
