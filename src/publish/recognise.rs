//! Which figures a file that this program wrote holds.

use super::frame::plain;
use crate::chart;
use crate::ledger::ids;
use crate::parquet_file;

/// A figure named in a file, with what the file says of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Named {
    /// The figure's name.
    pub figure_id: String,
    /// The number beside it.
    pub stated: Option<i64>,
    /// The id of its place.
    pub location_id: Option<String>,
    /// The last day that it speaks of.
    pub period_end: Option<String>,
}

/// Why a file names no figures.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotOurs {
    /// It is of no kind that this program writes.
    #[error(
        "it is no table or chart of this program: no column figure_id, and no metadata. Tables of the shapes wide and datawrapper, and the plotted numbers of --data, name no figures; `NAME.sources.md` or the chart beside them does"
    )]
    Unknown,
    /// It is of that kind, and damaged.
    #[error("it cannot be read: {0}")]
    Damaged(String),
}

/// The figures of a table (CSV, JSON, JSON lines, Parquet, Markdown, text) or a chart (SVG, PNG), in
/// the order of the file, each once with its number.
///
/// # Errors
/// When the bytes are none of these, or name no figure.
pub fn figures_of(bytes: &[u8]) -> Result<Vec<Named>, NotOurs> {
    let mut named = if bytes.starts_with(b"PAR1") {
        of_parquet(bytes)?
    } else if let Some(metadata) = chart::provenance(bytes) {
        let shown = metadata.iter().find(|(key, _)| key == "figures");
        let shown = shown.and_then(|(_, text)| ids::from_text(text));
        shown
            .into_iter()
            .flatten()
            .map(|id| Named {
                figure_id: id.to_string(),
                ..Named::default()
            })
            .collect()
    } else {
        let text = std::str::from_utf8(bytes).map_err(|_| NotOurs::Unknown)?;
        of_text(text.trim_start_matches('\u{feff}'))?
    };
    let mut seen = std::collections::HashSet::new();
    named.retain(|named| seen.insert(named.clone()));
    if named.is_empty() {
        return Err(NotOurs::Unknown);
    }
    Ok(named)
}

fn of_text(text: &str) -> Result<Vec<Named>, NotOurs> {
    match text.trim_start().chars().next() {
        Some('[') => {
            let rows: Vec<serde_json::Value> =
                serde_json::from_str(text).map_err(|error| NotOurs::Damaged(error.to_string()))?;
            Ok(rows.iter().flat_map(of_object).collect())
        }
        Some('{') => text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                serde_json::from_str(line).map_err(|error| NotOurs::Damaged(error.to_string()))
            })
            .collect::<Result<Vec<serde_json::Value>, _>>()
            .map(|rows| rows.iter().flat_map(of_object).collect()),
        _ => {
            let table = of_csv(text)?;
            // Tables for people have no columns that a program could rely on.
            Ok(if table.is_empty() {
                of_words(text)
            } else {
                table
            })
        }
    }
}

/// The columns that belong to a column of ids: beside `figure_id` stand `value` and `period_end`,
/// beside `then_figure_id` stand `then_value` and `then_period_end`.
struct Beside {
    value: Option<usize>,
    location: Option<usize>,
    period: Option<usize>,
}

impl Beside {
    fn of(id_column: &str, names: &[&str]) -> Option<Self> {
        let prefix = id_column.strip_suffix("figure_id")?;
        let find = |name: &str| names.iter().position(|column| *column == name);
        let own = |name: &str| find(&format!("{prefix}{name}"));
        Some(Self {
            value: own("value"),
            location: find("location_id"),
            period: own("period_end")
                .or_else(|| find("period_end"))
                .or_else(|| find("date")),
        })
    }

    /// The figure of a row whose cells are given as text.
    fn named(&self, id: String, cell: impl Fn(usize) -> Option<String>) -> Option<Named> {
        let text = |column: Option<usize>| cell(column?).filter(|text| !text.is_empty());
        (!id.is_empty()).then(|| Named {
            figure_id: id,
            stated: text(self.value).and_then(|value| value.parse().ok()),
            location_id: text(self.location),
            period_end: text(self.period),
        })
    }
}

fn of_object(row: &serde_json::Value) -> Vec<Named> {
    let Some(object) = row.as_object() else {
        return Vec::new();
    };
    let names: Vec<&str> = object.keys().map(String::as_str).collect();
    let text = |column: usize| match object.get(names[column])? {
        serde_json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    names
        .iter()
        .filter_map(|name| {
            let beside = Beside::of(name, &names)?;
            beside.named(object[*name].as_str()?.to_owned(), text)
        })
        .collect()
}

fn of_csv(text: &str) -> Result<Vec<Named>, NotOurs> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let damaged = |error: csv::Error| NotOurs::Damaged(error.to_string());
    let header = reader.headers().map_err(damaged)?.clone();
    let names: Vec<&str> = header.iter().collect();
    let columns: Vec<(usize, Beside)> = names
        .iter()
        .enumerate()
        .filter_map(|(index, name)| Some((index, Beside::of(name, &names)?)))
        .collect();
    let mut named = Vec::new();
    if columns.is_empty() {
        return Ok(named);
    }
    for record in reader.records() {
        let record = record.map_err(damaged)?;
        let cell = |column: usize| record.get(column).map(ToOwned::to_owned);
        for (id, beside) in &columns {
            named.extend(beside.named(cell(*id).unwrap_or_default(), cell));
        }
    }
    Ok(named)
}

fn of_words(text: &str) -> Vec<Named> {
    text.split(|character: char| character.is_whitespace() || character == '|')
        .filter(|word| word.parse::<crate::ledger::FigureId>().is_ok())
        .map(|word| Named {
            figure_id: word.to_owned(),
            ..Named::default()
        })
        .collect()
}

fn of_parquet(bytes: &[u8]) -> Result<Vec<Named>, NotOurs> {
    let frame = parquet_file::read(bytes).map_err(NotOurs::Damaged)?.frame;
    let names: Vec<&str> = frame
        .get_column_names()
        .iter()
        .map(|name| name.as_str())
        .collect();
    let mut named = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let Some(beside) = Beside::of(name, &names) else {
            continue;
        };
        for row in 0..frame.height() {
            let cell = |column: usize| Some(plain(&frame.columns()[column].get(row).ok()?));
            named.extend(beside.named(cell(index).unwrap_or_default(), cell));
        }
    }
    Ok(named)
}
