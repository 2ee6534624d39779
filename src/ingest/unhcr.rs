//! UNHCR's Refugee Statistics API: population, its sex and age, asylum and solutions by origin and
//! asylum, a year a row; refugees and asylum-seekers as estimated for the current month; the workbook
//! of people who fled in each year; and what its download page gives.
//!
//! What it does in silence is why each request is built whole here: a parameter that it does not know,
//! a bound of years without the other, or codes that are not ISO's give other figures, not an error.
//! Source: `https://api.unhcr.org/docs/refugee-statistics.html`.

mod download;
mod footnotes;

use std::borrow::Cow;

use chrono::Datelike as _;
use serde::Deserialize;
use serde::de::IgnoredAny;

use download::Download;

use super::amended::amended;
use super::words::{add, add_places, country, listed};
use super::{Desk, IngestError, Page, Source, first, whole};
use crate::fetch::{Kind, Request};
use crate::figure::{PlaceId, Span, coded_enum};
use crate::ledger::Capture;
use crate::table::{self, Footnote, ScopeAsked, Told, built_in};

/// The workbook of flows.
const FLOWS: &str = "https://www.unhcr.org/refugee-statistics/insights/data/UNHCR_Flow_Data.xlsx";

/// The page that leads to it, without which it is not given.
const FLOWS_FROM: &str = "https://www.unhcr.org/refugee-statistics/";

/// The name to ask for it under, since programs that say what they are get none.
const BROWSER: &str = "Mozilla/5.0 (compatible; humstat)";

/// The columns by which the table of flows is known.
const OF_FLOWS: [&str; 5] = ["Year", "OriginISO", "AsylumISO", "PT", "Count"];

const BASE: &str = "https://api.unhcr.org/population/v1";

/// Rows of a page; the API honours up to 15,000.
const ROWS: &str = "10000";

/// The first year of any of its tables.
const FIRST_YEAR: i32 = 1951;

/// UNHCR's Refugee Data Finder: refugees, asylum-seekers, displaced and stateless people by origin and
/// asylum since 1951, by sex and age since 2001, asylum applications and decisions, solutions,
/// estimates for the current month, and people who fled in each year (flows); no key needed
///
/// Without --origin and --location all pairs of countries are asked for. What is asked for in part
/// takes back nothing of the rest. Flows come whole, as a workbook.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest unhcr population --origin SYR --period 2011..2025
  humstat ingest unhcr population --location RWA --footnotes
  humstat ingest unhcr asylum-decisions --location DEU
  humstat ingest unhcr demographics --origin UKR --period 2022..
  humstat ingest unhcr nowcasting --location DEU,POL
  humstat ingest unhcr population --file page-1.json page-2.json --retrieved 2026-06-20

  humstat ingest unhcr population --file download.zip
  humstat ingest unhcr flows --file UNHCR_Flow_Data.xlsx --retrieved 2026-06-20

Among the files may be the answer with the footnotes. What https://www.unhcr.org/refugee-statistics/download
gives is read as it comes, with all population types: it says itself when it was last updated.")]
pub struct Unhcr {
    /// The table: population, demographics, asylum-applications, asylum-decisions, solutions, unrwa,
    /// idmc, nowcasting or flows
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
    /// Ask for UNHCR's footnotes too, and keep each beside the new figures that it speaks of
    #[arg(long)]
    footnotes: bool,
}

coded_enum! {
    /// A table of the API.
    Table ("table of UNHCR") {
        /// Who is where at the end of the year, or in its middle.
        Population = "population",
        /// The same by sex and age, as far as they are known.
        Demographics = "demographics",
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
        /// Refugees and asylum-seekers of the current month by country of asylum, as estimated.
        Nowcasting = "nowcasting",
        /// People who fled across a border in a year, since 1962.
        Flows = "flows",
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
        self.refuse_what_means_nothing()?;
        let url = format!("{BASE}/{}/", self.table.code());
        let mut request = Request::get(&url)?
            .expecting(Kind::Json)
            .query("cf_type", "ISO");
        if self.table != Table::Nowcasting {
            let span = self.period.unwrap_or_default();
            // Next year is asked for too: it costs nothing, and no clock is to cut off what is there.
            let last = desk.now.day().year() + 1;
            let from = span.from.map_or(FIRST_YEAR, |day| day.year());
            let to = span.to.map_or(last, |day| day.year());
            request = request
                .query("yearFrom", &from.to_string())
                .query("yearTo", &to.to_string());
        }
        request = request.query("limit", ROWS);
        if self.table == Table::Demographics {
            // Places within a country are not asked for, so that a row is of a whole one.
            request = request.query("ptype_show", "true");
        }
        if self.table != Table::Nowcasting {
            request = of_countries(request, "coo", &self.origin);
        }
        Ok(of_countries(request, "coa", &self.location))
    }

    fn request_for_flows() -> Result<Request, IngestError> {
        Ok(Request::get(FLOWS)?
            .expecting(Kind::Zip)
            .user_agent(BROWSER)
            .header("Referer", FLOWS_FROM)
            .hint("save the workbook from the page of UNHCR's flow data, and give it with --file"))
    }

    /// A page of the workbook of flows, or of the same as CSV.
    fn page_of_flows(&self, answer: &[u8]) -> Result<Page, IngestError> {
        let outline = table::outline(&Capture::new("the file", answer.to_vec()))
            .map_err(|error| IngestError::unexpected(self, error.to_string()))?;
        // Of a workbook the first sheet may be another one; the reader finds the table by its columns.
        let missing = outline.lacks(&OF_FLOWS);
        if !answer.starts_with(b"PK") && !missing.is_empty() {
            return Err(IngestError::unexpected(
                self,
                format!("it is no table of flows: it has no {}", missing.join(", ")),
            ));
        }
        Ok(Page::last(outline.rows.saturating_sub(1).max(1)))
    }

    /// A saved file of the download page; none where the answer is one of the API.
    fn download(&self, answer: &[u8]) -> Result<Option<Download>, IngestError> {
        if answer.trim_ascii_start().starts_with(b"{") || self.table == Table::Flows {
            return Ok(None);
        }
        let found = download::open(answer).map_err(|error| IngestError::unexpected(self, error))?;
        if found.is_some() && self.table != Table::Population {
            return Err(IngestError::Usage(format!(
                "this is the download page's file of population, and {} was asked for: write `humstat ingest unhcr population --file …`",
                self.table
            )));
        }
        Ok(found)
    }

    /// The request for the footnotes on all tables, which nothing narrows.
    fn request_for_footnotes() -> Result<Request, IngestError> {
        let request = Request::get(&format!("{BASE}/footnotes/"))?;
        Ok(request.expecting(Kind::Json).query("limit", ROWS))
    }

    /// Refuses words that the API would pass over in silence, or that have no answer.
    fn refuse_what_means_nothing(&self) -> Result<(), IngestError> {
        let has_types = matches!(self.table, Table::Population | Table::Demographics);
        if self.footnotes && !has_types {
            return Err(IngestError::Usage(format!(
                "footnotes are on population types, which {} does not hold: leave --footnotes out, or ask for population or demographics",
                self.table
            )));
        }
        if self.table == Table::Flows
            && !(self.origin.is_empty() && self.location.is_empty() && self.period.is_none())
        {
            return Err(IngestError::Usage(
                "flows come whole: leave --origin, --location and --period out, and choose when you read the figures".to_owned(),
            ));
        }
        if self.table != Table::Nowcasting {
            return Ok(());
        }
        let option = match (self.origin.is_empty(), self.period) {
            (false, _) => "--origin",
            (true, Some(_)) => "--period",
            (true, None) => return Ok(()),
        };
        Err(IngestError::Usage(format!(
            "nowcasting is of the current month and of all origins together, so {option} narrows nothing: leave it out, or ask for population, which is by origin and year"
        )))
    }
}

/// A request that asks for these countries, or for all of them, each as a row.
fn of_countries(request: Request, name: &str, places: &[PlaceId]) -> Request {
    // With a list `coo_all` would overrule it, so that only one of the two is sent.
    if places.is_empty() {
        request.query(&format!("{name}_all"), "true")
    } else {
        request.query(name, &listed(places))
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
        if self.footnotes {
            words.push("--footnotes".to_owned());
        }
        words
    }

    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        if self.table == Table::Flows {
            self.refuse_what_means_nothing()?;
            return Ok(vec![Self::request_for_flows()?]);
        }
        let mut requests = vec![self.request(desk)?];
        if self.footnotes {
            requests.push(Self::request_for_footnotes()?);
        }
        let first = |request: Request| request.query("page", "1");
        Ok(requests.into_iter().map(first).collect())
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        self.refuse_what_means_nothing()?;
        if self.table == Table::Flows {
            return self.page_of_flows(answer);
        }
        if asked.is_none()
            && let Some(download) = self.download(answer)?
        {
            return Ok(Page::last(download.rows));
        }
        let envelope: Envelope = serde_json::from_slice(answer).map_err(|error| {
            IngestError::unexpected(self, format!("it is no page of a table: {error}"))
        })?;
        let Envelope { page, pages, items } = envelope;
        let held = items.len() as u64;
        // Footnotes are no rows of the table.
        let rows = if self.describes(answer) { 0 } else { held };
        let Some(asked) = asked else {
            let page = Page::last(rows);
            return Ok(if rows > 0 { page.of(pages) } else { page });
        };
        if asked.parameter("page") != Some(page.to_string()) {
            return Err(IngestError::unexpected(
                self,
                format!("it sent page {page}, which was not asked for"),
            ));
        }
        if held == 0 && page < pages {
            return Err(IngestError::unexpected(
                self,
                format!("page {page} of {pages} is empty; ask again"),
            ));
        }
        if asked
            .public_url()
            .starts_with(&format!("{BASE}/footnotes/"))
            && rows == held
        {
            return Err(IngestError::unexpected(
                self,
                "it holds no footnotes; leave --footnotes out to do without them",
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
            Table::Demographics => "unhcr-demographics",
            Table::Applications => "unhcr-applications",
            Table::Decisions => "unhcr-decisions",
            Table::Solutions => "unhcr-solutions",
            Table::Unrwa => "unrwa",
            Table::Idmc => "unhcr-idmc",
            Table::Nowcasting => "unhcr-nowcasting",
            Table::Flows => "unhcr-flows",
        };
        (name.into(), built_in(name).unwrap_or_default().into())
    }

    fn mapping_for(
        &self,
        pages: &[Capture],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        let Some(download) = self.download(&first(self, pages)?)? else {
            return Ok(self.mapping());
        };
        let member = download.member;
        let member = member.map(|member| ("table.file", member.into()));
        Ok((
            "unhcr-download".into(),
            amended("unhcr-download", member.into_iter().collect()),
        ))
    }

    fn describes(&self, answer: &[u8]) -> bool {
        let is_saved = || {
            let text = String::from_utf8_lossy(answer);
            footnotes::read_csv(&text).is_some()
        };
        footnotes::read(answer).is_some() || is_saved()
    }

    fn footnotes(
        &self,
        about: &[Capture],
        pages: &[Capture],
    ) -> Result<Vec<Footnote>, IngestError> {
        let mut all = Vec::new();
        for answer in about {
            let bytes = whole(answer)?;
            let text = String::from_utf8_lossy(&bytes);
            let found = footnotes::read(&bytes).or_else(|| footnotes::read_csv(&text));
            all.extend(found.into_iter().flatten());
        }
        for page in pages {
            let download = self.download(&whole(page)?)?.unwrap_or_default();
            all.extend(download.footnotes);
        }
        Ok(all)
    }

    fn told(&self, _about: &[Capture], pages: &[Capture]) -> Result<Told, IngestError> {
        let download = self.download(&first(self, pages)?)?;
        Ok(Told {
            published: download.and_then(|download| download.updated),
            ..Told::default()
        })
    }

    fn scope(&self) -> ScopeAsked {
        ScopeAsked {
            whole: self.table == Table::Flows,
            origins: self.origin.clone(),
            locations: self.location.clone(),
            ..ScopeAsked::default()
        }
    }
}
