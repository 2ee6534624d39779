//! Puts a map together: land, marks, names, legend.

use super::anchors::Scene;
use super::labels::{Namer, Wish};
use super::legend::{Legend, Taken, corner, plate};
use super::obstacles::Obstacle;
use super::plane::{Place, bounds, holds, signed_area};
use super::{MapChart, MapPlace, MapStyle, notes, shades, streams, symbols};
use crate::chart::ChartError;
use crate::chart::layout::{Body, Dash, Form, Group, Laid, Shape, Stroke, Theme};
use crate::chart::palette::{Colour, EMPHASIS, LAND, MUTED_MARK, ORIGIN_LAND, Tones, WHITE};
use crate::chart::spec::Marks;
use crate::chart::text::{Rect, one_line};
use crate::chart::words::{Counted, fill};

/// What a style of map draws over the land.
#[derive(Default)]
pub struct Drawn {
    /// Marks from back to front.
    pub groups: Vec<Group>,
    /// Marks over all others.
    pub markers: Vec<Group>,
    /// What names must not lie on.
    pub obstacles: Vec<Obstacle>,
    /// What could be named, the largest first.
    pub marked: Vec<Marked>,
    /// Notes that follow from the scale.
    pub notes: Vec<String>,
    /// What the marks mean.
    pub legend: Legend,
    /// The entries of the legend, where it can also be set in rows.
    pub row_legend: Option<Vec<(Colour, bool, String)>>,
}

/// A mark that could be named.
pub struct Marked {
    /// Its importance.
    pub size: f64,
    /// Whether the title speaks of it.
    pub emphasis: bool,
    /// Its name.
    pub wish: Wish,
}

/// The tones of a place's mark.
pub fn tones(chart: &MapChart, place: &MapPlace) -> Tones {
    let any = chart.places.iter().any(|place| place.emphasis);
    if place.emphasis || !any {
        EMPHASIS
    } else {
        MUTED_MARK
    }
}

/// Fill and edge of a mark by what is known of its number, as with bars.
pub fn paint(marks: Marks, tones: Tones) -> (Colour, Option<(Colour, Dash)>) {
    let pale = tones.line.tint(0.25);
    if marks.projected {
        (pale, Some((tones.line, Dash::Dotted)))
    } else if marks.estimated {
        (pale, Some((tones.line, Dash::Dashed)))
    } else if marks.provisional || marks.prose {
        (pale, Some((tones.line, Dash::Solid)))
    } else {
        (tones.fill, None)
    }
}

/// Lays out a map in the room between subtitle and notes.
pub fn lay(chart: &MapChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let gap = 10.0 * theme.scale;
    let mut frame = room;
    let mut under = false;
    let mut scene = Scene::new(chart, frame);
    let mut drawn = draw(chart, &scene, frame, theme)?;
    let mut place = legend_place(chart, &scene, &drawn, room, theme);
    if place.is_none() {
        // No corner is free: the legend stands below the map.
        under = true;
        if let Some(items) = &drawn.row_legend {
            drawn.legend = Legend::swatches(items, Some(room.width()), theme);
        }
        let spare = room.bottom - scene.view.frame.bottom;
        let needed = drawn.legend.height + gap;
        if spare < needed {
            frame.bottom = room.bottom - needed;
            let legend = drawn.legend;
            scene = Scene::new(chart, frame);
            drawn = draw(chart, &scene, frame, theme)?;
            drawn.legend = if drawn.row_legend.is_some() {
                legend
            } else {
                drawn.legend
            };
        }
        place = Some(Rect {
            left: room.left,
            top: scene.view.frame.bottom + gap,
            right: room.left + drawn.legend.width,
            bottom: scene.view.frame.bottom + gap + drawn.legend.height,
        });
    }
    if scene
        .spots
        .iter()
        .all(|spot| spot.at.is_none() || spot.place.value.is_none())
    {
        return Err(ChartError::NothingOnMap);
    }
    let legend_at = place.unwrap_or(room);
    if legend_at.right > room.right || frame.height() < 60.0 * theme.scale {
        return Err(ChartError::NoRoom {
            width: room.right.round() as u32,
            height: room.bottom.round() as u32,
        });
    }
    let mut obstacles = std::mem::take(&mut drawn.obstacles);
    if !under {
        obstacles.push(Obstacle::Box(legend_at));
    }
    let (namer, unnamed) = names(chart, &scene, &drawn, obstacles, theme);
    let mut said = notes::off_the_map(chart, &scene, theme);
    said.append(&mut drawn.notes);
    let words = &theme.words().map;
    match chart.style {
        MapStyle::Symbols => said.extend(unnamed.said(&words.unnamed_circles, theme)),
        MapStyle::Flow => said.extend(unnamed.said(&words.unnamed_streams, theme)),
        MapStyle::Choropleth { .. } => {}
    }
    said.push(words.boundaries.to_owned());

    let mut groups = land(chart, &scene, theme);
    // Borders lie over shades but under circles, which stand for points.
    if chart.is_shaded() {
        let borders = groups.pop();
        groups.append(&mut drawn.groups);
        groups.extend(borders);
    } else {
        groups.append(&mut drawn.groups);
    }
    groups.append(&mut drawn.markers);
    if !namer.leaders.is_empty() {
        groups.push(Group {
            class: "leaders",
            label: String::new(),
            shapes: namer.leaders,
        });
    }
    let padding = if under { 0.0 } else { PADDING * theme.scale };
    let legend = drawn.legend.moved((
        legend_at.left
            + if under {
                0.0
            } else {
                padding_left(legend_at, room, padding)
            },
        legend_at.top + padding,
    ));
    let mut shapes = legend.shapes;
    if !under {
        shapes.insert(0, plate(legend_at));
    }
    groups.push(Group {
        class: "legend",
        label: String::new(),
        shapes,
    });
    let mut texts = namer.texts;
    texts.extend(legend.texts);
    Ok(Laid {
        texts,
        notes: said,
        bottom: Some(
            if under {
                legend_at.bottom
            } else {
                scene.view.frame.bottom
            }
            .max(room.top + 60.0),
        ),
        body: Body::Shapes(groups),
    })
}

/// Room in px between a legend and the edge of its plate.
const PADDING: f64 = 8.0;

/// At the left edge of the picture a legend stands flush with title and notes.
fn padding_left(plate: Rect, room: Rect, padding: f64) -> f64 {
    if plate.left <= room.left + 0.5 {
        0.0
    } else {
        padding
    }
}

fn draw(chart: &MapChart, scene: &Scene, frame: Rect, theme: &Theme) -> Result<Drawn, ChartError> {
    Ok(match chart.style {
        MapStyle::Symbols => symbols::draw(chart, scene, frame, theme),
        MapStyle::Choropleth { .. } => shades::draw(chart, scene, theme),
        MapStyle::Flow => streams::draw(chart, scene, frame, theme)?,
    })
}

fn legend_place(
    chart: &MapChart,
    scene: &Scene,
    drawn: &Drawn,
    room: Rect,
    theme: &Theme,
) -> Option<Rect> {
    let padding = 2.0 * PADDING * theme.scale;
    let size = (drawn.legend.width + padding, drawn.legend.height + padding);
    let valued: Vec<&Vec<Place>> = if chart.is_shaded() {
        let sites = scene
            .spots
            .iter()
            .filter(|spot| spot.place.value.is_some())
            .map(|spot| &spot.place.site);
        sites.flat_map(|site| scene.rings(chart, site)).collect()
    } else {
        Vec::new()
    };
    let others: Vec<&Vec<Place>> = scene
        .ground
        .lands
        .iter()
        .flatten()
        .filter(|ring| signed_area(ring).abs() > 20.0)
        .collect();
    let mut marks = drawn.obstacles.clone();
    // Names want some room around the marks as well.
    marks.extend(
        scene
            .origin
            .map(|at| Obstacle::Disc(at, 30.0 * theme.scale)),
    );
    // Also where the globe is narrower than the picture, the legend stands at its left edge.
    let frame = Rect {
        left: room.left,
        right: room.right,
        ..scene.view.frame
    };
    corner(
        frame,
        size,
        &Taken {
            marks: &marks,
            lands: &valued,
            others: &others,
        },
    )
}

/// Land without numbers, the land of the origin, and borders as the last group.
fn land(chart: &MapChart, scene: &Scene, theme: &Theme) -> Vec<Group> {
    let origin: Vec<usize> = chart
        .origin
        .iter()
        .flat_map(|origin| &origin.site.lands)
        .filter_map(|id| chart.atlas.land(id))
        .map(|(number, _)| number)
        .collect();
    let shaded: Vec<usize> = chart
        .places
        .iter()
        .filter(|place| chart.is_shaded() && place.value.is_some())
        .flat_map(|place| &place.site.lands)
        .filter_map(|id| chart.atlas.land(id))
        .map(|(number, _)| number)
        .collect();
    let mut shapes = Vec::new();
    for &number in scene
        .ground
        .order
        .iter()
        .filter(|number| !shaded.contains(number))
    {
        let colour = if origin.contains(&number) {
            ORIGIN_LAND
        } else {
            LAND
        };
        for ring in &scene.ground.lands[number] {
            shapes.push(Shape::filled("land", Form::Polygon(ring.clone()), colour));
        }
    }
    let stroke = Stroke::solid(WHITE, 0.7 * theme.scale);
    let borders = scene
        .ground
        .borders
        .iter()
        .map(|border| Shape::stroked("border", Form::Path(border.clone()), stroke))
        .collect();
    vec![
        Group {
            class: "lands",
            label: String::new(),
            shapes,
        },
        Group {
            class: "borders",
            label: String::new(),
            shapes: borders,
        },
    ]
}

/// So many marks are named however small they are.
const FEW: usize = 10;
/// How many times as large as a mark the largest is when the mark is too slight for a name.
const SLIGHT: f64 = 400.0;

/// Names the origin, what the title speaks of, then the largest, as far as there is room.
fn names<'t>(
    chart: &MapChart,
    scene: &Scene,
    drawn: &Drawn,
    obstacles: Vec<Obstacle>,
    theme: &'t Theme,
) -> (Namer<'t>, Unnamed) {
    let frame = scene.view.frame;
    let mut namer = Namer::new(theme, frame, obstacles);
    if let Some((origin, at)) = chart.origin.as_ref().zip(scene.origin) {
        let radius = if chart.style == MapStyle::Flow {
            6.0 * theme.scale
        } else {
            0.0
        };
        let wish = |at: Place| Wish {
            name: one_line(&origin.label),
            value: String::new(),
            detail: String::new(),
            at,
            radius,
            over: radius == 0.0,
            leader: 60.0,
            through: false,
            pointed: radius == 0.0,
        };
        // Where a circle covers the middle of the land, its name points to what is seen of it.
        let seen = || inner(&scene.rings(chart, &origin.site));
        let _ = namer.place(&wish(at))
            || (radius == 0.0 && seen().into_iter().any(|at| namer.place(&wish(at))));
    }
    let each = 20_000.0 * theme.scale * theme.scale;
    let most = if chart.is_shaded() {
        5
    } else {
        ((frame.width() * frame.height() / each) as usize).clamp(8, 24)
    };
    let mut order: Vec<&Marked> = drawn.marked.iter().collect();
    order.sort_by_key(|marked| !marked.emphasis);
    let largest = drawn
        .marked
        .iter()
        .map(|marked| marked.size)
        .fold(0.0, f64::max);
    let mut unnamed = Unnamed::default();
    // A small mark that happens to stand free is not named before a large one that has no room.
    for (rank, marked) in order.into_iter().enumerate() {
        // Long lines, which cross the map, are for the few that matter most.
        let longest = if rank < 7 || marked.emphasis {
            130.0
        } else {
            45.0
        };
        let leader = f64::min(longest, 0.3 * frame.height() / theme.scale);
        let through = chart.style == MapStyle::Symbols && rank < 4;
        let slight = rank >= FEW && marked.size < largest / SLIGHT;
        if rank >= most || slight {
            unnamed.rest += 1;
        } else if !namer.place(&marked.wish.led(leader, through)) {
            let wish = &marked.wish;
            unnamed.large.push(format!("{} {}", wish.name, wish.value));
        }
    }
    (namer, unnamed)
}

/// Some places within rings.
fn inner(rings: &[&Vec<Place>]) -> Vec<Place> {
    const STEPS: i32 = 7;
    let all: Vec<Place> = rings.iter().flat_map(|ring| ring.iter().copied()).collect();
    let around = bounds(&all);
    let along = |low: f64, length: f64, step: i32| {
        low + length * (f64::from(step) + 0.5) / f64::from(STEPS)
    };
    (0..STEPS * STEPS)
        .map(|cell| {
            (
                along(around.left, around.width(), cell % STEPS),
                along(around.top, around.height(), cell / STEPS),
            )
        })
        .filter(|&place| rings.iter().any(|ring| holds(ring, place)))
        .collect()
}

/// Marks without names.
#[derive(Default)]
struct Unnamed {
    /// Large ones, for whose names there was no room, with their numbers.
    large: Vec<String>,
    /// How many smaller ones there are.
    rest: usize,
}

impl Unnamed {
    /// What a note says of them.
    fn said(&self, smallest: &Counted, theme: &Theme) -> Vec<String> {
        let mut said = Vec::new();
        if !self.large.is_empty() {
            let large = notes::listed(&self.large, theme);
            said.push(fill(theme.words().map.unnamed, &[&large]));
        }
        if self.rest > 0 {
            said.push(theme.language.counted(smallest, self.rest));
        }
        said
    }
}
