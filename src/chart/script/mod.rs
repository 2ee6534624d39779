//! Scripts that are read from right to left: which way a text runs, and how an SVG says so.
//!
//! Readers of SVG disagree on the attribute `direction` (resvg passes over it, and it turns round what
//! `text-anchor` means where it is known), but all of them follow Unicode's algorithm for text of both
//! directions. So the way of a line stands in the line itself, as characters without width, and only
//! where the line would look otherwise without them.

pub mod shape;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use super::words::Language;

/// Makes what follows run from right to left, up to [`END`].
const RIGHT_TO_LEFT: char = '\u{202b}';
/// Ends what began with [`RIGHT_TO_LEFT`].
const END: char = '\u{202c}';
/// Makes what follows run from left to right, as one thing among its neighbours, up to [`END_ALONE`].
const ALONE: char = '\u{2066}';
/// Ends what began with [`ALONE`].
const END_ALONE: char = '\u{2069}';
/// Holds a sign to the number on its side.
const LATIN_MARK: char = '\u{200e}';

/// Which way a line of text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// As English.
    #[default]
    LeftToRight,
    /// As Arabic.
    RightToLeft,
}

impl Direction {
    /// The way of a text within a chart of a language. In a chart that is read from right to left,
    /// texts of other letters alone keep their own way.
    pub fn of(text: &str, language: Language) -> Self {
        if !language.is_right_to_left() {
            return Self::LeftToRight;
        }
        let letters = |class: &[BidiClass]| text.chars().any(|c| class.contains(&bidi_class(c)));
        if letters(&[BidiClass::L]) && !letters(&[BidiClass::R, BidiClass::AL]) {
            Self::LeftToRight
        } else {
            Self::RightToLeft
        }
    }
}

/// Whether a character is of the Arabic script.
pub fn is_arabic(character: char) -> bool {
    matches!(
        u32::from(character),
        0x0600..=0x06ff | 0x0750..=0x077f | 0x0870..=0x08ff | 0xfb50..=0xfdff | 0xfe70..=0xfefc
    )
}

/// Whether a text holds Arabic script, so that it is drawn with the face for it.
pub fn has_arabic(text: &str) -> bool {
    text.chars().any(is_arabic)
}

/// Whether a character only says how its neighbours are written, and has no width.
pub fn is_mark(character: char) -> bool {
    matches!(
        u32::from(character),
        0x200b..=0x200f | 0x061c | 0x2066..=0x2069
    )
}

/// A line as it is written into the SVG: with the marks that make it run its way.
pub fn written(text: &str, direction: Direction) -> Cow<'_, str> {
    if direction == Direction::LeftToRight {
        return Cow::Borrowed(text);
    }
    let signed = with_signs_held(text);
    let turns = reordered(&signed, Level::ltr()) != reordered(&signed, Level::rtl());
    if turns {
        Cow::Owned(format!("{RIGHT_TO_LEFT}{signed}{END}"))
    } else if *signed == *text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(signed)
    }
}

/// A line without the marks of [`written`] and [`alone`].
pub fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| ![RIGHT_TO_LEFT, END, ALONE, END_ALONE, LATIN_MARK].contains(c))
        .collect()
}

/// A text of other letters as one thing within a paragraph that runs from right to left; one that
/// runs that way itself stays as it is.
pub fn alone(text: String, language: Language) -> String {
    if language.is_right_to_left() && Direction::of(&text, language) == Direction::LeftToRight {
        format!("{ALONE}{text}{END_ALONE}")
    } else {
        text
    }
}

/// Closes what [`alone`] opened at the end of each line that it was broken into, and opens it again.
pub fn close_at_breaks(lines: &mut [String]) {
    let mut open = false;
    for line in lines {
        if open {
            line.insert(0, ALONE);
        }
        let count = |mark: char| line.chars().filter(|c| *c == mark).count();
        open = count(ALONE) > count(END_ALONE);
        if open {
            line.push(END_ALONE);
        }
    }
}

/// The characters of a line from left to right.
fn reordered(text: &str, base: Level) -> String {
    let info = BidiInfo::new(text, Some(base));
    info.paragraphs.first().map_or_else(String::new, |all| {
        info.reorder_line(all, all.range.clone()).into_owned()
    })
}

/// Signs before a number stay on its left, and a per cent sign stays on its right, as the Unicode
/// consortium writes numbers in Arabic.
fn with_signs_held(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut last = ' ';
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let before_digit = rest.peek().is_some_and(char::is_ascii_digit);
        let begins = !last.is_alphanumeric();
        match character {
            '\u{2212}' | '+' | '-' if before_digit && begins => {
                out.extend([LATIN_MARK, character]);
            }
            '%' if last.is_ascii_digit() => out.extend([LATIN_MARK, '%', LATIN_MARK]),
            _ => out.push(character),
        }
        last = character;
    }
    out
}
