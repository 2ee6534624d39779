//! Words that explain the marks of several kinds of chart.

use crate::chart::spec::Marks;

/// Explains the arrow at the end of a bar or column.
pub const AT_LEAST: &str = "Arrow: at least this many";

/// Adds a note where it is needed.
pub fn push(notes: &mut Vec<String>, needed: bool, note: &str) {
    if needed {
        notes.push(note.to_owned());
    }
}

/// Explains the marks of numbers that are drawn as points of lines.
pub fn of_points(notes: &mut Vec<String>, marks: &[Marks]) {
    let any = |test: fn(&Marks) -> bool| marks.iter().any(test);
    let hollow = match (any(|m| m.provisional), any(|m| m.prose)) {
        (true, true) => "Hollow points: provisional, or read from text and not from a dataset",
        (true, false) => "Hollow points: provisional",
        (false, _) => "Hollow points: read from text, not from a dataset",
    };
    push(notes, any(|m| m.provisional || m.prose), hollow);
    push(notes, any(|m| m.estimated), "Dashed: estimated");
    push(notes, any(|m| m.projected), "Dotted: projected");
}

/// Explains the marks of numbers that are drawn as points on stems.
pub fn of_stems(notes: &mut Vec<String>, marks: &[Marks]) {
    let any = |test: fn(&Marks) -> bool| marks.iter().any(test);
    let firm: Vec<Marks> = marks
        .iter()
        .map(|marks| Marks {
            estimated: false,
            projected: false,
            ..*marks
        })
        .collect();
    of_points(notes, &firm);
    push(
        notes,
        any(|m| m.estimated),
        "Hollow points on dashed stems: estimated",
    );
    push(
        notes,
        any(|m| m.projected),
        "Hollow points on dotted stems: projected",
    );
    push(notes, any(|m| m.at_least), AT_LEAST);
}

/// Explains the marks of numbers that are drawn as areas: bars, columns and their parts.
pub fn of_areas(notes: &mut Vec<String>, marks: &[Marks]) {
    let any = |test: fn(&Marks) -> bool| marks.iter().any(test);
    push(notes, any(|m| m.estimated), "Broken edge: estimated");
    push(notes, any(|m| m.projected), "Dotted edge: projected");
    push(notes, any(|m| m.provisional), "Pale: provisional");
    push(
        notes,
        any(|m| m.prose),
        "Pale: read from text, not from a dataset",
    );
    push(notes, any(|m| m.at_least), AT_LEAST);
}

/// Says that ranges are drawn as whiskers.
pub fn whiskers(notes: &mut Vec<String>, needed: bool) {
    push(notes, needed, "Thin lines: range from low to high");
}

/// Says how many figures were revised.
pub fn revised(notes: &mut Vec<String>, count: usize) {
    match count {
        0 => {}
        1 => notes
            .push("One figure was revised by its source since it was first published".to_owned()),
        _ => notes.push(format!(
            "{count} figures were revised by their source since they were first published"
        )),
    }
}
