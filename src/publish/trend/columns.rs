//! The columns that all tables about lines have.

use super::super::figures::place_name;
use super::super::frame::Columns;
use super::super::summary::joined;
use crate::figure::PlaceId;
use crate::ledger::Figures;
use crate::line::{Line, Point};

/// Which line a row is about: location, location_id, origin_id, indicator, breakdown.
pub(super) fn identity(columns: &mut Columns, lines: &[&Line]) {
    let of = |id: Option<&PlaceId>| id.map(ToString::to_string);
    let lines = || lines.iter().map(|line| (line, &line.series));
    columns.text(
        "location",
        lines().map(|(line, _)| line.location().map(|id| place_name(id).to_owned())),
    );
    columns.text("location_id", lines().map(|(line, _)| of(line.location())));
    columns.text(
        "origin_id",
        lines().map(|(_, series)| of(series.origin.as_ref())),
    );
    columns.text(
        "indicator",
        lines().map(|(_, series)| Some(&series.indicator)),
    );
    columns.text(
        "breakdown",
        lines().map(|(_, series)| Some(series.breakdown.to_string())),
    );
}

/// Whose numbers they are: claimant, channel, licence.
pub(super) fn provenance(columns: &mut Columns, lines: &[&Line], figures: &Figures) {
    columns.text(
        "claimant",
        lines.iter().map(|line| Some(&line.series.claimant)),
    );
    columns.text(
        "channel",
        lines.iter().map(|line| Some(&line.series.channel)),
    );
    columns.text(
        "licence",
        lines.iter().map(|line| {
            let of = |point: &Point| {
                let publication = figures.publications.get(point.publication)?;
                publication.publication.licence.as_deref()
            };
            joined(line.of_one_channel().filter_map(of))
        }),
    );
}
