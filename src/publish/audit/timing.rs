//! Questions about days: figures of days to come, old figures, series that stopped, silent weekdays.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, Weekday};

use super::track::{Track, is_of_the_past};
use super::words::said;
use super::{Check, Finding};
use crate::analysis::weekday::silent;
use crate::figure::{Measure, Series, Version};
use crate::ledger::Figures;
use crate::publish::rhythm::{Lag, LastDays, cadence, lag};
use crate::publish::sentence::day;
use crate::vocabulary;

/// Stocks and cumulatives of a day that lay ahead when they were published, or still does, without
/// being called projected or planned. A flow may be published before its period is over.
pub(super) fn future(figures: &Figures, tracks: &[Track<'_>], today: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for track in tracks {
        if track.series.measure == Measure::Flow {
            continue;
        }
        for row in track.rows.iter().filter(|row| is_of_the_past(row)) {
            let end = row.period.end;
            let published = if end > latest_day(row.version) {
                format!("it was published on {}", day(row.version.day()))
            } else if end > today {
                format!("today is {}", day(today))
            } else {
                continue;
            };
            let question = format!(
                "{}, but {published}. Is the day wrong, or is the figure a projection?",
                said(figures, row)
            );
            found.push(Finding::about(Check::Future, figures, row, question));
        }
    }
    found
}

/// The last day that it was anywhere when a figure became known: a day begins up to fourteen hours
/// before it does in UTC. A bare date is the day itself.
fn latest_day(version: Version) -> NaiveDate {
    const AHEAD: i64 = 14 * 60 * 60;
    let own = version.day();
    if version == Version::end_of(own) {
        return own;
    }
    Version::from_timestamp(version.timestamp() + AHEAD).map_or(own, Version::day)
}

/// The tracks whose newest number is alive, each with its days. What a source covered later without
/// a number is none, or not reported: neither old nor stopped.
fn alive<'t, 'f>(
    figures: &Figures,
    tracks: &'t [Track<'f>],
) -> Vec<(&'t Track<'f>, Vec<NaiveDate>)> {
    let dead: BTreeSet<usize> = figures
        .not_reported
        .iter()
        .map(|silent| silent.series)
        .collect();
    tracks
        .iter()
        .filter(|track| !dead.contains(&track.index))
        .map(|track| (track, track.days()))
        .collect()
}

fn last_days<'f>(tracks: &[(&Track<'f>, Vec<NaiveDate>)]) -> LastDays<'f> {
    LastDays::new(
        tracks
            .iter()
            .filter_map(|(track, days)| Some((track.series, *days.last()?))),
    )
}

/// Series that their source stopped while it went on with others.
pub(super) fn discontinued(
    figures: &Figures,
    tracks: &[Track<'_>],
    today: NaiveDate,
) -> Vec<Finding> {
    let tracks = alive(figures, tracks);
    let last_days = last_days(&tracks);
    let mut found = Vec::new();
    for (track, days) in &tracks {
        let of_channel = last_days.of(track.series);
        let lag = lag(&track.series.channel, days, of_channel, Some(today));
        let (Some(Lag::Discontinued), Some(until), Some(row)) =
            (lag, of_channel, track.rows.last())
        else {
            continue;
        };
        let question = format!(
            "{}; it is the last of its series, while {} went on with others until {}. Was it stopped, renamed or merged into another, and does a total still hold it?",
            said(figures, row),
            track.series.channel,
            day(until)
        );
        found.push(Finding::about(Check::Discontinued, figures, row, question));
    }
    found
}

/// Series that are as old as the whole of their channel, each with its cadence.
type Members<'t, 'f> = Vec<(&'t Track<'f>, i64)>;

/// Channels whose newest figures of an indicator are old, once each; and series that are old beside
/// others of their channel.
pub(super) fn stale(figures: &Figures, tracks: &[Track<'_>], today: NaiveDate) -> Vec<Finding> {
    let tracks = alive(figures, tracks);
    let last_days = last_days(&tracks);
    let mut found = Vec::new();
    // By channel, indicator and claimant.
    let mut old: BTreeMap<(&str, &str, &str), Members<'_, '_>> = BTreeMap::new();
    for (track, days) in &tracks {
        let series = track.series;
        let (Some(of_channel), Some(row)) = (last_days.of(series), track.rows.last()) else {
            continue;
        };
        let standing = |at: NaiveDate| lag(&series.channel, days, Some(of_channel), Some(at));
        if standing(today) != Some(Lag::Stale) {
            continue;
        }
        let Some(cadence) = cadence(&series.channel, days) else {
            continue;
        };
        if of_channel <= today && standing(of_channel).is_none() {
            let key = (&*series.channel, &*series.indicator, &*series.claimant);
            old.entry(key).or_default().push((track, cadence));
            continue;
        }
        let question = format!(
            "{}; it is the newest of its series, while {} has others of {}. Is there a newer one?",
            said(figures, row),
            series.channel,
            day(of_channel)
        );
        found.push(Finding::about(Check::Stale, figures, row, question));
    }
    for ((channel, indicator, claimant), members) in old {
        let Some(row) = members
            .iter()
            .filter_map(|(track, _)| track.rows.last())
            .max_by_key(|row| row.period.end)
        else {
            continue;
        };
        let newest = row.period.end;
        let cadence = members
            .iter()
            .map(|(_, cadence)| *cadence)
            .min()
            .unwrap_or(1);
        let rhythm = match cadence {
            1 => "every day".to_owned(),
            days => format!("every {days} days"),
        };
        let label = vocabulary::indicator(indicator).map_or_else(
            |_| indicator.replace('_', " "),
            |known| known.label.to_lowercase(),
        );
        let question = format!(
            "The newest figure on {label} in {channel} ({claimant}) is of {}, {} days before {}, though there was one {rhythm}. Is there a newer one, and does the text name the day?",
            day(newest),
            (today - newest).num_days(),
            day(today)
        );
        let mut finding = Finding::about(Check::Stale, figures, row, question);
        finding.series = in_common(&members);
        if members.len() > 1 {
            (finding.value, finding.figure) = (None, None);
        }
        found.push(finding);
    }
    found
}

/// What several series have in common; at least one is given, and they share a channel.
fn in_common(members: &[(&Track<'_>, i64)]) -> Series {
    let mut common = members[0].0.series.clone();
    for (track, _) in members {
        if track.series.origin != common.origin {
            common.origin = None;
        }
        if track.series.location != common.location {
            common.location = None;
        }
        if track.series.breakdown != common.breakdown {
            common.breakdown = crate::figure::Breakdown::all();
        }
    }
    common
}

/// Daily series that are regularly silent on a day of the week, once each.
pub(super) fn weekdays(figures: &Figures, tracks: &[Track<'_>], _: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for track in tracks {
        let mut days: Vec<NaiveDate> = track
            .rows
            .iter()
            .filter(|row| is_of_the_past(row) && row.period.start == row.period.end)
            .map(|row| row.period.end)
            .collect();
        days.dedup();
        let silent = silent(&days);
        let (Some(first), Some(row)) = (silent.first(), track.rows.last()) else {
            continue;
        };
        let names: Vec<&str> = silent.iter().map(|day| plural(day.weekday)).collect();
        let times = silent.iter().map(|day| day.reported).sum::<usize>();
        let often = match times {
            0 => "none".to_owned(),
            1 => "one only".to_owned(),
            _ => format!("hardly any ({times})"),
        };
        let then = match track.series.measure {
            Measure::Flow => "Does the number of the day after hold that of the silent day too?",
            _ => "Does the change of the day after stand for two days?",
        };
        let question = format!(
            "{}; in {} weeks with daily reports there was {often} on {}. {then}",
            said(figures, row),
            first.weeks,
            names.join(" and "),
        );
        let mut finding = Finding::about(Check::Weekday, figures, row, question);
        finding.value = None;
        found.push(finding);
    }
    found
}

const fn plural(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Mondays",
        Weekday::Tue => "Tuesdays",
        Weekday::Wed => "Wednesdays",
        Weekday::Thu => "Thursdays",
        Weekday::Fri => "Fridays",
        Weekday::Sat => "Saturdays",
        Weekday::Sun => "Sundays",
    }
}
