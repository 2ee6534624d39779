//! Bytes that flip, tails that are cut: `ledger verify` finds them, and no command answers with another
//! number while it finds nothing.
//!
//! A few bytes by default; `HUMSTAT_FLIPS=20000` for the full measure.

use std::path::Path;

use humstat::ledger::{Ledger, Selection, Versions};

use super::common::Desk;
use super::faults::{Moments, count_of, desk_of, table, verified};

/// A desk with a ledger of several entries of each kind, in one file.
fn desk() -> Desk {
    let desk = desk_of(20);
    let map = super::common::mapping_with(&[("2022-05-01", "2022-05-02")]);
    desk.put("more.csv", table(20, 50)).put("more.toml", map);
    desk.run("ingest table more.csv --map more.toml").succeeds();
    desk.run("ledger retract f3 --reason \"digits swapped\"")
        .succeeds();
    desk.run("places alias Lehistan POL").succeeds();
    assert_eq!(verified(&desk), 4);
    assert!(!desk.path("humstat.db-wal").exists() || wal(&desk) == 0);
    desk
}

fn wal(desk: &Desk) -> u64 {
    std::fs::metadata(desk.path("humstat.db-wal")).map_or(0, |log| log.len())
}

/// All that a ledger answers: newest figures and all versions, at the end and after its first entry.
fn answers(path: &Path) -> Option<String> {
    let ledger = Ledger::open(path).ok()?;
    let mut answers = String::new();
    for versions in [Versions::Newest, Versions::All] {
        for as_recorded_at in [None, Some(1)] {
            let selection = Selection {
                versions,
                as_recorded_at,
                ..Selection::default()
            };
            answers.push_str(&format!("{:?}\n", ledger.figures(&selection).ok()?));
        }
    }
    answers.push_str(&format!("{:?}", ledger.aliases().ok()?));
    Some(answers)
}

/// Whether all of a ledger can be read and is as it was recorded.
fn is_sound(path: &Path) -> bool {
    Ledger::open(path)
        .and_then(|ledger| ledger.verify(None))
        .is_ok_and(|verified| verified.faults.is_empty() && verified.entries == 4)
}

#[test]
fn no_flipped_byte_changes_an_answer_unseen() {
    let desk = desk();
    let whole = std::fs::read(desk.path("humstat.db")).unwrap();
    let expected = answers(&desk.path("humstat.db")).unwrap();
    let path = desk.path("flipped.db");
    let mut moments = Moments(0x666c_6970);
    let flips = count_of("HUMSTAT_FLIPS", 60);
    let (mut found, mut harmless, mut other) = (0, 0, 0);
    for flip in 0..flips {
        // Half of the places lie where something stands, for most of a small file is empty.
        let mut at = moments.below(whole.len());
        while flip % 2 == 0 && whole[at] == 0 {
            at = moments.below(whole.len());
        }
        let mut changed = whole.clone();
        changed[at] ^= 1 << moments.below(8);
        std::fs::write(&path, &changed).unwrap();
        let answered = answers(&path);
        if !is_sound(&path) {
            found += 1;
            other += usize::from(answered.is_some_and(|answered| answered != expected));
            continue;
        }
        // Bytes that nothing is read from, and counters that only writers compare.
        harmless += 1;
        assert_eq!(
            answered.as_ref(),
            Some(&expected),
            "byte {at} of {} changes an answer",
            whole.len()
        );
    }
    eprintln!(
        "{flips} flipped bits: {found} found by verify ({other} of them in answers as well), \
         {harmless} where nothing is read; none changed an answer unseen"
    );
    assert!(found > flips / 8, "{found} of {flips} were found");
}

/// The program ends with 5 where bytes are damaged, or says that it is no ledger of its own.
#[test]
fn the_program_ends_with_a_word_at_flipped_bytes() {
    let desk = desk();
    let whole = std::fs::read(desk.path("humstat.db")).unwrap();
    let mut moments = Moments(0x636f_6465);
    let expected = desk.run("figures --all-versions --quiet").succeeds().stdout;
    for _ in 0..count_of("HUMSTAT_FLIPS", 12).div_ceil(8).max(6) {
        let mut at = moments.below(whole.len());
        while whole[at] == 0 {
            at = moments.below(whole.len());
        }
        let mut changed = whole.clone();
        changed[at] = changed[at].wrapping_add(1 + moments.below(254) as u8);
        desk.put("flipped.db", &changed);
        let verified = desk
            .command("ledger verify --ledger flipped.db")
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&verified.stderr).into_owned();
        assert!(!words.contains("panicked"), "byte {at}: {words}");
        let is_found = matches!(verified.status.code(), Some(1 | 5));
        assert!(is_found || verified.status.success(), "byte {at}: {words}");
        for line in [
            "figures --all-versions",
            "summary --at 2022-03-10",
            "ledger log",
            "changes --since 2022-01-01",
        ] {
            let output = desk
                .command(&format!("{line} --quiet --ledger flipped.db"))
                .output()
                .unwrap();
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            let code = output.status.code();
            assert!(
                matches!(code, Some(0 | 1 | 3 | 5)),
                "byte {at}, {line}: {code:?} {words}"
            );
            assert!(!words.contains("panicked"), "byte {at}, {line}: {words}");
            if line.starts_with("figures") && code == Some(0) && !is_found {
                assert_eq!(
                    String::from_utf8_lossy(&output.stdout),
                    expected,
                    "byte {at}"
                );
            }
        }
    }
}

#[test]
fn a_cut_at_any_page_is_found() {
    let desk = desk();
    let whole = std::fs::read(desk.path("humstat.db")).unwrap();
    let page = usize::from(u16::from_be_bytes([whole[16], whole[17]]));
    assert!(page >= 4096 && whole.len().is_multiple_of(page));
    let path = desk.path("cut.db");
    for pages in 0..whole.len() / page {
        for beyond in [0, 1, page / 2] {
            std::fs::write(&path, &whole[..pages * page + beyond]).unwrap();
            assert!(
                !is_sound(&path),
                "cut after {pages} pages and {beyond} bytes"
            );
        }
        let output = desk
            .command("ledger verify --ledger cut.db")
            .output()
            .unwrap();
        assert!(
            matches!(output.status.code(), Some(1 | 5)),
            "{pages} pages: {output:?}"
        );
    }
    // A page that was never written, or was written with another.
    for at in (page..whole.len()).step_by(page) {
        for other in [0, page] {
            let mut changed = whole.clone();
            let from: Vec<u8> = if other == 0 {
                vec![0; page]
            } else {
                whole[page..2 * page].to_vec()
            };
            changed[at..at + page].copy_from_slice(&from);
            if changed == whole {
                continue;
            }
            std::fs::write(&path, &changed).unwrap();
            assert!(!is_sound(&path), "page {} was replaced", at / page);
        }
    }
}

/// A log that a killed writer left, cut anywhere: whole entries, and only those.
#[test]
fn a_log_that_is_cut_leaves_whole_entries() {
    let desk = desk();
    // A reader that stays keeps the log from being put into the ledger.
    let reader = rusqlite::Connection::open(desk.path("humstat.db")).unwrap();
    reader
        .execute_batch("BEGIN; SELECT COUNT(*) FROM entry;")
        .unwrap();
    desk.put("third.csv", table(20, 90));
    desk.put(
        "third.toml",
        super::common::mapping_with(&[("2022-05-01", "2022-05-03")]),
    );
    desk.run("ingest table third.csv --map third.toml")
        .succeeds();
    let log = std::fs::read(desk.path("humstat.db-wal")).unwrap();
    let whole = std::fs::read(desk.path("humstat.db")).unwrap();
    assert!(!log.is_empty());
    let mut with_all = 0;
    let cuts = 40;
    for cut in 0..=cuts {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("humstat.db");
        std::fs::write(&path, &whole).unwrap();
        let kept = &log[..log.len() * cut / cuts];
        std::fs::write(folder.path().join("humstat.db-wal"), kept).unwrap();
        let ledger = Ledger::create(&path).unwrap();
        let verified = ledger.verify(None).unwrap();
        assert_eq!(verified.faults, vec![], "cut {cut}");
        assert!((4..=5).contains(&verified.entries), "cut {cut}");
        with_all += usize::from(verified.entries == 5);
    }
    assert!(with_all >= 1 && with_all <= cuts);
    drop(reader);
}

/// Guards and views were looked at by nobody: a ledger whose guards are gone can be changed.
#[test]
fn guards_and_views_that_were_changed_are_found() {
    for (change, words) in [
        (
            "DROP TRIGGER figure_refuses_update",
            "the trigger figure_refuses_update is missing",
        ),
        ("DROP INDEX figure_cell", "the index figure_cell is missing"),
        (
            "CREATE TRIGGER quiet AFTER INSERT ON entry BEGIN SELECT 1; END",
            "the trigger quiet is none of this program's",
        ),
        (
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'only added to', 'only aded to')
             WHERE name = 'figure_refuses_delete'",
            "the trigger figure_refuses_delete is not as this program makes it",
        ),
    ] {
        let desk = desk();
        rusqlite::Connection::open(desk.path("humstat.db"))
            .unwrap()
            .execute_batch(change)
            .unwrap();
        desk.run("ledger verify").ends_with(5).says(words);
    }
    let desk = desk();
    let connection = rusqlite::Connection::open(desk.path("humstat.db")).unwrap();
    connection
        .execute_batch(
            "CREATE INDEX of_others ON figure (version); CREATE VIEW of_others_too AS SELECT 1",
        )
        .unwrap();
    desk.run("ledger verify").succeeds();
}
