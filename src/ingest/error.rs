//! Why a source gave nothing that can be recorded.

use super::Source;
use crate::fetch::FetchError;
use crate::vocabulary;

/// Why a source gave nothing that can be recorded.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// It could not be asked, or gave no answer.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// What was asked for makes no sense.
    #[error("{0}")]
    Usage(String),
    /// A key is missing.
    #[error("{of} needs a key: put it into the environment variable {variable}; {way}")]
    NoKey {
        /// The source.
        of: &'static str,
        /// The variable.
        variable: &'static str,
        /// How to come by one.
        way: &'static str,
    },
    /// The answer is none that this source gives.
    #[error("{source_code} answered something else than was asked for: {reason}")]
    Unexpected {
        /// The source.
        source_code: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A file is no answer of this source.
    #[error(
        "{file} is no saved answer of {source_code}: {reason}; a table is read with `humstat ingest table {file} --map MAPPING`"
    )]
    NoAnswer {
        /// Name of the file.
        file: String,
        /// The source.
        source_code: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The answer is empty, which is never taken as "there are none".
    #[error(
        "{source_code} has nothing that matches; nothing was recorded, and nothing is taken to be withdrawn"
    )]
    Nothing {
        /// The source.
        source_code: &'static str,
    },
    /// A saved answer cannot be read.
    #[error("{file}: {source}")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
}

impl IngestError {
    /// The error for a key that the desk lacks.
    pub fn no_key(variable: &'static str) -> Self {
        let found = vocabulary::asked_sources().find_map(|source| {
            let key = source.keys.iter().find(|key| key.variable == variable)?;
            Some((source.title.as_str(), key.way.as_str()))
        });
        let (of, way) = found.unwrap_or_default();
        Self::NoKey { of, variable, way }
    }

    /// The error for an answer that a source should not give.
    pub fn unexpected(source: &dyn Source, reason: impl Into<String>) -> Self {
        Self::Unexpected {
            source_code: source.code(),
            reason: reason.into(),
        }
    }
}
