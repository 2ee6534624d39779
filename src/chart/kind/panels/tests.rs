//! Panels: one scale, the largest first, and never more than can be read.

use proptest::prelude::*;

use super::*;
use crate::chart::layout::{Body, Form, layout};
use crate::chart::properties::{any_label, any_line, any_size, assert_sound};
use crate::chart::tests::{assert_tidy, line, spec};
use crate::chart::{ChartKind, ChartSpec, Size, lint, render_svg};

fn panel(title: &str, values: &[f64]) -> Panel {
    Panel {
        title: title.to_owned(),
        lines: vec![line("Crossings", values)],
        ..Panel::default()
    }
}

fn spec_of(panels: Vec<Panel>) -> ChartSpec {
    spec(ChartKind::Panels(PanelChart {
        panels,
        ..PanelChart::default()
    }))
}

fn march() -> ChartSpec {
    let mut hungary = panel("Hungary", &[116e3, 133e3, 145e3, 157e3, 169e3]);
    hungary.lines[0].points[2].value = None;
    let mut moldova = panel("Republic of Moldova", &[66e3, 79e3, 91e3, 98e3, 84e3]);
    moldova.lines[0].points[4].marks.provisional = true;
    spec_of(vec![
        hungary,
        moldova,
        panel("Poland", &[454e3, 548e3, 650e3, 756e3, 885e3]),
        panel("Slovakia", &[67e3, 79e3, 90e3, 101e3, 113e3]),
    ])
}

#[test]
fn panels_as_svg() {
    insta::assert_snapshot!("panels", render_svg(&march()).unwrap());
}

#[test]
fn the_largest_comes_first_and_all_share_one_scale() {
    let spec = march();
    let laid = layout(&spec).unwrap();
    let Body::Shapes(groups) = &laid.body else {
        panic!()
    };
    let titles: Vec<&str> = groups
        .iter()
        .filter(|group| group.class == "grid")
        .map(|group| group.label.as_str())
        .collect();
    assert_eq!(
        titles,
        ["Poland", "Hungary", "Slovakia", "Republic of Moldova"]
    );
    let svg = render_svg(&spec).unwrap();
    assert_eq!(lint(&spec, &svg).unwrap(), []);
    // The top of a line of another panel lies as high above its zero as its value says.
    let heights: Vec<f64> = groups
        .iter()
        .filter(|group| group.class == "grid")
        .map(|group| {
            let Form::Path(points) = &group.shapes[1].form else {
                panic!()
            };
            let Form::Path(zero) = &group.shapes[0].form else {
                panic!()
            };
            zero[0].1 - points[0].1
        })
        .collect();
    assert!(
        heights
            .windows(2)
            .all(|pair| (pair[0] - pair[1]).abs() < 0.01)
    );
}

#[test]
fn scales_differ_only_when_asked_and_then_say_so() {
    let mut spec = march();
    if let ChartKind::Panels(chart) = &mut spec.kind {
        chart.scales_differ = true;
    }
    let svg = render_svg(&spec).unwrap();
    assert!(svg.contains("The scales of the panels differ"));
    assert_eq!(lint(&spec, &svg).unwrap(), []);
    let silent = svg.replace("The scales of the panels differ", "Panels");
    assert!(lint(&spec, &silent).unwrap().iter().any(|f| f.point == 12));
}

#[test]
fn names_of_several_lines_stand_once_above_the_panels() {
    let mut both = panel("Poland", &[454e3, 548e3]);
    both.lines.push(line("Returns", &[4e3, 8e3]));
    let mut other = panel("Hungary", &[54e3, 58e3]);
    other.lines.push(line("Returns", &[1e3, 2e3]));
    let spec = spec_of(vec![both, other]);
    let laid = layout(&spec).unwrap();
    let names = laid.texts.iter().filter(|text| text.content == "Returns");
    assert_eq!(names.count(), 1);
    assert_eq!(lint(&spec, &render_svg(&spec).unwrap()).unwrap(), []);
}

#[test]
fn too_many_are_refused_with_the_number_that_fits() {
    let many = (0..60)
        .map(|n| panel(&format!("Place {n}"), &[1.0, f64::from(n)]))
        .collect();
    let error = render_svg(&spec_of(many)).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"60 panels do not fit, 30 do; choose fewer places, or a larger size");
}

#[test]
fn every_size_and_number_is_tidy() {
    for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
        for count in 1..9 {
            let panels = (0..count)
                .map(|n| panel(&format!("Place {n}"), &[1.0, 7e6 / f64::from(n + 1)]))
                .collect();
            let mut spec = spec_of(panels);
            spec.size = size;
            assert_tidy(&layout(&spec).unwrap()).unwrap();
            let svg = render_svg(&spec).unwrap();
            assert_eq!(lint(&spec, &svg).unwrap(), [], "{size:?} {count}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_panels_are_drawn_tidily(
        panels in prop::collection::vec((any_label(), prop::collection::vec(any_line(), 1..3)), 1..14),
        scales_differ in any::<bool>(),
        size in any_size(),
    ) {
        let panels = panels.into_iter().enumerate().map(|(index, (title, mut lines))| {
            for (number, line) in lines.iter_mut().enumerate() {
                line.label = format!("Line {number}");
            }
            Panel { title: format!("{title} {index}"), lines, ..Panel::default() }
        }).collect();
        let mut spec = spec(ChartKind::Panels(PanelChart { panels, scales_differ, ..PanelChart::default() }));
        spec.size = size;
        assert_sound(&spec)?;
    }
}
