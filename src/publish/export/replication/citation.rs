//! `CITATION.cff`: the publications that figures rest on, in the Citation File Format.

use std::fmt::Write as _;

use crate::ledger::Figures;
use crate::publish::cite::{Kind, Pin, references};

/// The citation of a folder. Its authors are those who counted.
pub fn citation(title: &str, figures: &Figures, pin: &Pin) -> String {
    let references = references(figures, None);
    let mut authors: Vec<String> = Vec::new();
    for name in references
        .iter()
        .flat_map(|known| known.claimants_in_words())
    {
        if !authors.contains(&name) {
            authors.push(name);
        }
    }
    let mut text = format!(
        "cff-version: 1.2.0\nmessage: {}\ntype: dataset\ntitle: {}\nauthors:\n",
        quoted("Please cite the publications under `references`: theirs are the figures."),
        quoted(title)
    );
    for author in &authors {
        let _ = writeln!(text, "  - name: {}", quoted(author));
    }
    // No clock: the newest figure became known then.
    if let Some(newest) = figures.rows.iter().map(|row| row.version).max() {
        let _ = writeln!(text, "date-released: {}", newest.day());
    }
    let _ = writeln!(
        text,
        "identifiers:\n  - type: other\n    value: {}\n    description: {}",
        quoted(&pin.hash),
        quoted(&format!("hash of entry {} of the ledger", pin.entry))
    );
    text.push_str("references:\n");
    for reference in &references {
        let kind = match reference.kind() {
            Kind::Dataset => "data",
            Kind::Webpage => "website",
            Kind::Article => "newspaper-article",
        };
        let _ = writeln!(
            text,
            "  - type: {kind}\n    title: {}\n    authors:",
            quoted(&reference.publication.title)
        );
        for author in reference.authors() {
            let _ = writeln!(text, "      - name: {}", quoted(&author));
        }
        if let Some(day) = reference.published() {
            let _ = writeln!(text, "    date-published: {day}");
        }
        if let Some(day) = reference.retrieved() {
            let _ = writeln!(text, "    date-accessed: {day}");
        }
        let url = reference.publication.url.as_deref();
        if let Some(url) = url.filter(|url| super::super::terms::is_web_address(url)) {
            let _ = writeln!(text, "    url: {}", quoted(url));
        }
        if let Some(licence) = reference.licence() {
            let _ = writeln!(
                text,
                "    notes: {}",
                quoted(&format!("Licence: {licence}"))
            );
        }
    }
    text
}

/// A text as YAML reads it; every JSON text is one.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
