//! HXL, the Humanitarian Exchange Language: a row of hashtags below the header that says what
//! columns hold, read as libhxl reads it and put into our words.

mod fill;
#[cfg(test)]
mod libhxl_files;
mod meaning;
mod row;
mod rules;
mod tag;
mod writing;

pub use fill::{Filled, fill};
pub use meaning::{DateColumn, End, Meaning, PlaceColumn, Role, meanings};
pub use row::{NoTags, SEARCHED_ROWS, Tagged, find};
pub use tag::{Tag, TagError};
pub use writing::{dimension_cell, figures_tag};
