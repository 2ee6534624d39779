//! What names must not lie on, and where it lies.

use super::plane::Place;
use crate::chart::text::Rect;

/// What a name must not lie on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Obstacle {
    /// A disc.
    Disc(Place, f64),
    /// A rectangle.
    Box(Rect),
}

impl Obstacle {
    /// Whether it is the disc around a place.
    fn is_around(&self, place: Place) -> bool {
        matches!(self, Self::Disc(centre, _) if *centre == place)
    }

    /// Whether it covers some of a rectangle.
    pub fn meets(&self, rect: Rect) -> bool {
        match self {
            Self::Box(other) => rect.overlaps(other),
            Self::Disc((x, y), radius) => {
                let dx = x - x.clamp(rect.left, rect.right);
                let dy = y - y.clamp(rect.top, rect.bottom);
                dx * dx + dy * dy < radius * radius
            }
        }
    }

    fn bounds(&self) -> Rect {
        match *self {
            Self::Box(rect) => rect,
            Self::Disc((x, y), radius) => Rect {
                left: x - radius,
                top: y - radius,
                right: x + radius,
                bottom: y + radius,
            },
        }
    }
}

/// Columns and rows of cells.
const CELLS: usize = 24;

/// Obstacles by the cells of a frame in which they lie, so that thousands can be asked.
#[derive(Debug, Clone)]
pub struct Obstacles {
    frame: Rect,
    all: Vec<Obstacle>,
    cells: Vec<Vec<usize>>,
}

impl Obstacles {
    /// Obstacles in a frame; what lies outside counts as in the cells at its edge.
    pub fn new(frame: Rect, obstacles: Vec<Obstacle>) -> Self {
        let mut own = Self {
            frame,
            all: Vec::new(),
            cells: vec![Vec::new(); CELLS * CELLS],
        };
        for obstacle in obstacles {
            own.push(obstacle);
        }
        own
    }

    /// Adds one.
    pub fn push(&mut self, obstacle: Obstacle) {
        let number = self.all.len();
        for cell in self.cells_of(obstacle.bounds()) {
            self.cells[cell].push(number);
        }
        self.all.push(obstacle);
    }

    /// Whether one covers some of a rectangle.
    pub fn meet(&self, rect: Rect) -> bool {
        self.any(rect, |obstacle| obstacle.meets(rect))
    }

    /// Whether a stroke runs over a text, or a mark other than the one around a place.
    pub fn cross(&self, (from, to): (Place, Place), own: Place, texts_only: bool) -> bool {
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
            self.any(dot, |obstacle| {
                (!texts_only || matches!(obstacle, Obstacle::Box(_)))
                    && !obstacle.is_around(own)
                    && obstacle.meets(dot)
            })
        })
    }

    fn any(&self, rect: Rect, test: impl Fn(&Obstacle) -> bool) -> bool {
        self.cells_of(rect).any(|cell| {
            self.cells[cell]
                .iter()
                .any(|&number| test(&self.all[number]))
        })
    }

    /// Numbers of the cells that a rectangle touches.
    fn cells_of(&self, rect: Rect) -> impl Iterator<Item = usize> + use<> {
        let number = |at: f64, low: f64, length: f64| {
            let cell = (at - low) / length.max(1.0) * CELLS as f64;
            cell.clamp(0.0, CELLS as f64 - 1.0) as usize
        };
        let frame = self.frame;
        let column = |x: f64| number(x, frame.left, frame.width());
        let row = |y: f64| number(y, frame.top, frame.height());
        let columns = column(rect.left)..=column(rect.right);
        let rows = row(rect.top)..=row(rect.bottom);
        rows.flat_map(move |row| columns.clone().map(move |column| row * CELLS + column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obstacles_are_found_where_they_lie() {
        let frame = Rect {
            left: 0.0,
            top: 0.0,
            right: 480.0,
            bottom: 240.0,
        };
        let own = (100.0, 100.0);
        let obstacles = Obstacles::new(
            frame,
            vec![
                Obstacle::Disc(own, 30.0),
                Obstacle::Box(Rect {
                    left: 300.0,
                    right: 340.0,
                    ..frame
                }),
            ],
        );
        let dot = |x: f64, y: f64| Rect {
            left: x - 1.0,
            top: y - 1.0,
            right: x + 1.0,
            bottom: y + 1.0,
        };
        assert!(obstacles.meet(dot(125.0, 110.0)) && obstacles.meet(dot(320.0, -40.0 + 41.5)));
        assert!(!obstacles.meet(dot(125.0, 125.0)));
        assert!(obstacles.cross(((50.0, 100.0), (150.0, 100.0)), (0.0, 0.0), false));
        assert!(!obstacles.cross(((50.0, 100.0), (150.0, 100.0)), own, false));
        assert!(!obstacles.cross(((50.0, 100.0), (150.0, 100.0)), (0.0, 0.0), true));
        assert!(obstacles.cross(((50.0, 100.0), (350.0, 100.0)), own, true));
    }
}
