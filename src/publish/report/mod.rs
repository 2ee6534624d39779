//! The report: one page with headline figures, charts, tables, changes, caveats and sources, that
//! needs nothing but itself.
//!
//! It makes no request to anywhere, works without script (which only sorts tables), prints on A4,
//! follows the reader's light or dark setting, and aims at WCAG 2.2, level AA.

mod page;
mod table;

use polars::prelude::DataFrame;

use super::cite::Pin;
use super::harmless::harmless;
use super::sources::Sources;
use super::summary::Row;
use super::{Format, PublishError, Style, write};
use crate::chart::PlottedRow;

/// Everything that a report says.
#[derive(Debug, Clone)]
pub struct Report {
    /// What it is about.
    pub title: String,
    /// The ledger entry that it stands on.
    pub pin: Pin,
    /// The figures that come first.
    pub headlines: Vec<Headline>,
    /// Its charts.
    pub charts: Vec<ChartPart>,
    /// Its tables.
    pub tables: Vec<TablePart>,
    /// What changed, where there is something to compare with.
    pub changes: Option<ChangesPart>,
    /// How numbers were reckoned and what must be known of them, each once.
    pub remarks: Vec<String>,
    /// What the numbers rest on.
    pub sources: Sources,
}

/// One figure that comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// The number with its qualifier: `about 836,000`.
    pub number: String,
    /// The whole sentence with the change and who says so.
    pub sentence: String,
    /// What readers should know beside.
    pub notes: Vec<String>,
}

impl Headline {
    /// The headline of a row of a summary.
    pub fn of(row: &Row) -> Self {
        let sentence = row.sentence(Style::Plain);
        Self {
            number: row.quantity.to_string(),
            notes: row
                .notes
                .iter()
                .filter(|note| !sentence.contains(note.as_str()))
                .cloned()
                .collect(),
            sentence,
        }
    }
}

/// A chart with its numbers.
#[derive(Debug, Clone)]
pub struct ChartPart {
    /// Name of its files.
    pub name: String,
    /// The finding.
    pub title: String,
    /// The picture.
    pub svg: String,
    /// Its numbers.
    pub rows: Vec<PlottedRow>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct TablePart {
    /// Name of its file.
    pub file: String,
    /// What it holds, in words.
    pub title: String,
    /// Whether it stands on the page; else it is for the download only.
    pub is_shown: bool,
    /// The table.
    pub frame: DataFrame,
}

impl TablePart {
    /// Name of the file that it is downloaded as.
    fn csv_name(&self) -> String {
        let name = std::path::Path::new(&self.file).with_extension("csv");
        name.to_string_lossy().into_owned()
    }
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangesPart {
    /// Since when, in words: `since the release morning of 8 March 2022`.
    pub since: String,
    /// One sentence for each change, the most important first.
    pub sentences: Vec<String>,
}

/// Writes a report as one HTML page.
///
/// # Errors
/// When a table cannot be written as CSV.
pub fn page(report: &Report) -> Result<String, PublishError> {
    let mut downloads = Vec::new();
    for part in &report.tables {
        let bytes = write(&part.frame, Format::Csv, &super::Along::default())?;
        downloads.push((part.csv_name(), bytes));
    }
    for chart in &report.charts {
        let bytes = super::plotted::csv(&chart.rows)?;
        downloads.push((format!("{}.csv", chart.name), bytes));
    }
    let page = page::html(report, &downloads).into_string() + "\n";
    Ok(harmless(&page).into_owned())
}
