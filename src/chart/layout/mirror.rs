//! Pictures for those who read from right to left: everything changes sides, but for the letters.
//!
//! Layouts know the other way alone. What they have placed is turned round here, once, so that no kind
//! of chart needs to know of it. Time and maps keep their sides; see [`Kind::is_mirrored`].
//!
//! [`Kind::is_mirrored`]: crate::chart::kind::Kind::is_mirrored

use super::{Body, Form, Group};
use crate::chart::kind::BarBody;
use crate::chart::text::{Anchor, Rect, Text};

/// Turns texts round within a width: their places and anchors, not the way in which they run.
pub fn texts(texts: &mut [Text], width: f64) {
    for text in texts {
        text.x = width - text.x;
        text.anchor = match text.anchor {
            Anchor::Start => Anchor::End,
            Anchor::Middle => Anchor::Middle,
            Anchor::End => Anchor::Start,
        };
    }
}

/// Turns a drawing round within a width.
pub fn body(body: &mut Body, width: f64) {
    match body {
        // Time runs from left to right.
        Body::Lines(_) => {}
        Body::Bars(BarBody { x, .. }) => x.range = (width - x.range.0, width - x.range.1),
        Body::Shapes(drawn) => drawn.iter_mut().for_each(|one| group(one, width)),
    }
}

/// Turns shapes round within a width.
pub fn group(group: &mut Group, width: f64) {
    for shape in &mut group.shapes {
        match &mut shape.form {
            Form::Rect(rect) => *rect = turned(*rect, width),
            Form::Disc { centre, .. } => centre.0 = width - centre.0,
            Form::Polygon(points) | Form::Path(points) => {
                points
                    .iter_mut()
                    .for_each(|point| point.0 = width - point.0);
            }
        }
    }
}

fn turned(rect: Rect, width: f64) -> Rect {
    Rect {
        left: width - rect.right,
        right: width - rect.left,
        ..rect
    }
}
