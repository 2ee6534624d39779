//! Names and values beside marks, where there is room for them: on nothing else and within the map.

use std::f64::consts::TAU;

use super::obstacles::{Obstacle, Obstacles};
use super::plane::Place;
use crate::chart::layout::{Form, Shape, Stroke, Theme};
use crate::chart::palette::{INK, MUTED_TEXT, WHITE};
use crate::chart::text::{Anchor, LEADING, Rect, Text, wrap_evenly};
use crate::chart::{font, script};

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
    /// Whether the line may run over other marks.
    pub through: bool,
    /// Whether nothing but a line tells what the name beside it belongs to.
    pub pointed: bool,
}

impl Wish {
    /// The same, worth a line of a length, which may run over other marks.
    pub fn led(&self, leader: f64, through: bool) -> Self {
        Self {
            leader,
            through,
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
    obstacles: Obstacles,
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
            obstacles: Obstacles::new(frame, obstacles),
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

    /// Places a name farther away, with a line to the edge of its mark. Where other marks lie all
    /// around, the line of a large one may run over them to a dot in what is seen of it.
    fn led(&mut self, wish: &Wish, lines: &[Text]) -> bool {
        let scale = self.theme.scale;
        let edge = [wish.radius + scale];
        let within = [0.75, 0.5, 0.0].map(|share| share * wish.radius);
        for (starts, through) in [(edge.as_slice(), false), (within.as_slice(), true)] {
            let mut gap = if wish.pointed { 24.0 } else { 15.0 };
            while gap <= wish.leader && (!through || wish.through) {
                for (start, turn) in starts
                    .iter()
                    .flat_map(|start| (0..TURNS).map(move |turn| (*start, turn)))
                {
                    let (down, right) = (TAU * f64::from(turn) / f64::from(TURNS)).sin_cos();
                    let at =
                        |distance: f64| (wish.at.0 + distance * right, wish.at.1 + distance * down);
                    let (from, to) = (at(start), at(wish.radius + (gap - 3.0) * scale));
                    let hidden = through && self.obstacles.cross((from, from), wish.at, false);
                    if hidden || self.obstacles.cross((from, to), wish.at, through) {
                        continue;
                    }
                    let anchor = match right {
                        right if right > 0.3 => Anchor::Start,
                        right if right < -0.3 => Anchor::End,
                        _ => Anchor::Middle,
                    };
                    let side = (right, down, anchor);
                    if self
                        .try_at(lines, at(wish.radius + gap * scale), side)
                        .is_some()
                    {
                        // On shades only a rimmed line and its dot tell whose name it is.
                        self.lead((from, to), through || wish.pointed);
                        return true;
                    }
                }
                gap *= 1.2;
            }
        }
        false
    }

    /// Draws a line to a name, which later names keep off.
    fn lead(&mut self, (from, to): (Place, Place), dotted: bool) {
        let scale = self.theme.scale;
        let path = || Form::Path(vec![from, to]);
        if dotted {
            let under = Stroke::solid(WHITE, 2.2 * scale);
            self.leaders.push(Shape::stroked("rim", path(), under));
            let disc = |radius: f64| Form::Disc {
                centre: from,
                radius: radius * scale,
            };
            self.leaders.push(Shape::filled("rim", disc(2.8), WHITE));
            self.leaders.push(Shape::filled("leader", disc(1.9), INK));
        }
        self.leaders.push(Shape::stroked(
            "leader",
            path(),
            Stroke::solid(INK, 0.75 * scale),
        ));
        for step in 0..=12 {
            let share = f64::from(step) / 12.0;
            let at = (
                from.0 + share * (to.0 - from.0),
                from.1 + share * (to.1 - from.1),
            );
            self.obstacles.push(Obstacle::Disc(at, 2.0 * scale));
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
        // Arabic letters reach further down.
        let close = !lines.iter().any(|line| script::has_arabic(&line.content));
        let row = if close { 0.97 } else { 1.0 } * LEADING * self.theme.label;
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
            let near = 2.0 * self.theme.scale;
            let wide = Rect {
                left: bounds.left - near,
                top: bounds.top - near,
                right: bounds.right + near,
                bottom: bounds.bottom + near,
            };
            if !inside || self.obstacles.meet(wide) {
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
