//! Numbers inside ribbons that are wide enough for them.

use super::ring::Chord;
use crate::chart::layout::Theme;
use crate::chart::palette::INK;
use crate::chart::spec::ValueKind;
use crate::chart::text::{Anchor, Rect, Text};
use crate::chart::{font, number};
use crate::figure::Qualifier;

/// Where along a ribbon a number is tried, from where it leaves to where it arrives.
const TRIES: [f64; 7] = [0.08, 0.12, 0.17, 0.23, 0.3, 0.4, 0.5];

/// A ribbon as it is drawn.
pub struct Area<'a> {
    /// What it stands for.
    pub chord: &'a Chord<'a>,
    /// Its two long edges, both from where it leaves to where it arrives.
    pub edges: [Vec<(f64, f64)>; 2],
    /// Its outline.
    pub outline: Vec<(f64, f64)>,
}

/// The numbers that fit inside their own ribbons and lie on no other.
pub fn values(areas: &[Area<'_>], theme: &Theme) -> Vec<Text> {
    let text = |index: usize| {
        let area = areas.get(index)?;
        let movement = area.chord.movement;
        let word = number::word(
            movement.qualifier.unwrap_or(Qualifier::Exact),
            theme.language,
        );
        let content = format!(
            "{word}{}",
            number::short(area.chord.value, ValueKind::Count, theme.language)
        );
        let mut text = Text::new("value", content, (0.0, 0.0), theme.small, INK);
        text.anchor = Anchor::Middle;
        TRIES.iter().find_map(|share| {
            let middle = middle(area, *share)?;
            text.x = middle.0;
            text.baseline = middle.1 + 0.5 * font::CAP_HEIGHT * theme.small;
            let room = padded(text.bounds(), 2.0 * theme.scale);
            let others = areas.iter().enumerate();
            let is_free = || {
                let mut others = others.clone().filter(|(other, _)| *other != index);
                others.all(|(_, other)| !touches(&other.outline, &room))
            };
            (holds(&area.outline, &room) && is_free()).then(|| text.clone())
        })
    };
    (0..areas.len()).filter_map(text).collect()
}

/// The middle between both edges at a share of the way.
fn middle(area: &Area<'_>, share: f64) -> Option<(f64, f64)> {
    let [a, b] = area.edges.each_ref().map(|edge| {
        let step = share * (edge.len().max(1) - 1) as f64;
        edge.get(step.round() as usize).copied()
    });
    let (a, b) = (a?, b?);
    Some((f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1)))
}

fn padded(rect: Rect, by: f64) -> Rect {
    Rect {
        left: rect.left - by,
        top: rect.top - by,
        right: rect.right + by,
        bottom: rect.bottom + by,
    }
}

fn crosses(outline: &[(f64, f64)], rect: &Rect) -> bool {
    let next = outline.iter().cycle().skip(1);
    let mut sides = outline.iter().zip(next);
    sides.any(|(from, to)| rect.is_crossed(*from, *to))
}

/// Whether a rectangle lies wholly inside an outline.
fn holds(outline: &[(f64, f64)], rect: &Rect) -> bool {
    !crosses(outline, rect) && is_inside(outline, (rect.left, rect.top))
}

/// Whether an outline and a rectangle have anything in common.
fn touches(outline: &[(f64, f64)], rect: &Rect) -> bool {
    crosses(outline, rect) || is_inside(outline, (rect.left, rect.top))
}

/// Whether a place lies inside an outline: a ray from it crosses the outline an odd number of times.
fn is_inside(outline: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let next = outline.iter().cycle().skip(1);
    let crossings = outline
        .iter()
        .zip(next)
        .filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0));
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_is_inside_outside_or_between() {
        let square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        let rect = |left: f64, top: f64| Rect {
            left,
            top,
            right: left + 2.0,
            bottom: top + 2.0,
        };
        assert!(holds(&square, &rect(4.0, 4.0)));
        assert!(!holds(&square, &rect(9.0, 4.0)) && touches(&square, &rect(9.0, 4.0)));
        assert!(!touches(&square, &rect(20.0, 4.0)));
    }
}
