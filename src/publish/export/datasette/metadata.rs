//! What Datasette shows beside the tables: titles, sources, terms, and the meaning of the columns.

use serde_json::{Map, Value, json};

use super::super::Material;
use super::super::terms::{channel_title, terms};
use crate::figure::Unit;
use crate::publish::cite::references;
use crate::publish::columns;
use crate::publish::sources::in_words;

/// The columns of the table of places, with what they say.
const PLACES: &[(&str, &str)] = &[
    ("id", "Id of the place: ISO 3166 alpha-3 for countries"),
    ("name", "Its name"),
    (
        "kind",
        "Its level, such as country or admin1; no legal status",
    ),
    (
        "iso3",
        "ISO 3166 alpha-3 code, or the one that sources write in its place",
    ),
    ("pcode", "P-code of an administrative unit"),
    ("parent", "The unit or country that a unit lies in"),
    (
        "latitude",
        "Degrees north of the middle of its largest piece of land",
    ),
    ("longitude", "Degrees east of it"),
];

/// The columns of the table of publications.
const PUBLICATIONS: &[(&str, &str)] = &[
    ("id", "Number of the publication in the ledger"),
    (
        "channel",
        "Line of publication, whose successive values are versions of each other",
    ),
    ("title", "Its title"),
    ("url", "Its web address"),
    (
        "published_at",
        "When it was published: a day, or an instant of UTC",
    ),
    (
        "retrieved_at",
        "When it was received: a day, or an instant of UTC",
    ),
    (
        "version",
        "When its figures became known: when it was published, else received",
    ),
    (
        "relayed_by",
        "Who passed it on, in their order, parted by semicolons",
    ),
    ("licence", "Terms that it comes under, by code"),
    ("attribution", "How the source asks to be named"),
    ("entry", "Entry of the ledger that recorded it"),
];

/// The columns of the table of caveats.
const CAVEATS: &[(&str, &str)] = &[
    ("publication", "The publication that it is about"),
    (
        "figure_id",
        "The only figure that it is about; empty where it is about all of the publication",
    ),
    ("caveat", "What readers should know"),
];

/// The metadata.
pub(super) fn metadata(material: &Material<'_>) -> Value {
    let about = format!(
        "What was asked for: {}. {}.",
        in_words(material.selection),
        material.pin
    );
    let terms = terms(material.figures);
    let licences: Vec<String> = terms
        .iter()
        .map(|terms| format!("{} ({})", terms.code, terms.of.join("; ")))
        .collect();
    let mut titles: Vec<&str> = Vec::new();
    let mut addresses: Vec<&str> = Vec::new();
    let references = references(material.figures, None);
    for reference in &references {
        let title = channel_title(&reference.publication);
        if !titles.contains(&title) {
            titles.push(title);
        }
        if let Some(url) = reference.publication.url.as_deref()
            && !addresses.contains(&url)
        {
            addresses.push(url);
        }
    }
    let mut database = json!({
        "description": about,
        "source": titles.join("; "),
        "license": licences.join("; "),
    });
    let mut add = |field: &str, value: Value| {
        if let Some(fields) = database.as_object_mut() {
            fields.insert(field.to_owned(), value);
        }
    };
    // Datasette has room for one address; of several, each publication has its own.
    if let [address] = addresses.as_slice() {
        add("source_url", json!(address));
    }
    if let [only] = terms.as_slice()
        && let Some(url) = &only.url
    {
        add("license_url", json!(url));
    }
    add("tables", tables(material));
    json!({
        "title": material.title,
        "description": about,
        "databases": { material.name: database },
    })
}

fn tables(material: &Material<'_>) -> Value {
    let figures: Map<String, Value> = columns::FIGURES
        .iter()
        .map(|column| (column.name.to_owned(), json!(described(material, column))))
        .chain([(
            "publication".to_owned(),
            json!("The publication that said it"),
        )])
        .collect();
    json!({
        "figures": {
            "title": "Figures",
            "description": "The figures as they were published, a row each. Numbers of different units, sources or definitions are never added; a stock is never added over time.",
            "sort_desc": "period_end",
            "facets": ["indicator", "claimant", "location"],
            "columns": figures,
        },
        "publications": {
            "title": "Publications",
            "description": "What the figures rest on, each with its terms.",
            "label_column": "title",
            "columns": table(PUBLICATIONS),
        },
        "places": {
            "title": "Places",
            "description": "The places of the figures, and what units lie in.",
            "label_column": "name",
            "columns": table(PLACES),
        },
        "caveats": {
            "title": "Caveats",
            "description": "What sources say that readers should know.",
            "columns": table(CAVEATS),
        },
    })
}

/// What a column says, with the unit where all figures have one. Datasette's own units are not used:
/// it would show 1,412,503 persons as 1.4 of something larger.
fn described(material: &Material<'_>, column: &columns::Column) -> String {
    let mut units = material
        .figures
        .rows
        .iter()
        .map(|row| material.figures.series[row.series].unit);
    let first = units.next();
    match first.filter(|first| units.all(|unit| unit == *first)) {
        Some(unit) if ["value", "low", "high"].contains(&column.name) => {
            let unit = match unit {
                Unit::UsDollars => "US dollars",
                other => other.code(),
            };
            format!("{} (all in {unit})", column.meaning)
        }
        _ => column.meaning.to_owned(),
    }
}

fn table(columns: &[(&str, &str)]) -> Value {
    let columns = columns.iter();
    let columns = columns.map(|(name, meaning)| ((*name).to_owned(), json!(meaning)));
    Value::Object(columns.collect())
}
