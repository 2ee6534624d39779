//! `humstat update`: asking again what the ledger's entries came from.

use std::collections::BTreeSet;

use clap::Args;

use super::CliError;
use super::changes::{self, Told};
use super::context::Context;
use super::ingest;
use super::licence::LicenceArgs;
use super::output::OutputArgs;
use crate::ledger::{Ledger, Selection};
use crate::publish::rhythm;

/// Ask again what the ledger's entries came from, and tell what changed
///
/// Each source is asked as it was asked before, and what it answers is recorded beside what was known.
/// Then the changes are shown as `humstat changes` shows them. A source that does not answer is named,
/// and the others are asked all the same; the exit code is then 4.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat update
  humstat update unhcr --sentences")]
pub struct UpdateArgs {
    /// Only these sources; all that were ever asked when none is named
    sources: Vec<String>,
    /// Sentences in place of a table
    #[arg(long)]
    sentences: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

pub fn run(context: &Context, args: &UpdateArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let before = ledger.head()?.map_or(0, |head| head.id);
    let asks = asks(&ledger, &args.sources)?;
    drop(ledger);
    let unanswered = ingest::again(context, &asks);
    let ledger = context.open()?;
    let now = Selection::default();
    let then = Selection {
        as_recorded_at: Some(before),
        ..Selection::default()
    };
    let told = Told {
        kinds: &[],
        sentences: args.sentences,
        output: &args.output,
        licence: &args.licence,
        command: "humstat update",
    };
    changes::compare(context, told, &ledger, &then, &now)?;
    tell_stale(context, &ledger)?;
    unanswered.outcome()
}

/// What was asked of the wanted sources.
fn asks(ledger: &Ledger, wanted: &[String]) -> Result<Vec<Vec<String>>, CliError> {
    let mut asks = ledger.asks()?;
    let known: BTreeSet<String> = asks
        .iter()
        .filter_map(|words| words.first().cloned())
        .collect();
    if let Some(unknown) = wanted.iter().find(|source| !known.contains(*source)) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        return Err(CliError::nothing(match known.as_slice() {
            [] => "nothing in this ledger was asked of a source over the network; `humstat sources` lists those that can be asked".to_owned(),
            known => format!(
                "this ledger never asked `{unknown}`; it asked {}",
                known.join(", ")
            ),
        }));
    }
    if !wanted.is_empty() {
        asks.retain(|words| words.first().is_some_and(|source| wanted.contains(source)));
    }
    if asks.is_empty() {
        return Err(CliError::nothing(
            "nothing in this ledger was asked of a source over the network; `humstat sources` lists those that can be asked",
        ));
    }
    Ok(asks)
}

/// Says which indicators of which channels are stale now.
fn tell_stale(context: &Context, ledger: &Ledger) -> Result<(), CliError> {
    let figures = ledger.figures(&Selection::default())?;
    for (channel, indicator, day) in rhythm::stale(&figures, context.now.day()) {
        context.tell(&format!(
            "stale: {indicator} of {channel}, whose newest figure is of {day}"
        ));
    }
    Ok(())
}
