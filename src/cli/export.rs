//! `humstat export`: figures in the forms that other programs and archives take.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::context::Context;
use super::files::text_of;
use super::licence::{LicenceArgs, NONE_LEFT};
use super::output::pin;
use super::release::ReleaseArgs;
use super::selection::{SelectionArgs, nothing};
use super::{CliError, deliver, replication};
use crate::figure::counted;
use crate::ledger::{Figures, Ledger, Selection};
use crate::line;
use crate::publish::export::{Export, ExportForm, Exported, Material, Shape, stem};
use crate::publish::sources::in_words;
use crate::publish::summary::{LOOKS_BACK, Summary, Wanted, summary};

/// Write figures in a form that other programs and archives take
///
/// data-package is a folder that Frictionless, pandas and R read: CSV with a datapackage.json that says
/// what each column is, whose the numbers are and on what terms.
///
/// parquet is a folder with a file for each indicator and claimant, which Spark, Trino and DuckDB read as
/// one table.
///
/// hxl is a CSV table with a row of HXL tags below its header, for HDX and its tools. A cumulative stands
/// there as what was counted from its first day to its last. What no tag of the standard says is told.
///
/// geojson is a map: a point where each figure is of, and a line from origin to destination. Places whose
/// point is not known stand there without one.
///
/// datasette is a SQLite file with figures, publications, places and caveats, and beside it the metadata.json
/// that Datasette reads.
///
/// replication is a folder from which others make the numbers of a plan again: the files as they were
/// received, where their terms allow it, the tables, and scripts that check them. `humstat run
/// DIR/plan.toml --verify` names each file, row and column that differs.
///
/// Everything is written whole or not at all, and the same ledger gives the same bytes. Figures whose
/// licence does not allow what the desk uses them for are left out and named.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat export data-package --indicator border_crossings --origin UKR -o ukraine
  humstat export parquet -o figures
  humstat export datasette --situation syria -o syria.db
  humstat export geojson --indicator border_crossings --at 2022-03-08 -o crossings.geojson
  humstat export hxl --indicator idps --location SDN -o sudan.csv
  humstat export replication --plan ukraine-2022 -o ukraine-replication
  humstat export data-package --situation syria --at 2024-12-31 --title \"Syria, end of 2024\" -o syria")]
pub struct ExportArgs {
    /// data-package, hxl, geojson, parquet, datasette or replication
    form: ExportForm,
    #[command(flatten)]
    pub(super) selection: SelectionArgs,
    /// The file or the folder to write; a folder must be new, empty, or an earlier export
    #[arg(short, long, value_name = "FILE|DIR", help_heading = "Output")]
    pub(super) output: PathBuf,
    /// What people call it [default: what was asked for]
    #[arg(long, help_heading = "Output")]
    pub(super) title: Option<String>,
    /// The plan of a replication: a file, or a situation that comes with the program
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) plan: Option<String>,
    #[command(flatten)]
    pub(super) licence: LicenceArgs,
    #[command(flatten)]
    pub(super) release: ReleaseArgs,
}

pub fn run(context: &Context, args: &ExportArgs) -> Result<(), CliError> {
    let Some(export) = args.form.export() else {
        return replication::export(context, args);
    };
    if args.plan.is_some() {
        return Err(CliError::usage(
            "only a replication is of a plan; of the others, --situation says what they are about",
        ));
    }
    check_output(export, args.form, &args.output)?;
    args.release.check(context, true)?;
    let ledger = context.open()?;
    let selection = args.selection.selection(context, &ledger)?;
    let (figures, newest) = args.licence.sifting(context, true, |sieve| {
        let mut figures = ledger.figures(&selection)?;
        if figures.rows.is_empty() {
            return Err(nothing(&ledger, &selection));
        }
        sieve(&mut figures);
        if figures.rows.is_empty() {
            return Err(CliError::data(NONE_LEFT));
        }
        let newest = match export.has_summary() {
            true => newest(context, &ledger, &selection, sieve)?,
            false => None,
        };
        Ok((figures, newest))
    })?;
    if selection.at.is_some() {
        context.tell_unreported(figures.not_reported.len());
    }
    let title = args
        .title
        .clone()
        .unwrap_or_else(|| format!("Humanitarian figures: {}", in_words(&selection)));
    let exported = export
        .make(&Material {
            figures: &figures,
            summary: newest.as_ref(),
            selection: &selection,
            pin: &pin(&ledger, &selection)?,
            title: &title,
            name: &stem(&args.output),
        })
        .map_err(|error| CliError::data(error.to_string()))?;
    drop(ledger);
    for remark in &exported.remarks {
        context.tell(remark);
    }
    let written = write(context, (export, args.form), &args.output, &exported)?;
    let written: Vec<&Path> = written.iter().map(PathBuf::as_path).collect();
    let ids: BTreeSet<_> = figures.rows.iter().map(|row| row.id).collect();
    args.release.note(context, &written, &ids)
}

/// Checks before anything is read that the name fits the form.
fn check_output(export: &dyn Export, form: ExportForm, output: &Path) -> Result<(), CliError> {
    match export.shape() {
        Shape::File(ending) if output.extension().is_none_or(|given| given != ending) => {
            Err(CliError::usage(format!(
                "{form} is written to a file that ends in .{ending}, and `{}` does not",
                output.display()
            )))
        }
        Shape::File(_) | Shape::Folder => Ok(()),
    }
}

/// The newest figures by place, where the truth rules and the channels allow a summary of them.
fn newest(
    context: &Context,
    ledger: &Ledger,
    asked: &Selection,
    sieve: &mut dyn FnMut(&mut Figures),
) -> Result<Option<Summary>, CliError> {
    let mut selection = asked.clone();
    let at = selection.at.take();
    selection.to = [selection.to, at].into_iter().flatten().min();
    selection.recent = Some(LOOKS_BACK);
    let mut figures = ledger.figures(&selection)?;
    sieve(&mut figures);
    let wanted = Wanted {
        at,
        ..Wanted::default()
    };
    let made = line::lines(&figures)
        .map_err(|error| error.to_string())
        .and_then(|lines| summary(&figures, &lines, wanted).map_err(|refusal| refusal.to_string()));
    match made {
        Ok(summary) if summary.rows.is_empty() => Ok(None),
        Ok(summary) => Ok(Some(summary)),
        Err(reason) => {
            context.tell(&format!("without a summary: {reason}"));
            Ok(None)
        }
    }
}

/// Whether a folder is an earlier export of this form, as the text in it says, and not files of somebody's that
/// have the same names.
fn is_earlier(export: &dyn Export, form: ExportForm, folder: &Path) -> bool {
    let written = format!("written by `humstat export {form}`");
    deliver::names_in(folder).is_ok_and(|names| {
        names
            .iter()
            .filter(|name| name.ends_with("README.md") && export.writes(name))
            .any(|name| text_of(&folder.join(name)).is_ok_and(|text| text.contains(&written)))
    })
}

/// Puts the files in their place and says where.
fn write(
    context: &Context,
    (export, form): (&dyn Export, ExportForm),
    output: &Path,
    exported: &Exported,
) -> Result<Vec<PathBuf>, CliError> {
    let folder = match export.shape() {
        Shape::Folder => {
            let is_earlier = is_earlier(export, form, output);
            let may_go = |name: &str| is_earlier && export.writes(name);
            deliver::folder(output, &exported.files, may_go)?;
            output
        }
        Shape::File(_) => {
            let folder = output.parent().unwrap_or(Path::new(""));
            for file in &exported.files {
                let is_other = |old: Vec<u8>| !export.may_replace(&old, file);
                if std::fs::read(folder.join(&file.name)).is_ok_and(is_other) {
                    return Err(CliError::data(format!(
                        "{} is there and is not of this export; write into another folder",
                        folder.join(&file.name).display()
                    )));
                }
            }
            deliver::files(folder, &exported.files)?;
            folder
        }
    };
    let files = exported.files.iter();
    let files: Vec<PathBuf> = files.map(|file| folder.join(&file.name)).collect();
    context.tell(&match (export.shape(), files.as_slice()) {
        (Shape::Folder, files) => format!(
            "wrote {} with {}",
            output.display(),
            counted(files.len(), "file", "files")
        ),
        (Shape::File(_), files) => {
            let names: Vec<String> = files
                .iter()
                .map(|file| file.display().to_string())
                .collect();
            format!("wrote {}", names.join(" and "))
        }
    });
    Ok(files)
}
