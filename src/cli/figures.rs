//! `humstat figures`: the record itself.

use clap::Args;

use super::CliError;
use super::context::Context;
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
}

pub fn run(context: &Context, args: &FiguresArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let mut selection = args.selection.selection(context, &ledger)?;
    if args.all_versions {
        selection.versions = Versions::All;
    }
    let figures = ledger.figures(&selection)?;
    if selection.at.is_some() && !figures.not_reported.is_empty() {
        context.tell(&format!(
            "{} series are not reported: their source has covered later periods without a number for them",
            figures.not_reported.len()
        ));
    }
    if figures.rows.is_empty() {
        return Err(nothing(&ledger, &selection));
    }
    let behind = Behind {
        command: "humstat figures",
        ledger: &ledger,
        selection: &selection,
        figures: &figures,
        only: None,
    };
    args.output
        .write(context, &publish::figures(&figures)?, &behind)
}
