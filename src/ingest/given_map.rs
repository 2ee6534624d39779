//! A mapping that a person gives for a source whose tables are of any shape.

use std::borrow::Cow;
use std::path::Path;

use crate::table::Mapping;

/// A mapping, by its path, with its text as it was when the command began.
#[derive(Debug, Clone)]
pub(super) struct GivenMap {
    path: String,
    text: String,
}

/// Reads a mapping and sees whether it is one, before anything is asked.
///
/// # Errors
/// When the file cannot be read, or is no mapping, with the line of the mistake.
pub(super) fn given_map(path: &str) -> Result<GivenMap, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    Mapping::parse(Path::new(path), &text).map_err(|error| error.to_string())?;
    Ok(GivenMap {
        path: path.to_owned(),
        text,
    })
}

impl GivenMap {
    /// Where it is.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Its name and its text.
    pub(super) fn named(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        (self.path.clone().into(), self.text.clone().into())
    }
}
