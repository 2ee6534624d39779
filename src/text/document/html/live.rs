//! Live blogs: the entries of a page that is written while things happen.

use std::ops::Range;

use super::super::{Document, Entry, about, date};
use super::json_ld::Update;
use super::metadata::Updates;
use super::prune::{Pruned, gathered};
use super::render::Rendered;
use super::text_of;
use super::tree::{Node, Tree};

/// Where the entries of a live blog are.
pub(super) enum Live {
    /// Elements of the page, within others that are to be written.
    Elements {
        root: Range<usize>,
        entries: Vec<usize>,
    },
    /// In what the page says of itself only.
    Updates,
}

/// Letters that an entry has at least: teasers of other stories have a time and a headline only.
const SHORTEST: usize = 20;

/// Finds the entries of a live blog: elements beside each other, each with a time or a heading and some
/// prose, that hold half of the page's prose together.
pub(super) fn find(tree: &Tree, pruned: &Pruned, updates: &Updates) -> Option<Live> {
    match elements(tree, pruned, updates.is_live) {
        Some(parent) if parent.entries.len() * 2 >= updates.list.len() => Some(Live::Elements {
            root: root(tree, parent.position),
            entries: parent.entries,
        }),
        _ => updates
            .list
            .iter()
            .any(|update| update.body.is_some())
            .then_some(Live::Updates),
    }
}

struct Parent {
    position: usize,
    entries: Vec<usize>,
}

fn elements(tree: &Tree, pruned: &Pruned, is_live: bool) -> Option<Parent> {
    let times = kept(tree, pruned, |node| {
        node.name() == "time" && node.has("datetime")
    });
    let headings = kept(tree, pruned, is_heading);
    let is_entry = |position: usize, node: &Node| {
        let is_of_a_kind = matches!(node.name(), "article" | "section" | "li" | "div");
        let is_dated = times[position] > 0;
        let is_headed = headings[position] > 0 && node.name() == "article";
        is_of_a_kind
            && node.parent != position
            && pruned.prose(position) >= SHORTEST
            && (is_dated || is_headed)
            && !pruned.is_dropped(position)
    };
    // Entries of an element are of one kind: `<article>` beside `<article>`.
    let mut parents: Vec<(usize, &str, usize)> = Vec::new();
    for (position, node) in tree.nodes.iter().enumerate() {
        if is_entry(position, node) {
            parents.push((node.parent, node.name(), position));
        }
    }
    parents.sort_unstable();
    let most = parents
        .chunk_by(|one, other| (one.0, one.1) == (other.0, other.1))
        .max_by_key(|entries| {
            (
                entries.len(),
                std::cmp::Reverse(entries.first().map(|entry| entry.0)),
            )
        })?;
    let prose: usize = most
        .iter()
        .map(|(_, _, position)| pruned.prose(*position))
        .sum();
    let least = if is_live { 2 } else { 3 };
    let is_most = prose * 2 >= pruned.all_prose(tree);
    let position = most.first()?.0;
    (most.len() >= least && is_most).then(|| Parent {
        position,
        entries: most.iter().map(|(_, _, position)| *position).collect(),
    })
}

/// How many elements of a kind are kept within each node.
fn kept(tree: &Tree, pruned: &Pruned, is_one: impl Fn(&Node) -> bool) -> Vec<usize> {
    gathered(tree, |position, node| {
        usize::from(is_one(node) && !pruned.is_dropped(position))
    })
}

fn is_heading(node: &Node) -> bool {
    matches!(node.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The nodes of the innermost article or main part that holds all entries, with what stands before them.
fn root(tree: &Tree, parent: usize) -> Range<usize> {
    let range =
        |position: usize| position..tree.nodes.get(position).map_or(position, |node| node.end);
    let mut position = parent;
    while let Some(node) = tree.nodes.get(position) {
        if matches!(node.name(), "article" | "main") {
            return range(position);
        }
        if node.parent == position {
            break;
        }
        position = node.parent;
    }
    range(parent)
}

/// The entries that were written, with their times and headlines.
pub(super) fn entries(
    tree: &Tree,
    rendered: &Rendered,
    positions: &[usize],
    updates: &Updates,
) -> Vec<Entry> {
    let by_headline: std::collections::HashMap<&str, &Update, foldhash::fast::FixedState> = updates
        .list
        .iter()
        .rev()
        .filter_map(|update| Some((update.headline.as_deref()?, update)))
        .collect();
    let entry = |position: &usize| {
        let range = rendered.ranges.get(position)?.clone();
        let end = tree.nodes.get(*position)?.end;
        let within = tree.nodes.get(*position..end)?;
        let time = within.iter().filter(|node| node.name() == "time");
        let published = time
            .filter_map(|node| date::read(node.attribute("datetime")?))
            .next();
        let heading = within.iter().position(is_heading);
        let title = heading.and_then(|at| about::word(&tree.text_within(position + at)));
        let told = title.as_deref().and_then(|title| by_headline.get(title));
        Some(Entry {
            range,
            published: published.or_else(|| told?.published),
            title,
        })
    };
    let found = positions.iter().filter_map(entry);
    found.filter(|entry| !entry.range.is_empty()).collect()
}

/// Writes the entries that a page lists in what it says of itself.
pub(super) fn write(updates: &Updates, document: &mut Document) {
    for update in &updates.list {
        let body = update.body.as_deref().unwrap_or_default();
        let text = if body.contains('<') || body.contains('&') {
            text_of(body)
        } else {
            body.trim().to_owned()
        };
        let headline = update.headline.clone();
        let parts = [headline.as_deref().unwrap_or_default(), &text];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            continue;
        }
        if !document.body.is_empty() {
            document.body.push_str("\n\n");
        }
        let start = document.body.len();
        document.body.push_str(&parts.join("\n\n"));
        document.entries.push(Entry {
            range: start..document.body.len(),
            published: update.published,
            title: headline,
        });
    }
    document
        .notes
        .push("its entries were read from what the page says of itself in JSON-LD".to_owned());
}
