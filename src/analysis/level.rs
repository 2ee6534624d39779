//! What a series stood at on a day: as reported, or as a straight line between two reports.

use std::num::NonZeroU32;

use chrono::{Days, NaiveDate};

use super::measure::{Cumulative, Dated, Stock};

/// The height of a series on a day, kept as a fraction until it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// The day that it is of.
    pub day: NaiveDate,
    /// Whether it lies on the line between two reports rather than being reported itself.
    pub interpolated: bool,
    numerator: i128,
    denominator: i128,
}

/// Why nothing is known of a series on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoLevel {
    /// The day is before the first report.
    #[error("{day} is before the first report of {first}; start the analysis later")]
    BeforeFirst {
        /// The day asked for.
        day: NaiveDate,
        /// The first day with a value.
        first: NaiveDate,
    },
    /// The report is the first, and nothing stands before it.
    #[error("{day} is the first report, with none before it to compare with; widen the period")]
    FirstReport {
        /// Its day.
        day: NaiveDate,
    },
    /// The day reaches back beyond the calendar.
    #[error("{days} days before {day} is beyond the calendar; look back over fewer days")]
    BeyondCalendar {
        /// The day counted from.
        day: NaiveDate,
        /// How many days back.
        days: NonZeroU32,
    },
    /// The day is after the last report; nothing is extrapolated.
    #[error("{day} is after the last report of {last}; ask for a day up to then")]
    AfterLast {
        /// The day asked for.
        day: NaiveDate,
        /// The last day with a value.
        last: NaiveDate,
    },
    /// The reports around the day are further apart than what may be interpolated over.
    #[error(
        "{day} lies between reports that are {gap} days apart; allow a longer gap, or take a day that was reported"
    )]
    GapTooLong {
        /// The day asked for.
        day: NaiveDate,
        /// Days between the report before and the report after.
        gap: i64,
    },
    /// The source covered a day in between and gave no value for it.
    #[error(
        "nothing was reported for {missing}, and a missing period is a gap, not a bridge (truth rule 14); take a day that was reported"
    )]
    Missing {
        /// The newest missing day between the report before and the day asked for, or the first
        /// one after it.
        missing: NaiveDate,
    },
}

/// The day so many days before another.
pub(super) fn days_before(day: NaiveDate, days: NonZeroU32) -> Result<NaiveDate, NoLevel> {
    day.checked_sub_days(Days::new(days.get().into()))
        .ok_or(NoLevel::BeyondCalendar { day, days })
}

impl Level {
    /// The level of a report.
    pub(super) fn reported(day: NaiveDate, value: i64) -> Self {
        Self {
            day,
            interpolated: false,
            numerator: value.into(),
            denominator: 1,
        }
    }

    /// The level as a number: whole when it was reported.
    pub fn value(&self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// How far a later value lies above this level, in equal parts over some days.
    pub(super) fn rise_to(&self, later: i64, parts: u32) -> f64 {
        self.scaled_rise(later) as f64 / (self.denominator * i128::from(parts)) as f64
    }

    /// How far a later value lies above this level in per cent of it; none when it is zero.
    pub(super) fn percent_to(&self, later: i64) -> Option<f64> {
        (self.numerator != 0)
            .then(|| (100 * self.scaled_rise(later)) as f64 / self.numerator as f64)
    }

    fn scaled_rise(&self, later: i64) -> i128 {
        i128::from(later) * self.denominator - self.numerator
    }
}

impl Dated<'_> {
    /// The index of the newest report not after a day.
    fn newest(&self, day: NaiveDate) -> Result<usize, NoLevel> {
        let after = self.days().partition_point(|&reported| reported <= day);
        after.checked_sub(1).ok_or(NoLevel::BeforeFirst {
            day,
            first: self.days()[0],
        })
    }

    /// A missing day strictly between two days: the newest up to `around`, else the first after.
    fn missing_between(
        &self,
        before: NaiveDate,
        around: NaiveDate,
        after: NaiveDate,
    ) -> Result<(), NoLevel> {
        let next = self.missing().partition_point(|&missing| missing <= around);
        let found = self.missing()[..next]
            .last()
            .filter(|&&missing| missing > before)
            .or_else(|| {
                self.missing()[next..]
                    .first()
                    .filter(|&&missing| missing < after)
            });
        found.map_or(Ok(()), |&missing| Err(NoLevel::Missing { missing }))
    }
}

impl Stock<'_> {
    /// The newest report not after a day; [`Level::day`] says of when it is. A stock is carried,
    /// not interpolated: it may have risen and fallen in between.
    ///
    /// # Errors
    /// When the day precedes the first report, or the source has since said that it has no value.
    pub fn newest(&self, day: NaiveDate) -> Result<Level, NoLevel> {
        let dated = self.dated();
        let index = dated.newest(day)?;
        let reported = dated.days()[index];
        dated.missing_between(reported, day, day)?;
        Ok(Level::reported(reported, dated.values()[index]))
    }
}

impl Cumulative<'_> {
    /// The count so far at the end of a day: as reported, or linear in time between the reports
    /// around it, which spreads what is new between them evenly over their days.
    ///
    /// `max_gap` is the largest number of days between those two reports that is interpolated
    /// over; none means any number, and 1 means never. A day that the source covered without a
    /// value is never bridged, whatever `max_gap` says.
    ///
    /// # Errors
    /// When the day lies outside the reports, or in a gap.
    pub fn on(&self, day: NaiveDate, max_gap: Option<u32>) -> Result<Level, NoLevel> {
        let dated = self.dated();
        let (days, values) = (dated.days(), dated.values());
        let index = dated.newest(day)?;
        let (before, value) = (days[index], values[index]);
        if before == day {
            return Ok(Level::reported(day, value));
        }
        let (Some(&after), Some(&next)) = (days.get(index + 1), values.get(index + 1)) else {
            return Err(NoLevel::AfterLast { day, last: before });
        };
        dated.missing_between(before, day, after)?;
        let gap = (after - before).num_days();
        if max_gap.is_some_and(|longest| gap > i64::from(longest)) {
            return Err(NoLevel::GapTooLong { day, gap });
        }
        let elapsed = i128::from((day - before).num_days());
        let (gap, value, next) = (i128::from(gap), i128::from(value), i128::from(next));
        Ok(Level {
            day,
            interpolated: true,
            numerator: value * gap + (next - value) * elapsed,
            denominator: gap,
        })
    }
}

#[cfg(test)]
mod tests;
