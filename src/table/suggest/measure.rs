//! Whether a column of numbers counts on from a first day.

use std::collections::BTreeMap;

use super::profile::whole;
use super::sample::Sample;
use super::toml_text::quoted;
use crate::figure::{Decimal, Measure};

/// How the numbers of a column go on from date to date, place by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Steps {
    /// Steps to a larger number.
    pub(super) up: usize,
    /// Steps to a smaller one.
    pub(super) down: usize,
    /// Steps in all, also those without a change.
    pub(super) all: usize,
}

impl Steps {
    /// Whether the numbers only rise, over enough steps to say so.
    pub(super) const fn only_rise(self) -> bool {
        const ENOUGH: usize = 8;
        self.all >= ENOUGH && self.down == 0 && self.up * 2 >= self.all
    }

    /// Whether the numbers fall so often that they cannot count on from a first day.
    pub(super) const fn fall(self) -> bool {
        self.down >= 2 && self.down * 5 >= self.all
    }
}

/// Compares each number with the one before it, in the order of dates, among rows that are alike in
/// the columns that tell series apart.
///
/// Dates are compared as texts, so they have to be written year first.
pub(super) fn steps(
    sample: &Sample<'_>,
    decimal: Option<Decimal>,
    apart: &[usize],
    date: usize,
    number: usize,
) -> Steps {
    let mut series: BTreeMap<Vec<&str>, BTreeMap<&str, i64>> = BTreeMap::new();
    for row in &sample.rows {
        let key = apart
            .iter()
            .map(|column| Sample::cell(row, *column))
            .collect();
        if let Some(value) = whole(Sample::cell(row, number), decimal) {
            series
                .entry(key)
                .or_default()
                .insert(Sample::cell(row, date), value);
        }
    }
    let mut steps = Steps::default();
    for numbers in series.values() {
        for (before, after) in numbers.values().zip(numbers.values().skip(1)) {
            steps.all += 1;
            steps.up += usize::from(after > before);
            steps.down += usize::from(after < before);
        }
    }
    steps
}

/// How the numbers of a column relate to time, with the reason where it is not the usual way.
#[derive(Clone)]
pub(super) enum Measured {
    /// As the indicator most often is.
    Usual(Measure),
    /// Otherwise, and why.
    Told(Measure, String),
    /// It cannot be told; the question.
    Open(String),
}

impl Measured {
    /// The measure, where it is known.
    pub(super) const fn known(&self) -> Option<Measure> {
        match self {
            Self::Usual(measure) | Self::Told(measure, _) => Some(*measure),
            Self::Open(_) => None,
        }
    }
}

/// The measure of numbers of single days, by how they go on from day to day.
pub(super) fn by_steps(usual: Option<Measure>, steps: Steps) -> Measured {
    let rise = || {
        format!(
            "no number is below the one before it, in {} steps",
            steps.all
        )
    };
    match usual {
        None | Some(Measure::Cumulative) if steps.only_rise() => {
            Measured::Told(Measure::Cumulative, rise())
        }
        Some(Measure::Cumulative) if steps.fall() => Measured::Told(
            Measure::Flow,
            format!(
                "{} of {} steps from day to day go down",
                steps.down, steps.all
            ),
        ),
        Some(Measure::Cumulative) => Measured::Open(format!(
            "\"cumulative\" for a total so far, \"flow\" for those of each day alone{}",
            mostly(steps)
        )),
        Some(usual) if steps.only_rise() => Measured::Open(format!(
            "{} or \"cumulative\": {}",
            quoted(usual.code()),
            rise()
        )),
        Some(usual) => Measured::Usual(usual),
        None => Measured::Open(format!(
            "\"stock\" for how many there are, \"flow\" for how many in the period, \"cumulative\" since a first day{}",
            mostly(steps)
        )),
    }
}

/// "; 95 of 100 steps from day to day go up", where there are enough of them.
fn mostly(steps: Steps) -> String {
    const ENOUGH: usize = 8;
    if steps.all < ENOUGH {
        return String::new();
    }
    format!(
        "; {} of {} steps from day to day go up, {} down",
        steps.up, steps.all, steps.down
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps_of(rows: &[[&str; 3]]) -> Steps {
        let sample = Sample {
            rows: rows
                .iter()
                .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
                .collect(),
            ..Sample::default()
        };
        steps(&sample, None, &[0], 1, 2)
    }

    #[test]
    fn steps_are_taken_place_by_place_in_the_order_of_dates() {
        let steps = steps_of(&[
            ["POL", "2022-03-02", "20"],
            ["HUN", "2022-03-01", "500"],
            ["POL", "2022-03-01", "10"],
            ["HUN", "2022-03-02", "400"],
            ["POL", "2022-03-03", "20"],
        ]);
        assert_eq!(
            steps,
            Steps {
                up: 1,
                down: 1,
                all: 3
            }
        );
        assert!(!steps.only_rise() && !steps.fall());
    }
}
