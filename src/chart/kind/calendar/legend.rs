//! The legend of classes, by their limits.

use super::CalendarChart;
use super::cells::{Painter, missing, sign};
use super::classes::Classes;
use crate::chart::layout::{Form, Shape, Theme};
use crate::chart::number::{self, ValueTicks};
use crate::chart::palette::INK;
use crate::chart::spec::ValueKind;
use crate::chart::text::{Rect, Text};
use crate::chart::words::Language;
use crate::chart::{ChartError, font};

/// What the colours mean, above the calendar: the classes with their limits between them, then zero
/// and what has no figure.
pub struct Legend {
    /// Its words.
    pub texts: Vec<Text>,
    /// Its swatches.
    pub shapes: Vec<Shape>,
    /// Height that it takes, with what keeps it clear of the calendar.
    pub height: f64,
}

impl Legend {
    /// Places it at the top of the room.
    pub fn new(
        chart: &CalendarChart,
        classes: Option<&Classes>,
        values: &[f64],
        room: Rect,
        theme: &Theme,
    ) -> Result<Self, ChartError> {
        let scale = theme.scale;
        let swatch = 13.0 * scale;
        let bar_top = room.top;
        let words = bar_top + swatch + 1.25 * theme.small;
        let painter = Painter { classes, scale };
        let (mut texts, mut shapes) = (Vec::new(), Vec::new());
        let mut x = room.left;
        if let Some(classes) = classes {
            let names = limit_names(classes, chart.values, theme.language);
            let widest = names
                .iter()
                .map(|name| font::width(name, theme.small, false))
                .fold(0.0, f64::max);
            let step = (widest + 10.0 * scale).max(34.0 * scale);
            for class in 0..classes.count() {
                let left = x + class as f64 * step;
                let rect = Rect {
                    left,
                    top: bar_top,
                    right: left + step,
                    bottom: bar_top + swatch,
                };
                shapes.push(Shape::filled(
                    "key",
                    Form::Rect(rect),
                    classes.colour(class),
                ));
            }
            for (index, name) in names.into_iter().enumerate() {
                let at = (x + index as f64 * step, words);
                texts.push(Text::new("tick-class", name, at, theme.small, INK));
            }
            x += classes.count() as f64 * step;
            let last = texts.last().map_or(0.0, Text::width);
            if !chart.unit.is_empty()
                && font::width(&chart.unit, theme.small, false) < 0.3 * room.width()
            {
                let at = (x + last + 0.35 * theme.small, words);
                let text = Text::new("unit", chart.unit.clone(), at, theme.small, INK);
                x = at.0 + text.width();
                texts.push(text);
            } else {
                x += last;
            }
            x += 22.0 * scale;
        }
        let any = |test: fn(f64) -> bool| values.iter().copied().any(test);
        let words_of = &theme.words().calendar;
        let extra = [
            (any(|value| value == 0.0), words_of.zero, Some(0.0)),
            (any(|value| value < 0.0), words_of.below_zero, Some(-1.0)),
            (chart.has_gap(), theme.words().numbers.no_figure, None),
        ];
        for (needed, name, value) in extra {
            if !needed {
                continue;
            }
            let rect = Rect {
                left: x,
                top: bar_top,
                right: x + swatch,
                bottom: bar_top + swatch,
            };
            match value {
                Some(value) => {
                    let colour = painter.colour(value);
                    shapes.push(Shape::filled("key", Form::Rect(rect), colour));
                    shapes.extend(sign(rect, value));
                }
                None => shapes.extend(missing(rect, scale)),
            }
            let text = Text::new("tick-class", name, (x, words), theme.small, INK);
            x += text.width().max(swatch) + 16.0 * scale;
            texts.push(text);
        }
        let end = texts.iter().map(|text| text.bounds().right);
        if end.fold(0.0, f64::max) > room.right {
            return Err(ChartError::NoRoom {
                width: (room.right + theme.margin).round() as u32,
                height: (room.bottom + theme.margin).round() as u32,
            });
        }
        Ok(Self {
            texts,
            shapes,
            height: swatch + 2.4 * theme.small,
        })
    }
}

/// The limits of the classes, all from a thousand on with a suffix where one has it.
fn limit_names(classes: &Classes, values: ValueKind, language: Language) -> Vec<String> {
    let limits = &classes.limits;
    let suffixed = limits.last().is_some_and(|last| *last >= 1e4) && values != ValueKind::Percent;
    let name = |limit: &f64| {
        if suffixed && (1e3..1e4).contains(limit) {
            // Beside ten thousand, thousands are written with its suffix.
            let ticks = ValueTicks {
                values: vec![*limit, 1e4],
                step: *limit,
            };
            return number::tick_labels(&ticks, values, language).swap_remove(0);
        }
        number::short(*limit, values, language)
    };
    limits.iter().map(name).collect()
}
