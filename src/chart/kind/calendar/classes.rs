//! At most six classes with round limits, chosen so that each holds about as many days.

use crate::chart::palette::{Colour, SEQUENTIAL};

/// Classes of values above zero; zero and what is below have their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    /// Lower limits and, at the end, the upper limit of the last class; ascending.
    pub limits: Vec<f64>,
}

/// Most classes that can be told apart.
const MOST: usize = 6;

impl Classes {
    /// Chooses the limits for values, of which only those above zero count; `whole` says that they
    /// are whole numbers. None when there is none above zero.
    pub fn new(values: &[f64], whole: bool) -> Option<Self> {
        let mut above: Vec<f64> = values
            .iter()
            .copied()
            .filter(|value| *value > 0.0)
            .collect();
        above.sort_by(f64::total_cmp);
        let (low, high) = (*above.first()?, *above.last()?);
        candidates(low, high, whole)
            .into_iter()
            .map(|limits| Self { limits })
            .map(|classes| (classes.evenness(&above), classes))
            // Of equals the first: equal steps before unequal ones.
            .fold(None, |best: Option<(f64, Self)>, next| match best {
                Some(best) if best.0 >= next.0 - 1e-9 => Some(best),
                _ => Some(next),
            })
            .map(|(_, classes)| classes)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.limits.len() - 1
    }

    /// The class of a value above zero; a value on a limit belongs to the class above it.
    pub fn of(&self, value: f64) -> usize {
        let inner = &self.limits[1..self.count()];
        inner.partition_point(|limit| *limit <= value)
    }

    /// The colour of a class, spread over the whole sequence.
    pub fn colour(&self, class: usize) -> Colour {
        let last = SEQUENTIAL.len() - 1;
        let at = match self.count() {
            1 => 3,
            2 => [1, 3][class.min(1)],
            count => class * last / (count - 1),
        };
        SEQUENTIAL[at.min(last)]
    }

    /// How evenly the values are spread over the classes: the entropy, with a little taken off for
    /// each class that is empty.
    fn evenness(&self, values: &[f64]) -> f64 {
        let mut counts = vec![0_usize; self.count()];
        for value in values {
            counts[self.of(*value)] += 1;
        }
        let total = values.len() as f64;
        counts
            .iter()
            .map(|&count| {
                if count == 0 {
                    -0.15
                } else {
                    let share = count as f64 / total;
                    -share * share.ln()
                }
            })
            .sum()
    }
}

/// Sets of round limits that hold all values: equal steps, and 1, 2, 5, 10, 20, …
fn candidates(low: f64, high: f64, whole: bool) -> Vec<Vec<f64>> {
    let mut sets = Vec::new();
    let mut decade = if whole { 1.0 } else { 1e-6 };
    // Steps beyond the digits of the values would be noise, not limits.
    while decade < high * 1e-9 {
        decade *= 10.0;
    }
    let mut ladder = Vec::new();
    while decade <= high * 10.0 {
        for factor in [1.0, 2.0, 2.5, 5.0] {
            let step: f64 = decade * factor;
            if whole && step.fract() != 0.0 {
                continue;
            }
            if factor != 2.5 {
                ladder.push(step);
            }
            let first = (low / step).floor();
            let mut last = (high / step).floor() + 1.0;
            // A top limit that is the highest value itself needs no class above it.
            if last - 1.0 == high / step && last - first > 1.0 && !whole {
                last -= 1.0;
            }
            if (1.0..=MOST as f64).contains(&(last - first)) {
                let count = (last - first) as usize;
                let limits = (0..=count).map(|index| (first + index as f64) * step);
                let limits: Vec<f64> = floored(limits.collect(), whole);
                // A product may round to just beside the value that it stands for.
                if limits[0] <= low && limits.last().is_some_and(|top| *top >= high) {
                    sets.push(limits);
                }
            }
        }
        decade *= 10.0;
    }
    for set in [
        ladder.clone(),
        every(&ladder, 3, 0),
        every(&ladder, 3, 1),
        every(&ladder, 3, 2),
    ] {
        let from = set.partition_point(|limit| *limit <= low).saturating_sub(1);
        let to = set.partition_point(|limit| *limit <= high);
        let mut limits: Vec<f64> = set[from.min(set.len())..to].to_vec();
        if limits.first().is_none_or(|first| *first > low) {
            limits.insert(0, 0.0);
        }
        if let Some(top) = set.get(to) {
            limits.push(*top);
        }
        // What lies below the six highest classes is one class with the lowest of them.
        if limits.len() > MOST + 1 {
            limits.drain(1..limits.len() - MOST);
            limits[0] = if whole { 1.0 } else { 0.0 };
        }
        if limits.len() > 1 && limits.last().is_some_and(|top| *top > high) {
            sets.push(floored(limits, whole));
        }
    }
    sets
}

/// Whole numbers above zero begin at one.
fn floored(mut limits: Vec<f64>, whole: bool) -> Vec<f64> {
    if whole && let Some(first) = limits.first_mut().filter(|first| **first == 0.0) {
        *first = 1.0;
    }
    limits.dedup();
    if limits.len() == 1 {
        limits.push(limits[0] + 1.0);
    }
    limits
}

/// Every so many of a ladder, from an offset.
fn every(ladder: &[f64], step: usize, offset: usize) -> Vec<f64> {
    ladder.iter().copied().skip(offset).step_by(step).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_steps_for_even_values_and_growing_ones_for_skewed_values() {
        let limits = |values: &[f64]| Classes::new(values, true).map(|classes| classes.limits);
        let even: Vec<f64> = (1..60).map(f64::from).collect();
        assert_eq!(
            limits(&even),
            Some(vec![1.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0])
        );
        assert_eq!(limits(&[1.0, 2.0, 3.0]), Some(vec![1.0, 2.0, 3.0, 4.0]));
        assert_eq!(limits(&[7.0; 9]).map(|limits| limits.len()), Some(2));
        let skewed: Vec<f64> = (0..60).map(|step| 1.3_f64.powi(step).round()).collect();
        let classes = Classes::new(&skewed, true).unwrap();
        assert!(classes.count() > 3, "{classes:?}");
        assert_eq!(Classes::new(&[0.0, -4.0], true), None);
    }

    #[test]
    fn limits_have_no_more_digits_than_values() {
        let value = 7_408_512_624.213_97;
        let classes = Classes::new(&[value], false).unwrap();
        assert!(classes.limits[0] <= value && value <= classes.limits[1]);
        assert!(classes.limits[1] - classes.limits[0] >= 1.0, "{classes:?}");
    }

    proptest! {
        #[test]
        fn limits_ascend_and_hold_every_value(
            values in prop::collection::vec(prop_oneof![1.0..9e9_f64, 1.0..20.0_f64], 1..60),
            whole in any::<bool>(),
        ) {
            let values: Vec<f64> =
                values.into_iter().map(|value| if whole { value.round() } else { value }).collect();
            let classes = Classes::new(&values, whole).unwrap();
            prop_assert!(classes.limits.windows(2).all(|pair| pair[0] < pair[1]), "{classes:?}");
            prop_assert!((1..=6).contains(&classes.count()), "{classes:?}");
            for value in values {
                prop_assert!(classes.limits[0] <= value, "{value} {classes:?}");
                prop_assert!(value <= classes.limits[classes.count()], "{value} {classes:?}");
            }
        }
    }
}
