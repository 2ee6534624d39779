//! Areas over time: one, or several on one another.

mod layers;
mod layout;

#[cfg(test)]
mod tests;

use super::columns::{Arrangement, ColumnChart, MOST_SERIES, stack};
use super::{Kind, Line};
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, check, notes};
use crate::chart::rows::PlottedRow;
use crate::chart::spec::{Amount, Marks, Point, ValueKind};
use crate::chart::text::Rect;

/// Areas over time: one, or several on one another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AreaChart {
    /// The parts, in the order of the data; the largest is drawn at the base.
    pub lines: Vec<Line>,
    /// Whether each day is a whole of 100%.
    pub share: bool,
    /// What one of the number is, such as `people`; written at the top tick.
    pub unit: String,
    /// How numbers are written.
    pub values: ValueKind,
    /// Whether the last line gathers the rest; it is grey and lies on top.
    pub has_rest: bool,
}

impl AreaChart {
    /// The numbers of all parts by day, as columns would show them.
    fn table(&self) -> Result<ColumnChart, ChartError> {
        let arrangement = if self.share {
            Arrangement::Share
        } else {
            Arrangement::Stacked
        };
        let table = ColumnChart::over_time(&self.lines, arrangement, &self.unit, self.values)?;
        Ok(ColumnChart {
            has_rest: self.has_rest,
            ..table
        })
    }

    fn marks(&self) -> Vec<Marks> {
        let points = self.lines.iter().flat_map(|line| &line.points);
        points
            .filter(|point| point.value.is_some())
            .map(|point| point.marks)
            .collect()
    }
}

impl Kind for AreaChart {
    fn name(&self, theme: &Theme) -> &'static str {
        let words = &theme.words().area;
        match (self.share, self.lines.len()) {
            (true, _) => words.shares,
            (false, 2..) => words.stacked,
            (false, _) => words.area,
        }
    }

    fn texts(&self) -> Vec<&str> {
        std::iter::once(self.unit.as_str())
            .chain(self.lines.iter().map(|line| line.label.as_str()))
            .collect()
    }

    fn unit(&self) -> &str {
        if self.share { "%" } else { &self.unit }
    }

    fn check(&self) -> Result<(), ChartError> {
        for line in &self.lines {
            for point in &line.points {
                check::triple(&line.label, point.low, point.value, point.high)?;
            }
            let amounts: Vec<Amount> = line.points.iter().map(Amount::from).collect();
            stack::check(&line.label, &amounts)?;
        }
        if self.lines.len() > MOST_SERIES {
            return Err(ChartError::TooManySeries {
                series: self.lines.len(),
                fit: MOST_SERIES,
            });
        }
        let table = self.table()?;
        if self.marks().is_empty() {
            return Err(ChartError::NoValues);
        }
        let whole = layers::whole(&table).iter().filter(|whole| **whole).count();
        // Nothing but zeros has no shares.
        let total = stack::totals(&table.series, table.places.len());
        if self.share && total.iter().flatten().all(|total| *total <= 0.0) {
            return Err(ChartError::NoValues);
        }
        if 2 * whole < table.places.len() && self.lines.len() > 1 || whole == 0 {
            return Err(ChartError::FewCommonDays {
                common: whole,
                days: table.places.len(),
            });
        }
        Ok(())
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let mut said = Vec::new();
        let marks = self.marks();
        notes::of_points(&mut said, &marks, theme);
        let words = &theme.words().area;
        let bound = |point: &&Point| point.value.is_some() && point.marks.at_least;
        let whole = |line: &&Line| {
            let known = line.points.iter().filter(|point| point.value.is_some());
            let bounds = line.points.iter().filter(bound).count();
            bounds > 1 && bounds == known.count()
        };
        let some = |line: &&Line| !whole(line) && line.points.iter().any(|point| bound(&point));
        notes::push(
            &mut said,
            !self.share && self.lines.iter().any(|line| some(&line)),
            theme.words().line.at_least,
        );
        notes::push(
            &mut said,
            !self.share && self.lines.iter().any(|line| whole(&line)),
            words.at_least_throughout,
        );
        if let Ok(table) = self.table() {
            let runs = layers::runs(&table);
            let alike = runs.windows(2).all(|pair| pair[0].parts == pair[1].parts);
            notes::push(&mut said, runs.len() > 1 && alike, words.gap);
            notes::push(&mut said, !alike, words.part_gap);
        }
        notes::revised(
            &mut said,
            marks.iter().filter(|marks| marks.revised).count(),
            theme,
        );
        said
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, &self.table()?, room, theme)
    }

    fn is_mirrored(&self) -> bool {
        false
    }

    fn finding(&self, theme: &Theme) -> String {
        self.table()
            .map(|table| table.finding(theme))
            .unwrap_or_default()
    }

    fn rows(&self) -> Vec<PlottedRow> {
        self.table().map(|table| table.rows()).unwrap_or_default()
    }
}
