//! Who counts, where it is published, and on what terms.

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;

use super::list::Word;
use crate::figure::coded_enum;

/// The rank of what a news organisation passed on.
pub(super) const PRESS_PRIORITY: u8 = 10;
/// The rank of a table that no one declared: above all prose, below every declared dataset.
pub(super) const UNLISTED_PRIORITY: u8 = 30;

/// Whether a channel is a news organisation's, which is prose also when it is not listed.
pub(super) fn is_press(code: &str) -> bool {
    code.starts_with("press/")
}

coded_enum! {
    /// In what form a channel publishes.
    ChannelKind ("kind of channel") {
        /// Tables or files of rows: a dataset supersedes prose once it is known.
        Dataset = "dataset",
        /// Sentences: press releases, briefings, reports.
        Prose = "prose",
    }
}

/// Someone who counts or publishes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its code as claimant.
    pub code: String,
    /// Its name in full.
    pub name: String,
    /// Its website.
    pub url: Option<String>,
    /// Other names, for searches.
    #[serde(default)]
    pub also: Vec<String>,
}

/// A line of publication whose successive values are versions of each other.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Its code: who publishes, a slash, and what.
    pub code: String,
    /// What source lines call it.
    pub title: String,
    /// Whose figures it holds, by code.
    pub organisation: String,
    /// Tables or prose.
    pub kind: ChannelKind,
    /// The higher one is shown where two channels speak of one thing.
    pub priority: u8,
    /// Days between releases, where the source keeps a rhythm.
    pub cadence: Option<u16>,
    /// Days on which the year-end figures of a year took the place of its mid-year figures.
    #[serde(default)]
    pub year_ends: Vec<NaiveDate>,
    /// The channel in whose releases it comes, so that the days above are those of that one, by code.
    pub released_with: Option<String>,
    /// An open channel that counts much the same, where this one's licence is closed.
    pub open_instead: Option<String>,
    /// Whether its events have numbers that they keep from release to release, so that one event is known
    /// again on another day, at another place or of another kind.
    #[serde(default)]
    pub event_numbers: bool,
    /// The licence of its data unless a publication says otherwise, by code.
    pub licence: String,
    /// How the source asks to be named.
    pub attribution: String,
}

/// Terms that data come under.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// Its code.
    pub code: String,
    /// Its name in full.
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// Whether commercial use is allowed without asking.
    pub commercial: bool,
    /// Whether the source has to be named.
    pub attribution: bool,
    /// Whether the source's own files may be passed on as they are.
    #[serde(default)]
    pub redistribution: bool,
    /// Other spellings.
    #[serde(default)]
    pub also: Vec<String>,
}

/// The first year whose figures a release of this day gives as of mid-year, because the release of
/// the year's end came later. Where that day is not listed, it is taken to be in June of the year
/// after, as it always was.
pub fn first_mid_year(year_ends: &[NaiveDate], day: NaiveDate) -> i32 {
    let released = |year: i32| {
        let listed = year_ends.iter().find(|day| day.year() == year + 1).copied();
        listed.or_else(|| NaiveDate::from_ymd_opt(year + 1, 6, 1))
    };
    let last = day.year() - 1;
    if released(last).is_some_and(|released| released <= day) {
        last + 1
    } else {
        last
    }
}

impl Word for Organisation {
    const KIND: &'static str = "organisation";

    fn code(&self) -> &str {
        &self.code
    }

    fn label(&self) -> &str {
        &self.name
    }

    fn texts(&self) -> Vec<&str> {
        self.also.iter().map(String::as_str).collect()
    }
}

impl Word for Channel {
    const KIND: &'static str = "channel";

    fn code(&self) -> &str {
        &self.code
    }

    fn label(&self) -> &str {
        &self.title
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.organisation]
    }
}

impl Word for Licence {
    const KIND: &'static str = "licence";

    fn code(&self) -> &str {
        &self.code
    }

    fn label(&self) -> &str {
        &self.name
    }

    fn texts(&self) -> Vec<&str> {
        self.also.iter().map(String::as_str).collect()
    }
}
