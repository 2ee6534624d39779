//! What of a page is no part of what it tells: navigation, notices, adverts, forms, other stories.

use super::tree::{Kind, Node, Tree};

/// What is known of each node of a page.
pub(super) struct Pruned {
    /// Whether it is left out, with all in it.
    dropped: Vec<bool>,
    /// Letters in it that are kept and in no link.
    prose: Vec<usize>,
}

impl Pruned {
    /// Whether a node is left out. What is in it is not asked for.
    pub(super) fn is_dropped(&self, position: usize) -> bool {
        self.dropped.get(position).is_some_and(|dropped| *dropped)
    }

    /// How many letters of prose a node holds.
    pub(super) fn prose(&self, position: usize) -> usize {
        self.prose.get(position).copied().unwrap_or_default()
    }

    /// All letters of prose.
    pub(super) fn all_prose(&self, tree: &Tree) -> usize {
        let roots = tree.nodes.iter().enumerate();
        let roots = roots.filter(|(position, node)| node.parent == *position);
        roots.map(|(position, _)| self.prose(position)).sum()
    }
}

/// Looks through a page.
pub(super) fn prune(tree: &Tree) -> Pruned {
    let is_heart = |node: &Node| {
        matches!(node.name(), "h1" | "main")
            || node.attribute("role") == Some("main")
            || node.attribute("itemprop") == Some("articleBody")
    };
    let hearts = gathered(tree, |_, node| usize::from(is_heart(node)));
    let is_machine: Vec<bool> = tree
        .nodes
        .iter()
        .map(|node| is_machine(node.name()))
        .collect();
    let letters = prose(tree, &is_machine);
    let roots = tree.nodes.iter().enumerate();
    let all: usize = roots
        .filter(|(position, node)| node.parent == *position)
        .map(|(position, _)| letters[position])
        .sum();
    let articles = within(tree, |node| matches!(node.name(), "article" | "main"));
    let mut dropped = is_machine;
    for (position, node) in tree.nodes.iter().enumerate() {
        dropped[position] |= match judged(node, articles[position]) {
            Judged::Kept => false,
            // A page that is one form, and a text beside a longer notice.
            Judged::Doubtful => hearts[position] == 0 && letters[position] * 2 <= all,
            Judged::Aside => hearts[position] == 0,
        };
    }
    let prose = prose(tree, &dropped);
    Pruned { dropped, prose }
}

/// What an element's name and attributes say of it.
enum Judged {
    Kept,
    /// No part of the text, unless it is most of the page.
    Doubtful,
    /// No part of the text.
    Aside,
}

/// Elements that hold no words, or words for a machine.
fn is_machine(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "object"
            | "embed"
            | "video"
            | "audio"
            | "canvas"
            | "head"
            | "select"
            | "datalist"
            | "textarea"
            | "button"
            | "map"
            | "del"
            | "s"
            | "strike"
    )
}

fn judged(node: &Node, is_in_article: bool) -> Judged {
    if !matches!(node.kind, Kind::Element { .. }) {
        return Judged::Kept;
    }
    let is_hidden = node.has("hidden")
        || node.attribute("aria-hidden") == Some("true")
        || node.attribute("style").is_some_and(|style| {
            let style: String = style.split_whitespace().collect();
            style.contains("display:none")
                // What is struck out is left out, as `<s>` is.
                || style.contains("line-through")
        });
    if is_hidden {
        return Judged::Aside;
    }
    match node.name() {
        "body" | "html" | "main" => return Judged::Kept,
        "nav" | "aside" | "footer" | "dialog" => return Judged::Aside,
        "header" if !is_in_article => return Judged::Aside,
        "form" => return Judged::Doubtful,
        _ => {}
    }
    let role = node.attribute("role").unwrap_or_default();
    if matches!(
        role,
        "navigation"
            | "banner"
            | "contentinfo"
            | "complementary"
            | "search"
            | "dialog"
            | "alertdialog"
            | "menu"
            | "menubar"
            | "toolbar"
    ) {
        return Judged::Aside;
    }
    let tokens = ["class", "id", "aria-label", "data-component"]
        .into_iter()
        .filter_map(|name| node.attribute(name))
        .flat_map(str::split_whitespace)
        // A long list of classes is of a style sheet's making and says nothing.
        .take(40);
    let mut judged = Judged::Kept;
    for token in tokens {
        match by_name(token) {
            Judged::Aside => return Judged::Aside,
            Judged::Doubtful => judged = Judged::Doubtful,
            Judged::Kept => {}
        }
    }
    judged
}

/// What a class or an id says: `cookie-banner`, `relatedStories`. One of many words is a style's, such as
/// `layout-with-related-links-open`.
fn by_name(token: &str) -> Judged {
    const ASIDE: [&str; 27] = [
        "ad",
        "ads",
        "advert",
        "adverts",
        "advertisement",
        "advertising",
        "adsbygoogle",
        "adslot",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "newsletter",
        "subscribe",
        "outbrain",
        "taboola",
        "disqus",
        "recirculation",
        "sponsored",
        "visually-hidden",
        "sr-only",
        "breadcrumb",
        "breadcrumbs",
        "skip",
        "mostread",
        "onetrust",
        "signup",
    ];
    const DOUBTFUL: [&str; 21] = [
        "related",
        "recommended",
        "recommendations",
        "promo",
        "promotion",
        "share",
        "sharing",
        "social",
        "comment",
        "comments",
        "sidebar",
        "nav",
        "navbar",
        "navigation",
        "menu",
        "footer",
        "masthead",
        "toolbar",
        "popup",
        "modal",
        "trending",
    ];
    const MOST_WORDS: usize = 3;
    if token.len() > 60 {
        return Judged::Kept;
    }
    let words = words(token);
    if words.len() > MOST_WORDS {
        return Judged::Kept;
    }
    let whole = words.join("-");
    let is_of = |list: &[&str]| {
        list.contains(&whole.as_str()) || words.iter().any(|word| list.contains(&word.as_str()))
    };
    // `has-sidebar` speaks of what stands beside it.
    let is_of_a_style = matches!(
        words.first().map(String::as_str),
        Some("has" | "no" | "with" | "is")
    );
    if is_of_a_style {
        Judged::Kept
    } else if is_of(&ASIDE) || whole.contains("visually-hidden") || whole.starts_with("sr-only") {
        Judged::Aside
    } else if is_of(&DOUBTFUL) {
        Judged::Doubtful
    } else {
        Judged::Kept
    }
}

/// The words of `relatedStories` or `related-stories`.
fn words(token: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut was_small = false;
    for letter in token.chars() {
        let is_break = !letter.is_alphanumeric();
        if (is_break || (was_small && letter.is_uppercase())) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        was_small = letter.is_lowercase();
        if !is_break {
            word.extend(letter.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Letters in each node that are kept and in no link.
fn prose(tree: &Tree, dropped: &[bool]) -> Vec<usize> {
    let is_out = within_positions(tree, |position, node| {
        dropped.get(position).is_some_and(|dropped| *dropped) || node.name() == "a"
    });
    gathered(tree, |position, node| match node.text() {
        Some(text) if !is_out[position] => text
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace())
            .count(),
        _ => 0,
    })
}

/// For each node, the sum over it and all that it holds.
pub(super) fn gathered(tree: &Tree, of: impl Fn(usize, &Node) -> usize) -> Vec<usize> {
    let nodes = tree.nodes.iter().enumerate();
    let mut sums: Vec<usize> = nodes.map(|(position, node)| of(position, node)).collect();
    // Each node comes after the one that it is in.
    for (position, node) in tree.nodes.iter().enumerate().rev() {
        if node.parent != position {
            sums[node.parent] += sums[position];
        }
    }
    sums
}

/// For each node, whether it or one that it is in is of a kind.
fn within(tree: &Tree, is_of: impl Fn(&Node) -> bool) -> Vec<bool> {
    within_positions(tree, |_, node| is_of(node))
}

fn within_positions(tree: &Tree, is_of: impl Fn(usize, &Node) -> bool) -> Vec<bool> {
    let mut found: Vec<bool> = Vec::with_capacity(tree.nodes.len());
    for (position, node) in tree.nodes.iter().enumerate() {
        let is_above = found.get(node.parent).is_some_and(|above| *above);
        found.push(is_above || is_of(position, node));
    }
    found
}
