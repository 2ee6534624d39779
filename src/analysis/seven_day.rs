//! The 7-day average of a cumulative on irregular days: `(C(t) - C(t - 7 days)) / 7`.
//!
//! A rolling mean over the differences between reports (`rolling("7D").mean()` of pandas,
//! `rolling_mean_by` of polars) is wrong on irregular days: it divides what is new over several
//! days by the number of reports, and gives three times the true rate on the worked series below. The difference over a fixed span of days is right for any spacing,
//! and equals the mean of the daily series when what is new between two reports is spread evenly
//! over its days.

use std::num::NonZeroU32;

use chrono::NaiveDate;

use super::level::{self, Level, NoLevel};
use super::measure::Cumulative;

/// Seven days, the usual window: every weekday counts once.
pub const WEEK: NonZeroU32 = NonZeroU32::new(7).unwrap();

/// The average of new per day over the window that ends on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WindowAverage {
    /// The last day of the window, on which there is a report.
    pub day: NaiveDate,
    /// What the cumulative stood at just before the window: reported or interpolated; or why that
    /// is unknown.
    pub base: Result<Level, NoLevel>,
    /// New per day within the window; none when the base is unknown. Below zero when the series
    /// was revised down by more than was new: apply a policy first, see
    /// [`levels`](super::cumulative::levels), where that must not be.
    pub average: Option<f64>,
}

/// Averages what is new per day over a window of days that ends at each report.
///
/// Assumes that what is new between the two reports around the window's start came evenly over
/// their days. `max_gap` limits how many days those reports may be apart, see
/// [`Cumulative::on`]; none means any number. There is no average while the window's start
/// precedes the first report.
pub fn average(
    series: &Cumulative<'_>,
    window: NonZeroU32,
    max_gap: Option<u32>,
) -> Vec<WindowAverage> {
    let dated = series.dated();
    dated
        .points()
        .map(|(day, value)| {
            let base = level::days_before(day, window).and_then(|start| series.on(start, max_gap));
            WindowAverage {
                day,
                base,
                average: base.ok().map(|base| base.rise_to(value, window.get())),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::fixture::{POLAND, WORKED, day, irregular, split, ukraine_by_country};
    use crate::figure::Measure;

    fn at(averages: &[WindowAverage], text: &str) -> String {
        let row = averages.iter().find(|row| row.day == day(text)).unwrap();
        format!("{:.6}", row.average.unwrap())
    }

    #[test]
    fn the_worked_series() {
        let (days, values) = split(&WORKED);
        let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
        let averages = average(&series, WEEK, None);
        assert!(averages[..5].iter().all(|row| row.average.is_none()));
        assert!(matches!(averages[4].base, Err(NoLevel::BeforeFirst { .. })));
        assert_eq!(at(&averages, "2022-03-10"), "50.000000");
        assert_eq!(at(&averages, "2022-03-15"), "62.857143");
        assert_eq!(at(&averages, "2022-03-16"), "67.142857");
        assert!(averages[6].base.unwrap().interpolated);
    }

    #[test]
    fn a_longer_gap_than_allowed_is_not_bridged() {
        let (days, values) = split(&WORKED);
        let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
        let averages = average(&series, WEEK, Some(2));
        assert_eq!(at(&averages, "2022-03-10"), "50.000000");
        assert!(averages[6..].iter().all(|row| row.average.is_none()));
        assert!(matches!(
            averages[7].base,
            Err(NoLevel::GapTooLong { gap: 3, .. })
        ));
    }

    fn check_poland(days: &[NaiveDate], values: &[i64]) {
        let series = Cumulative::new(Measure::Cumulative, days, values).unwrap();
        let averages = average(&series, WEEK, None);
        assert_eq!(at(&averages, "2022-03-15"), "63506.000000");
        assert_eq!(at(&averages, "2022-03-31"), "25527.857143");
        assert_eq!(at(&averages, "2022-09-06"), "22108.857143");
    }

    #[test]
    fn crossings_into_poland() {
        let (days, values) = split(&POLAND);
        check_poland(&days, &values);
    }

    #[test]
    fn crossings_into_poland_from_the_whole_file() {
        let Some(countries) = ukraine_by_country() else {
            return;
        };
        let (_, days, values) = countries.iter().find(|row| row.0 == "Poland").unwrap();
        check_poland(days, values);
    }

    proptest! {
        #[test]
        fn it_is_the_mean_of_the_evenly_spread_daily_series(
            (days, values) in irregular(),
            window in 1..15_u32,
        ) {
            let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
            let mut daily = Vec::new();
            for (pair, rise) in days.windows(2).zip(values.windows(2)) {
                let gap = (pair[1] - pair[0]).num_days();
                for _ in 0..gap { daily.push((rise[1] - rise[0]) as f64 / gap as f64); }
            }
            let window = NonZeroU32::new(window).unwrap();
            for row in average(&series, window, None) {
                let end = usize::try_from((row.day - days[0]).num_days()).unwrap();
                let start = end.checked_sub(window.get() as usize);
                let mean = start.map(|start| {
                    daily[start..end].iter().sum::<f64>() / f64::from(window.get())
                });
                prop_assert_eq!(mean.is_some(), row.average.is_some());
                let off = mean.unwrap_or(0.0) - row.average.unwrap_or(0.0);
                prop_assert!(off.abs() < 1e-8, "off by {}", off);
            }
        }
    }
}
