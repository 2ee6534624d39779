//! Names and values beside marks, where there is room for them: on nothing else and within the map.

use super::plane::Place;
use crate::chart::font;
use crate::chart::layout::{Form, Shape, Stroke, Theme};
use crate::chart::palette::{INK, MUTED_TEXT};
use crate::chart::text::{Anchor, LEADING, Rect, Text, wrap_evenly};

/// What a name must not lie on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Obstacle {
    /// A disc.
    Disc(Place, f64),
    /// A rectangle.
    Box(Rect),
}

impl Obstacle {
    /// Whether it covers some of a rectangle.
    pub fn meets(&self, rect: Rect) -> bool {
        match self {
            Self::Box(other) => rect.overlaps(other),
            Self::Disc((x, y), radius) => {
                let (dx, dy) = (
                    x - x.clamp(rect.left, rect.right),
                    y - y.clamp(rect.top, rect.bottom),
                );
                dx * dx + dy * dy < radius * radius
            }
        }
    }
}

/// A name that is wanted at a mark.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The name.
    pub name: String,
    /// The number; empty for none.
    pub value: String,
    /// Small text after the number.
    pub detail: String,
    /// Middle of the mark.
    pub at: Place,
    /// Distance from the middle at which the mark ends.
    pub radius: f64,
    /// Whether the name may lie on its mark, as on a land.
    pub over: bool,
    /// How long a line to the name may be in px, times the scale, where there is no room beside the
    /// mark; zero for none.
    pub leader: f64,
    /// Whether nothing but a line tells what the name beside it belongs to.
    pub pointed: bool,
}

impl Wish {
    /// The same, worth a line of a length.
    pub fn led(&self, leader: f64) -> Self {
        Self {
            leader,
            ..self.clone()
        }
    }
}

/// Directions that are tried for a line to a name.
const TURNS: i32 = 32;

/// A side of a mark: the direction in which the name stands, and how its lines are aligned.
const SIDES: [(f64, f64, Anchor); 8] = [
    (1.0, 0.0, Anchor::Start),
    (-1.0, 0.0, Anchor::End),
    (0.0, -1.0, Anchor::Middle),
    (0.0, 1.0, Anchor::Middle),
    (0.71, -0.71, Anchor::Start),
    (0.71, 0.71, Anchor::Start),
    (-0.71, -0.71, Anchor::End),
    (-0.71, 0.71, Anchor::End),
];

/// Places names one after the other and keeps what they cover.
pub struct Namer<'a> {
    theme: &'a Theme,
    /// What they have to stay within.
    frame: Rect,
    /// What they must not lie on.
    pub obstacles: Vec<Obstacle>,
    /// The names that were placed.
    pub texts: Vec<Text>,
    /// Lines from names to marks.
    pub leaders: Vec<Shape>,
}

impl<'a> Namer<'a> {
    /// No names yet.
    pub fn new(theme: &'a Theme, frame: Rect, obstacles: Vec<Obstacle>) -> Self {
        Self {
            theme,
            frame,
            obstacles,
            texts: Vec::new(),
            leaders: Vec::new(),
        }
    }

    /// Places a name; false where there is no room.
    pub fn place(&mut self, wish: &Wish) -> bool {
        let lines = self.lines(wish);
        if wish.over
            && self
                .try_at(&lines, wish.at, (0.0, 0.0, Anchor::Middle))
                .is_some()
        {
            return true;
        }
        (!wish.pointed && self.beside(wish, &lines))
            || (wish.leader > 0.0 && self.led(wish, &lines))
    }

    /// Places a name right beside its mark.
    fn beside(&mut self, wish: &Wish, lines: &[Text]) -> bool {
        [4.0, 9.0].into_iter().any(|gap| {
            let away = wish.radius + gap * self.theme.scale;
            SIDES.into_iter().any(|side| {
                let at = (wish.at.0 + away * side.0, wish.at.1 + away * side.1);
                self.try_at(lines, at, side).is_some()
            })
        })
    }

    /// Places a name farther away, with a line to it.
    fn led(&mut self, wish: &Wish, lines: &[Text]) -> bool {
        let scale = self.theme.scale;
        let mut gap = 16.0;
        while gap <= wish.leader {
            for turn in 0..TURNS {
                let (down, right) =
                    (std::f64::consts::TAU * f64::from(turn) / f64::from(TURNS)).sin_cos();
                let at =
                    |distance: f64| (wish.at.0 + distance * right, wish.at.1 + distance * down);
                let (from, to) = (
                    at(wish.radius + scale),
                    at(wish.radius + (gap - 3.0) * scale),
                );
                if self.is_crossed(from, to) {
                    continue;
                }
                let anchor = match right {
                    right if right > 0.3 => Anchor::Start,
                    right if right < -0.3 => Anchor::End,
                    _ => Anchor::Middle,
                };
                if self
                    .try_at(lines, at(wish.radius + gap * scale), (right, down, anchor))
                    .is_some()
                {
                    let stroke = Stroke::solid(INK, 0.75 * scale);
                    self.leaders
                        .push(Shape::stroked("leader", Form::Path(vec![from, to]), stroke));
                    self.block(from, to);
                    return true;
                }
            }
            gap *= 1.35;
        }
        false
    }

    /// Whether a stroke runs over a text or a mark.
    fn is_crossed(&self, from: Place, to: Place) -> bool {
        (0..=12).any(|step| {
            let share = f64::from(step) / 12.0;
            let at = (
                from.0 + share * (to.0 - from.0),
                from.1 + share * (to.1 - from.1),
            );
            let dot = Rect {
                left: at.0 - 0.5,
                top: at.1 - 0.5,
                right: at.0 + 0.5,
                bottom: at.1 + 0.5,
            };
            self.obstacles.iter().any(|obstacle| obstacle.meets(dot))
        })
    }

    /// Keeps names off a stroke.
    fn block(&mut self, from: Place, to: Place) {
        for step in 0..=12 {
            let share = f64::from(step) / 12.0;
            let at = (
                from.0 + share * (to.0 - from.0),
                from.1 + share * (to.1 - from.1),
            );
            self.obstacles
                .push(Obstacle::Disc(at, 2.0 * self.theme.scale));
        }
    }

    /// The lines of a name from the top, not yet placed.
    fn lines(&self, wish: &Wish) -> Vec<Text> {
        let theme = self.theme;
        let limit = 0.24 * self.frame.width().max(300.0 * theme.scale);
        let mut lines: Vec<Text> = wrap_evenly(&wish.name, theme.label, true, limit)
            .into_iter()
            .map(|line| {
                let mut text = Text::new("label", line, (0.0, 0.0), theme.label, INK);
                text.bold = true;
                text
            })
            .collect();
        if !wish.value.is_empty() {
            for line in wrap_evenly(&wish.value, theme.label, false, limit) {
                lines.push(Text::new("value", line, (0.0, 0.0), theme.label, INK));
            }
        }
        for line in wrap_evenly(&wish.detail, theme.small, false, limit) {
            lines.push(Text::new(
                "detail",
                line,
                (0.0, 0.0),
                theme.small,
                MUTED_TEXT,
            ));
        }
        lines
    }

    /// Places lines beside a point if nothing lies there.
    fn try_at(
        &mut self,
        lines: &[Text],
        at: Place,
        (_, down, anchor): (f64, f64, Anchor),
    ) -> Option<()> {
        let row = 0.97 * LEADING * self.theme.label;
        let height = row * lines.len() as f64;
        let capitals = font::CAP_HEIGHT * self.theme.label;
        // The letters, not their rows, stand at the distance: above, beside or below the point.
        let ink = height - row + capitals;
        let top = at.1 - ink / 2.0 + down * ink / 2.0;
        let mut placed = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let mut text = line.clone();
            text.x = at.0;
            text.baseline = top + capitals + index as f64 * row;
            text.anchor = anchor;
            text.halo = true;
            let bounds = text.bounds();
            let inside = bounds.left >= self.frame.left
                && bounds.right <= self.frame.right
                && bounds.top >= self.frame.top
                && bounds.bottom <= self.frame.bottom;
            let near = 2.5 * self.theme.scale;
            let wide = Rect {
                left: bounds.left - near,
                top: bounds.top - near,
                right: bounds.right + near,
                bottom: bounds.bottom + near,
            };
            if !inside || self.obstacles.iter().any(|obstacle| obstacle.meets(wide)) {
                return None;
            }
            placed.push(text);
        }
        for text in placed {
            self.obstacles.push(Obstacle::Box(text.bounds()));
            self.texts.push(text);
        }
        Some(())
    }
}
