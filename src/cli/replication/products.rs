//! What a replication holds of numbers: made once from the ledger, and again from the files.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::cli::CliError;
use crate::ledger::{FigureId, Figures, Ledger, Selection, Versions};
use crate::line;
use crate::plan::{self, Plan};
use crate::publish::export::ExportFile;
use crate::publish::summary::{LOOKS_BACK, Wanted, summary};
use crate::publish::{self, Format};

/// The figures behind all that is made.
pub const FIGURES: &str = "figures.csv";
/// The newest of those that the plan is about, by place.
pub const SUMMARY: &str = "summary.csv";

/// The tables of a replication.
pub struct Products {
    /// Their files.
    pub files: Vec<ExportFile>,
    /// The figures in `figures.csv`.
    pub figures: Figures,
    /// What could not be made, and why.
    pub remarks: Vec<String>,
}

/// Makes the tables of a plan: those figures that it selects and those behind its charts and tables,
/// the summary, and what charts plot and tables hold.
///
/// # Errors
/// When the ledger cannot be read, or the plan's words mean nothing.
pub fn products(
    plan: &Plan,
    ledger: &Ledger,
    now: NaiveDate,
    sieve: &mut dyn FnMut(&mut Figures),
) -> Result<Products, CliError> {
    let made = plan::numbers(plan, ledger, now, sieve);
    let mut remarks: Vec<String> = made.failed.iter().map(ToString::to_string).collect();
    let mut behind = made.figures;
    let mut files = Vec::new();
    if let Some(selection) = selection(plan, now)? {
        let mut selected = ledger.figures(&selection)?;
        sieve(&mut selected);
        behind.extend(selected.rows.iter().map(|row| row.id));
        match summary_table(ledger, &selection, sieve)? {
            Ok(bytes) => files.push(ExportFile {
                name: SUMMARY.to_owned(),
                bytes,
            }),
            Err(reason) => remarks.push(format!("without {SUMMARY}: {reason}")),
        }
    }
    let figures = with_ids(plan, ledger, &behind, sieve)?;
    let frame = publish::figures(&figures)?;
    files.insert(
        0,
        ExportFile {
            name: FIGURES.to_owned(),
            bytes: publish::write(&frame, Format::Csv, &publish::Along::default())?,
        },
    );
    files.extend(made.products.into_iter().map(|product| ExportFile {
        name: product.file,
        bytes: product.bytes,
    }));
    Ok(Products {
        files,
        figures,
        remarks,
    })
}

/// What the plan is about, if it says so.
fn selection(plan: &Plan, now: NaiveDate) -> Result<Option<Selection>, CliError> {
    let Some(asked) = &plan.select else {
        return Ok(None);
    };
    let mut asked = asked.clone();
    asked.as_known_on = asked.as_known_on.or_else(|| plan.as_known_on.clone());
    let mut selection = asked
        .selection(now)
        .map_err(|error| CliError::usage(error.to_string()))?;
    selection.as_recorded_at = plan.as_recorded_at;
    Ok(Some(selection))
}

/// The newest figures by place as CSV, or why there are none.
fn summary_table(
    ledger: &Ledger,
    asked: &Selection,
    sieve: &mut dyn FnMut(&mut Figures),
) -> Result<Result<Vec<u8>, String>, CliError> {
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
    Ok(match made {
        Ok(summary) if summary.rows.is_empty() => Err("it would be empty".to_owned()),
        Ok(summary) => Ok(publish::write(
            &summary.frame(None)?,
            Format::Csv,
            &publish::Along::default(),
        )?),
        Err(reason) => Err(reason),
    })
}

/// Figures by their names, whichever version of their cell they are.
fn with_ids(
    plan: &Plan,
    ledger: &Ledger,
    ids: &BTreeSet<FigureId>,
    sieve: &mut dyn FnMut(&mut Figures),
) -> Result<Figures, CliError> {
    let mut figures = ledger.figures(&Selection {
        figures: ids.iter().copied().collect(),
        as_recorded_at: plan.as_recorded_at,
        versions: Versions::All,
        ..Selection::default()
    })?;
    figures.rows.retain(|row| ids.contains(&row.id));
    sieve(&mut figures);
    Ok(figures)
}
