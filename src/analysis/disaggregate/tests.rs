//! Disaggregation against statsmodels, the International Monetary Fund's manual, and tempdisagg for R.

use proptest::prelude::*;

use super::*;

#[path = "pharma.rs"]
mod pharma;

use pharma::{EXPORTS, SALES};

/// Wholes of so many parts each, from a place on.
fn wholes(values: &[f64], each: usize, from: usize) -> Vec<Whole> {
    values
        .iter()
        .enumerate()
        .map(|(index, value)| Whole {
            parts: from + each * index..from + each * (index + 1),
            value: *value,
        })
        .collect()
}

fn digits(parts: &[f64]) -> Vec<String> {
    parts.iter().map(|part| format!("{part:.3}")).collect()
}

fn denton(values: &[f64], pattern: &[f64]) -> Vec<f64> {
    let parted = disaggregate(Method::Denton, &wholes(values, 4, 0), pattern, false).unwrap();
    assert!(parted.standard_errors.is_empty() && parted.regression.is_none());
    parted.parts
}

/// The worked example of the manual, two years with quarters that go on into a third.
#[test]
fn quarters_of_the_manual() {
    let pattern = [
        98.2, 100.8, 102.2, 100.8, 99.0, 101.6, 102.7, 101.5, 100.5, 103.0, 103.5, 101.5,
    ];
    assert_eq!(
        digits(&denton(&[4000.0, 4161.4], &pattern)),
        [
            "969.793", "998.419", "1018.346", "1013.442", "1007.203", "1042.849", "1060.345",
            "1051.003", "1040.649", "1066.536", "1071.713", "1051.003"
        ]
    );
}

#[test]
fn quarters_of_a_pattern_that_repeats() {
    let pattern = [50.0, 100.0, 150.0, 100.0].repeat(5);
    let found = digits(&denton(&[500.0, 400.0, 300.0, 400.0, 500.0], &pattern));
    assert_eq!(
        found[..8],
        [
            "64.335", "127.806", "187.824", "120.035", "56.564", "105.976", "147.501", "89.959"
        ]
    );
}

fn pharma(method: Method, intercept: bool) -> Disaggregated {
    // Exports begin three years before the sales.
    disaggregate(method, &wholes(&SALES, 4, 12), &EXPORTS, intercept).unwrap()
}

/// tempdisagg 1.2.0: td(sales.a ~ exports.q, method = "chow-lin-maxlog").
#[test]
fn sales_along_exports_by_chow_and_lin() {
    let found = pharma(Method::ChowLin, true);
    let regression = found.regression.clone().unwrap();
    assert_eq!(
        format!("{:.7}", regression.intercept.unwrap()),
        "12.4088761"
    );
    assert_eq!(format!("{:.10}", regression.slope), "0.0133918368");
    assert_eq!((regression.rho, regression.is_truncated), (Some(0.0), true));
    assert_eq!(format!("{:.6}", regression.adjusted_r_squared), "0.994575");
    // Parts as R prints them: before the first year, in it, and after the last.
    for (place, part) in [
        (0, 31.594543774668),
        (3, 33.0241893085883),
        (12, 34.8430146858745),
        (15, 34.5865342281382),
        (156, 276.060943682044),
        (157, 265.689569877984),
    ] {
        assert!(
            (found.parts[place] / part - 1.0).abs() < 1e-12,
            "{place}: {}",
            found.parts[place]
        );
    }
    for year in wholes(&SALES, 4, 12) {
        let sum: f64 = found.parts[year.parts].iter().sum();
        assert!((sum / year.value - 1.0).abs() < 1e-12);
    }
    assert_eq!(found.standard_errors.len(), EXPORTS.len());
    assert_eq!(found.none_below_zero(&wholes(&SALES, 4, 12)), Ok(()));
}

#[test]
fn sales_along_exports_without_a_level_of_their_own() {
    let regression = pharma(Method::ChowLin, false).regression.unwrap();
    assert_eq!(regression.intercept, None);
    assert_eq!(format!("{:.8}", regression.slope), "0.01416008");
    assert_eq!(format!("{:.8}", regression.rho.unwrap()), "0.86198616");
}

/// With rho at zero, the method of Litterman is that of Fernandez.
#[test]
fn sales_along_exports_with_deviations_that_wander() {
    let fernandez = pharma(Method::Fernandez, true);
    let litterman = pharma(Method::Litterman, true);
    let of = |found: &Disaggregated| {
        let regression = found.regression.clone().unwrap();
        (
            format!("{:.8}", regression.intercept.unwrap()),
            format!("{:.11}", regression.slope),
        )
    };
    // tempdisagg prints 16.90311721; with fifty digits it is 16.9031172046667.
    assert_eq!(
        of(&fernandez),
        ("16.90311720".to_owned(), "0.00954610648".to_owned())
    );
    assert_eq!(of(&litterman), of(&fernandez));
    assert_eq!(fernandez.regression.unwrap().rho, None);
    let regression = litterman.regression.unwrap();
    assert_eq!((regression.rho, regression.is_truncated), (Some(0.0), true));
}

/// Where the pattern explains everything, no deviation has a rho.
#[test]
fn a_pattern_that_explains_everything_leaves_nothing_over() {
    let pattern: Vec<f64> = (0..32)
        .map(|part| 1e6 + f64::from((part * 37) % 101) * 1e4)
        .collect();
    let values: Vec<f64> = pattern
        .chunks(4)
        .map(|year| 3.0 * year.iter().sum::<f64>())
        .collect();
    let found = disaggregate(Method::ChowLin, &wholes(&values, 4, 0), &pattern, true).unwrap();
    let regression = found.regression.unwrap();
    assert_eq!(
        (regression.rho, regression.is_truncated),
        (Some(0.0), false)
    );
    assert!((regression.slope - 3.0).abs() < 1e-12);
    assert!(found.standard_errors.iter().all(|error| *error < 1.0));
}

#[test]
fn what_cannot_be_parted_is_refused() {
    let refused = |method, values: &[f64], pattern: &[f64]| {
        let wholes = wholes(values, 4, 0);
        disaggregate(method, &wholes, pattern, true).unwrap_err()
    };
    assert_eq!(
        refused(Method::Denton, &[], &[1.0]),
        DisaggregateError::Empty
    );
    assert_eq!(
        refused(Method::Denton, &[10.0, 20.0], &[1.0; 7]),
        DisaggregateError::Uncovered(1)
    );
    let zero = refused(Method::Denton, &[10.0], &[1.0, 0.0, 1.0, 1.0]);
    assert!(zero.to_string().contains("above zero throughout"), "{zero}");
    let few = refused(Method::ChowLin, &[1.0; 4], &[1.0; 16]);
    assert!(
        few.to_string().contains("needs 5; take the method denton"),
        "{few}"
    );
    assert_eq!(
        refused(Method::ChowLin, &[1.0; 6], &[1.0; 24]),
        DisaggregateError::Constant
    );
    assert_eq!(
        refused(Method::Denton, &[1.0], &[1.0, f64::NAN, 1.0, 1.0]),
        DisaggregateError::NotFinite(1)
    );
    let one = [Whole {
        parts: 0..1,
        value: 1.0,
    }];
    assert_eq!(
        disaggregate(Method::Denton, &one, &[1.0], false),
        Err(DisaggregateError::OnePart(0))
    );
}

/// The proportion of a year of almost nothing after one of much would have to pass through zero.
#[test]
fn parts_below_zero_are_found() {
    let values = [1000.0, 1.0, 1000.0, 1.0];
    let wholes = wholes(&values, 4, 0);
    let found = disaggregate(Method::Denton, &wholes, &[1.0; 16], false).unwrap();
    let refused = found.none_below_zero(&wholes).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("below zero, which no count is"),
        "{refused}"
    );
}

#[test]
fn a_whole_alone_is_parted_in_proportion() {
    let found = denton(&[100.0], &[1.0, 2.0, 3.0, 4.0]);
    assert_eq!(digits(&found), ["10.000", "20.000", "30.000", "40.000"]);
}

#[test]
fn rounded_parts_add_up() {
    assert_eq!(add_up(&[1.0 / 3.0; 3], 1), Some(vec![334, 333, 333]));
    assert_eq!(add_up(&[0.5, -0.5], 0), Some(vec![500, -500]));
    assert_eq!(add_up(&[2.0, 2.0], 5), Some(vec![2_500, 2_500]));
    assert_eq!(add_up(&[f64::NAN], 1), None);
    assert_eq!(add_up(&[], 1), None);
    assert_eq!(add_up(&[1.0], i64::MAX), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn parts_add_up_and_scale(
        values in proptest::collection::vec(0.0..1e6_f64, 6..12),
        pattern in proptest::collection::vec(0.5..1e4_f64, 52),
        factor in 0.1..1e3_f64,
    ) {
        let all = wholes(&values, 4, 0);
        let many: Vec<f64> = values.iter().map(|value| value * factor).collect();
        let scale = values.iter().copied().fold(1.0, f64::max);
        for method in [Method::Denton, Method::ChowLin, Method::Fernandez, Method::Litterman] {
            let found = disaggregate(method, &all, &pattern, true).unwrap();
            prop_assert_eq!(found.parts.len(), 52);
            for whole in &all {
                let sum: f64 = found.parts[whole.parts.clone()].iter().sum();
                prop_assert!((sum - whole.value).abs() < 1e-7 * scale, "{method}: {sum} for {whole:?}");
            }
            let errors = &found.standard_errors;
            prop_assert!(errors.iter().all(|error| error.is_finite() && *error >= 0.0));
            prop_assert_eq!(errors.is_empty(), method == Method::Denton);
            let more = disaggregate(method, &wholes(&many, 4, 0), &pattern, true).unwrap();
            for (one, other) in found.parts.iter().zip(&more.parts) {
                prop_assert!((one * factor - other).abs() < 1e-6 * scale * factor);
            }
        }
    }
}

proptest! {
    /// A pattern that is already in proportion to the parts is kept as it is.
    #[test]
    fn a_true_pattern_is_kept(parts in proptest::collection::vec(1.0..1e5_f64, 24), factor in 0.1..10.0_f64) {
        let values: Vec<f64> = parts.chunks(4).map(|chunk| chunk.iter().sum::<f64>() * factor).collect();
        let found = denton(&values, &parts);
        for (found, part) in found.iter().zip(&parts) {
            prop_assert!((found / (part * factor) - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn rounding_keeps_the_sum(parts in proptest::collection::vec(-1e6..1e6_f64, 1..20), whole in -1_000_000..1_000_000_i64) {
        let sum: f64 = parts.iter().sum();
        let share = (whole as f64 - sum) / parts.len() as f64;
        let parts: Vec<f64> = parts.iter().map(|part| part + share).collect();
        let rounded = add_up(&parts, whole).unwrap();
        prop_assert_eq!(rounded.iter().sum::<i64>(), whole * 1_000);
        for (part, rounded) in parts.iter().zip(rounded) {
            prop_assert!((part - rounded as f64 / 1_000.0).abs() < 0.0011);
        }
    }
}
