//! IOM's Missing Migrants Project: one row an incident in which migrants died or went missing, since
//! 2014, in persons. The whole table is put out again each week, with incidents revised and merged.
//! Source: `https://missingmigrants.iom.int/downloads`.

use std::borrow::Cow;

use super::amended::amended;
use super::{Desk, IngestError, Page, Source, first};
use crate::fetch::{FetchError, Kind, Request};
use crate::ledger::Capture;
use crate::table::{self, Outline, ScopeAsked};

/// The table of all incidents.
const URL: &str = "https://missingmigrants.iom.int/sites/g/files/tmzbdl601/files/report-migrant-incident/Missing_Migrants_Global_Figures_allData.csv";

/// The page that people download it from.
const DOWNLOADS: &str = "https://missingmigrants.iom.int/downloads";

/// The key of a part of an incident, where an incident is told in parts.
const PART: &str = "Incident ID";

/// The columns by which the table is known.
const COLUMNS: [&str; 3] = ["Main ID", "Incident Date", "Number of Dead"];

/// IOM's Missing Migrants Project: people who died or went missing while migrating, by incident since
/// 2014; no key needed
///
/// The whole table is asked for. Incidents that it no longer holds are taken back.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest missing-migrants
  humstat ingest missing-migrants --file Missing_Migrants_Global_Figures_allData.csv --retrieved 2026-06-20")]
pub struct MissingMigrants {}

impl MissingMigrants {
    fn outline(&self, answer: &[u8]) -> Result<Outline, IngestError> {
        table::outline(&Capture::new("the table", answer.to_vec()))
            .map_err(|error| IngestError::unexpected(self, error.to_string()))
    }
}

impl Source for MissingMigrants {
    fn code(&self) -> &'static str {
        "missing-migrants"
    }

    fn words(&self) -> Vec<String> {
        vec![self.code().to_owned()]
    }

    fn requests(&self, _desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        Ok(vec![Request::get(URL)?.expecting(Kind::Csv)])
    }

    fn page(&self, _asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let outline = self.outline(answer)?;
        let missing = outline.lacks(&COLUMNS);
        if missing.is_empty() {
            return Ok(Page::last(outline.rows.saturating_sub(1)));
        }
        Err(IngestError::unexpected(
            self,
            format!(
                "it is no table of incidents: it has no {}",
                missing.join(", ")
            ),
        ))
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let absent = ("publication.absent", "withdrawn".into());
        (
            "missing-migrants".into(),
            amended("missing-migrants", vec![absent]),
        )
    }

    fn mapping_for(
        &self,
        pages: &[Capture],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        // Parts of one incident share its main number.
        if !self.outline(&first(self, pages)?)?.names(PART) {
            return Ok(self.mapping());
        }
        let text = amended(
            "missing-migrants",
            vec![
                ("publication.absent", "withdrawn".into()),
                ("figure.breakdown.event.column", PART.into()),
            ],
        );
        Ok(("missing-migrants".into(), text))
    }

    fn scope(&self) -> ScopeAsked {
        ScopeAsked {
            whole: true,
            ..ScopeAsked::default()
        }
    }

    fn explained(&self, error: FetchError) -> IngestError {
        match error.status() {
            Some(403 | 404) => IngestError::Usage(format!(
                "{error}; save the table of all incidents from {DOWNLOADS} and give it with --file"
            )),
            _ => error.into(),
        }
    }
}
