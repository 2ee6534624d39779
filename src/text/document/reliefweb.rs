//! Answers of ReliefWeb's API: the reports in them, or the accounts of disasters.

use serde::Deserialize;
use serde_json::Value;

use super::decode::decode;
use super::{Document, DocumentError, about, date, html, plain};
use crate::figure::Version;

/// Who puts the reports out.
const PUBLISHER: &str = "ReliefWeb";

pub(super) fn read(bytes: &[u8], name: &str) -> Result<Vec<Document>, DocumentError> {
    let mut notes = Vec::new();
    let text = decode(bytes, None, &mut notes);
    plain::require_text(&text, name)?;
    let answer: Value = serde_json::from_str(&text).map_err(|error| {
        DocumentError::form(
            name,
            format!("it is no JSON or is cut off ({error}); get it again"),
        )
    })?;
    if let Some(message) = answer.pointer("/error/message").and_then(Value::as_str) {
        return Err(DocumentError::form(
            name,
            format!("ReliefWeb refused: {message}"),
        ));
    }
    let items = match (&answer, answer.get("data")) {
        (_, Some(Value::Array(items))) => items.as_slice(),
        (_, Some(item)) => std::slice::from_ref(item),
        (Value::Array(items), None) => items.as_slice(),
        (item, None) => std::slice::from_ref(item),
    };
    let mut documents = Vec::with_capacity(items.len());
    for item in items {
        let fields = item.get("fields").ok_or_else(|| {
            let reason = "JSON is read where it is an answer of ReliefWeb, with `data` and `fields`; give a table to `humstat ingest table`";
            DocumentError::form(name, reason)
        })?;
        let fields = Fields::deserialize(fields).map_err(|error| {
            DocumentError::form(
                name,
                format!("a report of ReliefWeb is not as it should be: {error}"),
            )
        })?;
        documents.push(fields.document());
    }
    if documents.iter().all(|document| document.body.is_empty()) {
        let reason = match documents.as_slice() {
            [] => "ReliefWeb found nothing that matches".to_owned(),
            [one] if !one.notes.is_empty() => one.notes.join("; "),
            _ => "its reports come without their text; ask for the fields title, body-html, date, source, country, url_alias and language".to_owned(),
        };
        return Err(DocumentError::no_text(name, reason));
    }
    if let Some(first) = documents.first_mut() {
        first.notes.splice(..0, notes);
    }
    Ok(documents)
}

/// The fields of a report, or of a disaster, that are read. Only what was asked for is there.
#[derive(Deserialize)]
struct Fields {
    title: Option<String>,
    /// The title of a disaster.
    name: Option<String>,
    body: Option<String>,
    #[serde(rename = "body-html")]
    body_html: Option<String>,
    description: Option<String>,
    #[serde(rename = "description-html")]
    description_html: Option<String>,
    #[serde(default)]
    date: Dates,
    #[serde(default)]
    source: Vec<Named>,
    #[serde(default)]
    country: Vec<Named>,
    url: Option<String>,
    url_alias: Option<String>,
    #[serde(default)]
    language: Vec<Named>,
    #[serde(default)]
    file: Vec<Attached>,
}

#[derive(Deserialize, Default)]
struct Dates {
    original: Option<String>,
    created: Option<String>,
    changed: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
    shortname: Option<String>,
    iso3: Option<String>,
    code: Option<String>,
}

#[derive(Deserialize)]
struct Attached {
    url: Option<String>,
}

impl Fields {
    fn document(self) -> Document {
        let is_report = self.title.is_some();
        let page = self.body_html.or(self.description_html);
        let written = self.body.or(self.description);
        let body = match (page, written) {
            (Some(page), _) => html::text_of(&page),
            (None, written) => written.unwrap_or_default(),
        };
        let sources: Vec<String> = self
            .source
            .into_iter()
            .filter_map(|source| source.shortname.or(source.name))
            .collect();
        let mut document = Document {
            title: self.title.or(self.name),
            body,
            published: self
                .date
                .original
                .or(self.date.created)
                .as_deref()
                .and_then(time),
            modified: self.date.changed.as_deref().and_then(date::read),
            publisher: Some(PUBLISHER.to_owned()),
            source: about::word(&sources.join(", ")),
            url: self.url_alias.or(self.url),
            language: self
                .language
                .into_iter()
                .find_map(|language| about::language(&language.code?)),
            ..Document::default()
        };
        for country in self.country {
            if let Some(country) = country.iso3.or(country.name) {
                document.is_about(&country);
            }
        }
        if !is_report {
            let note = "an account of a disaster: its paragraphs name their own sources and days";
            document.notes.push(note.to_owned());
        }
        if document.body.trim().is_empty() {
            document.body.clear();
            let files: Vec<String> = self.file.into_iter().filter_map(|file| file.url).collect();
            if !files.is_empty() {
                document.notes.push(format!(
                    "its text is in {}; give that file",
                    files.join(", ")
                ));
            }
        }
        document
    }
}

/// The time of a report. Its day of publication stands there as midnight, before anybody knew it: a bare
/// day is the end of that day.
fn time(text: &str) -> Option<Version> {
    let time = date::read(text)?;
    const DAY: i64 = 24 * 60 * 60;
    Some(if time.timestamp() % DAY == 0 {
        Version::end_of(time.day())
    } else {
        time
    })
}
