//! Daily figures as a calendar: weeks side by side, Monday at the top, the more the darker.

mod cells;
mod classes;
mod layout;
mod legend;

use std::collections::BTreeSet;

use super::Kind;
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, check, notes};
use crate::chart::rows::{PlottedRow, plain};
use crate::chart::spec::{Marks, Point, ValueKind};
use crate::chart::text::Rect;
use crate::chart::words::fill;

/// Daily figures as a calendar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarChart {
    /// The days, in any order, no two alike. A day between the first and the last that is not among
    /// them has no figure.
    pub days: Vec<Point>,
    /// What one of the number is, such as `people`; written beside the legend.
    pub unit: String,
    /// How numbers are written.
    pub values: ValueKind,
}

impl CalendarChart {
    /// The days in order.
    fn in_order(&self) -> Vec<Point> {
        let mut days = self.days.clone();
        days.sort_by_key(|day| day.date);
        days
    }

    /// Whether a day between the first and the last has no figure.
    fn has_gap(&self) -> bool {
        let days = self.in_order();
        let present = || days.iter().filter(|day| day.value.is_some());
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return false;
        };
        present().count() as i64 != (last.date - first.date).num_days() + 1
    }
}

impl Kind for CalendarChart {
    fn name(&self, theme: &Theme) -> &'static str {
        theme.words().calendar.name
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.unit]
    }

    fn unit(&self) -> &str {
        &self.unit
    }

    fn check(&self) -> Result<(), ChartError> {
        let mut seen = BTreeSet::new();
        for point in &self.days {
            let label = point.date.to_string();
            check::triple(&label, point.low, point.value, point.high)?;
            if !seen.insert(point.date) {
                return Err(ChartError::TwoValues {
                    label: "the calendar".to_owned(),
                    date: point.date,
                });
            }
        }
        if self.days.iter().any(|day| day.value.is_some()) {
            Ok(())
        } else {
            Err(ChartError::NoValues)
        }
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let shown = || self.days.iter().filter(|day| day.value.is_some());
        let any = |test: fn(&Marks) -> bool| shown().any(|day| test(&day.marks));
        let mut said = Vec::new();
        let (words, edges) = (&theme.words().calendar, &theme.words().bars);
        let not_firm = [words.provisional, words.prose, words.provisional_or_prose];
        let not_firm = notes::not_firm(any(|m| m.provisional), any(|m| m.prose), not_firm);
        said.extend(not_firm.map(str::to_owned));
        notes::push(&mut said, any(|m| m.estimated), edges.estimated);
        notes::push(&mut said, any(|m| m.projected), edges.projected);
        notes::push(&mut said, any(|m| m.at_least), words.at_least);
        let ranges = shown()
            .filter(|day| day.low.is_some() && day.high.is_some())
            .count();
        if ranges > 0 {
            said.push(theme.language.counted(&words.ranges, ranges));
        }
        let revised = shown().filter(|day| day.marks.revised).count();
        notes::revised(&mut said, revised, theme);
        said
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn finding(&self, theme: &Theme) -> String {
        let value = |day: &Point| day.value.unwrap_or(f64::NEG_INFINITY);
        // Of equals, the first.
        let most = self.in_order().into_iter().rev();
        let Some(most) = most.max_by(|a, b| value(a).total_cmp(&value(b))) else {
            return String::new();
        };
        let days = self.days.iter().filter(|day| day.value.is_some()).count();
        let (language, words) = (theme.language, &theme.words().calendar);
        let value = most.value.unwrap_or_default();
        fill(
            words.most,
            &[
                &language.day(most.date),
                &plain(value, most.qualifier, self.values, language),
                &language.counted(&words.days, days),
            ],
        )
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let line = super::Line {
            points: self.days.clone(),
            ..super::Line::default()
        };
        line.rows()
    }
}

#[cfg(test)]
mod tests;
