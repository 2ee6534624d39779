//! A SQLite file for Datasette: figures, publications, places and caveats, tied to each other, and
//! beside it the `metadata.json` that says what they are.

mod metadata;

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::AnyValue;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use super::terms::licence_of;
use super::{Export, ExportError, ExportFile, Exported, Material, Shape};
use crate::figure::PlaceId;
use crate::place;
use crate::publish::columns::{self, ColumnKind};
use crate::publish::{self, frame};

pub(super) struct Datasette;

const METADATA: &str = "metadata.json";

impl Export for Datasette {
    fn shape(&self) -> Shape {
        Shape::File("db")
    }

    fn make(&self, material: &Material<'_>) -> Result<Exported, ExportError> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("export.db");
        let mut connection = Connection::open(&path)?;
        // The file is made anew and is read only when it is whole.
        connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
        connection.set_db_config(
            rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY,
            true,
        )?;
        let transaction = connection.transaction()?;
        transaction.execute_batch(&figures_table())?;
        transaction.execute_batch(include_str!("schema.sql"))?;
        transaction.execute_batch("PRAGMA defer_foreign_keys = ON")?;
        add_places(&transaction, material)?;
        add_publications(&transaction, material)?;
        add_figures(&transaction, material)?;
        add_caveats(&transaction, material)?;
        transaction.commit()?;
        connection.close().map_err(|(_, error)| error)?;
        let mut exported = Exported::default();
        exported.add(format!("{}.db", material.name), std::fs::read(&path)?);
        exported.add(METADATA, format!("{:#}\n", metadata::metadata(material)));
        Ok(exported)
    }

    fn writes(&self, _: &str) -> bool {
        false
    }

    fn may_replace(&self, old: &[u8], file: &ExportFile) -> bool {
        let databases = |bytes: &[u8]| -> Option<BTreeSet<String>> {
            let metadata: serde_json::Value = serde_json::from_slice(bytes).ok()?;
            Some(metadata["databases"].as_object()?.keys().cloned().collect())
        };
        if file.name == METADATA {
            return databases(old) == databases(&file.bytes);
        }
        // The statements that made the tables stand at the beginning of the file.
        const SCHEMA: usize = 1 << 16;
        let made = figures_table();
        let made = made.as_bytes().first_chunk::<32>();
        let schema = &old[..old.len().min(SCHEMA)];
        old.is_empty()
            || made.is_some_and(|made| schema.windows(made.len()).any(|part| part == made))
    }
}

/// The statement that makes the table of figures: the columns of every table of figures, and the
/// number of the publication.
fn figures_table() -> String {
    let columns: Vec<String> = columns::FIGURES
        .iter()
        .map(|column| {
            let kind = match column.kind {
                ColumnKind::Text | ColumnKind::Date => "TEXT",
                ColumnKind::Whole => "INTEGER",
                ColumnKind::Decimal => "REAL",
            };
            let rule = match column.name {
                "figure_id" => " PRIMARY KEY",
                "origin_id" | "location_id" => " REFERENCES places (id)",
                _ if column.always => " NOT NULL",
                _ => "",
            };
            format!("{} {kind}{rule}", column.name)
        })
        .collect();
    format!(
        "CREATE TABLE figures (\n    {},\n    publication INTEGER NOT NULL REFERENCES publications (id)\n);",
        columns.join(",\n    ")
    )
}

fn add_figures(connection: &Connection, material: &Material<'_>) -> Result<(), ExportError> {
    let places = vec!["?"; columns::FIGURES.len() + 1].join(", ");
    let mut statement = connection.prepare(&format!("INSERT INTO figures VALUES ({places})"))?;
    let mut rows = material.figures.rows.iter();
    for part in publish::figures_in_parts(material.figures) {
        let part = part?;
        for (cells, row) in frame::rows(&part).zip(&mut rows) {
            let publication = material.figures.publications[row.publication].id;
            let cells = cells.iter().map(value);
            statement.execute(params_from_iter(cells.chain([Value::from(publication)])))?;
        }
    }
    Ok(())
}

fn value(cell: &AnyValue<'_>) -> Value {
    match cell {
        AnyValue::Null => Value::Null,
        AnyValue::Int64(number) => Value::Integer(*number),
        AnyValue::Float64(number) => Value::Real(*number),
        other => Value::Text(frame::plain(other)),
    }
}

/// The places of figures and the units and countries that they lie in.
fn add_places(connection: &Connection, material: &Material<'_>) -> Result<(), ExportError> {
    let mut found: BTreeMap<&PlaceId, Option<&PlaceId>> = BTreeMap::new();
    let used: BTreeSet<usize> = material.figures.rows.iter().map(|row| row.series).collect();
    for series in used
        .into_iter()
        .map(|index| &material.figures.series[index])
    {
        for id in [&series.origin, &series.location].into_iter().flatten() {
            let mut next = Some(id);
            while let Some(id) = next {
                let known = place::place(id).filter(|place| place.kind.is_unit());
                let parent = known.and_then(|place| place.parents.first());
                found.insert(id, parent);
                next = parent;
            }
        }
    }
    let mut statement = connection.prepare("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (id, parent) in found {
        let known = place::place(id);
        let point = known.and_then(|place| place.centroid);
        statement.execute(params![
            id.as_str(),
            publish::place_name(id),
            known.map_or("unknown", |place| place.kind.code()),
            known.and_then(|place| place.iso3),
            known.and_then(|place| place.pcode()),
            parent.map(PlaceId::as_str),
            point.map(|point| point.latitude),
            point.map(|point| point.longitude),
        ])?;
    }
    Ok(())
}

/// The publications that figures refer to, by their number in the ledger.
fn used_publications(material: &Material<'_>) -> BTreeMap<i64, usize> {
    let rows = material.figures.rows.iter();
    rows.map(|row| {
        let index = row.publication;
        (material.figures.publications[index].id, index)
    })
    .collect()
}

fn add_publications(connection: &Connection, material: &Material<'_>) -> Result<(), ExportError> {
    let mut statement =
        connection.prepare("INSERT INTO publications VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (id, index) in used_publications(material) {
        let record = &material.figures.publications[index];
        let publication = &record.publication;
        let relayed_by = publication.relayed_by.join("; ");
        statement.execute(params![
            id,
            publication.channel,
            publication.title,
            publication.url,
            publication.published.map(|when| when.to_string()),
            publication.retrieved.map(|when| when.to_string()),
            record.version.to_string(),
            Some(relayed_by).filter(|text| !text.is_empty()),
            licence_of(publication),
            publication.attribution,
            record.entry,
        ])?;
    }
    Ok(())
}

/// What sources say of their publications, and of single figures.
fn add_caveats(connection: &Connection, material: &Material<'_>) -> Result<(), ExportError> {
    let mut statement = connection
        .prepare("INSERT INTO caveats (publication, figure_id, caveat) VALUES (?, ?, ?)")?;
    for (id, index) in used_publications(material) {
        if let Some(caveat) = &material.figures.publications[index].publication.notes {
            statement.execute(params![id, None::<String>, caveat])?;
        }
    }
    for row in &material.figures.rows {
        if let Some(caveat) = publish::figures::notes(row, None) {
            let publication = material.figures.publications[row.publication].id;
            statement.execute(params![publication, row.id.to_string(), caveat])?;
        }
    }
    Ok(())
}
