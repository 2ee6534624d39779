//! `humstat ledger`: the record's own books.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::context::Context;
use super::{CliError, Kind};
use crate::ledger::{FigureId, Retracted};
use crate::publish::harmless::one_line;

/// The record's own books: log, show, verify, backup, retract, project
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  humstat ledger log\n  humstat ledger verify")]
pub struct LedgerArgs {
    #[command(subcommand)]
    command: LedgerCommand,
}

#[derive(Debug, Subcommand)]
enum LedgerCommand {
    Log(LogArgs),
    Show(ShowArgs),
    Verify(VerifyArgs),
    Backup(BackupArgs),
    Retract(RetractArgs),
    Project(ProjectArgs),
}

/// List the entries, oldest first
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  humstat ledger log")]
struct LogArgs {}

/// Show what an entry holds
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  humstat ledger show 3")]
struct ShowArgs {
    /// Number of the entry
    entry: i64,
}

/// Check that no byte changed since it was recorded
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat ledger verify
  humstat ledger verify --head 3f9a1c0de2b4")]
struct VerifyArgs {
    /// A hash that you noted before, or its beginning; finds a tail that was cut
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
}

/// Copy the ledger into one new file, for mailing or keeping
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat ledger backup friday.db
  humstat ledger backup small.db --without-captures")]
struct BackupArgs {
    /// The new file
    file: PathBuf,
    /// Leave out the bytes of the source files; their hashes stay
    #[arg(long)]
    without_captures: bool,
}

/// Take back what we recorded wrongly
///
/// What is retracted leaves every answer at every date and is never a revision of the source; it
/// stays in the log with its reason.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat ledger retract 3 --reason \"read with the wrong mapping\"
  humstat ledger retract f1045 --reason \"digits swapped\"")]
struct RetractArgs {
    /// Number of an entry, or the id of a figure
    what: String,
    /// Why
    #[arg(long)]
    reason: String,
}

/// Write the projection: a Parquet file beside the ledger that makes selections of many series quick
///
/// It changes no answer and is safe to delete. Recording writes it anew by itself once a large
/// ledger has grown by a tenth or by 100,000 figures; this writes it now.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  humstat ledger project")]
struct ProjectArgs {}

pub fn run(context: &Context, args: &LedgerArgs) -> Result<(), CliError> {
    match &args.command {
        LedgerCommand::Log(LogArgs {}) => log(context),
        LedgerCommand::Show(args) => show(context, args),
        LedgerCommand::Verify(args) => verify(context, args),
        LedgerCommand::Backup(args) => backup(context, args),
        LedgerCommand::Retract(args) => retract(context, args),
        LedgerCommand::Project(ProjectArgs {}) => project(context),
    }
}

fn log(context: &Context) -> Result<(), CliError> {
    let mut text = String::new();
    for entry in context.open_books()?.log()? {
        let retracted = entry
            .retracted_by
            .map_or_else(String::new, |by| format!(" [retracted in entry {by}]"));
        text.push_str(&format!(
            "{:>5}  {}  {:<8}  {}  {}{retracted}\n",
            entry.id,
            entry.recorded_at,
            entry.kind,
            entry.hash.get(..12).unwrap_or_default(),
            one_line(&entry.summary),
        ));
    }
    context.show(&text)
}

fn show(context: &Context, args: &ShowArgs) -> Result<(), CliError> {
    let detail = context.open_books()?.entry(args.entry)?;
    let entry = &detail.entry;
    let mut text = format!(
        "entry     {}\nkind      {}\nsummary   {}\nrecorded  {} by {}\nhash      {}\n",
        entry.id,
        entry.kind,
        one_line(&entry.summary),
        entry.recorded_at,
        entry.program,
        entry.hash
    );
    if let Some(by) = entry.retracted_by {
        text.push_str(&format!("retracted in entry {by}\n"));
    }
    for (name, size, sha256) in &detail.captures {
        text.push_str(&format!(
            "file      {}, {size} bytes, sha256 {sha256}\n",
            one_line(name)
        ));
    }
    for (table, rows) in detail.rows.iter().filter(|(_, rows)| *rows > 0) {
        text.push_str(&format!("rows      {rows} {table}\n"));
    }
    const SHOWN: usize = 20;
    for (title, channel, version, absence) in detail.publications.iter().take(SHOWN) {
        text.push_str(&format!(
            "publication  {version}  {}  {} (absent: {absence})\n",
            one_line(channel),
            one_line(title)
        ));
    }
    if detail.publications.len() > SHOWN {
        text.push_str(&format!(
            "… and {} more publications\n",
            detail.publications.len() - SHOWN
        ));
    }
    for (what, reason) in &detail.retractions {
        text.push_str(&format!("took back {what}: {}\n", one_line(reason)));
    }
    context.show(&text)
}

fn verify(context: &Context, args: &VerifyArgs) -> Result<(), CliError> {
    if let Some(head) = &args.head
        && (head.len() < 8 || !head.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        return Err(CliError::usage(format!(
            "`{head}` is no hash; give at least its first eight digits, as `humstat ledger log` shows them"
        )));
    }
    let verified = context.open_books()?.verify(args.head.as_deref())?;
    if verified.faults.is_empty() {
        let left_out = match verified.captures_left_out {
            0 => String::new(),
            count => format!(", {count} left out of this copy"),
        };
        let text = format!(
            "{} entries with {} rows and {} source files are as they were recorded{left_out}; the newest hash is {}\n",
            verified.entries, verified.rows, verified.captures, verified.head
        );
        return context.show(&text);
    }
    let mut message = "the ledger is not as it was recorded:".to_owned();
    for fault in &verified.faults {
        let entry = fault
            .entry
            .map_or_else(String::new, |entry| format!("entry {entry}: "));
        message.push_str(&format!("\n  {entry}{}", fault.what));
    }
    Err(CliError {
        kind: Kind::Ledger,
        message,
    })
}

fn backup(context: &Context, args: &BackupArgs) -> Result<(), CliError> {
    context
        .open_books()?
        .backup(&args.file, !args.without_captures)?;
    context.tell(&format!("copied to {}", args.file.display()));
    Ok(())
}

fn retract(context: &Context, args: &RetractArgs) -> Result<(), CliError> {
    if args.reason.trim().is_empty() {
        return Err(CliError::usage("a retraction needs its reason in words"));
    }
    // A ledger that does not exist has nothing to take back.
    context.open_books()?;
    let what = match args.what.parse::<i64>() {
        Ok(entry) => Retracted::Entry(entry),
        Err(_) => Retracted::Figure(args.what.parse::<FigureId>()?),
    };
    let mut ledger = context.create()?;
    let entry = ledger.retract(what, &args.reason, &context.recording(String::new()))?;
    context.tell(&format!("entry {entry}: took back {}", args.what));
    Ok(())
}

fn project(context: &Context) -> Result<(), CliError> {
    // A ledger that does not exist has nothing to project.
    context.open_books()?;
    if let Some(projected) = context.create()?.project()? {
        context.tell(&format!(
            "wrote {}: {} figures, up to entry {}",
            projected.file.display(),
            projected.figures,
            projected.entry
        ));
    }
    Ok(())
}
