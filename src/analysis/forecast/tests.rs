//! Forecasts against numbers of R, statsforecast, statsmodels and by hand.

use augurs_core::{Fit as _, Predict as _};
use augurs_ets::model::{ErrorComponent, ModelType, SeasonalComponent, TrendComponent, Unfit};
use proptest::prelude::*;
use statrs::distribution::{ContinuousCDF as _, Normal};

use super::backtest::Errors;
use super::path::Path;
use super::*;
use crate::analysis::fixture::POLAND;

fn history(measure: Measure, values: &[f64], season: Option<usize>) -> History<'_> {
    History {
        measure,
        values,
        season,
    }
}

fn nile() -> History<'static> {
    history(Measure::Flow, &NILE, None)
}

/// The value and the ends of both intervals, to six digits.
fn digits(ahead: &Ahead) -> [String; 5] {
    let [narrow, wide] = ahead.intervals;
    [wide.low, narrow.low, ahead.value, narrow.high, wide.high].map(|number| format!("{number:.6}"))
}

fn by(history: &History<'_>, horizon: usize, method: Method) -> Forecast {
    forecast(history, horizon, Some(method)).unwrap()
}

/// Drift has R's interval; statsforecast divides by another number of changes.
#[test]
fn simple_methods_give_the_numbers_of_statsforecast_and_r() {
    let naive = by(&nile(), 8, Method::Naive);
    assert_eq!(
        digits(&naive.ahead[0]),
        [
            "412.049731",
            "525.564845",
            "740.000000",
            "954.435155",
            "1067.950269"
        ]
    );
    assert_eq!(
        digits(&naive.ahead[7]),
        [
            "0.000000",
            "133.485791",
            "740.000000",
            "1346.514209",
            "1667.583437"
        ]
    );
    let drift = by(&nile(), 8, Method::Drift);
    assert_eq!(format!("{:.6}", drift.ahead[0].value), "736.161616");
    assert_eq!(format!("{:.6}", drift.ahead[7].value), "709.292929");
    let half = |ahead: &Ahead| ahead.intervals[1].high - ahead.value;
    assert_eq!(format!("{:.6}", half(&drift.ahead[0])), "331.192623");
    assert_eq!(format!("{:.6}", half(&drift.ahead[7])), "968.986076");
    let seasonal = by(&history(Measure::Flow, &NILE, Some(7)), 8, Method::Seasonal);
    assert_eq!(
        digits(&seasonal.ahead[0]),
        [
            "769.060537",
            "907.839776",
            "1170.000000",
            "1432.160224",
            "1570.939463"
        ]
    );
    assert_eq!(
        digits(&seasonal.ahead[7]),
        [
            "602.985973",
            "799.249456",
            "1170.000000",
            "1540.750544",
            "1737.014027"
        ]
    );
}

/// Rolling origins from 50 values on, five steps: the same reckoned with numpy.
#[test]
fn the_backtest_of_the_naive_method_has_the_mase_reckoned_apart() {
    let forecast = forecast(&nile(), 5, None).unwrap();
    let naive = forecast.backtest.of(Method::Naive).unwrap();
    assert_eq!(naive.overall.values, 240);
    assert_eq!(format!("{:.12}", naive.overall.scaled), "0.866917460529");
    assert_eq!(forecast.backtest.origins, (50..100).collect::<Vec<_>>());
    assert_eq!(naive.by_horizon.len(), 5);
    assert_eq!(naive.by_horizon[4].values, 46);
    // The flow has no trend within these years, so a smoothed level does best.
    assert_eq!(forecast.choice, Choice::Best);
    let best = forecast.backtest.of(forecast.method).unwrap();
    let others = forecast.backtest.tested.iter();
    assert!(
        others
            .clone()
            .all(|other| best.overall.scaled <= other.overall.scaled)
    );
}

/// By hand: 0, 1, … 9, 11, 11, 13, 13 from 10 values on, one step. The naive errors are 2, 0, 2, 0; the
/// mean one-step errors before are 9/9, 11/10, 11/11, 13/12.
#[test]
fn mase_by_hand() {
    let mut values: Vec<f64> = (0..10).map(f64::from).collect();
    values.extend([11.0, 11.0, 13.0, 13.0]);
    let forecast = by(&history(Measure::Stock, &values, None), 1, Method::Naive);
    let found = forecast.backtest.of(Method::Naive).unwrap().overall;
    let mean = (2.0 / 1.0 + 2.0 / (11.0 / 11.0)) / 4.0;
    assert!((found.scaled - mean).abs() < 1e-12, "{found:?}");
    assert_eq!((found.values, found.mean), (4, 1.0));
    // 1.96 s is 1.96 at the first origin, and 2.13 at the third, where the standard deviation is that of
    // nine changes of 1, one of 2 and one of 0.
    assert_eq!(found.covered, [2, 3]);
    assert_eq!(found.coverage(), Some([50.0, 75.0]));
    assert_eq!(Errors::default().coverage(), None);
}

/// The log-likelihood that augurs and R give leaves out a constant which statsmodels counts.
fn of_statsmodels(log_likelihood: f64, values: usize) -> f64 {
    let n = values as f64;
    log_likelihood - n / 2.0 * ((std::f64::consts::TAU / n).ln() + 1.0)
}

/// statsmodels ETS(M,A,N) has -677.9888661. AIC is not compared: packages count parameters otherwise.
#[test]
fn smoothing_of_the_passengers_has_the_likelihood_of_statsmodels() {
    let fitted = augurs_ets::AutoETS::non_seasonal()
        .fit(&PASSENGERS)
        .unwrap();
    let model = fitted.model();
    assert_eq!(model.model_type().to_string(), "MAN");
    assert!(!model.damped());
    assert_eq!(format!("{:.7}", model.log_likelihood()), "-831.4883542");
    let found = of_statsmodels(model.log_likelihood(), PASSENGERS.len());
    assert!((found - -677.988_866_1).abs() < 1e-4, "{found}");
    let (form, _) = smoothing::automatic(&PASSENGERS, smoothing::Errors::Any, 3).unwrap();
    assert_eq!(form, "MAN");
}

/// statsmodels ETS(A,N,N): alpha 0.246684, log-likelihood -638.10769, forecast 804.9969; R
/// `HoltWinters`: alpha 0.246558. augurs ends its search when the likelihoods of the simplex differ by
/// less than 1e-4, on a flat top: its alpha is 0.2452, its forecast 0.06 per cent higher, and its
/// likelihood a little better, for it also searched the first level.
#[test]
fn smoothing_of_the_nile_is_that_of_statsmodels_within_the_tolerance_of_the_search() {
    let kind = ModelType {
        error: ErrorComponent::Additive,
        trend: TrendComponent::None,
        season: SeasonalComponent::None,
    };
    let model = Unfit::new(kind).fit(&NILE).unwrap();
    let likelihood = of_statsmodels(model.log_likelihood(), NILE.len());
    assert!((likelihood - -638.107_69).abs() < 0.1, "{likelihood}");
    let forecast = model.predict(2, 0.95).unwrap();
    assert!((forecast.point[0] / 804.9969 - 1.0).abs() < 1e-3);
    let upper = forecast.intervals.unwrap().upper;
    let variance = |step: usize| (upper[step] - forecast.point[step]).powi(2);
    let alpha = (variance(1) / variance(0) - 1.0).sqrt();
    assert!((alpha - 0.2466).abs() < 2e-3, "{alpha}");
    // statsforecast finds the same to the last digit.
    assert_eq!(format!("{alpha:.6}"), "0.245242");
    assert_eq!(format!("{:.6}", forecast.point[0]), "805.479132");
    assert_eq!(format!("{:.6}", upper[0]), "1091.097755");
}

/// The last 20 months: augurs and statsforecast fit level 431.994632, slope 0.339735518, phi
/// 0.800095641, but add the slope undamped once. `l + b (phi + … + phi^h)` is what is given here.
#[test]
fn a_damped_trend_is_damped_from_its_second_step_on() {
    let (form, path) = smoothing::damped(&PASSENGERS[124..], 5).unwrap();
    assert_eq!(form, "AAdN");
    let (level, slope, phi) = (431.994_632_f64, 0.339_735_518_f64, 0.800_095_641_f64);
    let mut damped = 0.0;
    for (step, point) in (1..).zip(&path.points) {
        damped += phi.powi(step);
        assert!(
            (point - damped.mul_add(slope, level)).abs() < 1e-6,
            "{step}"
        );
    }
    assert_eq!(format!("{:.4}", path.points[1]), "432.4839");
    let wide = 562.808_326_36 - 432.266_452_46;
    let quantile = Normal::standard().inverse_cdf(0.975);
    assert!((path.deviations()[0] * quantile - wide).abs() < 1e-5);
    let one = smoothing::damped(&PASSENGERS[124..], 1).unwrap().1;
    assert_eq!(one.points, path.points[..1]);
}

/// A made-up series of a week: MSTL finds the pattern that was put in.
#[test]
fn a_weekly_pattern_is_taken_off_and_put_on_again() {
    const WEEK: [f64; 7] = [40.0, 10.0, 0.0, 0.0, -10.0, -10.0, -30.0];
    let values: Vec<f64> = (0..70)
        .map(|day| f64::from(day).mul_add(2.0, 500.0) + WEEK[day as usize % 7])
        .collect();
    let history = history(Measure::Stock, &values, Some(7));
    let forecast = forecast(&history, 14, None).unwrap();
    assert_eq!(forecast.method, Method::Mstl);
    for (day, ahead) in (70..).zip(&forecast.ahead) {
        let truth = f64::from(day).mul_add(2.0, 500.0) + WEEK[day as usize % 7];
        assert!((ahead.value - truth).abs() < 3.0, "{day}: {ahead:?}");
    }
}

/// Shocks of a random walk of increases: `s^2 (1 + 4 + … + h^2)`; with an estimated slope
/// `s^2 (h (h + 1) / 2)^2 / (T - 1)` more.
#[test]
fn errors_of_increases_add_up_in_their_sum() {
    let increases = [5.0, 8.0, 4.0, 9.0, 7.0, 6.0, 10.0, 3.0];
    let naive = simple::naive(&increases, 4).unwrap();
    let sum = naive.summed(100.0);
    let one = naive.shocks[0];
    assert_eq!(sum.points, [103.0, 106.0, 109.0, 112.0]);
    for (found, squares) in sum.shocks.iter().zip([1.0, 5.0, 14.0, 30.0]) {
        assert!((found / one - squares).abs() < 1e-9);
    }
    let drift = simple::drift(&increases, 3).unwrap();
    let (sum, one) = (drift.summed(0.0), drift.shocks[0]);
    let expected = |step: f64, squares: f64| squares + (step * (step + 1.0) / 2.0).powi(2) / 7.0;
    for (found, (step, squares)) in sum.shocks.iter().zip([(1.0, 1.0), (2.0, 5.0), (3.0, 14.0)]) {
        assert!((found / one - expected(step, squares)).abs() < 1e-9);
    }
    let seasonal = simple::seasonal(&increases, 2, 4).unwrap();
    let (sum, one) = (seasonal.summed(0.0), seasonal.shocks[0]);
    for (found, squares) in sum.shocks.iter().zip([1.0, 2.0, 6.0, 10.0]) {
        assert!((found / one - squares).abs() < 1e-9);
    }
    let falling = Path {
        points: vec![2.0, -5.0, 1.0],
        shocks: vec![1.0; 3],
        slope: 0.0,
    };
    assert_eq!(falling.summed(10.0).points, [12.0, 12.0, 13.0]);
}

#[test]
fn a_cumulative_goes_on_by_its_increases_and_never_falls() {
    let values: Vec<f64> = POLAND.iter().map(|(_, value)| *value as f64).collect();
    let history = history(Measure::Cumulative, &values, None);
    let forecast = by(&history, 3, Method::Naive);
    let step = values[14] - values[13];
    let expected: Vec<f64> = (1..=3)
        .map(|steps| f64::from(steps).mul_add(step, values[14]))
        .collect();
    let found: Vec<f64> = forecast.ahead.iter().map(|ahead| ahead.value).collect();
    assert_eq!(found, expected);
    let last = values[14];
    assert!(
        forecast
            .ahead
            .iter()
            .all(|ahead| ahead.intervals[1].low >= last)
    );
    assert_eq!(forecast.raised_lows, 3);
}

#[test]
fn what_cannot_be_forecast_is_refused() {
    let refused = |values: &[f64], horizon, method| {
        forecast(&history(Measure::Stock, values, None), horizon, method).unwrap_err()
    };
    assert_eq!(refused(&NILE[..9], 1, None), ForecastError::TooFew(9));
    assert_eq!(refused(&NILE, 0, None), ForecastError::NoStep);
    assert_eq!(
        refused(&NILE[..21], 11, None).to_string(),
        "11 steps are more than half of the 21 points that are known; ask for 10 at most"
    );
    assert_eq!(refused(&[7.0; 12], 1, None), ForecastError::NoChange(12));
    assert_eq!(
        refused(&NILE, 1, Some(Method::Mstl)).to_string(),
        "mstl makes no forecast of this series: a step of this length has no season that it knows; \
         leave --method out, or name another"
    );
    let short = history(Measure::Flow, &NILE[..20], Some(7));
    let error = forecast(&short, 2, Some(Method::Seasonal)).unwrap_err();
    assert!(error.to_string().contains("so 28 points"), "{error}");
}

#[test]
fn the_naive_method_stands_where_a_backtest_is_too_short_or_nothing_beats_it() {
    let short = forecast(&history(Measure::Flow, &NILE[..12], None), 2, None).unwrap();
    assert_eq!(
        (short.method, short.choice),
        (Method::Naive, Choice::TooFewOrigins)
    );
    let none = forecast(&history(Measure::Flow, &NILE[..10], None), 1, None).unwrap();
    assert_eq!(none.backtest.of(Method::Naive).unwrap().overall.values, 0);
    let steps = [
        3.0, 3.0, 3.0, 3.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0,
    ];
    let still = forecast(&history(Measure::Stock, &steps, None), 2, None).unwrap();
    assert_eq!(
        (still.method, still.choice),
        (Method::Naive, Choice::Unbeaten)
    );
}

#[test]
fn many_origins_are_thinned_evenly_up_to_the_last() {
    let values: Vec<f64> = (0..450).map(|step| NILE[step % 100]).collect();
    let history = history(Measure::Stock, &values, None);
    let backtest = by(&history, 1, Method::Naive).backtest;
    assert_eq!(backtest.origins.len(), backtest::MOST_ORIGINS);
    assert_eq!(backtest.all_origins, 225);
    assert_eq!(backtest.origins.last(), Some(&449));
    assert!(
        backtest
            .origins
            .windows(2)
            .all(|pair| (2..=3).contains(&(pair[1] - pair[0])))
    );
}

#[test]
fn a_sensible_horizon_is_a_quarter_of_the_points_at_most() {
    assert_eq!(sensible_horizon(10, 14), 2);
    assert_eq!(sensible_horizon(24, 3), 3);
    assert_eq!(sensible_horizon(200, 14), 14);
    assert_eq!(sensible_horizon(3, 0), 1);
}

fn counts() -> impl Strategy<Value = Vec<f64>> {
    let number = prop_oneof![Just(0.0), 0.0..30.0_f64, 0.0..5e6_f64];
    proptest::collection::vec(number.prop_map(f64::round), 10..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn intervals_nest_around_the_value_and_no_count_is_below_zero(
        values in counts(),
        measure in proptest::sample::select(Measure::ALL),
        method in proptest::sample::select(Method::ALL),
        horizon in 1..5_usize,
    ) {
        let values: Vec<f64> = match measure {
            Measure::Cumulative => values
                .iter()
                .scan(0.0, |sum, value| { *sum += value; Some(*sum) })
                .collect(),
            _ => values,
        };
        let history = history(measure, &values, Some(3));
        let Ok(found) = forecast(&history, horizon, Some(method)) else { return Ok(()) };
        prop_assert_eq!(found.ahead.len(), horizon);
        let least = if measure == Measure::Cumulative { values[values.len() - 1] } else { 0.0 };
        for ahead in &found.ahead {
            let [narrow, wide] = ahead.intervals;
            let ends = [least, wide.low, narrow.low, ahead.value, narrow.high, wide.high];
            prop_assert!(ends.is_sorted(), "{ends:?}");
        }
        // Nothing is drawn at random.
        prop_assert_eq!(Ok(found), forecast(&history, horizon, Some(method)));
    }

    #[test]
    fn simple_methods_do_not_depend_on_the_unit(values in counts(), unit in 2..2000_u32) {
        let unit = f64::from(unit);
        let other: Vec<f64> = values.iter().map(|value| value * unit).collect();
        for method in [Method::Naive, Method::Drift] {
            let one = forecast(&history(Measure::Stock, &values, None), 2, Some(method));
            let two = forecast(&history(Measure::Stock, &other, None), 2, Some(method));
            let (Ok(one), Ok(two)) = (one, two) else { return Ok(()) };
            for (one, two) in one.ahead.iter().zip(&two.ahead) {
                let gap = (one.value * unit - two.value).abs();
                prop_assert!(gap <= 1e-9 * two.value.abs().max(1.0));
            }
            let scaled = |of: &Forecast| of.backtest.of(method).unwrap().overall.scaled;
            prop_assert!((scaled(&one) - scaled(&two)).abs() < 1e-9);
        }
    }
}

/// Yearly flow of the Nile at Aswan from 1871 on, in 1e8 m3 (Cobb 1978).
const NILE: [f64; 100] = [
    1120.0, 1160.0, 963.0, 1210.0, 1160.0, 1160.0, 813.0, 1230.0, 1370.0, 1140.0, 995.0, 935.0,
    1110.0, 994.0, 1020.0, 960.0, 1180.0, 799.0, 958.0, 1140.0, 1100.0, 1210.0, 1150.0, 1250.0,
    1260.0, 1220.0, 1030.0, 1100.0, 774.0, 840.0, 874.0, 694.0, 940.0, 833.0, 701.0, 916.0, 692.0,
    1020.0, 1050.0, 969.0, 831.0, 726.0, 456.0, 824.0, 702.0, 1120.0, 1100.0, 832.0, 764.0, 821.0,
    768.0, 845.0, 864.0, 862.0, 698.0, 845.0, 744.0, 796.0, 1040.0, 759.0, 781.0, 865.0, 845.0,
    944.0, 984.0, 897.0, 822.0, 1010.0, 771.0, 676.0, 649.0, 846.0, 812.0, 742.0, 801.0, 1040.0,
    860.0, 874.0, 848.0, 890.0, 744.0, 749.0, 838.0, 1050.0, 918.0, 986.0, 797.0, 923.0, 975.0,
    815.0, 1020.0, 906.0, 901.0, 1170.0, 912.0, 746.0, 919.0, 718.0, 714.0, 740.0,
];

/// Monthly passengers of international airlines from 1949 on, in thousands (Box and Jenkins 1970).
const PASSENGERS: [f64; 144] = [
    112.0, 118.0, 132.0, 129.0, 121.0, 135.0, 148.0, 148.0, 136.0, 119.0, 104.0, 118.0, 115.0,
    126.0, 141.0, 135.0, 125.0, 149.0, 170.0, 170.0, 158.0, 133.0, 114.0, 140.0, 145.0, 150.0,
    178.0, 163.0, 172.0, 178.0, 199.0, 199.0, 184.0, 162.0, 146.0, 166.0, 171.0, 180.0, 193.0,
    181.0, 183.0, 218.0, 230.0, 242.0, 209.0, 191.0, 172.0, 194.0, 196.0, 196.0, 236.0, 235.0,
    229.0, 243.0, 264.0, 272.0, 237.0, 211.0, 180.0, 201.0, 204.0, 188.0, 235.0, 227.0, 234.0,
    264.0, 302.0, 293.0, 259.0, 229.0, 203.0, 229.0, 242.0, 233.0, 267.0, 269.0, 270.0, 315.0,
    364.0, 347.0, 312.0, 274.0, 237.0, 278.0, 284.0, 277.0, 317.0, 313.0, 318.0, 374.0, 413.0,
    405.0, 355.0, 306.0, 271.0, 306.0, 315.0, 301.0, 356.0, 348.0, 355.0, 422.0, 465.0, 467.0,
    404.0, 347.0, 305.0, 336.0, 340.0, 318.0, 362.0, 348.0, 363.0, 435.0, 491.0, 505.0, 404.0,
    359.0, 310.0, 337.0, 360.0, 342.0, 406.0, 396.0, 420.0, 472.0, 548.0, 559.0, 463.0, 407.0,
    362.0, 405.0, 417.0, 391.0, 419.0, 461.0, 472.0, 535.0, 622.0, 606.0, 508.0, 461.0, 390.0,
    432.0,
];
