//! `humstat summary`: the journalist's table.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::selection::{Behind, History, OutputArgs, SelectionArgs};
use crate::publish::sources;
use crate::publish::summary::{Wanted, summary};

/// The newest figures by place, with change, share and source
///
/// A total obeys the truth rules: it says when its dates differ, and is refused where it would
/// mislead. What a source states as its own total stands beside what its parts add up to.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat summary --indicator border_crossings --origin UKR --at 2022-03-08 --total
  humstat summary --indicator border_crossings --origin UKR --as-known-on 2022-03-02 --total
  humstat summary --indicator killed --location UKR --sentences")]
pub struct SummaryArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Add a total over the places
    #[arg(long)]
    total: bool,
    /// Refuse a total over different dates
    #[arg(long, requires = "total")]
    strict_dates: bool,
    /// Only the largest places
    #[arg(long, value_name = "N")]
    top: Option<std::num::NonZeroUsize>,
    /// Sentences in place of a table
    #[arg(long)]
    sentences: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(context: &Context, args: &SummaryArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let History {
        figures,
        lines,
        at,
        asked,
    } = args.selection.history(context, &ledger)?;
    let wanted = Wanted {
        at,
        total: args.total,
        strict_dates: args.strict_dates,
        top: args.top.map(std::num::NonZeroUsize::get),
    };
    let summary =
        summary(&figures, &lines, wanted).map_err(|refusal| CliError::data(refusal.to_string()))?;
    if summary.not_reported > 0 {
        context.tell(&format!(
            "{} series are not reported: their source has covered later periods without a number for them",
            summary.not_reported
        ));
    }
    if summary.rows.is_empty() {
        return Err(CliError::nothing(
            "every series of this selection ends before the period that its source covered last",
        ));
    }
    if args.sentences {
        return args.output.write_text(context, &summary.sentences());
    }
    let behind = Behind {
        command: "humstat summary",
        ledger: &ledger,
        selection: &asked,
        figures: &figures,
        only: Some(sources::behind_a_summary(&figures, &lines, at)),
    };
    args.output.write(context, &summary.frame()?, &behind)
}
