//! Reading the rows of a gazetteer into units, each once, with every fault in its place.

use std::collections::BTreeMap;

use super::column::{Column, LOWEST, Language, language_code, of_header, of_tag};
use super::sheet::{Sheet, sheets};
use super::{GazetteerError, Problem};
use crate::figure::PlaceId;
use crate::ledger::Capture;
use crate::place::{self, Kind, Place, Scheme, Unit, UnitName, unit_id};

/// Languages whose names are printed, the most wanted first: tables and charts are set in Latin
/// script.
const PRINTED: [&str; 4] = ["en", "fr", "es", "pt"];

/// What a file of a gazetteer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gazetteer {
    /// Its units, parents before children.
    pub units: Vec<Unit>,
    /// Sheets without a column of P-codes, which were passed over.
    pub passed_over: Vec<String>,
}

/// Reads a gazetteer from the bytes of a CSV file or a workbook.
///
/// `country` is the country of all its rows, for a gazetteer that does not name it.
///
/// # Errors
/// When the file cannot be decoded, has no column of P-codes below the country, or holds cells that
/// cannot be read: all of them are told.
pub fn read(
    capture: &Capture,
    country: Option<&'static Place>,
) -> Result<Gazetteer, GazetteerError> {
    let file = capture.name.as_str();
    let mut reader = Reader {
        country,
        units: BTreeMap::new(),
        problems: Vec::new(),
    };
    let (mut passed_over, mut seen, mut any) = (Vec::new(), Vec::new(), false);
    for sheet in sheets(capture)? {
        let (header, first) = header(&sheet);
        if header
            .columns
            .iter()
            .any(|column| matches!(column, Column::Code(1..)))
        {
            any = true;
            for (line, cells) in &sheet.rows[first..] {
                reader.row(&Row {
                    sheet: &sheet.name,
                    header: &header,
                    line: *line,
                    cells,
                });
            }
        } else {
            seen.extend(header.names);
            passed_over.push(sheet.name);
        }
    }
    if !any {
        return Err(GazetteerError::NoCodes {
            file: file.to_owned(),
            columns: seen,
        });
    }
    if !reader.problems.is_empty() {
        return Err(GazetteerError::Problems {
            file: file.to_owned(),
            problems: reader.problems,
        });
    }
    let mut units: Vec<Unit> = reader.units.into_values().map(Found::into_unit).collect();
    units.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    Ok(Gazetteer { units, passed_over })
}

/// The columns of a sheet.
struct Header {
    names: Vec<String>,
    columns: Vec<Column>,
}

/// The header of a sheet and the index of its first row of data. A row of HXL tags says what the
/// header alone does not.
fn header(sheet: &Sheet) -> (Header, usize) {
    let names = sheet
        .rows
        .first()
        .map(|(_, cells)| cells.clone())
        .unwrap_or_default();
    // Where the file begins with the tags, they are the header.
    let is_tag = |cell: &String| cell.starts_with('#');
    let tags = sheet
        .rows
        .iter()
        .take(2)
        .position(|(_, cells)| cells.iter().any(is_tag));
    let mut columns: Vec<Column> = names.iter().map(|name| of_header(name)).collect();
    if let Some(row) = tags {
        for (column, tag) in columns.iter_mut().zip(&sheet.rows[row].1) {
            if *column == Column::Other {
                *column = of_tag(tag);
            }
        }
    }
    let first = tags.map_or(1, |row| row + 1).min(sheet.rows.len());
    (Header { names, columns }, first)
}

/// One row with its place in the file.
struct Row<'s> {
    sheet: &'s str,
    header: &'s Header,
    line: u64,
    cells: &'s [String],
}

impl<'s> Row<'s> {
    /// The cells of a kind of column that are not empty, with the index of their column.
    fn cells_of(&self, wanted: Column) -> impl Iterator<Item = (usize, &'s str)> + use<'s> {
        let columns = self.header.columns.iter().zip(self.cells).enumerate();
        columns
            .filter(move |(_, (column, cell))| **column == wanted && !cell.is_empty())
            .map(|(index, (_, cell))| (index, cell.as_str()))
    }

    fn problem(&self, column: usize, reason: String) -> Problem {
        Problem {
            sheet: self.sheet.to_owned(),
            line: self.line,
            column: self.header.names.get(column).cloned().unwrap_or_default(),
            value: self.cells.get(column).cloned().unwrap_or_default(),
            reason,
        }
    }

    /// The language of a column of names in this row.
    fn language(&self, language: &Language) -> Option<String> {
        match language {
            Language::Code(code) => Some(code.clone()),
            Language::Untold => None,
            Language::Numbered(number) => {
                let mut codes = self.cells_of(Column::LanguageOf(*number));
                let (_, code) = codes.next()?;
                language_code(&code.to_lowercase())
            }
        }
    }

    /// The names of a level, in the order of the columns.
    fn names(&self, level: usize) -> Vec<UnitName> {
        let columns = self.header.columns.iter().zip(self.cells);
        columns
            .filter_map(|(column, cell)| match column {
                Column::Name(of, language) if *of == level && !cell.is_empty() => Some(UnitName {
                    language: self.language(language),
                    text: cell.split_whitespace().collect::<Vec<_>>().join(" "),
                }),
                _ => None,
            })
            .collect()
    }
}

/// A unit that is being gathered from several rows.
struct Found {
    id: PlaceId,
    kind: Kind,
    parent: PlaceId,
    /// Where it was met first, for messages.
    line: u64,
    names: Vec<UnitName>,
}

impl Found {
    fn into_unit(mut self) -> Unit {
        let printed = PRINTED
            .iter()
            .find_map(|wanted| {
                let mut names = self.names.iter();
                names.find(|name| name.language.as_deref() == Some(wanted))
            })
            .or(self.names.first())
            .map_or_else(String::new, |name| name.text.clone());
        self.names.sort();
        self.names.dedup();
        Unit {
            id: self.id,
            kind: self.kind,
            parent: self.parent,
            name: printed,
            names: self.names,
        }
    }
}

struct Reader {
    country: Option<&'static Place>,
    units: BTreeMap<PlaceId, Found>,
    problems: Vec<Problem>,
}

impl Reader {
    /// Reads the units of a row, from the country downwards.
    fn row(&mut self, row: &Row<'_>) {
        // A row of a country, or a footnote.
        if (1..=LOWEST).all(|level| row.cells_of(Column::Code(level)).next().is_none()) {
            return;
        }
        let country = match self.country_of(row) {
            Ok(country) => country,
            Err(problem) => {
                self.problems.push(problem);
                return;
            }
        };
        let mut parent = country.id.clone();
        for level in 1..=LOWEST {
            let Some((column, code)) = row.cells_of(Column::Code(level)).next() else {
                continue;
            };
            match self.unit(row, level, (column, code), &parent) {
                Ok(id) => parent = id,
                Err(problem) => {
                    self.problems.push(problem);
                    return;
                }
            }
        }
    }

    /// The country of a row: as its codes say, as its name says, or as the caller said.
    fn country_of(&self, row: &Row<'_>) -> Result<&'static Place, Problem> {
        let codes = row
            .cells_of(Column::Code(0))
            .chain(row.cells_of(Column::Country));
        let mut said: Option<&'static Place> = None;
        for (column, code) in codes {
            let found = place::resolve(Scheme::Pcode, code);
            let found = found.ok().filter(|place| place.pcode().is_none());
            let found =
                found.ok_or_else(|| row.problem(column, "no ISO code of a country".to_owned()))?;
            if let Some(other) = said.or(self.country)
                && other.id != found.id
            {
                let reason = format!("{} is expected in this row", other.name);
                return Err(row.problem(column, reason));
            }
            said = Some(found);
        }
        if let Some(country) = said.or(self.country) {
            return Ok(country);
        }
        let names = row.names(0);
        let found = names
            .iter()
            .find_map(|name| place::resolve(Scheme::Name, &name.text).ok());
        found
            .filter(|place| place.kind == Kind::Country)
            .ok_or_else(|| {
                let codes = row
                    .header
                    .columns
                    .iter()
                    .position(|column| matches!(column, Column::Code(_)));
                row.problem(
                    codes.unwrap_or_default(),
                    "the row does not say its country; give it with --country".to_owned(),
                )
            })
    }

    /// Takes up one unit of a row and returns its id.
    fn unit(
        &mut self,
        row: &Row<'_>,
        level: usize,
        (column, code): (usize, &str),
        parent: &PlaceId,
    ) -> Result<PlaceId, Problem> {
        let is_code = code.len() <= 24
            && code
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let country = place::resolve(Scheme::Pcode, code);
        if !is_code || country.is_ok_and(|place| place.pcode().is_none()) {
            let reason = format!("no P-code of an administrative unit of level {level}");
            return Err(row.problem(column, reason));
        }
        let kind = match level {
            1 => Kind::Admin1,
            2 => Kind::Admin2,
            3 => Kind::Admin3,
            _ => Kind::Admin4,
        };
        let id = unit_id(code);
        let names = row.names(level);
        let Some(known) = self.units.get_mut(&id) else {
            if names.is_empty() {
                return Err(row.problem(column, format!("it has no name of level {level}")));
            }
            self.units.insert(
                id.clone(),
                Found {
                    id: id.clone(),
                    kind,
                    parent: parent.clone(),
                    line: row.line,
                    names,
                },
            );
            return Ok(id);
        };
        if known.kind != kind || known.parent != *parent {
            let reason = format!(
                "it is {kind} in {parent} here and {} in {} in line {}",
                known.kind, known.parent, known.line
            );
            return Err(row.problem(column, reason));
        }
        known.names.extend(
            names
                .into_iter()
                .filter(|name| !known.names.contains(name))
                .collect::<Vec<_>>(),
        );
        Ok(id)
    }
}
