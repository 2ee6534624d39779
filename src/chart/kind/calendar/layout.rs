//! Weeks side by side, weekdays below one another, a block for each year.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::CalendarChart;
use super::cells::Painter;
use super::classes::Classes;
use super::legend::Legend;
use crate::chart::layout::{Body, Form, Group, Laid, Shape, Stroke, Theme};
use crate::chart::palette::{INK, MUTED_TEXT};
use crate::chart::spec::{Point, ValueKind};
use crate::chart::text::{LEADING, Rect, Text};
use crate::chart::{ChartError, font};

/// Side of a cell, at least and at most, in px at scale 1.
const SIDE: (f64, f64) = (7.0, 30.0);
/// Days that are drawn as one block of weeks.
struct Block {
    /// What stands above its first week.
    name: String,
    /// The Monday of its first week.
    monday: NaiveDate,
    /// Its first and last day.
    days: (NaiveDate, NaiveDate),
    weeks: i64,
}

/// Where cells lie.
struct Grid {
    left: f64,
    /// Distance from one cell to the next.
    pitch: f64,
    scale: f64,
}

impl Grid {
    /// The cell of a day in a block whose cells begin at `top`.
    fn cell(&self, block: &Block, top: f64, day: NaiveDate) -> Rect {
        let week = (day - block.monday).num_days() / 7;
        let left = self.left + week as f64 * self.pitch;
        let top = top + f64::from(day.weekday().num_days_from_monday()) * self.pitch;
        let gap = self.scale;
        Rect {
            left,
            top,
            right: left + self.pitch - gap,
            bottom: top + self.pitch - gap,
        }
    }
}

/// Lays out a calendar in the room between subtitle and notes.
pub fn lay(chart: &CalendarChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let scale = theme.scale;
    let days = chart.in_order();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Err(ChartError::NoValues);
    };
    let blocks = blocks(first.date, last.date);
    let values: Vec<f64> = days.iter().filter_map(|day| day.value).collect();
    let whole = matches!(chart.values, ValueKind::Count | ValueKind::UsDollars);
    let classes = Classes::new(&values, whole);
    let legend = Legend::new(chart, classes.as_ref(), &values, room, theme)?;

    let weekday_width = theme
        .words()
        .calendar
        .weekdays
        .iter()
        .map(|name| font::width(name, theme.small, false))
        .fold(0.0, f64::max);
    let left = room.left + weekday_width + 8.0 * scale;
    let weeks = blocks.iter().map(|block| block.weeks).max().unwrap_or(1);
    let head = 1.5 * theme.small;
    let between = 8.0 * scale;
    let top = room.top + legend.height;
    let height = room.bottom - top;
    let count = blocks.len() as f64;
    let wide = (room.right - left) / weeks as f64;
    let high = ((height + between) / count - head - between) / 7.0;
    let pitch = wide.min(high).min(SIDE.1 * scale);
    if wide < SIDE.0 * scale {
        return Err(ChartError::NoRoom {
            width: (room.right + theme.margin).round() as u32,
            height: (room.bottom + theme.margin).round() as u32,
        });
    }
    if high < SIDE.0 * scale {
        let one = head + between + 7.0 * SIDE.0 * scale;
        return Err(ChartError::TooMany {
            count: blocks.len(),
            what: "years of days",
            fit: ((height + between) / one).floor().max(0.0) as usize,
            way_out: "choose fewer years, or a taller size",
        });
    }
    let grid = Grid { left, pitch, scale };
    let painter = Painter {
        classes: classes.as_ref(),
        scale,
    };
    let known: BTreeMap<NaiveDate, &Point> = days.iter().map(|day| (day.date, day)).collect();
    let mut texts = legend.texts;
    let (mut cells, mut steps) = (Vec::new(), Vec::new());
    let mut block_top = top;
    for block in &blocks {
        let cells_top = block_top + head;
        texts.extend(block_texts(
            block,
            (first.date, last.date),
            &grid,
            cells_top,
            room,
            theme,
        ));
        let mut day = block.days.0;
        while day <= block.days.1 {
            if day >= first.date && day <= last.date {
                let rect = grid.cell(block, cells_top, day);
                cells.extend(painter.cell(rect, known.get(&day).copied()));
            }
            let Some(next) = day.checked_add_days(Days::new(1)) else {
                break;
            };
            if next.day() == 1 && next <= block.days.1.min(last.date) && next > first.date {
                steps.push(month_step(block, &grid, cells_top, next));
            }
            day = next;
        }
        block_top = cells_top + 7.0 * pitch + between;
    }
    Ok(Laid {
        body: Body::Shapes(vec![
            Group {
                class: "legend",
                shapes: legend.shapes,
                ..Group::default()
            },
            Group {
                class: "cells",
                shapes: cells,
                ..Group::default()
            },
            Group {
                class: "months",
                shapes: steps,
                ..Group::default()
            },
        ]),
        texts,
        notes: Vec::new(),
        bottom: Some(block_top - between),
    })
}

/// One block for each year; one for all where that is no more than a year of weeks.
fn blocks(first: NaiveDate, last: NaiveDate) -> Vec<Block> {
    let block = |name: String, from: NaiveDate, to: NaiveDate| {
        let back = u64::from(from.weekday().num_days_from_monday());
        let monday = from.checked_sub_days(Days::new(back)).unwrap_or(from);
        Block {
            name,
            monday,
            days: (from, to),
            weeks: (to - monday).num_days() / 7 + 1,
        }
    };
    if (last - first).num_days() < 366 {
        let name = if first.year() == last.year() {
            first.year().to_string()
        } else {
            format!("{}–{:02}", first.year(), last.year() % 100)
        };
        return vec![block(name, first, last)];
    }
    (first.year()..=last.year())
        .filter_map(|year| {
            let from = NaiveDate::from_ymd_opt(year, 1, 1)?;
            let to = NaiveDate::from_ymd_opt(year, 12, 31)?;
            Some(block(year.to_string(), from, to))
        })
        .collect()
}

/// Names of the year, its months and weekdays.
fn block_texts(
    block: &Block,
    days: (NaiveDate, NaiveDate),
    grid: &Grid,
    top: f64,
    room: Rect,
    theme: &Theme,
) -> Vec<Text> {
    let mut texts = Vec::new();
    let baseline = top - 0.45 * theme.small;
    let mut year = Text::new(
        "year",
        block.name.clone(),
        (room.left, baseline),
        theme.small,
        INK,
    );
    year.bold = true;
    texts.extend(month_texts(
        block,
        days,
        grid,
        baseline,
        (year.bounds().right, room.right),
        theme,
    ));
    texts.push(year);
    let apart = if grid.pitch >= LEADING * theme.small {
        1
    } else if 2.0 * grid.pitch >= theme.small * 1.1 {
        2
    } else {
        3
    };
    for (index, name) in theme
        .words()
        .calendar
        .weekdays
        .iter()
        .enumerate()
        .step_by(apart)
    {
        let middle = top + (index as f64 + 0.5) * grid.pitch - 0.5 * grid.scale;
        let place = (room.left, middle + 0.5 * font::CAP_HEIGHT * theme.small);
        texts.push(Text::new("weekday", *name, place, theme.small, MUTED_TEXT));
    }
    texts
}

/// Names of the months that have a day among those of the data, each above its first whole week;
/// that of a month that has begun before, above the first week, where there is room.
fn month_texts(
    block: &Block,
    (first, last): (NaiveDate, NaiveDate),
    grid: &Grid,
    baseline: f64,
    (from, to): (f64, f64),
    theme: &Theme,
) -> Vec<Text> {
    let gap = 5.0 * grid.scale;
    let first = block.days.0.max(first);
    let last = block.days.1.min(last);
    let mut texts: Vec<Text> = Vec::new();
    let mut month = first;
    while month <= last {
        let week = (month - block.monday).num_days();
        let column = if month.day() == 1 {
            (week + 6) / 7
        } else {
            week / 7
        };
        let x = grid.left + column as f64 * grid.pitch;
        let name = theme.language.short_date("{1}", month);
        texts.push(Text::new(
            "tick-month",
            name,
            (x, baseline),
            theme.small,
            INK,
        ));
        let next = month
            .with_day(1)
            .and_then(|first| first.checked_add_months(chrono::Months::new(1)));
        let Some(next) = next else { break };
        month = next;
    }
    // From the last back, so that a month that is there in part makes way for a whole one.
    let mut free = to + gap;
    texts.reverse();
    texts.retain(|text| {
        let fits = text.bounds().right + gap <= free && text.x >= from + gap;
        if fits {
            free = text.x;
        }
        fits
    });
    texts
}

/// The thin step between a month and the one before it.
fn month_step(block: &Block, grid: &Grid, top: f64, first: NaiveDate) -> Shape {
    let half = 0.5 * grid.scale;
    let cell = grid.cell(block, top, first);
    let (left, upper) = (cell.left - half, cell.top - half);
    let (start, end) = (top - half, top + 7.0 * grid.pitch - half);
    let points = if first.weekday().num_days_from_monday() == 0 {
        vec![(left, start), (left, end)]
    } else {
        let right = left + grid.pitch;
        vec![(right, start), (right, upper), (left, upper), (left, end)]
    };
    Shape::stroked("month", Form::Path(points), Stroke::solid(INK, grid.scale))
}
