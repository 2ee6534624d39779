//! A draft about to be printed: each of its numbers held against the record.

use std::path::Path;

use super::super::CliError;
use super::super::context::Context;
use super::super::output::OutputArgs;
use super::{article, versions};
use crate::ledger::{FigureId, Ledger};
use crate::publish::draft::{self, DraftFinding, Needed};

/// Tells of each number of a draft how it stands; an error unless all are as recorded.
pub fn run(
    context: &Context,
    output: &OutputArgs,
    ledger: &Ledger,
    (file, bytes): (&Path, &[u8]),
) -> Result<(), CliError> {
    let (document, candidates) = article::read(file, bytes)?;
    let needed = Needed::of(&candidates);
    let mut ids: Vec<FigureId> = ledger.figures_within(&needed.values)?;
    for selection in &needed.selections {
        let figures = ledger.figures(selection)?;
        ids.extend(figures.rows.iter().map(|row| row.id));
    }
    ids.sort_unstable();
    ids.dedup();
    let figures = versions(ledger, ids)?;
    let drafted = draft::check(&document, &candidates, &figures);
    if drafted.is_empty() {
        return Err(CliError::nothing(format!(
            "{} holds no number that could be a figure",
            file.display()
        )));
    }
    let counts: Vec<String> = DraftFinding::ALL
        .iter()
        .map(|finding| {
            let count = drafted.iter().filter(|one| one.finding == *finding).count();
            (count, finding.code().replace('_', " "))
        })
        .filter(|(count, _)| *count > 0)
        .map(|(count, finding)| format!("{count} {finding}"))
        .collect();
    context.tell(&format!("{} numbers: {}", drafted.len(), counts.join(", ")));
    let frame = if output.is_for_people()? {
        draft::overview(&figures, &drafted)?
    } else {
        draft::frame(&figures, &drafted)?
    };
    output.write_alone(context, &frame)?;
    let amiss = drafted
        .iter()
        .filter(|one| one.finding != DraftFinding::AsRecorded)
        .count();
    if amiss == 0 {
        return Ok(());
    }
    Err(CliError::data(format!(
        "{amiss} of {} numbers of {} are not as recorded",
        drafted.len(),
        file.display()
    )))
}
