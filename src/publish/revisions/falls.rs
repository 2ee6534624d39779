//! Where a cumulative is lower than before: as the publications followed each other, and as the
//! periods do.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::{History, PublishError, difference, size, subject};
use crate::figure::{Measure, Series, Version, coded_enum};
use crate::ledger::{FigureRow, Figures, Sighting};
use crate::publish::frame::Columns;

coded_enum! {
    /// The order in which a cumulative is found to fall.
    Order ("order") {
        /// From one publication to the next: what each said last. A fall is what readers of the day
        /// saw, and may be a revision of the same period or a newer, lower one.
        Version = "version",
        /// From one period to the next, as known now.
        Period = "period",
    }
}

/// A figure, and when it was said.
#[derive(Debug, Clone, Copy)]
pub struct Said<'f> {
    /// The figure.
    pub row: &'f FigureRow,
    /// When a publication said it; a publication may repeat what was known before.
    pub version: Version,
}

/// A cumulative that is lower than the one before it.
#[derive(Debug, Clone, Copy)]
pub struct Fall<'f> {
    /// In which order it is lower.
    pub order: Order,
    /// What is counted.
    pub series: &'f Series,
    /// The figure before.
    pub before: Said<'f>,
    /// The lower figure.
    pub now: Said<'f>,
}

/// The falls of cumulatives, in version order and then in the order of periods.
pub fn falls<'f>(
    figures: &Figures,
    histories: &[History<'f>],
    sightings: &[Sighting],
) -> Vec<Fall<'f>> {
    let cumulatives: Vec<&[History<'f>]> = histories
        .chunk_by(|a, b| a.series == b.series)
        .filter(|of_series| of_series[0].series.measure == Measure::Cumulative)
        .collect();
    let mut falls = Vec::new();
    for order in [Order::Version, Order::Period] {
        for histories in &cumulatives {
            let said = match order {
                Order::Version => headlines(figures, histories, sightings),
                Order::Period => newest(histories),
            };
            let lower =
                |pair: &&[Said<'f>]| size(&pair[1].row.quantity) < size(&pair[0].row.quantity);
            falls.extend(said.windows(2).filter(lower).map(|pair| Fall {
                order,
                series: histories[0].series,
                before: pair[0],
                now: pair[1],
            }));
        }
    }
    falls
}

/// What each publication said of the newest period that it holds, in version order.
fn headlines<'f>(
    figures: &Figures,
    histories: &[History<'f>],
    sightings: &[Sighting],
) -> Vec<Said<'f>> {
    let order = |row: &FigureRow| (row.version, figures.publications[row.publication].id);
    // By publication the newest period that it speaks of, and what it says of it.
    let mut said: BTreeMap<(Version, i64), &FigureRow> = BTreeMap::new();
    let mut say = |at: (Version, i64), row: &'f FigureRow| {
        let newest = said.entry(at).or_insert(row);
        if row.period.end >= newest.period.end {
            *newest = row;
        }
    };
    for row in histories.iter().flat_map(|history| &history.versions) {
        if row.quantity.is_present() {
            say(order(row), row);
        }
    }
    let series = histories
        .first()
        .and_then(|history| Some(history.versions.first()?.series));
    for sighting in sightings
        .iter()
        .filter(|sighting| Some(sighting.series) == series)
    {
        let publication = &figures.publications[sighting.publication];
        let at = (publication.version, publication.id);
        let history = histories
            .iter()
            .find(|history| history.period == sighting.last);
        let known = history
            .and_then(|history| history.versions.iter().rfind(|row| order(row) <= at))
            .filter(|row| row.quantity.is_present());
        if let Some(row) = known {
            say(at, row);
        }
    }
    said.into_iter()
        .map(|((version, _), row)| Said { row, version })
        .collect()
}

/// The newest version of each period.
fn newest<'f>(histories: &[History<'f>]) -> Vec<Said<'f>> {
    histories
        .iter()
        .filter_map(|history| history.versions.last().copied())
        .filter(|row| row.quantity.is_present())
        .map(|row| Said {
            row,
            version: row.version,
        })
        .collect()
}

/// Falls as a frame, a row each.
///
/// Columns: order (version or period), those of the subject, before_period_end (date),
/// before_value (whole), before_version, period_end (date), value (whole), version, change (whole),
/// change_percent (decimal), before_figure_id, figure_id.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(falls: &[Fall<'_>]) -> Result<DataFrame, PublishError> {
    let change = |fall: &Fall<'_>| {
        difference(
            size(&fall.before.row.quantity),
            size(&fall.now.row.quantity),
        )
    };
    let mut columns = Columns::default();
    columns.text("order", falls.iter().map(|fall| Some(fall.order.code())));
    subject(&mut columns, falls.iter().map(|fall| Some(fall.series)));
    columns.date(
        "before_period_end",
        falls.iter().map(|fall| Some(fall.before.row.period.end)),
    );
    columns.whole(
        "before_value",
        falls.iter().map(|fall| size(&fall.before.row.quantity)),
    );
    columns.text(
        "before_version",
        falls
            .iter()
            .map(|fall| Some(fall.before.version.to_string())),
    );
    columns.date(
        "period_end",
        falls.iter().map(|fall| Some(fall.now.row.period.end)),
    );
    columns.whole(
        "value",
        falls.iter().map(|fall| size(&fall.now.row.quantity)),
    );
    columns.text(
        "version",
        falls.iter().map(|fall| Some(fall.now.version.to_string())),
    );
    columns.whole("change", falls.iter().map(|fall| change(fall).0));
    columns.decimal("change_percent", falls.iter().map(|fall| change(fall).1));
    columns.text(
        "before_figure_id",
        falls
            .iter()
            .map(|fall| Some(fall.before.row.id.to_string())),
    );
    columns.text(
        "figure_id",
        falls.iter().map(|fall| Some(fall.now.row.id.to_string())),
    );
    columns.frame()
}
