//! `humstat export replication` and `humstat run --verify`: a folder that holds the numbers of a plan
//! with all that they are made of, and the check that they can be made again.

mod check;
mod compare;
mod pack;
mod products;
mod replay;
mod taken_back;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::context::Context;
use super::export::ExportArgs;
use super::files::read_text;
use super::licence::NONE_LEFT;
use super::output::pin;
use super::{CliError, deliver, run};
use crate::figure::counted;
use crate::ledger::{Entry, Ledger, Selection};
use crate::plan::{self, Asked, Plan, Replication, asked_as_toml};
use crate::publish::cite::Pin;
use crate::publish::export::ExportFile;
use crate::publish::export::replication::{
    About, SUMS, capture_list, citation, ledger_text, python, r, readme, sha256, sums,
};
use check::{Checked, check};
use chrono::NaiveDate;
use pack::{Packed, pack};
use products::{FIGURES, Products, products};

const PLAN: &str = "plan.toml";
const PLACES: &str = "places.json";
/// How many differences of one file are told one by one.
const TOLD: usize = 20;

/// Writes a replication of a plan.
pub fn export(context: &Context, args: &ExportArgs) -> Result<(), CliError> {
    let Some(name) = &args.plan else {
        return Err(CliError::usage(
            "a replication is of a plan: add --plan FILE, or the name of a situation",
        ));
    };
    let (mut plan, ..) = run::open(name)?;
    let text = text_of(name)?;
    args.release.check(context, true)?;
    let ledger = context.open()?;
    plan.select = selected(&args.selection.asked()?, &plan);
    let recorded_at = args.selection.recorded_at(context, &ledger)?;
    let pinned = Selection {
        as_recorded_at: recorded_at.or(plan.as_recorded_at),
        ..Selection::default()
    };
    let pin = pin(&ledger, &pinned)?;
    plan.as_recorded_at = Some(pin.entry);
    if let Some(title) = &args.title {
        plan.title.clone_from(title);
    }
    let made = args.licence.sifting(context, true, |sieve| {
        products(&plan, &ledger, context.now.day(), sieve)
    })?;
    if made.figures.rows.is_empty() {
        return Err(match ledger.figures(&pinned)?.rows.is_empty() {
            true => CliError::nothing("the ledger held no figure then"),
            false => CliError::data(format!(
                "the plan selects no figure that may be put out, or {NONE_LEFT}"
            )),
        });
    }
    for remark in &made.remarks {
        context.tell(remark);
    }
    let channels: BTreeSet<&str> = made
        .figures
        .rows
        .iter()
        .map(|row| &*made.figures.series[row.series].channel)
        .collect();
    let packed = pack(&ledger, pin.entry, &channels)?;
    let places = replay::places(&ledger)?;
    let replication = Replication {
        entry: pin.entry,
        hash: pin.hash.clone(),
        program: pin.program.clone(),
        used_for: context.used_for.to_string(),
        licence_ok: args.licence.permitted().to_vec(),
        places: places.is_some().then(|| PLACES.to_owned()),
        recorded_only: Vec::new(),
        sums_only: Vec::new(),
        taken_back: taken_back::noted(&ledger, pin.entry, &channels)?,
        reading: packed.replays.clone(),
    };
    let mut folder = Folder {
        text: &text,
        plan,
        now: context.now.day(),
        pin,
        made,
        packed,
        places,
        replication,
    };
    let is_whole = folder.try_again(context)?;
    let files = folder.files(&ledger, is_whole)?;
    drop(ledger);
    folder.tell(context, is_whole);
    deliver::folder(&args.output, &files, |_| false)?;
    context.tell(&format!(
        "wrote {} with {}; humstat run {} --verify makes it again",
        args.output.display(),
        counted(files.len(), "file", "files"),
        args.output.join(PLAN).display()
    ));
    let written: Vec<PathBuf> = files
        .iter()
        .map(|file| args.output.join(&file.name))
        .collect();
    let written: Vec<&Path> = written.iter().map(PathBuf::as_path).collect();
    let rows = folder.made.figures.rows.iter();
    args.release
        .note(context, &written, &rows.map(|row| row.id).collect())
}

/// The text of a plan, by its file, its folder, or the name of a situation.
fn text_of(name: &str) -> Result<String, CliError> {
    let file = Path::new(name);
    if file.is_dir() {
        return read_text(&file.join(PLAN));
    }
    match plan::bundled(name) {
        Some(files) if !file.is_file() => {
            Ok(String::from_utf8_lossy(&files.read(PLAN)?).into_owned())
        }
        _ => read_text(file),
    }
}

/// What the folder is about: what is said on the command line, and otherwise in the plan.
fn selected(asked: &Asked, plan: &Plan) -> Option<Asked> {
    match &plan.select {
        Some(select) => Some(asked.clone().or(select)),
        None => (*asked != Asked::default()).then(|| asked.clone()),
    }
}

/// A replication in the making.
struct Folder<'t> {
    /// The plan as its author wrote it.
    text: &'t str,
    plan: Plan,
    /// The day that `yesterday` counts from.
    now: NaiveDate,
    pin: Pin,
    made: Products,
    packed: Packed,
    places: Option<Vec<u8>>,
    replication: Replication,
}

impl Folder<'_> {
    /// Makes all again as somebody else will, and notes what cannot be. True where the ledger that is
    /// made again is the same.
    fn try_again(&mut self, context: &Context) -> Result<bool, CliError> {
        let tables: Vec<String> = self
            .made
            .files
            .iter()
            .map(|file| file.name.clone())
            .collect();
        let plan = Plan::parse(Path::new(PLAN), &self.plan_toml()?)?;
        let found = {
            let here = |name: &str| {
                let all = self.made.files.iter().chain(&self.packed.files);
                let places = self.places.as_ref().filter(|_| name == PLACES);
                all.filter(|file| file.name == name)
                    .map(|file| &file.bytes)
                    .chain(places)
                    .next()
                    .cloned()
                    .ok_or_else(|| CliError::data(format!("{name} is not in the folder")))
            };
            check(context, &plan, &self.replication, &here, &tables)?
        };
        self.note(found)
    }

    /// The plan as it lies in the folder: what its author wrote, without the files that it records and
    /// the sources that it asks, in whose place the files of the folder stand.
    fn plan_toml(&self) -> Result<String, CliError> {
        let wrong = |error: &dyn std::fmt::Display| CliError::data(format!("the plan: {error}"));
        let mut plan: toml::Table = self.text.parse().map_err(|error| wrong(&error))?;
        for key in ["ingest", "ask", "as_recorded_at", "replication"] {
            plan.remove(key);
        }
        plan.insert("title".to_owned(), self.plan.title.clone().into());
        plan.insert("output".to_owned(), "again".into());
        if let Some(asked) = &self.plan.select {
            plan.insert("select".to_owned(), asked_as_toml(asked).into());
        }
        let replication =
            toml::Value::try_from(&self.replication).map_err(|error| wrong(&error))?;
        plan.insert("replication".to_owned(), replication);
        settle_days(&mut plan, self.now);
        let text = toml::to_string(&plan).map_err(|error| wrong(&error))?;
        Ok(format!(
            "# What this folder holds, and how it is made again: humstat run plan.toml --verify\n\n{text}"
        ))
    }

    fn note(&mut self, found: Checked) -> Result<bool, CliError> {
        for (table, differences) in found.differences {
            let figures: Option<BTreeSet<String>> = differences
                .into_iter()
                .map(|difference| difference.figure)
                .collect();
            match figures.filter(|_| table == FIGURES) {
                Some(figures) => self.replication.recorded_only.extend(figures),
                None => self.replication.sums_only.push(table),
            }
        }
        Ok(found.is_whole)
    }

    fn tell(&self, context: &Context, is_whole: bool) {
        for capture in &self.packed.listed {
            if let Some(reason) = &capture.left_out {
                context.tell(&format!(
                    "{} is not in the folder, only its hash and address: {reason}",
                    capture.name
                ));
            }
        }
        let count = self.replication.recorded_only.len();
        if count > 0 {
            context.tell(&format!(
                "{} cannot be made again from the files of the folder; its plan.toml names them",
                counted(count, "figure", "figures")
            ));
        }
        if !self.replication.sums_only.is_empty() {
            context.tell(&format!(
                "only the sums are checked of {}",
                self.replication.sums_only.join(", ")
            ));
        }
        if !is_whole {
            context.tell(
                "the folder holds a part of the ledger: numbers of figures and entries are not compared",
            );
        }
    }

    /// All files.
    fn files(&self, ledger: &Ledger, is_whole: bool) -> Result<Vec<ExportFile>, CliError> {
        let wrong = |error: crate::publish::export::ExportError| CliError::data(error.to_string());
        let tables = &self.made.files;
        let about = About {
            title: &self.plan.title,
            pin: &self.pin,
            figures: &self.made.figures,
            tables,
            captures: &self.packed.listed,
            recorded_only: self.replication.recorded_only.len(),
            sums_only: &self.replication.sums_only,
            is_whole,
        };
        let mut entries: Vec<Entry> = ledger.log()?;
        entries
            .retain(|entry| self.packed.entries.contains(&entry.id) || entry.id == self.pin.entry);
        let mut files = tables.clone();
        files.extend(self.packed.files.iter().cloned());
        let mut add = |name: &str, bytes: Vec<u8>| {
            files.push(ExportFile {
                name: name.to_owned(),
                bytes,
            });
        };
        if let Some(places) = &self.places {
            add(PLACES, places.clone());
        }
        add(PLAN, self.plan_toml()?.into_bytes());
        add("ledger.txt", ledger_text(&self.pin, &entries).into_bytes());
        add(
            "captures.csv",
            capture_list(&self.packed.listed).map_err(wrong)?,
        );
        add(
            "CITATION.cff",
            citation(&self.plan.title, &self.made.figures, &self.pin).into_bytes(),
        );
        add("README.md", readme(&about).into_bytes());
        add("read.py", python(tables).into_bytes());
        add("read.R", r(tables).into_bytes());
        let sums = sums(&files);
        files.push(ExportFile {
            name: SUMS.to_owned(),
            bytes: sums.into_bytes(),
        });
        Ok(files)
    }
}

/// Writes the day for `today` and `yesterday`, which would be others on another day.
fn settle_days(table: &mut toml::Table, now: NaiveDate) {
    for (key, value) in table.iter_mut() {
        match value {
            toml::Value::String(text) if key == "at" || key == "as_known_on" => {
                let day = match text.as_str() {
                    "today" => Some(now),
                    "yesterday" => now.pred_opt(),
                    _ => None,
                };
                if let Some(day) = day {
                    *text = day.to_string();
                }
            }
            toml::Value::Table(inner) => settle_days(inner, now),
            toml::Value::Array(inner) => {
                for value in inner {
                    if let toml::Value::Table(inner) = value {
                        settle_days(inner, now);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Makes a replication again from its files and names what differs.
pub fn verify(context: &Context, name: &str) -> Result<(), CliError> {
    let (plan, _, folder) = run::open(name)?;
    let Some(replication) = &plan.replication else {
        return Err(CliError::usage(format!(
            "{name} is no replication, which alone can be verified; humstat export replication --plan {name} -o DIR makes one"
        )));
    };
    let read = |file: &str| {
        let is_inside = Path::new(file)
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)));
        if !is_inside {
            return Err(CliError::data(format!("{file} does not lie in the folder")));
        }
        std::fs::read(folder.join(file)).map_err(|error| CliError::data(format!("{file}: {error}")))
    };
    let list = String::from_utf8_lossy(&read(SUMS)?).into_owned();
    let mut wrong = Vec::new();
    let mut tables = Vec::new();
    for line in list.lines() {
        let Some((expected, file)) = line.split_once("  ") else {
            wrong.push(format!("{SUMS}: `{line}` is no sum with a name"));
            continue;
        };
        match read(file) {
            Err(error) => wrong.push(error.message),
            Ok(bytes) => {
                let sum = sha256(&bytes);
                if sum != expected {
                    wrong.push(format!(
                        "{file}: its SHA-256 is {sum}, and {SUMS} has {expected}"
                    ));
                }
                let is_table = [FIGURES, products::SUMMARY].contains(&file)
                    || file.starts_with("charts/")
                    || file.starts_with("tables/");
                if is_table {
                    tables.push(file.to_owned());
                }
            }
        }
    }
    let checked = check(context, &plan, replication, &read, &tables)?;
    wrong.extend(checked.failed.iter().cloned());
    for differences in checked.differences.values() {
        let told = differences.iter().take(TOLD);
        wrong.extend(told.map(|difference| difference.words.clone()));
        if let Some(more) = differences.len().checked_sub(TOLD).filter(|more| *more > 0) {
            wrong.push(format!("… and {more} more in this file"));
        }
    }
    if !wrong.is_empty() {
        return Err(CliError::data(format!(
            "{} from what was written:\n{}",
            counted(wrong.len(), "difference", "differences"),
            wrong.join("\n")
        )));
    }
    let only = replication.sums_only.len();
    context.tell(&format!(
        "{} made again from {} of the folder, all the same{}",
        counted(checked.compared, "table was", "tables were"),
        counted(
            replication
                .reading
                .iter()
                .map(|reading| reading.file.len())
                .sum::<usize>(),
            "capture",
            "captures"
        ),
        if only > 0 {
            format!("; of {only} only the sums were checked")
        } else {
            String::new()
        }
    ));
    if !replication.recorded_only.is_empty() {
        context.tell(&format!(
            "{} not made again: the folder does not hold what {} read from",
            counted(
                replication.recorded_only.len(),
                "figure was",
                "figures were"
            ),
            if replication.recorded_only.len() == 1 {
                "it was"
            } else {
                "they were"
            }
        ));
    }
    context.tell(&if checked.is_whole {
        format!(
            "the ledger made from them has the hash of entry {}, {}",
            replication.entry, replication.hash
        )
    } else {
        format!(
            "they are a part of the ledger of entry {}: numbers of figures and entries were not compared",
            replication.entry
        )
    });
    Ok(())
}
