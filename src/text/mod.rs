//! Prose: from a document to figures that a person accepts or rejects.
//!
//! ```text
//! bytes -> document (title, body, dates) -> quantities (numbers with qualifier and unit)
//!       -> candidates (what is counted, where, when, by whom)
//! ```
//!
//! A candidate is a proposal with the words that it was read from. It enters no sum and no chart before a
//! person accepted it.

pub mod candidate;
pub mod document;
mod prospect;

pub use candidate::{Candidate, Field, Stretch};
pub use document::Document;
pub use prospect::{FIELDS, Lack, Prospect, SetError, Setting, claimant_code};
