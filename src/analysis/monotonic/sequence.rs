//! The series in which a trend may be looked for.

use chrono::{Datelike as _, NaiveDate};

use super::steps::Steps;
use crate::analysis::cumulative::Differences;
use crate::analysis::{Flow, MeasureError, Stock};
use crate::figure::{Measure, Period, coded_enum};

coded_enum! {
    /// What the values of a sequence are.
    Tested ("tested series") {
        /// How many there are on each day.
        Stock = "stock",
        /// How many in each of some periods of one length.
        FlowPerPeriod = "flow per period",
        /// How many in each of some periods of unlike lengths, over their days.
        FlowPerDay = "flow per day",
        /// What is new since the report before in a cumulative, over the days between.
        NewPerDay = "new per day",
    }
}

/// Why a series makes no sequence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SequenceError {
    /// A cumulative, which rises by construction.
    #[error(
        "a cumulative rises by construction, so that its order tests nothing; difference it and test what is new per day"
    )]
    Cumulative,
    /// A cumulative with a single report.
    #[error("one report of a cumulative has nothing new per day; widen the period")]
    OneReport,
    /// The series is not what its measure demands.
    #[error(transparent)]
    Measure(#[from] MeasureError),
}

/// Values on increasing days in which a trend may be looked for.
///
/// It is made of a stock, of a flow, or of the differences of a cumulative; there is no way to make
/// one of a cumulative itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Sequence {
    /// What the values are.
    pub tested: Tested,
    days: Vec<NaiveDate>,
    values: Vec<f64>,
    steps: Steps,
}

impl Sequence {
    fn new(tested: Tested, days: Vec<NaiveDate>, values: Vec<f64>) -> Self {
        let steps = Steps::of(&days);
        Self {
            tested,
            days,
            values,
            steps,
        }
    }

    /// The sequence of figures whose measure was found in the data.
    ///
    /// # Errors
    /// When they are cumulative, or are not what their measure demands.
    pub fn of(found: Measure, periods: &[Period], values: &[i64]) -> Result<Self, SequenceError> {
        match found {
            Measure::Cumulative => Err(SequenceError::Cumulative),
            Measure::Flow => Ok(Self::of_flow(&Flow::new(found, periods, values)?)),
            Measure::Stock => {
                let days: Vec<NaiveDate> = periods.iter().map(|period| period.end).collect();
                Ok(Self::of_stock(&Stock::new(found, &days, values)?))
            }
        }
    }

    /// The values of a stock.
    pub fn of_stock(stock: &Stock<'_>) -> Self {
        let dated = stock.dated();
        let values = dated.values().iter().map(|value| *value as f64).collect();
        Self::new(Tested::Stock, dated.days().to_vec(), values)
    }

    /// The values of a flow, each on the last day of its period; where the periods are of unlike
    /// lengths, their values over their days. Months count as of one length, and so do years.
    pub fn of_flow(flow: &Flow<'_>) -> Self {
        let lengths: Vec<(i64, i64)> = flow.points().map(|(period, _)| length(period)).collect();
        let alike = |of: fn(&(i64, i64)) -> i64| {
            lengths.windows(2).all(|pair| of(&pair[0]) == of(&pair[1]))
        };
        let whole_months = lengths.iter().all(|(months, _)| *months > 0) && alike(|both| both.0);
        let tested = if whole_months || alike(|both| both.1) {
            Tested::FlowPerPeriod
        } else {
            Tested::FlowPerDay
        };
        let (days, values) = flow
            .points()
            .zip(&lengths)
            .map(|((period, value), (_, days))| {
                let over = if tested == Tested::FlowPerDay {
                    *days
                } else {
                    1
                };
                (period.end, value as f64 / over as f64)
            })
            .unzip();
        Self::new(tested, days, values)
    }

    /// What is new per day in a cumulative, by the policy of its differences.
    ///
    /// # Errors
    /// When there is one report only.
    pub fn of_new_per_day(differences: &Differences) -> Result<Self, SequenceError> {
        let new = differences.rows.iter();
        let (days, values): (Vec<NaiveDate>, Vec<f64>) =
            new.filter_map(|row| Some((row.day, row.per_day?))).unzip();
        if days.is_empty() {
            return Err(SequenceError::OneReport);
        }
        Ok(Self::new(Tested::NewPerDay, days, values))
    }

    /// Its days.
    pub fn days(&self) -> &[NaiveDate] {
        &self.days
    }

    /// Its values, one for each day.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Its days as steps.
    pub const fn steps(&self) -> &Steps {
        &self.steps
    }
}

/// How long a period is: in whole months, or zero of them; and in days.
fn length(period: Period) -> (i64, i64) {
    let after = period.end.succ_opt().unwrap_or(period.end);
    let months = i64::from(after.year() - period.start.year()) * 12 + i64::from(after.month())
        - i64::from(period.start.month());
    let days = (after - period.start).num_days();
    (
        if after.day() == period.start.day() {
            months
        } else {
            0
        },
        days,
    )
}
