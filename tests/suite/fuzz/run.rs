//! Running a target with many changed inputs, and saying which one it did not survive.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::mutate::{Chance, mutated};

/// Executions of the cheapest targets, where `HUMSTAT_FUZZ` says no other number.
const USUAL: usize = 3000;

/// What one execution may take, without optimisation and beside other tests.
const LONGEST: Duration = Duration::from_secs(20);

/// A target with what its inputs are made of.
pub struct Fuzzed<'t> {
    /// Its name.
    pub name: &'t str,
    /// What must survive any bytes.
    pub target: fn(&[u8]),
    /// Inputs that are right.
    pub seeds: Vec<Vec<u8>>,
    /// Words of its form.
    pub words: &'t [&'t str],
    /// How many executions of the cheapest target one of this costs.
    pub price: usize,
}

/// The number that a variable is set to.
fn set(variable: &str) -> Option<u64> {
    let text = std::env::var_os(variable)?;
    Some(text.to_string_lossy().parse().unwrap())
}

/// How many executions are asked for, and whether that is more than usual.
fn asked() -> (usize, bool) {
    let asked = set("HUMSTAT_FUZZ").map(|number| usize::try_from(number).unwrap());
    asked.map_or((USUAL, false), |number| (number, true))
}

impl Fuzzed<'_> {
    /// Runs the target with its seeds, then with changed ones.
    #[track_caller]
    pub fn survives(mut self) {
        let (asked, is_long) = asked();
        if is_long {
            self.seeds.extend(super::seeds::given(self.name));
        }
        assert!(!self.seeds.is_empty(), "{} has no seed", self.name);
        // What ends the whole process, such as a stack that overflows, leaves its input here.
        let last = std::env::var_os("HUMSTAT_FUZZ_KEEP").map(|_| {
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{}", self.name))
        });
        let until = set("HUMSTAT_FUZZ_SECONDS");
        let until = until.map(|seconds| Instant::now() + Duration::from_secs(seconds));
        let first = set("HUMSTAT_FUZZ_FIRST").unwrap_or(0);
        if let Some(folder) = std::env::var_os("HUMSTAT_FUZZ_SEEDS") {
            self.keep_seeds(&PathBuf::from(folder).join(self.name));
            return;
        }
        for seed in self.seeds.clone() {
            if until.is_some_and(|until| Instant::now() > until) {
                break;
            }
            self.try_one(&seed, "a seed", last.as_ref());
        }
        let mut done = 0;
        for execution in (first..).take((asked / self.price).max(8)) {
            if until.is_some_and(|until| Instant::now() > until) {
                break;
            }
            let mut chance = Chance::new(execution);
            let bytes = mutated(&mut chance, &self.seeds, self.words);
            self.try_one(&bytes, &format!("execution {execution}"), last.as_ref());
            done += 1;
        }
        if is_long {
            eprintln!("{}: {done} executions", self.name);
        }
    }

    /// Puts the seeds into a folder, as `cargo fuzz` takes them.
    fn keep_seeds(&self, folder: &Path) {
        std::fs::create_dir_all(folder).unwrap();
        for (at, seed) in self.seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{at}")), seed).unwrap();
        }
    }

    /// One execution.
    fn try_one(&self, bytes: &[u8], what: &str, last: Option<&PathBuf>) {
        if let Some(file) = last {
            std::fs::write(file, bytes).unwrap();
        }
        let start = Instant::now();
        if !self.survives_one(bytes) {
            // Each of the shorter ones would tell its own panic.
            let told = std::panic::take_hook();
            std::panic::set_hook(Box::new(|_| {}));
            let least = self.lessened(bytes);
            std::panic::set_hook(told);
            panic!(
                "{} does not survive {what}, which is at the least\n{}\n{least:?}",
                self.name,
                String::from_utf8_lossy(&least)
            );
        }
        let took = start.elapsed();
        assert!(
            took < LONGEST,
            "{} takes {took:?} for {what}:\n{}",
            self.name,
            String::from_utf8_lossy(bytes)
        );
    }

    fn survives_one(&self, bytes: &[u8]) -> bool {
        catch_unwind(AssertUnwindSafe(|| (self.target)(bytes))).is_ok()
    }

    /// A shorter input that the target does not survive either.
    fn lessened(&self, bytes: &[u8]) -> Vec<u8> {
        let mut least = bytes.to_vec();
        let begun = Instant::now();
        let mut piece = least.len().div_ceil(2);
        while piece > 0 {
            let mut at = 0;
            while at < least.len() && begun.elapsed() < Duration::from_secs(30) {
                let mut shorter = least.clone();
                shorter.drain(at..(at + piece).min(least.len()));
                if self.survives_one(&shorter) {
                    at += piece;
                } else {
                    least = shorter;
                }
            }
            piece = if piece == 1 { 0 } else { piece.div_ceil(2) };
        }
        least
    }
}
