//! Questions about changes, and numbers of flows, far beyond those around them.

use std::collections::{BTreeMap, BTreeSet};

use super::track::{Point, Track};
use super::words::{said, then};
use super::{Check, Finding};
use crate::analysis::outlier::among_neighbours;
use crate::figure::{Breakdown, Measure, PlaceId, grouped};
use crate::ledger::{FigureId, FigureRow, Figures};
use crate::place;
use crate::publish::frame::rounded;

/// Robust standard deviations beyond which a change is a jump.
const FAR: f64 = 6.0;
/// Reports on either side that a change is held against.
const REACH: usize = 7;

/// A figure that is far from where it was to be expected.
#[derive(Clone, Copy)]
struct Jump<'f> {
    row: &'f FigureRow,
    /// The figure before it, where the change is what stands out.
    before: Option<Point<'f>>,
    value: i64,
    expected: i64,
    /// What is usual per day around then.
    usual: f64,
    z: f64,
}

impl Jump<'_> {
    fn distance(&self) -> u64 {
        self.value.abs_diff(self.expected)
    }

    /// Whether one of its two figures is among some.
    fn rests_on(&self, figures: &BTreeSet<FigureId>) -> bool {
        let before = self.before.map(|before| before.row.id);
        [Some(self.row.id), before]
            .iter()
            .flatten()
            .any(|id| figures.contains(id))
    }

    /// Whether it is large enough for a question. What is reported day by day moves little from one
    /// report to the next; over a year much may happen, and small numbers double.
    fn is_worth_it(&self) -> bool {
        const SLOW: i64 = 31;
        let (days, is_flow) = match self.before {
            Some(before) => ((self.row.period.end - before.day()).num_days(), false),
            None => (self.row.period.days(), true),
        };
        let (least, parts) = match (days >= SLOW, is_flow) {
            (true, _) => (1_000, 2),
            (false, true) => (10, 2),
            (false, false) => (10, 20),
        };
        let level = self.value.max(self.expected).unsigned_abs();
        self.distance() >= least && self.distance().saturating_mul(parts) >= level
    }
}

/// Changes per day of stocks and cumulatives, and numbers of flows per day, that stand far out among
/// those around them, slips aside. Where several series of one place jump on one day, they are one question.
pub(super) fn jumps(
    figures: &Figures,
    tracks: &[Track<'_>],
    slipped: &BTreeSet<FigureId>,
) -> Vec<Finding> {
    let mut alone: Vec<Jump<'_>> = tracks
        .iter()
        .flat_map(|track| match track.series.measure {
            Measure::Flow => of_flow(track),
            Measure::Stock | Measure::Cumulative => of_level(track),
        })
        .filter(|jump| jump.is_worth_it() && !jump.rests_on(slipped))
        .collect();
    let mut found = Vec::new();
    for of_place in [Side::Location, Side::Origin] {
        let together;
        (together, alone) = gathered(figures, alone, of_place);
        found.extend(
            together
                .iter()
                .filter_map(|jumps| at_once(figures, jumps, of_place)),
        );
    }
    found.extend(alone.iter().map(|jump| one(figures, jump)));
    found
}

fn of_level<'f>(track: &Track<'f>) -> Vec<Jump<'f>> {
    let points = track.points(false);
    let days = |pair: &[Point<'_>]| (pair[1].day() - pair[0].day()).num_days() as f64;
    let changes: Vec<f64> = points
        .windows(2)
        .map(|pair| (pair[1].value - pair[0].value) as f64 / days(pair))
        .collect();
    // A fall of a cumulative has a question of its own.
    let is_cumulative = track.series.measure == Measure::Cumulative;
    points
        .windows(2)
        .zip(among_neighbours(&changes, REACH))
        .filter(|(pair, _)| !is_cumulative || pair[1].value >= pair[0].value)
        .filter_map(|(pair, outlying)| {
            let outlying = outlying.filter(|outlying| outlying.z.abs() > FAR)?;
            let usual = (outlying.median * days(pair)).round() as i64;
            Some(Jump {
                row: pair[1].row,
                before: Some(pair[0]),
                value: pair[1].value,
                expected: pair[0].value.saturating_add(usual).max(0),
                usual: outlying.median,
                z: outlying.z,
            })
        })
        .collect()
}

fn of_flow<'f>(track: &Track<'f>) -> Vec<Jump<'f>> {
    let points = track.points(false);
    let days = |point: &Point<'_>| point.row.period.days() as f64;
    let per_day: Vec<f64> = points
        .iter()
        .map(|point| point.value as f64 / days(point))
        .collect();
    points
        .iter()
        .zip(among_neighbours(&per_day, REACH))
        .filter_map(|(point, outlying)| {
            let outlying = outlying.filter(|outlying| outlying.z.abs() > FAR)?;
            Some(Jump {
                row: point.row,
                before: None,
                value: point.value,
                expected: (outlying.median * days(point)).round() as i64,
                usual: outlying.median,
                z: outlying.z,
            })
        })
        .collect()
}

/// The place that series have in common.
#[derive(Clone, Copy)]
enum Side {
    Location,
    Origin,
}

impl Side {
    fn of(self, figures: &Figures, row: &FigureRow) -> Option<PlaceId> {
        let series = &figures.series[row.series];
        match self {
            Self::Location => series.location.clone(),
            Self::Origin => series.origin.clone(),
        }
    }
}

/// Three series or more of one channel, indicator and place that jump on one day, the largest jump
/// first; and the rest.
fn gathered<'f>(
    figures: &Figures,
    jumps: Vec<Jump<'f>>,
    side: Side,
) -> (Vec<Vec<Jump<'f>>>, Vec<Jump<'f>>) {
    const SEVERAL: usize = 3;
    let mut groups: BTreeMap<_, Vec<Jump<'f>>> = BTreeMap::new();
    for jump in jumps {
        let series = &figures.series[jump.row.series];
        let key = (
            (&series.claimant, &series.channel, &series.indicator),
            (series.measure, series.unit, series.since),
            side.of(figures, jump.row),
            jump.row.period,
        );
        groups.entry(key).or_default().push(jump);
    }
    let (mut together, mut alone) = (Vec::new(), Vec::new());
    for ((.., place, _), mut group) in groups {
        if place.is_none() || group.len() < SEVERAL {
            alone.extend(group);
            continue;
        }
        group.sort_by_key(|jump| (std::cmp::Reverse(jump.distance()), jump.row.id));
        together.push(group);
    }
    (together, alone)
}

/// One question about several series that jump at once; it names the largest.
fn at_once(figures: &Figures, jumps: &[Jump<'_>], side: Side) -> Option<Finding> {
    let largest = jumps.first()?;
    let in_text = |id: Option<PlaceId>| {
        let place = id.as_ref().and_then(place::place);
        place.map_or_else(|| "elsewhere".to_owned(), place::Place::in_text)
    };
    let place = in_text(side.of(figures, largest.row));
    let place = match side {
        Side::Location => format!("in {place}"),
        Side::Origin => format!("from {place}"),
    };
    let mut finding = one(figures, largest);
    finding.question = format!(
        "{}, where {} would be usual, and {} more series {place} jump at the same time. Is it a break in how {} counts, or did something happen that they share?",
        said(figures, largest.row),
        grouped(largest.expected),
        jumps.len() - 1,
        finding.series.channel
    );
    let series = &mut finding.series;
    match side {
        Side::Location => series.origin = None,
        Side::Origin => series.location = None,
    }
    series.breakdown = Breakdown::all();
    Some(finding)
}

fn one(figures: &Figures, jump: &Jump<'_>) -> Finding {
    let z = rounded(jump.z, 1);
    let question = match jump.before {
        Some(before) => {
            let days = (jump.row.period.end - before.day()).num_days();
            let change = jump.value - before.value;
            format!(
                "{}, {} than {}: {}, where {} is usual around then (robust z {z}). Did something happen, did the way of counting change, or is a number wrong?",
                said(figures, jump.row),
                signed(change),
                then(figures, before.row, jump.row),
                a_day(change as f64 / days as f64),
                a_day(jump.usual),
            )
        }
        None => format!(
            "{}, where {} would be usual around then (robust z {z}). Did something happen, does it hold what was late from before, or is it wrong?",
            said(figures, jump.row),
            grouped(jump.expected),
        ),
    };
    let mut finding = Finding::about(Check::Jump, figures, jump.row, question);
    finding.other_value = Some(jump.expected);
    finding.other_figure = jump.before.map(|before| before.row.id);
    finding
}

/// A change with its sign in words.
fn signed(change: i64) -> String {
    let number = grouped(change.saturating_abs());
    let relation = if change < 0 { "fewer" } else { "more" };
    format!("{number} {relation}")
}

/// A change per day in words.
fn a_day(change: f64) -> String {
    match change.round() as i64 {
        0 => "hardly any change".to_owned(),
        change => format!("{} a day", signed(change)),
    }
}
