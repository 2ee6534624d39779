//! Whether a series rises or falls more than chance would have it, and by how much: the test of
//! Mann and Kendall, what serial correlation leaves of it, and the slope of Theil and Sen.
//!
//! All of it works on a [`Sequence`], which is made of a stock, of a flow, or of what is new per
//! day in a cumulative. A cumulative itself rises by construction and makes none.
//!
//! A small p says that the order of the values is hard to get by chance if they were independent
//! and came from one distribution. It does not say how large the trend is (the slope does), that
//! it is a straight line, why it is there, or that it will go on; and a large p does not say that
//! nothing changed.

mod false_discovery;
mod mann_kendall;
mod sequence;
mod serial;
mod steps;
mod theil_sen;

pub use false_discovery::benjamini_hochberg;
pub use mann_kendall::{MannKendall, mann_kendall};
pub use sequence::{Sequence, SequenceError, Tested};
pub use serial::{Corrected, hamed_rao, pre_whitened};
pub use steps::{Steps, TimeUnit};
pub use theil_sen::{TheilSen, theil_sen};

/// The fewest values that a test of trend takes: below, its normal approximation is too rough, and
/// hardly any order of the values could come out as significant.
pub const FEWEST: usize = 8;

/// The most values: all pairs of them are looked at, 18 million of so many.
pub const MOST: usize = 6_000;

/// Why no trend can be tested for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TrendError {
    /// Too few values.
    #[error("{found} of the at least {FEWEST} values that a test of trend takes; widen the period")]
    TooFew {
        /// How many there are.
        found: usize,
    },
    /// Too many values.
    #[error(
        "{found} values are too many: all pairs are looked at, of {MOST} values at the most; narrow the period, or take values by the month"
    )]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// All values are the same, so that their order says nothing.
    #[error(
        "all {points} values are {value}, so there is no order to test; take a period in which they differ"
    )]
    AllEqual {
        /// How many there are.
        points: usize,
        /// What each is.
        value: f64,
    },
    /// Nothing is left once the trend is taken out.
    #[error(
        "all values lie on a straight line, which leaves nothing to tell their serial correlation from; the test without a correction stands alone"
    )]
    OnALine,
    /// The correction leaves no variance.
    #[error(
        "the serial correlation found leaves a variance of {ratio:.3} of that of independent values, which cannot be; the series is too short or swings too regularly for the correction of Hamed and Rao"
    )]
    NoVariance {
        /// The corrected variance in parts of the uncorrected one.
        ratio: f64,
    },
}

#[cfg(test)]
pub(super) mod nile;
#[cfg(test)]
mod tests;
