//! Columns: where they stand, what they say, and what is refused.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::slots::{Rhythm, Slots};
use super::*;
use crate::chart::layout::{Body, Form, Group, Layout, layout};
use crate::chart::properties::{any_label, any_line, any_marks, any_size, any_value, assert_sound};
use crate::chart::tests::{day, line, spec};
use crate::chart::{ChartKind, ChartSpec, Point, Size, lint, render_svg};
use crate::figure::Qualifier;

fn year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap()
}

fn yearly(label: &str, first: i32, values: &[f64]) -> Line {
    let points = (first..).zip(values);
    Line {
        label: label.to_owned(),
        points: points
            .map(|(of, value)| Point::new(year(of), *value))
            .collect(),
        ..Line::default()
    }
}

fn columns(lines: &[Line], arrangement: Arrangement) -> ChartSpec {
    let chart = ColumnChart::over_time(lines, arrangement, "people", ValueKind::Count).unwrap();
    spec(ChartKind::Columns(chart))
}

fn named(names: &[&str], values: &[f64]) -> ChartSpec {
    spec(ChartKind::Columns(ColumnChart {
        places: Places::Names(names.iter().map(|name| (*name).to_owned()).collect()),
        series: vec![ColumnSeries {
            label: "Refugees".to_owned(),
            amounts: values.iter().map(|value| Amount::new(*value)).collect(),
            ..ColumnSeries::default()
        }],
        ..ColumnChart::default()
    }))
}

fn displaced() -> Vec<Line> {
    let mut asylum = yearly("Asylum-seekers", 2020, &[4.1e6, 4.6e6, 5.4e6, 6.9e6]);
    asylum.points[3].marks.provisional = true;
    let mut others = yearly("Others in need of protection", 2021, &[4.4e6, 5.2e6, 5.8e6]);
    others.points[2].marks.estimated = true;
    vec![
        yearly("Refugees", 2020, &[20.7e6, 21.3e6, 29.4e6, 31.6e6]),
        asylum,
        others,
    ]
}

fn groups(layout: &Layout) -> &[Group] {
    match &layout.body {
        Body::Shapes(groups) => groups,
        _ => panic!("columns are shapes"),
    }
}

#[track_caller]
fn clean(spec: &ChartSpec) {
    for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
        let mut spec = spec.clone();
        spec.size = size;
        let svg = render_svg(&spec).unwrap();
        assert_eq!(lint(&spec, &svg).unwrap(), [], "{size:?}");
    }
}

#[test]
fn columns_as_svg() {
    let spec = columns(&displaced(), Arrangement::Stacked);
    insta::assert_snapshot!("columns", render_svg(&spec).unwrap());
}

#[test]
fn good_columns_have_no_findings() {
    for arrangement in [
        Arrangement::Grouped,
        Arrangement::Stacked,
        Arrangement::Share,
    ] {
        clean(&columns(&displaced(), arrangement));
    }
    clean(&named(&["0–4", "5–11", "12–17"], &[120e3, 180e3, 130e3]));
}

#[test]
fn few_columns_carry_their_values_and_many_have_an_axis() {
    let classes = |values: &[f64]| {
        let laid = layout(&columns(
            &[yearly("Syria", 1990, values)],
            Arrangement::Grouped,
        ));
        let texts = laid.unwrap().texts;
        let has = |class: &str| texts.iter().any(|text| text.class == class);
        (has("value"), has("tick-y"))
    };
    assert_eq!(classes(&[4.85e6; 10]), (true, false));
    assert_eq!(classes(&[4.85e6; 30]), (false, true));
}

#[test]
fn years_and_months_are_bands_and_days_stand_at_their_time() {
    let months: Vec<NaiveDate> = ["2022-01-31", "2022-02-28", "2022-04-30"]
        .map(|day| day.parse().unwrap())
        .to_vec();
    let slots = Slots::new(&Places::Days(months));
    assert_eq!(slots.rhythm, Rhythm::Months);
    assert!(slots.has_holes());
    let slots = Slots::new(&Places::Days(vec![year(2019), year(2020), year(2022)]));
    assert_eq!((slots.rhythm, slots.length()), (Rhythm::Years, 4.0));
    let slots = Slots::new(&Places::Days(vec![day(0), day(3), day(9)]));
    assert_eq!((slots.rhythm, slots.length()), (Rhythm::Days, 4.0));
    assert!(!slots.has_holes());
}

#[test]
fn a_year_that_is_not_over_keeps_its_own_day() {
    let mut line = yearly("Syria", 2014, &[2e6; 12]);
    line.points[11].date = NaiveDate::from_ymd_opt(2025, 6, 30).unwrap();
    let laid = layout(&columns(&[line], Arrangement::Grouped)).unwrap();
    let ticks: Vec<&str> = laid
        .texts
        .iter()
        .filter(|text| text.class == "tick-x")
        .map(|text| text.content.as_str())
        .collect();
    assert_eq!(ticks[9..], ["2023", "2024", "Jun", "2025"]);
}

#[test]
fn what_is_emphasised_stands_at_the_base_and_then_the_largest() {
    let mut lines = vec![
        yearly("Chad", 2020, &[1e6, 1e6]),
        yearly("Germany", 2020, &[3e6, 3e6]),
        yearly("Uganda", 2020, &[2e6, 2e6]),
    ];
    lines[0].emphasis = true;
    let chart =
        ColumnChart::over_time(&lines, Arrangement::Stacked, "people", ValueKind::Count).unwrap();
    assert_eq!(stack::order(&chart.series, false), [0, 1, 2]);
    lines[0].emphasis = false;
    lines[2].points[0].value = Some(9e6);
    let chart =
        ColumnChart::over_time(&lines, Arrangement::Stacked, "people", ValueKind::Count).unwrap();
    assert_eq!(stack::order(&chart.series, true), [1, 0, 2]);
}

#[test]
fn a_missing_figure_is_said_and_has_no_column() {
    let mut line = yearly("Syria", 2019, &[14.0, 120.0, 3.0, 35.0]);
    line.points[2].value = None;
    line.points[1].qualifier = Some(Qualifier::AtLeast);
    line.points[1].marks.at_least = true;
    let spec = columns(&[line], Arrangement::Grouped);
    let laid = layout(&spec).unwrap();
    let bars = groups(&laid).iter().flat_map(|group| &group.shapes);
    let bars = bars.filter(|shape| matches!(shape.form, Form::Rect(_)));
    assert_eq!(bars.count(), 3);
    let values: Vec<&str> = laid
        .texts
        .iter()
        .filter(|text| text.class == "value")
        .map(|text| text.content.as_str())
        .collect();
    assert_eq!(values, ["14", "at least", "120", "no figure", "35"]);
    clean(&spec);
}

#[test]
fn parts_without_a_figure_are_named() {
    let notes = layout(&columns(&displaced(), Arrangement::Stacked))
        .unwrap()
        .notes;
    assert!(
        notes.contains(
            &"No figure for Others in need of protection in 2020; the column is of the other parts"
                .to_owned()
        ),
        "{notes:?}"
    );
}

#[test]
fn rows_are_what_is_plotted() {
    let spec = columns(&displaced(), Arrangement::Share);
    let rows: Vec<String> = crate::chart::plotted_rows(&spec)
        .into_iter()
        .filter(|row| row.at.starts_with("2023") || row.at.starts_with("2020"))
        .map(|row| {
            format!(
                "{} {} {:?} {}",
                row.series,
                row.at,
                row.value,
                row.flags.join(",")
            )
        })
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    Refugees 2020-12-31 Some(83.47) 
    Refugees 2023-12-31 Some(71.33) 
    Asylum-seekers 2020-12-31 Some(16.53) 
    Asylum-seekers 2023-12-31 Some(15.58) provisional
    Others in need of protection 2020-12-31 None 
    Others in need of protection 2023-12-31 Some(13.09) estimated
    ");
}

#[test]
fn what_is_no_column_is_refused() {
    let mut ranged = yearly("Syria", 2019, &[14.0, 120.0]);
    (ranged.points[0].low, ranged.points[0].high) = (Some(10.0), Some(20.0));
    let other = yearly("Chad", 2019, &[1.0, -2.0]);
    let many: Vec<Line> = (0..60)
        .map(|n| yearly(&format!("P{n}"), 2000, &[1.0]))
        .collect();
    let days: Vec<f64> = (0..1000).map(f64::from).collect();
    let mut short = named(&["a", "b"], &[1.0]);
    short.title = "Too few".to_owned();
    let mut none = yearly("Syria", 2019, &[14.0]);
    none.points[0].value = None;
    let long = ["Bundesrechtsanwaltsgebuehrenordnung"; 12];
    let errors: Vec<String> = [
        columns(
            &[ranged, yearly("Chad", 2019, &[1.0])],
            Arrangement::Stacked,
        ),
        columns(&[other, yearly("Mali", 2019, &[1.0])], Arrangement::Share),
        columns(&many, Arrangement::Grouped),
        columns(&[line("Daily", &days)], Arrangement::Grouped),
        short,
        columns(&[none], Arrangement::Grouped),
        named(&long, &[1.0; 12]),
    ]
    .iter()
    .map(|spec| render_svg(spec).unwrap_err().to_string())
    .collect();
    insta::assert_snapshot!(errors.join("\n"), @r"
    `Syria` has a range from low to high, which has no place in a stack or an area; draw grouped columns or a line
    `Chad` has a number below zero, which is no part of a whole; draw grouped columns or lines
    60 series do not fit into one chart, 6 can be told apart; keep the largest and gather the rest, or draw one chart each
    1000 columns do not stand clear of one another at their places on the axis; draw a line, narrow the period, or choose a wider size
    `Refugees` has a number for 1 of 2 columns; give one for each, if only that there is none
    there is no value to draw; widen the period or the selection
    the names of 12 columns do not fit side by side; draw bars, which have their names on the left, or shorten them
    ");
}

#[test]
fn spoiled_columns_are_objected_to() {
    let spec = columns(&displaced(), Arrangement::Grouped);
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
    let (before, after) = svg.split_once("class=\"bar\"").unwrap();
    let taller = after.replacen(" height=\"", " height=\"9", 1);
    objects(4, &format!("{before}class=\"bar\"{taller}"));
    objects(4, &without("class=\"zero\""));
    objects(7, &without("class=\"edge\""));
    objects(
        8,
        &svg.replace(">no figure<", ">0<").replace(">figure<", ">0<"),
    );
    objects(11, &without("class=\"tick-x\""));
    objects(13, &without(">Refugees<"));
    objects(22, &svg.replacen("class=\"value\"", "class=\"tick-y\"", 1));
}

fn extreme() -> Vec<(&'static str, Vec<Line>)> {
    let big: Vec<f64> = (0..8).map(|power| 10_f64.powi(power)).collect();
    let negative: Vec<f64> = (0..40).map(|n| f64::from(n - 20) * 1e4).collect();
    vec![
        ("one", vec![yearly("Syria", 2024, &[5.0])]),
        ("zeros", vec![yearly("Syria", 2010, &[0.0; 9])]),
        ("powers", vec![yearly("Syria", 2010, &big)]),
        ("long", vec![yearly("Syria", 1951, &[2.5e6; 75])]),
        ("negative", vec![yearly("Syria", 1980, &negative)]),
        ("days", vec![line("Syria", &[5.0, 8.0])]),
        ("a hundred days", vec![line("Syria", &[5.0; 100])]),
        (
            "long names",
            (0..5)
                .map(|n| {
                    let name = format!("Place {n} with a name of forty letters in it");
                    yearly(&name, 2015, &[3.0 + f64::from(n); 6])
                })
                .collect(),
        ),
    ]
}

#[test]
fn extremes_are_clean() {
    for (what, lines) in extreme() {
        for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
            let mut spec = columns(&lines, Arrangement::Grouped);
            spec.size = size;
            match render_svg(&spec) {
                Ok(svg) => assert_eq!(lint(&spec, &svg).unwrap(), [], "{what} {size:?}"),
                Err(error) => {
                    assert!(
                        matches!(error, ChartError::TooManyColumns(_)),
                        "{what} {error}"
                    );
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_columns_over_time_are_drawn_tidily(
        mut lines in prop::collection::vec(any_line(), 1..5),
        arrangement in prop_oneof![
            Just(Arrangement::Grouped), Just(Arrangement::Stacked), Just(Arrangement::Share)
        ],
        same_days in any::<bool>(),
        size in any_size(),
    ) {
        if arrangement != Arrangement::Grouped {
            for point in lines.iter_mut().flat_map(|line| &mut line.points) {
                point.value = point.value.map(f64::abs);
                (point.low, point.high) = (None, None);
            }
        }
        if same_days {
            let days: Vec<NaiveDate> = lines[0].points.iter().map(|point| point.date).collect();
            for line in &mut lines {
                line.points.truncate(days.len());
                for (point, day) in line.points.iter_mut().zip(&days) {
                    point.date = *day;
                }
            }
        }
        let mut spec = columns(&lines, arrangement);
        spec.size = size;
        assert_sound(&spec)?;
    }

    #[test]
    fn any_named_columns_are_drawn_tidily(
        columns in prop::collection::vec(
            (any_label(), prop::option::weighted(0.9, any_value()), any_marks(), any::<bool>()), 1..30,
        ),
        size in any_size(),
    ) {
        let mut spec = named(&[], &[]);
        if let ChartKind::Columns(chart) = &mut spec.kind {
            chart.places = Places::Names(columns.iter().map(|(name, ..)| name.clone()).collect());
            chart.series[0].amounts = columns.iter().map(|(_, value, marks, about)| Amount {
                value: *value,
                marks: *marks,
                qualifier: about.then_some(Qualifier::About),
                ..Amount::default()
            }).collect();
        }
        spec.size = size;
        assert_sound(&spec)?;
    }
}
