//! `humstat review`: deciding on figures that were read from prose.

mod apply;
mod card;
mod decide;
mod filter;
mod prompt;

use clap::{Args, Subcommand};

use super::CliError;
use super::context::Context;
use super::output::OutputArgs;
use crate::figure::counted;
use crate::ledger::{CandidateFilter, CandidateId, Candidates, Ledger, Standing};
use crate::publish::review::{self, Reviewed};
use filter::FilterArgs;

/// Decide on figures that were read from prose
///
/// A figure that `humstat ingest text` found waits until somebody accepts it; before that it is in no
/// table, sum or chart. Without a further word this shows one after the other, with its sentence and
/// what the ledger knows on it, and asks: a accept, r reject, c correct, s skip, q quit.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Examples:
  humstat review
  humstat review list --indicator border_crossings --min-confidence 80
  humstat review accept c12 c14
  humstat review correct c12 --set value=\"about 453,000\" --set location=POL
  humstat review list -o waiting.csv
  humstat review apply waiting.csv")]
pub struct ReviewArgs {
    #[command(subcommand)]
    command: Option<ReviewCommand>,
    #[command(flatten)]
    filter: FilterArgs,
}

#[derive(Debug, Subcommand)]
enum ReviewCommand {
    List(ListArgs),
    Show(ShowArgs),
    Accept(decide::AcceptArgs),
    Reject(decide::RejectArgs),
    Correct(decide::CorrectArgs),
    Apply(apply::ApplyArgs),
}

/// List what waits for a decision
///
/// The CSV has a column `answer` for `accept` or `reject`; `humstat review apply` reads it back, with what
/// was edited in it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat review list
  humstat review list --location Poland --min-confidence 80 -o waiting.csv")]
struct ListArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// Also what was decided
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Show one with its sentence, its document and what the ledger knows on it
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  humstat review show c12")]
struct ShowArgs {
    /// Its name, such as c12
    #[arg(required = true, value_name = "CANDIDATE")]
    candidates: Vec<CandidateId>,
}

pub fn run(context: &Context, args: &ReviewArgs) -> Result<(), CliError> {
    match &args.command {
        None => {
            let ledger = context.open()?;
            let ids = waiting(context, &ledger, &args.filter)?.rows;
            let ids: Vec<CandidateId> = ids.into_iter().map(|row| row.id).collect();
            drop(ledger);
            prompt::run(context, &ids)
        }
        Some(ReviewCommand::List(args)) => list(context, args),
        Some(ReviewCommand::Show(args)) => show(context, args),
        Some(ReviewCommand::Accept(args)) => decide::accept(context, args),
        Some(ReviewCommand::Reject(args)) => decide::reject(context, args),
        Some(ReviewCommand::Correct(args)) => decide::correct(context, args),
        Some(ReviewCommand::Apply(args)) => apply::run(context, args),
    }
}

/// Asks for a decision on each of these, where a person sits at a terminal; otherwise says how to.
pub fn after_ingest(context: &Context, candidates: &[CandidateId]) -> Result<(), CliError> {
    use std::io::IsTerminal as _;
    if candidates.is_empty() {
        return Ok(());
    }
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        return prompt::run(context, candidates);
    }
    let count = counted(candidates.len(), "figure waits", "figures wait");
    context.tell(&format!("{count} for a decision: humstat review"));
    Ok(())
}

fn list(context: &Context, args: &ListArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let candidates = if args.all {
        args.filter
            .kept(context, ledger.candidates(&CandidateFilter::default())?)?
    } else {
        waiting(context, &ledger, &args.filter)?
    };
    if candidates.rows.is_empty() {
        return Err(nothing(args.all));
    }
    let reviewed = reviewed(&ledger, &candidates)?;
    let frame = if args.output.is_for_people()? {
        review::overview(&candidates, &reviewed)?
    } else {
        review::frame(&candidates, &reviewed)?
    };
    args.output.write_alone(context, &frame)
}

fn show(context: &Context, args: &ShowArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let candidates = named(&ledger, &args.candidates)?;
    let reviewed = reviewed(&ledger, &candidates)?;
    let style = card::Style::of_stdout();
    let cards: Vec<String> = reviewed
        .iter()
        .map(|one| card::card(&candidates, one, style))
        .collect();
    context.draw(cards.join("\n").as_bytes())
}

/// What waits for a decision and passes a filter.
fn waiting(
    context: &Context,
    ledger: &Ledger,
    filter: &FilterArgs,
) -> Result<Candidates, CliError> {
    let waiting = ledger.candidates(&CandidateFilter {
        standing: Some(Standing::Waiting),
        ..CandidateFilter::default()
    })?;
    filter.kept(context, waiting)
}

/// The candidates of these names.
fn named(ledger: &Ledger, ids: &[CandidateId]) -> Result<Candidates, CliError> {
    Ok(ledger.candidates(&CandidateFilter {
        ids: ids.to_vec(),
        ..CandidateFilter::default()
    })?)
}

/// Candidates with what the ledger knows on each.
fn reviewed<'c>(
    ledger: &Ledger,
    candidates: &'c Candidates,
) -> Result<Vec<Reviewed<'c>>, CliError> {
    let mut reviewed = Vec::with_capacity(candidates.rows.len());
    for row in &candidates.rows {
        let prospect = candidates.prospect(row);
        let published = row
            .published
            .or(candidates.document_of(row).publication.version());
        let known = match review::near(&prospect) {
            Some(selection) => {
                let figures = ledger.figures(&selection)?;
                let mut known = review::known(&prospect, published, &figures);
                // That it says itself what it says is no news.
                known.retain(|known| Some(known.figure) != row.figure);
                known
            }
            None => Vec::new(),
        };
        reviewed.push(Reviewed {
            row,
            prospect,
            known,
        });
    }
    Ok(reviewed)
}

fn nothing(all: bool) -> CliError {
    CliError::nothing(if all {
        "no figure that was read from prose matches; `humstat ingest text` reads some"
    } else {
        "no figure that was read from prose waits for a decision; --all shows those that were decided"
    })
}
