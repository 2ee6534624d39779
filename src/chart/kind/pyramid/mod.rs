//! A population by age and sex: men and boys on the left, women and girls on the right.

mod layout;

#[cfg(test)]
mod tests;

use super::Kind;
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, check, notes};
use crate::chart::rows::{PlottedRow, of_amount, plain};
use crate::chart::spec::{Amount, ValueKind};
use crate::chart::text::{Rect, one_line};
use crate::chart::words::fill;

/// A population by age and sex: men and boys on the left, women and girls on the right.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PyramidChart {
    /// The age groups from the youngest to the oldest, which is drawn on top.
    pub groups: Vec<AgeGroup>,
    /// Whether numbers are written in per cent of all that is drawn.
    pub share: bool,
    /// How numbers are written when they are no shares.
    pub values: ValueKind,
}

/// One age group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AgeGroup {
    /// Its name, such as `5 to 11`.
    pub label: String,
    /// Men and boys.
    pub male: Amount,
    /// Women and girls.
    pub female: Amount,
}

/// The sides from left to right, as they are named.
const SIDES: [&str; 2] = ["Male", "Female"];

impl AgeGroup {
    /// Its two numbers from left to right.
    pub(in crate::chart) fn sides(&self) -> [&Amount; 2] {
        [&self.male, &self.female]
    }
}

impl PyramidChart {
    fn amounts(&self) -> impl Iterator<Item = &Amount> {
        self.groups.iter().flat_map(AgeGroup::sides)
    }

    /// The sum of all that is drawn.
    fn total(&self) -> f64 {
        self.amounts().filter_map(|amount| amount.value).sum()
    }

    /// A number as it is plotted: itself, or its share in per cent.
    pub(in crate::chart) fn plotted(&self, amount: &Amount) -> Amount {
        let total = self.total();
        if !self.share {
            return *amount;
        }
        let share = |number: Option<f64>| {
            number
                .filter(|_| total > 0.0)
                .map(|number| 100.0 * number / total)
        };
        Amount {
            value: share(amount.value),
            low: share(amount.low),
            high: share(amount.high),
            ..*amount
        }
    }

    /// How numbers are written.
    fn written(&self) -> ValueKind {
        if self.share {
            ValueKind::Percent
        } else {
            self.values
        }
    }
}

impl Kind for PyramidChart {
    fn name(&self, theme: &Theme) -> &'static str {
        theme.words().pyramid.name
    }

    fn texts(&self) -> Vec<&str> {
        self.groups
            .iter()
            .map(|group| group.label.as_str())
            .collect()
    }

    fn unit(&self) -> &str {
        if self.share { "%" } else { "" }
    }

    fn check(&self) -> Result<(), ChartError> {
        for group in &self.groups {
            for amount in group.sides() {
                check::triple(&group.label, amount.low, amount.value, amount.high)?;
                if amount.numbers().any(|number| number < 0.0) {
                    return Err(ChartError::BelowZero(group.label.clone()));
                }
            }
        }
        let any = self.amounts().any(Amount::is_known);
        if any && (!self.share || self.total() > 0.0) {
            Ok(())
        } else {
            Err(ChartError::NoValues)
        }
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        notes::of_amounts(self.amounts(), theme)
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn finding(&self, theme: &Theme) -> String {
        let words = &theme.words().pyramid;
        let all = self.groups.iter().flat_map(|group| {
            let sides = group.sides().into_iter().zip(words.sides);
            sides.map(move |(amount, side)| (group, side, amount))
        });
        let largest = all
            .filter(|(.., amount)| amount.value.is_some())
            .max_by(|(.., a), (.., b)| a.value.unwrap_or(0.0).total_cmp(&b.value.unwrap_or(0.0)));
        largest.map_or_else(String::new, |(group, side, amount)| {
            let plotted = self.plotted(amount);
            let value = plotted.value.unwrap_or(0.0);
            fill(
                words.largest,
                &[
                    &side.to_lowercase(),
                    &one_line(&group.label),
                    &plain(value, plotted.qualifier, self.written(), theme.language),
                    &theme.language.counted(&words.groups, 2 * self.groups.len()),
                ],
            )
        })
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let rounded = |number: Option<f64>| {
            number.map(|number| {
                if self.share {
                    (number * 100.0).round() / 100.0
                } else {
                    number
                }
            })
        };
        let oldest_first = || self.groups.iter().rev();
        SIDES
            .into_iter()
            .enumerate()
            .flat_map(|(side, name)| {
                oldest_first().map(move |group| {
                    let amount = self.plotted(group.sides()[side]);
                    let amount = Amount {
                        value: rounded(amount.value),
                        low: rounded(amount.low),
                        high: rounded(amount.high),
                        ..amount
                    };
                    of_amount(name, one_line(&group.label), &amount)
                })
            })
            .collect()
    }
}
