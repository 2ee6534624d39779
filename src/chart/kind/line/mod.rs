//! Change over time.

mod events;
mod extent;
mod fan;
mod layout;
mod names;
mod series;
mod versions;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Kind;
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, check, notes};
use crate::chart::palette::Role;
use crate::chart::rows::{PlottedRow, of_amount, plain};
use crate::chart::spec::{Break, Event, Fan, Marks, Point, ValueKind};
use crate::chart::text::{Rect, one_line};
use crate::chart::words::fill;

pub use extent::{dates, extent, span};
pub use layout::LineBody;
pub use series::{Series, day, tones};

/// Change over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineChart {
    /// The lines, in the order of the data.
    pub lines: Vec<Line>,
    /// What happened on a day; named above the plot.
    pub events: Vec<Event>,
    /// Days from which on a source counts otherwise; no line runs over them.
    pub breaks: Vec<Break>,
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
    /// The day on which these numbers became known, where the chart shows several versions of one
    /// line: the newest in colour, the others grey, the lighter the older.
    pub vintage: Option<NaiveDate>,
    /// The points, in any order; no two on one date.
    pub points: Vec<Point>,
    /// Nested intervals of a forecast, in any order.
    pub fans: Vec<Fan>,
}

impl Kind for LineChart {
    fn name(&self, theme: &Theme) -> &'static str {
        theme.words().line.name
    }

    fn texts(&self) -> Vec<&str> {
        let lines = self.lines.iter().map(|line| line.label.as_str());
        let events = self.events.iter().map(|event| event.label.as_str());
        let breaks = self.breaks.iter().map(|one| one.label.as_str());
        std::iter::once(self.unit.as_str())
            .chain(lines)
            .chain(events)
            .chain(breaks)
            .collect()
    }

    fn unit(&self) -> &str {
        &self.unit
    }

    fn check(&self) -> Result<(), ChartError> {
        let mut dates = BTreeSet::new();
        let mut values = 0;
        for line in &self.lines {
            dates.append(&mut line.check()?);
            values += line
                .points
                .iter()
                .filter(|point| point.value.is_some())
                .count();
        }
        let (Some(first), Some(last), true) = (dates.first(), dates.last(), values > 0) else {
            return Err(ChartError::NoValues);
        };
        let events = self.events.iter().map(|event| (event.date, &event.label));
        let breaks = self.breaks.iter().map(|one| (one.date, &one.label));
        let outside = |(date, _): &(NaiveDate, _)| date < first || date > last;
        match events.chain(breaks).find(outside) {
            Some((date, label)) => Err(ChartError::EventOutside {
                label: label.clone(),
                date,
            }),
            None => Ok(()),
        }
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let shown = || points().filter(|point| point.value.is_some());
        let words = &theme.words().line;
        let marks: Vec<Marks> = shown().map(|point| point.marks).collect();
        let mut said = Vec::new();
        notes::of_points(&mut said, &marks, theme);
        let whole = |line: &&Line| series::is_lower_bound(&line.points);
        let some = self.lines.iter().filter(|line| !whole(line));
        let some = some
            .flat_map(|line| &line.points)
            .any(|p| p.value.is_some() && p.marks.at_least);
        notes::push(&mut said, some, words.at_least);
        let whole = !some && self.lines.iter().any(|line| whole(&line));
        notes::push(&mut said, whole, words.at_least_throughout);
        notes::push(
            &mut said,
            points().any(|point| point.low.is_some() && point.high.is_some()),
            words.range,
        );
        said.extend(versions::notes(&self.lines, theme));
        said.extend(fan::note(&self.lines, theme));
        notes::push(&mut said, self.lines.iter().any(Line::has_gap), words.gap);
        notes::revised(
            &mut said,
            shown().filter(|point| point.marks.revised).count(),
            theme,
        );
        said
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn is_mirrored(&self) -> bool {
        false
    }

    fn finding(&self, theme: &Theme) -> String {
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
                (a.emphasis, a.vintage)
                    .cmp(&(b.emphasis, b.vintage))
                    .then(value(x).total_cmp(&value(y)))
            });
        let Some((line, (first, last))) = chosen else {
            return String::new();
        };
        let language = theme.language;
        let words = &theme.words().line;
        let said = |point: &Point| {
            let value = point.value.unwrap_or(0.0);
            let mut value = plain(value, point.qualifier, self.values, language);
            if point.marks.projected {
                value.push_str(&format!(" ({})", theme.words().marks.projected));
            }
            fill(words.on, &[&value, &language.day(point.date)])
        };
        let versions = self.lines.iter().all(|line| line.vintage.is_some());
        let of = if self.lines.len() > 1 {
            let count = if versions {
                &words.one_of_versions
            } else {
                &words.one_of
            };
            language.counted(count, self.lines.len())
        } else {
            String::new()
        };
        let label = one_line(&line.label);
        if first.date == last.date {
            fill(words.has, &[&label, &said(&last), &of])
        } else {
            fill(words.goes, &[&label, &said(&first), &said(&last), &of])
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
        let fans = fan::rows(self);
        points.into_iter().map(row).chain(fans).collect()
    }

    /// Refuses numbers that cannot be drawn; else the days of the line.
    pub(super) fn check(&self) -> Result<BTreeSet<NaiveDate>, ChartError> {
        let mut own = BTreeSet::new();
        for point in &self.points {
            check::triple(&self.label, point.low, point.value, point.high)?;
            if !own.insert(point.date) {
                return Err(ChartError::TwoValues {
                    label: self.label.clone(),
                    date: point.date,
                });
            }
        }
        own.append(&mut fan::check(self)?);
        Ok(own)
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

#[cfg(test)]
mod tests;
