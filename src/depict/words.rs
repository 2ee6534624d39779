//! The words around a chart: what is counted, of whom, where, when, and on whose word.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Brief, DepictError};
use crate::chart::{ChartKind, ChartSpec, ValueKind};
use crate::figure::{Measure, PlaceId, Series, Status, Unit, Version};
use crate::ledger::{Figures, ids};
use crate::line::{Line, Point};
use crate::place;
use crate::publish::sentence::{day, statement};
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
    ChartSpec {
        kind,
        title: brief.title.clone().unwrap_or(default_title),
        subtitle: brief
            .subtitle
            .clone()
            .unwrap_or_else(|| subtitle(drawn, what)),
        notes: notes(figures, drawn, brief),
        source: source(figures, drawn),
        alt: brief.alt.clone().unwrap_or_default(),
        size: brief.size,
        metadata,
    }
}

/// "Border crossings from Ukraine, cumulative since 24 February 2022, 1 March to 6 September 2022".
fn subtitle(drawn: &[(&Line, &Point)], what: &str) -> String {
    let Some((line, _)) = drawn.first() else {
        return String::new();
    };
    let series = &line.series;
    let mut parts = vec![format!("{}{}", labels(drawn), places(drawn))];
    if !what.is_empty() {
        parts.push(what.to_owned());
    }
    match (series.measure, series.since) {
        (Measure::Cumulative, Some(since)) if what.is_empty() => {
            parts.push(format!("cumulative since {}", day(since)));
        }
        (Measure::Cumulative, _) => {}
        (Measure::Stock, Some(since)) => parts.push(format!("displaced since {}", day(since))),
        (Measure::Stock, None) => parts.push("number on the day".to_owned()),
        (Measure::Flow, _) => parts.push("number in each period".to_owned()),
    }
    let breakdown: BTreeSet<String> = drawn
        .iter()
        .flat_map(|(line, _)| line.series.breakdown.iter())
        .map(|(dimension, code)| {
            vocabulary::dimension(dimension)
                .map_or(code, |dimension| dimension.label_of(code))
                .to_lowercase()
        })
        .collect();
    if !breakdown.is_empty() {
        parts.push(breakdown.into_iter().collect::<Vec<_>>().join(" and "));
    }
    parts.push(unit_word(series.unit).to_owned());
    parts.push(days_in_words(drawn));
    parts.join(", ")
}

/// The labels of what is drawn: "Killed and injured".
fn labels(drawn: &[(&Line, &Point)]) -> String {
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

/// " from Ukraine to Poland", as far as all that is drawn shares it.
fn places(drawn: &[(&Line, &Point)]) -> String {
    let shared = |of: fn(&Series) -> Option<&PlaceId>| {
        let ids: BTreeSet<Option<&PlaceId>> =
            drawn.iter().map(|(line, _)| of(&line.series)).collect();
        match ids.into_iter().collect::<Vec<_>>().as_slice() {
            [Some(id)] => place::place(id).map(|place| place.in_text()),
            _ => None,
        }
    };
    let origin = shared(|series| series.origin.as_ref());
    let location = shared(|series| series.location.as_ref());
    match (origin, location) {
        // Who is displaced within a country did not go from it to it.
        (Some(origin), Some(location)) if origin == location => format!(" in {location}"),
        (Some(origin), Some(location)) => format!(" from {origin} to {location}"),
        (Some(origin), None) => format!(" from {origin}"),
        (None, Some(location)) => format!(" in {location}"),
        (None, None) => String::new(),
    }
}

/// The days that are drawn.
pub(super) fn days_in_words(drawn: &[(&Line, &Point)]) -> String {
    let days = || drawn.iter().map(|(_, point)| point.period.end);
    match (days().min(), days().max()) {
        (Some(first), Some(last)) if first == last => day(last),
        (Some(first), Some(last)) => format!("{} to {}", short_first(first, last), day(last)),
        _ => String::new(),
    }
}

fn short_first(first: NaiveDate, last: NaiveDate) -> String {
    crate::publish::sentence::day_in(first, last)
}

/// What one of the number is, for axes.
pub(super) fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Persons => "people",
        Unit::Households => "households",
        Unit::Cases => "cases",
        Unit::Crossings => "crossings",
        Unit::Events => "events",
        Unit::UsDollars => "US dollars",
    }
}

/// How numbers of a unit are written.
pub(super) fn value_kind(unit: Unit) -> ValueKind {
    match unit {
        Unit::UsDollars => ValueKind::UsDollars,
        _ => ValueKind::Count,
    }
}

/// One figure as a title: "5,951,510 crossings from Ukraine into Poland by 6 September 2022".
pub(super) fn finding(series: &Series, point: &Point) -> String {
    let said = statement(series, point.period, &point.quantity);
    // "As of D, N crossings … since … (UNHCR)": the subtitle and the source say the rest.
    let said = said
        .split_once(", ")
        .map_or(said.as_str(), |(_, rest)| rest);
    let said = said.split(" since ").next().unwrap_or(said);
    let said = said.split(" (").next().unwrap_or(said);
    let said = said.replace(" had been recorded", "");
    let said = match point.quantity.status {
        Status::Projected | Status::Planned => format!("{}: {said}", point.quantity.status),
        _ => said,
    };
    let link = if series.measure == Measure::Cumulative {
        "by"
    } else {
        "on"
    };
    sentence_case(&format!("{said} {link} {}", day(point.period.end)))
}

/// The same text with a capital at its beginning.
fn sentence_case(text: &str) -> String {
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
pub(super) fn source(figures: &Figures, drawn: &[(&Line, &Point)]) -> String {
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
            let verb = if published { "published" } else { "retrieved" };
            let dates = match (versions.first(), versions.last()) {
                (Some(first), Some(last)) if first.day() != last.day() => format!(
                    "{} to {}",
                    short_first(first.day(), last.day()),
                    day(last.day())
                ),
                (Some(first), _) => day(first.day()),
                _ => String::new(),
            };
            let relay = if relayed.is_empty() {
                String::new()
            } else {
                format!(", as relayed by {}", relayed.join(" and "))
            };
            // A title that names its day need not say it twice.
            if name.contains(&dates) {
                return format!("{name}{relay}");
            }
            format!("{name}, {verb} {dates}{relay}")
        })
        .collect();
    sources.join("; ")
}
