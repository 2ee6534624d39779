//! Ribbons from places on the left to places on the right, as wide as they are many.

use super::label::Label;
use super::order::{Strand, untangle};
use super::ribbon;
use super::stack::{Stack, bands};
use crate::chart::ChartError;
use crate::chart::kind::movement::{End, Exchange, Movement, Paint, Place};
use crate::chart::layout::{Body, Form, Group, Laid, Shape, Theme};
use crate::chart::palette::{Colour, INK, MUTED, MUTED_TEXT};
use crate::chart::text::{Anchor, LEADING, Rect, Text};
use crate::chart::words::{Counted, fill};

/// The largest part of the height that all ribbons together take; the rest fans them out.
const RIBBON_SHARE: f64 = 0.66;
/// Share of the width that names on one side may take: beside places, and of a place alone.
const NAMES: [f64; 2] = [0.36, 0.2];

/// One side of the chart, from top to bottom.
struct Side<'a> {
    end: End,
    places: Vec<Place<'a>>,
    labels: Vec<Label>,
}

/// A movement that is drawn.
pub struct Drawn<'a> {
    /// The movement.
    movement: &'a Movement,
    /// Its value, above zero.
    value: f64,
    /// Indices of its places on the left and on the right.
    pub at: [usize; 2],
    /// Height of its ribbon in px.
    pub height: f64,
}

/// Lays out ribbons in the room between subtitle and notes.
pub fn lay(exchange: &Exchange, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let scale = theme.scale;
    let mut sides = sides(exchange, room, theme);
    let many = sides.iter().all(|side| side.places.len() > 1);
    let mut texts = Vec::new();
    let whole = room;
    let mut room = room;
    if many {
        room.top += LEADING * theme.small + 4.0 * scale;
    }
    for side in &sides {
        side.check(room, theme)?;
    }
    arrange(exchange, &mut sides);
    let (total, _) = exchange.total();
    let mut drawn = strands(exchange, &sides);
    let unit = unit_height(&drawn, &sides, total, room, theme)?;
    for one in &mut drawn {
        one.height = height(one.value, unit, theme);
    }

    let bar = 12.0 * scale;
    let widest = |side: &Side<'_>| side.labels.iter().map(|l| l.width).fold(0.0, f64::max);
    let left = room.left + widest(&sides[0]) + 10.0 * scale;
    let right = room.right - widest(&sides[1]) - 10.0 * scale;
    if right - left < 140.0 * scale {
        return Err(ChartError::NoRoom {
            width: room.right.round() as u32,
            height: room.bottom.round() as u32,
        });
    }
    if many {
        let baseline = whole.top + 0.95 * theme.small;
        for (word, x, anchor) in [
            (theme.words().movement.from, left + bar, Anchor::End),
            (theme.words().movement.to, right - bar, Anchor::Start),
        ] {
            let mut text = Text::new("side", word, (x, baseline), theme.small, MUTED_TEXT);
            text.anchor = anchor;
            texts.push(text);
        }
    }

    let stacks = [0, 1].map(|side| Stack::new(side, &sides[side].labels, &drawn, room, theme));
    let tallest = stacks.iter().map(|stack| stack.used).fold(0.0, f64::max);
    let middle = room.top + tallest / 2.0;
    let paint = Paint::new(exchange);
    let columns = [(left, left + bar), (right - bar, right)];
    let mut nodes = Vec::new();
    for (index, (side, stack)) in sides.into_iter().zip(&stacks).enumerate() {
        let top = middle - stack.used / 2.0;
        let (from, to) = columns[index];
        let is_alone = side.places.len() == 1;
        for (place, (label, (centre, height))) in side
            .places
            .iter()
            .zip(side.labels.into_iter().zip(&stack.nodes))
        {
            let centre = top + centre;
            if *height > 0.0 {
                let rect = Rect {
                    left: from,
                    top: centre - height / 2.0,
                    right: to,
                    bottom: centre + height / 2.0,
                };
                let class = if index == 0 { "node origin" } else { "node" };
                let fill = node_fill(exchange, &paint, side.end, place, is_alone);
                nodes.push(Shape::filled(class, Form::Rect(rect), fill));
            }
            texts.extend(match (index, is_alone) {
                (0, true) => label.beginning_at(room.left, centre, theme),
                (0, false) => label.ending_at(from - 8.0 * scale, centre, theme),
                _ => label.beginning_at(to + 8.0 * scale, centre, theme),
            });
        }
    }
    let bands = bands(&drawn, &stacks, middle, (left + bar, right - bar));
    let tones: Vec<_> = drawn.iter().map(|one| paint.of(one.movement)).collect();
    let mut shapes = Vec::new();
    for index in ribbon::from_back_to_front(&bands, &tones, theme) {
        let movement = drawn[index].movement;
        shapes.extend(ribbon::shapes(
            &bands[index],
            movement,
            tones[index],
            many,
            theme,
        ));
    }
    shapes.extend(nodes);
    if many {
        // A place with one ribbon has its number beside it already.
        let several = |one: &Drawn<'_>| {
            let same = |other: &&Drawn<'_>| other.at[1] == one.at[1];
            drawn.iter().filter(same).count() > 1
        };
        for (index, one) in drawn.iter().enumerate() {
            if several(one) {
                texts.extend(ribbon::value(&bands, index, one.movement, theme));
            }
        }
    }
    Ok(Laid {
        texts,
        notes: notes(exchange, &drawn, unit, theme),
        bottom: Some(room.top + tallest),
        body: Body::Shapes(vec![Group {
            class: "flow",
            label: String::new(),
            shapes,
        }]),
    })
}

/// The names of places on one side as they are drawn from top to bottom.
pub fn in_order(exchange: &Exchange) -> [Vec<&str>; 2] {
    let mut sides = [End::Origin, End::Destination].map(|end| Side {
        end,
        places: exchange.places(end),
        labels: Vec::new(),
    });
    arrange(exchange, &mut sides);
    sides.map(|side| side.places.iter().map(|place| place.name).collect())
}

fn sides<'a>(exchange: &'a Exchange, room: Rect, theme: &Theme) -> [Side<'a>; 2] {
    let ends = [End::Origin, End::Destination];
    let places = ends.map(|end| exchange.places(end));
    let (total, _) = exchange.total();
    let counts = places.each_ref().map(Vec::len);
    let mut ends = ends.into_iter();
    places.map(|places| {
        let end = ends.next().unwrap_or(End::Destination);
        let is_alone = match end {
            End::Origin => counts[0] == 1,
            End::Destination => counts[1] == 1 && counts[0] > 1,
        };
        let both = counts.iter().all(|count| *count > 1);
        let labels = places
            .iter()
            .map(|place| {
                if is_alone {
                    Label::alone(place, &exchange.unit, NAMES[1] * room.width(), theme)
                } else {
                    let share = if both { 0.8 } else { 1.0 } * NAMES[0];
                    Label::beside(place, total, share * room.width(), theme)
                }
            })
            .collect();
        Side {
            end,
            places,
            labels,
        }
    })
}

impl Side<'_> {
    /// Refuses more places than can be named.
    fn check(&self, room: Rect, theme: &Theme) -> Result<(), ChartError> {
        let gap = 4.0 * theme.scale;
        let fit = self
            .labels
            .iter()
            .scan(0.0, |sum, label| {
                *sum += label.height + gap;
                Some(*sum)
            })
            .take_while(|sum| *sum - gap <= room.height())
            .count();
        if fit == self.labels.len() {
            return Ok(());
        }
        Err(ChartError::TooManyPlaces {
            places: self.labels.len(),
            role: match self.end {
                End::Origin => "origins",
                End::Destination => "destinations",
            },
            fit,
        })
    }
}

/// Puts the places of both sides in the order in which few ribbons cross.
fn arrange(exchange: &Exchange, sides: &mut [Side<'_>; 2]) {
    let strands: Vec<Strand> = strands(exchange, sides)
        .iter()
        .map(|one| Strand {
            from: one.at[0],
            to: one.at[1],
            weight: one.value,
        })
        .collect();
    let counts = sides.each_ref().map(|side| side.places.len());
    let fixed = sides.each_ref().map(|side| {
        let rest = side.places.iter().filter(|place| place.is_rest);
        side.places.len() - rest.count()
    });
    for (side, order) in sides.iter_mut().zip(untangle(counts, fixed, &strands)) {
        let mut places: Vec<Option<Place<'_>>> = side.places.drain(..).map(Some).collect();
        let mut labels: Vec<Option<Label>> = side.labels.drain(..).map(Some).collect();
        let taken = |index: &usize| places.get_mut(*index).and_then(Option::take);
        side.places = order.iter().filter_map(taken).collect();
        let taken = |index: &usize| labels.get_mut(*index).and_then(Option::take);
        side.labels = order.iter().filter_map(taken).collect();
    }
}

/// What is drawn, with the places between which it is.
fn strands<'a>(exchange: &'a Exchange, sides: &[Side<'_>; 2]) -> Vec<Drawn<'a>> {
    let place = |side: &Side<'_>, movement: &Movement| {
        let name = movement.at(side.end);
        side.places.iter().position(|place| place.name == name)
    };
    exchange
        .movements
        .iter()
        .filter_map(|movement| {
            Some(Drawn {
                movement,
                value: movement.value.filter(|value| *value > 0.0)?,
                at: [place(&sides[0], movement)?, place(&sides[1], movement)?],
                height: 0.0,
            })
        })
        .collect()
}

/// Height of a ribbon in px; a hairline where it would be thinner.
fn height(value: f64, unit: f64, theme: &Theme) -> f64 {
    (value * unit).max(theme.scale)
}

/// The most px per person for which both sides fit.
fn unit_height(
    drawn: &[Drawn<'_>],
    sides: &[Side<'_>; 2],
    total: f64,
    room: Rect,
    theme: &Theme,
) -> Result<f64, ChartError> {
    let gap = 4.0 * theme.scale;
    let fits = |unit: f64| {
        sides.iter().enumerate().all(|(index, side)| {
            let mut heights = vec![0.0; side.places.len()];
            for one in drawn {
                heights[one.at[index]] += height(one.value, unit, theme);
            }
            let slots = heights.iter().zip(&side.labels);
            let sum: f64 = slots.map(|(height, label)| label.height.max(*height)).sum();
            sum + gap * (heights.len() - 1) as f64 <= room.height()
        })
    };
    let (mut least, mut most) = (0.0, RIBBON_SHARE * room.height() / total);
    if fits(most) {
        return Ok(most);
    }
    if !fits(least) {
        // So many hairlines that they alone are too high.
        return Err(ChartError::TooManyPlaces {
            places: drawn.len(),
            role: "ribbons",
            fit: (room.height() / (2.0 * theme.scale)) as usize,
        });
    }
    for _ in 0..60 {
        let middle = f64::midpoint(least, most);
        if fits(middle) {
            least = middle;
        } else {
            most = middle;
        }
    }
    Ok(least)
}

/// Fill of the upright bar of a place: ink where it is alone, the colour of its ribbons where they
/// share one, else grey.
fn node_fill(
    exchange: &Exchange,
    paint: &Paint<'_>,
    end: End,
    place: &Place<'_>,
    is_alone: bool,
) -> Colour {
    if is_alone && (end == End::Origin || exchange.places(End::Origin).len() > 1) {
        return INK;
    }
    if matches!(paint, Paint::Origins(_)) && end == End::Destination {
        return MUTED.text;
    }
    let own = exchange
        .movements
        .iter()
        .filter(|one| one.at(end) == place.name);
    let mut tones = own.map(|one| paint.of(one));
    match tones.next() {
        Some(first) if tones.all(|other| other == first) => first.line,
        _ => MUTED.line,
    }
}

/// Which ribbons are wider than to scale, and which pairs have no figure.
fn notes(exchange: &Exchange, drawn: &[Drawn<'_>], unit: f64, theme: &Theme) -> Vec<String> {
    let words = &theme.words().movement;
    let is_alone = |end: End| exchange.places(end).len() == 1;
    let fan = is_alone(End::Origin) || is_alone(End::Destination);
    let name = |movement: &Movement| {
        if is_alone(End::Origin) {
            movement.destination.clone()
        } else if is_alone(End::Destination) {
            movement.origin.clone()
        } else {
            movement.pair(theme.language)
        }
    };
    let thin: Vec<String> = drawn
        .iter()
        .filter(|one| one.value * unit < theme.scale)
        .map(|one| name(one.movement))
        .collect();
    let mut notes = Vec::new();
    if !thin.is_empty() {
        let thin = listed(&thin, &words.ribbon_count, theme);
        notes.push(fill(words.widened, &[&thin]));
    }
    let missing: Vec<String> = exchange
        .movements
        .iter()
        .filter(|movement| movement.value.is_none())
        .map(name)
        .collect();
    if !missing.is_empty() && !fan {
        let missing = listed(&missing, &words.pair_count, theme);
        notes.push(fill(words.missing, &[&missing]));
    }
    notes
}

/// A few names, or how many there are.
fn listed(names: &[String], count: &Counted, theme: &Theme) -> String {
    const FEW: usize = 4;
    if names.len() <= FEW {
        names.join(theme.language.comma())
    } else {
        theme.language.counted(count, names.len())
    }
}
