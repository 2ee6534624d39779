//! From a selection to a table of a plan.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::run::{AnyError, NO_FIGURE, Sieve, selection, sifted};
use super::{Plan, TableForm, TablePlan};
use crate::analysis::cumulative::RevisionPolicy;
use crate::ledger::{FigureId, Ledger};
use crate::line;
use crate::publish;
use crate::publish::cite::{Pin, references};
use crate::publish::sources::{self, Sources};
use crate::publish::summary::{Summary, Wanted, summary};

/// A table of a plan as it was made.
pub(super) struct MadeTable {
    /// The table.
    pub frame: DataFrame,
    /// The summary that it shows, if it is one.
    pub summary: Option<Summary>,
    /// What its readers must know.
    pub remarks: Vec<String>,
    /// The figures in it.
    pub figures: BTreeSet<FigureId>,
    /// What it rests on; none for an empty ledger.
    pub sources: Option<Sources>,
}

/// Makes a table of a plan.
///
/// # Errors
/// When nothing matches, or what matches makes no such table.
pub(super) fn table(
    plan: &Plan,
    table: &TablePlan,
    ledger: &Ledger,
    now: NaiveDate,
    pin: Option<&Pin>,
    sieve: &mut Sieve<'_>,
) -> Result<MadeTable, AnyError> {
    let asked = selection(plan, &table.select, now)?;
    let mut wide = asked.clone();
    if table.kind == TableForm::Summary {
        wide.at = None;
        wide.to = [wide.to, asked.at].into_iter().flatten().min();
    }
    let figures = sifted(ledger, &wide, sieve)?;
    let mut remarks = Vec::new();
    let mut shown: BTreeSet<FigureId> = figures.rows.iter().map(|row| row.id).collect();
    let mut made = None;
    let frame = match table.kind {
        TableForm::Figures => publish::figures(&figures)?,
        TableForm::Summary => {
            let lines = line::lines(&figures)?;
            let wanted = Wanted {
                at: asked.at,
                total: table.total,
                ..Wanted::default()
            };
            shown = sources::behind_a_summary(&figures, &lines, asked.at);
            let summary = summary(&figures, &lines, wanted)?;
            made.insert(summary).frame(None)?
        }
        TableForm::Trends => {
            let lines = line::lines(&figures)?;
            let policy = table.revisions.unwrap_or(RevisionPolicy::Signed);
            let trends = lines
                .iter()
                .map(|line| publish::trend::trend(line, policy, Some(publish::trend::MAX_GAP)))
                .collect::<Result<Vec<_>, _>>()?;
            remarks = publish::trend::remarks(&trends, policy);
            publish::trend::frame(&trends)?
        }
    };
    if frame.height() == 0 {
        return Err(NO_FIGURE.into());
    }
    let sources = pin.map(|pin| {
        let about = sources::About {
            file: &table.file,
            command: "humstat run",
            selection: &asked,
            pin,
        };
        sources::sources(&about, &references(&figures, Some(&shown)))
    });
    Ok(MadeTable {
        frame,
        summary: made,
        remarks,
        figures: shown,
        sources,
    })
}
