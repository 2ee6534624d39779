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

fn view(chart: &MapChart, frame: Rect) -> View {
    let points = |sites: &mut dyn Iterator<Item = &Site>| -> Vec<Vec<(f64, f64)>> {
        sites
            .map(|site| extent(&chart.atlas, &site.lands, site.at))
            .filter(|points| !points.is_empty())
            .collect()
    };
    match &chart.view {
        MapView::World => View::world(frame),
        MapView::Around(sites) => View::of(&points(&mut sites.iter()), frame, true),
        MapView::Fit => {
            let origin = chart.origin.iter().map(|origin| &origin.site);
            let valued = chart.places.iter().filter(|place| place.value.is_some());
            View::of(
                &points(&mut valued.map(|place| &place.site).chain(origin)),
                frame,
                false,
            )
        }
    }
}
