//! Text of a file, decoded as it is read.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

use super::super::TableError;
use super::unpack::{Unpacked, unreadable};

/// Bytes that are read in one go.
const CHUNK: usize = 1 << 16;

/// A text that is decoded whenever it is read.
#[derive(Debug)]
pub(super) struct Text<'c> {
    bytes: Unpacked<'c>,
    encoding: &'static Encoding,
}

impl<'c> Text<'c> {
    /// Bytes that are taken to be of an encoding.
    pub(super) const fn new(bytes: Unpacked<'c>, encoding: &'static Encoding) -> Self {
        Self { bytes, encoding }
    }

    /// Reads the text from its start as UTF-8, without its byte-order mark and NUL bytes; each line
    /// ends with one `\n`, the last one too.
    pub(super) fn open(&self) -> io::Result<Decoded<'_>> {
        let mut from = self.bytes.open()?;
        let mut decoder = None;
        if self.encoding == UTF_8 {
            from = without_mark(from)?;
        } else {
            decoder = Some(Decoding {
                decoder: self.encoding.new_decoder_with_bom_removal(),
                input: vec![0; CHUNK],
                at: 0,
                filled: 0,
                is_read: false,
                is_done: false,
                left: Vec::new(),
                given: 0,
                passed: 0,
                wrong: None,
            });
        }
        Ok(Decoded {
            from,
            decoder,
            tidy: Tidy::default(),
        })
    }

    /// Its first letters, by which a form is told.
    pub(super) fn start(&self) -> io::Result<String> {
        let mut start = Vec::new();
        self.open()?.take(CHUNK as u64).read_to_end(&mut start)?;
        Ok(String::from_utf8_lossy(&start).into_owned())
    }

    /// All of it.
    pub(super) fn whole(&self) -> io::Result<String> {
        let mut text = String::new();
        self.open()?.read_to_string(&mut text)?;
        Ok(text)
    }

    /// Looks whether all bytes are of the encoding, and counts the NUL bytes. UTF-8 is looked at
    /// before it is taken for such.
    pub(super) fn check(&self, name: &str) -> Result<u64, TableError> {
        let unread = |error| unreadable(name, error);
        let mut text = self.open().map_err(unread)?;
        let mut lines = Lines::default();
        let read = io::copy(&mut text, &mut lines);
        match (read, text.decoder.and_then(|decoder| decoder.wrong)) {
            (Ok(_), _) => Ok(text.tidy.nul_bytes),
            (Err(_), Some(byte)) => Err(TableError::Encoding {
                file: name.to_owned(),
                encoding: self.encoding.name(),
                byte,
                line: lines.0 + 1,
            }),
            (Err(error), None) => Err(unread(error)),
        }
    }
}

/// Counts lines.
#[derive(Default)]
struct Lines(u64);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes of UTF-8 without the mark that some programs put before them.
fn without_mark<'b>(mut from: Box<dyn Read + 'b>) -> io::Result<Box<dyn Read + 'b>> {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let mut start = Vec::new();
    from.by_ref()
        .take(MARK.len() as u64)
        .read_to_end(&mut start)?;
    Ok(if start == MARK {
        from
    } else {
        Box::new(io::Cursor::new(start).chain(from))
    })
}

/// A text that is being read.
pub(super) struct Decoded<'t> {
    from: Box<dyn Read + 't>,
    /// None for UTF-8.
    decoder: Option<Decoding>,
    tidy: Tidy,
}

impl Read for Decoded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = match &mut self.decoder {
                None => self.from.read(into)?,
                Some(decoder) => decoder.read(&mut self.from, into)?,
            };
            if count == 0 {
                return Ok(self.tidy.end(into));
            }
            // All that was read may be left out, and that is not the end.
            let kept = self.tidy.tidy(&mut into[..count]);
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

/// From another encoding to UTF-8.
struct Decoding {
    decoder: Decoder,
    input: Vec<u8>,
    /// Where the input that is not decoded begins, and ends.
    at: usize,
    filled: usize,
    is_read: bool,
    /// Whether all was decoded, after which the decoder may not be asked again.
    is_done: bool,
    /// What was decoded and found no room, and how much of it was handed out.
    left: Vec<u8>,
    given: usize,
    /// How many bytes were decoded.
    passed: u64,
    /// Position of the first byte that is not of the encoding, counted from 1.
    wrong: Option<u64>,
}

impl Decoding {
    /// Reads as many bytes as there is room for, which may be less than a letter takes.
    fn read(&mut self, from: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
        /// Room for any letter, whatever the encoding.
        const LETTERS: usize = 16;
        if self.given == self.left.len() && into.len() >= LETTERS {
            return self.decode(from, into);
        }
        if self.given == self.left.len() {
            let mut letters = [0; LETTERS];
            let count = self.decode(from, &mut letters)?;
            self.left.clear();
            self.left.extend_from_slice(&letters[..count]);
            self.given = 0;
        }
        let count = into.len().min(self.left.len() - self.given);
        into[..count].copy_from_slice(&self.left[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }

    fn decode(&mut self, from: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
        while !self.is_done {
            if self.wrong.is_some() {
                return Err(io::ErrorKind::InvalidData.into());
            }
            if self.at == self.filled && !self.is_read {
                self.filled = from.read(&mut self.input)?;
                self.at = 0;
                self.is_read = self.filled == 0;
            }
            let input = &self.input[self.at..self.filled];
            let (result, read, written) =
                self.decoder
                    .decode_to_utf8_without_replacement(input, into, self.is_read);
            self.at += read;
            self.passed += read as u64;
            if let DecoderResult::Malformed(length, after) = result {
                let since = u64::from(length) + u64::from(after);
                self.wrong = Some((self.passed + 1).saturating_sub(since));
            }
            self.is_done = self.is_read && result == DecoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
            if result == DecoderResult::OutputFull && read == 0 {
                return Err(io::Error::other("too little room for one letter"));
            }
        }
        Ok(0)
    }
}

/// Leaves out NUL bytes and makes every end of a line one `\n`.
#[derive(Default)]
struct Tidy {
    nul_bytes: u64,
    /// Whether the last byte was a `\r`, of which a `\n` is the second half.
    after_return: bool,
    /// Whether something stands after the last `\n`.
    is_in_line: bool,
}

impl Tidy {
    /// Tidies bytes in their place, and tells how many are left.
    fn tidy(&mut self, bytes: &mut [u8]) -> usize {
        let is_tidy = !self.after_return && !bytes.contains(&b'\r') && !bytes.contains(&0);
        let mut kept = bytes.len();
        if !is_tidy {
            kept = 0;
            for at in 0..bytes.len() {
                let byte = bytes[at];
                let is_second_half = self.after_return && byte == b'\n';
                self.after_return = byte == b'\r';
                match byte {
                    0 => self.nul_bytes += 1,
                    _ if is_second_half => {}
                    b'\r' => {
                        bytes[kept] = b'\n';
                        kept += 1;
                    }
                    _ => {
                        bytes[kept] = byte;
                        kept += 1;
                    }
                }
            }
        }
        if let Some(last) = bytes[..kept].last() {
            self.is_in_line = *last != b'\n';
        }
        kept
    }

    /// Ends the last line.
    fn end(&mut self, into: &mut [u8]) -> usize {
        let missing = usize::from(std::mem::take(&mut self.is_in_line));
        into[..missing].fill(b'\n');
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Capture;

    fn read(bytes: &[u8], encoding: &'static Encoding) -> String {
        let capture = Capture::new("table.csv", bytes.to_vec());
        let text = Text::new(Unpacked::Plain(&capture), encoding);
        text.check("table.csv").unwrap();
        let whole = text.whole().unwrap();
        // Ends of lines may fall between two reads.
        let mut slowly = Vec::new();
        let mut from = text.open().unwrap();
        let mut few = [0; 4];
        loop {
            match from.read(&mut few).unwrap() {
                0 => break,
                count => slowly.extend_from_slice(&few[..count]),
            }
        }
        assert_eq!(String::from_utf8(slowly).unwrap(), whole);
        whole
    }

    #[test]
    fn lines_end_alike_whoever_wrote_them() {
        for (bytes, text) in [
            ("a,b\r\n1,2\r\n", "a,b\n1,2\n"),
            ("a,b\r1,2", "a,b\n1,2\n"),
            ("a,b\n\n1,2", "a,b\n\n1,2\n"),
            ("a\r\r\nb", "a\n\nb\n"),
            ("a\0b\r\0\nc", "ab\n\nc\n"),
            ("\u{feff}a", "a\n"),
            ("", ""),
        ] {
            assert_eq!(read(bytes.as_bytes(), UTF_8), text, "{bytes:?}");
        }
    }

    #[test]
    fn other_encodings_come_out_as_utf_8() {
        let wide: Vec<u8> = "\u{feff}Łódź,1\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&wide, encoding_rs::UTF_16LE), "Łódź,1\n");
        assert_eq!(
            read(b"C\xf4te d'Ivoire", encoding_rs::WINDOWS_1252),
            "Côte d'Ivoire\n"
        );
    }

    /// The start of a text that is looked at ended in an error where it ended within a letter.
    #[test]
    fn a_letter_may_stand_where_the_start_ends() {
        for before in 0..4 {
            let latin: Vec<u8> = [vec![b'a'; before], vec![0xe9; CHUNK]].concat();
            let capture = Capture::new("table.csv", latin);
            let text = Text::new(Unpacked::Plain(&capture), encoding_rs::WINDOWS_1252);
            let start = text.start().unwrap();
            assert!(start.starts_with(&format!("{}é", "a".repeat(before))));
            let whole = text.whole().unwrap();
            assert_eq!(
                whole,
                format!("{}{}\n", "a".repeat(before), "é".repeat(CHUNK))
            );
        }
    }

    #[test]
    fn a_byte_that_is_not_of_the_encoding_is_told_with_its_line() {
        let capture = Capture::new("table.csv", b"a\nb\xff\xff\nc".to_vec());
        let text = Text::new(Unpacked::Plain(&capture), encoding_rs::EUC_JP);
        let error = text.check("table.csv").unwrap_err().to_string();
        assert!(error.contains("byte 4 in line 2"), "{error}");
    }
}
