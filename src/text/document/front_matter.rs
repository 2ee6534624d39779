//! Markdown: front matter between lines of `---`, then the text.
//!
//! Front matter is YAML, of which lines of `key: value`, lists and folded texts are understood; what else
//! it may hold says nothing of a document.

use super::decode::decode;
use super::{Document, DocumentError, about, date, plain};

pub(super) fn read(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let mut document = Document::default();
    let text = decode(bytes, None, &mut document.notes);
    let (front, body) = parted(&text);
    for (key, values) in values(front) {
        document.say(&key, &values);
    }
    document.body = body.to_owned();
    plain::require_text(body, name)?;
    if document.title.is_none() {
        document.title = heading(body);
    }
    Ok(document)
}

/// The front matter without its fences, and all that stands after the second of them. A fence that is
/// never closed is a rule across the page.
fn parted(text: &str) -> (&str, &str) {
    let mut at = 0;
    let mut first_end = None;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let is_fence = matches!(line.trim_end(), "---" | "...");
        match first_end {
            None if line.trim_end() == "---" => first_end = Some(end),
            None if line.trim().is_empty() => {}
            None => break,
            Some(start) if is_fence => return (&text[start..at], &text[end..]),
            Some(_) => {}
        }
        at = end;
    }
    ("", text)
}

/// The keys of front matter with their values; a list has several.
fn values(front: &str) -> Vec<(String, Vec<String>)> {
    let mut values: Vec<(String, Vec<String>)> = Vec::new();
    let mut is_folded = false;
    for line in front.lines() {
        let is_within = line.starts_with([' ', '\t', '-']);
        let word = line.trim();
        if word.is_empty() || word.starts_with('#') {
            continue;
        }
        if !is_within && let Some((key, value)) = word.split_once(':') {
            is_folded = matches!(value.trim(), ">" | "|" | ">-" | "|-" | ">+" | "|+");
            let value = if is_folded { "" } else { value };
            values.push((key.trim().to_lowercase(), listed(value)));
        } else if let Some((_, held)) = values.last_mut() {
            match (word.strip_prefix('-'), held.last_mut()) {
                (Some(item), _) if !is_folded => held.extend(listed(item)),
                (_, Some(text)) if is_folded => {
                    text.push(' ');
                    text.push_str(word);
                }
                _ if is_folded => held.push(word.to_owned()),
                _ => {}
            }
        }
    }
    values
}

/// The values of `value`, `"value"` or `[one, two]`.
fn listed(value: &str) -> Vec<String> {
    let value = value.trim();
    let list = value
        .strip_prefix('[')
        .and_then(|list| list.strip_suffix(']'));
    let values: Vec<&str> = match list {
        Some(list) => list.split(',').collect(),
        None => vec![value],
    };
    values.into_iter().filter_map(scalar).collect()
}

/// A value without its quotes, or without the comment after it.
fn scalar(value: &str) -> Option<String> {
    let value = value.trim();
    for quote in ['"', '\''] {
        let inner = value.strip_prefix(quote);
        if let Some(inner) = inner.and_then(|inner| inner.strip_suffix(quote)) {
            let inner = match quote {
                '"' => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
                _ => inner.replace("''", "'"),
            };
            return about::word(&inner);
        }
    }
    let value = value.split(" #").next().unwrap_or(value).trim();
    let is_null = matches!(value, "null" | "~");
    if is_null { None } else { about::word(value) }
}

/// The first heading of a text.
fn heading(body: &str) -> Option<String> {
    let line = body.lines().find(|line| !line.trim().is_empty())?;
    about::word(line.strip_prefix("# ")?.trim_end_matches('#'))
}

impl Document {
    /// Takes what a key of front matter says.
    fn say(&mut self, key: &str, values: &[String]) {
        let first = || values.first().cloned();
        let keep = |held: &mut Option<String>| {
            if held.is_none() {
                *held = first();
            }
        };
        match key {
            "title" | "headline" => keep(&mut self.title),
            "date" | "date_published" | "datepublished" | "published" | "published_at"
            | "date_created" | "pubdate" => self.say_date(key, values),
            "updated" | "modified" | "date_modified" | "lastmod" => {
                self.modified = first().and_then(|text| date::read(&text));
            }
            "url" | "link" | "canonical" | "canonical_url" | "permalink" => keep(&mut self.url),
            "source" | "organisation" | "organization" => keep(&mut self.source),
            "publisher" | "site" | "site_name" => self.publisher = first(),
            // A person's name is none of the program's business; who speaks for a site is.
            "author-organisation"
            | "author_organisation"
            | "author-organization"
            | "author_organization" => keep(&mut self.publisher),
            "country" | "countries" | "about" | "iso3" | "primary_country" => {
                for value in values {
                    self.is_about(value);
                }
            }
            "language" | "lang" => self.language = first().and_then(|text| about::language(&text)),
            _ => {}
        }
    }

    fn say_date(&mut self, key: &str, values: &[String]) {
        let Some(text) = values.first().filter(|_| self.published.is_none()) else {
            return;
        };
        self.published = date::read(text);
        if self.published.is_none() {
            self.notes.push(format!(
                "its `{key}` is `{text}`, which is no date; write 2022-03-08"
            ));
        }
    }
}
