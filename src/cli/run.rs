//! `humstat run`: the whole job of a plan.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use clap::Args;

use super::CliError;
use super::context::{Context, PROGRAM};
use super::files::read_text;
use super::files::write_whole;
use super::ingest::{self, summary_line, tell_of};
use super::licence::LicenceArgs;
use super::release::ReleaseArgs;
use super::selection::waiting_words;
use crate::ledger::{Ledger, Recorded};
use crate::plan::{self, Files, Plan};

/// Do the whole job of a plan: record, analyse, draw, write
///
/// A plan is a TOML file; a new crisis is a new folder with a plan and its tables, and no code.
/// Situations come with the program and need no file: ukraine-2022 with its own tables, the others ask
/// their sources. A source that does not answer is named, the rest is made, and the exit code is 4.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat run ukraine-2022
  humstat run syria --out charts/syria
  humstat run datasets/ukraine-2022/plan.toml
  humstat run sudan/plan.toml --out /tmp/sudan
  humstat run ukraine-replication/plan.toml --verify")]
pub struct RunArgs {
    /// A plan, or the name of a situation that comes with the program
    plan: String,
    /// Where the products go, in place of what the plan says
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Ask nobody: read again what the ledger recorded of the plan's questions
    #[arg(long)]
    offline: bool,
    /// Make a replication again from the files of its folder, record nothing, and name what differs
    #[arg(long, conflicts_with_all = ["out", "offline", "lint", "release"])]
    verify: bool,
    /// Stay, and do it again whenever the plan, its files or the ledger change
    #[arg(long)]
    watch: bool,
    /// Also say what a chart desk would object to
    #[arg(long)]
    lint: bool,
    #[command(flatten)]
    licence: LicenceArgs,
    #[command(flatten)]
    release: ReleaseArgs,
}

pub fn run(context: &Context, args: &RunArgs) -> Result<(), CliError> {
    if args.verify {
        return super::replication::verify(context, &args.plan);
    }
    if args.watch {
        return watch(context, args);
    }
    once(context, args)
}

/// Runs the plan again whenever it, its files or the ledger have changed, until it is stopped.
fn watch(context: &Context, args: &RunArgs) -> Result<(), CliError> {
    const PAUSE: Duration = Duration::from_millis(500);
    loop {
        if let Err(error) = once(context, args) {
            // A plan that is being written may be wrong for a while.
            context.tell(&format!("humstat: {}", error.message));
        }
        context.tell("waiting for a change (Ctrl-C to stop)");
        let seen = watched(context, args);
        while watched(context, args) == seen {
            std::thread::sleep(PAUSE);
        }
    }
}

/// The files that a run depends on, each with its time; one that is gone has none.
fn watched(context: &Context, args: &RunArgs) -> Vec<(PathBuf, Option<SystemTime>)> {
    let mut files = vec![context.ledger_path().to_owned(), PathBuf::from(&args.plan)];
    if let Ok((plan, Files::Folder(folder), _)) = open(&args.plan) {
        files.push(folder.join("plan.toml"));
        for ingest in &plan.ingest {
            files.extend([folder.join(&ingest.file), folder.join(&ingest.map)]);
        }
    }
    let time = |file: &PathBuf| {
        std::fs::metadata(file)
            .and_then(|known| known.modified())
            .ok()
    };
    files
        .into_iter()
        .map(|file| (file.clone(), time(&file)))
        .collect()
}

fn once(context: &Context, args: &RunArgs) -> Result<(), CliError> {
    args.release.check(context, true)?;
    let (plan, files, folder) = open(&args.plan)?;
    if plan.replication.is_some() {
        return Err(CliError::usage(format!(
            "{} is a replication, which records nothing in a ledger; add --verify",
            args.plan
        )));
    }
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| tidy(&folder.join(&plan.output)));
    if real(&out).is_some() && real(&out) == real(&folder) {
        return Err(CliError::data(
            "the products of a plan go into a folder of their own, so that they never replace its files; change `output`, or give --out",
        ));
    }
    context.learn_places()?;
    let mut asks: Vec<Vec<String>> = plan
        .ask
        .iter()
        .map(|words| words.split_whitespace().map(str::to_owned).collect())
        .collect();
    for words in &asks {
        ingest::check(words).map_err(|error| CliError {
            message: format!("{}, ask: {}", args.plan, error.message),
            ..error
        })?;
    }
    let readings = plan::readings(&plan, &files)?;
    let readings = readings
        .into_iter()
        .map(|(file, table)| {
            tell_of(context, Path::new(&file), &table);
            Ok((summary_line(&table.reading), table.reading.check()?))
        })
        .collect::<Result<Vec<_>, CliError>>()?;
    let mut ledger = context.create()?;
    let (mut entries, mut new, mut already) = (Vec::new(), 0, 0);
    for (summary, reading) in readings {
        match ledger.record(reading, &context.recording(summary))? {
            Recorded::Entry(tally) => {
                new += tally.new;
                entries.push(tally.entry.to_string());
            }
            Recorded::Already(_) | Recorded::SeenAgain { .. } => already += 1,
        }
    }
    drop(ledger);
    for words in &mut asks {
        words.extend(args.offline.then(|| "--offline".to_owned()));
    }
    let unanswered = ingest::again(context, &asks);
    let ledger = context.create()?;
    if !plan.ingest.is_empty() {
        context.tell(&match entries.as_slice() {
            [] => format!(
                "{}: all {already} files are in {} already; nothing was added",
                plan.title,
                context.ledger_path().display()
            ),
            entries => format!(
                "{}: recorded {new} figures in {} ({} {})",
                plan.title,
                context.ledger_path().display(),
                if entries.len() == 1 {
                    "entry"
                } else {
                    "entries"
                },
                entries.join(", ")
            ),
        });
    }
    let made = args.licence.sifting(context, true, |sieve| {
        plan::make(&plan, &ledger, context.now.day(), PROGRAM, sieve)
    })?;
    // Without an answer some products may lack their figures; the rest is made.
    for failed in &made.failed {
        if unanswered.is_empty() {
            return Err(CliError::data(failed.to_string()));
        }
        context.tell(&failed.to_string());
    }
    std::fs::create_dir_all(&out)
        .map_err(|error| CliError::data(format!("{}: {error}", out.display())))?;
    for product in &made.products {
        write_whole(&out.join(&product.file), &product.bytes)?;
    }
    let (mut charts, mut tables) = (Vec::new(), Vec::new());
    for product in &made.products {
        if let Some(name) = product.file.strip_suffix(".svg") {
            charts.push(name);
        } else if !product.file.ends_with(".png")
            && !product.file.ends_with(".sources.md")
            && product.file != plan::COPY
        {
            tables.push(product.file.as_str());
        }
    }
    if charts.is_empty() && tables.is_empty() {
        context.tell("the plan draws no chart and writes no table");
    }
    if !charts.is_empty() {
        context.tell(&format!(
            "wrote {}: charts {} (SVG and PNG)",
            out.display(),
            charts.join(", ")
        ));
    }
    if !tables.is_empty() {
        let start = if charts.is_empty() {
            "wrote"
        } else {
            "      and"
        };
        context.tell(&format!(
            "{start} tables {}, each with its sources",
            tables.join(", ")
        ));
    }
    let start = "      and";
    if made
        .products
        .iter()
        .any(|product| product.file == plan::COPY)
    {
        context.tell(&format!(
            "{start} {}: their words for a page, and sentences",
            plan::COPY
        ));
    }
    const REMARKS: usize = 4;
    for remark in made.remarks.iter().take(REMARKS) {
        context.tell(remark);
    }
    if made.remarks.len() > REMARKS {
        context.tell(&format!(
            "… {} more remarks: humstat trend shows them",
            made.remarks.len() - REMARKS
        ));
    }
    tell_waiting(context, &ledger, &plan)?;
    if let Some(head) = ledger.head()? {
        context.tell(&format!(
            "pinned to entry {} of the ledger, {}",
            head.id, head.hash
        ));
    }
    if args.lint {
        for (chart, finding) in &made.findings {
            context.tell(&format!("{chart}: {finding}"));
        }
    }
    drop(ledger);
    let written: Vec<PathBuf> = made
        .products
        .iter()
        .map(|product| out.join(&product.file))
        .collect();
    let written: Vec<&Path> = written.iter().map(PathBuf::as_path).collect();
    args.release.note(context, &written, &made.figures)?;
    unanswered.outcome()
}

/// The plan, its files, and the folder that its output is relative to.
pub fn open(name: &str) -> Result<(Plan, Files, PathBuf), CliError> {
    let file = Path::new(name);
    let is_plan = file.is_file() || file.join("plan.toml").is_file();
    if !is_plan && let Some(files) = plan::bundled(name) {
        let text = String::from_utf8_lossy(&files.read("plan.toml")?).into_owned();
        let plan = Plan::parse(Path::new("plan.toml"), &text)?;
        // As if the plan lay in datasets/NAME below the current folder.
        return Ok((plan, files, Path::new("datasets").join(name)));
    }
    if file.is_dir() {
        return open(&file.join("plan.toml").to_string_lossy());
    }
    if !file.exists() {
        let known: Vec<&str> = plan::bundled_names().collect();
        return Err(CliError::usage(format!(
            "there is no plan {name}; name a plan.toml, or a situation that comes with the program: {}",
            known.join(", ")
        )));
    }
    let plan = Plan::parse(file, &read_text(file)?)?;
    let folder = file.parent().unwrap_or(Path::new("")).to_owned();
    Ok((plan, Files::Folder(folder.clone()), folder))
}

/// Where a path leads; the empty path is the current folder.
fn real(path: &Path) -> Option<PathBuf> {
    let here = Path::new(".");
    let path = if path.as_os_str().is_empty() {
        here
    } else {
        path
    };
    path.canonicalize().ok()
}

/// A path without `..` after a named folder.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir
                if tidy
                    .components()
                    .next_back()
                    .is_some_and(|last| matches!(last, std::path::Component::Normal(_))) =>
            {
                tidy.pop();
            }
            std::path::Component::CurDir => {}
            other => tidy.push(other),
        }
    }
    tidy
}

/// Says which figures that wait for a decision the products of a plan would hold.
fn tell_waiting(context: &Context, ledger: &Ledger, plan: &Plan) -> Result<(), CliError> {
    let charts = plan.chart.iter().map(|chart| &chart.select);
    let asked = charts.chain(plan.table.iter().map(|table| &table.select));
    let mut said = std::collections::BTreeSet::new();
    for asked in asked {
        let mut asked = asked.clone();
        asked.as_known_on = asked.as_known_on.or_else(|| plan.as_known_on.clone());
        let selection = asked
            .selection(context.now.day())
            .map_err(|error| CliError::data(error.to_string()))?;
        said.extend(waiting_words(ledger, &asked, &selection)?);
    }
    for words in &said {
        context.tell(words);
    }
    Ok(())
}
