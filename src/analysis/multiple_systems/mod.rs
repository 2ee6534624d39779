//! How many there were in all, from lists that overlap.
//!
//! Each of several incomplete lists names some members of a population; those that more lists name
//! tell how many none names. [`search()`] fits every hierarchical log-linear model of the lists
//! (Fienberg 1972; Bishop, Fienberg and Holland 1975; Cormack 1989) as the R package Rcapture does
//! (Baillargeon and Rivest 2007), [`average`] averages over all decomposable graphs (Madigan and
//! York 1997) as the R package dga of Johndrow, Lum and Ball does, and [`frequencies`] holds the
//! estimators that need only how often members were named.
//!
//! All assume that whoever is on two lists was recognised as one (perfect matching), that nobody
//! entered or left the population meanwhile (closed), and that nobody was certain to be missed by
//! all lists. None can be tested with the lists themselves. Models that fit alike may differ by a
//! factor of two in what they say of those on no list, so the table of models is the result, and
//! no number of it alone.

pub mod average;
pub mod frequencies;
pub mod graphs;
mod heterogeneity;
mod hierarchy;
mod histories;
mod model;
pub mod profile;
mod regression;
pub mod search;

pub use heterogeneity::Heterogeneity;
pub use hierarchy::{Hierarchy, HierarchyError};
pub use histories::{Histories, HistoriesError, MOST_LISTS};
pub use model::{Estimate, Model, NoEstimate};
pub use search::search;

#[cfg(test)]
mod tests;
