//! Small tables that a person gives beside the ledger, by the names of their columns.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use crate::cli::CliError;
use crate::cli::files::capture;
use crate::figure::{Period, PlaceId};
use crate::place;
use crate::publish::flows::{Natural, NaturalChange, Seed};
use crate::table::rows::tables;

/// A table of a file.
struct Sheet {
    file: String,
    rows: Vec<Row>,
}

/// The cells of a row in the order of the columns that were asked for.
struct Row {
    line: u64,
    cells: Vec<String>,
}

impl Sheet {
    /// Reads the columns of these names, in any order and beside any others.
    fn read(path: &Path, columns: &[&str]) -> Result<Self, CliError> {
        let capture = capture(path)?;
        let file = capture.name.clone();
        let mut sheets = tables(&capture)?.into_iter().map(|(_, rows)| rows);
        let wrong = |what: String| CliError::data(format!("{file}: {what}"));
        let Some(rows) = sheets.next() else {
            return Err(wrong("there is no table in it".to_owned()));
        };
        let mut rows = rows.into_iter();
        let header = rows.next().map(|(_, cells)| cells).unwrap_or_default();
        let at = |name: &str| {
            let same = |cell: &String| cell.trim().eq_ignore_ascii_case(name);
            header.iter().position(same).ok_or_else(|| {
                wrong(format!(
                    "there is no column `{name}`; its columns are {}, and it needs {}",
                    header.join(", "),
                    columns.join(", ")
                ))
            })
        };
        let places: Vec<usize> = columns
            .iter()
            .map(|name| at(name))
            .collect::<Result<_, _>>()?;
        let rows = rows
            .map(|(line, cells)| Row {
                line,
                cells: places
                    .iter()
                    .map(|at| cells.get(*at).map_or("", |cell| cell.trim()).to_owned())
                    .collect(),
            })
            .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
            .collect();
        Ok(Self { file, rows })
    }

    fn wrong(&self, row: &Row, what: impl std::fmt::Display) -> CliError {
        CliError::data(format!("{}, row {}: {what}", self.file, row.line))
    }

    fn place(&self, row: &Row, cell: usize) -> Result<PlaceId, CliError> {
        place::find(&row.cells[cell])
            .map(|place| place.id.clone())
            .map_err(|error| self.wrong(row, error))
    }

    fn period(&self, row: &Row, cell: usize) -> Result<Period, CliError> {
        row.cells[cell]
            .parse()
            .map_err(|error| self.wrong(row, error))
    }

    fn number(&self, row: &Row, cell: usize) -> Result<f64, CliError> {
        let text = &row.cells[cell];
        let number = text.parse::<f64>().ok();
        number
            .filter(|number| number.is_finite() && *number >= 0.0)
            .ok_or_else(|| {
                self.wrong(
                    row,
                    format!("`{text}` is no number from zero on, in plain digits"),
                )
            })
    }

    fn twice<V>(&self, row: &Row, known: Option<V>) -> Result<(), CliError> {
        match known {
            None => Ok(()),
            Some(_) => Err(self.wrong(row, "an earlier row is about the same; leave one of them")),
        }
    }
}

/// Who lives where they come from, by place and last day of the year, month or day that is given.
pub fn stayers(path: &Path) -> Result<BTreeMap<(PlaceId, NaiveDate), f64>, CliError> {
    let sheet = Sheet::read(path, &["place", "year", "stayers"])?;
    let mut known = BTreeMap::new();
    for row in &sheet.rows {
        let key = (sheet.place(row, 0)?, sheet.period(row, 1)?.end);
        sheet.twice(row, known.insert(key, sheet.number(row, 2)?))?;
    }
    Ok(known)
}

/// Births and deaths by place and year, month or day.
pub fn natural(path: &Path) -> Result<NaturalChange, CliError> {
    let sheet = Sheet::read(path, &["place", "year", "births", "deaths"])?;
    let mut known = NaturalChange::default();
    for row in &sheet.rows {
        let natural = Natural {
            period: sheet.period(row, 1)?,
            births: sheet.number(row, 2)?,
            deaths: sheet.number(row, 3)?,
        };
        let of_place = known.0.entry(sheet.place(row, 0)?).or_default();
        let overlaps = |other: &&Natural| {
            other.period.start <= natural.period.end && natural.period.start <= other.period.end
        };
        sheet.twice(row, of_place.iter().find(overlaps))?;
        of_place.push(natural);
    }
    Ok(known)
}

/// What movements between pairs are in proportion to.
pub fn seed(path: &Path) -> Result<Seed, CliError> {
    let sheet = Sheet::read(path, &["origin", "destination", "weight"])?;
    let mut known = Seed::default();
    for row in &sheet.rows {
        let pair = (sheet.place(row, 0)?, sheet.place(row, 1)?);
        sheet.twice(row, known.0.insert(pair, sheet.number(row, 2)?))?;
    }
    Ok(known)
}
