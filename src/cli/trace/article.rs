//! Articles in files: what is read of a draft.

use std::path::Path;

use super::super::CliError;
use crate::text::{self, Candidate, Document, Given, document};

/// Whether a file may be an article, by its ending.
pub fn may_be_one(file: &Path) -> bool {
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    const ENDINGS: [&str; 9] = [
        "txt", "text", "md", "markdown", "html", "htm", "docx", "pdf", "eml",
    ];
    ENDINGS.contains(&ending.to_lowercase().as_str())
}

/// The text of an article and the numbers in it, also those that no rule knows a meaning for.
pub fn read(file: &Path, bytes: &[u8]) -> Result<(Document, Vec<Candidate>), CliError> {
    let name = file.display().to_string();
    let document =
        document::read(bytes, &name).map_err(|error| CliError::data(error.to_string()))?;
    let candidates = text::numbers(&document, &Given::default());
    Ok((document, candidates))
}
