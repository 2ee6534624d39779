//! Flows and their indices as frames.

use polars::prelude::DataFrame;

use super::{Flows, Index};
use crate::figure::PlaceId;
use crate::publish::PublishError;
use crate::publish::figures::place_name;
use crate::publish::frame::{Columns, rounded};

/// A number of people to the thousandth.
pub(super) fn decimals(number: f64) -> f64 {
    rounded(number, 3)
}

/// Flows as a frame, a row for each pair and step, the largest of each step first.
///
/// Columns: origin_id, origin, destination_id, destination, period_start, period_end (dates: of an
/// estimate the days of the two stocks, of published flows their period), value (decimal: people who
/// moved; of `net-change` the change of the stock with its sign; empty where nothing can be said),
/// qualifier (the source's word before a published number), status, method, assumption, stock_start,
/// stock_end (whole: who of the origin was counted at the destination on the two days), note (`appeared`
/// and `vanished`: a pair that is reported on one of the days only and is not counted; what was dropped
/// or reversed), indicator, breakdown, unit, claimant, channel, licence.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(flows: &Flows<'_>) -> Result<DataFrame, PublishError> {
    let rows: Vec<_> = flows
        .steps
        .iter()
        .flat_map(|step| step.rows.iter().map(|row| (step.period, row)))
        .collect();
    let rows = || rows.iter();
    let mut columns = Columns::default();
    let id = |id: &PlaceId| Some(id.as_str().to_owned());
    columns.text("origin_id", rows().map(|(_, row)| id(row.from)));
    columns.text("origin", rows().map(|(_, row)| Some(place_name(row.from))));
    columns.text("destination_id", rows().map(|(_, row)| id(row.to)));
    columns.text(
        "destination",
        rows().map(|(_, row)| Some(place_name(row.to))),
    );
    columns.date("period_start", rows().map(|(period, _)| Some(period.start)));
    columns.date("period_end", rows().map(|(period, _)| Some(period.end)));
    columns.decimal("value", rows().map(|(_, row)| row.value.map(decimals)));
    columns.text(
        "qualifier",
        rows().map(|(_, row)| row.qualifier.map(|qualifier| qualifier.code())),
    );
    columns.text("status", rows().map(|(_, row)| Some(row.status.code())));
    columns.text("method", rows().map(|_| Some(flows.method.code())));
    columns.text("assumption", rows().map(|_| Some(&flows.assumption)));
    columns.whole("stock_start", rows().map(|(_, row)| row.stock_start));
    columns.whole("stock_end", rows().map(|(_, row)| row.stock_end));
    columns.text("note", rows().map(|(_, row)| Some(&row.note)));
    columns.text(
        "indicator",
        rows().map(|(_, row)| Some(&row.series.indicator)),
    );
    columns.text(
        "breakdown",
        rows().map(|(_, row)| Some(row.series.breakdown.to_string())),
    );
    columns.text("unit", rows().map(|(_, row)| Some(row.series.unit.code())));
    columns.text(
        "claimant",
        rows().map(|(_, row)| Some(&row.series.claimant)),
    );
    columns.text("channel", rows().map(|(_, row)| Some(&row.series.channel)));
    columns.text("licence", rows().map(|(_, row)| row.licence.as_ref()));
    columns.frame()
}

/// Indices as a frame, a row each.
///
/// Columns: period_start, period_end (dates), index, value (decimal), range (what it may be), meaning,
/// movements (decimal: how many moved between different places), places (whole: how many places the
/// table has), method, assumption, indicator, breakdown, claimant, channel.
///
/// # Errors
/// When polars cannot build the frame.
pub fn index_frame(flows: &Flows<'_>, indices: &[Index<'_>]) -> Result<DataFrame, PublishError> {
    let rows = || indices.iter();
    let mut columns = Columns::default();
    columns.date("period_start", rows().map(|row| Some(row.period.start)));
    columns.date("period_end", rows().map(|row| Some(row.period.end)));
    columns.text("index", rows().map(|row| Some(row.index)));
    columns.decimal("value", rows().map(|row| Some(rounded(row.value, 4))));
    columns.text("range", rows().map(|row| Some(row.range)));
    columns.text("meaning", rows().map(|row| Some(row.meaning)));
    columns.decimal("movements", rows().map(|row| Some(decimals(row.movements))));
    columns.whole("places", rows().map(|row| i64::try_from(row.places).ok()));
    columns.text("method", rows().map(|_| Some(flows.method.code())));
    columns.text("assumption", rows().map(|_| Some(&flows.assumption)));
    columns.text("indicator", rows().map(|row| Some(&row.series.indicator)));
    columns.text(
        "breakdown",
        rows().map(|row| Some(row.series.breakdown.to_string())),
    );
    columns.text("claimant", rows().map(|row| Some(&row.series.claimant)));
    columns.text("channel", rows().map(|row| Some(&row.series.channel)));
    columns.frame()
}
