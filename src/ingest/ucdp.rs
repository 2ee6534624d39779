//! UCDP's Georeferenced Event Dataset: the yearly release, the candidate events of a month, and those
//! of several months, as files that need no key; or the same rows from the interface, with one.
//!
//! One row is one event with its deaths: best, low and high estimate, in persons. An event keeps its
//! number from release to release, so that releases are ordered by when they came out and the newest
//! number stands. Source: `https://ucdp.uu.se/downloads/` and `https://ucdp.uu.se/apidocs/`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::Datelike as _;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::amended::amended;
use super::gleditsch_ward;
use super::words::{add, add_places};
use super::{Desk, IngestError, Keys, Page, Source};
use crate::fetch::{FetchError, Kind, Request};
use crate::figure::{PlaceId, Span, Version};
use crate::ledger::{Capture, Reading};
use crate::place;
use crate::table::{self, ScopeAsked, Told};

const FILES: &str = "https://ucdp.uu.se/downloads";

const API: &str = "https://ucdpapi.pcr.uu.se/api/gedevents";

/// Rows of a page of the interface: the most that it gives.
const ROWS: &str = "1000";

/// The header that the key stands in.
const HEADER: &str = "x-ucdp-access-token";

/// The variable that the key stands in.
const KEY: &str = "HUMSTAT_UCDP_TOKEN";

/// The first year of the dataset.
const FIRST_YEAR: u16 = 1989;

/// The columns by which a table is known as one of events.
const COLUMNS: [&str; 5] = ["id", "best", "low", "high", "date_start"];

/// How many columns a release of candidate events has, which once came without a header.
const WIDTH: usize = 49;

/// UCDP's events of organised violence since 1989, with low, best and high estimates of those killed;
/// as files that need no key
///
/// Each event is a figure with the number of the event. `humstat tally` adds them up by day, month, year,
/// country or type of violence, of one channel at a time: what a yearly release says of a year takes
/// the place of what the candidate releases said of it.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest ucdp --release 26.1 --skip-bad-rows
  humstat ingest ucdp --release 26.0.8
  humstat ingest ucdp --release 26.01.26.06
  humstat ingest ucdp --release 26.1 --api --country Ukraine,Yemen --period 2022..
  humstat ingest ucdp --release 26.1 --file ged261-csv.zip --retrieved 2026-06-20

Releases: 26.1 is the yearly one of June 2026, to the end of 2025; 26.0.8 the candidate events of
August 2026; 26.01.26.06 those of January to June 2026 together.")]
pub struct Ucdp {
    /// The release: 26.1, 26.0.8 or 26.01.26.06
    #[arg(long, value_name = "RELEASE")]
    release: Release,
    /// Ask the interface, page by page, in place of the file; needs a key in HUMSTAT_UCDP_TOKEN
    #[arg(long)]
    api: bool,
    /// Only events in these countries
    #[arg(long, value_name = "PLACE", value_delimiter = ',', value_parser = country, requires = "api")]
    country: Vec<PlaceId>,
    /// Only events of these days; either end may be open: 2022-02-24..
    #[arg(long, value_name = "FROM..TO", requires = "api")]
    period: Option<Span>,
}

/// A release of the dataset, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Release {
    /// Of a year, in its June: all events to the end of the year before.
    Yearly {
        /// Year of the century.
        year: u16,
    },
    /// The candidate events of a month.
    Monthly {
        /// Year of the century.
        year: u16,
        /// Month, 1 to 12.
        month: u16,
    },
    /// The candidate events of several months.
    Several {
        /// Year of the century and month that it begins with.
        from: (u16, u16),
        /// Year of the century and month that it ends with.
        to: (u16, u16),
    },
}

impl FromStr for Release {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        const FORMS: &str = "a release is written 26.1 for a year, 26.0.8 for a month of candidate events, or 26.01.26.06 for several";
        let parts: Option<Vec<u16>> = word
            .trim()
            .split('.')
            .map(|part| {
                let is_short = (1..=2).contains(&part.len());
                let digits = part.bytes().all(|byte| byte.is_ascii_digit());
                (is_short && digits).then(|| part.parse().ok()).flatten()
            })
            .collect();
        let is_month = |month: u16| (1..=12).contains(&month);
        match parts.as_deref() {
            Some(&[year, 1]) => Ok(Self::Yearly { year }),
            Some(&[year, 0, month]) if is_month(month) => Ok(Self::Monthly { year, month }),
            Some(&[year, first, last_year, last])
                if is_month(first) && is_month(last) && (year, first) < (last_year, last) =>
            {
                Ok(Self::Several {
                    from: (year, first),
                    to: (last_year, last),
                })
            }
            Some(&[year]) => Err(format!("{FORMS}; did you mean {year}.1?")),
            Some(&[year, 0]) => Err(format!("{FORMS}; which month of {year}.0?")),
            Some(&[year, month]) if is_month(month) => Err(format!(
                "{FORMS}; did you mean {year}.1 or {year}.0.{month}?"
            )),
            _ => Err(FORMS.to_owned()),
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yearly { year } => write!(f, "{year}.1"),
            Self::Monthly { year, month } => write!(f, "{year}.0.{month}"),
            Self::Several { from, to } => {
                write!(f, "{:02}.{:02}.{:02}.{:02}", from.0, from.1, to.0, to.1)
            }
        }
    }
}

impl Release {
    /// The address of its file, and what kind of file it is.
    fn file(self) -> (String, Kind) {
        match self {
            Self::Yearly { year } => (format!("{FILES}/ged/ged{year}1-csv.zip"), Kind::Zip),
            Self::Monthly { .. } | Self::Several { .. } => {
                let number = self.to_string().replace('.', "_");
                let url = format!("{FILES}/candidateged/GEDEvent_v{number}.csv");
                (url, Kind::Csv)
            }
        }
    }

    /// When it came out. UCDP numbers its releases and does not date them: a yearly one comes in June,
    /// candidate events within a month. What repeats several months comes after the last of them.
    fn published(self) -> Option<Version> {
        let day = match self {
            Self::Yearly { year } => format!("20{year:02}-06"),
            Self::Monthly { year, month } => {
                let (year, month) = after((year, month));
                format!("20{year:02}-{month:02}-20")
            }
            Self::Several { to, .. } => {
                let (year, month) = after(to);
                format!("20{year:02}-{month:02}")
            }
        };
        day.parse().ok()
    }

    /// What to ask for where there is no such release.
    fn way_out(self) -> String {
        match self {
            Self::Yearly { year } => format!(
                "a yearly release comes out in June; ask for {}.1, or for candidate events such as {year}.0.1",
                year.saturating_sub(1)
            ),
            Self::Monthly { year, month } => {
                let (year, month) = before((year, month));
                format!(
                    "candidate events of a month come out within the month after it; ask for {year}.0.{month}"
                )
            }
            Self::Several { .. } => {
                "candidate events of several months come out for some months only; ask for each month, such as 26.0.6".to_owned()
            }
        }
    }
}

/// The month after a month.
const fn after((year, month): (u16, u16)) -> (u16, u16) {
    if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    }
}

/// The month before a month.
const fn before((year, month): (u16, u16)) -> (u16, u16) {
    if month == 1 {
        (year.saturating_sub(1), 12)
    } else {
        (year, month - 1)
    }
}

/// The country that a word means, if the interface can be asked for it.
fn country(word: &str) -> Result<PlaceId, String> {
    let place = place::find(word).map_err(|error| error.to_string())?;
    if gleditsch_ward::numbers(place.id.as_str()).is_some() {
        return Ok(place.id.clone());
    }
    Err(format!(
        "{} has no number among the states of Gleditsch and Ward, by which UCDP is asked; leave --country out and select afterwards",
        place.name
    ))
}

/// A request with the key; none where the desk lacks it.
pub(super) fn with_key(address: &str, keys: &Keys) -> Option<Result<Request, FetchError>> {
    let key = keys.find(KEY)?.clone();
    Some(Request::get(address).map(|request| request.secret_header(HEADER, key)))
}

/// What stands around the rows of an answer of the interface.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "TotalPages")]
    pages: u64,
    #[serde(rename = "NextPageUrl", default)]
    next: Option<String>,
    #[serde(rename = "Result")]
    rows: Vec<IgnoredAny>,
}

impl Ucdp {
    fn interface_request(&self, desk: &Desk<'_>) -> Result<Request, IngestError> {
        let request = with_key(&format!("{API}/{}", self.release), desk.keys)
            .ok_or_else(|| IngestError::no_key(KEY))?;
        let mut request = request?.expecting(Kind::Json).query("pagesize", ROWS);
        let numbers: Vec<String> = self
            .country
            .iter()
            .filter_map(|country| gleditsch_ward::numbers(country.as_str()))
            .flatten()
            .map(ToString::to_string)
            .collect();
        if !numbers.is_empty() {
            request = request.query("Country", &numbers.join(","));
        }
        let span = self.period.unwrap_or_default();
        for (name, day) in [("StartDate", span.from), ("EndDate", span.to)] {
            if let Some(day) = day {
                request = request.query(name, &day.to_string());
            }
        }
        Ok(request)
    }

    /// A page of the interface. The number of the first page is not the same in all descriptions of
    /// it, so that pages are followed as it names them.
    fn page_of_interface(
        &self,
        asked: Option<&Request>,
        answer: &[u8],
    ) -> Result<Page, IngestError> {
        let envelope: Envelope = serde_json::from_slice(answer).map_err(|error| {
            IngestError::unexpected(self, format!("it is no page of events: {error}"))
        })?;
        let rows = envelope.rows.len() as u64;
        let named = envelope.next.filter(|next| !next.trim().is_empty());
        let next = match (asked, named) {
            (Some(asked), Some(next)) => {
                let page = Request::get(&next)
                    .ok()
                    .and_then(|next| next.parameter("page"))
                    .ok_or_else(|| IngestError::unexpected(self, "its next page has no number"))?;
                // The number alone is taken over, so that the key goes to no other address.
                Some(asked.clone().replacing("page", &page))
            }
            _ => None,
        };
        if rows == 0 && next.is_some() {
            return Err(IngestError::unexpected(
                self,
                "a page before the last is empty; ask again",
            ));
        }
        Ok(Page {
            rows,
            pages: Some(envelope.pages),
            next,
        })
    }

    /// A file of events. Its first row is its header, unless it has as many cells as a release has
    /// columns and none of their names.
    fn page_of_file(&self, answer: &[u8]) -> Result<Page, IngestError> {
        let capture = Capture::new("the file", answer.to_vec());
        let outline = table::outline(&capture)
            .map_err(|error| IngestError::unexpected(self, error.to_string()))?;
        let missing = outline.lacks(&COLUMNS);
        if missing.is_empty() {
            return Ok(Page::last(outline.rows.saturating_sub(1)));
        }
        if missing.len() == COLUMNS.len() && outline.first.len() == WIDTH {
            return Ok(Page::last(outline.rows));
        }
        Err(IngestError::unexpected(
            self,
            format!("it is no table of events: it has no {}", missing.join(", ")),
        ))
    }
}

impl Source for Ucdp {
    fn code(&self) -> &'static str {
        "ucdp"
    }

    fn words(&self) -> Vec<String> {
        let mut said = vec![
            self.code().to_owned(),
            "--release".to_owned(),
            self.release.to_string(),
        ];
        if self.api {
            said.push("--api".to_owned());
        }
        add_places(&mut said, "--country", &self.country);
        add(&mut said, "--period", self.period);
        said
    }

    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        if self.api {
            return Ok(vec![self.interface_request(desk)?]);
        }
        let (url, kind) = self.release.file();
        Ok(vec![Request::get(&url)?.expecting(kind)])
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        if answer.trim_ascii_start().starts_with(b"{") {
            self.page_of_interface(asked, answer)
        } else {
            self.page_of_file(answer)
        }
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let release = self.release;
        let (channel, title, covers) = match release {
            Release::Yearly { year } => (
                "ucdp/ged",
                "UCDP Georeferenced Event Dataset",
                format!("{FIRST_YEAR} to 20{:02}", year.saturating_sub(1)),
            ),
            Release::Monthly { year, month } => (
                "ucdp/candidate",
                "UCDP Candidate Events Dataset",
                format!("20{year:02}-{month:02}"),
            ),
            Release::Several { from, to } => (
                "ucdp/candidate",
                "UCDP Candidate Events Dataset",
                format!("20{:02}-{:02} to 20{:02}-{:02}", from.0, from.1, to.0, to.1),
            ),
        };
        // What a part of a release lacks is not taken back. Neither is what a month lacks: events that
        // span months stand in one release or the other.
        let is_whole = self.country.is_empty()
            && self.period.is_none()
            && !matches!(release, Release::Monthly { .. });
        let absent = if is_whole { "withdrawn" } else { "unchanged" };
        let text = amended(
            "ucdp-ged",
            vec![
                ("publication.channel", channel.into()),
                (
                    "publication.title",
                    format!("{title}, version {release}, {covers}").into(),
                ),
                (
                    "publication.notes",
                    "UCDP numbers its releases and does not date them; the day stands for the usual time of this one".into(),
                ),
                ("publication.absent", absent.into()),
            ],
        );
        ("ucdp-ged".into(), text)
    }

    fn scope(&self) -> ScopeAsked {
        ScopeAsked {
            whole: self.country.is_empty(),
            locations: self.country.clone(),
            ..ScopeAsked::default()
        }
    }

    fn told(&self, _about: &[Capture], _pages: &[Capture]) -> Result<Told, IngestError> {
        Ok(Told {
            published: self.release.published(),
            ..Told::default()
        })
    }

    fn remarks(&self, reading: &Reading) -> Vec<String> {
        let days = reading
            .publications
            .iter()
            .flat_map(|publication| publication.figures.places());
        let newest = days.map(|(_, period)| period.end.year()).max();
        match (self.release, newest) {
            (Release::Yearly { year }, Some(newest))
                if self.period.is_none()
                    && self.country.is_empty()
                    && newest != i32::from(year) + 1999 =>
            {
                vec![format!(
                    "the newest event is of {newest}, and release {} reaches to {}: see whether this is that release",
                    self.release,
                    i32::from(year) + 1999
                )]
            }
            _ => Vec::new(),
        }
    }

    fn explained(&self, error: FetchError) -> IngestError {
        match error.status() {
            Some(404) => IngestError::Usage(format!(
                "UCDP has no release {}: {}",
                self.release,
                self.release.way_out()
            )),
            Some(400) if self.api => IngestError::Usage(format!(
                "{error}; UCDP answers so also when it is asked too often: wait some minutes, or leave --api out"
            )),
            _ => error.into(),
        }
    }
}
