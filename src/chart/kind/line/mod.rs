//! Change over time.

mod events;
mod layout;
mod names;
mod series;

use std::collections::BTreeSet;

use super::Kind;
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, check, notes};
use crate::chart::palette::Role;
use crate::chart::rows::{PlottedRow, of_amount, plain};
use crate::chart::spec::{Event, Marks, Point, ValueKind};
use crate::chart::text::{Rect, one_line};

pub use layout::LineBody;
pub use series::{Series, day};

/// Change over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineChart {
    /// The lines, in the order of the data.
    pub lines: Vec<Line>,
    /// What happened on a day; named above the plot.
    pub events: Vec<Event>,
    /// What one of the number is, such as `people`; written at the top tick.
    pub unit: String,
    /// How numbers are written.
    pub values: ValueKind,
}

/// One line over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its name, written at its end.
    pub label: String,
    /// Whether it is what the title speaks of. The others are grey unless they have a role.
    pub emphasis: bool,
    /// A population type or a kind of casualty, which fixes the colour.
    pub role: Option<Role>,
    /// The points, in any order; no two on one date.
    pub points: Vec<Point>,
}

impl Kind for LineChart {
    fn name(&self) -> &'static str {
        "Line chart"
    }

    fn texts(&self) -> Vec<&str> {
        let lines = self.lines.iter().map(|line| line.label.as_str());
        let events = self.events.iter().map(|event| event.label.as_str());
        std::iter::once(self.unit.as_str())
            .chain(lines)
            .chain(events)
            .collect()
    }

    fn unit(&self) -> &str {
        &self.unit
    }

    fn check(&self) -> Result<(), ChartError> {
        let mut dates = BTreeSet::new();
        let mut values = 0;
        for line in &self.lines {
            let mut own = BTreeSet::new();
            for point in &line.points {
                check::triple(&line.label, point.low, point.value, point.high)?;
                if !own.insert(point.date) {
                    return Err(ChartError::TwoValues {
                        label: line.label.clone(),
                        date: point.date,
                    });
                }
                values += usize::from(point.value.is_some());
            }
            dates.append(&mut own);
        }
        let (Some(first), Some(last), true) = (dates.first(), dates.last(), values > 0) else {
            return Err(ChartError::NoValues);
        };
        let outside = |event: &&Event| event.date < *first || event.date > *last;
        match self.events.iter().find(outside) {
            Some(event) => Err(ChartError::EventOutside {
                label: event.label.clone(),
                date: event.date,
            }),
            None => Ok(()),
        }
    }

    fn notes(&self, _theme: &Theme) -> Vec<String> {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let shown = || points().filter(|point| point.value.is_some());
        let marks: Vec<Marks> = shown().map(|point| point.marks).collect();
        let mut said = Vec::new();
        notes::of_points(&mut said, &marks);
        let whole = |line: &&Line| series::is_lower_bound(&line.points);
        let some = self.lines.iter().filter(|line| !whole(line));
        let some = some
            .flat_map(|line| &line.points)
            .any(|p| p.value.is_some() && p.marks.at_least);
        notes::push(&mut said, some, "Upward arrows: at least this many");
        let whole = !some && self.lines.iter().any(|line| whole(&line));
        notes::push(
            &mut said,
            whole,
            "Arrow at the end of a line: at least this many throughout",
        );
        notes::push(
            &mut said,
            points().any(|point| point.low.is_some() && point.high.is_some()),
            "Shaded: range from low to high",
        );
        notes::push(
            &mut said,
            self.lines.iter().any(Line::has_gap),
            "Where a line is broken there is no figure",
        );
        notes::revised(
            &mut said,
            shown().filter(|point| point.marks.revised).count(),
        );
        said
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn finding(&self, _theme: &Theme) -> String {
        let ends = |line: &Line| -> Option<(Point, Point)> {
            let present = || line.points.iter().filter(|point| point.value.is_some());
            let first = present().min_by_key(|point| point.date)?;
            let last = present().max_by_key(|point| point.date)?;
            Some((*first, *last))
        };
        let chosen = self
            .lines
            .iter()
            .filter_map(|line| Some((line, ends(line)?)))
            .max_by(|(a, (_, x)), (b, (_, y))| {
                let value = |point: &Point| point.value.unwrap_or(0.0);
                a.emphasis
                    .cmp(&b.emphasis)
                    .then(value(x).total_cmp(&value(y)))
            });
        let Some((line, (first, last))) = chosen else {
            return String::new();
        };
        let said = |point: &Point| {
            format!(
                "{} on {}",
                plain(point.value.unwrap_or(0.0), point.qualifier, self.values),
                point.date.format("%-d %B %Y")
            )
        };
        let of = if self.lines.len() > 1 {
            format!(", one of {} lines", self.lines.len())
        } else {
            String::new()
        };
        let label = one_line(&line.label);
        if first.date == last.date {
            format!("{label} has {}{of}", said(&last))
        } else {
            format!("{label} goes from {} to {}{of}", said(&first), said(&last))
        }
    }

    fn rows(&self) -> Vec<PlottedRow> {
        self.lines.iter().flat_map(Line::rows).collect()
    }
}

impl Line {
    /// Its points by day, as rows of the table beside the chart.
    pub(super) fn rows(&self) -> Vec<PlottedRow> {
        let mut points = self.points.clone();
        points.sort_by_key(|point| point.date);
        let row = |point: Point| of_amount(&self.label, point.date.to_string(), &(&point).into());
        points.into_iter().map(row).collect()
    }

    /// Whether it has values on both sides of a missing one.
    pub fn has_gap(&self) -> bool {
        let mut points: Vec<_> = self.points.iter().collect();
        points.sort_by_key(|point| point.date);
        let present: Vec<bool> = points.iter().map(|point| point.value.is_some()).collect();
        let (first, last) = (
            present.iter().position(|p| *p),
            present.iter().rposition(|p| *p),
        );
        first
            .zip(last)
            .is_some_and(|(first, last)| present[first..last].contains(&false))
    }
}
