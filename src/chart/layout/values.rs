//! The upright axis of values: round values, their lines and their labels.

use super::{Axis, Form, Group, Shape, Stroke, Text, Theme};
use crate::chart::font;
use crate::chart::number::{self, ValueTicks};
use crate::chart::palette::{GRID, INK};
use crate::chart::spec::ValueKind;
use crate::chart::text::Rect;

/// An upright axis of values, without its place.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueAxis {
    /// The labelled values, zero among them.
    pub ticks: ValueTicks,
    /// Lowest and highest value.
    pub domain: (f64, f64),
    /// Width of the labels in px, without the unit at the top one.
    pub gutter: f64,
    labels: Vec<String>,
}

impl ValueAxis {
    /// An axis that holds zero, `low` and `high`. With `trim`, it ends a little beyond the data
    /// where the next round value would be height lost.
    pub fn new(
        (low, high): (f64, f64),
        values: ValueKind,
        unit: &str,
        trim: bool,
        width: f64,
        theme: &Theme,
    ) -> Self {
        let (low, high) = (low.min(0.0), high.max(0.0));
        let whole = matches!(values, ValueKind::Count | ValueKind::UsDollars);
        let mut ticks = number::ticks(low, high, whole);
        let mut domain = (ticks.values[0], ticks.values[ticks.values.len() - 1]);
        if trim {
            let spare = 0.02 * (high - low);
            if ticks.values.len() > 3 && high <= domain.1 - 0.5 * ticks.step {
                ticks.values.pop();
                domain.1 = high + spare;
            }
            if ticks.values.len() > 3 && low >= domain.0 + 0.5 * ticks.step && domain.0 < low {
                ticks.values.remove(0);
                domain.0 = low - spare;
            }
        }
        let mut labels = number::tick_labels(&ticks, values, theme.language);
        let gutter = labels
            .iter()
            .map(|label| font::width(label, theme.small, false))
            .fold(0.0, f64::max);
        // "1 people" would be wrong, and a long unit belongs in the subtitle.
        let fits = font::width(unit, theme.small, false) < 0.4 * width;
        if let Some(top) = labels.last_mut().filter(|_| fits)
            && let Some(named) = number::with_unit(&ticks, top, unit, values, theme.language)
        {
            *top = named;
        }
        Self {
            ticks,
            domain,
            gutter,
            labels,
        }
    }

    /// The labels, each on its line.
    pub fn texts(&self, left: f64, y: &Axis, theme: &Theme) -> Vec<Text> {
        self.labels
            .iter()
            .zip(&self.ticks.values)
            .map(|(label, value)| {
                let place = (left, y.at(*value) - 4.0 * theme.scale);
                let mut text = Text::new("tick-y", label.clone(), place, theme.small, INK);
                text.halo = true;
                text
            })
            .collect()
    }

    /// What the label of the highest value covers, with the space that it needs around it.
    pub fn top_label(&self, left: f64, y: &Axis, theme: &Theme) -> Option<Rect> {
        let label = self.texts(left, y, theme).pop()?.bounds();
        Some(Rect {
            left: label.left,
            top: label.top - 4.0 * theme.scale,
            right: label.right + 8.0 * theme.scale,
            bottom: label.bottom,
        })
    }

    /// The lines of the round values but zero, behind the data.
    pub fn grid(&self, (left, right): (f64, f64), y: &Axis, theme: &Theme) -> Group {
        let lines = self.ticks.values.iter().filter(|value| **value != 0.0);
        Group {
            class: "grid",
            label: String::new(),
            shapes: lines
                .map(|value| {
                    let path = vec![(left, y.at(*value)), (right, y.at(*value))];
                    Shape::stroked(
                        "gridline",
                        Form::Path(path),
                        Stroke::solid(GRID, theme.scale),
                    )
                })
                .collect(),
        }
    }
}

/// The line that columns and areas stand on, in front of them.
pub fn zero_line((left, right): (f64, f64), y: f64, theme: &Theme) -> Group {
    Group {
        class: "axis",
        label: String::new(),
        shapes: vec![Shape::stroked(
            "zero",
            Form::Path(vec![(left, y), (right, y)]),
            Stroke::solid(INK, theme.scale),
        )],
    }
}

/// Whether something drawn reaches up to a text, or above it, at the place of the text.
pub fn reaches(groups: &[Group], text: &Rect) -> bool {
    let above = |a: &(f64, f64), b: &(f64, f64)| {
        a.0.min(b.0) < text.right && a.0.max(b.0) > text.left && a.1.min(b.1) < text.bottom
    };
    groups
        .iter()
        .flat_map(|group| &group.shapes)
        .any(|shape| match &shape.form {
            Form::Rect(rect) => above(&(rect.left, rect.top), &(rect.right, rect.top)),
            Form::Polygon(points) | Form::Path(points) => {
                points.windows(2).any(|pair| above(&pair[0], &pair[1]))
            }
            Form::Disc { centre, radius } => {
                let top = centre.1 - radius;
                above(&(centre.0 - radius, top), &(centre.0 + radius, top))
            }
        })
}
