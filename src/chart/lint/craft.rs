//! Points 21 to 26 and 28: strokes, margins, fonts and what the file says of itself.

use std::collections::BTreeMap;

use super::{Case, columns};
use crate::chart::font;
use crate::chart::kind::ChartKind;
use crate::chart::layout::Body;

pub(super) fn judge(case: &mut Case) {
    grid(case);
    redundancy(case);
    strokes(case);
    bars(case);
    columns::craft(case);
    margins(case);
    seams(case);
    fonts(case);
    let picture = &case.picture;
    let (is_image, entries) = (picture.is_image, picture.entries);
    let [title, description] = &picture.described;
    let described = !title.is_empty() && !description.is_empty();
    case.expect(28, is_image, "the SVG does not say that it is one image");
    case.expect(28, described, "the SVG has no title or no description");
    case.expect(28, entries > 0, "the SVG does not carry its provenance");
}

fn grid(case: &mut Case) {
    // Each panel has a grid of its own.
    let mut grids: BTreeMap<&str, usize> = BTreeMap::new();
    for shape in &case.picture.shapes {
        if shape.in_group("grid") {
            *grids
                .entry(shape.label.as_deref().unwrap_or_default())
                .or_default() += 1;
        }
    }
    let lines = grids.into_values().max().unwrap_or(0);
    case.expect(
        21,
        lines <= 6,
        format!("{lines} grid lines; six are enough"),
    );
    let paper = case.spec.look.paper();
    let contrast = |class: &str| -> Vec<f64> {
        case.picture
            .shapes_of(class)
            .filter_map(|shape| shape.stroke)
            .map(|colour| colour.contrast(paper))
            .collect()
    };
    let (grid, zero, data) = (contrast("gridline"), contrast("zero"), contrast("line"));
    let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = |values: &[f64]| values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let behind = grid.is_empty() || data.is_empty() || most(&grid) < least(&data);
    let marked = grid.is_empty() || zero.is_empty() || least(&zero) > most(&grid);
    case.expect(21, behind, "the grid is as strong as the data");
    case.expect(21, marked, "the zero line is no stronger than the grid");
}

fn redundancy(case: &mut Case) {
    let paper = case.spec.look.paper();
    const KNOWN: [&str; 10] = [
        "paper",
        "bar",
        "edge",
        "node",
        "key",
        "disc",
        "cell",
        "swatch",
        "diagonal",
        "no-figure",
    ];
    let boxes = case
        .picture
        .shapes
        .iter()
        .filter(|shape| {
            shape.points.len() == 2 && shape.bounds().height() > 0.5 && shape.bounds().width() > 0.5
        })
        .filter(|shape| shape.width == 0.0 || shape.fill.is_none())
        .filter(|shape| {
            !["series", "leaders", "bands", "cells", "legend"]
                .iter()
                .any(|group| shape.in_group(group))
        })
        .filter(|shape| {
            // Circles, borders and hatching of a map, and what its legend shows.
            !["symbols", "markers", "legend", "borders", "shades"]
                .iter()
                .any(|class| shape.in_group(class))
        })
        .filter(|shape| !KNOWN.iter().any(|class| shape.is(class)) && !shape.is("at-least"))
        .count();
    case.expect(22, boxes == 0, format!("{boxes} boxes around nothing"));
    let other = case
        .picture
        .shapes_of("paper")
        .any(|sheet| sheet.fill != Some(paper));
    case.expect(22, !other, "the ground is not that of the theme");
    let short = 10.0 * case.theme.scale;
    let stubs = case
        .picture
        .shapes
        .iter()
        .filter(|shape| shape.in_group("grid"))
        .filter(|shape| shape.bounds().width().max(shape.bounds().height()) < short)
        .count();
    case.expect(22, stubs == 0, format!("{stubs} tick stubs"));
    let both = matches!(case.spec.kind, ChartKind::Bars(_))
        && case
            .picture
            .texts
            .iter()
            .any(|text| text.class.starts_with("tick"));
    case.expect(22, !both, "values stand at the bars and at an axis as well");
    let hidden = case
        .picture
        .shapes
        .iter()
        .filter(|shape| shape.invisible)
        .count();
    case.expect(
        22,
        hidden == 0,
        format!("{hidden} shapes that nobody can see"),
    );
}

fn strokes(case: &mut Case) {
    let scale = case.theme.scale;
    let mut wrong: Vec<String> = Vec::new();
    for shape in case.picture.shapes_of("line") {
        let width = shape.width / scale;
        let (least, most) = if shape.in_group("muted") {
            (0.95, 1.55)
        } else {
            (1.95, 3.05)
        };
        let name = shape.label.as_deref().unwrap_or("a line");
        if !(least..=most).contains(&width) {
            wrong.push(format!("`{name}` is {width:.1} px wide"));
        }
        if !shape.round {
            wrong.push(format!("the strokes of `{name}` do not meet round"));
        }
    }
    for message in wrong {
        case.object(23, message);
    }
}

/// The gap between bars is 20 to 40 per cent of a row; rows of long names may be higher.
fn bars(case: &mut Case) {
    if !matches!(case.spec.kind, ChartKind::Bars(_)) {
        return;
    }
    let mut rows: Vec<(f64, f64)> = case
        .picture
        .shapes_of("bar")
        .map(|bar| (bar.bounds().top, bar.bounds().bottom))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let pitches: Vec<f64> = rows.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    let least = pitches.iter().copied().fold(f64::INFINITY, f64::min);
    let most = pitches.iter().copied().fold(0.0, f64::max);
    if let Some((top, bottom)) = rows.first().filter(|_| rows.len() > 1) {
        let gap = 1.0 - (bottom - top) / least;
        let all = match &case.layout.body {
            Body::Bars(body) => body.bars.len() == rows.len(),
            Body::Lines(_) | Body::Shapes(_) => false,
        };
        let even = most - least < 0.3;
        let good = gap >= 0.19 && (!all || !even || gap <= 0.41);
        case.expect(
            23,
            good,
            format!("the gap between bars is {:.0}% of a row", gap * 100.0),
        );
    }
}

fn margins(case: &mut Case) {
    let least = 16.0 * case.theme.scale;
    let mut edges: Vec<f64> = ["title", "subtitle", "note", "source", "tick-y"]
        .iter()
        .flat_map(|class| case.picture.of_class(class).map(|one| one.text.x))
        .collect();
    edges.sort_by(f64::total_cmp);
    let (first, last) = (
        edges.first().copied().unwrap_or(least),
        edges.last().copied().unwrap_or(least),
    );
    case.expect(
        24,
        last - first < 0.2,
        "title, axis, notes and source do not share a left edge",
    );
    let boxes: Vec<_> = case
        .picture
        .texts
        .iter()
        .map(|one| one.text.bounds())
        .collect();
    let clear = first >= least
        && boxes.iter().all(|rect| {
            rect.top >= least - 4.0 * case.theme.scale
                && rect.right <= case.picture.width - least
                && rect.bottom <= case.picture.height - least
        });
    case.expect(24, clear, "a margin is narrower than 16 px");
}

/// Areas that share an edge are stroked in their own colour.
fn seams(case: &mut Case) {
    let open = case
        .picture
        .shapes
        .iter()
        // An area of one day is an upright rectangle, which has none.
        .filter(|shape| shape.is("ribbon") || (shape.is("layer") && shape.points.len() > 2))
        .filter(|ribbon| ribbon.stroke != ribbon.fill || ribbon.width < 0.3)
        .count();
    case.expect(25, open == 0, format!("{open} areas will show seams"));
}

fn fonts(case: &mut Case) {
    let first = case.picture.families.starts_with("'Noto Sans'");
    case.expect(26, first, "the font is not the one that was measured");
    let errors: Vec<String> = case
        .picture
        .texts
        .iter()
        .filter_map(|one| font::check(&one.text.content).err())
        .map(|error| error.to_string())
        .collect();
    for error in errors {
        case.object(26, error);
    }
}
