//! From bytes to a title, a body and what the document says of itself.
//!
//! One file per form. What is read never panics, never takes longer than in proportion to its length,
//! and unpacks to 50 MB at most, for it comes from anywhere.

mod about;
mod date;
mod decode;
mod docx;
mod email;
mod error;
mod form;
mod front_matter;
mod html;
mod pdf;
mod plain;
mod prose;
mod reliefweb;

use std::ops::Range;

pub use error::DocumentError;
pub(crate) use prose::raised;

use crate::figure::{PlaceId, Version};
use form::Form;

/// The most bytes that a document is read from, or unpacks to: a thousand times a long report.
const LIMIT: usize = 50 << 20;

/// A text to read figures from, with what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its headline.
    pub title: Option<String>,
    /// The text that all stretches count in. Of a plain text or of Markdown it is what stands after the
    /// front matter, unchanged.
    pub body: String,
    /// When it was published.
    pub published: Option<Version>,
    /// When it was last changed, where it says so beside the time of its publication.
    pub modified: Option<Version>,
    /// Who put it out, as a channel or a relayer is named: a newspaper, an agency's site.
    pub publisher: Option<String>,
    /// The organisation that speaks in it, where its metadata name one: the source of a ReliefWeb report.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Code of its language, such as `en`.
    pub language: Option<String>,
    /// Countries that its metadata say it is about.
    pub about: Vec<PlaceId>,
    /// The entries of a live blog, in the order of the body; empty for others.
    pub entries: Vec<Entry>,
    /// What had to be decided while it was read, for people: its encoding, pages that were left out.
    pub notes: Vec<String>,
}

/// An entry of a live blog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its bytes in the body.
    pub range: Range<usize>,
    /// When it was published.
    pub published: Option<Version>,
    /// Its headline, which stands in the body too.
    pub title: Option<String>,
}

/// Refuses what is larger than any document before it is read into memory. Of PDFs and of documents of
/// Word what is unpacked counts, and not the pictures in them, so that they may be larger themselves.
///
/// # Errors
/// When it is too large.
pub fn check_size(size: u64, start: &[u8], name: &str) -> Result<(), DocumentError> {
    /// The largest file with pictures that people put out.
    const WITH_PICTURES: usize = 512 << 20;
    let may_hold_pictures =
        start.starts_with(b"PK") || start.windows(4).any(|four| four == b"%PDF");
    let most = if may_hold_pictures {
        WITH_PICTURES
    } else {
        LIMIT
    };
    if size > most as u64 {
        return Err(DocumentError::too_large(name));
    }
    Ok(())
}

/// Reads the one document that a file holds. `name` is the file's name or address, by which its form is
/// told where the bytes do not tell it, and which errors name.
///
/// # Errors
/// When it is of no form that is read, holds no text or several documents, or is too large.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let mut documents = read_all(bytes, name)?;
    match (documents.pop(), documents.len()) {
        (Some(document), 0) => Ok(document),
        (Some(_), others) => Err(DocumentError::Several {
            name: name.to_owned(),
            count: others + 1,
        }),
        (None, _) => Err(DocumentError::no_text(name, "it holds no report")),
    }
}

/// Reads all documents of a file: an answer of ReliefWeb may hold many, any other file holds one.
///
/// # Errors
/// When it is of no form that is read, holds no text, or is too large.
pub fn read_all(bytes: &[u8], name: &str) -> Result<Vec<Document>, DocumentError> {
    let form = form::of(bytes, name)?;
    // Of a PDF or an archive, what is unpacked counts.
    if bytes.len() > LIMIT && !matches!(form, Form::Pdf | Form::Docx) {
        return Err(DocumentError::too_large(name));
    }
    let document = match form {
        Form::Plain => plain::read(bytes, name)?,
        Form::Markdown => front_matter::read(bytes, name)?,
        Form::Html => html::read(bytes, name)?,
        Form::Pdf => pdf::read(bytes, name)?,
        Form::Docx => docx::read(bytes, name)?,
        Form::Email => email::read(bytes, name)?,
        Form::Json => return reliefweb::read(bytes, name),
    };
    Ok(vec![document])
}
