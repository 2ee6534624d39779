//! Eurostat's tables of asylum and temporary protection, in persons rounded to five.
//!
//! Its interface is asked for no more dimensions than are needed. It keeps no earlier versions, so that
//! each answer counts as of the time of its update. Source:
//! `https://ec.europa.eu/eurostat/web/user-guides/data-browser/api-data-access/api-introduction`.

use std::borrow::Cow;

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;
use toml::Value;

use super::amended::amended;
use super::words::{add, add_places};
use super::{Desk, IngestError, Page, Source, first};
use crate::fetch::{FetchError, Kind, Request};
use crate::figure::{PlaceId, Span, coded_enum};
use crate::ledger::Capture;
use crate::place::{self, Place};
use crate::table::{self, Told};

const BASE: &str = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data";

/// Places that Eurostat writes otherwise than ISO, by id.
const OWN_CODES: [(&str, &str); 5] = [
    ("GRC", "EL"),
    ("GBR", "UK"),
    ("group:eu27-2020", "EU27_2020"),
    ("unhcr:STA", "STLS"),
    ("unhcr:UKN", "UNK"),
];

/// Eurostat: beneficiaries of temporary protection, decisions that grant it, and asylum applications, by
/// citizenship and country of the European Union and EFTA; no key needed
///
/// Numbers are rounded to five by Eurostat. Without --origin all citizenships together are asked for.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest eurostat migr_asytpsm --origin Ukraine --location Poland,Germany --period 2022-03..
  humstat ingest eurostat migr_asyappctzm --origin SYR,AFG --applicants first --period 2024
  humstat ingest eurostat migr_asytpsm --file estat_migr_asytpsm.csv --retrieved 2026-06-20

migr_asytpsm: beneficiaries of temporary protection at the end of the month; migr_asytpfm, migr_asytpfq
and migr_asytpfa: decisions that grant it in a month, a quarter, a year; migr_asyappctzm: asylum
applications in a month.")]
pub struct Eurostat {
    /// The table: migr_asytpsm, migr_asytpfm, migr_asytpfq, migr_asytpfa or migr_asyappctzm
    table: Table,
    /// Only people of these citizenships
    #[arg(long, visible_alias = "citizen", value_name = "PLACE", value_delimiter = ',', value_parser = asked_place)]
    origin: Vec<PlaceId>,
    /// Only people in these countries
    #[arg(long, visible_aliases = ["geo", "destination"], value_name = "PLACE", value_delimiter = ',', value_parser = asked_place)]
    location: Vec<PlaceId>,
    /// Only these days; either end may be open: 2022-03..
    #[arg(long, value_name = "FROM..TO")]
    period: Option<Span>,
    /// Also by sex, by age, or by both
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',')]
    by: Vec<Dimension>,
    /// Of asylum applications: all, or only first or subsequent ones
    #[arg(long, value_name = "WHICH", default_value = "all")]
    applicants: Applicants,
}

coded_enum! {
    /// A table of Eurostat.
    Table ("table of Eurostat") {
        /// Beneficiaries of temporary protection at the end of the month.
        Beneficiaries = "migr_asytpsm",
        /// Decisions that grant it, in a month.
        GrantedInMonth = "migr_asytpfm",
        /// Likewise in a quarter.
        GrantedInQuarter = "migr_asytpfq",
        /// Likewise in a year.
        GrantedInYear = "migr_asytpfa",
        /// Asylum applications in a month.
        Applications = "migr_asyappctzm",
    }
}

coded_enum! {
    /// What a table can be narrowed by.
    Dimension ("dimension of Eurostat") {
        /// By sex.
        Sex = "sex",
        /// By age.
        Age = "age",
    }
}

coded_enum! {
    /// Which asylum applications.
    Applicants ("kind of applicants") {
        /// All.
        All = "all",
        /// Those who apply for the first time.
        First = "first",
        /// Those who apply again.
        Subsequent = "subsequent",
    }
}

impl Table {
    /// The title that Eurostat gives it.
    const fn title(self) -> &'static str {
        match self {
            Self::Beneficiaries => {
                "Beneficiaries of temporary protection at the end of the month by citizenship, age and sex"
            }
            Self::GrantedInMonth => {
                "Decisions granting temporary protection by citizenship, age and sex, monthly"
            }
            Self::GrantedInQuarter => {
                "Decisions granting temporary protection by citizenship, age and sex, quarterly"
            }
            Self::GrantedInYear => {
                "Decisions granting temporary protection by citizenship, age and sex, annual"
            }
            Self::Applications => "Asylum applicants by type, citizenship, age and sex, monthly",
        }
    }

    /// The period of a day as it is asked for.
    fn time(self, day: NaiveDate) -> String {
        match self {
            Self::GrantedInQuarter => format!("{}-Q{}", day.year(), day.month0() / 3 + 1),
            Self::GrantedInYear => day.year().to_string(),
            Self::Beneficiaries | Self::GrantedInMonth | Self::Applications => {
                day.format("%Y-%m").to_string()
            }
        }
    }
}

impl Applicants {
    /// The code of Eurostat.
    const fn asked(self) -> &'static str {
        match self {
            Self::All => "TOTAL",
            Self::First => "FRST",
            Self::Subsequent => "SUBSQ",
        }
    }
}

/// The place that a word means, if Eurostat can be asked for it.
fn asked_place(word: &str) -> Result<PlaceId, String> {
    let place = place::find(word).map_err(|error| error.to_string())?;
    if eurostat_code(place).is_some() {
        return Ok(place.id.clone());
    }
    Err(format!(
        "{} has no code at Eurostat, whose tables are by country",
        place.name
    ))
}

/// The code that Eurostat writes a place with: of countries ISO's alpha-2 code, but for a few.
fn eurostat_code(place: &Place) -> Option<&'static str> {
    let own = OWN_CODES.iter().find(|(id, _)| *id == place.id.as_str());
    own.map(|(_, code)| *code).or(place.iso2)
}

/// Whether an answer is JSON and no delimited text.
fn is_json(answer: &[u8]) -> bool {
    answer.trim_ascii_start().starts_with(b"{")
}

/// What an answer says of itself.
#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    updated: Option<String>,
    #[serde(default)]
    warning: Option<serde_json::Value>,
    #[serde(default)]
    error: Option<serde_json::Value>,
}

impl Eurostat {
    /// The kinds of applicants as the mapping reads them. Eurostat has written all of them in two ways.
    fn application_type() -> Value {
        let codes = [
            ("TOTAL", ""),
            ("ASY_APP", ""),
            ("FRST", "N"),
            ("NASY_APP", "N"),
            ("SUBSQ", "R"),
        ];
        let codes: toml::Table = codes
            .into_iter()
            .map(|(code, ours)| (code.to_owned(), Value::from(ours)))
            .collect();
        let mut source = toml::Table::new();
        source.insert("column".to_owned(), "applicant".into());
        source.insert("codes".to_owned(), codes.into());
        source.into()
    }

    /// The mapping of JSON-stat, as the interface sends it, or of SDMX-CSV, as people save it.
    fn mapping_of(&self, is_json: bool) -> (Cow<'static, str>, Cow<'static, str>) {
        let table = self.table;
        let url = format!("https://ec.europa.eu/eurostat/databrowser/view/{table}/default/table");
        let mut amendments: Vec<(&str, Value)> = vec![
            (
                "publication.title",
                format!("{} ({table})", table.title()).into(),
            ),
            ("publication.url", url.into()),
        ];
        if table != Table::Beneficiaries {
            let mut time = toml::Table::new();
            time.insert("column".to_owned(), "time".into());
            amendments.push(("figure.period", time.into()));
            amendments.push(("figure.measure", "flow".into()));
        }
        match table {
            Table::Beneficiaries => {
                amendments.push(("figure.breakdown.definition", "temporary_protection".into()))
            }
            Table::GrantedInMonth | Table::GrantedInQuarter | Table::GrantedInYear => {
                amendments.push(("figure.indicator", "asylum_decisions".into()));
                amendments.push((
                    "figure.breakdown.definition",
                    "temporary_protection_granted".into(),
                ));
            }
            Table::Applications => {
                amendments.push(("figure.indicator", "asylum_applications".into()));
                amendments.push((
                    "figure.breakdown.application_type",
                    Self::application_type(),
                ));
            }
        }
        if !is_json {
            for (path, column) in [
                ("figure.period.column", "TIME_PERIOD"),
                ("figure.value.column", "OBS_VALUE"),
                ("figure.status.column", "OBS_FLAG"),
                ("figure.notes.column", "OBS_FLAG"),
                ("publication.published.column", "LAST UPDATE"),
                ("publication.published.format", "%d/%m/%y %H:%M:%S"),
            ] {
                amendments.push((path, column.into()));
            }
        }
        ("eurostat".into(), amended("eurostat", amendments))
    }
}

impl Source for Eurostat {
    fn code(&self) -> &'static str {
        "eurostat"
    }

    fn words(&self) -> Vec<String> {
        let mut said = vec![self.code().to_owned(), self.table.to_string()];
        add_places(&mut said, "--origin", &self.origin);
        add_places(&mut said, "--location", &self.location);
        add(&mut said, "--period", self.period);
        if !self.by.is_empty() {
            let by: Vec<&str> = self.by.iter().map(|by| by.code()).collect();
            said.extend(["--by".to_owned(), by.join(",")]);
        }
        if self.applicants != Applicants::All {
            add(&mut said, "--applicants", Some(self.applicants));
        }
        said
    }

    fn requests(&self, _desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        if self.applicants != Applicants::All && self.table != Table::Applications {
            return Err(IngestError::Usage(
                "--applicants is of migr_asyappctzm alone".to_owned(),
            ));
        }
        let mut request = Request::get(&format!("{BASE}/{}", self.table))?
            .expecting(Kind::Json)
            .query("format", "JSON")
            .query("lang", "EN")
            .query("unit", "PER");
        for (by, name, all) in [
            (Dimension::Sex, "sex", "T"),
            (Dimension::Age, "age", "TOTAL"),
        ] {
            if !self.by.contains(&by) {
                request = request.query(name, all);
            }
        }
        if self.table == Table::Applications {
            request = request.query("applicant", self.applicants.asked());
        }
        if self.origin.is_empty() {
            request = request.query("citizen", "TOTAL");
        }
        for (name, places) in [("citizen", &self.origin), ("geo", &self.location)] {
            for code in places
                .iter()
                .filter_map(place::place)
                .filter_map(eurostat_code)
            {
                request = request.query(name, code);
            }
        }
        let span = self.period.unwrap_or_default();
        for (name, day) in [("sinceTimePeriod", span.from), ("untilTimePeriod", span.to)] {
            if let Some(day) = day {
                request = request.query(name, &self.table.time(day));
            }
        }
        Ok(vec![request])
    }

    fn page(&self, _asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let is_json = is_json(answer);
        if is_json {
            let envelope: Envelope = serde_json::from_slice(answer).map_err(|error| {
                IngestError::unexpected(self, format!("it is no table of JSON-stat: {error}"))
            })?;
            if let Some(said) = envelope.error.or(envelope.warning) {
                return Err(IngestError::unexpected(
                    self,
                    format!("{said}; ask for fewer citizenships, countries or months at a time"),
                ));
            }
        }
        let outline = table::outline(&Capture::new("the answer", answer.to_vec()))
            .map_err(|error| IngestError::unexpected(self, error.to_string()))?;
        let (value, rows) = if is_json {
            ("value", outline.rows)
        } else {
            ("OBS_VALUE", outline.rows.saturating_sub(1))
        };
        // A cube without a number has no row, and then no names either.
        if rows > 0 && !outline.names(value) {
            return Err(IngestError::unexpected(
                self,
                format!("it is neither JSON-stat nor SDMX-CSV: it has no `{value}`"),
            ));
        }
        Ok(Page::last(rows))
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        self.mapping_of(true)
    }

    fn mapping_for(
        &self,
        pages: &[Capture],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        Ok(self.mapping_of(is_json(&first(self, pages)?)))
    }

    fn told(&self, _about: &[Capture], pages: &[Capture]) -> Result<Told, IngestError> {
        // SDMX-CSV says it in a column.
        let envelope: Option<Envelope> = serde_json::from_slice(&first(self, pages)?).ok();
        let updated = envelope.and_then(|envelope| envelope.updated);
        Ok(Told {
            published: updated.and_then(|time| time.parse().ok()),
            ..Told::default()
        })
    }

    fn explained(&self, error: FetchError) -> IngestError {
        match error.status() {
            Some(400 | 404) => IngestError::Usage(format!(
                "{error}; Eurostat knows one of the places, or the table, by no such code"
            )),
            Some(413) => IngestError::Usage(format!(
                "{error}; ask for fewer citizenships, countries or months at a time"
            )),
            _ => error.into(),
        }
    }
}
