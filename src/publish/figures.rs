//! Figures as a frame.

use polars::prelude::DataFrame;

use super::PublishError;
use super::frame::Columns;
use crate::figure::{PlaceId, Version};
use crate::ledger::{FigureRow, Figures};
use crate::place;

/// Figures as a frame, a row each.
///
/// Columns: figure_id, claimant, channel, indicator, measure, unit, origin_id, origin, location_id,
/// location, location_kind, since (date), breakdown, period_start (date), period_end (date), value,
/// low, high (whole numbers), qualifier, status, published_at, retrieved_at, version, relayed_by,
/// title, url, licence, attribution, notes, entry (whole number); text where nothing is said. An
/// empty cell is a missing one.
///
/// # Errors
/// When polars cannot build the frame.
pub fn figures(figures: &Figures) -> Result<DataFrame, PublishError> {
    frame_of(figures, &figures.rows)
}

/// As [`figures()`], some thousand rows after the other, so that a long list need not be held as a frame. There
/// is one frame at least.
pub(super) fn figures_in_parts(
    figures: &Figures,
) -> impl Iterator<Item = Result<DataFrame, PublishError>> {
    const PART: usize = 1 << 15;
    let first = figures.rows.len().min(PART);
    let (first, others) = figures.rows.split_at(first);
    std::iter::once(first)
        .chain(others.chunks(PART))
        .map(|rows| frame_of(figures, rows))
}

fn frame_of(figures: &Figures, rows: &[FigureRow]) -> Result<DataFrame, PublishError> {
    let series = |row: &FigureRow| &figures.series[row.series];
    let publication = |row: &FigureRow| &figures.publications[row.publication].publication;
    fn name(id: Option<&PlaceId>) -> Option<&str> {
        id.map(place_name)
    }
    let version = |version: Option<Version>| version.map(|version| version.to_string());
    let mut columns = Columns::default();
    columns.text("figure_id", rows.iter().map(|row| Some(row.id.to_string())));
    columns.text(
        "claimant",
        rows.iter().map(|row| Some(&series(row).claimant)),
    );
    columns.text("channel", rows.iter().map(|row| Some(&series(row).channel)));
    columns.text(
        "indicator",
        rows.iter().map(|row| Some(&series(row).indicator)),
    );
    columns.text(
        "measure",
        rows.iter().map(|row| Some(series(row).measure.code())),
    );
    columns.text("unit", rows.iter().map(|row| Some(series(row).unit.code())));
    columns.text(
        "origin_id",
        rows.iter()
            .map(|row| series(row).origin.as_ref().map(PlaceId::as_str)),
    );
    columns.text(
        "origin",
        rows.iter().map(|row| name(series(row).origin.as_ref())),
    );
    columns.text(
        "location_id",
        rows.iter()
            .map(|row| series(row).location.as_ref().map(PlaceId::as_str)),
    );
    columns.text(
        "location",
        rows.iter().map(|row| name(series(row).location.as_ref())),
    );
    columns.text(
        "location_kind",
        rows.iter().map(|row| {
            let id = series(row).location.as_ref()?;
            place::place(id).map(|place| place.kind.code())
        }),
    );
    columns.date("since", rows.iter().map(|row| series(row).since));
    columns.text(
        "breakdown",
        rows.iter()
            .map(|row| Some(series(row).breakdown.to_string())),
    );
    columns.date(
        "period_start",
        rows.iter().map(|row| Some(row.period.start)),
    );
    columns.date("period_end", rows.iter().map(|row| Some(row.period.end)));
    columns.quantity(rows.iter().map(|row| row.quantity));
    columns.text(
        "status",
        rows.iter().map(|row| Some(row.quantity.status.code())),
    );
    columns.text(
        "published_at",
        rows.iter().map(|row| version(publication(row).published)),
    );
    columns.text(
        "retrieved_at",
        rows.iter().map(|row| version(publication(row).retrieved)),
    );
    columns.text(
        "version",
        rows.iter().map(|row| Some(row.version.to_string())),
    );
    columns.text(
        "relayed_by",
        rows.iter()
            .map(|row| Some(publication(row).relayed_by.join("; "))),
    );
    columns.text(
        "title",
        rows.iter().map(|row| Some(&publication(row).title)),
    );
    columns.text("url", rows.iter().map(|row| publication(row).url.as_ref()));
    columns.text(
        "licence",
        rows.iter().map(|row| publication(row).licence.as_ref()),
    );
    columns.text(
        "attribution",
        rows.iter().map(|row| publication(row).attribution.as_ref()),
    );
    columns.text(
        "notes",
        rows.iter()
            .map(|row| notes(row, publication(row).notes.as_deref())),
    );
    columns.whole("entry", rows.iter().map(|row| Some(row.entry)));
    columns.frame()
}

/// What there is to know about a figure beside its number.
pub(super) fn notes(row: &FigureRow, of_publication: Option<&str>) -> Option<String> {
    let mut notes: Vec<String> = Vec::new();
    if let Some(retracted) = &row.retracted {
        notes.push(format!(
            "retracted in entry {}, our mistake: {}",
            retracted.entry, retracted.reason
        ));
    }
    if let Some(missing) = row.quantity.missing {
        notes.push(missing.code().replace('_', " "));
    }
    notes.extend(row.notes.clone());
    notes.extend(of_publication.map(ToOwned::to_owned));
    (!notes.is_empty()).then(|| notes.join("; "))
}

/// The name of a place, or its id where the register does not know it.
pub(crate) fn place_name(id: &PlaceId) -> &str {
    place::place(id).map_or(id.as_str(), |place| place.name)
}
