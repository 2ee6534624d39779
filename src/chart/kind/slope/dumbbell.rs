//! Two dots in a row for each category: hollow the earlier, full the later.

use super::{Slope, SlopeChart};
use crate::chart::kind::pieces::{self, Filling};
use crate::chart::layout::{Axis, Body, Dash, Form, Group, Laid, Shape, Stroke, Theme};
use crate::chart::palette::{GRID, INK, MUTED, MUTED_TEXT};
use crate::chart::text::{LEADING, Rect, Text, one_line, wrap_evenly};
use crate::chart::words::fill;
use crate::chart::{ChartError, font};

/// The words of one row and how wide they are.
struct Row<'a> {
    slope: &'a Slope,
    name: Vec<String>,
    /// What is written left of the left dot, and right of the right one.
    sides: [Words; 2],
    detail: String,
}

/// A value as it is written.
#[derive(Default)]
struct Words {
    content: String,
    bold: bool,
    width: f64,
}

/// Radius of the earlier and the later dot, in px at scale 1.
const RADII: [f64; 2] = [4.0, 5.0];
/// Distance between a dot and its value.
const GAP: f64 = 10.0;

/// Lays out rows in the room between subtitle and notes.
pub fn lay(chart: &SlopeChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let scale = theme.scale;
    let rows: Vec<Row> = chart
        .in_order()
        .into_iter()
        .map(|slope| row(chart, slope, room, theme))
        .collect();
    let key_height = 1.9 * LEADING * theme.label;
    let available = room.height() - key_height;
    let least = |row: &Row| row.name.len().max(1) as f64 * LEADING * theme.label + 3.0 * scale;
    let needed: f64 = rows.iter().map(least).sum();
    if needed > available {
        let fit = rows
            .iter()
            .scan(0.0, |sum, row| {
                *sum += least(row);
                Some(*sum)
            })
            .take_while(|sum| *sum <= available)
            .count();
        return Err(ChartError::TooMany {
            count: rows.len(),
            what: "rows",
            fit,
            way_out: "keep the largest and gather the rest in one, or choose a taller size",
        });
    }
    let even = (available / rows.len() as f64).min(56.0 * scale);
    let highest = rows.iter().map(least).fold(0.0, f64::max);
    let spare = (available - needed) / rows.len() as f64;
    let height = |row: &Row| {
        if highest <= even {
            even
        } else {
            least(row) + spare
        }
    };

    let name_width = rows
        .iter()
        .flat_map(|row| {
            row.name
                .iter()
                .map(|line| font::width(line, theme.label, row.slope.emphasis))
        })
        .fold(0.0, f64::max);
    let widest = |side: usize| {
        rows.iter()
            .map(|row| {
                let detail = font::width(&row.detail, theme.small, false);
                let own = row.sides[side].width;
                if side == 1 && detail > 0.0 {
                    own + 7.0 * scale + detail
                } else {
                    own
                }
            })
            .fold(0.0, f64::max)
    };
    let names_end = room.left + name_width;
    let left = names_end + 14.0 * scale + widest(0) + GAP * scale;
    let right = room.right - widest(1) - (GAP + 8.0) * scale;
    if right - left < 90.0 * scale {
        return Err(ChartError::NoRoom {
            width: (room.right + theme.margin).round() as u32,
            height: (room.bottom + theme.margin).round() as u32,
        });
    }
    let x = chart.axis((left, right));

    let (mut texts, mut groups) = key(chart, room, theme)?;
    let mut top = room.top + key_height;
    for row in &rows {
        let middle = top + height(row) / 2.0;
        top += height(row);
        draw(
            chart,
            row,
            middle,
            &x,
            room.left,
            theme,
            &mut texts,
            &mut groups,
        );
    }
    Ok(Laid {
        body: Body::Shapes(groups),
        texts,
        notes: Vec::new(),
        bottom: Some(top),
    })
}

fn row<'a>(chart: &SlopeChart, slope: &'a Slope, room: Rect, theme: &Theme) -> Row<'a> {
    let name = wrap_evenly(
        &slope.label,
        theme.label,
        slope.emphasis,
        0.3 * room.width(),
    );
    let words = |moment: usize| {
        let content = slope.ends[moment].written(chart.values, theme);
        let bold = moment == 1;
        Words {
            width: font::width(&content, theme.label, bold),
            content,
            bold,
        }
    };
    let values = [slope.ends[0].value, slope.ends[1].value];
    let (sides, missing) = match values {
        [Some(earlier), Some(later)] if earlier > later => ([words(1), words(0)], None),
        [Some(_), Some(_)] => ([words(0), words(1)], None),
        [None, _] => ([Words::default(), words(1)], Some(0)),
        [Some(_), None] => ([Words::default(), words(0)], Some(1)),
    };
    let detail = missing.map_or_else(String::new, |moment: usize| {
        fill(
            theme.words().slope.no_figure_at,
            &[&one_line(&chart.moments[moment])],
        )
    });
    Row {
        slope,
        name,
        sides,
        detail,
    }
}

/// What the two dots mean, above the rows.
fn key(
    chart: &SlopeChart,
    room: Rect,
    theme: &Theme,
) -> Result<(Vec<Text>, Vec<Group>), ChartError> {
    let scale = theme.scale;
    let baseline = room.top + 0.95 * theme.label;
    let middle = baseline - 0.5 * font::CAP_HEIGHT * theme.label;
    let tones = if chart.slopes.iter().all(|slope| chart.tones(slope) == MUTED) {
        MUTED
    } else {
        crate::chart::palette::EMPHASIS
    };
    let (mut texts, mut shapes) = (Vec::new(), Vec::new());
    let mut x = room.left;
    for (moment, (name, radius)) in chart.moments.iter().zip(RADII).enumerate() {
        let filling = if moment == 0 {
            Filling::Earlier
        } else {
            Filling::Full
        };
        let at = (x + 6.0 * scale, middle);
        shapes.extend(pieces::dot(at, radius * scale, tones, filling, scale));
        let place = (x + 17.0 * scale, baseline);
        let mut text = Text::new("moment", one_line(name), place, theme.label, INK);
        text.bold = moment == 1;
        x = place.0 + text.width() + 22.0 * scale;
        texts.push(text);
    }
    if x - 22.0 * scale > room.right {
        return Err(ChartError::NoRoom {
            width: (room.right + theme.margin).round() as u32,
            height: (room.bottom + theme.margin).round() as u32,
        });
    }
    let group = Group {
        class: "series key",
        shapes,
        ..Group::default()
    };
    Ok((texts, vec![group]))
}

#[expect(
    clippy::too_many_arguments,
    reason = "a row is drawn once, from what the whole chart has in common"
)]
fn draw(
    chart: &SlopeChart,
    row: &Row,
    middle: f64,
    x: &Axis,
    names_start: f64,
    theme: &Theme,
    texts: &mut Vec<Text>,
    groups: &mut Vec<Group>,
) {
    let scale = theme.scale;
    let slope = row.slope;
    let tones = chart.tones(slope);
    let muted = tones == MUTED;
    let baseline = middle + 0.5 * font::CAP_HEIGHT * theme.label;
    let step = LEADING * theme.label;
    let first = baseline - 0.5 * row.name.len().saturating_sub(1) as f64 * step;
    for (index, line) in row.name.iter().enumerate() {
        let place = (names_start, first + index as f64 * step);
        let mut text = Text::new("label", line.clone(), place, theme.label, INK);
        text.bold = slope.emphasis;
        texts.push(text);
    }
    let reach = slope
        .ends
        .iter()
        .filter(|end| end.value.is_some())
        .flat_map(|end| [end.low, end.value, end.high])
        .flatten()
        .map(|value| x.at(value));
    let start = reach.clone().fold(f64::INFINITY, f64::min);
    let end = reach.fold(f64::NEG_INFINITY, f64::max);
    let mut words_start = start - GAP * scale;
    let [before, after] = &row.sides;
    if !before.content.is_empty() {
        words_start -= before.width;
        texts.push(value_text(before, (words_start, baseline), theme));
    }
    let place = (end + GAP * scale, baseline);
    let text = value_text(after, place, theme);
    let detail_at = (place.0 + text.width() + 7.0 * scale, baseline);
    texts.push(text);
    if !row.detail.is_empty() {
        let detail = row.detail.clone();
        texts.push(Text::new(
            "detail",
            detail,
            detail_at,
            theme.small,
            MUTED_TEXT,
        ));
    }

    let mut shapes = Vec::new();
    let own_name = row
        .name
        .iter()
        .map(|line| font::width(line, theme.label, slope.emphasis))
        .fold(0.0, f64::max);
    let guide = (
        names_start + own_name + 8.0 * scale,
        words_start - 8.0 * scale,
    );
    if guide.1 - guide.0 > 16.0 * scale {
        shapes.push(Shape::stroked(
            "guide",
            Form::Path(vec![(guide.0, middle), (guide.1, middle)]),
            Stroke::solid(GRID, scale),
        ));
    }
    if let [Some(from), Some(to)] = [slope.ends[0].value, slope.ends[1].value] {
        let dash = slope.dash();
        let colour = if dash == Dash::Dotted {
            pieces::paler(tones.line)
        } else {
            tones.line
        };
        let width = if muted { 1.5 } else { 2.5 } * scale;
        let points = vec![(x.at(from), middle), (x.at(to), middle)];
        shapes.push(pieces::line(points, colour, width, dash));
    }
    for own in &slope.ends {
        if let (Some(_), Some(low), Some(high)) = (own.value, own.low, own.high) {
            let (low, high) = ((x.at(low), middle), (x.at(high), middle));
            shapes.push(pieces::whisker(low, high, scale));
        }
    }
    // The small ring of the earlier stays visible on the later where both are one.
    for moment in [1, 0] {
        let own = slope.ends[moment];
        let Some(value) = own.value else { continue };
        let filling = match (own.is_loose(), moment) {
            (true, _) => Filling::Pale,
            (false, 0) => Filling::Earlier,
            (false, _) => Filling::Full,
        };
        let at = (x.at(value), middle);
        shapes.extend(pieces::dot(
            at,
            RADII[moment] * scale,
            tones,
            filling,
            scale,
        ));
        if own.marks.at_least {
            shapes.extend(pieces::arrow(at, tones.line, 0.75 * scale));
        }
    }
    groups.push(Group {
        class: if muted { "series muted" } else { "series" },
        label: slope.label.clone(),
        shapes,
    });
}

fn value_text(words: &Words, place: (f64, f64), theme: &Theme) -> Text {
    let mut text = Text::new("value", words.content.clone(), place, theme.label, INK);
    text.bold = words.bold;
    text
}
