//! Tallies of events as a table: how many events, and how many people, by time, place and kind.
//!
//! They are reckoned when asked for and never recorded. Claimants, channels and indicators keep rows of
//! their own: they are compared and never added.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::PublishError;
use super::figures::place_name;
use super::frame::Columns;
use super::summary::{EVENT, TotalError, add, caveats, joined};
use crate::analysis::tally::{Step, newest_of_each};
use crate::figure::{Measure, Period, PlaceId, Quantity, Series, counted};
use crate::ledger::{FigureRow, Figures, Selection};
use crate::vocabulary;

mod counts;

pub use counts::{Counts, CountsRow, Refused, counts, counts_frame, keep_counted};

/// The dimension that has a column in every tally.
const VIOLENCE: &str = "violence";

/// What a tally is parted by.
#[derive(Debug, Clone, Default)]
pub struct Parted<'a> {
    /// Days, months or years; none for all the time together.
    pub step: Option<Step>,
    /// Whether places are told apart.
    pub by_place: bool,
    /// Dimensions whose codes are told apart.
    pub dimensions: Vec<&'a str>,
}

/// One row of a tally.
#[derive(Debug)]
pub struct TallyRow<'a> {
    /// What all of its events share: who counted what, and where it was published.
    pub(super) series: &'a Series,
    /// The days that it speaks of.
    pub(super) period: Period,
    /// The place, where places are told apart.
    pub(super) place: Option<&'a PlaceId>,
    /// The code of each dimension that it is parted by; empty where an event has none.
    codes: Vec<&'a str>,
    /// How many events.
    pub(super) events: usize,
    /// The sum of their numbers.
    pub(super) quantity: Quantity,
    pub(super) licence: Option<String>,
    pub(super) notes: Vec<String>,
}

/// The selection that sees every row of the events that another asks for. A newer release may have
/// moved an event to another day, place or kind, and what it said before must not count again.
pub fn widened(asked: &Selection) -> Selection {
    Selection {
        locations: Vec::new(),
        breakdown: BTreeMap::new(),
        statuses: Vec::new(),
        from: None,
        to: None,
        at: None,
        recent: None,
        measures: vec![Measure::Flow],
        ..asked.clone()
    }
}

/// Keeps the newest row of each event, and of those the ones that were asked for: an event is of its
/// last day. Returns how many of
/// what was asked for a newer release overtook.
pub fn keep_events(figures: &mut Figures, asked: &Selection) -> usize {
    figures
        .rows
        .retain(|row| figures.series[row.series].breakdown.get(EVENT).is_some());
    let groups = groups(&figures.series);
    let are_numbered = numbered(&figures.series);
    let rows = figures.rows.iter().map(|row| {
        let event = figures.series[row.series].breakdown.get(EVENT);
        let event = event.filter(|_| are_numbered[row.series]);
        let event = event.map(|event| (groups[row.series], event));
        (event, (row.version, row.entry, row.id))
    });
    let counts = newest_of_each(rows);
    let to = [asked.to, asked.at].into_iter().flatten().min();
    let is_asked = |row: &FigureRow| {
        let series = &figures.series[row.series];
        let place = series.location.as_ref();
        (asked.locations.is_empty() || place.is_some_and(|place| asked.locations.contains(place)))
            && (asked.statuses.is_empty() || asked.statuses.contains(&row.quantity.status))
            && asked.breakdown.iter().all(|(dimension, code)| {
                series.breakdown.get(dimension).unwrap_or_default() == code
            })
            && asked.from.is_none_or(|from| row.period.end >= from)
            && to.is_none_or(|to| row.period.end <= to)
    };
    let mut counts = counts.into_iter();
    let mut overtaken = 0;
    figures.rows.retain(|row| {
        let counts = counts.next().unwrap_or_default();
        let is_asked = is_asked(row);
        overtaken += usize::from(is_asked && !counts);
        is_asked && counts
    });
    overtaken
}

/// The number of the group of each series: what one claimant counts of one thing in one channel. Series
/// come sorted by that.
fn groups(series: &[Series]) -> Vec<usize> {
    let mut groups = Vec::with_capacity(series.len());
    let mut group = 0;
    for (at, of) in series.iter().enumerate() {
        let is_same = at > 0 && is_of_group(&series[at - 1], of);
        group += usize::from(at > 0 && !is_same);
        groups.push(group);
    }
    groups
}

fn is_of_group(a: &Series, b: &Series) -> bool {
    (&a.claimant, &a.channel, &a.indicator, a.unit)
        == (&b.claimant, &b.channel, &b.indicator, b.unit)
}

/// Of which series the events have numbers of their own, by which they are known again.
fn numbered(series: &[Series]) -> Vec<bool> {
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    series
        .iter()
        .map(|series| {
            let look =
                || vocabulary::channel(&series.channel).is_ok_and(|known| known.event_numbers);
            *known.entry(&series.channel).or_insert_with(look)
        })
        .collect()
}

/// Tallies events, sorted by what is counted, time, place and kind.
///
/// # Errors
/// When a sum is too large to be held.
pub fn tally<'a>(
    figures: &'a Figures,
    parted: &Parted<'_>,
    asked: &Selection,
) -> Result<Vec<TallyRow<'a>>, TotalError> {
    let groups = groups(&figures.series);
    let mut cells: BTreeMap<_, Vec<&FigureRow>> = BTreeMap::new();
    for row in &figures.rows {
        let series = &figures.series[row.series];
        let place = series.location.as_ref().filter(|_| parted.by_place);
        let codes: Vec<&str> = parted
            .dimensions
            .iter()
            .map(|dimension| series.breakdown.get(dimension).unwrap_or_default())
            .collect();
        let period = parted.step.map(|step| step.around(row.period.end));
        let name = place.map(place_name);
        cells
            .entry((groups[row.series], period, name, place, codes))
            .or_default()
            .push(row);
    }
    let mut rows = Vec::with_capacity(cells.len());
    for ((_, period, _, place, codes), events) in cells {
        let series = &figures.series[events[0].series];
        let period = period.unwrap_or_else(|| span(&events, asked));
        let earlier = events.iter().filter(|row| row.period.start < period.start);
        let mut notes = Vec::new();
        if let Some(first) = earlier.clone().map(|row| row.period.start).min() {
            notes.push(format!(
                "{} before {}, the earliest on {first}",
                counted(earlier.count(), "event began", "events began"),
                period.start
            ));
        }
        notes.extend(notes_of_events(&events));
        let publications: BTreeSet<usize> = events.iter().map(|row| row.publication).collect();
        let licences = publications.iter().filter_map(|publication| {
            let publication = &figures.publications[*publication].publication;
            publication.licence.as_deref()
        });
        let of_publications: BTreeSet<String> = publications
            .iter()
            .flat_map(|publication| caveats(&figures.publications[*publication].publication))
            .collect();
        notes.extend(of_publications);
        rows.push(TallyRow {
            series,
            period,
            place,
            codes,
            events: events.len(),
            quantity: add(events.iter().map(|row| row.quantity))?,
            licence: joined(licences),
            notes,
        });
    }
    note_other_channels(&mut rows);
    Ok(rows)
}

/// What the source says of some of the events alone: each note with how many it is about, or how many
/// have one where the notes are many.
fn notes_of_events(events: &[&FigureRow]) -> Vec<String> {
    const FEW: usize = 3;
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for note in events.iter().filter_map(|row| row.notes.as_deref()) {
        *found.entry(note).or_default() += 1;
    }
    let of = |count: usize| counted(count, "event", "events");
    if found.len() <= FEW {
        let notes = found.iter();
        return notes
            .map(|(note, count)| format!("{}: {note}", of(*count)))
            .collect();
    }
    let have = of(found.values().sum());
    vec![format!("{have} with notes of their own")]
}

/// The time that was asked for, or that of the events where it was left open.
fn span(events: &[&FigureRow], asked: &Selection) -> Period {
    let of_events = events
        .iter()
        .map(|row| row.period)
        .fold(events[0].period, |span, period| Period {
            start: span.start.min(period.start),
            end: span.end.max(period.end),
        });
    let to = [asked.to, asked.at].into_iter().flatten().min();
    let (start, end): (NaiveDate, NaiveDate) = (
        asked.from.unwrap_or(of_events.start),
        to.unwrap_or(of_events.end),
    );
    Period::new(start, end).unwrap_or(of_events)
}

/// Notes in each row the other channels of its claimant that tally the same.
fn note_other_channels(rows: &mut [TallyRow<'_>]) {
    let mut channels: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for row in &*rows {
        channels
            .entry(key(row))
            .or_default()
            .insert(&row.series.channel);
    }
    channels.retain(|_, channels| channels.len() > 1);
    if channels.is_empty() {
        return;
    }
    let notes: Vec<Option<String>> = rows
        .iter()
        .map(|row| {
            let own = &*row.series.channel;
            let others = channels
                .get(&key(row))?
                .iter()
                .filter(|other| **other != own);
            let others: Vec<&str> = others.copied().collect();
            Some(format!(
                "{} counts events of these days too, also the same ones; they are never added",
                others.join(" and ")
            ))
        })
        .collect();
    for (row, note) in rows.iter_mut().zip(notes) {
        row.notes.extend(note);
    }
}

/// What a row tallies, whatever the channel.
fn key<'r>(row: &TallyRow<'r>) -> (&'r str, &'r str, Period, Option<&'r PlaceId>, Vec<&'r str>) {
    let series = row.series;
    (
        &series.claimant,
        &series.indicator,
        row.period,
        row.place,
        row.codes.clone(),
    )
}

/// A tally as a frame.
///
/// Columns: period_start, period_end (dates), location_id, location, violence, and a column for every
/// other dimension that it is parted by; events, low, best, high (whole numbers), qualifier, status,
/// claimant, channel, indicator, unit, licence, notes. An empty cell is a missing one, or all of what
/// the tally is not parted by.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(rows: &[TallyRow<'_>], parted: &Parted<'_>) -> Result<DataFrame, PublishError> {
    let code = |row: &TallyRow<'_>, wanted: &str| {
        let at = parted
            .dimensions
            .iter()
            .position(|known| *known == wanted)?;
        row.codes.get(at).map(|code| (*code).to_owned())
    };
    let mut columns = Columns::default();
    columns.date(
        "period_start",
        rows.iter().map(|row| Some(row.period.start)),
    );
    columns.date("period_end", rows.iter().map(|row| Some(row.period.end)));
    columns.text(
        "location_id",
        rows.iter().map(|row| row.place.map(PlaceId::as_str)),
    );
    columns.text("location", rows.iter().map(|row| row.place.map(place_name)));
    columns.text(VIOLENCE, rows.iter().map(|row| code(row, VIOLENCE)));
    for dimension in parted.dimensions.iter().filter(|known| **known != VIOLENCE) {
        columns.text(dimension, rows.iter().map(|row| code(row, dimension)));
    }
    columns.whole(
        "events",
        rows.iter().map(|row| i64::try_from(row.events).ok()),
    );
    columns.whole("low", rows.iter().map(|row| row.quantity.low));
    columns.whole("best", rows.iter().map(|row| row.quantity.value));
    columns.whole("high", rows.iter().map(|row| row.quantity.high));
    columns.text(
        "qualifier",
        rows.iter().map(|row| Some(row.quantity.qualifier.code())),
    );
    columns.text(
        "status",
        rows.iter().map(|row| Some(row.quantity.status.code())),
    );
    columns.text(
        "claimant",
        rows.iter().map(|row| Some(&row.series.claimant)),
    );
    columns.text("channel", rows.iter().map(|row| Some(&row.series.channel)));
    columns.text(
        "indicator",
        rows.iter().map(|row| Some(&row.series.indicator)),
    );
    columns.text("unit", rows.iter().map(|row| Some(row.series.unit.code())));
    columns.text("licence", rows.iter().map(|row| row.licence.as_ref()));
    columns.text("notes", rows.iter().map(|row| Some(row.notes.join("; "))));
    columns.frame()
}
