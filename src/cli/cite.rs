//! `humstat cite`: the references of a selection.

use std::path::{Path, PathBuf};

use clap::Args;

use super::CliError;
use super::context::Context;
use super::output::pin;
use super::selection::{SelectionArgs, nothing};
use crate::publish::cite::{Style, cite, references};

/// References to the publications that a selection rests on
///
/// Each names who counted, title, date, who relayed it, address and licence, and the entry of the
/// ledger with its hash. One publication is one reference, whatever number of figures rests on it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat cite --indicator border_crossings --origin UKR
  humstat cite --indicator killed --location UKR --style bibtex -o ukraine.bib
  humstat cite --at 2022-03-08 --as-known-on 2022-03-08 --style csl-json")]
pub struct CiteArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// apa, bibtex or csl-json [default: as the file's ending says, .bib or .json; else apa]
    #[arg(long, value_name = "STYLE", help_heading = "Output")]
    style: Option<Style>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub fn run(context: &Context, args: &CiteArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let selection = args.selection.selection(context, &ledger)?;
    let figures = ledger.figures(&selection)?;
    if figures.rows.is_empty() {
        return Err(nothing(&ledger, &selection));
    }
    let style = args
        .style
        .unwrap_or_else(|| of_file(args.output.as_deref()));
    let text = cite(
        &references(&figures, None),
        &pin(&ledger, &selection)?,
        style,
    );
    context.put(text.as_bytes(), args.output.as_deref())
}

/// The style that the ending of a file name stands for.
fn of_file(file: Option<&Path>) -> Style {
    match file
        .and_then(Path::extension)
        .and_then(|ending| ending.to_str())
    {
        Some("bib") => Style::Bibtex,
        Some("json") => Style::CslJson,
        _ => Style::Apa,
    }
}
