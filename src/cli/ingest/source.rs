//! `humstat ingest SOURCE`: asking a source, or reading what was saved of its answers.

use std::path::{Path, PathBuf};

use clap::Args;

use super::finish::{dry_run, record, tell_of};
use crate::cli::CliError;
use crate::cli::context::Context;
use crate::cli::files::capture;
use crate::figure::{Version, counted};
use crate::ingest::{
    self, Deleted, Desk, Keys, Offline, Remembering, Source, Unfinished, Withdrawal,
};
use crate::ledger::{Capture, Reading};
use crate::table::{self, Mapping, Options, Table};

// What every source takes beside its own words. A doc comment would stand in its help in place of the
// source's own.
#[derive(Debug, Args)]
pub struct SourceArgs<S: Args> {
    #[command(flatten)]
    source: S,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "How")]
struct How {
    /// Read answers that were saved as files, in place of asking
    #[arg(long, value_name = "FILE", num_args = 1..)]
    file: Vec<PathBuf>,
    /// When the files were received; needed to record them
    #[arg(long, value_name = "WHEN", requires = "file")]
    retrieved: Option<Version>,
    /// Ask nobody: read again what the ledger recorded of these requests
    #[arg(long, conflicts_with = "file")]
    offline: bool,
    /// Record the rows that can be read, and count the others
    #[arg(long)]
    skip_bad_rows: bool,
    /// Let the answer take back more than a few figures
    #[arg(long, value_name = "WHAT", value_parser = ["withdrawals"])]
    allow: Option<String>,
    /// Record nothing; read the first figures back as sentences
    #[arg(long)]
    dry_run: bool,
}

pub fn run<S: Args + Source>(context: &Context, args: &SourceArgs<S>) -> Result<(), CliError> {
    context.learn_places()?;
    context.tell_of_future("--retrieved", args.how.retrieved);
    let (source, how): (&dyn Source, &How) = (&args.source, &args.how);
    let unfinished = if how.offline || !how.file.is_empty() {
        Unfinished::none(context.now)
    } else {
        let folder = context.ledger_path().with_extension("unfinished");
        Unfinished::within(folder, context.now)
    };
    let captures = captures(context, source, how, &unfinished)?;
    if let Some(deleted) = source.deleted(&captures)? {
        withdraw(context, source, how, captures, &deleted)?;
        unfinished.finish();
        return Ok(());
    }
    let mut table = read(source, captures, how)?;
    tell_of(context, Path::new(source.code()), &table);
    if how.dry_run {
        return dry_run(context, table.reading);
    }
    if how.file.is_empty() {
        table.reading.asked = source.words();
    }
    record(context, table.reading, how.allow.is_some())?;
    unfinished.finish();
    Ok(())
}

/// Reads answers again that a ledger held, as they were read then.
pub fn replayed<S: Args + Source>(
    args: &SourceArgs<S>,
    answers: Vec<Capture>,
    skip_bad_rows: bool,
) -> Result<Reading, CliError> {
    let how = How {
        file: Vec::new(),
        retrieved: None,
        offline: true,
        skip_bad_rows,
        allow: None,
        dry_run: false,
    };
    let mut table = read(&args.source, answers, &how)?;
    table.reading.asked = args.source.words();
    Ok(table.reading)
}

/// The answers: saved, recorded, or fresh ones.
fn captures(
    context: &Context,
    source: &dyn Source,
    how: &How,
    unfinished: &Unfinished,
) -> Result<Vec<Capture>, CliError> {
    if !how.file.is_empty() {
        let files = how.file.iter().map(|file| capture(file));
        return Ok(ingest::saved(source, files.collect::<Result<_, _>>()?)?);
    }
    let keys = if how.offline {
        Keys::stand_ins()
    } else {
        context.keys()
    };
    let desk = Desk {
        now: context.now,
        keys: &keys,
    };
    let ledger = context.ledger_if_any()?;
    if how.offline {
        let Some(ledger) = &ledger else {
            return Err(CliError::nothing(format!(
                "there is no ledger at {}, so nothing is recorded that --offline could read",
                context.ledger_path().display()
            )));
        };
        return Ok(ingest::ask(
            source,
            &Offline(ledger),
            &desk,
            unfinished,
            |_, _| {},
        )?);
    }
    let client = context.client()?;
    let bar = context.progress(source.code());
    let show = |pages: u64, rows: u64| {
        bar.set_message(format!("{}, page {pages}", source.code()));
        bar.set_position(rows);
    };
    let pages = match &ledger {
        Some(ledger) => {
            let remembering = Remembering {
                ledger,
                ask: client,
            };
            ingest::ask(source, &remembering, &desk, unfinished, show)
        }
        None => ingest::ask(source, &client, &desk, unfinished, show),
    };
    bar.finish_and_clear();
    Ok(pages?)
}

fn read(source: &dyn Source, answers: Vec<Capture>, how: &How) -> Result<Table, CliError> {
    let (captures, about) = ingest::parted(source, answers)?;
    let (name, text) = source.mapping_for(&captures)?;
    let mapping = Mapping::parse(Path::new(&*name), &text)?;
    let retrieved = retrieved(&captures, how);
    let mut told = source.told(&about, &captures)?;
    // Nothing was put out after it was received.
    told.published = told
        .published
        .map(|published| retrieved.map_or(published, |retrieved| published.min(retrieved)));
    let options = Options {
        retrieved,
        scope: source.scope(),
        skip_bad_rows: how.skip_bad_rows,
        told,
        footnotes: source.footnotes(&about, &captures)?,
        ..Options::default()
    };
    let mut table = table::read(captures, &mapping, &text, &options, |_| {})?;
    source.settle(&mut table.reading)?;
    ingest::check(source, &table.reading)?;
    table.notes.extend(source.remarks(&table.reading));
    if retrieved.is_none() && !how.dry_run && lacks_a_date(&table) {
        return Err(CliError::usage(NO_DATE));
    }
    table.reading.about = about;
    Ok(table)
}

/// The error for answers without a date.
const NO_DATE: &str = "say when the files were received, with --retrieved WHEN: the answers have no date of their own";

/// When answers came: as they tell, else as the user says.
fn retrieved(captures: &[Capture], how: &How) -> Option<Version> {
    let received = captures
        .iter()
        .filter_map(|capture| capture.received.as_ref())
        .map(|received| received.at)
        .max();
    received.or(how.retrieved)
}

/// Takes back the events that a source deleted, as far as the ledger holds them.
fn withdraw(
    context: &Context,
    source: &dyn Source,
    how: &How,
    captures: Vec<Capture>,
    deleted: &Deleted,
) -> Result<(), CliError> {
    let retrieved = retrieved(&captures, how);
    if retrieved.is_none() {
        return Err(CliError::usage(NO_DATE));
    }
    let all = counted(deleted.events.len(), "deleted event", "deleted events");
    let ledger = context.ledger_if_any()?;
    let Withdrawal { mut reading, known } = match &ledger {
        Some(ledger) => deleted.withdrawal(ledger, captures, retrieved)?,
        None => return Err(CliError::nothing("there is no ledger that holds them")),
    };
    drop(ledger);
    context.tell(&format!(
        "{all} listed, of which this ledger holds {known} with a number; those are taken as withdrawn"
    ));
    if known == 0 {
        return Ok(());
    }
    if how.dry_run {
        return dry_run(context, reading);
    }
    if how.file.is_empty() {
        reading.asked = source.words();
    }
    record(context, reading, true).map(|_| ())
}

/// Whether some of what was read has no date, and so no place among the versions.
fn lacks_a_date(table: &Table) -> bool {
    let publications = &table.reading.publications;
    publications
        .iter()
        .any(|publication| publication.publication.version().is_none())
}
