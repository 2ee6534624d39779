//! Which place lies in which, and which share land, for the rule that a total is never added to its
//! own parts.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::register::{Register, register};
use crate::figure::PlaceId;

/// Whether a place lies in another one, over any number of steps: Poland in Europe, the Gaza Strip
/// in the State of Palestine, everything but the World in the World.
///
/// A place does not lie in itself, and an id that is not in the register lies nowhere.
pub fn is_within(inner: &PlaceId, outer: &PlaceId) -> bool {
    let register = register();
    let positions = register
        .position(inner.as_str())
        .zip(register.position(outer.as_str()));
    positions.is_some_and(|(inner, outer)| inner != outer && land().members[outer].contains(inner))
}

/// Whether two places may hold the same people: they are the same, one lies in the other, they have
/// a member in common, or one is a former state on the land of the other.
///
/// What a source leaves over ("Other European countries") overlaps only the places that it lies in:
/// its members are not known, but are by definition not those that are named beside it.
pub fn contains_or_overlaps(left: &PlaceId, right: &PlaceId) -> bool {
    let register = register();
    if left == right {
        return true;
    }
    let positions = register
        .position(left.as_str())
        .zip(register.position(right.as_str()));
    positions.is_some_and(|(left, right)| land().covered[left].shares_with(&land().covered[right]))
}

/// Whether any two of several places may hold the same people, without looking at every pair.
pub fn any_overlap<'p>(places: impl IntoIterator<Item = &'p PlaceId>) -> bool {
    let register = register();
    let mut taken = Set::new(register.places.len());
    let mut unknown = BTreeSet::new();
    places.into_iter().any(|place| {
        let Some(position) = register.position(place.as_str()) else {
            // Of what is not in the register, only the same overlaps.
            return !unknown.insert(place);
        };
        let covered = &land().covered[position];
        let overlaps = taken.shares_with(covered);
        taken.insert_all(covered);
        overlaps
    })
}

/// Sets of positions in the register, one for each place.
struct Land {
    /// The place and all that lies in it.
    members: Vec<Set>,
    /// Those, and what they share land with.
    covered: Vec<Set>,
}

fn land() -> &'static Land {
    static LAND: OnceLock<Land> = OnceLock::new();
    LAND.get_or_init(|| Land::new(register()))
}

impl Land {
    fn new(register: &Register) -> Self {
        let count = register.places.len();
        let mut members = vec![Set::new(count); count];
        for inner in 0..count {
            // Walks up from each place; a place seen before is not climbed again.
            let mut above = vec![inner];
            while let Some(outer) = above.pop() {
                if members[outer].insert(inner) {
                    let parents = register.places[outer].parents.iter();
                    above.extend(parents.filter_map(|parent| register.position(parent.as_str())));
                }
            }
        }
        let covered = members
            .iter()
            .map(|own| {
                let mut covered = own.clone();
                for position in (0..count).filter(|&position| own.contains(position)) {
                    for id in &register.places[position].overlaps {
                        if let Some(other) = register.position(id) {
                            covered.insert_all(&members[other]);
                        }
                    }
                }
                covered
            })
            .collect();
        Self { members, covered }
    }
}

/// A set of small numbers, one bit each.
#[derive(Clone)]
struct Set(Vec<u64>);

impl Set {
    fn new(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn contains(&self, number: usize) -> bool {
        self.0[number / 64] & (1 << (number % 64)) != 0
    }

    /// Adds a number; false when it was there.
    fn insert(&mut self, number: usize) -> bool {
        let is_new = !self.contains(number);
        self.0[number / 64] |= 1 << (number % 64);
        is_new
    }

    fn insert_all(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own |= other;
        }
    }

    fn shares_with(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .any(|(left, right)| left & right != 0)
    }
}
