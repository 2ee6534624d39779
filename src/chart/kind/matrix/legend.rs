//! What the tints of cells stand for.

use crate::chart::layout::{Form, Shape, Theme, hatch};
use crate::chart::number;
use crate::chart::palette::{Colour, INK, SEQUENTIAL};
use crate::chart::spec::ValueKind;
use crate::chart::text::{Anchor, LEADING, Rect, Text};
use crate::chart::words::Language;

/// Height of the legend in px, with the gap below it.
pub fn height(theme: &Theme) -> f64 {
    10.0 * theme.scale + LEADING * theme.small + 12.0 * theme.scale
}

/// The tint of a class; few classes are spread over the whole ramp.
pub fn tint(class: usize, classes: usize) -> Colour {
    let last = SEQUENTIAL.len() - 1;
    // The darkest is left to charts that need all six.
    let reach = if classes > last { last } else { last - 1 };
    let step = if classes > 1 {
        (class * reach + (classes - 1) / 2) / (classes - 1)
    } else {
        2
    };
    SEQUENTIAL[step.min(last)]
}

/// The legend.
pub struct Legend {
    /// Its swatches.
    pub shapes: Vec<Shape>,
    /// Its words.
    pub texts: Vec<Text>,
    /// Whether it says what a cell without a figure looks like.
    pub says_missing: bool,
}

/// Swatches with their limits between them, and what a cell without a figure looks like. The unit
/// is left out where it does not fit.
pub fn place(limits: &[f64], unit: &str, has_missing: bool, room: Rect, theme: &Theme) -> Legend {
    let scale = theme.scale;
    let small = |content: &str, x: f64, baseline: f64| {
        Text::new("legend", content, (x, baseline), theme.small, INK)
    };
    let classes = limits.len() + 1;
    let written = |write: fn(f64, ValueKind, Language) -> String| {
        let labels: Vec<String> = limits
            .iter()
            .map(|limit| write(*limit, ValueKind::Count, theme.language))
            .collect();
        let widths = labels.iter().map(|label| small(label, 0.0, 0.0).width());
        let widest = widths.fold(0.0, f64::max);
        (labels, (widest + 12.0 * scale).max(36.0 * scale))
    };
    let (mut labels, mut width) = written(number::full);
    // A narrow picture has no room for all digits.
    if classes as f64 * width > room.width() {
        (labels, width) = written(number::short);
        width = width.min(room.width() / classes as f64);
    }
    let swatch = 10.0 * scale;
    let below = room.top + swatch + 0.95 * theme.small + 1.0 * scale;
    let mut shapes = Vec::new();
    let mut texts = vec![small("0", room.left, below)];
    for class in 0..classes {
        let left = room.left + class as f64 * width;
        let rect = Rect {
            left,
            top: room.top,
            right: left + width,
            bottom: room.top + swatch,
        };
        shapes.push(Shape {
            seamless: true,
            ..Shape::filled("swatch", Form::Rect(rect), tint(class, classes))
        });
    }
    for (index, label) in labels.iter().enumerate() {
        let x = room.left + (index + 1) as f64 * width;
        let mut text = small(label, x, below);
        text.anchor = Anchor::Middle;
        texts.push(text);
    }
    let beside = room.top + swatch / 2.0 + 0.36 * theme.small;
    let mut x = room.left + classes as f64 * width + 8.0 * scale;
    let text = small(unit, x, beside);
    if !unit.is_empty() && x + text.width() <= room.right {
        x += text.width() + 24.0 * scale;
        texts.push(text);
    }
    let mut says_missing = false;
    if has_missing {
        let rect = Rect {
            left: x,
            top: room.top,
            right: x + 24.0 * scale,
            bottom: room.top + swatch,
        };
        let text = small(
            theme.words().numbers.no_figure,
            rect.right + 6.0 * scale,
            beside,
        );
        if text.x + text.width() <= room.right {
            shapes.extend(hatch(rect, theme));
            texts.push(text);
            says_missing = true;
        }
    }
    Legend {
        shapes,
        texts,
        says_missing,
    }
}
