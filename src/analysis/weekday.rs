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

/// The fewest whole weeks that say something about a habit.
const WEEKS: usize = 4;
/// The fewest reports of a week in which a source reports daily.
const DAILY: usize = 4;

/// The weekdays with a report in no more than one of ten weeks, counted over the weeks, Monday to
/// Sunday, between the first and the last day in which the source reported on at least four days.
/// Days are in increasing order; fewer than four such weeks say nothing.
pub fn silent(days: &[NaiveDate]) -> Vec<Silent> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Vec::new();
    };
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
    const WEEKDAYS: [Weekday; 7] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    WEEKDAYS
        .into_iter()
        .zip(reported)
        .filter(|(_, reported)| weeks >= WEEKS && 10 * reported <= weeks)
        .map(|(weekday, reported)| Silent {
            weekday,
            reported,
            weeks,
        })
        .collect()
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
