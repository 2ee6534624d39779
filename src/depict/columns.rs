//! Columns and areas over time.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::lines::{drawable, emphasis, label, role, shown, words_of};
use super::words::{common, places, spec as with_words, value_kind};
use super::{Brief, Columns, DepictError, Show};
use crate::chart::{self, AreaChart, Arrangement, ChartKind, ChartSpec, ColumnChart, Marks};
use crate::figure::Measure;
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::publish::sentence::day;
use crate::publish::summary::{check_stack, states_a_total};

pub(super) fn spec(
    figures: &Figures,
    lines: &[Line],
    form: Columns,
    show: Show,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let stacked = form.area || form.arrangement != Arrangement::Grouped;
    let gathers = form.top.is_some();
    let (mut lines, mut brief) = drawable(lines, brief, gathers)?;
    // The order has a meaning where it is that of the newest numbers.
    let newest = |line: &Line| line.points.last().and_then(|point| point.quantity.value);
    lines.sort_by_key(|line| std::cmp::Reverse(newest(line)));
    if (stacked || gathers) && lines.len() > 1 {
        // A stated total is no part beside its parts.
        let is_total = |line: &Line| states_a_total(line.location());
        if !lines.iter().all(is_total) {
            lines.retain(|line| !is_total(line));
        }
        check_stack(&lines).map_err(DepictError::NoWhole)?;
    }
    let series = common(&lines)?.clone();
    let emphasised = emphasis(&lines, &brief);
    let named = |line: &Line| {
        line.location()
            .is_some_and(|id| brief.emphasis.iter().any(|wanted| wanted == id.as_str()))
    };
    let mut drawn = Vec::with_capacity(lines.len());
    for line in &lines {
        drawn.push(chart::Line {
            label: label(&lines, line, brief.language),
            // Parts of a whole are equals unless one is chosen.
            emphasis: named(line),
            role: role(&line.series, &lines),
            points: shown(line, show)?,
            ..chart::Line::default()
        });
    }
    let (what, mut title) = words_of(&lines, &drawn, show, emphasised, &brief);
    if form.arrangement == Arrangement::Share && show == Show::Level {
        title = share_title(&lines, &drawn).unwrap_or(title);
    }
    let points: Vec<(&Line, &Point)> = lines
        .iter()
        .flat_map(|line| line.points.iter().map(move |point| (line, point)))
        .collect();
    if show == Show::Change {
        brief
            .notes
            .extend(super::change::left_out(&lines, &drawn, brief.language));
    }
    let mut has_rest = false;
    if let Some(top) = form.top.filter(|top| *top < drawn.len()) {
        drawn = gathered(drawn, top, &mut brief);
        has_rest = true;
    }
    let (unit, values) = (brief.language.unit(series.unit), value_kind(series.unit));
    let kind = if form.area {
        ChartKind::Area(AreaChart {
            lines: drawn,
            share: form.arrangement == Arrangement::Share,
            unit: unit.to_owned(),
            values,
            has_rest,
        })
    } else {
        let columns = ColumnChart::over_time(&drawn, form.arrangement, unit, values)?;
        ChartKind::Columns(ColumnChart {
            has_rest,
            ..columns
        })
    };
    let what = match (form.arrangement, what) {
        (Arrangement::Share, "") if lines.len() > 1 => "per cent of all that are shown",
        (_, what) => what,
    };
    let spec = with_words(kind, figures, &points, &brief, title, what);
    // Columns of a count that only rises pass for as many new in each period.
    let says_so = spec.subtitle.to_lowercase().contains("cumul");
    if series.measure == Measure::Cumulative && show == Show::Level && !says_so {
        return Err(DepictError::Mixed(
            "columns of a cumulative pass for numbers of each period; say in --subtitle that they are cumulative, or draw what is new with --show change".to_owned(),
        ));
    }
    Ok(spec)
}

/// "Poland: 64% of border crossings from Ukraine on 6 September 2022".
fn share_title(lines: &[Line], drawn: &[chart::Line]) -> Option<String> {
    let last = drawn
        .iter()
        .flat_map(|line| line.points.iter().map(|point| point.date))
        .max()?;
    let values: Vec<(usize, f64)> = drawn
        .iter()
        .enumerate()
        .filter_map(|(index, line)| {
            let point = line.points.iter().find(|point| point.date == last)?;
            Some((index, point.value?))
        })
        .collect();
    let total: f64 = values.iter().map(|(_, value)| value).sum();
    let (largest, value) = values
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|(_, value)| *value > 0.0)?;
    let points: Vec<(&Line, &Point)> = lines
        .iter()
        .filter_map(|line| Some((line, line.points.last()?)))
        .collect();
    let percent = 100.0 * value / total;
    let what = super::words::labels(&points).to_lowercase();
    // Several things counted make no short title: the names at the columns say what all is.
    let indicators = lines
        .iter()
        .any(|line| line.series.indicator != lines[0].series.indicator);
    let of = if indicators {
        "all shown".to_owned()
    } else {
        format!("{what}{}", places(&points))
    };
    Some(format!(
        "{}: {percent:.0}% of {of} on {}",
        drawn[largest].label,
        day(last)
    ))
}

/// The largest lines by their newest numbers, and one that adds up the rest day by day.
fn gathered(mut drawn: Vec<chart::Line>, top: usize, brief: &mut Brief) -> Vec<chart::Line> {
    let newest = |line: &chart::Line| {
        let known = line.points.iter().filter(|point| point.value.is_some());
        known
            .max_by_key(|point| point.date)
            .and_then(|point| point.value)
            .unwrap_or(0.0)
    };
    drawn.sort_by(|a, b| {
        b.emphasis
            .cmp(&a.emphasis)
            .then(newest(b).total_cmp(&newest(a)))
    });
    let language = brief.language;
    let rest = drawn.split_off(top);
    let mut sums: BTreeMap<NaiveDate, (f64, usize, Marks)> = BTreeMap::new();
    for point in rest.iter().flat_map(|line| &line.points) {
        let Some(value) = point.value else { continue };
        let (sum, count, marks) = sums.entry(point.date).or_default();
        *sum += value;
        *count += 1;
        marks.provisional |= point.marks.provisional;
        marks.estimated |= point.marks.estimated;
        marks.projected |= point.marks.projected;
        marks.at_least |= point.marks.at_least;
        marks.prose |= point.marks.prose;
    }
    if sums.values().any(|(_, count, _)| *count < rest.len()) {
        let text = &language.words().selection.added_up;
        brief.notes.push(language.counted(text, rest.len()));
    }
    let points = sums
        .into_iter()
        .map(|(date, (sum, _, marks))| chart::Point {
            marks,
            ..chart::Point::new(date, sum)
        });
    drawn.push(chart::Line {
        label: language.counted(&language.words().selection.others, rest.len()),
        points: points.collect(),
        ..chart::Line::default()
    });
    drawn
}
