//! How far two series that speak of the same thing agree.
