//! Where the level of a series changes: the segmentation of PELT, and the test of Pettitt.
//!
//! Both look for a level that is constant but for sudden changes. A steady rise is cut into steps
//! all the same, and its steps mean nothing: look at the slope first. That a change was found says
//! neither what changed (the people, the counting, a definition) nor that it was sudden.

mod pelt;
mod penalty;
mod pettitt;
mod segments;

pub use pelt::{Cost, pelt};
pub use penalty::{Penalty, Spread};
pub use pettitt::{Pettitt, pettitt};
pub use segments::{Segment, Segmentation};

/// The fewest values that changes are looked for in.
pub const FEWEST: usize = 8;

/// The most values that changes are looked for in: without a change to prune by, all pairs of them
/// are looked at.
pub const MOST: usize = 20_000;

/// Why no changes can be looked for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ChangePointError {
    /// Too few values.
    #[error(
        "{found} of the at least {needed} values that a look for changes of level takes; widen the period"
    )]
    TooFew {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Too many values.
    #[error(
        "{found} values are too many to look for changes of level, {MOST} are the most; narrow the period, or take values by the month"
    )]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// All values are the same.
    #[error("all {points} values are {value}, so no level changes")]
    AllEqual {
        /// How many there are.
        points: usize,
        /// What each is.
        value: f64,
    },
    /// A value that is no count.
    #[error(
        "value {index} is {value}, which is no count; take the cost of squares (l2) for values that may be below zero"
    )]
    NoCount {
        /// Its place, from 1.
        index: usize,
        /// The value.
        value: f64,
    },
    /// A penalty that is none.
    #[error("a penalty of {0} lets the level change at every value; give one above zero")]
    NoPenalty(f64),
    /// A segment must hold something.
    #[error("segments of no values do not exist; give a least length of at least 1")]
    NoSegment,
}

/// Refuses what is too short, too long or never changes.
fn check(values: &[f64], needed: usize) -> Result<(), ChangePointError> {
    let found = values.len();
    match values {
        _ if found < needed => Err(ChangePointError::TooFew { found, needed }),
        _ if found > MOST => Err(ChangePointError::TooMany { found }),
        [first, rest @ ..] if rest.iter().all(|value| value == first) => {
            Err(ChangePointError::AllEqual {
                points: found,
                value: *first,
            })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
