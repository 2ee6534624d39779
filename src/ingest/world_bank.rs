//! World Development Indicators of the World Bank, as they stand and as they stood in versions that it
//! keeps: a record for each country and year, in persons.
//!
//! Its answers to a wrong word have the status of a right one and hold a message. Groups of countries
//! stand among countries; they are known by their codes, left out and counted. Source:
//! `https://datahelpdesk.worldbank.org/knowledgebase/articles/889392`; versions:
//! `https://api.worldbank.org/v2/sources/57/version/data?format=json`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::Datelike as _;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::amended::amended;
use super::words::{add, add_places, country, listed};
use super::{Desk, IngestError, Page, Source, first};
use crate::fetch::{Kind, Request};
use crate::figure::{PlaceId, Span, coded_enum};
use crate::ledger::Capture;
use crate::table::{ScopeAsked, Told};

const BASE: &str = "https://api.worldbank.org/v2";

/// Where the versions that it keeps are listed.
const VERSIONS: &str = "https://api.worldbank.org/v2/sources/57/version/data?format=json";

/// Rows of a page; all of an indicator fit.
const ROWS: &str = "20000";

/// The first year of the indicators.
const FIRST_YEAR: i32 = 1960;

/// World Bank: refugees by asylum or origin, the internally displaced, deaths in battle and population,
/// by country and year; no key needed
///
/// The figures are those of UNHCR, IDMC, UCDP and UN DESA as the World Bank passes them on. Its own
/// groups of countries are left out and counted.
#[derive(Debug, Clone, clap::Args)]
#[command(
    disable_version_flag = true,
    after_help = "\
Examples:
  humstat ingest world-bank SM.POP.REFG --country UKR,DEU --period 2010..
  humstat ingest world-bank SM.POP.REFG SP.POP.TOTL
  humstat ingest world-bank SM.POP.REFG --version 2018-07
  humstat ingest world-bank SM.POP.REFG --file refugees.json --retrieved 2026-06-20

SM.POP.REFG: refugees by country of asylum; SM.POP.REFG.OR: by origin; VC.IDP.TOTL.HE: internally
displaced people, high estimate; VC.BTL.DETH: deaths in battle; SP.POP.TOTL: population."
)]
pub struct WorldBank {
    /// The indicators: SM.POP.REFG, SM.POP.REFG.OR, VC.IDP.TOTL.HE, VC.BTL.DETH or SP.POP.TOTL
    #[arg(required = true, value_name = "CODE")]
    indicator: Vec<Indicator>,
    /// Only these countries
    #[arg(long, value_name = "PLACE", value_delimiter = ',', value_parser = country)]
    country: Vec<PlaceId>,
    /// Only these years; either end may be open: 2010..2024
    #[arg(long, value_name = "FROM..TO", conflicts_with = "archived")]
    period: Option<Span>,
    /// As it stood in a version that the World Bank keeps, by year and month: 2018-07
    #[arg(long = "version", value_name = "MONTH")]
    archived: Option<Archived>,
}

coded_enum! {
    /// An indicator that has a word of ours.
    Indicator ("indicator of the World Bank") {
        /// Refugees by country of asylum.
        Refugees = "SM.POP.REFG",
        /// Refugees by country of origin.
        RefugeesByOrigin = "SM.POP.REFG.OR",
        /// The internally displaced, high estimate.
        Displaced = "VC.IDP.TOTL.HE",
        /// Deaths in battle.
        BattleDeaths = "VC.BTL.DETH",
        /// Population at mid-year.
        Population = "SP.POP.TOTL",
    }
}

/// A version that is kept, by its year and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Archived {
    year: u16,
    month: u16,
}

impl FromStr for Archived {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (year, month) = word.trim().split_once('-')?;
            let is_form = year.len() == 4 && month.len() == 2;
            let (year, month) = (year.parse().ok()?, month.parse().ok()?);
            let is_month = (1989..=2100).contains(&year) && (1..=12).contains(&month);
            (is_form && is_month).then_some(Self { year, month })
        };
        read().ok_or_else(|| {
            format!(
                "a version is written as year and month, such as 2018-07; {VERSIONS} lists them"
            )
        })
    }
}

impl fmt::Display for Archived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// What stands before the rows of a page.
#[derive(Deserialize)]
struct Meta {
    page: u64,
    pages: u64,
    #[serde(default)]
    lastupdated: Option<String>,
}

/// What the World Bank answers.
#[derive(Deserialize)]
#[serde(untagged)]
enum Envelope {
    /// That something is wrong.
    Refusals([Refusal; 1]),
    /// The same of a version.
    Refusal(Refusal),
    /// A page of the current version.
    Current(Meta, Option<Vec<IgnoredAny>>),
    /// A page of a version that is kept.
    Archived {
        #[serde(flatten)]
        meta: Meta,
        source: Kept,
    },
}

#[derive(Deserialize)]
struct Kept {
    data: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Refusal {
    message: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    value: String,
}

impl WorldBank {
    fn request(&self, indicator: Indicator, desk: &Desk<'_>) -> Result<Request, IngestError> {
        let countries = if self.country.is_empty() {
            "all".to_owned()
        } else {
            listed(&self.country).replace(',', ";")
        };
        let url = match self.archived {
            None => format!("{BASE}/country/{countries}/indicator/{indicator}"),
            Some(Archived { year, month }) => format!(
                "{BASE}/sources/57/country/{countries}/series/{indicator}/time/all/version/{year}{month:02}/data"
            ),
        };
        let mut request = Request::get(&url)?
            .expecting(Kind::Json)
            .query("format", "json")
            .query("per_page", ROWS);
        if let Some(span) = self.period {
            let from = span.from.map_or(FIRST_YEAR, |day| day.year());
            let to = span.to.map_or(desk.now.day().year(), |day| day.year());
            request = request.query("date", &format!("{from}:{to}"));
        }
        Ok(request.query("page", "1"))
    }

    fn envelope(&self, answer: &[u8]) -> Result<(Meta, u64), IngestError> {
        let refused = |refusal: &Refusal| {
            let said: Vec<&str> = refusal
                .message
                .iter()
                .map(|message| message.value.as_str())
                .collect();
            let way_out = match self.archived {
                Some(_) => format!("; versions are listed at {VERSIONS}"),
                None => "; it may know one of the countries by no code".to_owned(),
            };
            IngestError::unexpected(self, format!("\"{}\"{way_out}", said.join(" ")))
        };
        match serde_json::from_slice(answer) {
            Ok(Envelope::Current(meta, rows)) => {
                let rows = rows.map_or(0, |rows| rows.len() as u64);
                Ok((meta, rows))
            }
            Ok(Envelope::Archived { meta, source }) => Ok((meta, source.data.len() as u64)),
            Ok(Envelope::Refusals([refusal]) | Envelope::Refusal(refusal)) => {
                Err(refused(&refusal))
            }
            Err(error) => Err(IngestError::unexpected(
                self,
                format!("it is no page of an indicator: {error}"),
            )),
        }
    }
}

impl Source for WorldBank {
    fn code(&self) -> &'static str {
        "world-bank"
    }

    fn words(&self) -> Vec<String> {
        let mut said = vec![self.code().to_owned()];
        said.extend(self.indicator.iter().map(ToString::to_string));
        add_places(&mut said, "--country", &self.country);
        add(&mut said, "--period", self.period);
        add(&mut said, "--version", self.archived);
        said
    }

    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        self.indicator
            .iter()
            .map(|indicator| self.request(*indicator, desk))
            .collect()
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let (meta, rows) = self.envelope(answer)?;
        let Some(asked) = asked else {
            return Ok(Page::last(rows));
        };
        // An indicator without rows says that it is at page 0 of 0.
        if rows > 0 && asked.parameter("page") != Some(meta.page.to_string()) {
            return Err(IngestError::unexpected(
                self,
                format!("it sent page {}, which was not asked for", meta.page),
            ));
        }
        if rows == 0 && asked.parameter("page").as_deref() == Some("1") {
            return Err(IngestError::Nothing {
                source_code: self.code(),
            });
        }
        let is_before_last = meta.page < meta.pages;
        if rows == 0 && is_before_last {
            return Err(IngestError::unexpected(
                self,
                format!("page {} of {} is empty; ask again", meta.page, meta.pages),
            ));
        }
        let following = (meta.page + 1).to_string();
        Ok(Page {
            rows,
            pages: Some(meta.pages),
            next: is_before_last.then(|| asked.clone().replacing("page", &following)),
        })
    }

    fn scope(&self) -> ScopeAsked {
        let code = |indicator: &Indicator| match indicator {
            Indicator::Refugees | Indicator::RefugeesByOrigin => "refugees",
            Indicator::Displaced => "idps",
            Indicator::BattleDeaths => "killed",
            Indicator::Population => "population",
        };
        ScopeAsked {
            indicators: self
                .indicator
                .iter()
                .map(|of| code(of).to_owned())
                .collect(),
            ..ScopeAsked::default()
        }
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        const NAME: &str = "worldbank-api";
        let Some(archived) = self.archived else {
            return (NAME.into(), amended(NAME, Vec::new()));
        };
        let title = format!("World Development Indicators, version of {archived}");
        let text = amended(
            NAME,
            vec![
                ("publication.title", title.into()),
                ("table.path", "source.data".into()),
            ],
        );
        // Versions name the same columns otherwise.
        let text = [
            ("indicator.id", "Series"),
            ("countryiso3code", "Country"),
            ("\"date\"", "\"Time.value\""),
        ]
        .iter()
        .fold(text.into_owned(), |text, (name, kept)| {
            text.replace(name, kept)
        });
        (NAME.into(), text.into())
    }

    fn told(&self, _about: &[Capture], pages: &[Capture]) -> Result<Told, IngestError> {
        let published = match self.archived {
            Some(archived) => archived.to_string().parse().ok(),
            None => {
                let (meta, _) = self.envelope(&first(self, pages)?)?;
                meta.lastupdated.and_then(|day| day.parse().ok())
            }
        };
        Ok(Told {
            published,
            ..Told::default()
        })
    }
}
