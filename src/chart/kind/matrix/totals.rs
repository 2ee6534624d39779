//! Sums beside the rows and below the columns of a matrix.

use super::MatrixChart;
use super::layout::Grid;
use crate::chart::kind::movement::Place;
use crate::chart::layout::Theme;
use crate::chart::palette::INK;
use crate::chart::spec::ValueKind;
use crate::chart::text::{Anchor, Rect, Text};
use crate::chart::{font, number};

/// Room in px at scale 1 between the cells and the sums beside them.
const GAP: f64 = 14.0;

/// Sums beside rows and below columns.
pub struct Totals {
    rows: Vec<String>,
    all: String,
    /// Width of the column of sums in px; nothing without.
    pub width: f64,
}

impl Totals {
    /// The sums of a chart, where they are shown.
    pub fn new(chart: &MatrixChart, shown: bool, rows: &[Place<'_>], theme: &Theme) -> Self {
        if !shown {
            return Self {
                rows: Vec::new(),
                all: String::new(),
                width: 0.0,
            };
        }
        let (total, qualifier) = chart.exchange.total();
        let all = format!(
            "{}{}",
            number::word(qualifier, theme.language),
            number::full(total, ValueKind::Count, theme.language)
        );
        let rows: Vec<String> = rows.iter().map(|row| sum(row, theme)).collect();
        let widest = rows
            .iter()
            .chain([&all])
            .map(|text| font::width(text, theme.small, true))
            .fold(
                font::width(theme.words().movement.total, theme.small, true),
                f64::max,
            );
        Self {
            rows,
            all,
            width: widest + GAP * theme.scale,
        }
    }

    /// The texts, and whether all are there; sums of columns stand only where all fit.
    pub fn place(
        self,
        columns: &[Place<'_>],
        grid: &Grid,
        below: usize,
        room: Rect,
        theme: &Theme,
    ) -> (Vec<Text>, bool) {
        if self.rows.is_empty() {
            return (Vec::new(), true);
        }
        let right = grid.left + columns.len() as f64 * grid.column + self.width;
        let right = right.min(room.right);
        // Where the matrix changes sides, what stands at the left comes to stand at the right.
        let (x, anchor) = if theme.language.is_right_to_left() {
            (right - self.width + GAP * theme.scale, Anchor::Start)
        } else {
            (right, Anchor::End)
        };
        let bold = |content: String, (x, baseline): (f64, f64), anchor| {
            let mut text = Text::new("value", content, (x, baseline), theme.small, INK);
            text.bold = true;
            text.anchor = anchor;
            text
        };
        let heading = (x, grid.top - 6.0 * theme.scale - 0.2 * theme.small);
        let mut texts = vec![
            bold(theme.words().movement.total.to_owned(), heading, anchor),
            bold(
                theme.words().movement.total.to_owned(),
                (room.left, grid.baseline(below, theme.small)),
                Anchor::Start,
            ),
            bold(self.all, (x, grid.baseline(below, theme.small)), anchor),
        ];
        for (row, content) in self.rows.into_iter().enumerate() {
            let place = (x, grid.baseline(row, theme.small));
            texts.push(bold(content, place, anchor));
        }
        let room = grid.column - 6.0 * theme.scale;
        let fits = |words: &[String]| {
            let mut widths = words.iter().map(|w| font::width(w, theme.small, true));
            widths.all(|width| width <= room)
        };
        let full: Vec<String> = columns.iter().map(|place| sum(place, theme)).collect();
        let short: Vec<String> = columns
            .iter()
            .map(|place| short_sum(place, theme))
            .collect();
        let words = [full, short].into_iter().find(|words| fits(words));
        let all = words.is_some();
        for (column, content) in words.into_iter().flatten().enumerate() {
            let place = (grid.centre(column), grid.baseline(below, theme.small));
            texts.push(bold(content, place, Anchor::Middle));
        }
        (texts, all)
    }
}

fn sum(place: &Place<'_>, theme: &Theme) -> String {
    number::qualified(
        place.total,
        (None, None),
        Some(place.qualifier),
        ValueKind::Count,
        theme.language,
    )
}

fn short_sum(place: &Place<'_>, theme: &Theme) -> String {
    place.total.map_or_else(String::new, |total| {
        let word = number::word(place.qualifier, theme.language);
        format!(
            "{word}{}",
            number::short(total, ValueKind::Count, theme.language)
        )
    })
}
