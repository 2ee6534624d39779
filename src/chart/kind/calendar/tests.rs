//! Calendars: each day once, what is missing is no zero, and never more years than can be read.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::chart::layout::{Body, layout};
use crate::chart::properties::{any_marks, any_size, any_value, assert_sound};
use crate::chart::tests::{assert_tidy, day, spec};
use crate::chart::{ChartKind, ChartSpec, Size, lint, render_svg};

fn spec_of(days: Vec<Point>) -> ChartSpec {
    spec(ChartKind::Calendar(CalendarChart {
        days,
        unit: "people".to_owned(),
        values: ValueKind::Count,
    }))
}

fn days(count: u64) -> Vec<Point> {
    (0..count)
        .map(|offset| Point::new(day(offset), ((offset * 37) % 101 * offset) as f64))
        .collect()
}

fn march() -> ChartSpec {
    let mut days = days(40);
    days.remove(9);
    days[20].value = None;
    days[3].value = Some(-8.0);
    days[5].marks.estimated = true;
    days[6].marks.projected = true;
    days[7].marks.at_least = true;
    days[38].marks.provisional = true;
    spec_of(days)
}

#[test]
fn a_calendar_as_svg() {
    insta::assert_snapshot!("calendar", render_svg(&march()).unwrap());
}

#[test]
fn each_day_is_there_once_and_a_missing_one_is_no_zero() {
    let spec = march();
    let laid = layout(&spec).unwrap();
    let Body::Shapes(groups) = &laid.body else {
        panic!()
    };
    let cells = groups.iter().find(|group| group.class == "cells").unwrap();
    let of = |class: &str| {
        let shapes = cells.shapes.iter();
        shapes.filter(|shape| shape.class == class).count()
    };
    assert_eq!(of("cell"), 38);
    // An outline and a stroke across for each.
    assert_eq!(of("no-figure"), 4);
    let svg = render_svg(&spec).unwrap();
    assert_eq!(lint(&spec, &svg).unwrap(), []);
    let silent = svg.replace(">no figure<", ">else<");
    assert!(lint(&spec, &silent).unwrap().iter().any(|f| f.point == 8));
}

#[test]
fn monday_is_the_first_row_and_weeks_follow_one_another() {
    // 28 February 2022 is a Monday.
    let first = NaiveDate::from_ymd_opt(2022, 2, 28).unwrap();
    let points = (0..8)
        .map(|offset| Point::new(first + chrono::Days::new(offset), 5.0))
        .collect();
    let laid = layout(&spec_of(points)).unwrap();
    let Body::Shapes(groups) = &laid.body else {
        panic!()
    };
    let places: Vec<(f64, f64)> = groups
        .iter()
        .filter(|group| group.class == "cells")
        .flat_map(|group| &group.shapes)
        .map(|shape| match shape.form {
            crate::chart::layout::Form::Rect(rect) => (rect.left, rect.top),
            _ => panic!(),
        })
        .collect();
    assert!((places[0].1 - places[7].1).abs() < 1e-9);
    assert!(places[7].0 > places[0].0);
    assert!(places.windows(2).take(6).all(|pair| pair[1].1 > pair[0].1));
}

#[test]
fn too_many_years_are_refused_with_the_number_that_fits() {
    let error = render_svg(&spec_of(days(27_000))).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"75 years of days do not fit, 5 do; choose fewer years, or a taller size");
}

#[test]
fn every_size_is_tidy() {
    for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
        for count in [1, 9, 190, 366, 500] {
            let mut spec = spec_of(days(count));
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
    fn any_days_are_drawn_tidily(
        start in 0_u64..400,
        days in prop::collection::vec(
            (prop_oneof![4 => Just(1_u64), 1 => 1_u64..90], prop::option::weighted(0.9, any_value()), any_marks()),
            1..200,
        ),
        size in any_size(),
    ) {
        let mut offset = start;
        let days = days.into_iter().map(|(step, value, marks)| {
            offset += step;
            Point { value, marks, ..Point::gap(day(offset)) }
        }).collect();
        let mut spec = spec_of(days);
        spec.size = size;
        assert_sound(&spec)?;
    }
}
