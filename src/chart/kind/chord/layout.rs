//! Arcs around a circle, ribbons between them, and names beside them.

use std::f64::consts::TAU;

use super::names::{self, CLEAR, Name, Placed};
use super::ring::{self, Arc, Chord};
use super::values::{Area, values};
use crate::chart::ChartError;
use crate::chart::kind::movement::{Exchange, Paint, ribbon_fill};
use crate::chart::layout::{Body, Dash, Form, Group, Laid, Shape, Stroke, Theme};
use crate::chart::palette::{MUTED, MUTED_TEXT, WHITE};
use crate::chart::text::{LEADING, Rect};
use crate::chart::words::fill;

/// How many ways to turn the circle are tried.
const TURNS: u32 = 60;
/// Ribbons under this width in px (at scale 1) are strokes rather than areas.
const THIN: f64 = 2.0;

/// Lays out a chord diagram in the room between subtitle and notes.
pub fn lay(exchange: &Exchange, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let scale = theme.scale;
    let order = ring::in_order(exchange);
    let (arcs, _) = ring::divide(exchange, &order, 0.0);
    let limits = [0.27, 0.2, 0.13].map(|share| share * room.width());
    let mut best: Option<(f64, f64, Placed)> = None;
    // Names in one row leave a smaller circle, narrow ones a larger one; the larger circle wins.
    for limit in limits {
        let names: Vec<Name> = arcs
            .iter()
            .map(|arc| names::name(arc, limit, theme))
            .collect();
        let Some((radius, start, placed)) = largest(exchange, &order, &names, room, theme) else {
            continue;
        };
        if best.as_ref().is_none_or(|(known, ..)| radius > known + 1.0) {
            best = Some((radius, start, placed));
        }
    }
    let Some((radius, start, placed)) = best else {
        let row = LEADING * theme.label + 3.0 * scale;
        let fit = 2 * (room.height() / (2.0 * row)) as usize;
        return Err(if fit < order.len() {
            too_many(order.len(), fit)
        } else {
            ChartError::NoRoom {
                width: room.right.round() as u32,
                height: room.bottom.round() as u32,
            }
        });
    };
    let centre = centre(room);
    let (arcs, chords) = ring::divide(exchange, &order, start);
    let paint = Paint::new(exchange);
    let inner = radius - 11.0 * scale;
    let areas = areas(&chords, &paint, centre, inner, theme);
    let mut groups = vec![ribbons(&areas, &paint, centre, inner, theme)];
    let nodes = arcs.iter().filter(|arc| arc.angles.1 > arc.angles.0);
    groups.push(Group {
        class: "arcs",
        label: String::new(),
        shapes: nodes
            .map(|arc| {
                let area = ring::band(centre, arc.angles, (inner + scale, radius));
                let fill = paint.of_origin(arc.name).line;
                Shape {
                    seamless: true,
                    ..Shape::filled("node", Form::Polygon(area), fill)
                }
            })
            .collect(),
    });
    let stroke = Stroke::solid(MUTED_TEXT, 0.6 * scale);
    groups.push(Group {
        class: "leaders",
        label: String::new(),
        shapes: placed
            .leaders
            .iter()
            .map(|ends| Shape::stroked("leader", Form::Path(ends.to_vec()), stroke))
            .collect(),
    });
    groups.retain(|group| !group.shapes.is_empty());
    let thin = chords
        .iter()
        .filter(|chord| (chord.from.1 - chord.from.0) * inner < 0.5 * scale)
        .count();
    let words = &theme.words().movement;
    let mut notes = Vec::new();
    if thin > 0 {
        let thin = theme.language.counted(&words.ribbon_count, thin);
        notes.push(fill(words.widened, &[&thin]));
    }
    let missing = exchange.movements.iter().filter(|one| one.value.is_none());
    let missing = missing.count();
    if missing > 0 {
        let missing = theme.language.counted(&words.pair_count, missing);
        notes.push(fill(words.missing, &[&missing]));
    }
    let mut texts = placed.texts;
    texts.extend(values(&areas, theme));
    Ok(Laid {
        texts,
        notes,
        bottom: None,
        body: Body::Shapes(groups),
    })
}

/// The refusal of more places than fit.
pub const fn too_many(places: usize, fit: usize) -> ChartError {
    ChartError::TooManyPlaces {
        places,
        role: "places around a circle",
        fit,
    }
}

fn centre(room: Rect) -> (f64, f64) {
    (
        f64::midpoint(room.left, room.right),
        f64::midpoint(room.top, room.bottom),
    )
}

/// The largest circle around which all names fit, how it is turned, and where they are.
fn largest(
    exchange: &Exchange,
    order: &[&str],
    names: &[Name],
    room: Rect,
    theme: &Theme,
) -> Option<(f64, f64, Placed)> {
    let scale = theme.scale;
    let centre = centre(room);
    let widest = names.iter().map(|name| name.width).fold(0.0, f64::max);
    let by_width = room.width() / 2.0 - widest - CLEAR * scale;
    let by_height = room.height() / 2.0 - 0.5 * LEADING * theme.label;
    let full = by_width.min(by_height);
    let least = (0.22 * room.height()).max(60.0 * scale);
    [1.0, 0.93, 0.86, 0.79, 0.72, 0.65]
        .into_iter()
        .map(|share| share * full)
        .take_while(|radius| *radius >= least)
        .find_map(|radius| {
            (0..TURNS)
                .filter_map(|turn| {
                    let start = TAU * f64::from(turn) / f64::from(TURNS);
                    let (arcs, _): (Vec<Arc<'_>>, _) = ring::divide(exchange, order, start);
                    let placed = names::place(&arcs, names, centre, radius, room, theme)?;
                    Some((radius, start, placed))
                })
                .reduce(|best, one| {
                    if one.2.strain < best.2.strain - 1e-6 {
                        one
                    } else {
                        best
                    }
                })
        })
}

/// Ribbons from back to front: grey before colours, of each the strokes first, then the largest.
fn areas<'a>(
    chords: &'a [Chord<'a>],
    paint: &Paint<'_>,
    centre: (f64, f64),
    inner: f64,
    theme: &Theme,
) -> Vec<Area<'a>> {
    let mut order: Vec<(&Chord<'_>, bool)> = chords
        .iter()
        .map(|chord| (chord, paint.of(chord.movement) != MUTED))
        .collect();
    order.sort_by(|(a, coloured), (b, other)| {
        (*coloured, is_wide(a, inner, theme))
            .cmp(&(*other, is_wide(b, inner, theme)))
            .then(b.value.total_cmp(&a.value))
    });
    let radii = (inner, inner - 9.0 * theme.scale);
    order
        .into_iter()
        .map(|(chord, _)| {
            let edges = ring::edges(chord, centre, radii);
            Area {
                chord,
                outline: ring::area(chord, centre, radii, &edges),
                edges,
            }
        })
        .collect()
}

/// Whether a ribbon is an area rather than a stroke.
fn is_wide(chord: &Chord<'_>, inner: f64, theme: &Theme) -> bool {
    (chord.from.1 - chord.from.0) * inner >= THIN * theme.scale
}

fn ribbons(
    areas: &[Area<'_>],
    paint: &Paint<'_>,
    centre: (f64, f64),
    inner: f64,
    theme: &Theme,
) -> Group {
    let scale = theme.scale;
    let (mut shapes, mut arrows) = (Vec::new(), Vec::new());
    for Area {
        chord,
        edges,
        outline,
    } in areas
    {
        let tones = paint.of(chord.movement);
        let uncertain = chord.movement.is_uncertain();
        shapes.push(Shape {
            seamless: true,
            ..Shape::filled(
                "ribbon",
                Form::Polygon(outline.clone()),
                ribbon_fill(tones, uncertain),
            )
        });
        let marks = chord.movement.marks;
        let wide = is_wide(chord, inner, theme);
        let (class, stroke) = if uncertain {
            let dash = if marks.projected {
                Dash::Dotted
            } else if marks.estimated {
                Dash::Dashed
            } else {
                Dash::Solid
            };
            let stroke = Stroke {
                colour: tones.line,
                width: scale,
                dash,
            };
            ("edge", stroke)
        } else {
            ("outline", Stroke::solid(WHITE, 0.7 * scale))
        };
        let drawn = match (wide, uncertain) {
            (true, _) => 2,
            (false, true) => 1,
            (false, false) => 0,
        };
        let edges = edges.iter().take(drawn).cloned();
        shapes.extend(edges.map(|edge| Shape::stroked(class, Form::Path(edge), stroke)));
        if marks.at_least {
            let middle = f64::midpoint(chord.to.0, chord.to.1);
            let (tip, foot) = (inner - scale, inner - 9.0 * scale);
            let half = 5.0 * scale / foot;
            let arrow = vec![
                ring::polar(centre, middle, tip),
                ring::polar(centre, middle - half, foot),
                ring::polar(centre, middle + half, foot),
            ];
            arrows.push(Shape::filled("at-least", Form::Polygon(arrow), tones.line));
        }
    }
    shapes.extend(arrows);
    Group {
        class: "chords",
        label: String::new(),
        shapes,
    }
}
