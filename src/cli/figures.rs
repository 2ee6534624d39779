//! `humstat figures`: the record itself.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::release::ReleaseArgs;
use super::selection::{Behind, OutputArgs, SelectionArgs, nothing};
use crate::ledger::Versions;
use crate::publish;

/// Select figures, each with its publication
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat figures --indicator people_in_need
  humstat figures --indicator border_crossings --location POL --period 2022-03 --format csv
  humstat figures --indicator refugees --as-known-on 2024-06-13 -o refugees.parquet")]
pub struct FiguresArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Every version of every figure, and what was retracted
    #[arg(long)]
    all_versions: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
    #[command(flatten)]
    release: ReleaseArgs,
}

pub fn run(context: &Context, args: &FiguresArgs) -> Result<(), CliError> {
    args.release.check(context, args.output.file().is_some())?;
    let ledger = context.open()?;
    let mut selection = args.selection.selection(context, &ledger)?;
    if args.all_versions {
        selection.versions = Versions::All;
    }
    let mut figures = ledger.figures(&selection)?;
    if selection.at.is_some() {
        context.tell_unreported(figures.not_reported.len());
    }
    if figures.rows.is_empty() {
        return Err(nothing(&ledger, &selection));
    }
    args.licence
        .keep_some(context, &mut figures, args.output.file().is_some())?;
    let behind = Behind {
        command: "humstat figures",
        ledger: &ledger,
        selection: &selection,
        figures: &figures,
        only: None,
        also: None,
    };
    args.output
        .write(context, &publish::figures(&figures)?, &behind)?;
    drop(ledger);
    let files: Vec<_> = args.output.file().into_iter().collect();
    let ids = figures.rows.iter().map(|row| row.id).collect();
    args.release.note(context, &files, &ids)
}
