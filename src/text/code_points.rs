//! From bytes of a text to its Unicode code points, in which all offsets are told.

use super::candidate::Stretch;
use std::ops::Range;

/// Bytes between two places whose code point is kept.
const STEP: usize = 256;

/// The code points of a text, found in constant time.
pub struct CodePoints<'a> {
    text: &'a str,
    /// How many code points begin before each multiple of [`STEP`]; empty for ASCII.
    kept: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    /// Counts a text once.
    pub fn new(text: &'a str) -> Self {
        let kept = if text.is_ascii() {
            Vec::new()
        } else {
            let mut sum = 0;
            let counted = text.as_bytes().chunks(STEP).map(|chunk| {
                let before = sum;
                sum += starts(chunk);
                before
            });
            counted.collect()
        };
        Self { text, kept }
    }

    /// How many code points stand before a byte.
    pub fn at(&self, byte: usize) -> usize {
        match self.kept.get(byte / STEP) {
            Some(before) => {
                let from = byte / STEP * STEP;
                before + starts(&self.text.as_bytes()[from..byte])
            }
            None if self.kept.is_empty() => byte,
            None => self.text.chars().count(),
        }
    }

    /// A range of bytes as code points.
    pub fn stretch(&self, bytes: Range<usize>) -> Stretch {
        Stretch {
            begin: self.at(bytes.start),
            end: self.at(bytes.end),
        }
    }
}

/// How many code points begin within some bytes of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}
