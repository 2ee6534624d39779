//! IOM's Displacement Tracking Matrix: people displaced within their country, by round and operation.
//!
//! Its answers have no pages. A round is split by reason and by where people come from, and one
//! operation may count who another counts as well. Source: `https://dtm.iom.int/data-and-analysis/dtm-api`.

mod rounds;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::words::{Level, add, country};
use super::{Desk, IngestError, Keys, Page, Source, whole};
use crate::fetch::{FetchError, Kind, Request};
use crate::figure::{PlaceId, Span};
use crate::ledger::{Capture, Reading};
use crate::table::{ScopeAsked, built_in};
use crate::vocabulary::UnknownWord;

/// Its code.
pub(super) const CODE: &str = "dtm";

const BASE: &str = "https://dtmapi.iom.int/v3/displacement";

/// The variable that holds the subscription key.
const KEY: &str = "HUMSTAT_DTM_KEY";

/// The name to ask under: the gate before the API answers programs that say what they are with a web
/// page, before it looks at the key.
const BROWSER: &str = "Mozilla/5.0 (compatible; humstat)";

/// IOM's Displacement Tracking Matrix: people displaced within their country, by operation, reason and
/// origin, of the latest round of each operation
///
/// Counts of two operations may be of the same people and are never added. A reason or an origin that
/// the latest round of an operation no longer names has no newest number. People of unknown origin
/// are recorded as such. Places below the country are P-codes: add the gazetteer that has them with
/// `humstat places add` before.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest dtm --country Haiti
  humstat ingest dtm --operation \"Armed Clashes in Sudan\" --caseload-since 2023-04-15
  humstat ingest dtm --country TCD --level admin1 --all-rounds --period 2020..
  humstat ingest dtm --file tcd.json --retrieved 2026-06-20

The key stands in HUMSTAT_DTM_KEY; it is free, from https://dtm-apim-portal.iom.int.")]
pub struct Dtm {
    /// The operation, by the name that IOM gives it
    #[arg(long, value_name = "NAME", value_parser = operation)]
    operation: Option<String>,
    /// The country
    #[arg(long, visible_alias = "location", value_name = "PLACE", value_parser = country)]
    country: Option<PlaceId>,
    /// How finely places are told apart: country, admin1 or admin2
    #[arg(long, value_name = "LEVEL", default_value = "country")]
    level: Level,
    /// Only rounds reported in this time; either end may be open: 2020..2024
    #[arg(long, value_name = "FROM..TO")]
    period: Option<Span>,
    /// All rounds, and not only the latest of each operation and country
    #[arg(long)]
    all_rounds: bool,
    /// First day of the displacements that the operation counts, where it does not count all who are
    /// displaced: the rows do not say it
    #[arg(long, value_name = "DAY")]
    caseload_since: Option<NaiveDate>,
}

/// A request with the key; none where the desk lacks it.
pub(super) fn with_key(address: &str, keys: &Keys) -> Option<Result<Request, FetchError>> {
    let key = keys.find(KEY)?.clone();
    Some(Request::get(address).map(|request| {
        request
            .user_agent(BROWSER)
            .secret_header("Ocp-Apim-Subscription-Key", key)
    }))
}

/// The name of an operation, which is looked up among IOM's before figures are asked for.
fn operation(word: &str) -> Result<String, String> {
    match word.trim() {
        "" => Err("it is empty; name an operation, such as \"Armed Clashes in Sudan\"".to_owned()),
        name => Ok(name.to_owned()),
    }
}

/// What stands around the rows of an answer.
#[derive(Deserialize)]
struct Envelope<Row> {
    #[serde(rename = "isSuccess", default = "success")]
    is_success: bool,
    #[serde(rename = "errorMessages", default)]
    errors: Vec<serde_json::Value>,
    /// How many rows there are, by its own count.
    #[serde(rename = "totalRecordsCount")]
    count: Option<u64>,
    #[serde(default = "Vec::new")]
    result: Vec<Row>,
}

/// Of a saved answer that says nothing else.
const fn success() -> bool {
    true
}

/// A row of the list of operations.
#[derive(Deserialize)]
struct Listed {
    operation: String,
    /// Which rows of figures have, and the list has not.
    #[serde(rename = "reportingDate")]
    day: Option<IgnoredAny>,
}

/// The round that a row is of.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Round {
    operation: String,
    admin0_pcode: String,
    reporting_date: String,
    round_number: Option<u64>,
}

impl Dtm {
    fn about(&self, desk: &Desk<'_>, what: &str) -> Result<Request, IngestError> {
        let request = with_key(&format!("{BASE}/{what}"), desk.keys)
            .ok_or_else(|| IngestError::no_key(KEY))?;
        Ok(request?
            .expecting(Kind::Json)
            .hint("the key in HUMSTAT_DTM_KEY may be wrong; see https://dtm-apim-portal.iom.int"))
    }

    /// The request for the rows, in place of the one for the list of operations.
    fn for_rows(&self, list: &Request) -> Result<Request, IngestError> {
        let level = self.level.number();
        let mut request = list.clone().at(&format!("{BASE}/admin{level}"))?;
        if let Some(operation) = &self.operation {
            request = request.query("Operation", operation);
        }
        if let Some(country) = &self.country {
            request = request.query("Admin0Pcode", country.as_str());
        }
        let span = self.period.unwrap_or_default();
        for (name, day) in [
            ("FromReportingDate", span.from),
            ("ToReportingDate", span.to),
        ] {
            if let Some(day) = day {
                request = request.query(name, &day.to_string());
            }
        }
        Ok(request)
    }

    /// Looks an operation up among those that there are.
    fn check(&self, operations: &[Listed]) -> Result<(), IngestError> {
        let Some(wanted) = &self.operation else {
            return Ok(());
        };
        if operations.iter().any(|known| known.operation == *wanted) {
            return Ok(());
        }
        let known = operations.iter().map(|known| known.operation.as_str());
        let error = UnknownWord::new("operation of IOM", wanted, known);
        Err(IngestError::Usage(error.to_string()))
    }

    /// Rules that pass over all rounds but the latest of each operation and country.
    fn earlier_rounds(&self, pages: &[Capture]) -> Result<String, IngestError> {
        let mut latest: BTreeMap<(String, String), (String, Option<u64>)> = BTreeMap::new();
        for page in pages {
            let answer: Envelope<Round> =
                serde_json::from_slice(&whole(page)?).map_err(|error| {
                    IngestError::unexpected(
                        self,
                        format!("its rows do not tell their round: {error}"),
                    )
                })?;
            for row in answer.result {
                let round = (row.reporting_date, row.round_number);
                let known = latest
                    .entry((row.operation, row.admin0_pcode))
                    .or_insert_with(|| round.clone());
                if *known < round {
                    *known = round;
                }
            }
        }
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let mut rules = String::new();
        for ((operation, country), (date, number)) in latest {
            let (column, value) = match number {
                Some(number) => ("roundNumber", number.to_string()),
                None => ("reportingDate", date),
            };
            let _ = write!(
                rules,
                "\n[[ignore]]\nwhere = {{ operation = {}, admin0Pcode = {}, {column} = {{ not = {} }} }}\nbecause = {}\n",
                quoted(&operation),
                quoted(&country),
                quoted(&value),
                quoted(&format!("earlier rounds of {operation} in {country}")),
            );
        }
        Ok(rules)
    }
}

impl Source for Dtm {
    fn code(&self) -> &'static str {
        CODE
    }

    fn words(&self) -> Vec<String> {
        let mut words = vec![self.code().to_owned()];
        add(&mut words, "--operation", self.operation.as_ref());
        add(&mut words, "--country", self.country.as_ref());
        add(&mut words, "--level", Some(self.level));
        add(&mut words, "--period", self.period);
        if self.all_rounds {
            words.push("--all-rounds".to_owned());
        }
        add(&mut words, "--caseload-since", self.caseload_since);
        words
    }

    /// The list of operations is asked for first: an operation that there is none of is answered with
    /// no rows, as one without figures.
    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        if self.operation.is_none() && self.country.is_none() {
            return Err(IngestError::Usage(
                "IOM wants to know of what: give --operation, --country or both".to_owned(),
            ));
        }
        let list = self.about(desk, "operation-list")?;
        Ok(vec![match self.operation {
            Some(_) => list,
            None => self.for_rows(&list)?,
        }])
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        if self.describes(answer) {
            let list: Envelope<Listed> = serde_json::from_slice(answer).map_err(|error| {
                IngestError::unexpected(self, format!("it is no list of operations: {error}"))
            })?;
            self.check(&list.result)?;
            return Ok(Page {
                next: asked.map(|list| self.for_rows(list)).transpose()?,
                ..Page::last(0)
            });
        }
        let rows: Envelope<IgnoredAny> = serde_json::from_slice(answer).map_err(|error| {
            IngestError::unexpected(self, format!("it is no list of rows: {error}"))
        })?;
        if !rows.is_success {
            let said: Vec<String> = rows.errors.iter().map(ToString::to_string).collect();
            return Err(IngestError::unexpected(
                self,
                format!("it says that it failed: {}", said.join(", ")),
            ));
        }
        let found = rows.result.len() as u64;
        if rows.count.is_some_and(|count| count != found) {
            return Err(IngestError::unexpected(
                self,
                format!(
                    "it counts {} rows and sent {found}; ask again",
                    rows.count.unwrap_or_default()
                ),
            ));
        }
        Ok(Page::last(found))
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let name = match self.level {
            Level::Country => "dtm",
            Level::Admin1 => "dtm-admin1",
            Level::Admin2 => "dtm-admin2",
        };
        (name.into(), built_in(name).unwrap_or_default().into())
    }

    fn mapping_for(
        &self,
        pages: &[Capture],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        let (name, text) = self.mapping();
        let mut text = text.into_owned();
        if let Some(since) = self.caseload_since {
            text = text.replacen("[figure]\n", &format!("[figure]\nsince = \"{since}\"\n"), 1);
            let _ = write!(
                text,
                "\n[[ignore]]\nwhere = {{ reportingDate = {{ before = \"{since}\" }} }}\nbecause = \"rounds before the first day of the caseload\"\n"
            );
        }
        if !self.all_rounds {
            text.push_str(&self.earlier_rounds(pages)?);
        }
        Ok((name, text.into()))
    }

    fn settle(&self, reading: &mut Reading) -> Result<(), IngestError> {
        rounds::settle(self, reading)
    }

    fn describes(&self, answer: &[u8]) -> bool {
        serde_json::from_slice::<Envelope<Listed>>(answer).is_ok_and(|list| {
            !list.result.is_empty() && list.result.iter().all(|row| row.day.is_none())
        })
    }

    fn scope(&self) -> ScopeAsked {
        ScopeAsked {
            locations: self.country.iter().cloned().collect(),
            ..ScopeAsked::default()
        }
    }
}
