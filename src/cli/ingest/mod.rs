//! `humstat ingest`: from a file, or from what a source answers, to an entry of the ledger.

mod finish;
mod source;
mod table;

use clap::{Args, Subcommand};

pub use finish::{summary_line, tell_of, tell_recorded};
use source::SourceArgs;

use super::CliError;
use super::context::Context;
use crate::ingest;

/// Record the figures of a file, or of a source that is asked for them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat ingest table refugees.csv --map refugees.toml --dry-run
  humstat ingest unhcr population --origin SYR

`humstat sources` tells of each source what it is, how often it changes and on what terms it comes.")]
pub struct IngestArgs {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Source {
    Dtm(SourceArgs<ingest::dtm::Dtm>),
    Hapi(SourceArgs<ingest::hapi::Hapi>),
    Hdx(SourceArgs<ingest::hdx::Hdx>),
    Idmc(SourceArgs<ingest::idmc::Idmc>),
    Table(table::TableArgs),
    Unhcr(SourceArgs<ingest::unhcr::Unhcr>),
    UnhcrSituation(SourceArgs<ingest::unhcr_situation::UnhcrSituation>),
}

pub fn run(context: &Context, args: &IngestArgs) -> Result<(), CliError> {
    match &args.source {
        Source::Dtm(args) => source::run(context, args),
        Source::Hapi(args) => source::run(context, args),
        Source::Hdx(args) => source::run(context, args),
        Source::Idmc(args) => source::run(context, args),
        Source::Table(args) => table::run(context, args),
        Source::Unhcr(args) => source::run(context, args),
        Source::UnhcrSituation(args) => source::run(context, args),
    }
}
