//! Files that are no ledger, ledgers that somebody changed: found, named, and never written to.

use rusqlite::Connection;

use super::common::{Desk, column};
use super::ledger_commands::{desk, head};

/// Opens a desk's ledger as somebody with SQLite at hand would.
fn open(desk: &Desk) -> Connection {
    Connection::open(desk.path("humstat.db")).unwrap()
}

#[test]
fn a_file_that_is_no_ledger_is_left_alone() {
    let desk = Desk::new();
    desk.put(
        "text.db",
        "these are words, and no database at all, however long the file may be ".repeat(40),
    );
    let other = Connection::open(desk.path("other.db")).unwrap();
    other
        .execute_batch("CREATE TABLE figure (id INTEGER); INSERT INTO figure VALUES (1)")
        .unwrap();
    drop(other);
    desk.put("table.csv", "day,place,number\n2022-03-01,Poland,1\n");
    desk.put("map.toml", super::common::MAPPING);
    for (file, what) in [
        ("text.db", "it is no SQLite file"),
        ("other.db", "an SQLite file of another program"),
    ] {
        let before = std::fs::read(desk.path(file)).unwrap();
        for line in [
            "figures",
            "ledger verify",
            "ingest table table.csv --map map.toml",
        ] {
            desk.run(&format!("{line} --ledger {file}"))
                .ends_with(1)
                .says(&format!("{file} is no humstat ledger"))
                .says(what);
        }
        assert!(
            std::fs::read(desk.path(file)).unwrap() == before,
            "{file} was written to"
        );
    }
}

#[test]
fn a_ledger_of_a_later_program_is_left_alone() {
    let desk = desk();
    open(&desk)
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    desk.put("new.csv", "day,place,number\n2022-03-09,Poland,1\n");
    for line in [
        "figures",
        "ledger verify",
        "ingest table new.csv --map map.toml",
    ] {
        desk.run(line)
            .ends_with(1)
            .says("has schema 99")
            .says("update humstat");
    }
    let entries: i64 = open(&desk)
        .query_row("SELECT COUNT(*) FROM entry", [], |row| row.get(0))
        .unwrap();
    assert_eq!(entries, 3);
}

#[test]
fn triggers_refuse_to_change_or_delete_rows() {
    let desk = desk();
    let connection = open(&desk);
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(tables.len() >= 10, "{tables:?}");
    for table in &tables {
        let rows: i64 = connection
            .query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| {
                row.get(0)
            })
            .unwrap();
        if rows == 0 {
            continue;
        }
        for change in [
            format!("UPDATE {table} SET id = id"),
            format!("DELETE FROM {table}"),
        ] {
            let error = connection.execute_batch(&change).unwrap_err().to_string();
            assert!(
                error.contains("a ledger is only added to"),
                "{change}: {error}"
            );
        }
    }
    desk.run("ledger verify").succeeds();
}

/// Lifts the guards of a table and does what they forbid.
fn tamper(desk: &Desk, table: &str, change: &str) {
    open(desk)
        .execute_batch(&format!(
            "PRAGMA foreign_keys = OFF;
             DROP TRIGGER {table}_refuses_update; DROP TRIGGER {table}_refuses_delete; {change}"
        ))
        .unwrap();
}

#[test]
fn a_changed_row_is_found_and_its_entry_named() {
    for (table, change) in [
        (
            "figure",
            "UPDATE figure SET value = value + 1 WHERE entry = 2",
        ),
        (
            "figure",
            "UPDATE figure SET qualifier = 'about' WHERE entry = 2",
        ),
        (
            "figure",
            "DELETE FROM figure WHERE id = (SELECT MAX(id) FROM figure WHERE entry = 2)",
        ),
        (
            "publication",
            "UPDATE publication SET version = version - 86400 WHERE entry = 2",
        ),
        (
            "publication",
            "UPDATE publication SET url = 'https://example.org' WHERE entry = 2",
        ),
        (
            "reading",
            "UPDATE reading SET mapping = mapping || ' ' WHERE entry = 2",
        ),
        (
            "capture",
            "UPDATE capture SET name = 'other.csv' WHERE entry = 2",
        ),
        (
            "entry",
            "UPDATE entry SET summary = 'nothing to see' WHERE id = 2",
        ),
        (
            "entry",
            "UPDATE entry SET recorded_at = recorded_at - 1 WHERE id = 2",
        ),
        (
            "entry",
            "UPDATE entry SET program = 'humstat 9' WHERE id = 2",
        ),
        (
            "capture_chunk",
            "UPDATE capture_chunk SET zstd = (SELECT zstd FROM capture_chunk WHERE id = 1) WHERE id = 2",
        ),
    ] {
        let desk = desk();
        tamper(&desk, table, change);
        desk.run("ledger verify").ends_with(5).says("entry 2: ");
    }
}

#[test]
fn rows_that_were_slipped_in_are_found() {
    let insert = "INSERT INTO figure SELECT (SELECT MAX(id) + 1 FROM figure), 2, publication,
        series, period_start, period_end, version, 77, low, high, qualifier, status, missing,
        restates, source_row, notes FROM figure WHERE id = 3";
    let desk = desk();
    open(&desk).execute_batch(insert).unwrap();
    desk.run("ledger verify").ends_with(5);
    let desk = self::desk();
    open(&desk)
        .execute_batch(&format!(
            "PRAGMA foreign_keys = OFF; {}",
            insert.replace(", 2, publication", ", 9, publication")
        ))
        .unwrap();
    desk.run("ledger verify").ends_with(5);
}

#[test]
fn one_flipped_byte_of_the_file_is_found() {
    let desk = desk();
    let file = desk.path("humstat.db");
    let bytes = std::fs::read(&file).unwrap();
    let needle = b"2022-03-02.csv: 2 figures";
    let at = bytes
        .windows(needle.len())
        .position(|window| window == needle)
        .unwrap();
    let mut changed = bytes.clone();
    changed[at] ^= 1;
    std::fs::write(&file, &changed).unwrap();
    desk.run("ledger verify").ends_with(5).says("entry 2: ");
}

#[test]
fn a_cut_tail_is_found_by_the_hash_that_was_noted() {
    let desk = desk();
    let noted = head(&desk);
    desk.run(&format!("ledger verify --head {}", &noted[..12]))
        .succeeds();
    let connection = open(&desk);
    // Who cuts with care puts the guards back.
    let guards: Vec<String> = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE name LIKE '%refuses_delete'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for table in [
        "figure",
        "sighting",
        "coverage",
        "retraction",
        "retrieval",
        "publication",
        "reading",
        "capture",
        "series",
        "entry",
    ] {
        let column = if table == "entry" { "id" } else { "entry" };
        if table == "capture" {
            connection
                .execute_batch(
                    "DROP TRIGGER capture_chunk_refuses_delete;
                     DELETE FROM capture_chunk WHERE capture IN
                         (SELECT id FROM capture WHERE entry = 3)",
                )
                .unwrap();
        }
        connection
            .execute_batch(&format!(
                "DROP TRIGGER {table}_refuses_delete; DELETE FROM {table} WHERE {column} = 3"
            ))
            .unwrap();
    }
    desk.run("ledger verify")
        .ends_with(5)
        .says("the trigger figure_refuses_delete is missing");
    for guard in guards {
        // Those of tables that were not cut are there still.
        let _ = connection.execute_batch(&guard);
    }
    drop(connection);
    assert_eq!(column(&desk.rows("figures"), "entry"), ["1", "2", "1", "2"]);
    desk.run("ledger verify").succeeds();
    desk.run(&format!("ledger verify --head {noted}"))
        .ends_with(5)
        .says("the tail was cut");
}

#[test]
fn a_truncated_file_is_no_crash() {
    let desk = desk();
    let file = desk.path("humstat.db");
    let bytes = std::fs::read(&file).unwrap();
    for keep in [bytes.len() / 2, 4096, 100] {
        std::fs::write(&file, &bytes[..keep]).unwrap();
        desk.run("ledger verify").ends_with(5).says("damaged");
        desk.run("figures").ends_with(5).says("damaged");
    }
}
