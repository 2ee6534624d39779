//! Matrices of all shapes: drawn cleanly or refused politely.

use proptest::prelude::*;

use super::*;
use crate::chart::layout::layout;
use crate::chart::properties::{any_exchange, any_size, assert_sound};
use crate::chart::tests::{exchange, movement, spec};
use crate::chart::{ChartKind, ChartSpec, lint, render_svg};

fn hosts() -> ChartSpec {
    let mut exchange = exchange(&[
        ("Sudan", "Chad", 1_109_357.0),
        ("Sudan", "South Sudan", 500_000.0),
        ("Sudan", "Sudan", 9_000_000.0),
        ("South Sudan", "Sudan", 700_000.0),
        ("South Sudan", "Chad", 12.0),
        ("Eritrea", "Sudan", 0.0),
    ]);
    exchange.movements[0].marks.estimated = true;
    exchange.movements[1].marks.at_least = true;
    spec(ChartKind::Matrix(MatrixChart {
        exchange,
        totals: true,
        ..MatrixChart::default()
    }))
}

#[test]
fn a_matrix_as_svg() {
    let spec = hosts();
    let svg = render_svg(&spec).unwrap();
    assert_eq!(lint(&spec, &svg).unwrap(), []);
    insta::assert_snapshot!("matrix", svg);
    for (point, spoilt) in [
        (6, svg.replace("class=\"swatch\"", "class=\"box\"")),
        (7, svg.replace("class=\"edge\"", "class=\"rim\"")),
        (8, svg.replacen("class=\"cell\"", "class=\"box\"", 1)),
        (8, svg.replace("class=\"no-figure\"", "class=\"line\"")),
        (9, svg.replace("class=\"at-least\"", "class=\"tip\"")),
        (16, svg.replace("fill=\"#ffffff\">", "fill=\"#8fc1e1\">")),
    ] {
        let findings = lint(&spec, &spoilt).unwrap();
        assert!(findings.iter().any(|f| f.point == point), "{point}");
    }
}

#[test]
fn places_stand_by_size_unless_their_order_is_given() {
    let mut matrix = match hosts().kind {
        ChartKind::Matrix(matrix) => matrix,
        _ => panic!(),
    };
    let names = |matrix: &MatrixChart| -> Vec<String> {
        let places = matrix.places(End::Destination);
        places.iter().map(|place| place.name.to_owned()).collect()
    };
    assert_eq!(names(&matrix), ["Sudan", "Chad", "South Sudan"]);
    matrix.keeps_order = true;
    assert_eq!(names(&matrix), ["Chad", "South Sudan", "Sudan"]);
}

#[test]
fn a_place_and_itself_are_marked() {
    let notes = |value: bool| {
        let mut spec = hosts();
        let ChartKind::Matrix(matrix) = &mut spec.kind else {
            panic!()
        };
        if !value {
            matrix.exchange.movements.remove(2);
        }
        layout(&spec).unwrap().notes.join(". ")
    };
    assert!(notes(true).contains("Thick edge: within the same place"));
    assert!(notes(false).contains("Grey: the same place"));
}

#[test]
fn hard_specifications_are_drawn_or_refused() {
    let wide = |rows: usize, columns: usize| -> Vec<Movement> {
        (0..rows)
            .flat_map(|a| {
                (0..columns).map(move |b| {
                    let (from, to) = (format!("Origin {a}"), format!("Goal {b}"));
                    movement(&from, &to, 10_f64.powi(((a + b) % 8) as i32))
                })
            })
            .collect()
    };
    let long = "Place with a name of some forty letters";
    for (movements, wanted) in [
        (wide(1, 1), None),
        (wide(12, 12), None),
        (wide(60, 2), Some("60 rows do not fit, ")),
        (wide(2, 60), Some("60 columns do not fit, ")),
        (vec![movement("A", "B", 0.0)], None),
        (vec![movement("A", "B", -1.0)], Some("below zero")),
        (vec![movement(long, &format!("{long} too"), 1.0)], None),
        (
            vec![Movement {
                value: None,
                ..movement("A", "B", 0.0)
            }],
            Some("no value to draw"),
        ),
    ] {
        let mut own = exchange(&[]);
        own.movements = movements;
        let spec = spec(ChartKind::Matrix(MatrixChart {
            exchange: own,
            ..MatrixChart::default()
        }));
        match (render_svg(&spec), wanted) {
            (Ok(svg), None) => assert_eq!(lint(&spec, &svg).unwrap(), []),
            (Err(error), Some(words)) => {
                assert!(error.to_string().contains(words), "{error}");
            }
            (other, wanted) => panic!("{wanted:?}: {other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_matrix_is_drawn_tidily(
        exchange in any_exchange(8),
        size in any_size(),
        totals in prop::bool::ANY,
    ) {
        let mut spec = spec(ChartKind::Matrix(MatrixChart {
            exchange,
            totals,
            ..MatrixChart::default()
        }));
        spec.size = size;
        assert_sound(&spec)?;
    }
}
