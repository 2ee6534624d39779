//! Which candidates are meant.

use clap::Args;

use super::super::CliError;
use super::super::context::Context;
use crate::ledger::{CandidateRecord, Candidates, DocumentRecord};
use crate::plan::Asked;

/// Which candidates
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Which of them")]
pub struct FilterArgs {
    /// What is counted, by code
    #[arg(long, value_name = "CODE")]
    indicator: Vec<String>,
    /// Where people come from: a name, a code, or a region
    #[arg(long, value_name = "PLACE")]
    origin: Vec<String>,
    /// Where they are, or where it happened
    #[arg(long, visible_aliases = ["destination", "asylum"], value_name = "PLACE")]
    location: Vec<String>,
    /// Who says it counted
    #[arg(long, value_name = "CODE")]
    claimant: Vec<String>,
    /// A part of the title, the address or the file name of the document
    #[arg(long, value_name = "TEXT")]
    document: Option<String>,
    /// Only those that are right at least so often, of a hundred
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_confidence: Option<u8>,
}

impl FilterArgs {
    /// The candidates that pass.
    pub fn kept(
        &self,
        context: &Context,
        mut candidates: Candidates,
    ) -> Result<Candidates, CliError> {
        let asked = Asked {
            indicator: self.indicator.clone(),
            origin: self.origin.clone(),
            location: self.location.clone(),
            claimant: self.claimant.clone(),
            ..Asked::default()
        };
        let selection = asked
            .selection(context.now.day())
            .map_err(|error| CliError::usage(error.to_string()))?;
        let passes = |row: &CandidateRecord| {
            let document = candidates.document_of(row);
            let known = row.published.or(document.publication.version());
            row.candidate.confidence >= self.min_confidence.unwrap_or(0)
                && self.is_of_document(document)
                && selection.would_hold(&candidates.prospect(row), known.unwrap_or(context.now))
        };
        let keep: Vec<bool> = candidates.rows.iter().map(passes).collect();
        let mut keep = keep.into_iter();
        candidates.rows.retain(|_| keep.next().unwrap_or(false));
        Ok(candidates)
    }

    fn is_of_document(&self, document: &DocumentRecord) -> bool {
        let Some(wanted) = &self.document else {
            return true;
        };
        let wanted = wanted.to_lowercase();
        let about = &document.publication;
        [
            Some(about.title.as_str()),
            about.url.as_deref(),
            Some(document.file.as_str()),
        ]
        .into_iter()
        .flatten()
        .any(|text| text.to_lowercase().contains(&wanted))
    }
}
