//! Names above columns: horizontal, wrapped, on two levels where one is too narrow.

use crate::chart::font;
use crate::chart::layout::Theme;
use crate::chart::palette::INK;
use crate::chart::text::{Anchor, LEADING, Text, wrap_evenly};

/// Most lines of one name.
const LINES: usize = 4;

/// The names of all columns, wrapped.
pub struct Header {
    lines: Vec<Vec<String>>,
    bold: Vec<bool>,
    levels: usize,
    /// Height in px, with the gap to the cells.
    pub height: f64,
    /// How far the first name reaches beyond the left edge of its column, and the last beyond the
    /// right edge of its own.
    pub spill: (f64, f64),
}

impl Header {
    /// Wraps names, each bold or not, over columns of a width; none where a word would be broken or a name be too long.
    pub fn new(names: &[(&str, bool)], column: f64, theme: &Theme) -> Option<Self> {
        (1..=2).find_map(|levels| Self::on(levels, names, column, theme))
    }

    fn on(levels: usize, names: &[(&str, bool)], column: f64, theme: &Theme) -> Option<Self> {
        let limit = levels as f64 * column - 8.0 * theme.scale;
        let width = |text: &str, bold: bool| font::width(text, theme.small, bold);
        let whole = names.iter().all(|(name, bold)| {
            let mut words = name.split([' ', '-', '/', '\n']);
            words.all(|word| width(word, *bold) + width("-", *bold) <= limit)
        });
        if !whole {
            return None;
        }
        let lines: Vec<Vec<String>> = names
            .iter()
            .map(|(name, bold)| wrap_evenly(name, theme.small, *bold, limit))
            .collect();
        if lines.iter().any(|lines| lines.len() > LINES) {
            return None;
        }
        let beyond = |lines: Option<&Vec<String>>| {
            let widest = lines
                .into_iter()
                .flatten()
                // As wide as it may be: the difference to regular is slight.
                .map(|line| width(line, true))
                .fold(0.0, f64::max);
            (widest / 2.0 - column / 2.0).max(0.0)
        };
        let spill = (beyond(lines.first()), beyond(lines.last()));
        let mut header = Self {
            lines,
            bold: names.iter().map(|(_, bold)| *bold).collect(),
            levels,
            height: 0.0,
            spill,
        };
        let rows: f64 = (0..levels)
            .map(|level| header.rows(level) * LEADING * theme.small)
            .sum();
        header.height = rows + 6.0 * theme.scale + 4.0 * theme.scale * (levels - 1) as f64;
        Some(header)
    }

    /// How many lines a level has; level 0 stands on the cells.
    fn rows(&self, level: usize) -> f64 {
        let of_level = self.lines.iter().enumerate();
        of_level
            .filter(|(index, _)| index % self.levels == level)
            .map(|(_, lines)| lines.len())
            .max()
            .unwrap_or(0) as f64
    }

    /// Baseline of the lowest line above cells that begin at `bottom`.
    pub fn baseline(&self, bottom: f64, theme: &Theme) -> f64 {
        bottom - 6.0 * theme.scale - 0.2 * theme.small
    }

    /// The texts, and strokes down from names of the upper level.
    pub fn place(
        self,
        centres: &[f64],
        bottom: f64,
        theme: &Theme,
    ) -> (Vec<Text>, Vec<[(f64, f64); 2]>) {
        let row = LEADING * theme.small;
        let lowest = self.baseline(bottom, theme);
        let raised = self.rows(0) * row + 4.0 * theme.scale;
        let (mut texts, mut leaders) = (Vec::new(), Vec::new());
        let levels = self.levels;
        for (index, (lines, x)) in self.lines.into_iter().zip(centres).enumerate() {
            let up = if index % levels == 1 { raised } else { 0.0 };
            let count = lines.len();
            let descent = lines.last().map_or(0.0, |line| font::descent(line));
            for (line, content) in lines.into_iter().enumerate() {
                let y = lowest - up - (count - 1 - line) as f64 * row;
                let mut text = Text::new("label", content, (*x, y), theme.small, INK);
                text.anchor = Anchor::Middle;
                text.bold = self.bold.get(index).is_some_and(|bold| *bold);
                texts.push(text);
            }
            if up > 0.0 {
                let top = lowest - up + descent * theme.small + 1.0 * theme.scale;
                leaders.push([(*x, top), (*x, bottom - 2.0 * theme.scale)]);
            }
        }
        (texts, leaders)
    }
}
