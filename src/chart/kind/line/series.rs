//! One line's strokes and markers: gaps stay gaps, and what is not firm looks different.

use chrono::{Datelike, NaiveDate};

use super::{Line, fan, versions};
use crate::chart::kind::pieces;
use crate::chart::layout::{Axis, Dash, paint};
use crate::chart::palette::{Colour, Tones};
use crate::chart::spec::{Break, Point};

/// A stretch without a gap, drawn in one way, as (day, value).
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its points.
    pub points: Vec<(f64, f64)>,
    /// How it is broken.
    pub dash: Dash,
    /// Its colour.
    pub colour: Colour,
}

/// An area from low to high.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its corners, as (day, value).
    pub edge: Vec<(f64, f64)>,
    /// Its fill.
    pub fill: Colour,
}

/// A dot on one point, as (day, value).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marker {
    /// Its point.
    pub at: (f64, f64),
    /// Its radius in px.
    pub radius: f64,
    /// Whether it is hollow: provisional, or read from prose.
    pub hollow: bool,
}

/// One line as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// Its tones.
    pub tones: Tones,
    /// Width of its stroke in px.
    pub width: f64,
    /// Whether it is context.
    pub muted: bool,
    /// Areas from low to high, the widest first.
    pub bands: Vec<Band>,
    /// Ranges of points without a neighbour: day, low and high.
    pub whiskers: Vec<(f64, f64, f64)>,
    /// Its stretches.
    pub runs: Vec<Run>,
    /// Its dots.
    pub markers: Vec<Marker>,
    /// Points with an arrow for "at least".
    pub arrows: Vec<(f64, f64)>,
    /// Its last point with a value.
    pub end: (f64, f64),
}

/// Tones of each line, and whether it is context.
pub fn tones(lines: &[Line]) -> Vec<(Tones, bool)> {
    let wanted: Vec<_> = lines
        .iter()
        .map(|line| (line.role, line.emphasis))
        .collect();
    let versions = versions::tones(lines);
    paint::tones(&wanted)
        .into_iter()
        .zip(versions)
        .map(|(tones, version)| version.unwrap_or(tones))
        .collect()
}

/// The day as a number on the axis.
pub fn day(date: NaiveDate) -> f64 {
    f64::from(date.num_days_from_ce())
}

impl Series {
    /// Lays out one line; none when it has no value.
    pub fn new(
        line: &Line,
        breaks: &[Break],
        (tones, muted): (Tones, bool),
        x: &Axis,
        y: &Axis,
        scale: f64,
    ) -> Option<Self> {
        let points = broken(line.points.clone(), breaks);
        let end = points.iter().rev().find_map(place)?;
        let width = match (muted, line.emphasis) {
            (true, _) => 1.5,
            (false, true) => 2.5,
            (false, false) => 2.0,
        };
        // On the areas of a fan a pale line would not be seen.
        let projected = if line.fans.is_empty() {
            pieces::paler(tones.line)
        } else {
            tones.line
        };
        let mut bands = fan::bands(&line.fans, &points, tones);
        let (ranges, whiskers) = ranges(&points);
        let fill = tones.line.tint(0.2);
        bands.extend(ranges.into_iter().map(|edge| Band { edge, fill }));
        let px = |at: (f64, f64)| (x.at(at.0), y.at(at.1));
        Some(Self {
            label: line.label.clone(),
            tones,
            width: width * scale,
            muted,
            bands,
            whiskers,
            runs: runs(&points, tones.line, projected),
            markers: markers(&points, muted, scale, px),
            arrows: arrows(&points, scale, px),
            end,
        })
    }

    /// Every straight stroke in px.
    pub fn strokes<'a>(
        &'a self,
        x: &'a Axis,
        y: &'a Axis,
    ) -> impl Iterator<Item = [(f64, f64); 2]> + 'a {
        self.runs.iter().flat_map(move |run| {
            run.points
                .windows(2)
                .map(move |pair| [pair[0], pair[1]].map(|at| (x.at(at.0), y.at(at.1))))
        })
    }
}

/// The points by day, with a gap at each break.
fn broken(mut points: Vec<Point>, breaks: &[Break]) -> Vec<Point> {
    points.sort_by_key(|point| point.date);
    for one in breaks {
        let after = points.partition_point(|point| point.date < one.date);
        points.insert(after, Point::gap(one.date));
    }
    points
}

fn place(point: &Point) -> Option<(f64, f64)> {
    point.value.map(|value| (day(point.date), value))
}

/// Stretches between gaps, cut where the way of drawing changes.
fn runs(points: &[Point], colour: Colour, projected: Colour) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for pair in points.windows(2) {
        let (Some(from), Some(to)) = (place(&pair[0]), place(&pair[1])) else {
            continue;
        };
        let either = |test: fn(&Point) -> bool| pair.iter().any(test);
        let (dash, colour) = if either(|point| point.marks.projected) {
            (Dash::Dotted, projected)
        } else if either(|point| point.marks.estimated) {
            (Dash::Dashed, colour)
        } else {
            (Dash::Solid, colour)
        };
        match runs.last_mut() {
            Some(run) if run.dash == dash && run.points.last() == Some(&from) => {
                run.points.push(to)
            }
            _ => runs.push(Run {
                points: vec![from, to],
                dash,
                colour,
            }),
        }
    }
    runs
}

/// Whether the days follow no rhythm: neither equal steps nor months, quarters or years. A gap is
/// no step.
pub fn is_irregular(points: &[Point]) -> bool {
    let steps: Vec<i64> = points
        .windows(2)
        .filter(|pair| pair.iter().all(|point| point.value.is_some()))
        .map(|pair| (pair[1].date - pair[0].date).num_days())
        .collect();
    let (Some(least), Some(most)) = (steps.iter().min(), steps.iter().max()) else {
        return false;
    };
    let rhythms = [(28, 31), (59, 62), (89, 92), (181, 184), (365, 366)];
    least != most
        && !rhythms
            .iter()
            .any(|(low, high)| low <= least && most <= high)
}

/// Dots where they help: on irregular or few points that stand clear of a neighbour, always on
/// points without a neighbour, and on points that are not firm; thinned where they would touch.
fn markers(
    points: &[Point],
    muted: bool,
    scale: f64,
    px: impl Fn((f64, f64)) -> (f64, f64),
) -> Vec<Marker> {
    let places: Vec<Option<(f64, f64)>> =
        points.iter().map(|point| Some(px(place(point)?))).collect();
    let present = places.iter().flatten().count();
    let wanted = !muted && (present <= 12 || is_irregular(points));
    let radius = if muted { 2.2 } else { 3.0 } * scale;
    let clear =
        |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1) >= 2.0 * radius + 1.0 * scale;
    let mut markers: Vec<Marker> = Vec::new();
    // What is not firm must be seen, so it comes first and firm points make room.
    for pass_hollow in [true, false] {
        for (index, point) in points.iter().enumerate().rev() {
            let (Some(at), Some(own)) = (place(point), places[index]) else {
                continue;
            };
            let hollow = point.marks.provisional || point.marks.prose;
            if hollow != pass_hollow {
                continue;
            }
            let before = index.checked_sub(1).and_then(|before| places[before]);
            let after = places.get(index + 1).copied().flatten();
            let alone = before.is_none() && after.is_none();
            let roomy = [before, after]
                .into_iter()
                .flatten()
                .any(|other| clear(own, other));
            let free = || markers.iter().all(|other| clear(px(other.at), own));
            if alone || ((hollow || (wanted && roomy)) && free()) {
                markers.push(Marker { at, radius, hollow });
            }
        }
    }
    markers
}

/// Whether every value of a line is a lower bound; one arrow at its end then says so for all.
pub fn is_lower_bound(points: &[Point]) -> bool {
    let mut present = points.iter().filter(|point| point.value.is_some());
    present.clone().count() > 1 && present.all(|point| point.marks.at_least)
}

/// Arrows on lower bounds, thinned so that they stay apart.
fn arrows(points: &[Point], scale: f64, px: impl Fn((f64, f64)) -> (f64, f64)) -> Vec<(f64, f64)> {
    let mut arrows: Vec<(f64, f64)> = Vec::new();
    if is_lower_bound(points) {
        return points.iter().rev().find_map(place).into_iter().collect();
    }
    for point in points.iter().rev().filter(|point| point.marks.at_least) {
        let Some(at) = place(point) else { continue };
        if arrows
            .last()
            .is_none_or(|last| (px(*last).0 - px(at).0).abs() >= 14.0 * scale)
        {
            arrows.push(at);
        }
    }
    arrows
}

type Bands = Vec<Vec<(f64, f64)>>;

/// Areas over neighbours that both have a range, upright strokes for the others.
fn ranges(points: &[Point]) -> (Bands, Vec<(f64, f64, f64)>) {
    let (mut bands, mut whiskers) = (Vec::new(), Vec::new());
    let ranges: Vec<Option<(f64, f64, f64)>> = points
        .iter()
        .map(|point| Some((day(point.date), point.low?, point.high?)))
        .collect();
    for stretch in ranges.split(Option::is_none) {
        let stretch: Vec<(f64, f64, f64)> = stretch.iter().copied().flatten().collect();
        match stretch.as_slice() {
            [] => {}
            [one] => whiskers.push(*one),
            many => {
                let upper = many.iter().map(|(day, _, high)| (*day, *high));
                let lower = many.iter().rev().map(|(day, low, _)| (*day, *low));
                bands.push(upper.chain(lower).collect());
            }
        }
    }
    (bands, whiskers)
}
