//! Values at the ends of columns.

use crate::chart::layout::{Axis, Text, Theme};
use crate::chart::palette::{INK, MUTED_TEXT};
use crate::chart::spec::{Amount, ValueKind};
use crate::chart::text::{Anchor, LEADING, Rect, wrap};
use crate::chart::words::Language;
use crate::chart::{font, number};

/// What is written at the end of a column, from top to bottom; the last line is the number.
pub struct End {
    /// The lines.
    pub lines: Vec<String>,
}

/// The lines at the end of a column, none when one is wider than the room.
pub fn written(
    amount: &Amount,
    values: ValueKind,
    write: fn(f64, ValueKind, Language) -> String,
    limit: f64,
    theme: &Theme,
) -> Option<End> {
    let lines = match amount.value {
        Some(value) => {
            let word = amount
                .qualifier
                .map_or("", |word| number::word(word, theme.language))
                .trim();
            let mut lines = wrap(word, theme.small, false, limit);
            lines.push(write(value, values, theme.language));
            lines
        }
        None => {
            let text = number::qualified(
                None,
                (amount.low, amount.high),
                None,
                values,
                theme.language,
            );
            wrap(&text, theme.small, false, limit)
        }
    };
    let fits = lines.iter().enumerate().all(|(index, line)| {
        let number = amount.value.is_some() && index + 1 == lines.len();
        let size = if number { theme.label } else { theme.small };
        font::width(line, size, number) <= limit
    });
    let words = lines
        .iter()
        .all(|line| line.chars().count() > 1 || amount.value.is_some());
    (fits && words && lines.len() <= 3).then_some(End { lines })
}

/// Texts at the end of a column: above it, or below when it hangs.
pub fn texts(amount: &Amount, end: End, column: &Rect, y: &Axis, theme: &Theme) -> Vec<Text> {
    let scale = theme.scale;
    let middle = f64::midpoint(column.left, column.right);
    let arrow = if amount.marks.at_least && amount.value.is_some() {
        8.0
    } else {
        0.0
    };
    let leading = LEADING * theme.label;
    let count = end.lines.len();
    let at = y.at(amount.value.unwrap_or(0.0));
    let first = if is_negative(amount) {
        at + (4.0 + arrow) * scale + font::CAP_HEIGHT * theme.label + 2.0 * scale
    } else {
        at - (5.0 + arrow) * scale - (count - 1) as f64 * leading
    };
    end.lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let number = amount.value.is_some() && index + 1 == count;
            let (size, colour) = if number {
                (theme.label, INK)
            } else {
                (theme.small, MUTED_TEXT)
            };
            let place = (middle, first + index as f64 * leading);
            let mut text = Text::new("value", line, place, size, colour);
            text.bold = number;
            text.anchor = Anchor::Middle;
            text
        })
        .collect()
}

/// Whether a column hangs below zero.
pub fn is_negative(amount: &Amount) -> bool {
    amount.value.is_some_and(|value| value < 0.0)
}
