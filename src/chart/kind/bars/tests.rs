//! Lollipops, which are bars of another look.

use proptest::prelude::*;

use super::*;
use crate::chart::properties::{any_label, any_marks, any_size, any_value, assert_sound};
use crate::chart::tests::{bar, bar_spec};
use crate::chart::{ChartKind, ChartSpec, Size, lint, render_svg};

fn lollipops(bars: Vec<Bar>) -> ChartSpec {
    let mut spec = bar_spec(bars);
    if let ChartKind::Bars(chart) = &mut spec.kind {
        chart.style = BarStyle::Lollipop;
    }
    spec
}

fn marked() -> ChartSpec {
    let mut estimated = bar("Romania", 84_671.0);
    estimated.marks.estimated = true;
    let mut provisional = bar("Hungary", 214_160.0);
    provisional.marks.provisional = true;
    let mut bound = bar("Slovakia", 153_303.0);
    bound.marks.at_least = true;
    let mut none = bar("Belarus", 0.0);
    none.value = None;
    let mut ranged = bar("Poland", 1_412_503.0);
    (ranged.low, ranged.high) = (Some(1.3e6), Some(1.5e6));
    lollipops(vec![ranged, estimated, provisional, bound, none])
}

#[test]
fn lollipops_as_svg() {
    insta::assert_snapshot!("lollipops", render_svg(&marked()).unwrap());
}

#[test]
fn good_lollipops_have_no_findings() {
    for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
        let mut spec = marked();
        spec.size = size;
        assert_eq!(
            lint(&spec, &render_svg(&spec).unwrap()).unwrap(),
            [],
            "{size:?}"
        );
    }
}

#[test]
fn spoiled_lollipops_are_objected_to() {
    let spec = marked();
    let svg = render_svg(&spec).unwrap();
    let objects = |point: u8, svg: &str| {
        let findings = lint(&spec, svg).unwrap();
        assert!(
            findings.iter().any(|f| f.point == point),
            "{point}: {findings:#?}"
        );
    };
    objects(7, &svg.replace("disc hollow", "disc"));
    objects(7, &svg.replace("stroke-dasharray", "data-was"));
    objects(
        4,
        &svg.replacen("class=\"stem\" d=\"M", "class=\"stem\" d=\"M9", 1),
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn any_lollipops_are_drawn_tidily(
        bars in prop::collection::vec(
            (any_label(), prop::option::weighted(0.9, any_value()), any_marks()), 1..30,
        ),
        size in any_size(),
    ) {
        let bars = bars.into_iter().map(|(label, value, marks)| Bar {
            label,
            value,
            marks,
            ..Bar::default()
        });
        let mut spec = lollipops(bars.collect());
        spec.size = size;
        assert_sound(&spec)?;
    }
}
