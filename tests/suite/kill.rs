//! `kill -9` at random moments of an ingest: the ledger opens, verifies, and holds whole entries only.
//!
//! 25 times by default, so that a test run stays short; `HUMSTAT_KILLS=200` for the full measure.

use std::fmt::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::common::{Desk, MAPPING};

/// Rows of the table that is ingested while killed.
const ROWS: u32 = 20_000;

/// A small generator of numbers that only look random: the same moments in every run.
struct Moments(u64);

impl Moments {
    /// A share of a whole, from 0 to 1.
    fn share(&mut self) -> f64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Every day of two years in five places; `add` makes the numbers of one table differ from others.
fn table(add: u32) -> String {
    let mut table = "day,place,number\n".to_owned();
    let first = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
    for row in 0..ROWS / 5 {
        let day = first + chrono::Days::new(u64::from(row));
        for place in ["Poland", "Hungary", "Slovakia", "Romania", "Moldova"] {
            writeln!(table, "{day},{place},{}", row + add).unwrap();
        }
    }
    table
}

/// Entries of a ledger and the figures in each, as SQLite sees them without our program.
pub fn entries(desk: &Desk) -> Vec<(i64, i64)> {
    if !has_schema(desk) {
        return Vec::new();
    }
    let connection = rusqlite::Connection::open(desk.path("humstat.db")).unwrap();
    connection
        .prepare("SELECT id, (SELECT COUNT(*) FROM figure WHERE entry = entry.id) FROM entry ORDER BY id")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// Whether the file is more than one whose maker was killed before the first byte of the schema.
fn has_schema(desk: &Desk) -> bool {
    let connection = rusqlite::Connection::open(desk.path("humstat.db")).unwrap();
    let tables: i64 = connection
        .query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))
        .unwrap();
    tables > 0
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "more kills are asked for through the environment"
)]
fn an_ingest_that_is_killed_leaves_whole_entries_or_nothing() {
    let kills: u32 = std::env::var("HUMSTAT_KILLS")
        .ok()
        .map_or(25, |kills| kills.parse().unwrap());
    let mapping = MAPPING.replace("since = \"2022-02-24\"", "since = \"2000-01-01\"");
    let ingest = "ingest table table.csv --map map.toml --quiet";

    // How long it takes when nobody kills it, and where in it the writing begins.
    let whole = Desk::new();
    whole.put("map.toml", &mapping).put("table.csv", table(0));
    let begin = Instant::now();
    whole.run(&format!("{ingest} --dry-run")).succeeds();
    let reading = begin.elapsed();
    let begin = Instant::now();
    whole.run(ingest).succeeds();
    let all = begin.elapsed();

    let mut moments = Moments(0x6875_6d73_7461_7421);
    let (mut landed, mut mid_write, mut fresh) = (0, 0, 0);
    let mut desk = Desk::new();
    for kill in 0..kills {
        // Every fifth time the ledger does not exist yet, which is a moment of its own.
        if kill % 5 == 0 {
            desk = Desk::new();
            desk.put("map.toml", &mapping);
            fresh += 1;
        }
        let published = format!("--published 2022-06-{:02}", kill % 5 + 1);
        desk.put(
            "map.toml",
            mapping.replace("published = \"2022-05-01\"\n", ""),
        );
        desk.put("table.csv", table(kill + 1));
        let before = if desk.path("humstat.db").exists() {
            entries(&desk)
        } else {
            Vec::new()
        };
        let mut child = desk
            .command(&format!("{ingest} {published}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Half of the moments lie anywhere in the writing, half about its end, where it is committed.
        let (from, length) = if kill % 2 == 0 {
            (0.0, 1.1)
        } else {
            (0.85, 0.2)
        };
        let writing = all.saturating_sub(reading);
        std::thread::sleep(reading + writing.mul_f64(from + length * moments.share()));
        // The log stands beside the ledger while it is open for writing, and goes when it is closed.
        let writing = desk.path("humstat.db-wal").exists();
        child.kill().unwrap();
        let killed = !child.wait().unwrap().success();
        if !desk.path("humstat.db").exists() {
            continue;
        }
        let after = entries(&desk);
        for (entry, figures) in &after {
            assert_eq!(*figures, i64::from(ROWS), "entry {entry} after kill {kill}");
        }
        assert!(after.starts_with(&before), "what was there stays");
        assert!(after.len() <= before.len() + 1);
        if after.len() > before.len() {
            landed += 1;
        } else if killed && writing {
            mid_write += 1;
        }
        let verified = desk.run("ledger verify");
        if !has_schema(&desk) {
            verified.ends_with(1).says("there is no ledger");
        } else if after.is_empty() {
            verified.ends_with(3).says("is empty");
        } else {
            verified.succeeds();
        }
    }
    eprintln!(
        "{kills} kills ({fresh} of new ledgers): {mid_write} while writing, {landed} entries landed; \
         an ingest took {all:.1?}, of which {reading:.1?} reading"
    );
    assert!(all > Duration::from_millis(50), "too quick to be killed");
    assert!(
        landed < kills && mid_write > 0,
        "too few kills met the writing: {mid_write} of {kills}, {landed} landed"
    );
    // What was killed can be done again; should the last have landed, its bytes are recorded already.
    desk.put("table.csv", table(kills + 1));
    desk.run(&format!("{ingest} --published 2022-07-01"))
        .succeeds();
    desk.run("ledger verify").succeeds();
}
