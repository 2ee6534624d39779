//! Runs of periods that follow each other by one step, so that many cells are noted as one.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::codec;
use crate::figure::{Period, coded_enum};

coded_enum! {
    /// How far one period of a run lies from the next.
    Step ("step") {
        /// One day.
        Day = "day",
        /// One month.
        Month = "month",
        /// One year.
        Year = "year",
    }
}

impl Step {
    /// The period a number of steps later.
    fn later(self, period: Period, steps: u32) -> Option<Period> {
        let shift = |date: NaiveDate| match self {
            Self::Day => date.checked_add_days(Days::new(steps.into())),
            Self::Month => months_later(date, steps),
            Self::Year => months_later(date, steps.checked_mul(12)?),
        };
        Period::new(shift(period.start)?, shift(period.end)?)
    }

    /// Whether the periods that follow the first by whole steps reach this one.
    pub(super) fn reaches(self, first: (i32, i32), key: (i32, i32)) -> bool {
        let (Some(first), Some(period)) = (codec::period(first), codec::period(key)) else {
            return false;
        };
        let days = (period.end - first.end).num_days();
        let months = i64::from(period.end.year() - first.end.year()) * 12
            + i64::from(period.end.month())
            - i64::from(first.end.month());
        let steps = match self {
            Self::Day => days,
            Self::Month => months,
            Self::Year => months / 12,
        };
        u32::try_from(steps).is_ok_and(|steps| self.later(first, steps) == Some(period))
    }
}

/// A date some months later; the last day of a month stays a last day.
fn months_later(date: NaiveDate, months: u32) -> Option<NaiveDate> {
    let is_last = date.succ_opt()?.day() == 1;
    let shifted = date.checked_add_months(Months::new(months))?;
    if !is_last {
        return Some(shifted);
    }
    shifted
        .with_day(1)?
        .checked_add_months(Months::new(1))?
        .pred_opt()
}

/// Parts periods, in order, into runs whose members follow each other by one step.
pub(super) fn runs(periods: impl IntoIterator<Item = Period>) -> Vec<(Period, Period, Step)> {
    let mut found: Vec<(Period, Period, Option<Step>)> = Vec::new();
    for period in periods {
        if let Some((_, last, step)) = found.last_mut() {
            let fitting = match step {
                Some(step) => step
                    .later(*last, 1)
                    .is_some_and(|next| next == period)
                    .then_some(*step),
                None => Step::ALL
                    .iter()
                    .copied()
                    .find(|step| step.later(*last, 1) == Some(period)),
            };
            if let Some(fitting) = fitting {
                *step = Some(fitting);
                *last = period;
                continue;
            }
        }
        found.push((period, period, None));
    }
    found
        .into_iter()
        .map(|(first, last, step)| (first, last, step.unwrap_or(Step::Day)))
        .collect()
}
