//! What each measure refuses, and the words of the refusal.

use super::*;
use crate::analysis::Flow;
use crate::analysis::fixture::day;

#[test]
fn a_stock_is_not_summed_and_a_flow_not_differenced() {
    let error = Flow::new(Measure::Stock, &[], &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the series is a stock, not a flow; truth rule 1: a stock is never summed over time, \
         a flow may be, a cumulative is only differenced; take its newest value or its change \
         between two days, or select a flow"
    );
    let error = Cumulative::new(Measure::Flow, &[], &[]).unwrap_err();
    assert!(error.to_string().ends_with("use them as they are"));
    for wrong in [Measure::Flow, Measure::Cumulative] {
        assert!(Stock::new(wrong, &[], &[]).is_err());
    }
}

#[test]
fn days_strictly_increase_and_counts_are_not_below_zero() {
    let days = [day("2022-03-01"), day("2022-03-01")];
    let error = Stock::new(Measure::Stock, &days, &[1, 2]).unwrap_err();
    assert!(matches!(error, MeasureError::NotIncreasing { .. }));
    let days = [day("2022-03-01"), day("2022-03-02")];
    assert_eq!(
        Cumulative::new(Measure::Cumulative, &days, &[1, -2]).unwrap_err(),
        MeasureError::Negative {
            day: days[1],
            value: -2
        }
    );
    assert_eq!(
        Stock::new(Measure::Stock, &days, &[1]).unwrap_err(),
        MeasureError::Unpaired {
            dates: 2,
            values: 1
        }
    );
    assert_eq!(
        Stock::new(Measure::Stock, &[], &[]).unwrap_err(),
        MeasureError::Empty
    );
    let stock = Stock::new(Measure::Stock, &days, &[1, 2]).unwrap();
    assert_eq!(
        stock.with_missing(&days[1..]).unwrap_err(),
        MeasureError::MissingAndReported(days[1])
    );
}
