//! Properties of random charts: they are drawn tidily or refused politely, and never panic.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::layout::layout;
use super::tests::{assert_tidy, bar_spec, day, flow_spec, spec};
use super::*;
use crate::figure::Qualifier;

fn any_marks() -> impl Strategy<Value = Marks> {
    prop::array::uniform6(prop::bool::weighted(0.1)).prop_map(
        |[provisional, estimated, projected, at_least, prose, revised]| Marks {
            provisional,
            estimated,
            projected,
            at_least,
            prose,
            revised,
        },
    )
}

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), -5_000.0..20_000.0, 0.0..8e9, 0.0..3.0].prop_map(f64::round)
}

fn any_label() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-zčğșđ]{2,9}( [A-Za-z]{2,12}){0,3}",
        Just("Bolivia (Plurinational State of)".to_owned()),
        Just("Україна".to_owned()),
    ]
}

fn any_points() -> impl Strategy<Value = Vec<Point>> {
    (
        prop_oneof![Just(1_u64), Just(7), Just(365)],
        0_u64..2000,
        prop::collection::vec(
            (
                0_u64..9,
                prop::option::weighted(0.9, any_value()),
                any_marks(),
                prop::bool::weighted(0.1),
            ),
            1..40,
        ),
    )
        .prop_map(|(step, start, points)| {
            let mut offset = start;
            points
                .into_iter()
                .map(|(skip, value, marks, ranged)| {
                    offset += step + skip;
                    let range = value.filter(|_| ranged);
                    Point {
                        date: day(offset),
                        value,
                        low: range.map(|value| value - value.abs() * 0.2),
                        high: range.map(|value| value + value.abs() * 0.3),
                        qualifier: None,
                        marks,
                    }
                })
                .collect()
        })
}

fn any_size() -> impl Strategy<Value = Size> {
    prop_oneof![
        Just(Size::ARTICLE),
        Just(Size::NEWSROOM),
        Just(Size::SQUARE),
        Just(Size::SOCIAL)
    ]
}

fn any_line() -> impl Strategy<Value = Line> {
    (any_label(), prop::bool::weighted(0.2), any_points()).prop_map(|(label, emphasis, points)| {
        Line {
            label,
            emphasis,
            role: None,
            points,
        }
    })
}

/// What may rightly be said of a random chart: that it does not fit, or is empty.
fn is_polite(error: &ChartError) -> bool {
    use ChartError as E;
    matches!(
        error,
        E::NoRoom { .. }
            | E::NoValues
            | E::TooManyEvents(_)
            | E::TooManyBars { .. }
            | E::TooManyDestinations { .. }
            | E::AllZero
    )
}

/// Points of the checklist that depend on layout alone, not on the words of the caller.
const LAYOUT_POINTS: [u8; 13] = [4, 6, 7, 8, 11, 13, 14, 15, 16, 20, 21, 23, 24];

pub(super) fn assert_sound(spec: &ChartSpec) -> Result<(), TestCaseError> {
    match layout(spec) {
        Err(error) => prop_assert!(is_polite(&error), "{error}"),
        Ok(laid) => {
            assert_tidy(&laid)?;
            let svg = render_svg(spec).unwrap();
            let document = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
            for attribute in document.descendants().flat_map(|node| node.attributes()) {
                let numeric = [
                    "x",
                    "y",
                    "width",
                    "height",
                    "cx",
                    "cy",
                    "r",
                    "d",
                    "font-size",
                ];
                let sound =
                    !attribute.value().contains("NaN") && !attribute.value().contains("inf");
                prop_assert!(
                    sound || !numeric.contains(&attribute.name()),
                    "{attribute:?}"
                );
            }
            let findings = lint(spec, &svg).unwrap();
            let own: Vec<_> = findings
                .into_iter()
                .filter(|f| LAYOUT_POINTS.contains(&f.point))
                .collect();
            prop_assert!(own.is_empty(), "{own:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn any_lines_are_drawn_tidily(
        lines in prop::collection::vec(any_line(), 1..25),
        events in prop::collection::vec((0.0..1.0_f64, any_label()), 0..3),
        size in any_size(),
    ) {
        let dates: Vec<NaiveDate> = lines.iter().flat_map(|line| line.points.iter().map(|p| p.date)).collect();
        let (first, last) = (*dates.iter().min().unwrap(), *dates.iter().max().unwrap());
        let span = (last - first).num_days() as f64;
        let events = events
            .into_iter()
            .map(|(share, label)| Event { date: first + Days::new((share * span) as u64), label })
            .collect();
        let mut spec = spec(ChartKind::Line(LineChart {
            lines, events, unit: "people".to_owned(), values: ValueKind::Count,
        }));
        spec.size = size;
        assert_sound(&spec)?;
    }

    #[test]
    fn any_bars_are_drawn_tidily(
        bars in prop::collection::vec(
            (any_label(), prop::option::weighted(0.9, any_value()), any_marks(), prop::bool::weighted(0.2), any_label()),
            1..30,
        ),
        size in any_size(),
    ) {
        let bars = bars.into_iter().map(|(label, value, marks, flag, detail)| Bar {
            label,
            value,
            marks,
            discontinued: flag,
            detail: if flag { detail } else { String::new() },
            emphasis: flag,
            qualifier: flag.then_some(Qualifier::AtLeast),
            ..Bar::default()
        }).collect();
        let mut spec = bar_spec(bars);
        spec.size = size;
        assert_sound(&spec)?;
    }

    #[test]
    fn any_flow_is_drawn_tidily(
        targets in prop::collection::vec((any_label(), any_value(), prop::bool::weighted(0.2)), 1..20),
        size in any_size(),
    ) {
        let mut spec = flow_spec(&[]);
        if let ChartKind::Flow(FlowChart { destinations, .. }) = &mut spec.kind {
            *destinations = targets.into_iter().map(|(label, value, flag)| FlowTarget {
                detail: if flag { "as of 6 March".to_owned() } else { String::new() },
                label,
                value: value.abs(),
                emphasis: flag,
                ..FlowTarget::default()
            }).collect();
        }
        spec.size = size;
        assert_sound(&spec)?;
    }
}
