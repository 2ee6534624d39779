//! Rates: how many of a population, how far chance alone may have moved the number, and the ratio of
//! two rates.
//!
//! A count of events is taken as one draw of a Poisson distribution, whose mean is what is asked for.
//! The interval therefore covers chance and nothing else: not what was never recorded, not what was
//! recorded twice, and not how uncertain the population is. Deaths and displacements come in clusters
//! (many in one strike), and then chance alone moves a count further than Poisson says.

mod chance;
mod poisson;
mod ratio;

use chrono::{Datelike as _, NaiveDate};

pub use self::chance::{Chance, NoInterval, chance};
pub use self::poisson::{IntervalMethod, interval};
pub use self::ratio::{Ratio, ratio};
use crate::figure::Period;

/// The usual number of inhabitants that a rate is given for.
pub const PER: u32 = 100_000;

/// The usual confidence of an interval.
pub const CONFIDENCE: f64 = 0.95;

/// What belongs beside every interval of a rate.
pub const CAVEAT: &str = "the interval covers chance alone (a Poisson count), not under-recording, double \
     counting or an uncertain population; where deaths come in clusters it is too narrow";

/// Why there is no rate, no interval or no ratio.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum RateError {
    /// Nobody lives there.
    #[error("a population of {0} gives no rate; give the number of inhabitants, above zero")]
    NoPopulation(i64),
    /// The confidence is no share between none and all.
    #[error("a confidence of {0} is not between 0 and 1; give one such as 0.95")]
    Confidence(f64),
    /// Nothing happened on either side.
    #[error(
        "both counts are zero, which says nothing of their ratio; take longer periods or larger places"
    )]
    BothZero,
    /// A count that a quantile cannot be found for.
    #[error("a count of {0} is too large for an exact interval; its rate stands for itself")]
    TooLarge(u64),
}

/// What a count is divided by: people, or people times years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exposure(f64);

impl Exposure {
    /// The people of a population, whatever the time.
    ///
    /// # Errors
    /// When there are none.
    pub fn people(people: i64) -> Result<Self, RateError> {
        if people > 0 {
            Ok(Self(people as f64))
        } else {
            Err(RateError::NoPopulation(people))
        }
    }

    /// The person-years of a population over a period, as if it had stayed as large throughout.
    ///
    /// # Errors
    /// When there are no people.
    pub fn person_years(people: i64, period: Period) -> Result<Self, RateError> {
        Ok(Self(Self::people(people)?.0 * years(period)))
    }

    /// The number for each so many of it.
    pub fn rate(self, number: f64, per: u32) -> f64 {
        number * f64::from(per) / self.0
    }
}

/// How long a period is in years: whole years are whole, else the days over 365.25.
pub fn years(period: Period) -> f64 {
    const DAYS_OF_A_YEAR: f64 = 365.25;
    let after = period.end.succ_opt();
    let whole = after.filter(|after| same_day_of_year(*after, period.start));
    match whole.map(|after| after.year() - period.start.year()) {
        Some(years @ 1..) => f64::from(years),
        _ => period.days() as f64 / DAYS_OF_A_YEAR,
    }
}

fn same_day_of_year(one: NaiveDate, other: NaiveDate) -> bool {
    (one.month(), one.day()) == (other.month(), other.day())
}

#[cfg(test)]
mod tests;
