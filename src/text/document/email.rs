//! E-mails, in which press releases come, and pages that a browser saved as one file (`.mht`), which have
//! the form of an e-mail.

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders as _, PartType};

use super::{Document, DocumentError, about, html, plain};
use crate::figure::Version;
use crate::quiet::quietly;

/// Headers by which a message is known; people write `From:` and `Date:` in texts as well.
const TELLING: [&str; 6] = [
    "mime-version",
    "received",
    "message-id",
    "return-path",
    "delivered-to",
    "snapshot-content-location",
];

/// Whether a text, in small letters, begins with the headers of a message.
pub(super) fn begins_as_one(words: &str) -> bool {
    for (at, line) in words.lines().enumerate() {
        // Mailboxes begin with a line of their own; long headers go on in lines that are set in.
        if line.starts_with([' ', '\t']) || (at == 0 && line.starts_with("from ")) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        if TELLING.contains(&name) {
            return true;
        }
        if name.is_empty()
            || name.contains(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        {
            return false;
        }
    }
    false
}

pub(super) fn read(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let no_message = || {
        DocumentError::form(
            name,
            "its headers or parts are none of an e-mail; give its text as a text file",
        )
    };
    if holds_many_messages(bytes) {
        return Err(no_message());
    }
    let parsed = quietly(|| MessageParser::default().parse(bytes)).flatten();
    let message = parsed.ok_or_else(no_message)?;
    let page = saved_page(&message);
    let mut document = body(&message, name)?;
    document.url = document.url.or(page.clone());
    document.title = message
        .subject()
        .and_then(about::word)
        .or(document.title.take());
    // A saved page has the day on which it was saved, and nobody sent it.
    if page.is_none() {
        document.published = message
            .date()
            .filter(|date| date.is_valid())
            .and_then(|date| Version::from_timestamp(date.to_timestamp()));
        document.publisher = message
            .from()
            .and_then(|from| from.first())
            .and_then(|from| about::word(from.name()?));
    }
    if let HeaderValue::Text(language) = message.content_language() {
        document.language = about::language(language.as_ref()).or(document.language);
    }
    Ok(document)
}

/// Whether a message may hold messages in messages, deeper than anybody forwards: they are let go of one
/// within the other, which takes as many frames of the stack.
fn holds_many_messages(bytes: &[u8]) -> bool {
    const WORD: &[u8] = b"message/";
    const MOST: usize = 200;
    let found = bytes.windows(WORD.len());
    let found = found.filter(|window| window.eq_ignore_ascii_case(WORD));
    found.take(MOST + 1).count() > MOST
}

/// Where a page stood that a browser saved.
fn saved_page(message: &Message<'_>) -> Option<String> {
    let header = message.header_raw("Snapshot-Content-Location")?;
    about::word(header)
}

/// The text of a message: its plain part, unless that only says to look at the other one.
fn body(message: &Message<'_>, name: &str) -> Result<Document, DocumentError> {
    let mut plain = String::new();
    for part in message.text_bodies() {
        if let PartType::Text(text) = &part.body {
            if !plain.is_empty() {
                plain.push_str("\n\n");
            }
            plain.push_str(text.replace("\r\n", "\n").trim_end());
        }
    }
    let mut pages = message.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(page) => Some(page),
        _ => None,
    });
    let page = pages.next().map(|page| html::of_page(page, name));
    const LEAST_SHARE: usize = 5;
    let longer = page.as_ref().and_then(|page| page.as_ref().ok());
    let is_enough = longer.is_none_or(|page| plain.trim().len() * LEAST_SHARE > page.body.len());
    match page {
        Some(page) if plain.trim().is_empty() || !is_enough => page,
        _ => {
            plain::require_text(&plain, name)?;
            Ok(Document {
                body: plain,
                ..Document::default()
            })
        }
    }
}
