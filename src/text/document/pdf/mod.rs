//! PDF: the letters that its pages draw, put together into lines and paragraphs.
//!
//! `pdf-extract` knows the fonts. It was not written for files that are meant to do harm: what is no words
//! is taken out before (`sieve`), and its panics are caught, page by page.

mod layout;
mod packed;
mod sieve;
mod widths;

use pdf_extract::{Dictionary, Object};

use super::prose::Prose;
use super::{Document, DocumentError, about, date};
use crate::quiet::quietly;
use layout::Layout;
use sieve::Refused;

/// What the date of a PDF is.
const MADE: &str =
    "its date is that on which the file was made; give the day of publication where it is another";

/// Pages that are read; more are of no report.
const MOST_PAGES: usize = 2000;

pub(super) fn read(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    if packed::is_too_large(bytes) {
        return Err(DocumentError::too_large(name));
    }
    let damaged = || {
        let reason = "it is damaged; get it again, or print it to a new PDF";
        DocumentError::form(name, reason)
    };
    let loaded = quietly(|| pdf_extract::Document::load_mem(bytes).ok()).flatten();
    let mut pdf = loaded.ok_or_else(damaged)?;
    if pdf.is_encrypted() {
        let is_open = quietly(|| pdf.decrypt("").is_ok()).unwrap_or_default();
        if !is_open {
            let reason = "it asks for a password; save a copy without one";
            return Err(DocumentError::form(name, reason));
        }
    }
    let mut document = Document::default();
    document.take_information(&pdf);
    let pages = pdf.get_pages();
    if pages.len() > MOST_PAGES {
        document
            .notes
            .push(format!("only its first {MOST_PAGES} pages were read"));
    }
    let pages: Vec<_> = pages.into_iter().take(MOST_PAGES).collect();
    let ids: Vec<_> = pages.iter().map(|(_, id)| *id).collect();
    quietly(|| widths::list(&mut pdf)).ok_or_else(damaged)?;
    match quietly(|| sieve::sift(&mut pdf, &ids)).ok_or_else(damaged)? {
        Ok(()) => {}
        Err(Refused::TooLarge) => return Err(DocumentError::too_large(name)),
        Err(Refused::Endless) => return Err(damaged()),
    }
    let mut prose = Prose::default();
    let mut layout = Layout::default();
    let mut unread = Vec::new();
    for (number, _) in &pages {
        let is_read = quietly(|| pdf_extract::output_doc_page(&pdf, &mut layout, *number).is_ok());
        if is_read != Some(true) {
            unread.push(number.to_string());
        }
        layout.put_page(&mut prose);
    }
    document.body = prose.finish();
    if document.body.is_empty() {
        let reason = if unread.is_empty() {
            "its pages are pictures; give a PDF whose words can be marked with the mouse, or type them into a text file"
        } else {
            "its fonts cannot be read; copy its words into a text file"
        };
        return Err(DocumentError::no_text(name, reason));
    }
    if !unread.is_empty() {
        document.notes.push(format!(
            "not all could be read of page {}",
            unread.join(", ")
        ));
    }
    Ok(document)
}

impl Document {
    /// Takes what the information of the PDF says.
    fn take_information(&mut self, pdf: &pdf_extract::Document) {
        let Ok(information) = pdf.get_dict_in_dict(&pdf.trailer, b"Info") else {
            return;
        };
        let text = |key: &[u8]| text(pdf, information, key);
        self.title = text(b"Title").filter(|title| is_title(title));
        self.published = text(b"CreationDate").as_deref().and_then(date::of_pdf);
        self.modified = text(b"ModDate").as_deref().and_then(date::of_pdf);
        if self.published.is_some() {
            self.notes.push(MADE.to_owned());
        }
    }
}

/// Programs put the name of the file where a title would stand.
fn is_title(text: &str) -> bool {
    let small = text.to_lowercase();
    let is_file = [".doc", ".docx", ".indd", ".pdf", ".pptx", ".xlsx"]
        .iter()
        .any(|ending| small.ends_with(ending));
    !is_file && !small.starts_with("untitled")
}

/// A text of a dictionary, in UTF-16 or in the letters of PDF, which are those of Windows where it matters.
fn text(pdf: &pdf_extract::Document, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let value = dictionary
        .get(key)
        .and_then(|value| pdf.dereference(value))
        .ok()?;
    let Object::String(bytes, _) = value.1 else {
        return None;
    };
    let text = super::decode::decode(bytes, Some(encoding_rs::WINDOWS_1252), &mut Vec::new());
    about::word(&text.replace('\0', ""))
}
