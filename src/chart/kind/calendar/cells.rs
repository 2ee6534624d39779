//! The cells of days, and how their marks look.

use super::classes::Classes;
use crate::chart::layout::{Dash, Form, Shape, Stroke};
use crate::chart::palette::{BELOW_ZERO, CONTEXT, Colour, INK, NOTHING, WHITE};
use crate::chart::spec::Point;
use crate::chart::text::Rect;

/// Paints cells.
pub struct Painter<'a> {
    /// The classes of values above zero.
    pub classes: Option<&'a Classes>,
    /// Factor of strokes.
    pub scale: f64,
}

impl Painter<'_> {
    /// The colour of a value.
    pub fn colour(&self, value: f64) -> Colour {
        match self.classes {
            Some(classes) if value > 0.0 => classes.colour(classes.of(value)),
            _ if value < 0.0 => BELOW_ZERO,
            _ => NOTHING,
        }
    }

    /// The cell of a day.
    pub fn cell(&self, rect: Rect, day: Option<&Point>) -> Vec<Shape> {
        let Some((point, value)) = day.and_then(|day| Some((day, day.value?))) else {
            return missing(rect, self.scale);
        };
        let marks = point.marks;
        let colour = self.colour(value);
        let side = rect.width();
        let mut shapes = Vec::new();
        if marks.estimated || marks.projected {
            let (dash, class) = if marks.projected {
                (Dash::Dotted, "mark projected")
            } else {
                (Dash::Dashed, "mark estimated")
            };
            let width = 1.2 * self.scale;
            let edge = Stroke {
                colour: INK,
                width,
                dash,
            };
            let rim = Form::Rect(inset(rect, 0.5 * width));
            // White between edge and colour, so that the edge is seen on dark colours as well.
            let inner = inset(rect, width + 1.5 * self.scale);
            shapes.push(Shape::filled("cell", Form::Rect(inner), colour));
            shapes.push(Shape::stroked(class, rim, edge));
        } else {
            shapes.push(Shape::filled("cell", Form::Rect(rect), colour));
        }
        if marks.provisional || marks.prose {
            let inside = inset(rect, 0.27 * side);
            shapes.push(Shape::filled("hollow", Form::Rect(inside), WHITE));
        }
        if !marks.at_least {
            shapes.extend(sign(rect, value));
        }
        if marks.at_least {
            let (x, y) = (
                f64::midpoint(rect.left, rect.right),
                f64::midpoint(rect.top, rect.bottom),
            );
            let half = 0.22 * side;
            let hollow = marks.provisional || marks.prose;
            let ink = if hollow || INK.contrast(colour) > WHITE.contrast(colour) {
                INK
            } else {
                WHITE
            };
            let corners = vec![(x - half, y + half), (x, y - half), (x + half, y + half)];
            shapes.push(Shape::filled("triangle", Form::Polygon(corners), ink));
        }
        shapes
    }
}

/// What tells zero and numbers below it from the others without colour: a dot, and a minus.
pub fn sign(rect: Rect, value: f64) -> Option<Shape> {
    let side = rect.width();
    let centre = (
        f64::midpoint(rect.left, rect.right),
        f64::midpoint(rect.top, rect.bottom),
    );
    if value == 0.0 {
        let radius = 0.09 * side;
        let disc = Form::Disc { centre, radius };
        return Some(Shape::filled("sign", disc, CONTEXT));
    }
    let bar = Rect {
        left: centre.0 - 0.22 * side,
        top: centre.1 - 0.05 * side,
        right: centre.0 + 0.22 * side,
        bottom: centre.1 + 0.05 * side,
    };
    (value < 0.0).then(|| Shape::filled("sign", Form::Rect(bar), INK))
}

/// An empty cell with an outline and a stroke across: there is no figure.
pub fn missing(rect: Rect, scale: f64) -> Vec<Shape> {
    let own = inset(rect, 0.4 * scale);
    let edge = Stroke::solid(CONTEXT, 0.5 * scale);
    vec![
        Shape::stroked("no-figure", Form::Rect(own), edge),
        Shape::stroked(
            "no-figure",
            Form::Path(vec![(own.left, own.bottom), (own.right, own.top)]),
            edge,
        ),
    ]
}

fn inset(rect: Rect, by: f64) -> Rect {
    Rect {
        left: rect.left + by,
        top: rect.top + by,
        right: rect.right - by,
        bottom: rect.bottom - by,
    }
}
