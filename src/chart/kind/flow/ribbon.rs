//! One ribbon: its shape, its edges and its number.

use crate::chart::kind::movement::{Movement, ribbon_fill};
use crate::chart::layout::{Dash, Form, Shape, Stroke, Theme};
use crate::chart::palette::{INK, MUTED, Tones, WHITE};
use crate::chart::spec::ValueKind;
use crate::chart::text::{Anchor, Text};
use crate::chart::{font, number};

/// A ribbon between two upright edges, as high everywhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Its left and right end in px.
    pub x: (f64, f64),
    /// Its top at both ends.
    pub tops: (f64, f64),
    /// Its height.
    pub height: f64,
}

impl Band {
    /// Its upper edge, moved down by `by`: a Bézier curve that leaves and arrives level.
    fn edge(&self, by: f64) -> Vec<(f64, f64)> {
        const STEPS: u32 = 40;
        (0..=STEPS)
            .map(|step| self.point(f64::from(step) / f64::from(STEPS), by))
            .collect()
    }

    fn point(&self, t: f64, by: f64) -> (f64, f64) {
        let s = 1.0 - t;
        let blend = |a: f64, b: f64, c: f64, d: f64| {
            s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
        };
        let (from, to) = (self.tops.0 + by, self.tops.1 + by);
        let middle = f64::midpoint(self.x.0, self.x.1);
        (
            blend(self.x.0, middle, middle, self.x.1),
            blend(from, from, to, to),
        )
    }

    /// Its top where it passes `x`.
    fn top_at(&self, x: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..30 {
            let t = f64::midpoint(low, high);
            if self.point(t, 0.0).0 < x {
                low = t;
            } else {
                high = t;
            }
        }
        self.point(f64::midpoint(low, high), 0.0).1
    }
}

/// Ribbons under this height in px (at scale 1) are strokes rather than areas: they lie behind those
/// of their kind, and have no outline, which would cut those below them.
const THIN: f64 = 3.0;

/// The order of drawing: grey before colours, of each the strokes first, then the largest, so that
/// small ones are seen.
pub fn from_back_to_front(bands: &[Band], tones: &[Tones], theme: &Theme) -> Vec<usize> {
    let mut order: Vec<usize> = (0..bands.len()).collect();
    let is_area = |index: usize| bands[index].height >= THIN * theme.scale;
    order.sort_by(|a, b| {
        (tones[*a] != MUTED, is_area(*a))
            .cmp(&(tones[*b] != MUTED, is_area(*b)))
            .then(bands[*b].height.total_cmp(&bands[*a].height))
    });
    order
}

/// The shapes of a ribbon. Where many cross, a light outline keeps them apart.
pub fn shapes(
    band: &Band,
    movement: &Movement,
    tones: Tones,
    outlined: bool,
    theme: &Theme,
) -> Vec<Shape> {
    let (upper, lower) = (band.edge(0.0), band.edge(band.height));
    let area: Vec<(f64, f64)> = upper
        .iter()
        .copied()
        .chain(lower.iter().rev().copied())
        .collect();
    let uncertain = movement.is_uncertain();
    let fill = ribbon_fill(tones, uncertain);
    let mut shapes = vec![Shape {
        seamless: true,
        ..Shape::filled("ribbon", Form::Polygon(area), fill)
    }];
    let marks = movement.marks;
    if uncertain {
        let dash = if marks.projected {
            Dash::Dotted
        } else if marks.estimated {
            Dash::Dashed
        } else {
            Dash::Solid
        };
        let stroke = Stroke {
            colour: tones.line,
            width: theme.scale,
            dash,
        };
        let edges = if band.height < THIN * theme.scale {
            vec![band.edge(band.height / 2.0)]
        } else {
            vec![upper, lower]
        };
        let edge = |points| Shape::stroked("edge", Form::Path(points), stroke);
        shapes.extend(edges.into_iter().map(edge));
    } else if outlined && band.height >= THIN * theme.scale {
        let stroke = Stroke::solid(WHITE, 0.8 * theme.scale);
        shapes
            .extend([upper, lower].map(|edge| Shape::stroked("outline", Form::Path(edge), stroke)));
    }
    if marks.at_least {
        let half = (0.4 * band.height).clamp(3.0 * theme.scale, 6.0 * theme.scale);
        let middle = band.tops.1 + band.height / 2.0;
        let tip = band.x.1 - 2.0 * theme.scale;
        let arrow = vec![
            (tip, middle),
            (tip - 1.4 * half, middle - half),
            (tip - 1.4 * half, middle + half),
        ];
        shapes.push(Shape::filled("at-least", Form::Polygon(arrow), tones.line));
    }
    shapes
}

/// The number of a ribbon inside its right end, where it fits and nothing else lies.
pub fn value(bands: &[Band], index: usize, movement: &Movement, theme: &Theme) -> Option<Text> {
    let band = bands.get(index)?;
    let pad = 2.0 * theme.scale;
    let arrow = if movement.marks.at_least { 10.0 } else { 0.0 };
    let right = band.x.1 - (6.0 + arrow) * theme.scale;
    let value = movement.value?;
    let word = number::word(
        movement
            .qualifier
            .unwrap_or(crate::figure::Qualifier::Exact),
        theme.language,
    );
    let content = format!(
        "{word}{}",
        number::short(value, ValueKind::Count, theme.language)
    );
    let mut text = Text::new("value", content, (right, 0.0), theme.small, INK);
    text.anchor = Anchor::End;
    let middle = right - text.width() / 2.0;
    text.baseline = band.top_at(middle) + 0.5 * band.height + 0.5 * font::CAP_HEIGHT * theme.small;
    let bounds = text.bounds();
    let inside = |x: f64| {
        let top = band.top_at(x);
        top + pad <= bounds.top && bounds.bottom + pad <= top + band.height
    };
    let is_clear = |other: &Band| {
        [bounds.left, middle, bounds.right].iter().all(|x| {
            let top = other.top_at(*x);
            top >= bounds.bottom || top + other.height <= bounds.top
        })
    };
    let others = || {
        let all = bands.iter().enumerate();
        all.filter(|(other, _)| *other != index)
            .map(|(_, band)| band)
    };
    let fits = bounds.left > f64::midpoint(band.x.0, band.x.1)
        && inside(bounds.left)
        && inside(bounds.right)
        && others().all(is_clear);
    fits.then_some(text)
}
