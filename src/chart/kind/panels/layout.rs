//! As many columns as the room asks for, one scale for all panels, labels at the left and at the
//! bottom only.

use chrono::NaiveDate;

use super::shapes;
use super::{Panel, PanelChart, newest, tones_of};
use crate::chart::calendar::{self, DateTick};
use crate::chart::kind::{day, line};
use crate::chart::layout::{Axis, Body, Form, Group, Laid, Shape, Stroke, Theme};
use crate::chart::number::{self, ValueTicks};
use crate::chart::palette::{INK, MUTED_TEXT};
use crate::chart::spec::{Point, ValueKind};
use crate::chart::text::{Anchor, LEADING, Rect, Text, one_line, wrap_evenly};
use crate::chart::{ChartError, font};

/// Least width and height of a panel's plot, in px at scale 1.
const LEAST: (f64, f64) = (96.0, 44.0);
/// Width of a panel for one of its height that reads best.
const SHAPE: f64 = 1.7;

/// How the room is divided.
struct Division {
    columns: usize,
    rows: usize,
    /// Width and height of a plot.
    plot: (f64, f64),
    /// Rows of the longest title in each row of panels.
    title_rows: Vec<usize>,
}

/// What all panels share.
struct Shared<'a> {
    chart: &'a PanelChart,
    panels: Vec<&'a Panel>,
    room: Rect,
    theme: &'a Theme,
    dates: Vec<NaiveDate>,
    /// Width of the labels of a value axis.
    gutter: f64,
}

impl Shared<'_> {
    fn gap(&self) -> (f64, f64) {
        (20.0 * self.theme.scale, 16.0 * self.theme.scale)
    }

    /// Height of a title of so many rows, with what keeps it clear of the plot.
    fn title_height(&self, rows: usize) -> f64 {
        rows as f64 * LEADING * self.theme.label + 7.0 * self.theme.scale
    }

    /// Height of the labels of the days.
    fn foot(&self) -> f64 {
        1.7 * self.theme.small
    }

    /// Plots of so many columns.
    fn divide(&self, columns: usize, count: usize) -> Division {
        let (across, down) = self.gap();
        let gutters = if self.chart.scales_differ {
            columns as f64 * self.gutter
        } else {
            self.gutter
        };
        let width = (self.room.width() - gutters - (columns - 1) as f64 * across) / columns as f64;
        let rows = count.div_ceil(columns);
        let mut title_rows: Vec<usize> = self
            .panels
            .chunks(columns)
            .map(|row| {
                let rows = row.iter().map(|panel| self.title(panel, width).0.len());
                rows.max().unwrap_or(1).max(1)
            })
            .collect();
        title_rows.truncate(rows);
        let titles: f64 = title_rows.iter().map(|rows| self.title_height(*rows)).sum();
        let gaps = (rows - 1) as f64 * down;
        let height = (self.room.height() - self.foot() - gaps - titles) / rows as f64;
        Division {
            columns,
            rows,
            plot: (width, height),
            title_rows,
        }
    }

    fn is_legible(&self, division: &Division) -> bool {
        let scale = self.theme.scale;
        division.plot.0 >= LEAST.0 * scale && division.plot.1 >= LEAST.1 * scale
    }

    /// The division whose panels have the best shape with the fewest empty places.
    fn best(&self) -> Result<Division, ChartError> {
        let count = self.panels.len();
        let cost = |division: &Division| {
            let shape = (division.plot.0 / division.plot.1 / SHAPE).ln().abs();
            let empty = division.columns * division.rows - count;
            shape + 0.5 * empty as f64 / division.columns as f64
        };
        let divisions = (1..=count.min(10)).map(|columns| self.divide(columns, count));
        let best = divisions
            .filter(|division| self.is_legible(division))
            .min_by(|a, b| cost(a).total_cmp(&cost(b)));
        best.ok_or_else(|| {
            let fit = (1..=count.min(10)).flat_map(|columns| {
                (1..=count).filter(move |fit| self.is_legible(&self.divide(columns, *fit)))
            });
            match fit.max() {
                Some(fit) => ChartError::TooMany {
                    count,
                    what: "panels",
                    fit,
                    way_out: "choose fewer places, or a larger size",
                },
                None => ChartError::NoRoom {
                    width: (self.room.right + self.theme.margin).round() as u32,
                    height: (self.room.bottom + self.theme.margin).round() as u32,
                },
            }
        })
    }

    /// The title of a panel, broken into rows, and the newest number of a single line, which
    /// stands after the last row where there is room.
    fn title(&self, panel: &Panel, width: f64) -> (Vec<String>, Option<String>) {
        let size = self.theme.label;
        let title = one_line(&panel.title);
        let lines = wrap_evenly(&title, size, true, width);
        let value = match panel.lines.as_slice() {
            [only] => newest(only).map(|point| self.written(point)),
            _ => None,
        };
        let Some(value) = value else {
            return (lines, None);
        };
        let taken = font::width(&value, size, false) + self.value_gap();
        let fits = |lines: &[String]| {
            let last = lines
                .last()
                .map_or(0.0, |line| font::width(line, size, true));
            last + taken <= width
        };
        if fits(&lines) {
            return (lines, Some(value));
        }
        let narrower = wrap_evenly(&title, size, true, width - taken);
        if narrower.len() <= lines.len() + 1 && fits(&narrower) {
            return (narrower, Some(value));
        }
        (lines, None)
    }

    fn value_gap(&self) -> f64 {
        7.0 * self.theme.scale
    }

    /// A number with the word of its source.
    fn written(&self, point: &Point) -> String {
        let word = match point.qualifier {
            Some(qualifier) => number::word(qualifier, self.theme.language),
            None if point.marks.at_least => self.theme.words().numbers.at_least,
            None => "",
        };
        let value = number::short(
            point.value.unwrap_or_default(),
            self.chart.values,
            self.theme.language,
        );
        format!("{word}{value}")
    }

    /// Ticks and axis of values for some panels, from bottom to top of a plot of a height.
    fn value_axis(&self, panels: &[&Panel], height: f64) -> (ValueTicks, (f64, f64)) {
        let lines = panels.iter().flat_map(|panel| &panel.lines);
        let (low, high) = line::extent(lines);
        let whole = matches!(self.chart.values, ValueKind::Count | ValueKind::UsDollars);
        let mut ticks = number::ticks(low, high, whole);
        // A low panel has room for fewer labels.
        let room = height / (1.55 * self.theme.small);
        let every = (ticks.values.len() as f64 / room.max(2.0)).ceil().max(1.0) as i64;
        let step = ticks.step;
        ticks
            .values
            .retain(|value| (value / step).round() as i64 % every == 0);
        ticks.step *= every as f64;
        // A grid line far above the data is height lost.
        if ticks.values.len() > 2
            && ticks
                .values
                .last()
                .is_some_and(|top| high <= top - 0.5 * ticks.step)
        {
            ticks.values.pop();
        }
        let spare = 0.03 * (high - low);
        let first = ticks.values.first().copied().unwrap_or(0.0);
        let last = ticks.values.last().copied().unwrap_or(0.0);
        let bottom = if low < first { low - spare } else { first };
        let top = if high > last { high + spare } else { last };
        let domain = if top > bottom {
            (bottom, top)
        } else {
            (0.0, 1.0)
        };
        (ticks, domain)
    }
}

/// Lays out panels in the room between subtitle and notes.
pub fn lay(chart: &PanelChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let scale = theme.scale;
    let panels = chart.in_order();
    let lines = || panels.iter().flat_map(|panel| &panel.lines);
    let dates = line::dates(lines());
    let tones = chart.tones();
    let (mut texts, mut groups, legend_height) = legend(&tones, room, theme)?;
    let mut shared = Shared {
        chart,
        panels: panels.clone(),
        room: Rect {
            top: room.top + legend_height,
            ..room
        },
        theme,
        dates,
        gutter: 0.0,
    };
    shared.gutter = gutter(&shared);
    let division = shared.best()?;
    let (across, down) = shared.gap();
    let (width, height) = division.plot;
    let tops: Vec<f64> = division
        .title_rows
        .iter()
        .scan(shared.room.top, |next, rows| {
            let top = *next + shared.title_height(*rows);
            *next = top + height + down;
            Some(top)
        })
        .collect();
    let (common_ticks, common_domain) = shared.value_axis(&panels, height);
    for (index, panel) in panels.iter().enumerate() {
        let (row, column) = (index / division.columns, index % division.columns);
        let own = if chart.scales_differ { column + 1 } else { 1 };
        let left = room.left + own as f64 * shared.gutter + column as f64 * (width + across);
        let top = tops[row];
        let plot = Rect {
            left,
            top,
            right: left + width,
            bottom: top + height,
        };
        let (ticks, domain) = if chart.scales_differ {
            shared.value_axis(&[panel], height)
        } else {
            (common_ticks.clone(), common_domain)
        };
        // Where panels change sides, time is turned round twice and runs from left to right.
        let range = if theme.language.is_right_to_left() {
            (plot.right, plot.left)
        } else {
            (plot.left, plot.right)
        };
        let x = Axis {
            domain: line::span(&shared.dates),
            range,
        };
        let y = Axis {
            domain,
            range: (plot.bottom, plot.top),
        };
        texts.extend(title_texts(&shared, panel, &plot));
        groups.push(shapes::grid(panel, &ticks, &plot, &y, scale));
        if column == 0 || chart.scales_differ {
            let at = plot.left - shared.gutter;
            texts.extend(tick_texts(&shared, &ticks, &y, at));
        }
        let is_lowest = index + division.columns >= panels.len();
        if is_lowest {
            texts.extend(day_texts(&shared, &x, &plot));
        }
        for one in &panel.lines {
            groups.extend(shapes::of(
                panel,
                one,
                tones_of(&tones, one),
                (&x, &y),
                scale,
            ));
        }
    }
    Ok(Laid {
        body: Body::Shapes(groups),
        texts,
        notes: Vec::new(),
        bottom: None,
    })
}

/// Room for the widest label of a value axis.
fn gutter(shared: &Shared) -> f64 {
    let own: Vec<Vec<&Panel>> = if shared.chart.scales_differ {
        shared.panels.iter().map(|panel| vec![*panel]).collect()
    } else {
        vec![shared.panels.clone()]
    };
    let widest = own
        .iter()
        .flat_map(|panels| {
            let (ticks, _) = shared.value_axis(panels, f64::INFINITY);
            number::tick_labels(&ticks, shared.chart.values, shared.theme.language)
        })
        .map(|name| font::width(&name, shared.theme.small, false))
        .fold(0.0, f64::max);
    widest + 8.0 * shared.theme.scale
}

/// The names of lines that stand in more than one panel, in their colours.
fn legend(
    tones: &[(&str, (crate::chart::palette::Tones, bool))],
    room: Rect,
    theme: &Theme,
) -> Result<(Vec<Text>, Vec<Group>, f64), ChartError> {
    let scale = theme.scale;
    let (mut texts, mut shapes) = (Vec::new(), Vec::new());
    let step = 1.35 * theme.label;
    let (mut x, mut row) = (room.left, 0_usize);
    for (name, (own, muted)) in tones {
        let width = font::width(name, theme.label, !muted) + 24.0 * scale;
        if x > room.left && x + width > room.right {
            (x, row) = (room.left, row + 1);
        }
        if width > room.width() {
            return Err(ChartError::NoRoom {
                width: (room.right + theme.margin).round() as u32,
                height: (room.bottom + theme.margin).round() as u32,
            });
        }
        let baseline = room.top + row as f64 * step + 0.9 * theme.label;
        let middle = baseline - 0.5 * font::CAP_HEIGHT * theme.label;
        shapes.push(Shape::stroked(
            "key",
            Form::Path(vec![(x, middle), (x + 18.0 * scale, middle)]),
            Stroke::solid(own.line, 2.0 * scale),
        ));
        let place = (x + 24.0 * scale, baseline);
        let mut text = Text::new("label", one_line(name), place, theme.label, own.text);
        text.bold = !muted;
        texts.push(text);
        x += width + 20.0 * scale;
    }
    if tones.is_empty() {
        return Ok((texts, Vec::new(), 0.0));
    }
    let group = Group {
        class: "legend",
        shapes,
        ..Group::default()
    };
    let height = (row + 1) as f64 * step + 8.0 * scale;
    Ok((texts, vec![group], height))
}

/// The title in bold, and after it the newest number of a single line.
fn title_texts(shared: &Shared, panel: &Panel, plot: &Rect) -> Vec<Text> {
    let theme = shared.theme;
    let step = LEADING * theme.label;
    let (lines, value) = shared.title(panel, plot.width());
    let last = plot.top - 7.0 * theme.scale - 0.3 * theme.label;
    let count = lines.len();
    let mut texts: Vec<Text> = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        let up = (count - 1 - index) as f64 * step;
        let place = (plot.left, last - up);
        let mut text = Text::new("label", line, place, theme.label, INK);
        text.bold = true;
        texts.push(text);
    }
    let end = texts.last().map_or(plot.left, |text| text.bounds().right);
    texts.extend(value.map(|value| {
        let place = (end + shared.value_gap(), last);
        Text::new("value", value, place, theme.label, MUTED_TEXT)
    }));
    texts
}

/// Labels of the value axis in the gutter.
fn tick_texts(shared: &Shared, ticks: &ValueTicks, y: &Axis, left: f64) -> Vec<Text> {
    let size = shared.theme.small;
    number::tick_labels(ticks, shared.chart.values, shared.theme.language)
        .into_iter()
        .zip(&ticks.values)
        .map(|(name, value)| {
            let baseline = y.at(*value) + 0.5 * font::CAP_HEIGHT * size;
            let class = if shared.chart.scales_differ {
                "tick-panel"
            } else {
                "tick-y"
            };
            Text::new(class, name, (left, baseline), size, INK)
        })
        .collect()
}

/// Labels of the days under a panel that has none below it.
fn day_texts(shared: &Shared, x: &Axis, plot: &Rect) -> Vec<Text> {
    let size = shared.theme.small;
    let spill = 0.4 * shared.gap().0;
    let place = |ticks: &[DateTick]| -> Vec<Text> {
        ticks
            .iter()
            .map(|tick| {
                let half = font::width(&tick.label, size, false) / 2.0;
                let middle = x
                    .at(day(tick.date))
                    .min(plot.right + spill - half)
                    .min(shared.room.right - half)
                    .max(plot.left - spill + half);
                let at = (middle, plot.bottom + 1.45 * size);
                let mut text = Text::new("tick-x", tick.label.clone(), at, size, INK);
                text.anchor = Anchor::Middle;
                text.date = Some(tick.date);
                text
            })
            .collect()
    };
    let ticks = calendar::ticks(&shared.dates, shared.theme.language, |ticks| {
        let mut boxes: Vec<Rect> = place(ticks).iter().map(Text::bounds).collect();
        boxes.sort_by(|a, b| a.left.total_cmp(&b.left));
        boxes
            .windows(2)
            .all(|pair| pair[0].right + 12.0 * shared.theme.scale <= pair[1].left)
    });
    place(&ticks)
}
