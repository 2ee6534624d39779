//! The equal steps of a calendar that a series goes by: days, weeks, months, years.
//!
//! Methods of forecasting count steps, not days; with a period missing or a report late they would
//! take three days' news for one day's. A gap is neither zero nor bridged (truth rule 14), so a series
//! with one is refused, and the longest stretch without is named.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::FEWEST_POINTS;
use crate::figure::{Measure, Period};

/// From one value to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// So many months of the calendar.
    Months(u32),
    /// So many days.
    Days(u32),
}

impl Step {
    /// How many steps make a season that may repeat: a week of days, a year of months or quarters.
    pub const fn season(self) -> Option<usize> {
        match self {
            Self::Days(1) => Some(7),
            Self::Months(1) => Some(12),
            Self::Months(3) => Some(4),
            _ => None,
        }
    }

    /// A horizon that is usual for such steps.
    pub const fn usual_horizon(self) -> usize {
        match self {
            Self::Days(1) => 14,
            Self::Days(7) => 8,
            Self::Months(1) => 6,
            Self::Months(12) => 3,
            _ => 4,
        }
    }

    /// So many steps in words: `3 years`.
    pub fn counted(self, count: usize) -> String {
        match count {
            1 => format!("1 {self}"),
            _ => format!("{count} {}", self.many()),
        }
    }

    fn many(self) -> String {
        match self {
            Self::Days(1 | 7) | Self::Months(1 | 3 | 6 | 12) => format!("{self}s"),
            _ => format!("steps of {self}"),
        }
    }

    /// The day one step later, or the end of its month where days are ends of months.
    fn later(self, day: NaiveDate, steps: u32) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => day.checked_add_days(Days::new(u64::from(days) * u64::from(steps))),
            Self::Months(months) => {
                let later = day.checked_add_months(Months::new(months.checked_mul(steps)?))?;
                if is_end_of_month(day) {
                    end_of_month(later)
                } else {
                    Some(later)
                }
            }
        }
    }

    /// The period that lies so many steps after another, of the same length.
    pub fn after(self, measure: Measure, last: Period, steps: u32) -> Option<Period> {
        match measure {
            Measure::Stock => self.later(last.end, steps).map(Period::day),
            Measure::Cumulative => {
                let start = if last.start == last.end {
                    self.later(last.end, steps)?
                } else {
                    last.start
                };
                Period::new(start, self.later(last.end, steps)?)
            }
            Measure::Flow => {
                let before = self.later(last.end, steps.checked_sub(1)?)?;
                Period::new(before.succ_opt()?, self.later(last.end, steps)?)
            }
        }
    }

    /// The steps that may lie between two values that follow each other.
    fn between(measure: Measure, first: Period, second: Period) -> Vec<Self> {
        let days = |number: i64| u32::try_from(number).ok().filter(|days| *days > 0);
        if measure == Measure::Flow {
            let length = |period: Period| {
                if period.start.day() == 1 && is_end_of_month(period.end) {
                    Some(Self::Months(months(period.start, period.end) + 1))
                } else {
                    days(period.days()).map(Self::Days)
                }
            };
            let touch = first.end.succ_opt() == Some(second.start);
            let same = length(first).filter(|own| touch && length(second) == Some(*own));
            return same.into_iter().collect();
        }
        let (first, second) = (first.end, second.end);
        let ends = is_end_of_month(first) && is_end_of_month(second);
        let whole = ends || first.day() == second.day();
        let months = Some(months(first, second)).filter(|months| whole && *months > 0);
        let days = days((second - first).num_days());
        let steps = months.map(Self::Months).into_iter();
        steps.chain(days.map(Self::Days)).collect()
    }
}

/// `day`, `week`, `month`, `quarter`, `half-year`, `year`, or a number of days or months.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(1) => f.write_str("day"),
            Self::Days(7) => f.write_str("week"),
            Self::Days(days) => write!(f, "{days} days"),
            Self::Months(1) => f.write_str("month"),
            Self::Months(3) => f.write_str("quarter"),
            Self::Months(6) => f.write_str("half-year"),
            Self::Months(12) => f.write_str("year"),
            Self::Months(months) => write!(f, "{months} months"),
        }
    }
}

/// The months from the month of one day to that of a later one.
fn months(first: NaiveDate, second: NaiveDate) -> u32 {
    let count = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    u32::try_from(count(second) - count(first)).unwrap_or_default()
}

fn is_end_of_month(day: NaiveDate) -> bool {
    day.succ_opt().is_none_or(|next| next.day() == 1)
}

fn end_of_month(day: NaiveDate) -> Option<NaiveDate> {
    let next = day.with_day(1)?.checked_add_months(Months::new(1))?;
    next.pred_opt()
}

/// A series that goes by equal steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regular {
    /// The step.
    pub step: Step,
    /// The places of the values that go by it.
    pub kept: Vec<usize>,
    /// The places of mid-year stocks between year-end ones, which are no whole year after them
    /// (truth rule 8).
    pub mid_years: Vec<usize>,
    /// The place of the newest value, where it came before a step was over.
    pub early: Option<usize>,
}

/// A stretch without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first and last day.
    pub period: Period,
    /// How many values it has.
    pub points: usize,
}

/// Why a series goes by no equal steps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// Less than two values.
    #[error("one value alone has no step; select a longer period")]
    OneValue,
    /// Whole steps are missing.
    #[error("the series goes by the {step} and lacks {}; a gap is neither zero nor bridged (truth rule 14); {}", listed(.missing, *.count), way_out(.stretch.as_ref(), *.step))]
    Gaps {
        /// The step.
        step: Step,
        /// The first of the periods that are missing.
        missing: Vec<Period>,
        /// How many are.
        count: usize,
        /// The longest stretch without, where it is long enough for a forecast.
        stretch: Option<Stretch>,
    },
    /// A value comes at another distance.
    #[error("the series goes by no equal steps: {first} is followed by {second} where a {step} lies between most; {}", way_out(.stretch.as_ref(), *.step))]
    Irregular {
        /// The step of the longest stretch.
        step: Step,
        /// The value before.
        first: Period,
        /// The value after.
        second: Period,
        /// The longest regular stretch, where it is long enough for a forecast.
        stretch: Option<Stretch>,
    },
}

fn listed(missing: &[Period], count: usize) -> String {
    let names: Vec<String> = missing.iter().map(ToString::to_string).collect();
    match count - missing.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

fn way_out(stretch: Option<&Stretch>, step: Step) -> String {
    match stretch {
        Some(Stretch { period, points }) => format!(
            "its longest regular stretch is --period {}..{} with {}",
            period.start,
            period.end,
            step.counted(*points)
        ),
        None => format!("no regular stretch has the {FEWEST_POINTS} points that a forecast needs"),
    }
}

/// Finds the step of a series and the values that go by it. A newest value that came before a step
/// was over, and mid-year stocks between year-end ones, are set aside.
///
/// Periods are those of values, in order, without overlap, as [`crate::analysis::measure`] checks.
///
/// # Errors
/// When a period is missing or comes at another distance, with the longest stretch without.
pub fn find(measure: Measure, periods: &[Period]) -> Result<Regular, StepError> {
    let everything: Vec<usize> = (0..periods.len()).collect();
    match among(measure, periods, everything) {
        Err(error) if measure == Measure::Stock => {
            let is_of = |index: &usize, month, day| {
                let end = periods[*index].end;
                (end.month(), end.day()) == (month, day)
            };
            let (ends, rest): (Vec<usize>, Vec<usize>) =
                (0..periods.len()).partition(|index| is_of(index, 12, 31));
            let only_mid_years = rest.iter().all(|index| is_of(index, 6, 30));
            if !only_mid_years || rest.is_empty() || ends.len() < rest.len() {
                return Err(error);
            }
            among(measure, periods, ends).map(|found| Regular {
                mid_years: rest,
                ..found
            })
        }
        found => found,
    }
}

fn among(measure: Measure, periods: &[Period], kept: Vec<usize>) -> Result<Regular, StepError> {
    let chosen: Vec<Period> = kept.iter().map(|index| periods[*index]).collect();
    let between: Vec<Vec<Step>> = chosen
        .windows(2)
        .map(|pair| Step::between(measure, pair[0], pair[1]))
        .collect();
    let candidates: BTreeSet<Step> = between.iter().flatten().copied().collect();
    let mut best: Option<(Step, usize, usize)> = None;
    for &step in &candidates {
        let (start, length) = longest(&between, step);
        if best.is_none_or(|(.., least)| length > least) {
            best = Some((step, start, length));
        }
    }
    let Some((step, start, length)) = best else {
        let [first, second, ..] = chosen.as_slice() else {
            return Err(StepError::OneValue);
        };
        // Periods of a flow that neither touch nor have one length.
        return Err(StepError::Irregular {
            step: Step::Days(1),
            first: *first,
            second: *second,
            stretch: None,
        });
    };
    let mut regular = Regular {
        step,
        kept,
        mid_years: Vec::new(),
        early: None,
    };
    if length == between.len() {
        return Ok(regular);
    }
    let next = |period| step.after(measure, period, 1);
    if start == 0 && length + 1 == between.len() {
        let (last, newest) = (chosen[length], chosen[length + 1]);
        if next(last).is_some_and(|due| newest.end < due.end) {
            regular.early = regular.kept.pop();
            return Ok(regular);
        }
    }
    let points = length + 1;
    let stretch = (points >= FEWEST_POINTS).then(|| Stretch {
        period: Period {
            start: match measure {
                Measure::Flow => chosen[start].start,
                Measure::Stock | Measure::Cumulative => chosen[start].end,
            },
            end: chosen[start + length].end,
        },
        points,
    });
    let mut missing: Vec<Period> = Vec::new();
    for (pair, steps) in chosen.windows(2).zip(&between) {
        if steps.contains(&step) {
            continue;
        }
        let mut due = next(pair[0]);
        let mut passed = Vec::new();
        while let Some(period) = due.filter(|period| period.end < pair[1].end) {
            passed.push(period);
            due = next(period);
        }
        let lands = due.is_some_and(|period| match measure {
            Measure::Flow => period == pair[1],
            Measure::Stock | Measure::Cumulative => period.end == pair[1].end,
        });
        if !lands || passed.is_empty() {
            return Err(StepError::Irregular {
                step,
                first: pair[0],
                second: pair[1],
                stretch,
            });
        }
        missing.extend(passed);
    }
    const NAMED: usize = 3;
    let count = missing.len();
    missing.truncate(NAMED);
    Err(StepError::Gaps {
        step,
        missing,
        count,
        stretch,
    })
}

/// Where the longest run of a step begins, and how long it is.
fn longest(between: &[Vec<Step>], step: Step) -> (usize, usize) {
    let (mut best, mut start) = ((0, 0), 0);
    for (index, steps) in between.iter().enumerate() {
        if !steps.contains(&step) {
            start = index + 1;
        } else if index + 1 - start > best.1 {
            best = (start, index + 1 - start);
        }
    }
    best
}

#[cfg(test)]
mod tests;
