//! `humstat trace`: from a number to its document, and to what became of it.

mod article;
mod draft;

use std::collections::HashMap;
use std::path::Path;

use clap::Args;
use sha2::{Digest as _, Sha256};

use super::CliError;
use super::context::Context;
use super::files::bytes_up_to;
use super::output::OutputArgs;
use crate::figure::{Quantity, counted};
use crate::ledger::{FigureId, Figures, Ledger, Selection, Versions};
use crate::publish::recognise::{self, Named};
use crate::publish::trace::{self, Finding, Trace, Traced};
use crate::table;

/// The largest file that is traced: more than any table or draft that people put out.
const TRACED: u64 = 1 << 30;

/// Where a number comes from, and whether it still stands
///
/// WHAT is a figure id (f198), a number (453,000), a file that humstat wrote (a table or a chart),
/// or a draft article. For a figure: its document, the row or the sentence that it was read from, and
/// every version. For a number: every figure that has it. For a file: each figure in it as recorded,
/// superseded, withdrawn, retracted by us, altered in the file, or unknown to this ledger. For a draft:
/// each number in it as recorded, without its qualifier, superseded, contradicted, or unknown; it ends
/// with 1 unless all are as recorded.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat trace f198
  humstat trace 453,000
  humstat trace charts/ukraine-2022/summary.csv
  humstat trace charts/ukraine-2022/crossings-flow.png --format csv
  humstat trace article.md")]
pub struct TraceArgs {
    /// A figure id, a number, a file that humstat wrote, or a draft
    what: String,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(context: &Context, args: &TraceArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let file = Path::new(&args.what);
    if let Ok(id) = args.what.parse::<FigureId>()
        && !file.exists()
    {
        return one(context, args, &ledger, id);
    }
    if file.is_file() {
        return of_file(context, args, &ledger, file);
    }
    let number = args
        .what
        .parse::<Quantity>()
        .ok()
        .and_then(|quantity| quantity.value)
        .ok_or_else(|| {
            CliError::usage(format!(
                "`{}` is no figure id such as f198, no number such as 453,000, and no file",
                args.what
            ))
        })?;
    of_number(context, args, &ledger, number)
}

/// All versions of the series that hold these figures.
fn versions(ledger: &Ledger, figures: Vec<FigureId>) -> Result<Figures, CliError> {
    if figures.is_empty() {
        return Ok(Figures::default());
    }
    Ok(ledger.figures(&Selection {
        figures,
        versions: Versions::All,
        ..Selection::default()
    })?)
}

fn one(context: &Context, args: &TraceArgs, ledger: &Ledger, id: FigureId) -> Result<(), CliError> {
    let figures = versions(ledger, vec![id])?;
    let Some(row) = figures.rows.iter().find(|row| row.id == id) else {
        return Err(CliError::nothing(format!(
            "this ledger holds no figure {id}"
        )));
    };
    let trace = Trace::of(&figures, row);
    if args.output.is_chosen() {
        let traced = Traced {
            figure_id: id.to_string(),
            stated: None,
            trace: Some(trace),
        };
        return args.output.write_alone(context, &trace::frame(&[traced])?);
    }
    let source = ledger.source_of(id)?;
    let evidence = source
        .as_ref()
        .and_then(|source| table::evidence::row(&source.pages, &source.mapping, source.row?));
    let mut card = trace.card(source.as_ref(), evidence, &ledger.read_from(id)?);
    for release in ledger.releases()? {
        if release.figures.binary_search(&id).is_ok() {
            card.push_str(&format!(
                "{:<13}{}, entry {}\n",
                "released", release.name, release.entry
            ));
        }
    }
    context.show(&card)
}

fn of_number(
    context: &Context,
    args: &TraceArgs,
    ledger: &Ledger,
    number: i64,
) -> Result<(), CliError> {
    let ids = ledger.figures_with_value(number)?;
    let figures = versions(ledger, ids.clone())?;
    let traced: Vec<Traced<'_>> = traces(
        &figures,
        ids.iter().map(|id| Named {
            figure_id: id.to_string(),
            ..Named::default()
        }),
    );
    if traced.is_empty() {
        return Err(CliError::nothing(format!(
            "no figure of this ledger is, or is bounded by, {}",
            crate::figure::grouped(number)
        )));
    }
    args.output.write_alone(context, &trace::frame(&traced)?)
}

fn of_file(
    context: &Context,
    args: &TraceArgs,
    ledger: &Ledger,
    file: &Path,
) -> Result<(), CliError> {
    let wrong =
        |error: &dyn std::fmt::Display| CliError::data(format!("{}: {error}", file.display()));
    let bytes = bytes_up_to(file, TRACED).map_err(|error| wrong(&error))?;
    let digest: [u8; 32] = Sha256::digest(&bytes).into();
    let sha256: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let releases = ledger.releases()?;
    let released: Vec<_> = releases
        .iter()
        .flat_map(|release| release.files.iter().map(move |file| (release, file)))
        .filter(|(_, file)| file.sha256 == sha256)
        .collect();
    let named = match (recognise::figures_of(&bytes), released.last()) {
        (Ok(named), _) => named,
        // Tables for charts and maps name no figures; what went out with them is known.
        (Err(_), Some((release, _))) => {
            context.tell(&format!(
                "{} names no figures; those of release {} are shown",
                file.display(),
                release.name
            ));
            let ids = release.figures.iter();
            ids.map(|id| Named {
                figure_id: id.to_string(),
                ..Named::default()
            })
            .collect()
        }
        (Err(_), None) if article::may_be_one(file) => {
            return draft::run(context, &args.output, ledger, (file, &bytes));
        }
        (Err(error), None) => return Err(wrong(&error)),
    };
    let hash = crate::chart::provenance(&bytes)
        .into_iter()
        .flatten()
        .find_map(|(key, hash)| (key == "ledger hash").then_some(hash));
    if let Some(hash) = hash
        && !ledger.log()?.iter().any(|entry| entry.hash == hash)
    {
        return Err(CliError::nothing(format!(
            "{} was made from another ledger: this one has no entry with the hash {hash}",
            file.display()
        )));
    }
    for (release, file) in &released {
        context.tell(&format!(
            "byte for byte {} of release {}, entry {}",
            file.name, release.name, release.entry
        ));
    }
    let ids = named
        .iter()
        .filter_map(|named| named.figure_id.parse().ok())
        .collect();
    let figures = versions(ledger, ids)?;
    let traced = traces(&figures, named.into_iter());
    let count = |finding: Finding| {
        traced
            .iter()
            .filter(|traced| traced.finding() == finding)
            .count()
    };
    let counts: Vec<String> = Finding::ALL
        .iter()
        .map(|finding| (count(*finding), finding.code().replace('_', " ")))
        .filter(|(count, _)| *count > 0)
        .map(|(count, finding)| format!("{count} {finding}"))
        .collect();
    context.tell(&format!(
        "{}: {}",
        counted(traced.len(), "figure", "figures"),
        counts.join(", ")
    ));
    args.output.write_alone(context, &trace::frame(&traced)?)
}

fn traces(figures: &Figures, named: impl Iterator<Item = Named>) -> Vec<Traced<'_>> {
    let by_id: HashMap<String, &crate::ledger::FigureRow> = figures
        .rows
        .iter()
        .map(|row| (row.id.to_string(), row))
        .collect();
    named
        .map(|named| Traced {
            // The same name stands for another figure in another ledger.
            trace: by_id
                .get(&named.figure_id)
                .filter(|row| is_the_same(figures, row, &named))
                .map(|row| Trace::of(figures, row)),
            figure_id: named.figure_id,
            stated: named.stated,
        })
        .collect()
}

/// Whether a figure is of the place and the day that the file gives for it.
fn is_the_same(figures: &Figures, row: &crate::ledger::FigureRow, named: &Named) -> bool {
    let location = figures.series[row.series].location.as_ref();
    let place = named.location_id.as_deref();
    let day = named.period_end.as_deref();
    place.is_none_or(|place| location.is_some_and(|id| id.as_str() == place))
        && day.is_none_or(|day| row.period.end.to_string() == day)
}
