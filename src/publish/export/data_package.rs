//! A Frictionless Data Package, version 1, profile `tabular-data-package`: CSV files with a
//! `datapackage.json` that says what each column is, whose the numbers are, and on what terms.

use std::collections::BTreeSet;

use polars::prelude::DataFrame;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::readme::{Described, readme};
use super::terms::{Terms, channel_title, is_web_address, licence_of, terms};
use super::{Export, ExportError, Exported, Material, Shape, instant, slug};
use crate::ledger::Figures;
use crate::publish::cite::references;
use crate::publish::columns::{self, Column, ColumnKind};
use crate::publish::sources::in_words;
use crate::publish::{self, Format};

pub(super) struct DataPackage;

const PROFILE: &str = "tabular-data-package";
const RESOURCE_PROFILE: &str = "tabular-data-resource";
const DESCRIPTOR: &str = "datapackage.json";
const FIGURES: &str = "figures.csv";
const SUMMARY: &str = "summary.csv";
const README: &str = "README.md";

const LEAD: &str = "\
A Frictionless Data Package, written by `humstat export data-package`; `datapackage.json` says to programs \
what this text says to people. Text that a spreadsheet would run as a formula begins with an apostrophe.";

impl Export for DataPackage {
    fn shape(&self) -> Shape {
        Shape::Folder
    }

    fn has_summary(&self) -> bool {
        true
    }

    fn make(&self, material: &Material<'_>) -> Result<Exported, ExportError> {
        let mut bytes = Vec::new();
        let mut table = publish::growing(Format::Csv, &material.along(), &mut bytes)?;
        for part in publish::figures_in_parts(material.figures) {
            table.add(&part?)?;
        }
        table.end()?;
        drop(table);
        let figures = publish::figures(&Figures::default())?;
        let mut resource = resource(
            FIGURES,
            "The figures as they were published, a row each, with their provenance",
            &bytes,
        );
        resource.insert(
            "schema".to_owned(),
            json!({
                "fields": fields(&figures, columns::FIGURES),
                "missingValues": [""],
                "primaryKey": "figure_id",
            }),
        );
        let mut resources = vec![Value::Object(resource)];
        let mut exported = Exported::default();
        let mut tables = vec![Described {
            file: FIGURES,
            rows: material.figures.rows.len(),
            frame: &figures,
            columns: columns::FIGURES,
        }];
        exported.add(FIGURES, bytes);
        let summary = material.summary.map(|summary| summary.frame(None));
        let summary = summary.transpose()?;
        if let Some(summary) = &summary {
            let bytes = publish::write(summary, Format::Csv, &material.along())?;
            resources.push(summary_resource(material, summary, &bytes));
            exported.add(SUMMARY, bytes);
            tables.push(Described {
                file: SUMMARY,
                rows: summary.height(),
                frame: summary,
                columns: columns::SUMMARY,
            });
        }
        let descriptor = descriptor(material, resources);
        exported.add(DESCRIPTOR, format!("{descriptor:#}\n"));
        exported.add(
            README,
            readme(material, "humstat export data-package", LEAD, &tables),
        );
        Ok(exported)
    }

    fn writes(&self, name: &str) -> bool {
        [DESCRIPTOR, FIGURES, SUMMARY, README].contains(&name)
    }
}

/// What stands before the schema of a resource.
fn resource(file: &str, description: &str, bytes: &[u8]) -> Map<String, Value> {
    let digest = Sha256::digest(bytes);
    let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let fields = [
        ("name", json!(slug(file.trim_end_matches(".csv"), "table"))),
        ("path", json!(file)),
        ("profile", json!(RESOURCE_PROFILE)),
        ("description", json!(description)),
        ("format", json!("csv")),
        ("mediatype", json!("text/csv")),
        ("encoding", json!("utf-8")),
        ("bytes", json!(bytes.len())),
        ("hash", json!(format!("sha256:{hash}"))),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn summary_resource(material: &Material<'_>, summary: &DataFrame, bytes: &[u8]) -> Value {
    let mut resource = resource(
        SUMMARY,
        "The newest figure of each place, with the one before it and the change",
        bytes,
    );
    let mut schema = json!({
        "fields": fields(summary, columns::SUMMARY),
        "missingValues": [""],
    });
    let known: BTreeSet<String> = material
        .figures
        .rows
        .iter()
        .map(|row| row.id.to_string())
        .collect();
    let rows = material.summary.map_or(&[][..], |summary| &summary.rows);
    let mut shown = rows.iter().filter_map(|row| row.figure_id.as_ref());
    if let Some(schema) = schema.as_object_mut()
        && shown.all(|id| known.contains(id))
    {
        schema.insert(
            "foreignKeys".to_owned(),
            json!([{
                "fields": "figure_id",
                "reference": { "resource": "figures", "fields": "figure_id" },
            }]),
        );
    }
    resource.insert("schema".to_owned(), schema);
    Value::Object(resource)
}

/// The fields of a schema: the columns of a frame with what is known of them.
fn fields(frame: &DataFrame, table: &[Column]) -> Vec<Value> {
    let columns = frame.columns().iter();
    columns
        .filter_map(|column| columns::named(table, column.name()))
        .map(|column| {
            let kind = match column.kind {
                ColumnKind::Text => "string",
                ColumnKind::Whole => "integer",
                ColumnKind::Decimal => "number",
                ColumnKind::Date => "date",
            };
            let mut field = json!({
                "name": column.name,
                "type": kind,
                "description": column.meaning,
            });
            if let Some(field) = field.as_object_mut().filter(|_| column.always) {
                field.insert("constraints".to_owned(), json!({ "required": true }));
            }
            field
        })
        .collect()
}

fn descriptor(material: &Material<'_>, resources: Vec<Value>) -> Value {
    let mut descriptor = json!({
        "profile": PROFILE,
        "name": slug(material.title, "figures"),
        "title": material.title,
        "description": format!(
            "What was asked for: {}. {}.",
            in_words(material.selection),
            material.pin
        ),
    });
    let mut add = |field: &str, value: Value| {
        if let Some(fields) = descriptor.as_object_mut() {
            fields.insert(field.to_owned(), value);
        }
    };
    // No clock: the newest figure became known then, on every machine.
    if let Some(newest) = material.newest() {
        add("created", json!(instant(newest)));
    }
    add(
        "ledger",
        json!({ "entry": material.pin.entry, "hash": material.pin.hash }),
    );
    let licences: Vec<Value> = terms(material.figures).iter().map(licence).collect();
    if !licences.is_empty() {
        add("licenses", Value::Array(licences));
    }
    add("sources", Value::Array(source_list(material)));
    add("resources", Value::Array(resources));
    descriptor
}

fn licence(terms: &Terms) -> Value {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-._".contains(letter);
    let name = if terms.code.chars().all(allowed) {
        terms.code.clone()
    } else {
        slug(&terms.code, "licence")
    };
    let mut licence = json!({
        "name": name,
        "title": format!("{} ({})", terms.name, terms.of.join("; ")),
    });
    if let (Some(fields), Some(url)) = (licence.as_object_mut(), &terms.url) {
        fields.insert("path".to_owned(), json!(url));
    }
    licence
}

/// The publications behind the figures, each with its own terms.
fn source_list(material: &Material<'_>) -> Vec<Value> {
    references(material.figures, None)
        .iter()
        .map(|reference| {
            let publication = &reference.publication;
            let version = publication
                .version()
                .map_or_else(String::new, |version| format!(", {version}"));
            let mut source = json!({
                "title": format!(
                    "{} ({}{version})",
                    publication.title,
                    channel_title(publication)
                ),
            });
            let mut add = |field: &str, value: Option<&str>| {
                if let (Some(fields), Some(value)) = (source.as_object_mut(), value) {
                    fields.insert(field.to_owned(), json!(value));
                }
            };
            let address = publication.url.as_deref();
            add("path", address.filter(|url| is_web_address(url)));
            add("licence", licence_of(publication));
            add("attribution", publication.attribution.as_deref());
            source
        })
        .collect()
}
