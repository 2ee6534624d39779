//! `humstat compare`: where claimants and channels differ on the same thing.

use std::collections::BTreeSet;

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::selection::{Behind, OutputArgs, SelectionArgs, nothing};
use crate::figure::counted;
use crate::ledger::Selection;
use crate::publish::compare::{Wanted, compare, overlapping, voices};
use crate::vocabulary;

/// Where claimants and channels differ on the same thing
///
/// A row a figure, grouped by what it counts, where and when. The reference of a group is the
/// channel of the highest declared priority; a ratio stands only where both count in the same way
/// for the same days. No average is ever made of what several say.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat compare --indicator border_crossings --origin UKR --location POL
  humstat compare --indicator border_crossings --origin UKR --location POL --at 2022-03-08
  humstat compare --indicator border_crossings --origin UKR --sentences
  humstat compare --indicator killed --location UKR --all -o killed.csv")]
pub struct CompareArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Also what one claimant alone says in one channel
    #[arg(long)]
    all: bool,
    /// A sentence a group in place of a table
    #[arg(long)]
    sentences: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

pub fn run(context: &Context, args: &CompareArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let asked = args.selection.selection(context, &ledger)?;
    // A rhythm is seen in what came before the newest figure.
    let mut selection = asked.clone();
    let at = selection.at.take();
    selection.to = [selection.to, at].into_iter().flatten().min();
    let mut figures = ledger.figures(&selection)?;
    if figures.rows.is_empty() {
        return Err(nothing(&ledger, &asked));
    }
    args.licence
        .keep_some(context, &mut figures, args.output.file().is_some())?;
    let comparison = compare(&figures, Wanted { at, all: args.all });
    if at.is_some() {
        context.tell_unreported(comparison.not_reported);
    }
    if comparison.groups.is_empty() {
        return Err(CliError::nothing(format!(
            "nothing here is said by two claimants or in two channels; single voices are {}; --all shows them",
            voices(&figures)
        )));
    }
    if comparison.single > 0 && !args.all {
        context.tell(&format!(
            "left out: {} with one voice only; --all shows them",
            counted(comparison.single, "group", "groups")
        ));
    }
    let compared: BTreeSet<&str> = comparison
        .groups
        .iter()
        .map(|group| group.thing.indicator.as_str())
        .collect();
    for code in compared {
        if let Ok(indicator) = vocabulary::indicator(code) {
            context.tell(&format!("{code}: {}", indicator.definition));
        }
    }
    let around = Selection {
        indicators: Vec::new(),
        claimants: Vec::new(),
        channels: Vec::new(),
        measures: Vec::new(),
        statuses: Vec::new(),
        breakdown: std::collections::BTreeMap::new(),
        ..selection
    };
    for remark in overlapping(&comparison, &ledger.figures(&around)?) {
        context.tell(&remark);
    }
    if args.sentences {
        return args.output.write_text(context, &comparison.sentences());
    }
    let behind = Behind {
        command: "humstat compare",
        ledger: &ledger,
        selection: &asked,
        figures: &figures,
        only: Some(comparison.figures()),
        also: None,
    };
    args.output.write(context, &comparison.frame()?, &behind)
}
