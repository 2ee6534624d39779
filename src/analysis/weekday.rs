//! Days of the week on which a daily series is regularly silent.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// A weekday that a series lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silent {
    /// The day of the week.
    pub weekday: Weekday,
    /// In how many weeks there is a report of that day all the same.
    pub reported: usize,
    /// How many whole weeks of daily reporting there are.
    pub weeks: usize,
}

/// How often a source reported on each day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// How many whole weeks of daily reporting there are.
    pub weeks: usize,
    /// In how many of them there is a report of each day, Monday first.
    reported: [usize; 7],
}

impl Week {
    /// In how many weeks there is a report of a weekday.
    pub const fn reported_on(&self, weekday: Weekday) -> usize {
        self.reported[weekday.num_days_from_monday() as usize]
    }

    /// Whether a weekday has a report in no more than one of ten weeks.
    pub const fn is_silent(&self, weekday: Weekday) -> bool {
        10 * self.reported_on(weekday) <= self.weeks
    }
}

/// The days of the week, Monday first.
pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// The fewest whole weeks that say something about a habit.
const WEEKS: usize = 4;
/// The fewest reports of a week in which a source reports daily.
const DAILY: usize = 4;

/// The weekdays with a report in no more than one of ten weeks, see [`week`].
pub fn silent(days: &[NaiveDate]) -> Vec<Silent> {
    let Some(week) = week(days) else {
        return Vec::new();
    };
    WEEKDAYS
        .into_iter()
        .filter(|weekday| week.is_silent(*weekday))
        .map(|weekday| Silent {
            weekday,
            reported: week.reported_on(weekday),
            weeks: week.weeks,
        })
        .collect()
}

/// How often there is a report of each weekday, counted over the weeks, Monday to Sunday, between
/// the first and the last day in which the source reported on at least four days. Days are in
/// increasing order; fewer than four such weeks say nothing.
pub fn week(days: &[NaiveDate]) -> Option<Week> {
    let (first, last) = (days.first()?, days.last()?);
    let monday = |day: NaiveDate| day - Days::new(day.weekday().num_days_from_monday().into());
    let mut weeks = 0;
    let mut reported = [0_usize; 7];
    for week in days.chunk_by(|a, b| monday(*a) == monday(*b)) {
        let start = monday(week[0]);
        let is_whole = start >= *first && start + Days::new(6) <= *last;
        if !is_whole || week.len() < DAILY {
            continue;
        }
        weeks += 1;
        for day in week {
            reported[day.weekday().num_days_from_monday() as usize] += 1;
        }
    }
    (weeks >= WEEKS).then_some(Week { weeks, reported })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::day;

    /// So many days from Monday, 28 February 2022, those of some weekdays left out.
    fn without(count: u64, silent: &[Weekday]) -> Vec<NaiveDate> {
        (0..count)
            .map(|offset| day("2022-02-28") + Days::new(offset))
            .filter(|day| !silent.contains(&day.weekday()))
            .collect()
    }

    #[test]
    fn a_source_that_rests_at_the_end_of_the_week() {
        let found = silent(&without(64, &[Weekday::Sat, Weekday::Sun]));
        let weekdays: Vec<Weekday> = found.iter().map(|silent| silent.weekday).collect();
        assert_eq!(weekdays, [Weekday::Sat, Weekday::Sun]);
        assert_eq!((found[0].reported, found[0].weeks), (0, 9));
        let week = week(&without(64, &[Weekday::Sat, Weekday::Sun])).unwrap();
        assert_eq!(week.reported, [9, 9, 9, 9, 9, 0, 0]);
    }

    #[test]
    fn one_report_in_ten_weeks_is_no_habit() {
        let mut days = without(73, &[Weekday::Sun]);
        days.push(day("2022-03-13"));
        days.sort_unstable();
        let found = silent(&days);
        assert_eq!((found[0].reported, found[0].weeks), (1, 10));
        days.push(day("2022-03-20"));
        days.sort_unstable();
        assert_eq!(silent(&days), []);
    }

    #[test]
    fn every_day_or_too_few_weeks_say_nothing() {
        assert_eq!(silent(&without(64, &[])), []);
        assert_eq!(silent(&without(21, &[Weekday::Sun])), []);
        assert_eq!(silent(&[]), []);
    }

    #[test]
    fn weeks_of_few_reports_are_not_daily() {
        let weekly: Vec<NaiveDate> = without(140, &[]).into_iter().step_by(7).collect();
        assert_eq!(silent(&weekly), []);
    }
}
