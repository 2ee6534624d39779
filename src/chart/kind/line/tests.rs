//! Versions, breaks and fans of lines.

use proptest::prelude::*;

use super::*;
use crate::chart::layout::{Body, layout};
use crate::chart::palette::{EMPHASIS, VINTAGES};
use crate::chart::properties::{any_label, any_line, any_size, assert_sound};
use crate::chart::tests::{day, line, line_spec, spec};
use crate::chart::{ChartKind, ChartSpec, lint, render_svg};

/// So many versions of one line, each a day longer and a little higher than the one before.
fn versions(count: u64) -> ChartSpec {
    let lines = (0..count)
        .map(|version| {
            let points = (0..3 + version).map(|offset| {
                Point::new(day(offset), (1_000 * (offset + 1) + 40 * version) as f64)
            });
            Line {
                label: day(version + 3).format("%-d %B %Y").to_string(),
                vintage: Some(day(version + 3)),
                emphasis: version + 1 == count,
                points: points.collect(),
                ..Line::default()
            }
        })
        .collect();
    line_spec(lines)
}

fn body(spec: &ChartSpec) -> LineBody {
    match layout(spec).unwrap().body {
        Body::Lines(body) => body,
        _ => panic!(),
    }
}

/// Two lines with a change of definition between the third and the fourth day.
fn broken() -> ChartSpec {
    let mut spec = line_spec(vec![
        line("Poland", &[1e5, 2e5, 3e5, 5e4, 6e4, 7e4]),
        line("Hungary", &[1e4, 2e4, 3e4, 5e3, 6e3, 7e3]),
    ]);
    if let ChartKind::Line(chart) = &mut spec.kind {
        chart.breaks = vec![Break {
            date: day(3),
            label: "new definition".to_owned(),
        }];
    }
    spec
}

/// Four known weeks and three forecast ones.
fn forecast() -> ChartSpec {
    let mut one = line("Poland", &[1e5, 2e5, 3e5, 4e5, 5e5, 6e5, 7e5]);
    one.emphasis = true;
    for point in &mut one.points[4..] {
        point.marks.projected = true;
    }
    one.fans = [(95, 9e4), (50, 3e4), (80, 6e4)]
        .into_iter()
        .map(|(coverage, half)| Fan {
            coverage,
            ranges: one.points[4..]
                .iter()
                .map(|point| {
                    let value = point.value.unwrap();
                    (point.date, value - half, value + half)
                })
                .collect(),
        })
        .collect();
    line_spec(vec![one])
}

#[test]
fn versions_breaks_and_fans_as_svg() {
    insta::assert_snapshot!("versions", render_svg(&versions(4)).unwrap());
    insta::assert_snapshot!("break", render_svg(&broken()).unwrap());
    insta::assert_snapshot!("fan", render_svg(&forecast()).unwrap());
}

#[test]
fn the_newest_version_is_on_top_and_in_colour_and_older_ones_are_lighter() {
    let spec = versions(7);
    let body = body(&spec);
    let tones: Vec<_> = body.series.iter().map(|series| series.tones).collect();
    assert_eq!(tones.last(), Some(&EMPHASIS));
    assert_eq!(tones[0], VINTAGES[0]);
    assert_eq!(tones[5], VINTAGES[4]);
    let light = |index: usize| tones[index].line.luminance();
    assert!((1..6).all(|index| light(index) <= light(index - 1)));
    assert_eq!(lint(&spec, &render_svg(&spec).unwrap()).unwrap(), []);
    let notes = layout(&spec).unwrap().notes.join(" ");
    assert!(
        notes.contains("7 versions from 4 March 2022 to 10 March 2022"),
        "{notes}"
    );
    for count in [2, 30, 300] {
        let spec = versions(count);
        let svg = render_svg(&spec).unwrap();
        assert_eq!(lint(&spec, &svg).unwrap(), [], "{count}");
        let named = svg.matches("class=\"label\"").count();
        assert!((2..=5).contains(&named), "{named} of {count}");
    }
}

#[test]
fn no_line_runs_over_a_break_and_it_is_named_at_its_day() {
    let spec = broken();
    let drawn = body(&spec);
    for series in &drawn.series {
        let lengths: Vec<usize> = series.runs.iter().map(|run| run.points.len()).collect();
        assert_eq!(lengths, [3, 3]);
    }
    assert_eq!(drawn.breaks.len(), 1);
    assert!((drawn.breaks[0].0 - drawn.x.at(super::day(day(3)))).abs() < 1e-9);
    let svg = render_svg(&spec).unwrap();
    assert!(svg.contains("break: new definition"));
    assert_eq!(lint(&spec, &svg).unwrap(), []);
    // Not a figure is missing, so no note says so.
    assert!(!svg.contains("no figure"));
    // A chart that joins the two is sent back.
    let mut joined = spec.clone();
    if let ChartKind::Line(chart) = &mut joined.kind {
        chart.breaks.clear();
    }
    let findings = lint(&spec, &render_svg(&joined).unwrap()).unwrap();
    assert!(findings.iter().any(|finding| finding.point == 10));
}

#[test]
fn a_break_outside_the_days_is_refused() {
    let mut spec = broken();
    if let ChartKind::Line(chart) = &mut spec.kind {
        chart.breaks[0].date = day(30);
    }
    assert!(matches!(
        render_svg(&spec),
        Err(ChartError::EventOutside { .. })
    ));
}

#[test]
fn a_fan_nests_and_begins_at_the_last_known_number() {
    let spec = forecast();
    let body = body(&spec);
    let bands = &body.series[0].bands;
    assert_eq!(bands.len(), 3);
    let lightness: Vec<f64> = bands.iter().map(|band| band.fill.luminance()).collect();
    assert!(
        lightness.windows(2).all(|pair| pair[0] > pair[1]),
        "lighter outwards"
    );
    for band in bands {
        assert_eq!(band.edge[0], (super::day(day(3)), 4e5));
    }
    let svg = render_svg(&spec).unwrap();
    assert!(svg.contains("50, 80 and 95 per cent, paler outwards"));
    assert_eq!(lint(&spec, &svg).unwrap(), []);
    let rows = spec.kind.kind().rows();
    assert_eq!(rows.len(), 7 + 9);
    assert_eq!(rows[7].flags, ["interval_50"]);
}

#[test]
fn intervals_that_do_not_nest_are_refused() {
    let mut spec = forecast();
    if let ChartKind::Line(chart) = &mut spec.kind {
        chart.lines[0].fans[0].ranges[0].1 = 4.99e5;
    }
    assert!(matches!(
        render_svg(&spec),
        Err(ChartError::RangeOutOfOrder(_))
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_breaks_are_drawn_tidily(
        lines in prop::collection::vec(any_line(), 1..8),
        breaks in prop::collection::vec((0.0..1.0_f64, any_label()), 1..3),
        size in any_size(),
    ) {
        let days = extent::dates(&lines);
        let span = (days[days.len() - 1] - days[0]).num_days() as f64;
        let breaks = breaks
            .into_iter()
            .map(|(share, label)| Break {
                date: days[0] + chrono::Days::new((share * span) as u64),
                label,
            })
            .collect();
        let mut spec = spec(ChartKind::Line(LineChart {
            lines, breaks, unit: "people".to_owned(), ..LineChart::default()
        }));
        spec.size = size;
        assert_sound(&spec)?;
    }

    #[test]
    fn any_versions_are_drawn_tidily(
        lines in prop::collection::vec((any_line(), 0_u64..400), 1..25),
        size in any_size(),
    ) {
        let lines: Vec<Line> = lines
            .into_iter()
            .map(|(line, vintage)| Line {
                label: day(vintage).format("%-d %B %Y").to_string(),
                vintage: Some(day(vintage)),
                ..line
            })
            .collect();
        let mut spec = line_spec(lines);
        spec.size = size;
        assert_sound(&spec)?;
    }
}
