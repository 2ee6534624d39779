//! Dots, ranges and arrows as plain shapes, and the words that explain them, for kinds of chart
//! that place such marks themselves.

use crate::chart::layout::{Dash, Form, Shape, Stroke, Theme, notes};
use crate::chart::palette::{Colour, INK, Tones, WHITE};
use crate::chart::spec::Marks;

/// What a dot holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// Filled: firm.
    Full,
    /// An empty ring: not firm.
    Hollow,
    /// An empty ring: the earlier of two.
    Earlier,
    /// A ring with a pale inside.
    Pale,
}

/// A dot.
pub fn dot(
    at: (f64, f64),
    radius: f64,
    tones: Tones,
    filling: Filling,
    scale: f64,
) -> impl Iterator<Item = Shape> {
    let disc = |radius: f64| Form::Disc { centre: at, radius };
    let inside = match filling {
        Filling::Full => None,
        Filling::Hollow | Filling::Earlier => Some(WHITE),
        Filling::Pale => Some(tones.line.tint(0.35)),
    };
    let class = match filling {
        Filling::Full => "marker",
        Filling::Hollow => "marker hollow",
        Filling::Earlier => "marker earlier",
        Filling::Pale => "marker pale",
    };
    let ring = match inside {
        None => Shape::filled(class, disc(radius), tones.line),
        Some(_) => Shape::stroked(class, disc(radius), Stroke::solid(tones.line, 1.5 * scale)),
    };
    inside
        .map(|fill| Shape::filled("ground", disc(radius), fill))
        .into_iter()
        .chain([ring])
}

/// A range, from end to end.
pub fn whisker(from: (f64, f64), to: (f64, f64), scale: f64) -> Shape {
    Shape::stroked(
        "whisker",
        Form::Path(vec![from, to]),
        Stroke::solid(INK, 1.5 * scale),
    )
}

/// An arrow on a lower bound that points up from a place.
pub fn arrow((x, y): (f64, f64), colour: Colour, scale: f64) -> [Shape; 2] {
    let turn = |along: f64, across: f64| (x + across * scale, y - along * scale);
    let stroke = Stroke::solid(colour, 1.2 * scale);
    [
        Shape::stroked(
            "at-least",
            Form::Path(vec![turn(4.0, 0.0), turn(12.0, 0.0)]),
            stroke,
        ),
        Shape::stroked(
            "at-least",
            Form::Path(vec![turn(9.5, -2.5), turn(12.0, 0.0), turn(9.5, 2.5)]),
            stroke,
        ),
    ]
}

/// A line through places, broken by what is to be known about its ends; its class says that too.
pub fn line(points: Vec<(f64, f64)>, colour: Colour, width: f64, dash: Dash) -> Shape {
    let class = match dash {
        Dash::Solid => "line",
        Dash::Dashed => "line estimated",
        Dash::Dotted => "line projected",
    };
    Shape::stroked(
        class,
        Form::Path(points),
        Stroke {
            colour,
            width,
            dash,
        },
    )
}

/// The paler tone of a projection, where it can still be seen.
pub fn paler(colour: Colour) -> Colour {
    let pale = colour.tint(0.75);
    if pale.contrast(WHITE) >= 3.0 {
        pale
    } else {
        colour
    }
}

/// Explains points and lines; `not_firm` explains points that are provisional, read from text, or
/// the one and the other.
pub fn explain<'m>(
    marks: impl Iterator<Item = &'m Marks> + Clone,
    not_firm: [&str; 3],
    ranges: bool,
    theme: &Theme,
) -> Vec<String> {
    let any = |test: fn(&Marks) -> bool| marks.clone().any(test);
    let mut said = Vec::new();
    let words = theme.words();
    let not_firm = notes::not_firm(any(|m| m.provisional), any(|m| m.prose), not_firm);
    said.extend(not_firm.map(str::to_owned));
    notes::push(&mut said, any(|m| m.estimated), words.line.estimated);
    notes::push(&mut said, any(|m| m.projected), words.line.projected);
    notes::push(&mut said, any(|m| m.at_least), words.slope.at_least);
    notes::push(&mut said, ranges, words.bars.range);
    let revised = marks.filter(|mark| mark.revised).count();
    notes::revised(&mut said, revised, theme);
    said
}
