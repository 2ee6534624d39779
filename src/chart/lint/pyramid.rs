//! What is peculiar to pyramids: two sides that begin at lines of their own, on one scale.

use super::Case;
use super::picture::Shape;
use crate::chart::kind::{AgeGroup, PyramidChart};
use crate::chart::spec::Amount;
use crate::chart::text::Rect;

/// Points 4, 7 to 9, 12 and 13.
pub(super) fn honest(case: &mut Case, chart: &PyramidChart) {
    let zeros: Vec<f64> = case
        .picture
        .shapes_of("zero")
        .map(|zero| zero.bounds().left)
        .collect();
    let bars: Vec<Rect> = case.picture.shapes_of("bar").map(Shape::bounds).collect();
    let stands = |bar: &Rect| {
        let near = |x: f64| (bar.left - x).abs() < 0.25 || (bar.right - x).abs() < 0.25;
        zeros.iter().any(|zero| near(*zero))
    };
    let loose = bars.iter().filter(|bar| !stands(bar)).count();
    case.expect(4, loose == 0, format!("{loose} bars do not begin at zero"));
    case.expect(4, zeros.len() == 2, "a side has no zero line");

    let amounts: Vec<Amount> = chart
        .groups
        .iter()
        .flat_map(AgeGroup::sides)
        .map(|amount| chart.plotted(amount))
        .collect();
    // On one scale, bars are as wide as their numbers are large, on both sides.
    let mut values: Vec<f64> = amounts.iter().filter_map(|amount| amount.value).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    let mut widths: Vec<f64> = bars.iter().map(Rect::width).collect();
    widths.sort_by(|a, b| b.total_cmp(a));
    let pace = widths.first().copied().unwrap_or(0.0)
        / values
            .first()
            .copied()
            .unwrap_or(1.0)
            .max(f64::MIN_POSITIVE);
    let uneven = widths
        .iter()
        .zip(&values)
        .filter(|(width, value)| (*width - *value * pace).abs() > 0.3)
        .count();
    case.expect(
        12,
        uneven == 0,
        format!("{uneven} bars are not on the scale of the others"),
    );

    let count = |class: &str| case.picture.shapes_of(class).count();
    let (edges, arrows, whiskers) = (count("edge"), count("at-least"), count("whisker"));
    let uncertain = amounts
        .iter()
        // A bar thinner than a px shows no edge.
        .filter(|amount| amount.value.is_some_and(|value| value * pace > 1.0))
        .filter(|amount| {
            let marks = amount.marks;
            marks.estimated || marks.projected || marks.provisional || marks.prose
        })
        .count();
    case.expect(
        7,
        edges >= uncertain,
        "values that are not firm look like firm ones",
    );
    let bounds = amounts
        .iter()
        .filter(|amount| amount.value.is_some() && amount.marks.at_least);
    case.expect(
        9,
        arrows >= bounds.count(),
        "a lower bound looks like a firm value",
    );
    let ranges = amounts
        .iter()
        .filter(|amount| amount.low.is_some() && amount.high.is_some() && amount.low != amount.high)
        .count();
    case.expect(9, whiskers >= ranges, "a range is not drawn");
    let empty = amounts.iter().any(|amount| !amount.is_known());
    let said = case
        .picture
        .joined("value")
        .contains(case.theme.words().numbers.no_figure);
    case.expect(
        8,
        !empty || said,
        "a group without a figure does not say so",
    );
    let labels = case.picture.joined("label");
    for side in case.theme.words().pyramid.sides {
        case.expect(
            13,
            labels.contains(side),
            format!("the side `{side}` has no name"),
        );
    }
}
