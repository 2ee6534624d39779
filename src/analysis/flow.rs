//! A flow: the only measure that is summed over time, with the gaps that a sum passes over.

use super::measure::{MeasureError, check_measure, check_pairs};
use crate::figure::{Measure, Period};

/// How many within each of some periods, which share no day. Only a flow can be summed over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow<'a> {
    periods: &'a [Period],
    values: &'a [i64],
}

/// The sum of a flow, and the time that it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowSum {
    /// The sum of the reported values.
    pub total: i64,
    /// From the first day of the first period to the last day of the last.
    pub period: Period,
    /// The gaps within: days that no reported period covers. They count as unknown, not as zero,
    /// so with any gap the total is what was reported, not what happened.
    pub gaps: Vec<Period>,
}

impl<'a> Flow<'a> {
    /// Checks a series and the measure that was found in the data. A net flow may be below zero.
    ///
    /// # Errors
    /// When the measure is another one, there is no figure, periods and values do not pair up, or
    /// two periods overlap or are out of order.
    pub fn new(
        found: Measure,
        periods: &'a [Period],
        values: &'a [i64],
    ) -> Result<Self, MeasureError> {
        check_measure(Measure::Flow, found)?;
        check_pairs(periods.len(), values.len())?;
        match periods.windows(2).find(|pair| pair[0].end >= pair[1].start) {
            Some(pair) => Err(MeasureError::Overlap {
                first: pair[0],
                second: pair[1],
            }),
            None => Ok(Self { periods, values }),
        }
    }

    /// Periods and values together, in the order of the periods.
    pub fn points(&self) -> impl Iterator<Item = (Period, i64)> + use<'a> {
        self.periods
            .iter()
            .copied()
            .zip(self.values.iter().copied())
    }

    /// The sum over time, exact, with the gaps that it passes over.
    ///
    /// # Errors
    /// When the sum does not fit.
    pub fn sum(&self) -> Result<FlowSum, MeasureError> {
        let total: i128 = self.values.iter().copied().map(i128::from).sum();
        let (first, last) = self
            .periods
            .first()
            .zip(self.periods.last())
            .ok_or(MeasureError::Empty)?;
        Ok(FlowSum {
            total: i64::try_from(total).map_err(|_| MeasureError::TooLarge)?,
            period: Period {
                start: first.start,
                end: last.end,
            },
            gaps: self
                .periods
                .windows(2)
                .filter_map(|pair| {
                    let start = pair[0].end.succ_opt()?;
                    Period::new(start, pair[1].start.pred_opt()?)
                })
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_over_time_names_its_gaps() {
        let periods: Vec<Period> = ["2022-01", "2022-02", "2022-05"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        let flow = Flow::new(Measure::Flow, &periods, &[10, -3, 5]).unwrap();
        let sum = flow.sum().unwrap();
        assert_eq!(sum.total, 12);
        assert_eq!(sum.period.to_string(), "2022-01-01 to 2022-05-31");
        assert_eq!(sum.gaps.len(), 1);
        assert_eq!(sum.gaps[0].to_string(), "2022-03-01 to 2022-04-30");
    }

    #[test]
    fn a_year_is_not_added_to_its_months() {
        let periods: [Period; 2] = ["2022".parse().unwrap(), "2022-12".parse().unwrap()];
        let error = Flow::new(Measure::Flow, &periods, &[10, 1]).unwrap_err();
        assert!(matches!(error, MeasureError::Overlap { .. }));
        assert!(error.to_string().contains("truth rule 4"));
    }

    #[test]
    fn weeks_that_share_a_day_are_not_added() {
        let week = |start: &str, end: &str| {
            Period::new(start.parse().unwrap(), end.parse().unwrap()).unwrap()
        };
        let shared = [
            week("2022-03-01", "2022-03-08"),
            week("2022-03-08", "2022-03-14"),
        ];
        assert!(Flow::new(Measure::Flow, &shared, &[1, 2]).is_err());
        let apart = [
            week("2022-03-01", "2022-03-07"),
            week("2022-03-08", "2022-03-14"),
        ];
        let sum = Flow::new(Measure::Flow, &apart, &[1, 2])
            .unwrap()
            .sum()
            .unwrap();
        assert_eq!((sum.total, sum.gaps), (3, vec![]));
    }

    #[test]
    fn a_sum_that_does_not_fit_is_an_error() {
        let periods: [Period; 2] = ["2021".parse().unwrap(), "2022".parse().unwrap()];
        let flow = Flow::new(Measure::Flow, &periods, &[i64::MAX, 1]).unwrap();
        assert_eq!(flow.sum().unwrap_err(), MeasureError::TooLarge);
    }
}
