//! A range of days as a person writes it.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Period, TimeError};

/// A range of days, either end open: `2010..2024`, `2022-03-01..`, `2022-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Span {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

/// Why a text is no range of days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// One of its ends is no date.
    #[error(transparent)]
    Day(#[from] TimeError),
    /// Its ends are out of order.
    #[error("the period `{0}` ends before it begins")]
    OutOfOrder(String),
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let days = |text: &str| text.parse::<Period>();
        let Some((from, to)) = text.split_once("..") else {
            let days = days(text)?;
            return Ok(Self {
                from: Some(days.start),
                to: Some(days.end),
            });
        };
        let open = |text: &str| text.trim().is_empty();
        let span = Self {
            from: if open(from) {
                None
            } else {
                Some(days(from)?.start)
            },
            to: if open(to) { None } else { Some(days(to)?.end) },
        };
        match (span.from, span.to) {
            (Some(from), Some(to)) if from > to => Err(SpanError::OutOfOrder(text.to_owned())),
            _ => Ok(span),
        }
    }
}

impl TryFrom<String> for Span {
    type Error = SpanError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        write!(f, "{}..{}", show(self.from), show(self.to))
    }
}
