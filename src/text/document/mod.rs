//! From bytes to a title, a body and what the document says of itself.

use std::ops::Range;

use crate::figure::{PlaceId, Version};

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
