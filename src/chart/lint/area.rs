//! What is peculiar to areas: each part is a group of the picture with its name.

use chrono::NaiveDate;

use super::Case;
use super::message::squeezed;
use super::picture::Shape;
use crate::chart::calendar::is_calendar_aligned;
use crate::chart::kind::{AreaChart, Line, day};
use crate::chart::layout::{Body, Form, Rect};
use crate::chart::spec::Marks;

/// Points 4, 7 to 9, 11 and 13: gaps stay gaps, marks are drawn, days follow time, parts are named.
pub(super) fn honest(case: &mut Case, chart: &AreaChart) {
    let stands = case.picture.shapes_of("zero").next().is_some();
    case.expect(4, stands, "there is no zero line");
    for line in &chart.lines {
        let alone = chart.lines.iter().filter(|other| other.label == line.label);
        if alone.count() == 1 {
            marks(case, line, chart);
            gaps(case, line);
        }
    }
    if chart.lines.len() > 1 {
        let labels = squeezed(&case.picture.joined("label"));
        for line in &chart.lines {
            let named = labels.contains(&squeezed(&line.label));
            case.expect(13, named, format!("`{}` has no name beside it", line.label));
        }
    }
    days(case);
}

fn of<'a>(case: &'a Case, line: &'a Line, class: &'a str) -> impl Iterator<Item = &'a Shape> {
    case.picture
        .shapes_of(class)
        .filter(|shape| shape.label.as_deref() == Some(&line.label))
}

/// What is not firm looks different.
fn marks(case: &mut Case, line: &Line, chart: &AreaChart) {
    let mut points: Vec<_> = line.points.iter().filter(|p| p.value.is_some()).collect();
    points.sort_by_key(|point| point.date);
    let any = |test: fn(&Marks) -> bool| points.iter().any(|point| test(&point.marks));
    // A day alone has no stroke that could be broken.
    let wide = of(case, line, "layer").any(|shape| shape.points.len() > 2);
    let has = |class: &str| of(case, line, class).next().is_some();
    let broken = of(case, line, "line").any(|shape| shape.dashed);
    let firm = wide && (any(|m| m.projected) || any(|m| m.estimated)) && !broken;
    let filled = has("layer") && any(|m| m.provisional || m.prose) && !has("hollow");
    let bare = has("layer") && !chart.share && any(|m| m.at_least) && !has("at-least");
    let wrong = [
        (7, firm, "estimated or projected values"),
        (7, filled, "provisional values"),
        (9, bare, "lower bounds"),
    ];
    // Days that are cut away with another part's gap show nothing of this one.
    let rows = crate::chart::plotted_rows(case.spec);
    let cut = rows.iter().any(|row| row.value.is_none());
    for (point, wrong, what) in wrong {
        case.expect(
            point,
            !wrong || cut,
            format!("{what} of `{}` look like firm ones", line.label),
        );
    }
}

/// No area runs over a day without a figure: each drawn piece lies within one of those that the
/// numbers give.
fn gaps(case: &mut Case, line: &Line) {
    let Body::Shapes(groups) = &case.layout.body else {
        return;
    };
    let spans: Vec<(f64, f64)> = groups
        .iter()
        .filter(|group| group.label == line.label)
        .flat_map(|group| &group.shapes)
        .filter(|shape| shape.class == "layer")
        .map(|shape| match &shape.form {
            Form::Rect(rect) => (rect.left, rect.right),
            Form::Polygon(points) | Form::Path(points) => points
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (x, _)| {
                    (low.min(*x), high.max(*x))
                }),
            Form::Disc { centre, radius } => (centre.0 - radius, centre.0 + radius),
        })
        .collect();
    let within = |piece: Rect| {
        let mut spans = spans.iter();
        spans.any(|(left, right)| piece.left > left - 0.3 && piece.right < right + 0.3)
    };
    let all = of(case, line, "layer").all(|piece| within(piece.bounds()));
    case.expect(
        8,
        all,
        format!("`{}` runs over a day without a figure", line.label),
    );
}

/// Labelled days are calendar days, at places that follow time.
fn days(case: &mut Case) {
    let (left, right) = (case.theme.margin, case.picture.width - case.theme.margin);
    let ticks: Vec<(NaiveDate, f64, bool)> = case
        .picture
        .of_class("tick-x")
        .filter_map(|one| {
            let bounds = one.text.bounds();
            let moved = bounds.left <= left + 0.5 || bounds.right >= right - 0.5;
            Some((one.text.date?, one.text.x, moved))
        })
        .collect();
    let days: Vec<NaiveDate> = ticks.iter().map(|(day, ..)| *day).collect();
    case.expect(
        11,
        is_calendar_aligned(&days),
        "the labelled days are no starts of weeks, months or years",
    );
    case.expect(11, !days.is_empty(), "the time axis has no labels");
    let free: Vec<(f64, f64)> = ticks
        .iter()
        .filter(|(.., moved)| !moved)
        .map(|(date, x, _)| (day(*date), *x))
        .collect();
    let (Some(first), Some(last)) = (free.first(), free.last()) else {
        return;
    };
    let pace = (last.1 - first.1) / (last.0 - first.0).max(1.0);
    let astray = free
        .iter()
        .filter(|(day, x)| (first.1 + (day - first.0) * pace - x).abs() > 0.6)
        .count();
    case.expect(
        11,
        astray == 0,
        format!("{astray} days are not where their time is"),
    );
}
