//! Questions about parts that do not add up to what their source states for all.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::track::{Track, is_of_the_past};
use super::words::said;
use super::{Check, Finding};
use crate::figure::{Breakdown, Period, PlaceId, Qualifier, Series, grouped};
use crate::ledger::{FigureRow, Figures};
use crate::place::{self, Kind};
use crate::publish::figures::place_name;
use crate::publish::summary::is_left_over;
use crate::vocabulary::{ChannelKind, channel_kind};

/// Series that differ in one thing only, by that thing.
type Siblings<'t, 'f, K> = BTreeMap<Series, BTreeMap<K, &'t Track<'f>>>;

/// One of the two places of a series.
#[derive(Clone, Copy)]
enum Axis {
    Location,
    Origin,
}

impl Axis {
    fn of(self, series: &mut Series) -> &mut Option<PlaceId> {
        match self {
            Self::Location => &mut series.location,
            Self::Origin => &mut series.origin,
        }
    }
}

/// Totals that a source states for the world, a region, a group or a country with parts, and that
/// differ from the sum of the parts it gives in the same channel. Prose names a few places and is
/// left out; so is whatever is not exact.
pub(super) fn places(figures: &Figures, tracks: &[Track<'_>], _: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for axis in [Axis::Location, Axis::Origin] {
        let mut siblings: Siblings<'_, '_, PlaceId> = BTreeMap::new();
        for track in tracks {
            if channel_kind(&track.series.channel) == ChannelKind::Prose {
                continue;
            }
            let mut key = track.series.clone();
            if let Some(place) = axis.of(&mut key).take() {
                siblings.entry(key).or_default().insert(place, track);
            }
        }
        for members in siblings.values() {
            let kinds: BTreeMap<&PlaceId, Kind> = members
                .keys()
                .filter_map(|id| Some((id, place::place(id)?.kind)))
                .collect();
            let has_small = kinds
                .values()
                .any(|kind| *kind == Kind::Area || kind.is_unit());
            for (total, track) in members {
                let states_a_total = match kinds.get(total) {
                    Some(Kind::World | Kind::Region) => true,
                    Some(Kind::Group) => !is_left_over(Some(total)),
                    Some(Kind::Country) => has_small,
                    _ => false,
                };
                if !states_a_total {
                    continue;
                }
                let within: Vec<(&PlaceId, &Track<'_>)> = members
                    .iter()
                    .filter(|(id, _)| place::is_within(id, total))
                    .map(|(id, track)| (id, *track))
                    .collect();
                found.extend(
                    track
                        .rows
                        .iter()
                        .filter_map(|row| of_places(figures, row, total, &within)),
                );
            }
        }
    }
    found
}

/// The question about one stated total, if its parts do not add up to it.
fn of_places(
    figures: &Figures,
    total: &FigureRow,
    place: &PlaceId,
    within: &[(&PlaceId, &Track<'_>)],
) -> Option<Finding> {
    let stated = exact(total)?;
    let present: Vec<(&PlaceId, &FigureRow)> = within
        .iter()
        .filter_map(|(id, track)| Some((*id, of_period(track, total.period)?)))
        .collect();
    let ids: Vec<&PlaceId> = present.iter().map(|(id, _)| *id).collect();
    let parts: Vec<&FigureRow> = present
        .iter()
        .filter(|(id, _)| is_part(id, &ids))
        .map(|(_, row)| *row)
        .collect();
    let places: Vec<&PlaceId> = ids.iter().filter(|id| is_part(id, &ids)).copied().collect();
    let overlap = places.iter().enumerate().any(|(index, one)| {
        places[index + 1..]
            .iter()
            .any(|other| place::contains_or_overlaps(one, other))
    });
    if overlap {
        return None;
    }
    let sum = sum(&parts)?;
    let named = format!(
        "the {} parts of {} that it gives for then",
        parts.len(),
        place::place(place).map_or_else(|| place_name(place).to_owned(), place::Place::in_text)
    );
    question(figures, total, stated, sum, &named)
}

/// Whether a place is a part among others: it lies in none of them, unless that one is a region or a
/// group, which then is no part itself.
fn is_part(id: &PlaceId, all: &[&PlaceId]) -> bool {
    let gathers = |id: &PlaceId| {
        !is_left_over(Some(id))
            && place::place(id)
                .is_some_and(|place| matches!(place.kind, Kind::World | Kind::Region | Kind::Group))
            && all.iter().any(|other| place::is_within(other, id))
    };
    !gathers(id)
        && !all
            .iter()
            .any(|other| place::is_within(id, other) && !gathers(other))
}

/// Codes of one dimension that count everyone, and those that count the rest where they are given.
const WHOLES: [(&str, [&str; 2], &[&str]); 2] = [
    ("sex", ["f", "m"], &["other", "unknown"]),
    ("age", ["children", "adults"], &["unknown"]),
];

/// Figures for all that differ from the sum of women and men, or of children and adults.
pub(super) fn breakdowns(figures: &Figures, tracks: &[Track<'_>], _: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for (dimension, whole, rest) in WHOLES {
        let mut siblings: Siblings<'_, '_, &str> = BTreeMap::new();
        let narrowed = |breakdown: &Breakdown| breakdown.get(dimension).is_some();
        if !tracks.iter().any(|track| narrowed(&track.series.breakdown)) {
            continue;
        }
        for track in tracks {
            let code = track.series.breakdown.get(dimension).unwrap_or_default();
            let mut key = track.series.clone();
            key.breakdown = key.breakdown.without(dimension);
            siblings.entry(key).or_default().insert(code, track);
        }
        for members in siblings.values() {
            let Some(all) = members.get("") else {
                continue;
            };
            for total in &all.rows {
                let part = |code: &&str| of_period(members.get(*code)?, total.period);
                let mut parts: Vec<&FigureRow> = whole.iter().filter_map(part).collect();
                if parts.len() < whole.len() {
                    continue;
                }
                parts.extend(rest.iter().filter_map(part));
                let named = format!("its parts by {dimension}");
                found.extend(
                    exact(total)
                        .zip(sum(&parts))
                        .and_then(|(stated, sum)| question(figures, total, stated, sum, &named)),
                );
            }
        }
    }
    found
}

fn of_period<'f>(track: &Track<'f>, period: Period) -> Option<&'f FigureRow> {
    let key = |row: &FigureRow| (row.period.end, row.period.start);
    let at = track
        .rows
        .binary_search_by_key(&(period.end, period.start), |row| key(row));
    at.ok().map(|index| track.rows[index])
}

/// A number that can be added without leeway.
fn exact(row: &FigureRow) -> Option<i64> {
    row.quantity
        .value
        .filter(|_| row.quantity.qualifier == Qualifier::Exact && is_of_the_past(row))
}

/// The sum of at least two parts, all of them exact.
fn sum(parts: &[&FigureRow]) -> Option<i64> {
    if parts.len() < 2 {
        return None;
    }
    parts
        .iter()
        .try_fold(0_i64, |sum, part| sum.checked_add(exact(part)?))
}

fn question(
    figures: &Figures,
    total: &FigureRow,
    stated: i64,
    sum: i64,
    parts: &str,
) -> Option<Finding> {
    let (relation, asked) = match sum.cmp(&stated) {
        std::cmp::Ordering::Equal => return None,
        std::cmp::Ordering::Greater => ("more", "Is one counted twice or out of date"),
        std::cmp::Ordering::Less => ("fewer", "Which part is missing or out of date"),
    };
    let question = format!(
        "{}, but {parts} add up to {}, {} {relation}. {asked}, or is the total wrong?",
        said(figures, total),
        grouped(sum),
        grouped((stated - sum).saturating_abs())
    );
    let mut finding = Finding::about(Check::Sum, figures, total, question);
    finding.other_value = Some(sum);
    Some(finding)
}
