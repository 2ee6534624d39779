//! Which encoding a text was saved in.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::super::TableError;
use super::text::Text;
use super::unpack::{Unpacked, unreadable};

/// Bytes that are looked at in one go.
const CHUNK: usize = 1 << 16;

/// Finds the encoding of a text: by the label that a person gave, its byte-order mark, as UTF-8, or
/// else as what it looks like, which is noted. All of the text is looked at, so that no wrong byte
/// is met later.
pub(super) fn find<'c>(
    name: &str,
    bytes: Unpacked<'c>,
    label: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Text<'c>, TableError> {
    let said = match label {
        Some(label) => Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            TableError::Misfit(format!(
                "`{label}` is no encoding; write utf-8, utf-16le, windows-1252, windows-1256 or another name of the WHATWG's list"
            ))
        })?),
        None => None,
    };
    let unread = |error| unreadable(name, error);
    let start = bytes.start().map_err(unread)?;
    let marked = Encoding::for_bom(&start).map(|(encoding, _)| encoding);
    let told = said.or(marked).or_else(|| wide(&start));
    let (encoding, looked) = match told {
        Some(other) if other != UTF_8 => (other, None),
        told => {
            let look = look(&bytes).map_err(unread)?;
            let is_utf8 = look.wrong.is_none();
            if !is_utf8 && (told.is_some() || look.right_letters > look.wrong_bytes) {
                // With a few wrong bytes it is damaged, and no other encoding: read as one, every
                // name with an accent would turn into another.
                return Err(look.error(name));
            }
            let encoding = if is_utf8 { UTF_8 } else { look.like };
            (encoding, is_utf8.then_some(look.nul_bytes))
        }
    };
    if encoding != UTF_8 && said.is_none() {
        notes.push(format!(
            "read as {}; if names look wrong, say encoding = \"…\" under [table]",
            encoding.name()
        ));
    }
    let text = Text::new(bytes, encoding);
    let nul_bytes = match looked {
        Some(nul_bytes) => nul_bytes,
        None => text.check(name)?,
    };
    if nul_bytes > 0 {
        notes.push(format!(
            "left out {}",
            crate::figure::counted(nul_bytes, "NUL byte", "NUL bytes")
        ));
    }
    Ok(text)
}

/// UTF-16 without a byte-order mark: every other byte of Latin text is zero.
fn wide(start: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 4096;
    let start = &start[..start.len().min(LOOKED_AT)];
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

/// What bytes look like.
struct Look {
    nul_bytes: u64,
    /// Position and line of the first byte that is not of UTF-8, counted from 1.
    wrong: Option<(u64, u64)>,
    /// Letters beyond ASCII, and bytes that are none; counted where it is not UTF-8.
    right_letters: u64,
    wrong_bytes: u64,
    /// The encoding that it looks like where it is not UTF-8.
    like: &'static Encoding,
}

/// Looks at all bytes. Those that are not of UTF-8 are seldom, and looked at a second time.
fn look(bytes: &Unpacked<'_>) -> std::io::Result<Look> {
    let mut look = Look {
        nul_bytes: 0,
        wrong: None,
        right_letters: 0,
        wrong_bytes: 0,
        like: UTF_8,
    };
    let (mut position, mut line) = (1, 1);
    in_chunks(bytes, |chunk| {
        look.nul_bytes += count(chunk, 0);
        if look.wrong.is_none()
            && let Err(error) = std::str::from_utf8(chunk)
        {
            let right = &chunk[..error.valid_up_to()];
            look.wrong = Some((position + right.len() as u64, line + count(right, b'\n')));
        }
        position += chunk.len() as u64;
        line += count(chunk, b'\n');
    })?;
    if look.wrong.is_some() {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        in_chunks(bytes, |chunk| {
            detector.feed(chunk, false);
            for part in chunk.utf8_chunks() {
                let letters = part.valid().chars().filter(|letter| !letter.is_ascii());
                look.right_letters += letters.count() as u64;
                look.wrong_bytes += u64::from(!part.invalid().is_empty());
            }
        })?;
        detector.feed(&[], true);
        look.like = detector.guess(None, Utf8Detection::Deny);
    }
    Ok(look)
}

/// Shows bytes in chunks that part no letter of UTF-8.
fn in_chunks(bytes: &Unpacked<'_>, mut show: impl FnMut(&[u8])) -> std::io::Result<()> {
    let mut from = bytes.open()?;
    let mut chunk = vec![0; CHUNK];
    let mut held = 0;
    loop {
        let count = match from.read(&mut chunk[held..]) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let filled = held + count;
        if count == 0 {
            if filled > 0 {
                show(&chunk[..filled]);
            }
            return Ok(());
        }
        let whole = match std::str::from_utf8(&chunk[..filled]) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => filled,
        };
        show(&chunk[..whole]);
        chunk.copy_within(whole..filled, 0);
        held = filled - whole;
    }
}

fn count(bytes: &[u8], wanted: u8) -> u64 {
    bytes.iter().filter(|byte| **byte == wanted).count() as u64
}

impl Look {
    /// The error for a text that is not UTF-8.
    fn error(&self, name: &str) -> TableError {
        let (byte, line) = self.wrong.unwrap_or((1, 1));
        TableError::Encoding {
            file: name.to_owned(),
            encoding: UTF_8.name(),
            byte,
            line,
        }
    }
}
