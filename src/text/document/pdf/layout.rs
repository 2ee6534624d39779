//! From letters at places on a page to lines, and from lines to paragraphs.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

use super::super::LIMIT;
use super::super::prose::Prose;

/// Letters on the lines of a page, in the order in which the page is drawn.
#[derive(Debug, Default)]
pub(super) struct Layout {
    lines: Vec<Line>,
    /// Bytes of all pages, against a page that is drawn without an end.
    written: usize,
    /// Whether a new run of letters begins.
    is_new_run: bool,
}

/// Letters beside each other. Lengths are in points.
#[derive(Debug)]
struct Line {
    text: String,
    end: f64,
    /// How high on the page; greater is higher.
    height: f64,
    /// The size of its letters.
    size: f64,
    /// Whether it has cells beside each other.
    is_row: bool,
}

impl OutputDev for Layout {
    fn begin_page(
        &mut self,
        _page: u32,
        _media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        letter: &str,
    ) -> Result<(), OutputError> {
        // The side of the square that is as large as the letter's box.
        let size =
            (font_size * font_size * (place.m11 * place.m22 - place.m12 * place.m21).abs()).sqrt();
        let (x, height) = (place.m31, place.m32);
        if ![size, x, height, width]
            .iter()
            .all(|number| number.is_finite())
        {
            return Ok(());
        }
        self.written += letter.len();
        if self.written > LIMIT {
            return Err(OutputError::IoError(std::io::Error::other(
                "too many letters",
            )));
        }
        let end = x + width * size;
        let is_new_run = std::mem::replace(&mut self.is_new_run, false);
        if let Some(line) = self
            .lines
            .last_mut()
            .filter(|line| line.continues(x, height, size))
        {
            let gap = (x - line.end) / line.size.max(f64::EPSILON);
            if is_new_run && line.is_cell_apart(gap, letter) {
                line.text.truncate(line.text.trim_end().len());
                line.text.push_str(" | ");
                line.is_row = true;
            } else if is_new_run && gap > SPACE && !line.text.ends_with(' ') {
                line.text.push(' ');
            }
            line.text.push_str(letter);
            line.end = end;
            line.size = line.size.max(size);
        } else {
            self.lines.push(Line {
                text: letter.to_owned(),
                end,
                height,
                size,
                is_row: false,
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.is_new_run = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// A space is wider than this; in sizes of the letters, as the next two.
const SPACE: f64 = 0.15;
/// Between cells there is more than between the words of a line that is stretched to the margin,
const CELL: f64 = 0.8;
/// and between two numbers less is enough: `1 204 403` beside `8 March` is not 12,044,038.
const NUMBERS: f64 = 0.45;

impl Line {
    /// Whether the next letter, so far from the last one, begins a cell.
    fn is_cell_apart(&self, gap: f64, letter: &str) -> bool {
        let text = self.text.trim();
        let is_of_a_list = matches!(
            text,
            "" | "•" | "▪" | "●" | "◦" | "‣" | "-" | "–" | "\u{f0b7}"
        ) || (text.len() <= 4 && text.ends_with(['.', ')']));
        let last = text.chars().next_back();
        let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let are_numbers = is_digit(last) && is_digit(letter.chars().next());
        !is_of_a_list && gap > if are_numbers { NUMBERS } else { CELL }
    }

    /// Whether a letter stands on this line, after its end; marks of footnotes stand a little higher.
    fn continues(&self, x: f64, height: f64, size: f64) -> bool {
        let size = size.max(self.size);
        (height - self.height).abs() < size * 0.5 && x > self.end - size
    }

    /// Whether it is the number of a page.
    fn is_page_number(&self) -> bool {
        let text = self.text.trim().to_lowercase();
        let text = text.strip_prefix("page").unwrap_or(&text).trim();
        let numbers: Vec<&str> = text
            .split([' ', '/', '|', '-', '–'])
            .filter(|word| !word.is_empty())
            .collect();
        let is_number =
            |word: &&str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        match numbers.as_slice() {
            [number] => is_number(number),
            [number, "of", all] => is_number(number) && is_number(all),
            [number, all] => text.contains('/') && is_number(number) && is_number(all),
            _ => false,
        }
    }
}

impl Layout {
    /// Puts the lines of the page that was read into a text, and begins the next one.
    pub(super) fn put_page(&mut self, prose: &mut Prose) {
        let mut lines = std::mem::take(&mut self.lines);
        lines.retain(|line| !line.text.trim().is_empty());
        // Only where nothing stands beyond it is a number that of the page.
        if lines.last().is_some_and(Line::is_page_number) && lines.len() > 1 {
            lines.pop();
        }
        if lines.first().is_some_and(Line::is_page_number) && lines.len() > 1 {
            lines.remove(0);
        }
        let margin = lines
            .iter()
            .map(|line| line.end)
            .fold(f64::NEG_INFINITY, f64::max);
        let leading = leading(&lines);
        prose.paragraph();
        let mut lines = lines.into_iter().peekable();
        while let Some(line) = lines.next() {
            let Some(next) = lines.peek() else {
                prose.add(&line.text);
                break;
            };
            let gap = gap(&line, next, leading, margin);
            let joined = (gap == Gap::Space)
                .then(|| without_hyphen(&line.text, &next.text))
                .flatten();
            prose.add(joined.unwrap_or(&line.text));
            match gap {
                _ if joined.is_some() => {}
                Gap::Space => prose.space(),
                Gap::Line => prose.line(),
                Gap::Paragraph => prose.paragraph(),
            }
        }
        prose.paragraph();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space,
    Line,
    Paragraph,
}

/// The usual distance between the lines of a page, in sizes of their letters.
fn leading(lines: &[Line]) -> f64 {
    const USUAL: f64 = 1.2;
    let mut distances: Vec<f64> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [line, next] => Some((line.height - next.height) / line.size.max(f64::EPSILON)),
            _ => None,
        })
        .filter(|distance| (0.8..2.5).contains(distance))
        .collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(USUAL)
}

/// What stands between two lines.
fn gap(line: &Line, next: &Line, leading: f64, margin: f64) -> Gap {
    let text = line.text.trim_end();
    let is_ended = text.ends_with(['.', '!', '?', ':', ';', '”', '"']);
    let following = next.text.trim_start();
    let is_small = following.starts_with(char::is_lowercase);
    match (line.is_row, next.is_row) {
        (true, true) => return Gap::Line,
        (false, false) => {}
        _ => return Gap::Paragraph,
    }
    if following.starts_with(['•', '▪', '●', '◦', '‣', '\u{f0b7}']) || following.starts_with("- ")
    {
        return Gap::Line;
    }
    let size = line.size.max(next.size).max(f64::EPSILON);
    let is_other_size = (line.size - next.size).abs() > size * 0.15;
    let distance = (line.height - next.height) / size;
    let is_apart = !(0.0..leading * 1.3).contains(&distance);
    if is_other_size || is_apart {
        // The next column, or the next page, may go on within a sentence.
        return if is_small && !is_ended && !is_other_size {
            Gap::Space
        } else {
            Gap::Paragraph
        };
    }
    // A line that the next word would have fitted on was ended by hand.
    const LETTER: f64 = 0.5;
    let word = following
        .split(' ')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    let would_fit = line.end + word as f64 * size * LETTER * 1.5 < margin;
    match (would_fit && !is_small, is_ended) {
        (true, true) => Gap::Paragraph,
        (true, false) => Gap::Line,
        (false, _) => Gap::Space,
    }
}

/// A line without the hyphen at its end, where it parts a word.
fn without_hyphen<'l>(line: &'l str, next: &str) -> Option<&'l str> {
    let stem = line.trim_end().strip_suffix(['-', '\u{2010}', '\u{ad}'])?;
    let is_word = stem.ends_with(char::is_alphabetic);
    (is_word && next.trim_start().starts_with(char::is_lowercase)).then_some(stem)
}
