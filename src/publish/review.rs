//! Candidates as a table for people to decide on, and what the ledger knows of each.

use polars::prelude::DataFrame;

use super::PublishError;
use super::frame::Columns;
use crate::figure::{PlaceId, Version};
use crate::ledger::{CandidateRecord, Candidates};
use crate::text::{Field, Lack, Prospect};

mod known;

pub use known::{Knowledge, Known, known, near};

/// A candidate with the figure that it would become and what the ledger knows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed<'c> {
    /// The candidate.
    pub row: &'c CandidateRecord,
    /// The figure that it would become as it was read.
    pub prospect: Prospect,
    /// What the ledger knows of that.
    pub known: Vec<Known>,
}

/// Candidates as a frame, a row each.
///
/// Columns: candidate, answer (empty, for an editor to fill in: accept or reject), reason (likewise),
/// quote, text (the words of the number), value (the number with its words, such as `about 453,000`),
/// status, claimant, indicator, measure, unit, origin, location (ids), since, period (as texts),
/// breakdown, relayed_by, inherited (what its sentence does not say), lacks (what a figure needs and it
/// does not tell, or `denied`), known (see [`Knowledge`]), known_as (the same in words), confidence (whole, of a
/// hundred), standing, figure_id, first, after_last (whole: the number in the text, in code points),
/// title, published_at, url, channel, entry (whole).
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(
    candidates: &Candidates,
    reviewed: &[Reviewed<'_>],
) -> Result<DataFrame, PublishError> {
    let about = |one: &Reviewed<'_>| &candidates.document_of(one.row).publication;
    let mut columns = Columns::default();
    let mut text = |name: &str, of: &dyn Fn(&Reviewed<'_>) -> Option<String>| {
        columns.text(name, reviewed.iter().map(of));
    };
    text("candidate", &|one| Some(one.row.id.to_string()));
    text("answer", &|_| None);
    text("reason", &|one| one.row.reason.clone());
    text("quote", &|one| Some(one.row.quote.clone()));
    text("text", &|one| Some(one.row.candidate.text.clone()));
    for field in EDITABLE {
        text(field, &|one| field_text(&one.prospect, field));
    }
    text("inherited", &|one| {
        Some(joined(
            one.prospect.inherited.iter().copied().map(field_name),
            ", ",
        ))
    });
    text("lacks", &|one| {
        Some(joined(
            one.prospect.lacks().into_iter().map(Lack::field),
            ", ",
        ))
    });
    text("known", &|one| {
        let first = one
            .known
            .first()
            .map_or(Knowledge::Nothing, |known| known.what);
        Some(first.code().to_owned())
    });
    text("known_as", &|one| {
        Some(joined(one.known.iter().map(ToString::to_string), "; "))
    });
    let whole = |number: usize| i64::try_from(number).ok();
    columns.whole(
        "confidence",
        reviewed
            .iter()
            .map(|one| Some(one.row.candidate.confidence.into())),
    );
    let mut text = |name: &str, of: &dyn Fn(&Reviewed<'_>) -> Option<String>| {
        columns.text(name, reviewed.iter().map(of));
    };
    text("standing", &|one| Some(one.row.standing.code().to_owned()));
    text("figure_id", &|one| {
        one.row.figure.map(|figure| figure.to_string())
    });
    columns.whole(
        "first",
        reviewed
            .iter()
            .map(|one| whole(one.row.candidate.number.begin)),
    );
    columns.whole(
        "after_last",
        reviewed
            .iter()
            .map(|one| whole(one.row.candidate.number.end)),
    );
    let published = |one: &Reviewed<'_>| one.row.published.or(about(one).published);
    let mut text = |name: &str, of: &dyn Fn(&Reviewed<'_>) -> Option<String>| {
        columns.text(name, reviewed.iter().map(of));
    };
    text("title", &|one| Some(about(one).title.clone()));
    text("published_at", &|one| {
        published(one).map(|at: Version| at.to_string())
    });
    text("url", &|one| about(one).url.clone());
    text("channel", &|one| Some(one.prospect.channel.clone()));
    columns.whole(
        "entry",
        reviewed
            .iter()
            .map(|one| Some(candidates.document_of(one.row).entry)),
    );
    columns.frame()
}

/// Candidates as a frame for people: what a decision needs, and the sentence last.
///
/// Columns: candidate, standing, confidence (whole), value, claimant, indicator, origin, location, since,
/// period, lacks, known, quote, as in [`frame`].
///
/// # Errors
/// When polars cannot build the frame.
pub fn overview(
    candidates: &Candidates,
    reviewed: &[Reviewed<'_>],
) -> Result<DataFrame, PublishError> {
    const SHOWN: [&str; 13] = [
        "candidate",
        "standing",
        "confidence",
        "value",
        "claimant",
        "indicator",
        "origin",
        "location",
        "since",
        "period",
        "lacks",
        "known",
        "quote",
    ];
    Ok(frame(candidates, reviewed)?.select(SHOWN)?)
}

/// The columns that an editor may change, in the order of the table.
pub const EDITABLE: [&str; 12] = [
    "value",
    "status",
    "claimant",
    "indicator",
    "measure",
    "unit",
    "origin",
    "location",
    "since",
    "period",
    "breakdown",
    "relayed_by",
];

/// A part of a figure as the table shows it, and as [`Prospect::set`] reads it again.
pub fn field_text(prospect: &Prospect, field: &str) -> Option<String> {
    let code = |id: &Option<PlaceId>| id.as_ref().map(ToString::to_string);
    match field {
        "value" => prospect
            .quantity
            .is_present()
            .then(|| prospect.quantity.to_string()),
        "status" => Some(prospect.quantity.status.code().to_owned()),
        "claimant" => prospect.claimant.clone(),
        "indicator" => prospect.indicator.clone(),
        "measure" => Some(prospect.measure.code().to_owned()),
        "unit" => Some(prospect.unit.code().to_owned()),
        "origin" => code(&prospect.origin),
        "location" => code(&prospect.location),
        "since" => prospect.since.map(|since| since.to_string()),
        "period" => prospect.period.map(|period| period.to_string()),
        "breakdown" => Some(prospect.breakdown.to_string()),
        "relayed_by" => Some(prospect.relayed_by.join("; ")),
        _ => None,
    }
}

/// What people call a part of a figure.
pub const fn field_name(field: Field) -> &'static str {
    match field {
        Field::Claimant => "claimant",
        Field::Origin => "origin",
        Field::Location => "location",
        Field::Period => "period",
        Field::Indicator => "indicator",
        Field::Number => "value",
    }
}

fn joined<T: AsRef<str>>(parts: impl Iterator<Item = T>, between: &str) -> String {
    parts.fold(String::new(), |mut text, part| {
        if !text.is_empty() {
            text.push_str(between);
        }
        text.push_str(part.as_ref());
        text
    })
}
