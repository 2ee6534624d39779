//! Questions about what two channels say of one thing: copied numbers, and digits exchanged.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::slips::LONG;
use super::track::{Point, Track};
use super::words::said;
use super::{Check, Finding};
use crate::analysis::digits;
use crate::figure::{Breakdown, Series};
use crate::ledger::Figures;
use crate::publish::sentence::day;

/// The numbers of one period in two channels.
struct Both<'f> {
    one: Point<'f>,
    other: Point<'f>,
}

/// The numbers that two channels have for one period of what is the same series otherwise. The
/// channels are in the order of their codes.
fn pairs<'f>(tracks: &[Track<'f>]) -> Vec<Vec<Both<'f>>> {
    let mut same: BTreeMap<Series, Vec<&Track<'f>>> = BTreeMap::new();
    let has_several = tracks
        .windows(2)
        .any(|pair| pair[0].series.channel != pair[1].series.channel);
    for track in tracks.iter().filter(|_| has_several) {
        let mut key = track.series.clone();
        key.channel = Arc::default();
        same.entry(key).or_default().push(track);
    }
    let mut pairs = Vec::new();
    for tracks in same.into_values() {
        for (index, one) in tracks.iter().enumerate() {
            let ones = one.points(true);
            for other in &tracks[index + 1..] {
                let others: BTreeMap<_, _> = other
                    .points(true)
                    .into_iter()
                    .map(|point| (point.row.period, point))
                    .collect();
                let both = ones.iter().filter_map(|point| {
                    let other = *others.get(&point.row.period)?;
                    Some(Both { one: *point, other })
                });
                pairs.push(both.collect());
            }
        }
    }
    pairs
}

/// Numbers that another channel has with two digits exchanged.
pub(super) fn transpositions(
    figures: &Figures,
    tracks: &[Track<'_>],
    _: NaiveDate,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for both in pairs(tracks).iter().flatten() {
        let (one, other) = (both.one, both.other);
        if one.value < LONG || !digits::is_exchange(one.value, other.value) {
            continue;
        }
        let channel = |point: Point<'_>| &figures.series[point.row.series].channel;
        let question = format!(
            "{} in {}, and {} in {}: two digits are the other way round. Which of the two is right?",
            said(figures, one.row),
            channel(one),
            other.row.quantity,
            channel(other)
        );
        found.push(
            Finding::about(Check::Transposition, figures, one.row, question).against(other.row),
        );
    }
    found
}

/// Numbers that two channels have in common.
#[derive(Default)]
struct Shared<'f> {
    /// How many periods both have a number for.
    periods: usize,
    /// How many of those have the same number.
    same: usize,
    /// How many series these are of.
    series: usize,
    /// The greatest number that is the same.
    example: Option<(Point<'f>, Point<'f>)>,
}

/// Channels with the same numbers for the same thing, once for each claimant and indicator. Small
/// numbers are the same by chance.
pub(super) fn relays(figures: &Figures, tracks: &[Track<'_>], _: NaiveDate) -> Vec<Finding> {
    let mut shared: BTreeMap<[&str; 4], Shared<'_>> = BTreeMap::new();
    for both in &pairs(tracks) {
        let Some(first) = both.first() else {
            continue;
        };
        let (one, other) = (
            &figures.series[first.one.row.series],
            &figures.series[first.other.row.series],
        );
        let key = [
            &*one.claimant,
            &*one.indicator,
            &*one.channel,
            &*other.channel,
        ];
        let shared = shared.entry(key).or_default();
        shared.periods += both.len();
        let before = shared.same;
        for Both { one, other } in both {
            if one.value < LONG || one.value != other.value {
                continue;
            }
            shared.same += 1;
            if shared
                .example
                .is_none_or(|(known, _)| known.value < one.value)
            {
                shared.example = Some((*one, *other));
            }
        }
        shared.series += usize::from(shared.same > before);
    }
    let mut found = Vec::new();
    for ([.., channel, other_channel], shared) in shared {
        let Some((one, other)) = shared.example else {
            continue;
        };
        let how_many = match (shared.same, shared.periods) {
            (1, 1) => "the one number that both have".to_owned(),
            (same, periods) => format!("{same} of the {periods} numbers that both have"),
        };
        let question = format!(
            "{channel} and {other_channel} agree in {how_many}: {}, published on {} and on {}. Did one copy or relay the other? It counts once, and one does not confirm the other.",
            said(figures, one.row),
            day(one.row.version.day()),
            day(other.row.version.day())
        );
        let mut finding =
            Finding::about(Check::Relay, figures, one.row, question).against(other.row);
        if shared.series > 1 {
            finding.series.location = None;
            finding.series.origin = None;
            finding.series.breakdown = Breakdown::all();
        }
        found.push(finding);
    }
    found
}
