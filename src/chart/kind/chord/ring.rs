//! Where places stand around the circle and how their ribbons curve.

use std::f64::consts::TAU;

use super::order::{Tie, untangle};
use crate::chart::kind::movement::{End, Exchange, Movement};

/// Angle between neighbouring arcs.
const GAP: f64 = 0.035;
/// How much narrower a ribbon is where it arrives.
const TAPER: f64 = 0.6;
/// Steps of a curve.
const STEPS: u32 = 32;

/// Beyond this many places, arcs and ribbons can no longer be told apart.
pub const MOST: usize = 16;

/// A place with its arc. Angles are clockwise from the top, in radians.
#[derive(Debug, Clone, PartialEq)]
pub struct Arc<'a> {
    /// Its name.
    pub name: &'a str,
    /// How many are from it; none where that has no figure.
    pub out: Option<f64>,
    /// How many are in it.
    pub into: Option<f64>,
    /// Where it begins and ends.
    pub angles: (f64, f64),
}

/// A movement with the parts of two arcs that it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Chord<'a> {
    /// The movement.
    pub movement: &'a Movement,
    /// Its value; above zero.
    pub value: f64,
    /// Where it leaves.
    pub from: (f64, f64),
    /// Where it arrives.
    pub to: (f64, f64),
}

/// All places, those that gather the rest last, in the order around the circle.
pub fn in_order(exchange: &Exchange) -> Vec<&str> {
    let mut names: Vec<(&str, f64)> = Vec::new();
    for end in [End::Origin, End::Destination] {
        for place in exchange.places(end) {
            let own = place.total.unwrap_or(0.0);
            match names.iter_mut().find(|(name, _)| *name == place.name) {
                Some((_, sum)) => *sum += own,
                None => names.push((place.name, own)),
            }
        }
    }
    let is_rest = |name: &str| exchange.rest.iter().any(|rest| rest == name);
    names.sort_by(|a, b| is_rest(a.0).cmp(&is_rest(b.0)).then(b.1.total_cmp(&a.1)));
    if names.len() > MOST {
        return names.into_iter().map(|(name, _)| name).collect();
    }
    let fixed = names.iter().filter(|(name, _)| !is_rest(name)).count();
    let at = |name: &str| names.iter().position(|(own, _)| *own == name);
    let mut ties: Vec<Tie> = Vec::new();
    for movement in &exchange.movements {
        let (Some(a), Some(b), Some(weight)) = (
            at(&movement.origin),
            at(&movement.destination),
            movement.value,
        ) else {
            continue;
        };
        let between = (a.min(b), a.max(b));
        match ties.iter_mut().find(|tie| tie.between == between) {
            Some(tie) => tie.weight += weight,
            None => ties.push(Tie { between, weight }),
        }
    }
    untangle(names.len(), fixed, &ties)
        .into_iter()
        .filter_map(|index| names.get(index).map(|(name, _)| *name))
        .collect()
}

/// Divides the circle among the places, beginning at an angle.
pub fn divide<'a>(
    exchange: &'a Exchange,
    names: &[&'a str],
    start: f64,
) -> (Vec<Arc<'a>>, Vec<Chord<'a>>) {
    let count = names.len();
    let (total, _) = exchange.total();
    let unit = (TAU - GAP * count as f64) / (2.0 * total);
    let at = |name: &str| names.iter().position(|own| *own == name).unwrap_or(0);
    let mut chords: Vec<Chord<'a>> = exchange
        .movements
        .iter()
        .filter_map(|movement| {
            Some(Chord {
                movement,
                value: movement.value.filter(|value| *value > 0.0)?,
                from: (0.0, 0.0),
                to: (0.0, 0.0),
            })
        })
        .collect();
    // Clockwise along an arc, ribbons go to partners ever further counter-clockwise, so that none
    // crosses another of the same arc. Of two between the same places, the leaving one comes first
    // on both arcs.
    let mut ends: Vec<(usize, usize, bool, usize)> = Vec::new();
    for (index, chord) in chords.iter().enumerate() {
        let (from, to) = (at(&chord.movement.origin), at(&chord.movement.destination));
        let back = |own: usize, other: usize| count - (other + count - own) % count;
        ends.push((from, back(from, to), false, index));
        ends.push((to, back(to, from), true, index));
    }
    ends.sort_unstable();
    let mut arcs = Vec::with_capacity(count);
    let mut angle = start;
    let mut ends = ends.into_iter().peekable();
    let totals = [End::Origin, End::Destination].map(|end| exchange.places(end));
    for (place, name) in names.iter().enumerate() {
        let begin = angle;
        while let Some((_, _, arrives, index)) = ends.next_if(|end| end.0 == place) {
            let Some(chord) = chords.get_mut(index) else {
                continue;
            };
            let part = (angle, angle + chord.value * unit);
            if arrives {
                chord.to = part;
            } else {
                chord.from = part;
            }
            angle = part.1;
        }
        let total = |side: &[crate::chart::kind::movement::Place<'_>]| {
            let own = side.iter().find(|own| own.name == *name);
            own.and_then(|own| own.total)
        };
        arcs.push(Arc {
            name,
            out: total(&totals[0]),
            into: total(&totals[1]),
            angles: (begin, angle),
        });
        angle += GAP;
    }
    (arcs, chords)
}

/// The place at an angle and a distance from the centre.
pub fn polar((x, y): (f64, f64), angle: f64, radius: f64) -> (f64, f64) {
    (x + radius * angle.sin(), y - radius * angle.cos())
}

/// The ring of one arc as a closed area.
pub fn band(centre: (f64, f64), angles: (f64, f64), radii: (f64, f64)) -> Vec<(f64, f64)> {
    let outer = bow(centre, angles, radii.1);
    let inner = bow(centre, (angles.1, angles.0), radii.0);
    outer.into_iter().chain(inner).collect()
}

fn bow(centre: (f64, f64), (from, to): (f64, f64), radius: f64) -> Vec<(f64, f64)> {
    let steps = (((to - from).abs() / 0.03).ceil() as u32).clamp(1, 200);
    (0..=steps)
        .map(|step| {
            let share = f64::from(step) / f64::from(steps);
            polar(centre, from + (to - from) * share, radius)
        })
        .collect()
}

/// The two long edges of a ribbon, both from where it leaves to where it arrives. It leaves at one
/// radius with its full width and arrives narrower at another.
pub fn edges(
    chord: &Chord<'_>,
    centre: (f64, f64),
    (leaves, arrives): (f64, f64),
) -> [Vec<(f64, f64)>; 2] {
    let middle = f64::midpoint(chord.to.0, chord.to.1);
    let half = TAPER * (chord.to.1 - chord.to.0) / 2.0;
    [(chord.from.0, middle + half), (chord.from.1, middle - half)]
        .map(|(a, b)| curve(centre, (a, leaves), (b, arrives)))
}

/// A closed area between two edges.
pub fn area(
    chord: &Chord<'_>,
    centre: (f64, f64),
    radii: (f64, f64),
    [first, second]: &[Vec<(f64, f64)>; 2],
) -> Vec<(f64, f64)> {
    let middle = f64::midpoint(chord.to.0, chord.to.1);
    let half = TAPER * (chord.to.1 - chord.to.0) / 2.0;
    let head = bow(centre, (middle + half, middle - half), radii.1);
    let tail = bow(centre, (chord.from.1, chord.from.0), radii.0);
    first
        .iter()
        .copied()
        .chain(head)
        .chain(second.iter().rev().copied())
        .chain(tail)
        .collect()
}

/// A Bézier curve that leaves and arrives at right angles to the circle; between neighbours it
/// stays near the rim, between opposites it runs through the middle.
fn curve(centre: (f64, f64), from: (f64, f64), to: (f64, f64)) -> Vec<(f64, f64)> {
    let depth = 0.35 + 0.65 * ((to.0 - from.0) / 2.0).sin().abs();
    let points = [
        polar(centre, from.0, from.1),
        polar(centre, from.0, from.1 * (1.0 - depth)),
        polar(centre, to.0, to.1 * (1.0 - depth)),
        polar(centre, to.0, to.1),
    ];
    (0..=STEPS)
        .map(|step| {
            let t = f64::from(step) / f64::from(STEPS);
            let s = 1.0 - t;
            let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
            let sum = |of: fn(&(f64, f64)) -> f64| {
                let parts = points.iter().map(of).zip(weights);
                parts.map(|(part, weight)| part * weight).sum::<f64>()
            };
            (sum(|point| point.0), sum(|point| point.1))
        })
        .collect()
}
