//! Levels between reports, in gaps and outside the series.

use super::*;
use crate::analysis::fixture::{WORKED, day, split};
use crate::figure::Measure;

#[test]
fn a_cumulative_is_linear_between_reports() {
    let (days, values) = split(&WORKED);
    let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
    let level = series.on(day("2022-03-08"), None).unwrap();
    assert_eq!((level.value(), level.interpolated), (460.0, true));
    let level = series.on(day("2022-03-10"), None).unwrap();
    assert_eq!((level.value(), level.interpolated), (600.0, false));
    let error = series.on(day("2022-02-28"), None).unwrap_err();
    assert!(matches!(error, NoLevel::BeforeFirst { .. }));
    let error = series.on(day("2022-03-17"), None).unwrap_err();
    assert!(matches!(error, NoLevel::AfterLast { .. }));
}

#[test]
fn a_gap_is_bridged_only_as_far_as_allowed() {
    let (days, values) = split(&WORKED);
    let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
    let inside = day("2022-03-08");
    assert!(series.on(inside, Some(3)).is_ok());
    assert_eq!(
        series.on(inside, Some(2)).unwrap_err(),
        NoLevel::GapTooLong {
            day: inside,
            gap: 3
        }
    );
    let missing = [day("2022-03-04"), day("2022-03-09"), day("2022-03-12")];
    let series = series.with_missing(&missing).unwrap();
    assert_eq!(
        series.on(inside, None).unwrap_err(),
        NoLevel::Missing {
            missing: missing[1]
        }
    );
    assert!(series.on(day("2022-03-10"), None).is_ok());
    assert!(series.on(day("2022-03-02"), None).is_ok());
}

#[test]
fn beyond_the_calendar_is_no_panic() {
    let error = days_before(day("2022-03-01"), NonZeroU32::MAX).unwrap_err();
    assert!(matches!(error, NoLevel::BeyondCalendar { .. }));
}

#[test]
fn a_stock_is_carried_with_its_date_but_not_past_a_gap() {
    let days = [day("2022-03-01"), day("2022-03-05")];
    let missing = [day("2022-03-03"), day("2022-03-08")];
    let series = Stock::new(Measure::Stock, &days, &[10, 20]).unwrap();
    let level = series.newest(day("2022-03-04")).unwrap();
    assert_eq!((level.day, level.value()), (days[0], 10.0));
    let series = series.with_missing(&missing).unwrap();
    assert!(series.newest(day("2022-03-02")).is_ok());
    for (asked, gap) in [("2022-03-03", 0), ("2022-03-04", 0), ("2022-03-09", 1)] {
        assert_eq!(
            series.newest(day(asked)).unwrap_err(),
            NoLevel::Missing {
                missing: missing[gap]
            }
        );
    }
    assert_eq!(series.newest(day("2022-03-07")).unwrap().day, days[1]);
}
