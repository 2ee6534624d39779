//! Columns as shapes: side by side on the zero line, or parts on one another.

use super::layout::{Columns, Ground};
use super::{Arrangement, ColumnSeries, stack};
use crate::chart::layout::{Axis, Form, Group, Shape, Stroke, paint};
use crate::chart::palette::{Colour, INK, WHITE};
use crate::chart::text::Rect;

impl Columns<'_> {
    /// The columns of one slot and one series from edge to edge; upright places are not set.
    pub fn column(&self, ground: &Ground, slot: usize, series: usize) -> Rect {
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
    pub fn segments(&self, slot: usize) -> Vec<(usize, f64, f64)> {
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
    pub fn groups(&self, ground: &Ground, y: &Axis) -> Vec<Group> {
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
