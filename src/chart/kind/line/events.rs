//! Names of events above the plot, in steps, so that no upright stroke runs through a name.

use chrono::NaiveDate;

use super::day;
use crate::chart::layout::Theme;
use crate::chart::palette::INK;
use crate::chart::spec::{Break, Event};
use crate::chart::text::{Anchor, LEADING, Rect, Text, wrap_evenly};
use crate::chart::words::fill;
use crate::chart::{ChartError, font};

/// The names, not yet placed: their height is needed before the plot's is known.
pub struct Flags {
    sorted: Vec<Flag>,
}

/// One name of a day.
struct Flag {
    date: NaiveDate,
    label: String,
    is_break: bool,
}

/// An upright stroke.
pub struct Stroke {
    /// Its place from the left.
    pub x: f64,
    /// Its top relative to the bottom of the room above the plot.
    pub top: f64,
    /// Whether it marks a break.
    pub is_break: bool,
}

/// The names with their place relative to the bottom of the room above the plot.
pub struct Placed {
    /// Lines of text, their baselines relative to that bottom.
    pub texts: Vec<Text>,
    /// Upright strokes.
    pub strokes: Vec<Stroke>,
    /// Height of the room that they need.
    pub height: f64,
}

impl Flags {
    /// Takes the events and the breaks of a chart.
    pub fn new(events: &[Event], breaks: &[Break], theme: &Theme) -> Self {
        let events = events.iter().map(|event| Flag {
            date: event.date,
            label: event.label.clone(),
            is_break: false,
        });
        let breaks = breaks.iter().map(|one| Flag {
            date: one.date,
            label: fill(theme.words().line.breaks, &[&one.label]),
            is_break: true,
        });
        let mut sorted: Vec<Flag> = events.chain(breaks).collect();
        sorted.sort_by_key(|flag| flag.date);
        Self { sorted }
    }

    /// Places the names: each begins at its day and runs to the right, or to the left where that
    /// is shorter, between the edges of the room. Where a name would lie over the stroke of a later event it steps up, so strokes only ever pass beside names.
    pub fn place(
        &self,
        at: impl Fn(f64) -> f64,
        (left, right): (f64, f64),
        limit: f64,
        theme: &Theme,
    ) -> Result<Placed, ChartError> {
        let step = LEADING * theme.small;
        let gap = 4.0 * theme.scale;
        let mut placed = Placed {
            texts: Vec::new(),
            strokes: Vec::new(),
            height: 0.0,
        };
        // (left, right, top) of the names so far, from the right.
        let mut taken: Vec<(f64, f64, f64)> = Vec::new();
        for (index, event) in self.sorted.iter().enumerate().rev() {
            let x = at(day(event.date));
            let wrapped = |room: f64| {
                let limit = room.min(150.0 * theme.scale).max(40.0 * theme.scale);
                let lines = wrap_evenly(&event.label, theme.small, false, limit);
                let widths = lines
                    .iter()
                    .map(|line| font::width(line, theme.small, false));
                let widest = widths.fold(0.0, f64::max);
                (lines, widest)
            };
            let (mut lines, mut widest) = wrapped(right - x);
            // Near the right edge a name may run to the left, if no other stroke is there.
            let before = self.sorted[..index]
                .last()
                .map(|before| at(day(before.date)));
            let free = before.map_or(x - left, |before| x - before - 2.0 * gap);
            let (back, back_width) = wrapped(free);
            let turned = back.len() < lines.len() && back_width <= free;
            if turned {
                (lines, widest) = (back, back_width);
            }
            let (start, anchor) = if turned {
                (x - widest, Anchor::End)
            } else {
                (x, Anchor::Start)
            };
            let texts: Vec<Text> = lines
                .into_iter()
                .map(|line| {
                    let mut text = Text::new("event", line, (x, 0.0), theme.small, INK);
                    text.halo = true;
                    text.anchor = anchor;
                    text
                })
                .collect();
            let height = texts.len() as f64 * step;
            let bottom = taken
                .iter()
                .filter(|(left, _, _)| *left < start + widest + 2.0 * gap)
                .fold(0.0_f64, |most, (_, _, top)| most.max(*top));
            let top = bottom + height + gap;
            for (index, mut text) in texts.into_iter().enumerate() {
                text.baseline = -(top - gap) + (index as f64 + 0.78) * step;
                placed.texts.push(text);
            }
            placed.strokes.push(Stroke {
                x,
                top: 3.0 * theme.scale - bottom,
                is_break: event.is_break,
            });
            placed.height = placed.height.max(top);
            taken.push((start, start + widest, top));
        }
        if placed.height > limit {
            return Err(ChartError::TooManyEvents(self.sorted.len()));
        }
        Ok(placed)
    }
}

/// The strokes of events, interrupted where they would run through the unit of the axis.
pub fn around(strokes: Vec<(f64, f64, f64)>, unit: Option<Rect>) -> Vec<(f64, f64, f64)> {
    let Some(unit) = unit else {
        return strokes;
    };
    strokes
        .into_iter()
        .flat_map(|(x, top, bottom)| {
            let crosses = unit.left <= x && x <= unit.right && top < unit.bottom;
            if crosses {
                vec![(x, top, unit.top.max(top)), (x, unit.bottom + 4.0, bottom)]
            } else {
                vec![(x, top, bottom)]
            }
        })
        .filter(|(_, top, bottom)| bottom - top > 1.0)
        .collect()
}

/// Places, tops and bottoms of upright strokes.
type Upright = Vec<(f64, f64, f64)>;

/// The strokes of events and those of breaks.
pub fn upright_strokes(flags: &Placed, plot: &Rect, theme: &Theme) -> (Upright, Upright) {
    let base = plot.top - LEADING * theme.small;
    let of = |is_break: bool| {
        flags
            .strokes
            .iter()
            .filter(|stroke| stroke.is_break == is_break)
            .map(|stroke| (stroke.x, base + stroke.top, plot.bottom))
            .collect()
    };
    (of(false), of(true))
}
