//! What tests of faults share: moments to kill at, limits of a shell, disks that are small or read-only,
//! and what must hold of a ledger after each fault.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::common::{Desk, MAPPING};

/// A number that the environment gives, for the full measure; else a few, so that a test stays short.
#[expect(
    clippy::disallowed_methods,
    reason = "more faults are asked for through the environment"
)]
pub fn count_of(variable: &str, few: usize) -> usize {
    std::env::var(variable).map_or(few, |many| many.parse().unwrap())
}

/// A small generator of numbers that only look random: the same in every run.
pub struct Moments(pub u64);

impl Moments {
    /// A number of 64 bits, by SplitMix64.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A share of a whole, from 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below another.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.number() % limit as u64) as usize
    }
}

/// The most memory that anything hostile may take, in KiB of addresses, and the longest time: debug
/// builds beside other tests are slow.
const MEMORY: u64 = 3 << 20;
const LONGEST: Duration = Duration::from_secs(60);

/// Runs a line of the program in a shell that sets limits before.
pub fn under(desk: &Desk, limits: &str, line: &str) -> Output {
    let program = desk.command(line);
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg(format!("{limits}\nexec \"$@\""))
        .arg("sh")
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(desk.folder())
        .env_clear()
        .envs(
            program
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdin(Stdio::null());
    shell.output().unwrap()
}

/// Runs a line with bounded memory, and sees that it ends in bounded time and in no panic.
#[track_caller]
pub fn bounded(desk: &Desk, line: &str) -> super::common::Outcome {
    let start = Instant::now();
    let output = under(desk, &format!("ulimit -v {MEMORY}"), line);
    assert!(
        start.elapsed() < LONGEST,
        "{line} took {:?}",
        start.elapsed()
    );
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some(), "{line} was killed: {talk}");
    assert!(!talk.contains("panicked"), "{line}: {talk}");
    desk.outcome(line, output)
}

/// Days of five places; `add` makes the numbers of one table differ from those of others.
pub fn table(days: u32, add: u32) -> String {
    let mut table = "day,place,number\n".to_owned();
    let first = chrono::NaiveDate::from_ymd_opt(2022, 3, 1).unwrap();
    for row in 0..days {
        let day = first + chrono::Days::new(u64::from(row));
        for place in ["Poland", "Hungary", "Slovakia", "Romania", "Moldova"] {
            table.push_str(&format!("{day},{place},{}\n", 1000 + row + add));
        }
    }
    table
}

/// A desk with a ledger of one entry.
pub fn desk_of(days: u32) -> Desk {
    let desk = Desk::new();
    desk.put("map.toml", MAPPING)
        .put("table.csv", table(days, 0));
    desk.run("ingest table table.csv --map map.toml").succeeds();
    desk
}

/// How many entries a ledger holds, after seeing that all of it is as it was recorded.
#[track_caller]
pub fn verified(desk: &Desk) -> usize {
    desk.run("ledger verify").succeeds();
    desk.run("ledger log").succeeds().stdout.lines().count()
}

/// The files of a folder and what they hold, but for hidden ones, in which a killed program leaves what
/// it had begun.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.clone(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// A folder under which something is mounted for as long as this lives.
pub struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

/// Runs `mount`; nothing where this machine does not let us.
fn mount(folder: &Path, words: &[&str]) -> Option<()> {
    let output = Command::new("mount").args(words).arg(folder).output();
    let is_mounted = output.is_ok_and(|output| output.status.success());
    if !is_mounted {
        eprintln!("this machine lets nobody mount: this part of the test did nothing");
    }
    is_mounted.then_some(())
}

/// A disk of a few KiB at a folder.
pub fn small_disk(folder: &Path, kibibytes: u32) -> Option<Mounted> {
    std::fs::create_dir_all(folder).unwrap();
    let size = format!("size={kibibytes}k");
    mount(folder, &["-t", "tmpfs", "-o", &size, "none"])?;
    Some(Mounted(folder.to_owned()))
}

/// Makes a folder read-only, also for those whom permissions do not bind.
pub fn read_only(folder: &Path) -> Option<Mounted> {
    let name = folder.to_string_lossy().into_owned();
    mount(folder, &["--bind", &name])?;
    let mounted = Mounted(folder.to_owned());
    mount(folder, &["-o", "remount,ro,bind"])?;
    Some(mounted)
}
