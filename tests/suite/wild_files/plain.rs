//! A plain reader of delimited text and JSON, to hold the program's readings against.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use humstat::table::Table;

/// The cells of each row, by the number of its line or record.
type Rows = BTreeMap<u64, Vec<String>>;

/// Holds each figure against the cells of its row, and tells how many were.
///
/// # Panics
/// When a figure has a value that none of them has.
pub fn compare(file: &Path, bytes: &[u8], mapping: &str, table: &Table) -> usize {
    let Some(rows) = rows(bytes) else { return 0 };
    let mut seen = 0;
    for publication in &table.reading.publications {
        for cell in publication.figures.iter() {
            let Some(value) = cell.quantity.value else {
                continue;
            };
            let row = rows.get(&u64::from(cell.row));
            let row = row.unwrap_or_else(|| panic!("{} has no row {}", file.display(), cell.row));
            // Events are counted by their rows.
            if value == 1 && !mapping.contains("value = {") {
                continue;
            }
            assert!(
                row.iter().any(|text| number(text) == Some(value)),
                "{}, row {}: {value} stands nowhere in {row:?}",
                file.display(),
                cell.row
            );
            seen += 1;
        }
    }
    seen
}

/// The digits of a cell as a number, whatever parts them.
fn number(text: &str) -> Option<i64> {
    let text = text.trim().trim_matches('"');
    let text = text.strip_suffix(".0").unwrap_or(text);
    let digits: String = text
        .chars()
        .filter(|letter| !matches!(letter, ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}' | '*'))
        .collect();
    digits.parse().ok().or_else(|| {
        digits
            .parse::<f64>()
            .ok()
            .filter(|number| number.fract() == 0.0)
            .map(|number| number as i64)
    })
}

/// The rows of delimited text or of JSON; none of what is neither.
fn rows(bytes: &[u8]) -> Option<Rows> {
    let mut unpacked = Vec::new();
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes)
            .read_to_end(&mut unpacked)
            .ok()?;
        &unpacked
    } else {
        bytes
    };
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf]) {
        return None;
    }
    let text: String = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        // Digits are the same in all of these encodings.
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    match text.trim_start().chars().next()? {
        '[' | '{' => records(&text),
        _ => Some(delimited(&text)),
    }
}

/// The list of records in JSON that has the most of them.
fn records(text: &str) -> Option<Rows> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let mut lists = Vec::new();
    gather(&value, &mut lists);
    // Where two lists may be meant, the figures tell which.
    let list = lists.into_iter().max_by_key(|list| list.len())?;
    let rows = (1..).zip(list).map(|(number, record)| {
        let mut cells = Vec::new();
        leaves(record, &mut cells);
        (number, cells)
    });
    Some(rows.collect())
}

fn gather<'v>(value: &'v serde_json::Value, lists: &mut Vec<&'v Vec<serde_json::Value>>) {
    match value {
        serde_json::Value::Array(list) => {
            if list.iter().any(serde_json::Value::is_object) {
                lists.push(list);
            } else {
                list.iter().for_each(|value| gather(value, lists));
            }
        }
        serde_json::Value::Object(object) => object.values().for_each(|value| gather(value, lists)),
        _ => {}
    }
}

fn leaves(value: &serde_json::Value, cells: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(list) => list.iter().for_each(|value| leaves(value, cells)),
        serde_json::Value::Object(object) => object.values().for_each(|value| leaves(value, cells)),
        serde_json::Value::String(text) => cells.push(text.clone()),
        other => cells.push(other.to_string()),
    }
}

/// Delimited text, parted by what its first lines hold most of.
pub fn delimited(text: &str) -> Rows {
    let text = text.replace("\r\n", "\n");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark(&text))
        .from_reader(text.as_bytes());
    let records = reader.records().flatten();
    records
        .map(|record| {
            let line = record.position().map_or(0, csv::Position::line);
            (line, record.iter().map(ToOwned::to_owned).collect())
        })
        .collect()
}

/// The mark that parts the cells of most of the first lines.
pub fn mark(text: &str) -> u8 {
    let first: Vec<&str> = text.lines().take(20).collect();
    let count = |mark: &u8| {
        first
            .iter()
            .map(|line| line.bytes().filter(|byte| byte == mark).count())
            .sum::<usize>()
    };
    [b'|', b'\t', b';', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',')
}
