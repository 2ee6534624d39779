//! Comparisons: what several claimants and channels say of the same thing, side by side.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::figure::{Measure, Period, PlaceId, Publication, Qualifier, Quantity, Series, Status};
use crate::ledger::{FigureId, FigureRow, Figures};
use crate::place::{self, Kind};
use crate::vocabulary;

mod agreement;
mod difference;
mod table;
mod words;

pub use agreement::{Agreement, agreement_frame, agreements};
pub use difference::{Difference, What};
pub(super) use words::topic;
pub use words::{overlapping, voices};

/// The dimension that tells definitions apart; two definitions are compared, never as a ratio.
const DEFINITION: &str = "definition";

/// The origin that tells a series from others. People displaced within a country are from that country, so
/// that it says nothing where one source names it as their origin and another does not.
fn told_origin(series: &Series) -> Option<&PlaceId> {
    let origin = series.origin.as_ref()?;
    let is_within = vocabulary::indicator(&series.indicator)
        .is_ok_and(|indicator| !indicator.is_told_by_origin());
    let is_country = place::place(origin).is_some_and(|place| place.kind == Kind::Country);
    let says_nothing = is_within && is_country && series.location.as_ref() == Some(origin);
    (!says_nothing).then_some(origin)
}

/// What is wanted of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Of each series the newest figure not after this day, in place of figures of one period.
    pub at: Option<NaiveDate>,
    /// Also what has one voice only.
    pub all: bool,
}

/// What is compared: figures that differ in nothing else speak of one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing {
    /// What is counted.
    pub indicator: String,
    /// Where people come from.
    pub origin: Option<PlaceId>,
    /// Where they are, or where it happened.
    pub location: Option<PlaceId>,
    /// What narrows it, as dimensions and codes; definitions aside.
    pub breakdown: String,
    /// The days; none where each voice has its own newest day.
    pub period: Option<Period>,
}

/// One figure of a comparison, with how it stands to the reference of its group.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice<'f> {
    /// What it belongs to.
    pub series: &'f Series,
    /// The figure.
    pub row: &'f FigureRow,
    /// Where it was published.
    pub publication: &'f Publication,
    /// Its number over that of the reference, where both are numbers of the same kind.
    pub ratio: Option<f64>,
    /// Smallest and largest number named by voices that count the same way for the same days.
    pub range: Option<(i64, i64)>,
    /// Whether it is older than twice its source's cadence on the day that was asked for.
    pub stale: Option<bool>,
    /// What is different from the reference.
    pub differences: Vec<Difference>,
}

/// All that is said of one thing; the first voice is the reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Group<'f> {
    /// The thing.
    pub thing: Thing,
    /// The voices, by declared priority of their channels.
    pub voices: Vec<Voice<'f>>,
}

/// A comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison<'f> {
    /// Things with several voices; with one, if they were asked for.
    pub groups: Vec<Group<'f>>,
    /// How many things have one voice only.
    pub single: usize,
    /// Series whose newest number lies before what their source has covered since.
    pub not_reported: usize,
    at: Option<NaiveDate>,
}

/// Puts side by side what several voices say. A voice is a claimant in a channel; figures are
/// never joined, averaged or chained.
pub fn compare(figures: &Figures, wanted: Wanted) -> Comparison<'_> {
    let (rows, not_reported) = match wanted.at {
        Some(at) => newest(figures, at),
        None => (figures.rows.iter().collect(), 0),
    };
    let mut things: BTreeMap<Thing, Vec<&FigureRow>> = BTreeMap::new();
    for row in rows {
        let series = &figures.series[row.series];
        things
            .entry(Thing {
                indicator: series.indicator.to_string(),
                origin: told_origin(series).cloned(),
                location: series.location.clone(),
                breakdown: series.breakdown.clone().without(DEFINITION).to_string(),
                period: wanted.at.is_none().then(|| days(series, row)),
            })
            .or_default()
            .push(row);
    }
    let several = |rows: &[&FigureRow]| {
        let of = |row: &FigureRow| {
            let series = &figures.series[row.series];
            (&*series.claimant, &*series.channel)
        };
        rows.windows(2).any(|pair| of(pair[0]) != of(pair[1]))
    };
    let cadences = wanted.at.map(|_| cadences(figures));
    let mut single = 0;
    let mut groups = Vec::new();
    for (thing, rows) in things {
        if !several(&rows) {
            single += 1;
            if !wanted.all {
                continue;
            }
        }
        groups.push(group(figures, thing, rows, wanted.at, cadences.as_ref()));
    }
    Comparison {
        groups,
        single,
        not_reported,
        at: wanted.at,
    }
}

impl Comparison<'_> {
    /// The figures that are shown.
    pub fn figures(&self) -> BTreeSet<FigureId> {
        let voices = self.groups.iter().flat_map(|group| &group.voices);
        voices.map(|voice| voice.row.id).collect()
    }
}

/// The newest figure of each series not after a day, and how many series their source no longer
/// reports.
fn newest(figures: &Figures, at: NaiveDate) -> (Vec<&FigureRow>, usize) {
    let silent: BTreeSet<usize> = figures
        .not_reported
        .iter()
        .map(|silent| silent.series)
        .collect();
    let mut newest: BTreeMap<usize, &FigureRow> = BTreeMap::new();
    for row in figures.rows.iter().filter(|row| row.period.end <= at) {
        if !silent.contains(&row.series) {
            newest.insert(row.series, row);
        }
    }
    (newest.into_values().collect(), silent.len())
}

/// The days that a figure is compared by: all of a flow, the last of what is a state of a day.
fn days(series: &Series, row: &FigureRow) -> Period {
    match series.measure {
        Measure::Flow => row.period,
        Measure::Stock | Measure::Cumulative => Period::day(row.period.end),
    }
}

/// Days between the figures of each series: what its channel declares, else the median of what it
/// did; few figures have no rhythm.
fn cadences(figures: &Figures) -> BTreeMap<usize, i64> {
    let mut ends: BTreeMap<usize, Vec<NaiveDate>> = BTreeMap::new();
    for row in &figures.rows {
        ends.entry(row.series).or_default().push(row.period.end);
    }
    const SERIES: usize = 4;
    ends.into_iter()
        .filter_map(|(index, ends)| {
            let declared = vocabulary::channel(&figures.series[index].channel)
                .ok()
                .and_then(|channel| channel.cadence.map(i64::from));
            let observed = || {
                let mut gaps: Vec<i64> = ends
                    .windows(2)
                    .map(|pair| (pair[1] - pair[0]).num_days())
                    .collect();
                gaps.sort_unstable();
                (ends.len() >= SERIES).then(|| gaps[gaps.len() / 2].max(1))
            };
            declared.or_else(observed).map(|days| (index, days))
        })
        .collect()
}

fn group<'f>(
    figures: &'f Figures,
    thing: Thing,
    rows: Vec<&'f FigureRow>,
    at: Option<NaiveDate>,
    cadences: Option<&BTreeMap<usize, i64>>,
) -> Group<'f> {
    let mut voices: Vec<Voice<'f>> = rows
        .into_iter()
        .map(|row| Voice {
            series: &figures.series[row.series],
            row,
            publication: &figures.publications[row.publication].publication,
            ratio: None,
            range: None,
            stale: at
                .zip(cadences.and_then(|cadences| cadences.get(&row.series)))
                .map(|(at, cadence)| (at - row.period.end).num_days() > 2 * cadence),
            differences: Vec::new(),
        })
        .collect();
    voices.sort_by_key(|voice| {
        (
            std::cmp::Reverse(vocabulary::channel_rank(&voice.series.channel)),
            &voice.series.channel,
            voice.series,
            voice.row.period,
        )
    });
    let ranges: Vec<Option<(i64, i64)>> = voices
        .iter()
        .map(|voice| range(voices.iter().filter(|other| voice.counts_like(other))))
        .collect();
    if let Some((reference, others)) = voices.split_first_mut() {
        for voice in others {
            voice.differences = difference::differences(voice, reference);
            let forbidden = voice.differences.iter().any(|found| found.forbids_ratio());
            voice.ratio = point(&voice.row.quantity)
                .zip(point(&reference.row.quantity).filter(|value| *value != 0))
                .filter(|_| !forbidden)
                .map(|(value, of)| value as f64 / of as f64);
        }
        // The reference is 1 of itself where something is measured by it.
        if voices.iter().any(|voice| voice.ratio.is_some()) {
            voices[0].ratio = Some(1.0);
        }
    }
    for (voice, range) in voices.iter_mut().zip(ranges) {
        voice.range = range;
    }
    Group { thing, voices }
}

/// Smallest and largest of the numbers that two voices or more name, bounds included.
fn range<'v>(voices: impl Iterator<Item = &'v Voice<'v>>) -> Option<(i64, i64)> {
    let mut count = 0;
    let mut numbers: Vec<i64> = Vec::new();
    for voice in voices {
        count += 1;
        let quantity = &voice.row.quantity;
        numbers.extend(
            [quantity.value, quantity.low, quantity.high]
                .iter()
                .flatten(),
        );
    }
    let (low, high) = (numbers.iter().min()?, numbers.iter().max()?);
    (count > 1).then_some((*low, *high))
}

/// The number of a quantity that is one: a bound is none.
fn point(quantity: &Quantity) -> Option<i64> {
    quantity
        .value
        .filter(|_| matches!(quantity.qualifier, Qualifier::Exact | Qualifier::About))
}

/// Whether a number is of what is to come.
const fn is_ahead(status: Status) -> bool {
    matches!(status, Status::Projected | Status::Planned)
}

impl Voice<'_> {
    /// Whether two figures count in the same way for the same days, so that their numbers may be
    /// held against each other.
    fn counts_like(&self, other: &Self) -> bool {
        self.series.measure == other.series.measure
            && self.series.unit == other.series.unit
            && self.series.since == other.series.since
            && self.series.breakdown.get(DEFINITION) == other.series.breakdown.get(DEFINITION)
            && days(self.series, self.row) == days(other.series, other.row)
            && is_ahead(self.row.quantity.status) == is_ahead(other.row.quantity.status)
    }

    /// Days between the end of its period and the day on which it became known.
    pub fn days_old(&self) -> i64 {
        (self.row.version.day() - self.row.period.end).num_days()
    }
}
