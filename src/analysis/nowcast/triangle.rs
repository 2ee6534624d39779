//! Revision triangles: for each period, what was known of it at each lag after its end.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use crate::figure::{Period, coded_enum, grouped};

coded_enum! {
    /// The steps in which lags are counted.
    Lag ("step of lags") {
        /// Days after the last day of the period.
        Day = "day",
        /// Seven days each: lag 0 is the first seven, the last day of the period among them.
        Week = "week",
        /// Months of the calendar: lag 0 is the rest of the month in which the period ends.
        Month = "month",
    }
}

impl Lag {
    /// The last day of a lag after the end of a period; none beyond the calendar.
    pub fn last_day(self, end: NaiveDate, lag: usize) -> Option<NaiveDate> {
        let lag = u32::try_from(lag).ok()?;
        match self {
            Self::Day => end.checked_add_days(Days::new(lag.into())),
            Self::Week => end.checked_add_days(Days::new(u64::from(lag) * 7 + 6)),
            Self::Month => {
                let next = end
                    .with_day(1)?
                    .checked_add_months(Months::new(lag.checked_add(1)?))?;
                next.pred_opt()
            }
        }
    }
}

/// What became known of a period on a day: its whole count so far, not what was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The day.
    pub day: NaiveDate,
    /// The count.
    pub value: i64,
}

/// A count that was lowered from one lag to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fall {
    /// The period that it is of.
    pub period: Period,
    /// The lag at which it was lower.
    pub lag: usize,
    /// The count at the lag before.
    pub from: f64,
    /// The count at this lag.
    pub to: f64,
}

/// Why there is no triangle.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TriangleError {
    /// Two periods share days, or are out of order.
    #[error(
        "the periods {first} and {second} overlap or are out of order; select periods of one length"
    )]
    Overlap {
        /// The period that stands first.
        first: Period,
        /// The period after it.
        second: Period,
    },
    /// Nothing was known at any full lag.
    #[error(
        "no period was known at the end of a whole lag; take a shorter step, or a later date on which things are known"
    )]
    Empty,
}

/// What was known of each period at each lag after it. A cell is empty where its lag had not passed
/// by the day on which things are known, or where nothing had been said of the period by then.
#[derive(Debug, Clone, PartialEq)]
pub struct Triangle {
    periods: Vec<Period>,
    first_lag: usize,
    cells: Vec<Vec<Option<f64>>>,
}

impl Triangle {
    /// Makes a triangle of periods, each with what became known of it, oldest first.
    ///
    /// `as_known_on` is the last day on which anything could have become known: a lag that had not
    /// passed by then is not known, whatever was said before. Lags after `max_lag` are left out, as if
    /// all had been reported by then. Lags at whose end nothing was known of any period are left out at
    /// the beginning; [`Triangle::first_lag`] says how many.
    ///
    /// # Errors
    /// When two periods share days, or nothing is known at all.
    pub fn of_versions(
        versions: &[(Period, Vec<Known>)],
        step: Lag,
        as_known_on: NaiveDate,
        max_lag: Option<usize>,
    ) -> Result<Self, TriangleError> {
        let overlap = |pair: &&[(Period, Vec<Known>)]| pair[0].0.end >= pair[1].0.start;
        if let Some(pair) = versions.windows(2).find(overlap) {
            return Err(TriangleError::Overlap {
                first: pair[0].0,
                second: pair[1].0,
            });
        }
        let of_period = |(period, known): &(Period, Vec<Known>)| -> Vec<Option<f64>> {
            (0..=max_lag.unwrap_or(usize::MAX))
                .map_while(|lag| {
                    let last = step.last_day(period.end, lag)?;
                    (last <= as_known_on).then_some(last)
                })
                .map(|last| {
                    let said = known.partition_point(|known| known.day <= last);
                    said.checked_sub(1).map(|newest| known[newest].value as f64)
                })
                .collect()
        };
        let cells: Vec<_> = versions.iter().map(of_period).collect();
        let periods = versions.iter().map(|(period, _)| *period).collect();
        Self::of_cells(periods, cells).ok_or(TriangleError::Empty)
    }

    /// Makes a triangle of cells, a row for each period; none when all are empty. Periods of which
    /// nothing is known are left out.
    pub fn of_cells(periods: Vec<Period>, cells: Vec<Vec<Option<f64>>>) -> Option<Self> {
        let first = |row: &Vec<Option<f64>>| row.iter().position(Option::is_some);
        let first_lag = cells.iter().filter_map(first).min()?;
        let (periods, cells) = periods
            .into_iter()
            .zip(cells)
            .filter(|(_, row)| first(row).is_some())
            .map(|(period, row)| (period, row[first_lag..].to_vec()))
            .unzip();
        Some(Self {
            periods,
            first_lag,
            cells,
        })
    }

    /// The periods, oldest first.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// The lag of the first column.
    pub const fn first_lag(&self) -> usize {
        self.first_lag
    }

    /// How many lags there are.
    pub fn lags(&self) -> usize {
        self.cells.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// What was known of a period (by its place) at a column of lags.
    pub fn cell(&self, row: usize, column: usize) -> Option<f64> {
        self.cells.get(row)?.get(column).copied().flatten()
    }

    /// The newest known cell of a row: its column and its count.
    pub fn newest(&self, row: usize) -> Option<(usize, f64)> {
        let row = self.cells.get(row)?;
        let column = row.iter().rposition(Option::is_some)?;
        Some((column, row[column]?))
    }

    /// Where counts were lowered from one lag to the next.
    pub fn falls(&self) -> Vec<Fall> {
        let mut falls = Vec::new();
        for (row, period) in self.periods.iter().enumerate() {
            for column in 1..self.lags() {
                if let (Some(from), Some(to)) = (self.cell(row, column - 1), self.cell(row, column))
                    && to < from
                {
                    falls.push(Fall {
                        period: *period,
                        lag: self.first_lag + column,
                        from,
                        to,
                    });
                }
            }
        }
        falls
    }
}

impl std::fmt::Display for Fall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = |count: f64| grouped(count as i64);
        write!(
            f,
            "{} at lag {} from {} to {}",
            self.period,
            self.lag,
            number(self.from),
            number(self.to)
        )
    }
}
