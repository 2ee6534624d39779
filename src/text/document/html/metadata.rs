//! What a page says of itself, in JSON-LD, in its head and in its elements.

use super::super::{Document, about, date};
use super::json_ld::{self, Said, Update};
use super::prune::Pruned;
use super::tree::Tree;
use crate::figure::Version;

/// What a page says of a live blog.
pub(super) struct Updates {
    /// Whether it says that it is one.
    pub(super) is_live: bool,
    /// Its entries, where it lists them.
    pub(super) list: Vec<Update>,
}

/// Reads what a page says of itself into a document.
pub(super) fn read(tree: &Tree, pruned: &Pruned, document: &mut Document) -> Updates {
    let head = Head::of(tree, pruned);
    let scripts: Vec<String> = head
        .scripts
        .iter()
        .map(|position| tree.text_within(*position))
        .collect();
    let Said {
        headline,
        published,
        modified,
        publisher,
        source,
        language,
        url,
        is_live,
        updates: list,
    } = json_ld::read(scripts.iter().map(String::as_str));
    let text = |position: Option<usize>| about::word(&tree.text_within(position?));
    let meta = |names: &[&str]| head.meta(names).and_then(about::word);
    let time = |names: &[&str]| head.meta(names).and_then(date::read);
    document.title = headline
        .or_else(|| meta(&["og:title"]))
        .or_else(|| text(head.heading))
        .or_else(|| meta(&["dc.title", "dcterms.title"]))
        .or_else(|| text(head.title));
    const PUBLISHED: [&str; 14] = [
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "parsely-pub-date",
        "pubdate",
        "publishdate",
        "publish-date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.created",
        "dcterms.date",
        "sailthru.date",
        "date",
    ];
    document.published = published.or_else(|| time(&PUBLISHED)).or(head.time);
    document.modified = modified.or_else(|| {
        time(&[
            "article:modified_time",
            "og:updated_time",
            "datemodified",
            "dcterms.modified",
            "last-modified",
        ])
    });
    document.publisher = publisher
        .or_else(|| meta(&["og:site_name", "application-name"]))
        .or_else(|| meta(&["dc.publisher", "dcterms.publisher"]));
    document.source = source;
    document.url = head
        .canonical
        .clone()
        .or_else(|| meta(&["og:url"]))
        .or(url)
        .filter(|url| url.starts_with("http"));
    document.language = language.or(head.language.clone()).or_else(|| {
        let named = head.meta(&["og:locale", "content-language", "dc.language"]);
        named.and_then(about::language)
    });
    Updates { is_live, list }
}

/// What stands in a page beside its text.
#[derive(Default)]
struct Head {
    /// Names and contents of `<meta>`.
    meta: Vec<(String, String)>,
    /// Where its scripts of JSON-LD stand, its title, and its first heading.
    scripts: Vec<usize>,
    title: Option<usize>,
    heading: Option<usize>,
    /// The first time in its text, or one that says it is that of publication.
    time: Option<Version>,
    canonical: Option<String>,
    language: Option<String>,
}

impl Head {
    fn of(tree: &Tree, pruned: &Pruned) -> Self {
        let mut head = Self::default();
        let mut has_own_time = false;
        let mut has_own_heading = false;
        let (mut dropped_until, mut article_until) = (0, 0);
        for (position, node) in tree.nodes.iter().enumerate() {
            if pruned.is_dropped(position) {
                dropped_until = dropped_until.max(node.end);
            }
            let is_shown = position >= dropped_until;
            let attribute = |name| node.attribute(name);
            match node.name() {
                "html" => head.language = attribute("lang").and_then(about::language),
                "title" if head.title.is_none() => head.title = Some(position),
                "article" | "main" => article_until = article_until.max(node.end),
                // A heading in the article is its own; one before it may be the site's.
                "h1" if is_shown && !has_own_heading => {
                    has_own_heading = position < article_until;
                    if has_own_heading || head.heading.is_none() {
                        head.heading = Some(position);
                    }
                }
                "script" if attribute("type").is_some_and(|form| form.contains("ld+json")) => {
                    head.scripts.push(position);
                }
                "link"
                    if attribute("rel")
                        .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                {
                    head.canonical = attribute("href").map(str::to_owned);
                }
                "time" if is_shown && !has_own_time => {
                    let says_so =
                        attribute("itemprop") == Some("datePublished") || node.has("pubdate");
                    if says_so || head.time.is_none() {
                        let time = attribute("datetime").and_then(date::read);
                        has_own_time = says_so && time.is_some();
                        head.time = time.or(head.time);
                    }
                }
                _ => {}
            }
            let name = ["property", "name", "itemprop", "http-equiv"]
                .into_iter()
                .find_map(attribute);
            if let (Some(name), Some(content)) = (name, attribute("content")) {
                head.meta
                    .push((name.to_ascii_lowercase(), content.to_owned()));
            }
        }
        head
    }

    /// The content of the first `<meta>` with one of some names, which are tried in order.
    fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|wanted| {
            let found = self.meta.iter().find(|(name, _)| name == wanted);
            found.map(|(_, content)| content.as_str())
        })
    }
}
