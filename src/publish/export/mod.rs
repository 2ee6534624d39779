//! Exports: selected figures in the forms that other programs and archives take, each complete with
//! its sources, its terms and the meaning of its columns.
//!
//! One file per form, behind one trait. What is made is a list of files in memory; the command line
//! puts them in their place, all or none. The same figures give the same bytes: there is no clock,
//! and no path of the machine.

mod data_package;
mod datasette;
mod geojson;
mod hxl;
mod parquet;
mod readme;
pub mod replication;
mod terms;

use std::path::Path;

use super::cite::Pin;
use super::summary::Summary;
use super::{Along, PublishError};
use crate::figure::{Version, coded_enum};
use crate::ledger::{Figures, Selection};

coded_enum! {
    /// A form of export.
    ExportForm ("form of export") {
        /// A Frictionless Data Package.
        DataPackage = "data-package",
        /// A CSV table with HXL tags.
        Hxl = "hxl",
        /// Points and lines for maps.
        GeoJson = "geojson",
        /// Parquet files in folders by indicator and claimant.
        Parquet = "parquet",
        /// A SQLite file for Datasette.
        Datasette = "datasette",
        /// A folder from which a plan's numbers can be made again.
        Replication = "replication",
    }
}

/// What an export is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The figures, without those whose licence keeps them back.
    pub figures: &'a Figures,
    /// The newest of them by place, where the truth rules allow a summary.
    pub summary: Option<&'a Summary>,
    /// What was asked for.
    pub selection: &'a Selection,
    /// The ledger that answered.
    pub pin: &'a Pin,
    /// What it is called by people.
    pub title: &'a str,
    /// Name of the file or folder that it goes to, without ending and without folders.
    pub name: &'a str,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// Its name, with folders parted by `/`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exported {
    /// The files.
    pub files: Vec<ExportFile>,
    /// What its user should know.
    pub remarks: Vec<String>,
}

impl Exported {
    fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.push(ExportFile {
            name: name.into(),
            bytes: bytes.into(),
        });
    }
}

/// Where an export goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A folder of its own.
    Folder,
    /// A file with this ending, and what lies beside it.
    File(&'static str),
}

/// Why an export could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A table could not be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// No figure is of a place that the form can say.
    #[error("nothing is left to write: {0}")]
    NoPlace(String),
    /// A database could not be made.
    #[error("the database could not be made: {0}")]
    Database(#[from] rusqlite::Error),
    /// A temporary file could not be written or read.
    #[error("a temporary file: {0}")]
    Temporary(#[from] std::io::Error),
}

/// A form of export.
pub trait Export {
    /// Where it goes.
    fn shape(&self) -> Shape;

    /// Whether it holds a summary beside the figures.
    fn has_summary(&self) -> bool {
        false
    }

    /// Makes its files.
    ///
    /// # Errors
    /// When one of them cannot be written.
    fn make(&self, material: &Material<'_>) -> Result<Exported, ExportError>;

    /// Whether a file of this name, with folders parted by `/`, is one that the form writes: a folder
    /// that holds only such files is an earlier export, and may be replaced.
    fn writes(&self, name: &str) -> bool;

    /// Whether a file that is there already may make room for one of the export.
    fn may_replace(&self, _old: &[u8], _file: &ExportFile) -> bool {
        true
    }
}

impl ExportForm {
    /// The code that makes it of figures alone; none for a replication, which is made of a whole plan.
    pub fn export(self) -> Option<&'static dyn Export> {
        Some(match self {
            Self::Replication => return None,
            Self::DataPackage => &data_package::DataPackage,
            Self::Hxl => &hxl::Hxl,
            Self::GeoJson => &geojson::GeoJson,
            Self::Datasette => &datasette::Datasette,
            Self::Parquet => &parquet::Parquet,
        })
    }
}

impl Material<'_> {
    /// What goes along with its tables.
    fn along(&self) -> Along<'_> {
        Along {
            pin: Some(self.pin),
            ..Along::default()
        }
    }

    /// When the newest of the figures became known: the one time that an export carries, the same
    /// on every machine.
    fn newest(&self) -> Option<Version> {
        self.figures.rows.iter().map(|row| row.version).max()
    }
}

/// A time as RFC 3339 writes it.
fn instant(version: Version) -> String {
    chrono::DateTime::from_timestamp(version.timestamp(), 0).map_or_else(String::new, |instant| {
        instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    })
}

/// A text as a short name of lower-case letters, digits and dashes; `otherwise` where nothing is left.
pub fn slug(text: &str, otherwise: &str) -> String {
    const LONGEST: usize = 60;
    let mut slug = String::new();
    for letter in text.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == LONGEST {
            break;
        }
    }
    match slug.trim_matches('-') {
        "" => otherwise.to_owned(),
        slug => slug.to_owned(),
    }
}

/// The name of a file or folder without its ending.
pub fn stem(path: &Path) -> String {
    path.file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}
