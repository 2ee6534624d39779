//! Keys of sources, which stand in environment variables and go into requests alone.

use std::collections::HashMap;

use super::IngestError;
use crate::fetch::Secret;
use crate::vocabulary;

/// The keys that a desk has, by the variables that the list of sources names.
#[derive(Debug, Default)]
pub struct Keys(HashMap<&'static str, Secret>);

impl Keys {
    /// Looks for the keys of all sources; `find` tells the value of a variable.
    pub fn found(find: impl Fn(&str) -> Option<String>) -> Self {
        let keys = vocabulary::asked_sources().flat_map(|source| &source.keys);
        let values = keys
            .filter_map(|key| Some((key.variable.as_str(), find(&key.variable)?)))
            .filter(|(_, value)| !value.trim().is_empty());
        Self(
            values
                .map(|(variable, value)| (variable, Secret::new(value)))
                .collect(),
        )
    }

    /// Stand-ins for the keys of all sources, with which nobody is asked: for answers that a ledger
    /// holds.
    pub fn stand_ins() -> Self {
        let keys = vocabulary::asked_sources().flat_map(|source| &source.keys);
        Self(
            keys.map(|key| (key.variable.as_str(), Secret::new("")))
                .collect(),
        )
    }

    /// The key that stands in a variable, if the desk has it.
    pub fn find(&self, variable: &str) -> Option<&Secret> {
        self.0.get(variable)
    }

    /// The key that stands in a variable.
    ///
    /// # Errors
    /// When the desk has none, with the way to one.
    pub fn get(&self, variable: &'static str) -> Result<&Secret, IngestError> {
        self.find(variable)
            .ok_or_else(|| IngestError::no_key(variable))
    }
}
