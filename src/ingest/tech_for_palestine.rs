//! Tech for Palestine: daily tallies of casualties in Gaza and the West Bank, as JSON, a record a day.
//!
//! Source: `https://data.techforpalestine.org/docs/casualties-daily/`.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::{Desk, IngestError, Page, Source};
use crate::fetch::{Kind, Request};
use crate::figure::coded_enum;
use crate::table::built_in;

const BASE: &str = "https://data.techforpalestine.org/api/v2";

/// Tech for Palestine: daily tallies of the killed and injured in Gaza, after its Ministry of Health,
/// and in the West Bank, after OCHA; no key needed
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest tech-for-palestine gaza
  humstat ingest tech-for-palestine west-bank
  humstat ingest tech-for-palestine gaza --file casualties_daily.json --retrieved 2026-06-20")]
pub struct TechForPalestine {
    /// Which tally: gaza or west-bank
    tally: Tally,
}

coded_enum! {
    /// A tally.
    Tally ("tally") {
        /// Of Gaza.
        Gaza = "gaza",
        /// Of the West Bank.
        WestBank = "west-bank",
    }
}

impl Source for TechForPalestine {
    fn code(&self) -> &'static str {
        "tech-for-palestine"
    }

    fn words(&self) -> Vec<String> {
        vec![self.code().to_owned(), self.tally.code().to_owned()]
    }

    fn requests(&self, _: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        let file = match self.tally {
            Tally::Gaza => "casualties_daily",
            Tally::WestBank => "west_bank_daily",
        };
        let request = Request::get(&format!("{BASE}/{file}.json"))?;
        Ok(vec![request.expecting(Kind::Json)])
    }

    fn page(&self, _: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let days: Vec<IgnoredAny> = serde_json::from_slice(answer).map_err(|error| {
            IngestError::unexpected(self, format!("it is no list of days: {error}"))
        })?;
        Ok(Page::last(days.len() as u64))
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let name = match self.tally {
            Tally::Gaza => "gaza-daily",
            Tally::WestBank => "west-bank-daily",
        };
        (name.into(), built_in(name).unwrap_or_default().into())
    }
}
