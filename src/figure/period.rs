//! Days, periods and the instant at which a figure became known.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// The first and the last day that a figure speaks of; for a stock the two are the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub start: NaiveDate,
    /// Last day, not before the first.
    pub end: NaiveDate,
}

impl Period {
    /// A period of one day.
    pub const fn day(day: NaiveDate) -> Self {
        Self {
            start: day,
            end: day,
        }
    }

    /// A period between two days, both within it; none when they are out of order.
    pub fn new(start: NaiveDate, end: NaiveDate) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        (self.end - self.start).num_days() + 1
    }
}

/// Years that figures can be of: a year outside them is a typing mistake.
pub const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;

/// A day, `2022-03-08`; a month, `2022-03`; or a year, `2022`: the days within it.
impl FromStr for Period {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let unreadable = || TimeError::NotADate(text.to_owned());
        let number = |part: &str| -> Option<u32> {
            (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse().ok())
                .flatten()
        };
        let parts: Vec<&str> = text.split('-').collect();
        let (start, length) = match parts.as_slice() {
            [year] if year.len() == 4 => (number(year).map(|y| (y, 1, 1)), 12),
            [year, month] if year.len() == 4 && month.len() == 2 => {
                (number(year).zip(number(month)).map(|(y, m)| (y, m, 1)), 1)
            }
            _ => {
                return NaiveDate::parse_from_str(text, "%Y-%m-%d")
                    .ok()
                    .filter(|day| YEARS.contains(&day.year()))
                    .map(Self::day)
                    .ok_or_else(unreadable);
            }
        };
        let (year, month, day) = start
            .filter(|(year, ..)| YEARS.contains(&year.cast_signed()))
            .ok_or_else(unreadable)?;
        let start =
            NaiveDate::from_ymd_opt(year.cast_signed(), month, day).ok_or_else(unreadable)?;
        let end = start
            .checked_add_months(Months::new(length))
            .and_then(|next| next.checked_sub_days(Days::new(1)))
            .ok_or_else(unreadable)?;
        Ok(Self { start, end })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.start == self.end {
            write!(f, "{}", self.start)
        } else {
            write!(f, "{} to {}", self.start, self.end)
        }
    }
}

/// Why a text names no day or instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not a date in a form that can be read without guessing.
    #[error(
        "`{0}` is no date; write 2022-03-08, 2022-03, 2022, or a time such as 2022-03-08T14:00Z"
    )]
    NotADate(String),
}

/// The instant (UTC) at which a figure became known: when it was published, else when it was
/// retrieved, to the precision given. A bare date is the end of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version(DateTime<Utc>);

impl Version {
    /// The end of a day.
    pub fn end_of(day: NaiveDate) -> Self {
        let last_second = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        Self(day.and_time(last_second).and_utc())
    }

    /// From seconds since 1970; none when out of range.
    pub fn from_timestamp(seconds: i64) -> Option<Self> {
        DateTime::from_timestamp(seconds, 0).map(Self)
    }

    /// Seconds since 1970.
    pub const fn timestamp(self) -> i64 {
        self.0.timestamp()
    }

    /// The day (UTC) on which it lies.
    pub fn day(self) -> NaiveDate {
        self.0.date_naive()
    }
}

/// A date or a date and time. A time without a zone is UTC.
impl FromStr for Version {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text.trim())
            .filter(|version| version.is_likely())
            .ok_or_else(|| TimeError::NotADate(text.trim().to_owned()))
    }
}

impl Version {
    /// Whether its year is one that figures can be of; that of `22-03-08 10:00` is the year 22.
    pub fn is_likely(self) -> bool {
        YEARS.contains(&self.day().year())
    }

    fn read(text: &str) -> Option<Self> {
        if let Ok(period) = text.parse::<Period>() {
            return Some(Self::end_of(period.end));
        }
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return Some(Self(instant.with_timezone(&Utc)));
        }
        const FORMS: [&str; 6] = [
            "%Y-%m-%dT%H:%M:%S%:z",
            "%Y-%m-%dT%H:%M%:z",
            "%Y-%m-%d %H:%M:%S%:z",
            "%Y-%m-%dT%H:%M:%S%z",
            "%Y-%m-%dT%H:%M%z",
            "%Y-%m-%d %H:%M:%S%z",
        ];
        let zoned = text
            .strip_suffix('Z')
            .map_or_else(|| text.to_owned(), |bare| format!("{bare}+00:00"));
        for form in FORMS {
            if let Ok(instant) = DateTime::parse_from_str(&zoned, form) {
                return Some(Self(instant.with_timezone(&Utc)));
            }
        }
        const LOCAL_FORMS: [&str; 4] = [
            "%Y-%m-%dT%H:%M:%S%.f",
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%d %H:%M:%S%.f",
            "%Y-%m-%d %H:%M",
        ];
        for form in LOCAL_FORMS {
            if let Ok(instant) = NaiveDateTime::parse_from_str(text, form) {
                return Some(Self(instant.and_utc()));
            }
        }
        None
    }
}

impl TryFrom<String> for Version {
    type Error = TimeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

/// The date alone for the end of a day, otherwise date and time in UTC.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::end_of(self.day()) {
            write!(f, "{}", self.day())
        } else {
            write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M:%SZ"))
        }
    }
}
