//! Classes of values between round limits.

use crate::chart::number::{decimal, short};
use crate::chart::palette::{Colour, DIVERGING, SEQUENTIAL};
use crate::chart::spec::ValueKind;
use crate::chart::words::{Language, fill};

/// Most classes of values with one sign.
const MOST: usize = 5;
/// Classes on each side of zero, where there are values on both.
const MOST_A_SIDE: usize = 3;

/// How many times as large as the largest but a fifth the largest value may be, before classes of
/// equal numbers of places would hide how uneven they are.
const SKEWED: f64 = 4.0;

/// Classes of values, from the lowest to the highest.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    /// The limits between them; a limit belongs to the class above it.
    pub limits: Vec<f64>,
    /// A colour for each, one more than limits.
    pub colours: Vec<Colour>,
    /// How many of them, from the lowest, are falls below zero beside rises above it.
    pub falls: usize,
}

impl Classes {
    /// The classes of finite values: of nearly equal numbers of places, between round limits.
    pub fn of(values: &[f64]) -> Self {
        let below = values.iter().any(|value| *value < 0.0);
        let above = values.iter().any(|value| *value > 0.0);
        if below && above {
            let sizes: Vec<f64> = values
                .iter()
                .map(|value| value.abs())
                .filter(|size| *size > 0.0)
                .collect();
            let side = limits(&sizes, MOST_A_SIDE);
            let count = side.len() + 1;
            // The middle of the ramp is no class, for zero is a limit.
            let mut falls = DIVERGING[..MOST_A_SIDE].to_vec();
            falls.reverse();
            let rises = &DIVERGING[DIVERGING.len() - MOST_A_SIDE..];
            let negative = side.iter().rev().map(|limit| -limit);
            return Self {
                limits: negative.chain([0.0]).chain(side.iter().copied()).collect(),
                colours: ramp(&falls, count)
                    .into_iter()
                    .rev()
                    .chain(ramp(rises, count))
                    .collect(),
                falls: count,
            };
        }
        let limits = if below {
            let sizes: Vec<f64> = values.iter().map(|value| -value).collect();
            // A limit belongs to the class above it, which the mirror would turn round.
            limits(&sizes, MOST)
                .into_iter()
                .rev()
                .map(|limit| -limit)
                .filter(|limit| values.iter().any(|value| value < limit))
                .collect()
        } else {
            limits(values, MOST)
        };
        // The first step is too light to be told from land without a number.
        let mut colours = ramp(&SEQUENTIAL[1..], limits.len() + 1);
        if below {
            colours.reverse();
        }
        Self {
            limits,
            colours,
            falls: 0,
        }
    }

    /// The number of the class of a value.
    pub fn class(&self, value: f64) -> usize {
        self.limits.iter().filter(|limit| value >= **limit).count()
    }

    /// What each class holds: `5% to under 10%`.
    pub fn labels(&self, values: &[f64], kind: ValueKind, language: Language) -> Vec<String> {
        let words = &language.words().map;
        let said = |value: f64| said(value, kind, language);
        let limits = &self.limits;
        if limits.is_empty() {
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let (low, high) = (said(low), said(high));
            return vec![if low == high {
                low
            } else {
                fill(words.only, &[&low, &high])
            }];
        }
        (0..=limits.len())
            .map(|class| {
                match (
                    class.checked_sub(1).map(|below| limits[below]),
                    limits.get(class),
                ) {
                    (None, Some(above)) => fill(words.under, &[&said(*above)]),
                    (Some(below), Some(above)) => {
                        fill(words.between, &[&said(below), &said(*above)])
                    }
                    (Some(below), None) => fill(words.and_more, &[&said(below)]),
                    (None, None) => String::new(),
                }
            })
            .collect()
    }
}

/// A limit: counts with a suffix, else with the decimals that it needs.
fn said(value: f64, kind: ValueKind, language: Language) -> String {
    let sign = match kind {
        ValueKind::Percent => language.words().numbers.percent,
        _ => "",
    };
    let fits = |digits: &usize| {
        let shifted = value * 10_f64.powi(i32::try_from(*digits).unwrap_or(0));
        (shifted - shifted.round()).abs() < 1e-6
    };
    match kind {
        ValueKind::Count | ValueKind::UsDollars => short(value, kind, language),
        ValueKind::Percent | ValueKind::Number if value.abs() >= 1e4 => {
            short(value, kind, language)
        }
        _ => decimal(value, (0..5).find(fits).unwrap_or(2), language) + sign,
    }
}

/// Round limits that part values, none below zero, into at most so many classes, none empty: of
/// equal numbers of places, or, where a few are far larger than all others, of equal ratios.
fn limits(values: &[f64], most: usize) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let quantile = |part: usize| sorted[(part * sorted.len() / most).min(sorted.len() - 1)];
    let largest = quantile(most);
    let skewed = largest > SKEWED * quantile(most - 1);
    let least = quantile(1).max(largest / 1000.0);
    let mut limits: Vec<f64> = Vec::new();
    for part in 1..most {
        let limit = rounded(if skewed {
            least * (largest / least).powf(part as f64 / most as f64)
        } else {
            quantile(part)
        });
        let last = limits.last().copied().unwrap_or(f64::NEG_INFINITY);
        let is_filled = sorted.iter().any(|value| (last..limit).contains(value));
        if is_filled && sorted.iter().any(|value| *value >= limit) {
            limits.push(limit);
        }
    }
    limits
}

/// The nearest number of one digit, or one and a half or two and a half.
fn rounded(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let decade = 10_f64.powf(value.log10().floor());
    [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0]
        .into_iter()
        .map(|digit| {
            if decade < 1.0 {
                digit / (1.0 / decade).round()
            } else {
                digit * decade
            }
        })
        .min_by(|a, b| (a - value).abs().total_cmp(&(b - value).abs()))
        .unwrap_or(value)
}

/// So many colours of a ramp, as far apart as can be.
fn ramp(steps: &[Colour], count: usize) -> Vec<Colour> {
    let last = steps.len() - 1;
    (0..count)
        .map(|index| match count {
            1 => steps[last / 2],
            2 => steps[if index == 0 { 0 } else { last / 2 + 1 }],
            _ => steps[(index * last + (count - 1) / 2) / (count - 1)],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::palette::{LAND, Sight};

    #[test]
    fn limits_are_round_and_no_class_is_empty() {
        let values: Vec<f64> = (0..60).map(|n| 1.17_f64.powi(n) / 10.0).collect();
        let classes = Classes::of(&values);
        assert_eq!(classes.limits, [4.0, 15.0, 60.0, 250.0]);
        assert_eq!(
            classes.labels(&values, ValueKind::Percent, Language::English),
            [
                "Under 4%",
                "4% to under 15%",
                "15% to under 60%",
                "60% to under 250%",
                "250% and more"
            ]
        );
        let even = Classes::of(&(0..50).map(f64::from).collect::<Vec<_>>());
        assert_eq!(even.limits, [10.0, 20.0, 30.0, 40.0]);
        let one = Classes::of(&[3.0, 3.0]);
        assert_eq!(
            (
                one.limits.len(),
                one.labels(&[3.0, 3.0], ValueKind::Percent, Language::English)
            ),
            (0, vec!["3%".to_owned()])
        );
        assert!(Classes::of(&[0.0; 5]).limits.is_empty());
        assert_eq!(Classes::of(&[0.0, 0.0, 0.0, 7.0]).limits.len(), 1);
    }

    #[test]
    fn changes_have_zero_for_a_limit() {
        let classes = Classes::of(&[-5.0, -1.0, 2.0, 40.0, 8.0]);
        assert!(classes.limits.contains(&0.0));
        assert_eq!(classes.colours.len(), classes.limits.len() + 1);
        assert_eq!(classes.class(0.0), classes.falls);
        let falls = Classes::of(&[-5.0, -1.0, -20.0]);
        assert_eq!(
            (falls.falls, falls.colours.len()),
            (0, falls.limits.len() + 1)
        );
    }

    #[test]
    fn neighbours_in_a_legend_can_be_told_apart() {
        for count in 1..=MOST {
            let colours = ramp(&SEQUENTIAL[1..], count);
            for (a, b) in std::iter::once(&LAND).chain(&colours).zip(&colours) {
                for sight in Sight::ALL {
                    assert!(
                        sight.distance(*a, *b) > 10.0,
                        "{count} {a:?} {b:?} {sight:?}"
                    );
                }
            }
        }
    }
}
