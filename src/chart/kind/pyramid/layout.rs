//! Two sides on one scale, with the ages between them and the numbers at the ends.

use super::{AgeGroup, PyramidChart};
use crate::chart::layout::{Body, Form, Group, Laid, Shape, Stroke, Text, Theme, paint};
use crate::chart::palette::{FEMALE, INK, MALE, MUTED_TEXT, Tones, WHITE};
use crate::chart::spec::Amount;
use crate::chart::text::{Anchor, LEADING, Rect, wrap_evenly};
use crate::chart::{ChartError, font, number};

/// Share of a row that its bars fill.
const THICKNESS: f64 = 0.76;

/// One side: the way in which its bars grow, its zero line and its tones.
#[derive(Clone, Copy)]
struct Side {
    way: f64,
    zero: f64,
    tones: Tones,
}

/// Lays out a pyramid in the room between subtitle and notes.
pub fn lay(chart: &PyramidChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let scale = theme.scale;
    let groups: Vec<&AgeGroup> = chart.groups.iter().rev().collect();
    let leading = LEADING * theme.label;
    let names: Vec<Vec<String>> = groups
        .iter()
        .map(|group| wrap_evenly(&group.label, theme.label, false, 0.22 * room.width()))
        .collect();
    let most_lines = names.iter().map(Vec::len).max().unwrap_or(1).max(1);
    // Age groups are many and their names short, so rows may be as low as letters allow.
    let least_row = (most_lines - 1) as f64 * leading + 1.12 * theme.label;
    let head = leading + 6.0 * scale;
    let height = room.height() - head;
    if least_row * groups.len() as f64 > height {
        return Err(ChartError::TooManyBars {
            bars: groups.len(),
            fit: (height / least_row).floor().max(0.0) as usize,
        });
    }
    let row = (height / groups.len() as f64).min((60.0 * scale).max(least_row));
    let thickness = THICKNESS * row;

    let widest = names
        .iter()
        .flatten()
        .map(|line| font::width(line, theme.label, false))
        .fold(0.0, f64::max);
    let middle = f64::midpoint(room.left, room.right);
    let half = widest / 2.0 + 12.0 * scale;
    let sides = [(-1.0, MALE), (1.0, FEMALE)].map(|(way, tones)| Side {
        way,
        zero: middle + way * half,
        tones,
    });
    let unit =
        unit(chart, &groups, middle - half - room.left, theme).ok_or(ChartError::NoRoom {
            width: (room.right + theme.margin).round() as u32,
            height: (room.bottom + theme.margin).round() as u32,
        })?;

    let (mut texts, mut shapes) = (Vec::new(), Vec::new());
    for (index, side) in sides.iter().enumerate() {
        texts.extend(heading(
            chart,
            index,
            side,
            (middle - half - room.left, room.top + theme.label),
            theme,
        ));
    }
    let mut top = room.top + head;
    for (group, lines) in groups.iter().zip(names) {
        let centre = top + row / 2.0;
        let baseline = centre + 0.5 * font::CAP_HEIGHT * theme.label;
        let first = baseline - 0.5 * (lines.len().max(1) - 1) as f64 * leading;
        for (line, content) in lines.into_iter().enumerate() {
            let place = (middle, first + line as f64 * leading);
            let mut text = Text::new("label", content, place, theme.label, INK);
            text.anchor = Anchor::Middle;
            texts.push(text);
        }
        for (amount, side) in group.sides().into_iter().zip(&sides) {
            let amount = chart.plotted(amount);
            let edges = (centre - thickness / 2.0, centre + thickness / 2.0);
            shapes.extend(bar(&amount, side, unit, edges, scale));
            texts.push(end(chart, &amount, side, unit, baseline, theme));
        }
        top += row;
    }
    let zeros = sides.iter().map(|side| {
        let path = vec![
            (side.zero, room.top + head - 2.0 * scale),
            (side.zero, top + 2.0 * scale),
        ];
        Shape::stroked("zero", Form::Path(path), Stroke::solid(INK, scale))
    });
    let body = vec![
        Group {
            class: "bars",
            label: String::new(),
            shapes,
        },
        Group {
            class: "axis",
            label: String::new(),
            shapes: zeros.collect(),
        },
    ];
    Ok(Laid {
        texts,
        notes: Vec::new(),
        bottom: Some(top),
        body: Body::Shapes(body),
    })
}

/// What is written at the end of a bar.
fn written(chart: &PyramidChart, amount: &Amount, theme: &Theme) -> String {
    number::qualified(
        amount.value,
        (amount.low, amount.high),
        amount.qualifier,
        chart.written(),
        theme.language,
    )
}

/// Space between a bar and its number.
fn gap(amount: &Amount, scale: f64) -> f64 {
    let arrow = if amount.marks.at_least && amount.value.is_some() {
        7.0
    } else {
        0.0
    };
    (6.0 + arrow) * scale
}

/// The px for one of the number at which all bars and what stands at their ends fit on both sides.
fn unit(chart: &PyramidChart, groups: &[&AgeGroup], room: f64, theme: &Theme) -> Option<f64> {
    let mut unit = f64::INFINITY;
    for amount in groups.iter().flat_map(|group| group.sides()) {
        let amount = chart.plotted(amount);
        let bold = amount.value.is_some();
        let words = font::width(&written(chart, &amount, theme), theme.label, bold);
        let left = room - words - gap(&amount, theme.scale);
        if left < 30.0 * theme.scale {
            return None;
        }
        let reach = amount.numbers().fold(0.0, f64::max);
        if reach > 0.0 {
            unit = unit.min(left / reach);
        }
    }
    // Where all are zero, any scale is right.
    Some(if unit.is_finite() { unit } else { 1.0 })
}

fn bar(
    amount: &Amount,
    side: &Side,
    unit: f64,
    (top, bottom): (f64, f64),
    scale: f64,
) -> Vec<Shape> {
    let at = |number: f64| side.zero + side.way * number * unit;
    let middle = f64::midpoint(top, bottom);
    let mut shapes = Vec::new();
    if let Some(value) = amount.value {
        let rect = Rect {
            left: at(value).min(side.zero),
            top,
            right: at(value).max(side.zero),
            bottom,
        };
        shapes.extend(paint::bar(rect, side.tones, amount.marks, scale));
        if amount.marks.at_least {
            let tip = at(amount.numbers().fold(value, f64::max));
            let x = |px: f64| tip + side.way * px * scale;
            let corners = vec![
                (x(1.5), middle - 4.0 * scale),
                (x(7.5), middle),
                (x(1.5), middle + 4.0 * scale),
            ];
            let form = Form::Polygon(corners);
            shapes.push(Shape::filled("at-least", form, side.tones.line));
        }
    }
    if let (Some(low), Some(high)) = (amount.low, amount.high) {
        let path = Form::Path(vec![(at(low), middle), (at(high), middle)]);
        let around = Stroke::solid(WHITE, 3.5 * scale);
        shapes.push(Shape::stroked("around", path.clone(), around));
        shapes.push(Shape::stroked(
            "whisker",
            path,
            Stroke::solid(INK, 1.5 * scale),
        ));
    }
    shapes
}

/// The number at the end of a bar.
fn end(
    chart: &PyramidChart,
    amount: &Amount,
    side: &Side,
    unit: f64,
    baseline: f64,
    theme: &Theme,
) -> Text {
    let reach = amount.numbers().fold(0.0, f64::max);
    let x = side.zero + side.way * (reach * unit + gap(amount, theme.scale));
    let known = amount.value.is_some();
    let colour = if amount.is_known() { INK } else { MUTED_TEXT };
    let content = written(chart, amount, theme);
    let mut text = Text::new("value", content, (x, baseline), theme.label, colour);
    text.bold = known;
    text.anchor = if side.way < 0.0 {
        Anchor::End
    } else {
        Anchor::Start
    };
    text
}

/// The name of a side above its bars, beside the ages, with its share or sum when nothing of it is
/// unknown.
fn heading(
    chart: &PyramidChart,
    index: usize,
    side: &Side,
    (length, baseline): (f64, f64),
    theme: &Theme,
) -> Vec<Text> {
    let amounts = || chart.groups.iter().map(|group| group.sides()[index]);
    let exact = amounts().all(|amount| {
        amount.value.is_some()
            && !amount.marks.at_least
            && number::word(
                amount.qualifier.unwrap_or(crate::figure::Qualifier::Exact),
                theme.language,
            )
            .is_empty()
    });
    let anchor = if side.way < 0.0 {
        Anchor::End
    } else {
        Anchor::Start
    };
    let place = (side.zero, baseline);
    let mut name = Text::new(
        "label",
        theme.words().pyramid.sides[index],
        place,
        theme.label,
        side.tones.text,
    );
    name.bold = true;
    name.anchor = anchor;
    let mut texts = vec![name];
    if exact && chart.groups.len() > 1 {
        let sum = amounts().filter_map(|amount| chart.plotted(amount).value);
        let content = number::full(sum.sum(), chart.written(), theme.language);
        let beyond = texts[0].width() + 7.0 * theme.scale;
        // A sum that has no room is left to the numbers of the groups.
        if beyond + font::width(&content, theme.label, false) > length {
            return texts;
        }
        let place = (side.zero + side.way * beyond, baseline);
        let mut sum = Text::new("value", content, place, theme.label, side.tones.text);
        sum.anchor = anchor;
        texts.push(sum);
    }
    texts
}
