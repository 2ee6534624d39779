//! Tables: numbers end in one line, what is not firm is said, and never more rows than can be read.

use proptest::prelude::*;

use super::*;
use crate::chart::layout::layout;
use crate::chart::properties::{any_label, any_marks, any_size, any_value, assert_sound};
use crate::chart::tests::{assert_tidy, spec};
use crate::chart::text::Anchor;
use crate::chart::{ChartKind, ChartSpec, Size, lint, render_svg};

fn row(label: &str, value: f64, change: f64) -> TableRow {
    TableRow {
        label: label.to_owned(),
        value: Some(value),
        change: Some(change),
        day: "8 March 2022".to_owned(),
        ..TableRow::default()
    }
}

fn spec_of(rows: Vec<TableRow>) -> ChartSpec {
    spec(ChartKind::Table(TableChart {
        names: "Country".to_owned(),
        heading: "People".to_owned(),
        change: "Change since 1 March".to_owned(),
        rows,
        values: ValueKind::Count,
    }))
}

fn march() -> ChartSpec {
    let mut rows = vec![
        row("Poland", 1_412_503.0, 958_521.0),
        row("Hungary", 214_160.0, 97_812.0),
        row("Republic of Moldova", 82_762.0, -3_254.0),
        row("Belarus", 765.0, 424.0),
    ];
    rows[0].emphasis = true;
    rows[1].marks.estimated = true;
    rows[2].qualifier = Some(Qualifier::About);
    rows[3].value = None;
    rows[3].change = None;
    spec_of(rows)
}

#[test]
fn a_table_as_svg() {
    insta::assert_snapshot!("table", render_svg(&march()).unwrap());
}

#[test]
fn numbers_end_in_one_line_and_what_is_missing_is_said() {
    let laid = layout(&march()).unwrap();
    let values: Vec<_> = laid
        .texts
        .iter()
        .filter(|text| text.class == "value")
        .collect();
    let contents: Vec<&str> = values.iter().map(|text| text.content.as_str()).collect();
    assert_eq!(
        contents,
        ["1,412,503", "214,160", "about 82,762", "no figure"]
    );
    assert!(values.iter().all(|text| text.anchor == Anchor::End));
    assert!(values.windows(2).all(|pair| pair[0].x == pair[1].x));
    assert!(laid.texts.iter().any(|text| text.content == "estimated"));
    assert!(laid.texts.iter().any(|text| text.content == "−3,254"));
    let spec = march();
    assert_eq!(lint(&spec, &render_svg(&spec).unwrap()).unwrap(), []);
}

#[test]
fn too_many_are_refused_with_the_number_that_fits() {
    let many = (0..60)
        .map(|n| row(&format!("Place {n}"), 1.0, 0.0))
        .collect();
    let error = render_svg(&spec_of(many)).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"60 rows do not fit, 21 do; keep the largest, or choose a taller size");
}

#[test]
fn every_size_is_tidy() {
    for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
        let mut spec = march();
        spec.size = size;
        assert_tidy(&layout(&spec).unwrap()).unwrap();
        let svg = render_svg(&spec).unwrap();
        assert_eq!(lint(&spec, &svg).unwrap(), [], "{size:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_rows_are_drawn_tidily(
        rows in prop::collection::vec(
            (any_label(), prop::option::weighted(0.9, any_value()), prop::option::of(any_value()), any_marks(), prop::bool::weighted(0.2)),
            1..20,
        ),
        size in any_size(),
    ) {
        let rows = rows.into_iter().map(|(label, value, change, marks, flag)| TableRow {
            label,
            value,
            low: value.filter(|_| flag).map(|value| value - value.abs() * 0.2),
            high: value.filter(|_| flag).map(|value| value + value.abs() * 0.3),
            change,
            marks,
            emphasis: flag,
            day: "8 March 2022".to_owned(),
            ..TableRow::default()
        }).collect();
        let mut spec = spec_of(rows);
        spec.size = size;
        assert_sound(&spec)?;
    }
}
