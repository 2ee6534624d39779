//! That no text of any kind of chart stays English.

use crate::chart::kind::map::tests::lattice;
use crate::chart::layout::layout;
use crate::chart::tests::{bar, bar_spec, day, flow_spec, line, march, spec};
use crate::chart::text::Text;
use crate::chart::*;

#[test]
fn a_chart_says_everything_in_its_language() {
    let mut romania = bar("Romania", 84_671.0);
    romania.marks = Marks {
        estimated: true,
        provisional: true,
        projected: true,
        at_least: true,
        prose: true,
        revised: true,
    };
    let all_marks = romania.marks;
    romania.discontinued = true;
    (romania.low, romania.high) = (Some(80_000.0), Some(90_000.0));
    let mut none = bar("Belarus", 0.0);
    none.value = None;
    let mut lines = march();
    if let ChartKind::Line(chart) = &mut lines.kind {
        chart.unit = String::new();
        let points = &mut chart.lines[0].points;
        points[1].marks = romania.marks;
        points[4].marks.estimated = true;
        (points[3].low, points[3].high) = (Some(150e3), Some(170e3));
    }
    let bars = bar_spec(vec![romania, none, bar("Poland", 1_412_503.0)]);
    let mut flow = flow_spec(&[("Poland", 9_000.0), ("Chad", 1.0)]);
    if let ChartKind::Flow(chart) = &mut flow.kind {
        chart.exchange.unit = String::new();
    }
    let pairs = [("Sudan", "Chad"), ("Chad", "Chad"), ("Sudan", "Egypt")];
    let movement = |(index, (origin, destination)): (usize, (&str, &str))| Movement {
        origin: origin.to_owned(),
        destination: destination.to_owned(),
        value: (index < 2).then_some(1e3 * (index + 1) as f64),
        marks: all_marks,
        ..Movement::default()
    };
    let exchange = Exchange {
        movements: pairs.into_iter().enumerate().map(movement).collect(),
        ..Exchange::default()
    };
    let chord = spec(ChartKind::Chord(ChordChart {
        exchange: exchange.clone(),
    }));
    let matrix = spec(ChartKind::Matrix(MatrixChart {
        exchange,
        totals: true,
        keeps_order: false,
    }));
    let end = |value| SlopeEnd {
        value,
        low: value.map(|value| value - 9.0),
        high: value.map(|value| value + 9.0),
        marks: all_marks,
        ..SlopeEnd::default()
    };
    let slope = |form| {
        let ends = [[Some(9e4), Some(8e4)], [None, Some(2e3)]];
        let slope = |(name, ends): (&str, [Option<f64>; 2])| Slope {
            label: name.to_owned(),
            ends: ends.map(end),
            ..Slope::default()
        };
        spec(ChartKind::Slope(SlopeChart {
            form,
            moments: ["2021".to_owned(), "2022".to_owned()],
            slopes: ["Poland", "Chad"]
                .into_iter()
                .zip(ends)
                .map(slope)
                .collect(),
            values: ValueKind::Count,
        }))
    };
    let panel = |name: &str| Panel {
        title: name.to_owned(),
        lines: vec![line("", &[1e3, 2e3, 4e3])],
        ..Panel::default()
    };
    let mut panels = PanelChart {
        panels: vec![panel("Poland"), panel("Chad"), panel("Malta")],
        scales_differ: true,
        ..PanelChart::default()
    };
    panels.panels[2].lines[0]
        .points
        .iter_mut()
        .for_each(|point| point.value = None);
    let mut days = line("", &[1e3, 0.0, -5.0, 4e3, 5e3]).points;
    days[3].marks = all_marks;
    (days[4].low, days[4].high) = (Some(1.0), Some(9e3));
    days.remove(1);
    days.push(Point::new(day(6), 0.0));
    let calendar = ChartKind::Calendar(CalendarChart {
        days,
        ..CalendarChart::default()
    });
    let row = TableRow {
        label: "Poland".to_owned(),
        value: Some(5e3),
        low: Some(4e3),
        high: Some(6e3),
        marks: all_marks,
        day: "2022".to_owned(),
        ..TableRow::default()
    };
    let table = ChartKind::Table(TableChart {
        rows: vec![row.clone(), row],
        ..TableChart::default()
    });
    let mut versions = vec![line("A", &[1e3, 2e3]), line("B", &[1e3, 3e3])];
    versions[0].vintage = Some(day(9));
    versions[1].vintage = Some(day(20));
    let ranges = versions[1]
        .points
        .iter()
        .map(|point| (point.date, 5e2, 4e3));
    let mut forecast = line("A", &[1e3, 3e3]);
    forecast.fans = vec![Fan {
        coverage: 80,
        ranges: ranges.collect(),
    }];
    let line_chart = |lines| LineChart {
        lines,
        breaks: vec![Break {
            date: day(1),
            label: "2".to_owned(),
        }],
        ..LineChart::default()
    };
    let mut part = line("A", &[1e3, 2e3, 4e3]);
    part.points[1].value = None;
    part.points[2].marks = all_marks;
    let area = ChartKind::Area(AreaChart {
        lines: vec![part, line("B", &[1e3, 2e3, 4e3])],
        ..AreaChart::default()
    });
    let amount = |value| Amount {
        value,
        low: value.map(|value| value - 9.0),
        high: value.map(|value| value + 9.0),
        marks: all_marks,
        ..Amount::default()
    };
    let series = |label: &str, values: [Option<f64>; 2]| ColumnSeries {
        label: label.to_owned(),
        amounts: values.map(amount).into(),
        ..ColumnSeries::default()
    };
    let columns = ChartKind::Columns(ColumnChart {
        places: Places::Names(vec!["X".to_owned(), "Y".to_owned()]),
        series: vec![
            series("A", [Some(9e4), None]),
            series("B", [Some(8e4), Some(7e4)]),
        ],
        ..ColumnChart::default()
    });
    let group = |label: &str| AgeGroup {
        label: label.to_owned(),
        male: amount(Some(4e3)),
        female: amount(None),
    };
    let pyramid = ChartKind::Pyramid(PyramidChart {
        groups: vec![group("0-4"), group("5-9")],
        ..PyramidChart::default()
    });
    let map = |style| {
        let place = |(id, value): (&str, Option<f64>)| MapPlace {
            label: id.to_owned(),
            site: Site {
                lands: vec![id.to_owned()],
                at: None,
            },
            value,
            low: value.map(|value| value - 9.0),
            high: value.map(|value| value + 9.0),
            marks: all_marks,
            ..MapPlace::default()
        };
        let places = [
            ("A1", Some(9e6)),
            ("B3", Some(9e2)),
            ("C4", None),
            ("Z9", Some(7e3)),
        ];
        spec(ChartKind::Map(MapChart {
            atlas: lattice(6, 4, (5.0, 42.0), 5.0),
            style,
            places: places.map(place).into(),
            origin: Some(MapOrigin {
                label: "B2".to_owned(),
                site: place(("B2", None)).site,
            }),
            unit: String::new(),
            ..MapChart::default()
        }))
    };
    let specs = [
        spec(area),
        spec(columns),
        spec(pyramid),
        map(MapStyle::Symbols),
        map(MapStyle::Choropleth { allow_counts: true }),
        map(MapStyle::Flow),
        lines,
        bars,
        flow,
        chord,
        matrix,
        slope(SlopeForm::Slope),
        slope(SlopeForm::Dumbbell),
        spec(ChartKind::Panels(panels)),
        spec(calendar),
        spec(table),
        spec(ChartKind::Line(line_chart(versions))),
        spec(ChartKind::Line(line_chart(vec![forecast]))),
    ];
    for spec in specs {
        let said = |language: Language| {
            let mut spec = spec.clone();
            spec.language = language;
            let laid = layout(&spec).unwrap();
            let svg = render_svg(&spec).unwrap();
            let mut found = lint(&spec, &svg).unwrap();
            // Marks of every sort on one point are no good chart.
            found.retain(|finding| !matches!(finding.point, 2 | 4 | 9 | 27));
            assert_eq!(found, [], "{language} {}", alt_text(&spec));
            let mut said: Vec<String> = laid.notes;
            said.push(alt_text(&spec));
            let own = |text: &&Text| {
                let letters = text.content.chars().any(char::is_alphabetic);
                letters && !matches!(text.class, "title" | "subtitle" | "label")
            };
            said.extend(
                laid.texts
                    .iter()
                    .filter(own)
                    .map(|text| text.content.clone()),
            );
            said
        };
        let english = said(Language::English);
        for language in [Language::French, Language::Spanish, Language::Ukrainian] {
            for text in said(language) {
                let alike = english.contains(&text)
                    && text.chars().filter(|c| c.is_alphabetic()).count() > 5;
                assert!(!alike, "{language}: {text}");
            }
        }
    }
}
