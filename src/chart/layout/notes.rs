//! Words that explain the marks of several kinds of chart.

use super::Theme;

/// Adds a note where it is needed.
pub fn push(notes: &mut Vec<String>, needed: bool, note: &str) {
    if needed {
        notes.push(note.to_owned());
    }
}

/// Which of three notes explains what is not firm: on what is provisional, on what is read from
/// text, or on both.
pub fn not_firm(provisional: bool, prose: bool, notes: [&str; 3]) -> Option<&str> {
    match (provisional, prose) {
        (true, true) => Some(notes[2]),
        (true, false) => Some(notes[0]),
        (false, true) => Some(notes[1]),
        (false, false) => None,
    }
}

/// Says how many figures were revised.
pub fn revised(notes: &mut Vec<String>, count: usize, theme: &Theme) {
    if count > 0 {
        let words = &theme.words().marks;
        notes.push(theme.language.counted(&words.revised, count));
    }
}
