//! Lines between two columns of values, the names at the right.

use super::{Slope, SlopeChart};
use crate::chart::kind::pieces::{self, Filling};
use crate::chart::layout::spread::spread;
use crate::chart::layout::{Axis, Body, Form, Group, Laid, Shape, Stroke, Theme};
use crate::chart::palette::{GRID, INK, MUTED, MUTED_TEXT};
use crate::chart::text::{Anchor, LEADING, Rect, Text, wrap_evenly};
use crate::chart::{ChartError, font};

/// What is written at one end of a line: rows of text, the value before or after the first.
struct Label {
    /// Place of the end.
    end: f64,
    value: String,
    name: Vec<String>,
    bold: bool,
    tones: crate::chart::palette::Tones,
}

impl Label {
    fn height(&self, theme: &Theme) -> f64 {
        self.name.len().max(1) as f64 * LEADING * theme.label
    }

    fn name_width(&self, theme: &Theme) -> f64 {
        self.name
            .iter()
            .map(|row| font::width(row, theme.label, self.bold))
            .fold(0.0, f64::max)
    }

    fn value_width(&self, theme: &Theme) -> f64 {
        font::width(&self.value, theme.label, self.bold)
    }
}

/// Lays out lines in the room between subtitle and notes.
pub fn lay(chart: &SlopeChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let scale = theme.scale;
    let order = chart.in_order();
    let line_height = LEADING * theme.label;
    let plot_top = room.top + 1.9 * line_height;
    let plot_bottom = room.bottom - 0.6 * line_height;
    let y = chart.axis((plot_bottom, plot_top));
    let [left, right] = [0, 1].map(|moment| labels(chart, &order, moment, &y, room, theme));
    let edges = (
        plot_top - 0.6 * line_height,
        plot_bottom + 0.6 * line_height,
    );
    let [left_tops, right_tops] = [
        tops(&left, edges, theme, order.len())?,
        tops(&right, edges, theme, order.len())?,
    ];

    let gap = 8.0 * scale;
    let widest = |labels: &[Label], of: fn(&Label, &Theme) -> f64| {
        labels
            .iter()
            .map(|label| of(label, theme))
            .fold(0.0, f64::max)
    };
    let moved = |labels: &[Label], tops: &[f64]| {
        labels
            .iter()
            .zip(tops)
            .any(|(label, top)| (top + label.height(theme) / 2.0 - label.end).abs() > 3.0 * scale)
    };
    let [left_gutter, right_gutter] =
        [(&left, &left_tops), (&right, &right_tops)].map(|(labels, tops)| {
            if moved(labels, tops) {
                24.0 * scale
            } else {
                gap + 3.0 * scale
            }
        });
    let left_name = widest(&left, Label::name_width);
    let left_values = widest(&left, Label::value_width);
    let between = if left_name > 0.0 { gap } else { 0.0 };
    let x_left = room.left + left_name + between + left_values + left_gutter;
    let right_values = widest(&right, Label::value_width);
    let x_right =
        room.right - widest(&right, Label::name_width) - gap - right_values - right_gutter;
    let heads: Vec<f64> = chart
        .moments
        .iter()
        .map(|moment| font::width(moment, theme.label, true))
        .collect();
    // Each name of a moment stands at its axis, on the side of the labels where that has room.
    let left_head = (x_left - heads[0]).max(room.left);
    let right_head = x_right.min(room.right - heads[1]);
    if x_right - x_left < 90.0 * scale || left_head + heads[0] + 2.0 * gap > right_head {
        return Err(ChartError::NoRoom {
            width: (room.right + theme.margin).round() as u32,
            height: (room.bottom + theme.margin).round() as u32,
        });
    }

    let mut texts = Vec::new();
    let head = room.top + 0.95 * theme.label;
    for (moment, at) in chart.moments.iter().zip([left_head, right_head]) {
        let mut text = Text::new("moment", moment.clone(), (at, head), theme.label, INK);
        text.bold = true;
        texts.push(text);
    }
    let mut leaders = Vec::new();
    for (label, top) in left.iter().zip(&left_tops) {
        let middle = top + label.height(theme) / 2.0;
        let mut value = value_text(label, x_left - left_gutter, middle, theme);
        value.anchor = Anchor::End;
        texts.push(value);
        let name_at = x_left - left_gutter - left_values - between;
        texts.extend(name_texts(label, name_at, middle, Anchor::End, theme));
        leaders.extend(leader(
            (x_left - 5.0 * scale, label.end),
            (x_left - left_gutter + 4.0 * scale, middle),
            scale,
        ));
    }
    for (label, top) in right.iter().zip(&right_tops) {
        let middle = top + label.height(theme) / 2.0;
        let at = x_right + right_gutter;
        let mut value = value_text(label, at + right_values, middle, theme);
        value.anchor = Anchor::End;
        texts.push(value);
        texts.extend(name_texts(
            label,
            at + right_values + gap,
            middle,
            Anchor::Start,
            theme,
        ));
        leaders.extend(leader(
            (x_right + 5.0 * scale, label.end),
            (at - 4.0 * scale, middle),
            scale,
        ));
    }

    let upright = [x_left, x_right].map(|x| {
        Shape::stroked(
            "axis",
            Form::Path(vec![
                (x, plot_top - 0.5 * line_height),
                (x, plot_bottom + 0.5 * line_height),
            ]),
            Stroke::solid(GRID, 1.5 * scale),
        )
    });
    let mut groups = vec![
        Group {
            class: "axes",
            shapes: upright.to_vec(),
            ..Group::default()
        },
        Group {
            class: "leaders",
            shapes: leaders,
            ..Group::default()
        },
    ];
    // What the title speaks of lies on top.
    let mut drawn: Vec<&Slope> = order.into_iter().rev().collect();
    drawn.sort_by_key(|slope| chart.tones(slope) != MUTED);
    groups.extend(
        drawn
            .into_iter()
            .map(|slope| group(chart, slope, [x_left, x_right], &y, scale)),
    );
    Ok(Laid {
        body: Body::Shapes(groups),
        texts,
        notes: Vec::new(),
        bottom: None,
    })
}

/// The labels of one column, from top to bottom.
fn labels(
    chart: &SlopeChart,
    order: &[&Slope],
    moment: usize,
    y: &Axis,
    room: Rect,
    theme: &Theme,
) -> Vec<Label> {
    let mut labels: Vec<Label> = order
        .iter()
        .filter_map(|slope| {
            let end = slope.ends[moment];
            let tones = chart.tones(slope);
            let bold = tones != MUTED;
            // The name stands at the right end, or where the only number is.
            let named = moment == 1 || slope.ends[1].value.is_none();
            let name = if named {
                wrap_evenly(&slope.label, theme.label, bold, 0.3 * room.width())
            } else {
                Vec::new()
            };
            Some(Label {
                end: y.at(end.value?),
                value: end.written(chart.values, theme),
                name,
                bold,
                tones,
            })
        })
        .collect();
    labels.sort_by(|a, b| a.end.total_cmp(&b.end));
    labels
}

fn tops(
    labels: &[Label],
    (low, high): (f64, f64),
    theme: &Theme,
    count: usize,
) -> Result<Vec<f64>, ChartError> {
    let middles: Vec<f64> = labels.iter().map(|label| label.end).collect();
    let heights: Vec<f64> = labels.iter().map(|label| label.height(theme)).collect();
    spread(&middles, &heights, low, high).ok_or_else(|| {
        let fit = heights
            .iter()
            .scan(0.0, |sum, height| {
                *sum += height;
                Some(*sum)
            })
            .take_while(|sum| *sum <= high - low)
            .count();
        ChartError::TooMany {
            count,
            what: "slopes",
            fit,
            way_out: "keep the largest, or choose a taller size",
        }
    })
}

fn value_text(label: &Label, x: f64, middle: f64, theme: &Theme) -> Text {
    let baseline = middle + 0.5 * font::CAP_HEIGHT * theme.label;
    let colour = label.tones.text;
    let mut text = Text::new(
        "value",
        label.value.clone(),
        (x, baseline),
        theme.label,
        colour,
    );
    text.bold = label.bold;
    text
}

fn name_texts<'l>(
    label: &'l Label,
    x: f64,
    middle: f64,
    anchor: Anchor,
    theme: &'l Theme,
) -> impl Iterator<Item = Text> + 'l {
    let step = LEADING * theme.label;
    let first = middle + 0.5 * font::CAP_HEIGHT * theme.label
        - 0.5 * label.name.len().saturating_sub(1) as f64 * step;
    label.name.iter().enumerate().map(move |(row, name)| {
        let place = (x, first + row as f64 * step);
        let mut text = Text::new("label", name.clone(), place, theme.label, label.tones.text);
        text.bold = label.bold;
        text.anchor = anchor;
        text
    })
}

/// A thin stroke from an end to a label that had to move.
fn leader(from: (f64, f64), to: (f64, f64), scale: f64) -> Option<Shape> {
    ((from.1 - to.1).abs() > 3.0 * scale).then(|| {
        Shape::stroked(
            "leader",
            Form::Path(vec![from, to]),
            Stroke::solid(MUTED_TEXT, 0.6 * scale),
        )
    })
}

/// The line of one category with its dots.
fn group(chart: &SlopeChart, slope: &Slope, x: [f64; 2], y: &Axis, scale: f64) -> Group {
    let tones = chart.tones(slope);
    let muted = tones == MUTED;
    let dash = slope.dash();
    let colour = if dash == crate::chart::layout::Dash::Dotted {
        pieces::paler(tones.line)
    } else {
        tones.line
    };
    let width = if muted { 1.5 } else { 2.5 } * scale;
    let places: Vec<(f64, f64)> = slope
        .ends
        .iter()
        .zip(x)
        .filter_map(|(end, x)| Some((x, y.at(end.value?))))
        .collect();
    let mut shapes = Vec::new();
    for (end, x) in slope.ends.iter().zip(x) {
        if let (Some(_), Some(low), Some(high)) = (end.value, end.low, end.high) {
            let (low, high) = ((x, y.at(low)), (x, y.at(high)));
            shapes.push(pieces::whisker(low, high, scale));
        }
    }
    if places.len() == 2 {
        shapes.push(pieces::line(places, colour, width, dash));
    }
    let radius = if muted { 3.0 } else { 4.0 } * scale;
    for (end, x) in slope.ends.iter().zip(x) {
        let Some(value) = end.value else { continue };
        let filling = if end.is_loose() {
            Filling::Hollow
        } else {
            Filling::Full
        };
        let at = (x, y.at(value));
        shapes.extend(pieces::dot(at, radius, tones, filling, scale));
        if end.marks.at_least {
            shapes.extend(pieces::arrow(at, tones.line, scale));
        }
    }
    Group {
        class: if muted { "series muted" } else { "series" },
        label: slope.label.clone(),
        shapes,
    }
}
