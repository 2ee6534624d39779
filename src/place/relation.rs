//! Which place lies in which, and which share land, for the rule that a total is never added to its
//! own parts.
//!
//! The few hundred compiled-in places lie in several groups at once and have a set of members each.
//! Units form a tree, which is climbed: a set for each of thousands would be mostly empty.

use std::collections::{BTreeSet, HashSet};

use super::register::{Register, register};
use crate::figure::PlaceId;

/// Whether a place lies in another one, over any number of steps: Poland in Europe, the Gaza Strip
/// in the State of Palestine, a district in its country, everything but the World in the World.
///
/// A place does not lie in itself, and an id that is not in the register lies nowhere.
pub fn is_within(inner: &PlaceId, outer: &PlaceId) -> bool {
    let register = register();
    let positions = register
        .position(inner.as_str())
        .zip(register.position(outer.as_str()));
    positions.is_some_and(|(inner, outer)| register.lies_in(inner, outer))
}

/// Whether two places may hold the same people: they are the same, one lies in the other, they have
/// a member in common, or one is a former state on the land of the other.
///
/// What a source leaves over ("Other European countries") overlaps only the places that it lies in:
/// its members are not known, but are by definition not those that are named beside it. How a unit
/// and an area of the compiled-in list lie to each other within one country is not known either;
/// they count as overlapping.
pub fn contains_or_overlaps(left: &PlaceId, right: &PlaceId) -> bool {
    let register = register();
    if left == right {
        return true;
    }
    let positions = register
        .position(left.as_str())
        .zip(register.position(right.as_str()));
    positions.is_some_and(|(left, right)| register.share_land(left, right))
}

/// Whether any two of several places may hold the same people, without looking at every pair.
pub fn any_overlap<'p>(places: impl IntoIterator<Item = &'p PlaceId>) -> bool {
    register().any_share_land(places)
}

impl Register {
    /// A place and the units above it up to the country, nearest first; a compiled-in place alone.
    fn upwards(&self, position: usize) -> impl Iterator<Item = usize> {
        // More than there are levels: a circle would end too.
        const STEPS: usize = 8;
        std::iter::successors(Some(position), |&position| {
            let parent = self.places[position].parents.first();
            let parent = parent.filter(|_| position >= self.built_in)?;
            self.position(parent.as_str())
        })
        .take(STEPS)
    }

    /// The country of a unit; a compiled-in place itself.
    fn country(&self, position: usize) -> Option<usize> {
        let mut above = self.upwards(position);
        above.find(|&above| above < self.built_in)
    }

    /// Whether a place lies in another.
    pub(super) fn lies_in(&self, inner: usize, outer: usize) -> bool {
        if inner == outer {
            return false;
        }
        if outer >= self.built_in {
            return self.upwards(inner).any(|above| above == outer);
        }
        let country = self.country(inner);
        country.is_some_and(|country| self.land().members[outer].contains(country))
    }

    /// Whether two different places may hold the same people.
    pub(super) fn share_land(&self, left: usize, right: usize) -> bool {
        let land = self.land();
        match (left < self.built_in, right < self.built_in) {
            (true, true) => land.covered[left].shares_with(&land.covered[right]),
            (false, false) => self.lies_in(left, right) || self.lies_in(right, left),
            (true, false) => self.share_land(right, left),
            (false, true) => self
                .country(left)
                .is_some_and(|country| land.covered[right].shares_with(&land.members[country])),
        }
    }

    /// Whether any two of several places may hold the same people.
    pub(super) fn any_share_land<'p>(&self, places: impl IntoIterator<Item = &'p PlaceId>) -> bool {
        let land = self.land();
        // What compiled-in places cover, and the countries of units.
        let mut taken = Set::new(self.built_in);
        let mut countries = Set::new(self.built_in);
        let (mut units, mut above_units) = (HashSet::new(), HashSet::new());
        let mut unknown = BTreeSet::new();
        places.into_iter().any(|place| {
            let Some(position) = self.position(place.as_str()) else {
                // Of what is not in the register, only the same overlaps.
                return !unknown.insert(place);
            };
            if position < self.built_in {
                let covered = &land.covered[position];
                let overlaps = taken.shares_with(covered) || countries.shares_with(covered);
                taken.insert_all(covered);
                return overlaps;
            }
            let mut overlaps = above_units.contains(&position);
            for above in self.upwards(position) {
                if above < self.built_in {
                    overlaps |= taken.shares_with(&land.members[above]);
                    countries.insert_all(&land.members[above]);
                } else {
                    overlaps |= units.contains(&above);
                    above_units.insert(above);
                }
            }
            units.insert(position);
            overlaps
        })
    }
}

/// Sets of positions in the compiled-in list, one for each of its places.
pub(super) struct Land {
    /// The place and all that lies in it.
    members: Vec<Set>,
    /// Those, and what they share land with.
    covered: Vec<Set>,
}

impl Land {
    pub(super) fn new(register: &Register) -> Self {
        let count = register.built_in;
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
