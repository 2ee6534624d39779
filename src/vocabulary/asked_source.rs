//! Sources that are asked over the network.

use serde::Deserialize;

use super::list::Word;

/// A source that `humstat ingest` asks over the network.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedSource {
    /// What `humstat ingest` calls it.
    pub code: String,
    /// Its name.
    pub title: String,
    /// What it holds, in words.
    pub holds: String,
    /// When it changes, in words.
    pub rhythm: String,
    /// The channels that its figures go to, by code; their licences are its licences.
    pub channels: Vec<String>,
    /// Where its documentation is.
    pub url: String,
    /// What is asked to see whether it can be reached.
    pub check: String,
    /// What is asked with the key to see whether it is good, where no data are given for it.
    pub key_check: Option<String>,
    /// The keys that it needs; none for most.
    #[serde(default)]
    pub keys: Vec<SourceKey>,
}

/// A key that a source needs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceKey {
    /// The environment variable that it stands in, unless `humstat.toml` names another.
    pub variable: String,
    /// What it is, and how to come by one.
    pub way: String,
    /// Whether some of the source can be had without it.
    #[serde(default)]
    pub optional: bool,
}

impl Word for AskedSource {
    const KIND: &'static str = "source";

    fn code(&self) -> &str {
        &self.code
    }

    fn label(&self) -> &str {
        &self.title
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.holds]
    }
}
