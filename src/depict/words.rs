//! The words around a chart: what is counted, of whom, where, when, and on whose word.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{Brief, DepictError};
use crate::chart::words::fill;
use crate::chart::{ChartKind, ChartSpec, Language, ValueKind};
use crate::figure::{Measure, Period, PlaceId, Series, Unit, Version};
use crate::ledger::{Figures, ids};
use crate::line::{Line, Point};
use crate::place;
use crate::publish::place_name;
use crate::publish::sentence::{day, lower_first, when};
use crate::vocabulary;

/// What all series of a chart have in common, after a check that they may share an axis.
pub(super) fn common(lines: &[Line]) -> Result<&Series, DepictError> {
    let Some(first) = lines.first() else {
        return Err(DepictError::Mixed("there is nothing to draw".to_owned()));
    };
    for line in lines {
        let (a, b) = (&first.series, &line.series);
        let differs = |what: &str, one: &str, other: &str| {
            DepictError::Mixed(format!(
                "one chart shows one {what}, and these are {one} and {other}; choose one with --{what}"
            ))
        };
        if a.unit != b.unit {
            return Err(DepictError::Mixed(format!(
                "{} and {} share no axis; choose one with --indicator",
                a.unit, b.unit
            )));
        }
        if a.measure != b.measure {
            return Err(differs("measure", a.measure.code(), b.measure.code()));
        }
        if a.claimant != b.claimant {
            return Err(differs("claimant", &a.claimant, &b.claimant));
        }
    }
    Ok(&first.series)
}

/// Puts the words of the brief, or those that the record gives, around a chart.
pub(super) fn spec(
    kind: ChartKind,
    figures: &Figures,
    drawn: &[(&Line, &Point)],
    brief: &Brief,
    default_title: String,
    what: &str,
) -> ChartSpec {
    let mut metadata = brief.provenance.clone();
    let shown = drawn.iter().map(|(_, point)| point.figure);
    metadata.push(("figures".to_owned(), ids::to_text(shown)));
    let moment = match kind {
        ChartKind::Line(_)
        | ChartKind::Columns(_)
        | ChartKind::Area(_)
        | ChartKind::Slope(_)
        | ChartKind::Panels(_)
        | ChartKind::Calendar(_) => days_in_words(drawn, Language::English),
        _ => as_of(drawn),
    };
    ChartSpec {
        kind,
        title: brief.title.clone().unwrap_or(default_title),
        subtitle: brief
            .subtitle
            .clone()
            .unwrap_or_else(|| subtitle(drawn, what, moment)),
        notes: notes(figures, drawn, brief),
        source: source(figures, drawn, brief.language),
        alt: brief.alt.clone().unwrap_or_default(),
        size: brief.size,
        language: brief.language,
        look: brief.look,
        metadata,
    }
}

/// "Border crossings from Ukraine, cumulative since 24 February 2022, 1 March to 6 September 2022".
fn subtitle(drawn: &[(&Line, &Point)], what: &str, moment: String) -> String {
    let Some((line, _)) = drawn.first() else {
        return String::new();
    };
    let series = &line.series;
    let mut parts = vec![subject(drawn)];
    if !what.is_empty() {
        parts.push(what.to_owned());
    }
    match (series.measure, series.since) {
        (Measure::Cumulative, Some(since)) if what.is_empty() => {
            parts.push(format!("cumulative since {}", day(since)));
        }
        (Measure::Cumulative, None) if what.is_empty() => parts.push("cumulative".to_owned()),
        (Measure::Cumulative, _) => {}
        (Measure::Stock, Some(since)) => parts.push(format!("displaced since {}", day(since))),
        (Measure::Stock, None) if !what.is_empty() => {}
        (Measure::Stock, None) if is_yearly(drawn) => {
            parts.push("number at the end of the year".to_owned());
        }
        (Measure::Stock, None) => parts.push("number on the day".to_owned()),
        (Measure::Flow, _) => parts.push(format!("number in each {}", rhythm(drawn))),
    }
    // What differs stands at the lines and bars themselves.
    let shared = |dimension: &str, code: &str| {
        drawn
            .iter()
            .all(|(line, _)| line.series.breakdown.get(dimension) == Some(code))
    };
    let breakdown: BTreeSet<String> = series
        .breakdown
        .iter()
        .filter(|(dimension, code)| shared(dimension, code))
        .map(|(dimension, code)| {
            vocabulary::dimension(dimension)
                .map_or(code, |dimension| dimension.label_of(code))
                .to_lowercase()
        })
        .collect();
    if !breakdown.is_empty() {
        parts.push(breakdown.into_iter().collect::<Vec<_>>().join(" and "));
    }
    let unit = Language::English.unit(series.unit);
    if !parts.iter().any(|part| part.to_lowercase().contains(unit)) {
        parts.push(unit.to_owned());
    }
    parts.push(moment);
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// What is drawn, of whom and where: "Border crossings from Ukraine to Poland".
pub(super) fn subject(drawn: &[(&Line, &Point)]) -> String {
    format!("{}{}", labels(drawn), places(drawn))
}

/// The labels of what is drawn: "Killed and injured".
pub(super) fn labels(drawn: &[(&Line, &Point)]) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for (line, _) in drawn {
        let code = &*line.series.indicator;
        let label = vocabulary::indicator(code).map_or(code, |indicator| indicator.label.as_str());
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    match labels.as_slice() {
        [one] => (*one).to_owned(),
        [first, rest @ ..] => {
            let rest: Vec<String> = rest.iter().map(|label| label.to_lowercase()).collect();
            format!("{first} and {}", rest.join(" and "))
        }
        [] => String::new(),
    }
}

/// " from Ukraine into Poland", as far as all that is drawn shares it.
pub(super) fn places(drawn: &[(&Line, &Point)]) -> String {
    let Some((line, _)) = drawn.first() else {
        return String::new();
    };
    let mut series = line.series.clone();
    let all = |of: fn(&Series) -> &Option<PlaceId>| {
        let first = of(&line.series);
        drawn.iter().all(|(line, _)| of(&line.series) == first)
    };
    if !all(|series| &series.origin) {
        series.origin = None;
    }
    if !all(|series| &series.location) {
        series.location = None;
    }
    places_of(&series)
}

/// " from Ukraine into Poland", " from Syria in Türkiye", " in the Sudan".
pub(super) fn places_of(series: &Series) -> String {
    let origin = place_in_text(series.origin.as_ref());
    let location = place_in_text(series.location.as_ref());
    match (origin, location) {
        // Who is displaced within a country did not go from it to it.
        (Some(origin), Some(location)) if origin == location => format!(" in {location}"),
        (Some(origin), Some(location)) => {
            let way = match &*series.indicator {
                "border_crossings" => "into",
                "refugee_returns" => "back from",
                _ => "in",
            };
            format!(" from {origin} {way} {location}")
        }
        (Some(origin), None) => format!(" from {origin}"),
        (None, Some(location)) if &*series.indicator == "border_crossings" => {
            format!(" into {location}")
        }
        (None, Some(location)) => format!(" in {location}"),
        (None, None) => String::new(),
    }
}

/// The name of a place within a sentence; none for the world, which narrows nothing.
pub(super) fn place_in_text(id: Option<&PlaceId>) -> Option<String> {
    let place = place::place(id?)?;
    (place.kind != place::Kind::World).then(|| place.in_text())
}

/// The days that are drawn: "1 March to 6 September 2022", "1951 to 2024".
pub(super) fn days_in_words(drawn: &[(&Line, &Point)], language: Language) -> String {
    let days = || drawn.iter().map(|(_, point)| point.period.end);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return String::new();
    };
    let year = |day: NaiveDate| day.year().to_string();
    match is_yearly(drawn) {
        true if first == last => year(last),
        true => fill(language.words().columns.to, &[&year(first), &year(last)]),
        false => in_words(first, last, language),
    }
}

/// A day, or two days, the first without what the second says as well.
fn in_words(first: NaiveDate, last: NaiveDate, language: Language) -> String {
    let words = &language.words().dates;
    if first == last {
        return fill(words.on, &[&language.day(last)]);
    }
    let first = if (first.year(), first.month()) == (last.year(), last.month()) {
        language.short_date("{0}", first)
    } else {
        language.day_beside(first, last)
    };
    fill(words.to, &[&first, &language.day(last)])
}

/// The days of numbers side by side, which are not those of a change: "as of 8 March 2022".
fn as_of(drawn: &[(&Line, &Point)]) -> String {
    let mut periods: Vec<Period> = drawn.iter().map(|(_, point)| point.period).collect();
    periods.sort_unstable_by_key(|period| (period.end, period.start));
    let usual = periods
        .chunk_by(|a, b| a.end == b.end)
        .max_by_key(|run| (run.len(), run[0].end))
        .map(|run| run[0]);
    let (Some(usual), Some((line, _))) = (usual, drawn.first()) else {
        return String::new();
    };
    let one = periods.iter().all(|period| period.end == usual.end);
    let same = periods.iter().all(|period| *period == usual);
    match line.series.measure {
        Measure::Flow if same => lower_first(&when(Measure::Flow, usual)),
        _ if one => format!("as of {}", day(usual.end)),
        _ => format!("as of {} where no other day is given", day(usual.end)),
    }
}

/// Whether every number is of a whole year or of its end.
fn is_yearly(drawn: &[(&Line, &Point)]) -> bool {
    let at_end = |period: Period| (period.end.month(), period.end.day()) == (12, 31);
    let whole = |period: Period| (period.start.month(), period.start.day()) == (1, 1);
    drawn.iter().all(|(line, point)| {
        at_end(point.period)
            && (line.series.measure == Measure::Stock
                || (whole(point.period) && point.period.start.year() == point.period.end.year()))
    })
}

/// What each number of a flow is of: year, month, week, day, or a period.
fn rhythm(drawn: &[(&Line, &Point)]) -> &'static str {
    let all = |test: fn(Period) -> bool| drawn.iter().all(|(_, point)| test(point.period));
    if is_yearly(drawn) {
        "year"
    } else if all(|period| {
        period.start.day() == 1
            && period.start.month() == period.end.month()
            && period.end.succ_opt().is_some_and(|next| next.day() == 1)
            && (period.end - period.start).num_days() < 31
    }) {
        "month"
    } else if drawn.iter().all(|(_, point)| point.period.days() == 7) {
        "week"
    } else if all(|period| period.start == period.end) {
        "day"
    } else {
        "period"
    }
}

/// The first of two days, without what the second says as well: "6" of "6 to 8 March 2022".
pub(super) fn short_first(first: NaiveDate, last: NaiveDate) -> String {
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return first.day().to_string();
    }
    crate::publish::sentence::day_in(first, last)
}

/// The name of a place in a language, in English where no other is known.
pub(super) fn place_in(id: &PlaceId, language: Language) -> &str {
    place::name_in(id, language.code()).unwrap_or_else(|| place_name(id))
}

/// "The largest 9 of 40 are shown".
pub(super) fn largest(top: usize, all: usize, language: Language) -> String {
    let text = language.words().selection.largest;
    fill(text, &[&language.count(top), &language.count(all)])
}

/// How numbers of a unit are written.
pub(super) fn value_kind(unit: Unit) -> ValueKind {
    match unit {
        Unit::UsDollars => ValueKind::UsDollars,
        _ => ValueKind::Count,
    }
}

/// The same text with a capital at its beginning.
pub(super) fn sentence_case(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + characters.as_str()
    })
}

fn notes(figures: &Figures, drawn: &[(&Line, &Point)], brief: &Brief) -> Vec<String> {
    let mut notes = brief.notes.clone();
    for (_, point) in drawn {
        let publication = &figures.publications[point.publication].publication;
        for note in publication.notes.iter().chain(&point.notes) {
            let note = sentence_case(note);
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    notes
}

/// "UNHCR Operational Data Portal, published 6 September 2022."
pub(super) fn source(figures: &Figures, drawn: &[(&Line, &Point)], language: Language) -> String {
    let words = language.words();
    let mut sources: Vec<(String, Vec<String>, Vec<Version>, bool)> = Vec::new();
    for (line, point) in drawn {
        let publication = &figures.publications[point.publication].publication;
        let named = vocabulary::channel(&publication.channel)
            .map_or(publication.title.as_str(), |channel| channel.title.as_str());
        let organisation = vocabulary::claimant_name(&line.series.claimant);
        // Who counts comes first, unless the title says so itself.
        let name = if named.contains(organisation) {
            named.to_owned()
        } else {
            format!("{organisation}, {named}")
        };
        let relayed = publication.relayed_by.clone();
        let published = publication.published.is_some();
        match sources
            .iter_mut()
            .find(|(known, by, ..)| *known == name && *by == relayed)
        {
            Some((_, _, versions, all_published)) => {
                versions.push(point.version);
                *all_published &= published;
            }
            None => sources.push((name, relayed, vec![point.version], published)),
        }
    }
    let sources: Vec<String> = sources
        .into_iter()
        .map(|(name, relayed, mut versions, published)| {
            versions.sort_unstable();
            let dates = match (versions.first(), versions.last()) {
                (Some(first), Some(last)) => in_words(first.day(), last.day(), language),
                _ => String::new(),
            };
            let relay = if relayed.is_empty() {
                String::new()
            } else {
                fill(words.sources.relayed, &[&relayed.join(words.sources.and)])
            };
            // A title that names its day need not say it twice.
            if name.contains(&dates) {
                return format!("{name}{relay}");
            }
            let dated = if published {
                words.sources.published
            } else {
                words.sources.retrieved
            };
            fill(dated, &[&name, &dates]) + &relay
        })
        .collect();
    sources.join(language.semicolon())
}
