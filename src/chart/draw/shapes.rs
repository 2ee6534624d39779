//! Shapes that a layout has placed already.

use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::Color;

use super::{Sketch, classed, drawing, place, rgb, stroke, units};
use crate::chart::ChartError;
use crate::chart::backend::{Pen, escape};
use crate::chart::layout::{Form, Group, Shape};
use crate::chart::palette::Colour;

impl Sketch<'_> {
    /// Draws groups of shapes from back to front.
    pub(super) fn groups(&self, groups: &[Group]) -> Result<(), ChartError> {
        for group in groups {
            let mut attributes = format!("class=\"{}\"", group.class);
            if !group.label.is_empty() {
                attributes.push_str(&format!(" data-label=\"{}\"", escape(&group.label)));
            }
            self.backend.open(&attributes);
            for shape in &group.shapes {
                self.shape(shape)?;
            }
            self.backend.close();
        }
        Ok(())
    }

    /// Fills a shape, then strokes it.
    fn shape(&self, shape: &Shape) -> Result<(), ChartError> {
        if let Some(fill) = shape.fill {
            self.backend.pen(Pen {
                seamless: shape.seamless,
                ..classed(shape.class)
            });
            self.fill(&shape.form, fill)?;
        }
        let Some(edge) = shape.stroke else {
            return Ok(());
        };
        // The edge of a filled shape is no shape of its own to those who count them.
        let class = if shape.fill.is_some() {
            "edge"
        } else {
            shape.class
        };
        self.backend.pen(Pen {
            dash: self.dash(edge.dash, edge.width),
            ..classed(class)
        });
        let style = stroke(edge.colour, edge.width);
        match &shape.form {
            Form::Rect(rect) => {
                let corners = [
                    place((rect.left, rect.top)),
                    place((rect.right, rect.bottom)),
                ];
                self.area.draw(&Rectangle::new(corners, style))
            }
            Form::Disc { centre, radius } => {
                self.area
                    .draw(&Circle::new(place(*centre), units(*radius), style))
            }
            Form::Polygon(points) => {
                let closed = points.iter().chain(points.first());
                let points: Vec<(i32, i32)> = closed.copied().map(place).collect();
                self.area.draw(&PathElement::new(points, style))
            }
            Form::Path(points) => {
                let points: Vec<(i32, i32)> = points.iter().copied().map(place).collect();
                self.area.draw(&PathElement::new(points, style))
            }
        }
        .map_err(drawing)
    }

    fn fill(&self, form: &Form, colour: Colour) -> Result<(), ChartError> {
        let style = rgb(colour).filled();
        match form {
            Form::Rect(rect) => {
                let corners = [
                    place((rect.left, rect.top)),
                    place((rect.right, rect.bottom)),
                ];
                self.area.draw(&Rectangle::new(corners, style))
            }
            Form::Disc { centre, radius } => {
                self.area
                    .draw(&Circle::new(place(*centre), units(*radius), style))
            }
            Form::Polygon(points) | Form::Path(points) => {
                let points: Vec<(i32, i32)> = points.iter().copied().map(place).collect();
                self.area.draw(&Polygon::new(points, style))
            }
        }
        .map_err(drawing)
    }
}
