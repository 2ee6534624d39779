//! Maps: circles for counts, shades for rates, streams from an origin.

mod anchors;
mod atlas;
mod classes;
mod ground;
mod labels;
mod layout;
mod legend;
mod notes;
mod obstacles;
mod plane;
mod projection;
mod shades;
mod streams;
mod symbols;
#[cfg(test)]
pub(in crate::chart) mod tests;
mod view;

use std::sync::Arc;

use super::Kind;
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, check};
use crate::chart::rows::{PlottedRow, flags, plain};
use crate::chart::spec::{Marks, ValueKind};
use crate::chart::text::{Rect, one_line};
use crate::figure::Qualifier;

use crate::chart::words::fill;
pub use atlas::{Atlas, Land};

/// Numbers of places, on a map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapChart {
    /// The outlines of lands.
    pub atlas: Arc<Atlas>,
    /// How numbers become marks.
    pub style: MapStyle,
    /// The places with their numbers, in any order.
    pub places: Vec<MapPlace>,
    /// Where all come from; it is named, and streams begin there.
    pub origin: Option<MapOrigin>,
    /// What part of the globe is shown.
    pub view: MapView,
    /// How numbers are written.
    pub values: ValueKind,
    /// What one of the number is, such as `people`; written in the legend.
    pub unit: String,
}

/// How the numbers of places become marks on a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MapStyle {
    /// Circles whose areas are to each other as the numbers: for counts.
    #[default]
    Symbols,
    /// Shades of whole lands: for rates and shares. A large land would make a count look large.
    Choropleth {
        /// Whether counts are shaded all the same; a note then says what that does.
        allow_counts: bool,
    },
    /// Streams from the origin, as wide as the numbers.
    Flow,
}

/// What part of the globe a map shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum MapView {
    /// As much as holds all places that have a number.
    #[default]
    Fit,
    /// The whole world but Antarctica.
    World,
    /// As much as holds these.
    Around(Vec<Site>),
}

/// Where something is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Site {
    /// Ids of its lands in the atlas; none where it has no outline.
    pub lands: Vec<String>,
    /// A point in it, as degrees east and north.
    pub at: Option<(f64, f64)>,
}

/// Where all that a map shows come from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapOrigin {
    /// Its name.
    pub label: String,
    /// Where it is.
    pub site: Site,
}

/// One place with its number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapPlace {
    /// Its name.
    pub label: String,
    /// Where it is. A place without is named in a note.
    pub site: Site,
    /// The value; none is said in a note or the legend.
    pub value: Option<f64>,
    /// Low end of the range.
    pub low: Option<f64>,
    /// High end of the range.
    pub high: Option<f64>,
    /// The source's word before the number, kept in the label.
    pub qualifier: Option<Qualifier>,
    /// What is to be known about the number.
    pub marks: Marks,
    /// Small text after the value, such as `as of 6 March`.
    pub detail: String,
    /// Whether it is what the title speaks of; when no place is, all have the main colour.
    pub emphasis: bool,
}

impl MapChart {
    /// The places as they are drawn: the largest first, those without a number last.
    fn in_order(&self) -> Vec<&MapPlace> {
        let mut order: Vec<&MapPlace> = self.places.iter().collect();
        order.sort_by(|a, b| {
            let size = |place: &MapPlace| place.value.unwrap_or(f64::NEG_INFINITY);
            size(b).total_cmp(&size(a))
        });
        order
    }

    /// Whether whole lands are shaded.
    const fn is_shaded(&self) -> bool {
        matches!(self.style, MapStyle::Choropleth { .. })
    }
}

impl Kind for MapChart {
    fn name(&self, theme: &Theme) -> &'static str {
        let words = &theme.words().map;
        match self.style {
            MapStyle::Symbols => words.symbols,
            MapStyle::Choropleth { .. } => words.shaded,
            MapStyle::Flow => words.flow,
        }
    }

    fn texts(&self) -> Vec<&str> {
        let places = self.places.iter();
        let origin = self.origin.iter().map(|origin| origin.label.as_str());
        places
            .flat_map(|place| [place.label.as_str(), &place.detail])
            .chain(origin)
            .chain([self.unit.as_str()])
            .collect()
    }

    fn unit(&self) -> &str {
        &self.unit
    }

    fn check(&self) -> Result<(), ChartError> {
        let counts = matches!(self.values, ValueKind::Count | ValueKind::UsDollars);
        if counts
            && self.style
                == (MapStyle::Choropleth {
                    allow_counts: false,
                })
        {
            return Err(ChartError::ShadedCounts);
        }
        for (index, place) in self.places.iter().enumerate() {
            check::triple(&place.label, place.low, place.value, place.high)?;
            let least = place.value.into_iter().chain(place.low).fold(0.0, f64::min);
            if least < 0.0 && !self.is_shaded() {
                return Err(ChartError::NegativeOnMap(place.label.clone()));
            }
            let again = self.places[..index]
                .iter()
                .any(|other| !place.site.lands.is_empty() && other.site.lands == place.site.lands);
            if again {
                return Err(ChartError::PlaceTwice(place.label.clone()));
            }
        }
        if self.style == MapStyle::Flow && self.origin.is_none() {
            return Err(ChartError::NoOrigin);
        }
        let values = || self.places.iter().filter_map(|place| place.value);
        if values().next().is_none() {
            return Err(ChartError::NoValues);
        }
        if !self.is_shaded() && values().all(|value| value == 0.0) {
            return Err(ChartError::AllZero);
        }
        Ok(())
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        notes::of_marks(self, theme)
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn is_mirrored(&self) -> bool {
        false
    }

    fn finding(&self, theme: &Theme) -> String {
        let mut order = self.in_order();
        order.retain(|place| place.value.is_some());
        let said = |place: &MapPlace| {
            let number = plain(
                place.value.unwrap_or_default(),
                place.qualifier,
                self.values,
                theme.language,
            );
            (one_line(&place.label), number)
        };
        match order.as_slice() {
            [] => String::new(),
            [only] => {
                let (name, number) = said(only);
                fill(theme.words().bars.has, &[&name, &number])
            }
            [first, .., last] => {
                let ((first, most), (last, least)) = (said(first), said(last));
                let words = &theme.words().map;
                let count = theme.language.counted(&words.places, self.places.len());
                fill(
                    words.most_and_least,
                    &[&first, &most, &last, &least, &count],
                )
            }
        }
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let row = |place: &MapPlace| {
            let mut flags = flags(place.marks);
            let word = place.qualifier.map(|qualifier| qualifier.code().to_owned());
            flags.extend(word.filter(|code| code != "exact"));
            flags.extend(Some(place.detail.clone()).filter(|detail| !detail.is_empty()));
            flags.dedup();
            PlottedRow {
                series: self
                    .origin
                    .as_ref()
                    .map_or_else(String::new, |origin| origin.label.clone()),
                at: place.label.clone(),
                value: place.value,
                low: place.low,
                high: place.high,
                flags,
            }
        };
        self.in_order().into_iter().map(row).collect()
    }
}
