//! What the numbers say over time: plain functions over slices, without input or output.
//!
//! [`measure`] decides what may be done with a series at all; the other modules take its checked
//! types, so a stock cannot be summed over time nor a flow differenced by mistake. Days are given,
//! never looked up: nothing here knows what day it is. What is counted stays a whole number until
//! the one division at the end, so that the same series gives the same digits everywhere.

pub mod agreement;
pub mod change;
pub mod change_point;
pub mod cumulative;
pub mod digits;
pub mod disaggregate;
pub mod flow;
pub mod forecast;
pub mod growth;
pub mod level;
pub mod measure;
pub mod migration;
pub mod monotonic;
pub mod multiple_systems;
pub mod nowcast;
pub mod outlier;
pub mod rate;
pub mod revision;
pub mod seven_day;
pub mod share;
pub mod tally;
pub mod weekday;

#[cfg(test)]
mod fixture;

pub use flow::{Flow, FlowSum};
pub use level::{Level, NoLevel};
pub use measure::{Cumulative, Dated, MeasureError, Stock};
