//! Names of series that lie on one another or side by side: at their right end, or as a row of
//! coloured words above the plot, in the order of the data.

use super::mirror;
use super::paint::{self, SEEN};
use super::spread::spread;
use super::{Form, Group, Rect, Shape, Stroke, Text, Theme};
use crate::chart::font;
use crate::chart::palette::{MUTED_TEXT, Tones, WHITE};
use crate::chart::text::{LEADING, wrap};

/// A series to be named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Named<'a> {
    /// Its name.
    pub label: &'a str,
    /// Its tones.
    pub tones: Tones,
    /// Whether its name is bold.
    pub bold: bool,
}

/// Texts and shapes of names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Names {
    /// The texts.
    pub texts: Vec<Text>,
    /// Swatches beside the words, or strokes from a name to what it names.
    pub shapes: Option<Group>,
    /// Height in px that a row takes.
    pub height: f64,
}

/// The widest name when it is broken at `limit`.
pub fn width(named: &[Named], limit: f64, theme: &Theme) -> f64 {
    named
        .iter()
        .flat_map(|one| {
            wrap(one.label, theme.label, one.bold, limit)
                .into_iter()
                .map(|line| font::width(&line, theme.label, one.bold))
        })
        .fold(0.0, f64::max)
}

/// Names at the right of what they name: `ends` are the upright places of the series, from which
/// strokes lead to names that had to move. None when there is no room for all.
pub fn beside(
    named: &[Named],
    ends: &[f64],
    (from, left, right): (f64, f64, f64),
    (top, bottom): (f64, f64),
    theme: &Theme,
) -> Option<Names> {
    let leading = LEADING * theme.label;
    let mut order: Vec<usize> = (0..named.len()).collect();
    order.sort_by(|a, b| ends[*a].total_cmp(&ends[*b]).then(b.cmp(a)));
    let lines: Vec<Vec<String>> = order
        .iter()
        .map(|&index| {
            let one = named[index];
            wrap(one.label, theme.label, one.bold, right - left)
        })
        .collect();
    let middles: Vec<f64> = order.iter().map(|index| ends[*index]).collect();
    let heights = |between: f64| -> Vec<f64> {
        lines
            .iter()
            .map(|lines| lines.len() as f64 * leading + between)
            .collect()
    };
    // Names of several lines stand a little apart, where there is room.
    let roomy = heights(4.0 * theme.scale);
    let (heights, tops) = match spread(&middles, &roomy, top, bottom) {
        Some(tops) => (roomy, tops),
        None => (heights(0.0), spread(&middles, &heights(0.0), top, bottom)?),
    };
    let mut texts = Vec::new();
    let mut leaders = Vec::new();
    for (((&index, lines), block), height) in order.iter().zip(lines).zip(tops).zip(heights) {
        let one = named[index];
        let middle = block + height / 2.0;
        let first = middle - 0.5 * (lines.len().max(1) - 1) as f64 * leading
            + 0.5 * font::CAP_HEIGHT * theme.label;
        for (line, content) in lines.into_iter().enumerate() {
            let place = (left, first + line as f64 * leading);
            let mut text = Text::new("label", content, place, theme.label, one.tones.text);
            text.bold = one.bold;
            texts.push(text);
        }
        if (middle - ends[index]).abs() > 0.4 * leading {
            leaders.push(Shape::stroked(
                "leader",
                Form::Path(vec![
                    (from + 2.0 * theme.scale, ends[index]),
                    (left - 3.0 * theme.scale, middle),
                ]),
                Stroke::solid(MUTED_TEXT, 0.6 * theme.scale),
            ));
        }
    }
    Some(Names {
        texts,
        shapes: (!leaders.is_empty()).then(|| Group {
            class: "leaders",
            label: String::new(),
            shapes: leaders,
        }),
        height: 0.0,
    })
}

impl Names {
    /// Puts a row at the right of the room, where the drawing below it keeps its sides but people
    /// read from right to left.
    pub fn turn(&mut self, room: &Rect) {
        let width = room.left + room.right;
        mirror::texts(&mut self.texts, width);
        if let Some(group) = &mut self.shapes {
            mirror::group(group, width);
        }
    }
}

/// Most rows of coloured words.
const ROWS: usize = 3;

/// Names as coloured words with a swatch each, side by side above the plot. None when they take
/// more than three rows.
pub fn row(named: &[Named], room: &Rect, theme: &Theme) -> Option<Names> {
    let scale = theme.scale;
    let leading = LEADING * theme.label + 3.0 * scale;
    let swatch = 10.0 * scale;
    let gap = 5.0 * scale;
    let mut names = Names::default();
    let mut swatches = Vec::new();
    let (mut x, mut row) = (room.left, 0_usize);
    for one in named {
        let content = crate::chart::text::one_line(one.label);
        let width = swatch + gap + font::width(&content, theme.label, one.bold);
        if width > room.width() {
            return None;
        }
        if x > room.left && x + width > room.right {
            (x, row) = (room.left, row + 1);
        }
        if row == ROWS {
            return None;
        }
        let baseline = room.top + row as f64 * leading + theme.label;
        let middle = baseline - 0.5 * font::CAP_HEIGHT * theme.label;
        let square = Rect {
            left: x,
            top: middle - swatch / 2.0,
            right: x + swatch,
            bottom: middle + swatch / 2.0,
        };
        swatches.push(Shape::filled("key", Form::Rect(square), one.tones.fill));
        if one.tones.fill.contrast(WHITE) < SEEN {
            let inner = paint::inset(square, scale / 2.0);
            let stroke = Stroke::solid(one.tones.line, scale);
            swatches.push(Shape::stroked("contour", inner, stroke));
        }
        let place = (x + swatch + gap, baseline);
        let mut text = Text::new("label", content, place, theme.label, one.tones.text);
        text.bold = one.bold;
        names.texts.push(text);
        x += width + 18.0 * scale;
    }
    names.height = (row + 1) as f64 * leading + 8.0 * scale;
    names.shapes = Some(Group {
        class: "keys",
        label: String::new(),
        shapes: swatches,
    });
    Some(names)
}
