//! What is refused, and what holds for any counts.
