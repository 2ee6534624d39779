//! Horizontal bars.

use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::Color;

use super::{Sketch, classed, drawing, place, rgb, stroke, units};
use crate::chart::ChartError;
use crate::chart::backend::Pen;
use crate::chart::kind::{BarBody, BarShape};
use crate::chart::layout::{Axis, Dash};
use crate::chart::palette::{Colour, INK};

impl Sketch<'_> {
    /// Draws the body of a bar chart.
    pub(super) fn bars(&self, body: &BarBody) -> Result<(), ChartError> {
        let sheet = |px: f64| Axis {
            domain: (0.0, px.max(1.0)),
            range: (0.0, px.max(1.0)),
        };
        let mirrored = body.x.range.1 < body.x.range.0;
        let bottom = body.bars.last().map_or(0.0, |bar| bar.bottom);
        let plot = self.plot(&body.x, &sheet(bottom));
        self.backend.open("class=\"bars\"");
        for bar in &body.bars {
            let Some(value) = bar.value else { continue };
            if let Some(radius) = body.disc {
                self.lollipop(bar, &body.x, value, radius)?;
                continue;
            }
            let corners = [(0.0, bar.top), (value, bar.bottom)];
            self.backend.pen(classed(if bar.edge.is_some() {
                "bar uncertain"
            } else {
                "bar"
            }));
            plot.draw(&Rectangle::new(corners, rgb(bar.fill).filled()))
                .map_err(drawing)?;
            if let Some((colour, dash)) = bar.edge {
                let width = 1.5 * self.scale;
                self.backend.pen(Pen {
                    dash: self.dash(dash, width),
                    ..classed("edge")
                });
                plot.draw(&Rectangle::new(corners, stroke(colour, width)))
                    .map_err(drawing)?;
            }
            if bar.open {
                self.arrow(
                    body.x.at(value),
                    f64::midpoint(bar.top, bar.bottom),
                    (value < 0.0) != mirrored,
                    bar.edge.map_or(bar.fill, |edge| edge.0),
                )?;
            }
        }
        self.backend.pen(classed("whisker"));
        for bar in &body.bars {
            if let Some((low, high)) = bar.range {
                let middle = f64::midpoint(bar.top, bar.bottom);
                let style = stroke(INK, 1.5 * self.scale);
                plot.draw(&PathElement::new(
                    vec![(low, middle), (high, middle)],
                    style,
                ))
                .map_err(drawing)?;
                // On a stem, a range is told by its ends.
                let half = body.disc.map(|radius| 0.7 * radius);
                for (end, half) in [low, high].into_iter().zip([half; 2]) {
                    let Some(half) = half else { continue };
                    let x = body.x.at(end);
                    self.path(vec![(x, middle - half), (x, middle + half)], style)?;
                }
            }
        }
        self.backend.pen(classed("zero"));
        if let (Some(first), Some(last)) = (body.bars.first(), body.bars.last()) {
            let gap = 0.2 * (first.bottom - first.top);
            let x = body.x.at(0.0);
            self.path(
                vec![(x, first.top - gap), (x, last.bottom + gap)],
                stroke(INK, self.scale),
            )?;
        }
        self.backend.close();
        Ok(())
    }

    /// A stem from zero with a disc at its end, hollow where the number is not firm.
    fn lollipop(
        &self,
        bar: &BarShape,
        axis: &Axis,
        value: f64,
        radius: f64,
    ) -> Result<(), ChartError> {
        let (zero, x) = (axis.at(0.0), axis.at(value));
        let y = f64::midpoint(bar.top, bar.bottom);
        let colour = bar.edge.map_or(bar.fill, |edge| edge.0);
        let dash = bar.edge.map_or(Dash::Solid, |edge| edge.1);
        let width = 2.0 * self.scale;
        self.backend.pen(Pen {
            dash: self.dash(dash, width),
            ..classed(match dash {
                Dash::Solid => "stem",
                Dash::Dashed => "stem estimated",
                Dash::Dotted => "stem projected",
            })
        });
        self.path(vec![(zero, y), (x, y)], stroke(colour, width))?;
        let hollow = bar.edge.is_some();
        self.backend.pen(Pen {
            hollow,
            ..classed(if hollow { "disc hollow" } else { "disc" })
        });
        let style = if hollow {
            stroke(colour, 1.5 * self.scale)
        } else {
            rgb(colour).filled()
        };
        self.area
            .draw(&Circle::new(place((x, y)), units(radius), style))
            .map_err(drawing)?;
        if bar.open {
            let left = (value < 0.0) != (axis.range.1 < axis.range.0);
            let beyond = if left { x - radius } else { x + radius };
            self.arrow(beyond, y, left, colour)?;
        }
        Ok(())
    }

    /// An arrowhead at the end of a bar that is a lower bound.
    fn arrow(&self, x: f64, y: f64, left: bool, colour: Colour) -> Result<(), ChartError> {
        let (s, way) = (self.scale, if left { -1.0 } else { 1.0 });
        self.backend.pen(classed("at-least"));
        let tip = [
            (x + way * s, y - 4.0 * s),
            (x + 6.0 * way * s, y),
            (x + way * s, y + 4.0 * s),
        ];
        let points: Vec<(i32, i32)> = tip.into_iter().map(place).collect();
        self.area
            .draw(&Polygon::new(points, rgb(colour).filled()))
            .map_err(drawing)
    }
}
