//! Names of places that nobody knows yet: written to a file for a person to fill in, and read back.

use std::collections::HashMap;

use super::{RowFault, TableError};
use crate::figure::PlaceId;
use crate::formula::harmless;
use crate::place::{self, normalised};

/// The columns of the file.
const HEADER: [&str; 9] = [
    "name",
    "column",
    "parent",
    "rows",
    "nearest_1",
    "nearest_1_id",
    "nearest_2",
    "nearest_2_id",
    "id",
];

/// A name that means no place, or one of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPlace {
    /// The name as found.
    pub name: String,
    /// The column that it stands in.
    pub column: String,
    /// What the columns that narrow it hold, the nearest first; empty where none does.
    pub parent: String,
    /// In how many rows it stands so.
    pub rows: u64,
    /// Places to offer, at most two: name and id.
    pub nearest: Vec<(String, String)>,
}

/// What a person says that a name means, in one column and beside one parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledPlace {
    /// The name as found.
    pub name: String,
    /// The column that it stands in.
    pub column: String,
    /// What the columns that narrow it hold.
    pub parent: String,
    /// The place.
    pub id: PlaceId,
}

impl FilledPlace {
    /// What it is looked up by. Spreadsheets and the guard against formulas change marks.
    pub(super) fn key(&self) -> (String, String) {
        key(&self.name, &self.parent)
    }
}

/// A name and its parent in the form that all spellings share.
pub(super) fn key(name: &str, parent: &str) -> (String, String) {
    (normalised(name), normalised(parent))
}

/// The file for unknown places. It begins with the mark by which spreadsheets know UTF-8.
pub fn write(places: &[UnknownPlace]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let mut put =
        |cells: [&str; 9]| writer.write_record(cells.map(|cell| harmless(cell).into_owned()));
    // A vector takes all that is written to it.
    let _ = put(HEADER);
    for place in places {
        let rows = place.rows.to_string();
        let near = |index: usize| {
            let near = place.nearest.get(index);
            near.map_or(("", ""), |(name, id)| (name.as_str(), id.as_str()))
        };
        let ((name_1, id_1), (name_2, id_2)) = (near(0), near(1));
        let _ = put([
            &place.name,
            &place.column,
            &place.parent,
            &rows,
            name_1,
            id_1,
            name_2,
            id_2,
            "",
        ]);
    }
    writer.into_inner().unwrap_or_default()
}

/// Whether these bytes are a file of unknown places into which nobody has filled an id, so that
/// nothing is lost when a new one replaces it.
pub fn is_blank(bytes: &[u8]) -> bool {
    rows(bytes).is_ok_and(|rows| rows.iter().all(|row| row.id.is_empty()))
}

/// The rows that a person filled in; those without an id are passed over.
///
/// # Errors
/// When columns are missing, an id is no place, or one name is given two: with line and column.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<FilledPlace>, TableError> {
    let rows = rows(bytes).map_err(|detail| TableError::Places {
        file: file.to_owned(),
        detail,
    })?;
    let mut filled: Vec<FilledPlace> = Vec::new();
    let mut seen: HashMap<(String, (String, String)), usize> = HashMap::new();
    let mut faults = Vec::new();
    for row in rows.iter().filter(|row| !row.id.is_empty()) {
        let mut fault = |reason: String| {
            faults.push(RowFault {
                unit: "line",
                line: row.line,
                column: "id".to_owned(),
                value: row.id.clone(),
                reason,
            });
        };
        let id = match place::find(&row.id) {
            Ok(place) => place.id.clone(),
            Err(error) => {
                fault(error.to_string());
                continue;
            }
        };
        let place = FilledPlace {
            name: row.name.clone(),
            column: row.column.clone(),
            parent: row.parent.clone(),
            id,
        };
        match seen.get(&(place.column.clone(), place.key())) {
            Some(&before) if filled[before].id != place.id => {
                fault(format!(
                    "the same name means {} in a row above",
                    filled[before].id
                ));
            }
            Some(_) => {}
            None => {
                seen.insert((place.column.clone(), place.key()), filled.len());
                filled.push(place);
            }
        }
    }
    if faults.is_empty() {
        Ok(filled)
    } else {
        let faults: Vec<String> = faults.iter().map(|fault| format!("\n  {fault}")).collect();
        Err(TableError::Places {
            file: file.to_owned(),
            detail: faults.concat(),
        })
    }
}

/// One row of the file.
struct FileRow {
    line: u64,
    name: String,
    column: String,
    parent: String,
    id: String,
}

fn rows(bytes: &[u8]) -> Result<Vec<FileRow>, String> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| "it is not UTF-8; save it as \"CSV UTF-8\"".to_owned())?;
    // With line ends of two characters, the reader of CSV counts lines from the second.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let header = text.lines().next().unwrap_or_default();
    // Some spreadsheets save with semicolons what they opened with commas.
    let delimiter = if header.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let position = |wanted: &str| {
        let position = headers.iter().position(|name| name == wanted);
        position.ok_or_else(|| {
            format!("it has no column `{wanted}`; give back the file that was written, with ids filled in")
        })
    };
    let columns = [
        position("name")?,
        position("column")?,
        position("parent")?,
        position("id")?,
    ];
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let [name, column, parent, id] =
            columns.map(|column| record.get(column).unwrap_or_default().to_owned());
        rows.push(FileRow {
            line: record.position().map_or(0, csv::Position::line),
            name,
            column,
            parent,
            id,
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(name: &str, parent: &str) -> UnknownPlace {
        UnknownPlace {
            name: name.to_owned(),
            column: "District".to_owned(),
            parent: parent.to_owned(),
            rows: 3,
            nearest: vec![("Poland".to_owned(), "POL".to_owned())],
        }
    }

    #[test]
    fn what_is_filled_in_comes_back() {
        let places = [unknown("=Polen", "x, \"y\""), unknown("Ungarn", "")];
        let text = String::from_utf8(write(&places)).unwrap();
        let within = String::from_utf8(write(&[unknown("Polen;=1+1", "")])).unwrap();
        assert!(within.contains("Polen;'=1+1"), "{within}");
        assert!(is_blank(text.as_bytes()));
        assert!(read("p.csv", text.as_bytes()).unwrap().is_empty());
        let filled = text
            .replacen("POL,,,", "POL,,,POL", 1)
            .replacen("POL,,,\n", "POL,,,HUN\n", 1);
        assert!(!is_blank(filled.as_bytes()));
        let read = read("p.csv", filled.as_bytes()).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].key(), key("=Polen", "x, \"y\""));
        assert_eq!(read[0].id, PlaceId::new("POL"));
        assert_eq!(read[1].name, "Ungarn");
        assert_eq!(read[1].id, PlaceId::new("HUN"));
    }

    #[test]
    fn ids_that_are_no_places_are_told_with_their_line() {
        let table = "name;column;parent;rows;id\r\nPolen;Land;;1;POLX\r\nUngarn;Land;;1;HUN\r\nungarn;Land;;1;POL\r\n";
        let message = read("p.csv", table.as_bytes()).unwrap_err().to_string();
        assert!(
            message.contains("line 2, column `id`, value `POLX`"),
            "{message}"
        );
        assert!(
            message.contains("line 4, column `id`, value `POL`: the same name means HUN"),
            "{message}"
        );
        assert!(!is_blank(b"somebody's,other\nfile,1\n"));
        let message = read("p.csv", b"name,id\n").unwrap_err().to_string();
        assert!(message.contains("no column `column`"), "{message}");
    }
}
