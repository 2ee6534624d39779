//! Counts per inhabitants with exact Poisson intervals.
