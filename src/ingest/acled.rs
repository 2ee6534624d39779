//! ACLED's events of political violence and protest, each with its reported deaths, in persons.
//!
//! A name and a password are exchanged for a token that lasts a day. ACLED revises and deletes events
//! each week: an answer about whole days of whole countries takes back what it lacks, and one about
//! changes alone does not. Source: `https://acleddata.com/acled-api-documentation`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::amended::amended;
use super::words::{add, add_places};
use super::{Deleted, Desk, IngestError, Keys, Page, Source, first, whole};
use crate::fetch::{Body, FetchError, Field, Kind, Request, Secret};
use crate::figure::{PlaceId, Span};
use crate::ledger::Capture;
use crate::place::{self, Place};
use crate::table::{self, ScopeAsked};

/// Its code.
pub(super) const CODE: &str = "acled";

const TOKEN: &str = "https://acleddata.com/oauth/token";

const EVENTS: &str = "https://acleddata.com/api/acled/read";

const DELETED: &str = "https://acleddata.com/api/deleted/read";

const CHANNEL: &str = "acled/events";

/// The variables that the name and the password stand in.
const EMAIL: &str = "HUMSTAT_ACLED_EMAIL";
const PASSWORD: &str = "HUMSTAT_ACLED_PASSWORD";

/// Rows of a page.
const ROWS: u64 = 5000;

/// The first day of the data.
const FIRST_DAY: &str = "1997-01-01";

/// What is asked of each event: what tells it apart, and what is read or shows how it is meant.
const FIELDS: &str = "event_id_cnty|event_date|time_precision|disorder_type|event_type|sub_event_type|iso|country|admin1|fatalities|timestamp";

/// The columns by which an export is known.
const COLUMNS: [&str; 4] = ["event_id_cnty", "event_date", "country", "fatalities"];

/// ACLED: events of political violence and protest with their reported deaths; needs an account
///
/// ACLED's terms allow neither commercial use nor handing events on. Deaths are as reported, of all
/// sides, and an event without a report has 0. Deleted events are taken back when their days are asked
/// for without --changed-since, and by --deleted-since, which asks for the list of them; an export is
/// read as a part and takes back nothing.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest acled --country Sudan --period 2023-04-15..
  humstat ingest acled --country Sudan --changed-since 2026-06-01
  humstat ingest acled --deleted-since 2026-06-01
  humstat ingest acled --file export.csv --retrieved 2026-06-20

Put the e-mail address and the password of your account into HUMSTAT_ACLED_EMAIL and
HUMSTAT_ACLED_PASSWORD. Accounts of some kinds see no events, or none of the last year.")]
pub struct Acled {
    /// Only events in these countries
    #[arg(long, visible_alias = "location", value_name = "PLACE", value_delimiter = ',', value_parser = country)]
    country: Vec<PlaceId>,
    /// Only events of these days; either end may be open: 2023-04-15..
    #[arg(long, value_name = "FROM..TO")]
    period: Option<Span>,
    /// Only events that ACLED added or changed since this day
    #[arg(long, value_name = "DAY")]
    changed_since: Option<NaiveDate>,
    /// The events that ACLED deleted since this day, wherever they were: those that the ledger holds
    /// are taken as withdrawn
    #[arg(long, value_name = "DAY", conflicts_with_all = ["country", "period", "changed_since"])]
    deleted_since: Option<NaiveDate>,
}

/// The country that a word means, if ACLED can be asked for it.
fn country(word: &str) -> Result<PlaceId, String> {
    let place = place::find(word).map_err(|error| error.to_string())?;
    if number(place).is_some() {
        return Ok(place.id.clone());
    }
    Err(format!(
        "{} has no number of ISO's, by which ACLED is asked; leave --country out and select afterwards",
        place.name
    ))
}

/// ISO's number of a country, as ACLED writes it: without leading zeros.
fn number(place: &Place) -> Option<&'static str> {
    // Regions have numbers too, of M49.
    let is_country = !place.id.as_str().contains(':');
    place
        .numeric
        .filter(|_| is_country)
        .map(|number| number.trim_start_matches('0'))
}

/// A token for a day.
#[derive(Deserialize)]
struct Admission {
    access_token: String,
}

/// What stands around the rows of an answer.
#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    success: Option<bool>,
    #[serde(default)]
    error: Option<serde_json::Value>,
    data: Option<Vec<Listed>>,
}

/// A row, as far as it tells an event from a deleted one.
#[derive(Deserialize)]
struct Listed {
    event_id_cnty: Option<String>,
    deleted_timestamp: Option<IgnoredAny>,
}

/// The exchange of the name and the password for a token; none where the desk lacks one of them.
pub(super) fn token_request(address: &str, keys: &Keys) -> Option<Result<Request, FetchError>> {
    let open = |text: &str| Field::Open(text.to_owned());
    let fields = [
        ("username", Field::Hidden(keys.find(EMAIL)?.clone())),
        ("password", Field::Hidden(keys.find(PASSWORD)?.clone())),
        ("grant_type", open("password")),
        ("client_id", open("acled")),
    ];
    let fields = fields.map(|(name, field)| (name.to_owned(), field));
    Some(Request::post(address, Body::Form(fields.into())))
}

/// What an account sees, as far as it is known without asking for data: ACLED goes by the address, and one of
/// a public provider sees aggregated data only, although its token is good.
pub(super) fn access(keys: &Keys) -> &'static str {
    const PUBLIC: [&str; 10] = [
        "@gmail.com",
        "@googlemail.com",
        "@outlook.com",
        "@hotmail.com",
        "@live.com",
        "@yahoo.com",
        "@icloud.com",
        "@gmx.net",
        "@proton.me",
        "@protonmail.com",
    ];
    match keys.find(EMAIL) {
        Some(email) if email.ends_with_any(&PUBLIC) => {
            "its address is of a public provider, and such accounts see aggregated data only"
        }
        _ => "by its address it may see events; for how many months back is not told",
    }
}

/// Whether an answer is of the interface and no export.
fn is_of_interface(answer: &[u8]) -> bool {
    answer.trim_ascii_start().starts_with(b"{")
}

impl Acled {
    fn request(&self, country: Option<&Place>, desk: &Desk<'_>) -> Result<Request, IngestError> {
        let mut request = Request::get(EVENTS)?
            .expecting(Kind::Json)
            .query("_format", "json")
            .query("fields", FIELDS);
        if let Some(number) = country.and_then(number) {
            request = request.query("iso", number);
        }
        if let Some(Span { from, to }) = self.period {
            let from = from.map_or_else(|| FIRST_DAY.to_owned(), |day| day.to_string());
            let to = to.unwrap_or_else(|| desk.now.day());
            request = request
                .query("event_date", &format!("{from}|{to}"))
                .query("event_date_where", "BETWEEN");
        }
        if let Some(day) = self.changed_since {
            request = request
                .query("timestamp", &day.to_string())
                .query("timestamp_where", ">=");
        }
        Ok(request.query("limit", &ROWS.to_string()).query("page", "1"))
    }

    fn request_for_deleted(day: NaiveDate) -> Result<Request, IngestError> {
        Ok(Request::get(DELETED)?
            .expecting(Kind::Json)
            .query("_format", "json")
            .query("deleted_timestamp", &day.to_string())
            .query("deleted_timestamp_where", ">=")
            .query("limit", &ROWS.to_string())
            .query("page", "1"))
    }

    /// The rows of an answer of the interface: events, or those that were deleted where they were asked
    /// for. The one list taken for the other would take back what stands.
    fn listed(&self, answer: &[u8]) -> Result<Vec<Listed>, IngestError> {
        let envelope: Envelope = serde_json::from_slice(answer).map_err(|error| {
            IngestError::unexpected(self, format!("it is no page of events: {error}"))
        })?;
        let rows = match envelope {
            Envelope {
                success: None | Some(true),
                error: None,
                data: Some(data),
            } => data,
            Envelope { error, .. } => {
                let said = error.map_or_else(String::new, |error| format!(": {error}"));
                return Err(IngestError::unexpected(
                    self,
                    format!("it says that it did not succeed{said}"),
                ));
            }
        };
        let is_other = rows
            .iter()
            .any(|row| row.deleted_timestamp.is_some() != self.deleted_since.is_some());
        if is_other {
            return Err(IngestError::unexpected(
                self,
                match self.deleted_since {
                    Some(_) => {
                        "its rows have no `deleted_timestamp`, so they are no list of deleted events"
                    }
                    None => "it is the list of deleted events; ask for it with --deleted-since",
                },
            ));
        }
        Ok(rows)
    }

    fn mapping_of(&self, is_whole: bool) -> (Cow<'static, str>, Cow<'static, str>) {
        let absent = if is_whole { "withdrawn" } else { "unchanged" };
        let text = amended("acled-events", vec![("publication.absent", absent.into())]);
        ("acled-events".into(), text)
    }
}

impl Source for Acled {
    fn code(&self) -> &'static str {
        CODE
    }

    fn words(&self) -> Vec<String> {
        let mut said = vec![self.code().to_owned()];
        add_places(&mut said, "--country", &self.country);
        add(&mut said, "--period", self.period);
        add(&mut said, "--changed-since", self.changed_since);
        add(&mut said, "--deleted-since", self.deleted_since);
        said
    }

    fn entry(&self, desk: &Desk<'_>) -> Result<Option<Request>, IngestError> {
        desk.keys.get(EMAIL)?;
        desk.keys.get(PASSWORD)?;
        let request = token_request(TOKEN, desk.keys).transpose()?;
        Ok(request.map(|request| request.expecting(Kind::Json)))
    }

    fn admitted(&self, requests: Vec<Request>, answer: &[u8]) -> Result<Vec<Request>, IngestError> {
        // What it sent may hold a token, so that nothing of it is told.
        let admission: Admission = serde_json::from_slice(answer).map_err(|_| {
            IngestError::unexpected(
                self,
                "its answer to the name and the password holds no token",
            )
        })?;
        let header = Secret::new(format!("Bearer {}", admission.access_token));
        let admitted = requests
            .into_iter()
            .map(|request| request.secret_header("Authorization", header.clone()));
        Ok(admitted.collect())
    }

    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        if let Some(day) = self.deleted_since {
            return Ok(vec![Self::request_for_deleted(day)?]);
        }
        if self.country.is_empty() && self.period.is_none() && self.changed_since.is_none() {
            return Err(IngestError::Usage(
                "say which events: --country, --period, --changed-since or --deleted-since"
                    .to_owned(),
            ));
        }
        if self.country.is_empty() {
            return Ok(vec![self.request(None, desk)?]);
        }
        self.country
            .iter()
            .map(|country| self.request(place::place(country), desk))
            .collect()
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        if !is_of_interface(answer) && self.deleted_since.is_some() {
            return Err(IngestError::unexpected(
                self,
                "it is no answer of the interface, which alone lists deleted events",
            ));
        }
        if !is_of_interface(answer) {
            let outline = table::outline(&Capture::new("the export", answer.to_vec()))
                .map_err(|error| IngestError::unexpected(self, error.to_string()))?;
            let missing = outline.lacks(&COLUMNS);
            if missing.is_empty() {
                return Ok(Page::last(outline.rows.saturating_sub(1)));
            }
            return Err(IngestError::unexpected(
                self,
                format!(
                    "it is no export of events: it has no {}",
                    missing.join(", ")
                ),
            ));
        }
        let rows = self.listed(answer)?.len() as u64;
        let is_first = asked.is_some_and(|asked| asked.parameter("page").as_deref() == Some("1"));
        if rows == 0 && is_first {
            return Err(IngestError::Nothing {
                source_code: self.code(),
            });
        }
        // A page that is full may have one after it; the number of pages is not told.
        let next = asked.filter(|_| rows >= ROWS).and_then(|asked| {
            let page: u64 = asked.parameter("page")?.parse().ok()?;
            Some(asked.clone().replacing("page", &(page + 1).to_string()))
        });
        Ok(Page {
            rows,
            pages: None,
            next,
        })
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        self.mapping_of(false)
    }

    fn mapping_for(
        &self,
        pages: &[Capture],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        let is_whole = self.changed_since.is_none() && is_of_interface(&first(self, pages)?);
        Ok(self.mapping_of(is_whole))
    }

    fn deleted(&self, pages: &[Capture]) -> Result<Option<Deleted>, IngestError> {
        if self.deleted_since.is_none() {
            return Ok(None);
        }
        let mut events = BTreeSet::new();
        for page in pages {
            for row in self.listed(&whole(page)?)? {
                events.insert(row.event_id_cnty.ok_or_else(|| {
                    IngestError::unexpected(self, "a deleted event has no `event_id_cnty`")
                })?);
            }
        }
        Ok(Some(Deleted {
            channel: CHANNEL,
            events,
        }))
    }

    fn scope(&self) -> ScopeAsked {
        ScopeAsked {
            whole: self.country.is_empty(),
            locations: self.country.clone(),
            ..ScopeAsked::default()
        }
    }

    fn explained(&self, error: FetchError) -> IngestError {
        match error.status() {
            Some(400 | 401) => IngestError::Usage(format!(
                "{error}; see whether {EMAIL} and {PASSWORD} hold the address and the password of your account at acleddata.com"
            )),
            Some(403) => IngestError::Usage(format!(
                "{error}; your account may see no events: sign in at acleddata.com, accept its terms, and ask for access with the address of an organisation. Monthly sums are on the Humanitarian Data Exchange"
            )),
            _ => error.into(),
        }
    }
}
