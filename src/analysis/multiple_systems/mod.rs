//! How many there were in all, from lists that overlap.
