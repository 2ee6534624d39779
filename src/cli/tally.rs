//! `humstat tally`: events added up by time, place and kind.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::selection::{Behind, OutputArgs, SelectionArgs, nothing};
use crate::analysis::tally::Step;
use crate::figure::{Measure, counted};
use crate::publish::tally::{Parted, frame, keep_events, tally, widened};
use crate::vocabulary::{self, UnknownWord};

/// Add up events by day, month, year, country and kind, with best, low and high
///
/// Events are those of UCDP, ACLED, IDMC and others, each with a number of its own; an event that
/// several releases tell of counts once, as the newest says it. One of several days is of its last
/// day. Claimants, channels and indicators keep rows of their own. Sums of lows and highs are
/// bounds, not intervals; a time without events has no row.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat tally --channel ucdp/ged --by year
  humstat tally --channel ucdp/ged --location UKR --period 2022.. --by month,violence
  humstat tally --indicator killed --by month,country,violence --as-known-on 2025-06-30 -o killed.csv")]
pub struct TallyArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// What to tell apart: day, month or year; country; violence, or another dimension
    #[arg(long, value_name = "WHAT", value_delimiter = ',', default_value = "year", value_parser = by)]
    by: Vec<By>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

/// What a tally tells apart.
#[derive(Debug, Clone, Copy)]
enum By {
    Time(Step),
    Place,
    Kind(&'static str),
}

/// What a word of `--by` means.
fn by(word: &str) -> Result<By, String> {
    const EVENT: &str = "event";
    match word {
        "country" | "location" => return Ok(By::Place),
        EVENT => return Err("each event for itself is in `humstat figures`".to_owned()),
        _ => {}
    }
    if let Ok(step) = word.parse() {
        return Ok(By::Time(step));
    }
    if let Ok(dimension) = vocabulary::dimension(word) {
        return Ok(By::Kind(&dimension.code));
    }
    let dimensions = vocabulary::dimensions().map(|dimension| dimension.code.as_str());
    let known = Step::CODES.iter().copied().chain(["country"]);
    Err(UnknownWord::new("part of a tally", word, known.chain(dimensions)).to_string())
}

/// What the words of `--by` mean together.
fn parted(words: &[By]) -> Result<Parted<'static>, CliError> {
    let mut parted = Parted::default();
    for word in words {
        match word {
            By::Place => parted.by_place = true,
            By::Kind(code) if parted.dimensions.contains(code) => {}
            By::Kind(code) => parted.dimensions.push(code),
            By::Time(step) => {
                if let Some(other) = parted.step.replace(*step).filter(|other| other != step) {
                    return Err(CliError::usage(format!(
                        "--by {other} and --by {step} are two tallies; choose one"
                    )));
                }
            }
        }
    }
    Ok(parted)
}

pub fn run(context: &Context, args: &TallyArgs) -> Result<(), CliError> {
    let parted = parted(&args.by)?;
    let ledger = context.open()?;
    let asked = args.selection.selection(context, &ledger)?;
    if let Some(other) = asked.measures.iter().find(|known| **known != Measure::Flow) {
        return Err(CliError::usage(format!(
            "events are added up over time, and a {other} never is (rule over-time); leave --measure out"
        )));
    }
    let mut figures = ledger.figures(&widened(&asked))?;
    let overtaken = keep_events(&mut figures, &asked);
    if figures.rows.is_empty() {
        let CliError { kind, message } = nothing(&ledger, &asked);
        return Err(CliError {
            kind,
            message: format!("no events: {message}"),
        });
    }
    args.licence
        .keep_some(context, &mut figures, args.output.file().is_some())?;
    if overtaken > 0 {
        context.tell(&format!(
            "{} of other days, places or kinds by older releases: each event counts once, as the newest says it",
            counted(overtaken, "event was", "events were")
        ));
    }
    if let Some(step) = parted.step {
        let spanning = figures
            .rows
            .iter()
            .filter(|row| step.around(row.period.start) != step.around(row.period.end));
        let spanning = spanning.count();
        if spanning > 0 {
            context.tell(&format!(
                "{} more than one {step} and {} in that of the last day",
                counted(spanning, "event spans", "events span"),
                if spanning == 1 { "counts" } else { "count" }
            ));
        }
    }
    let rows =
        tally(&figures, &parted, &asked).map_err(|refusal| CliError::data(refusal.to_string()))?;
    let behind = Behind {
        command: "humstat tally",
        ledger: &ledger,
        selection: &asked,
        figures: &figures,
        only: None,
        also: None,
    };
    args.output.write(context, &frame(&rows, &parted)?, &behind)
}
