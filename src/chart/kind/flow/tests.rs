//! Flow charts of all shapes: drawn cleanly or refused politely.

use proptest::prelude::*;

use super::*;
use crate::chart::kind::movement::Movement;
use crate::chart::layout::{Body, Layout, Shape, layout};
use crate::chart::properties::{any_exchange, any_size, assert_sound};
use crate::chart::tests::{exchange, flow_spec, movement, spec};
use crate::chart::{ChartKind, ChartSpec, lint, render_svg};

fn many() -> ChartSpec {
    let mut exchange = exchange(&[
        ("Syrian Arab Republic", "Türkiye", 2_901_478.0),
        ("Syrian Arab Republic", "Germany", 725_102.0),
        ("Syrian Arab Republic", "Other places", 2_325_594.0),
        ("Ukraine", "Germany", 1_205_729.0),
        ("Ukraine", "Other places", 3_914_307.0),
        ("Other places", "Türkiye", 39_257.0),
        ("Other places", "Other places", 9_280_000.0),
    ]);
    exchange.rest = vec!["Other places".to_owned()];
    spec(ChartKind::Flow(FlowChart { exchange }))
}

fn shapes(layout: &Layout) -> &[Shape] {
    match &layout.body {
        Body::Shapes(groups) => &groups[0].shapes,
        _ => panic!(),
    }
}

#[test]
fn several_origins_as_svg() {
    let spec = many();
    let svg = render_svg(&spec).unwrap();
    assert_eq!(lint(&spec, &svg).unwrap(), []);
    insta::assert_snapshot!("flow", svg);
}

#[test]
fn one_place_on_a_side_is_alone_in_the_middle() {
    let layout = layout(&flow_spec(&[("Poland", 9e5), ("Hungary", 4e5)])).unwrap();
    let texts: Vec<&str> = layout
        .texts
        .iter()
        .filter(|text| matches!(text.class, "label" | "value"))
        .map(|text| text.content.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "Ukraine",
            "1,300,000",
            "refugees",
            "Poland",
            "900,000 (69%)",
            "Hungary",
            "400,000 (31%)"
        ]
    );
}

#[test]
fn what_gathers_the_rest_comes_last_on_both_sides() {
    let ChartKind::Flow(FlowChart { exchange }) = many().kind else {
        panic!()
    };
    let [origins, destinations] = layout::in_order(&exchange);
    assert_eq!(origins.last(), Some(&"Other places"));
    assert_eq!(destinations.last(), Some(&"Other places"));
}

#[test]
fn marks_are_drawn_and_explained() {
    let mut spec = many();
    let ChartKind::Flow(FlowChart { exchange }) = &mut spec.kind else {
        panic!()
    };
    exchange.movements[0].marks.estimated = true;
    exchange.movements[1].marks.at_least = true;
    exchange.movements[2].value = None;
    let laid = layout(&spec).unwrap();
    let of = |class: &str| shapes(&laid).iter().filter(|s| s.class == class).count();
    assert_eq!((of("edge"), of("at-least"), of("ribbon")), (2, 1, 6));
    let notes = laid.notes.join(". ");
    for words in [
        "Broken edges: estimated",
        "Arrow: at least this many",
        "No figure: Syrian Arab Republic to Other places",
    ] {
        assert!(notes.contains(words), "{notes}");
    }
    let svg = render_svg(&spec).unwrap();
    assert_eq!(lint(&spec, &svg).unwrap(), []);
    for (point, spoilt) in [
        (7, svg.replace("class=\"edge\"", "class=\"rim\"")),
        (9, svg.replace("class=\"at-least\"", "class=\"tip\"")),
        (4, svg.replacen("class=\"node\"", "class=\"block\"", 1)),
    ] {
        let findings = lint(&spec, &spoilt).unwrap();
        assert!(findings.iter().any(|f| f.point == point), "{point}");
    }
}

#[test]
fn hard_specifications_are_drawn_or_refused() {
    let wide = |origins: usize, destinations: usize| -> Vec<Movement> {
        (0..origins)
            .flat_map(|a| {
                (0..destinations).map(move |b| {
                    let (from, to) = (format!("Origin {a}"), format!("Destination {b}"));
                    movement(&from, &to, 10_f64.powi(((a + b) % 8) as i32))
                })
            })
            .collect()
    };
    let long = "Place with a name of some forty letters";
    for (movements, wanted) in [
        (wide(1, 1), None),
        (wide(8, 9), None),
        (wide(1, 60), Some("60 destinations do not fit, ")),
        (wide(60, 20), Some("60 origins do not fit, ")),
        (vec![movement("A", "B", 0.0)], Some("no value to draw")),
        (vec![movement("A", "B", -1.0)], Some("below zero")),
        (vec![movement(long, &format!("{long} too"), 1.0)], None),
        (
            vec![Movement {
                value: None,
                ..movement("A", "B", 0.0)
            }],
            Some("no value to draw"),
        ),
        (
            vec![movement("A", "B", 1.0), movement("A", "B", 2.0)],
            Some("A to B is given twice"),
        ),
    ] {
        let mut own = exchange(&[]);
        own.movements = movements;
        let spec = spec(ChartKind::Flow(FlowChart { exchange: own }));
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
    fn any_flow_is_drawn_tidily(exchange in any_exchange(9), size in any_size()) {
        let mut spec = spec(ChartKind::Flow(FlowChart { exchange }));
        spec.size = size;
        assert_sound(&spec)?;
    }

    #[test]
    fn any_fan_is_drawn_tidily(mut exchange in any_exchange(20), size in any_size()) {
        for (index, movement) in exchange.movements.iter_mut().enumerate() {
            movement.origin = "Ukraine".to_owned();
            movement.destination.push_str(&format!(" {index}"));
        }
        let mut spec = spec(ChartKind::Flow(FlowChart { exchange }));
        spec.size = size;
        assert_sound(&spec)?;
    }
}
