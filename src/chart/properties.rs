//! Properties of random charts: they are drawn tidily or refused politely, and never panic.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::layout::layout;
use super::tests::{assert_tidy, bar_spec, day, spec};
use super::*;
use crate::figure::Qualifier;

pub(super) fn any_marks() -> impl Strategy<Value = Marks> {
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

pub(super) fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), -5_000.0..20_000.0, 0.0..8e9, 0.0..3.0].prop_map(f64::round)
}

pub(super) fn any_label() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-zčğșđ]{2,9}( [A-Za-z]{2,12}){0,3}",
        Just("Bolivia (Plurinational State of)".to_owned()),
        Just("Україна".to_owned()),
    ]
}

pub(super) fn any_points() -> impl Strategy<Value = Vec<Point>> {
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

pub(super) fn any_size() -> impl Strategy<Value = Size> {
    prop_oneof![
        Just(Size::ARTICLE),
        Just(Size::NEWSROOM),
        Just(Size::SQUARE),
        Just(Size::SOCIAL),
        Just(Size::PORTRAIT),
        Just(Size::COLUMN),
        Just(Size::PAGE),
    ]
}

/// Every language.
pub(super) fn any_language() -> impl Strategy<Value = Language> {
    prop_oneof![
        Just(Language::English),
        Just(Language::French),
        Just(Language::Spanish),
        Just(Language::Ukrainian),
        Just(Language::Arabic),
    ]
}

pub(super) fn any_look() -> impl Strategy<Value = Look> {
    prop_oneof![Just(Look::Light), Just(Look::Dark), Just(Look::Grey)]
}

pub(super) fn any_line() -> impl Strategy<Value = Line> {
    (any_label(), prop::bool::weighted(0.2), any_points()).prop_map(|(label, emphasis, points)| {
        Line {
            label,
            emphasis,
            points,
            ..Line::default()
        }
    })
}

/// Movements among a number of places on each side, of all sizes, with all marks.
pub(super) fn any_exchange(places: usize) -> impl Strategy<Value = Exchange> {
    let movement = (
        (0..places, 0..places),
        prop::option::weighted(0.9, any_value()),
        any_marks(),
        prop::bool::weighted(0.2),
    );
    (
        prop::collection::vec(any_label(), places),
        prop::collection::vec(movement, 1..40),
        prop::bool::ANY,
        prop::bool::ANY,
    )
        .prop_map(|(labels, movements, emphasis, rest)| {
            let mut exchange = Exchange {
                unit: "refugees".to_owned(),
                ..Exchange::default()
            };
            let name = |index: usize| format!("{} {index}", labels[index]);
            for ((from, to), value, marks, flag) in movements {
                let (origin, destination) = (name(from), name(to));
                let mut known = exchange.movements.iter();
                if known.any(|one| one.origin == origin && one.destination == destination) {
                    continue;
                }
                exchange.movements.push(Movement {
                    origin,
                    destination,
                    value: value.map(f64::abs),
                    qualifier: flag.then_some(Qualifier::AtLeast),
                    marks,
                    detail: if flag { "as of 6 March" } else { "" }.to_owned(),
                });
            }
            if emphasis {
                exchange.emphasis.push(name(0));
            }
            if rest {
                exchange.rest.push(name(labels.len() - 1));
            }
            exchange
        })
}

/// What may rightly be said of a random chart: that it does not fit, or is empty.
pub(super) fn is_polite(error: &ChartError) -> bool {
    use ChartError as E;
    matches!(
        error,
        E::NoRoom { .. }
            | E::NoValues
            | E::TooManyEvents(_)
            | E::TooManyBars { .. }
            | E::TooManyPlaces { .. }
            | E::TooMany { .. }
            | E::TooManyColumns(_)
            | E::TooManySeries { .. }
            | E::NamesTooWide(_)
            | E::FewCommonDays { .. }
            | E::AllZero
    )
}

/// Points of the checklist that depend on layout alone, not on the words of the caller.
const LAYOUT_POINTS: [u8; 17] = [
    4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 21, 23, 24,
];

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
        language in any_language(),
        look in any_look(),
    ) {
        let dates: Vec<NaiveDate> = lines.iter().flat_map(|line| line.points.iter().map(|p| p.date)).collect();
        let (first, last) = (*dates.iter().min().unwrap(), *dates.iter().max().unwrap());
        let span = (last - first).num_days() as f64;
        let events = events
            .into_iter()
            .map(|(share, label)| Event { date: first + Days::new((share * span) as u64), label })
            .collect();
        let mut spec = spec(ChartKind::Line(LineChart {
            lines, events, unit: "people".to_owned(), ..LineChart::default()
        }));
        spec.size = size;
        spec.language = language;
        spec.look = look;
        assert_sound(&spec)?;
    }

    #[test]
    fn any_bars_are_drawn_tidily(
        bars in prop::collection::vec(
            (any_label(), prop::option::weighted(0.9, any_value()), any_marks(), prop::bool::weighted(0.2), any_label()),
            1..30,
        ),
        size in any_size(),
        language in any_language(),
        look in any_look(),
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
        spec.language = language;
        spec.look = look;
        assert_sound(&spec)?;
    }
}
