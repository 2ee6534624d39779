//! Points 4, 7 to 9 and 20 of charts of who moved from where to where.

use std::collections::BTreeSet;

use super::Case;
use super::message::squeezed;
use crate::chart::kind::{ChartKind, ChordChart, End, Exchange, FlowChart, MatrixChart};

pub(super) fn judge(case: &mut Case) {
    match &case.spec.kind {
        ChartKind::Flow(FlowChart { exchange }) => {
            sides(case, exchange);
            marks(case, exchange);
        }
        ChartKind::Chord(ChordChart { exchange }) => {
            marks(case, exchange);
            arcs(case, exchange);
            leaders(case);
        }
        ChartKind::Matrix(matrix) => {
            marks(case, &matrix.exchange);
            cells(case, matrix);
            leaders(case);
        }
        _ => {}
    }
}

/// What is not firm looks different, and a bound has its arrow.
fn marks(case: &mut Case, exchange: &Exchange) {
    let drawn = || {
        let movements = exchange.movements.iter();
        movements.filter(|one| one.value.is_some_and(|value| value > 0.0))
    };
    let uncertain = drawn().filter(|one| one.is_uncertain()).count();
    let bounds = drawn().filter(|one| one.marks.at_least).count();
    let edges = case.picture.shapes_of("edge").count();
    let arrows = case.picture.shapes_of("at-least").count();
    case.expect(
        7,
        edges >= uncertain,
        "values that are not firm look like firm ones",
    );
    case.expect(9, arrows >= bounds, "a lower bound looks like a firm value");
}

/// Every place has its arc and its name.
fn arcs(case: &mut Case, exchange: &Exchange) {
    let names: BTreeSet<&str> = [End::Origin, End::Destination]
        .iter()
        .flat_map(|end| exchange.places(*end))
        .map(|place| place.name)
        .collect();
    let labels = squeezed(&case.picture.joined("label"));
    let lost: Vec<&str> = names
        .into_iter()
        .filter(|name| !labels.contains(&squeezed(name)))
        .collect();
    for name in lost {
        case.object(13, format!("`{name}` has no name beside its arc"));
    }
}

/// No stroke from a name runs through another.
fn leaders(case: &mut Case) {
    let crossed: Vec<String> = case
        .picture
        .texts
        .iter()
        .filter(|one| {
            let rect = one.text.bounds();
            let mut strokes = case.picture.shapes_of("leader");
            strokes.any(|stroke| {
                let mut pairs = stroke.points.windows(2);
                pairs.any(|pair| rect.is_crossed(pair[0], pair[1]))
            })
        })
        .map(|one| format!("a line runs through `{}`", one.text.content))
        .collect();
    for message in crossed {
        case.object(14, message);
    }
}

/// Every number has its cell, every pair without one is hatched, and the legend is there.
fn cells(case: &mut Case, matrix: &MatrixChart) {
    let movements = &matrix.exchange.movements;
    let known = movements.iter().filter(|one| one.value.is_some()).count();
    let drawn = case.picture.shapes_of("cell").count();
    case.expect(
        8,
        drawn == known,
        format!("{drawn} cells are drawn for {known} numbers"),
    );
    let pairs = [End::Origin, End::Destination].map(|end| matrix.places(end).len());
    let grey = case.picture.shapes_of("diagonal").count();
    let empty = (pairs[0] * pairs[1]).saturating_sub(known + grey);
    let is_hatched = case
        .picture
        .shapes_of("no-figure")
        .any(|shape| shape.in_group("cells"));
    case.expect(
        8,
        empty == 0 || is_hatched,
        "pairs without a figure do not look so",
    );
    let swatches: BTreeSet<_> = case
        .picture
        .shapes_of("swatch")
        .filter_map(|shape| shape.fill)
        .collect();
    let unknown = case
        .picture
        .shapes_of("cell")
        .filter(|cell| cell.fill.is_none_or(|fill| !swatches.contains(&fill)))
        .count();
    case.expect(
        6,
        unknown == 0,
        format!("{unknown} cells have a tint that the legend lacks"),
    );
}

/// Both sides of a flow chart are as high as each other; where one place stands on one side, those
/// on the other are in the order of their size, the rest last.
fn sides(case: &mut Case, exchange: &Exchange) {
    let side = |origin: bool| {
        let nodes = case.picture.shapes_of("node");
        let mut nodes: Vec<(f64, f64)> = nodes
            .filter(|node| node.is("origin") == origin)
            .map(|node| (node.bounds().top, node.bounds().height()))
            .collect();
        nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
        nodes
            .into_iter()
            .map(|(_, height)| height)
            .collect::<Vec<_>>()
    };
    let (origins, destinations) = (side(true), side(false));
    // Places and heights are written in tenths of a px.
    let slack = 0.1 * (origins.len() + destinations.len() + 1) as f64;
    let even = origins.iter().sum::<f64>() - destinations.iter().sum::<f64>();
    case.expect(
        4,
        even.abs() <= slack,
        "more arrive on one side of the chart than leave on the other",
    );
    let (sizes, is_destination) = match (origins.as_slice(), destinations.as_slice()) {
        ([_], _) => (destinations, true),
        (_, [_]) => (origins, false),
        _ => return,
    };
    let gathers = exchange.movements.iter().any(|one| {
        exchange.rest.contains(if is_destination {
            &one.destination
        } else {
            &one.origin
        })
    });
    let named = &sizes[..sizes.len() - usize::from(gathers && !sizes.is_empty())];
    let ordered = named.windows(2).all(|pair| pair[0] >= pair[1] - 0.25);
    case.expect(20, ordered, "the order is not that of the size");
}
