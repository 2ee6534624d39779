//! What stands around the drawing: title and subtitle above, notes and source below.

use super::Theme;
use crate::chart::palette::{BLACK, INK, MUTED_TEXT};
use crate::chart::script::{self, Direction};
use crate::chart::spec::ChartSpec;
use crate::chart::text::{LEADING, Text, one_line, wrap, wrap_evenly};
use crate::chart::words::Language;

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

/// Distance between two baselines of Arabic, in sizes of type: its letters reach further down.
const ARABIC_LEADING: f64 = 1.45;

/// Places title and subtitle. A title of more than two lines shrinks by up to 15 per cent first.
pub fn header(spec: &ChartSpec, theme: &Theme) -> Header {
    let room = f64::from(spec.size.width) - 2.0 * theme.margin;
    let title_size = (0..=6)
        .map(|step| theme.title * (1.0 - 0.025 * f64::from(step)))
        .find(|&size| wrap(&spec.title, size, true, room).len() <= 2)
        .unwrap_or(theme.title);
    let mut stack = Stack::new(theme, theme.margin);
    let title = wrap_evenly(&spec.title, title_size, true, room);
    stack.add("title", &spec.title, title, |text| {
        text.size = title_size;
        text.bold = true;
        text.colour = BLACK;
    });
    if !stack.texts.is_empty() {
        stack.y += 6.0 * theme.scale;
    }
    let subtitle = wrap_evenly(&spec.subtitle, theme.subtitle, false, room);
    stack.add("subtitle", &spec.subtitle, subtitle, |text| {
        text.size = theme.subtitle;
        text.colour = INK;
    });
    Header {
        bottom: stack.y + 14.0 * theme.scale,
        texts: stack.texts,
    }
}

impl Footer {
    /// Places notes and, below them, the source.
    pub fn new(spec: &ChartSpec, theme: &Theme, notes: &[String]) -> Self {
        let room = f64::from(spec.size.width) - 2.0 * theme.margin;
        let mut stack = Stack::new(theme, 0.0);
        let notes = sentences(notes, spec.language);
        for (class, content) in [
            ("note", prefixed(theme.words().note, &notes)),
            (
                "source",
                prefixed(theme.words().source, &one_line(&spec.source)),
            ),
        ] {
            let mut lines = wrap(&content, theme.small, false, room);
            script::close_at_breaks(&mut lines);
            stack.add(class, &content, lines, |text| {
                text.size = theme.small;
                text.colour = MUTED_TEXT;
            });
            stack.y += 3.0 * theme.scale;
        }
        let top = f64::from(spec.size.height) - theme.margin - stack.y + 3.0 * theme.scale;
        for text in &mut stack.texts {
            text.baseline += top;
        }
        Self {
            texts: stack.texts,
            top: top - 14.0 * theme.scale,
        }
    }
}

/// Lines under one another.
struct Stack<'a> {
    theme: &'a Theme,
    texts: Vec<Text>,
    /// The bottom of the last line.
    y: f64,
}

impl<'a> Stack<'a> {
    fn new(theme: &'a Theme, y: f64) -> Self {
        Self {
            theme,
            texts: Vec::new(),
            y,
        }
    }

    /// Adds the lines of a text, all of which run as the whole of it does.
    fn add(
        &mut self,
        class: &'static str,
        whole: &str,
        lines: Vec<String>,
        style: impl Fn(&mut Text),
    ) {
        let direction = Direction::of(whole, self.theme.language);
        let leading = if script::has_arabic(whole) {
            ARABIC_LEADING
        } else {
            LEADING
        };
        for content in lines {
            let mut text = Text::new(class, content, (self.theme.margin, 0.0), 0.0, INK);
            style(&mut text);
            text.direction = direction;
            text.baseline = self.y + 0.95 * text.size;
            self.y += leading * text.size;
            self.texts.push(text);
        }
    }
}

/// Notes one after the other, each with a full stop. Neighbours that run the same way are one text.
fn sentences(notes: &[String], language: Language) -> String {
    let notes = notes
        .iter()
        .map(|note| one_line(note))
        .filter(|note| !note.is_empty())
        .map(|note| {
            if note.ends_with(['.', '!', '?', '؟']) {
                note
            } else {
                note + "."
            }
        });
    let mut runs: Vec<(Direction, String)> = Vec::new();
    for note in notes {
        let direction = Direction::of(&note, language);
        match runs.last_mut().filter(|(last, _)| *last == direction) {
            Some((_, run)) => *run = format!("{run} {note}"),
            None => runs.push((direction, note)),
        }
    }
    runs.into_iter()
        .map(|(_, run)| script::alone(run, language))
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
