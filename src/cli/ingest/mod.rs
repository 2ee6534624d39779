//! `humstat ingest`: from a file, or from what a source answers, to an entry of the ledger.

mod finish;
mod source;
mod table;
mod text;

use clap::{Args, Parser, Subcommand};

pub use finish::{summary_line, tell_of, tell_recorded};
use source::SourceArgs;

use super::CliError;
use super::context::Context;
use super::error::Kind;
use crate::ingest;
use crate::ledger::{Capture, Reading};

/// Record the figures of a file, or of a source that is asked for them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat ingest table refugees.csv --map refugees.toml --dry-run
  humstat ingest text release.html --via \"Example News\" --dry-run
  humstat ingest unhcr population --origin SYR

`humstat sources` tells of each source what it is, how often it changes and on what terms it comes.")]
pub struct IngestArgs {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Source {
    Acled(SourceArgs<ingest::acled::Acled>),
    Dtm(SourceArgs<ingest::dtm::Dtm>),
    Eurostat(SourceArgs<ingest::eurostat::Eurostat>),
    Hapi(SourceArgs<ingest::hapi::Hapi>),
    Hdx(SourceArgs<ingest::hdx::Hdx>),
    Idmc(SourceArgs<ingest::idmc::Idmc>),
    MissingMigrants(SourceArgs<ingest::missing_migrants::MissingMigrants>),
    Ohchr(SourceArgs<ingest::ohchr::Ohchr>),
    Owid(SourceArgs<ingest::owid::Owid>),
    #[command(name = "reliefweb")]
    ReliefWeb(SourceArgs<ingest::reliefweb::ReliefWeb>),
    Table(table::TableArgs),
    Text(text::TextArgs),
    TechForPalestine(SourceArgs<ingest::tech_for_palestine::TechForPalestine>),
    Ucdp(SourceArgs<ingest::ucdp::Ucdp>),
    Unhcr(SourceArgs<ingest::unhcr::Unhcr>),
    UnhcrSituation(SourceArgs<ingest::unhcr_situation::UnhcrSituation>),
    WorldBank(SourceArgs<ingest::world_bank::WorldBank>),
}

/// The words after `humstat ingest`, as a plan or a ledger holds them.
#[derive(Debug, Parser)]
#[command(name = "humstat ingest", disable_help_flag = true)]
struct Words {
    #[command(flatten)]
    args: IngestArgs,
}

/// Whether words ask a source, and not for a file: what a plan or a ledger may hold.
///
/// # Errors
/// When they mean nothing.
pub fn check(words: &[String]) -> Result<(), CliError> {
    parsed(words).map(drop)
}

/// Asks sources by the words after `humstat ingest`, one after the other, and gives those asks that brought
/// nothing which could be recorded; why is told.
pub fn again(context: &Context, asks: &[Vec<String>]) -> Unanswered {
    let (mut failed, mut kind) = (Vec::new(), Kind::Source);
    for words in asks {
        let line = words.join(" ");
        context.tell(&format!("asking {line}"));
        if let Err(error) = parsed(words).and_then(|args| run(context, &args)) {
            context.tell(&format!("{line}: {}", error.message));
            // What another time would mend ends otherwise than what somebody must mend.
            if kind == Kind::Source {
                kind = error.kind;
            }
            failed.push(line);
        }
    }
    Unanswered {
        failed,
        kind,
        of: asks.len(),
    }
}

/// Asks that brought nothing.
pub struct Unanswered {
    failed: Vec<String>,
    /// What kind of failure it was.
    kind: Kind,
    of: usize,
}

impl Unanswered {
    /// Whether every ask was answered.
    pub const fn is_empty(&self) -> bool {
        self.failed.is_empty()
    }

    /// The error to end with, if there is one, after all else was done.
    pub fn outcome(&self) -> Result<(), CliError> {
        if self.is_empty() {
            return Ok(());
        }
        Err(CliError {
            kind: self.kind,
            message: format!(
                "{} of {} did not answer or could not be read: {}; the rest was done",
                self.failed.len(),
                self.of,
                self.failed.join("; ")
            ),
        })
    }
}

fn parsed(words: &[String]) -> Result<IngestArgs, CliError> {
    let all = std::iter::once("humstat ingest").chain(words.iter().map(String::as_str));
    match Words::try_parse_from(all) {
        Ok(Words {
            args:
                IngestArgs {
                    source: Source::Table(_) | Source::Text(_),
                },
        }) => Err(CliError::usage(
            "`table` and `text` read what a person gives them; name a source, such as `unhcr`",
        )),
        Ok(words) => Ok(words.args),
        Err(error) => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            Err(CliError::usage(format!(
                "`{}`: {}",
                words.join(" "),
                first.trim_start_matches("error: ")
            )))
        }
    }
}

pub fn run(context: &Context, args: &IngestArgs) -> Result<(), CliError> {
    match &args.source {
        Source::Acled(args) => source::run(context, args),
        Source::Dtm(args) => source::run(context, args),
        Source::Eurostat(args) => source::run(context, args),
        Source::Hapi(args) => source::run(context, args),
        Source::Hdx(args) => source::run(context, args),
        Source::Idmc(args) => source::run(context, args),
        Source::MissingMigrants(args) => source::run(context, args),
        Source::Ohchr(args) => source::run(context, args),
        Source::Owid(args) => source::run(context, args),
        Source::ReliefWeb(args) => source::run(context, args),
        Source::Table(args) => table::run(context, args),
        Source::Text(args) => text::run(context, args),
        Source::TechForPalestine(args) => source::run(context, args),
        Source::Ucdp(args) => source::run(context, args),
        Source::Unhcr(args) => source::run(context, args),
        Source::UnhcrSituation(args) => source::run(context, args),
        Source::WorldBank(args) => source::run(context, args),
    }
}

/// Reads answers again that a ledger held to the words after `humstat ingest`.
///
/// # Errors
/// When the words mean nothing, or the answers cannot be read.
pub fn replayed(words: &[String], answers: Vec<Capture>, skip: bool) -> Result<Reading, CliError> {
    match &parsed(words)?.source {
        Source::Acled(args) => source::replayed(args, answers, skip),
        Source::Dtm(args) => source::replayed(args, answers, skip),
        Source::Eurostat(args) => source::replayed(args, answers, skip),
        Source::Hapi(args) => source::replayed(args, answers, skip),
        Source::Hdx(args) => source::replayed(args, answers, skip),
        Source::Idmc(args) => source::replayed(args, answers, skip),
        Source::MissingMigrants(args) => source::replayed(args, answers, skip),
        Source::Ohchr(args) => source::replayed(args, answers, skip),
        Source::Owid(args) => source::replayed(args, answers, skip),
        Source::ReliefWeb(args) => source::replayed(args, answers, skip),
        Source::TechForPalestine(args) => source::replayed(args, answers, skip),
        Source::Ucdp(args) => source::replayed(args, answers, skip),
        Source::Unhcr(args) => source::replayed(args, answers, skip),
        Source::UnhcrSituation(args) => source::replayed(args, answers, skip),
        Source::WorldBank(args) => source::replayed(args, answers, skip),
        // `parsed` refuses both.
        Source::Table(_) | Source::Text(_) => Err(CliError::usage("no source is asked for a file")),
    }
}
