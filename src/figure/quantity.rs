//! The number itself: value or range, how firmly it was said, and what kind of knowledge it is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::coded::coded_enum;
use super::number::{Decimal, numeral, plain};

coded_enum! {
    /// The words that a source put before its number.
    Qualifier ("qualifier") {
        /// The number as it stands.
        Exact = "exact",
        /// "about", "some", "around", "an estimated".
        About = "about",
        /// "at least": a lower bound that may be reached.
        AtLeast = "at_least",
        /// "more than", "over": a lower bound that is passed.
        MoreThan = "more_than",
        /// "up to", "at most": an upper bound that may be reached.
        AtMost = "at_most",
        /// "fewer than", "under": an upper bound that is not reached.
        FewerThan = "fewer_than",
        /// "between a and b", or a low and a high without a best value.
        Between = "between",
        /// "dozens", "hundreds of thousands": a size with bounds only.
        Vague = "vague",
    }
}

coded_enum! {
    /// What kind of knowledge a number is.
    Status ("status") {
        /// Counted or registered.
        Observed = "observed",
        /// Reckoned from a sample, a model or a judgement.
        Estimated = "estimated",
        /// Counted, and said to be open to revision.
        Provisional = "provisional",
        /// Expected for a time to come.
        Projected = "projected",
        /// Intended: people targeted, money asked for.
        Planned = "planned",
    }
}

coded_enum! {
    /// Why there is no number.
    Missing ("reason for a missing value") {
        /// The source says that the cell does not apply or was not collected.
        NotApplicable = "not_applicable",
        /// Hidden to protect few people; the bounds say what it may be.
        Suppressed = "suppressed",
        /// The source covered the cell and gave nothing for it.
        NotReported = "not_reported",
        /// The source's table writes zero both for none and for not reported.
        ZeroOrUnreported = "zero_or_unreported",
        /// A later full publication of the source no longer holds the cell.
        Withdrawn = "withdrawn",
    }
}

/// One published number: a value or a range, with its qualifier and status; or why it is missing.
///
/// Numbers are whole: persons, households, cases, crossings, events or US dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// The value, or the best estimate of a range.
    pub value: Option<i64>,
    /// The low end of a range.
    pub low: Option<i64>,
    /// The high end of a range.
    pub high: Option<i64>,
    /// How the source qualified it.
    pub qualifier: Qualifier,
    /// What kind of knowledge it is.
    pub status: Status,
    /// Set when there is no value.
    pub missing: Option<Missing>,
}

/// Why a number is no sound quantity, or why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Not a number that can be read without guessing.
    #[error(
        "`{0}` is no number; write digits such as 836,000 or 836000, with a qualifier such as \"about\" or \"at least\" before it"
    )]
    NotANumber(String),
    /// The number has a fraction, but figures are whole.
    #[error("`{0}` is not whole; figures are counted in whole numbers")]
    NotWhole(String),
    /// One point before three digits: a thousand and more, or a fraction.
    #[error(
        "`{0}` may be a whole number with its thousands parted or one with a fraction; write it without marks"
    )]
    Ambiguous(String),
    /// A share, money, or a measure with its unit.
    #[error("`{text}` is {what}, not a count")]
    NotACount {
        /// As it stands.
        text: String,
        /// What it is, such as `an amount of money`.
        what: String,
    },
    /// The number is beyond what the ledger holds.
    #[error("`{0}` is too large")]
    TooLarge(String),
    /// Low, value and high are out of order.
    #[error("the range is out of order: low {low}, value {value}, high {high}")]
    OutOfOrder {
        /// Low end as given, or `-`.
        low: String,
        /// Value as given, or `-`.
        value: String,
        /// High end as given, or `-`.
        high: String,
    },
    /// Neither a value nor bounds nor a reason why they are missing.
    #[error("a figure needs a value, a low or high bound, or the reason why it is missing")]
    Empty,
    /// The same number cannot be below zero.
    #[error(
        "`{0}` is below zero; a count of people, cases, crossings, events or money asked for is not"
    )]
    Negative(i64),
}

impl Quantity {
    /// An exact, observed value.
    pub const fn exact(value: i64) -> Self {
        Self {
            value: Some(value),
            low: None,
            high: None,
            qualifier: Qualifier::Exact,
            status: Status::Observed,
            missing: None,
        }
    }

    /// No value, and why.
    pub const fn missing(reason: Missing) -> Self {
        Self {
            value: None,
            low: None,
            high: None,
            qualifier: Qualifier::Exact,
            status: Status::Observed,
            missing: Some(reason),
        }
    }

    /// A value that was hidden because it counts few people: from `low` to `high` of them.
    pub const fn suppressed(low: i64, high: i64) -> Self {
        Self {
            value: None,
            low: Some(low),
            high: Some(high),
            qualifier: Qualifier::Between,
            status: Status::Observed,
            missing: Some(Missing::Suppressed),
        }
    }

    /// The same number with another status.
    #[must_use]
    pub const fn with_status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// The same number with another qualifier.
    #[must_use]
    pub const fn with_qualifier(mut self, qualifier: Qualifier) -> Self {
        self.qualifier = qualifier;
        self
    }

    /// Whether it says how many: a value, or bounds.
    pub const fn is_present(&self) -> bool {
        self.value.is_some() || self.low.is_some() || self.high.is_some()
    }

    /// Checks that the parts agree with one another.
    ///
    /// # Errors
    /// When a number is negative, the range is out of order, or nothing is said at all.
    pub fn checked(self) -> Result<Self, QuantityError> {
        for number in [self.low, self.value, self.high].into_iter().flatten() {
            if number < 0 {
                return Err(QuantityError::Negative(number));
            }
        }
        let in_order = |low: Option<i64>, high: Option<i64>| {
            low.zip(high).is_none_or(|(low, high)| low <= high)
        };
        if !(in_order(self.low, self.value)
            && in_order(self.value, self.high)
            && in_order(self.low, self.high))
        {
            let show =
                |number: Option<i64>| number.map_or_else(|| "-".to_owned(), |n| n.to_string());
            return Err(QuantityError::OutOfOrder {
                low: show(self.low),
                value: show(self.value),
                high: show(self.high),
            });
        }
        if !self.is_present() && self.missing.is_none() {
            return Err(QuantityError::Empty);
        }
        Ok(self)
    }
}

impl Quantity {
    /// The number with its qualifier, where numbers are written in a way of one's own.
    pub fn in_words(&self, number: impl Fn(i64) -> String) -> String {
        let word = match self.qualifier {
            Qualifier::Exact | Qualifier::Between | Qualifier::Vague => "",
            Qualifier::About => "about ",
            Qualifier::AtLeast => "at least ",
            Qualifier::MoreThan => "more than ",
            Qualifier::AtMost => "at most ",
            Qualifier::FewerThan => "fewer than ",
        };
        match (self.value, self.low, self.high, self.missing) {
            (Some(value), ..) => format!("{word}{}", number(value)),
            (None, Some(low), Some(high), _) => {
                format!("between {} and {}", number(low), number(high))
            }
            (None, Some(low), None, _) => format!("at least {}", number(low)),
            (None, None, Some(high), _) => format!("at most {}", number(high)),
            (None, None, None, Some(reason)) => reason.code().replace('_', " "),
            (None, None, None, None) => "nothing".to_owned(),
        }
    }
}

/// The number with its qualifier, as a sentence would say it: `about 836,000`, `at least 14`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(grouped))
    }
}

/// A count with its noun: `1 gap is`, `2,310 gaps are`.
pub fn counted(count: impl TryInto<i64>, one: &str, many: &str) -> String {
    let count = count.try_into().unwrap_or(i64::MAX);
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A whole number with commas between its thousands: `1,412,503`, `-6,640`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Words that may stand before a number, longest first, with what they mean.
const QUALIFIER_WORDS: &[(&str, Qualifier, Status)] = &[
    ("no more than", Qualifier::AtMost, Status::Observed),
    ("no fewer than", Qualifier::AtLeast, Status::Observed),
    ("an estimated", Qualifier::About, Status::Estimated),
    ("approximately", Qualifier::About, Status::Observed),
    ("fewer than", Qualifier::FewerThan, Status::Observed),
    ("less than", Qualifier::FewerThan, Status::Observed),
    ("more than", Qualifier::MoreThan, Status::Observed),
    ("estimated", Qualifier::About, Status::Estimated),
    ("at least", Qualifier::AtLeast, Status::Observed),
    ("at most", Qualifier::AtMost, Status::Observed),
    ("roughly", Qualifier::About, Status::Observed),
    ("around", Qualifier::About, Status::Observed),
    ("nearly", Qualifier::About, Status::Observed),
    ("almost", Qualifier::About, Status::Observed),
    ("about", Qualifier::About, Status::Observed),
    ("up to", Qualifier::AtMost, Status::Observed),
    ("under", Qualifier::FewerThan, Status::Observed),
    ("some", Qualifier::About, Status::Observed),
    ("over", Qualifier::MoreThan, Status::Observed),
];

/// Reads a number as a person types it: `836000`, `about 836,000`, `at least 14`,
/// `more than 4 million`, `between 10 and 20`. Prose is the text reader's work.
impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text, None).map(|(quantity, _)| quantity)
    }
}

impl Quantity {
    /// Reads a number with the words before it, by a decimal mark where one is told; and the mark
    /// that its form shows, as [`numeral`] finds it.
    ///
    /// # Errors
    /// When the text is no count, is not whole, is below zero, may be two numbers, or does not fit.
    pub fn read(
        text: &str,
        decimal: Option<Decimal>,
    ) -> Result<(Self, Option<Decimal>), QuantityError> {
        let lower = plain(text.trim()).to_lowercase();
        let lower = lower.trim();
        if let Some(range) = lower.strip_prefix("between ") {
            let (low, high) = range
                .split_once(" and ")
                .ok_or_else(|| QuantityError::NotANumber(text.to_owned()))?;
            let (low, high) = (numeral(low, decimal)?, numeral(high, decimal)?);
            let shows = match (low.shows, high.shows) {
                (Some(low), Some(high)) if low != high => {
                    return Err(QuantityError::Ambiguous(text.to_owned()));
                }
                (low, high) => low.or(high),
            };
            let quantity = Self {
                value: None,
                low: Some(low.value),
                high: Some(high.value),
                qualifier: Qualifier::Between,
                status: Status::Observed,
                missing: None,
            };
            return Ok((quantity.checked()?, shows));
        }
        let (qualifier, status, number) = QUALIFIER_WORDS
            .iter()
            .find_map(|&(word, qualifier, status)| {
                let rest = lower.strip_prefix(word)?;
                rest.starts_with(' ')
                    .then_some((qualifier, status, rest.trim()))
            })
            .unwrap_or((Qualifier::Exact, Status::Observed, lower));
        let number = numeral(number, decimal)?;
        let quantity = Self::exact(number.value)
            .with_qualifier(qualifier)
            .with_status(status);
        Ok((quantity.checked()?, number.shows))
    }
}
