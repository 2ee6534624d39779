//! `humstat revisions`: what was said before.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::selection::SelectionArgs;
use crate::figure::counted;
use crate::publish::revisions;

/// How figures were revised: every version, or how they settled
///
/// Only figures that were revised are shown, each version with its difference from the one before.
/// New data is no revision, and what we recorded wrongly and retracted is none either. The measures
/// of --by are those of epiprocess: number, lags, spread, and the lag from which on a value stays
/// within 20 per cent of the latest.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat revisions --indicator border_crossings --location POL --period 2022-03-08
  humstat revisions --indicator killed --by series
  humstat revisions --indicator border_crossings --falls --format csv")]
pub struct RevisionsArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// How the figures settled, a row a period or a row a series
    #[arg(long, value_name = "period|series", value_parser = ["period", "series"])]
    by: Option<String>,
    /// Where cumulatives fell, in the order of versions and in the order of periods
    #[arg(long, conflicts_with = "by")]
    falls: bool,
    /// Also figures that were never revised
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

pub fn run(context: &Context, args: &RevisionsArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let (selection, figures) =
        args.selection
            .versions(context, &ledger, (&args.output, &args.licence))?;
    let mut histories = revisions::histories(&figures);
    let revised = histories
        .iter()
        .filter(|history| history.revisions() > 0)
        .count();
    let revisions: usize = histories.iter().map(revisions::History::revisions).sum();
    let withdrawn = histories
        .iter()
        .filter(|history| history.is_withdrawn())
        .count();
    context.tell(&format!(
        "{revised} of {} revised, {} in all; {} withdrawn",
        counted(histories.len(), "figure was", "figures were"),
        counted(revisions, "time", "times"),
        counted(withdrawn, "was", "were"),
    ));
    let behind = Behind {
        command: "humstat revisions",
        ledger: &ledger,
        selection: &selection,
        figures: &figures,
        only: None,
        also: None,
    };
    if args.falls {
        let sightings = ledger.sightings(&figures, &selection)?;
        let falls = revisions::falls::falls(&figures, &histories, &sightings);
        return args
            .output
            .write(context, &revisions::falls::frame(&falls)?, &behind);
    }
    match args.by.as_deref() {
        Some("series") => args
            .output
            .write(context, &revisions::by_series(&histories)?, &behind),
        by => {
            if !args.all {
                histories.retain(|history| history.versions.len() > 1);
            }
            let frame = match by {
                Some(_) => revisions::by_period(&histories)?,
                None => revisions::versions(&figures, &histories)?,
            };
            args.output.write(context, &frame, &behind)
        }
    }
}
