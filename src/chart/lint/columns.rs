//! What is peculiar to columns: each is a group of the picture, named by its place.

use super::Case;
use super::message::squeezed;
use super::picture::Shape;
use crate::chart::calendar::is_calendar_aligned;
use crate::chart::kind::{Arrangement, ChartKind, ColumnChart, Places};
use crate::chart::spec::Amount;
use crate::chart::text::Rect;
use crate::chart::words::fill;

/// Columns that stand on one line or on one another may miss it by so many px.
const NEAR: f64 = 0.25;

/// Points 4, 7 to 9, 11 and 13: columns start at zero, and show what is known of their numbers.
pub(super) fn honest(case: &mut Case, chart: &ColumnChart) {
    zero(case);
    let stacked = chart.arrangement != Arrangement::Grouped && chart.series.len() > 1
        || chart.arrangement == Arrangement::Share;
    marks(case, chart, stacked);
    places(case, chart);
    let labels = super::message::squeezed(&case.picture.joined("label"));
    if let [_, _, ..] = chart.series.as_slice() {
        for series in &chart.series {
            let named = labels.contains(&super::message::squeezed(&series.label));
            case.expect(
                13,
                named,
                format!("`{}` has no name beside its columns", series.label),
            );
        }
    }
}

/// Each column begins at the zero line, each part of a stack there or at the part below it.
fn zero(case: &mut Case) {
    let Some(zero) = case.picture.shapes_of("zero").next().map(Shape::bounds) else {
        case.object(4, "there is no zero line");
        return;
    };
    let bars: Vec<Rect> = case.picture.shapes_of("bar").map(Shape::bounds).collect();
    let stands = |bar: &Rect| {
        (bar.bottom - zero.top).abs() < NEAR
            || (bar.top - zero.top).abs() < NEAR
            || bars.iter().any(|other| {
                (other.left - bar.left).abs() < NEAR && (other.top - bar.bottom).abs() < NEAR
            })
    };
    let loose = bars.iter().filter(|bar| !stands(bar)).count();
    case.expect(
        4,
        loose == 0,
        format!("{loose} columns do not begin at zero"),
    );
}

/// What is not firm looks different, and no place without a figure has a column.
fn marks(case: &mut Case, chart: &ColumnChart, stacked: bool) {
    let count = |class: &str| case.picture.shapes_of(class).count();
    let drawn = (count("edge"), count("at-least"), count("whisker"));
    let heights: Vec<f64> = case
        .picture
        .shapes_of("bar")
        .map(|bar| bar.bounds().height())
        .collect();
    let highest = heights.iter().copied().fold(0.0, f64::max);
    let amounts = || chart.series.iter().flat_map(|series| &series.amounts);
    let largest = amounts()
        .filter_map(|amount| amount.value)
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    // A column lower than a px shows no edge.
    let seen = |amount: &&Amount| {
        amount
            .value
            .is_some_and(|value| value.abs() * highest > 3.0 * largest)
    };
    let uncertain = amounts()
        .filter(seen)
        .filter(|amount| {
            let marks = amount.marks;
            marks.estimated || marks.projected || marks.provisional || marks.prose
        })
        .count();
    case.expect(
        7,
        drawn.0 >= uncertain,
        "values that are not firm look like firm ones",
    );
    let bounds = amounts().filter(|amount| amount.value.is_some() && amount.marks.at_least);
    // A stack has one arrow for all its parts, and shares have none.
    let wanted = match (chart.arrangement, stacked) {
        (Arrangement::Share, _) => 0,
        (_, true) => bounds.count().min(1),
        (_, false) => bounds.count(),
    };
    case.expect(
        9,
        drawn.1 >= wanted,
        "a lower bound looks like a firm value",
    );
    // A range of less than a hair beside the largest number cannot be seen.
    let largest = amounts()
        .flat_map(|amount| [amount.value, amount.low, amount.high])
        .flatten()
        .fold(0.0_f64, |largest, number| largest.max(number.abs()));
    let ranges = amounts()
        .filter_map(|amount| amount.high.zip(amount.low))
        .filter(|(high, low)| high - low > largest / 1500.0)
        .count();
    case.expect(9, stacked || drawn.2 >= ranges, "a range is not drawn");
    let known = amounts().filter(|amount| amount.value.is_some()).count();
    case.expect(
        8,
        heights.len() <= known,
        "there is a column where there is no figure",
    );
    let empty = amounts().any(|amount| !amount.is_known());
    let said = case.picture.joined("value") + &case.picture.joined("note");
    let said = squeezed(&said).to_lowercase();
    let words = case.theme.words();
    let none = fill(words.movement.missing, &[""]);
    let texts = [
        words.numbers.no_figure.to_owned(),
        none.trim().trim_end_matches(':').to_owned(),
        words.columns.missing.to_owned(),
        fill(words.columns.missing_parts, &[""]),
    ];
    case.expect(
        8,
        !empty
            || texts
                .iter()
                .any(|text| said.contains(&squeezed(text).to_lowercase())),
        "a column without a figure does not say so",
    );
}

/// Labelled days are those of columns or calendar days, and labels stand under their columns.
fn places(case: &mut Case, chart: &ColumnChart) {
    let Places::Days(days) = &chart.places else {
        return;
    };
    let (left, right) = (case.theme.margin, case.picture.width - case.theme.margin);
    let mut labelled = Vec::new();
    let mut astray = 0;
    let at_edge = |bounds: Rect| bounds.left <= left + 0.5 || bounds.right >= right - 0.5;
    for one in case.picture.of_class("tick-x") {
        let Some(date) = one.text.date else { continue };
        labelled.push(date);
        // A label of two lines keeps within the margin as one.
        let mut lines = case.picture.of_class("tick-x");
        let moved = lines.any(|line| line.text.date == Some(date) && at_edge(line.text.bounds()));
        let column = column_at(case, &date.to_string()).filter(|_| chart.series.len() == 1);
        let off = |column: Rect| (one.text.x - f64::midpoint(column.left, column.right)).abs();
        astray += usize::from(!moved && column.is_some_and(|column| off(column) > 0.6));
    }
    labelled.dedup();
    case.expect(
        11,
        astray == 0,
        format!("{astray} days are not under their columns"),
    );
    let own = labelled.iter().all(|day| days.contains(day));
    case.expect(
        11,
        own || is_calendar_aligned(&labelled),
        "the labelled days are neither days of columns nor starts of weeks, months or years",
    );
    case.expect(11, !labelled.is_empty(), "the time axis has no labels");
}

/// The columns at one place, all together.
fn column_at(case: &Case, place: &str) -> Option<Rect> {
    groups(case)
        .into_iter()
        .find_map(|(label, bounds)| (label == place).then_some(bounds))
}

/// Place and bounds of each group of columns.
fn groups(case: &Case) -> Vec<(String, Rect)> {
    let mut groups: Vec<(String, Rect)> = Vec::new();
    for bar in case.picture.shapes_of("bar") {
        let label = bar.label.clone().unwrap_or_default();
        let bounds = bar.bounds();
        let beside = |all: &Rect| bounds.left < all.right + 2.0 * case.theme.scale;
        match groups
            .last_mut()
            .filter(|(last, all)| *last == label && beside(all))
        {
            Some((_, all)) => {
                *all = Rect {
                    left: all.left.min(bounds.left),
                    top: all.top.min(bounds.top),
                    right: all.right.max(bounds.right),
                    bottom: all.bottom.max(bounds.bottom),
                };
            }
            None => groups.push((label, bounds)),
        }
    }
    groups
}

/// Points 14, 22 and 23: gaps, and values at columns or at an axis but not both.
pub(super) fn craft(case: &mut Case) {
    let ChartKind::Columns(chart) = &case.spec.kind else {
        return;
    };
    let has = |class: &str| case.picture.of_class(class).next().is_some();
    let both = has("value") && has("tick-y");
    case.expect(
        22,
        !both,
        "values stand at the columns and at an axis as well",
    );
    let groups = groups(case);
    let pitches = groups
        .windows(2)
        .map(|pair| pair[1].1.left - pair[0].1.left);
    let pitch = pitches.fold(f64::INFINITY, f64::min);
    let widest = groups
        .iter()
        .map(|(_, bounds)| bounds.width())
        .fold(0.0, f64::max);
    // Columns of a series that lacks its neighbours stand anywhere within their slot.
    let whole = chart.series.len() == 1 || chart.arrangement != Arrangement::Grouped;
    if pitch.is_finite() && whole {
        let gap = 1.0 - widest / pitch;
        let most = if chart.places.len() == groups.len() && is_even(&groups) {
            0.41
        } else {
            1.0
        };
        case.expect(
            23,
            (0.1..=most).contains(&gap),
            format!(
                "the gap between columns is {:.0}% of their room",
                gap * 100.0
            ),
        );
    }
    let bars: Vec<Rect> = case.picture.shapes_of("bar").map(Shape::bounds).collect();
    let covered: Vec<String> = case
        .picture
        .texts
        .iter()
        .filter(|one| bars.iter().any(|bar| one.text.bounds().overlaps(bar)))
        .filter(|one| one.class != "tick-y")
        .map(|one| format!("`{}` lies on a column", one.text.content))
        .collect();
    for message in covered {
        case.object(14, message);
    }
}

fn is_even(groups: &[(String, Rect)]) -> bool {
    let pitches: Vec<f64> = groups
        .windows(2)
        .map(|pair| pair[1].1.left - pair[0].1.left)
        .collect();
    let least = pitches.iter().copied().fold(f64::INFINITY, f64::min);
    let most = pitches.iter().copied().fold(0.0, f64::max);
    most - least < 0.3
}
