//! What a round of an operation speaks of: all that the operation counts in a country.
//!
//! A reason or an origin that a later round no longer names has no number there; what an earlier round
//! said of it is not the newest number. So each operation in each country is a publication of its own,
//! with its rounds as the periods that it covers.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Dtm, Envelope};
use crate::figure::{Absence, PlaceId, Scope, Series};
use crate::ingest::words::Level;
use crate::ingest::{IngestError, whole};
use crate::ledger::{AbsentCells, FigureCells, PublicationReading, Reading};
use crate::place::{self, Scheme};

/// The dimension that holds the operation.
const OPERATION: &str = "operation";

/// Where a row counts, for which operation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    operation: String,
    admin0_pcode: String,
    admin1_pcode: Option<String>,
    admin2_pcode: Option<String>,
}

/// An operation in a country.
type Key = (String, String);

/// Parts what was read by operation and country, and says what each part covers.
pub(super) fn settle(source: &Dtm, reading: &mut Reading) -> Result<(), IngestError> {
    // A row that was left out may have held any cell, so silence means nothing.
    if reading.skipped > 0 {
        return Ok(());
    }
    let places = places(source, reading)?;
    let mut countries: BTreeMap<(&str, &PlaceId), &Key> = BTreeMap::new();
    for (key, places) in &places {
        countries.extend(places.iter().map(|place| ((key.0.as_str(), place), key)));
    }
    let keys: Vec<Option<&Key>> = reading
        .series
        .iter()
        .map(|series| {
            let operation = series.breakdown.get(OPERATION)?;
            let key = countries.get(&(operation, series.location.as_ref()?))?;
            Some(*key)
        })
        .collect();
    let publications = std::mem::take(&mut reading.publications);
    for publication in publications {
        let mut parts: BTreeMap<Option<&Key>, (FigureCells, AbsentCells)> = BTreeMap::new();
        for cell in publication.figures.iter() {
            let part = parts.entry(keys[cell.series as usize]).or_default();
            part.0.push(&cell);
        }
        for cell in publication.absent.iter() {
            let part = parts.entry(keys[cell.series as usize]).or_default();
            part.1.push(cell);
        }
        for (key, (figures, absent)) in parts {
            let mut part = PublicationReading {
                publication: publication.publication.clone(),
                figures,
                absent,
            };
            if let Some(key) = key {
                part.publication.absence = Absence::ChangeLog;
                part.publication.scope = scope(key, &places[key], &part, &reading.series);
            }
            reading.publications.push(part);
        }
    }
    Ok(())
}

/// The places that an operation counts in a country, in whichever of its rounds.
fn places(
    source: &Dtm,
    reading: &Reading,
) -> Result<BTreeMap<Key, BTreeSet<PlaceId>>, IngestError> {
    let mut places: BTreeMap<Key, BTreeSet<PlaceId>> = BTreeMap::new();
    for page in &reading.captures {
        let answer: Envelope<Counted> = serde_json::from_slice(&whole(page)?).map_err(|error| {
            IngestError::unexpected(source, format!("its rows do not tell where: {error}"))
        })?;
        for row in answer.result {
            let (scheme, code) = match source.level {
                Level::Country => (Scheme::Iso3, Some(&row.admin0_pcode)),
                Level::Admin1 => (Scheme::Pcode, row.admin1_pcode.as_ref()),
                Level::Admin2 => (Scheme::Pcode, row.admin2_pcode.as_ref()),
            };
            // A place that is not known has no series either.
            let place = code.and_then(|code| place::resolve(scheme, code).ok());
            let of_row = places.entry((row.operation, row.admin0_pcode)).or_default();
            of_row.extend(place.map(|place| place.id.clone()));
        }
    }
    Ok(places)
}

/// What the rounds of one operation in one country speak of.
fn scope(
    (operation, _): &Key,
    places: &BTreeSet<PlaceId>,
    part: &PublicationReading,
    series: &[Series],
) -> Scope {
    let absent = part.absent.iter().map(|cell| (cell.series, cell.period));
    let mut scope = Scope {
        locations: places.iter().map(ToString::to_string).collect(),
        breakdown: BTreeMap::from([(OPERATION.to_owned(), BTreeSet::from([operation.clone()]))]),
        ..Scope::default()
    };
    for (index, period) in part.figures.places().chain(absent) {
        let indicator = &series[index as usize].indicator;
        if !scope.indicators.contains(&**indicator) {
            scope.indicators.insert(indicator.to_string());
        }
        scope.periods.insert((period.start, period.end));
    }
    scope
}
