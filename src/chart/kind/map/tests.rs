//! Maps of a made-up world: from a specification to SVG, and what may be said of any of them.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::chart::layout::{Body, Form, layout};
use crate::chart::properties::assert_sound;
use crate::chart::tests::spec;
use crate::chart::{ChartKind, ChartSpec, Look, Size, lint, render_svg};

/// Square lands of a size in degrees side by side, `A0` in the south-west, that share their borders.
pub fn lattice(columns: usize, rows: usize, (east, north): (f64, f64), step: f64) -> Arc<Atlas> {
    let node = |column: usize, row: usize| (east + step * column as f64, north + step * row as f64);
    let mut atlas = Atlas::default();
    // First all strokes to the east, then all to the north.
    for row in 0..=rows {
        for column in 0..columns {
            atlas
                .arcs
                .push(vec![node(column, row), node(column + 1, row)]);
        }
    }
    let across = atlas.arcs.len();
    for column in 0..=columns {
        for row in 0..rows {
            atlas
                .arcs
                .push(vec![node(column, row), node(column, row + 1)]);
        }
    }
    for row in 0..rows {
        for column in 0..columns {
            let (south, west) = (row * columns + column, across + column * rows + row);
            let ring = vec![
                (south, false),
                (west + rows, false),
                (south + columns, true),
                (west, true),
            ];
            let letter = char::from(b'A' + u8::try_from(row % 26).unwrap());
            atlas.lands.push(Land {
                id: format!("{letter}{column}"),
                rings: vec![ring],
            });
        }
    }
    Arc::new(atlas)
}

fn europe() -> Arc<Atlas> {
    lattice(6, 4, (5.0, 42.0), 5.0)
}

fn place(id: &str, value: f64) -> MapPlace {
    MapPlace {
        label: format!("Land {id}"),
        site: Site {
            lands: vec![id.to_owned()],
            at: None,
        },
        value: Some(value),
        ..MapPlace::default()
    }
}

fn chart(style: MapStyle) -> MapChart {
    let origin = MapOrigin {
        label: "Origin".to_owned(),
        site: Site {
            lands: vec!["B2".to_owned()],
            at: None,
        },
    };
    MapChart {
        atlas: europe(),
        style,
        places: [
            ("A1", 1_412_503.0),
            ("B1", 214_160.0),
            ("C2", 97_098.0),
            ("B3", 12_000.0),
            ("A4", 592.0),
        ]
        .map(|(id, value)| place(id, value))
        .to_vec(),
        origin: Some(origin),
        unit: "people".to_owned(),
        ..MapChart::default()
    }
}

fn shares(values: &[f64]) -> MapChart {
    let ids = ["A1", "B1", "C2", "B3", "A4", "D0", "D3", "C5"];
    MapChart {
        places: ids
            .iter()
            .zip(values)
            .map(|(id, value)| place(id, *value))
            .collect(),
        values: ValueKind::Percent,
        unit: String::new(),
        origin: None,
        ..chart(MapStyle::Choropleth {
            allow_counts: false,
        })
    }
}

fn map(chart: MapChart) -> ChartSpec {
    spec(ChartKind::Map(chart))
}

/// All styles with marks of every kind, a gap, a zero, and a place that has no outline.
fn full(style: MapStyle) -> ChartSpec {
    let mut chart = if style == MapStyle::Symbols || style == MapStyle::Flow {
        chart(style)
    } else {
        shares(&[61.0, 9.0, 4.0, 2.0, 0.5])
    };
    chart.places[0].marks.provisional = true;
    (chart.places[1].low, chart.places[1].high) = (Some(4.0), Some(300_000.0));
    chart.places[1].marks.estimated = true;
    chart.places[2].marks = Marks {
        projected: true,
        at_least: true,
        ..Marks::default()
    };
    let mut none = place("D1", 0.0);
    none.value = None;
    chart.places.extend([
        none,
        place("C4", 0.0),
        MapPlace {
            site: Site::default(),
            ..place("Other lands", 12.0)
        },
    ]);
    map(chart)
}

const STYLES: [MapStyle; 3] = [
    MapStyle::Symbols,
    MapStyle::Choropleth {
        allow_counts: false,
    },
    MapStyle::Flow,
];

#[test]
fn maps_as_svg() {
    for (name, style) in ["map_symbols", "map_choropleth", "map_flow"]
        .into_iter()
        .zip(STYLES)
    {
        insta::assert_snapshot!(name, render_svg(&full(style)).unwrap());
    }
}

#[test]
fn good_maps_have_no_findings_at_any_size() {
    for style in STYLES {
        for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
            for look in [Look::Light, Look::Dark, Look::Grey] {
                let spec = ChartSpec {
                    look,
                    size,
                    ..full(style)
                };
                let svg = render_svg(&spec).unwrap();
                assert_eq!(
                    lint(&spec, &svg).unwrap(),
                    [],
                    "{style:?} {size:?} {look:?}"
                );
                assert_eq!(svg, render_svg(&spec).unwrap());
            }
        }
    }
}

#[test]
fn what_is_not_on_the_map_is_in_the_note() {
    let laid = layout(&full(MapStyle::Symbols)).unwrap();
    let notes = laid.notes.join(". ");
    for said in [
        "No figure: Land D1",
        "Zero: Land C4",
        "Not on the map: Land Other lands 12",
        "Arrow: at least",
        "boundaries",
    ] {
        assert!(notes.contains(said), "{notes}");
    }
}

#[test]
fn areas_of_circles_follow_the_numbers() {
    let laid = layout(&map(chart(MapStyle::Symbols))).unwrap();
    let Body::Shapes(groups) = &laid.body else {
        panic!()
    };
    let radius = |name: &str| {
        let group = groups
            .iter()
            .find(|group| group.class == "symbols" && group.label == name)
            .unwrap();
        match group.shapes[0].form {
            Form::Disc { radius, .. } => radius,
            _ => panic!(),
        }
    };
    let ratio = radius("Land A1") / radius("Land B1");
    assert!((ratio * ratio - 1_412_503.0 / 214_160.0).abs() < 1e-6);
}

#[test]
fn rows_are_the_plotted_numbers_and_the_finding_is_in_words() {
    let spec = map(chart(MapStyle::Flow));
    let rows: Vec<String> = crate::chart::plotted_rows(&spec)
        .into_iter()
        .map(|row| format!("{} {} {:?}", row.series, row.at, row.value))
        .collect();
    assert_eq!(rows[0], "Origin Land A1 Some(1412503.0)");
    assert_eq!(rows.len(), 5);
    assert!(crate::chart::alt_text(&spec).ends_with(
        "where Land A1 has the most, 1,412,503, and Land A4 the least, 592, of 5 places."
    ));
}

#[test]
fn what_cannot_be_mapped_is_refused_with_a_reason() {
    let mut negative = chart(MapStyle::Symbols);
    negative.places[1].value = Some(-3.0);
    let mut twice = chart(MapStyle::Symbols);
    twice.places[1].site = twice.places[0].site.clone();
    let mut homeless = chart(MapStyle::Flow);
    homeless.origin = None;
    let mut zeros = chart(MapStyle::Symbols);
    zeros
        .places
        .iter_mut()
        .for_each(|place| place.value = Some(0.0));
    let mut missing = chart(MapStyle::Symbols);
    missing
        .places
        .iter_mut()
        .for_each(|place| place.value = None);
    let mut nowhere = chart(MapStyle::Symbols);
    nowhere
        .places
        .iter_mut()
        .for_each(|place| place.site = Site::default());
    let errors: Vec<String> = [
        negative,
        twice,
        homeless,
        zeros,
        missing,
        nowhere,
        chart(STYLES[1]),
    ]
    .map(|chart| render_svg(&map(chart)).unwrap_err().to_string())
    .to_vec();
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn counts_are_shaded_only_when_asked_for_and_with_a_note() {
    let spec = map(chart(MapStyle::Choropleth { allow_counts: true }));
    let svg = render_svg(&spec).unwrap();
    assert!(svg.contains("Shades show counts"));
    let points: Vec<u8> = lint(&spec, &svg)
        .unwrap()
        .iter()
        .map(|finding| finding.point)
        .collect();
    assert_eq!(points, [4]);
}

#[track_caller]
fn spoiled(point: u8, spec: &ChartSpec, from: &str, to: &str) {
    let svg = render_svg(spec).unwrap();
    assert!(svg.contains(from), "{svg}");
    let findings = lint(spec, &svg.replace(from, to)).unwrap();
    assert!(
        findings.iter().any(|finding| finding.point == point),
        "no {point} in {findings:?}"
    );
}

#[test]
fn spoiled_maps_are_found_out() {
    let symbols = full(MapStyle::Symbols);
    let svg = render_svg(&symbols).unwrap();
    let (_, land) = svg.split_once("data-label=\"Land B3\"").unwrap();
    let radius = land.split(" r=").nth(1).unwrap().split(' ').next().unwrap();
    spoiled(
        4,
        &symbols,
        &format!("r={radius} fill=\"#0072bc\""),
        "r=\"19\" fill=\"#0072bc\"",
    );
    spoiled(6, &symbols, "boundaries", "borders");
    spoiled(7, &symbols, "class=\"edge\"", "class=\"rim\"");
    spoiled(8, &symbols, "C4", "C");
    spoiled(9, &symbols, "class=\"at-least\"", "class=\"rim\"");
    spoiled(9, &symbols, "class=\"whisker\"", "class=\"rim\"");
    let (_, land) = svg.split_once("data-label=\"Land B3\"").unwrap();
    let at = |name: &str| land.split(name).nth(1).unwrap().split('"').nth(1).unwrap();
    let (x, y) = (at(" cx="), at(" cy="));
    let text = format!("<text class=\"label\" x=\"{x}\" y=\"{y}\" font-size=\"13\">C</text></svg>");
    spoiled(14, &symbols, "</svg>", &text);
    spoiled(13, &symbols, ">Land B3<", "><");
    let shades = full(STYLES[1]);
    spoiled(17, &shades, "#4f9ed0", "#8fc1e1");
    spoiled(7, &shades, "class=\"edge\"", "class=\"rim\"");
    spoiled(16, &full(MapStyle::Flow), "#0072bc", "#8fc1e1");
}

#[test]
fn hard_maps_are_drawn_cleanly_or_refused_clearly() {
    let world = lattice(30, 12, (-180.0, -60.0), 12.0);
    let many: Vec<MapPlace> = world
        .lands
        .iter()
        .zip(1..)
        .map(|(land, n)| place(&land.id, f64::from(n) * 1000.0))
        .collect();
    let mut long = chart(MapStyle::Symbols);
    for place in &mut long.places {
        place.label = format!("The United and Plurinational Republic of {}", place.label);
    }
    let mut wide = chart(MapStyle::Symbols);
    for (place, n) in wide.places.iter_mut().zip(0..) {
        place.value = Some(10_f64.powi(2 * n));
    }
    let points: Vec<MapPlace> = (0..1000)
        .map(|n| MapPlace {
            label: format!("Camp {n}"),
            site: Site {
                lands: Vec::new(),
                at: Some((f64::from(n % 40) - 10.0, f64::from(n / 40) + 35.0)),
            },
            value: Some(f64::from(n)),
            ..MapPlace::default()
        })
        .collect();
    for style in [
        MapStyle::Symbols,
        MapStyle::Flow,
        MapStyle::Choropleth { allow_counts: true },
    ] {
        for places in [
            many[..60].to_vec(),
            many.clone(),
            points.clone(),
            long.places.clone(),
            wide.places.clone(),
            vec![place("A1", 1.0)],
        ] {
            let is_world = places.iter().any(|place| place.site.lands == ["L29"]);
            let atlas = if places.len() >= 60 {
                world.clone()
            } else {
                europe()
            };
            let view = if is_world {
                MapView::World
            } else {
                MapView::Fit
            };
            let spec = map(MapChart {
                atlas,
                places,
                view,
                ..chart(style)
            });
            let findings = lint(&spec, &render_svg(&spec).unwrap()).unwrap();
            let other: Vec<_> = findings
                .into_iter()
                .filter(|finding| finding.point != 4)
                .collect();
            assert_eq!(other, [], "{style:?}");
        }
    }
}

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), 1.0..20_000.0, 0.0..8e9, 0.0..3.0].prop_map(f64::round)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_map_is_drawn_tidily(
        values in prop::collection::vec((prop::option::weighted(0.9, any_value()), prop::array::uniform6(prop::bool::weighted(0.1)), prop::bool::weighted(0.1)), 1..24),
        style in 0..3_usize,
        signed in prop::bool::ANY,
        long in prop::bool::weighted(0.2),
        step in prop_oneof![Just(0.4), Just(5.0), Just(14.0)],
        size in prop_oneof![Just(Size::ARTICLE), Just(Size::NEWSROOM), Just(Size::SQUARE), Just(Size::SOCIAL)],
    ) {
        let atlas = lattice(6, 4, (160.0, 2.0), step);
        let style = STYLES[style];
        let places = atlas.lands.iter().zip(values).map(|(land, (value, marks, flag))| {
            let [provisional, estimated, projected, at_least, prose, revised] = marks;
            let value = value.map(|value| if signed && flag && style == STYLES[1] { -value } else { value });
            MapPlace {
                label: if long { format!("Bolivia (Plurinational State of) {}", land.id) } else { land.id.clone() },
                marks: Marks { provisional, estimated, projected, at_least, prose, revised },
                emphasis: flag,
                detail: if flag { "as of 6 March".to_owned() } else { String::new() },
                ..MapPlace { value, ..place(&land.id, 0.0) }
            }
        }).collect();
        let values = if style == STYLES[1] { ValueKind::Percent } else { ValueKind::Count };
        let mut spec = map(MapChart { atlas, places, values, ..chart(style) });
        spec.size = size;
        assert_sound(&spec)?;
    }
}
