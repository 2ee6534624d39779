//! The chain ladder against the triangle of the Reinsurance Association of America.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::analysis::fixture::day;
use crate::figure::Period;

/// Automatic facultative general liability of the Reinsurance Association of America, Historical Loss
/// Development 1991, incurred losses by year 1981 to 1990 and year of development; as in Mack (1994).
const RAA: [&[i64]; 10] = [
    &[
        5012, 8269, 10907, 11805, 13539, 16181, 18009, 18608, 18662, 18834,
    ],
    &[106, 4285, 5396, 10666, 13782, 15599, 15496, 16169, 16704],
    &[3410, 8992, 13873, 16141, 18735, 22214, 22863, 23466],
    &[5655, 11555, 15766, 21266, 23425, 26083, 27067],
    &[1092, 9565, 15836, 22169, 25955, 26180],
    &[1513, 6445, 11702, 12935, 15852],
    &[557, 4020, 10946, 12314],
    &[1351, 6947, 13112],
    &[3133, 5395],
    &[2063],
];

fn year(year: i32) -> Period {
    year.to_string().parse().unwrap()
}

fn triangle(rows: &[&[i64]]) -> Triangle {
    let periods = (1981..).take(rows.len()).map(year).collect();
    let cells = rows
        .iter()
        .map(|row| row.iter().map(|cell| Some(*cell as f64)).collect())
        .collect();
    Triangle::of_cells(periods, cells).unwrap()
}

fn completed(rows: &[&[i64]]) -> ChainLadder {
    let triangle = triangle(rows);
    chain_ladder(
        Nowcast::new(&triangle).unwrap(),
        IntervalShape::Lognormal,
        0.95,
    )
    .unwrap()
}

fn completed_with_falls(rows: &[&[i64]]) -> ChainLadder {
    let triangle = triangle(rows);
    chain_ladder(
        Nowcast::with_falls(&triangle).unwrap(),
        IntervalShape::Lognormal,
        0.95,
    )
    .unwrap()
}

#[test]
fn the_triangle_of_the_association() {
    let found = completed_with_falls(&RAA);
    let factors: Vec<String> = found
        .factors
        .iter()
        .map(|f| format!("{:.4}", f.factor))
        .collect();
    assert_eq!(
        factors,
        [
            "2.9994", "1.6235", "1.2709", "1.1717", "1.1134", "1.0419", "1.0333", "1.0169",
            "1.0092"
        ]
    );
    let sum = |of: fn(&Row) -> f64| -> f64 { found.rows.iter().map(of).sum() };
    assert_eq!(sum(|row| row.known), 160_987.0);
    assert_eq!(format!("{:.2}", sum(|row| row.ultimate)), "213122.23");
    assert_eq!(format!("{:.2}", found.still_to_come), "52135.23");
    assert_eq!(format!("{:.2}", found.standard_error), "26909.01");
    let whole = found.interval.unwrap();
    assert!(whole.low > 160_987.0 && whole.high > 213_122.0);
    let to_come: Vec<String> = found
        .rows
        .iter()
        .map(|r| format!("{:.0}", r.still_to_come()))
        .collect();
    assert_eq!(
        to_come,
        [
            "0", "154", "617", "1636", "2747", "3649", "5435", "10907", "10650", "16339"
        ]
    );
    // chainladder 0.10.1, sigma_interpolation="mack"; Mack (1994) prints the same, rounded.
    let errors: Vec<String> = found
        .rows
        .iter()
        .map(|r| format!("{:.6}", r.standard_error))
        .collect();
    assert_eq!(
        errors,
        [
            "0.000000",
            "206.220059",
            "623.376673",
            "747.175225",
            "1469.457150",
            "2001.856931",
            "2209.242094",
            "5357.869298",
            "6333.165866",
            "24566.287911"
        ]
    );
    let variances: Vec<String> = found
        .factors
        .iter()
        .map(|f| format!("{:.5e}", f.variance))
        .collect();
    assert_eq!(variances[0], "2.78835e4");
    assert_eq!(variances[8], "1.34343e0");
}

/// What was reported stays: the interval of Mack's lognormal lies above the known count.
#[test]
fn the_interval_keeps_what_is_known() {
    let found = completed_with_falls(&RAA);
    let last = found.rows[9];
    let interval = last.interval.unwrap();
    assert!(last.known < interval.low && interval.low < last.ultimate);
    // R = 16339.44, se = 24566.29: variance v = ln(1 + (se/R)^2) = 1.181881, ends R exp(-+z sqrt(v) - v/2).
    assert_eq!(
        format!("{:.0} {:.0}", interval.low, interval.high),
        "3138 78266"
    );
    let first = found.rows[0];
    assert_eq!(
        first.interval,
        Some(crate::analysis::growth::Interval {
            low: 18834.0,
            high: 18834.0
        })
    );
}

/// Where counts may be lowered, what is known is no floor.
#[test]
fn a_normal_interval_may_lie_below_what_is_known() {
    let triangle = triangle(&RAA);
    let nowcast = Nowcast::with_falls(&triangle).unwrap();
    let found = chain_ladder(nowcast, IntervalShape::Normal, 0.95).unwrap();
    let interval = found.rows[1].interval.unwrap();
    // 16857.953917 -+ 1.959964 * 206.220059
    assert_eq!(
        format!("{:.2} {:.2}", interval.low, interval.high),
        "16453.77 17262.14"
    );
    assert_eq!(found.rows[9].interval.unwrap().low, 0.0);
}

#[test]
fn counts_that_were_lowered_are_refused_by_name() {
    let triangle = triangle(&RAA);
    let refused = Nowcast::new(&triangle).unwrap_err().to_string();
    assert!(
        refused.starts_with(
            "the source lowered what it had said: 1982-01-01 to 1982-12-31 at lag 6 from 15,599 to 15,496;"
        ),
        "{refused}"
    );
    assert!(refused.contains("`humstat revisions`"));
}

#[test]
fn what_shows_no_pattern_is_refused() {
    let small = triangle(&[&[1, 2], &[1]]);
    assert!(matches!(
        Nowcast::new(&small),
        Err(NowcastError::TooFew {
            periods: 2,
            lags: 2
        })
    ));
    let from_nothing = triangle(&[&[0, 5, 6], &[3, 4], &[2]]);
    assert!(matches!(
        Nowcast::new(&from_nothing),
        Err(NowcastError::FromNothing { lag: 0, .. })
    ));
    let nothing = triangle(&[&[0, 0, 0], &[0, 0], &[0]]);
    let nowcast = Nowcast::new(&nothing).unwrap();
    assert_eq!(
        chain_ladder(nowcast, IntervalShape::Lognormal, 0.95),
        Err(NowcastError::NoFactor(0))
    );
    let fine = triangle(&[&[1, 2, 3], &[3, 4], &[2]]);
    let nowcast = Nowcast::new(&fine).unwrap();
    assert_eq!(
        chain_ladder(nowcast, IntervalShape::Lognormal, 95.0),
        Err(NowcastError::Confidence(95.0))
    );
}

#[test]
fn a_triangle_knows_only_lags_that_have_passed() {
    let month = |text: &str| text.parse::<Period>().unwrap();
    let known = |text: &str, value| Known {
        day: day(text),
        value,
    };
    let versions = [
        (
            month("2024-01"),
            vec![
                known("2024-02-10", 10),
                known("2024-03-10", 12),
                known("2024-04-20", 13),
            ],
        ),
        (
            month("2024-02"),
            vec![known("2024-03-10", 20), known("2024-04-10", 25)],
        ),
        (month("2024-03"), vec![known("2024-04-10", 30)]),
    ];
    let of = |as_known_on: &str, max_lag| {
        Triangle::of_versions(&versions, Lag::Month, day(as_known_on), max_lag).unwrap()
    };
    let cells = |triangle: &Triangle| -> Vec<Vec<Option<f64>>> {
        (0..triangle.periods().len())
            .map(|row| {
                (0..triangle.lags())
                    .map(|column| triangle.cell(row, column))
                    .collect()
            })
            .collect()
    };
    let whole = of("2024-04-30", None);
    // Nothing is known in the month itself, so that the first lag is 1.
    assert_eq!(whole.first_lag(), 1);
    assert_eq!(
        cells(&whole),
        [
            vec![Some(10.0), Some(12.0), Some(13.0)],
            vec![Some(20.0), Some(25.0), None],
            vec![Some(30.0), None, None]
        ]
    );
    // A day before the end of April, April is no lag yet.
    let before = of("2024-04-29", None);
    assert_eq!(
        cells(&before),
        [vec![Some(10.0), Some(12.0)], vec![Some(20.0), None]]
    );
    assert_eq!(of("2024-04-30", Some(2)).lags(), 2);
    let never = Triangle::of_versions(&versions, Lag::Month, day("2024-01-31"), None);
    assert_eq!(never, Err(TriangleError::Empty));
}

#[test]
fn lags_of_each_step_end_when_they_should() {
    let end = day("2024-01-31");
    let last = |step: Lag, lag| step.last_day(end, lag).unwrap().to_string();
    assert_eq!(last(Lag::Day, 0), "2024-01-31");
    assert_eq!(last(Lag::Day, 29), "2024-02-29");
    assert_eq!(last(Lag::Week, 0), "2024-02-06");
    assert_eq!(last(Lag::Week, 1), "2024-02-13");
    assert_eq!(last(Lag::Month, 0), "2024-01-31");
    assert_eq!(last(Lag::Month, 1), "2024-02-29");
    assert_eq!(Lag::Day.last_day(NaiveDate::MAX, 1), None);
    assert_eq!(
        Lag::Day.last_day(end, 3),
        end.checked_add_days(Days::new(3))
    );
}

proptest! {
    /// Reports that always come in by the same shares leave no doubt.
    #[test]
    fn a_steady_pattern_is_completed_exactly(
        sizes in proptest::collection::vec(1_u32..1_000, 3..9),
        growth in proptest::collection::vec(1_u32..4, 8),
    ) {
        let lags = sizes.len();
        let whole = |size: u32, lag: usize| -> i64 {
            i64::from(size) * growth.iter().take(lag).map(|g| i64::from(*g)).product::<i64>()
        };
        let rows: Vec<Vec<i64>> = sizes
            .iter()
            .enumerate()
            .map(|(row, size)| (0..lags - row).map(|lag| whole(*size, lag)).collect())
            .collect();
        let rows: Vec<&[i64]> = rows.iter().map(Vec::as_slice).collect();
        let found = completed(&rows);
        for (row, size) in found.rows.iter().zip(&sizes) {
            let expected = whole(*size, lags - 1) as f64;
            prop_assert!((row.ultimate / expected - 1.0).abs() < 1e-12);
            prop_assert!(row.standard_error / expected < 1e-6);
        }
        // Growth that is always the same says nothing of its error: an interval of no width would be false.
        for row in &found.rows[1..] {
            prop_assert_eq!(row.interval, None);
        }
        prop_assert_eq!(found.interval, None);
    }

    /// Counts in thousands give the same factors and a thousandth of the rest.
    #[test]
    fn what_is_expected_grows_with_what_is_counted(
        start in proptest::collection::vec(1_i64..1_000, 4..8),
        more in proptest::collection::vec(0_i64..500, 32),
    ) {
        let lags = start.len();
        let rows: Vec<Vec<i64>> = start
            .iter()
            .enumerate()
            .map(|(row, first)| {
                let mut count = *first;
                (0..lags - row)
                    .map(|lag| {
                        count += if lag == 0 { 0 } else { more[(row * 7 + lag) % more.len()] };
                        count
                    })
                    .collect()
            })
            .collect();
        let thousands: Vec<Vec<i64>> = rows.iter().map(|row| row.iter().map(|c| c * 1_000).collect()).collect();
        let of = |rows: &[Vec<i64>]| completed(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let (one, many) = (of(&rows), of(&thousands));
        for (one, many) in one.rows.iter().zip(&many.rows) {
            prop_assert!((one.ultimate * 1_000.0 / many.ultimate - 1.0).abs() < 1e-9);
            prop_assert!((one.standard_error * 1_000.0 - many.standard_error).abs() <= 1e-6 * many.ultimate);
            prop_assert!(one.ultimate >= one.known);
        }
    }
}
