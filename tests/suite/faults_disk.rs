//! Disks that are full or read-only: nothing is half there, what was there stays, and the words say why.

use super::common::Desk;
use super::faults::{count_of, desk_of, files, read_only, small_disk, table, under, verified};

/// Commands that write, and what they leave.
const COMMANDS: [(&str, &str); 8] = [
    ("ingest table more.csv --map map.toml", ""),
    ("ledger project", "humstat.figures.parquet"),
    ("ledger backup out.db", "out.db"),
    ("figures -o out.csv", "out.csv"),
    ("export data-package -o out", "out"),
    ("export datasette -o out.db", "out.db"),
    ("report --location POL -o out.html", "out.html"),
    ("chart line --location POL -o out.png", "out.png"),
];

/// A file that may not grow beyond a size is a disk that is full at any place of any file. With the
/// signal ignored, the system's answer to a write is an error; with it, the process is killed.
#[test]
fn wherever_the_disk_is_full_nothing_is_half_there() {
    // A temporary file of the projection may lie there; it is never read.
    let visible = |desk: &Desk| {
        let mut found = files(desk.folder());
        found.retain(|(path, _)| {
            let name = path.file_name().unwrap().to_string_lossy();
            !name.contains("-wal") && !name.contains("-shm") && !name.ends_with(".tmp")
        });
        found
    };
    let steps = count_of("HUMSTAT_FULL_DISKS", 3);
    let (mut refused, mut done) = (0, 0);
    for (command, leaves) in COMMANDS {
        let desk = desk_of(40);
        desk.put("more.csv", table(40, 7_000));
        let before = visible(&desk);
        for step in 0..steps {
            // In blocks, of 512 bytes or of 1 KiB as shells have it.
            let blocks = step * step * 1_400 / (steps * steps);
            for ignore in ["trap '' XFSZ", ""] {
                let output = under(&desk, &format!("{ignore}\nulimit -f {blocks}"), command);
                let talk = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(!talk.contains("panicked"), "{command} at {blocks}: {talk}");
                if output.status.success() {
                    done += 1;
                } else {
                    refused += 1;
                    if !ignore.is_empty() {
                        assert_eq!(
                            output.status.code(),
                            Some(1),
                            "{command} at {blocks}: {talk}"
                        );
                        assert!(talk.contains("humstat: "), "{talk}");
                    }
                    assert_eq!(verified(&desk), 1, "{command} at {blocks}: {talk}");
                    assert!(
                        visible(&desk) == before,
                        "{command} at {blocks} left something: {talk}"
                    );
                }
                if output.status.success() {
                    if leaves.is_empty() {
                        assert_eq!(verified(&desk), 2);
                        break;
                    }
                    let made = desk.path(leaves);
                    assert!(made.exists(), "{command} made nothing");
                    for entry in [
                        leaves,
                        "out.sources.md",
                        "metadata.json",
                        "out.metadata.json",
                    ] {
                        let path = desk.path(entry);
                        let _ =
                            std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
                    }
                }
            }
        }
        desk.run(command).succeeds();
    }
    eprintln!("{refused} full disks were told, {done} commands found room");
    assert!(refused > 0);
}

#[test]
fn a_small_disk_that_fills_loses_nothing_and_says_so() {
    let desk = Desk::new();
    desk.put("map.toml", super::common::MAPPING);
    let Some(_mounted) = small_disk(&desk.path("small"), 1400) else {
        return;
    };
    let mut landed = 0;
    let words = loop {
        desk.put("more.csv", table(200, landed * 1000));
        let output = desk
            .command("ingest table more.csv --map map.toml --ledger small/humstat.db")
            .output()
            .unwrap();
        if !output.status.success() {
            break String::from_utf8_lossy(&output.stderr).into_owned();
        }
        landed += 1;
        assert!(landed < 200, "the disk never filled");
    };
    assert!(landed > 0, "{words}");
    assert!(words.contains("full; nothing was changed"), "{words}");
    // With what is left of the disk, all of it can still be read.
    desk.run("ledger verify --ledger small/humstat.db")
        .succeeds();
    let log = desk.run("ledger log --ledger small/humstat.db").succeeds();
    assert_eq!(log.stdout.lines().count() as u32, landed);
    for line in [
        "figures -o small/out.csv",
        "ledger backup small/out.db",
        "export data-package -o small/out",
    ] {
        let told = desk.run(&format!("{line} --ledger small/humstat.db"));
        told.ends_with(1).says("small/out");
        for (path, _) in files(&desk.path("small")) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(name.starts_with("humstat"), "{line} left {name}");
        }
    }
}

#[test]
fn a_read_only_folder_is_read_and_never_written() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("shut")).unwrap();
    desk.put("map.toml", super::common::MAPPING)
        .put("table.csv", table(10, 0))
        .put("more.csv", table(10, 500));
    let at = "--ledger shut/humstat.db";
    desk.run(&format!("ingest table table.csv --map map.toml {at}"))
        .succeeds();
    let Some(_mounted) = read_only(&desk.path("shut")) else {
        return;
    };
    let before = files(&desk.path("shut"));
    for line in ["figures", "ledger verify", "ledger log", "summary"] {
        desk.run(&format!("{line} {at}")).succeeds();
    }
    desk.run(&format!("ledger backup out.db {at}")).succeeds();
    desk.run("ledger verify --ledger out.db").succeeds();
    for (line, words) in [
        ("ingest table more.csv --map map.toml", "read-only"),
        ("ledger retract 1 --reason x", "read-only"),
        ("figures -o shut/out.csv", "shut/out.csv cannot be written"),
        ("export geojson -o shut/out.geojson", "cannot be written"),
        ("export data-package -o shut/out", "cannot be written"),
        ("ledger backup shut/out.db", "shut/out.db"),
    ] {
        desk.run(&format!("{line} {at}")).ends_with(1).says(words);
    }
    assert!(files(&desk.path("shut")) == before, "something was written");
}
