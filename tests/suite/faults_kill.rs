//! `kill -9` at random moments of all commands that write: output is whole or absent, nothing that was
//! acknowledged is lost, and what only reads changes no byte of the ledger.
//!
//! A few times by default; `HUMSTAT_FAULT_KILLS=1000` for the full measure.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::blog;
use super::common::Desk;
use super::faults::{Moments, count_of, desk_of, files, table, verified};

/// What a command leaves.
#[derive(Clone, Copy, PartialEq)]
enum Leaves {
    /// Files under a name, the same bytes whenever it is done; the ledger stays as it is.
    Output(&'static str),
    /// One entry, and a line on stdout once it is there.
    Entry,
    /// A copy of the ledger.
    Backup(&'static str),
}

/// The commands; `{}` stands for the number of the kill.
const COMMANDS: [(&str, Leaves); 14] = [
    ("ledger project", Leaves::Output("humstat.figures.parquet")),
    ("figures -o out.csv", Leaves::Output("out")),
    ("figures -o out.xlsx", Leaves::Output("out")),
    ("figures -o out.parquet", Leaves::Output("out")),
    ("export data-package -o out", Leaves::Output("out")),
    ("export datasette -o out.db", Leaves::Output("out")),
    ("export parquet -o out", Leaves::Output("out")),
    ("export geojson -o out.geojson", Leaves::Output("out")),
    ("report --location POL -o out.html", Leaves::Output("out")),
    (
        "chart line --location POL -o out.svg",
        Leaves::Output("out"),
    ),
    (
        "chart line --location POL -o out.png",
        Leaves::Output("out"),
    ),
    (
        "record --indicator border_crossings --claimant UNHCR --channel press/a --origin UKR --location POL \
         --measure cumulative --since 2022-02-24 --period 2022-03-02 --value {} --published 2022-03-02 --title T",
        Leaves::Entry,
    ),
    (
        "ingest table more.csv --map more.toml --published 2022-05-02T00:00:{}",
        Leaves::Entry,
    ),
    ("ledger backup out.db", Leaves::Backup("out.db")),
];

fn begin(desk: &Desk, line: &str) -> Child {
    desk.command(line)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Removes what a command leaves, hidden beginnings too.
fn clear(desk: &Desk) {
    for entry in std::fs::read_dir(desk.folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            std::fs::remove_dir_all(path).unwrap();
        } else if name.starts_with(['.', 'o']) || name.starts_with("humstat.figures") {
            std::fs::remove_file(path).unwrap();
        }
    }
}

/// The output of a command by the beginning of its name.
fn left(desk: &Desk, name: &str) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = files(desk.folder());
    found.retain(|(path, _)| {
        let inside = path.strip_prefix(desk.folder()).unwrap();
        inside.starts_with(name) || inside.to_string_lossy().starts_with(&format!("{name}."))
    });
    // What Parquet is written to first has a plain name, so that a second writer takes the same.
    found.retain(|(path, _)| path.extension().is_none_or(|ending| ending != "tmp"));
    found
}

fn kill(mut child: Child, after: Duration) -> bool {
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap().success()
}

#[test]
fn what_is_killed_leaves_whole_files_and_whole_entries() {
    let kills = count_of("HUMSTAT_FAULT_KILLS", 2 * COMMANDS.len());
    let desk = desk_of(60);
    let map = super::common::mapping_with(&[("published = \"2022-05-01\"\n", "")]);
    desk.put("more.toml", map);
    let mut moments = Moments(0x6b69_6c6c_2d39);
    let (mut finished, mut cut) = (0, 0);
    let each = kills.div_ceil(COMMANDS.len());
    for (command, leaves) in COMMANDS {
        let whole = |number: usize| {
            desk.put("more.csv", table(20, 100 * number as u32 + 7));
            let value = if command.contains("more.csv") {
                number % 60
            } else {
                number
            };
            command.replace("{}", &format!("{value:02}"))
        };
        clear(&desk);
        let start = Instant::now();
        desk.run(&whole(0)).succeeds();
        let takes = start.elapsed();
        let expected = match leaves {
            Leaves::Output(name) => left(&desk, name),
            Leaves::Entry | Leaves::Backup(_) => Vec::new(),
        };
        let entries = || super::kill::entries(&desk);
        for number in 1..=each {
            clear(&desk);
            let before = entries();
            let ledger = std::fs::read(desk.path("humstat.db")).unwrap();
            let child = begin(&desk, &whole(number));
            let done = kill(child, takes.mul_f64(1.1 * moments.share()));
            if done {
                finished += 1;
            } else {
                cut += 1;
            }
            match leaves {
                Leaves::Output(name) => {
                    let found = left(&desk, name);
                    let is_whole = found == expected;
                    // A table and its sources are two files, each of them whole.
                    let each_is_whole = found.iter().all(|file| expected.contains(file));
                    assert!(
                        is_whole || !done,
                        "{command} was done and left {}",
                        found.len()
                    );
                    assert!(each_is_whole, "kill {number} of {command} left half a file");
                    if Path::new(name).extension().is_none() && desk.path(name).is_dir() {
                        assert!(is_whole, "kill {number} of {command} left half a folder");
                    }
                    let now = std::fs::read(desk.path("humstat.db")).unwrap();
                    assert!(now == ledger, "{command} only reads");
                }
                Leaves::Entry => {
                    let after = entries();
                    assert!(after.starts_with(&before), "what was there stays");
                    assert!(after.len() <= before.len() + 1);
                    assert!(
                        after.len() > before.len() || !done,
                        "{command} was acknowledged"
                    );
                }
                Leaves::Backup(name) => {
                    if desk.path(name).exists() {
                        desk.run(&format!("ledger verify --ledger {name}"))
                            .succeeds();
                    } else {
                        assert!(!done, "{command} was acknowledged");
                    }
                }
            }
            verified(&desk);
        }
    }
    eprintln!(
        "{} kills of {} commands: {cut} while at work, {finished} after the end; all survived",
        cut + finished,
        COMMANDS.len()
    );
    assert!(
        cut > kills / 4,
        "too few kills met the work: {cut} of {kills}"
    );
}

/// What a person decided stands, or was never said to stand.
#[test]
fn a_decision_that_is_killed_is_taken_or_not() {
    let mut moments = Moments(0x7265_7669_6577);
    for _ in 0..count_of("HUMSTAT_FAULT_KILLS", 40).div_ceil(20) {
        let desk = blog::desk();
        let start = Instant::now();
        desk.run("review list").succeeds();
        let takes = start.elapsed();
        let before = super::kill::entries(&desk);
        let child = begin(&desk, "review accept c1");
        let done = kill(child, takes.mul_f64(1.5 * moments.share()));
        let after = super::kill::entries(&desk);
        assert!(after.starts_with(&before));
        assert!(after.len() == before.len() + 1 || !done);
        verified(&desk);
        let waits = desk.run("review list --quiet").stdout.contains("c1,");
        assert_eq!(
            waits,
            after.len() == before.len(),
            "it waits, or was recorded"
        );
    }
}
