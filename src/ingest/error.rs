//! Why a source gave nothing that can be recorded.

use super::{Key, Source};
use crate::fetch::FetchError;

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
    #[error("{} needs a key: put it into the environment variable {}; {}", key.of, key.variable, key.way)]
    NoKey {
        /// Which.
        key: &'static Key,
    },
    /// The answer is none that this source gives.
    #[error("{source_code} answered something else than was asked for: {reason}")]
    Unexpected {
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
    /// The error for an answer that a source should not give.
    pub fn unexpected(source: &dyn Source, reason: impl Into<String>) -> Self {
        Self::Unexpected {
            source_code: source.code(),
            reason: reason.into(),
        }
    }
}
