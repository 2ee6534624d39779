//! Shades of whole lands, for rates and shares.

use super::MapChart;
use super::anchors::Scene;
use super::classes::Classes;
use super::labels::Wish;
use super::layout::{Drawn, Marked};
use super::legend::{Legend, no_figure};
use super::obstacles::Obstacle;
use super::plane::{Place, hatching, signed_area};
use super::symbols::arrow;
use crate::chart::layout::{Dash, Form, Group, Shape, Stroke, Theme};
use crate::chart::number;
use crate::chart::palette::{Colour, INK, WHITE};
use crate::chart::spec::Marks;
use crate::chart::text::one_line;

/// Least area in px², times the square of the scale, at which a land can be seen by itself.
const SEEN: f64 = 9.0;

/// Shades the lands of a map.
pub fn draw(chart: &MapChart, scene: &Scene, theme: &Theme) -> Drawn {
    let scale = theme.scale;
    // What is not on the map makes no class.
    let on_map = scene.spots.iter().filter(|spot| spot.at.is_some());
    let values: Vec<f64> = on_map.filter_map(|spot| spot.place.value).collect();
    if values.is_empty() {
        return Drawn::default();
    }
    let classes = Classes::of(&values);
    let mut drawn = Drawn::default();
    let mut markers: Vec<Group> = Vec::new();
    for spot in &scene.spots {
        let Some((value, at)) = spot.place.value.zip(spot.at) else {
            continue;
        };
        let class = classes.class(value);
        let Some(&fill) = classes.colours.get(class) else {
            continue;
        };
        let falls = class < classes.falls;
        let rings: Vec<Vec<Place>> = scene
            .rings(chart, &spot.place.site)
            .into_iter()
            .cloned()
            .collect();
        let area: f64 = rings.iter().map(|ring| signed_area(ring).abs()).sum();
        let label = one_line(&spot.place.label);
        let mut shapes: Vec<Shape> = rings
            .iter()
            .map(|ring| Shape::filled("shade", Form::Polygon(ring.clone()), fill))
            .collect();
        if falls {
            shapes.extend(hatched(&rings, theme));
        }
        drawn.groups.push(Group {
            class: "shades",
            label: label.clone(),
            shapes,
        });
        let mut radius = 0.0;
        let mut marks: Vec<Shape> = edge(spot.place.marks)
            .into_iter()
            .flat_map(|dash| rings.iter().flat_map(move |ring| edged(ring, dash, theme)))
            .collect();
        if area < SEEN * scale * scale {
            radius = 2.6 * scale;
            marks.extend(marker(at, radius, fill, theme));
            drawn.obstacles.push(Obstacle::Disc(at, radius));
        }
        if spot.place.marks.at_least {
            marks.extend(arrow((at.0, at.1 - radius), theme));
            radius = radius.max(9.0 * scale);
            drawn.obstacles.push(Obstacle::Disc(
                (at.0, at.1 - radius - 4.0 * scale),
                4.0 * scale,
            ));
        }
        if !marks.is_empty() {
            markers.push(Group {
                class: "markers",
                label: label.clone(),
                shapes: marks,
            });
        }
        drawn.marked.push(Marked {
            size: value.abs(),
            emphasis: spot.place.emphasis,
            wish: Wish {
                name: label,
                value: number::qualified(
                    Some(value),
                    (None, None),
                    spot.place.qualifier,
                    chart.values,
                    theme.language,
                ),
                detail: one_line(&spot.place.detail),
                at,
                radius,
                over: area > 4000.0 * scale * scale && !spot.place.marks.at_least,
                leader: 0.0,
                through: false,
                pointed: radius == 0.0,
            },
        });
    }
    // The largest changes are named, whichever way they go.
    drawn.marked.sort_by(|a, b| b.size.total_cmp(&a.size));
    // Small lands over large ones, and marks over all lands.
    drawn.groups.sort_by(|a, b| extent(b).total_cmp(&extent(a)));
    drawn.markers = markers;
    if drawn
        .markers
        .iter()
        .flat_map(|group| &group.shapes)
        .any(|shape| shape.class == "small-land")
    {
        drawn.notes.push(theme.words().map.small_lands.to_owned());
    }
    let mut items: Vec<(Colour, bool, String)> = classes
        .labels(&values, chart.values, theme.language)
        .into_iter()
        .enumerate()
        .rev()
        .map(|(class, words)| (classes.colours[class], class < classes.falls, words))
        .collect();
    items.push(no_figure(theme));
    drawn.legend = Legend::swatches(&items, None, theme);
    drawn.row_legend = Some(items);
    drawn
}

fn extent(group: &Group) -> f64 {
    let area = |shape: &Shape| match &shape.form {
        Form::Polygon(points) => signed_area(points).abs(),
        _ => 0.0,
    };
    group.shapes.iter().map(area).fold(0.0, f64::max)
}

/// How the edge of a land says that its number is not firm.
fn edge(marks: Marks) -> Option<Dash> {
    if marks.projected {
        Some(Dash::Dotted)
    } else if marks.estimated {
        Some(Dash::Dashed)
    } else {
        (marks.provisional || marks.prose).then_some(Dash::Solid)
    }
}

/// The edge of a land over the borders, on white so that it is seen on any shade.
fn edged(ring: &[Place], dash: Dash, theme: &Theme) -> [Shape; 2] {
    let closed = || Form::Path(ring.iter().chain(ring.first()).copied().collect());
    let width = 1.4 * theme.scale;
    let under = Stroke::solid(WHITE, width + 1.2 * theme.scale);
    let over = Stroke {
        colour: INK,
        width,
        dash,
    };
    [
        Shape::stroked("rim", closed(), under),
        Shape::stroked("edge", closed(), over),
    ]
}

/// A disc for a land that is too small to be seen.
fn marker(centre: Place, radius: f64, fill: Colour, theme: &Theme) -> Vec<Shape> {
    let ring = |radius: f64, colour: Colour, width: f64| {
        Shape::stroked(
            "rim",
            Form::Disc { centre, radius },
            Stroke::solid(colour, width * theme.scale),
        )
    };
    vec![
        Shape::filled("small-land", Form::Disc { centre, radius }, fill),
        ring(radius, INK, 0.6),
        ring(radius + 0.7 * theme.scale, WHITE, 0.8),
    ]
}

/// White strokes across lands, so that falls are told from rises also without colour.
pub fn hatched(rings: &[Vec<Place>], theme: &Theme) -> Vec<Shape> {
    let stroke = Stroke::solid(WHITE, 0.9 * theme.scale);
    hatching(rings, 6.0 * theme.scale)
        .into_iter()
        .map(|(from, to)| Shape::stroked("hatch", Form::Path(vec![from, to]), stroke))
        .collect()
}
