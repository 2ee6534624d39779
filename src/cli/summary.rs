//! `humstat summary`: the journalist's table.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::release::ReleaseArgs;
use super::selection::{Behind, History, OutputArgs, SelectionArgs};
use crate::publish::sources;
use crate::publish::summary::{LOOKS_BACK, OVERRULED, TotalRule, Wanted, summary};

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
    /// Add up in spite of a truth rule: parts (what may hold the same people), overlap (several
    /// sources or indicators), periods (flows of different times); the sum says so in its notes
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = allowed)]
    allow: Vec<TotalRule>,
    /// Add up all periods of each flow, in place of the newest; stocks and cumulatives are refused
    #[arg(long)]
    over_time: bool,
    /// Only the largest places
    #[arg(long, value_name = "N")]
    top: Option<std::num::NonZeroUsize>,
    /// Sentences in place of a table
    #[arg(long)]
    sentences: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
    #[command(flatten)]
    release: ReleaseArgs,
}

/// A rule that may be overruled, by its name.
fn allowed(text: &str) -> Result<TotalRule, String> {
    let mut rules = OVERRULED.iter();
    rules
        .find(|rule| rule.code() == text)
        .copied()
        .ok_or_else(|| {
            let names: Vec<&str> = OVERRULED.iter().map(|rule| rule.code()).collect();
            format!("only {} can be overruled", names.join(", "))
        })
}

pub fn run(context: &Context, args: &SummaryArgs) -> Result<(), CliError> {
    args.release.check(context, args.output.file().is_some())?;
    let ledger = context.open()?;
    let History {
        figures,
        lines,
        at,
        asked,
    } = args.selection.history(
        context,
        &ledger,
        (!args.over_time).then_some(LOOKS_BACK),
        (&args.output, &args.licence),
    )?;
    let wanted = Wanted {
        at,
        total: args.total,
        strict_dates: args.strict_dates,
        over_time: args.over_time,
        allowed: &args.allow,
        top: args.top.map(std::num::NonZeroUsize::get),
    };
    let summary =
        summary(&figures, &lines, wanted).map_err(|refusal| CliError::data(refusal.to_string()))?;
    context.tell_unreported(summary.not_reported);
    if summary.rows.is_empty() {
        return Err(CliError::nothing(
            "every series of this selection ends before the period that its source covered last",
        ));
    }
    let shown = if args.over_time {
        figures.rows.iter().map(|row| row.id).collect()
    } else {
        sources::behind_a_summary(&figures, &lines, at)
    };
    if args.sentences {
        args.output.write_text(context, &summary.sentences())?;
    } else {
        let behind = Behind {
            command: "humstat summary",
            ledger: &ledger,
            selection: &asked,
            figures: &figures,
            only: Some(shown.clone()),
        };
        args.output.write(context, &summary.frame()?, &behind)?;
    }
    drop(ledger);
    let files: Vec<_> = args.output.file().into_iter().collect();
    args.release.note(context, &files, &shown)
}
