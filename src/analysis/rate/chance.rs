//! Which published numbers have an interval of chance, and which ends of it.

use super::{IntervalMethod, RateError, interval};
use crate::analysis::growth::Interval;
use crate::figure::{Measure, Qualifier, Quantity, Status, Unit};

/// Why a number has a rate but no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoInterval {
    /// People that are there are counted, not drawn.
    #[error("a stock is no count of events in a period, so its rate has no interval of chance")]
    Stock,
    /// A net flow below zero.
    #[error("a number below zero is no count of events, so its rate has no interval")]
    Negative,
    /// The source rounded.
    #[error("the source says \"about\", and its rounding is larger than chance: no interval")]
    Rounded,
    /// Only a range is known.
    #[error("there is no single count: rates of its bounds, which are no interval of confidence")]
    OnlyBounds,
    /// The number comes of a sample or of a model, whose error is another one.
    #[error("an estimate has the error of its sample or model, not that of a count: no interval")]
    Estimated,
    /// Money is no count.
    #[error("money is no count of events: no interval")]
    Money,
}

/// How far chance alone may have moved a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Chance {
    /// Both ends of the interval of the mean.
    Both(Interval),
    /// "At least 14": the mean lies above this; nothing is known of how far.
    AtLeast(f64),
    /// "At most 14": the mean lies below this.
    AtMost(f64),
    /// There is none, and why.
    None(NoInterval),
}

impl Chance {
    /// The lower end, where there is one.
    pub const fn low(&self) -> Option<f64> {
        match self {
            Self::Both(interval) => Some(interval.low),
            Self::AtLeast(low) => Some(*low),
            Self::AtMost(_) | Self::None(_) => None,
        }
    }

    /// The upper end, where there is one.
    pub const fn high(&self) -> Option<f64> {
        match self {
            Self::Both(interval) => Some(interval.high),
            Self::AtMost(high) => Some(*high),
            Self::AtLeast(_) | Self::None(_) => None,
        }
    }

    /// What to say where an end is missing.
    pub fn note(&self) -> Option<String> {
        match self {
            Self::Both(_) => None,
            Self::AtLeast(_) => Some(
                "a lower bound (\"at least\"): the rate is at least this, and the interval is open above"
                    .to_owned(),
            ),
            Self::AtMost(_) => Some(
                "an upper bound (\"at most\"): the rate is at most this, and the interval is open below"
                    .to_owned(),
            ),
            Self::None(why) => Some(why.to_string()),
        }
    }
}

/// What chance may have done to a published number: a count of events or people within a period (a flow,
/// or a cumulative as a whole since its first day) has a Poisson interval; a stock, an estimate, a rounded
/// number and a range have none. A lower bound keeps only the lower end (truth rule 11).
///
/// # Errors
/// When the confidence is not between 0 and 1, or the count is too large.
pub fn chance(
    measure: Measure,
    unit: Unit,
    quantity: &Quantity,
    method: IntervalMethod,
    confidence: f64,
) -> Result<Chance, RateError> {
    let Some(value) = quantity.value else {
        return Ok(Chance::None(NoInterval::OnlyBounds));
    };
    let none = |why| Ok(Chance::None(why));
    if unit == Unit::UsDollars {
        return none(NoInterval::Money);
    }
    if measure == Measure::Stock {
        return none(NoInterval::Stock);
    }
    let Ok(count) = u64::try_from(value) else {
        return none(NoInterval::Negative);
    };
    match quantity.status {
        Status::Observed | Status::Provisional => {}
        Status::Estimated | Status::Projected | Status::Planned => {
            return none(NoInterval::Estimated);
        }
    }
    let both = interval(count, method, confidence)?;
    match quantity.qualifier {
        Qualifier::Exact => Ok(Chance::Both(both)),
        Qualifier::AtLeast | Qualifier::MoreThan => Ok(Chance::AtLeast(both.low)),
        Qualifier::AtMost | Qualifier::FewerThan => Ok(Chance::AtMost(both.high)),
        Qualifier::About => none(NoInterval::Rounded),
        Qualifier::Between | Qualifier::Vague => none(NoInterval::OnlyBounds),
    }
}
