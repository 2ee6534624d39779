//! The command line: one file per command, with its arguments, its help and its run.

mod audit;
mod changes;
mod chart;
mod cite;
mod compare;
mod context;
mod deliver;
mod disaggregate;
mod error;
mod estimate;
mod export;
mod figures;
mod files;
mod flows;
mod forecast;
mod indicators;
mod ingest;
mod init;
mod ledger;
mod licence;
mod nowcast;
mod output;
mod picture;
mod places;
mod rates;
mod record;
mod release;
mod replication;
mod report;
mod review;
mod revisions;
mod run;
mod selection;
mod serve;
mod shell;
mod sources;
mod suggest;
mod summary;
mod tally;
mod trace;
mod trend;
mod unknown_places;
mod update;

use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use error::{CliError, Kind};

use context::Context;

/// Humanitarian figures as time series with their provenance
///
/// Records what UNHCR, OHCHR and others publish, keeps every revision, and answers with tables,
/// trends, sentences and charts that name their source.
#[derive(Debug, Parser)]
#[command(
    name = "humstat",
    version,
    propagate_version = true,
    max_term_width = 100
)]
#[command(after_help = "\
Examples:
  humstat run ukraine-2022
  humstat summary --indicator border_crossings --origin UKR --at 2022-03-08 --total
  humstat chart line --indicator border_crossings --origin UKR --location POL -o poland.svg

Exit codes: 0 done; 1 the data or a file is wrong; 2 the command line is wrong; 3 nothing
matched; 4 a source could not be reached; 5 the ledger is damaged or locked.")]
struct Arguments {
    #[command(flatten)]
    global: context::GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::RunArgs),
    Init(init::InitArgs),
    Ingest(ingest::IngestArgs),
    Update(update::UpdateArgs),
    Record(record::RecordArgs),
    Review(review::ReviewArgs),
    Figures(figures::FiguresArgs),
    Summary(summary::SummaryArgs),
    Tally(tally::TallyArgs),
    Changes(changes::ChangesArgs),
    Revisions(revisions::RevisionsArgs),
    Trace(trace::TraceArgs),
    Trend(trend::TrendArgs),
    Forecast(forecast::ForecastArgs),
    Rates(rates::RatesArgs),
    Flows(flows::FlowsArgs),
    Estimate(estimate::EstimateArgs),
    Nowcast(nowcast::NowcastArgs),
    Disaggregate(disaggregate::DisaggregateArgs),
    Compare(compare::CompareArgs),
    Chart(chart::ChartArgs),
    Export(export::ExportArgs),
    Report(report::ReportArgs),
    Serve(serve::ServeArgs),
    Audit(audit::AuditArgs),
    Cite(cite::CiteArgs),
    Ledger(ledger::LedgerArgs),
    Places(places::PlacesArgs),
    Indicators(indicators::IndicatorsArgs),
    Sources(sources::SourcesArgs),
    Completions(shell::CompletionsArgs),
    Man(shell::ManArgs),
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    match act(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            context::say(&format!("humstat: {}", error.message));
            error.exit_code()
        }
    }
}

/// Does within this process what the program does with these words after its name. What a command
/// answers goes to stdout as ever; the reason of a failure is given back.
///
/// # Errors
/// When the words mean nothing, or the command fails.
pub fn perform<W: Into<std::ffi::OsString> + Clone>(
    words: impl IntoIterator<Item = W>,
) -> Result<(), CliError> {
    let words = words.into_iter().map(Into::into);
    let all = std::iter::once("humstat".into()).chain(words);
    let arguments = Arguments::try_parse_from(all);
    act(arguments.map_err(|error| CliError::usage(error.to_string()))?)
}

/// Sees whether a text can stand in `humstat.toml`.
///
/// # Errors
/// With the line of the mistake and the nearest right key.
pub fn check_settings(file: &Path, text: &str) -> Result<(), CliError> {
    context::Settings::read(file, text).map(drop)
}

fn act(arguments: Arguments) -> Result<(), CliError> {
    let context = Context::new(arguments.global)?;
    match arguments.command {
        Command::Init(args) => init::run(&context, &args),
        Command::Run(args) => run::run(&context, &args),
        Command::Ingest(args) => ingest::run(&context, &args),
        Command::Record(args) => record::run(&context, &args),
        Command::Review(args) => review::run(&context, &args),
        Command::Figures(args) => figures::run(&context, &args),
        Command::Summary(args) => summary::run(&context, &args),
        Command::Tally(args) => tally::run(&context, &args),
        Command::Update(args) => update::run(&context, &args),
        Command::Changes(args) => changes::run(&context, &args),
        Command::Revisions(args) => revisions::run(&context, &args),
        Command::Trace(args) => trace::run(&context, &args),
        Command::Trend(args) => trend::run(&context, &args),
        Command::Forecast(args) => forecast::run(&context, &args),
        Command::Rates(args) => rates::run(&context, &args),
        Command::Flows(args) => flows::run(&context, &args),
        Command::Estimate(args) => estimate::run(&context, &args),
        Command::Nowcast(args) => nowcast::run(&context, &args),
        Command::Disaggregate(args) => disaggregate::run(&context, &args),
        Command::Compare(args) => compare::run(&context, &args),
        Command::Chart(args) => chart::run(&context, &args),
        Command::Export(args) => export::run(&context, &args),
        Command::Report(args) => report::run(&context, &args),
        Command::Serve(args) => serve::run(&context, &args),
        Command::Audit(args) => audit::run(&context, &args),
        Command::Cite(args) => cite::run(&context, &args),
        Command::Ledger(args) => ledger::run(&context, &args),
        Command::Places(args) => places::run(&context, &args),
        Command::Indicators(args) => indicators::run(&context, &args),
        Command::Sources(args) => sources::run(&context, &args),
        Command::Completions(args) => shell::completions(&context, &args),
        Command::Man(args) => shell::man(&context, &args),
    }
}

/// The command line as clap knows it, for completions, man pages and tests.
pub fn command() -> clap::Command {
    Arguments::command()
}
