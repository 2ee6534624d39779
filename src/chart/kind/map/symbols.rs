//! Circles whose areas are to each other as the numbers.

use std::f64::consts::PI;

use super::anchors::{Scene, Spot};
use super::labels::Wish;
use super::layout::{Drawn, Marked, paint, tones};
use super::legend::Legend;
use super::obstacles::Obstacle;
use super::{MapChart, MapPlace};
use crate::chart::layout::{Form, Group, Shape, Stroke, Theme};
use crate::chart::number;
use crate::chart::palette::{INK, WHITE};
use crate::chart::text::{Rect, one_line};

/// Share of the area of all circles that may lie on others.
const HIDDEN: f64 = 0.2;
/// Share of the frame that all circles together may cover.
const COVER: f64 = 0.14;

/// Draws the circles of a map, the largest first.
pub fn draw(chart: &MapChart, scene: &Scene, frame: Rect, theme: &Theme) -> Drawn {
    let scale = theme.scale;
    let most = chart
        .places
        .iter()
        .filter_map(|place| place.value)
        .fold(0.0, f64::max);
    let shown: Vec<(&Spot, f64)> = scene
        .spots
        .iter()
        .filter_map(|spot| Some((spot, spot.place.value.filter(|value| *value > 0.0)?)))
        .filter(|(spot, _)| spot.at.is_some())
        .collect();
    let sum: f64 = shown.iter().map(|(_, value)| value / most).sum();
    let size = frame.width().min(frame.height());
    let crowded = (COVER * frame.width() * frame.height() / (PI * sum.max(1.0))).sqrt();
    let largest = (0.105 * size)
        .clamp(10.0 * scale, 46.0 * scale)
        .min(crowded);
    let relative: Vec<((f64, f64), f64)> = shown
        .iter()
        .filter_map(|(spot, value)| Some((spot.at?, (value / most).sqrt())))
        .collect();
    let largest = parted(&relative, largest, 14.0 * scale);
    let to_scale = |value: f64| largest * (value / most).sqrt();
    // Smaller discs could not be seen.
    let least = 1.6 * scale;
    let mut drawn = Drawn::default();
    for (spot, value) in &shown {
        let Some(centre) = spot.at else { continue };
        let radius = to_scale(*value).max(least);
        drawn
            .groups
            .push(group(chart, spot.place, (centre, radius), to_scale, theme));
        drawn.obstacles.push(Obstacle::Disc(centre, radius));
        let number = number::qualified(
            spot.place.value,
            (spot.place.low, spot.place.high),
            spot.place.qualifier,
            chart.values,
            theme.language,
        );
        drawn.marked.push(Marked {
            size: *value,
            emphasis: spot.place.emphasis,
            wish: Wish {
                name: one_line(&spot.place.label),
                value: number,
                detail: one_line(&spot.place.detail),
                at: centre,
                // A ring of the range is the edge of the mark.
                radius: spot
                    .place
                    .high
                    .map_or(radius, |high| to_scale(high).max(radius)),
                over: false,
                leader: 0.0,
                through: false,
                pointed: false,
            },
        });
    }
    let small = shown
        .iter()
        .filter(|(_, value)| to_scale(*value) < least)
        .count();
    if small > 0 {
        drawn.notes.push(
            theme
                .language
                .counted(&theme.words().map.large_circles, small),
        );
    }
    drawn.legend = Legend::circles(most, to_scale, (&chart.unit, chart.values), theme);
    drawn
}

/// A size of the largest circle at which few circles hide others, not below `least`. Places come
/// with their radii as shares of the largest.
fn parted(circles: &[((f64, f64), f64)], largest: f64, least: f64) -> f64 {
    let all: f64 = circles.iter().map(|(_, radius)| radius * radius).sum();
    let mut size = largest;
    while size > least {
        // Those too small to be parted by any size do not count.
        let seen: Vec<&((f64, f64), f64)> = circles
            .iter()
            .filter(|(_, radius)| radius * size > 2.5)
            .collect();
        let mut hidden = 0.0;
        for (index, (at, radius)) in seen.iter().enumerate() {
            for (other, smaller) in &seen[index + 1..] {
                let reach = (radius + smaller) * size;
                let (dx, dy) = ((at.0 - other.0).abs(), (at.1 - other.1).abs());
                if dx < reach && dy < reach {
                    let deep = ((reach - dx.hypot(dy)) / (2.0 * smaller * size)).clamp(0.0, 1.0);
                    hidden += deep * smaller * smaller;
                }
            }
        }
        if hidden <= HIDDEN * all {
            break;
        }
        size *= 0.93;
    }
    size.max(least.min(largest))
}

/// A circle with the marks of its number.
fn group(
    chart: &MapChart,
    place: &MapPlace,
    (centre, radius): ((f64, f64), f64),
    to_scale: impl Fn(f64) -> f64,
    theme: &Theme,
) -> Group {
    let scale = theme.scale;
    let (fill, edge) = paint(place.marks, tones(chart, place));
    let mut shapes = vec![Shape::filled("symbol", Form::Disc { centre, radius }, fill)];
    match edge {
        Some((colour, dash)) => {
            let inner = (radius - 0.6 * scale).max(0.5);
            let stroke = Stroke {
                colour,
                width: 1.4 * scale,
                dash,
            };
            if let Some(symbol) = shapes.first_mut() {
                symbol.class = "symbol uncertain";
                *symbol = Shape {
                    form: Form::Disc {
                        centre,
                        radius: inner,
                    },
                    stroke: Some(stroke),
                    ..symbol.clone()
                };
            }
        }
        None => {
            let rim = Stroke::solid(WHITE, 0.8 * scale);
            shapes.push(Shape::stroked(
                "rim",
                Form::Disc {
                    centre,
                    radius: radius + 0.4 * scale,
                },
                rim,
            ));
        }
    }
    if let Some((low, high)) = place.low.zip(place.high) {
        for end in [low, high]
            .map(to_scale)
            .into_iter()
            .filter(|end| *end > 0.5)
        {
            shapes.push(Shape::stroked(
                "whisker",
                Form::Disc {
                    centre,
                    radius: end,
                },
                Stroke::solid(INK, 0.8 * scale),
            ));
        }
    }
    if place.marks.at_least {
        shapes.extend(arrow((centre.0, centre.1 - radius - scale), theme));
    }
    Group {
        class: "symbols",
        label: one_line(&place.label),
        shapes,
    }
}

/// An arrow upwards, with a white rim: at least this many.
pub fn arrow((x, y): (f64, f64), theme: &Theme) -> [Shape; 2] {
    let scale = theme.scale;
    let (tip, wing) = (y - 8.0 * scale, 3.0 * scale);
    let path = vec![
        (x, y),
        (x, tip),
        (x - wing, tip + wing),
        (x, tip),
        (x + wing, tip + wing),
    ];
    let stroked = |class, colour, width: f64| {
        Shape::stroked(
            class,
            Form::Path(path.clone()),
            Stroke::solid(colour, width * scale),
        )
    };
    [stroked("rim", WHITE, 3.0), stroked("at-least", INK, 1.2)]
}
