//! The points of a line that can be reckoned with, and what is left out of them.

use chrono::NaiveDate;

use crate::analysis::cumulative::{Differences, RevisionPolicy, difference};
use crate::analysis::monotonic::{Sequence, SequenceError};
use crate::analysis::{Cumulative, MeasureError};
use crate::figure::{Measure, Period, Qualifier, Status, counted};
use crate::line::{Line, Point};

/// The points of one channel that have a number without a qualifier and are not of what is to come.
#[derive(Debug)]
pub(super) struct Kept<'l> {
    /// The line.
    line: &'l Line,
    /// The points, by period.
    pub points: Vec<&'l Point>,
    /// Their numbers.
    pub values: Vec<i64>,
    qualified: usize,
    ahead: usize,
}

impl<'l> Kept<'l> {
    /// The points of a line.
    pub fn of(line: &'l Line) -> Self {
        let (mut points, mut values) = (Vec::new(), Vec::new());
        let (mut qualified, mut ahead) = (0, 0);
        for point in line.of_one_channel() {
            let quantity = &point.quantity;
            match quantity.value {
                _ if matches!(quantity.status, Status::Projected | Status::Planned) => ahead += 1,
                Some(value) if quantity.qualifier == Qualifier::Exact => {
                    points.push(point);
                    values.push(value);
                }
                _ => qualified += 1,
            }
        }
        Self {
            line,
            points,
            values,
            qualified,
            ahead,
        }
    }

    /// Their last days.
    pub fn days(&self) -> Vec<NaiveDate> {
        self.points.iter().map(|point| point.period.end).collect()
    }

    /// Their periods.
    pub fn periods(&self) -> Vec<Period> {
        self.points.iter().map(|point| point.period).collect()
    }

    /// What is new since the report before, of a cumulative.
    ///
    /// # Errors
    /// When the line is of another measure, or its points are not what a cumulative demands.
    pub fn differences(&self, policy: RevisionPolicy) -> Result<Differences, MeasureError> {
        let days = self.days();
        let series = Cumulative::new(self.line.series.measure, &days, &self.values)?;
        Ok(difference(&series, policy))
    }

    /// What a trend may be looked for in: the values of a stock or a flow, or what is new per day.
    ///
    /// # Errors
    /// When the points are not what their measure demands.
    pub fn sequence(&self, policy: RevisionPolicy) -> Result<Sequence, SequenceError> {
        match self.line.series.measure {
            Measure::Cumulative => Sequence::of_new_per_day(&self.differences(policy)?),
            found => Sequence::of(found, &self.periods(), &self.values),
        }
    }

    /// What was left out, and what is not certain of the rest.
    pub fn notes(&self, policy: RevisionPolicy) -> Vec<String> {
        let mut notes = Vec::new();
        let mut note = |count: usize, one: &str, many: &str| {
            if count > 0 {
                notes.push(counted(count, one, many));
            }
        };
        note(
            self.qualified,
            "figure with a qualifier or without a number is left out",
            "figures with a qualifier or without a number are left out",
        );
        note(
            self.ahead,
            "projected or planned figure is left out",
            "projected or planned figures are left out",
        );
        note(
            self.line.points.len() - self.line.of_one_channel().count(),
            "figure of another channel is left out",
            "figures of other channels are left out",
        );
        note(
            self.line.gaps.len(),
            "period between them has no number, and is a gap",
            "periods between them have no number, and are gaps",
        );
        let provisional = self.points.iter().filter(|point| point.provisional).count();
        note(
            provisional,
            "figure is provisional and may change",
            "figures are provisional and may change",
        );
        if self.line.series.measure == Measure::Cumulative
            && let Ok(differences) = self.differences(policy)
        {
            notes.extend(differences.note());
        }
        notes
    }
}
