//! Which columns of dates say when the figures of a row are of.

use super::super::{DateColumn, Role};
use super::{Column, one_of};
use crate::figure::Measure;
use crate::table::TableError;
use crate::table::mapping::{FigureMap, Source};

/// The columns of dates, one for each of what they can stand for.
pub(super) struct Dates<'c> {
    /// Whether the mapping says when.
    is_given: bool,
    /// The day that the row speaks of, or when it was counted.
    counted: Option<&'c Column<'c>>,
    reported: Option<&'c Column<'c>>,
    /// The first and the last day.
    ends: Option<(&'c Column<'c>, &'c Column<'c>)>,
    year: Option<&'c Column<'c>>,
}

impl<'c> Dates<'c> {
    /// Finds them; none where the mapping itself says when.
    ///
    /// # Errors
    /// When two columns stand for the same.
    pub(super) fn among(columns: &'c [Column<'c>], base: &FigureMap) -> Result<Self, TableError> {
        let given = [&base.period, &base.period_start, &base.period_end];
        let is_given = given.iter().any(|date| date.is_some());
        let the = |wanted: DateColumn, part: &str| {
            let is_wanted = |column: &&Column| {
                !is_given && matches!(column.role, Role::Date(date) if date == wanted)
            };
            let found: Vec<&Column> = columns.iter().filter(is_wanted).collect();
            match found.as_slice() {
                [] => Ok(None),
                found => one_of(part, found).map(Some),
            }
        };
        let day = the(DateColumn::Day, "period")?;
        let occurred = the(DateColumn::Occurred, "period")?;
        let start = the(DateColumn::Start, "period_start")?;
        let end = the(DateColumn::End, "period_end")?;
        Ok(Self {
            is_given,
            counted: day.or(occurred),
            reported: the(DateColumn::Reported, "period")?,
            ends: start.zip(end),
            year: the(DateColumn::Year, "period")?,
        })
    }

    /// Whether each row has a first and a last day.
    pub(super) fn have_ends(&self) -> bool {
        self.ends.is_some()
    }

    /// Says when figures of a measure are of.
    ///
    /// # Errors
    /// Why no column says it: a flow is not of the day when it was reported, and a stock is not of
    /// a year.
    pub(super) fn fill(&self, value: &mut FigureMap, measure: Measure) -> Result<(), String> {
        if self.is_given {
            return Ok(());
        }
        let source = |column: &Column| Source::Column(column.source());
        let day = match measure {
            Measure::Flow => {
                if let Some((start, end)) = self.ends {
                    value.period_start = Some(source(start));
                    value.period_end = Some(source(end));
                    return Ok(());
                }
                self.counted.or(self.year)
            }
            Measure::Cumulative => self
                .counted
                .or(self.reported)
                .or(self.ends.map(|ends| ends.1)),
            Measure::Stock => self.counted.or(self.reported),
        };
        value.period = day.map(source);
        match (&value.period, self.year) {
            (Some(_), _) => Ok(()),
            (None, Some(year)) => Err(format!(
                "it is of one day, and `{}` says the year alone; describe the figures in [[value]], with as = \"year_end\" in the period where they are of 31 December",
                year.name
            )),
            (None, None) => Err(format!(
                "no tag says when the {measure} is of; add `period` to [figure]"
            )),
        }
    }
}
