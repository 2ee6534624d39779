//! Columns over time, or over categories in their own order.

mod ends;
mod gaps;
mod labels;
mod layout;
mod shapes;
mod slots;
pub(super) mod stack;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Kind, Line};
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, check, notes};
use crate::chart::palette::Role;
use crate::chart::rows::{PlottedRow, of_amount, plain};
use crate::chart::spec::{Amount, ValueKind};
use crate::chart::text::{Rect, one_line};
use crate::chart::words::fill;

/// Columns over time, or over categories in their own order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnChart {
    /// Where columns stand, from left to right.
    pub places: Places,
    /// The series, in the order of the data.
    pub series: Vec<ColumnSeries>,
    /// How the columns of several series stand.
    pub arrangement: Arrangement,
    /// What one of the number is, such as `people`; written at the top tick.
    pub unit: String,
    /// How numbers are written.
    pub values: ValueKind,
    /// Whether the last series gathers the rest; it is grey and lies on top of a stack.
    pub has_rest: bool,
}

/// Where columns stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Places {
    /// On days, or on the last days of periods; in order, each once.
    Days(Vec<NaiveDate>),
    /// At categories, in their own order.
    Names(Vec<String>),
}

impl Default for Places {
    fn default() -> Self {
        Self::Names(Vec::new())
    }
}

/// How the columns of several series stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// Side by side, all on the zero line.
    #[default]
    Grouped,
    /// On one another.
    Stacked,
    /// On one another, each column as a whole of 100%.
    Share,
}

/// One series of columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnSeries {
    /// Its name; not written when it is alone.
    pub label: String,
    /// Whether it is what the title speaks of; it stands at the base of a stack.
    pub emphasis: bool,
    /// A population type or a kind of casualty, which fixes the colour.
    pub role: Option<Role>,
    /// One for each place.
    pub amounts: Vec<Amount>,
}

impl ColumnChart {
    /// Columns at all days of some lines; a day that a line lacks has no column of it.
    ///
    /// # Errors
    /// When a line has two points on one day.
    pub fn over_time(
        lines: &[Line],
        arrangement: Arrangement,
        unit: &str,
        values: ValueKind,
    ) -> Result<Self, ChartError> {
        let days: BTreeSet<NaiveDate> = lines
            .iter()
            .flat_map(|line| line.points.iter().map(|point| point.date))
            .collect();
        let days: Vec<NaiveDate> = days.into_iter().collect();
        let mut series = Vec::with_capacity(lines.len());
        for line in lines {
            let mut amounts = vec![None; days.len()];
            for point in &line.points {
                let Ok(index) = days.binary_search(&point.date) else {
                    continue;
                };
                if amounts[index].replace(Amount::from(point)).is_some() {
                    return Err(ChartError::TwoValues {
                        label: line.label.clone(),
                        date: point.date,
                    });
                }
            }
            series.push(ColumnSeries {
                label: line.label.clone(),
                emphasis: line.emphasis,
                role: line.role,
                amounts: amounts.into_iter().map(Option::unwrap_or_default).collect(),
            });
        }
        Ok(Self {
            places: Places::Days(days),
            series,
            arrangement,
            unit: unit.to_owned(),
            values,
            has_rest: false,
        })
    }

    /// Whether parts stand on one another.
    fn is_stacked(&self) -> bool {
        self.arrangement != Arrangement::Grouped && self.series.len() > 1
            || self.arrangement == Arrangement::Share
    }

    /// All numbers that have a place.
    fn amounts(&self) -> impl Iterator<Item = &Amount> {
        self.series.iter().flat_map(|series| &series.amounts)
    }
}

impl Places {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Days(days) => days.len(),
            Self::Names(names) => names.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its place as tables give it: `2022-03-08`, or the name of the category.
    pub fn code(&self, index: usize) -> String {
        match self {
            Self::Days(days) => days.get(index).map(ToString::to_string),
            Self::Names(names) => names.get(index).map(|name| one_line(name)),
        }
        .unwrap_or_default()
    }

    /// A number with its place: `9 on 8 March 2022`, `9 at Poland`.
    fn phrase(&self, number: &str, index: usize, theme: &Theme) -> String {
        let words = theme.words();
        match self {
            Self::Days(days) => days
                .get(index)
                .map(|day| fill(words.line.on, &[number, &theme.language.day(*day)])),
            Self::Names(names) => names
                .get(index)
                .map(|name| fill(words.columns.at, &[number, &one_line(name)])),
        }
        .unwrap_or_default()
    }
}

/// Most series whose colours can be told apart.
pub(super) const MOST_SERIES: usize = 6;

impl Kind for ColumnChart {
    fn name(&self, theme: &Theme) -> &'static str {
        let words = &theme.words().columns;
        match (self.arrangement, self.series.len()) {
            (Arrangement::Share, _) => words.shares,
            (Arrangement::Stacked, 2..) => words.stacked,
            _ => words.columns,
        }
    }

    fn texts(&self) -> Vec<&str> {
        let names = match &self.places {
            Places::Days(_) => &[],
            Places::Names(names) => names.as_slice(),
        };
        std::iter::once(self.unit.as_str())
            .chain(names.iter().map(String::as_str))
            .chain(self.series.iter().map(|series| series.label.as_str()))
            .collect()
    }

    fn unit(&self) -> &str {
        if self.arrangement == Arrangement::Share {
            "%"
        } else {
            &self.unit
        }
    }

    fn check(&self) -> Result<(), ChartError> {
        for series in &self.series {
            for amount in &series.amounts {
                check::triple(&series.label, amount.low, amount.value, amount.high)?;
            }
            if series.amounts.len() != self.places.len() {
                return Err(ChartError::Uneven {
                    label: series.label.clone(),
                    numbers: series.amounts.len(),
                    places: self.places.len(),
                });
            }
            if self.is_stacked() {
                stack::check(&series.label, &series.amounts)?;
            }
        }
        if self.series.len() > MOST_SERIES {
            return Err(ChartError::TooManySeries {
                series: self.series.len(),
                fit: MOST_SERIES,
            });
        }
        let totals = stack::totals(&self.series, self.places.len());
        let any = match (self.arrangement, self.is_stacked()) {
            // Nothing but zeros has no shares.
            (Arrangement::Share, _) => totals.iter().flatten().any(|total| *total > 0.0),
            (_, true) => totals.iter().any(Option::is_some),
            (_, false) => self.amounts().any(Amount::is_known),
        };
        if any {
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

    fn is_mirrored(&self) -> bool {
        matches!(self.places, Places::Names(_))
    }

    fn finding(&self, theme: &Theme) -> String {
        let known = |series: &ColumnSeries| -> Vec<(usize, f64)> {
            let values = series.amounts.iter().enumerate();
            values
                .filter_map(|(index, amount)| Some((index, amount.value?)))
                .collect()
        };
        let last = |series: &ColumnSeries| known(series).last().map_or(0.0, |(_, value)| *value);
        let chosen = self
            .series
            .iter()
            .filter(|series| !known(series).is_empty())
            .max_by(|a, b| {
                a.emphasis
                    .cmp(&b.emphasis)
                    .then(last(a).total_cmp(&last(b)))
            });
        let Some(series) = chosen else {
            return String::new();
        };
        let known = known(series);
        let said = |(index, value): (usize, f64)| {
            let qualifier = series.amounts[index].qualifier;
            let number = plain(value, qualifier, self.values, theme.language);
            self.places.phrase(&number, index, theme)
        };
        let highest = known.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
        let (Some(first), Some(last), Some(highest)) = (known.first(), known.last(), highest)
        else {
            return String::new();
        };
        let words = &theme.words().columns;
        let name = if self.series.len() > 1 || matches!(self.places, Places::Names(_)) {
            one_line(&series.label)
        } else {
            words.number.to_owned()
        };
        let of = if self.series.len() > 1 {
            theme.language.counted(&words.one_of, self.series.len())
        } else {
            String::new()
        };
        if first.0 == last.0 {
            return fill(words.is, &[&name, &said(*last), &of]);
        }
        let peak = if highest.0 == first.0 || highest.0 == last.0 {
            String::new()
        } else {
            fill(words.highest, &[&said(highest)])
        };
        let goes = theme.words().line.goes;
        fill(goes, &[&name, &said(*first), &said(*last), &(peak + &of)])
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let totals = stack::totals(&self.series, self.places.len());
        let row = |series: &ColumnSeries, index: usize, amount: &Amount| {
            let mut amount = *amount;
            if self.arrangement == Arrangement::Share {
                amount.value = stack::share(amount.value, totals[index])
                    .map(|share| (share * 100.0).round() / 100.0);
            }
            of_amount(&series.label, self.places.code(index), &amount)
        };
        self.series
            .iter()
            .flat_map(|series| {
                let amounts = series.amounts.iter().enumerate();
                amounts.map(move |(index, amount)| row(series, index, amount))
            })
            .collect()
    }
}
