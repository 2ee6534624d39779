//! Shapes with their places in px, for kinds of chart that need no more than these.

use super::{Rect, Theme};
use crate::chart::palette::{CONTEXT, Colour};

/// How a stroke is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dash {
    /// Not at all.
    Solid,
    /// Dashes: estimated.
    Dashed,
    /// Dots: projected.
    Dotted,
}

/// Shapes that belong together: a group of the SVG.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// Its class in the SVG.
    pub class: &'static str,
    /// The name of what it stands for, such as that of a series; empty for none.
    pub label: String,
    /// From back to front.
    pub shapes: Vec<Shape>,
}

/// One shape with its paint.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Its class in the SVG, such as `bar`; the linter knows shapes by it.
    pub class: &'static str,
    /// Its form and place.
    pub form: Form,
    /// What it is filled with.
    pub fill: Option<Colour>,
    /// Its edge, or the stroke itself of a path.
    pub stroke: Option<Stroke>,
    /// Whether it also covers the hairline to neighbours of its own colour.
    pub seamless: bool,
}

/// A form and its place in px.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// An upright rectangle.
    Rect(Rect),
    /// A disc.
    Disc {
        /// Its centre.
        centre: (f64, f64),
        /// Its radius.
        radius: f64,
    },
    /// A closed area.
    Polygon(Vec<(f64, f64)>),
    /// An open stroke.
    Path(Vec<(f64, f64)>),
}

/// A stroke.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in px.
    pub width: f64,
    /// How it is broken.
    pub dash: Dash,
}

impl Stroke {
    /// An unbroken stroke.
    pub const fn solid(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dash: Dash::Solid,
        }
    }
}

impl Shape {
    /// A form that is filled and has no edge.
    pub const fn filled(class: &'static str, form: Form, fill: Colour) -> Self {
        Self {
            class,
            form,
            fill: Some(fill),
            stroke: None,
            seamless: false,
        }
    }

    /// A form that is only stroked.
    pub const fn stroked(class: &'static str, form: Form, stroke: Stroke) -> Self {
        Self {
            class,
            form,
            fill: None,
            stroke: Some(stroke),
            seamless: false,
        }
    }
}

/// Thin diagonal strokes over a rectangle, from low on the left to high on the right: no figure.
/// Their class is `no-figure`, and they end at the edges of the rectangle.
pub fn hatch(rect: Rect, theme: &Theme) -> Vec<Shape> {
    let pitch = 5.0 * theme.scale;
    let stroke = Stroke::solid(CONTEXT, 0.8 * theme.scale);
    // Each stroke lies where `x + y` is one number; the first lies half a pitch from the corner.
    let first = rect.left + rect.top;
    let last = rect.right + rect.bottom;
    let count = ((last - first) / pitch - 0.5).ceil().max(0.0) as usize;
    (0..count)
        .map(|index| {
            let sum = first + (index as f64 + 0.5) * pitch;
            let low = (sum - rect.bottom).max(rect.left);
            let high = (sum - rect.top).min(rect.right);
            let ends = vec![(low, sum - low), (high, sum - high)];
            Shape::stroked("no-figure", Form::Path(ends), stroke)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::spec::Size;

    #[test]
    fn a_hatch_stays_in_its_rectangle_and_leaves_no_corner_bare() {
        let theme = Theme::of(Size::ARTICLE);
        for (width, height) in [(40.0, 10.0), (3.0, 90.0), (5.0, 5.0), (0.0, 0.0)] {
            let rect = Rect {
                left: 7.0,
                top: 11.0,
                right: 7.0 + width,
                bottom: 11.0 + height,
            };
            let shapes = hatch(rect, &theme);
            assert_eq!(shapes.is_empty(), width == 0.0);
            for shape in &shapes {
                let Form::Path(points) = &shape.form else {
                    panic!()
                };
                for &(x, y) in points {
                    assert!((rect.left..=rect.right).contains(&x), "{x}");
                    assert!((rect.top - 1e-9..=rect.bottom + 1e-9).contains(&y), "{y}");
                }
            }
        }
    }
}
