//! Which colours series get, and how areas look whose numbers are not firm.

use super::{Dash, Form, Rect, Shape, Stroke};
use crate::chart::palette::{CATEGORIES, Colour, EMPHASIS, MUTED, Role, Tones, WHITE};
use crate::chart::spec::Marks;

/// Tones of each series by its role and whether it is emphasised, and whether it is context.
///
/// A role fixes the colour. Of the others, one that is emphasised has the main colour, several have
/// one each; up to six equals have one each when nothing is chosen. The rest is context.
pub fn tones(series: &[(Option<Role>, bool)]) -> Vec<(Tones, bool)> {
    let chosen = series
        .iter()
        .any(|(role, emphasis)| *emphasis || role.is_some());
    let emphasised = series.iter().filter(|(_, emphasis)| *emphasis).count();
    let equals = !chosen && series.len() <= CATEGORIES.len();
    let mut used: Vec<Tones> = Vec::new();
    let mut category = 0;
    series
        .iter()
        .map(|(role, emphasis)| {
            let wanted = match role {
                Some(role) => Some(role.tones()),
                None if *emphasis && emphasised == 1 => Some(EMPHASIS),
                None if *emphasis || equals => {
                    category += 1;
                    CATEGORIES.get(category - 1).copied()
                }
                None => None,
            };
            // A seventh colour would tell nobody anything.
            let allowed =
                wanted.filter(|tones| used.contains(tones) || used.len() < CATEGORIES.len());
            if let Some(tones) = allowed.filter(|tones| !used.contains(tones)) {
                used.push(tones);
            }
            allowed.map_or((MUTED, true), |tones| (tones, false))
        })
        .collect()
}

/// Tones of series that are stacked: context comes in steps of grey, so that neighbours differ, and
/// so does the last one when it gathers the rest.
pub fn stacked_tones(series: &[(Option<Role>, bool)], has_rest: bool) -> Vec<Tones> {
    const STEPS: [f64; 3] = [1.0, 0.4, 0.7];
    let (rest, parts) = match series.split_last() {
        Some((_, parts)) if has_rest => (vec![(MUTED, true)], parts),
        _ => (Vec::new(), series),
    };
    let mut grey = 0;
    tones(parts)
        .into_iter()
        .chain(rest)
        .map(|(tones, muted)| {
            if !muted {
                return tones;
            }
            grey += 1;
            Tones {
                fill: MUTED.fill.tint(STEPS[(grey - 1) % STEPS.len()]),
                ..tones
            }
        })
        .collect()
}

/// Fill of a number, and the edge of one that is not firm: its colour and how it is broken.
pub fn fill(tones: Tones, marks: Marks) -> (Colour, Option<(Colour, Dash)>) {
    let pale = tones.line.tint(0.25);
    if marks.projected {
        (pale, Some((tones.line, Dash::Dotted)))
    } else if marks.estimated {
        (pale, Some((tones.line, Dash::Dashed)))
    } else if marks.provisional || marks.prose {
        (pale, Some((tones.line, Dash::Solid)))
    } else {
        (tones.fill, None)
    }
}

/// Least contrast with the paper at which an area needs no outline.
pub const SEEN: f64 = 3.0;

/// A bar, column or segment: its area, and the edge or outline within that it needs.
pub fn bar(rect: Rect, tones: Tones, marks: Marks, scale: f64) -> Vec<Shape> {
    let (fill, edge) = self::fill(tones, marks);
    let least = rect.width().min(rect.height());
    if let Some((colour, dash)) = edge {
        let width = (1.5 * scale).min((least / 2.5).max(0.5));
        let stroke = Stroke {
            colour,
            width,
            dash,
        };
        return vec![
            Shape::filled("bar uncertain", Form::Rect(rect), fill),
            Shape::stroked("edge", inset(rect, width / 2.0), stroke),
        ];
    }
    if fill.contrast(WHITE) >= SEEN {
        return vec![Shape::filled("bar", Form::Rect(rect), fill)];
    }
    // A light area is seen by its outline; where there is no room for one, by the tone of lines.
    if least < 4.0 * scale {
        return vec![Shape::filled("bar", Form::Rect(rect), tones.line)];
    }
    let stroke = Stroke::solid(tones.line, scale);
    vec![
        Shape::filled("bar outlined", Form::Rect(rect), fill),
        Shape::stroked("contour", inset(rect, scale / 2.0), stroke),
    ]
}

/// A stroke along the inside of a rectangle; as a path, its broken edge has round ends.
pub fn inset(rect: Rect, by: f64) -> Form {
    let by = by.min(rect.width().min(rect.height()) / 4.0);
    let (left, right) = (rect.left + by, rect.right - by);
    let (top, bottom) = (rect.top + by, rect.bottom - by);
    Form::Path(vec![
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
    ])
}
