//! Names around the circle: horizontal, beside the arcs they belong to, none on another.

use std::f64::consts::PI;

use super::ring::{Arc, polar};
use crate::chart::layout::Theme;
use crate::chart::layout::spread::spread;
use crate::chart::palette::INK;
use crate::chart::spec::ValueKind;
use crate::chart::text::{LEADING, Rect, Text, wrap, wrap_evenly};
use crate::chart::words::fill;
use crate::chart::{font, number};

/// Distance between the circle and a name, at scale 1.
pub const CLEAR: f64 = 12.0;

/// The rows of text of one place.
#[derive(Debug, Clone)]
pub struct Name {
    rows: Vec<Vec<Text>>,
    /// Width of the widest row in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
}

/// Where the names are, for one way to turn the circle.
pub struct Placed {
    /// The texts.
    pub texts: Vec<Text>,
    /// Strokes from arcs to names that are not beside them.
    pub leaders: Vec<[(f64, f64); 2]>,
    /// How far names are from their arcs, in all.
    pub strain: f64,
}

/// Name and numbers of a place: in one row where they fit, else the numbers below.
pub fn name(arc: &Arc<'_>, limit: f64, theme: &Theme) -> Name {
    let mut parts = Vec::new();
    let words = &theme.words().movement;
    for (number, word) in [(arc.out, words.out), (arc.into, words.into)] {
        if let Some(number) = number.filter(|number| *number > 0.0) {
            let number = number::short(number, ValueKind::Count, theme.language);
            parts.push(fill(word, &[&number]));
        }
    }
    let content = if parts.is_empty() {
        match arc.out.or(arc.into) {
            Some(_) => "0".to_owned(),
            None => theme.words().numbers.no_figure.to_owned(),
        }
    } else {
        parts.join(theme.language.comma())
    };
    let mut rows: Vec<Vec<Text>> = wrap_evenly(arc.name, theme.label, true, limit)
        .into_iter()
        .map(|line| {
            let mut text = Text::new("label", line, (0.0, 0.0), theme.label, INK);
            text.bold = true;
            vec![text]
        })
        .collect();
    let mut value = Text::new("value", content, (0.0, 0.0), theme.small, INK);
    let beside = rows.last().map_or(0.0, |row| width(row)) + 6.0 * theme.scale;
    match rows.last_mut() {
        Some(last) if beside + value.width() <= limit => {
            value.x = beside;
            last.push(value);
        }
        _ => {
            for line in wrap(&value.content, theme.small, false, limit) {
                rows.push(vec![Text {
                    content: line,
                    ..value.clone()
                }]);
            }
        }
    }
    Name {
        width: rows.iter().map(|row| width(row)).fold(0.0, f64::max),
        height: rows.len() as f64 * LEADING * theme.label,
        rows,
    }
}

fn width(row: &[Text]) -> f64 {
    row.last().map_or(0.0, |text| text.x + text.width())
}

/// Places the names around a circle; none where they do not fit without a stroke through one.
pub fn place(
    arcs: &[Arc<'_>],
    names: &[Name],
    centre: (f64, f64),
    radius: f64,
    room: Rect,
    theme: &Theme,
) -> Option<Placed> {
    let scale = theme.scale;
    let reach = radius + CLEAR * scale;
    let middle = |arc: &Arc<'_>| f64::midpoint(arc.angles.0, arc.angles.1).rem_euclid(2.0 * PI);
    let mut placed = Placed {
        texts: Vec::new(),
        leaders: Vec::new(),
        strain: 0.0,
    };
    let mut boxes: Vec<Rect> = Vec::new();
    for right in [true, false] {
        let mut side: Vec<usize> = (0..arcs.len())
            .filter(|index| (middle(&arcs[*index]) < PI) == right)
            .collect();
        let y = |index: &usize| polar(centre, middle(&arcs[*index]), reach).1;
        side.sort_by(|a, b| y(a).total_cmp(&y(b)));
        let heights: Vec<f64> = side
            .iter()
            .map(|index| names[*index].height + 3.0 * scale)
            .collect();
        let wanted: Vec<f64> = side.iter().map(y).collect();
        let tops = spread(&wanted, &heights, room.top, room.bottom)?;
        for ((index, top), height) in side.iter().zip(tops).zip(heights) {
            let name = &names[*index];
            let mid = top + height / 2.0;
            let (upper, lower) = (mid - name.height / 2.0, mid + name.height / 2.0);
            // As near to the circle as its nearest corner allows.
            let nearest = centre.1.clamp(upper, lower) - centre.1;
            let out = (reach * reach - nearest * nearest).max(0.0).sqrt();
            let out = out.max(8.0 * scale);
            let (left, edge) = if right {
                (centre.0 + out, centre.0 + out)
            } else {
                (centre.0 - out - name.width, centre.0 - out)
            };
            if left < room.left - 0.01 || left + name.width > room.right + 0.01 {
                return None;
            }
            boxes.push(Rect {
                left,
                top: upper,
                right: left + name.width,
                bottom: lower,
            });
            placed.texts.extend(texts(name, left, upper, right, theme));
            let from = polar(centre, middle(&arcs[*index]), radius + 2.0 * scale);
            let gap = if right { -3.0 } else { 3.0 } * scale;
            // To the row that is nearest.
            let half = 0.5 * LEADING * theme.label;
            let first = upper + half;
            let to = (edge + gap, from.1.clamp(first, (lower - half).max(first)));
            let apart = (from.0 - to.0).hypot(from.1 - to.1);
            placed.strain += apart * apart;
            if apart > (CLEAR + 6.0) * scale {
                placed.leaders.push([from, to]);
            }
        }
    }
    let free = |rect: &Rect| {
        let mut strokes = placed.leaders.iter();
        strokes.all(|[from, to]| !rect.is_crossed(*from, *to))
    };
    let outside = |[from, to]: &[(f64, f64); 2]| distance(centre, *from, *to) > radius + 0.5;
    let apart = placed.leaders.iter().enumerate().all(|(index, one)| {
        let mut others = placed.leaders[index + 1..].iter();
        others.all(|other| !cross(one, other))
    });
    // The two sides may meet above or below the circle.
    let clear = boxes.iter().enumerate().all(|(index, one)| {
        let mut others = boxes[index + 1..].iter();
        others.all(|other| !one.overlaps(other))
    });
    (boxes.iter().all(free) && placed.leaders.iter().all(outside) && apart && clear)
        .then_some(placed)
}

fn texts(name: &Name, left: f64, top: f64, starts: bool, theme: &Theme) -> Vec<Text> {
    let row_height = LEADING * theme.label;
    let mut texts = Vec::new();
    for (index, row) in name.rows.iter().enumerate() {
        let own = if starts { 0.0 } else { name.width - width(row) };
        texts.extend(row.iter().cloned().map(|mut text| {
            text.x += left + own;
            text.baseline =
                top + (index as f64 + 0.5) * row_height + 0.5 * font::CAP_HEIGHT * theme.label;
            text
        }));
    }
    texts
}

/// Distance between a place and a straight stroke.
fn distance(place: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).max(f64::MIN_POSITIVE);
    let share = ((place.0 - from.0) * dx + (place.1 - from.1) * dy) / length;
    let share = share.clamp(0.0, 1.0);
    (from.0 + share * dx - place.0).hypot(from.1 + share * dy - place.1)
}

fn cross([a, b]: &[(f64, f64); 2], [c, d]: &[(f64, f64); 2]) -> bool {
    let turn = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| {
        (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0)
    };
    turn(*a, *b, *c) * turn(*a, *b, *d) < 0.0 && turn(*c, *d, *a) * turn(*c, *d, *b) < 0.0
}
