//! Which part of the globe is shown, by which projection and at which scale.

use super::atlas::Atlas;
use super::plane::{Place, bounds};
use super::projection::{Projection, wrapped};
use crate::chart::text::Rect;

/// Meridian in the middle of a map of the world: its edge runs through the Bering Strait.
pub const MIDDLE: f64 = 11.0;
/// Southern edge of a map of the world, in degrees: the tip of South America.
const SOUTH: f64 = -56.0;
/// Northern edge likewise: the tip of Greenland.
const NORTH: f64 = 83.7;
/// How much higher than the world a frame may be before the world stands in its middle.
const TALL: f64 = 1.5;
/// How far from its centre a region may reach under Lambert's projection, in radii of the globe.
const REACH: f64 = 1.15;
/// Farthest distance from the centre, in radii of the globe, of places that still make a region.
const REGION: f64 = 0.85;
/// Least radius of a land that may be too large for its neighbours, in radians: that of Algeria
/// is 0.2.
const GIANT: f64 = 0.3;
/// Least size of what is shown, in radii of the globe: about 500 km.
const LEAST: f64 = 0.08;

/// From degrees to px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// How the globe becomes a plane.
    pub projection: Projection,
    /// Px per radius of the globe.
    pub scale: f64,
    /// The place in px of the plane's origin.
    pub origin: Place,
    /// What of the picture the map may fill.
    pub frame: Rect,
}

impl View {
    /// The place in px of a point given in degrees east and north.
    pub fn at(&self, point: (f64, f64)) -> Place {
        self.place(self.projection.at(point))
    }

    /// The place in px of a point of the plane.
    pub fn place(&self, (x, y): (f64, f64)) -> Place {
        (
            self.origin.0 + self.scale * x,
            self.origin.1 - self.scale * y,
        )
    }

    fn fitted(projection: Projection, around: Rect, frame: Rect) -> Self {
        let (width, height) = (around.width().max(1e-9), around.height().max(1e-9));
        let scale = (frame.width() / width).min(frame.height() / height);
        let middle = (
            f64::midpoint(around.left, around.right),
            f64::midpoint(around.top, around.bottom),
        );
        Self {
            projection,
            scale,
            origin: (
                f64::midpoint(frame.left, frame.right) - scale * middle.0,
                f64::midpoint(frame.top, frame.bottom) + scale * middle.1,
            ),
            frame,
        }
    }

    /// The whole world without Antarctica.
    pub fn world(frame: Rect) -> Self {
        let projection = Projection::EqualEarth(MIDDLE);
        let (right, _) = projection.at((MIDDLE + 180.0, 0.0));
        let (low, high) = (
            projection.at((MIDDLE, SOUTH)).1,
            projection.at((MIDDLE, NORTH)).1,
        );
        let around = Rect {
            left: -right,
            top: low,
            right,
            bottom: high,
        };
        let mut view = Self::fitted(projection, around, frame);
        // Nothing of the globe lies beyond its edges. A little room above and below is left blank by
        // a lower picture; much of it, in a tall one, stands on both sides.
        let height = view.scale * around.height();
        if frame.height() < TALL * height {
            view.origin.1 -= (frame.height() - height) / 2.0;
        }
        let (left, top) = view.place((-right, high));
        let (right, bottom) = view.place((right, low));
        view.frame = Rect {
            left: left.max(frame.left),
            top: top.max(frame.top),
            right: right.min(frame.right),
            bottom: bottom.min(frame.bottom),
        };
        view
    }

    /// The surroundings of points; the world where they are too far apart to be a region, unless
    /// they were `chosen` to be shown.
    pub fn of(points: &[Vec<(f64, f64)>], frame: Rect, chosen: bool) -> Self {
        let near = without_giants(points);
        let Some(centre) = middle(&near) else {
            return Self::world(frame);
        };
        let mut projection = Projection::Lambert(centre.0, centre.1);
        let mut around = Rect {
            left: 0.0,
            top: 0.0,
            right: 0.0,
            bottom: 0.0,
        };
        for _ in 0..4 {
            let plane: Vec<Place> = near.iter().map(|&point| projection.at(point)).collect();
            around = bounds(&plane);
            let farthest = plane.iter().map(|(x, y)| x.hypot(*y)).fold(0.0, f64::max);
            if farthest > REGION && !chosen {
                return Self::world(frame);
            }
            if farthest > 1.3 {
                return Self::zoomed(&near, centre.0, frame);
            }
            let (east, north) = projection.back((
                f64::midpoint(around.left, around.right),
                f64::midpoint(around.top, around.bottom),
            ));
            projection = Projection::Lambert(east, north);
        }
        let view = Self::fitted(projection, with_margin(around, points.len() == 1), frame);
        // Far from its centre Lambert's projection bends the lands too much.
        if frame.width().hypot(frame.height()) / 2.0 > REACH * view.scale {
            return Self::zoomed(&near, centre.0, frame);
        }
        view
    }

    /// Points under the projection of the world, but larger.
    fn zoomed(points: &[(f64, f64)], meridian: f64, frame: Rect) -> Self {
        let projection = Projection::EqualEarth(meridian);
        let plane: Vec<Place> = points.iter().map(|&point| projection.at(point)).collect();
        let view = Self::fitted(projection, with_margin(bounds(&plane), false), frame);
        let world = Self::world(frame);
        if view.scale > world.scale {
            view
        } else {
            world
        }
    }
}

/// A rectangle with room around it; a place alone is shown with its neighbours.
fn with_margin(around: Rect, alone: bool) -> Rect {
    let wider = |low: f64, high: f64| {
        let half = (if alone { 1.3 } else { 0.56 } * (high - low)).max(LEAST / 2.0);
        let middle = f64::midpoint(low, high);
        (middle - half, middle + half)
    };
    let ((left, right), (top, bottom)) = (
        wider(around.left, around.right),
        wider(around.top, around.bottom),
    );
    Rect {
        left,
        top,
        right,
        bottom,
    }
}

/// The points that a region is fitted to: of a land that is far larger than all others together,
/// only those near the others, so that Russia does not make specks of its neighbours.
fn without_giants(places: &[Vec<(f64, f64)>]) -> Vec<(f64, f64)> {
    let sized: Vec<((f64, f64), f64)> = places.iter().map(|points| circle(points)).collect();
    let mut kept = Vec::new();
    for (index, (points, (_, size))) in places.iter().zip(&sized).enumerate() {
        let others: Vec<(f64, f64)> = if *size > GIANT && places.len() > 2 {
            let smaller = sized
                .iter()
                .enumerate()
                .filter(|(other, (_, theirs))| *other != index && *theirs < 0.6 * size);
            smaller
                .flat_map(|(other, _)| places[other].iter().copied())
                .collect()
        } else {
            Vec::new()
        };
        let (centre, radius) = circle(&others);
        let is_giant = !others.is_empty() && *size > 1.4 * radius;
        kept.extend(
            points
                .iter()
                .filter(|point| !is_giant || apart(**point, centre) < radius)
                .copied(),
        );
    }
    kept
}

/// A circle around points: its centre in degrees and its radius in radians.
fn circle(points: &[(f64, f64)]) -> ((f64, f64), f64) {
    let centre = middle(points).unwrap_or_default();
    let radius = points
        .iter()
        .map(|&point| apart(point, centre))
        .fold(0.0, f64::max);
    (centre, radius)
}

/// The angle between two points, in radians.
fn apart(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (u, v) = (vector(a), vector(b));
    let dot: f64 = u.iter().zip(v).map(|(a, b)| a * b).sum();
    dot.clamp(-1.0, 1.0).acos()
}

fn vector((east, north): (f64, f64)) -> [f64; 3] {
    let ((sin, cos), (sin_north, cos_north)) =
        (east.to_radians().sin_cos(), north.to_radians().sin_cos());
    [cos_north * cos, cos_north * sin, sin_north]
}

/// The middle of points on the globe, in degrees; none where there are no points, or they lie all
/// around it.
fn middle(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut sum = [0.0; 3];
    for &point in points {
        for (total, part) in sum.iter_mut().zip(vector(point)) {
            *total += part;
        }
    }
    let [x, y, z] = sum;
    let flat = x.hypot(y);
    (flat.hypot(z) > 1e-6 * points.len() as f64 && !points.is_empty())
        .then(|| (wrapped(y.atan2(x).to_degrees()), z.atan2(flat).to_degrees()))
}

/// Points of the main lands of a place, to which a view is fitted: far islands are left out.
pub fn extent(atlas: &Atlas, lands: &[String], at: Option<(f64, f64)>) -> Vec<(f64, f64)> {
    let mut rings: Vec<(f64, Vec<(f64, f64)>)> = lands
        .iter()
        .filter_map(|id| atlas.land(id))
        .flat_map(|(_, land)| &land.rings)
        .map(|ring| atlas.points(ring))
        .map(|points| (globe_area(&points), points))
        .collect();
    let largest = rings.iter().map(|(area, _)| *area).fold(0.0, f64::max);
    rings.retain(|(area, _)| *area >= 0.1 * largest);
    let points: Vec<(f64, f64)> = rings
        .into_iter()
        .flat_map(|(_, points)| {
            let step = (points.len() / 40).max(1);
            points.into_iter().step_by(step)
        })
        .collect();
    if points.is_empty() {
        at.into_iter().collect()
    } else {
        points
    }
}

/// The area of a ring on the globe, about, in square radians.
fn globe_area(ring: &[(f64, f64)]) -> f64 {
    let sum: f64 = ring
        .windows(2)
        .map(|pair| {
            wrapped(pair[1].0 - pair[0].0).to_radians()
                * (pair[0].1.to_radians().sin() + pair[1].1.to_radians().sin())
                / 2.0
        })
        .sum();
    sum.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect {
        left: 20.0,
        top: 80.0,
        right: 830.0,
        bottom: 500.0,
    };

    fn square(east: f64, north: f64, half: f64) -> Vec<(f64, f64)> {
        let steps = || (-5..=5).map(|step| half * f64::from(step) / 5.0);
        steps()
            .flat_map(|dx| steps().map(move |dy| (east + dx, north + dy)))
            .collect()
    }

    #[test]
    fn near_places_make_a_region_and_far_ones_the_world() {
        let view = View::of(
            &[square(20.0, 52.0, 3.0), square(28.0, 47.0, 2.0)],
            FRAME,
            false,
        );
        assert!(
            matches!(view.projection, Projection::Lambert(east, north) if (20.0..28.0).contains(&east) && (46.0..54.0).contains(&north))
        );
        let world = View::of(
            &[square(-100.0, 40.0, 5.0), square(135.0, -25.0, 5.0)],
            FRAME,
            false,
        );
        assert_eq!(world, View::world(FRAME));
        assert_eq!(View::of(&[], FRAME, false), View::world(FRAME));
        let (x, y) = world.at((-70.0, -55.0));
        assert!(y < FRAME.bottom && x > FRAME.left);
    }

    #[test]
    fn a_giant_does_not_make_specks_of_its_neighbours() {
        let small = [
            square(20.0, 52.0, 3.0),
            square(28.0, 47.0, 2.0),
            square(25.0, 53.0, 3.0),
        ];
        let alone = View::of(&small, FRAME, false);
        let mut with_giant = small.to_vec();
        with_giant.push(
            (30..180)
                .step_by(3)
                .flat_map(|east| [(f64::from(east), 50.0), (f64::from(east), 70.0)])
                .collect(),
        );
        let view = View::of(&with_giant, FRAME, false);
        assert!(
            view.scale > 0.7 * alone.scale,
            "{} {}",
            view.scale,
            alone.scale
        );
    }

    #[test]
    fn a_region_across_the_antimeridian_is_one() {
        let view = View::of(
            &[square(177.0, -18.0, 1.0), square(-176.0, -20.0, 1.0)],
            FRAME,
            false,
        );
        assert!(matches!(view.projection, Projection::Lambert(east, _) if east.abs() > 178.0));
    }
}
