//! The series that a key of column meanings stands for.

use std::sync::Arc;

use chrono::NaiveDate;

use super::columns::{self, FigureColumns, Meaning};
use super::{CellFault, SeriesKey};
use crate::figure::{Breakdown, Measure, PlaceId, Series, Unit, Version};
use crate::vocabulary;

/// Builds the series of a key.
pub(super) fn series_of(
    figure: &FigureColumns,
    meanings: &[Meaning],
    key: &SeriesKey,
) -> Result<Series, CellFault> {
    let text = |part: usize| -> Option<&str> {
        figure.series_parts[part].map(|source| meanings[source].known(key[part]))
    };
    let shared = |part: usize| -> Arc<str> {
        let source = figure.series_parts[part];
        source.map_or_else(
            || Arc::from(""),
            |source| meanings[source].shared(key[part]),
        )
    };
    let fault = |part: usize, reason: String| CellFault {
        column: figure.series_parts[part]
            .map_or_else(String::new, |source| meanings[source].name.clone()),
        value: text(part).unwrap_or_default().to_owned(),
        reason,
    };
    let indicator = text(columns::INDICATOR).unwrap_or_default();
    let known = vocabulary::indicator(indicator)
        .map_err(|error| fault(columns::INDICATOR, error.to_string()))?;
    let measure = match text(columns::MEASURE).filter(|code| !code.is_empty()) {
        Some(code) => code
            .parse()
            .map_err(|error| fault(columns::MEASURE, format!("{error}")))?,
        None => known.measure,
    };
    let unit = match text(columns::UNIT).filter(|code| !code.is_empty()) {
        Some(code) => code
            .parse::<Unit>()
            .map_err(|error| fault(columns::UNIT, format!("{error}")))?,
        None => known.unit,
    };
    let since = match text(columns::SINCE).filter(|date| !date.is_empty()) {
        Some(date) => Some(
            date.parse::<NaiveDate>()
                .or_else(|_| date.parse::<Version>().map(Version::day))
                .map_err(|_| fault(columns::SINCE, "no day such as 2022-02-24".to_owned()))?,
        ),
        None => None,
    };
    if measure == Measure::Cumulative && since.is_none() {
        return Err(CellFault::of_row(format!(
            "a cumulative needs its first day: add since = \"2022-02-24\" to the mapping of {indicator}"
        )));
    }
    let mut breakdown = Breakdown::all();
    for (offset, dimension) in figure.dimensions.iter().enumerate() {
        let part = columns::FIRST_DIMENSION + offset;
        let code = text(part).unwrap_or_default();
        if code.is_empty() {
            continue;
        }
        vocabulary::dimension(dimension)
            .and_then(|dimension| dimension.check(code))
            .map_err(|error| fault(part, error.to_string()))?;
        breakdown = breakdown.with(Arc::clone(dimension), shared(part));
    }
    let place = |part: usize| {
        let id = text(part).filter(|id| !id.is_empty());
        id.map(|_| PlaceId::new(shared(part)))
    };
    let claimant = text(columns::CLAIMANT).unwrap_or_default();
    if claimant.is_empty() {
        return Err(fault(
            columns::CLAIMANT,
            "a figure needs a claimant: who says it counted".to_owned(),
        ));
    }
    Ok(Series {
        claimant: shared(columns::CLAIMANT),
        channel: shared(columns::CHANNEL),
        indicator: shared(columns::INDICATOR),
        measure,
        unit,
        origin: place(columns::ORIGIN),
        location: place(columns::LOCATION),
        since,
        breakdown,
    })
}
