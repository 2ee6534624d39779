//! Known shapes: tables that are recognised by their header and bring their mapping with them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::dates::is_year;
use super::sample::{Form, Sample};
use super::toml_text::quoted;
use crate::place::normalised;
use crate::table::built_in;

/// The shapes as data.
const SHAPES: &str = include_str!("shapes.toml");

/// A table that was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It can be recorded.
    Mapped {
        /// Whose table it is, and which.
        name: &'static str,
        /// Its mapping, with what was found of the form of the file.
        mapping: String,
    },
    /// It cannot be recorded without a mapping of the user's own.
    Refused {
        /// Whose table it is, and which.
        name: &'static str,
        /// Why, and what to do.
        because: &'static str,
    },
}

/// What a table has to look like.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    name: String,
    /// Names that must be among its columns.
    header: Vec<String>,
    /// Whether it has no other columns.
    #[serde(default)]
    exact: bool,
    /// Words that the name of the file has, where tables of different things look the same.
    #[serde(default)]
    file: String,
    /// Texts that stand in every row of a column.
    #[serde(default)]
    every: BTreeMap<String, String>,
    /// Its mapping under datasets/mappings.
    mapping: Option<String>,
    /// Why it has none.
    because: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    shape: Vec<Shape>,
}

fn shapes() -> &'static [Shape] {
    static READ: OnceLock<Vec<Shape>> = OnceLock::new();
    READ.get_or_init(|| {
        let file: File = toml::from_str(SHAPES).expect("a test reads shapes.toml");
        file.shape
    })
}

/// The known shape that a table has: the first of the list that fits.
pub fn recognise(sample: &Sample<'_>) -> Option<Known> {
    let shape = shapes().iter().find(|shape| shape.fits(sample))?;
    let name = shape.name.as_str();
    match (&shape.mapping, &shape.because) {
        (Some(text), _) => Some(Known::Mapped {
            name,
            mapping: with_form(&with_years(built_in(text)?, &sample.header), &sample.form),
        }),
        (None, Some(because)) => Some(Known::Refused { name, because }),
        (None, None) => None,
    }
}

impl Shape {
    fn fits(&self, sample: &Sample<'_>) -> bool {
        let position = |name: &String| sample.header.iter().position(|column| column == name);
        self.header.iter().all(|name| position(name).is_some())
            && (!self.exact || sample.header.len() == self.header.len())
            && normalised(sample.file).contains(&self.file)
            && self.every.iter().all(|(name, text)| {
                position(name).is_some_and(|column| {
                    let mut rows = sample.rows.iter();
                    rows.all(|row| Sample::cell(row, column) == text)
                })
            })
    }
}

/// What stands before the figures that a mapping has for each column named by a year.
const EACH_YEAR: &str = "# For each year:\n";

/// A mapping with the part for each year repeated for the years of a table.
fn with_years(mapping: &str, header: &[String]) -> String {
    let Some((whole, each)) = mapping.split_once(EACH_YEAR) else {
        return mapping.to_owned();
    };
    let years = header.iter().filter(|name| is_year(name));
    let of_years: Vec<String> = years.map(|year| each.replace("{year}", year)).collect();
    format!("{whole}{}", of_years.join("\n"))
}

/// A mapping with what was found of the form of a file.
fn with_form(mapping: &str, form: &Form) -> String {
    let mut lines = String::new();
    if let Some(path) = &form.path {
        lines.push_str(&format!("path = {}\n", quoted(path)));
    }
    if let Some(rows) = form.header_value() {
        lines.push_str(&format!("header = {rows}\n"));
    }
    if let Some(first) = form.first {
        lines.push_str(&format!("first = {first}\n"));
    }
    if lines.is_empty() {
        return mapping.to_owned();
    }
    const TABLE: &str = "[table]\n";
    const FIGURE: &str = "[figure]\n";
    if mapping.contains(TABLE) {
        mapping.replacen(TABLE, &format!("{TABLE}{lines}"), 1)
    } else {
        mapping.replacen(FIGURE, &format!("{TABLE}{lines}\n{FIGURE}"), 1)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::ledger::Capture;
    use crate::table::{self, Mapping, Options, TableError};

    #[test]
    fn every_shape_has_a_mapping_that_names_its_columns_or_a_reason() {
        for shape in shapes() {
            assert!(
                shape.mapping.is_some() != shape.because.is_some(),
                "{}",
                shape.name
            );
            let Some(name) = &shape.mapping else { continue };
            let text = built_in(name).unwrap_or_else(|| panic!("{name} is not compiled in"));
            Mapping::parse(Path::new(name), text).unwrap();
        }
    }

    #[test]
    fn every_mapping_finds_its_columns_in_the_header_of_its_shape() {
        for shape in shapes() {
            let Some(name) = &shape.mapping else { continue };
            let mut header = shape.header.clone();
            header.push("2021".to_owned());
            let text = with_years(built_in(name).unwrap(), &header);
            let mapping = Mapping::parse(Path::new(name), &text).unwrap();
            let line = |cells: &[String]| format!("\"{}\"\n", cells.join("\",\""));
            let table = line(&header) + &line(&vec!["0".to_owned(); header.len()]);
            let capture = Capture::new(name, table.into_bytes());
            let read = table::read(vec![capture], &mapping, &text, &Options::default(), |_| {});
            // A row of zeros is no row of theirs; that a column is missing would be another error.
            let misfit = matches!(&read, Err(TableError::Misfit(_)));
            assert!(!misfit, "{name}: {}", read.unwrap_err());
        }
    }

    #[test]
    fn no_shape_hides_a_later_one() {
        for (index, shape) in shapes().iter().enumerate() {
            let sample = Sample {
                file: &shape.file,
                header: shape.header.clone(),
                rows: vec![
                    shape
                        .header
                        .iter()
                        .map(|name| shape.every.get(name).cloned().unwrap_or_default())
                        .collect(),
                ],
                ..Sample::default()
            };
            let first = shapes().iter().position(|other| other.fits(&sample));
            assert_eq!(first, Some(index), "{}", shape.name);
        }
    }

    #[test]
    fn the_form_of_the_file_goes_into_the_mapping() {
        let form = Form {
            header: vec![3],
            first: Some(5),
            ..Form::default()
        };
        let found = "header = 3\nfirst = 5\n";
        assert_eq!(
            with_form("[table]\nnull = [\"\"]\n\n[figure]\n", &form),
            format!("[table]\n{found}null = [\"\"]\n\n[figure]\n")
        );
        assert_eq!(
            with_form("[figure]\n", &form),
            format!("[table]\n{found}\n[figure]\n")
        );
    }
}
