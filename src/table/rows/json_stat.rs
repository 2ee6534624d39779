//! JSON-stat 2.0: a cube of numbers, whose cells are counted with the last dimension first, as a table
//! with a column of codes for each dimension, and `value` and `status`.
//!
//! A cell that has neither a number nor a status is no row. Source: `https://json-stat.org/full/`.

use serde_json::{Map, Value};

use super::Grid;
use super::doubt::Doubts;
use super::json::text;

/// Reads a value that is a cube of JSON-stat; nothing where it is none.
pub(super) fn read(value: &Value) -> Option<Result<Grid, String>> {
    let has = |key: &str| value.get(key).is_some();
    let is_cube = value.get("class").is_some_and(|class| class == "dataset")
        && ["id", "size", "dimension", "value"].into_iter().all(has);
    is_cube.then(|| grid(value))
}

/// A dimension, with its codes in the order in which cells are counted.
struct Dimension {
    name: String,
    codes: Vec<String>,
}

fn grid(cube: &Value) -> Result<Grid, String> {
    let dimensions = dimensions(cube)?;
    let count = dimensions
        .iter()
        .try_fold(1_usize, |count, dimension| {
            count.checked_mul(dimension.codes.len())
        })
        .ok_or("it has more cells than can be counted")?;
    let values = cells(&cube["value"], count, "value")?;
    let statuses = match cube.get("status") {
        // One status may be said of all cells that have a number.
        Some(Value::String(status)) => values
            .iter()
            .map(|(cell, _)| (*cell, status.clone()))
            .collect(),
        Some(statuses) => cells(statuses, count, "status")?,
        None => Vec::new(),
    };
    let mut filled: std::collections::BTreeMap<usize, [String; 2]> =
        std::collections::BTreeMap::new();
    for (which, list) in [values, statuses].into_iter().enumerate() {
        for (cell, text) in list {
            filled.entry(cell).or_default()[which] = text;
        }
    }
    let rows = filled
        .into_iter()
        .enumerate()
        .map(|(index, (cell, said))| {
            let mut row = codes_of(cell, &dimensions);
            row.extend(said);
            (index as u64 + 1, row)
        })
        .collect();
    let mut names: Vec<String> = dimensions
        .into_iter()
        .map(|dimension| dimension.name)
        .collect();
    names.extend(["value".to_owned(), "status".to_owned()]);
    Ok(Grid {
        unit: "record",
        names: Some(names),
        rows,
        doubts: Doubts::default(),
    })
}

/// The codes of a cell: its number counts the last dimension first.
fn codes_of(cell: usize, dimensions: &[Dimension]) -> Vec<String> {
    let mut rest = cell;
    let mut codes: Vec<String> = dimensions
        .iter()
        .rev()
        .map(|dimension| {
            let code = dimension.codes[rest % dimension.codes.len()].clone();
            rest /= dimension.codes.len();
            code
        })
        .collect();
    codes.reverse();
    codes
}

fn dimensions(cube: &Value) -> Result<Vec<Dimension>, String> {
    let (Some(names), Some(sizes)) = (cube["id"].as_array(), cube["size"].as_array()) else {
        return Err("`id` and `size` are no lists".to_owned());
    };
    if names.len() != sizes.len() {
        return Err(format!(
            "`id` names {} dimensions and `size` has {}",
            names.len(),
            sizes.len()
        ));
    }
    names
        .iter()
        .zip(sizes)
        .map(|(name, size)| {
            let name = text(name);
            let codes = codes(&cube["dimension"][&name]["category"])
                .ok_or_else(|| format!("the codes of the dimension `{name}` are not told"))?;
            if size.as_u64() != Some(codes.len() as u64) {
                return Err(format!(
                    "the dimension `{name}` has {} codes, and `size` says {size}",
                    codes.len()
                ));
            }
            Ok(Dimension { name, codes })
        })
        .collect()
}

/// The codes of a category in their order: a list, an object with their places, or the one code that
/// only its label names.
fn codes(category: &Value) -> Option<Vec<String>> {
    match category.get("index") {
        Some(Value::Array(codes)) => Some(codes.iter().map(text).collect()),
        Some(Value::Object(places)) => in_order(places),
        Some(_) => None,
        None => {
            let labels = category.get("label")?.as_object()?;
            (labels.len() == 1).then(|| labels.keys().cloned().collect())
        }
    }
}

/// Codes by their places, each of which is taken once.
fn in_order(places: &Map<String, Value>) -> Option<Vec<String>> {
    let mut codes = vec![None; places.len()];
    for (code, place) in places {
        let place = usize::try_from(place.as_u64()?).ok()?;
        *codes.get_mut(place)? = Some(code.clone());
    }
    codes.into_iter().collect()
}

/// What a list, or an object by the numbers of cells, says of cells; null says nothing.
fn cells(list: &Value, count: usize, name: &str) -> Result<Vec<(usize, String)>, String> {
    let numbered: Vec<(usize, &Value)> = match list {
        Value::Array(items) => items.iter().enumerate().collect(),
        Value::Object(items) => items
            .iter()
            .map(|(cell, item)| Ok((cell.parse::<usize>().map_err(|_| cell)?, item)))
            .collect::<Result<_, &String>>()
            .map_err(|cell| format!("`{name}` names a cell `{cell}`, which is no number"))?,
        _ => return Err(format!("`{name}` is neither a list nor an object")),
    };
    if let Some((cell, _)) = numbered.iter().find(|(cell, _)| *cell >= count) {
        return Err(format!(
            "`{name}` names cell {cell}, and there are {count} cells from 0 on"
        ));
    }
    Ok(numbered
        .into_iter()
        .filter(|(_, item)| !item.is_null())
        .map(|(cell, item)| (cell, text(item)))
        .collect())
}
