//! From bytes to letters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::figure::counted;

/// A text, without its byte-order mark.
///
/// The encoding is told by the mark, as UTF-8, by what the text itself says (`said`), or by what it looks
/// like, in this order. Unlike a table, whose names are matched, a text with a few wrong bytes is still
/// worth reading: they become U+FFFD, and a note says so.
pub(super) fn decode<'b>(
    bytes: &'b [u8],
    said: Option<&'static Encoding>,
    notes: &mut Vec<String>,
) -> Cow<'b, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..], notes);
    }
    if let Some(encoding) = wide(bytes) {
        return decoded(encoding, bytes, notes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    // A page that says it is UTF-16, and is not, was read as UTF-8 by whoever made it.
    let said = said.filter(|encoding| encoding.is_ascii_compatible());
    let encoding = match said {
        Some(encoding) => encoding,
        None if is_mostly_utf8(bytes) => UTF_8,
        None => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, Utf8Detection::Deny)
        }
    };
    if said.is_none() && encoding != UTF_8 {
        notes.push(format!("read as {}", encoding.name()));
    }
    decoded(encoding, bytes, notes)
}

fn decoded<'b>(
    encoding: &'static Encoding,
    bytes: &'b [u8],
    notes: &mut Vec<String>,
) -> Cow<'b, str> {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    if has_errors {
        let wrong = text
            .chars()
            .filter(|letter| *letter == char::REPLACEMENT_CHARACTER)
            .count();
        notes.push(format!(
            "{} that are not {} stand as \u{fffd}",
            counted(wrong as u64, "place with bytes", "places with bytes"),
            encoding.name()
        ));
    }
    text
}

/// Whether text that is not UTF-8 is damaged, and of no other encoding.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for part in bytes.utf8_chunks() {
        let letters = part.valid().chars().filter(|letter| !letter.is_ascii());
        right += letters.count();
        wrong += usize::from(!part.invalid().is_empty());
    }
    right > wrong
}

/// UTF-16 without a byte-order mark: every other byte of Latin text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 4096;
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |first: usize| {
        let every_other = start.iter().skip(first).step_by(2);
        every_other.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let most = start.len() / 4;
    if odd > most && even == 0 {
        Some(UTF_16LE)
    } else if even > most && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}
