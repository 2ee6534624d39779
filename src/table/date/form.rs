//! The form of a column of dates: the usual ones, or one that the mapping tells.

use chrono::{DateTime, Datelike as _, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta};

use super::{DateError, DateOrder, usual};
use crate::figure::{Period, Version, YEARS, plain};

/// How the dates of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum DateForm<'m> {
    /// In any usual form; the order of day and month where it is told.
    Usual(Option<DateOrder>),
    /// As in strftime.
    Strftime(&'m str),
    /// A spreadsheet's count of days; in the newer system from 1904.
    Excel {
        /// Whether day 0 is 1 January 1904.
        since_1904: bool,
    },
    /// Seconds since 1970, or thousandths of them.
    Unix {
        /// How many make a second.
        per_second: i64,
    },
}

/// A date as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Dated {
    /// Its days.
    pub(in super::super) period: Period,
    /// The instant, where a time of day is given.
    pub(in super::super) instant: Option<Version>,
    /// The order of day and month that it shows without doubt.
    pub(in super::super) shows: Option<DateOrder>,
}

impl Dated {
    pub(super) const fn days(period: Period) -> Self {
        Self {
            period,
            instant: None,
            shows: None,
        }
    }

    pub(super) fn instant(version: Version) -> Self {
        Self {
            period: Period::day(version.day()),
            instant: Some(version),
            shows: None,
        }
    }

    /// An instant as a clock showed it: its day is the one that was written, wherever the clock stood.
    pub(super) fn zoned(written: DateTime<FixedOffset>) -> Option<Self> {
        let instant = Version::from_timestamp(written.timestamp())?;
        Some(Self {
            period: Period::day(written.date_naive()),
            ..Self::instant(instant)
        })
    }

    /// The instant, or else the end of its last day.
    pub(in super::super) fn version(&self) -> Version {
        self.instant
            .unwrap_or_else(|| Version::end_of(self.period.end))
    }
}

impl<'m> DateForm<'m> {
    /// The form that a mapping tells: `format` of the column, and `date_order` of the table.
    pub(in super::super) fn new(format: Option<&'m str>, order: Option<DateOrder>) -> Self {
        match format {
            None => Self::Usual(order),
            Some("excel") => Self::Excel { since_1904: false },
            Some("excel1904") => Self::Excel { since_1904: true },
            Some("unix") => Self::Unix { per_second: 1 },
            Some("unix_ms") => Self::Unix { per_second: 1000 },
            Some(format) => Self::Strftime(format),
        }
    }

    /// Reads a date.
    ///
    /// # Errors
    /// When it is no date of this form, or may be two.
    pub(in super::super) fn read(self, raw: &str) -> Result<Dated, DateError> {
        let plain = plain(raw);
        let text = plain.trim();
        let (read, name) = match self {
            Self::Usual(order) => return usual::read(text, order),
            Self::Strftime(format) => (strftime(text, format), format),
            Self::Excel { since_1904: false } => (excel(text, false), "excel"),
            Self::Excel { since_1904: true } => (excel(text, true), "excel1904"),
            Self::Unix { per_second: 1 } => (unix(text, 1), "unix"),
            Self::Unix { per_second } => (unix(text, per_second), "unix_ms"),
        };
        read.filter(|read| YEARS.contains(&read.period.start.year()))
            .ok_or_else(|| DateError::NotOfForm(name.to_owned()))
    }
}

fn strftime(text: &str, format: &str) -> Option<Dated> {
    if let Ok(instant) = DateTime::parse_from_str(text, format) {
        return Dated::zoned(instant);
    }
    if let Ok(instant) = NaiveDateTime::parse_from_str(text, format) {
        return Version::from_timestamp(instant.and_utc().timestamp()).map(Dated::instant);
    }
    NaiveDate::parse_from_str(text, format)
        .ok()
        .map(|day| Dated::days(Period::day(day)))
}

/// A count of days with an optional fraction. In the older system day 60 is 29 February 1900, which
/// never was: it is no date, and the days before it count one less.
fn excel(text: &str, since_1904: bool) -> Option<Dated> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(days) || !is_digits(fraction) {
        return None;
    }
    let days: u64 = days.parse().ok()?;
    let day_zero = match days {
        _ if since_1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        0 | 60 => return None,
        1..60 => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        _ => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    let day = day_zero.checked_add_days(Days::new(days))?;
    if fraction.bytes().all(|digit| digit == b'0') {
        return Some(Dated::days(Period::day(day)));
    }
    let part: f64 = format!("0.{fraction}").parse().ok()?;
    // At most the seconds of a day, so that the conversion is exact.
    let seconds = TimeDelta::try_seconds((part * 86_400.0).round() as i64)?;
    let instant = day.and_hms_opt(0, 0, 0)?.checked_add_signed(seconds)?;
    Version::from_timestamp(instant.and_utc().timestamp()).map(Dated::instant)
}

fn unix(text: &str, per_second: i64) -> Option<Dated> {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let count: i64 = whole.parse().ok()?;
    Version::from_timestamp(count.div_euclid(per_second)).map(Dated::instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, raw: &str) -> Option<String> {
        let dated = DateForm::new(Some(format), None).read(raw).ok()?;
        Some(match dated.instant {
            Some(instant) => instant.to_string(),
            None => dated.period.to_string(),
        })
    }

    #[test]
    fn forms_that_a_mapping_tells() {
        for (format, raw, expected) in [
            ("%d/%m/%Y", "08/03/2022", Some("2022-03-08")),
            ("%d/%m/%Y", "٠٨/٠٣/٢٠٢٢", Some("2022-03-08")),
            ("%d/%m/%Y", "08/03/22", None),
            ("%d/%m/%y", "08/03/22", Some("2022-03-08")),
            (
                "%d/%m/%Y %H:%M",
                "08/03/2022 14:30",
                Some("2022-03-08T14:30:00Z"),
            ),
            ("excel", "1", Some("1900-01-01")),
            ("excel", "59", Some("1900-02-28")),
            ("excel", "60", None),
            ("excel", "61", Some("1900-03-01")),
            ("excel", "44628", Some("2022-03-08")),
            ("excel", "44628.0", Some("2022-03-08")),
            ("excel", "44628.5", Some("2022-03-08T12:00:00Z")),
            ("excel", "-1", None),
            ("excel", "2022-03-08", None),
            ("excel1904", "43166", Some("2022-03-08")),
            ("unix", "1646697600", Some("2022-03-08T00:00:00Z")),
            ("unix_ms", "1646697600000", Some("2022-03-08T00:00:00Z")),
            ("unix_ms", "1646697600", Some("1970-01-20T01:24:57Z")),
            ("unix", "99999999999999999999", None),
        ] {
            assert_eq!(read(format, raw).as_deref(), expected, "{format} {raw}");
        }
    }
}
