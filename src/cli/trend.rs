//! `humstat trend`: change over time.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::selection::{Behind, History, OutputArgs, SelectionArgs};
use crate::analysis::cumulative::RevisionPolicy;
use crate::publish::{sources, trend};

/// New per day, averages, changes, shares and growth
///
/// A cumulative is differenced on its own, irregular dates. Where it falls, the source revised it:
/// `signed` keeps the fall as a negative number, so that all days add up to last minus first;
/// `cummax` counts nothing until the former height is passed; `backcast` takes the fall off the
/// days before. The average is (C(t) - C(t-7)) / 7 on the interpolated cumulative.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat trend --indicator border_crossings --origin UKR --location POL
  humstat trend --indicator border_crossings --origin UKR --revisions backcast -o trends.csv
  humstat trend --growth --indicator border_crossings --origin UKR --location POL \\
      --period 2022-03-01..2022-03-08")]
pub struct TrendArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// What a fall of a cumulative means for the days: signed, cummax or backcast
    #[arg(long, value_name = "POLICY", default_value_t = RevisionPolicy::Signed)]
    revisions: RevisionPolicy,
    /// The most days between two reports that an average may bridge
    #[arg(long, value_name = "DAYS", default_value_t = trend::MAX_GAP)]
    max_gap: u32,
    /// The growth rate and the doubling time over the selected days
    #[arg(long)]
    growth: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

pub fn run(context: &Context, args: &TrendArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let History {
        figures,
        lines,
        asked,
        ..
    } = args
        .selection
        .history(context, &ledger, None, (&args.output, &args.licence))?;
    let behind = Behind {
        command: "humstat trend",
        ledger: &ledger,
        selection: &asked,
        figures: &figures,
        only: Some(sources::behind_trends(&lines)),
        also: None,
    };
    if args.growth {
        let rows: Vec<_> = lines
            .iter()
            .map(|line| (line, trend::growth(line)))
            .collect();
        if let [(_, Err(error))] = rows.as_slice() {
            return Err(CliError::data(error.to_string()));
        }
        return args
            .output
            .write(context, &trend::growth_frame(&rows)?, &behind);
    }
    let trends = lines
        .iter()
        .map(|line| trend::trend(line, args.revisions, Some(args.max_gap)))
        .collect::<Result<Vec<_>, _>>()?;
    for remark in trend::remarks(&trends, args.revisions) {
        context.tell(&remark);
    }
    args.output.write(context, &trend::frame(&trends)?, &behind)
}
