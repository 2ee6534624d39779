//! HXL, the Humanitarian Exchange Language: a row of hashtags below the header that says what
//! columns hold, read as libhxl reads it.

mod row;
mod tag;

pub use row::{NoTags, SEARCHED_ROWS, Tagged, find};
pub use tag::{Tag, TagError};
