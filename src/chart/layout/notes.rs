//! Words that explain the marks of several kinds of chart.

use super::Theme;

/// Adds a note where it is needed.
pub fn push(notes: &mut Vec<String>, needed: bool, note: &str) {
    if needed {
        notes.push(note.to_owned());
    }
}

/// Says how many figures were revised.
pub fn revised(notes: &mut Vec<String>, count: usize, theme: &Theme) {
    if count > 0 {
        let words = &theme.words().marks;
        notes.push(theme.language.counted(&words.revised, count));
    }
}
