//! The file that the download page of UNHCR's Refugee Data Finder gives: an archive of a table and the
//! footnotes on it, or either of them alone, as CSV.
//!
//! The table has a preamble above its header, which says when its figures were last updated.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use chrono::NaiveDate;
use zip::ZipArchive;

use super::footnotes;
use crate::figure::Version;
use crate::table::Footnote;

const ZIP: &[u8] = b"PK\x03\x04";

/// The columns by which a header is known.
const HEADER: [&str; 2] = ["Year", "Country of asylum (ISO)"];

/// The column by which the table of population is known; tables of other things have other ones.
const POPULATION: &str = "Refugees under UNHCR's mandate";

/// Rows among which the header is sought.
const PREAMBLE: usize = 25;

/// What one member of an archive may hold when unpacked, in bytes: the whole table of population has
/// some 15 million.
const LIMIT: u64 = 1 << 30;

/// A file of the download page.
#[derive(Debug, Default)]
pub(super) struct Download {
    /// The table's name in its archive; none outside of one.
    pub member: Option<String>,
    /// How many rows the table has.
    pub rows: u64,
    /// When UNHCR last updated its figures.
    pub updated: Option<Version>,
    /// The footnotes on it.
    pub footnotes: Vec<Footnote>,
}

/// One file as text: a table, footnotes, or something else.
enum Member {
    Table {
        rows: u64,
        updated: Option<Version>,
        is_of_population: bool,
    },
    Footnotes(Vec<Footnote>),
    Other,
}

/// Opens a file of the download page; none where the answer is of another kind.
///
/// # Errors
/// When it is an archive that holds no such table or several, or a table of something else, with what
/// it is.
pub(super) fn open(answer: &[u8]) -> Result<Option<Download>, String> {
    if !answer.starts_with(ZIP) {
        let text = String::from_utf8_lossy(answer);
        return match member(&text) {
            Member::Other => Ok(None),
            found => {
                let mut download = Download::default();
                download.add(None, found)?;
                Ok(Some(download))
            }
        };
    }
    let mut download = Download::default();
    for (name, text) in texts(answer)? {
        let found = member(&text);
        download.add(Some(name), found)?;
    }
    if download.rows == 0 {
        return Err("the archive holds no table of the download page".to_owned());
    }
    Ok(Some(download))
}

impl Download {
    fn add(&mut self, name: Option<String>, member: Member) -> Result<(), String> {
        match member {
            Member::Footnotes(footnotes) => self.footnotes.extend(footnotes),
            Member::Table {
                is_of_population: false,
                ..
            } => {
                return Err(format!(
                    "it has no column `{POPULATION}`: of the download page's files only that of population is known, with all population types; the other tables can be asked for, such as `humstat ingest unhcr asylum-decisions`"
                ));
            }
            Member::Table { .. } if self.rows > 0 => {
                return Err("the archive holds several tables; unpack it and give one".to_owned());
            }
            Member::Table { rows, updated, .. } => {
                self.member = name;
                (self.rows, self.updated) = (rows, updated);
            }
            Member::Other => {}
        }
        Ok(())
    }
}

/// The names and the texts of the CSV files of an archive.
fn texts(answer: &[u8]) -> Result<Vec<(String, String)>, String> {
    let broken = |error: &dyn std::fmt::Display| format!("it cannot be unpacked: {error}");
    let mut archive = ZipArchive::new(Cursor::new(answer)).map_err(|error| broken(&error))?;
    let names: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(Cow::into_owned)
        .filter(|name| name.to_lowercase().ends_with(".csv"))
        .filter(|name| !name.starts_with("__MACOSX/"))
        .collect();
    let mut texts = Vec::with_capacity(names.len());
    for name in names {
        let mut bytes = Vec::new();
        let entry = archive.by_name(&name).map_err(|error| broken(&error))?;
        entry
            .take(LIMIT)
            .read_to_end(&mut bytes)
            .map_err(|error| broken(&error))?;
        texts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    Ok(texts)
}

/// What a text is, by its header.
fn member(text: &str) -> Member {
    if let Some(footnotes) = footnotes::read_csv(text) {
        return Member::Footnotes(footnotes);
    }
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes())
        .into_records();
    let mut updated = None;
    for row in rows.by_ref().take(PREAMBLE) {
        let Ok(row) = row else { return Member::Other };
        let has = |name: &str| row.iter().any(|cell| cell.trim() == name);
        if HEADER.iter().all(|name| has(name)) {
            let is_of_population = has(POPULATION);
            return Member::Table {
                rows: rows.filter(Result::is_ok).count() as u64,
                updated,
                is_of_population,
            };
        }
        if row
            .get(0)
            .is_some_and(|name| name.trim() == "Last updated:")
        {
            updated = row.get(1).and_then(day);
        }
    }
    Member::Other
}

/// A day as the preamble writes it: `13 June 2024`.
fn day(text: &str) -> Option<Version> {
    let day = NaiveDate::parse_from_str(text.trim(), "%d %B %Y").ok()?;
    Some(Version::end_of(day)).filter(|version| version.is_likely())
}
