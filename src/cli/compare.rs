//! `humstat compare`: where claimants and channels differ on the same thing.

use std::collections::BTreeSet;

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::selection::{SelectionArgs, nothing};
use crate::figure::counted;
use crate::ledger::{Figures, Ledger, Selection};
use crate::publish::compare::{Wanted, agreement_frame, agreements, compare, overlapping, voices};
use crate::vocabulary;

/// Where claimants and channels differ on the same thing
///
/// A row a figure, grouped by what it counts, where and when. The reference of a group is the
/// channel of the highest declared priority; a ratio stands only where both count in the same way
/// for the same days. No average is ever made of what several say.
///
/// `--agreement` says of each pair how far it agrees over the days that both speak of: the mean
/// difference with the limits of agreement of Bland and Altman, in numbers and as ratios, and, of
/// cumulatives, by how many days one comes behind the other. Agreement is no truth.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat compare --indicator border_crossings --origin UKR --location POL
  humstat compare --indicator border_crossings --origin UKR --location POL --at 2022-03-08
  humstat compare --indicator border_crossings --origin UKR --sentences
  humstat compare --indicator killed --location UKR --all -o killed.csv
  humstat compare --agreement --indicator refugees --origin SYR --location TUR")]
pub struct CompareArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Also what one claimant alone says in one channel
    #[arg(long)]
    all: bool,
    /// A sentence a group in place of a table
    #[arg(long)]
    sentences: bool,
    /// How far each pair agrees over the days that both speak of
    #[arg(long, conflicts_with_all = ["all", "at"])]
    agreement: bool,
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
    if args.agreement {
        return agree(context, args, &ledger, &asked, &figures);
    }
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

/// How far pairs of voices agree, in place of the comparison.
fn agree(
    context: &Context,
    args: &CompareArgs,
    ledger: &Ledger,
    asked: &Selection,
    figures: &Figures,
) -> Result<(), CliError> {
    let pairs = agreements(figures);
    let Some(first) = pairs.first() else {
        return Err(CliError::nothing(format!(
            "no two voices here count one thing in the same way for the same days; the voices are {}",
            voices(figures)
        )));
    };
    if pairs.iter().all(|pair| pair.limits.is_err())
        && let Err(error) = &first.limits
    {
        return Err(CliError::data(error.to_string()));
    }
    let sentences: Vec<String> = pairs.iter().map(|pair| pair.sentence()).collect();
    if args.sentences {
        return args
            .output
            .write_text(context, &(sentences.join("\n") + "\n"));
    }
    match sentences.as_slice() {
        [sentence] => context.tell(sentence),
        many => context.tell(&format!(
            "{} of voices are held against each other; --sentences says each in words; agreement does \
             not say that either is right",
            counted(many.len(), "pair", "pairs")
        )),
    }
    let behind = Behind {
        command: "humstat compare",
        ledger,
        selection: asked,
        figures,
        only: Some(pairs.iter().flat_map(|pair| pair.figures.clone()).collect()),
        also: None,
    };
    args.output
        .write(context, &agreement_frame(&pairs)?, &behind)
}
