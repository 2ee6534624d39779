//! `humstat ingest table`: from a file to an entry of the ledger.

use std::path::{Path, PathBuf};

use clap::Args;

use super::finish::{dry_run, record, tell_of};
use crate::cli::context::Context;
use crate::cli::files::{capture, read_text};
use crate::cli::selection::place_argument;
use crate::cli::{CliError, suggest, unknown_places};
use crate::figure::{Absence, Version};
use crate::ledger::Capture;
use crate::table::{self, Mapping, Options, ScopeAsked, Table, TableError, Told};

/// Record the figures of a table: CSV, a workbook, JSON, Parquet, also .gz and .zip
///
/// A mapping says which column is what and in which scheme. Tables of UNHCR, UCDP, ACLED, IDMC and
/// others are known by their header and need none; for the rest --suggest drafts one. Those under
/// datasets/mappings/ show how, and the README explains the usual keys. Every row that cannot be read
/// is told with line, column and value, and nothing is recorded then, unless --skip-bad-rows. Names of
/// places that are not known are gathered in FILE.places.csv, for a person to fill in; --places takes
/// it back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat ingest table refugees.csv --suggest -o refugees.toml
  humstat ingest table refugees.csv --map refugees.toml --dry-run
  humstat ingest table population.csv.gz --published 2026-06-11
  humstat ingest table syria.csv --map unhcr.toml --scope origin=SYR
  humstat ingest table idps.csv --map idps.toml --places idps.csv.places.csv")]
pub struct TableArgs {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The mapping; a table of known shape needs none
    #[arg(long, value_name = "MAP.toml")]
    map: Option<PathBuf>,
    /// Draft a mapping from the header and the values, with a reason for every guess
    #[arg(long, conflicts_with_all = ["map", "dry_run"])]
    suggest: bool,
    /// Where the draft goes, in place of stdout
    #[arg(short, long, value_name = "FILE", requires = "suggest")]
    output: Option<PathBuf>,
    /// Keys that lead to the list to draft for, where JSON holds several: data.population
    #[arg(long, value_name = "PATH", requires = "suggest")]
    path: Option<String>,
    /// When the table was published, where the mapping does not say
    #[arg(long, value_name = "WHEN")]
    published: Option<Version>,
    /// When the file was received
    #[arg(long, value_name = "WHEN")]
    retrieved: Option<Version>,
    /// What it means that a cell is absent, in place of what the mapping says
    #[arg(long, value_name = "RULE", value_parser = ["unchanged", "change_log", "withdrawn", "zero_or_unreported"])]
    absent: Option<String>,
    /// What was asked for, where the file is a part of a larger table: origin=SYR, location=DEU,
    /// indicator=refugees, or `whole` for all of the channel
    #[arg(long, value_name = "WHAT")]
    scope: Vec<String>,
    /// Let the file take back more than a few figures
    #[arg(long, value_name = "WHAT", value_parser = ["withdrawals"])]
    allow: Option<String>,
    /// Record the rows that can be read, and count the others
    #[arg(long)]
    skip_bad_rows: bool,
    /// What unknown names of places mean: a FILE.places.csv with its ids filled in. They are used for
    /// this table and recorded as aliases
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// Where unknown names of places are written to [default: FILE.places.csv beside the table]
    #[arg(long, value_name = "FILE")]
    unknown_places: Option<PathBuf>,
    /// Record nothing; read the first figures back as sentences
    #[arg(long)]
    dry_run: bool,
}

pub fn run(context: &Context, args: &TableArgs) -> Result<(), CliError> {
    context.learn_places()?;
    context.tell_of_future("--published", args.published);
    context.tell_of_future("--retrieved", args.retrieved);
    if args.suggest {
        let [file] = args.files.as_slice() else {
            return Err(CliError::usage("--suggest takes one file at a time"));
        };
        return suggest::suggest(context, file, args.path.as_deref(), args.output.as_deref());
    }
    let given = match &args.map {
        Some(map) => {
            let text = read_text(map)?;
            Some((Mapping::parse(map, &text)?, text))
        }
        None => None,
    };
    let options = Options {
        published: args.published,
        retrieved: args.retrieved,
        absent: args
            .absent
            .as_deref()
            .map(str::parse::<Absence>)
            .transpose()
            .map_err(|error| CliError::usage(error.to_string()))?,
        scope: scope(&args.scope)?,
        skip_bad_rows: args.skip_bad_rows,
        places: match &args.places {
            Some(file) => unknown_places::filled(file)?,
            None => Vec::new(),
        },
        told: Told::default(),
        footnotes: Vec::new(),
    };
    for file in &args.files {
        let capture = capture(file)?;
        let known;
        let (mapping, mapping_text) = match &given {
            Some(given) => given,
            None => {
                known = suggest::known(context, file, &capture)?;
                &known
            }
        };
        let target = args.unknown_places.as_deref();
        let table = read_table(context, capture, mapping, mapping_text, &options)
            .map_err(|error| refusal(file, target, &error))?;
        if !table.unknown_places.is_empty() {
            context.tell(&unknown_places::write(file, target, &table.unknown_places)?);
        }
        tell_of(context, file, &table);
        if args.dry_run {
            dry_run(context, table.reading)?;
            continue;
        }
        record(context, table.reading, args.allow.is_some())?;
        if let Some(file) = &args.places {
            unknown_places::record_aliases(context, &options.places, file)?;
        }
    }
    Ok(())
}

/// Reads a file as a table, with a progress bar on a terminal.
fn read_table(
    context: &Context,
    capture: Capture,
    mapping: &Mapping,
    mapping_text: &str,
    options: &Options,
) -> Result<Table, TableError> {
    let bar = context.progress(&capture.name);
    let table = table::read(vec![capture], mapping, mapping_text, options, |rows| {
        bar.set_position(rows);
    });
    bar.finish_and_clear();
    table
}

/// The error for a table that cannot be read. Its unknown places are written to a file before.
fn refusal(file: &Path, target: Option<&Path>, error: &TableError) -> CliError {
    let mut message = error.to_string();
    if let TableError::Rows { places, .. } = error
        && !places.is_empty()
    {
        let written = unknown_places::write(file, target, places);
        message.push('\n');
        message.push_str(&written.unwrap_or_else(|error| error.message));
    }
    CliError::data(message)
}

fn scope(asked: &[String]) -> Result<ScopeAsked, CliError> {
    let mut scope = ScopeAsked::default();
    for part in asked {
        if part == "whole" {
            scope.whole = true;
            continue;
        }
        let Some((key, value)) = part.split_once('=') else {
            return Err(CliError::usage(format!(
                "`{part}` is no scope; write origin=SYR, location=DEU, indicator=refugees or whole"
            )));
        };
        match key {
            "origin" => scope.origins.push(place_argument(value)?),
            "location" | "destination" | "asylum" => scope.locations.push(place_argument(value)?),
            "indicator" => {
                crate::vocabulary::indicator(value)
                    .map_err(|error| CliError::usage(error.to_string()))?;
                scope.indicators.push(value.to_owned());
            }
            _ => {
                return Err(CliError::usage(format!(
                    "a scope has no `{key}`; it has origin, location and indicator"
                )));
            }
        }
    }
    Ok(scope)
}
