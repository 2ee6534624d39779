//! Lines over time: areas, grid, events, and the lines themselves.

use plotters::element::{Circle, PathElement, Polygon};
use plotters::style::Color;

use super::{Plot, Sketch, classed, drawing, rgb, stroke, units};
use crate::chart::ChartError;
use crate::chart::backend::{Pen, escape};
use crate::chart::kind::{LineBody, Series};
use crate::chart::layout::Dash;
use crate::chart::palette::{GRID, INK, MUTED_TEXT};

impl Sketch<'_> {
    /// Draws the body of a line chart.
    pub(super) fn lines(&self, body: &LineBody) -> Result<(), ChartError> {
        let plot = self.plot(&body.x, &body.y);
        self.backend.open("class=\"bands\"");
        self.backend.pen(classed("band"));
        for series in &body.series {
            for band in &series.bands {
                let fill = rgb(band.fill).filled();
                plot.draw(&Polygon::new(band.edge.clone(), fill))
                    .map_err(drawing)?;
            }
        }
        self.backend.close();

        self.backend.open("class=\"grid\"");
        for &value in &body.grid {
            let zero = value == 0.0;
            self.backend
                .pen(classed(if zero { "zero" } else { "gridline" }));
            let y = body.y.at(value);
            let colour = if zero { INK } else { GRID };
            self.path(
                vec![(body.grid_left, y), (body.x.range.1, y)],
                stroke(colour, self.scale),
            )?;
        }
        self.backend.close();

        self.backend.open("class=\"events\"");
        let dotted = Some((2.0 * self.scale, 3.0 * self.scale));
        self.backend.pen(Pen {
            dash: dotted,
            ..classed("event-line")
        });
        for &(x, top, bottom) in &body.events {
            self.path(vec![(x, top), (x, bottom)], stroke(MUTED_TEXT, self.scale))?;
        }
        self.backend.pen(Pen {
            dash: Some((7.0 * self.scale, 4.0 * self.scale)),
            ..classed("break-line")
        });
        for &(x, top, bottom) in &body.breaks {
            self.path(vec![(x, top), (x, bottom)], stroke(INK, 1.2 * self.scale))?;
        }
        self.backend.close();

        self.backend.open("class=\"leaders\"");
        for leader in &body.leaders {
            // A long stroke through the plot must not pass for a line of the data.
            let [from, to] = leader;
            let long = to.0 - from.0 > 60.0 * self.scale;
            let dash = long.then_some((1.0 * self.scale, 3.0 * self.scale));
            self.backend.pen(Pen {
                dash,
                ..classed("leader")
            });
            self.path(leader.to_vec(), stroke(MUTED_TEXT, 0.6 * self.scale))?;
        }
        self.backend.close();

        for series in &body.series {
            self.series(series, body, &plot)?;
        }
        Ok(())
    }

    fn series(&self, series: &Series, body: &LineBody, plot: &Plot) -> Result<(), ChartError> {
        let kind = if series.muted {
            "series muted"
        } else {
            "series"
        };
        self.backend.open(&format!(
            "class=\"{kind}\" data-label=\"{}\"",
            escape(&series.label)
        ));
        self.backend.pen(classed("whisker"));
        for &(day, low, high) in &series.whiskers {
            let style = stroke(series.tones.line, 1.5 * self.scale);
            plot.draw(&PathElement::new(vec![(day, low), (day, high)], style))
                .map_err(drawing)?;
        }
        for run in &series.runs {
            let class = match run.dash {
                Dash::Solid => "line",
                Dash::Dashed => "line estimated",
                Dash::Dotted => "line projected",
            };
            self.backend.pen(Pen {
                dash: self.dash(run.dash, series.width),
                ..classed(class)
            });
            let style = stroke(run.colour, series.width);
            plot.draw(&PathElement::new(run.points.clone(), style))
                .map_err(drawing)?;
        }
        for marker in &series.markers {
            let class = if marker.hollow {
                "marker hollow"
            } else {
                "marker"
            };
            self.backend.pen(Pen {
                hollow: marker.hollow,
                ..classed(class)
            });
            let colour = rgb(series.tones.line);
            let style = if marker.hollow {
                stroke(series.tones.line, 1.5 * self.scale)
            } else {
                colour.filled()
            };
            plot.draw(&Circle::new(marker.at, units(marker.radius), style))
                .map_err(drawing)?;
        }
        self.backend.pen(classed("at-least"));
        for &(day, value) in &series.arrows {
            let (x, y) = (body.x.at(day), body.y.at(value));
            let s = self.scale;
            let style = stroke(series.tones.line, 1.2 * s);
            self.path(vec![(x, y - 2.0 * s), (x, y - 11.0 * s)], style)?;
            self.path(
                vec![
                    (x - 2.5 * s, y - 8.5 * s),
                    (x, y - 11.0 * s),
                    (x + 2.5 * s, y - 8.5 * s),
                ],
                style,
            )?;
        }
        self.backend.close();
        Ok(())
    }
}
