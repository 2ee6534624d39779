//! Why a file gives no document.

use super::LIMIT;

/// Why a file gives no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// It is of a form that is not read, or is damaged.
    #[error("{name} cannot be read as a text: {reason}")]
    Form {
        /// The file.
        name: String,
        /// What it is, and the way out.
        reason: String,
    },
    /// It holds no text.
    #[error("{name} holds no text: {reason}")]
    NoText {
        /// The file.
        name: String,
        /// Why, and the way out.
        reason: String,
    },
    /// It holds more than one document.
    #[error("{name} holds {count} reports; give one of them by its address, or read all of them")]
    Several {
        /// The file.
        name: String,
        /// How many.
        count: usize,
    },
    /// It is larger than any text that a person wrote.
    #[error(
        "{name} is larger than {} MB, or unpacks to more; give the part of it that holds the text",
        LIMIT >> 20
    )]
    TooLarge {
        /// The file.
        name: String,
    },
}

impl DocumentError {
    pub(super) fn form(name: &str, reason: impl Into<String>) -> Self {
        Self::Form {
            name: name.to_owned(),
            reason: reason.into(),
        }
    }

    pub(super) fn no_text(name: &str, reason: impl Into<String>) -> Self {
        Self::NoText {
            name: name.to_owned(),
            reason: reason.into(),
        }
    }

    pub(super) fn too_large(name: &str) -> Self {
        Self::TooLarge {
            name: name.to_owned(),
        }
    }
}
