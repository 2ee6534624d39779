//! Charts of Our World in Data: one column of figures by entity and year or day, with who provided
//! them and how they define them.
//!
//! A chart is asked for as an archive that holds the table and what is said of it. Neither says which of
//! our indicators it is, whether it is a stock or a flow, or where its entities stand: the command line
//! does. Source: `https://docs.owid.io/projects/etl/api/chart-api/`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::str::FromStr;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Value;
use zip::ZipArchive;

use super::amended::{amended, rearranged};
use super::words::add;
use super::{Desk, IngestError, Page, Source, first};
use crate::fetch::{FetchError, Kind, Request};
use crate::figure::{Measure, coded_enum};
use crate::ledger::Capture;
use crate::table::{self, Outline, Told};
use crate::vocabulary;

const BASE: &str = "https://ourworldindata.org/grapher";

/// Columns that are no figures, as charts have named them.
const ENTITY: [&str; 2] = ["Entity", "entity"];
const CODE: [&str; 2] = ["Code", "code"];
const YEAR: [&str; 2] = ["Year", "year"];
const DAY: [&str; 4] = ["Day", "day", "Date", "date"];

/// A chart of Our World in Data, by its slug: the last part of its address; no key needed
///
/// Give what the chart counts and how, for it does not say so. Rows of continents and of income groups
/// are left out and counted: they follow definitions of its own.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest owid deaths-in-armed-conflicts --indicator killed --measure flow
  humstat ingest owid refugee-population-by-country-of-origin --indicator refugees --measure stock \\
      --entities origin --day year-end
  humstat ingest owid idps --indicator idps --measure stock --day year-end --file idps.zip --retrieved 2026-06-20

A saved chart is the archive that \"Download data\" offers, with the table and its metadata.")]
pub struct Owid {
    /// The last part of the chart's address
    slug: Slug,
    /// What is counted, by our code; `humstat indicators` lists them
    #[arg(long, value_name = "CODE", value_parser = indicator)]
    indicator: String,
    /// stock, flow or cumulative
    #[arg(long, value_name = "MEASURE")]
    measure: Measure,
    /// The column of figures, where the chart has several
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// What the chart's entities are: where people are or it happened, or where people come from
    #[arg(long, value_name = "WHAT", default_value = "location")]
    entities: Entities,
    /// The day of the year that a yearly stock or cumulative is of
    #[arg(long, value_name = "DAY")]
    day: Option<Day>,
    /// First day of a cumulative
    #[arg(long, value_name = "DAY")]
    since: Option<NaiveDate>,
    /// Who counted, by our code, where it is not Our World in Data
    #[arg(long, value_name = "CODE", value_parser = claimant)]
    claimant: Option<String>,
}

/// The last part of a chart's address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Slug(String);

impl FromStr for Slug {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !word.is_empty() && word.bytes().all(fits) {
            return Ok(Self(word.to_owned()));
        }
        let path = word.split(['?', '#']).next().unwrap_or_default();
        let last = path.trim_end_matches('/').rsplit('/').next();
        let last = last.unwrap_or_default().to_lowercase().replace('_', "-");
        Err(format!(
            "a chart is named by the last part of its address, of small letters, digits and hyphens; did you mean {last}?"
        ))
    }
}

coded_enum! {
    /// What the entities of a chart are to its figures.
    Entities ("meaning of a chart's entities") {
        /// Where people are, or where it happened.
        Location = "location",
        /// Where people come from.
        Origin = "origin",
    }
}

coded_enum! {
    /// The day of its year that a stock is of.
    Day ("day of the year") {
        /// 31 December.
        YearEnd = "year-end",
        /// 30 June.
        MidYear = "mid-year",
    }
}

fn indicator(word: &str) -> Result<String, String> {
    let found = vocabulary::indicator(word).map_err(|error| error.to_string())?;
    Ok(found.code.clone())
}

fn claimant(word: &str) -> Result<String, String> {
    let found = vocabulary::organisation(word).map_err(|error| error.to_string())?;
    Ok(found.code.clone())
}

/// What is said of a chart.
#[derive(Debug, Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    chart: Chart,
    #[serde(default)]
    columns: BTreeMap<String, Column>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chart {
    title: Option<String>,
}

/// What is said of a column.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Column {
    title_short: Option<String>,
    short_name: Option<String>,
    description_short: Option<String>,
    unit: Option<String>,
    last_updated: Option<String>,
    citation_short: Option<String>,
    full_metadata: Option<String>,
}

/// A chart out of its archive.
struct Unpacked {
    /// Name of the table in the archive.
    table: String,
    outline: Outline,
    metadata: Metadata,
}

impl Unpacked {
    /// The first of these names that the table has as a column.
    fn has<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        names.iter().find(|name| self.outline.names(name)).copied()
    }

    /// What is said of a column, by its short name or by its title.
    fn about(&self, column: &str) -> Option<&Column> {
        let columns = &self.metadata.columns;
        columns.get(column).or_else(|| {
            columns.values().find(|known| {
                [&known.short_name, &known.title_short]
                    .into_iter()
                    .any(|name| name.as_deref() == Some(column))
            })
        })
    }
}

impl Owid {
    fn url(&self) -> String {
        format!("{BASE}/{}", self.slug.0)
    }

    fn unpacked(&self, answer: &[u8]) -> Result<Unpacked, IngestError> {
        let wrong = |reason: String| IngestError::unexpected(self, reason);
        let archive = ZipArchive::new(Cursor::new(answer));
        let mut archive = archive.map_err(|_| {
            wrong(format!(
                "it is no archive of a table and its metadata; save {}.zip",
                self.url()
            ))
        })?;
        let (table, text) = only_file(&mut archive, ".csv").map_err(wrong)?;
        let (_, about) = only_file(&mut archive, ".metadata.json").map_err(wrong)?;
        let metadata = serde_json::from_slice(&about)
            .map_err(|error| wrong(format!("its metadata cannot be read: {error}")))?;
        let outline = table::outline(&Capture::new(table.clone(), text))
            .map_err(|error| wrong(error.to_string()))?;
        Ok(Unpacked {
            table,
            outline,
            metadata,
        })
    }

    /// The column of figures: the one that there is, or the one that was asked for.
    fn column(&self, chart: &Unpacked) -> Result<String, IngestError> {
        let columns: Vec<&String> = chart
            .outline
            .first
            .iter()
            .filter(|name| {
                ![&ENTITY[..], &CODE, &YEAR, &DAY]
                    .iter()
                    .any(|known| known.contains(&name.as_str()))
            })
            .collect();
        let list = || {
            let names: Vec<&str> = columns.iter().map(|name| name.as_str()).collect();
            names.join(", ")
        };
        match (&self.column, columns.as_slice()) {
            (Some(wanted), _) if columns.contains(&wanted) => Ok(wanted.clone()),
            (Some(wanted), _) => Err(IngestError::Usage(format!(
                "the chart {} has no column `{wanted}`; it has {}",
                self.slug.0,
                list()
            ))),
            (None, [only]) => Ok((*only).clone()),
            (None, _) => Err(IngestError::Usage(format!(
                "the chart {} has several columns; say which with --column: {}",
                self.slug.0,
                list()
            ))),
        }
    }

    /// When the figures are of: a day each, or a year with the day that the command line tells.
    fn period(&self, chart: &Unpacked) -> Result<Value, IngestError> {
        let mut period = toml::Table::new();
        if let Some(column) = chart.has(&DAY) {
            period.insert("column".to_owned(), column.into());
            return Ok(period.into());
        }
        let column = chart
            .has(&YEAR)
            .ok_or_else(|| IngestError::unexpected(self, "its table has neither years nor days"))?;
        period.insert("column".to_owned(), column.into());
        let read_as = match (self.measure, self.day) {
            (Measure::Flow, None) => "year",
            (Measure::Stock | Measure::Cumulative, Some(Day::YearEnd)) => "year_end",
            (Measure::Stock | Measure::Cumulative, Some(Day::MidYear)) => "mid_year",
            (Measure::Flow, Some(_)) => {
                return Err(IngestError::Usage(
                    "a flow is of the whole year; leave --day out".to_owned(),
                ));
            }
            (Measure::Stock | Measure::Cumulative, None) => {
                return Err(IngestError::Usage(
                    "the chart names years, and a stock or cumulative is of one day: say --day year-end or --day mid-year, as its provider counts".to_owned(),
                ));
            }
        };
        period.insert("as".to_owned(), read_as.into());
        Ok(period.into())
    }
}

/// The one file of an archive that ends so, and its bytes.
fn only_file(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    ending: &str,
) -> Result<(String, Vec<u8>), String> {
    /// More than any chart has.
    const LIMIT: u64 = 512 << 20;
    let names: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(Cow::into_owned)
        .filter(|name| name.ends_with(ending) && !name.starts_with("__MACOSX/"))
        .collect();
    let [name] = names.as_slice() else {
        return Err(format!(
            "its archive holds {} files that end in {ending}, where one was expected",
            names.len()
        ));
    };
    let unread = |error: String| format!("`{name}` cannot be unpacked: {error}");
    let file = archive
        .by_name(name)
        .map_err(|error| unread(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(LIMIT)
        .read_to_end(&mut bytes)
        .map_err(|error| unread(error.to_string()))?;
    Ok((name.clone(), bytes))
}

impl Source for Owid {
    fn code(&self) -> &'static str {
        "owid"
    }

    fn words(&self) -> Vec<String> {
        let mut said = vec![self.code().to_owned(), self.slug.0.clone()];
        add(&mut said, "--indicator", Some(&self.indicator));
        add(&mut said, "--measure", Some(self.measure));
        add(&mut said, "--column", self.column.as_ref());
        if self.entities == Entities::Origin {
            add(&mut said, "--entities", Some(self.entities));
        }
        add(&mut said, "--day", self.day);
        add(&mut said, "--since", self.since);
        add(&mut said, "--claimant", self.claimant.as_ref());
        said
    }

    fn requests(&self, _desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        if (self.measure == Measure::Cumulative) != self.since.is_some() {
            return Err(IngestError::Usage(
                "--since is the first day of a cumulative, which needs it, and of nothing else"
                    .to_owned(),
            ));
        }
        let request = Request::get(&format!("{}.zip", self.url()))?
            .expecting(Kind::Zip)
            .query("useColumnShortNames", "true")
            .query("csvType", "full");
        Ok(vec![request])
    }

    fn page(&self, _asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let chart = self.unpacked(answer)?;
        if chart.has(&CODE).is_none() {
            return Err(IngestError::unexpected(
                self,
                "its table has no codes of countries",
            ));
        }
        Ok(Page::last(chart.outline.rows.saturating_sub(1)))
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        ("owid".into(), amended("owid", Vec::new()))
    }

    fn mapping_for(
        &self,
        pages: &[Capture],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        let chart = self.unpacked(&first(self, pages)?)?;
        let column = self.column(&chart)?;
        let code = chart.has(&CODE).unwrap_or(CODE[0]);
        let about = chart.about(&column);
        let said =
            |pick: fn(&Column) -> &Option<String>| about.and_then(|about| pick(about).as_deref());
        let title = chart.metadata.chart.title.as_deref();
        let title = title
            .or(said(|about| &about.title_short))
            .unwrap_or(&self.slug.0);
        let provider = said(|about| &about.citation_short).unwrap_or("Our World in Data");
        let mut notes: Vec<String> = Vec::new();
        let texts = [
            (
                "Defined by the source: ",
                said(|about| &about.description_short),
            ),
            ("Unit: ", said(|about| &about.unit)),
            (
                "The terms of the original provider hold too: ",
                said(|about| &about.full_metadata),
            ),
        ];
        for (before, text) in texts {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                notes.push(format!("{before}{text}"));
            }
        }
        let mut amendments: Vec<(&str, Value)> = vec![
            ("publication.title", title.into()),
            ("publication.url", self.url().into()),
            ("publication.attribution", provider.into()),
            ("table.file", chart.table.clone().into()),
            ("figure.indicator", self.indicator.clone().into()),
            ("figure.measure", self.measure.code().into()),
            ("figure.period", self.period(&chart)?),
            ("figure.value.column", column.into()),
        ];
        amendments.push((
            match self.entities {
                Entities::Location => "figure.location.column",
                Entities::Origin => "figure.origin.column",
            },
            code.into(),
        ));
        if !notes.is_empty() {
            amendments.push(("publication.notes", notes.join("; ").into()));
        }
        if let Some(since) = self.since {
            amendments.push(("figure.since", since.to_string().into()));
        }
        if let Some(claimant) = &self.claimant {
            amendments.push(("figure.claimant", claimant.clone().into()));
        }
        // The column of codes stands in the rows that are left out as well.
        let mut moves = vec![(
            "ignore.0.where.Code".to_owned(),
            format!("ignore.0.where.{code}"),
        )];
        if self.entities == Entities::Origin {
            moves.push(("figure.location".to_owned(), "figure.origin".to_owned()));
            amendments.push(("figure.location", "m49:001".into()));
        }
        let moves: Vec<(&str, &str)> = moves
            .iter()
            .map(|(from, to)| (from.as_str(), to.as_str()))
            .collect();
        let text = rearranged("owid", &moves, amendments);
        Ok(("owid".into(), text))
    }

    fn told(&self, _about: &[Capture], pages: &[Capture]) -> Result<Told, IngestError> {
        let chart = self.unpacked(&first(self, pages)?)?;
        let column = self.column(&chart)?;
        let updated = chart
            .about(&column)
            .and_then(|about| about.last_updated.as_ref());
        Ok(Told {
            published: updated.and_then(|day| day.parse().ok()),
            ..Told::default()
        })
    }

    fn explained(&self, error: FetchError) -> IngestError {
        match error.status() {
            Some(404) => IngestError::Usage(format!(
                "Our World in Data has no chart {}; a chart is named by the last part of its address, as the site shows it",
                self.slug.0
            )),
            _ => error.into(),
        }
    }
}
