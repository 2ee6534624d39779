//! Words that explain the marks of several kinds of chart.

/// Adds a note where it is needed.
pub fn push(notes: &mut Vec<String>, needed: bool, note: &str) {
    if needed {
        notes.push(note.to_owned());
    }
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
