//! What the marks of a map mean, in a corner of it that nothing needs, else below it.

use super::obstacles::Obstacle;
use super::plane::{Place, holds, is_inside};
use crate::chart::font;
use crate::chart::layout::spread::spread;
use crate::chart::layout::{Dash, Form, Shape, Stroke, Theme};
use crate::chart::number::{beside, short};
use crate::chart::palette::{Colour, INK, LAND, MUTED_TEXT, WHITE};
use crate::chart::spec::ValueKind;
use crate::chart::text::{LEADING, Rect, Text};

/// A legend around the place (0, 0), its top left corner.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Legend {
    /// Width in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
    /// Its shapes from back to front.
    pub shapes: Vec<Shape>,
    /// Its texts.
    pub texts: Vec<Text>,
}

/// The largest numbers of one digit that fit under a number: at most three, each about a quarter of
/// the one before.
pub fn round_sizes(most: f64) -> Vec<f64> {
    let floor = |value: f64| {
        let decade = 10_f64.powf(value.log10().floor());
        let digit = [5.0, 2.0, 1.0]
            .into_iter()
            .find(|digit| digit * decade <= value * (1.0 + 1e-9));
        digit.unwrap_or(1.0) * decade
    };
    if most <= 0.0 {
        return Vec::new();
    }
    let first = floor(most);
    let mut sizes = vec![first];
    for part in [4.0, 20.0] {
        sizes.push(floor(first / part));
    }
    sizes
}

impl Legend {
    /// The same at another place.
    pub fn moved(mut self, (dx, dy): Place) -> Self {
        let shift = |point: &mut Place| {
            point.0 += dx;
            point.1 += dy;
        };
        for shape in &mut self.shapes {
            match &mut shape.form {
                Form::Rect(rect) => {
                    *rect = Rect {
                        left: rect.left + dx,
                        top: rect.top + dy,
                        right: rect.right + dx,
                        bottom: rect.bottom + dy,
                    }
                }
                Form::Disc { centre, .. } => shift(centre),
                Form::Polygon(points) | Form::Path(points) => points.iter_mut().for_each(shift),
            }
        }
        for text in &mut self.texts {
            text.x += dx;
            text.baseline += dy;
        }
        self
    }

    fn write(&mut self, words: String, (x, middle): Place, theme: &Theme) {
        let text = Text::new(
            "key",
            words,
            (x, middle + 0.5 * font::CAP_HEIGHT * theme.small),
            theme.small,
            INK,
        );
        self.width = self.width.max(x + text.width());
        self.texts.push(text);
    }

    /// Circles of round sizes that stand on one another. `radius` gives the px of a value.
    pub fn circles(
        most: f64,
        radius: impl Fn(f64) -> f64,
        (unit, values): (&str, ValueKind),
        theme: &Theme,
    ) -> Self {
        let scale = theme.scale;
        let row = LEADING * theme.small;
        let mut sizes: Vec<(f64, f64)> = round_sizes(most)
            .into_iter()
            .map(|value| (value, radius(value)))
            .collect();
        sizes.retain(|(_, radius)| *radius >= 2.0 * scale);
        if values == ValueKind::Count {
            sizes.retain(|(value, _)| value.fract() == 0.0);
        }
        if sizes.is_empty() {
            sizes = vec![(most, radius(most))];
        }
        let largest = sizes.first().map_or(0.0, |size| size.1);
        let top = 0.5 * row;
        let bottom = top + 2.0 * largest;
        // Labels stand at the tops of their circles, or as near as they can.
        let height = (bottom + scale).max(row * sizes.len() as f64);
        let tops: Vec<f64> = sizes
            .iter()
            .map(|(_, radius)| bottom - 2.0 * radius)
            .collect();
        let rows = vec![row; sizes.len()];
        let places = spread(&tops, &rows, 0.0, height).unwrap_or_else(|| tops.clone());
        let mut legend = Self {
            height,
            ..Self::default()
        };
        for (index, ((value, radius), place)) in sizes.iter().zip(places).enumerate() {
            let centre = (largest + scale, bottom - radius);
            let stroke = Stroke::solid(INK, 0.75 * scale);
            legend.shapes.push(Shape::stroked(
                "key-symbol",
                Form::Disc {
                    centre,
                    radius: *radius,
                },
                stroke,
            ));
            let level = bottom - 2.0 * radius;
            let words = 2.0 * largest + 12.0 * scale;
            let middle = place + row / 2.0;
            let bent = 2.0 * largest + 3.0 * scale;
            let pointer = Form::Path(vec![
                (centre.0, level),
                (bent, level),
                (words - 3.0 * scale, middle),
            ]);
            legend.shapes.push(Shape::stroked(
                "key-pointer",
                pointer,
                Stroke {
                    colour: MUTED_TEXT,
                    width: 0.75 * scale,
                    dash: Dash::Dotted,
                },
            ));
            let unit = if index == 0 { unit } else { "" };
            legend.write(named(*value, unit, values, theme), (words, middle), theme);
        }
        legend
    }

    /// Short streams of round widths, one under the other. `width` gives the px of a value.
    pub fn widths(
        most: f64,
        width: impl Fn(f64) -> f64,
        colour: Colour,
        (unit, values): (&str, ValueKind),
        theme: &Theme,
    ) -> Self {
        let scale = theme.scale;
        let row = LEADING * theme.small;
        let mut sizes: Vec<(f64, f64)> = round_sizes(most)
            .into_iter()
            .map(|value| (value, width(value)))
            .collect();
        sizes.retain(|(value, width)| {
            *width >= 0.7 * scale && (values != ValueKind::Count || value.fract() == 0.0)
        });
        if sizes.is_empty() {
            sizes = vec![(most, width(most))];
        }
        let mut legend = Self::default();
        let long = 34.0 * scale;
        for (index, (value, width)) in sizes.iter().enumerate() {
            let slot = row.max(width + 3.0 * scale);
            let middle = legend.height + slot / 2.0;
            let bar = Rect {
                left: 0.0,
                top: middle - width / 2.0,
                right: long,
                bottom: middle + width / 2.0,
            };
            legend
                .shapes
                .push(Shape::filled("key-stream", Form::Rect(bar), colour));
            let unit = if index == 0 { unit } else { "" };
            legend.write(
                named(*value, unit, values, theme),
                (long + 8.0 * scale, middle),
                theme,
            );
            legend.height += slot;
        }
        legend
    }

    /// Colours with what they mean, from the top: in one column, or in rows no wider than `limit`.
    pub fn swatches(items: &[(Colour, bool, String)], limit: Option<f64>, theme: &Theme) -> Self {
        let scale = theme.scale;
        let row = (LEADING * theme.small).max(16.0 * scale);
        let (wide, high) = (20.0 * scale, 12.0 * scale);
        let mut legend = Self {
            height: row,
            ..Self::default()
        };
        let mut left = 0.0;
        for (index, (colour, hatched, words)) in items.iter().enumerate() {
            let width = wide + 7.0 * scale + font::width(words, theme.small, false);
            let breaks = limit.is_none_or(|limit| left + width > limit);
            if index > 0 && breaks {
                left = 0.0;
                legend.height += row;
            }
            let middle = legend.height - row / 2.0;
            let rect = Rect {
                left,
                top: middle - high / 2.0,
                right: left + wide,
                bottom: middle + high / 2.0,
            };
            legend
                .shapes
                .push(Shape::filled("key-class", Form::Rect(rect), *colour));
            if *hatched {
                let corners = vec![
                    (rect.left, rect.top),
                    (rect.right, rect.top),
                    (rect.right, rect.bottom),
                    (rect.left, rect.bottom),
                ];
                legend
                    .shapes
                    .extend(super::shades::hatched(&[corners], theme));
            }
            legend.write(words.clone(), (left + wide + 7.0 * scale, middle), theme);
            left += width + 18.0 * scale;
        }
        legend
    }
}

/// A number in a legend, with its unit where it has one.
fn named(value: f64, unit: &str, values: ValueKind, theme: &Theme) -> String {
    let number = short(value, values, theme.language);
    if unit.is_empty() {
        number
    } else {
        beside(&number, value, unit, values, theme.language)
    }
}

/// What a legend must not cover.
pub struct Taken<'a> {
    /// Marks.
    pub marks: &'a [Obstacle],
    /// Lands that have a number.
    pub lands: &'a [&'a Vec<Place>],
    /// Lands that have none; a corner without them is better.
    pub others: &'a [&'a Vec<Place>],
}

/// A corner of a frame where a legend of a size covers nothing that it must not, and its plate.
/// Sea is better than land without a number.
pub fn corner(frame: Rect, (width, height): (f64, f64), taken: &Taken) -> Option<Rect> {
    let corners = [
        (frame.left, frame.bottom - height),
        (frame.right - width, frame.bottom - height),
        (frame.left, frame.top),
        (frame.right - width, frame.top),
    ];
    let plates = corners.map(|(left, top)| Rect {
        left,
        top,
        right: left + width,
        bottom: top + height,
    });
    let covers = |plate: &Rect, lands: &[&Vec<Place>]| {
        let middle = (
            f64::midpoint(plate.left, plate.right),
            f64::midpoint(plate.top, plate.bottom),
        );
        lands.iter().any(|ring| {
            ring.iter().any(|&point| is_inside(*plate, point))
                || holds(ring, middle)
                || ring
                    .windows(2)
                    .any(|pair| plate.is_crossed(pair[0], pair[1]))
        })
    };
    let fits = width <= 0.5 * frame.width() && height <= 0.6 * frame.height();
    let free: Vec<Rect> = plates
        .into_iter()
        .filter(|plate| fits && !taken.marks.iter().any(|mark| mark.meets(*plate)))
        .filter(|plate| !covers(plate, taken.lands))
        .collect();
    free.iter()
        .find(|plate| !covers(plate, taken.others))
        .or(free.first())
        .copied()
}

/// The white ground of a legend that lies over land.
pub fn plate(rect: Rect) -> Shape {
    Shape::filled("plate", Form::Rect(rect), WHITE)
}

/// The colour of land without a number, and what it is called.
pub fn no_figure(theme: &Theme) -> (Colour, bool, String) {
    (LAND, false, theme.words().map.no_figure.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_sizes_fall_by_about_four() {
        assert_eq!(round_sizes(5_951_510.0), [5e6, 1e6, 2e5]);
        assert_eq!(round_sizes(3_489_257.0), [2e6, 5e5, 1e5]);
        assert_eq!(round_sizes(1_412_503.0), [1e6, 2e5, 5e4]);
        assert_eq!(round_sizes(0.0), Vec::<f64>::new());
    }
}
