//! Points 4, 7 to 9, 11 and 20: whether what is drawn is what is known.

use super::{Case, area, columns, pyramid};
use crate::chart::calendar::is_calendar_aligned;
use crate::chart::kind::{Bar, BarChart, ChartKind, Line, LineChart, day};
use crate::chart::layout::Body;
use crate::chart::spec::{Break, Point};

pub(super) fn judge(case: &mut Case) {
    zero(case);
    match &case.spec.kind {
        ChartKind::Line(LineChart { lines, breaks, .. }) => {
            for line in lines {
                let alone = lines
                    .iter()
                    .filter(|other| other.label == line.label)
                    .count()
                    == 1;
                if alone {
                    marks(case, line, breaks);
                    gaps(case, line);
                    ranges(case, line);
                }
            }
            days(case);
        }
        ChartKind::Bars(BarChart { bars, .. }) => bar_marks(case, bars),
        ChartKind::Columns(chart) => columns::honest(case, chart),
        ChartKind::Area(chart) => area::honest(case, chart),
        ChartKind::Pyramid(chart) => pyramid::honest(case, chart),
        ChartKind::Map(chart) => super::maps::judge(case, chart),
        _ => {}
    }
    order(case);
}

/// Bars begin at the zero line; a chart of counts over time has one.
fn zero(case: &mut Case) {
    let zero = case
        .picture
        .shapes_of("zero")
        .next()
        .map(|shape| shape.bounds());
    let needed = matches!(
        case.spec.kind,
        ChartKind::Line(_) | ChartKind::Bars(_) | ChartKind::Panels(_)
    );
    case.expect(4, !needed || zero.is_some(), "there is no zero line");
    let Some(zero) = zero.filter(|_| matches!(case.spec.kind, ChartKind::Bars(_))) else {
        return;
    };
    let loose = ["bar", "stem"]
        .iter()
        .flat_map(|class| case.picture.shapes_of(class))
        .map(|bar| bar.bounds())
        .filter(|bar| (bar.left - zero.left).abs() > 0.25 && (bar.right - zero.left).abs() > 0.25)
        .count();
    case.expect(4, loose == 0, format!("{loose} bars do not begin at zero"));
}

/// What is not firm looks different.
fn marks(case: &mut Case, line: &Line, breaks: &[Break]) {
    let drawn = |class: &str, dashed: bool| {
        case.picture
            .shapes_of(class)
            .any(|shape| shape.label.as_deref() == Some(&line.label) && (shape.dashed || !dashed))
    };
    let mut points = line.points.clone();
    points.sort_by_key(|point| point.date);
    let Body::Lines(body) = &case.layout.body else {
        return;
    };
    let place = |point: &Point| Some((body.x.at(day(point.date)), body.y.at(point.value?)));
    let broken = |pair: &[Point]| {
        let between = |one: &Break| pair[0].date < one.date && one.date <= pair[1].date;
        breaks.iter().any(between)
    };
    // Two points on one px leave no stroke.
    let apart = |pair: &[Point]| {
        !broken(pair)
            && place(&pair[0])
                .zip(place(&pair[1]))
                .is_some_and(|(a, b)| (a.0 - b.0).hypot(a.1 - b.1) > 0.3)
    };
    let pairs = || points.windows(2).filter(|pair| apart(pair));
    let projected = pairs().any(|pair| pair.iter().any(|point| point.marks.projected));
    let estimated = pairs().any(|pair| {
        pair.iter().any(|point| point.marks.estimated)
            && !pair.iter().any(|point| point.marks.projected)
    });
    let hollow = points
        .iter()
        .any(|point| point.value.is_some() && (point.marks.provisional || point.marks.prose));
    let bound = points
        .iter()
        .any(|point| point.value.is_some() && point.marks.at_least);
    let missing = [
        (
            7,
            projected && !drawn("projected", true),
            "projected values",
        ),
        (
            7,
            estimated && !drawn("estimated", true),
            "estimated values",
        ),
        (7, hollow && !drawn("hollow", false), "provisional values"),
        (9, bound && !drawn("at-least", false), "lower bounds"),
    ];
    for (point, wrong, what) in missing {
        case.expect(
            point,
            !wrong,
            format!("{what} of `{}` look like firm ones", line.label),
        );
    }
}

/// No stroke runs over a day without a figure.
fn gaps(case: &mut Case, line: &Line) {
    let Body::Lines(body) = &case.layout.body else {
        return;
    };
    let empty: Vec<f64> = line
        .points
        .iter()
        .filter(|point| point.value.is_none())
        .map(|point| body.x.at(day(point.date)))
        .collect();
    // Where days stand clear of one another, a stroke that ends on the day is one too many as well.
    let tolerance = if body.x.at(1.0) - body.x.at(0.0) > 0.5 {
        -0.1
    } else {
        0.15
    };
    let bridged = case
        .picture
        .shapes_of("line")
        .filter(|shape| shape.label.as_deref() == Some(&line.label))
        .flat_map(|shape| shape.points.windows(2))
        .any(|pair| {
            empty
                .iter()
                .any(|&x| pair[0].0 + 0.15 < x && x < pair[1].0 - tolerance)
        });
    case.expect(
        8,
        !bridged,
        format!("`{}` runs over a day without a figure", line.label),
    );
}

fn ranges(case: &mut Case, line: &Line) {
    let Body::Lines(body) = &case.layout.body else {
        return;
    };
    // A range within a fraction of a px cannot be drawn.
    let seen = |(low, high): (f64, f64)| (body.y.at(high) - body.y.at(low)).abs() > 0.3;
    let has_range = line
        .points
        .iter()
        .any(|point| point.low.zip(point.high).is_some_and(seen));
    let drawn = case
        .picture
        .shapes
        .iter()
        .any(|shape| shape.is("band") || shape.is("whisker"));
    case.expect(
        9,
        !has_range || drawn,
        format!("the range of `{}` is not drawn", line.label),
    );
}

fn bar_marks(case: &mut Case, bars: &[Bar]) {
    let Body::Bars(body) = &case.layout.body else {
        return;
    };
    let uncertain = |bar: &&Bar| {
        let marks = bar.marks;
        // A bar thinner than a px shows no edge.
        bar.value
            .is_some_and(|value| (body.x.at(value) - body.x.at(0.0)).abs() > 0.3)
            && (marks.estimated || marks.projected || marks.provisional || marks.prose)
    };
    let wanted = bars.iter().filter(uncertain).count();
    let class = if body.disc.is_some() {
        "hollow"
    } else {
        "edge"
    };
    let drawn = case.picture.shapes_of(class).count();
    let broken = body.disc.is_none()
        || bars
            .iter()
            .filter(uncertain)
            .all(|bar| !bar.marks.estimated && !bar.marks.projected)
        || case.picture.shapes_of("stem").any(|stem| stem.dashed);
    case.expect(
        7,
        drawn >= wanted && broken,
        "values that are not firm look like firm ones",
    );
    let texts = case.picture.joined("value");
    let empty = bars
        .iter()
        .any(|bar| bar.value.is_none() && bar.low.is_none() && bar.high.is_none());
    case.expect(
        8,
        !empty || texts.contains(case.theme.words().numbers.no_figure),
        "a bar without a figure does not say so",
    );
    let bound = bars
        .iter()
        .any(|bar| bar.marks.at_least && bar.value.is_some());
    case.expect(
        9,
        !bound || case.picture.shapes_of("at-least").next().is_some(),
        "a lower bound looks like a firm value",
    );
}

/// Labelled days are calendar days, and their places follow time.
fn days(case: &mut Case) {
    let Body::Lines(body) = &case.layout.body else {
        return;
    };
    let (left, right) = (case.theme.margin, case.picture.width - case.theme.margin);
    let mut days = Vec::new();
    let mut astray = 0;
    for one in case.picture.of_class("tick-x") {
        let Some(date) = one.text.date else { continue };
        let bounds = one.text.bounds();
        let at_edge = bounds.left <= left + 0.5 || bounds.right >= right - 0.5;
        astray += usize::from(!at_edge && (one.text.x - body.x.at(day(date))).abs() > 0.5);
        days.push(date);
    }
    case.expect(
        11,
        astray == 0,
        format!("{astray} days are not where their time is"),
    );
    case.expect(
        11,
        is_calendar_aligned(&days),
        "the labelled days are no starts of weeks, months or years",
    );
    case.expect(11, !days.is_empty(), "the time axis has no labels");
}

/// Bars stand in the order of their size, the rest last.
fn order(case: &mut Case) {
    let zero = case
        .picture
        .shapes_of("zero")
        .next()
        .map_or(0.0, |shape| shape.bounds().left);
    let (mut sizes, has_rest): (Vec<(f64, f64)>, bool) = match &case.spec.kind {
        ChartKind::Bars(BarChart { bars, .. }) => (
            ["bar", "stem"]
                .iter()
                .flat_map(|class| case.picture.shapes_of(class))
                .map(|bar| bar.bounds())
                .map(|bar| {
                    (
                        bar.top,
                        if bar.left < zero - 0.25 {
                            -bar.width()
                        } else {
                            bar.width()
                        },
                    )
                })
                .collect(),
            bars.iter().any(|bar| bar.is_rest),
        ),
        _ => return,
    };
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    if has_rest {
        sizes.pop();
    }
    let ordered = sizes.windows(2).all(|pair| pair[0].1 >= pair[1].1 - 0.25);
    case.expect(20, ordered, "the order is not that of the size");
}
