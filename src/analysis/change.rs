//! Change in number and per cent, against the report before or some days before.
//!
//! Against some days before, a cumulative is compared with its value at exactly that day, on the
//! line between the reports around it when there was none; a stock, which may rise and fall
//! between reports, with the newest report not after that day. Both say which day they used.

use std::num::NonZeroU32;

use chrono::NaiveDate;

use super::level::{self, Level, NoLevel};
use super::measure::{Cumulative, Dated, Stock};

/// What a figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The report before it, whenever that was.
    PreviousReport,
    /// The value so many days before.
    DaysBefore(NonZeroU32),
}

impl Against {
    /// Seven days before.
    pub const WEEK_BEFORE: Self = Self::DaysBefore(super::seven_day::WEEK);
    /// Twenty-eight days before: four whole weeks.
    pub const FOUR_WEEKS_BEFORE: Self = Self::DaysBefore(NonZeroU32::new(28).unwrap());
}

/// One report, and how it differs from what it is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The day of the report.
    pub day: NaiveDate,
    /// Its value.
    pub value: i64,
    /// What it is compared with, of which day, and whether that was interpolated; or why there is
    /// nothing to compare with.
    pub base: Result<Level, NoLevel>,
    /// Value minus base, whole unless the base was interpolated; none without a base.
    pub change: Option<f64>,
    /// The change in per cent of the base; none without a base or when it is zero.
    pub percent: Option<f64>,
}

/// Compares every report of a stock.
///
/// The base's day may lie well before the one asked for when reports are rare; print it.
pub fn of_stock(series: &Stock<'_>, against: Against) -> Vec<Change> {
    changes(series.dated(), against, |day| series.newest(day))
}

/// Compares every report of a cumulative.
///
/// `max_gap` limits how many days the reports around an interpolated base may be apart, see
/// [`Cumulative::on`]; none means any number. A fall is a revision and stays negative.
pub fn of_cumulative(
    series: &Cumulative<'_>,
    against: Against,
    max_gap: Option<u32>,
) -> Vec<Change> {
    changes(series.dated(), against, |day| series.on(day, max_gap))
}

fn changes(
    series: Dated<'_>,
    against: Against,
    level_on: impl Fn(NaiveDate) -> Result<Level, NoLevel>,
) -> Vec<Change> {
    let mut previous = None;
    series
        .points()
        .map(|(day, value)| {
            let base = match against {
                Against::PreviousReport => previous.ok_or(NoLevel::FirstReport { day }),
                Against::DaysBefore(days) => level::days_before(day, days).and_then(&level_on),
            };
            previous = Some(Level::reported(day, value));
            Change {
                day,
                value,
                base,
                change: base.ok().map(|base| base.rise_to(value, 1)),
                percent: base.ok().and_then(|base| base.percent_to(value)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::cumulative::{RevisionPolicy, difference};
    use crate::analysis::fixture::{POLAND, WORKED, day, irregular, split};
    use crate::figure::Measure;

    #[test]
    fn a_cumulative_is_compared_with_the_day_itself() {
        let (days, values) = split(&WORKED);
        let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
        let changes = of_cumulative(&series, Against::WEEK_BEFORE, None);
        assert_eq!(changes[4].change, None);
        let base = changes[6].base.unwrap();
        assert_eq!((base.day, base.interpolated), (day("2022-03-08"), true));
        assert_eq!((base.value(), changes[6].change), (460.0, Some(440.0)));
        assert_eq!(format!("{:.6}", changes[6].percent.unwrap()), "95.652174");
    }

    #[test]
    fn crossings_into_poland_in_the_first_week_of_march() {
        let (days, values) = split(&POLAND);
        let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
        let changes = of_cumulative(&series, Against::WEEK_BEFORE, None);
        assert_eq!(changes[6].change, Some(958_521.0));
        assert_eq!(format!("{:.3}", changes[6].percent.unwrap()), "211.136");
        assert!(!changes[6].base.unwrap().interpolated);
    }

    #[test]
    fn a_stock_is_compared_with_the_newest_report_of_then() {
        let (days, values) = split(&[
            ("2022-03-01", 0),
            ("2022-03-05", 200),
            ("2022-03-15", 150),
            ("2022-04-12", 300),
        ]);
        let series = Stock::new(Measure::Stock, &days, &values).unwrap();
        let changes = of_stock(&series, Against::WEEK_BEFORE);
        assert!(matches!(changes[1].base, Err(NoLevel::BeforeFirst { .. })));
        let base = changes[2].base.unwrap();
        assert_eq!((base.day, base.interpolated), (day("2022-03-05"), false));
        assert_eq!(
            (changes[2].change, changes[2].percent),
            (Some(-50.0), Some(-25.0))
        );
        let changes = of_stock(&series, Against::FOUR_WEEKS_BEFORE);
        assert_eq!(changes[3].base.unwrap().day, day("2022-03-15"));
        assert_eq!(changes[3].percent, Some(100.0));
    }

    #[test]
    fn there_is_no_per_cent_of_zero() {
        let (days, values) = split(&[("2022-03-01", 0), ("2022-03-02", 5)]);
        let series = Stock::new(Measure::Stock, &days, &values).unwrap();
        let changes = of_stock(&series, Against::PreviousReport);
        assert_eq!((changes[0].change, changes[0].percent), (None, None));
        assert_eq!(changes[0].base, Err(NoLevel::FirstReport { day: days[0] }));
        assert_eq!((changes[1].change, changes[1].percent), (Some(5.0), None));
    }

    proptest! {
        #[test]
        fn against_the_report_before_it_is_the_difference((days, values) in irregular()) {
            let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
            let differences = difference(&series, RevisionPolicy::Signed);
            let changes = of_cumulative(&series, Against::PreviousReport, None);
            for (change, row) in changes.iter().zip(&differences.rows) {
                prop_assert_eq!(change.change, row.new.map(|new| new as f64));
            }
        }
    }
}
