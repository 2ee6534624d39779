//! The names of lines: beside the end of the line where that is free, else in a column.

use super::{Line, Series};
use crate::chart::layout::spread::spread;
use crate::chart::layout::{Axis, Theme};
use crate::chart::spec::ValueKind;
use crate::chart::text::{LEADING, Rect, Text, wrap_evenly};
use crate::chart::{font, number};

/// The name of a line: its rows of text, not yet placed.
#[derive(Clone)]
pub struct Name {
    /// Index of the line in the chart.
    pub line: usize,
    /// Whether the line is context.
    pub muted: bool,
    /// Where the line ends, in px.
    pub end: (f64, f64),
    /// Height of all rows.
    pub height: f64,
    /// Width of the widest row.
    pub width: f64,
    texts: Vec<Text>,
}

/// A name with the place of its top left corner.
pub struct Placed {
    /// The name.
    pub name: Name,
    /// Its left and top.
    pub at: (f64, f64),
}

impl Name {
    /// The name of a line in the darker tone of its colour. A line that is no context also says
    /// its last value.
    pub fn new(
        index: usize,
        line: &Line,
        (tones, muted): (crate::chart::palette::Tones, bool),
        values: ValueKind,
        limit: f64,
        theme: &Theme,
    ) -> Option<Self> {
        let last = line
            .points
            .iter()
            .filter(|point| point.value.is_some())
            .max_by_key(|point| point.date)?;
        let size = theme.label;
        let mut texts: Vec<Text> = wrap_evenly(&line.label, size, !muted, limit)
            .into_iter()
            .map(|content| {
                let mut text = Text::new("label", content, (0.0, 0.0), size, tones.text);
                text.bold = !muted;
                text
            })
            .collect();
        if !muted {
            let value = number::short(last.value?, values, theme.language);
            let word = match last.qualifier {
                Some(qualifier) => number::word(qualifier, theme.language),
                None if last.marks.at_least => theme.words().numbers.at_least,
                None => "",
            };
            let value = format!("{word}{value}");
            // A number that nobody counted is not read as one that somebody did.
            let projected = theme.words().marks.projected;
            let projected = last.marks.projected.then_some(projected);
            let said = [Some(value.as_str()), projected].into_iter().flatten();
            texts.extend(
                said.flat_map(|said| wrap_evenly(said, size, false, limit))
                    .map(|row| Text::new("value", row, (0.0, 0.0), size, tones.text)),
            );
        }
        Some(Self {
            line: index,
            muted,
            end: (0.0, 0.0),
            height: texts.len() as f64 * LEADING * size,
            width: texts.iter().map(Text::width).fold(0.0, f64::max),
            texts,
        })
    }
}

impl Placed {
    /// The rectangle of all rows, and of letters that reach below the last one.
    pub fn bounds(&self) -> Rect {
        let (left, top) = self.at;
        let bottom = top + self.name.height;
        let depth = self.name.texts.last().map_or(0.0, |text| {
            (0.5 * font::CAP_HEIGHT + font::descent(&text.content) - 0.5 * LEADING) * text.size
        });
        Rect {
            left,
            top,
            right: left + self.name.width,
            bottom: bottom + depth.max(0.0),
        }
    }

    /// How far its middle lies from the end of its line, up or down.
    pub fn moved(&self) -> f64 {
        (self.at.1 + self.name.height / 2.0 - self.name.end.1).abs()
    }

    /// Its rows of text.
    pub fn texts(&self, theme: &Theme) -> impl Iterator<Item = Text> + '_ {
        let step = LEADING * theme.label;
        let (left, top) = self.at;
        self.name.texts.iter().enumerate().map(move |(row, text)| {
            let mut text = text.clone();
            text.x = left;
            text.halo = true;
            text.baseline = top + (row as f64 + 0.5) * step + 0.5 * font::CAP_HEIGHT * text.size;
            text
        })
    }
}

/// Places names in a column, those of the greatest weight first. A name of a context line that
/// would lie far from its line is left out, as are names for which there is no height; the
/// indices of both come back to be named in the note.
pub fn column(
    names: Vec<Name>,
    left: f64,
    (low, high): (f64, f64),
    theme: &Theme,
) -> (Vec<Placed>, Vec<usize>) {
    let far = 4.0 * LEADING * theme.label;
    let mut free = high - low;
    let (mut kept, mut out): (Vec<Name>, Vec<usize>) = (Vec::new(), Vec::new());
    for name in names {
        if name.height <= free && out.is_empty() {
            free -= name.height;
            kept.push(name);
        } else {
            out.push(name.line);
        }
    }
    loop {
        // Weight is the order in `kept`; the order in the column is that of the ends.
        let mut order: Vec<usize> = (0..kept.len()).collect();
        order.sort_by(|&a, &b| kept[a].end.1.total_cmp(&kept[b].end.1).then(a.cmp(&b)));
        let middles: Vec<f64> = order.iter().map(|&index| kept[index].end.1).collect();
        let heights: Vec<f64> = order.iter().map(|&index| kept[index].height).collect();
        let tops = spread(&middles, &heights, low, high).unwrap_or_default();
        let placed: Vec<(usize, Placed)> = order
            .into_iter()
            .zip(tops)
            .map(|(index, top)| {
                (
                    index,
                    Placed {
                        name: kept[index].clone(),
                        at: (left, top),
                    },
                )
            })
            .collect();
        match least_of_crowd(&placed, far) {
            Some(index) => out.push(kept.remove(index).line),
            None => return (placed.into_iter().map(|(_, placed)| placed).collect(), out),
        }
    }
}

/// The context name of least weight among those that touch one which lies far from its line.
fn least_of_crowd(placed: &[(usize, Placed)], far: f64) -> Option<usize> {
    let touch = |a: &Placed, b: &Placed| (a.at.1 + a.name.height - b.at.1).abs() < 0.5;
    placed
        .chunk_by(|(_, a), (_, b)| touch(a, b))
        .filter(|crowd| {
            crowd
                .iter()
                .any(|(_, one)| one.name.muted && one.moved() > far)
        })
        .flatten()
        .filter(|(_, one)| one.name.muted)
        .map(|(index, _)| *index)
        .max()
}

/// Places the name of a line that ends early near its end, where no line and no other name is; at
/// most so many steps of a few px above or below it.
pub fn beside(
    name: &Name,
    plot: &Rect,
    strokes: &[[(f64, f64); 2]],
    taken: &[Rect],
    reach: i32,
    theme: &Theme,
) -> Option<Placed> {
    let scale = theme.scale;
    let (x, y) = name.end;
    let steps = (0..=reach).flat_map(|step| [f64::from(step), -f64::from(step)]);
    steps
        .map(|step| (x + 8.0 * scale, y + 7.0 * scale * step - name.height / 2.0))
        .map(|at| Placed {
            name: name.clone(),
            at,
        })
        .find(|placed| {
            let own = placed.bounds();
            let wide = Rect {
                left: own.left - 3.0 * scale,
                top: own.top,
                right: own.right + 3.0 * scale,
                bottom: own.bottom,
            };
            let inside =
                own.top >= plot.top && own.bottom <= plot.bottom - scale && own.right <= plot.right;
            inside
                && !taken.iter().any(|other| other.overlaps(&wide))
                && !strokes.iter().any(|[from, to]| wide.is_crossed(*from, *to))
        })
}

/// Every stroke of the data, which a name must not lie on.
pub fn strokes(series: &[(usize, Series)], x: &Axis, y: &Axis) -> Vec<[(f64, f64); 2]> {
    let lines = series.iter().flat_map(|(_, series)| series.strokes(x, y));
    let dots = series
        .iter()
        .flat_map(|(_, series)| &series.markers)
        .map(|marker| {
            let (x, y) = (x.at(marker.at.0), y.at(marker.at.1));
            [(x - marker.radius, y), (x + marker.radius, y)]
        });
    lines.chain(dots).collect()
}

/// Edges of the areas from low to high of all lines, in px.
pub fn band_edges(series: &[(usize, Series)], x: &Axis, y: &Axis) -> Vec<[(f64, f64); 2]> {
    let at = |(day, value): (f64, f64)| (x.at(day), y.at(value));
    series
        .iter()
        .flat_map(|(_, series)| &series.bands)
        .flat_map(|band| band.edge.windows(2).map(|pair| [at(pair[0]), at(pair[1])]))
        .collect()
}
