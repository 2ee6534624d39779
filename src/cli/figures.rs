//! `humstat figures`: the record itself.

use std::collections::BTreeSet;

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{OutputArgs, Question};
use super::release::ReleaseArgs;
use super::selection::{SelectionArgs, nothing};
use crate::ledger::{Figures, Versions};
use crate::publish;
use crate::publish::cite::References;

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
    let is_export = args.output.file().is_some();
    let keeps_references = args.output.says_sources()? || args.release.is_asked();
    let mut ids = BTreeSet::new();
    let question = Question {
        command: "humstat figures",
        ledger: &ledger,
        selection: &selection,
    };
    args.output.write_in_parts(context, question, |take| {
        let mut references = References::default();
        let mut unreported = 0;
        let what = (&ledger, &selection);
        let put_out = |figures: &mut Figures| {
            unreported += figures.not_reported.len();
            if figures.rows.is_empty() {
                return Ok(());
            }
            if keeps_references {
                references.add(figures, None);
            }
            take(publish::figures(figures)?)
        };
        let is_any = args
            .licence
            .keep_some_in_parts(context, what, is_export, put_out)?;
        if selection.at.is_some() {
            context.tell_unreported(unreported);
        }
        if !is_any {
            return Err(nothing(&ledger, &selection));
        }
        let references = references.list();
        if args.release.is_asked() {
            let figures = references.iter().flat_map(|reference| &reference.figures);
            ids = figures.copied().collect();
        }
        Ok(references)
    })?;
    drop(ledger);
    let files: Vec<_> = args.output.file().into_iter().collect();
    args.release.note(context, &files, &ids)
}
