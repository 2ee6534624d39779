//! The Parquet projection: the same answers with it, without it, and with whatever lies in its place.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use humstat::ledger::{Figures, Ledger, LedgerError, Selection, Versions};
use proptest::prelude::*;

use super::common::{Desk, MAPPING};
use super::ledger_properties::{Reference, Step, play, steps, version};

/// Where the projection of `humstat.db` lies.
fn projection(folder: &Path) -> PathBuf {
    folder.join("humstat.figures.parquet")
}

/// An answer, asked for as a whole and part by part.
fn answer(ledger: &Ledger, selection: &Selection) -> Figures {
    let whole = ledger.figures(selection).unwrap();
    let mut joined = Figures {
        rows: Vec::new(),
        not_reported: Vec::new(),
        gaps: Vec::new(),
        ..whole.clone()
    };
    ledger
        .figures_in_parts(selection, |part| {
            assert_eq!(part.series, whole.series);
            assert_eq!(part.publications, whole.publications);
            joined.rows.append(&mut part.rows);
            joined.not_reported.append(&mut part.not_reported);
            joined.gaps.append(&mut part.gaps);
            Ok::<(), LedgerError>(())
        })
        .unwrap();
    assert_eq!(joined, whole);
    whole
}

/// Answers to many questions: both clocks, newest and all versions, limits of periods.
fn answers(ledger: &Ledger) -> Vec<Figures> {
    let last = ledger.head().unwrap().map_or(0, |entry| entry.id);
    let mut answers = Vec::new();
    for known_on in [None, Some(1), Some(3), Some(5), Some(8)] {
        for entry in 0..=last {
            for versions in [Versions::Newest, Versions::All] {
                let selection = Selection {
                    as_known_on: known_on.map(version),
                    as_recorded_at: Some(entry),
                    versions,
                    ..Selection::default()
                };
                answers.push(answer(ledger, &selection));
            }
        }
    }
    for day in ["2022-03-01", "2022-03-03"] {
        let day = day.parse().unwrap();
        for selection in [
            Selection {
                at: Some(day),
                ..Selection::default()
            },
            Selection {
                to: Some(day),
                ..Selection::default()
            },
            Selection {
                from: Some(day),
                ..Selection::default()
            },
        ] {
            answers.push(answer(ledger, &selection));
        }
    }
    answers
}

/// A ledger in which the steps were played.
fn ledger_of(folder: &Path, steps: &[Step]) -> (Ledger, Reference) {
    let mut ledger = Ledger::create(&folder.join("humstat.db")).unwrap();
    let mut reference = Reference::default();
    play(&mut ledger, &mut reference, steps);
    (ledger, reference)
}

/// Steps that are the same in every run.
fn some_steps() -> Vec<Step> {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let many = proptest::collection::vec(steps(), 8);
    let steps = many.new_tree(&mut runner).unwrap().current();
    steps.into_iter().flatten().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 4))]

    /// What is recorded and retracted after the projection comes from SQLite, whatever it is.
    #[test]
    fn projected_answers_equal_those_of_sqlite(before in steps(), after in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let (mut ledger, mut reference) = ledger_of(folder.path(), &before);
        ledger.project().unwrap();
        play(&mut ledger, &mut reference, &after);
        let projected = answers(&ledger);
        let verified = ledger.verify(None).unwrap();
        prop_assert_eq!(verified.faults, vec![]);
        if ledger.head().unwrap().is_some() {
            let _ = std::fs::remove_file(projection(folder.path()));
        }
        prop_assert_eq!(projected, answers(&ledger));
    }
}

#[test]
fn a_projection_is_read_and_verify_compares_it() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, _) = ledger_of(folder.path(), &some_steps());
    let written = ledger.project().unwrap().unwrap();
    assert_eq!(written.file, projection(folder.path()));
    assert!(ledger.verify(None).unwrap().faults.is_empty());
    let recorded = answers(&ledger);
    // Another history under the same hash, as nobody but a forger has it.
    let other = tempfile::tempdir().unwrap();
    let forged = other.path().join("humstat.db");
    drop(ledger);
    std::fs::copy(folder.path().join("humstat.db"), &forged).unwrap();
    let connection = rusqlite::Connection::open(&forged).unwrap();
    connection
        .execute_batch("DROP TRIGGER figure_refuses_update; UPDATE figure SET value = value + 1000")
        .unwrap();
    drop(connection);
    Ledger::create(&forged).unwrap().project().unwrap();
    std::fs::copy(projection(other.path()), projection(folder.path())).unwrap();
    let ledger = Ledger::open(&folder.path().join("humstat.db")).unwrap();
    assert_ne!(answers(&ledger), recorded, "the projection was not read");
    let faults = ledger.verify(None).unwrap().faults;
    assert_eq!(faults.len(), 1);
    assert!(faults[0].what.contains("delete the projection"));
    std::fs::remove_file(projection(folder.path())).unwrap();
    assert_eq!(answers(&ledger), recorded);
    assert!(ledger.verify(None).unwrap().faults.is_empty());
}

#[test]
fn what_lies_in_its_place_changes_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let steps = some_steps();
    let (ledger, _) = ledger_of(folder.path(), &steps);
    let answer = || {
        let all = Selection {
            versions: Versions::All,
            ..Selection::default()
        };
        ledger.figures(&all).unwrap()
    };
    let expected = answer();
    let file = projection(folder.path());
    ledger.project().unwrap();
    let whole = std::fs::read(&file).unwrap();
    assert_eq!(answer(), expected);
    for at in (0..whole.len()).step_by(41) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        std::fs::write(&file, flipped).unwrap();
        assert_eq!(answer(), expected, "byte {at}");
        std::fs::write(&file, &whole[..at]).unwrap();
        assert_eq!(answer(), expected, "cut at {at}");
    }
    let other = tempfile::tempdir().unwrap();
    // Fewer steps, and as many entries.
    let (foreign, _) = ledger_of(other.path(), &steps[1..]);
    foreign.project().unwrap();
    std::fs::copy(projection(other.path()), &file).unwrap();
    assert_eq!(answer(), expected, "of another ledger");
    std::fs::write(&file, "no Parquet at all").unwrap();
    assert_eq!(answer(), expected, "words");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    assert_eq!(answer(), expected, "a folder");
    assert!(ledger.project().is_err(), "a folder is not overwritten");
    assert_eq!(answer(), expected, "no projection");
}

/// A ledger that was restored from a backup has not seen what its projection holds.
#[test]
fn a_restored_backup_ignores_a_later_projection() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("humstat.db");
    let steps = some_steps();
    let (mut ledger, mut reference) = ledger_of(folder.path(), &steps[..steps.len() / 2]);
    let backup = folder.path().join("backup.db");
    ledger.backup(&backup, true).unwrap();
    let expected = answers(&ledger);
    play(&mut ledger, &mut reference, &steps[steps.len() / 2..]);
    ledger.project().unwrap();
    drop(ledger);
    std::fs::rename(&backup, &path).unwrap();
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(answers(&ledger), expected);
    assert!(ledger.verify(None).unwrap().faults.is_empty());
}

/// A table of so many days in five places.
fn table(days: u64, add: u64) -> String {
    let mut table = "day,place,number\n".to_owned();
    let first = chrono::NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
    for number in 0..days {
        let day = first + chrono::Days::new(number);
        for place in ["Poland", "Hungary", "Slovakia", "Romania", "Moldova"] {
            table.push_str(&format!("{day},{place},{}\n", number + add));
        }
    }
    table
}

fn ingest(desk: &Desk, days: u64, add: u64, published: &str) {
    let mapping = MAPPING
        .replace("since = \"2022-02-24\"", "since = \"1990-01-01\"")
        .replace("2022-05-01", published);
    desk.put("map.toml", mapping)
        .put("table.csv", table(days, add));
    desk.run("ingest table table.csv --map map.toml").succeeds();
}

#[test]
fn a_large_ledger_is_projected_by_recording_and_answers_alike() {
    let desk = Desk::new();
    let file = projection(desk.folder());
    ingest(&desk, 9_000, 0, "2022-05-01");
    assert!(!file.exists(), "a small ledger needs none");
    ingest(&desk, 3_000, 5, "2022-05-02");
    let first = std::fs::read(&file).unwrap();
    ingest(&desk, 1_000, 7, "2022-05-03");
    assert!(std::fs::read(&file).unwrap() == first, "a short tail stays");
    let lines = [
        "figures --at 1995-01-01",
        "figures --as-known-on 2022-05-01 --period 1992..1993",
        "figures --as-known-on 2022-05-01 --period 1992..1993 --format json",
        "figures --all-versions --period ..1996 -o /dev/stdout --format jsonl",
        "summary --at 1992-01-01 --as-recorded-at 2 --total",
    ];
    let answers = || lines.map(|line| desk.run(line).succeeds().stdout);
    let projected = answers();
    std::fs::remove_file(&file).unwrap();
    assert!(projected == answers());
    // Without a projection all comes at once, with it in parts: the bytes are the same.
    desk.run("figures -o whole.parquet").succeeds();
    desk.run("ledger backup copy.db").succeeds();
    desk.run("ledger project")
        .succeeds()
        .says("wrote humstat.figures.parquet: 65000 figures, up to entry 3");
    assert!(projected == answers());
    desk.run("figures -o parts.parquet").succeeds();
    let bytes = |name| std::fs::read(desk.path(name)).unwrap();
    assert!(bytes("whole.parquet") == bytes("parts.parquet"));
    assert!(!desk.path("copy.figures.parquet").exists());
    // Who reads the beginning alone is served and nothing is said.
    let mut child = desk
        .command("figures --quiet")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut beginning = [0; 9];
    child
        .stdout
        .take()
        .unwrap()
        .read_exact(&mut beginning)
        .unwrap();
    assert_eq!(&beginning, b"figure_id");
    let ended = child.wait_with_output().unwrap();
    assert!(
        ended.status.success() && ended.stderr.is_empty(),
        "{ended:?}"
    );
    ends_with_the_first_error(&Ledger::open(&desk.path("humstat.db")).unwrap());
}

/// Who takes parts can end it, and asks other questions after it.
fn ends_with_the_first_error(ledger: &Ledger) {
    let mut taken = 0;
    let ended = ledger.figures_in_parts(&Selection::default(), |_| {
        taken += 1;
        Err(LedgerError::NoSuchFigure("enough".to_owned()))
    });
    assert!(matches!(ended, Err(LedgerError::NoSuchFigure(words)) if words == "enough"));
    assert_eq!(taken, 1);
    let whole = answer(ledger, &Selection::default());
    assert_eq!(whole.rows.len(), 45_000);
}

/// As in a folder that cannot be written to, also for one who may write everywhere.
#[test]
fn a_projection_that_cannot_be_written_is_no_error_unless_asked_for() {
    let desk = Desk::new();
    let beside = desk.path("humstat.figures.parquet.tmp");
    std::fs::create_dir(&beside).unwrap();
    ingest(&desk, 11_000, 0, "2022-05-01");
    assert!(!projection(desk.folder()).exists());
    desk.run("figures --at 1995-01-01").succeeds();
    desk.run("ledger project")
        .ends_with(1)
        .says("humstat.figures.parquet: ");
    std::fs::remove_dir(&beside).unwrap();
    ingest(&desk, 10, 1, "2022-05-02");
    assert!(
        projection(desk.folder()).exists(),
        "the next recording does"
    );
}

/// A ledger and its projection in a folder that nobody may write to.
#[cfg(unix)]
#[test]
fn a_read_only_folder_is_read_with_its_projection() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    ingest(&desk, 100, 0, "2022-05-01");
    desk.run("ledger project").succeeds();
    let expected = desk.run("figures --at 1990-02-01").succeeds().stdout;
    let allow = |mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(desk.folder(), mode).unwrap();
    };
    allow(0o555);
    let found = desk.run("figures --at 1990-02-01");
    allow(0o755);
    assert_eq!(found.succeeds().stdout, expected);
}

#[test]
fn a_ledger_that_is_not_there_has_nothing_to_project() {
    let desk = Desk::new();
    desk.run("ledger project")
        .ends_with(1)
        .says("there is no ledger");
    assert!(!desk.path("humstat.db").exists());
}

/// Killed at any moment, the file in its place is the old one or the new one.
#[test]
fn a_projection_that_is_killed_leaves_no_half_file() {
    let desk = Desk::new();
    let file = projection(desk.folder());
    ingest(&desk, 4_000, 0, "2022-05-01");
    desk.run("ledger project").succeeds();
    let old = std::fs::read(&file).unwrap();
    ingest(&desk, 4_000, 1, "2022-05-02");
    let begin = Instant::now();
    desk.run("ledger project").succeeds();
    let all = begin.elapsed();
    let new = std::fs::read(&file).unwrap();
    let expected = desk.run("figures --at 1995-01-01").succeeds().stdout;
    const KILLS: u32 = 10;
    for kill in 0..KILLS {
        std::fs::write(&file, &old).unwrap();
        let mut child = desk
            .command("ledger project --quiet")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(all * kill / KILLS + Duration::from_millis(1));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = std::fs::read(&file).unwrap();
        assert!(found == old || found == new, "kill {kill}");
        assert!(desk.run("figures --at 1995-01-01").succeeds().stdout == expected);
    }
    desk.run("ledger project").succeeds();
    assert!(std::fs::read(&file).unwrap() == new);
    assert!(!desk.path("humstat.figures.parquet.tmp").exists());
}
