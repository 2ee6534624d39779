//! Lines: one claimant's series over its channels, which is what trends, charts and summaries show.
//!
//! A dataset supersedes prose for a period once it is known; prose fills only what no dataset says.
//! Channels are compared, never chained: changes are reckoned within one channel. Claimants and
//! definitions are never joined.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::figure::{Period, PlaceId, Quantity, Series, Status, Version};
use crate::ledger::{FigureId, FigureRow, Figures};
use crate::vocabulary::{self, ChannelKind};

/// One claimant's series of one definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its identity; the channel is the one that is drawn.
    pub series: Series,
    /// Its points, by period.
    pub points: Vec<Point>,
    /// Periods between its points that its source covered without a number.
    pub gaps: Vec<Period>,
    /// What other channels said of the same periods: compared, never chained.
    pub set_aside: Vec<Point>,
}

/// One point of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The days that it speaks of.
    pub period: Period,
    /// The number.
    pub quantity: Quantity,
    /// The figure behind it.
    pub figure: FigureId,
    /// Index of its publication in [`Figures::publications`].
    pub publication: usize,
    /// When it became known.
    pub version: Version,
    /// The channel that said it.
    pub channel: Arc<str>,
    /// Whether it was read from prose.
    pub prose: bool,
    /// Whether it is the newest of a daily series, and no later version has confirmed it.
    pub provisional: bool,
    /// Whether the source said something else before.
    pub revised: bool,
    /// What the source says about it.
    pub notes: Option<String>,
}

/// Why figures make no lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Two datasets of equal rank speak of one thing.
    #[error(
        "the channels {first} and {second} both publish {indicator} of {claimant}, and neither has priority; they are compared, never joined: choose one with --channel"
    )]
    TwoDatasets {
        /// One channel.
        first: String,
        /// The other.
        second: String,
        /// What both publish.
        indicator: String,
        /// Whose it is.
        claimant: String,
    },
}

/// Puts figures together into lines, sorted by their identity.
///
/// # Errors
/// When two datasets of equal rank speak of one thing.
pub fn lines(figures: &Figures) -> Result<Vec<Line>, LineError> {
    let mut groups: BTreeMap<Series, BTreeMap<&str, Vec<&FigureRow>>> = BTreeMap::new();
    for rows in figures.rows.chunk_by(|a, b| a.series == b.series) {
        let series = &figures.series[rows[0].series];
        let mut key = series.clone();
        key.channel = Arc::default();
        groups
            .entry(key)
            .or_default()
            .entry(&series.channel)
            .or_default()
            .extend(rows);
    }
    groups
        .into_iter()
        .map(|(key, channels)| {
            let mut line = line(key, channels)?;
            line.gaps = figures
                .gaps
                .iter()
                .filter(|(series, _)| figures.series[*series] == line.series)
                .map(|(_, period)| *period)
                .filter(|gap| line.points.iter().all(|point| point.period != *gap))
                .collect();
            Ok(line)
        })
        .collect()
}

fn line(mut series: Series, channels: BTreeMap<&str, Vec<&FigureRow>>) -> Result<Line, LineError> {
    let mut ranked: Vec<(&str, Vec<&FigureRow>)> = channels.into_iter().collect();
    // The sort is stable: equal ranks keep the order of their codes.
    ranked.sort_by_key(|(channel, _)| std::cmp::Reverse(vocabulary::channel_rank(channel)));
    let is_prose = |channel: &str| vocabulary::channel_kind(channel) == ChannelKind::Prose;
    if let [(first, _), (second, _), ..] = ranked.as_slice()
        && !is_prose(second)
        && vocabulary::channel_rank(first) == vocabulary::channel_rank(second)
    {
        return Err(LineError::TwoDatasets {
            first: (*first).to_owned(),
            second: (*second).to_owned(),
            indicator: series.indicator.to_string(),
            claimant: series.claimant.to_string(),
        });
    }
    let key = |row: &FigureRow| (row.period.end, row.period.start);
    let mut set_aside = Vec::new();
    let mut points: Vec<Point> = match ranked.as_slice() {
        // The usual case: one channel, one figure for each period, in order.
        [(channel, rows)] if rows.is_sorted_by(|a, b| key(a) < key(b)) => {
            let (name, prose) = (Arc::from(*channel), is_prose(channel));
            rows.iter().map(|row| point(row, &name, prose)).collect()
        }
        channels => {
            let mut chosen: BTreeMap<(NaiveDate, NaiveDate), Point> = BTreeMap::new();
            for (index, (channel, rows)) in channels.iter().enumerate() {
                let (name, prose) = (Arc::from(*channel), is_prose(channel));
                for row in rows {
                    let point = point(row, &name, prose);
                    // Another dataset is compared; prose may fill what no dataset says.
                    if (index > 0 && !prose) || chosen.contains_key(&key(row)) {
                        set_aside.push(point);
                    } else {
                        chosen.insert(key(row), point);
                    }
                }
            }
            chosen.into_values().collect()
        }
    };
    if let Some((channel, _)) = ranked.first() {
        series.channel = Arc::from(*channel);
    }
    mark_provisional(&mut points, ranked.first().map(|(_, rows)| rows.as_slice()));
    Ok(Line {
        series,
        points,
        gaps: Vec::new(),
        set_aside,
    })
}

fn point(row: &FigureRow, channel: &Arc<str>, prose: bool) -> Point {
    Point {
        period: row.period,
        quantity: row.quantity,
        figure: row.id,
        publication: row.publication,
        version: row.version,
        channel: Arc::clone(channel),
        prose,
        provisional: row.quantity.status == Status::Provisional,
        revised: row.revises,
        notes: row.notes.clone(),
    }
}

/// The newest day of a daily series is provisional until a later version confirms it, if it was
/// published within days: what is published long after is not news of the day.
fn mark_provisional(points: &mut [Point], rows: Option<&[&FigureRow]>) {
    let days: Vec<NaiveDate> = points.iter().map(|point| point.period.end).collect();
    let spacing = median_spacing(&days);
    let Some(last) = points.last_mut().filter(|last| !last.prose) else {
        return;
    };
    let confirmed = rows
        .and_then(|rows| rows.iter().find(|row| row.id == last.figure))
        .is_none_or(|row| row.confirmed);
    const DAILY: i64 = 2;
    const FRESH: i64 = 3;
    let published_after = (last.version.day() - last.period.end).num_days();
    let is_daily = spacing.is_some_and(|spacing| spacing <= DAILY);
    if is_daily && !confirmed && published_after <= FRESH {
        last.provisional = true;
    }
}

/// The median number of days from one day to the next; none for fewer than four of them.
pub fn median_spacing(days: &[NaiveDate]) -> Option<i64> {
    let mut gaps: Vec<i64> = days
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).num_days())
        .collect();
    if gaps.len() < 3 {
        return None;
    }
    gaps.sort_unstable();
    Some(gaps[gaps.len() / 2])
}

impl Line {
    /// The points of the channel that is drawn, which alone may be compared with one another.
    pub fn of_one_channel(&self) -> impl Iterator<Item = &Point> {
        self.points
            .iter()
            .filter(|point| *point.channel == *self.series.channel)
    }

    /// The last days of its points, in their order.
    pub fn days(&self) -> Vec<NaiveDate> {
        self.points.iter().map(|point| point.period.end).collect()
    }

    /// The place where people are, or where it happened.
    pub fn location(&self) -> Option<&PlaceId> {
        self.series.location.as_ref()
    }
}
