//! The lines of a panel and its grid as plain shapes.

use super::{Panel, series_name};
use crate::chart::kind::pieces::{self, Filling};
use crate::chart::kind::{Line, Series};
use crate::chart::layout::{Axis, Form, Group, Shape, Stroke};
use crate::chart::number::ValueTicks;
use crate::chart::palette::{GRID, INK, Tones};
use crate::chart::text::{Rect, one_line};

/// Lines and dots are a little finer than in a chart of one panel.
const FINER: f64 = 0.8;
/// So many points of a line have dots.
const FEW: usize = 8;

/// One line: its areas behind, then the line itself with its marks; nothing when it has no value.
pub fn of(
    panel: &Panel,
    line: &Line,
    tones: (Tones, bool),
    (x, y): (&Axis, &Axis),
    scale: f64,
) -> Vec<Group> {
    let strong = Line {
        emphasis: true,
        ..line.clone()
    };
    let Some(series) = Series::new(&strong, &[], tones, x, y, FINER * scale) else {
        return Vec::new();
    };
    let px = |at: &(f64, f64)| (x.at(at.0), y.at(at.1));
    let colour = series.tones.line;
    let bands: Vec<Shape> = series
        .bands
        .iter()
        .map(|band| {
            let edge = band.edge.iter().map(px).collect();
            Shape::filled("band", Form::Polygon(edge), band.fill)
        })
        .collect();
    let mut shapes: Vec<Shape> = series
        .whiskers
        .iter()
        .map(|&(day, low, high)| pieces::whisker(px(&(day, low)), px(&(day, high)), FINER * scale))
        .collect();
    for run in &series.runs {
        let points = run.points.iter().map(px).collect();
        shapes.push(pieces::line(points, run.colour, series.width, run.dash));
    }
    // Small panels have no room for dots on firm points of a line, but for a few.
    let drawn_through = |at: &(f64, f64)| series.runs.iter().any(|run| run.points.contains(at));
    let few = line
        .points
        .iter()
        .filter(|point| point.value.is_some())
        .count()
        <= FEW;
    let wanted = series
        .markers
        .iter()
        .filter(|marker| few || marker.hollow || !drawn_through(&marker.at));
    for marker in wanted {
        let filling = if marker.hollow {
            Filling::Hollow
        } else {
            Filling::Full
        };
        let at = px(&marker.at);
        shapes.extend(pieces::dot(
            at,
            marker.radius,
            series.tones,
            filling,
            FINER * scale,
        ));
    }
    for at in &series.arrows {
        shapes.extend(pieces::arrow(px(at), colour, FINER * scale));
    }
    let label = series_name(panel, line);
    let group = |class, shapes| Group {
        class,
        label: label.clone(),
        shapes,
    };
    let mut groups = Vec::new();
    if !bands.is_empty() {
        groups.push(group("bands", bands));
    }
    groups.push(group(
        if series.muted {
            "series muted"
        } else {
            "series"
        },
        shapes,
    ));
    groups
}

/// The lines of the round values.
pub fn grid(panel: &Panel, ticks: &ValueTicks, plot: &Rect, y: &Axis, scale: f64) -> Group {
    let shapes = ticks.values.iter().map(|&value| {
        let zero = value == 0.0;
        let (class, colour) = if zero {
            ("zero", INK)
        } else {
            ("gridline", GRID)
        };
        let at = y.at(value);
        Shape::stroked(
            class,
            Form::Path(vec![(plot.left, at), (plot.right, at)]),
            Stroke::solid(colour, scale),
        )
    });
    Group {
        class: "grid",
        label: one_line(&panel.title),
        shapes: shapes.collect(),
    }
}
