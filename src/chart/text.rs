//! Lines of text with a place, and how long texts are broken into lines.

use chrono::NaiveDate;

use super::font;
use super::palette::Colour;
use super::script::{self, Direction};

/// Distance between two baselines, in sizes of type.
pub const LEADING: f64 = 1.25;

/// Which end of a text its `x` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// One line of text with its place in px.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// What it says.
    pub content: String,
    /// What it is, such as `title` or `tick-x`; its class in the SVG.
    pub class: &'static str,
    /// Place of the anchor from the left.
    pub x: f64,
    /// Place of the baseline from the top.
    pub baseline: f64,
    /// Size of type.
    pub size: f64,
    /// Bold, else regular.
    pub bold: bool,
    /// Colour.
    pub colour: Colour,
    /// Which end `x` is.
    pub anchor: Anchor,
    /// Which way it runs.
    pub direction: Direction,
    /// Whether a white outline keeps it clear of what lies under it.
    pub halo: bool,
    /// The day that a label of the time axis stands for.
    pub date: Option<NaiveDate>,
}

/// A rectangle in px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Rect {
    /// Width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether two rectangles share more than an edge of a tenth of a px.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left + 0.1 < other.right
            && other.left + 0.1 < self.right
            && self.top + 0.1 < other.bottom
            && other.top + 0.1 < self.bottom
    }

    /// Whether a straight stroke between two places passes through it.
    pub fn is_crossed(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (start, end, low, high) in [
            (from.0, to.0, self.left, self.right),
            (from.1, to.1, self.top, self.bottom),
        ] {
            let length = end - start;
            if length.abs() < 1e-9 {
                if start <= low || start >= high {
                    return false;
                }
                continue;
            }
            let (a, b) = ((low - start) / length, (high - start) / length);
            enter = enter.max(a.min(b));
            leave = leave.min(a.max(b));
        }
        enter < leave
    }
}

impl Text {
    /// A regular text that begins at `x`.
    pub fn new(
        class: &'static str,
        content: impl Into<String>,
        (x, baseline): (f64, f64),
        size: f64,
        colour: Colour,
    ) -> Self {
        Self {
            content: content.into(),
            class,
            x,
            baseline,
            size,
            bold: false,
            colour,
            anchor: Anchor::Start,
            direction: Direction::LeftToRight,
            halo: false,
            date: None,
        }
    }

    /// Width in px.
    pub fn width(&self) -> f64 {
        font::width(&self.content, self.size, self.bold)
    }

    /// The rectangle that its letters stay within: capitals and descenders, not the leading.
    pub fn bounds(&self) -> Rect {
        let width = self.width();
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        Rect {
            left,
            top: self.baseline - font::ASCENT * self.size,
            right: left + width,
            bottom: self.baseline + font::descent(&self.content) * self.size,
        }
    }
}

/// Whether a line may be broken at a character: a blank, but not one that holds a number together
/// or a colon to its word.
fn is_blank(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// One space for every run of blanks within a line; line feeds stay.
pub fn tidy(text: &str) -> String {
    text.lines()
        .map(one_line)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// As [`tidy`], with every line feed turned into a space.
pub fn one_line(text: &str) -> String {
    text.split(is_blank)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Breaks a text into lines no wider than `limit`, at spaces, after hyphens and slashes, and only
/// a word that is wider than a line within itself.
pub fn wrap(text: &str, size: f64, bold: bool, limit: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in tidy(text).lines() {
        let mut line = String::new();
        for word in pieces(paragraph) {
            let joined = format!("{line}{word}");
            if font::width(joined.trim_end(), size, bold) <= limit {
                line = joined;
                continue;
            }
            push(&mut lines, &line);
            line = word;
            while font::width(line.trim_end(), size, bold) > limit && line.chars().count() > 1 {
                let (head, tail) = cut(&line, size, bold, limit);
                lines.push(head);
                line = tail;
            }
        }
        push(&mut lines, &line);
    }
    lines
}

fn push(lines: &mut Vec<String>, line: &str) {
    let line = line.trim_end();
    if !line.is_empty() {
        lines.push(line.to_owned());
    }
}

/// Parts between which a line may be broken, each with the blank that follows it. A day stays
/// with its month and a short number with its unit: `24 February`, `5.95 million`.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut joins = false;
    for part in text.split_inclusive([' ', '-', '/']) {
        match pieces.last_mut() {
            Some(last) if joins => last.push_str(part),
            _ => pieces.push(part.to_owned()),
        }
        let number = part.strip_suffix(' ').unwrap_or_default();
        // Months have two names in Arabic, with a slash between them.
        joins = is_short_number(number) || part.ends_with('/') && script::has_arabic(part);
    }
    pieces
}

/// A day of a month, or a number with a fraction: `24`, `5.95`, `5,95`. Three digits after a comma
/// are thousands.
fn is_short_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match (text.split_once('.'), text.split_once(',')) {
        (Some((whole, fraction)), _) => digits(whole) && digits(fraction),
        (_, Some((whole, fraction))) => digits(whole) && digits(fraction) && fraction.len() != 3,
        _ => digits(text) && text.len() < 3,
    }
}

/// The longest head of a word that fits, at least one letter, and the rest.
fn cut(word: &str, size: f64, bold: bool, limit: f64) -> (String, String) {
    let mut end = word.chars().next().map_or(0, char::len_utf8);
    for (at, character) in word.char_indices().skip(1) {
        // A mark stays with its letter.
        if matches!(u32::from(character), 0x064b..=0x065f | 0x0670) {
            end = at + character.len_utf8();
            continue;
        }
        if font::width(&word[..at + character.len_utf8()], size, bold) > limit {
            break;
        }
        end = at + character.len_utf8();
    }
    let (head, tail) = word.split_at(end);
    (head.to_owned(), tail.to_owned())
}

/// As [`wrap`], but with lines of nearly equal length: no word is left alone on the last line.
pub fn wrap_evenly(text: &str, size: f64, bold: bool, limit: f64) -> Vec<String> {
    let lines = wrap(text, size, bold, limit);
    if lines.len() < 2 || text.contains('\n') {
        return lines;
    }
    let (mut low, mut high) = (limit / 2.0, limit);
    for _ in 0..8 {
        let middle = f64::midpoint(low, high);
        if wrap(text, size, bold, middle).len() > lines.len() {
            low = middle;
        } else {
            high = middle;
        }
    }
    wrap(text, size, bold, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_where_they_can() {
        let lines = wrap("Bolivia (Plurinational State of)", 13.0, true, 120.0);
        assert_eq!(lines, ["Bolivia", "(Plurinational", "State of)"]);
        assert_eq!(wrap("a\n  b", 13.0, false, 100.0), ["a", "b"]);
        assert_eq!(wrap("", 13.0, false, 100.0), Vec::<String>::new());
        let (together, apart) = ("Note\u{a0}: 5,95 M", "1\u{202f}412\u{202f}503");
        assert_eq!(wrap(together, 13.0, false, 45.0), ["Note\u{a0}:", "5,95 M"]);
        assert_eq!(wrap(apart, 13.0, false, 500.0), [apart]);
        let month = "9 آذار/مارس";
        let limit = font::width(month, 13.0, false) + 1.0;
        assert_eq!(
            wrap(&format!("في {month}"), 13.0, false, limit),
            ["في", month]
        );
        assert!(wrap("Donaudampfschifffahrt", 13.0, false, 60.0).len() > 1);
    }

    #[test]
    fn strokes_through_a_rectangle() {
        let rect = Rect {
            left: 10.0,
            top: 10.0,
            right: 20.0,
            bottom: 20.0,
        };
        assert!(rect.is_crossed((0.0, 0.0), (30.0, 30.0)));
        assert!(!rect.is_crossed((0.0, 15.0), (9.0, 15.0)));
        assert!(!rect.is_crossed((0.0, 10.0), (30.0, 10.0)));
    }
}
