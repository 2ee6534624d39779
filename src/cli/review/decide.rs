//! Accepting, rejecting and correcting.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::Args;

use super::super::CliError;
use super::super::context::Context;
use super::filter::FilterArgs;
use super::{named, nothing, waiting};
use crate::figure::Measure;
use crate::ledger::{
    CandidateId, CandidateRecord, Candidates, Decided, Decision, Ledger, NewFigure, Verdict,
};
use crate::publish::review::{EDITABLE, field_text};
use crate::publish::sentence;
use crate::text::Prospect;

/// Record figures as they were read
///
/// Several are recorded as one entry. What a figure needs and its text does not tell is refused with the
/// option that gives it; with --all, such figures are left waiting.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat review accept c12 c14
  humstat review accept c12 --since 2022-02-24
  humstat review accept --all --min-confidence 90")]
pub struct AcceptArgs {
    #[command(flatten)]
    which: WhichArgs,
    /// First day of cumulatives whose text does not tell it
    #[arg(long, value_name = "DAY")]
    since: Option<NaiveDate>,
    /// Set a part of the figures: indicator=refugees, claimant=UNHCR
    #[arg(long, value_name = "FIELD=VALUE", value_parser = parsed_change)]
    set: Vec<(String, String)>,
}

/// Put away what is no figure to record
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat review reject c12 --reason \"a year, not a number of people\"
  humstat review reject --all --document blog")]
pub struct RejectArgs {
    #[command(flatten)]
    which: WhichArgs,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

/// Record a figure with what was read wrongly set right
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  humstat review correct c12 --set value=\"about 453,000\" --set location=POL

What can be set: indicator, measure, unit, value, status, claimant, origin, location, since, period,
breakdown, relayed_by.")]
pub struct CorrectArgs {
    /// Its name, such as c12
    candidate: CandidateId,
    /// Set a part of the figure: value=\"about 453,000\", location=POL
    #[arg(long, value_name = "FIELD=VALUE", required = true, value_parser = parsed_change)]
    set: Vec<(String, String)>,
}

#[derive(Debug, Args)]
struct WhichArgs {
    /// Their names, such as c12
    #[arg(
        value_name = "CANDIDATE",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    candidates: Vec<CandidateId>,
    /// All that wait, or those of them that the options say
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    filter: FilterArgs,
}

impl WhichArgs {
    fn found(&self, context: &Context, ledger: &Ledger) -> Result<Candidates, CliError> {
        let found = if self.all {
            waiting(context, ledger, &self.filter)?
        } else {
            self.filter
                .kept(context, named(ledger, &self.candidates)?)?
        };
        if found.rows.is_empty() {
            return Err(nothing(false));
        }
        Ok(found)
    }
}

/// A field and what it shall be, from `field=value`.
pub fn parsed_change(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or_else(|| {
        format!("`{text}` sets nothing; write a field and its value, such as location=POL")
    })?;
    Ok((field.trim().to_owned(), value.trim().to_owned()))
}

pub fn accept(context: &Context, args: &AcceptArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let candidates = args.which.found(context, &ledger)?;
    drop(ledger);
    let mut decisions = Vec::with_capacity(candidates.rows.len());
    for row in &candidates.rows {
        let mut set = args.set.clone();
        let read = candidates.prospect(row);
        if read.measure == Measure::Cumulative && read.since.is_none() {
            let since = args.since.map(|since| since.to_string());
            set.extend(since.map(|since| ("since".to_owned(), since)));
        }
        match recording_of(&candidates, row, &set) {
            Ok(decision) => decisions.push(decision),
            Err(refusal) if args.which.all && refusal.is_lack => {
                context.tell(&format!("left waiting: {}", refusal.message));
            }
            Err(refusal) => return Err(refusal.into_error()),
        }
    }
    if decisions.is_empty() {
        return Err(CliError::nothing(
            "none of them tells all that a figure needs; nothing was recorded",
        ));
    }
    commit(context, &decisions).map(drop)
}

pub fn reject(context: &Context, args: &RejectArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let candidates = args.which.found(context, &ledger)?;
    drop(ledger);
    let decisions: Vec<Decision> = candidates
        .rows
        .iter()
        .map(|row| rejection_of(row, args.reason.as_deref()))
        .collect();
    commit(context, &decisions).map(drop)
}

pub fn correct(context: &Context, args: &CorrectArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let candidates = named(&ledger, &[args.candidate])?;
    drop(ledger);
    let mut decisions = Vec::new();
    for row in &candidates.rows {
        let decision = recording_of(&candidates, row, &args.set).map_err(Refusal::into_error)?;
        decisions.push(decision);
    }
    commit(context, &decisions).map(drop)
}

/// Why a figure cannot be recorded.
#[derive(Debug)]
pub struct Refusal {
    /// What is wrong, and the way out.
    pub message: String,
    /// Whether the text leaves something open, and nobody said anything wrong.
    pub is_lack: bool,
}

impl Refusal {
    fn into_error(self) -> CliError {
        if self.is_lack {
            CliError::data(self.message)
        } else {
            CliError::usage(self.message)
        }
    }
}

/// The decision to put a candidate away.
pub fn rejection_of(row: &CandidateRecord, reason: Option<&str>) -> Decision {
    Decision {
        candidate: row.id,
        verdict: Verdict::Reject {
            reason: reason.map(ToOwned::to_owned),
        },
    }
}

/// The decision to record a candidate's figure, with parts of it set.
pub fn recording_of(
    candidates: &Candidates,
    row: &CandidateRecord,
    set: &[(String, String)],
) -> Result<Decision, Refusal> {
    let read = candidates.prospect(row);
    let mut prospect = read.clone();
    prospect.set(set).map_err(|error| Refusal {
        message: format!("{}: {error}", row.id),
        is_lack: false,
    })?;
    let (series, period) = prospect.series().map_err(|lacks| {
        let lacks: Vec<String> = lacks.iter().map(ToString::to_string).collect();
        Refusal {
            message: format!("{}: {}", row.id, lacks.join("; ")),
            is_lack: true,
        }
    })?;
    Ok(Decision {
        candidate: row.id,
        verdict: Verdict::Record {
            changes: changes(&read, &prospect),
            figure: Box::new(NewFigure {
                series,
                period,
                quantity: prospect.quantity,
                relayed_by: prospect.relayed_by,
            }),
        },
    })
}

/// What differs from what was read, by field.
fn changes(read: &Prospect, set: &Prospect) -> Vec<(String, String)> {
    EDITABLE
        .iter()
        .filter_map(|field| {
            let now = field_text(set, field);
            (now != field_text(read, field)).then(|| ((*field).to_owned(), now.unwrap_or_default()))
        })
        .collect()
}

/// Records decisions as one entry and says what became of them.
pub fn commit(context: &Context, decisions: &[Decision]) -> Result<Decided, CliError> {
    let mut seen = BTreeSet::new();
    let once: Vec<Decision> = decisions
        .iter()
        .filter(|decision| seen.insert(decision.candidate))
        .cloned()
        .collect();
    let mut ledger = context.create()?;
    let decided = ledger.decide(&once, &context.recording("{}".to_owned()))?;
    let mut text = String::new();
    for decision in &once {
        if let Verdict::Record { figure, .. } = &decision.verdict {
            text.push_str(&sentence::of_figure(
                &figure.series,
                figure.period,
                &figure.quantity,
            ));
            text.push('\n');
        }
    }
    context.show(&text)?;
    let figures: Vec<String> = decided
        .recorded
        .iter()
        .map(|(candidate, figure)| format!("{candidate} is {figure}"))
        .collect();
    let mut said = vec![format!("entry {}", decided.entry)];
    if !figures.is_empty() {
        said.push(format!("{} ({})", decided.tally, figures.join(", ")));
    }
    if decided.rejected > 0 {
        said.push(format!("{} rejected", decided.rejected));
    }
    context.tell(&said.join(": "));
    Ok(decided)
}
