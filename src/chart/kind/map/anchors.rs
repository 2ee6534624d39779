//! Where the places of a map are in the picture.

use super::ground::{Ground, anchor};
use super::plane::Place;
use super::view::{View, extent};
use super::{MapChart, MapPlace, MapView, Site};
use crate::chart::text::Rect;

/// A place with its mark's place in px.
pub struct Spot<'a> {
    /// The place.
    pub place: &'a MapPlace,
    /// Its middle; none where it is not on the map.
    pub at: Option<Place>,
}

/// A map without its marks.
pub struct Scene<'a> {
    /// From degrees to px.
    pub view: View,
    /// Lands and borders.
    pub ground: Ground,
    /// The places, the largest first.
    pub spots: Vec<Spot<'a>>,
    /// Where the origin is.
    pub origin: Option<Place>,
}

impl<'a> Scene<'a> {
    /// Finds the view and the places of a chart in a frame.
    pub fn new(chart: &'a MapChart, frame: Rect) -> Self {
        let view = view(chart, frame);
        let ground = Ground::new(&chart.atlas, &view);
        let at = |site: &Site| {
            let rings = rings(chart, &ground, site);
            anchor(&rings, site.at.map(|point| view.at(point)), &view)
        };
        let spots = chart
            .in_order()
            .into_iter()
            .map(|place| Spot {
                place,
                at: at(&place.site),
            })
            .collect();
        let origin = chart.origin.as_ref().and_then(|origin| at(&origin.site));
        Self {
            view,
            ground,
            spots,
            origin,
        }
    }

    /// The visible rings of a place.
    pub fn rings(&self, chart: &MapChart, site: &Site) -> Vec<&Vec<Place>> {
        rings(chart, &self.ground, site)
    }
}

fn rings<'g>(chart: &MapChart, ground: &'g Ground, site: &Site) -> Vec<&'g Vec<Place>> {
    let lands = site.lands.iter().filter_map(|id| chart.atlas.land(id));
    lands
        .filter_map(|(number, _)| ground.lands.get(number))
        .flatten()
        .collect()
}

/// Share of all that a map has to show when it cannot show every place but as specks in the world.
const MOST_OF_ALL: f64 = 0.95;

fn view(chart: &MapChart, frame: Rect) -> View {
    let points = |sites: Vec<&Site>| -> Vec<Vec<(f64, f64)>> {
        sites
            .into_iter()
            .map(|site| extent(&chart.atlas, &site.lands, site.at))
            .filter(|points| !points.is_empty())
            .collect()
    };
    match &chart.view {
        MapView::World => View::world(frame),
        MapView::Around(sites) => View::of(&points(sites.iter().collect()), frame, true),
        MapView::Fit => {
            let mut valued = chart.in_order();
            valued.retain(|place| place.value.is_some());
            let around = |places: &[&MapPlace]| {
                let mut sites: Vec<&Site> = places.iter().map(|place| &place.site).collect();
                sites.extend(chart.origin.iter().map(|origin| &origin.site));
                View::of(&points(sites), frame, false)
            };
            let all = around(&valued);
            if chart.is_shaded() || all != View::world(frame) {
                return all;
            }
            // A few far away do not make specks of the many: they are named in a note.
            let value = |place: &MapPlace| place.value.unwrap_or_default();
            let total: f64 = valued.iter().map(|place| value(place)).sum();
            let mut sum = 0.0;
            let most = valued
                .iter()
                .take_while(|place| {
                    let wanted = sum < MOST_OF_ALL * total;
                    sum += value(place);
                    wanted
                })
                .count();
            around(&valued[..most])
        }
    }
}
