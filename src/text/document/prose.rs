//! A text that is put together from the pieces of a page: white space folded, lines and paragraphs apart.

use std::ops::Range;

/// What stands between two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Prose {
    text: String,
    /// What will stand before the next piece; the greatest that was asked for.
    gap: Gap,
    /// Whether the last that was added is a line that was broken by hand.
    is_broken: bool,
}

impl Prose {
    /// Adds letters. White space is folded into one space, no-break spaces aside, which part the digits
    /// of numbers.
    pub(super) fn add(&mut self, text: &str) {
        for (at, word) in text.split([' ', '\t', '\n', '\r', '\u{c}']).enumerate() {
            if at > 0 {
                self.space();
            }
            self.add_word(word);
        }
    }

    /// Adds letters whose line ends count.
    pub(super) fn add_lines(&mut self, text: &str) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.line_break();
            }
            self.add(line);
        }
    }

    /// Marks of where a line may be broken are no letters.
    fn add_word(&mut self, word: &str) {
        const INVISIBLE: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];
        for part in word.split(INVISIBLE).filter(|part| !part.is_empty()) {
            self.fill();
            self.text.push_str(part);
        }
    }

    pub(super) fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    pub(super) fn line(&mut self) {
        self.gap = self.gap.max(Gap::Line);
    }

    /// A line that is ended by hand; a second one makes a paragraph, as in old web pages.
    pub(super) fn line_break(&mut self) {
        self.gap = self.gap.max(if self.is_broken {
            Gap::Paragraph
        } else {
            Gap::Line
        });
        self.is_broken = true;
    }

    pub(super) fn paragraph(&mut self) {
        self.gap = Gap::Paragraph;
    }

    /// Parts two cells of a row. An empty cell keeps its place.
    pub(super) fn next_cell(&mut self) {
        self.fill();
        if !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) {
            self.text.push(' ');
        }
        self.text.push('|');
        self.gap = Gap::Space;
    }

    fn fill(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
        self.is_broken = false;
    }

    /// Whether the next piece will stand right behind a letter, a digit or a mark that ends them.
    pub(super) fn is_amid_word(&self) -> bool {
        const ENDS: [char; 9] = ['.', ',', '%', ')', ']', '”', '"', '*', '†'];
        let last = self.text.chars().next_back();
        self.gap == Gap::None
            && last.is_some_and(|last| last.is_alphanumeric() || ENDS.contains(&last))
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The bytes since a mark ([`Self::len`]), without the white space around them.
    pub(super) fn since(&self, mark: usize) -> Range<usize> {
        let added = self.text.get(mark..).unwrap_or_default();
        let start = mark + (added.len() - added.trim_start().len());
        start..self.text.len()
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Digits as they are written above the line, so that the mark of a footnote after a number adds no digit
/// to it. Other letters are as they were.
pub(crate) fn raised(text: &str) -> String {
    let raised = |letter| match letter {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        other => other,
    };
    text.chars().map(raised).collect()
}
