//! Areas on one another, each with a line in its own tone along its upper edge.

use chrono::NaiveDate;

use super::AreaChart;
use super::layers::{self, Run};
use crate::chart::ChartError;
use crate::chart::kind::columns::{ColumnChart, Places, stack};
use crate::chart::kind::day;
use crate::chart::layout::series_names::{self, Named, Names};
use crate::chart::layout::values::{ValueAxis, reaches, zero_line};
use crate::chart::layout::{
    Axis, Body, Dash, Form, Group, Laid, Shape, Stroke, Theme, paint, time_axis,
};
use crate::chart::palette::{Colour, EMPHASIS, Tones, WHITE};
use crate::chart::spec::{Marks, ValueKind};
use crate::chart::text::{LEADING, Rect};

/// How much of its colour an area has; the line above it has all.
const TINT: f64 = 0.55;

struct Areas<'a> {
    chart: &'a AreaChart,
    table: &'a ColumnChart,
    days: &'a [NaiveDate],
    runs: Vec<Run>,
    tones: Vec<Tones>,
    room: Rect,
    theme: &'a Theme,
}

/// Lays out areas in the room between subtitle and notes.
pub fn lay(
    chart: &AreaChart,
    table: &ColumnChart,
    room: Rect,
    theme: &Theme,
) -> Result<Laid, ChartError> {
    let wanted: Vec<_> = chart
        .lines
        .iter()
        .map(|line| (line.role, line.emphasis))
        .collect();
    let days = match &table.places {
        Places::Days(days) => days.as_slice(),
        Places::Names(_) => &[],
    };
    let areas = Areas {
        chart,
        table,
        days,
        runs: layers::runs(table),
        tones: match wanted.as_slice() {
            [(None, _)] => vec![EMPHASIS],
            several => paint::stacked_tones(several, chart.has_rest),
        },
        room,
        theme,
    };
    areas.lay()
}

impl Areas<'_> {
    fn lay(&self) -> Result<Laid, ChartError> {
        let (theme, scale, room) = (self.theme, self.theme.scale, self.room);
        let (values, unit) = if self.chart.share {
            (ValueKind::Percent, "")
        } else {
            (self.chart.values, self.chart.unit.as_str())
        };
        let named = self.named();
        let limit = 0.24 * room.width();
        // First names at the right, close by; then with strokes to them; then a row above.
        let mut attempts = vec![None];
        if named.len() > 1 {
            attempts.splice(0..0, [Some(10.0), Some(26.0)]);
        }
        for gap in attempts {
            let row = match gap {
                None if named.len() > 1 => {
                    let fit = named.len() - 1;
                    let series = named.len();
                    let mut row = series_names::row(&named, &room, theme)
                        .ok_or(ChartError::TooManySeries { series, fit })?;
                    if theme.language.is_right_to_left() {
                        row.turn(&room);
                    }
                    row
                }
                _ => Names::default(),
            };
            let column = gap.map_or(0.0, |gap| {
                series_names::width(&named, limit, theme) + gap * scale
            });
            for trim in [true, false] {
                let axis = ValueAxis::new(self.reach(), values, unit, trim, room.width(), theme);
                let plot = Rect {
                    left: room.left + axis.gutter + 10.0 * scale,
                    top: room.top + row.height + LEADING * theme.small,
                    right: room.right - column.max(4.0 * scale),
                    bottom: room.bottom - 1.7 * theme.small,
                };
                if plot.width() < 120.0 * scale || plot.height() < 40.0 * scale {
                    break;
                }
                let x = Axis {
                    domain: self.span(),
                    range: (plot.left, plot.right),
                };
                let y = Axis {
                    domain: axis.domain,
                    range: (plot.bottom, plot.top),
                };
                let groups = self.groups(&x, &y);
                let top = axis.top_label(room.left, &y, theme);
                if trim && top.is_some_and(|top| reaches(&groups, &top)) {
                    continue;
                }
                let names = match gap {
                    None => Some(row.clone()),
                    Some(gap) => self.beside(&named, &plot, &y, gap),
                };
                let Some(names) = names else { break };
                let mut texts = names.texts;
                texts.extend(axis.texts(room.left, &y, theme));
                let days = time_axis::ticks(self.days, &x, self.room, self.theme);
                texts.extend(time_axis::texts(
                    &days,
                    &x,
                    self.room,
                    plot.bottom,
                    self.theme,
                ));
                let mut all = vec![axis.grid((room.left, plot.right), &y, theme)];
                all.extend(names.shapes);
                all.extend(groups);
                all.push(zero_line((room.left, plot.right), y.at(0.0), theme));
                return Ok(Laid {
                    texts,
                    notes: Vec::new(),
                    bottom: None,
                    body: Body::Shapes(all),
                });
            }
        }
        Err(ChartError::NoRoom {
            width: (room.right + theme.margin).round() as u32,
            height: (room.bottom + theme.margin).round() as u32,
        })
    }

    fn named(&self) -> Vec<Named<'_>> {
        let all = self.chart.lines.iter().zip(&self.tones);
        all.map(|(line, tones)| Named {
            label: &line.label,
            tones: *tones,
            bold: true,
        })
        .collect()
    }

    /// Zero and the highest sum.
    fn reach(&self) -> (f64, f64) {
        if self.chart.share {
            return (0.0, 100.0);
        }
        let highest = self.runs.iter().flat_map(|run| {
            let days = run.days.clone();
            days.filter_map(|day| Some(layers::heights(self.table, run, day).last()?.1))
        });
        (0.0, highest.fold(0.0, f64::max))
    }

    /// First and last day; a single day stands in the middle of three.
    fn span(&self) -> (f64, f64) {
        match (self.days.first(), self.days.last()) {
            (Some(first), Some(last)) if first < last => (day(*first), day(*last)),
            (Some(only), _) => (day(*only) - 1.0, day(*only) + 1.0),
            _ => (0.0, 1.0),
        }
    }

    /// Names at the right end; none when a part has no figure on the last day.
    fn beside(&self, named: &[Named], plot: &Rect, y: &Axis, gap: f64) -> Option<Names> {
        let scale = self.theme.scale;
        let run = self.runs.last()?;
        let last = run.days.end - 1;
        if run.days.end != self.days.len() {
            return None;
        }
        let mut ends = vec![None; named.len()];
        for (part, (from, to)) in run.parts.iter().zip(layers::heights(self.table, run, last)) {
            ends[*part] = Some(y.at(f64::midpoint(from, to)));
        }
        let ends: Vec<f64> = ends.into_iter().collect::<Option<_>>()?;
        let edges = (
            plot.top - LEADING * self.theme.small,
            plot.bottom + 4.0 * scale,
        );
        let places = (
            plot.right,
            plot.right + (gap - 2.0) * scale,
            self.room.right,
        );
        let names = series_names::beside(named, &ends, places, edges, self.theme)?;
        (gap > 20.0 || names.shapes.is_none()).then_some(names)
    }

    /// One group for each part, from the base upwards.
    fn groups(&self, x: &Axis, y: &Axis) -> Vec<Group> {
        let mut fills = Vec::new();
        let mut strokes = Vec::new();
        for part in stack::order(&self.table.series, self.table.has_rest) {
            let group = |shapes| Group {
                class: "series",
                label: self.chart.lines[part].label.clone(),
                shapes,
            };
            let (areas, lines) = self.part(part, x, y);
            fills.push(group(areas));
            strokes.push(group(lines));
        }
        // Lines lie above all areas, so that none is half covered.
        fills.extend(strokes);
        fills.retain(|group| !group.shapes.is_empty());
        fills
    }

    /// Areas and lines of one part.
    fn part(&self, part: usize, x: &Axis, y: &Axis) -> (Vec<Shape>, Vec<Shape>) {
        let scale = self.theme.scale;
        let tones = self.tones[part];
        let (mut areas, mut lines) = (Vec::new(), Vec::new());
        // Where every number is a lower bound, one arrow at the end says so for all.
        let known = || {
            let amounts = self.table.series[part].amounts.iter();
            amounts.filter(|amount| amount.value.is_some())
        };
        let throughout = known().count() > 1 && known().all(|amount| amount.marks.at_least);
        let mut bounds = 0;
        let mut arrow_at = f64::INFINITY;
        for run in &self.runs {
            let Some(index) = run.parts.iter().position(|own| *own == part) else {
                continue;
            };
            let at = |index_of_day: usize| {
                let (low, high) = layers::heights(self.table, run, index_of_day)[index];
                (x.at(day(self.days[index_of_day])), y.at(low), y.at(high))
            };
            let marks = |day: usize| self.table.series[part].amounts[day].marks;
            let places: Vec<(f64, f64, f64)> = run.days.clone().map(at).collect();
            let first = run.days.start;
            if let [(middle, low, high)] = places.as_slice() {
                // A day alone is a stroke, not an area.
                let rect = Rect {
                    left: middle - 2.0 * scale,
                    top: *high,
                    right: middle + 2.0 * scale,
                    bottom: *low,
                };
                let (fill, _) = look(tones, marks(first), marks(first));
                areas.push(Shape::filled("layer", Form::Rect(rect), fill));
                let edge = vec![(rect.left, *high), (rect.right, *high)];
                lines.push(edge_line(edge, tones.line, Dash::Solid, scale));
            }
            for stretch in stretches(run, marks) {
                let places = &places[stretch.start - first..=stretch.end - first];
                let (fill, dash) = look(tones, marks(stretch.start), marks(stretch.start + 1));
                let upper = places.iter().map(|(x, _, high)| (*x, *high));
                let lower = places.iter().rev().map(|(x, low, _)| (*x, *low));
                let corners = upper.clone().chain(lower).collect();
                areas.push(Shape {
                    seamless: true,
                    ..Shape::filled("layer", Form::Polygon(corners), fill)
                });
                lines.push(edge_line(upper.collect(), tones.line, dash, scale));
            }
            for (day, (x, _, high)) in run.days.clone().zip(&places).rev() {
                let marks = marks(day);
                let last = run.days == self.runs[self.runs.len() - 1].days;
                let wanted = marks.at_least && !self.chart.share;
                let spared = throughout && (bounds > 0 || !last);
                if wanted && !spared && (arrow_at - x).abs() >= 14.0 * scale {
                    arrow_at = *x;
                    bounds += 1;
                    lines.extend(arrow((*x, *high), tones.text, scale));
                }
            }
            lines.extend(hollow(run, &places, marks, tones.line, scale));
        }
        (areas, lines)
    }
}

/// Fill of an area between two days, and how the line above it is broken.
fn look(tones: Tones, from: Marks, to: Marks) -> (Colour, Dash) {
    let either = |test: fn(&Marks) -> bool| test(&from) || test(&to);
    if either(|marks| marks.projected) {
        (tones.fill.tint(TINT / 2.5), Dash::Dotted)
    } else if either(|marks| marks.estimated) {
        (tones.fill.tint(TINT), Dash::Dashed)
    } else {
        (tones.fill.tint(TINT), Dash::Solid)
    }
}

/// Stretches of a run that look alike, by their first and last day.
fn stretches(run: &Run, marks: impl Fn(usize) -> Marks) -> Vec<std::ops::Range<usize>> {
    let kind = |day: usize| {
        let (from, to) = (marks(day), marks(day + 1));
        let projected = from.projected || to.projected;
        (projected, !projected && (from.estimated || to.estimated))
    };
    let mut stretches: Vec<std::ops::Range<usize>> = Vec::new();
    for day in run.days.start..run.days.end - 1 {
        match stretches.last_mut() {
            Some(last) if kind(last.start) == kind(day) => last.end = day + 1,
            _ => stretches.push(day..day + 1),
        }
    }
    stretches
}

fn edge_line(points: Vec<(f64, f64)>, colour: Colour, dash: Dash, scale: f64) -> Shape {
    let class = match dash {
        Dash::Solid => "line",
        Dash::Dashed => "line estimated",
        Dash::Dotted => "line projected",
    };
    let stroke = Stroke {
        colour,
        width: 2.0 * scale,
        dash,
    };
    Shape::stroked(class, Form::Path(points), stroke)
}

/// Hollow discs on what is provisional or read from prose, the newest first, none on another.
fn hollow(
    run: &Run,
    places: &[(f64, f64, f64)],
    marks: impl Fn(usize) -> Marks,
    colour: Colour,
    scale: f64,
) -> Vec<Shape> {
    let radius = 3.0 * scale;
    let mut taken = f64::INFINITY;
    let mut shapes = Vec::new();
    for (day, (x, _, high)) in run.days.clone().zip(places).rev() {
        let open = marks(day).provisional || marks(day).prose;
        if open && taken - x >= 2.4 * radius {
            taken = *x;
            let disc = Form::Disc {
                centre: (*x, *high),
                radius,
            };
            shapes.push(Shape {
                stroke: Some(Stroke::solid(colour, 1.5 * scale)),
                ..Shape::filled("hollow", disc, WHITE)
            });
        }
    }
    shapes
}

/// An arrow upwards on a lower bound.
fn arrow((x, y): (f64, f64), colour: Colour, scale: f64) -> [Shape; 2] {
    let stroke = Stroke::solid(colour, 1.2 * scale);
    let s = scale;
    let head = vec![
        (x - 2.5 * s, y - 8.5 * s),
        (x, y - 11.0 * s),
        (x + 2.5 * s, y - 8.5 * s),
    ];
    [
        Shape::stroked(
            "at-least",
            Form::Path(vec![(x, y - 2.0 * s), (x, y - 11.0 * s)]),
            stroke,
        ),
        Shape::stroked("at-least", Form::Path(head), stroke),
    ]
}
