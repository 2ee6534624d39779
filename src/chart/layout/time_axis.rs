//! The labelled days of a time axis, below a plot.

use chrono::NaiveDate;

use super::{Anchor, Axis, Rect, Text, Theme};
use crate::chart::calendar::{self, DateTick};
use crate::chart::font;
use crate::chart::kind::day;
use crate::chart::palette::INK;

/// The days that are labelled: starts of weeks, months or years whose labels stand clear of one another.
pub fn ticks(days: &[NaiveDate], x: &Axis, room: Rect, theme: &Theme) -> Vec<DateTick> {
    calendar::ticks(days, theme.language, |ticks| {
        let texts = texts(ticks, x, room, 0.0, theme);
        let boxes: Vec<Rect> = texts.iter().map(Text::bounds).collect();
        boxes
            .windows(2)
            .all(|pair| pair[0].right + 14.0 * theme.scale <= pair[1].left)
    })
}

/// Their labels, each in the middle under its day but never outside the room.
pub fn texts(ticks: &[DateTick], x: &Axis, room: Rect, bottom: f64, theme: &Theme) -> Vec<Text> {
    let size = theme.small;
    ticks
        .iter()
        .map(|tick| {
            let half = font::width(&tick.label, size, false) / 2.0;
            let middle = x
                .at(day(tick.date))
                .max(room.left + half)
                .min(room.right - half);
            let place = (middle, bottom + 1.45 * size);
            let mut text = Text::new("tick-x", tick.label.clone(), place, size, INK);
            text.anchor = Anchor::Middle;
            text.date = Some(tick.date);
            text
        })
        .collect()
}
