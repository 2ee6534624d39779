//! Chord diagrams of all shapes: drawn cleanly or refused politely.

use proptest::prelude::*;

use super::*;
use crate::chart::kind::movement::Movement;
use crate::chart::layout::layout;
use crate::chart::properties::{any_exchange, any_size, assert_sound};
use crate::chart::tests::{exchange, movement, spec};
use crate::chart::{ChartKind, ChartSpec, lint, render_svg};

fn regions() -> ChartSpec {
    let mut exchange = exchange(&[
        ("Africa", "Africa", 8e6),
        ("Africa", "Europe", 5e5),
        ("Asia and the Pacific", "Asia and the Pacific", 6e6),
        ("Asia and the Pacific", "Europe", 9e5),
        ("Europe", "Europe", 5.5e6),
        ("Europe", "Americas", 2e5),
        ("Americas", "Europe", 1e3),
    ]);
    exchange.movements[1].marks.estimated = true;
    exchange.movements[3].marks.at_least = true;
    spec(ChartKind::Chord(ChordChart { exchange }))
}

#[test]
fn a_chord_diagram_as_svg() {
    let spec = regions();
    let svg = render_svg(&spec).unwrap();
    assert_eq!(lint(&spec, &svg).unwrap(), []);
    insta::assert_snapshot!("chord", svg);
    for (point, spoilt) in [
        (7, svg.replace("class=\"edge\"", "class=\"rim\"")),
        (9, svg.replace("class=\"at-least\"", "class=\"tip\"")),
        (13, svg.replace(">Americas<", "><")),
        (25, svg.replace("stroke-width=\"0.5\"", "")),
    ] {
        let findings = lint(&spec, &spoilt).unwrap();
        assert!(findings.iter().any(|f| f.point == point), "{point}");
    }
}

#[test]
fn arcs_are_as_long_as_what_leaves_and_arrives() {
    let ChartKind::Chord(ChordChart { exchange }) = regions().kind else {
        panic!()
    };
    let order = ring::in_order(&exchange);
    let (arcs, chords) = ring::divide(&exchange, &order, 0.0);
    let length = |(from, to): (f64, f64)| to - from;
    let (total, _) = exchange.total();
    let around: f64 = arcs.iter().map(|arc| length(arc.angles)).sum();
    for arc in &arcs {
        let own = arc.out.unwrap_or(0.0) + arc.into.unwrap_or(0.0);
        let share = length(arc.angles) / around;
        assert!((share - own / (2.0 * total)).abs() < 1e-9, "{}", arc.name);
    }
    // Ribbons tile their arcs.
    let mut parts: Vec<(f64, f64)> = chords.iter().flat_map(|c| [c.from, c.to]).collect();
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    for pair in parts.windows(2) {
        assert!(pair[0].1 <= pair[1].0 + 1e-9);
    }
}

#[test]
fn numbers_are_those_that_are_drawn() {
    let rows = regions().kind.kind().rows();
    assert_eq!(rows.len(), 7);
    assert!(rows.iter().any(|row| {
        row.series == "Africa" && row.at == "Europe" && row.flags == ["estimated".to_owned()]
    }));
}

#[test]
fn hard_specifications_are_drawn_or_refused() {
    let ring_of = |count: usize| -> Vec<Movement> {
        (0..count)
            .map(|a| {
                let (from, to) = (format!("Place {a}"), format!("Place {}", (a + 1) % count));
                movement(&from, &to, 10_f64.powi((a % 8) as i32))
            })
            .collect()
    };
    let long = "Place with a name of some forty letters";
    for (movements, wanted) in [
        (ring_of(1), None),
        (ring_of(2), None),
        (ring_of(16), None),
        (
            ring_of(60),
            Some("60 places around a circle do not fit, 16 do"),
        ),
        (vec![movement("A", "B", 0.0)], Some("no value to draw")),
        (vec![movement("A", "B", -1.0)], Some("below zero")),
        (vec![movement(long, &format!("{long} too"), 1.0)], None),
    ] {
        let mut own = exchange(&[]);
        own.movements = movements;
        let spec = spec(ChartKind::Chord(ChordChart { exchange: own }));
        match (render_svg(&spec), wanted) {
            (Ok(svg), None) => assert_eq!(lint(&spec, &svg).unwrap(), []),
            (Err(error), Some(words)) => {
                assert!(error.to_string().contains(words), "{error}");
            }
            (other, wanted) => panic!("{wanted:?}: {other:?}"),
        }
    }
}

#[test]
fn leaders_run_through_no_name() {
    let laid = layout(&regions()).unwrap();
    let crate::chart::layout::Body::Shapes(groups) = &laid.body else {
        panic!()
    };
    for shape in groups.iter().flat_map(|group| &group.shapes) {
        let crate::chart::layout::Form::Path(points) = &shape.form else {
            continue;
        };
        if shape.class == "leader" {
            let mut texts = laid.texts.iter();
            assert!(texts.all(|text| !text.bounds().is_crossed(points[0], points[1])));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_chord_is_drawn_tidily(exchange in any_exchange(6), size in any_size()) {
        let mut spec = spec(ChartKind::Chord(ChordChart { exchange }));
        spec.size = size;
        assert_sound(&spec)?;
    }
}
