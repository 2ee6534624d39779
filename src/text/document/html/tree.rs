//! A web page as a list of nodes in the order of the document.
//!
//! html5ever takes the page apart; the elements are put together here and not by its tree builder, which
//! does as the standard says: it looks through all open elements at each `<div>`, so that the time grows
//! with the square of their depth. What it would repair beyond this makes no difference to the words.

use std::cell::RefCell;
use std::collections::HashMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::{Attribute, LocalName};

use super::render::is_block;

/// How far up open elements are looked through for the one that ends. Nobody writes deeper.
const REACH: usize = 128;

/// A page: what an element holds are the nodes after it up to its end.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// An element, or letters.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The element that it is in; its own position for what is in none.
    pub(super) parent: usize,
    /// The position after all that it holds.
    pub(super) end: usize,
}

#[derive(Debug)]
pub(super) enum Kind {
    Element {
        name: LocalName,
        attributes: Vec<Attribute>,
    },
    Text(StrTendril),
}

impl Node {
    /// The name of an element; empty for letters.
    pub(super) fn name(&self) -> &str {
        match &self.kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    /// The letters.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Element { .. } => None,
            Kind::Text(text) => Some(text),
        }
    }

    /// An attribute, where it is not empty.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&str> {
        match &self.kind {
            Kind::Element { attributes, .. } => attributes
                .iter()
                .find(|attribute| *attribute.name.local == *wanted)
                .map(|attribute| attribute.value.trim())
                .filter(|value| !value.is_empty()),
            Kind::Text(_) => None,
        }
    }

    /// Whether an attribute is there, with or without a value.
    pub(super) fn has(&self, wanted: &str) -> bool {
        match &self.kind {
            Kind::Element { attributes, .. } => attributes
                .iter()
                .any(|attribute| *attribute.name.local == *wanted),
            Kind::Text(_) => false,
        }
    }
}

impl Tree {
    /// Takes a page apart.
    pub(super) fn of(page: &str) -> Self {
        let queue = BufferQueue::default();
        // Pieces share their letters with the page, and none may be longer than 4 GiB.
        queue.push_back(StrTendril::from_slice(page));
        let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        tokenizer.end();
        tokenizer.sink.builder.into_inner().finish()
    }

    /// All letters within a node, scripts too.
    pub(super) fn text_within(&self, position: usize) -> String {
        let end = self.nodes.get(position).map_or(position, |node| node.end);
        let within = self.nodes.get(position..end).unwrap_or_default();
        within.iter().filter_map(Node::text).collect()
    }
}

#[derive(Default)]
struct Sink {
    builder: RefCell<Builder>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.builder.borrow_mut();
        match token {
            Token::CharacterTokens(text) => builder.text(text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return builder.open(tag),
            Token::TagToken(tag) => builder.close(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct Builder {
    nodes: Vec<Node>,
    /// Positions of the elements that are open.
    open: Vec<usize>,
    /// How many are open of each name.
    count: HashMap<LocalName, usize, foldhash::fast::FixedState>,
}

impl Builder {
    fn text(&mut self, text: StrTendril) {
        let end = self.nodes.len() + 1;
        let parent = self.open.last().copied().unwrap_or(end - 1);
        self.nodes.push(Node {
            kind: Kind::Text(text),
            parent,
            end,
        });
    }

    fn open(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let name = tag.name;
        let is_foreign = self.is_open("svg") || self.is_open("math");
        self.close_implied(&name);
        let position = self.nodes.len();
        self.nodes.push(Node {
            parent: self.open.last().copied().unwrap_or(position),
            kind: Kind::Element {
                name: name.clone(),
                attributes: tag.attrs,
            },
            end: position + 1,
        });
        if is_void(&name) || (tag.self_closing && (is_foreign || matches!(&*name, "svg" | "math")))
        {
            return TokenSinkResult::Continue;
        }
        let raw = match &*name {
            _ if is_foreign => None,
            "title" | "textarea" => Some(RawKind::Rcdata),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
            "script" => Some(RawKind::ScriptData),
            _ => None,
        };
        self.open.push(position);
        *self.count.entry(name).or_default() += 1;
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    fn is_open(&self, name: &str) -> bool {
        self.count
            .get(&LocalName::from(name))
            .is_some_and(|count| *count > 0)
    }

    /// Ends the elements that another one ends by beginning.
    fn close_implied(&mut self, name: &LocalName) {
        match &**name {
            "li" => self.close_within(&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => self.close_within(&["dt", "dd"], &["dl"]),
            "td" | "th" => self.close_within(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_within(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => {
                self.close_within(&["tbody", "thead", "tfoot", "caption"], &["table"]);
            }
            "option" => self.close_within(&["option"], &["select"]),
            _ => {}
        }
        if is_block(name) {
            self.close_within(
                &["p"],
                &[
                    "td", "th", "li", "div", "article", "section", "main", "body",
                ],
            );
        }
    }

    /// Ends the nearest open element of some names, unless it is beyond another.
    fn close_within(&mut self, names: &[&str], bounds: &[&str]) {
        if !names.iter().any(|name| self.is_open(name)) {
            return;
        }
        for at in (0..self.open.len()).rev().take(REACH) {
            let name = self.name_at(at);
            if names.contains(&name) {
                self.end_from(at);
                return;
            }
            if bounds.contains(&name) {
                return;
            }
        }
    }

    fn close(&mut self, name: &LocalName) {
        // What stands after the end of the body belongs to it.
        if matches!(&**name, "body" | "html") || !self.is_open(name) {
            return;
        }
        let ends_block = is_block(name);
        for at in (0..self.open.len()).rev().take(REACH) {
            let open = self.name_at(at);
            if open == &**name {
                self.end_from(at);
                return;
            }
            // `</b>` ends no paragraph, and `</div>` no cell of a table.
            let is_bound = if ends_block {
                matches!(open, "td" | "th")
                    && !matches!(&**name, "tr" | "tbody" | "thead" | "tfoot" | "table")
            } else {
                self.nodes
                    .get(self.open[at])
                    .is_some_and(|node| is_block(node.name()))
            };
            if is_bound {
                return;
            }
        }
    }

    fn name_at(&self, at: usize) -> &str {
        let node = self
            .open
            .get(at)
            .and_then(|position| self.nodes.get(*position));
        node.map_or("", Node::name)
    }

    /// Ends an open element and all that are open in it.
    fn end_from(&mut self, at: usize) {
        let end = self.nodes.len();
        for position in self.open.drain(at..) {
            let Some(node) = self.nodes.get_mut(position) else {
                continue;
            };
            node.end = end;
            if let Kind::Element { name, .. } = &node.kind
                && let Some(count) = self.count.get_mut(name)
            {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn finish(mut self) -> Tree {
        self.end_from(0);
        Tree { nodes: self.nodes }
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}
