//! For each judged point a chart that is objected to, beside charts that are not.

use super::*;
use crate::chart::tests::{bar, bar_spec, day, flow_spec, line, line_spec};
use crate::chart::{BarChart, ChartKind, Event, Line, LineChart, Marks, Point, render_svg};

/// A chart with everything that is drawn: marks of all kinds, a gap, a range, an event.
fn lines() -> ChartSpec {
    let values: Vec<f64> = (0..10)
        .map(|n| 100_000.0 + 9_000.0 * f64::from(n))
        .collect();
    let mut poland = line("Poland", &values);
    poland.emphasis = true;
    poland.points[3].value = None;
    poland.points[6].marks.estimated = true;
    poland.points[8].marks = Marks {
        projected: true,
        at_least: true,
        ..Marks::default()
    };
    poland.points[9].marks = Marks {
        projected: true,
        provisional: true,
        ..Marks::default()
    };
    (poland.points[5].low, poland.points[5].high) = (Some(120_000.0), Some(170_000.0));
    let mut spec = line_spec(vec![
        poland,
        line("Hungary", &[9e3; 10]),
        line("Slovakia", &[4e4; 10]),
    ]);
    if let ChartKind::Line(LineChart { events, .. }) = &mut spec.kind {
        events.push(Event {
            date: day(4),
            label: "The border reopens".to_owned(),
        });
    }
    spec
}

fn bars() -> ChartSpec {
    let mut low = bar("Romania", 84_671.0);
    low.marks.at_least = true;
    let mut pale = bar("Slovakia", 153_303.0);
    pale.marks.estimated = true;
    let mut none = bar("Belarus", 0.0);
    none.value = None;
    bar_spec(vec![none, bar("Poland", 1_412_503.0), low, pale])
}

fn flow() -> ChartSpec {
    flow_spec(&[
        ("Poland", 1_412_503.0),
        ("Hungary", 214_160.0),
        ("Belarus", 592.0),
    ])
}

#[test]
fn good_charts_have_no_findings() {
    for spec in [lines(), bars(), flow()] {
        assert_eq!(lint(&spec, &render_svg(&spec).unwrap()).unwrap(), []);
    }
}

#[track_caller]
fn objects(point: u8, spec: &ChartSpec, svg: &str) {
    let findings = lint(spec, svg).unwrap();
    assert!(
        findings.iter().any(|finding| finding.point == point),
        "no {point} in {findings:#?}"
    );
    assert!(JUDGED.contains(&point));
}

/// A finding on a specification as it is drawn.
#[track_caller]
fn poor(point: u8, mut spec: ChartSpec, spoil: impl FnOnce(&mut ChartSpec)) {
    spoil(&mut spec);
    objects(point, &spec, &render_svg(&spec).unwrap());
}

/// A finding on a drawing that was changed afterwards, where `from` became `to`.
#[track_caller]
fn tampered(point: u8, spec: &ChartSpec, from: &str, to: &str) {
    let svg = render_svg(spec).unwrap();
    assert!(svg.contains(from), "{svg}");
    objects(point, spec, &svg.replace(from, to));
}

/// The drawing without the lines that hold a text.
#[track_caller]
fn without(point: u8, spec: &ChartSpec, part: &str) {
    let svg = render_svg(spec).unwrap();
    assert!(svg.contains(part), "{svg}");
    let kept: Vec<&str> = svg.lines().filter(|line| !line.contains(part)).collect();
    objects(point, spec, &kept.join("\n"));
}

fn each_line(spec: &mut ChartSpec, change: impl FnMut(&mut Line)) {
    if let ChartKind::Line(LineChart { lines, .. }) = &mut spec.kind {
        lines.iter_mut().for_each(change);
    }
}

#[test]
fn the_message() {
    poor(1, lines(), |spec| spec.title = "Refugees".to_owned());
    poor(1, lines(), |spec| {
        spec.title = "Most People Who Fled Went Straight To Poland".to_owned()
    });
    poor(1, lines(), |spec| {
        spec.title = "Most people went to Poland and to ".repeat(6)
    });
    poor(2, bars(), |spec| {
        spec.subtitle = "By country, March 2022".to_owned()
    });
    poor(2, lines(), |spec| {
        spec.subtitle = "Refugees from Ukraine, people".to_owned()
    });
    poor(3, lines(), |spec| {
        let copies: Vec<Line> = (0..4)
            .map(|n| line(&format!("Place {n}"), &[1e4 * f64::from(n), 2e4]))
            .collect();
        *spec = line_spec(copies);
        each_line(spec, |line| line.emphasis = true);
    });
    poor(27, lines(), |spec| {
        if let ChartKind::Line(LineChart { events, .. }) = &mut spec.kind {
            *events = (0..4)
                .map(|n| Event {
                    date: day(2 * n),
                    label: format!("Event {n}"),
                })
                .collect();
        }
    });
    poor(5, lines(), |spec| spec.source = "UNHCR".to_owned());
    poor(5, lines(), |spec| spec.source = String::new());
    without(6, &lines(), "class=\"note\"");
    without(6, &bars(), "class=\"note\"");
}

#[test]
fn honesty() {
    tampered(4, &bars(), "class=\"bar\" x=\"", "class=\"bar\" x=\"1");
    without(4, &lines(), "class=\"zero\"");
    tampered(7, &lines(), "stroke-dasharray", "data-was");
    without(7, &lines(), "hollow");
    without(7, &bars(), "class=\"edge\"");
    without(9, &lines(), "class=\"at-least\"");
    without(9, &lines(), "class=\"whisker\"");
    without(9, &bars(), "class=\"at-least\"");
    tampered(8, &bars(), "no figure", "0");
    let spec = lines();
    let mut bridged = lines();
    each_line(&mut bridged, |line| {
        line.points
            .iter_mut()
            .for_each(|point| point.value = point.value.or(Some(127e3)))
    });
    objects(8, &spec, &render_svg(&bridged).unwrap());
    tampered(11, &spec, "2022-03-04", "2022-03-05");
    without(11, &spec, "class=\"tick-x\"");
    let ordered = bars();
    let mut other = bars();
    if let ChartKind::Bars(BarChart { bars, .. }) = &mut other.kind {
        bars[1].is_rest = true;
    }
    objects(20, &ordered, &render_svg(&other).unwrap());
}

#[test]
fn reading() {
    without(13, &lines(), ">Slovakia<");
    tampered(
        14,
        &lines(),
        ">Slovakia<",
        ">Slovakia and all its neighbours<",
    );
    let twice = "<text x=\"90\" y=\"300\" font-size=\"12\">twice</text>";
    tampered(14, &lines(), "</svg>", &format!("{twice}{twice}</svg>"));
    tampered(
        14,
        &lines(),
        "class=\"source\" x=\"20\" y=\"",
        "class=\"source\" x=\"20\" y=\"9",
    );
    tampered(15, &lines(), "font-size=\"12\"", "font-size=\"10\"");
    let sizes = "<text x=\"90\" y=\"300\" font-size=\"19\">one more size</text>";
    tampered(15, &lines(), "</svg>", &format!("{sizes}</svg>"));
    tampered(16, &lines(), "fill=\"#737373\"", "fill=\"#999999\"");
    tampered(16, &lines(), "stroke=\"#949494\"", "stroke=\"#ffc740\"");
    tampered(18, &lines(), ">0<", ">0m<");
    tampered(18, &lines(), ">100k<", ">100000<");
    tampered(18, &lines(), ">100k<", ">0.1m<");
    tampered(
        19,
        &lines(),
        "class=\"tick-x\"",
        "transform=\"rotate(-45)\" class=\"tick-x\"",
    );
    // Two colours that pass for one, and no names to tell them apart.
    let mut alike = line_spec(vec![
        line("Poland", &[1e3, 2e3]),
        line("Hungary", &[1e3, 5e3]),
    ]);
    alike.notes.push("Poland and Hungary".to_owned());
    let svg = render_svg(&alike).unwrap().replace("#8f6808", "#0e72bc");
    let svg: Vec<&str> = svg
        .lines()
        .filter(|line| !line.contains("class=\"label\""))
        .collect();
    objects(17, &alike, &svg.join("\n"));
}

#[test]
fn craft() {
    let grid = "<path class=\"gridline\" d=\"M20 200L800 200\" fill=\"none\" stroke=\"#e5e5e5\" stroke-width=\"1\"/>\n";
    let more = format!("<g class=\"grid\">\n{}", grid.repeat(4));
    tampered(21, &lines(), "<g class=\"grid\">", &more);
    tampered(21, &lines(), "stroke=\"#e5e5e5\"", "stroke=\"#262626\"");
    tampered(22, &lines(), "class=\"paper\"", "class=\"panel\"");
    tampered(
        22,
        &lines(),
        "<g class=\"grid\">",
        "<g class=\"grid\"><path d=\"M20 200L20 204\" stroke=\"#262626\"/>",
    );
    tampered(
        22,
        &lines(),
        "<g class=\"grid\">",
        "<g class=\"x\"><path d=\"M20 200L90 200\" stroke=\"#262626\" stroke-opacity=\"0\"/></g><g class=\"grid\">",
    );
    tampered(22, &bars(), "class=\"value\"", "class=\"tick-x\"");
    tampered(23, &lines(), "stroke-width=\"2.5\"", "stroke-width=\"6\"");
    tampered(23, &bars(), "height=\"42\"", "height=\"58\"");
    tampered(23, &lines(), "stroke-linejoin=\"round\"", "");
    tampered(
        24,
        &lines(),
        "class=\"subtitle\" x=\"20\"",
        "class=\"subtitle\" x=\"60\"",
    );
    tampered(25, &flow(), "stroke-width=\"0.5\"", "");
    tampered(25, &flow(), "stroke=\"#8cc0e1\"", "");
    tampered(
        26,
        &lines(),
        "font-family=\"'Noto Sans'",
        "font-family=\"Papyrus",
    );
    tampered(26, &lines(), ">Slovakia<", ">ガザ<");
    tampered(28, &lines(), "role=\"img\"", "");
    without(28, &lines(), "<desc");
    without(28, &lines(), "<h:entry");
}

#[test]
fn a_point_alone_is_judged_too() {
    let mut spec = lines();
    each_line(&mut spec, |line| {
        line.points = vec![Point::new(day(0), 5.0)]
    });
    assert_eq!(
        lint(
            &spec_without_events(spec.clone()),
            &render_svg(&spec_without_events(spec)).unwrap()
        )
        .unwrap(),
        []
    );
}

fn spec_without_events(mut spec: ChartSpec) -> ChartSpec {
    if let ChartKind::Line(LineChart { events, .. }) = &mut spec.kind {
        events.clear();
    }
    spec
}
