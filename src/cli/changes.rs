//! `humstat changes`: then and now.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::selection::{SelectionArgs, nothing};
use crate::figure::Version;
use crate::ledger::{Ledger, Selection, Versions};
use crate::publish::changes::{self, Change};

/// What changed since a day, between two days, or since something was put out
///
/// Then and now stand side by side, most important first: our own mistakes, what was withdrawn,
/// revised, relabelled; new data comes last and is no revision. --since-release compares with the
/// figures that a command with --release NAME put out: it says what a correction must mention.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat changes --since yesterday
  humstat changes --between 2022-03-08 2022-03-15 --indicator border_crossings --sentences
  humstat changes --since-release friday -o corrections.csv")]
pub struct ChangesArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Since what was known on this day
    #[arg(long, value_name = "WHEN", required_unless_present_any = ["between", "since_release"])]
    since: Option<String>,
    /// Between what was known on two days
    #[arg(long, num_args = 2, value_names = ["WHEN", "WHEN"], conflicts_with = "since")]
    between: Vec<String>,
    /// Since a release
    #[arg(long, value_name = "NAME", conflicts_with_all = ["since", "between"])]
    since_release: Option<String>,
    /// Only changes of this kind
    #[arg(long, value_name = "KIND")]
    kind: Vec<changes::ChangeKind>,
    /// Sentences in place of a table
    #[arg(long)]
    sentences: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

pub fn run(context: &Context, args: &ChangesArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let told = Told {
        kinds: &args.kind,
        sentences: args.sentences,
        output: &args.output,
        licence: &args.licence,
        command: "humstat changes",
    };
    let mut now = args.selection.selection(context, &ledger)?;
    if let Some(name) = &args.since_release {
        let release = ledger.release(name)?;
        context.tell(&format!(
            "release {name}, entry {}, of {}",
            release.entry,
            release.recorded_at.day()
        ));
        now.figures.clone_from(&release.figures);
        let mut all = ledger.figures(&Selection {
            versions: Versions::All,
            ..now.clone()
        })?;
        let mut known = ledger.figures(&now)?;
        let is_export = args.output.file().is_some();
        args.licence.leave_out(context, &mut all, is_export);
        args.licence.leave_out(context, &mut known, is_export);
        return write(
            context,
            told,
            (&ledger, &now),
            changes::since_release(&release, &all, &known),
            "nothing that was put out has changed",
        );
    }
    let (first, last) = days(context, args)?;
    if let Some(last) = last {
        if now.as_known_on.is_some() {
            return Err(CliError::usage(
                "--between names both days; leave out --as-known-on",
            ));
        }
        now.as_known_on = Some(last);
    }
    if now.as_known_on.is_some_and(|last| last < first) {
        return Err(CliError::usage("the second day lies before the first"));
    }
    let then = Selection {
        as_known_on: Some(first),
        ..now.clone()
    };
    compare(context, told, &ledger, &then, &now)
}

/// How changes are told.
pub struct Told<'a> {
    /// Only of these kinds; of all when none is named.
    pub kinds: &'a [changes::ChangeKind],
    /// Sentences in place of a table.
    pub sentences: bool,
    /// Where, and in which form.
    pub output: &'a OutputArgs,
    /// What may go to a file.
    pub licence: &'a LicenceArgs,
    /// The command that tells them.
    pub command: &'static str,
}

/// Compares what was known then with what is known now, and tells the changes.
pub fn compare(
    context: &Context,
    told: Told<'_>,
    ledger: &Ledger,
    then: &Selection,
    now: &Selection,
) -> Result<(), CliError> {
    let mut after = ledger.figures(now)?;
    let mut before = ledger.figures(then)?;
    if after.rows.is_empty() && before.rows.is_empty() {
        return Err(nothing(ledger, now));
    }
    let is_export = told.output.file().is_some();
    told.licence.leave_out(context, &mut after, is_export);
    told.licence.leave_out(context, &mut before, is_export);
    write(
        context,
        told,
        (ledger, now),
        changes::changes(&before, &after),
        "nothing has changed",
    )
}

/// The two days; the second is now where none is named.
fn days(context: &Context, args: &ChangesArgs) -> Result<(Version, Option<Version>), CliError> {
    let instant = |text: &String| {
        let when = crate::plan::instant(text, context.now.day())
            .map_err(|error| CliError::usage(error.to_string()))?;
        if *text != when.to_string() {
            context.tell(&format!("{text} is {when}, by its end"));
        }
        Ok::<_, CliError>(when)
    };
    match (args.between.as_slice(), &args.since) {
        ([first, last], _) => Ok((instant(first)?, Some(instant(last)?))),
        (_, Some(since)) => Ok((instant(since)?, None)),
        _ => Err(CliError::usage("say --since WHEN, or --between WHEN WHEN")),
    }
}

fn write(
    context: &Context,
    told: Told<'_>,
    (ledger, selection): (&Ledger, &Selection),
    mut changes: Vec<Change<'_>>,
    none: &str,
) -> Result<(), CliError> {
    if !told.kinds.is_empty() {
        changes.retain(|change| told.kinds.contains(&change.kind));
    }
    if changes.is_empty() {
        context.tell(none);
    } else {
        let counts: Vec<String> = changes
            .chunk_by(|a, b| a.kind == b.kind)
            .map(|of_kind| {
                let figures: usize = of_kind.iter().map(|change| change.figures).sum();
                format!("{figures} {}", of_kind[0].kind.code().replace('_', " "))
            })
            .collect();
        context.tell(&counts.join(", "));
    }
    if told.sentences {
        return told
            .output
            .write_text(context, &changes::sentences(&changes));
    }
    let frame = changes::frame(&changes)?;
    if told.output.file().is_none() {
        return told.output.write_alone(context, &frame);
    }
    // Both sides have sources.
    let figures = ledger.figures(&Selection {
        versions: Versions::All,
        ..selection.clone()
    })?;
    let behind = Behind {
        command: told.command,
        ledger,
        selection,
        figures: &figures,
        only: Some(changes.iter().flat_map(Change::figure_ids).collect()),
        also: None,
    };
    told.output.write(context, &frame, &behind)
}
