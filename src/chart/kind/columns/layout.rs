//! Columns: few carry their values and have no axis, many have an axis and carry none.

use super::slots::Slots;
use super::{Arrangement, ColumnChart, ColumnSeries, Places, labels, stack};
use crate::chart::layout::series_names::{self, Named, Names};
use crate::chart::layout::values::{ValueAxis, reaches, zero_line};
use crate::chart::layout::{Axis, Body, Form, Group, Laid, Shape, Stroke, Text, Theme, paint};
use crate::chart::palette::{Colour, EMPHASIS, INK, MUTED_TEXT, Tones, WHITE};
use crate::chart::spec::{Amount, ValueKind};
use crate::chart::text::{Anchor, LEADING, Rect, one_line, wrap};
use crate::chart::{ChartError, font, number};

/// Most columns that carry their values.
const FEW: usize = 16;
/// Least room of a column in px, for its own width and the gap.
const LEAST: f64 = 3.0;
/// Most room of a column, so that few are no walls.
const MOST: f64 = 205.0;

/// What is known before anything is placed.
struct Columns<'a> {
    chart: &'a ColumnChart,
    slots: Slots,
    order: Vec<usize>,
    tones: Vec<Tones>,
    totals: Vec<Option<f64>>,
    room: Rect,
    theme: &'a Theme,
}

/// Where columns stand in px.
struct Ground {
    plot: Rect,
    /// Px of one slot.
    pitch: f64,
    /// Px of the columns of one slot together.
    thickness: f64,
    /// Px of one unit of the slots.
    unit: f64,
    first: f64,
    step: f64,
}

impl Ground {
    fn x(&self, at: f64) -> f64 {
        self.plot.left + (at - self.first + 0.5 * self.step) * self.unit
    }
}

/// Lays out columns in the room between subtitle and notes.
pub fn lay(chart: &ColumnChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let wanted: Vec<_> = chart
        .series
        .iter()
        .map(|series| (series.role, series.emphasis))
        .collect();
    let tones = match (wanted.as_slice(), chart.is_stacked()) {
        ([(None, _)], _) => vec![EMPHASIS],
        (_, true) => paint::stacked_tones(&wanted),
        (_, false) => paint::tones(&wanted).into_iter().map(|(t, _)| t).collect(),
    };
    let order = if chart.is_stacked() {
        stack::order(&chart.series)
    } else {
        (0..chart.series.len()).collect()
    };
    let columns = Columns {
        chart,
        slots: Slots::new(&chart.places),
        order,
        tones,
        totals: stack::totals(&chart.series, chart.places.len()),
        room,
        theme,
    };
    if let Some(laid) = columns.with_values()? {
        return Ok(laid);
    }
    columns.with_axis()
}

impl Columns<'_> {
    /// Columns of one slot that stand side by side.
    fn abreast(&self) -> usize {
        if self.chart.is_stacked() {
            1
        } else {
            self.chart.series.len().max(1)
        }
    }

    /// The ground of a plot, narrower than its room where columns would be walls.
    fn ground(&self, mut plot: Rect) -> Result<Ground, ChartError> {
        let scale = self.theme.scale;
        let length = self.slots.length();
        let abreast = self.abreast() as f64;
        // Three columns or fewer would be walls at a width that suits four.
        let few = if length < 3.5 { 0.65 } else { 1.0 };
        let most = few * MOST * scale * (0.5 + 0.5 * abreast);
        let pitch = (plot.width() / length).min(most);
        if pitch < LEAST * scale * abreast.max(1.0) {
            return Err(ChartError::TooManyColumns(
                self.chart.places.len() * self.abreast(),
            ));
        }
        plot.right = plot.left + pitch * length;
        Ok(Ground {
            plot,
            pitch,
            thickness: self.slots.filled * pitch,
            unit: pitch / self.slots.step,
            first: self.slots.at.first().copied().unwrap_or(0.0),
            step: self.slots.step,
        })
    }

    /// What is written under the columns, and its height.
    fn under(&self, ground: &Ground) -> Result<(Vec<Text>, f64), ChartError> {
        let theme = self.theme;
        match &self.chart.places {
            Places::Days(days) => {
                let texts =
                    labels::day_texts(days, &self.slots, |at| ground.x(at), &self.room, 0.0, theme);
                let lowest = texts.iter().map(|text| text.baseline).fold(0.0, f64::max);
                Ok((texts, (lowest + 0.25 * theme.small).max(1.7 * theme.small)))
            }
            Places::Names(names) => {
                let names = labels::names(names, ground.pitch, theme)?;
                let lines = names.iter().map(Vec::len).max().unwrap_or(1).max(1);
                let middles: Vec<f64> = self.slots.at.iter().map(|at| ground.x(*at)).collect();
                let height = (1.7 + (lines - 1) as f64 * LEADING) * theme.small;
                Ok((labels::name_texts(names, &middles, 0.0, theme), height))
            }
        }
    }

    fn named(&self) -> Vec<Named<'_>> {
        let all = self.chart.series.iter().zip(&self.tones);
        all.map(|(series, tones)| Named {
            label: &series.label,
            tones: *tones,
            bold: true,
        })
        .collect()
    }

    /// A row of names above the plot; empty for a series that is alone.
    fn row(&self) -> Result<Names, ChartError> {
        if self.chart.series.len() < 2 {
            return Ok(Names::default());
        }
        let named = self.named();
        series_names::row(&named, &self.room, self.theme).ok_or(ChartError::TooManySeries {
            series: named.len(),
            fit: named.len() - 1,
        })
    }

    /// Lowest and highest number.
    fn reach(&self) -> (f64, f64) {
        let fold = |numbers: &mut dyn Iterator<Item = f64>| {
            numbers.fold((0.0_f64, 0.0_f64), |(low, high), number| {
                (low.min(number), high.max(number))
            })
        };
        match (self.chart.is_stacked(), self.chart.arrangement) {
            (_, Arrangement::Share) => (0.0, 100.0),
            (true, _) => fold(&mut self.totals.iter().copied().flatten()),
            (false, _) => fold(&mut self.chart.amounts().flat_map(|amount| {
                // Collected, since the iterator borrows the amount.
                amount.numbers().collect::<Vec<_>>()
            })),
        }
    }

    /// Few columns with their values and without an axis; none when they are too many, or the
    /// numbers do not fit.
    fn with_values(&self) -> Result<Option<Laid>, ChartError> {
        let (theme, scale) = (self.theme, self.theme.scale);
        let columns = self.chart.places.len() * self.abreast();
        let ranged = self
            .chart
            .amounts()
            .any(|amount| amount.low.is_some() && amount.high.is_some());
        if self.chart.is_stacked() || columns > FEW || ranged {
            return Ok(None);
        }
        let row = self.row()?;
        let ground = self.ground(Rect {
            top: self.room.top + row.height,
            ..self.room
        });
        let Ok(mut ground) = ground else {
            return Ok(None);
        };
        let (under, height) = self.under(&ground)?;
        let own = ground.pitch / self.abreast() as f64;
        let limit = if self.abreast() == 1 {
            ground.pitch - 6.0 * scale
        } else {
            ground.thickness / self.abreast() as f64 - 5.0 * scale
        };
        let amounts: Vec<&Amount> = self.chart.amounts().collect();
        let written = [number::full, number::short].into_iter().find_map(|write| {
            amounts
                .iter()
                .map(|amount| written(amount, self.chart.values, write, limit.min(own), theme))
                .collect::<Option<Vec<_>>>()
        });
        let Some(written) = written else {
            return Ok(None);
        };
        ground.plot.bottom -= height;
        let above = |end: &End, amount: &Amount| {
            let arrow = if amount.marks.at_least { 8.0 } else { 0.0 };
            end.lines.len() as f64 * LEADING * theme.label + (4.0 + arrow) * scale
        };
        let sides = |negative: bool| {
            amounts
                .iter()
                .zip(&written)
                .filter(|(amount, _)| is_negative(amount) == negative)
                .map(|(amount, end)| above(end, amount))
                .fold(0.0, f64::max)
        };
        let (low, high) = self.reach();
        let below = if low < 0.0 {
            sides(true) + 2.0 * scale
        } else {
            0.0
        };
        let domain = if high > low { (low, high) } else { (0.0, 1.0) };
        let y = Axis {
            domain,
            range: (ground.plot.bottom - below, ground.plot.top + sides(false)),
        };
        if y.range.0 - y.range.1 < 40.0 * scale {
            return Ok(None);
        }
        let mut texts = row.texts;
        for (index, (amount, end)) in amounts.iter().zip(written).enumerate() {
            let places = self.chart.places.len();
            let column = self.column(&ground, index % places, index / places);
            texts.extend(value_texts(amount, end, &column, &y, theme));
        }
        let plot = ground.plot;
        texts.extend(lowered(under, plot.bottom));
        let mut groups: Vec<Group> = row.shapes.into_iter().collect();
        groups.extend(self.groups(&ground, &y));
        groups.push(zero_line((plot.left, plot.right), y.at(0.0), theme));
        Ok(Some(Laid {
            texts,
            notes: Vec::new(),
            bottom: None,
            body: Body::Shapes(groups),
        }))
    }

    /// Columns with an axis of values, and names at the right or above.
    fn with_axis(&self) -> Result<Laid, ChartError> {
        let (theme, scale, room) = (self.theme, self.theme.scale, self.room);
        let values = match self.chart.arrangement {
            Arrangement::Share => ValueKind::Percent,
            _ => self.chart.values,
        };
        let unit = match self.chart.arrangement {
            Arrangement::Share => "",
            _ => &self.chart.unit,
        };
        let limit = 0.24 * room.width();
        let named = self.named();
        let beside = self.chart.is_stacked() && self.chart.series.len() > 1;
        // First names at the right, close by; then with strokes to them; then a row above.
        let mut attempts = vec![None];
        if beside {
            attempts.splice(0..0, [Some(10.0), Some(26.0)]);
        }
        for gap in attempts {
            let row = match gap {
                None => self.row()?,
                Some(_) => Names::default(),
            };
            let column = gap.map_or(0.0, |gap| {
                series_names::width(&named, limit, theme) + gap * scale
            });
            for trim in [true, false] {
                let axis = ValueAxis::new(self.reach(), values, unit, trim, room.width(), theme);
                let plot = Rect {
                    left: room.left + axis.gutter + 10.0 * scale,
                    top: room.top + row.height + LEADING * theme.small,
                    right: room.right - column,
                    bottom: room.bottom,
                };
                if plot.width() < 120.0 * scale {
                    break;
                }
                let mut ground = self.ground(plot)?;
                let (under, height) = self.under(&ground)?;
                ground.plot.bottom -= height;
                if ground.plot.height() < 40.0 * scale {
                    break;
                }
                let y = Axis {
                    domain: axis.domain,
                    range: (ground.plot.bottom, ground.plot.top),
                };
                let groups = self.groups(&ground, &y);
                let top = axis.top_label(room.left, &y, theme);
                if trim && top.is_some_and(|top| reaches(&groups, &top)) {
                    continue;
                }
                let names = match gap {
                    None => Some(row.clone()),
                    Some(gap) => self.beside(&named, &ground, &y, gap),
                };
                let Some(names) = names else { break };
                let right = ground.plot.right;
                let mut texts = names.texts;
                texts.extend(axis.texts(room.left, &y, theme));
                texts.extend(lowered(under, ground.plot.bottom));
                let mut all = vec![axis.grid((room.left, right), &y, theme)];
                all.extend(names.shapes);
                all.extend(groups);
                all.push(zero_line((room.left, right), y.at(0.0), theme));
                return Ok(Laid {
                    texts,
                    notes: self.gap_notes(),
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

    /// Names at the right of the last column; none when a series has no part of it, or strokes are
    /// needed and have no room.
    fn beside(&self, named: &[Named], ground: &Ground, y: &Axis, gap: f64) -> Option<Names> {
        let scale = self.theme.scale;
        let last = self.chart.places.len().checked_sub(1)?;
        let segments = self.segments(last);
        let mut ends = vec![None; named.len()];
        for (series, from, to) in segments {
            ends[series] = Some(y.at(f64::midpoint(from, to)));
        }
        let ends: Vec<f64> = ends.into_iter().collect::<Option<_>>()?;
        let column = self.column(ground, last, 0);
        let left = ground.plot.right + (gap - 4.0) * scale;
        let edges = (
            ground.plot.top - LEADING * self.theme.small,
            ground.plot.bottom + 4.0 * scale,
        );
        let places = (column.right, left, self.room.right);
        let names = series_names::beside(named, &ends, places, edges, self.theme)?;
        (gap > 20.0 || names.shapes.is_none()).then_some(names)
    }

    /// The columns of one slot and one series from edge to edge; upright places are not set.
    fn column(&self, ground: &Ground, slot: usize, series: usize) -> Rect {
        let middle = ground.x(self.slots.at[slot]);
        let own = ground.thickness / self.abreast() as f64;
        let index = if self.chart.is_stacked() { 0 } else { series };
        let between = if self.abreast() > 1 {
            (0.12 * own).min(self.theme.scale)
        } else {
            0.0
        };
        let left = middle - ground.thickness / 2.0 + index as f64 * own;
        Rect {
            left: left + between / 2.0,
            top: 0.0,
            right: left + own - between / 2.0,
            bottom: 0.0,
        }
    }

    /// The parts of one stack from the base upwards: series, lower and upper end in values.
    fn segments(&self, slot: usize) -> Vec<(usize, f64, f64)> {
        let share = self.chart.arrangement == Arrangement::Share;
        let mut from = 0.0;
        let mut segments = Vec::new();
        for &series in &self.order {
            let value = self.chart.series[series].amounts[slot].value;
            let value = if share {
                stack::share(value, self.totals[slot])
            } else {
                value
            };
            let Some(value) = value else { continue };
            segments.push((series, from, from + value));
            from += value;
        }
        segments
    }

    /// One group of shapes for each slot.
    fn groups(&self, ground: &Ground, y: &Axis) -> Vec<Group> {
        (0..self.chart.places.len())
            .map(|slot| Group {
                class: "column",
                label: self.chart.places.code(slot),
                shapes: if self.chart.is_stacked() {
                    self.stacked(ground, y, slot)
                } else {
                    self.side_by_side(ground, y, slot)
                },
            })
            .filter(|group| !group.shapes.is_empty())
            .collect()
    }

    fn side_by_side(&self, ground: &Ground, y: &Axis, slot: usize) -> Vec<Shape> {
        let scale = self.theme.scale;
        let mut shapes = Vec::new();
        for (index, series) in self.chart.series.iter().enumerate() {
            let amount = &series.amounts[slot];
            let column = self.column(ground, slot, index);
            let middle = f64::midpoint(column.left, column.right);
            let tones = self.tones[index];
            if let Some(value) = amount.value {
                let rect = upright(&column, y.at(0.0), y.at(value));
                shapes.extend(paint::bar(rect, tones, amount.marks, scale));
                if amount.marks.at_least {
                    let reach = amount.numbers().fold(value, f64::max);
                    let tip = if value < 0.0 {
                        y.at(value)
                    } else {
                        y.at(reach)
                    };
                    let way = if value < 0.0 { -1.0 } else { 1.0 };
                    shapes.push(arrow(middle, tip, way, column.width(), tones.line, scale));
                }
            }
            if let (Some(low), Some(high)) = (amount.low, amount.high) {
                let path = Form::Path(vec![(middle, y.at(low)), (middle, y.at(high))]);
                // Paper around it, so that it is seen on the column as well.
                let around = Stroke::solid(WHITE, 3.5 * scale);
                shapes.push(Shape::stroked("around", path.clone(), around));
                let stroke = Stroke::solid(INK, 1.5 * scale);
                shapes.push(Shape::stroked("whisker", path, stroke));
            }
        }
        shapes
    }

    fn stacked(&self, ground: &Ground, y: &Axis, slot: usize) -> Vec<Shape> {
        let scale = self.theme.scale;
        let column = self.column(ground, slot, 0);
        let segments = self.segments(slot);
        let mut shapes = Vec::new();
        let mut bounds = Vec::new();
        for &(series, from, to) in &segments {
            let rect = upright(&column, y.at(from), y.at(to));
            let marks = self.chart.series[series].amounts[slot].marks;
            shapes.extend(paint::bar(rect, self.tones[series], marks, scale));
            bounds.push(rect);
        }
        // A hairline of paper between parts, where both are high enough to spare it.
        for pair in bounds.windows(2) {
            if pair.iter().all(|rect| rect.height() >= 4.0 * scale) {
                let path = vec![(column.left, pair[0].top), (column.right, pair[0].top)];
                let stroke = Stroke::solid(WHITE, scale);
                shapes.push(Shape::stroked("separator", Form::Path(path), stroke));
            }
        }
        let bounded = |series: &ColumnSeries| {
            series.amounts[slot].value.is_some() && series.amounts[slot].marks.at_least
        };
        if self.chart.arrangement == Arrangement::Stacked
            && self.chart.series.iter().any(bounded)
            && let Some((_, _, top)) = segments.last()
        {
            let middle = f64::midpoint(column.left, column.right);
            shapes.push(arrow(middle, y.at(*top), 1.0, column.width(), INK, scale));
        }
        shapes
    }

    /// Says what columns and parts are missing.
    fn gap_notes(&self) -> Vec<String> {
        let series = &self.chart.series;
        let places = self.chart.places.len();
        let known = |slot: usize| {
            let of_slot = series.iter().map(move |series| &series.amounts[slot]);
            of_slot.filter(|amount| amount.is_known()).count()
        };
        let mut notes = Vec::new();
        if self.slots.has_holes() || (0..places).any(|slot| known(slot) == 0) {
            notes.push("Where a column is missing there is no figure".to_owned());
        }
        let lacking: Vec<(&ColumnSeries, Vec<usize>)> = series
            .iter()
            .map(|own| {
                let missing = |slot: &usize| known(*slot) > 0 && !own.amounts[*slot].is_known();
                (own, (0..places).filter(missing).collect())
            })
            .filter(|(_, slots): &(_, Vec<usize>)| !slots.is_empty())
            .collect();
        let rest = match self.chart.arrangement {
            Arrangement::Grouped => "",
            Arrangement::Stacked => "; the column is of the other parts",
            Arrangement::Share => "; shares are of the other parts",
        };
        if lacking.len() > 2 {
            notes.push(format!(
                "In some columns not all series have a figure{rest}"
            ));
        } else {
            notes.extend(lacking.iter().map(|(own, slots)| {
                format!(
                    "No figure for {} in {}{rest}",
                    one_line(&own.label),
                    self.in_words(slots)
                )
            }));
        }
        notes
    }

    /// Places in words: `2014 to 2017 and 2019`; their number where they are many.
    fn in_words(&self, slots: &[usize]) -> String {
        let runs: Vec<String> = slots
            .chunk_by(|a, b| a + 1 == *b)
            .map(|run| match run {
                [one] => self.short(*one),
                [first, .., last] => {
                    let word = if run.len() == 2 { "and" } else { "to" };
                    format!("{} {word} {}", self.short(*first), self.short(*last))
                }
                [] => String::new(),
            })
            .collect();
        match runs.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            _ => format!("{} of {} columns", slots.len(), self.chart.places.len()),
        }
    }

    fn short(&self, slot: usize) -> String {
        match (&self.chart.places, self.slots.rhythm) {
            (Places::Days(days), super::slots::Rhythm::Years) => {
                days[slot].format("%Y").to_string()
            }
            (Places::Days(days), super::slots::Rhythm::Months) => {
                days[slot].format("%B %Y").to_string()
            }
            _ => self.chart.places.code(slot),
        }
    }
}

fn is_negative(amount: &Amount) -> bool {
    amount.value.is_some_and(|value| value < 0.0)
}

fn upright(column: &Rect, from: f64, to: f64) -> Rect {
    Rect {
        top: from.min(to),
        bottom: from.max(to),
        ..*column
    }
}

/// An arrowhead at the end of a column that is a lower bound.
fn arrow(x: f64, tip: f64, way: f64, width: f64, colour: Colour, scale: f64) -> Shape {
    let half = (4.0 * scale).min(width.max(3.0 * scale) * 0.6);
    let up = |px: f64| tip - way * px * scale;
    let corners = vec![(x - half, up(1.5)), (x, up(7.5)), (x + half, up(1.5))];
    Shape::filled("at-least", Form::Polygon(corners), colour)
}

fn lowered(texts: Vec<Text>, by: f64) -> impl Iterator<Item = Text> {
    texts.into_iter().map(move |mut text| {
        text.baseline += by;
        text
    })
}

/// What is written at the end of a column, from top to bottom; the last line is the number.
struct End {
    lines: Vec<String>,
}

/// The lines at the end of a column, none when one is wider than the room.
fn written(
    amount: &Amount,
    values: ValueKind,
    write: fn(f64, ValueKind) -> String,
    limit: f64,
    theme: &Theme,
) -> Option<End> {
    let lines = match amount.value {
        Some(value) => {
            let word = amount.qualifier.map_or("", number::word).trim();
            let mut lines = wrap(word, theme.small, false, limit);
            lines.push(write(value, values));
            lines
        }
        None => {
            let text = number::qualified(None, (amount.low, amount.high), None, values);
            wrap(&text, theme.small, false, limit)
        }
    };
    let fits = lines.iter().enumerate().all(|(index, line)| {
        let number = amount.value.is_some() && index + 1 == lines.len();
        let size = if number { theme.label } else { theme.small };
        font::width(line, size, number) <= limit
    });
    let words = lines
        .iter()
        .all(|line| line.chars().count() > 1 || amount.value.is_some());
    (fits && words && lines.len() <= 3).then_some(End { lines })
}

/// Texts at the end of a column: above it, or below when it hangs.
fn value_texts(amount: &Amount, end: End, column: &Rect, y: &Axis, theme: &Theme) -> Vec<Text> {
    let scale = theme.scale;
    let middle = f64::midpoint(column.left, column.right);
    let arrow = if amount.marks.at_least && amount.value.is_some() {
        8.0
    } else {
        0.0
    };
    let leading = LEADING * theme.label;
    let count = end.lines.len();
    let at = y.at(amount.value.unwrap_or(0.0));
    let first = if is_negative(amount) {
        at + (4.0 + arrow) * scale + font::CAP_HEIGHT * theme.label + 2.0 * scale
    } else {
        at - (5.0 + arrow) * scale - (count - 1) as f64 * leading
    };
    end.lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let number = amount.value.is_some() && index + 1 == count;
            let (size, colour) = if number {
                (theme.label, INK)
            } else {
                (theme.small, MUTED_TEXT)
            };
            let place = (middle, first + index as f64 * leading);
            let mut text = Text::new("value", line, place, size, colour);
            text.bold = number;
            text.anchor = Anchor::Middle;
            text
        })
        .collect()
}
