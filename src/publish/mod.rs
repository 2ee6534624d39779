//! What leaves the program: frames in the forms that desks use, sentences, and references.
//!
//! Every table is a polars frame whose columns are a contract; see [`figures`] and [`summary`].
//! One file per form, behind one trait.

pub mod agreement;
pub mod audit;
pub mod changes;
pub mod cite;
pub mod columns;
pub mod compare;
pub mod copy;
mod csv;
pub mod disaggregate;
pub mod draft;
pub mod estimate;
pub mod export;
mod figures;
pub mod flows;
pub mod forecast;
mod frame;
pub mod harmless;
mod html;
mod json;
mod latex;
pub mod nowcast;
mod parquet;
pub mod plotted;
pub mod rates;
mod readable;
pub mod recognise;
pub mod report;
pub mod review;
pub mod revisions;
pub mod rhythm;
pub mod sentence;
pub mod sources;
mod style;
pub mod summary;
pub mod tally;
pub mod trace;
pub mod trend;
mod view;
mod workbook;

use std::io::Write;

use polars::prelude::DataFrame;

use cite::Pin;
pub use figures::figures;
use figures::figures_in_parts;
pub(crate) use figures::place_name;
pub use frame::rounded;
use sources::Sources;
pub use style::Style;

use crate::figure::coded_enum;

coded_enum! {
    /// A form that a table is written in.
    Format ("format") {
        /// Columns for a terminal; what is the same in every row stands above them.
        Table = "table",
        /// Comma-separated values, UTF-8; text that a spreadsheet would take for a formula is quoted with an apostrophe.
        Csv = "csv",
        /// One JSON array of objects.
        Json = "json",
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// Apache Parquet.
        Parquet = "parquet",
        /// A Markdown table.
        Markdown = "markdown",
        /// A page with one table, without script or style sheet of others.
        Html = "html",
        /// A LaTeX table with the rules of `booktabs`.
        Latex = "latex",
        /// A workbook for Excel and LibreOffice: data, a chart, notes and sources.
        Xlsx = "xlsx",
    }
}

/// Why something could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// polars refused.
    #[error("the table could not be built: {0}")]
    Frame(#[from] polars::error::PolarsError),
    /// A file name whose ending names no form.
    #[error(
        "`{0}` ends in no known form; use .csv, .json, .jsonl, .md, .html, .tex, .txt, .xlsx or .parquet, or say --format"
    )]
    UnknownEnding(String),
    /// The workbook refuses something, such as more rows than it has.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A form that cannot be written as rows come.
    #[error("{0} needs all rows before the first can be written")]
    NeedsAllRows(Format),
    /// The bytes of a table found no place.
    #[error("the table could not be written: {0}")]
    Unwritten(#[from] std::io::Error),
}

/// A form of output that needs to see all rows before it can write any.
trait Form {
    /// Writes a frame, and what goes along with it where the form has a place for that.
    fn write(&self, frame: &DataFrame, along: &Along<'_>) -> Result<Vec<u8>, PublishError>;
}

/// A table that is written as its rows come. Several frames one after the other give the same bytes as all
/// their rows in one.
pub trait Growing {
    /// Writes some rows; every frame has the same columns.
    ///
    /// # Errors
    /// When the frame holds a type that the form has no way to write, or when the bytes cannot be written.
    fn add(&mut self, frame: &DataFrame) -> Result<(), PublishError>;

    /// Writes what comes after the rows.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    fn end(&mut self) -> Result<(), PublishError>;
}

/// What goes along with a table.
#[derive(Debug, Clone, Copy, Default)]
pub struct Along<'a> {
    /// The ledger entry that the answer is pinned to.
    pub pin: Option<&'a Pin>,
    /// What its numbers rest on.
    pub sources: Option<&'a Sources>,
    /// Whether CSV begins with the mark that makes Excel read it as UTF-8.
    pub bom: bool,
}

/// Writes a frame in a form. Pages, LaTeX and workbooks carry their sources within, Parquet what it is
/// pinned to; beside the other forms lie their [`sources`].
///
/// # Errors
/// When the frame holds a type that the form has no way to write.
pub fn write(
    frame: &DataFrame,
    format: Format,
    along: &Along<'_>,
) -> Result<Vec<u8>, PublishError> {
    let form: &dyn Form = match format {
        Format::Table => &readable::Table,
        Format::Markdown => &readable::Markdown,
        Format::Html => &html::Html,
        Format::Latex => &latex::Latex,
        Format::Xlsx => &workbook::Workbook,
        Format::Csv | Format::Json | Format::Jsonl | Format::Parquet => {
            let mut written = Vec::new();
            let mut table = growing(format, along, &mut written)?;
            table.add(frame)?;
            table.end()?;
            drop(table);
            return Ok(written);
        }
    };
    form.write(frame, along)
}

/// Begins a table that is written as its rows come.
///
/// # Errors
/// When its form needs to see all rows first: see [`Format::grows`].
pub fn growing<'w>(
    format: Format,
    along: &Along<'_>,
    out: impl Write + Send + 'w,
) -> Result<Box<dyn Growing + Send + 'w>, PublishError> {
    Ok(match format {
        Format::Csv => Box::new(csv::Csv::new(out, along.bom)),
        Format::Json => Box::new(json::Json::new(out)),
        Format::Jsonl => Box::new(json::Jsonl(out)),
        Format::Parquet => Box::new(parquet::Parquet::new(out, along)),
        Format::Table | Format::Markdown | Format::Html | Format::Latex | Format::Xlsx => {
            return Err(PublishError::NeedsAllRows(format));
        }
    })
}

impl Format {
    /// Whether a table in this form can be written as its rows come.
    pub const fn grows(self) -> bool {
        matches!(self, Self::Csv | Self::Json | Self::Jsonl | Self::Parquet)
    }

    /// Whether a table in this form says within what it rests on.
    pub const fn holds_sources(self) -> bool {
        matches!(self, Self::Html | Self::Latex | Self::Xlsx)
    }

    /// The form that the ending of a file name stands for.
    ///
    /// # Errors
    /// When it stands for none.
    pub fn of_file(file: &std::path::Path) -> Result<Self, PublishError> {
        let ending = file.extension().and_then(|ending| ending.to_str());
        match ending {
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some("jsonl" | "ndjson") => Ok(Self::Jsonl),
            Some("parquet") => Ok(Self::Parquet),
            Some("html" | "htm") => Ok(Self::Html),
            Some("tex") => Ok(Self::Latex),
            Some("xlsx") => Ok(Self::Xlsx),
            Some("md") => Ok(Self::Markdown),
            Some("txt") => Ok(Self::Table),
            _ => Err(PublishError::UnknownEnding(file.display().to_string())),
        }
    }
}
