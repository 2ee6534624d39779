//! What stands around the drawing: title and subtitle above, notes and source below.

use super::Theme;
use crate::chart::palette::{BLACK, INK, MUTED_TEXT};
use crate::chart::spec::ChartSpec;
use crate::chart::text::{LEADING, Text, one_line, wrap, wrap_evenly};

/// Title and subtitle.
pub struct Header {
    /// Their lines.
    pub texts: Vec<Text>,
    /// Where the drawing may begin.
    pub bottom: f64,
}

/// Notes and source.
pub struct Footer {
    /// Their lines.
    pub texts: Vec<Text>,
    /// Where the drawing has to end.
    pub top: f64,
}

/// Places title and subtitle. A title of more than two lines shrinks by up to 15 per cent first.
pub fn header(spec: &ChartSpec, theme: &Theme) -> Header {
    let room = f64::from(spec.size.width) - 2.0 * theme.margin;
    let title_size = (0..=6)
        .map(|step| theme.title * (1.0 - 0.025 * f64::from(step)))
        .find(|&size| wrap(&spec.title, size, true, room).len() <= 2)
        .unwrap_or(theme.title);
    let mut texts = Vec::new();
    let mut y = theme.margin;
    let title = wrap_evenly(&spec.title, title_size, true, room);
    stack(&mut texts, title, "title", &mut y, theme.margin, |text| {
        text.size = title_size;
        text.bold = true;
        text.colour = BLACK;
    });
    if !texts.is_empty() {
        y += 6.0 * theme.scale;
    }
    let subtitle = wrap_evenly(&spec.subtitle, theme.subtitle, false, room);
    stack(
        &mut texts,
        subtitle,
        "subtitle",
        &mut y,
        theme.margin,
        |text| {
            text.size = theme.subtitle;
            text.colour = INK;
        },
    );
    Header {
        texts,
        bottom: y + 14.0 * theme.scale,
    }
}

impl Footer {
    /// Places notes and, below them, the source.
    pub fn new(spec: &ChartSpec, theme: &Theme, notes: &[String]) -> Self {
        let room = f64::from(spec.size.width) - 2.0 * theme.margin;
        let mut texts = Vec::new();
        let mut y = 0.0;
        for (class, content) in [
            ("note", prefixed(theme.words().note, &sentences(notes))),
            (
                "source",
                prefixed(theme.words().source, &one_line(&spec.source)),
            ),
        ] {
            let lines = wrap(&content, theme.small, false, room);
            stack(&mut texts, lines, class, &mut y, theme.margin, |text| {
                text.size = theme.small;
                text.colour = MUTED_TEXT;
            });
            y += 3.0 * theme.scale;
        }
        let top = f64::from(spec.size.height) - theme.margin - y + 3.0 * theme.scale;
        for text in &mut texts {
            text.baseline += top;
        }
        Self {
            texts,
            top: top - 14.0 * theme.scale,
        }
    }
}

/// Puts lines under one another; `y` is the top of the first and becomes the bottom of the last.
fn stack(
    texts: &mut Vec<Text>,
    lines: Vec<String>,
    class: &'static str,
    y: &mut f64,
    left: f64,
    style: impl Fn(&mut Text),
) {
    for content in lines {
        let mut text = Text::new(class, content, (left, 0.0), 0.0, INK);
        style(&mut text);
        text.baseline = *y + 0.95 * text.size;
        *y += LEADING * text.size;
        texts.push(text);
    }
}

/// Notes one after the other, each with a full stop.
fn sentences(notes: &[String]) -> String {
    notes
        .iter()
        .map(|note| one_line(note))
        .filter(|note| !note.is_empty())
        .map(|note| {
            if note.ends_with(['.', '!', '?', '؟']) {
                note
            } else {
                note + "."
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// A prefix, unless there is nothing to say or the caller wrote it already.
fn prefixed(prefix: &str, text: &str) -> String {
    if text.is_empty() || text.starts_with(prefix.trim_end()) {
        text.to_owned()
    } else {
        format!("{prefix}{text}")
    }
}
