//! Streams from one origin to its destinations, as wide as the numbers.

use super::anchors::{Scene, Spot};
use super::labels::Wish;
use super::layout::{Drawn, Marked, paint, tones};
use super::legend::Legend;
use super::obstacles::Obstacle;
use super::plane::Place;
use super::{MapChart, notes};
use crate::chart::ChartError;
use crate::chart::layout::{Form, Group, Shape, Stroke, Theme};
use crate::chart::number;
use crate::chart::palette::{INK, WHITE};
use crate::chart::text::{Rect, one_line};
use crate::chart::words::fill;

/// Bend of a stream, as a share of its length.
const BEND: f64 = 0.16;
/// Largest width of a stream, as a share of its length.
const SLENDER: f64 = 0.32;
/// Places along a stream at which its edges are reckoned.
const STEPS: i32 = 24;

/// Draws the streams of a map, the widest first.
///
/// # Errors
/// When the origin is not on the map.
pub fn draw(
    chart: &MapChart,
    scene: &Scene,
    frame: Rect,
    theme: &Theme,
) -> Result<Drawn, ChartError> {
    let scale = theme.scale;
    let origin = scene.origin.ok_or(ChartError::NoOrigin)?;
    let all = scene.spots.iter().filter_map(|spot| {
        Some((
            spot,
            spot.place.value.filter(|value| *value > 0.0)?,
            spot.at?,
        ))
    });
    // Who stayed where they came from did not flow.
    let (shown, stayed): (Vec<(&Spot, f64, Place)>, Vec<_>) =
        all.partition(|(_, _, to)| (to.0 - origin.0).hypot(to.1 - origin.1) > 8.0 * scale);
    let most = shown.iter().map(|(_, value, _)| *value).fold(0.0, f64::max);
    if shown.is_empty() {
        return Err(ChartError::NothingOnMap);
    }
    let widest = (0.055 * frame.width().min(frame.height())).clamp(6.0 * scale, 22.0 * scale);
    // A stream that is nearly as wide as long would not be seen to flow.
    let widest = shown.iter().fold(widest, |widest, (_, value, to)| {
        let length = (to.0 - origin.0).hypot(to.1 - origin.1);
        widest.min((SLENDER * length * most / value).max(2.0 * scale))
    });
    let to_scale = |value: f64| widest * value / most;
    let least = 0.9 * scale;
    let mut drawn = Drawn::default();
    if !stayed.is_empty() {
        let stayed: Vec<String> = stayed
            .iter()
            .map(|(spot, ..)| notes::with_number(chart, spot.place, theme))
            .collect();
        let stayed = notes::listed(&stayed, theme);
        drawn
            .notes
            .push(fill(theme.words().map.too_near, &[&stayed]));
    }
    drawn.obstacles.push(Obstacle::Disc(origin, 5.0 * scale));
    for (spot, value, to) in &shown {
        let width = to_scale(*value).max(least);
        let (outline, middle) = stream(origin, *to, width, frame, theme);
        let (fill, edge) = paint(spot.place.marks, tones(chart, spot.place));
        let mut shapes = vec![Shape::filled(
            "stream",
            Form::Polygon(outline.clone()),
            fill,
        )];
        match edge {
            Some((colour, dash)) => {
                if let Some(stream) = shapes.first_mut() {
                    *stream = Shape {
                        class: "stream uncertain",
                        stroke: Some(Stroke {
                            colour,
                            width: scale,
                            dash,
                        }),
                        ..stream.clone()
                    };
                }
            }
            None => {
                let closed = outline.iter().chain(outline.first()).copied().collect();
                shapes.insert(
                    0,
                    Shape::stroked("rim", Form::Path(closed), Stroke::solid(WHITE, 1.6 * scale)),
                );
            }
        }
        drawn.groups.push(Group {
            class: "streams",
            label: one_line(&spot.place.label),
            shapes,
        });
        drawn.obstacles.extend(
            middle
                .into_iter()
                .map(|(place, half)| Obstacle::Disc(place, half + 1.5 * scale)),
        );
        drawn.obstacles.push(Obstacle::Disc(*to, 2.0 * scale));
        drawn.marked.push(Marked {
            size: *value,
            emphasis: spot.place.emphasis,
            wish: Wish {
                name: one_line(&spot.place.label),
                value: number::qualified(
                    spot.place.value,
                    (None, None),
                    spot.place.qualifier,
                    chart.values,
                    theme.language,
                ),
                detail: one_line(&spot.place.detail),
                at: *to,
                radius: 2.0 * scale,
                over: false,
                leader: 0.0,
                through: false,
                pointed: false,
            },
        });
    }
    let hub = Form::Disc {
        centre: origin,
        radius: 4.5 * scale,
    };
    drawn.markers.push(Group {
        class: "markers",
        label: chart
            .origin
            .as_ref()
            .map_or_else(String::new, |origin| one_line(&origin.label)),
        shapes: vec![
            Shape::filled("origin", hub.clone(), INK),
            Shape::stroked(
                "rim",
                Form::Disc {
                    centre: origin,
                    radius: 5.2 * scale,
                },
                Stroke::solid(WHITE, 1.2 * scale),
            ),
        ],
    });
    let small = shown
        .iter()
        .filter(|(_, value, _)| to_scale(*value) < least)
        .count();
    if small > 0 {
        drawn.notes.push(
            theme
                .language
                .counted(&theme.words().map.wide_streams, small),
        );
    }
    let colour = shown
        .first()
        .map_or(INK, |(spot, ..)| tones(chart, spot.place).fill);
    drawn.legend = Legend::widths(most, to_scale, colour, (&chart.unit, chart.values), theme);
    Ok(drawn)
}

/// The outline of a stream with an arrowhead, and places along its middle with half its width there.
fn stream(
    from: Place,
    to: Place,
    width: f64,
    frame: Rect,
    theme: &Theme,
) -> (Vec<Place>, Vec<(Place, f64)>) {
    let scale = theme.scale;
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1e-6);
    // All bend upwards, as if they rose from the page; straight up, to the right.
    let side = if dx < 0.0 { 1.0 } else { -1.0 };
    let bend = side * BEND * length;
    let control = (
        (f64::midpoint(from.0, to.0) - bend * dy / length).clamp(frame.left, frame.right),
        (f64::midpoint(from.1, to.1) + bend * dx / length).clamp(frame.top, frame.bottom),
    );
    let at = |t: f64| {
        let s = 1.0 - t;
        (
            s * s * from.0 + 2.0 * s * t * control.0 + t * t * to.0,
            s * s * from.1 + 2.0 * s * t * control.1 + t * t * to.1,
        )
    };
    let slope = |t: f64| {
        let s = 1.0 - t;
        let x = 2.0 * s * (control.0 - from.0) + 2.0 * t * (to.0 - control.0);
        let y = 2.0 * s * (control.1 - from.1) + 2.0 * t * (to.1 - control.1);
        let size = x.hypot(y).max(1e-9);
        (x / size, y / size)
    };
    let head = (0.9 * width + 5.0 * scale).min(0.5 * length);
    let wing = width / 2.0 + (0.22 * width + 2.2 * scale).min(0.3 * length);
    let neck = (1.0 - head / length).clamp(0.3, 0.98);
    let mut left = Vec::new();
    let mut right = Vec::new();
    let mut middle = Vec::new();
    for step in 0..=STEPS {
        let t = neck * f64::from(step) / f64::from(STEPS);
        let ((x, y), (ux, uy)) = (at(t), slope(t));
        // Streams grow to their width near the origin, so that many can begin at one point.
        let grown = (t / 0.6).min(1.0);
        let half = width / 2.0 * (0.3 + 0.7 * grown * grown * (3.0 - 2.0 * grown));
        left.push((x - uy * half, y + ux * half));
        right.push((x + uy * half, y - ux * half));
        middle.push(((x, y), half));
    }
    let ((x, y), (ux, uy)) = (at(neck), slope(neck));
    middle.push(((x + 0.3 * head * ux, y + 0.3 * head * uy), 0.75 * wing));
    left.push((x - uy * wing, y + ux * wing));
    left.push(to);
    left.push((x + uy * wing, y - ux * wing));
    left.extend(right.into_iter().rev());
    (left, middle)
}
