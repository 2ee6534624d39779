//! How much a PDF unpacks to, before anything is unpacked into memory.

use std::io::{self, Read};

use flate2::bufread::ZlibDecoder;

use super::super::LIMIT;

/// What pictures may unpack to: they are counted and not kept.
const PICTURES: u64 = 1 << 30;

/// How far before its bytes a stream's description is looked at.
const DESCRIPTION: usize = 2048;

/// Whether the streams of a PDF unpack to more than a text does. Every place that may begin a stream is
/// looked at, whatever the table of contents says.
pub(super) fn is_too_large(bytes: &[u8]) -> bool {
    const STREAM: &[u8] = b"stream";
    let (mut words, mut pictures) = (LIMIT as u64, PICTURES);
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], STREAM) {
        let start = at + found;
        at = start + STREAM.len();
        let content = &bytes[at..];
        let content = content.strip_prefix(b"\r").unwrap_or(content);
        let content = content.strip_prefix(b"\n").unwrap_or(content);
        // Zlib begins so, whatever the filters are called.
        if content.first().is_none_or(|byte| byte & 0x0f != 8) {
            continue;
        }
        let before = &bytes[start.saturating_sub(DESCRIPTION)..start];
        let begun = before
            .windows(4)
            .rposition(|word| word == b" obj")
            .unwrap_or(0);
        let before = &before[begun..];
        let holds = |word: &[u8]| before.windows(word.len()).any(|part| part == word);
        if before.windows(5).filter(|part| part == b"Flate").count() > 1 && !holds(b"/Image") {
            return true;
        }
        let left = if holds(b"/Image") && !holds(b"/ObjStm") {
            &mut pictures
        } else {
            &mut words
        };
        let mut unpacked = ZlibDecoder::new(content).take(*left + 1);
        // What is damaged unpacks to what comes before its damage.
        let count = copied(&mut unpacked);
        if count > *left {
            return true;
        }
        *left -= count;
        let used = unpacked.into_inner().total_in();
        at += usize::try_from(used).unwrap_or_default();
        at = at.min(bytes.len());
    }
    false
}

/// How many bytes can be read.
fn copied(from: &mut impl Read) -> u64 {
    let mut buffer = vec![0; 1 << 16];
    let mut count = 0;
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return count,
            Ok(read) => count += read as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return count,
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
