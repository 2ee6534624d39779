//! Pyramids: two sides on one scale.

use proptest::prelude::*;

use super::*;
use crate::chart::layout::{Body, Form, layout};
use crate::chart::properties::{any_label, any_marks, any_size, any_value, assert_sound};
use crate::chart::spec::Marks;
use crate::chart::tests::spec;
use crate::chart::{ChartKind, ChartSpec, Size, lint, plotted_rows, render_svg};
use crate::figure::Qualifier;

const AGES: [&str; 5] = ["0 to 4", "5 to 11", "12 to 17", "18 to 59", "60 and over"];

fn pyramid(male: &[f64], female: &[f64], share: bool) -> PyramidChart {
    let groups = AGES.iter().zip(male).zip(female);
    PyramidChart {
        groups: groups
            .map(|((label, male), female)| AgeGroup {
                label: (*label).to_owned(),
                male: Amount::new(*male),
                female: Amount::new(*female),
            })
            .collect(),
        share,
        values: ValueKind::Count,
    }
}

fn marked() -> ChartSpec {
    let mut chart = pyramid(
        &[320e3, 410e3, 250e3, 610e3, 70e3],
        &[300e3, 395e3, 240e3, 720e3, 95e3],
        false,
    );
    chart.groups[0].male.value = None;
    chart.groups[1].male.marks.estimated = true;
    chart.groups[2].female.marks.provisional = true;
    chart.groups[3].female.marks.at_least = true;
    chart.groups[3].female.qualifier = Some(Qualifier::AtLeast);
    (chart.groups[4].female.low, chart.groups[4].female.high) = (Some(80e3), Some(180e3));
    spec(ChartKind::Pyramid(chart))
}

#[test]
fn a_pyramid_as_svg() {
    let chart = pyramid(
        &[320e3, 410e3, 250e3, 610e3, 70e3],
        &[300e3, 395e3, 240e3, 720e3, 95e3],
        true,
    );
    let spec = spec(ChartKind::Pyramid(chart));
    insta::assert_snapshot!("pyramid", render_svg(&spec).unwrap());
    let rows: Vec<String> = plotted_rows(&spec)
        .into_iter()
        .map(|row| format!("{} {} {:?}", row.series, row.at, row.value))
        .collect();
    assert_eq!(rows[0], "Male 60 and over Some(2.05)");
    assert_eq!(rows[9], "Female 0 to 4 Some(8.8)");
}

#[test]
fn good_pyramids_have_no_findings() {
    for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
        let mut spec = marked();
        spec.size = size;
        assert_eq!(
            lint(&spec, &render_svg(&spec).unwrap()).unwrap(),
            [],
            "{size:?}"
        );
    }
}

#[test]
fn men_stand_left_and_the_oldest_on_top() {
    let laid = layout(&marked()).unwrap();
    let label = |name: &str| laid.texts.iter().find(|text| text.content == name).unwrap();
    assert!(label("Male").x < label("Female").x);
    assert!(label("60 and over").baseline < label("0 to 4").baseline);
    let Body::Shapes(groups) = &laid.body else {
        panic!("a pyramid is made of shapes")
    };
    let bars: Vec<Rect> = groups
        .iter()
        .flat_map(|group| &group.shapes)
        .filter_map(|shape| match &shape.form {
            Form::Rect(rect) => Some(*rect),
            _ => None,
        })
        .collect();
    // One scale: 720,000 women are 7.2 times as wide as 100,000 would be.
    let pace = bars[3].width() / 720e3;
    assert!((bars[0].width() / 70e3 - pace).abs() < 1e-9);
    assert_eq!(bars.len(), 9);
}

#[test]
fn a_sum_without_room_is_left_out() {
    let chart = pyramid(&[1e9, 2e9], &[5_761_474_005.0, 5_280_136_414.0], false);
    let mut spec = spec(ChartKind::Pyramid(chart));
    spec.size = Size::new(360, 400, 1.0);
    let svg = render_svg(&spec).unwrap();
    assert!(!svg.contains("11,041,610,419"));
    assert_eq!(lint(&spec, &svg).unwrap(), []);
}

#[test]
fn what_is_no_pyramid_is_refused() {
    let errors: Vec<String> = [
        pyramid(&[-1.0], &[1.0], false),
        pyramid(&[0.0; 5], &[0.0; 5], true),
        pyramid(&[], &[], false),
        PyramidChart {
            groups: (0..60)
                .map(|n| AgeGroup {
                    label: format!("{n}"),
                    male: Amount::new(1.0),
                    female: Amount::new(1.0),
                })
                .collect(),
            ..PyramidChart::default()
        },
    ]
    .map(|chart| {
        render_svg(&spec(ChartKind::Pyramid(chart)))
            .unwrap_err()
            .to_string()
    })
    .to_vec();
    insta::assert_snapshot!(errors.join("\n"), @r"
    `0 to 4` has a number below zero, which is no part of a whole; draw grouped columns or lines
    there is no value to draw; widen the period or the selection
    there is no value to draw; widen the period or the selection
    60 bars do not fit, 30 do; keep the largest and gather the rest in one, or choose a taller size
    ");
}

#[test]
fn spoiled_pyramids_are_objected_to() {
    let spec = marked();
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
    objects(7, &without("class=\"edge\""));
    objects(8, &svg.replace("no figure", "0"));
    objects(9, &without("class=\"at-least\""));
    objects(9, &without("class=\"whisker\""));
    objects(13, &without(">Female<"));
    let (before, after) = svg.split_once("class=\"bar\"").unwrap();
    let wider = after.replacen(" width=\"", " width=\"9", 1);
    objects(12, &format!("{before}class=\"bar\"{wider}"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_pyramid_is_drawn_tidily(
        groups in prop::collection::vec(
            (any_label(), prop::array::uniform2(prop::option::weighted(0.9, any_value())), any_marks()),
            1..30,
        ),
        share in any::<bool>(),
        size in any_size(),
    ) {
        let amount = |value: Option<f64>, marks| Amount {
            value: value.map(f64::abs),
            marks,
            ..Amount::default()
        };
        let groups = groups.into_iter().map(|(label, [male, female], marks)| AgeGroup {
            label,
            male: amount(male, marks),
            female: amount(female, Marks::default()),
        });
        let mut spec = spec(ChartKind::Pyramid(PyramidChart {
            groups: groups.collect(), share, values: ValueKind::Count,
        }));
        spec.size = size;
        assert_sound(&spec)?;
    }
}
