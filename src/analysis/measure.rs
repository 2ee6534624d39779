//! Series whose measure was checked once, so that only what makes sense can be asked of them.
//!
//! A stock is never summed over time; a flow may be; a cumulative is only differenced (truth
//! rule 1). Each type has the operations of its measure and no others.

use chrono::NaiveDate;

use crate::figure::{Measure, Period};

/// Why a series cannot be read as what it was asked to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MeasureError {
    /// The series is of another measure.
    #[error("the series is a {found}, not a {wanted}; truth rule 1: a stock is never summed over time, a flow may be, a cumulative is only differenced; {}", way_out(*.wanted, *.found))]
    WrongMeasure {
        /// What the analysis works on.
        wanted: Measure,
        /// What the data say they are.
        found: Measure,
    },
    /// There is no figure at all.
    #[error("the series holds no figure; widen the selection")]
    Empty,
    /// Dates and values do not pair up.
    #[error("the series has {dates} dates but {values} values; give one value per date")]
    Unpaired {
        /// How many dates there are.
        dates: usize,
        /// How many values there are.
        values: usize,
    },
    /// Two figures share a day, or the days are out of order.
    #[error(
        "{second} follows {first} in the series; sort it and select one figure per day, by channel or by the date it was known on"
    )]
    NotIncreasing {
        /// The day that stands first.
        first: NaiveDate,
        /// The day after it, which is not later.
        second: NaiveDate,
    },
    /// Two periods of a flow share days, or are out of order.
    #[error(
        "the periods {first} and {second} overlap or are out of order; truth rule 4: a total is never added to its own parts; select periods of one length and sort them"
    )]
    Overlap {
        /// The period that stands first.
        first: Period,
        /// The period after it.
        second: Period,
    },
    /// A count is below zero.
    #[error("the count on {day} is {value}, below zero; correct or retract that figure")]
    Negative {
        /// Its day.
        day: NaiveDate,
        /// The value.
        value: i64,
    },
    /// A day is both reported and said to be missing.
    #[error("{0} is both reported and missing; select one channel and one version")]
    MissingAndReported(NaiveDate),
    /// A sum does not fit.
    #[error("the sum of the series is too large to hold; check its values")]
    TooLarge,
}

/// What to do instead when a series is of another measure than the analysis needs.
const fn way_out(wanted: Measure, found: Measure) -> &'static str {
    match (wanted, found) {
        (Measure::Flow, Measure::Stock) => {
            "take its newest value or its change between two days, or select a flow"
        }
        (Measure::Flow, _) => "difference it into new per day, which may be summed",
        (Measure::Cumulative, Measure::Stock) => {
            "take its change between two days, or select a cumulative"
        }
        (Measure::Cumulative, _) => "its values are new per period already: use them as they are",
        (Measure::Stock, Measure::Flow) => "sum its periods, or select a stock",
        (Measure::Stock, _) => "treat it as a cumulative, or select a stock",
    }
}

pub(super) fn check_measure(wanted: Measure, found: Measure) -> Result<(), MeasureError> {
    if wanted == found {
        Ok(())
    } else {
        Err(MeasureError::WrongMeasure { wanted, found })
    }
}

pub(super) fn check_pairs(dates: usize, values: usize) -> Result<(), MeasureError> {
    match (dates, values) {
        (0, 0) => Err(MeasureError::Empty),
        _ if dates == values => Ok(()),
        _ => Err(MeasureError::Unpaired { dates, values }),
    }
}

fn check_increasing(days: &[NaiveDate]) -> Result<(), MeasureError> {
    match days.windows(2).find(|pair| pair[0] >= pair[1]) {
        Some(pair) => Err(MeasureError::NotIncreasing {
            first: pair[0],
            second: pair[1],
        }),
        None => Ok(()),
    }
}

/// Counts on days: at least one, the days strictly increasing, no count below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated<'a> {
    days: &'a [NaiveDate],
    values: &'a [i64],
    missing: &'a [NaiveDate],
}

impl<'a> Dated<'a> {
    fn new(days: &'a [NaiveDate], values: &'a [i64]) -> Result<Self, MeasureError> {
        check_pairs(days.len(), values.len())?;
        check_increasing(days)?;
        let dated = Self {
            days,
            values,
            missing: &[],
        };
        match dated.points().find(|&(_, value)| value < 0) {
            Some((day, value)) => Err(MeasureError::Negative { day, value }),
            None => Ok(dated),
        }
    }

    fn with_missing(self, missing: &'a [NaiveDate]) -> Result<Self, MeasureError> {
        check_increasing(missing)?;
        match missing
            .iter()
            .find(|day| self.days.binary_search(day).is_ok())
        {
            Some(day) => Err(MeasureError::MissingAndReported(*day)),
            None => Ok(Self { missing, ..self }),
        }
    }

    /// The days with a value.
    pub const fn days(&self) -> &'a [NaiveDate] {
        self.days
    }

    /// The values, one per day.
    pub const fn values(&self) -> &'a [i64] {
        self.values
    }

    /// The days that the source covered without giving a value.
    pub const fn missing(&self) -> &'a [NaiveDate] {
        self.missing
    }

    /// Days and values together, in the order of the days.
    pub fn points(&self) -> impl Iterator<Item = (NaiveDate, i64)> + use<'a> {
        self.days.iter().copied().zip(self.values.iter().copied())
    }
}

/// Declares the two measures whose figures stand on a day.
macro_rules! dated_measure {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name<'a>(Dated<'a>);

        impl<'a> $name<'a> {
            /// Checks a series and the measure that was found in the data.
            ///
            /// # Errors
            /// When the measure is another one, there is no figure, dates and values do not pair
            /// up, the days do not strictly increase, or a count is below zero.
            pub fn new(
                found: Measure,
                days: &'a [NaiveDate],
                values: &'a [i64],
            ) -> Result<Self, MeasureError> {
                check_measure(Measure::$name, found)?;
                Dated::new(days, values).map(Self)
            }

            /// Adds the days that the source covered without giving a value. They are gaps (truth
            /// rule 14): no value is carried or interpolated across them.
            ///
            /// # Errors
            /// When the days do not strictly increase or one of them has a value.
            pub fn with_missing(self, missing: &'a [NaiveDate]) -> Result<Self, MeasureError> {
                self.0.with_missing(missing).map(Self)
            }

            /// The days and values within.
            pub const fn dated(&self) -> Dated<'a> {
                self.0
            }
        }
    };
}

dated_measure! {
    /// How many there are on each of some days. It can be compared between days, never summed.
    Stock
}

dated_measure! {
    /// How many so far, since a first day. It can be differenced and interpolated, never summed.
    Cumulative
}

#[cfg(test)]
mod tests;
