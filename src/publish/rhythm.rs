//! Whether a series keeps the rhythm of its source (truth rule 18).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::figure::Series;
use crate::ledger::Figures;
use crate::line::median_spacing;
use crate::vocabulary;

/// How a series lags behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lag {
    /// Its newest figure is older than twice the cadence of its source.
    Stale,
    /// The source went on without it.
    Discontinued,
}

/// The last day of each channel and indicator.
#[derive(Debug, Default)]
pub struct LastDays<'a>(BTreeMap<(&'a str, &'a str), NaiveDate>);

impl<'a> LastDays<'a> {
    /// From the last day of each series.
    pub fn new(series: impl Iterator<Item = (&'a Series, NaiveDate)>) -> Self {
        let mut last: BTreeMap<(&str, &str), NaiveDate> = BTreeMap::new();
        for (series, day) in series {
            let key = (&*series.channel, &*series.indicator);
            let known = last.entry(key).or_insert(day);
            *known = (*known).max(day);
        }
        Self(last)
    }

    /// The last day on which the channel of a series said anything of its indicator.
    pub fn of(&self, series: &Series) -> Option<NaiveDate> {
        self.0.get(&(&*series.channel, &*series.indicator)).copied()
    }
}

/// Days between two figures of a channel: what the vocabulary says of it, else the median over the
/// days of a series, at least one.
pub fn cadence(channel: &str, days: &[NaiveDate]) -> Option<i64> {
    vocabulary::channel(channel)
        .ok()
        .and_then(|channel| channel.cadence.map(i64::from))
        .or_else(|| median_spacing(days).map(|days| days.max(1)))
}

/// How a series with figures of these days lags behind on a day, if it does. Without such a day only
/// what was discontinued is known, from the last day of its channel.
///
/// Few figures have no rhythm that could be broken; an event is of its own day.
pub fn lag(
    channel: &str,
    days: &[NaiveDate],
    of_channel: Option<NaiveDate>,
    at: Option<NaiveDate>,
) -> Option<Lag> {
    const SERIES: usize = 4;
    let newest = *days.last().filter(|_| days.len() >= SERIES)?;
    let cadence = cadence(channel, days)?;
    let behind = |day: NaiveDate| (day - newest).num_days();
    // Ten reports without it, while the others go on: the source has stopped the series.
    const MISSED: i64 = 10;
    let is_left_behind = of_channel.is_some_and(|day| behind(day) > MISSED * cadence);
    let is_old = |at: NaiveDate| behind(at) > 2 * cadence;
    if is_left_behind && at.is_none_or(is_old) {
        Some(Lag::Discontinued)
    } else if at.is_some_and(is_old) {
        Some(Lag::Stale)
    } else {
        None
    }
}

/// The indicators of channels whose newest figure is stale on a day, with its day: channel, indicator,
/// last day. Series that ended before their channel did are left out: they are discontinued.
pub fn stale(figures: &Figures, on: NaiveDate) -> BTreeSet<(&str, &str, NaiveDate)> {
    let ends = || {
        let by_series = figures.rows.chunk_by(|a, b| a.series == b.series);
        by_series.filter_map(|rows| Some((rows, &figures.series[rows.last()?.series])))
    };
    let last_days =
        LastDays::new(ends().filter_map(|(rows, series)| Some((series, rows.last()?.period.end))));
    ends()
        .filter_map(|(rows, series)| {
            let days: Vec<NaiveDate> = rows.iter().map(|row| row.period.end).collect();
            let last = *days.last()?;
            let of_channel = last_days.of(series).filter(|day| *day == last);
            let is_stale = of_channel.is_some()
                && lag(&series.channel, &days, of_channel, Some(on)) == Some(Lag::Stale);
            is_stale.then_some((&*series.channel, &*series.indicator, last))
        })
        .collect()
}
