//! Slopes and dumbbells: what is missing is said, labels stand clear, and anything is drawn tidily
//! or refused.

use proptest::prelude::*;

use super::*;
use crate::chart::layout::{Body, layout};
use crate::chart::properties::{any_label, any_marks, any_size, any_value, assert_sound};
use crate::chart::tests::{assert_tidy, spec};
use crate::chart::{ChartKind, ChartSpec, Size, lint, render_svg};

fn slope(label: &str, earlier: Option<f64>, later: Option<f64>) -> Slope {
    let end = |value: Option<f64>| SlopeEnd {
        value,
        ..SlopeEnd::default()
    };
    Slope {
        label: label.to_owned(),
        ends: [end(earlier), end(later)],
        ..Slope::default()
    }
}

fn spec_of(form: SlopeForm, slopes: Vec<Slope>) -> ChartSpec {
    spec(ChartKind::Slope(SlopeChart {
        form,
        moments: ["1 March 2022".to_owned(), "8 March 2022".to_owned()],
        slopes,
        values: ValueKind::Count,
    }))
}

/// UNHCR's figures of March 2022.
fn march(form: SlopeForm) -> ChartSpec {
    let mut slopes = vec![
        slope("Hungary", Some(116_348.0), Some(214_160.0)),
        slope("Poland", Some(453_982.0), Some(1_412_503.0)),
        slope("Republic of Moldova", None, Some(82_762.0)),
        slope("Slovakia", Some(67_000.0), Some(165_199.0)),
        slope("Belarus", Some(341.0), None),
    ];
    slopes[1].emphasis = true;
    slopes[0].ends[1].marks.provisional = true;
    slopes[3].ends[0].marks.estimated = true;
    slopes[3].ends[1].marks.at_least = true;
    spec_of(form, slopes)
}

#[test]
fn a_slope_chart_and_a_dumbbell_chart_as_svg() {
    insta::assert_snapshot!("slope", render_svg(&march(SlopeForm::Slope)).unwrap());
    insta::assert_snapshot!("dumbbell", render_svg(&march(SlopeForm::Dumbbell)).unwrap());
}

#[test]
fn what_is_missing_on_one_side_is_said_and_is_no_zero() {
    for form in [SlopeForm::Slope, SlopeForm::Dumbbell] {
        let spec = march(form);
        let laid = layout(&spec).unwrap();
        let notes = laid.notes.join(". ");
        assert!(notes.contains("No figure (1 March 2022): Republic of Moldova"));
        assert!(notes.contains("No figure (8 March 2022): Belarus"));
        let Body::Shapes(groups) = &laid.body else {
            panic!()
        };
        let moldova = groups
            .iter()
            .find(|group| group.label == "Republic of Moldova")
            .unwrap();
        let dots = moldova
            .shapes
            .iter()
            .filter(|shape| shape.class == "marker");
        assert_eq!(dots.count(), 1);
        let svg = render_svg(&spec).unwrap();
        assert_eq!(lint(&spec, &svg).unwrap(), []);
        // A chart that keeps silent is sent back.
        let silent = svg.replace("No figure (", "None (");
        assert!(lint(&spec, &silent).unwrap().iter().any(|f| f.point == 8));
    }
}

#[test]
fn a_scale_that_leaves_out_zero_says_so() {
    let near = spec_of(
        SlopeForm::Slope,
        vec![slope("Poland", Some(980.0), Some(1_000.0))],
    );
    let said = |spec: &ChartSpec| {
        let notes = layout(spec).unwrap().notes.join(" ");
        notes.contains("does not begin at zero")
    };
    assert!(said(&near));
    assert!(!said(&march(SlopeForm::Slope)));
}

#[test]
fn too_many_are_refused_with_the_number_that_fits() {
    let many: Vec<Slope> = (0..60)
        .map(|n| slope(&format!("Place {n}"), Some(f64::from(n)), Some(9.0)))
        .collect();
    let errors: Vec<String> = [SlopeForm::Slope, SlopeForm::Dumbbell]
        .into_iter()
        .map(|form| {
            render_svg(&spec_of(form, many.clone()))
                .unwrap_err()
                .to_string()
        })
        .collect();
    insta::assert_snapshot!(errors.join("\n"), @r"
    60 slopes do not fit, 27 do; keep the largest, or choose a taller size
    60 rows do not fit, 22 do; keep the largest and gather the rest in one, or choose a taller size
    ");
}

#[test]
fn every_size_is_tidy() {
    for size in [Size::ARTICLE, Size::NEWSROOM, Size::SQUARE, Size::SOCIAL] {
        for form in [SlopeForm::Slope, SlopeForm::Dumbbell] {
            let mut spec = march(form);
            spec.size = size;
            assert_tidy(&layout(&spec).unwrap()).unwrap();
            let svg = render_svg(&spec).unwrap();
            assert_eq!(lint(&spec, &svg).unwrap(), [], "{size:?} {form:?}");
        }
    }
}

fn any_end() -> impl Strategy<Value = SlopeEnd> {
    (
        prop::option::weighted(0.9, any_value()),
        any_marks(),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(value, marks, ranged)| {
            let range = value.filter(|_| ranged);
            SlopeEnd {
                value,
                low: range.map(|value| value - value.abs() * 0.2),
                high: range.map(|value| value + value.abs() * 0.3),
                qualifier: None,
                marks,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_two_moments_are_drawn_tidily(
        slopes in prop::collection::vec((any_label(), any_end(), any_end(), prop::bool::weighted(0.2)), 1..30),
        dumbbell in any::<bool>(),
        size in any_size(),
    ) {
        let slopes = slopes.into_iter().map(|(label, from, to, emphasis)| Slope {
            label,
            ends: [from, to],
            emphasis,
            is_rest: false,
        }).collect();
        let form = if dumbbell { SlopeForm::Dumbbell } else { SlopeForm::Slope };
        let mut spec = spec_of(form, slopes);
        spec.size = size;
        assert_sound(&spec)?;
    }
}
