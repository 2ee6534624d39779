//! Horizontal bars: the largest first, names on the left, values at the ends instead of an axis.

use std::cmp::Ordering;

use super::{Bar, BarChart, BarStyle};
use crate::chart::layout::{Axis, Body, Dash, Laid, Theme, paint};
use crate::chart::palette::{Colour, EMPHASIS, INK, MUTED, MUTED_TEXT, Tones};
use crate::chart::spec::ValueKind;
use crate::chart::text::{LEADING, Rect, Text, one_line, wrap_evenly};
use crate::chart::{ChartError, font, number};

/// Horizontal bars.
#[derive(Debug, Clone, PartialEq)]
pub struct BarBody {
    /// Values to px.
    pub x: Axis,
    /// The bars from top to bottom.
    pub bars: Vec<BarShape>,
    /// Radius in px of the disc at the end of a stem; none for broad bars.
    pub disc: Option<f64>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct BarShape {
    /// Top edge in px.
    pub top: f64,
    /// Bottom edge in px.
    pub bottom: f64,
    /// The value; none draws nothing.
    pub value: Option<f64>,
    /// Fill.
    pub fill: Colour,
    /// Edge of a bar that is not firm: colour and whether it is broken.
    pub edge: Option<(Colour, Dash)>,
    /// Low and high end of the range.
    pub range: Option<(f64, f64)>,
    /// Whether it is a lower bound: an arrow at its end.
    pub open: bool,
}

/// Share of a row that the bar fills; the rest is the gap.
const THICKNESS: f64 = 0.7;

/// What is written at the end of a bar.
struct End {
    value: String,
    detail: String,
    width: f64,
}

/// Lays out bars in the room between subtitle and notes.
pub fn lay(chart: &BarChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let (bars, values) = (&chart.bars, chart.values);
    let scale = theme.scale;
    let order = chart.in_order();
    let column = 0.3 * room.width();
    let names: Vec<Vec<String>> = order
        .iter()
        .map(|bar| wrap_evenly(&bar.label, theme.label, bar.emphasis, column))
        .collect();
    let most_lines = names.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let least_row = |lines: usize| lines as f64 * LEADING * theme.label + 3.0 * scale;
    let needed: f64 = names
        .iter()
        .map(|lines| least_row(lines.len().max(1)))
        .sum();
    if needed > room.height() {
        let fit = names
            .iter()
            .scan(0.0, |sum, lines| {
                *sum += least_row(lines.len().max(1));
                Some(*sum)
            })
            .take_while(|sum| *sum <= room.height())
            .count();
        return Err(ChartError::TooManyBars {
            bars: bars.len(),
            fit,
        });
    }
    // Rows of one height look calmer; only where that does not fit do long names get more.
    let even = room.height() / order.len() as f64;
    let row = even.min(60.0 * scale);
    let rows: Vec<f64> = if least_row(most_lines) <= row {
        vec![row; order.len()]
    } else {
        let spare = (room.height() - needed) / order.len() as f64;
        names
            .iter()
            .map(|lines| least_row(lines.len().max(1)) + spare)
            .collect()
    };
    let thickness = THICKNESS * rows.iter().copied().fold(f64::INFINITY, f64::min);

    let name_width = names
        .iter()
        .zip(&order)
        .flat_map(|(lines, bar)| {
            lines
                .iter()
                .map(|line| font::width(line, theme.label, bar.emphasis))
        })
        .fold(0.0, f64::max);
    let ends: Vec<End> = order.iter().map(|bar| end(bar, values, theme)).collect();
    let left = room.left + name_width + 12.0 * scale;
    let disc = match chart.style {
        BarStyle::Bar => None,
        BarStyle::Lollipop => Some((0.4 * thickness).min(7.0 * scale)),
    };
    let radius = disc.unwrap_or(0.0);
    let x = axis(&order, &ends, (left, room.right), radius, scale).ok_or(ChartError::NoRoom {
        width: room.right.round() as u32,
        height: room.bottom.round() as u32,
    })?;

    let any_emphasis = bars.iter().any(|bar| bar.emphasis);
    let (mut texts, mut shapes) = (Vec::new(), Vec::new());
    let mut top = room.top;
    for (((bar, lines), end), row) in order.iter().zip(names).zip(ends).zip(rows) {
        let middle = top + row / 2.0;
        let tones = if bar.emphasis || !any_emphasis {
            EMPHASIS
        } else {
            MUTED
        };
        let baseline = middle + 0.5 * font::CAP_HEIGHT * theme.label;
        let first = baseline - 0.5 * (lines.len().max(1) - 1) as f64 * LEADING * theme.label;
        for (index, line) in lines.into_iter().enumerate() {
            let place = (room.left, first + index as f64 * LEADING * theme.label);
            let mut text = Text::new("label", line, place, theme.label, INK);
            text.bold = bar.emphasis;
            texts.push(text);
        }
        texts.extend(end_texts(bar, end, &x, (radius, baseline), theme));
        shapes.push(shape(
            bar,
            tones,
            middle - thickness / 2.0,
            middle + thickness / 2.0,
        ));
        top += row;
    }
    Ok(Laid {
        texts,
        notes: Vec::new(),
        bottom: Some(top),
        body: Body::Bars(BarBody {
            x,
            bars: shapes,
            disc,
        }),
    })
}

/// The largest first; what has no number after them; the rest that gathers others last.
pub fn by_size(a: &Bar, b: &Bar) -> Ordering {
    let size = |bar: &Bar| bar.value.or(bar.low).or(bar.high);
    let present = |bar: &Bar| size(bar).is_some();
    a.is_rest
        .cmp(&b.is_rest)
        .then(present(b).cmp(&present(a)))
        .then(size(b).unwrap_or(0.0).total_cmp(&size(a).unwrap_or(0.0)))
}

fn end(bar: &Bar, values: ValueKind, theme: &Theme) -> End {
    let value = number::qualified(
        bar.value,
        (bar.low, bar.high),
        bar.qualifier,
        values,
        theme.language,
    );
    let mut details = vec![one_line(&bar.detail)];
    if bar.discontinued {
        details.push(theme.words().bars.discontinued.to_owned());
    }
    details.retain(|detail| !detail.is_empty());
    let detail = details.join(theme.language.comma());
    let gap = if detail.is_empty() {
        0.0
    } else {
        7.0 * theme.scale
    };
    let width =
        font::width(&value, theme.label, true) + gap + font::width(&detail, theme.small, false);
    End {
        value,
        detail,
        width,
    }
}

/// The scale on which the longest bar and what is written at its end just fit.
fn axis(
    bars: &[&Bar],
    ends: &[End],
    (left, right): (f64, f64),
    radius: f64,
    scale: f64,
) -> Option<Axis> {
    let reach = |bar: &Bar| {
        let all = [bar.value, bar.low, bar.high].into_iter().flatten();
        all.fold((0.0_f64, 0.0_f64), |(low, high), v| {
            (low.min(v), high.max(v))
        })
    };
    let low = bars.iter().map(|bar| reach(bar).0).fold(0.0, f64::min);
    let high = bars.iter().map(|bar| reach(bar).1).fold(0.0, f64::max);
    let pad = 14.0 * scale + radius;
    let (mut before, mut after) = (0.0_f64, 0.0_f64);
    // The room for words on each side depends on the scale, and the scale on that room; the
    // widest px per value that leaves room for all is found by halving.
    let fits = |unit: f64, before: &mut f64, after: &mut f64| {
        *before = -low * unit;
        *after = high * unit;
        for (bar, end) in bars.iter().zip(ends) {
            let (own_low, own_high) = reach(bar);
            if bar.value.is_some_and(|value| value < 0.0) {
                *before = before.max(-own_low * unit + end.width + pad);
            } else {
                *after = after.max(own_high * unit + end.width + pad);
            }
        }
        *before + *after <= right - left
    };
    let (mut least, mut most) = (0.0, (right - left) / (high - low).max(f64::MIN_POSITIVE));
    if !fits(least, &mut before, &mut after) {
        return None;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(least, most);
        if fits(middle, &mut before, &mut after) {
            least = middle;
        } else {
            most = middle;
        }
    }
    fits(least, &mut before, &mut after);
    let zero = left + before;
    let domain = if high > low { (low, high) } else { (0.0, 1.0) };
    // All values zero: any scale is right.
    let unit = if high > low { least } else { 1.0 };
    Some(Axis {
        domain,
        range: (zero + domain.0 * unit, zero + domain.1 * unit),
    })
}

fn end_texts(
    bar: &Bar,
    end: End,
    x: &Axis,
    (radius, baseline): (f64, f64),
    theme: &Theme,
) -> Vec<Text> {
    let reach = [bar.value, bar.low, bar.high].into_iter().flatten();
    let negative = bar.value.is_some_and(|value| value < 0.0);
    let arrow = if bar.marks.at_least { 5.0 } else { 0.0 };
    let disc = if bar.value.is_some() { radius } else { 0.0 };
    let gap = (6.0 + arrow) * theme.scale + disc;
    let start = if negative {
        x.at(reach.fold(0.0, f64::min)) - gap - end.width
    } else {
        x.at(reach.fold(0.0, f64::max)) + gap
    };
    let mut value = Text::new("value", end.value, (start, baseline), theme.label, INK);
    value.bold = bar.value.is_some();
    let detail_at = start + value.width() + 7.0 * theme.scale;
    let mut texts = vec![value];
    if !end.detail.is_empty() {
        texts.push(Text::new(
            "detail",
            end.detail,
            (detail_at, baseline),
            theme.small,
            MUTED_TEXT,
        ));
    }
    texts
}

fn shape(bar: &Bar, tones: Tones, top: f64, bottom: f64) -> BarShape {
    let (fill, edge) = paint::fill(tones, bar.marks);
    BarShape {
        top,
        bottom,
        value: bar.value,
        fill,
        edge,
        range: bar.low.zip(bar.high),
        open: bar.marks.at_least,
    }
}
