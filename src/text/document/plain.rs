//! Plain text: the letters as they are.

use super::decode::decode;
use super::{Document, DocumentError};

pub(super) fn read(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let mut notes = Vec::new();
    let body = decode(bytes, None, &mut notes).into_owned();
    require_text(&body, name)?;
    Ok(Document {
        body,
        notes,
        ..Document::default()
    })
}

/// Refuses what holds no letter, or is made of bytes that no text has.
pub(super) fn require_text(text: &str, name: &str) -> Result<(), DocumentError> {
    let is_odd = |letter: &char| {
        letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}')
            || *letter == char::REPLACEMENT_CHARACTER
    };
    let (mut letters, mut odd) = (0_usize, 0_usize);
    for letter in text.chars() {
        letters += usize::from(!letter.is_whitespace());
        odd += usize::from(is_odd(&letter));
    }
    if letters == 0 {
        return Err(DocumentError::no_text(name, "it is empty"));
    }
    if odd * 10 > letters {
        return Err(DocumentError::form(
            name,
            "its bytes are no text; give a text, a web page, a PDF, a .docx or an e-mail",
        ));
    }
    Ok(())
}
