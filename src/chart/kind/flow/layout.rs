//! Ribbons from one origin to its destinations, as wide as they are many.

use std::cmp::Ordering;

use super::{FlowChart, FlowTarget};
use crate::chart::layout::{Body, Laid, Theme};
use crate::chart::palette::{Colour, EMPHASIS, INK, MUTED, MUTED_TEXT};
use crate::chart::rows::plain;
use crate::chart::spec::ValueKind;
use crate::chart::text::{Anchor, LEADING, Rect, Text, one_line, wrap};
use crate::chart::words::fill;
use crate::chart::{ChartError, font, number};
use crate::figure::Qualifier;

/// Ribbons from one origin.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowBody {
    /// The upright bar of the origin.
    pub origin: Rect,
    /// One ribbon for each destination from top to bottom.
    pub ribbons: Vec<Ribbon>,
}

/// One ribbon.
#[derive(Debug, Clone, PartialEq)]
pub struct Ribbon {
    /// Where it begins: top and bottom in px.
    pub from: (f64, f64),
    /// Where it ends: the upright bar of the destination.
    pub to: Rect,
    /// Fill of the ribbon.
    pub fill: Colour,
    /// Fill of the bar at its end.
    pub end: Colour,
}

/// The largest part of the height that the origin takes; the rest fans the ribbons out.
const ORIGIN_SHARE: f64 = 0.66;

/// What is written beside the end of a ribbon.
struct Name {
    lines: Vec<Text>,
    height: f64,
    width: f64,
}

/// Lays out ribbons in the room between subtitle and notes.
pub fn lay(chart: &FlowChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let (origin, unit) = (&chart.origin, &chart.unit);
    let scale = theme.scale;
    let order = chart.in_order();
    let total: f64 = order.iter().map(|to| to.value).sum();
    let names: Vec<Name> = order
        .iter()
        .map(|to| name(to, total, room, theme))
        .collect();
    let gap = 4.0 * scale;
    let hairline = scale;

    let needed = |unit_height: f64| -> f64 {
        let slots = order
            .iter()
            .zip(&names)
            .map(|(to, name)| name.height.max(to.value * unit_height));
        slots.sum::<f64>() + gap * (order.len() - 1) as f64
    };
    if needed(0.0) > room.height() {
        let fit = names
            .iter()
            .scan(0.0, |sum, name| {
                *sum += name.height + gap;
                Some(*sum)
            })
            .take_while(|sum| *sum - gap <= room.height())
            .count();
        return Err(ChartError::TooManyDestinations {
            destinations: order.len(),
            fit,
        });
    }
    let (mut least, mut most) = (0.0, ORIGIN_SHARE * room.height() / total);
    for _ in 0..60 {
        let middle = f64::midpoint(least, most);
        if needed(middle) <= room.height() {
            least = middle;
        } else {
            most = middle;
        }
    }
    let unit_height = if needed(most) <= room.height() {
        most
    } else {
        least
    };
    let heights: Vec<f64> = order
        .iter()
        .map(|to| {
            if to.value > 0.0 {
                (to.value * unit_height).max(hairline)
            } else {
                0.0
            }
        })
        .collect();

    let (origin_texts, origin_width) =
        origin_texts(origin, (total, total_qualifier(&order)), unit, room, theme);
    let widest = names.iter().map(|name| name.width).fold(0.0, f64::max);
    let bar = 12.0 * scale;
    let from_left = room.left + origin_width + 10.0 * scale;
    let to_right = room.right - widest - 10.0 * scale;
    if to_right - from_left < 140.0 * scale {
        return Err(ChartError::NoRoom {
            width: room.right.round() as u32,
            height: room.bottom.round() as u32,
        });
    }

    let slots: Vec<f64> = names
        .iter()
        .zip(&heights)
        .map(|(name, height)| name.height.max(*height))
        .collect();
    let spare = room.height() - slots.iter().sum::<f64>();
    let between = if slots.len() > 1 {
        (spare / (slots.len() - 1) as f64).min(36.0 * scale)
    } else {
        0.0
    };
    let used = slots.iter().sum::<f64>() + between * (slots.len() - 1) as f64;
    let sum: f64 = heights.iter().sum();
    let middle = room.top + used.max(sum) / 2.0;
    let mut from = middle - sum / 2.0;
    let mut top = middle - used / 2.0;
    let block = Rect {
        left: from_left,
        top: from,
        right: from_left + bar,
        bottom: from + sum,
    };

    let any_emphasis = order.iter().any(|to| to.emphasis);
    let mut texts = Vec::new();
    let mut ribbons = Vec::new();
    for (index, name) in names.into_iter().enumerate() {
        let (to, height, slot) = (order[index], heights[index], slots[index]);
        let centre = top + slot / 2.0;
        let strong = to.emphasis || !any_emphasis;
        let tones = if strong { EMPHASIS } else { MUTED };
        if height > 0.0 {
            ribbons.push(Ribbon {
                from: (from, from + height),
                to: Rect {
                    left: to_right - bar,
                    top: centre - height / 2.0,
                    right: to_right,
                    bottom: centre + height / 2.0,
                },
                fill: if strong {
                    tones.fill.tint(0.45)
                } else {
                    tones.fill.tint(0.35)
                },
                end: tones.fill,
            });
        }
        let first = centre - name.height / 2.0;
        let mut y = first;
        for mut text in name.lines {
            text.x += to_right + 8.0 * scale;
            // Texts of one row share a baseline.
            text.baseline += y + 0.5 * LEADING * theme.label + 0.5 * font::CAP_HEIGHT * theme.label;
            y = first;
            texts.push(text);
        }
        from += height;
        top += slot + between;
    }
    for mut text in origin_texts {
        text.baseline += middle;
        texts.push(text);
    }
    let hairlines: Vec<&str> = order
        .iter()
        .filter(|to| to.value > 0.0 && to.value * unit_height < hairline)
        .map(|to| to.label.as_str())
        .collect();
    let notes = match hairlines.as_slice() {
        [] => Vec::new(),
        few => vec![fill(theme.words().flow.widened, &[&few.join(", ")])],
    };
    Ok(Laid {
        texts,
        notes,
        bottom: Some(room.top + used.max(sum)),
        body: Body::Flow(FlowBody {
            origin: block,
            ribbons,
        }),
    })
}

/// The largest first, the rest that gathers others last.
pub fn by_size(a: &FlowTarget, b: &FlowTarget) -> Ordering {
    a.is_rest.cmp(&b.is_rest).then(b.value.total_cmp(&a.value))
}

/// Name, value and share in one row where they fit, else the numbers under the name.
fn name(to: &FlowTarget, total: f64, room: Rect, theme: &Theme) -> Name {
    let limit = 0.36 * room.width();
    let row = LEADING * theme.label;
    let space = 7.0 * theme.scale;
    let value = plain(to.value, to.qualifier, ValueKind::Count, theme.language);
    let share = number::share(to.value, total, theme.language);
    let value = format!("{value} ({share})");
    let mut lines: Vec<Text> = wrap(&to.label, theme.label, true, limit)
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let mut text = Text::new("label", line, (0.0, index as f64 * row), theme.label, INK);
            text.bold = true;
            text
        })
        .collect();
    let rows = lines.len().max(1);
    let beside = lines.last().map_or(0.0, Text::width) + space;
    let mut number = Text::new(
        "value",
        value,
        (beside, (rows - 1) as f64 * row),
        theme.label,
        INK,
    );
    let mut y = number.baseline;
    if beside + number.width() > limit {
        y += row;
        (number.x, number.baseline) = (0.0, y);
    }
    lines.push(number);
    let detail = one_line(&to.detail);
    if !detail.is_empty() {
        for line in wrap(&detail, theme.small, false, limit) {
            y += row;
            lines.push(Text::new("detail", line, (0.0, y), theme.small, MUTED_TEXT));
        }
    }
    let width = lines
        .iter()
        .map(|text| text.x + text.width())
        .fold(0.0, f64::max);
    Name {
        height: y + row,
        width,
        lines,
    }
}

/// The word before a sum: one bound makes the sum a bound, anything else uncertain makes it about.
fn total_qualifier(order: &[&FlowTarget]) -> Qualifier {
    use Qualifier::{About, AtLeast, Exact, MoreThan};
    let words = || {
        order
            .iter()
            .filter_map(|to| to.qualifier)
            .filter(|word| *word != Exact)
    };
    if words().next().is_none() {
        Exact
    } else if words().all(|word| matches!(word, AtLeast | MoreThan)) {
        AtLeast
    } else {
        About
    }
}

/// Name, total and unit of the origin, right-aligned to its bar, around the middle.
fn origin_texts(
    origin: &str,
    (total, qualifier): (f64, Qualifier),
    unit: &str,
    room: Rect,
    theme: &Theme,
) -> (Vec<Text>, f64) {
    let row = LEADING * theme.label;
    let limit = 0.2 * room.width();
    let mut rows: Vec<(String, bool)> = wrap(origin, theme.label, true, limit)
        .into_iter()
        .map(|line| (line, true))
        .collect();
    let total = format!(
        "{}{}",
        number::word(qualifier, theme.language),
        number::full(total, ValueKind::Count, theme.language)
    );
    rows.push((total, false));
    rows.extend(
        wrap(unit, theme.label, false, limit)
            .into_iter()
            .map(|line| (line, false)),
    );
    let height = rows.len() as f64 * row;
    let texts: Vec<Text> = rows
        .into_iter()
        .enumerate()
        .map(|(index, (line, bold))| {
            let y =
                -height / 2.0 + (index as f64 + 0.5) * row + 0.5 * font::CAP_HEIGHT * theme.label;
            let class = if bold { "label" } else { "value" };
            let mut text = Text::new(class, line, (room.left, y), theme.label, INK);
            text.bold = bold;
            text.anchor = Anchor::Start;
            text
        })
        .collect();
    let width = texts.iter().map(Text::width).fold(0.0, f64::max);
    (texts, width)
}
