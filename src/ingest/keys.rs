//! Keys of sources: where each stands, and how to come by one.

use std::collections::HashMap;

use super::IngestError;
use crate::fetch::Secret;

/// A key that a source asks for.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Whose it is, for messages.
    pub of: &'static str,
    /// The environment variable that it stands in, unless `humstat.toml` names another.
    pub variable: &'static str,
    /// How to come by one.
    pub way: &'static str,
}

/// The keys that a desk has, by the variables that they stand in. They go into requests alone.
#[derive(Debug, Default)]
pub struct Keys(HashMap<&'static str, Secret>);

impl Keys {
    /// Looks for keys; `find` tells the value of a variable.
    pub fn found<'k>(
        wanted: impl IntoIterator<Item = &'k Key>,
        find: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let values = wanted
            .into_iter()
            .filter_map(|key| Some((key.variable, find(key.variable)?)))
            .filter(|(_, value)| !value.trim().is_empty());
        Self(
            values
                .map(|(variable, value)| (variable, Secret::new(value)))
                .collect(),
        )
    }

    /// Whether a key is there.
    pub fn has(&self, key: &Key) -> bool {
        self.0.contains_key(key.variable)
    }

    /// A key.
    ///
    /// # Errors
    /// When the desk has none, with the way to one.
    pub fn get(&self, key: &'static Key) -> Result<&Secret, IngestError> {
        self.0.get(key.variable).ok_or(IngestError::NoKey { key })
    }
}
