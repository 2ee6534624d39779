//! IDMC: the Global Internal Displacement Database, and the Internal Displacement Updates.
//!
//! The database is asked in pages; the updates are one file of all events, to which the address leads.
//! Its links to other pages hold the client id twice, so that none is followed: the next page is asked
//! for by its offset. Source: `https://helix-tools-api.idmcdb.org/external-api/`.

mod roles;

use std::borrow::Cow;

use chrono::Datelike as _;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::amended::amended_without;
use super::words::{add, add_places, country, listed};
use super::{Desk, IngestError, Page, Source};
use crate::fetch::{Kind, Request};
use crate::figure::{PlaceId, Span, coded_enum};
use crate::ledger::Reading;
use crate::table::{ScopeAsked, built_in};

const BASE: &str = "https://helix-tools-api.idmcdb.org/external-api";

/// The variable that holds the client id.
const KEY: &str = "HUMSTAT_IDMC_CLIENT_ID";

/// Rows of a page.
const ROWS: &str = "1000";

/// IDMC: people displaced within their country at the end of each year and displacements in it
/// (gidd), by disaster (gidd-disasters), and the displacement events of the last 180 days (idu)
///
/// Displacements are movements: one person may be displaced twice, and they are never added to people
/// who live in displacement. Of an event IDMC's recommended figures are recorded, which may be added up.
/// Where it recommends none, its rules take the figures for triangulation: of those of one place and
/// the same days the latest. All others are passed over and counted.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest idmc gidd --location SDN,UKR --period 2015..
  humstat ingest idmc gidd-disasters --location PHL --period 2024
  humstat ingest idmc idu
  humstat ingest idmc idu --file idus.json --retrieved 2026-06-20

The client id stands in HUMSTAT_IDMC_CLIENT_ID; it is free: write to ch.datainfo@idmc.ch.")]
pub struct Idmc {
    /// The table: gidd, gidd-disasters, idu or idu-all
    #[arg(default_value = "gidd")]
    table: Table,
    /// Only these countries; not for the updates, which come whole
    #[arg(long, value_name = "PLACE", value_delimiter = ',', value_parser = country)]
    location: Vec<PlaceId>,
    /// Only these years; either end may be open: 2010..2024
    #[arg(long, value_name = "FROM..TO")]
    period: Option<Span>,
}

coded_enum! {
    /// A table of IDMC.
    Table ("table of IDMC") {
        /// Countries and years: conflict and disaster, stock and flow.
        Gidd = "gidd",
        /// Disasters, one row a disaster in a country and year.
        Disasters = "gidd-disasters",
        /// Events of the last 180 days.
        Idu = "idu",
        /// All events.
        IduAll = "idu-all",
    }
}

/// What stands around the rows of a page of the database.
#[derive(Deserialize)]
struct Envelope {
    count: u64,
    results: Vec<IgnoredAny>,
}

/// What tells whether an event may be added up.
#[derive(Deserialize)]
struct Role {
    role: Option<String>,
}

impl Idmc {
    const fn path(&self) -> &'static str {
        match self.table {
            Table::Gidd => "gidd/displacements/",
            Table::Disasters => "gidd/disasters/",
            Table::Idu => "idus/last-180-days/",
            Table::IduAll => "idus/all/",
        }
    }

    const fn is_of_events(&self) -> bool {
        matches!(self.table, Table::Idu | Table::IduAll)
    }

    fn unexpected(&self, error: &serde_json::Error) -> IngestError {
        IngestError::unexpected(self, format!("it is no page of a table: {error}"))
    }
}

impl Source for Idmc {
    fn code(&self) -> &'static str {
        "idmc"
    }

    fn words(&self) -> Vec<String> {
        let mut words = vec![self.code().to_owned(), self.table.code().to_owned()];
        add_places(&mut words, "--location", &self.location);
        add(&mut words, "--period", self.period);
        words
    }

    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        if self.is_of_events() && !(self.location.is_empty() && self.period.is_none()) {
            return Err(IngestError::Usage(format!(
                "{} comes whole: leave --location and --period out, and choose when you read the figures",
                self.table
            )));
        }
        let request = Request::get(&format!("{BASE}/{}", self.path()))?
            .expecting(Kind::Json)
            .secret_query("client_id", desk.keys.get(KEY)?.clone())
            .hint("the client id in HUMSTAT_IDMC_CLIENT_ID may be wrong; ask ch.datainfo@idmc.ch");
        if self.is_of_events() {
            return Ok(vec![request]);
        }
        let mut request = request
            .query("format", "json")
            .query("release_environment", "RELEASE");
        if !self.location.is_empty() {
            request = request.query("iso3__in", &listed(&self.location));
        }
        let span = self.period.unwrap_or_default();
        for (name, day) in [("start_year", span.from), ("end_year", span.to)] {
            if let Some(day) = day {
                request = request.query(name, &day.year().to_string());
            }
        }
        Ok(vec![request.query("limit", ROWS).query("offset", "0")])
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        if self.is_of_events() {
            let events: Vec<Role> =
                serde_json::from_slice(answer).map_err(|error| self.unexpected(&error))?;
            if events.iter().any(|event| event.role.is_none()) {
                return Err(IngestError::unexpected(
                    self,
                    "its events have no `role`, which tells the figures that may be added up from those that only check them; copies on other sites lack it",
                ));
            }
            return Ok(Page::last(events.len() as u64));
        }
        let Envelope { count, results } =
            serde_json::from_slice(answer).map_err(|error| self.unexpected(&error))?;
        let rows = results.len() as u64;
        let Some(asked) = asked else {
            return Ok(Page::last(rows));
        };
        let offset = asked.parameter("offset").and_then(|text| text.parse().ok());
        let read = offset.unwrap_or(0) + rows;
        if rows == 0 && read < count {
            return Err(IngestError::unexpected(
                self,
                format!("after {read} of {count} rows it sent none; ask again"),
            ));
        }
        let next = (read < count).then(|| asked.clone().replacing("offset", &read.to_string()));
        Ok(Page {
            rows,
            // It may send fewer rows than asked for, so only their number is sure.
            pages: Some(count),
            next,
        })
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let name = match self.table {
            Table::Gidd => "idmc-gidd",
            Table::Disasters => "idmc-gidd-disasters",
            // Which of the figures for triangulation count is seen once all are read.
            Table::Idu | Table::IduAll => {
                return ("idmc-idu".into(), amended_without("idmc-idu", "ignore"));
            }
        };
        (name.into(), built_in(name).unwrap_or_default().into())
    }

    fn settle(&self, reading: &mut Reading) -> Result<(), IngestError> {
        if self.is_of_events() {
            roles::settle(self, reading)?;
        }
        Ok(())
    }

    fn remarks(&self, reading: &Reading) -> Vec<String> {
        if self.is_of_events() {
            roles::remarks(reading)
        } else {
            Vec::new()
        }
    }

    fn scope(&self) -> ScopeAsked {
        ScopeAsked {
            locations: self.location.clone(),
            ..ScopeAsked::default()
        }
    }
}
