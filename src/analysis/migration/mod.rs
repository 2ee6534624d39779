//! Movements between places, estimated from stocks by birthplace or origin.
