//! UNHCR's Refugee Statistics API: population, asylum and solutions by origin and asylum, a year a row.
//!
//! What it does in silence is why each request is built whole here: a parameter that it does not know,
//! a bound of years without the other, or codes that are not ISO's give other figures, not an error.
//! Source: `https://api.unhcr.org/docs/refugee-statistics.html`.

use std::borrow::Cow;

use chrono::Datelike as _;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::words::{add, add_places, country, listed};
use super::{Desk, IngestError, Page, Source};
use crate::fetch::{Kind, Request};
use crate::figure::{PlaceId, Span, coded_enum};
use crate::table::{ScopeAsked, built_in};

const BASE: &str = "https://api.unhcr.org/population/v1";

/// Rows of a page; the API honours up to 15,000.
const ROWS: &str = "10000";

/// The first year of any of its tables.
const FIRST_YEAR: i32 = 1951;

/// UNHCR's Refugee Data Finder: refugees, asylum-seekers, displaced and stateless people by origin and
/// asylum since 1951, asylum applications and decisions, solutions; no key needed
///
/// Without --origin and --location all pairs of countries are asked for. What is asked for in part
/// takes back nothing of the rest.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest unhcr population --origin SYR --period 2011..2025
  humstat ingest unhcr asylum-decisions --location DEU
  humstat ingest unhcr population --file page-1.json page-2.json --retrieved 2026-06-20")]
pub struct Unhcr {
    /// The table: population, asylum-applications, asylum-decisions, solutions, unrwa or idmc
    #[arg(default_value = "population")]
    table: Table,
    /// Only people from these countries
    #[arg(long, value_name = "PLACE", value_delimiter = ',', value_parser = country)]
    origin: Vec<PlaceId>,
    /// Only people in these countries
    #[arg(long, visible_aliases = ["asylum", "destination"], value_name = "PLACE", value_delimiter = ',', value_parser = country)]
    location: Vec<PlaceId>,
    /// Only these years; either end may be open: 2010..2024
    #[arg(long, value_name = "FROM..TO")]
    period: Option<Span>,
}

coded_enum! {
    /// A table of the API.
    Table ("table of UNHCR") {
        /// Who is where at the end of the year, or in its middle.
        Population = "population",
        /// Applications for asylum.
        Applications = "asylum-applications",
        /// Decisions on them.
        Decisions = "asylum-decisions",
        /// Returns, resettlement, naturalisation.
        Solutions = "solutions",
        /// Palestine refugees registered by UNRWA.
        Unrwa = "unrwa",
        /// The internally displaced, after IDMC.
        Idmc = "idmc",
    }
}

/// What stands around the rows of an answer.
#[derive(Deserialize)]
struct Envelope {
    page: u64,
    #[serde(rename = "maxPages")]
    pages: u64,
    items: Vec<IgnoredAny>,
}

impl Unhcr {
    fn request(&self, desk: &Desk<'_>) -> Result<Request, IngestError> {
        let url = format!("{BASE}/{}/", self.table.code());
        let span = self.period.unwrap_or_default();
        // Next year is asked for too: it costs nothing, and no clock is to cut off what is there.
        let last = desk.now.day().year() + 1;
        let from = span.from.map_or(FIRST_YEAR, |day| day.year());
        let to = span.to.map_or(last, |day| day.year());
        let mut request = Request::get(&url)?
            .expecting(Kind::Json)
            .query("cf_type", "ISO")
            .query("yearFrom", &from.to_string())
            .query("yearTo", &to.to_string())
            .query("limit", ROWS);
        // `coo_all` would overrule a list, so that only one of the two is sent.
        for (name, all, places) in [
            ("coo", "coo_all", &self.origin),
            ("coa", "coa_all", &self.location),
        ] {
            request = if places.is_empty() {
                request.query(all, "true")
            } else {
                request.query(name, &listed(places))
            };
        }
        Ok(request)
    }
}

impl Source for Unhcr {
    fn code(&self) -> &'static str {
        "unhcr"
    }

    fn words(&self) -> Vec<String> {
        let mut words = vec![self.code().to_owned(), self.table.code().to_owned()];
        add_places(&mut words, "--origin", &self.origin);
        add_places(&mut words, "--location", &self.location);
        add(&mut words, "--period", self.period);
        words
    }

    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        let request = self.request(desk)?;
        Ok(vec![request.query("page", "1")])
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let envelope: Envelope = serde_json::from_slice(answer).map_err(|error| {
            IngestError::unexpected(self, format!("it is no page of a table: {error}"))
        })?;
        let Envelope { page, pages, items } = envelope;
        let rows = items.len() as u64;
        let Some(asked) = asked else {
            return Ok(Page::last(rows));
        };
        if asked.parameter("page") != Some(page.to_string()) {
            return Err(IngestError::unexpected(
                self,
                format!("it sent page {page}, which was not asked for"),
            ));
        }
        if rows == 0 && page < pages {
            return Err(IngestError::unexpected(
                self,
                format!("page {page} of {pages} is empty; ask again"),
            ));
        }
        let next = (page < pages).then(|| asked.clone().replacing("page", &(page + 1).to_string()));
        Ok(Page {
            rows,
            pages: Some(pages),
            next,
        })
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let name = match self.table {
            Table::Population => "unhcr-population",
            Table::Applications => "unhcr-applications",
            Table::Decisions => "unhcr-decisions",
            Table::Solutions => "unhcr-solutions",
            Table::Unrwa => "unrwa",
            Table::Idmc => "unhcr-idmc",
        };
        (name.into(), built_in(name).unwrap_or_default().into())
    }

    fn scope(&self) -> ScopeAsked {
        ScopeAsked {
            origins: self.origin.clone(),
            locations: self.location.clone(),
            ..ScopeAsked::default()
        }
    }
}
