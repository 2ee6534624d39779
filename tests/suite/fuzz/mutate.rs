//! Bytes changed as accidents and enemies change them: the same changes in every run.

use std::io::{Cursor, Read as _, Write as _};

/// The most bytes that a changed input has, unless its seed has more.
const MOST: usize = 1 << 17;

/// A small generator of numbers that only look random.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// A generator that begins at a number of its own.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, which is not zero.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// One of several.
    pub fn one<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }
}

/// Numbers that stand at the edges of what programs count with.
const NUMBERS: [&str; 18] = [
    "0",
    "-1",
    "1",
    "127",
    "255",
    "65536",
    "2147483647",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551616",
    "1e308",
    "1E400",
    "NaN",
    "0.1",
    "99999999999999999999999999999999999999",
];

/// Texts that mean something to some form.
const TOKENS: [&str; 44] = [
    ",",
    ";",
    "\t",
    "|",
    "\"",
    "\"\"",
    "'",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{200f}",
    "\u{a0}",
    "\u{2009}",
    "é",
    "😀",
    "İ",
    "ß",
    "\u{301}",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "&",
    "&#x110000;",
    "=",
    "#",
    "*",
    "%",
    "/",
    "\\",
    "-",
    "–",
    "..",
    ":",
    "T",
    "Z",
    " and ",
    "\u{fffd}",
    "?",
    "+",
];

/// A changed input: of one seed, with pieces of the others and of a list of words.
pub fn mutated(chance: &mut Chance, seeds: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    if chance.below(4) > 0
        && let Some(packed) = within(chance, &bytes, seeds, words)
    {
        return packed;
    }
    let most = MOST.max(bytes.len());
    for _ in 0..=chance.below(6) {
        change(chance, &mut bytes, seeds, words);
        bytes.truncate(most);
    }
    bytes
}

/// A packed seed with a change in what it packs; none where it is not packed.
fn within(chance: &mut Chance, bytes: &[u8], seeds: &[Vec<u8>], words: &[&str]) -> Option<Vec<u8>> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut inner = Vec::new();
        flate2::read::GzDecoder::new(bytes)
            .read_to_end(&mut inner)
            .ok()?;
        change(chance, &mut inner, seeds, words);
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&inner).ok()?;
        return packer.finish().ok();
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let changed = chance.below(archive.len());
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).ok()?;
        let mut inner = Vec::new();
        file.read_to_end(&mut inner).ok()?;
        if at == changed {
            for _ in 0..=chance.below(3) {
                change(chance, &mut inner, seeds, words);
            }
        }
        let name: String = match chance.below(40) {
            0 => "../x".to_owned(),
            1 => String::new(),
            _ => file.name().ok()?.into_owned(),
        };
        if chance.below(40) == 0 {
            continue;
        }
        written.start_file(name, stored).ok()?;
        written.write_all(&inner).ok()?;
    }
    Some(written.finish().ok()?.into_inner())
}

/// A stretch of bytes, at most `longest` long.
fn stretch(chance: &mut Chance, length: usize, longest: usize) -> std::ops::Range<usize> {
    let begin = chance.below(length);
    begin..(begin + 1 + chance.below(longest)).min(length)
}

/// One change.
fn change(chance: &mut Chance, bytes: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[&str]) {
    if bytes.is_empty() {
        bytes.extend(chance.one(&TOKENS).bytes());
        return;
    }
    let length = bytes.len();
    let at = chance.below(length);
    match chance.below(17) {
        0 => bytes[at] ^= 1 << chance.below(8),
        1 => bytes[at] = chance.below(256) as u8,
        2 => bytes.insert(at, chance.below(256) as u8),
        3 => {
            let cut = stretch(chance, length, 12);
            bytes.drain(cut);
        }
        4 => {
            let cut = stretch(chance, length, length);
            bytes.drain(cut);
        }
        5 => {
            let again = bytes[stretch(chance, length, 40)].to_vec();
            let times = 1 + chance.below(20);
            put(bytes, at, &again.repeat(times));
        }
        6 => bytes.truncate(at),
        7 => {
            let other = &seeds[chance.below(seeds.len())];
            if !other.is_empty() {
                let piece = other[stretch(chance, other.len(), 200)].to_vec();
                put(bytes, at, &piece);
            }
        }
        8 => {
            // A part of another seed from here to the end.
            let other = &seeds[chance.below(seeds.len())];
            bytes.truncate(at);
            bytes.extend_from_slice(&other[chance.below(other.len() + 1)..]);
        }
        9 => {
            let token = chance.one(&TOKENS);
            put(bytes, at, token.as_bytes());
        }
        10 | 11 if !words.is_empty() => {
            let word = chance.one(words);
            put(bytes, at, word.as_bytes());
        }
        12 | 13 => number(chance, bytes, at),
        14 => lines(chance, bytes),
        15 => {
            // A whole number of four bytes, as binary forms have them.
            let edge = [0, 1, 0x7fff_ffff, u32::MAX, 0x8000_0000, 0xffff][chance.below(6)];
            let edge: u32 = edge;
            for (place, byte) in bytes[at..].iter_mut().zip(edge.to_le_bytes()) {
                *place = byte;
            }
        }
        _ => {
            let (from, to) = (stretch(chance, length, 24), chance.below(length));
            let piece: Vec<u8> = bytes.drain(from).collect();
            let to = to.min(bytes.len());
            put(bytes, to, &piece);
        }
    }
}

fn put(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}

/// Puts another number in the place of the digits at or after a byte.
fn number(chance: &mut Chance, bytes: &mut Vec<u8>, at: usize) {
    let Some(begin) = bytes[at..].iter().position(u8::is_ascii_digit) else {
        return;
    };
    let begin = at + begin;
    let long = bytes[begin..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit());
    let end = begin + long.count();
    let stead = match chance.below(4) {
        0 => format!("{}", chance.below(3000)),
        1 => {
            let digits = String::from_utf8_lossy(&bytes[begin..end]).into_owned();
            let mark = chance.one(&[",", ".", " ", "\u{202f}", "'", "-", "/"]);
            let inside = chance.below(digits.len() + 1);
            format!("{}{mark}{}", &digits[..inside], &digits[inside..])
        }
        _ => chance.one(&NUMBERS).to_owned(),
    };
    bytes.splice(begin..end, stead.bytes());
}

/// Swaps, doubles or drops lines, or swaps fields of one.
fn lines(chance: &mut Chance, bytes: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = bytes
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    let (one, other) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(4) {
        0 => lines.swap(one, other),
        1 => {
            let again = lines[one].clone();
            lines.insert(other, again);
        }
        2 => {
            lines.remove(one);
        }
        _ => {
            let mark = [b',', b';', b'\t', b'|', b' '][chance.below(5)];
            let mut fields: Vec<&[u8]> = lines[one].split(|byte| *byte == mark).collect();
            let (left, right) = (chance.below(fields.len()), chance.below(fields.len()));
            fields.swap(left, right);
            lines[one] = fields.join(&mark);
        }
    }
    *bytes = lines.join(&b'\n');
}
