//! ReliefWeb, OCHA's library of reports: its list of disasters as events, and requests for its reports,
//! which are texts and are read by [`crate::text::document`].
//!
//! Only fields that are asked for come back, and nobody is answered without a name of the program that
//! ReliefWeb approved. Source: `https://apidoc.reliefweb.int/`.

use std::borrow::Cow;

use serde_json::Value;

use super::words::{add, add_places, country};
use super::{Desk, IngestError, Page, Source};
use crate::fetch::{FetchError, Kind, Request};
use crate::figure::{PlaceId, Span};
use crate::table::{ScopeAsked, built_in};

const BASE: &str = "https://api.reliefweb.int/v2";

/// The variable that holds the approved name. It is no secret of ReliefWeb's, but whoever has it uses up
/// the calls of its owner.
const KEY: &str = "HUMSTAT_RELIEFWEB_APPNAME";

/// Records of a page, and the most that are sent.
const RECORDS: u64 = 1000;

/// What is asked of each disaster, and must come back.
const DISASTER: [&str; 5] = [
    "name",
    "status",
    "date.event",
    "primary_country.iso3",
    "primary_type.code",
];

/// What is asked of each report: all that a document holds.
const REPORT: [&str; 10] = [
    "title",
    "body-html",
    "date.original",
    "date.created",
    "date.changed",
    "source",
    "country.iso3",
    "url_alias",
    "language.code",
    "file.url",
];

/// ReliefWeb: its list of disasters since 1981, each as one event; needs an approved name
///
/// A disaster counts at the country that ReliefWeb puts first, on the day on which it began, also where
/// it struck several. Alerts are passed over. How many died or fled stands in reports, which are texts.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest reliefweb --country TCD,SDN --period 2020..
  humstat ingest reliefweb --file disasters.json --retrieved 2026-06-20

The name stands in HUMSTAT_RELIEFWEB_APPNAME. Names are approved since November 2025: ask for one at
https://apidoc.reliefweb.int/parameters#appname, which is free. It has 1,000 calls a day.")]
pub struct ReliefWeb {
    /// Only disasters that ReliefWeb puts first in these countries
    #[arg(long, visible_alias = "location", value_name = "PLACE", value_delimiter = ',', value_parser = country)]
    country: Vec<PlaceId>,
    /// Only disasters that began in this time; either end may be open: 2020..2024
    #[arg(long, value_name = "FROM..TO")]
    period: Option<Span>,
}

/// Which reports are wanted. Empty parts narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct ReportsWanted {
    /// Words that all stand in the title or the text.
    pub words: String,
    /// Countries that they are about.
    pub countries: Vec<PlaceId>,
    /// Short names of the organisations that speak in them, such as `UNHCR`.
    pub sources: Vec<String>,
    /// Days on which their sources published them.
    pub period: Option<Span>,
    /// How many at the most, the newest first; 1,000 is the most that ReliefWeb sends.
    pub most: u64,
}

/// The requests for reports, whose answers [`crate::text::document::read_all`] reads.
///
/// # Errors
/// When the desk has no approved name.
pub fn requests_for_reports(
    wanted: &ReportsWanted,
    desk: &Desk<'_>,
) -> Result<Vec<Request>, IngestError> {
    let mut filter = Filter::default();
    filter.one_of("country.iso3", wanted.countries.iter().map(PlaceId::as_str));
    filter.one_of(
        "source.shortname",
        wanted.sources.iter().map(String::as_str),
    );
    filter.within("date.original", wanted.period);
    let mut request = asked("reports", &REPORT, desk)?;
    if !wanted.words.trim().is_empty() {
        request = request
            .query("query[value]", wanted.words.trim())
            .query("query[operator]", "AND");
    }
    let most = wanted.most.clamp(1, RECORDS).to_string();
    let request = filter.put(request).query("sort[]", "date.original:desc");
    Ok(vec![request.query("limit", &most)])
}

/// The request for the report at an address such as `https://reliefweb.int/report/chad/flash-update`;
/// none for other addresses.
///
/// # Errors
/// When the desk has no approved name.
pub fn request_for_report(url: &str, desk: &Desk<'_>) -> Result<Option<Request>, IngestError> {
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or(url)
        .trim_end_matches('/');
    let path = ["https://", "http://"]
        .iter()
        .find_map(|scheme| path.strip_prefix(scheme));
    let path = path.map(|path| path.strip_prefix("www.").unwrap_or(path));
    let Some(alias) = path.filter(|path| path.starts_with("reliefweb.int/report/")) else {
        return Ok(None);
    };
    let mut filter = Filter::default();
    filter.one_of("url_alias", [format!("https://{alias}").as_str()]);
    let request = filter.put(asked("reports", &REPORT, desk)?);
    Ok(Some(request.query("limit", "1")))
}

/// A request for some fields of records.
fn asked(records: &str, fields: &[&str], desk: &Desk<'_>) -> Result<Request, IngestError> {
    let mut request = Request::get(&format!("{BASE}/{records}"))?
        .expecting(Kind::Json)
        .secret_query("appname", desk.keys.get(KEY)?.clone());
    for field in fields {
        request = request.query("fields[include][]", field);
    }
    Ok(request)
}

/// Conditions that all hold.
#[derive(Default)]
struct Filter(Vec<(String, String)>);

impl Filter {
    fn condition(&mut self, field: &str, values: impl IntoIterator<Item = (String, String)>) {
        let number = self
            .0
            .iter()
            .filter(|(name, _)| name.ends_with("[field]"))
            .count();
        let name = |part: &str| format!("filter[conditions][{number}]{part}");
        self.0.push((name("[field]"), field.to_owned()));
        let values = values.into_iter();
        self.0
            .extend(values.map(|(part, value)| (name(&format!("[value]{part}")), value)));
    }

    fn one_of<'v>(&mut self, field: &str, values: impl IntoIterator<Item = &'v str>) {
        let values: Vec<_> = values
            .into_iter()
            .map(|value| ("[]".to_owned(), value.to_owned()))
            .collect();
        if !values.is_empty() {
            self.condition(field, values);
            // Several values of a condition must all hold unless it says otherwise.
            let last = self
                .0
                .iter()
                .rev()
                .find(|(name, _)| name.ends_with("[field]"));
            let operator = last.map(|(name, _)| name.replace("[field]", "[operator]"));
            self.0.extend(operator.map(|name| (name, "OR".to_owned())));
        }
    }

    fn within(&mut self, field: &str, span: Option<Span>) {
        let Some(Span { from, to }) = span else {
            return;
        };
        let from = from.map(|day| ("[from]".to_owned(), format!("{day}T00:00:00+00:00")));
        let to = to.map(|day| ("[to]".to_owned(), format!("{day}T23:59:59+00:00")));
        let values: Vec<_> = from.into_iter().chain(to).collect();
        if !values.is_empty() {
            self.condition(field, values);
        }
    }

    fn put(self, mut request: Request) -> Request {
        if !self.0.is_empty() {
            request = request.query("filter[operator]", "AND");
        }
        for (name, value) in self.0 {
            request = request.query(&name, &value);
        }
        request
    }
}

impl ReliefWeb {
    /// Sees whether records are disasters with all that is read of them.
    fn check(&self, records: &[Value]) -> Result<(), IngestError> {
        let has = |field: &str| {
            let path = format!("/fields/{}", field.replace('.', "/"));
            records.iter().any(|record| record.pointer(&path).is_some())
        };
        if records.is_empty() {
            return Ok(());
        }
        if has("title") {
            return Err(IngestError::unexpected(
                self,
                "they are reports, which are texts; give the file to `humstat ingest text`",
            ));
        }
        let missing: Vec<&str> = DISASTER.into_iter().filter(|field| !has(field)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(IngestError::unexpected(
            self,
            format!(
                "its disasters have no {}: only fields that are asked for come back; ask for them with fields[include][]",
                missing.join(", ")
            ),
        ))
    }
}

impl Source for ReliefWeb {
    fn code(&self) -> &'static str {
        "reliefweb"
    }

    fn words(&self) -> Vec<String> {
        let mut words = vec![self.code().to_owned()];
        add_places(&mut words, "--country", &self.country);
        add(&mut words, "--period", self.period);
        words
    }

    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        let mut filter = Filter::default();
        let countries = self.country.iter().map(PlaceId::as_str);
        filter.one_of("primary_country.iso3", countries);
        filter.within("date.event", self.period);
        // Pages of a list that is sorted by what changes would lack what moved between them.
        let request = filter
            .put(asked("disasters", &DISASTER, desk)?)
            .query("sort[]", "id:asc")
            .query("limit", &RECORDS.to_string())
            .query("offset", "0");
        Ok(vec![request])
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let answer: Value = serde_json::from_slice(answer).map_err(|error| {
            IngestError::unexpected(self, format!("it is no list of disasters: {error}"))
        })?;
        if let Some(message) = answer.pointer("/error/message").and_then(Value::as_str) {
            return Err(IngestError::unexpected(
                self,
                format!("it refused: {message}"),
            ));
        }
        let Some(records) = answer.get("data").and_then(Value::as_array) else {
            return Err(IngestError::unexpected(self, "it has no list `data`"));
        };
        self.check(records)?;
        let rows = records.len() as u64;
        let Some(asked) = asked else {
            return Ok(Page::last(rows));
        };
        let count = answer
            .get("totalCount")
            .and_then(Value::as_u64)
            .ok_or_else(|| {
                IngestError::unexpected(self, "it does not say how many disasters there are")
            })?;
        let offset = asked.parameter("offset").and_then(|text| text.parse().ok());
        let read = offset.unwrap_or(0) + rows;
        if rows == 0 && read < count {
            return Err(IngestError::unexpected(
                self,
                format!("after {read} of {count} disasters it sent none; ask again"),
            ));
        }
        let next = (read < count).then(|| asked.clone().replacing("offset", &read.to_string()));
        Ok(Page {
            rows,
            pages: Some(count),
            next,
        })
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let name = "reliefweb-disasters";
        (name.into(), built_in(name).unwrap_or_default().into())
    }

    fn scope(&self) -> ScopeAsked {
        ScopeAsked {
            locations: self.country.clone(),
            ..ScopeAsked::default()
        }
    }

    fn explained(&self, error: FetchError) -> IngestError {
        match error.status() {
            Some(400 | 403) => IngestError::Usage(format!(
                "{error}; see whether {KEY} holds a name that ReliefWeb approved: ask for one at https://apidoc.reliefweb.int/parameters#appname"
            )),
            Some(410) => IngestError::Usage(format!(
                "{error}; ReliefWeb has ended this version of its interface: get a newer humstat"
            )),
            Some(429) => IngestError::Usage(format!(
                "{error}; a name has 1,000 calls a day: ask again tomorrow"
            )),
            _ => error.into(),
        }
    }
}
