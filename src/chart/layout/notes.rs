//! What the marks of a chart mean, in words, for the note under it.

use crate::chart::spec::{ChartKind, Line, Marks};

/// Sentences for every mark that the chart uses.
pub fn of(kind: &ChartKind) -> Vec<String> {
    match kind {
        ChartKind::Line { lines, .. } => of_lines(lines),
        ChartKind::Bars { bars, .. } => {
            let any = |test: fn(&Marks) -> bool| bars.iter().any(|bar| test(&bar.marks));
            let mut notes = Vec::new();
            push(&mut notes, any(|m| m.estimated), "Broken edge: estimated");
            push(&mut notes, any(|m| m.projected), "Dotted edge: projected");
            push(&mut notes, any(|m| m.provisional), "Pale: provisional");
            push(
                &mut notes,
                any(|m| m.prose),
                "Pale: read from text, not from a dataset",
            );
            push(&mut notes, any(|m| m.at_least), "Arrow: at least this many");
            push(
                &mut notes,
                bars.iter()
                    .any(|bar| bar.low.is_some() && bar.high.is_some()),
                "Thin lines: range from low to high",
            );
            revised(
                &mut notes,
                bars.iter().filter(|bar| bar.marks.revised).count(),
            );
            notes
        }
        ChartKind::Flow { .. } => Vec::new(),
    }
}

fn of_lines(lines: &[Line]) -> Vec<String> {
    let points = || lines.iter().flat_map(|line| &line.points);
    let shown = || points().filter(|point| point.value.is_some());
    let any = |test: fn(&Marks) -> bool| shown().any(|point| test(&point.marks));
    let mut notes = Vec::new();
    match (any(|m| m.provisional), any(|m| m.prose)) {
        (true, true) => {
            push(
                &mut notes,
                true,
                "Hollow points: provisional, or read from text and not from a dataset",
            );
        }
        (true, false) => push(&mut notes, true, "Hollow points: provisional"),
        (false, true) => push(
            &mut notes,
            true,
            "Hollow points: read from text, not from a dataset",
        ),
        (false, false) => {}
    }
    push(&mut notes, any(|m| m.estimated), "Dashed: estimated");
    push(&mut notes, any(|m| m.projected), "Dotted: projected");
    let whole = |line: &&Line| super::series::is_lower_bound(&line.points);
    let some = lines.iter().filter(|line| !whole(line));
    let some = some
        .flat_map(|line| &line.points)
        .any(|p| p.value.is_some() && p.marks.at_least);
    push(&mut notes, some, "Upward arrows: at least this many");
    let whole = !some && lines.iter().any(|line| whole(&line));
    push(
        &mut notes,
        whole,
        "Arrow at the end of a line: at least this many throughout",
    );
    push(
        &mut notes,
        points().any(|point| point.low.is_some() && point.high.is_some()),
        "Shaded: range from low to high",
    );
    push(
        &mut notes,
        lines.iter().any(has_gap),
        "Where a line is broken there is no figure",
    );
    revised(
        &mut notes,
        shown().filter(|point| point.marks.revised).count(),
    );
    notes
}

/// Whether a line has values on both sides of a missing one.
pub fn has_gap(line: &Line) -> bool {
    let mut points: Vec<_> = line.points.iter().collect();
    points.sort_by_key(|point| point.date);
    let present: Vec<bool> = points.iter().map(|point| point.value.is_some()).collect();
    let (first, last) = (
        present.iter().position(|p| *p),
        present.iter().rposition(|p| *p),
    );
    first
        .zip(last)
        .is_some_and(|(first, last)| present[first..last].contains(&false))
}

fn push(notes: &mut Vec<String>, needed: bool, note: &str) {
    if needed {
        notes.push(note.to_owned());
    }
}

fn revised(notes: &mut Vec<String>, count: usize) {
    match count {
        0 => {}
        1 => notes
            .push("One figure was revised by its source since it was first published".to_owned()),
        _ => notes.push(format!(
            "{count} figures were revised by their source since they were first published"
        )),
    }
}
