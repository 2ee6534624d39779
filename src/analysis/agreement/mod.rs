//! How far two series that speak of the same thing agree: the limits of agreement of Bland and
//! Altman, and how many days one of them comes behind the other.
//!
//! Agreement is no truth: two that agree may both be wrong, and where they differ nothing here says
//! which of them is nearer. A correlation is no agreement: it is 1 where one is twice the other.

mod lag;
mod limits;

pub use lag::{Lag, REACH, lag};
pub use limits::{Limits, RatioLimits, limits, ratio_limits};

/// The fewest shared values that limits are reckoned from.
pub const FEWEST: usize = 3;

/// Why no agreement can be reckoned.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AgreementError {
    /// The two do not pair up.
    #[error("the first has {first} values and the second {second}; give those of shared days")]
    Unpaired {
        /// How many the first has.
        first: usize,
        /// How many the second has.
        second: usize,
    },
    /// Too few shared values.
    #[error(
        "{found} of the at least {FEWEST} shared values that limits of agreement take; widen the period"
    )]
    TooFew {
        /// How many there are.
        found: usize,
    },
    /// A value has no ratio.
    #[error("a value is {0}, so that ratios have no meaning; read the differences in numbers")]
    NotPositive(f64),
    /// The two share too few days for a correlation at any lag.
    #[error(
        "the two share {days} days in which both are known, too few to tell a lag of up to {reach} days; at least {needed} are needed"
    )]
    ShortOverlap {
        /// How many days.
        days: usize,
        /// The largest lag.
        reach: usize,
        /// How many are needed.
        needed: usize,
    },
    /// One of the two does not vary.
    #[error("what is new per day in one of the two does not vary, so nothing can be told of a lag")]
    Constant,
}

#[cfg(test)]
mod tests;
