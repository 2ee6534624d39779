//! Figures that were recorded by our own mistake and taken back: they are taken back again in what is
//! made from the files.

use std::collections::{BTreeMap, BTreeSet};

use crate::cli::CliError;
use crate::cli::context::Context;
use crate::figure::{PlaceId, Series};
use crate::ledger::{FigureId, FigureRow, Figures, Ledger, Retracted, Selection, Versions};
use crate::plan::TakenBack;

/// The figures of some channels that were taken back by an entry.
///
/// # Errors
/// When the ledger cannot be read.
pub fn noted(
    ledger: &Ledger,
    until: i64,
    channels: &BTreeSet<&str>,
) -> Result<Vec<TakenBack>, CliError> {
    let all = all_versions(ledger, Some(until), channels)?;
    let taken = all.rows.iter().filter_map(|row| {
        row.retracted.as_ref().map(|retracted| TakenBack {
            figure: key(&all, row),
            reason: retracted.reason.clone(),
        })
    });
    Ok(taken.collect())
}

/// Takes them back again, as far as the ledger holds them.
///
/// # Errors
/// When the ledger cannot be read or written.
pub fn repeat(context: &Context, ledger: &mut Ledger, taken: &[TakenBack]) -> Result<(), CliError> {
    if taken.is_empty() {
        return Ok(());
    }
    let all = all_versions(ledger, None, &BTreeSet::new())?;
    let known: BTreeMap<String, FigureId> = all
        .rows
        .iter()
        .map(|row| (key(&all, row), row.id))
        .collect();
    for TakenBack { figure, reason } in taken {
        if let Some(id) = known.get(figure) {
            let recording = context.recording(String::new());
            ledger.retract(Retracted::Figure(*id), reason, &recording)?;
        }
    }
    Ok(())
}

fn all_versions(
    ledger: &Ledger,
    until: Option<i64>,
    channels: &BTreeSet<&str>,
) -> Result<Figures, CliError> {
    Ok(ledger.figures(&Selection {
        channels: channels
            .iter()
            .map(|channel| (*channel).to_owned())
            .collect(),
        as_recorded_at: until,
        versions: Versions::All,
        ..Selection::default()
    })?)
}

/// What tells a figure from every other in any ledger.
fn key(figures: &Figures, row: &FigureRow) -> String {
    let Series {
        claimant,
        channel,
        indicator,
        measure,
        unit,
        origin,
        location,
        since,
        breakdown,
    } = &figures.series[row.series];
    let place = |id: &Option<PlaceId>| id.as_ref().map_or_else(String::new, ToString::to_string);
    let since = since.map_or_else(String::new, |day| day.to_string());
    format!(
        "{claimant} | {channel} | {indicator} | {measure} | {unit} | {} | {} | {since} | {breakdown} | {} | {}",
        place(origin),
        place(location),
        row.period,
        row.version
    )
}
