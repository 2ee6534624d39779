//! Exponential smoothing without a season, fitted by `augurs-ets`, and with one taken off by MSTL.
//!
//! `augurs-ets` 0.10.3 finds the parameters as the Python package `statsforecast` does: Nelder and
//! Mead's simplex on the likelihood, until the values of its corners differ by less than 1e-4. It
//! tells neither parameters nor states. Two things differ from the literature, and are dealt with here:
//!
//! - The damped trend of two steps and more is too steep: `h` steps add `phi + phi + phi^2 + …` of the
//!   slope where Gardner and McKenzie (1985) add `phi + phi^2 + phi^3 + …`. The forecasts are mended.
//! - The variance of the errors is divided by `n - k - 2`, with `k` the number of parameters and first
//!   states; R divides by `n - k - 1`. Intervals are a little wider here, by 2 per cent for 30 values.

use augurs_core::{Fit as _, Predict as _};
use augurs_ets::AutoETS;
use augurs_mstl::stlrs::MstlParams;
use statrs::distribution::{ContinuousCDF as _, Normal};

use super::path::Path;

/// Which errors may be considered: multiplicative ones make no sum that has a known variance, and need
/// values above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Errors {
    /// Errors of one size only.
    Additive,
    /// Also errors in proportion to the value.
    Any,
}

/// A fitted form: its code, such as `AAdN`, and its path.
pub(super) type Smoothed = (String, Path);

/// The form with the lowest AICc among ETS without a season: level, trend or damped trend, with
/// additive errors or any.
pub(super) fn automatic(values: &[f64], errors: Errors, horizon: usize) -> Option<Smoothed> {
    let specification = match errors {
        Errors::Additive => "AZN",
        Errors::Any => "ZZN",
    };
    let search = AutoETS::new(1, specification).ok()?;
    smoothed(&search, values, horizon)
}

/// ETS(A,Ad,N): a level and a trend that dies away, each additive, with additive errors.
pub(super) fn damped(values: &[f64], horizon: usize) -> Option<Smoothed> {
    let search = AutoETS::new(1, "AAN").ok()?.damped(true).ok()?;
    smoothed(&search, values, horizon)
}

/// A seasonal pattern by MSTL with its usual windows, repeated, and the rest by [`automatic`].
pub(super) fn seasonal(
    values: &[f64],
    season: usize,
    errors: Errors,
    horizon: usize,
) -> Option<Smoothed> {
    let parts = MstlParams::new().fit(values, &[season]).ok()?;
    let pattern = parts.seasonal().first()?;
    let rest: Vec<f64> = values
        .iter()
        .zip(pattern)
        .map(|(all, part)| all - part)
        .collect();
    let (form, mut path) = automatic(&rest, errors, horizon)?;
    let last = &pattern[pattern.len().checked_sub(season)?..];
    for (point, part) in path.points.iter_mut().zip(last.iter().cycle()) {
        *point += part;
    }
    Some((form, path))
}

fn smoothed(search: &AutoETS, values: &[f64], horizon: usize) -> Option<Smoothed> {
    // The simplex begins with steps in proportion to the first states, or of 1e-4 where they are zero,
    // which is far too small for thousands of people: values are set in proportion to their size.
    let size = values.iter().map(|value| value.abs()).sum::<f64>() / values.len() as f64;
    if size == 0.0 || !size.is_finite() {
        return None;
    }
    let scaled: Vec<f64> = values.iter().map(|value| value / size).collect();
    let fitted = search.fit(&scaled).ok()?;
    let model = fitted.model();
    // Three steps are the fewest that show how the trend is damped.
    let forecast = fitted.predict(horizon.max(3), LEVEL).ok()?;
    let upper = forecast.intervals?.upper;
    let quantile = Normal::standard().inverse_cdf(f64::midpoint(1.0, LEVEL));
    let variance = |(high, point): (&f64, &f64)| ((high - point) / quantile).powi(2);
    let mut path = Path {
        shocks: upper.iter().zip(&forecast.point).map(variance).collect(),
        points: forecast.point,
        slope: 0.0,
    };
    let form = model.model_type();
    if model.damped() {
        let in_proportion = form.error == augurs_ets::model::ErrorComponent::Multiplicative;
        mend(&mut path, in_proportion);
    }
    path.points.truncate(horizon);
    path.shocks.truncate(horizon);
    path.points.iter_mut().for_each(|point| *point *= size);
    path.shocks
        .iter_mut()
        .for_each(|shocks| *shocks *= size * size);
    let damped = if model.damped() { "d" } else { "" };
    let form = format!("{}{}{damped}{}", form.error, form.trend, form.season);
    path.is_finite().then_some((form, path))
}

/// The coverage that intervals are asked for; only their standard deviation is used.
const LEVEL: f64 = 0.95;

/// Damps a trend as Gardner and McKenzie do. The steps of the points as they come are `phi b`, then
/// `phi b` again, `phi^2 b` and so on; so the ratio of the third to the second is phi, and each point
/// lies phi times as far from the first.
///
/// Where errors are in proportion, their variance depends on the points: it is
/// `(1 + s^2) q(h) - m(h)^2`, where `q(h) = m(h)^2 + s^2 (c(1)^2 q(h-1) + … + c(h-1)^2 q(1))` and `m`
/// are the points (Hyndman and others 2008, 6.4). The `c` are found by the points as they came and
/// used with the mended ones.
fn mend(path: &mut Path, in_proportion: bool) {
    let wrong = path.points.clone();
    let (first, second, third) = (wrong[0], wrong[1], wrong[2]);
    let phi = (third - second) / (second - first);
    // Without a slope there is nothing to damp.
    if !phi.is_finite() || !(0.0..=1.0).contains(&phi) {
        return;
    }
    for point in &mut path.points {
        *point = phi.mul_add(*point - first, first);
    }
    if !in_proportion {
        return;
    }
    let relative = path.shocks[0] / (first * first);
    if relative == 0.0 {
        return;
    }
    let second_moment = |variance: f64, point: f64| (variance + point * point) / (1.0 + relative);
    let (mut squares, mut moments) = (Vec::new(), Vec::new());
    let mut mended: Vec<f64> = Vec::new();
    let folded = |squares: &[f64], moments: &[f64]| -> f64 {
        squares
            .iter()
            .zip(moments.iter().rev())
            .map(|(c, q)| c * q)
            .sum()
    };
    for (step, &point) in wrong.iter().enumerate() {
        let moment = second_moment(path.shocks[step], point);
        if step > 0 {
            let known = folded(&squares, &moments[1..]);
            squares.push((((moment - point * point) / relative - known) / moments[0]).max(0.0));
        }
        moments.push(moment);
        let right = path.points[step];
        let moment = right.mul_add(right, relative * folded(&squares, &mended));
        mended.push(moment);
        path.shocks[step] = (1.0 + relative).mul_add(moment, -right * right);
    }
}
