//! Text in whatever encoding it was saved.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::super::TableError;

/// Decodes a text: by the label that a person gave, its byte-order mark, as UTF-8, or else as what
/// it looks like, which is noted. NUL bytes are dropped.
pub(super) fn decode<'b>(
    name: &str,
    bytes: Cow<'b, [u8]>,
    label: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Cow<'b, str>, TableError> {
    let said = match label {
        Some(label) => Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            TableError::Misfit(format!(
                "`{label}` is no encoding; write utf-8, utf-16le, windows-1252, windows-1256 or another name of the WHATWG's list"
            ))
        })?),
        None => None,
    };
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let encoding = match said.or(marked) {
        Some(encoding) => encoding,
        None if std::str::from_utf8(&bytes).is_ok() => wide(&bytes).unwrap_or(UTF_8),
        None => match wide(&bytes) {
            Some(encoding) => encoding,
            None => {
                refuse_damaged_utf8(name, &bytes)?;
                looks_like(&bytes)
            }
        },
    };
    if encoding != UTF_8 && said.is_none() {
        notes.push(format!(
            "read as {}; if names look wrong, say encoding = \"…\" under [table]",
            encoding.name()
        ));
    }
    let text = match (encoding == UTF_8, bytes) {
        (true, Cow::Borrowed(bytes)) => std::str::from_utf8(without_mark(bytes)).map(Cow::Borrowed),
        (true, Cow::Owned(mut bytes)) => {
            let mark = bytes.len() - without_mark(&bytes).len();
            bytes.drain(..mark);
            match String::from_utf8(bytes) {
                Ok(text) => Ok(Cow::Owned(text)),
                Err(error) => return Err(not(encoding, name, error.as_bytes())),
            }
        }
        (false, bytes) => {
            let (text, wrong) = encoding.decode_with_bom_removal(&bytes);
            if wrong {
                return Err(not(encoding, name, &bytes));
            }
            Ok(Cow::Owned(text.into_owned()))
        }
    }
    .map_err(|_| not(encoding, name, &[]))?;
    Ok(without_nul(text, notes))
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// UTF-16 without a byte-order mark: every other byte of Latin text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 4096;
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |first: usize| {
        start
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
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

/// UTF-8 with a few wrong bytes in it is damaged, and no other encoding: read as one, every name
/// with an accent would turn into another.
fn refuse_damaged_utf8(name: &str, bytes: &[u8]) -> Result<(), TableError> {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk
            .valid()
            .chars()
            .filter(|letter| !letter.is_ascii())
            .count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    if right > wrong {
        return Err(not(UTF_8, name, bytes));
    }
    Ok(())
}

fn looks_like(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The error for bytes that are not of an encoding.
fn not(encoding: &'static Encoding, name: &str, bytes: &[u8]) -> TableError {
    let byte = match std::str::from_utf8(bytes) {
        Err(error) if encoding == UTF_8 => error.valid_up_to(),
        _ => 0,
    };
    TableError::Encoding {
        file: name.to_owned(),
        encoding: encoding.name(),
        byte: byte + 1,
        line: bytes[..byte].iter().filter(|byte| **byte == b'\n').count() + 1,
    }
}

fn without_nul<'b>(text: Cow<'b, str>, notes: &mut Vec<String>) -> Cow<'b, str> {
    let count = text.bytes().filter(|byte| *byte == 0).count();
    if count == 0 {
        return text;
    }
    notes.push(format!(
        "left out {}",
        crate::figure::counted(count, "NUL byte", "NUL bytes")
    ));
    Cow::Owned(text.replace('\0', ""))
}
