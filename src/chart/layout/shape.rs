//! Shapes with their places in px, for kinds of chart that need no more than these.

use super::Rect;
use crate::chart::palette::Colour;

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
