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
mod csv;
pub mod draft;
pub mod export;
mod figures;
mod frame;
mod json;
mod parquet;
mod readable;
pub mod recognise;
pub mod review;
pub mod revisions;
pub mod rhythm;
pub mod sentence;
pub mod sources;
pub mod summary;
pub mod tally;
pub mod trace;
pub mod trend;

use polars::prelude::DataFrame;

use cite::Pin;
pub use figures::figures;
pub(crate) use figures::place_name;
pub use frame::rounded;

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
        "`{0}` ends in no known form; use .csv, .json, .jsonl, .md, .txt or .parquet, or say --format"
    )]
    UnknownEnding(String),
}

/// A form of output.
trait Form {
    /// Writes a frame, with what it is pinned to where the form has a place for that.
    fn write(&self, frame: &DataFrame, pin: Option<&Pin>) -> Result<Vec<u8>, PublishError>;
}

/// Writes a frame in a form. What the answer is pinned to goes into the metadata of a Parquet file;
/// beside the other forms lie their [`sources`].
///
/// # Errors
/// When the frame holds a type that the form has no way to write.
pub fn write(
    frame: &DataFrame,
    format: Format,
    pin: Option<&Pin>,
) -> Result<Vec<u8>, PublishError> {
    let form: &dyn Form = match format {
        Format::Table => &readable::Table,
        Format::Markdown => &readable::Markdown,
        Format::Csv => &csv::Csv,
        Format::Json => &json::Json,
        Format::Jsonl => &json::Jsonl,
        Format::Parquet => &parquet::Parquet,
    };
    form.write(frame, pin)
}

impl Format {
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
            Some("md") => Ok(Self::Markdown),
            Some("txt") => Ok(Self::Table),
            _ => Err(PublishError::UnknownEnding(file.display().to_string())),
        }
    }
}
