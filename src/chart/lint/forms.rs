//! Points 7 to 10, 12, 13 and 20 for charts of two moments, panels and calendars, and breaks of lines.

use super::Case;
use super::message::squeezed;
use crate::chart::kind::{CalendarChart, ChartKind, LineChart, PanelChart, SlopeChart, day};
use crate::chart::layout::Body;
use crate::chart::words::fill;

pub(super) fn judge(case: &mut Case) {
    match &case.spec.kind {
        ChartKind::Line(chart) => breaks(case, chart),
        ChartKind::Slope(chart) => slopes(case, chart),
        ChartKind::Panels(chart) => panels(case, chart),
        ChartKind::Calendar(chart) => calendar(case, chart),
        _ => {}
    }
}

/// A break stands at its day with its words, and no line runs over it.
fn breaks(case: &mut Case, chart: &LineChart) {
    let Body::Lines(body) = &case.layout.body else {
        return;
    };
    let words = squeezed(&case.picture.joined("event"));
    let places: Vec<(String, f64)> = chart
        .breaks
        .iter()
        .map(|one| (one.label.clone(), body.x.at(day(one.date))))
        .collect();
    let step = body.x.at(1.0) - body.x.at(0.0);
    for (label, x) in places {
        let drawn = case
            .picture
            .shapes_of("break-line")
            .any(|shape| (shape.bounds().left - x).abs() < 0.3);
        let named = words.contains(&squeezed(&fill(case.theme.words().line.breaks, &[&label])));
        case.expect(
            10,
            drawn && named,
            format!("the break `{label}` is not marked at its day"),
        );
        // Days may be closer than a tenth of a px, the grain of the drawing.
        let joined = step > 0.4
            && case
                .picture
                .shapes_of("line")
                .flat_map(|shape| shape.points.windows(2))
                .any(|pair| pair[0].0 < x - 0.3 && pair[1].0 > x - 0.1);
        case.expect(10, !joined, format!("a line runs over the break `{label}`"));
    }
}

fn slopes(case: &mut Case, chart: &SlopeChart) {
    let labels = squeezed(&case.picture.joined("label"));
    let note = squeezed(&case.picture.joined("note"));
    let shown = |end: usize| {
        chart
            .slopes
            .iter()
            .filter(move |slope| slope.ends[end].value.is_some())
    };
    let lost: Vec<String> = shown(0)
        .chain(shown(1))
        .filter(|slope| !labels.contains(&squeezed(&slope.label)))
        .map(|slope| slope.label.clone())
        .collect();
    if let Some(first) = lost.first() {
        case.object(13, format!("`{first}` has no name"));
    }
    for moment in 0..2 {
        let missing = chart
            .slopes
            .iter()
            .any(|slope| slope.ends[moment].value.is_none());
        let words = &case.theme.words().slope;
        let named = fill(words.missing, &[&chart.moments[moment], ""]);
        let said = note.contains(squeezed(&named).trim_end_matches(':'));
        case.expect(
            8,
            !missing || said,
            format!(
                "nothing says what has no figure for {}",
                chart.moments[moment]
            ),
        );
    }
    let ends = || chart.slopes.iter().flat_map(|slope| &slope.ends);
    let bound = ends().any(|end| end.value.is_some() && end.marks.at_least);
    let drawn = case.picture.shapes_of("at-least").next().is_some();
    case.expect(9, !bound || drawn, "a lower bound looks like a firm value");
    let loose = ends()
        .filter(|end| end.value.is_some() && (end.marks.provisional || end.marks.prose))
        .count();
    let drawn = ["hollow", "pale"]
        .iter()
        .map(|class| case.picture.shapes_of(class).count())
        .sum::<usize>();
    case.expect(
        7,
        drawn >= loose,
        "values that are not firm look like firm ones",
    );
}

/// Equal ticks at equal heights in every panel of a row; else a note says that scales differ.
fn panels(case: &mut Case, chart: &PanelChart) {
    let note = case.picture.joined("note");
    let said = note.contains(case.theme.words().panels.scales_differ);
    case.expect(
        12,
        said || !chart.scales_differ,
        "the scales of the panels differ and nothing says so",
    );
    let mut heights: Vec<(String, Vec<i64>)> = Vec::new();
    for shape in &case.picture.shapes {
        let Some(label) = shape.label.as_ref().filter(|_| shape.in_group("grid")) else {
            continue;
        };
        let y = (shape.bounds().top * 10.0).round() as i64;
        match heights.last_mut().filter(|(known, _)| known == label) {
            Some((_, own)) => own.push(y),
            None => heights.push((label.clone(), vec![y])),
        }
    }
    let relative: Vec<Vec<i64>> = heights
        .iter()
        .map(|(_, own)| own.iter().map(|y| y - own[0]).collect())
        .collect();
    let near = |a: &[i64], b: &[i64]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 2)
    };
    let same = relative.windows(2).all(|pair| near(&pair[0], &pair[1]));
    case.expect(12, said || same, "the panels do not share one scale");
    let sizes: Vec<f64> = chart
        .panels
        .iter()
        .filter_map(|panel| {
            let values = panel.lines.iter().filter_map(|line| {
                let present = line.points.iter().filter(|point| point.value.is_some());
                present.max_by_key(|point| point.date)?.value
            });
            values.reduce(f64::max)
        })
        .collect();
    case.expect(
        4,
        sizes.len() == heights.len(),
        "a panel that has a value is not drawn",
    );
}

/// Every day is there: with a value as a coloured cell, without one as an empty one.
fn calendar(case: &mut Case, chart: &CalendarChart) {
    let shown = chart
        .days
        .iter()
        .filter(|point| point.value.is_some())
        .count();
    let drawn = case.picture.shapes_of("cell").count();
    case.expect(
        8,
        drawn == shown,
        format!("{drawn} days are coloured and {shown} have a value"),
    );
    let first = chart.days.iter().map(|point| point.date).min();
    let last = chart.days.iter().map(|point| point.date).max();
    let span = first
        .zip(last)
        .map_or(0, |(first, last)| (last - first).num_days() + 1);
    let gaps = span - shown as i64;
    let words = case.picture.joined("tick-class");
    case.expect(
        8,
        gaps == 0 || words.contains(case.theme.words().numbers.no_figure),
        "nothing says which days have no figure",
    );
    let zero = chart.days.iter().any(|point| point.value == Some(0.0));
    case.expect(
        8,
        !zero || words.contains(case.theme.words().calendar.zero),
        "nothing says which colour is zero",
    );
}
