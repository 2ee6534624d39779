//! Lines over time: axes, and names at the ends of the lines instead of a legend.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Line;
use super::events::{Flags, around, upright_strokes};
use super::extent::{dates, extent, span};
use super::names::{self, Name};
use super::series;
use super::{LineChart, Series, versions};
use crate::chart::layout::{Axis, Body, Laid, Theme, time_axis};
use crate::chart::number::ValueTicks;
use crate::chart::palette::{INK, Tones};
use crate::chart::spec::{Break, Event, ValueKind};
use crate::chart::text::{LEADING, Rect, Text};
use crate::chart::words::fill;
use crate::chart::{ChartError, font, number};

/// Lines over time.
#[derive(Debug, Clone, PartialEq)]
pub struct LineBody {
    /// Days of the common era to px.
    pub x: Axis,
    /// Values to px.
    pub y: Axis,
    /// Values of the horizontal lines, zero among them.
    pub grid: Vec<f64>,
    /// Left end of the horizontal lines in px.
    pub grid_left: f64,
    /// The labelled days.
    pub days: Vec<NaiveDate>,
    /// The lines, the most important last so that it lies on top.
    pub series: Vec<Series>,
    /// Strokes from the end of a line to a label that had to move.
    pub leaders: Vec<[(f64, f64); 2]>,
    /// Upright strokes of events: place, top and bottom.
    pub events: Vec<(f64, f64, f64)>,
    /// Upright strokes of breaks, likewise.
    pub breaks: Vec<(f64, f64, f64)>,
}

/// What is known before anything is placed.
struct Chart<'a> {
    lines: &'a [Line],
    events: &'a [Event],
    breaks: &'a [Break],
    unit: &'a str,
    values: ValueKind,
    room: Rect,
    theme: &'a Theme,
    tones: Vec<(Tones, bool)>,
    dates: Vec<NaiveDate>,
}

/// What a pass takes for granted, and the next one no longer when that was wrong.
#[derive(Clone)]
struct Plan {
    /// The highest grid line may lie a little below the highest value.
    trim: bool,
    /// Strokes to moved names need room between plot and column.
    leaders: bool,
    /// Lines that end early but have no room for a name beside their end.
    column: BTreeSet<usize>,
}

/// Lays out lines, axes, names and events in the room between subtitle and notes.
pub fn lay(chart: &LineChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let LineChart {
        lines,
        events,
        breaks,
        unit,
        values,
    } = chart;
    let chart = Chart {
        lines,
        events,
        breaks,
        unit,
        values: *values,
        room,
        theme,
        tones: series::tones(lines),
        dates: dates(lines),
    };
    let mut plan = Plan {
        trim: true,
        leaders: false,
        column: BTreeSet::new(),
    };
    // Each pass gives up at least one assumption for good, so this ends.
    loop {
        match chart.pass(&plan)? {
            Ok(laid) => return Ok(laid),
            Err(next) => plan = next,
        }
    }
}

impl Chart<'_> {
    /// One attempt: the layout, or a plan with fewer assumptions.
    fn pass(&self, plan: &Plan) -> Result<Result<Laid, Plan>, ChartError> {
        let (theme, room, scale) = (self.theme, self.room, self.theme.scale);
        let (ticks, domain) = self.value_axis(plan.trim);
        let mut tick_names = number::tick_labels(&ticks, self.values, theme.language);
        let gutter = tick_names
            .iter()
            .map(|name| font::width(name, theme.small, false))
            .fold(0.0, f64::max);
        // "1 people" would be wrong, and a long unit belongs in the subtitle.
        let unit_fits = font::width(self.unit, theme.small, false) < 0.4 * room.width();
        let with_unit =
            |top: &str| number::with_unit(&ticks, top, self.unit, self.values, theme.language);
        if let Some(top) = tick_names.last_mut().filter(|_| unit_fits)
            && let Some(named) = with_unit(top)
        {
            *top = named;
        }
        let nameless = versions::nameless(self.lines);
        let mut names: Vec<Name> = (0..self.lines.len())
            .filter(|index| !nameless.contains(index))
            .filter_map(|index| {
                let limit = 0.24 * room.width();
                Name::new(
                    index,
                    &self.lines[index],
                    self.tones[index],
                    self.values,
                    limit,
                    theme,
                )
            })
            .collect();
        // The name of an event on the last day runs into the column.
        let least = if self.events.is_empty() && self.breaks.is_empty() {
            0.0
        } else {
            60.0 * scale
        };
        let widest = names.iter().map(|name| name.width).fold(least, f64::max);

        let column = room.right - widest;
        let mut plot = Rect {
            left: room.left + gutter + 10.0 * scale,
            top: room.top + LEADING * theme.small,
            right: column - if plan.leaders { 24.0 } else { 9.0 } * scale,
            bottom: room.bottom - 1.7 * theme.small,
        };
        if plot.width() < 120.0 * scale {
            return Err(self.no_room());
        }
        let x = Axis {
            domain: span(&self.dates),
            range: (plot.left, plot.right),
        };
        let flags = Flags::new(self.events, self.breaks, theme).place(
            |day| x.at(day),
            (plot.left, room.right),
            0.4 * room.height(),
            theme,
        )?;
        plot.top += flags.height;
        let y = Axis {
            domain,
            range: (plot.bottom, plot.top),
        };
        let (events, breaks) = upright_strokes(&flags, &plot, theme);
        let series: Vec<(usize, Series)> = (0..self.lines.len())
            .filter_map(|index| {
                Some((
                    index,
                    Series::new(
                        &self.lines[index],
                        self.breaks,
                        self.tones[index],
                        &x,
                        &y,
                        scale,
                    )?,
                ))
            })
            .collect();
        for name in &mut names {
            if let Some((_, own)) = series.iter().find(|(line, _)| *line == name.line) {
                name.end = (x.at(own.end.0), y.at(own.end.1));
            }
        }
        names.sort_by(|a, b| self.weight(b, a));

        let strokes = names::strokes(&series, &x, &y);
        let tick_texts = self.tick_texts(tick_names, &ticks.values, &y);
        let unit_box = tick_texts.last().map(Text::bounds).map(|unit| Rect {
            left: unit.left,
            top: unit.top - 4.0 * scale,
            right: unit.right + 8.0 * scale,
            bottom: unit.bottom,
        });
        let (events, breaks) = (around(events, unit_box), around(breaks, unit_box));
        if plan.trim
            && unit_box.is_some_and(|unit| {
                let bands = names::band_edges(&series, &x, &y);
                let mut edges = strokes.iter().chain(&bands);
                edges.any(|[from, to]| unit.is_crossed(*from, *to))
            })
        {
            return Ok(Err(Plan {
                trim: false,
                ..plan.clone()
            }));
        }

        // Names keep clear of the lines of events as well.
        let strokes: Vec<[(f64, f64); 2]> = strokes
            .into_iter()
            .chain(
                events
                    .iter()
                    .chain(&breaks)
                    .map(|&(x, top, bottom)| [(x, top), (x, bottom)]),
            )
            .collect();
        let order: Vec<usize> = names.iter().map(|name| name.line).collect();
        let is_early = |name: &Name| {
            name.end.0 < plot.right - 60.0 * scale && !plan.column.contains(&name.line)
        };
        let (early, late): (Vec<Name>, Vec<Name>) = names.into_iter().partition(is_early);
        let mut taken: Vec<Rect> = unit_box.into_iter().collect();
        let mut placed = Vec::new();
        let mut failed = plan.column.clone();
        let mut unnamed = Vec::new();
        for name in early {
            // More names than these would hide the plot.
            // The end of a version may lie in the midst of the others.
            let is_version = self.lines[name.line].vintage.is_some();
            let reach = if is_version { 20 } else { 11 };
            let found = (placed.len() < 12)
                .then(|| names::beside(&name, &plot, &strokes, &taken, reach, theme))
                .flatten();
            match found {
                Some(found) => {
                    taken.push(found.bounds());
                    placed.push(found);
                }
                // A stroke from here to the column would pass for a line of the data.
                None if name.muted => unnamed.push(name.line),
                None => {
                    failed.insert(name.line);
                }
            }
        }
        if failed.len() > plan.column.len() {
            return Ok(Err(Plan {
                column: failed,
                ..plan.clone()
            }));
        }
        let edges = (
            plot.top - LEADING * theme.small + 2.0 * scale,
            plot.bottom + 4.0 * scale,
        );
        let (in_column, left_out) = names::column(late, column, edges, theme);
        unnamed.extend(left_out);
        unnamed.sort_by_key(|line| order.iter().position(|other| other == line));
        let needs_leader = |placed: &names::Placed| placed.moved() > 5.0 * scale;
        if !plan.leaders && in_column.iter().any(needs_leader) {
            return Ok(Err(Plan {
                leaders: true,
                ..plan.clone()
            }));
        }
        let mut leaders = Vec::new();
        for placed in &in_column {
            let (from, middle) = (placed.name.end, placed.at.1 + placed.name.height / 2.0);
            if needs_leader(placed) || from.0 < plot.right - 20.0 * scale {
                leaders.push([
                    (from.0 + 5.0 * scale, from.1),
                    (column - 4.0 * scale, middle),
                ]);
            }
        }
        for placed in &placed {
            let (from, top) = (placed.name.end, placed.at.1);
            let below = top > from.1;
            if placed.moved() > 0.5 * placed.name.height + 4.0 * scale {
                let to = if below {
                    top + 2.0 * scale
                } else {
                    top + placed.name.height - 2.0 * scale
                };
                let to = (placed.at.0 + 8.0 * scale, to);
                leaders.push([
                    (
                        from.0 + 2.0 * scale,
                        from.1 + if below { 4.0 } else { -4.0 } * scale,
                    ),
                    to,
                ]);
            }
        }

        let mut texts: Vec<Text> = placed
            .iter()
            .chain(&in_column)
            .flat_map(|placed| placed.texts(theme))
            .collect();
        texts.extend(tick_texts);
        let days = time_axis::ticks(&self.dates, &x, self.room, self.theme);
        texts.extend(time_axis::texts(
            &days,
            &x,
            self.room,
            plot.bottom,
            self.theme,
        ));
        texts.extend(flags.texts.into_iter().map(|mut text| {
            text.baseline += plot.top - LEADING * theme.small;
            text
        }));
        Ok(Ok(Laid {
            texts,
            notes: self.unnamed_note(&unnamed).into_iter().collect(),
            bottom: None,
            body: Body::Lines(LineBody {
                x,
                y,
                grid: ticks.values,
                grid_left: room.left,
                days: days.into_iter().map(|tick| tick.date).collect(),
                series: self.in_drawing_order(series),
                leaders,
                events,
                breaks,
            }),
        }))
    }

    fn no_room(&self) -> ChartError {
        ChartError::NoRoom {
            width: (self.room.right + self.theme.margin).round() as u32,
            height: (self.room.bottom + self.theme.margin).round() as u32,
        }
    }

    /// Ticks over all values and ranges, and the ends of the axis.
    fn value_axis(&self, trim: bool) -> (ValueTicks, (f64, f64)) {
        let (low, high) = extent(self.lines);
        let whole = matches!(self.values, ValueKind::Count | ValueKind::UsDollars);
        let mut ticks = number::ticks(low, high, whole);
        let ends = |ticks: &ValueTicks| (ticks.values[0], ticks.values[ticks.values.len() - 1]);
        let mut domain = ends(&ticks);
        if trim {
            let spare = 0.02 * (high - low);
            // A grid line far above the data is height lost.
            if ticks.values.len() > 3 && domain.1 > high && high <= domain.1 - 0.5 * ticks.step {
                ticks.values.pop();
                domain.1 = high + spare;
            }
            if ticks.values.len() > 3 && domain.0 < low && low >= domain.0 + 0.5 * ticks.step {
                ticks.values.remove(0);
                domain.0 = low - spare;
            }
        }
        (ticks, domain)
    }

    /// Names that have to stay come first: emphasised, then with a role, then the largest.
    fn weight(&self, a: &Name, b: &Name) -> std::cmp::Ordering {
        let key = |name: &Name| {
            let line = &self.lines[name.line];
            (line.emphasis, line.role.is_some(), !name.muted)
        };
        key(a)
            .cmp(&key(b))
            .then(b.end.1.total_cmp(&a.end.1))
            .then(b.line.cmp(&a.line))
    }

    /// What the title speaks of lies on top.
    fn in_drawing_order(&self, mut series: Vec<(usize, Series)>) -> Vec<Series> {
        series.sort_by_key(|(index, series)| {
            let line = &self.lines[*index];
            (!series.muted, line.emphasis, line.vintage, *index)
        });
        series.into_iter().map(|(_, series)| series).collect()
    }

    /// Labels of the value axis, on their grid lines.
    fn tick_texts(&self, names: Vec<String>, values: &[f64], y: &Axis) -> Vec<Text> {
        names
            .into_iter()
            .zip(values)
            .map(|(name, value)| {
                let place = (self.room.left, y.at(*value) - 4.0 * self.theme.scale);
                let mut text = Text::new("tick-y", name, place, self.theme.small, INK);
                text.halo = true;
                text
            })
            .collect()
    }

    /// Names the lines that have no name at their end, the first eight in full.
    fn unnamed_note(&self, unnamed: &[usize]) -> Option<String> {
        const NAMED: usize = 8;
        // Of versions, a note says what the greys mean.
        let unnamed: Vec<usize> = unnamed
            .iter()
            .copied()
            .filter(|&line| self.lines[line].vintage.is_none())
            .collect();
        let names: Vec<&str> = unnamed
            .iter()
            .take(NAMED)
            .map(|&line| self.lines[line].label.as_str())
            .collect();
        let (language, words) = (self.theme.language, &self.theme.words().line);
        let names = names.join(language.comma());
        match (unnamed.len(), unnamed.len().saturating_sub(NAMED)) {
            (0, _) => None,
            (_, 0) => Some(fill(words.unnamed, &[&names])),
            (_, rest) => {
                let form = language.form(&words.unnamed_more, rest);
                Some(fill(form, &[&language.count(rest), &names]))
            }
        }
    }
}
