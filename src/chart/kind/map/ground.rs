//! The lands of an atlas in px: thinned to what can be seen, cut at the edge of the globe and
//! clipped to the frame.

use super::atlas::{Atlas, joined};
use super::plane::{
    Axis, Place, bounds, framed, framed_stroke, halved, is_inside, signed_area, thinned,
};
use super::projection::{Projection, wrapped};
use super::view::View;

/// Farthest distance in px at which a stroke may lie from where it belongs.
const TOLERANCE: f64 = 0.3;
/// Points nearer than this to the one before are not even looked at.
const SKIPPED: f64 = 0.1;
/// Least area in px² of an island that is drawn.
const SPECK: f64 = 0.5;
/// Longest stretch in degrees that is drawn straight.
const STRAIGHT: f64 = 1.5;

/// Lands and borders in px.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ground {
    /// By the number of the land in the atlas: its rings inside the frame.
    pub lands: Vec<Vec<Vec<Place>>>,
    /// Numbers of the lands, the largest first, so that land within another lies over it.
    pub order: Vec<usize>,
    /// Strokes between two lands.
    pub borders: Vec<Vec<Place>>,
}

impl Ground {
    /// Draws an atlas under a view.
    pub fn new(atlas: &Atlas, view: &View) -> Self {
        let arcs: Vec<Option<Vec<Place>>> = atlas.arcs.iter().map(|arc| drawn(arc, view)).collect();
        let seen: Vec<Vec<Place>> = arcs
            .iter()
            .map(|arc| arc.clone().unwrap_or_default())
            .collect();
        let mut ground = Self::default();
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); arcs.len()];
        let mut sizes = Vec::with_capacity(atlas.lands.len());
        for (number, land) in atlas.lands.iter().enumerate() {
            let mut rings = Vec::new();
            let mut size = 0.0_f64;
            for ring in &land.rings {
                for (arc, _) in ring {
                    if let Some(users) = users.get_mut(*arc) {
                        users.push(number);
                    }
                }
                let whole = ring
                    .iter()
                    .all(|(arc, _)| arcs.get(*arc).is_some_and(Option::is_some));
                let parts = if whole {
                    vec![joined(ring, &seen)]
                } else {
                    cut(&atlas.points(ring), view)
                };
                for mut part in parts {
                    if !meets(&part, view) {
                        continue;
                    }
                    size = size.max(signed_area(&part).abs());
                    part = framed(&part, view.frame);
                    if signed_area(&part).abs() >= SPECK {
                        rings.push(part);
                    }
                }
            }
            ground.lands.push(rings);
            sizes.push(size);
        }
        ground.order = (0..sizes.len())
            .filter(|&land| !ground.lands[land].is_empty())
            .collect();
        ground
            .order
            .sort_by(|&a, &b| sizes[b].total_cmp(&sizes[a]).then(a.cmp(&b)));
        for (arc, users) in users.iter().enumerate() {
            if users.len() > 1 && users.iter().any(|user| *user != users[0]) {
                let strokes = if arcs[arc].is_some() {
                    vec![seen[arc].clone()]
                } else {
                    open_cut(&atlas.arcs[arc], view)
                };
                for stroke in strokes.iter().filter(|stroke| meets(stroke, view)) {
                    ground.borders.extend(framed_stroke(stroke, view.frame));
                }
            }
        }
        ground
    }
}

/// Whether something may lie inside the frame, and on the near half of the globe.
fn meets(points: &[Place], view: &View) -> bool {
    let around = bounds(points);
    let frame = view.frame;
    let far = match view.projection {
        Projection::EqualEarth(_) => false,
        // The radius of a hemisphere is the square root of two.
        Projection::Lambert(..) => points.iter().all(|point| {
            (point.0 - view.origin.0).hypot(point.1 - view.origin.1) > 1.42 * view.scale
        }),
    };
    !far && around.left < frame.right
        && around.right > frame.left
        && around.top < frame.bottom
        && around.bottom > frame.top
}

/// A stroke in px; none where it crosses the edge of the globe.
fn drawn(arc: &[(f64, f64)], view: &View) -> Option<Vec<Place>> {
    let east = |point: (f64, f64)| match view.projection {
        Projection::EqualEarth(meridian) => wrapped(point.0 - meridian),
        Projection::Lambert(..) => point.0,
    };
    let crosses = matches!(view.projection, Projection::EqualEarth(_))
        && arc
            .windows(2)
            .any(|pair| (east(pair[0]) - east(pair[1])).abs() > 180.0);
    (!crosses).then(|| stroke(arc, view))
}

/// Projects a stroke, bending what is straight on the globe's grid, and thins it.
fn stroke(points: &[(f64, f64)], view: &View) -> Vec<Place> {
    let mut placed: Vec<Place> = Vec::with_capacity(points.len());
    let mut before: Option<(f64, f64)> = None;
    let end = points.len().saturating_sub(1);
    for (index, &point) in points.iter().enumerate() {
        if let Some(before) = before {
            let (across, up) = (wrapped(point.0 - before.0), point.1 - before.1);
            let steps = (across.abs().max(up.abs()) / STRAIGHT).ceil();
            let mut step = 1.0;
            while step < steps {
                let share = step / steps;
                placed.push(view.at((before.0 + share * across, before.1 + share * up)));
                step += 1.0;
            }
        }
        let place = view.at(point);
        let is_near = placed
            .last()
            .is_some_and(|last| (last.0 - place.0).abs() + (last.1 - place.1).abs() < SKIPPED);
        if index == end || !is_near {
            placed.push(place);
        }
        before = Some(point);
    }
    thinned(&placed, TOLERANCE)
}

/// The parts of a ring that the edge of the globe divides, in px.
fn cut(ring: &[(f64, f64)], view: &View) -> Vec<Vec<Place>> {
    let Projection::EqualEarth(meridian) = view.projection else {
        return vec![stroke(ring, view)];
    };
    let unrolled = unrolled(ring, meridian);
    let around = bounds(&unrolled);
    let mut parts = Vec::new();
    for turn in [-1.0, 0.0, 1.0] {
        let (left, right) = (360.0 * turn - 180.0, 360.0 * turn + 180.0);
        if around.right <= left || around.left >= right {
            continue;
        }
        let part = halved(
            &halved(&unrolled, Axis::X, left, false),
            Axis::X,
            right,
            true,
        );
        let back = |&(east, north): &(f64, f64)| {
            // A hair within the edge, so that both ends of the equator stay where they belong.
            let east = (east - 360.0 * turn).clamp(-180.0 + 1e-9, 180.0 - 1e-9);
            (east + meridian, north)
        };
        let mut part: Vec<(f64, f64)> = part.iter().map(back).collect();
        part.extend(part.first().copied());
        parts.push(stroke(&part, view));
    }
    parts
}

/// The parts of a border that the edge of the globe divides, in px.
fn open_cut(arc: &[(f64, f64)], view: &View) -> Vec<Vec<Place>> {
    let Projection::EqualEarth(meridian) = view.projection else {
        return vec![stroke(arc, view)];
    };
    arc.chunk_by(|a, b| (wrapped(a.0 - meridian) - wrapped(b.0 - meridian)).abs() <= 180.0)
        .map(|part| stroke(part, view))
        .collect()
}

/// Degrees east of a meridian without jumps.
fn unrolled(ring: &[(f64, f64)], meridian: f64) -> Vec<(f64, f64)> {
    let mut east = 0.0;
    let mut before: Option<f64> = None;
    ring.iter()
        .map(|&(degrees, north)| {
            east = match before {
                None => wrapped(degrees - meridian),
                Some(before) => east + wrapped(degrees - before),
            };
            before = Some(degrees);
            (east, north)
        })
        .collect()
}

/// Where a place is marked: the given point where its visible land holds it, else the heart of its
/// largest visible piece. None where nothing of it is inside the frame.
pub fn anchor(rings: &[&Vec<Place>], given: Option<Place>, view: &View) -> Option<Place> {
    let given = given.filter(|&place| is_inside(view.frame, place));
    if let Some(place) = given.filter(|&place| {
        rings.is_empty() || rings.iter().any(|ring| super::plane::holds(ring, place))
    }) {
        return Some(place);
    }
    rings
        .iter()
        .max_by(|a, b| signed_area(a).abs().total_cmp(&signed_area(b).abs()))
        .and_then(|ring| super::plane::heart(ring))
        .or(given)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::kind::map::atlas::Land;
    use crate::chart::text::Rect;

    const FRAME: Rect = Rect {
        left: 0.0,
        top: 0.0,
        right: 800.0,
        bottom: 400.0,
    };

    /// Two squares that share an edge, and one across the antimeridian.
    fn atlas() -> Atlas {
        Atlas {
            arcs: vec![
                vec![(10.0, 10.0), (10.0, 0.0), (20.0, 0.0)],
                vec![(20.0, 0.0), (20.0, 10.0), (10.0, 10.0)],
                vec![
                    (20.0, 0.0),
                    (30.0, 0.0),
                    (30.0, 10.0),
                    (20.0, 10.0),
                    (20.0, 0.0),
                ],
                vec![
                    (170.0, 10.0),
                    (170.0, 0.0),
                    (-160.0, 0.0),
                    (-160.0, 10.0),
                    (170.0, 10.0),
                ],
            ],
            lands: vec![
                Land {
                    id: "A".to_owned(),
                    rings: vec![vec![(0, false), (1, false)]],
                },
                Land {
                    id: "B".to_owned(),
                    rings: vec![vec![(1, true), (0, true)]],
                },
                Land {
                    id: "C".to_owned(),
                    rings: vec![vec![(3, false)]],
                },
            ],
        }
    }

    #[test]
    fn land_across_the_edge_of_the_globe_is_cut() {
        let view = View::world(FRAME);
        let ground = Ground::new(&atlas(), &view);
        // 11°E in the middle, so the edge is 169°W: 21 of 30 degrees lie in the east.
        let mut sizes: Vec<f64> = ground.lands[2]
            .iter()
            .map(|ring| signed_area(ring).abs())
            .collect();
        sizes.sort_by(f64::total_cmp);
        assert_eq!(sizes.len(), 2);
        assert!((sizes[1] / sizes[0] - 21.0 / 9.0).abs() < 0.05, "{sizes:?}");
        for ring in &ground.lands[2] {
            assert!(bounds(ring).width() < 60.0);
        }
        assert_eq!(ground.borders.len(), 2);
    }

    #[test]
    fn nothing_leaves_the_frame() {
        let view = View::of(&[vec![(12.0, 2.0), (14.0, 4.0)]], FRAME, true);
        let ground = Ground::new(&atlas(), &view);
        let points = ground
            .lands
            .iter()
            .flatten()
            .chain(&ground.borders)
            .flatten();
        assert!(points.clone().count() > 3);
        for &(x, y) in points {
            assert!((-1e-6..=800.0 + 1e-6).contains(&x) && (-1e-6..=400.0 + 1e-6).contains(&y));
        }
    }
}
