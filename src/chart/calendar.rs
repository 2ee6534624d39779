//! At which days a time axis is labelled: starts of years, months and weeks, or the data's own days.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::words::Language;

/// One labelled day of a time axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateTick {
    /// The day.
    pub date: NaiveDate,
    /// What is written under it; only the first one and the first of a year say the year.
    pub label: String,
}

/// A distance between labelled days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Days(u64),
    Weeks(u64),
    Months(u32),
    Years(u32),
}

/// From the finest to the coarsest.
const STEPS: [Step; 15] = [
    Step::Days(1),
    Step::Days(2),
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
];

/// The rhythm of data whose days are not the starts of what they speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    /// Once a year on this month and day, such as 31 December: ticks stand on those days.
    Yearly(u32, u32),
    /// On last days of months: ticks stand on last days of months.
    MonthEnds,
    /// Anything else: ticks stand on first days.
    Free,
}

fn rhythm(dates: &[NaiveDate]) -> Rhythm {
    let Some(first) = dates.first() else {
        return Rhythm::Free;
    };
    let (month, day) = (first.month(), first.day());
    let month_end = |date: &NaiveDate| date.succ_opt().is_some_and(|next| next.day() == 1);
    if dates.len() > 1
        && dates
            .iter()
            .all(|date| (date.month(), date.day()) == (month, day))
    {
        Rhythm::Yearly(month, day)
    } else if dates.len() > 1 && dates.iter().all(month_end) {
        Rhythm::MonthEnds
    } else {
        Rhythm::Free
    }
}

/// Chooses the finest step whose labels fit side by side.
///
/// `dates` are the days of the data in order; `fits` says whether labels at their days stand clear
/// of one another.
pub fn ticks(
    dates: &[NaiveDate],
    language: Language,
    fits: impl Fn(&[DateTick]) -> bool,
) -> Vec<DateTick> {
    let labelled = |days, step| labelled(days, step, language);
    let (Some(&first), Some(&last)) = (dates.first(), dates.last()) else {
        return Vec::new();
    };
    if first == last {
        return labelled(vec![first], Step::Days(1));
    }
    let rhythm = rhythm(dates);
    let mut fallback = Vec::new();
    for step in STEPS {
        let finer_than_data = match rhythm {
            Rhythm::Yearly(..) => !matches!(step, Step::Years(_)),
            Rhythm::MonthEnds => !matches!(step, Step::Months(_) | Step::Years(_)),
            Rhythm::Free => false,
        };
        if finer_than_data || too_many(step, first, last) {
            continue;
        }
        let ticks = labelled(days(step, rhythm, first, last), step);
        if ticks.len() >= 2 && ticks.len() <= 14 && fits(&ticks) {
            return ticks;
        }
        if ticks.len() == 1 {
            fallback = ticks;
        }
    }
    if fallback.is_empty() {
        fallback = labelled(vec![first], Step::Days(1));
    }
    fallback
}

/// Whether walking over the span with a step would be work for nothing.
fn too_many(step: Step, first: NaiveDate, last: NaiveDate) -> bool {
    let span = (last - first).num_days();
    let length = match step {
        Step::Days(days) => days as i64,
        Step::Weeks(weeks) => 7 * weeks as i64,
        Step::Months(months) => 28 * i64::from(months),
        Step::Years(years) => 365 * i64::from(years),
    };
    span / length > 60
}

fn days(step: Step, rhythm: Rhythm, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let mut out = Vec::new();
    let Some(mut day) = start(step, rhythm, first) else {
        return out;
    };
    while day <= last {
        out.push(shown(day, rhythm));
        let next = match step {
            Step::Days(count) => day.checked_add_days(Days::new(count)),
            Step::Weeks(count) => day.checked_add_days(Days::new(7 * count)),
            Step::Months(count) => day.checked_add_months(Months::new(count)),
            Step::Years(count) => day.checked_add_months(Months::new(12 * count)),
        };
        match next {
            Some(next) => day = next,
            None => break,
        }
    }
    out.retain(|day| *day >= first && *day <= last);
    out
}

/// A day of the step's grid that is not after the first day.
fn start(step: Step, rhythm: Rhythm, first: NaiveDate) -> Option<NaiveDate> {
    let grid_year = |years: u32| first.year() - first.year().rem_euclid(years as i32);
    match (step, rhythm) {
        (Step::Days(_), _) => Some(first),
        (Step::Weeks(_), _) => {
            first.checked_sub_days(Days::new(u64::from(first.weekday().num_days_from_monday())))
        }
        (Step::Months(count), _) => {
            let month = first.month0() - first.month0() % count;
            NaiveDate::from_ymd_opt(first.year(), month + 1, 1)
        }
        (Step::Years(count), Rhythm::Yearly(month, day)) => {
            NaiveDate::from_ymd_opt(grid_year(count), month, day)
                .or_else(|| NaiveDate::from_ymd_opt(grid_year(count), month, 28))
        }
        (Step::Years(count), _) => NaiveDate::from_ymd_opt(grid_year(count), 1, 1),
    }
}

/// Last days of months stand for their months when the data lie there.
fn shown(day: NaiveDate, rhythm: Rhythm) -> NaiveDate {
    if rhythm == Rhythm::MonthEnds && day.day() == 1 {
        day.checked_add_months(Months::new(1))
            .and_then(|next| next.pred_opt())
            .unwrap_or(day)
    } else {
        day
    }
}

fn labelled(days: Vec<NaiveDate>, step: Step, language: Language) -> Vec<DateTick> {
    let mut year = None;
    days.into_iter()
        .map(|date| {
            let new_year = year != Some(date.year());
            year = Some(date.year());
            let form = match (step, new_year) {
                (Step::Years(_), _) => "{2}",
                (Step::Months(_), true) => "{1} {2}",
                (Step::Months(_), false) => "{1}",
                (_, true) => "{0} {1} {2}",
                (_, false) => "{0} {1}",
            };
            DateTick {
                date,
                label: language.short_date(form, date),
            }
        })
        .collect()
}

/// Whether labelled days are starts of weeks, months or years, or one and the same day of each
/// year or the ends of months, or follow one another by a day or two.
pub fn is_calendar_aligned(days: &[NaiveDate]) -> bool {
    let all = |test: &dyn Fn(&NaiveDate) -> bool| days.iter().all(test);
    let steps: Vec<i64> = days
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).num_days())
        .collect();
    all(&|day| day.day() == 1)
        || all(&|day| day.weekday() == Weekday::Mon)
        || all(&|day| day.succ_opt().is_some_and(|next| next.day() == 1))
        || days.first().is_some_and(|first| {
            all(&|day| (day.month(), day.day()) == (first.month(), first.day()))
        })
        || steps.iter().all(|&step| step == 1)
        || steps.iter().all(|&step| step == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Labels of 60 px on an axis of 500 px.
    fn labels(dates: &[&str]) -> Vec<String> {
        let dates: Vec<NaiveDate> = dates.iter().map(|date| day(date)).collect();
        let span = (dates[dates.len() - 1] - dates[0]).num_days() as f64;
        ticks(&dates, Language::English, |ticks| {
            ticks
                .windows(2)
                .all(|pair| (pair[1].date - pair[0].date).num_days() as f64 / span * 500.0 > 60.0)
        })
        .into_iter()
        .map(|tick| tick.label)
        .collect()
    }

    #[test]
    fn months_years_weeks_and_days() {
        assert_eq!(
            labels(&["2022-02-24", "2022-03-01", "2022-09-06"]),
            ["Mar 2022", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]
        );
        assert_eq!(
            labels(&["2022-03-01", "2022-03-02", "2022-03-29"]),
            ["7 Mar 2022", "14 Mar", "21 Mar", "28 Mar"]
        );
        assert_eq!(
            labels(&["2022-12-30", "2023-01-02"]),
            ["30 Dec 2022", "31 Dec", "1 Jan 2023", "2 Jan"]
        );
        assert_eq!(labels(&["2022-03-08"]), ["8 Mar 2022"]);
    }

    #[test]
    fn year_ends_are_labelled_as_their_year() {
        let dates: Vec<String> = (1951..=2025).map(|year| format!("{year}-12-31")).collect();
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        let labels = labels(&dates);
        assert_eq!(
            labels,
            ["1960", "1970", "1980", "1990", "2000", "2010", "2020"]
        );
    }

    #[test]
    fn month_ends_stand_for_their_months() {
        assert_eq!(
            labels(&["2022-01-31", "2022-02-28", "2022-03-31"]),
            ["Jan 2022", "Feb", "Mar"]
        );
    }
}
