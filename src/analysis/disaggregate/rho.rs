//! The share of a deviation that lasts from part to part, by maximum likelihood.

use super::DisaggregateError;
use super::regression::Likelihood;

/// The largest rho: at 1 deviations would never fade.
pub const LARGEST: f64 = 0.999;

/// The most likely rho from zero up, and whether the likelihood rises towards zero or below, so that it was
/// held at zero. As the likelihood may have several peaks, it is first looked at in steps of a hundredth,
/// then the highest peak is found where its derivative changes its sign.
///
/// A rho below zero would make the parts of a whole swing against each other; it is held at zero, as the R
/// package tempdisagg does.
pub fn most_likely(
    likelihood: impl Fn(f64) -> Option<Likelihood>,
) -> Result<(f64, bool), DisaggregateError> {
    const STEPS: u32 = 100;
    let place = |step: u32| LARGEST * f64::from(step) / f64::from(STEPS);
    let mut best: Option<(u32, Likelihood)> = None;
    for step in 0..=STEPS {
        if let Some(found) = likelihood(place(step))
            && best.is_none_or(|(_, known)| found.logarithm > known.logarithm)
        {
            best = Some((step, found));
        }
    }
    let (step, found) = best.ok_or(DisaggregateError::Unsolvable)?;
    if step == 0 && found.slope <= 0.0 {
        return Ok((0.0, true));
    }
    if step == STEPS && found.slope >= 0.0 {
        return Ok((LARGEST, false));
    }
    // The peak lies to the side to which the likelihood rises.
    let (mut low, mut high) = if found.slope > 0.0 {
        (place(step), place(step + 1))
    } else {
        (place(step - 1), place(step))
    };
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        match likelihood(middle) {
            Some(found) if found.slope > 0.0 => low = middle,
            Some(_) => high = middle,
            None => return Err(DisaggregateError::Unsolvable),
        }
    }
    Ok((f64::midpoint(low, high), false))
}
