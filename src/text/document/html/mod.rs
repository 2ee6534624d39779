//! Web pages: the article in them, and what they say of it.
//!
//! html5ever's tokenizer knows the entities and the odd corners of the syntax, and takes a time that grows
//! with the length of the page only.

mod attributes;
mod json_ld;
mod live;
mod metadata;
mod prune;
mod render;
mod tree;

use encoding_rs::Encoding;

use super::decode::decode;
use super::{Document, DocumentError};
use live::Live;
use prune::{Pruned, prune};
use render::render;
use tree::Tree;

pub(super) fn read(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let mut notes = Vec::new();
    let page = decode(bytes, said_encoding(bytes), &mut notes);
    let mut document = of_page(&page, name)?;
    document.notes.splice(..0, notes);
    Ok(document)
}

/// Reads a page that is decoded.
pub(super) fn of_page(page: &str, name: &str) -> Result<Document, DocumentError> {
    if attributes::are_too_many(page) {
        let reason = "one of its tags has thousands of attributes; save its text as a text file";
        return Err(DocumentError::form(name, reason));
    }
    let tree = Tree::of(page);
    let pruned = prune(&tree);
    let mut document = Document::default();
    let updates = metadata::read(&tree, &pruned, &mut document);
    match live::find(&tree, &pruned, &updates) {
        Some(Live::Elements { root, entries }) => {
            let rendered = render(&tree, &pruned, root, &entries);
            document.entries = live::entries(&tree, &rendered, &entries, &updates);
            document.body = rendered.text;
        }
        Some(Live::Updates) => live::write(&updates, &mut document),
        None => {
            let root = article(&tree, &pruned);
            document.body = render(&tree, &pruned, root, &[]).text;
        }
    }
    if document.body.trim().is_empty() {
        return Err(DocumentError::no_text(
            name,
            "a script fills the page; save it from the browser as it is shown, as a page or a PDF",
        ));
    }
    put_headline_first(&mut document);
    Ok(document)
}

/// A headline states figures too: one that stands outside the article goes before its text.
fn put_headline_first(document: &mut Document) {
    const OPENING: usize = 2000;
    let Some(title) = document
        .title
        .as_deref()
        .filter(|_| document.entries.is_empty())
    else {
        return;
    };
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let opening: String = document.body.chars().take(OPENING).collect();
    let (title, opening) = (words(title), words(&opening));
    if !opening.contains(&title) {
        document.body.insert_str(0, &format!("{title}\n\n"));
    }
}

/// The text of a part of a page.
pub(super) fn text_of(part: &str) -> String {
    if attributes::are_too_many(part) {
        return String::new();
    }
    let tree = Tree::of(part);
    let pruned = prune(&tree);
    render(&tree, &pruned, 0..tree.nodes.len(), &[]).text
}

/// The nodes of the article: an `<article>` with most of what stands in articles, the main part, or the
/// smallest element with four fifths of the prose.
fn article(tree: &Tree, pruned: &Pruned) -> std::ops::Range<usize> {
    let all = pruned.all_prose(tree);
    let range =
        |position: usize| position..tree.nodes.get(position).map_or(position, |node| node.end);
    let largest = |is_one: &dyn Fn(&tree::Node) -> bool| {
        let nodes = tree.nodes.iter().enumerate();
        let found = nodes.filter(|(position, node)| is_one(node) && !pruned.is_dropped(*position));
        // Of equals the first, which holds the others.
        found
            .map(|(position, _)| position)
            .rev()
            .max_by_key(|position| pruned.prose(*position))
    };
    let articles = largest(&|node| node.name() == "article");
    let main = largest(&|node| node.name() == "main" || node.attribute("role") == Some("main"));
    let of_main = main.map_or(all, |main| pruned.prose(main));
    if let Some(article) = articles.filter(|article| pruned.prose(*article) * 2 > of_main) {
        return range(article);
    }
    if let Some(main) = main.filter(|_| of_main * 2 > all) {
        return range(main);
    }
    let mut chosen = 0..tree.nodes.len();
    let nodes = tree.nodes.iter().enumerate();
    for (position, node) in nodes.filter(|(_, node)| node.text().is_none()) {
        // Elements come before those in them, so the last that is large enough is the smallest.
        let is_large = pruned.prose(position) * 5 >= all * 4;
        if all > 0 && is_large && is_part(node.name()) && !pruned.is_dropped(position) {
            chosen = range(position);
        }
    }
    chosen
}

/// Whether an element is a part of a page, and not of a text.
fn is_part(name: &str) -> bool {
    matches!(
        name,
        "html" | "body" | "div" | "section" | "form" | "center"
    )
}

/// The encoding that a page says it has, within its first bytes.
fn said_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 2048;
    const WORD: &[u8] = b"charset=";
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    let at = start
        .windows(WORD.len())
        .position(|window| window.eq_ignore_ascii_case(WORD))?;
    let rest = &start[at + WORD.len()..];
    let rest = rest
        .strip_prefix(b"\"")
        .or(rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let is_end =
        |byte: &u8| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'));
    let end = rest.iter().position(is_end).unwrap_or(rest.len());
    Encoding::for_label(&rest[..end])
}
