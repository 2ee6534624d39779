//! Many processes at one ledger: each gets its entry, readers see whole entries, copies are whole.

use std::process::{Child, Stdio};

use super::common::Desk;
use super::faults::{count_of, desk_of, table, verified};

fn start(desk: &Desk, line: &str) -> Child {
    desk.command(line)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[track_caller]
fn succeeds(child: Child) -> String {
    let output = child.wait_with_output().unwrap();
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{talk}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn sixteen_writers_at_once_each_get_their_entry() {
    let rounds: &[usize] = if count_of("HUMSTAT_WRITERS", 0) > 0 {
        &[2, 3, 4, 8, 16, 16, 16]
    } else {
        &[2, 16]
    };
    for &writers in rounds {
        // No ledger yet: they all want to make it.
        let desk = Desk::new();
        desk.put(
            "map.toml",
            super::common::MAPPING.replace("published = \"2022-05-01\"\n", ""),
        );
        let children: Vec<Child> = (0..writers)
            .map(|writer| {
                let name = format!("{writer}.csv");
                desk.put(&name, table(3, 100 * writer as u32));
                start(
                    &desk,
                    &format!(
                        "ingest table {name} --map map.toml --published 2022-05-{:02}",
                        writer + 1
                    ),
                )
            })
            .collect();
        for child in children {
            succeeds(child);
        }
        assert_eq!(verified(&desk), writers);
        let figures = desk.rows("figures --all-versions");
        assert_eq!(figures.len(), 15 * writers, "each has changed each cell");
    }
}

#[test]
fn readers_see_whole_entries_while_others_write() {
    let desk = desk_of(3);
    let writers: Vec<Child> = (1..5_u32)
        .map(|writer| {
            let name = format!("{writer}.csv");
            let map = format!("{writer}.toml");
            desk.put(&name, table(3, 100 * writer));
            desk.put(
                &map,
                super::common::MAPPING.replace("05-01", &format!("05-{:02}", writer + 1)),
            );
            start(&desk, &format!("ingest table {name} --map {map}"))
        })
        .collect();
    for _ in 0..4 {
        let rows = desk.rows("figures --all-versions --quiet");
        assert_eq!(rows.len() % 15, 0, "a reader saw a part of an entry");
        desk.run("ledger verify").succeeds();
    }
    writers.into_iter().for_each(|child| {
        succeeds(child);
    });
    assert_eq!(verified(&desk), 5);
}

/// A copy by other means is a prefix of the ledger, or is found damaged; a backup is always whole.
#[test]
fn a_ledger_that_is_copied_while_it_is_written() {
    let desk = desk_of(3);
    let copies = count_of("HUMSTAT_COPIES", 6);
    let mut whole = 0;
    for copy in 1..=copies {
        desk.put("more.csv", table(200, 10 * copy as u32));
        desk.put(
            "more.toml",
            super::common::MAPPING.replace(
                "2022-05-01",
                &format!("2022-06-01T{:02}:{:02}:00", copy / 60, copy % 60),
            ),
        );
        let writer = start(&desk, "ingest table more.csv --map more.toml");
        std::thread::sleep(std::time::Duration::from_millis(40 * (copy as u64 % 5)));
        let name = format!("copy-{copy}.db");
        std::fs::copy(desk.path("humstat.db"), desk.path(&name)).unwrap();
        desk.run(&format!("ledger backup backup-{copy}.db"))
            .succeeds();
        desk.run(&format!("ledger verify --ledger backup-{copy}.db"))
            .succeeds();
        succeeds(writer);
        let log = desk.run("ledger log").succeeds().stdout;
        let found = desk.run(&format!("ledger log --ledger {name}"));
        let verified = desk
            .command(&format!("ledger verify --ledger {name}"))
            .output()
            .unwrap();
        match verified.status.code() {
            Some(0) => {
                assert!(
                    log.starts_with(&found.succeeds().stdout),
                    "a copy is a prefix"
                );
                whole += 1;
            }
            code => assert_eq!(code, Some(5), "{verified:?}"),
        }
    }
    eprintln!("{whole} of {copies} plain copies were whole, the others were found damaged");
}
