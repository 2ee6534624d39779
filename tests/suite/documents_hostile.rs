//! Documents that are meant to do harm, or are damaged.
