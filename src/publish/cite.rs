//! References: the publications that figures rest on, in the forms that articles and papers use.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::harmless::{harmless, one_line};
use super::sentence::day;
use crate::figure::{Publication, Version, coded_enum};
use crate::ledger::{FigureId, Figures, PublicationRecord};
use crate::vocabulary::{self, ChannelKind};

mod bibtex;

coded_enum! {
    /// A form that references are written in.
    Style ("style of references") {
        /// Text, after the manual of the American Psychological Association.
        Apa = "apa",
        /// Entries for LaTeX.
        Bibtex = "bibtex",
        /// Items for Zotero, Pandoc and others, as JSON.
        CslJson = "csl-json",
    }
}

coded_enum! {
    /// What kind of document a publication is, by its word in CSL.
    Kind ("kind of document") {
        /// Tables.
        Dataset = "dataset",
        /// Prose on the web.
        Webpage = "webpage",
        /// A news report.
        Article = "article-newspaper",
    }
}

/// What the ledger was when it answered: what a reader needs to get the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Its newest entry, or the one that was asked for.
    pub entry: i64,
    /// The hash of that entry, which covers all before it.
    pub hash: String,
    /// Name and version of the program.
    pub program: String,
}

impl Pin {
    /// The entry and its hash, as pictures and Parquet files carry them.
    pub fn metadata(&self) -> Vec<(String, String)> {
        vec![
            ("ledger entry".to_owned(), self.entry.to_string()),
            ("ledger hash".to_owned(), self.hash.clone()),
        ]
    }
}

/// One publication, with what rests on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its name in bibliographies: channel, date and six digits of a hash over what identifies it.
    pub key: String,
    /// The publication.
    pub publication: Publication,
    /// Who counted, by code.
    pub claimants: BTreeSet<Arc<str>>,
    /// What its figures say beside their numbers.
    pub notes: BTreeSet<String>,
    /// The figures, in order, each once.
    pub figures: Vec<FigureId>,
}

/// The publications behind figures, gathered as the figures come.
#[derive(Debug, Default)]
pub struct References {
    found: Vec<Reference>,
    places: BTreeMap<Identity, usize>,
    /// The publications of the figures that came last, and where each was found: there are few of them, and
    /// many rows of each.
    last: (Arc<Vec<PublicationRecord>>, Vec<Option<usize>>),
}

/// What tells publications apart, in the order of references.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Identity {
    channel: String,
    title: String,
    published: Option<Version>,
    retrieved: Option<Version>,
    url: Option<String>,
    relayed_by: Vec<String>,
}

/// The publications behind figures, by channel, title and date, each once. `only` limits them to
/// what some figures rest on.
pub fn references(figures: &Figures, only: Option<&BTreeSet<FigureId>>) -> Vec<Reference> {
    let mut references = References::default();
    references.add(figures, only);
    references.list()
}

impl References {
    /// Adds the publications behind figures, or behind some of them.
    pub fn add(&mut self, figures: &Figures, only: Option<&BTreeSet<FigureId>>) {
        if !Arc::ptr_eq(&self.last.0, &figures.publications) {
            let places = vec![None; figures.publications.len()];
            self.last = (Arc::clone(&figures.publications), places);
        }
        let mut last_series = None;
        for row in &figures.rows {
            if only.is_some_and(|only| !only.contains(&row.id)) {
                continue;
            }
            let place = match self.last.1[row.publication] {
                Some(place) => place,
                None => self.place_of(row.publication),
            };
            let reference = &mut self.found[place];
            // Rows of one series follow each other.
            if last_series.replace((row.series, place)) != Some((row.series, place)) {
                let claimant = &figures.series[row.series].claimant;
                if !reference.claimants.contains(claimant) {
                    reference.claimants.insert(Arc::clone(claimant));
                }
            }
            if let Some(note) = &row.notes
                && !reference.notes.contains(note)
            {
                reference.notes.insert(note.clone());
            }
            reference.figures.push(row.id);
        }
    }

    /// Where a publication of the last figures is found.
    fn place_of(&mut self, index: usize) -> usize {
        let publication = &self.last.0[index].publication;
        let found = &mut self.found;
        let place = *self
            .places
            .entry(Identity::of(publication))
            .or_insert_with(|| {
                found.push(Reference {
                    key: key_of(publication),
                    publication: publication.clone(),
                    claimants: BTreeSet::new(),
                    notes: BTreeSet::new(),
                    figures: Vec::new(),
                });
                found.len() - 1
            });
        self.last.1[index] = Some(place);
        place
    }

    /// The references, by channel, title and date; no two have the same key.
    pub fn list(self) -> Vec<Reference> {
        let mut found: Vec<Option<Reference>> = self.found.into_iter().map(Some).collect();
        let mut references: Vec<Reference> = self
            .places
            .into_values()
            .filter_map(|place| found[place].take())
            .collect();
        let mut used: BTreeMap<String, usize> = BTreeMap::new();
        for reference in &mut references {
            reference.figures.sort_unstable();
            reference.figures.dedup();
            let count = used.entry(reference.key.clone()).or_default();
            *count += 1;
            if *count > 1 {
                reference.key = format!("{}-{count}", reference.key);
            }
        }
        references
    }
}

impl Identity {
    fn of(publication: &Publication) -> Self {
        Self {
            channel: publication.channel.clone(),
            title: publication.title.clone(),
            published: publication.published,
            // Of what was published, the day of retrieval is no identity.
            retrieved: publication
                .retrieved
                .filter(|_| publication.published.is_none()),
            url: publication.url.clone(),
            relayed_by: publication.relayed_by.clone(),
        }
    }
}

/// A name that does not depend on what else is cited: `unhcr-odp-2022-09-06-1f0c3a`.
fn key_of(publication: &Publication) -> String {
    let mut slug = String::new();
    for letter in publication.channel.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    let date = publication
        .version()
        .map_or_else(String::new, |when| format!("-{}", when.day()));
    let mut hasher = Sha256::new();
    let relayers = publication.relayed_by.join("\n");
    for part in [
        publication.channel.as_str(),
        &publication.title,
        publication.url.as_deref().unwrap_or_default(),
        &publication
            .version()
            .map_or_else(String::new, |when| when.to_string()),
        &relayers,
    ] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let hash: String = hasher
        .finalize()
        .iter()
        .take(3)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let slug = if slug.is_empty() { "channel" } else { slug };
    format!("{slug}{date}-{hash}")
}

impl Reference {
    /// What kind of document it is.
    pub fn kind(&self) -> Kind {
        let channel = self.publication.channel.as_str();
        match vocabulary::channel_kind(channel) {
            ChannelKind::Dataset => Kind::Dataset,
            ChannelKind::Prose if channel.starts_with("press/") => Kind::Article,
            ChannelKind::Prose => Kind::Webpage,
        }
    }

    /// Who counted, in full: "UN Refugee Agency (UNHCR)".
    pub fn claimants_in_words(&self) -> Vec<String> {
        self.claimants.iter().map(|code| in_full(code)).collect()
    }

    /// Who wrote the document: for news who relayed it, otherwise who counted.
    pub fn authors(&self) -> Vec<String> {
        match (self.kind(), self.publication.relayed_by.last()) {
            (Kind::Article, Some(relayer)) => vec![relayer.clone()],
            _ => self.claimants_in_words(),
        }
    }

    /// Who brought it out, as far as the vocabulary knows; otherwise the channel.
    pub fn publisher(&self) -> String {
        if let (Kind::Article, Some(relayer)) = (self.kind(), self.publication.relayed_by.last()) {
            return relayer.clone();
        }
        vocabulary::channel(&self.publication.channel)
            .map_or(self.publication.channel.as_str(), |channel| &channel.title)
            .to_owned()
    }

    /// The day of publication.
    pub fn published(&self) -> Option<NaiveDate> {
        self.publication.published.map(|when| when.day())
    }

    /// The day on which it was received.
    pub fn retrieved(&self) -> Option<NaiveDate> {
        self.publication.retrieved.map(|when| when.day())
    }

    /// The licence by its name and its code: "Creative Commons … (CC-BY-4.0)". What the publication
    /// does not say, its channel may.
    pub fn licence(&self) -> Option<String> {
        let of_channel = || {
            vocabulary::channel(&self.publication.channel)
                .ok()
                .map(|channel| channel.licence.as_str())
        };
        let code = self.publication.licence.as_deref().or_else(of_channel)?;
        Some(vocabulary::licence(code).map_or_else(
            |_| code.to_owned(),
            |licence| format!("{} ({})", licence.name, licence.code),
        ))
    }

    /// What no field of a reference has room for: whose figures, who relayed them, on what terms,
    /// and where they are recorded.
    pub fn note(&self, pin: &Pin) -> String {
        let mut parts = Vec::new();
        if self.authors() != self.claimants_in_words() {
            parts.push(format!(
                "Figures of {}",
                self.claimants_in_words().join(" and ")
            ));
        }
        if !self.publication.relayed_by.is_empty() {
            parts.push(format!(
                "Relayed by {}",
                self.publication.relayed_by.join(", then ")
            ));
        }
        if let Some(licence) = self.licence() {
            parts.push(format!("Licence: {licence}"));
        }
        parts.push(pin.to_string());
        parts.join(". ")
    }

    /// The reference as text.
    fn apa(&self, pin: &Pin) -> String {
        let date = self.published().map_or_else(
            || "n.d.".to_owned(),
            |day| day.format("%Y, %B %-d").to_string(),
        );
        let form = match self.kind() {
            Kind::Dataset => " [Data set]",
            Kind::Webpage | Kind::Article => "",
        };
        let mut parts = vec![
            format!("{} ({date})", listed(&self.authors())),
            format!("{}{form}", self.publication.title),
        ];
        let publisher = self.publisher();
        if !self.authors().contains(&publisher) {
            parts.push(publisher);
        }
        let mut text: String = parts.iter().map(|part| ended(part) + " ").collect();
        match (&self.publication.url, self.retrieved()) {
            (Some(url), Some(retrieved)) => {
                text.push_str(&format!("Retrieved {}, from {url} ", day(retrieved)));
            }
            (Some(url), None) => text.push_str(&format!("{url} ")),
            (None, Some(retrieved)) => text.push_str(&format!("Retrieved {}. ", day(retrieved))),
            (None, None) => {}
        }
        format!("{text}[{}.]", self.note(pin))
    }

    /// The reference as an item of CSL-JSON.
    fn csl(&self, pin: &Pin) -> Value {
        let literal = |name: &String| json!({ "literal": name });
        let date = |day: NaiveDate| json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
        let mut item = json!({
            "id": self.key,
            "type": self.kind().code(),
            "title": self.publication.title,
            "author": self.authors().iter().map(literal).collect::<Vec<_>>(),
            "publisher": self.publisher(),
            "note": self.note(pin),
        });
        let mut add = |field: &str, value: Option<Value>| {
            if let (Some(value), Some(fields)) = (value, item.as_object_mut()) {
                fields.insert(field.to_owned(), value);
            }
        };
        add("issued", self.published().map(date));
        add("accessed", self.retrieved().map(date));
        add("URL", self.publication.url.as_ref().map(|url| json!(url)));
        let paper = (self.kind() == Kind::Article).then(|| json!(self.publisher()));
        add("container-title", paper);
        item
    }
}

/// "Recorded with humstat 0.1.0, ledger entry 3, hash 8e6c…".
impl std::fmt::Display for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Recorded with {}, ledger entry {}, hash {}",
            self.program, self.entry, self.hash
        )
    }
}

/// References in a style, as one text.
pub fn cite(references: &[Reference], pin: &Pin, style: Style) -> String {
    match style {
        Style::Apa => {
            let texts: Vec<String> = references
                .iter()
                .map(|reference| one_line(&reference.apa(pin)).into_owned() + "\n")
                .collect();
            texts.join("\n")
        }
        Style::Bibtex => {
            let entries: Vec<String> = references
                .iter()
                .map(|reference| bibtex::entry(reference, pin))
                .collect();
            harmless(&entries.join("\n")).into_owned()
        }
        Style::CslJson => {
            let items = references
                .iter()
                .map(|reference| reference.csl(pin))
                .collect();
            format!("{:#}\n", Value::Array(items))
        }
    }
}

/// An organisation by its name and its code, where the vocabulary has it.
fn in_full(code: &str) -> String {
    match vocabulary::organisation(code) {
        Ok(known) if known.name != known.code => format!("{} ({})", known.name, known.code),
        _ => code.to_owned(),
    }
}

/// Names as a list of authors: "A, B, & C".
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{}, & {last}", rest.join(", ")),
    }
}

/// A text with a full stop at its end, unless it ends a sentence already.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
