//! Outlines of lands, as a map is given them.

use std::fmt;

/// The lands that a map may draw. Neighbours share the arc between them.
#[derive(Clone, PartialEq, Default)]
pub struct Atlas {
    /// Strokes as degrees east and north. Where one crosses the antimeridian, the longitude jumps.
    pub arcs: Vec<Vec<(f64, f64)>>,
    /// The lands, each once.
    pub lands: Vec<Land>,
}

/// One land of an atlas.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Land {
    /// What places name it by; empty for land that belongs to no place.
    pub id: String,
    /// Closed outer rings; each piece is the number of an arc and whether it runs backwards.
    pub rings: Vec<Vec<(usize, bool)>>,
}

impl fmt::Debug for Atlas {
    /// Thousands of points tell nobody anything.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lands, arcs) = (self.lands.len(), self.arcs.len());
        write!(formatter, "Atlas({lands} lands, {arcs} arcs)")
    }
}

impl Atlas {
    /// The land with an id.
    pub(super) fn land(&self, id: &str) -> Option<(usize, &Land)> {
        let mut lands = self.lands.iter().enumerate();
        lands.find(|(_, land)| land.id == id)
    }

    /// The points of a ring, of which the last is the first. Arcs that do not exist are left out.
    pub(super) fn points(&self, ring: &[(usize, bool)]) -> Vec<(f64, f64)> {
        joined(ring, &self.arcs)
    }
}

/// Joins arcs into a ring; each arc begins where the one before ends.
pub(super) fn joined(ring: &[(usize, bool)], arcs: &[Vec<(f64, f64)>]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for &(number, backwards) in ring {
        let Some(arc) = arcs.get(number) else {
            continue;
        };
        let known = usize::from(!points.is_empty());
        if backwards {
            points.extend(arc.iter().rev().skip(known));
        } else {
            points.extend(arc.iter().skip(known));
        }
    }
    points
}
