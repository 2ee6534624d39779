//! Words that explain the marks of several kinds of chart.

use super::Theme;
use crate::chart::spec::{Amount, Marks};

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

/// Explains the marks of numbers that are drawn as points of lines.
pub fn of_points(notes: &mut Vec<String>, marks: &[Marks], theme: &Theme) {
    let any = |test: fn(&Marks) -> bool| marks.iter().any(test);
    let words = &theme.words().line;
    let hollow = [words.provisional, words.prose, words.provisional_or_prose];
    let hollow = not_firm(any(|m| m.provisional), any(|m| m.prose), hollow);
    notes.extend(hollow.map(str::to_owned));
    push(notes, any(|m| m.estimated), words.estimated);
    push(notes, any(|m| m.projected), words.projected);
}

/// Explains the marks of numbers that are drawn as points on stems.
pub fn of_stems(notes: &mut Vec<String>, marks: &[Marks], theme: &Theme) {
    let any = |test: fn(&Marks) -> bool| marks.iter().any(test);
    let firm: Vec<Marks> = marks
        .iter()
        .map(|marks| Marks {
            estimated: false,
            projected: false,
            ..*marks
        })
        .collect();
    of_points(notes, &firm, theme);
    let words = &theme.words().bars;
    push(notes, any(|m| m.estimated), words.stem_estimated);
    push(notes, any(|m| m.projected), words.stem_projected);
    push(notes, any(|m| m.at_least), words.at_least);
}

/// Explains the marks of numbers that are drawn as areas: bars, columns and their parts.
pub fn of_areas(notes: &mut Vec<String>, marks: &[Marks], theme: &Theme) {
    let any = |test: fn(&Marks) -> bool| marks.iter().any(test);
    let words = &theme.words().bars;
    push(notes, any(|m| m.estimated), words.estimated);
    push(notes, any(|m| m.projected), words.projected);
    push(notes, any(|m| m.provisional), words.provisional);
    push(notes, any(|m| m.prose), words.prose);
    push(notes, any(|m| m.at_least), words.at_least);
}

/// Says that ranges are drawn as whiskers.
pub fn whiskers(notes: &mut Vec<String>, needed: bool, theme: &Theme) {
    push(notes, needed, theme.words().bars.range);
}

/// Says how many figures were revised.
pub fn revised(notes: &mut Vec<String>, count: usize, theme: &Theme) {
    if count > 0 {
        let words = &theme.words().marks;
        notes.push(theme.language.counted(&words.revised, count));
    }
}

/// Explains all marks of numbers that are drawn as areas with whiskers.
pub fn of_amounts<'a>(amounts: impl Iterator<Item = &'a Amount>, theme: &Theme) -> Vec<String> {
    let amounts: Vec<&Amount> = amounts.collect();
    let shown = amounts.iter().filter(|amount| amount.value.is_some());
    let marks: Vec<Marks> = shown.map(|amount| amount.marks).collect();
    let mut said = Vec::new();
    of_areas(&mut said, &marks, theme);
    let ranges = |amount: &&Amount| amount.low.is_some() && amount.high.is_some();
    whiskers(&mut said, amounts.iter().any(ranges), theme);
    let revised = marks.iter().filter(|marks| marks.revised).count();
    self::revised(&mut said, revised, theme);
    said
}
