//! Lines over time.

use super::words::{common, place_in, spec as with_words, value_kind};
use super::{Brief, DepictError, Show, change, titles};
use crate::analysis::{Cumulative, seven_day};
use crate::chart::words::fill;
use crate::chart::{self, ChartKind, ChartSpec, Language, LineChart, Marks, Role, number};
use crate::figure::{Measure, Qualifier, Series, Status};
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::publish::trend::MAX_GAP;
use crate::vocabulary;

pub(super) fn spec(
    figures: &Figures,
    lines: &[Line],
    show: Show,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let (lines, brief) = drawable(lines, brief, false)?;
    let (lines, brief) = (lines.as_slice(), &brief);
    let series = common(lines)?.clone();
    let emphasised = emphasis(lines, brief);
    let mut drawn = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        drawn.push(chart::Line {
            label: label(lines, line, brief.language),
            emphasis: emphasised == Some(index),
            role: role(&line.series, lines),
            points: shown(line, show)?,
            ..chart::Line::default()
        });
    }
    let points: Vec<(&Line, &Point)> = lines
        .iter()
        .flat_map(|line| line.points.iter().map(move |point| (line, point)))
        .collect();
    let (what, title) = words_of(lines, &drawn, show, emphasised, brief);
    let mut brief = brief.clone();
    if show == Show::Change {
        brief
            .notes
            .extend(change::left_out(lines, &drawn, brief.language));
    }
    let kind = ChartKind::Line(LineChart {
        lines: drawn,
        events: brief.events.clone(),
        breaks: super::breaks::of(lines, &brief),
        unit: brief.language.unit(series.unit).to_owned(),
        values: value_kind(series.unit),
    });
    Ok(with_words(kind, figures, &points, &brief, title, what))
}

/// What the subtitle says of the numbers, and a title.
pub(super) fn words_of(
    lines: &[Line],
    drawn: &[chart::Line],
    show: Show,
    emphasised: Option<usize>,
    brief: &Brief,
) -> (&'static str, String) {
    match show {
        Show::Level => (
            "",
            spoken_of(lines, emphasised, brief).map_or_else(String::new, titles::of_line),
        ),
        Show::SevenDayAverage => (
            "new per day, average over seven days",
            emphasised.map_or_else(String::new, |index| {
                titles::of_average(&lines[index], &drawn[index])
            }),
        ),
        Show::Change => (change::what(lines), change::title(lines, drawn, emphasised)),
    }
}

/// The lines that are drawn: what only prose says is no line beside those of a dataset, but named in a
/// note. Any number may be drawn where those beyond the largest are gathered.
pub(super) fn drawable(
    lines: &[Line],
    brief: &Brief,
    gathers: bool,
) -> Result<(Vec<Line>, Brief), DepictError> {
    let (lines, brief) = without_prose(lines, brief);
    // Beyond this many, a chart is a block of grey.
    const MOST: usize = 200;
    if lines.len() > MOST && !gathers {
        return Err(DepictError::Mixed(format!(
            "{} lines make no chart; choose fewer with --location, --origin or --breakdown",
            lines.len()
        )));
    }
    Ok((lines, brief))
}

/// What is drawn of a line.
pub(super) fn shown(line: &Line, show: Show) -> Result<Vec<chart::Point>, DepictError> {
    match show {
        Show::Level => {
            let gaps = line.gaps.iter().map(|gap| chart::Point::gap(gap.end));
            Ok(line.points.iter().map(level).chain(gaps).collect())
        }
        Show::SevenDayAverage => average(line),
        Show::Change => change::points(line),
    }
}

/// The lines of datasets, or those of prose where there are none. What only prose says is no line
/// beside those of a dataset: it is named in a note.
pub(super) fn without_prose(lines: &[Line], brief: &Brief) -> (Vec<Line>, Brief) {
    let (lines, said): (Vec<Line>, Vec<Line>) = lines
        .iter()
        .cloned()
        .partition(|line| line.points.iter().any(|point| !point.prose));
    let (lines, said) = if lines.is_empty() {
        (said, lines)
    } else {
        (lines, said)
    };
    let mut brief = brief.clone();
    let not_drawn = |line| not_drawn(line, brief.language);
    let notes: Vec<String> = said.iter().filter_map(not_drawn).collect();
    brief.notes.extend(notes);
    (lines, brief)
}

/// "Not drawn: about 836,000 for World on 2 March 2022, which only prose says".
fn not_drawn(line: &Line, language: Language) -> Option<String> {
    let point = line.points.last()?;
    let quantity = &point.quantity;
    let number = |number: Option<i64>| number.map(|number| number as f64);
    let said = number::qualified(
        number(quantity.value),
        (number(quantity.low), number(quantity.high)),
        Some(quantity.qualifier),
        value_kind(line.series.unit),
        language,
    );
    let (day, words) = (language.day(point.period.end), &language.words().line);
    Some(match line.location() {
        Some(id) => fill(words.not_drawn_for, &[&said, &day, place_in(id, language)]),
        None => fill(words.not_drawn, &[&said, &day]),
    })
}

/// The line that the title speaks of: the one that was named, else the largest.
pub(super) fn emphasis(lines: &[Line], brief: &Brief) -> Option<usize> {
    let named = lines.iter().position(|line| {
        line.location()
            .is_some_and(|id| brief.emphasis.iter().any(|wanted| wanted == id.as_str()))
    });
    let last = |line: &Line| line.points.last().and_then(|point| point.quantity.value);
    named
        .or_else(|| (0..lines.len()).max_by_key(|index| (last(&lines[*index]), usize::MAX - index)))
}

/// A line's name: what tells it apart from the others.
pub(super) fn label(lines: &[Line], line: &Line, language: Language) -> String {
    let differs = |of: fn(&Series) -> String| {
        lines
            .iter()
            .any(|other| of(&other.series) != of(&line.series))
    };
    let place = |id: Option<&crate::figure::PlaceId>| {
        id.map_or_else(String::new, |id| place_in(id, language).to_owned())
    };
    let series = &line.series;
    let mut parts: Vec<String> = Vec::new();
    let indicator = vocabulary::indicator(&series.indicator).map_or_else(
        |_| series.indicator.to_string(),
        |indicator| indicator.label.clone(),
    );
    if differs(|series| series.indicator.to_string()) {
        parts.push(indicator.clone());
    }
    if differs(|series| {
        series
            .location
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    }) {
        parts.push(place(series.location.as_ref()));
    }
    if differs(|series| {
        series
            .origin
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    }) {
        parts.push(format!("from {}", place(series.origin.as_ref())));
    }
    if differs(|series| series.breakdown.to_string()) {
        let codes: Vec<&str> = series
            .breakdown
            .iter()
            .map(|(dimension, code)| {
                vocabulary::dimension(dimension).map_or(code, |known| known.label_of(code))
            })
            .collect();
        parts.push(if codes.is_empty() {
            "All".to_owned()
        } else {
            codes.join(", ")
        });
    }
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        let name = place(series.location.as_ref());
        parts.push(if name.is_empty() { indicator } else { name });
    }
    parts.join(", ")
}

/// The meaning that fixes a line's colour, where lines differ by what they count.
pub(super) fn role(series: &Series, lines: &[Line]) -> Option<Role> {
    let by_indicator = lines
        .iter()
        .any(|line| line.series.indicator != series.indicator);
    if !by_indicator {
        return None;
    }
    super::bars::role_of(&series.indicator)
}

pub(super) fn level(point: &Point) -> chart::Point {
    let quantity = &point.quantity;
    let number = |number: Option<i64>| number.map(|number| number as f64);
    chart::Point {
        date: point.period.end,
        // A bound alone is drawn where it stands, with its mark.
        value: number(quantity.value.or(quantity.low).or(quantity.high)),
        low: number(quantity.low),
        high: number(quantity.high),
        qualifier: Some(quantity.qualifier),
        marks: marks(point),
    }
}

pub(super) fn marks(point: &Point) -> Marks {
    let quantity = &point.quantity;
    Marks {
        provisional: point.provisional,
        estimated: quantity.status == Status::Estimated,
        projected: matches!(quantity.status, Status::Projected | Status::Planned),
        at_least: matches!(quantity.qualifier, Qualifier::AtLeast | Qualifier::MoreThan),
        prose: point.prose,
        revised: point.revised,
    }
}

fn average(line: &Line) -> Result<Vec<chart::Point>, DepictError> {
    let exact: Vec<(&Point, i64)> = line
        .of_one_channel()
        .filter(|point| point.quantity.qualifier == Qualifier::Exact)
        .filter_map(|point| Some((point, point.quantity.value?)))
        .collect();
    let days: Vec<_> = exact.iter().map(|(point, _)| point.period.end).collect();
    let values: Vec<i64> = exact.iter().map(|(_, value)| *value).collect();
    if line.series.measure == Measure::Cumulative && days.is_empty() {
        return Ok(Vec::new());
    }
    let series = Cumulative::new(line.series.measure, &days, &values)?;
    let windows = seven_day::average(&series, seven_day::WEEK, Some(MAX_GAP));
    Ok(windows
        .into_iter()
        .zip(&exact)
        .filter_map(|(window, (point, _))| {
            let mut drawn = chart::Point::new(window.day, window.average?);
            drawn.marks.provisional = point.provisional;
            Some(drawn)
        })
        .collect())
}

/// The line that the title speaks of: the one that was named; of those killed before all others.
pub(super) fn spoken_of<'l>(
    lines: &'l [Line],
    emphasised: Option<usize>,
    brief: &Brief,
) -> Option<&'l Line> {
    let killed = lines
        .iter()
        .find(|line| &*line.series.indicator == "killed")
        .filter(|_| brief.emphasis.is_empty());
    killed.or_else(|| lines.get(emphasised?))
}
