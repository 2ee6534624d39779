//! The cells that a publication speaks of, so that its silence about them means something.

use std::collections::BTreeSet;

use chrono::Datelike as _;

use super::ScopeAsked;
use crate::figure::{PlaceId, Scope, Series};
use crate::ledger::PublicationReading;

pub(super) fn named(ids: &[PlaceId]) -> BTreeSet<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// The cells that a publication speaks of: what was asked for, else what occurs in it.
pub(super) fn scope(
    publication: &PublicationReading,
    series: &[Series],
    asked: &ScopeAsked,
) -> Scope {
    let mut scope = Scope::default();
    let cells = publication.figures.places().chain(
        publication
            .absent
            .iter()
            .map(|cell| (cell.series, cell.period)),
    );
    let mut seen_series = BTreeSet::new();
    let mut seen_periods = BTreeSet::new();
    let mut last = None;
    for (index, period) in cells {
        if last != Some((index, period.end.year())) {
            seen_series.insert(index);
        }
        last = Some((index, period.end.year()));
        seen_periods.insert((period.start, period.end));
    }
    scope.periods = seen_periods;
    if asked.whole {
        return scope;
    }
    scope.origins = named(&asked.origins);
    scope.locations = named(&asked.locations);
    scope.indicators = asked.indicators.iter().cloned().collect();
    // Where nothing was asked for, the table speaks of all that occurs in it.
    let is_partial = !asked.origins.is_empty() || !asked.locations.is_empty();
    for index in seen_series {
        let series = &series[index as usize];
        if asked.indicators.is_empty() {
            scope.indicators.insert(series.indicator.to_string());
        }
        if !is_partial {
            scope
                .origins
                .extend(series.origin.as_ref().map(ToString::to_string));
            scope
                .locations
                .extend(series.location.as_ref().map(ToString::to_string));
        }
    }
    scope
}
