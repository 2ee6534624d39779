//! Hard specifications of every kind that places shapes: each is drawn clean or refused clearly.

use chrono::NaiveDate;

use super::{
    CalendarChart, ChartKind, Line, LineChart, Panel, PanelChart, Slope, SlopeChart, SlopeEnd,
    SlopeForm, TableChart, TableRow,
};
use crate::chart::layout::layout;
use crate::chart::spec::{Break, Fan, Point, Size, ValueKind};
use crate::chart::tests::{assert_tidy, spec};
use crate::chart::{ChartError, Look, lint, render_svg};

const LONG: &str = "Saint Vincent and the Grenadines, Kingst";

/// Values of one line, by name.
fn values() -> Vec<(&'static str, Vec<Option<f64>>)> {
    let known = |values: &[f64]| values.iter().copied().map(Some).collect();
    vec![
        ("one", known(&[42.0])),
        ("zeros", known(&[0.0; 12])),
        ("missing", vec![None; 12]),
        ("wide", known(&[1.0, 30.0, 900.0, 40_000.0, 1e7])),
        ("below zero", known(&[-5e5, 3.0, -2.0, 8e5])),
        ("all below zero", known(&[-5e5, -3.0, -2e4])),
        (
            "many",
            (0..1000)
                .map(|n| Some(f64::from(n * 7919 % 1000)))
                .collect(),
        ),
    ]
}

/// Points of values, with a distance of some days.
fn points(values: &[Option<f64>], step: u64) -> Vec<Point> {
    let first = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap();
    let day = |index: usize| first + chrono::Days::new(index as u64 * step);
    let point = |(index, value): (usize, &Option<f64>)| Point {
        value: *value,
        ..Point::gap(day(index))
    };
    values.iter().enumerate().map(point).collect()
}

/// All kinds, with so many categories of one name.
fn kinds(label: &str, count: usize, values: &[Option<f64>], step: u64) -> Vec<ChartKind> {
    let names: Vec<String> = (0..count).map(|n| format!("{label} {n}")).collect();
    let end = |value: Option<f64>| SlopeEnd {
        value,
        ..SlopeEnd::default()
    };
    let slopes: Vec<Slope> = names
        .iter()
        .enumerate()
        .map(|(index, name)| Slope {
            label: name.clone(),
            ends: [
                end(values[index % values.len()]),
                end(values[(index + 1) % values.len()]),
            ],
            ..Slope::default()
        })
        .collect();
    let two = |form| {
        ChartKind::Slope(SlopeChart {
            form,
            moments: ["31 December 1950".to_owned(), "31 December 2024".to_owned()],
            slopes: slopes.clone(),
            values: ValueKind::Count,
        })
    };
    let line = |name: &String| Line {
        label: name.clone(),
        points: points(values, step),
        ..Line::default()
    };
    let panels = names.iter().map(|name| Panel {
        title: name.clone(),
        lines: vec![line(name)],
        ..Panel::default()
    });
    let rows = names.iter().enumerate().map(|(index, name)| TableRow {
        label: name.clone(),
        value: values[index % values.len()],
        change: values[(index + 1) % values.len()],
        day: "31 December 2024".to_owned(),
        ..TableRow::default()
    });
    let versions = names.iter().enumerate().map(|(index, name)| Line {
        vintage: Some(
            NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + chrono::Days::new(index as u64),
        ),
        ..line(name)
    });
    let all = points(values, step);
    let middle = all[all.len() / 2].date;
    let fan = Fan {
        coverage: 80,
        ranges: all
            .iter()
            .rev()
            .take(3)
            .filter_map(|point| Some((point.date, point.value? - 5.0, point.value? + 5.0)))
            .collect(),
    };
    vec![
        two(SlopeForm::Slope),
        two(SlopeForm::Dumbbell),
        ChartKind::Panels(PanelChart {
            panels: panels.collect(),
            ..PanelChart::default()
        }),
        ChartKind::Calendar(CalendarChart {
            days: all.clone(),
            unit: "people".to_owned(),
            values: ValueKind::Count,
        }),
        ChartKind::Table(TableChart {
            names: "Country".to_owned(),
            heading: "People".to_owned(),
            change: "Change since the report before".to_owned(),
            rows: rows.collect(),
            values: ValueKind::Count,
        }),
        ChartKind::Line(LineChart {
            lines: versions.collect(),
            unit: "people".to_owned(),
            ..LineChart::default()
        }),
        ChartKind::Line(LineChart {
            lines: vec![Line {
                fans: vec![fan],
                ..line(&label.to_owned())
            }],
            breaks: vec![Break {
                date: middle,
                label: "new definition".to_owned(),
            }],
            unit: "people".to_owned(),
            ..LineChart::default()
        }),
    ]
}

#[test]
fn hard_specifications_are_drawn_clean_or_refused_clearly() {
    let mut drawn = 0;
    for (name, values) in values() {
        for (label, count) in [("Poland", 1), ("Chad", 8), (LONG, 8), ("Place", 60)] {
            // What takes long and shows nothing else is left out.
            if values.len() > 100 && count > 1 && label != "Chad" {
                continue;
            }
            let steps: &[u64] = if count == 8 { &[1] } else { &[1, 365] };
            for &step in steps {
                for (index, kind) in kinds(label, count, &values, step).into_iter().enumerate() {
                    let forms = [
                        (Size::ARTICLE, Look::Light),
                        (Size::ARTICLE, Look::Dark),
                        (Size::SQUARE, Look::Grey),
                    ];
                    for (size, look) in forms.into_iter().take(if count == 1 { 3 } else { 1 }) {
                        let mut spec = spec(kind.clone());
                        spec.size = size;
                        spec.look = look;
                        let case = format!(
                            "{name}, {count} of {label}, {step}, kind {index}, {size:?}, {look:?}"
                        );
                        match layout(&spec) {
                            Ok(laid) => {
                                assert_tidy(&laid)
                                    .unwrap_or_else(|error| panic!("{case}: {error}"));
                                let svg = render_svg(&spec).unwrap();
                                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{case}");
                                assert_eq!(lint(&spec, &svg).unwrap(), [], "{case}");
                                drawn += 1;
                            }
                            Err(
                                ChartError::TooMany { .. }
                                | ChartError::NoValues
                                | ChartError::NoRoom { .. },
                            ) => {}
                            Err(error) => panic!("{case}: {error}"),
                        }
                    }
                }
            }
        }
    }
    // Most can be drawn; what cannot is too much for its size or holds nothing.
    assert!(drawn > 150, "{drawn}");
}
