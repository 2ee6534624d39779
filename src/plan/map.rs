//! How a map is asked for, in a plan or on the command line.

use serde::Deserialize;

use super::AskedError;
use super::run::{AnyError, Sieve, sifted};
use crate::chart::MapStyle;
use crate::depict::MapOrder;
use crate::figure::coded_enum;
use crate::ledger::{Figures, Ledger, Selection};
use crate::place;
use crate::publish::summary::{Inhabitants, Summary};

coded_enum! {
    /// How the numbers of places become marks on a map.
    MapStylePlan ("style of map") {
        /// Circles, for counts.
        Symbols = "symbols",
        /// Shades of whole lands, for rates and shares.
        Choropleth = "choropleth",
        /// Streams from an origin.
        Flow = "flow",
    }
}

/// How a map is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MapPlan {
    /// How numbers become marks; circles when it is not given.
    pub style: Option<MapStylePlan>,
    /// A region, a country or the world; when it is not given, as much as holds all numbers.
    pub region: Option<String>,
    /// Shares of the total in place of numbers.
    pub share: bool,
    /// Numbers for so many inhabitants.
    pub per_inhabitants: Option<u32>,
    /// Shades also of counts.
    pub allow_counts: bool,
}

impl MapPlan {
    /// What the words mean.
    ///
    /// # Errors
    /// For a region that is unknown, with the nearest right ones, and for shares of rates.
    pub fn order(&self) -> Result<MapOrder, AskedError> {
        if self.share && self.per_inhabitants.is_some() {
            return Err(AskedError::new(
                "a map shows shares or numbers per inhabitants; choose one",
            ));
        }
        let region = match &self.region {
            Some(word) => {
                Some(place::find(word).map_err(|error| AskedError::new(error.to_string()))?)
            }
            None => None,
        };
        Ok(MapOrder {
            style: match self.style.unwrap_or(MapStylePlan::Symbols) {
                MapStylePlan::Symbols => MapStyle::Symbols,
                MapStylePlan::Choropleth => MapStyle::Choropleth {
                    allow_counts: self.allow_counts,
                },
                MapStylePlan::Flow => MapStyle::Flow,
            },
            region,
            share: self.share,
        })
    }
}

/// The inhabitants of the places of a summary, as public and as recorded as its figures.
pub(super) fn population(
    ledger: &Ledger,
    asked: &Selection,
    summary: &Summary,
    per: u32,
    sieve: &mut Sieve<'_>,
) -> Result<(Figures, Inhabitants), AnyError> {
    let selection = Inhabitants::selection(&summary.rows, asked);
    if ledger.figures(&selection)?.rows.is_empty() {
        return Err(Inhabitants::UNKNOWN.into());
    }
    let figures = sifted(ledger, &selection, sieve)?;
    let inhabitants = Inhabitants::new(&figures, per);
    Ok((figures, inhabitants))
}
