//! What must survive any bytes: each target reads them in one way, does not panic, and holds what can
//! be held of the answer.
//!
//! The targets are plain functions of bytes, which the suite and `cargo fuzz` both call.

pub mod ledgers;
pub mod sources;
pub mod tables;
pub mod texts;
pub mod words;
