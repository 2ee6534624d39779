//! Nowcasting: how much of what happened in recent periods is still to be reported, judged by how much
//! came late for earlier ones.
//!
//! [`Triangle`] holds what was known of each period at each lag after it; [`mod@chain_ladder`] completes it.

pub mod chain_ladder;
mod triangle;

pub use chain_ladder::{ChainLadder, IntervalShape, Nowcast, NowcastError, Row, chain_ladder};
pub use triangle::{Fall, Known, Lag, Triangle, TriangleError};

#[cfg(test)]
mod tests;
