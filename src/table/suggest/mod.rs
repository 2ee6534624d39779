//! Drafting a mapping for a table that nobody has described, and knowing those that somebody has.
//!
//! Pure functions of a [`Sample`]: its header, its HXL tags and its rows. A draft never invents: what
//! a table does not tell is a question in it, and a mapping with questions is refused.

mod categories;
mod columns;
mod dates;
mod decimal;
mod draft;
mod figures;
mod lists;
mod measure;
mod names;
mod places;
mod profile;
mod sample;
mod shapes;
#[cfg(test)]
mod tests;
mod time;
mod toml_text;
mod values;

pub use draft::draft;
pub use sample::{Form, Sample, sample};
pub use shapes::{Known, recognise};
