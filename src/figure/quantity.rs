//! The number itself: value or range, how firmly it was said, and what kind of knowledge it is.

use std::fmt;
use std::str::FromStr;

use super::coded::coded_enum;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// The number with its qualifier, as a sentence would say it: `about 836,000`, `at least 14`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.qualifier {
            Qualifier::Exact | Qualifier::Between | Qualifier::Vague => "",
            Qualifier::About => "about ",
            Qualifier::AtLeast => "at least ",
            Qualifier::MoreThan => "more than ",
            Qualifier::AtMost => "at most ",
            Qualifier::FewerThan => "fewer than ",
        };
        match (self.value, self.low, self.high, self.missing) {
            (Some(value), ..) => write!(f, "{word}{}", grouped(value)),
            (None, Some(low), Some(high), _) => {
                write!(f, "between {} and {}", grouped(low), grouped(high))
            }
            (None, Some(low), None, _) => write!(f, "at least {}", grouped(low)),
            (None, None, Some(high), _) => write!(f, "at most {}", grouped(high)),
            (None, None, None, Some(reason)) => f.write_str(&reason.code().replace('_', " ")),
            (None, None, None, None) => f.write_str("nothing"),
        }
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
        let lower = text.trim().to_lowercase();
        if let Some(range) = lower.strip_prefix("between ") {
            let (low, high) = range
                .split_once(" and ")
                .ok_or_else(|| QuantityError::NotANumber(text.to_owned()))?;
            return Self {
                value: None,
                low: Some(whole_number(low)?),
                high: Some(whole_number(high)?),
                qualifier: Qualifier::Between,
                status: Status::Observed,
                missing: None,
            }
            .checked();
        }
        let (qualifier, status, number) = QUALIFIER_WORDS
            .iter()
            .find_map(|&(word, qualifier, status)| {
                let rest = lower.strip_prefix(word)?;
                rest.starts_with(' ')
                    .then_some((qualifier, status, rest.trim()))
            })
            .unwrap_or((Qualifier::Exact, Status::Observed, lower.as_str()));
        Self::exact(whole_number(number)?)
            .with_qualifier(qualifier)
            .with_status(status)
            .checked()
    }
}

/// Reads a whole number: digits, with commas or spaces between groups of three, a fraction of
/// zeros, or a scale word after a decimal number (`4 million`, `1.5 million`).
///
/// # Errors
/// When the text is no number, is not whole, or does not fit.
pub fn whole_number(text: &str) -> Result<i64, QuantityError> {
    let trimmed = text.trim();
    // The common case in tables, without an allocation.
    if !trimmed.is_empty()
        && trimmed.len() <= 18
        && trimmed.bytes().all(|byte| byte.is_ascii_digit())
    {
        return trimmed
            .parse()
            .map_err(|_| QuantityError::TooLarge(trimmed.to_owned()));
    }
    let not_a_number = || QuantityError::NotANumber(trimmed.to_owned());
    let (negative, unsigned) = match trimmed.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, trimmed),
    };
    const SCALES: [(&str, u32); 5] = [
        ("thousand", 3),
        ("million", 6),
        ("billion", 9),
        ("bn", 9),
        ("m", 6),
    ];
    let (mantissa, power) = SCALES
        .iter()
        .find_map(|&(word, power)| Some((unsigned.strip_suffix(word)?.trim_end(), power)))
        .unwrap_or((unsigned, 0));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = without_group_separators(whole).ok_or_else(not_a_number)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit())
        || (mantissa.contains('.') && fraction.is_empty())
    {
        return Err(not_a_number());
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > power as usize {
        return Err(QuantityError::NotWhole(trimmed.to_owned()));
    }
    let digits = format!("{whole}{fraction:0<width$}", width = power as usize);
    let number: i64 = digits
        .parse()
        .map_err(|_| QuantityError::TooLarge(trimmed.to_owned()))?;
    Ok(if negative { -number } else { number })
}

/// The digits of a number whose groups of three are parted by one kind of separator.
fn without_group_separators(text: &str) -> Option<String> {
    const SEPARATORS: [char; 4] = [',', ' ', '\u{a0}', '\u{202f}'];
    let mut groups = match text
        .chars()
        .find(|character| SEPARATORS.contains(character))
    {
        Some(separator) => text.split(separator).collect::<Vec<_>>(),
        None => vec![text],
    };
    let first = groups.remove(0);
    let grouped_rightly = groups.iter().all(|group| group.len() == 3)
        && (groups.is_empty() || (1..=3).contains(&first.len()));
    let all_digits = std::iter::once(&first)
        .chain(&groups)
        .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    (grouped_rightly && all_digits).then(|| format!("{first}{}", groups.concat()))
}
