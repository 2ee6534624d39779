//! Names of events above the plot, in steps, so that no upright stroke runs through a name.

use chrono::NaiveDate;

use super::day;
use crate::chart::ChartError;
use crate::chart::layout::Theme;
use crate::chart::palette::INK;
use crate::chart::spec::{Break, Event};
use crate::chart::text::{Anchor, LEADING, Text, wrap_evenly};

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
    pub fn new(events: &[Event], breaks: &[Break]) -> Self {
        let events = events.iter().map(|event| Flag {
            date: event.date,
            label: event.label.clone(),
            is_break: false,
        });
        let breaks = breaks.iter().map(|one| Flag {
            date: one.date,
            label: format!("break: {}", one.label),
            is_break: true,
        });
        let mut sorted: Vec<Flag> = events.chain(breaks).collect();
        sorted.sort_by_key(|flag| flag.date);
        Self { sorted }
    }

    /// Places the names: each begins at its day and runs to the right. Where a name would lie
    /// over the stroke of a later event it steps up, so strokes only ever pass beside names.
    pub fn place(
        &self,
        at: impl Fn(f64) -> f64,
        right: f64,
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
        for event in self.sorted.iter().rev() {
            let x = at(day(event.date));
            let room = (right - x).min(150.0 * theme.scale);
            let lines = wrap_evenly(
                &event.label,
                theme.small,
                false,
                room.max(40.0 * theme.scale),
            );
            let mut widest: f64 = 0.0;
            let mut texts: Vec<Text> = lines
                .into_iter()
                .map(|line| Text::new("event", line, (x, 0.0), theme.small, INK))
                .collect();
            for text in &mut texts {
                text.halo = true;
                widest = widest.max(text.width());
            }
            let height = texts.len() as f64 * step;
            let bottom = taken
                .iter()
                .filter(|(left, _, _)| *left < x + widest + 2.0 * gap)
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
            taken.push((x, x + widest, top));
        }
        if placed.height > limit {
            return Err(ChartError::TooManyEvents(self.sorted.len()));
        }
        Ok(placed)
    }
}
