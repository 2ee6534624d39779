//! Round limits between classes of values.

/// Most classes that tints can tell apart.
pub const MOST: usize = 6;

/// What another class costs against a more even spread of the values.
const COST: f64 = 0.12;

/// Round values, ascending, that part values of zero and more into at most [`MOST`] classes of
/// about as many values each. A limit belongs to the class above it.
pub fn limits(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| *value > 0.0)
        .collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (sorted.first().copied(), sorted.last().copied()) else {
        return Vec::new();
    };
    let mut best: (f64, Vec<f64>) = (0.0, Vec::new());
    for limits in candidates(least, most) {
        let score = evenness(values, &limits) - COST * limits.len() as f64;
        if score > best.0 + 1e-9 {
            best = (score, limits);
        }
    }
    best.1
}

/// The class of a value: how many limits are not above it.
pub fn class(value: f64, limits: &[f64]) -> usize {
    limits.iter().filter(|limit| value >= **limit).count()
}

/// Equal steps, and steps by factors.
fn candidates(least: f64, most: f64) -> Vec<Vec<f64>> {
    let decades = |low: i32, high: i32| (low..=high).map(|power| 10_f64.powi(power));
    let (low, high) = (
        least.log10().floor().max(-3.0) as i32,
        most.log10().ceil() as i32,
    );
    let mut all = Vec::new();
    for decade in decades(high - 2, high) {
        for factor in [1.0, 2.0, 2.5, 5.0] {
            let step = decade * factor;
            let count = ((most / step).ceil() - 1.0).max(0.0);
            if count < MOST as f64 {
                let steps = 1..=count as u32;
                all.push(steps.map(|n| f64::from(n) * step).collect());
            }
        }
    }
    for factors in [&[1.0][..], &[1.0, 3.0], &[1.0, 2.0, 5.0]] {
        let inside: Vec<f64> = decades(low, high)
            .flat_map(|decade| factors.iter().map(move |factor| decade * factor))
            .filter(|limit| *limit > least && *limit <= most)
            .collect();
        for from in 0..inside.len() {
            all.push(inside[from..].iter().copied().take(MOST - 1).collect());
        }
    }
    all.push(
        decades(low, high)
            .step_by(2)
            .filter(|limit| *limit > least && *limit <= most)
            .take(MOST - 1)
            .collect(),
    );
    all
}

/// The entropy of values over classes: how much a class tells.
fn evenness(values: &[f64], limits: &[f64]) -> f64 {
    let mut counts = vec![0_usize; limits.len() + 1];
    for value in values {
        counts[class(*value, limits)] += 1;
    }
    counts
        .into_iter()
        .filter(|count| *count > 0)
        .map(|count| {
            let share = count as f64 / values.len() as f64;
            -share * share.ln()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn limits_follow_the_spread_of_the_values() {
        let even: Vec<f64> = (0..60).map(f64::from).collect();
        assert_eq!(limits(&even), [10.0, 20.0, 30.0, 40.0, 50.0]);
        let wide: Vec<f64> = (0..8).map(|power| 3.0 * 10_f64.powi(power)).collect();
        let found = limits(&wide);
        assert!(found.len() >= 3, "{found:?}");
        assert_eq!(limits(&[0.0, 0.0]), Vec::<f64>::new());
        assert_eq!(limits(&[7.0]), Vec::<f64>::new());
    }

    proptest! {
        #[test]
        fn limits_are_few_round_and_within_the_values(
            values in prop::collection::vec(prop_oneof![0.0..1e7_f64, 0.0..50.0_f64, Just(0.0)], 1..80),
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::round).collect();
            let most = values.iter().copied().fold(0.0, f64::max);
            let limits = limits(&values);
            prop_assert!(limits.len() < MOST);
            prop_assert!(limits.windows(2).all(|pair| pair[0] < pair[1]));
            for limit in limits {
                let digits = limit / 10_f64.powf(limit.log10().floor());
                prop_assert!(limit > 0.0 && limit <= most);
                prop_assert!((digits * 20.0 - (digits * 20.0).round()).abs() < 1e-6, "{}", limit);
            }
        }
    }
}
