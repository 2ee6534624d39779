//! What stands beside the places of a flow chart.

use crate::chart::kind::movement::Place;
use crate::chart::layout::Theme;
use crate::chart::palette::{INK, MUTED_TEXT};
use crate::chart::spec::ValueKind;
use crate::chart::text::{LEADING, Text, one_line, wrap};
use crate::chart::{font, number};

/// The rows of text beside a place, each with places relative to its left end and the first row.
pub struct Label {
    rows: Vec<Vec<Text>>,
    /// Height in px.
    pub height: f64,
    /// Width of the widest row in px.
    pub width: f64,
}

impl Label {
    fn new(rows: Vec<Vec<Text>>, theme: &Theme) -> Self {
        Self {
            height: rows.len() as f64 * LEADING * theme.label,
            width: rows.iter().map(|row| row_width(row)).fold(0.0, f64::max),
            rows,
        }
    }

    /// Name, value and share in one row where they fit, else the numbers under the name.
    pub fn beside(place: &Place<'_>, total: f64, limit: f64, theme: &Theme) -> Self {
        let value = number::qualified(
            place.total,
            (None, None),
            Some(place.qualifier),
            ValueKind::Count,
            theme.language,
        );
        let value = match place.total {
            Some(own) => format!("{value} ({})", number::share(own, total, theme.language)),
            None => value,
        };
        let mut rows = bold(place.name, limit, theme);
        let beside = rows.last().map_or(0.0, |row| row_width(row)) + 7.0 * theme.scale;
        let mut number = Text::new("value", value, (beside, 0.0), theme.label, INK);
        match rows.last_mut() {
            Some(last) if beside + number.width() <= limit => last.push(number),
            _ => {
                number.x = 0.0;
                rows.push(vec![number]);
            }
        }
        let detail = one_line(place.detail);
        for line in wrap(&detail, theme.small, false, limit) {
            rows.push(vec![Text::new(
                "detail",
                line,
                (0.0, 0.0),
                theme.small,
                MUTED_TEXT,
            )]);
        }
        Self::new(rows, theme)
    }

    /// Name, value and unit under one another, for a place that is alone on its side.
    pub fn alone(place: &Place<'_>, unit: &str, limit: f64, theme: &Theme) -> Self {
        let mut rows = bold(place.name, limit, theme);
        let total = format!(
            "{}{}",
            number::word(place.qualifier, theme.language),
            number::full(place.total.unwrap_or(0.0), ValueKind::Count, theme.language)
        );
        let unit = wrap(unit, theme.label, false, limit);
        rows.extend(
            std::iter::once(total)
                .chain(unit)
                .map(|line| vec![Text::new("value", line, (0.0, 0.0), theme.label, INK)]),
        );
        Self::new(rows, theme)
    }

    /// Its texts, the left ends of the rows at `x`, around the middle `y`.
    pub fn beginning_at(self, x: f64, y: f64, theme: &Theme) -> Vec<Text> {
        self.placed(y, theme, |_| x)
    }

    /// Its texts, the right ends of the rows at `x`, around the middle `y`.
    pub fn ending_at(self, x: f64, y: f64, theme: &Theme) -> Vec<Text> {
        self.placed(y, theme, |row| x - row_width(row))
    }

    fn placed(self, y: f64, theme: &Theme, left: impl Fn(&[Text]) -> f64) -> Vec<Text> {
        let row_height = LEADING * theme.label;
        let first = y - self.height / 2.0 + 0.5 * row_height + 0.5 * font::CAP_HEIGHT * theme.label;
        let mut texts = Vec::new();
        for (index, row) in self.rows.into_iter().enumerate() {
            let left = left(&row);
            texts.extend(row.into_iter().map(|mut text| {
                text.x += left;
                // Texts of one row share a baseline.
                text.baseline = first + index as f64 * row_height;
                text
            }));
        }
        texts
    }
}

fn bold(name: &str, limit: f64, theme: &Theme) -> Vec<Vec<Text>> {
    wrap(name, theme.label, true, limit)
        .into_iter()
        .map(|line| {
            let mut text = Text::new("label", line, (0.0, 0.0), theme.label, INK);
            text.bold = true;
            vec![text]
        })
        .collect()
}

fn row_width(row: &[Text]) -> f64 {
    row.last().map_or(0.0, |text| text.x + text.width())
}
