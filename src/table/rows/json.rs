//! JSON: lists of objects or of rows, a line each or in one value, GeoJSON, JSON-stat, nested values.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Deserializer, Map, Value};

use super::super::TableError;
use super::doubt::Doubts;
use super::typed::plain;
use super::{Grid, json_keys, json_stat};
use crate::figure::{counted, grouped};

/// Reads a text that begins as JSON; nothing where it is none.
///
/// `path` leads to the list, its keys parted by points: `data.population`.
pub(super) fn read(
    name: &str,
    text: &str,
    path: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Option<Grid>, TableError> {
    let wrong = |reason: String| TableError::Form {
        file: name.to_owned(),
        reason,
    };
    let mut values = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) => values.push(value),
            // A bracket may also open the first cell of a table.
            Err(_) if values.is_empty() && path.is_none() && !looks_meant(text) => return Ok(None),
            Err(error) => {
                return Err(wrong(format!(
                    "line {}, column {}: it is no JSON: {error}",
                    error.line(),
                    error.column()
                )));
            }
        }
    }
    for (key, objects) in json_keys::repeated(text) {
        notes.push(format!(
            "`{key}` stands more than once in {}; the last is read",
            counted(objects, "object", "objects")
        ));
    }
    if let ([value], None) = (values.as_slice(), path)
        && let Some(grid) = json_stat::read(value)
    {
        notes.push("read a table of JSON-stat, its dimensions as columns of codes".to_owned());
        return grid.map(Some).map_err(wrong);
    }
    let list = match (values.len(), path) {
        (1, Some(path)) => follow(values.remove(0), path).map_err(wrong)?,
        (1, None) => match find(values.remove(0), notes).map_err(wrong)? {
            Found::List(list) => list,
            Found::Several(paths) => {
                let file = name.to_owned();
                return Err(TableError::Lists { file, paths });
            }
        },
        (_, None) => values,
        (_, Some(path)) => values
            .into_iter()
            .map(|value| at(value, path).ok_or_else(|| wrong(format!("a line has no `{path}`"))))
            .collect::<Result<_, _>>()?,
    };
    grid(list, notes).map(Some).map_err(wrong)
}

/// Whether a text begins as JSON does.
pub(super) fn begins(start: &str) -> bool {
    start.trim_start().starts_with(['{', '['])
}

/// Whether what follows the first bracket is what follows it in JSON.
fn looks_meant(text: &str) -> bool {
    let text = text.trim_start();
    let next = text[1..].trim_start().chars().next();
    if text.starts_with('{') {
        matches!(next, Some('"' | '}'))
    } else {
        matches!(next, Some('{' | '[' | '"' | ']'))
    }
}

/// The value at the end of a path.
fn at(value: Value, path: &str) -> Option<Value> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Object(mut object) => object.remove(key),
        Value::Array(mut list) => {
            let index: usize = key.parse().ok()?;
            (index < list.len()).then(|| list.swap_remove(index))
        }
        _ => None,
    })
}

/// The list at the end of a path that a person gave.
fn follow(value: Value, path: &str) -> Result<Vec<Value>, String> {
    let lists = || {
        let mut paths = Vec::new();
        collect(&value, "", &mut paths);
        if paths.is_empty() {
            "it holds no list of records".to_owned()
        } else {
            format!("its lists are {}", paths.join(", "))
        }
    };
    let known = lists();
    match at(value, path) {
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(format!("`{path}` is no list; {known}")),
        None => Err(format!("it has no `{path}`; {known}")),
    }
}

/// What lists a value holds.
enum Found {
    /// The one that there is.
    List(Vec<Value>),
    /// Several, each by its path.
    Several(Vec<String>),
}

/// The one list of a value, or the paths of its lists.
fn find(value: Value, notes: &mut Vec<String>) -> Result<Found, String> {
    if let Value::Array(list) = value {
        return Ok(Found::List(list));
    }
    if value
        .get("type")
        .is_some_and(|kind| kind == "FeatureCollection")
    {
        return follow(value, "features").map(Found::List);
    }
    let mut paths = Vec::new();
    collect(&value, "", &mut paths);
    match paths.as_slice() {
        [path] => {
            notes.push(format!("read the list `{path}`"));
            follow(value, path).map(Found::List)
        }
        [] => Err("it is JSON without a list of records".to_owned()),
        _ => Ok(Found::Several(paths)),
    }
}

/// The paths of the lists of objects or of rows, but not those within such lists.
fn collect(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(list) if list.iter().any(|item| item.is_object() || item.is_array()) => {
            found.push(path.to_owned());
        }
        Value::Object(object) => {
            for (key, value) in object {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                collect(value, &path, found);
            }
        }
        _ => {}
    }
}

/// Rows of a list: objects by their keys in the order in which they first occur, rows as they are.
fn grid(list: Vec<Value>, notes: &mut Vec<String>) -> Result<Grid, String> {
    if list.iter().any(Value::is_array) {
        let rows = list.into_iter().enumerate().map(|(index, row)| {
            let cells = match row {
                Value::Array(cells) => cells.iter().map(text).collect(),
                other => vec![text(&other)],
            };
            (index as u64 + 1, cells)
        });
        return Ok(Grid {
            unit: "record",
            names: None,
            rows: rows.collect(),
            doubts: Doubts::default(),
        });
    }
    let records: Vec<Vec<(String, String)>> = list.iter().map(record).collect();
    let mut seen = HashSet::new();
    let names: Vec<String> = records
        .iter()
        .flatten()
        .filter(|(name, _)| seen.insert(name.as_str()))
        .map(|(name, _)| name.clone())
        .collect();
    let position: std::collections::HashMap<&str, usize> = names
        .iter()
        .enumerate()
        .map(|(index, name)| (name.as_str(), index))
        .collect();
    /// More cells than any table of records has that are empty for the most part.
    const MANY: usize = 20_000_000;
    const EMPTY_BESIDE_ONE: usize = 50;
    let filled: usize = records.iter().map(Vec::len).sum();
    let cells = records.len().saturating_mul(names.len());
    if cells > MANY && cells / EMPTY_BESIDE_ONE > filled {
        return Err(format!(
            "its records have {} different keys between them, and each has few; as a table that would be {} cells, nearly all empty: it is no list of like records, or its keys should be values",
            grouped(names.len() as i64),
            grouped(cells as i64)
        ));
    }
    let mut twice: BTreeMap<&str, u64> = BTreeMap::new();
    let rows = records
        .iter()
        .enumerate()
        .map(|(index, record)| {
            let mut cells = vec![String::new(); names.len()];
            let mut seen: HashSet<usize> = HashSet::with_capacity(record.len());
            for (name, cell) in record {
                let at = position[name.as_str()];
                if !seen.insert(at) && cells[at] != *cell {
                    *twice.entry(name).or_default() += 1;
                }
                cells[at].clone_from(cell);
            }
            (index as u64 + 1, cells)
        })
        .collect();
    for (name, records) in twice {
        notes.push(format!(
            "several keys are `{name}` once they stand in one row, in {}; the last is read",
            counted(records, "record", "records")
        ));
    }
    Ok(Grid {
        unit: "record",
        names: Some(names),
        rows,
        doubts: Doubts::default(),
    })
}

/// The cells of one object. Those of an object within it are named with a point: `country.iso3`, and
/// those of a list of concepts by their concept.
/// Of a feature of GeoJSON they are its properties, and where its point lies.
fn record(value: &Value) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    let Value::Object(object) = value else {
        return vec![("value".to_owned(), text(value))];
    };
    let is_feature = object.get("type").is_some_and(|kind| kind == "Feature");
    match object.get("properties") {
        Some(Value::Object(properties)) if is_feature => {
            flatten(properties, "", &mut cells);
            let point = object
                .get("geometry")
                .and_then(|place| place.get("coordinates"));
            if let Some([longitude, latitude, ..]) =
                point.and_then(Value::as_array).map(Vec::as_slice)
                && longitude.is_number()
                && latitude.is_number()
            {
                for (name, number) in [("longitude", longitude), ("latitude", latitude)] {
                    if cells.iter().all(|(known, _)| known != name) {
                        cells.push((name.to_owned(), text(number)));
                    }
                }
            }
        }
        _ => flatten(object, "", &mut cells),
    }
    cells
}

fn flatten(object: &Map<String, Value>, before: &str, cells: &mut Vec<(String, String)>) {
    for (key, value) in object {
        let name = format!("{before}{}", key.trim());
        match value {
            Value::Object(inner) => flatten(inner, &format!("{name}."), cells),
            Value::Array(items) if !items.is_empty() && items.iter().all(is_concept) => {
                for item in items {
                    concept(item, cells);
                }
            }
            other => cells.push((name, text(other))),
        }
    }
}

/// Whether a value says which code of which concept a record is of, as the World Bank writes it:
/// `{"concept": "Country", "id": "UKR", "value": "Ukraine"}`.
fn is_concept(value: &Value) -> bool {
    ["concept", "id"]
        .iter()
        .all(|key| value.get(key).is_some_and(Value::is_string))
}

/// The code of a concept under its name, and its words under `.value`.
fn concept(value: &Value, cells: &mut Vec<(String, String)>) {
    let of = |key: &str| value.get(key).map(text).unwrap_or_default();
    let name = of("concept");
    cells.push((format!("{name}.value"), of("value")));
    cells.push((name, of("id")));
}

/// A value as the text of a cell; a list as its items, parted by semicolons.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if !items.iter().any(|item| item.is_object() || item.is_array()) => {
            items.iter().map(text).collect::<Vec<_>>().join("; ")
        }
        Value::Number(number) if number.is_f64() => {
            number.as_f64().map_or_else(|| number.to_string(), plain)
        }
        other => other.to_string(),
    }
}
