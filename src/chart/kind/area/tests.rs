//! Areas: what is stacked, where it is broken, and what is refused.

use proptest::prelude::*;

use super::*;
use crate::chart::layout::{Body, Form, layout};
use crate::chart::properties::{any_line, any_size, assert_sound};
use crate::chart::tests::{day, line, spec};
use crate::chart::{ChartKind, ChartSpec, Size, lint, render_svg};

fn areas(lines: Vec<Line>, share: bool) -> ChartSpec {
    spec(ChartKind::Area(AreaChart {
        lines,
        share,
        unit: "people".to_owned(),
        values: ValueKind::Count,
        has_rest: false,
    }))
}

fn parts() -> Vec<Line> {
    let mut hungary = line(
        "Hungary",
        &[116e3, 133e3, 145e3, 157e3, 169e3, 180e3, 191e3, 214e3],
    );
    hungary.points[6].marks.estimated = true;
    hungary.points[7].marks.provisional = true;
    let mut slovakia = line(
        "Slovakia",
        &[67e3, 79e3, 90e3, 101e3, 113e3, 128e3, 140e3, 153e3],
    );
    slovakia.points[2].value = None;
    slovakia.points[5].marks.at_least = true;
    vec![
        hungary,
        line(
            "Poland",
            &[454e3, 548e3, 650e3, 756e3, 885e3, 1.02e6, 1.2e6, 1.41e6],
        ),
        slovakia,
    ]
}

/// Left and right edges of the areas of a part.
fn pieces(spec: &ChartSpec, label: &str) -> Vec<(f64, f64)> {
    let Body::Shapes(groups) = layout(spec).unwrap().body else {
        panic!("areas are shapes")
    };
    groups
        .iter()
        .filter(|group| group.label == label)
        .flat_map(|group| &group.shapes)
        .filter(|shape| shape.class == "layer")
        .map(|shape| match &shape.form {
            Form::Polygon(points) => points.iter().fold((f64::INFINITY, 0.0), |edges, (x, _)| {
                (f64::min(edges.0, *x), f64::max(edges.1, *x))
            }),
            Form::Rect(rect) => (rect.left, rect.right),
            _ => panic!("a layer is an area"),
        })
        .collect()
}

#[test]
fn areas_as_svg() {
    insta::assert_snapshot!("areas", render_svg(&areas(parts(), false)).unwrap());
}

#[test]
fn good_areas_have_no_findings() {
    let one = vec![line("Poland", &[454e3, 548e3, 650e3])];
    for spec in [
        areas(parts(), false),
        areas(parts(), true),
        areas(one, false),
    ] {
        for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
            let mut spec = spec.clone();
            spec.size = size;
            assert_eq!(
                lint(&spec, &render_svg(&spec).unwrap()).unwrap(),
                [],
                "{size:?}"
            );
        }
    }
}

#[test]
fn a_gap_of_one_part_breaks_the_whole() {
    let spec = areas(parts(), false);
    for label in ["Poland", "Slovakia"] {
        let pieces = pieces(&spec, label);
        assert_eq!(pieces.len(), 2, "{label}");
        assert!(pieces[0].1 + 10.0 < pieces[1].0);
    }
    // The estimate of Hungary is a piece of its own, without a gap.
    assert_eq!(pieces(&spec, "Hungary").len(), 3);
    let notes = layout(&spec).unwrap().notes;
    assert!(notes.contains(&"Where the area is broken there is no figure".to_owned()));
}

#[test]
fn a_part_that_begins_late_breaks_the_whole_once() {
    let mut late = parts();
    late[2].points.drain(..4);
    let table = AreaChart {
        lines: late,
        ..AreaChart::default()
    }
    .table()
    .unwrap();
    let runs: Vec<_> = layers::runs(&table)
        .into_iter()
        .map(|run| (run.days, run.parts))
        .collect();
    assert_eq!(runs, [(0..4, vec![1, 0]), (4..8, vec![1, 0, 2])]);
}

#[test]
fn shares_add_up() {
    let chart = AreaChart {
        lines: parts(),
        share: true,
        ..AreaChart::default()
    };
    let table = chart.table().unwrap();
    for run in layers::runs(&table) {
        for day in run.days.clone() {
            let top = layers::heights(&table, &run, day).last().unwrap().1;
            assert!((top - 100.0).abs() < 1e-9);
        }
    }
    let sum: f64 = chart
        .rows()
        .iter()
        .filter(|row| row.at == "2022-03-01")
        .filter_map(|row| row.value)
        .sum();
    assert!((sum - 100.0).abs() < 0.02);
}

#[test]
fn what_is_no_area_is_refused() {
    let mut ranged = line("Poland", &[14.0, 20.0]);
    (ranged.points[0].low, ranged.points[0].high) = (Some(10.0), Some(20.0));
    let mut other = line("Chad", &[1.0; 4]);
    for (index, point) in other.points.iter_mut().enumerate() {
        point.date = day(1 + 2 * index as u64);
    }
    let mut odd = line("Mali", &[1.0; 4]);
    for (index, point) in odd.points.iter_mut().enumerate() {
        point.date = day(2 * index as u64);
    }
    let many = (0..60).map(|n| line(&format!("P{n}"), &[1.0])).collect();
    let errors: Vec<String> = [
        vec![ranged],
        vec![line("Poland", &[-1.0])],
        many,
        vec![odd, other],
        vec![line("Poland", &[])],
    ]
    .into_iter()
    .map(|lines| render_svg(&areas(lines, false)).unwrap_err().to_string())
    .collect();
    insta::assert_snapshot!(errors.join("\n"), @r"
    `Poland` has a range from low to high, which has no place in a stack or an area; draw grouped columns or a line
    `Poland` has a number below zero, which is no part of a whole; draw grouped columns or lines
    60 series do not fit into one chart, 6 can be told apart; keep the largest and gather the rest, or draw one chart each
    on 2 of 8 days all parts have a figure, which is too few for areas on one another; draw lines, or choose days that they share
    there is no value to draw; widen the period or the selection
    ");
}

#[test]
fn spoiled_areas_are_objected_to() {
    let spec = areas(parts(), false);
    let svg = render_svg(&spec).unwrap();
    let objects = |point: u8, svg: &str| {
        let findings = lint(&spec, svg).unwrap();
        assert!(
            findings.iter().any(|f| f.point == point),
            "{point}: {findings:#?}"
        );
    };
    let without = |part: &str| {
        let kept: Vec<&str> = svg.lines().filter(|line| !line.contains(part)).collect();
        assert!(kept.len() < svg.lines().count(), "{part}");
        kept.join("\n")
    };
    objects(4, &without("class=\"zero\""));
    objects(6, &without("class=\"note\""));
    objects(11, &without("class=\"tick-x\""));
    objects(13, &without(">Slovakia<"));
    objects(25, &svg.replace("stroke-width=\"0.5\"", ""));
    let mut bridged = parts();
    bridged[2].points[2].value = Some(90e3);
    objects(8, &render_svg(&areas(bridged, false)).unwrap());
    let mut firm = vec![line("Poland", &[454e3, 548e3, 650e3])];
    firm[0].points[2].marks.provisional = true;
    firm[0].points[1].marks.at_least = true;
    let spec = areas(firm, false);
    let svg = render_svg(&spec).unwrap();
    for (point, class) in [(7, "hollow"), (9, "at-least")] {
        let kept: Vec<&str> = svg.lines().filter(|line| !line.contains(class)).collect();
        let findings = lint(&spec, &kept.join("\n")).unwrap();
        assert!(
            findings.iter().any(|f| f.point == point),
            "{class}: {findings:#?}"
        );
    }
}

#[test]
fn extremes_are_clean() {
    let big: Vec<f64> = (0..8).map(|power| 10_f64.powi(power)).collect();
    let long: Vec<f64> = (0..1000).map(|n| f64::from(n % 90)).collect();
    let names = (0..5).map(|n| {
        let name = format!("Place {n} with a name of forty letters in it");
        line(&name, &[3.0 + f64::from(n); 6])
    });
    for lines in [
        vec![line("One", &[5.0])],
        vec![line("Zeros", &[0.0; 9])],
        vec![line("Powers", &big)],
        vec![line("Long", &long)],
        names.collect(),
    ] {
        let spec = areas(lines, false);
        assert_eq!(lint(&spec, &render_svg(&spec).unwrap()).unwrap(), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_areas_are_drawn_tidily(
        mut lines in prop::collection::vec(any_line(), 1..6),
        share in any::<bool>(),
        same_days in prop::bool::weighted(0.8),
        size in any_size(),
    ) {
        let days: Vec<_> = lines[0].points.iter().map(|point| point.date).collect();
        for line in &mut lines {
            for point in &mut line.points {
                point.value = point.value.map(f64::abs);
                (point.low, point.high) = (None, None);
            }
            if same_days {
                line.points.truncate(days.len());
                for (point, day) in line.points.iter_mut().zip(&days) {
                    point.date = *day;
                }
            }
        }
        let mut spec = areas(lines, share);
        spec.size = size;
        assert_sound(&spec)?;
    }
}
