//! OHCHR's civilian casualties in Ukraine since 24 February 2022, as OCHA's sheet of key figures lists
//! them: a row for each report, with its day and its address, in persons.
//!
//! OHCHR itself publishes prose. The numbers are verified minima that count on; the day of a report is
//! not the day on which people were hurt. Source:
//! `https://data.humdata.org/dataset/ukraine-key-figures-2022`.

use std::borrow::Cow;

use super::{Desk, IngestError, Page, Source};
use crate::fetch::{FetchError, Kind, Request};
use crate::ledger::Capture;
use crate::table::{self, built_in};

/// The sheet, as the dataset links to it.
const URL: &str = "https://docs.google.com/spreadsheets/d/e/2PACX-1vQIdedbZz0ehRC0b4fsWiP14R7MdtU1mpmwAkuXUPElSah2AWCURKGALFDuHjvyJUL8vzZAt3R1B5qg/pub";

/// The dataset that it is of.
const DATASET: &str = "https://data.humdata.org/dataset/ukraine-key-figures-2022";

/// Rows of its header: groups of columns, and their names.
const HEADER: u64 = 2;

/// OHCHR: civilians killed and injured in Ukraine since 24 February 2022, from OCHA's sheet of key
/// figures; no key needed
///
/// The sheet ends in 2023. Later reports are prose on https://ukraine.ohchr.org/en/reports: record
/// their numbers with `humstat record`. They are verified minima; OHCHR believes that the actual
/// figures are considerably higher.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest ohchr
  humstat ingest ohchr --file key-figures.csv --retrieved 2026-06-20

Its updates are texts: `humstat ingest text update.pdf --claimant OHCHR` reads their totals and parts.")]
pub struct Ohchr {}

impl Source for Ohchr {
    fn code(&self) -> &'static str {
        "ohchr"
    }

    fn words(&self) -> Vec<String> {
        vec![self.code().to_owned()]
    }

    fn requests(&self, _desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        let request = Request::get(URL)?
            .expecting(Kind::Csv)
            .query("gid", "0")
            .query("single", "true")
            .query("output", "csv");
        Ok(vec![request])
    }

    fn page(&self, _asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let outline = table::outline(&Capture::new("the sheet", answer.to_vec()))
            .map_err(|error| IngestError::unexpected(self, error.to_string()))?;
        Ok(Page::last(outline.rows.saturating_sub(HEADER)))
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let name = "ohchr-ukraine";
        (name.into(), built_in(name).unwrap_or_default().into())
    }

    fn explained(&self, error: FetchError) -> IngestError {
        match error.status() {
            Some(400 | 401 | 404 | 410) => IngestError::Usage(format!(
                "{error}; save the sheet from {DATASET} and give it with --file"
            )),
            _ => error.into(),
        }
    }
}
