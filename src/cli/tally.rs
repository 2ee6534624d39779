//! `humstat tally`: events added up by time, place and kind, and counts of periods by time.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs, Question};
use super::selection::{SelectionArgs, nothing};
use crate::analysis::tally::Step;
use crate::figure::{Measure, counted};
use crate::ledger::{Figures, Selection};
use crate::publish::cite::References;
use crate::publish::tally::{
    Counts, Parted, counts, counts_frame, frame, keep_counted, keep_events, tally, widened,
};
use crate::vocabulary::{self, UnknownWord};

/// Add up events by time, place and kind with best, low and high, and flows over time
///
/// Events are those of UCDP, ACLED, IDMC and others, each with a number of its own; an event that
/// several releases tell of counts once, as the newest says it. One of several days is of its last
/// day. Claimants, channels and indicators keep rows of their own. Sums of lows and highs are
/// bounds, not intervals; a time without events has no row.
///
/// Where a selection holds no events, each series of flows is added up over time alone: origins, places and
/// breakdowns keep rows of their own, and each row says how many of its days were covered. Stocks and
/// cumulatives are never added up, nor are series whose periods share days.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat tally --channel ucdp/ged --by year
  humstat tally --channel ucdp/ged --location UKR --period 2022.. --by month,violence
  humstat tally --indicator killed --by month,country,violence --as-known-on 2025-06-30 -o killed.csv
  humstat tally --indicator asylum_applications --claimant EUROSTAT --location DEU --by year")]
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
    let asked = Selection {
        measures: vec![Measure::Flow],
        ..asked
    };
    if !ledger.has_events(&asked)? {
        let question = Question {
            command: "humstat tally",
            ledger: &ledger,
            selection: &asked,
        };
        return run_counts(context, args, question, &parted);
    }
    let mut figures = ledger.figures(&widened(&asked))?;
    let overtaken = keep_events(&mut figures, &asked);
    if figures.rows.is_empty() {
        return Err(none_of("no events", nothing(&ledger, &asked)));
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

/// An error that says first what there is none of.
fn none_of(what: &str, CliError { kind, message }: CliError) -> CliError {
    CliError {
        kind,
        message: format!("{what}: {message}"),
    }
}

/// Adds up counts of periods, where there are no events.
fn run_counts(
    context: &Context,
    args: &TallyArgs,
    question: Question<'_>,
    parted: &Parted<'_>,
) -> Result<(), CliError> {
    let Question {
        ledger,
        selection: asked,
        ..
    } = question;
    let step = parted
        .step
        .filter(|_| !parted.by_place && parted.dimensions.is_empty());
    let is_export = args.output.file().is_some();
    let says_sources = args.output.says_sources()?;
    args.output.write_in_parts(context, question, |take| {
        let mut references = References::default();
        let mut beside = Beside::default();
        let add = |figures: &mut Figures| {
            beside.expected += keep_counted(figures, asked);
            if says_sources {
                references.add(figures, None);
            }
            let Some(step) = step else { return Ok(()) };
            let found = counts(figures, step)
                .map_err(|refusal| CliError::data(refusal.to_string()))?;
            beside.note(&found);
            if found.rows.is_empty() {
                return Ok(());
            }
            take(counts_frame(&found.rows)?)
        };
        let is_any = args
            .licence
            .keep_some_in_parts(context, (ledger, asked), is_export, add)?;
        if !is_any {
            return Err(none_of("no events and no flows", nothing(ledger, asked)));
        }
        let step = step.ok_or_else(|| {
            CliError::usage(
                "these are counts of periods and no events: places and kinds keep rows of their own, and --by takes day, month or year alone",
            )
        })?;
        beside.tell(context, step)?;
        Ok(references.list())
    })
}

/// What there is to say beside the sums.
#[derive(Default)]
struct Beside {
    /// Whether there are any.
    has_rows: bool,
    /// Expected numbers, which were left out.
    expected: usize,
    /// The first series that were left out, each with the reason, and how many there were.
    left_out: (Vec<String>, usize),
    /// Periods that reach over the end of a step.
    spanning: usize,
}

impl Beside {
    /// Notes what was added up in one part.
    fn note(&mut self, found: &Counts<'_>) {
        const SHOWN: usize = 5;
        self.has_rows |= !found.rows.is_empty();
        self.spanning += found.spanning;
        self.left_out.1 += found.left_out.len();
        let more = SHOWN - self.left_out.0.len();
        let left_out = found.left_out.iter().take(more);
        let words = left_out
            .map(|(series, refused)| format!("{} is left out: {refused}", series.in_short()));
        self.left_out.0.extend(words);
    }

    /// Says it; an error where there are no sums.
    fn tell(&self, context: &Context, step: Step) -> Result<(), CliError> {
        if self.expected > 0 {
            context.tell(&format!(
                "{} left out, since they never join what was counted; --status projected adds them up by themselves",
                counted(self.expected, "expected number is", "expected numbers are")
            ));
        }
        let (shown, all) = &self.left_out;
        for words in shown {
            context.tell(words);
        }
        if let more @ 1.. = all - shown.len() {
            context.tell(&format!(
                "{} left out as well",
                counted(more, "series is", "series are")
            ));
        }
        if !self.has_rows {
            return Err(CliError::data(
                "no series of this selection can be added up; each reason stands above",
            ));
        }
        if self.spanning > 0 {
            context.tell(&format!(
                "{} over the end of a {step} and {} in that of the last day",
                counted(self.spanning, "period reaches", "periods reach"),
                if self.spanning == 1 {
                    "counts"
                } else {
                    "count"
                }
            ));
        }
        Ok(())
    }
}
