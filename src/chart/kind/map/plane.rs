//! Rings and strokes in the plane: thinned, clipped, measured.

use crate::chart::text::Rect;

/// A place in px.
pub type Place = (f64, f64);

/// The area of a ring, positive in one sense of turning and negative in the other.
pub fn signed_area(ring: &[Place]) -> f64 {
    let Some(&last) = ring.last() else { return 0.0 };
    let mut before = last;
    let mut sum = 0.0;
    for &point in ring {
        sum += before.0 * point.1 - point.0 * before.1;
        before = point;
    }
    sum / 2.0
}

/// The smallest rectangle around points.
pub fn bounds(points: &[Place]) -> Rect {
    let none = Rect {
        left: f64::INFINITY,
        top: f64::INFINITY,
        right: f64::NEG_INFINITY,
        bottom: f64::NEG_INFINITY,
    };
    points.iter().fold(none, |rect, &(x, y)| Rect {
        left: rect.left.min(x),
        top: rect.top.min(y),
        right: rect.right.max(x),
        bottom: rect.bottom.max(y),
    })
}

/// Whether a rectangle holds a place.
pub fn is_inside(rect: Rect, (x, y): Place) -> bool {
    (rect.left..=rect.right).contains(&x) && (rect.top..=rect.bottom).contains(&y)
}

/// Whether a ring holds a place.
pub fn holds(ring: &[Place], (x, y): Place) -> bool {
    let Some(&last) = ring.last() else {
        return false;
    };
    let mut before = last;
    let mut inside = false;
    for &point in ring {
        let over = (before.1 > y) != (point.1 > y);
        if over && x < (point.0 - before.0) * (y - before.1) / (point.1 - before.1) + before.0 {
            inside = !inside;
        }
        before = point;
    }
    inside
}

/// The square of the distance of a place from a stretch.
fn distance((x, y): Place, (a, b): (Place, Place)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 {
        (((x - a.0) * dx + (y - a.1) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (ex, ey) = (a.0 + share * dx - x, a.1 + share * dy - y);
    ex * ex + ey * ey
}

/// Leaves out points that lie nearer than `tolerance` to the stroke without them (Douglas and
/// Peucker, 1973). Both ends stay, so that strokes that meet still do.
pub fn thinned(stroke: &[Place], tolerance: f64) -> Vec<Place> {
    if stroke.len() < 3 {
        return stroke.to_vec();
    }
    let mut keep = vec![false; stroke.len()];
    keep[0] = true;
    keep[stroke.len() - 1] = true;
    let mut open = vec![(0, stroke.len() - 1)];
    while let Some((first, last)) = open.pop() {
        let chord = (stroke[first], stroke[last]);
        let (mut far, mut at) = (tolerance * tolerance, 0);
        for (index, &point) in stroke.iter().enumerate().take(last).skip(first + 1) {
            let away = distance(point, chord);
            if away > far {
                (far, at) = (away, index);
            }
        }
        if at > 0 {
            keep[at] = true;
            open.push((first, at));
            open.push((at, last));
        }
    }
    stroke
        .iter()
        .zip(keep)
        .filter(|(_, keep)| *keep)
        .map(|(&point, _)| point)
        .collect()
}

/// The part of a ring on one side of an upright or a level line (Sutherland and Hodgman, 1974).
/// Parts that the line divides stay joined by strokes along it, which a fill does not show.
pub fn halved(ring: &[Place], axis: Axis, limit: f64, below: bool) -> Vec<Place> {
    let along = |point: Place| if axis == Axis::X { point.0 } else { point.1 };
    let is_kept = |point: Place| {
        if below {
            along(point) <= limit
        } else {
            along(point) >= limit
        }
    };
    let Some(&last) = ring.last() else {
        return Vec::new();
    };
    if ring.iter().all(|&point| is_kept(point)) {
        return ring.to_vec();
    }
    let mut before = last;
    let mut kept = Vec::with_capacity(ring.len());
    for &point in ring {
        if is_kept(point) != is_kept(before) {
            let share = (limit - along(before)) / (along(point) - along(before));
            let crossing = (
                before.0 + share * (point.0 - before.0),
                before.1 + share * (point.1 - before.1),
            );
            kept.push(match axis {
                Axis::X => (limit, crossing.1),
                Axis::Y => (crossing.0, limit),
            });
        }
        if is_kept(point) {
            kept.push(point);
        }
        before = point;
    }
    kept
}

/// An axis of the plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Across.
    X,
    /// Up and down.
    Y,
}

/// The part of a ring inside a frame.
pub fn framed(ring: &[Place], frame: Rect) -> Vec<Place> {
    let ring = halved(ring, Axis::X, frame.left, false);
    let ring = halved(&ring, Axis::X, frame.right, true);
    let ring = halved(&ring, Axis::Y, frame.top, false);
    halved(&ring, Axis::Y, frame.bottom, true)
}

/// The parts of a stroke inside a frame.
pub fn framed_stroke(stroke: &[Place], frame: Rect) -> Vec<Vec<Place>> {
    let mut parts: Vec<Vec<Place>> = Vec::new();
    for pair in stroke.windows(2) {
        let Some((from, to)) = framed_stretch((pair[0], pair[1]), frame) else {
            continue;
        };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
    }
    parts
}

/// The part of a stretch inside a frame (Liang and Barsky, 1984).
fn framed_stretch((from, to): (Place, Place), frame: Rect) -> Option<(Place, Place)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, end, low, high) in [
        (from.0, to.0, frame.left, frame.right),
        (from.1, to.1, frame.top, frame.bottom),
    ] {
        let length = end - start;
        if length.abs() < 1e-12 {
            if start < low || start > high {
                return None;
            }
            continue;
        }
        let (a, b) = ((low - start) / length, (high - start) / length);
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    let at = |share: f64| match share {
        0.0 => from,
        1.0 => to,
        share => (
            from.0 + share * (to.0 - from.0),
            from.1 + share * (to.1 - from.1),
        ),
    };
    (enter < leave).then(|| (at(enter), at(leave)))
}

/// The place in a ring that is farthest from its edge, to about a fortieth of its size.
pub fn heart(ring: &[Place]) -> Option<Place> {
    const STEPS: i32 = 10;
    let around = bounds(ring);
    let (mut centre, mut reach) = (
        (
            f64::midpoint(around.left, around.right),
            f64::midpoint(around.top, around.bottom),
        ),
        (around.width() / 2.0, around.height() / 2.0),
    );
    let mut best: Option<(f64, Place)> = None;
    for _ in 0..3 {
        for (column, row) in
            (0..=STEPS).flat_map(|column| (0..=STEPS).map(move |row| (column, row)))
        {
            let share = |step: i32| 2.0 * f64::from(step) / f64::from(STEPS) - 1.0;
            let place = (
                centre.0 + share(column) * reach.0,
                centre.1 + share(row) * reach.1,
            );
            if !holds(ring, place) {
                continue;
            }
            let edges = ring.iter().zip(ring.iter().cycle().skip(1));
            let clear = edges
                .map(|(a, b)| distance(place, (*a, *b)))
                .fold(f64::INFINITY, f64::min);
            if best.is_none_or(|(most, _)| clear > most) {
                best = Some((clear, place));
            }
        }
        centre = best?.1;
        reach = (reach.0 / 4.0, reach.1 / 4.0);
    }
    best.map(|(_, place)| place)
}

/// Strokes at 45 degrees across rings, `gap` px apart.
pub fn hatching(rings: &[Vec<Place>], gap: f64) -> Vec<(Place, Place)> {
    // Lines x + y = c: along each, crossings in order of x are pairs of in and out.
    let mut strokes = Vec::new();
    let sum = |point: &Place| point.0 + point.1;
    let all = || rings.iter().flatten().map(sum);
    let (low, high) = (
        all().fold(f64::INFINITY, f64::min),
        all().fold(f64::NEG_INFINITY, f64::max),
    );
    if low >= high {
        return strokes;
    }
    let mut level = (low / gap).ceil() * gap;
    while level < high {
        let mut crossings: Vec<f64> = Vec::new();
        for ring in rings {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                let (before, after) = (sum(a) - level, sum(b) - level);
                if (before > 0.0) != (after > 0.0) {
                    crossings.push(a.0 + before / (before - after) * (b.0 - a.0));
                }
            }
        }
        crossings.sort_by(f64::total_cmp);
        strokes.extend(
            crossings
                .chunks_exact(2)
                .filter(|pair| pair[1] - pair[0] > 0.5)
                .map(|pair| ((pair[0], level - pair[0]), (pair[1], level - pair[1]))),
        );
        level += gap;
    }
    strokes
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Place; 4] = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];

    #[test]
    fn rings_are_measured_and_clipped() {
        assert_eq!(signed_area(&SQUARE), 100.0);
        assert!(holds(&SQUARE, (5.0, 5.0)) && !holds(&SQUARE, (11.0, 5.0)));
        let frame = Rect {
            left: 5.0,
            top: -5.0,
            right: 20.0,
            bottom: 4.0,
        };
        assert_eq!(signed_area(&framed(&SQUARE, frame)), 20.0);
        assert_eq!(
            framed(
                &SQUARE,
                Rect {
                    left: 20.0,
                    ..frame
                }
            ),
            []
        );
        assert_eq!(
            framed_stroke(&[(0.0, 0.0), (10.0, 0.0), (30.0, 0.0)], frame),
            [vec![(5.0, 0.0), (10.0, 0.0), (20.0, 0.0)]]
        );
        let heart = heart(&SQUARE).unwrap();
        assert!((heart.0 - 5.0).hypot(heart.1 - 5.0) < 0.5);
    }

    #[test]
    fn thin_strokes_keep_their_ends_and_corners() {
        let stroke = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)];
        assert_eq!(
            thinned(&stroke, 0.3),
            [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
        );
        assert_eq!(thinned(&SQUARE[..2], 9.0), SQUARE[..2]);
    }

    #[test]
    fn hatching_stays_inside() {
        let strokes = hatching(&[SQUARE.to_vec()], 5.0);
        assert_eq!(strokes.len(), 3);
        assert!(
            strokes
                .iter()
                .all(|(a, b)| a.0 >= 0.0 && b.0 <= 10.0 && b.0 > a.0)
        );
    }
}
