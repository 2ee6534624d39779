//! What a page says of itself in JSON-LD.

use serde_json::Value;

use super::super::{about, date};
use crate::figure::Version;

/// What JSON-LD says of the article.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) headline: Option<String>,
    pub(super) published: Option<Version>,
    pub(super) modified: Option<Version>,
    pub(super) publisher: Option<String>,
    pub(super) source: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    /// Whether it is a live blog.
    pub(super) is_live: bool,
    /// The entries of a live blog.
    pub(super) updates: Vec<Update>,
}

/// An entry of a live blog.
#[derive(Debug, Clone)]
pub(super) struct Update {
    pub(super) headline: Option<String>,
    pub(super) body: Option<String>,
    pub(super) published: Option<Version>,
}

/// Reads the scripts of a page that hold JSON-LD. Of several articles the first counts, which is the page's
/// own; a live blog counts before others.
pub(super) fn read<'s>(scripts: impl IntoIterator<Item = &'s str>) -> Said {
    let values: Vec<Value> = scripts.into_iter().filter_map(parsed).collect();
    let mut things = Vec::new();
    for value in &values {
        gather(value, &mut things);
    }
    let live = things
        .iter()
        .find(|thing| is_a(thing, &["LiveBlogPosting"]));
    let article = live.or_else(|| things.iter().find(|thing| is_article(thing)));
    let page = things.iter().find(|thing| is_a(thing, &["WebPage"]));
    let mut said = Said::default();
    for thing in article.into_iter().chain(page) {
        said.take(thing, &things);
    }
    if let Some(live) = live {
        said.is_live = true;
        said.updates = listed(live.get("liveBlogUpdate"))
            .filter_map(update)
            .collect();
    }
    said
}

/// JSON in a page is often written by hand, with line ends within texts.
fn parsed(script: &str) -> Option<Value> {
    let script = script.trim();
    serde_json::from_str(script).ok().or_else(|| {
        let tidy = script.replace(char::is_control, " ");
        serde_json::from_str(&tidy).ok()
    })
}

/// All things that a value lists, at its top and in graphs.
fn gather<'v>(value: &'v Value, into: &mut Vec<&'v Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, into)),
        Value::Object(object) => {
            into.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    gather(inner, into);
                }
            }
        }
        _ => {}
    }
}

fn is_a(thing: &Value, types: &[&str]) -> bool {
    listed(thing.get("@type")).any(|name| name.as_str().is_some_and(|name| types.contains(&name)))
}

fn is_article(thing: &Value) -> bool {
    listed(thing.get("@type")).any(|name| {
        name.as_str().is_some_and(|name| {
            name.ends_with("Article")
                || name.ends_with("BlogPosting")
                || matches!(name, "Report" | "PressRelease")
        })
    })
}

/// A value, or each of its items where it is a list.
fn listed(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let (one, many) = match value {
        Some(Value::Array(values)) => (None, values.as_slice()),
        other => (other, [].as_slice()),
    };
    one.into_iter().chain(many)
}

fn text(value: Option<&Value>) -> Option<String> {
    listed(value).find_map(|value| about::word(value.as_str()?))
}

/// The name of an organisation, which may be told elsewhere in the page by its id.
fn name(value: Option<&Value>, things: &[&Value]) -> Option<String> {
    listed(value).find_map(|value| {
        let told = || {
            let id = value.get("@id").filter(|id| id.is_string())?;
            let other = things
                .iter()
                .find(|thing| thing.get("@id") == Some(id) && thing.get("name").is_some())?;
            text(other.get("name"))
        };
        match value {
            Value::String(name) => about::word(name),
            _ => text(value.get("name")).or_else(told),
        }
    })
}

fn time(value: Option<&Value>) -> Option<Version> {
    listed(value).find_map(|value| date::read(value.as_str()?))
}

fn update(value: &Value) -> Option<Update> {
    let update = Update {
        headline: text(value.get("headline")),
        body: listed(value.get("articleBody")).find_map(|body| Some(body.as_str()?.to_owned())),
        published: time(value.get("datePublished")),
    };
    (update.headline.is_some() || update.body.is_some()).then_some(update)
}

impl Said {
    /// Takes what a thing says and what is not yet known.
    fn take(&mut self, thing: &Value, things: &[&Value]) {
        let get = |key: &str| thing.get(key);
        self.headline = self.headline.take().or_else(|| text(get("headline")));
        self.published = self.published.or_else(|| time(get("datePublished")));
        self.modified = self.modified.or_else(|| time(get("dateModified")));
        self.publisher = self
            .publisher
            .take()
            .or_else(|| name(get("publisher"), things));
        self.source = self
            .source
            .take()
            .or_else(|| name(get("sourceOrganization"), things));
        let language = text(get("inLanguage"));
        self.language = self.language.take().or_else(|| about::language(&language?));
        self.url = self.url.take().or_else(|| text(get("url")));
    }
}
