//! From the nodes of a page to its text: a paragraph per block, a line per item and per row of a table.

use std::collections::HashMap;
use std::ops::Range;

use super::super::prose::{Prose, raised};
use super::prune::{Pruned, gathered};
use super::tree::{Node, Tree};

/// A text, and where in it some nodes stand.
pub(super) struct Rendered {
    pub(super) text: String,
    /// Bytes of the nodes that were asked for, by their positions.
    pub(super) ranges: HashMap<usize, Range<usize>, foldhash::fast::FixedState>,
}

/// Writes what a node holds and is not left out; `marked` nodes, in order, are told where they stand.
pub(super) fn render(
    tree: &Tree,
    pruned: &Pruned,
    root: Range<usize>,
    marked: &[usize],
) -> Rendered {
    let blocks = gathered(tree, |_, node| {
        usize::from(matches!(
            node.name(),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "blockquote" | "article"
        ))
    });
    let tables = gathered(tree, |_, node| usize::from(node.name() == "table"));
    let mut writer = Writer {
        prose: Prose::default(),
        open: Vec::new(),
        blocks,
        tables,
        ranges: HashMap::default(),
    };
    let mut position = root.start;
    while let Some(node) = tree.nodes.get(position).filter(|_| position < root.end) {
        writer.close_before(position);
        if pruned.is_dropped(position) {
            // Between two words, what is left out parts them only where it is a block.
            if is_block(node.name()) {
                writer.block();
            }
            position = node.end;
            continue;
        }
        match node.text() {
            Some(text) => writer.text(text),
            None => {
                let is_note = writer.is_note(tree, position, node);
                let is_marked = marked.binary_search(&position).is_ok();
                writer.open(position, node, is_marked, is_note);
            }
        }
        position += 1;
    }
    writer.close_before(usize::MAX);
    Rendered {
        text: writer.prose.finish(),
        ranges: writer.ranges,
    }
}

struct Writer {
    prose: Prose,
    open: Vec<Open>,
    /// How many blocks each node holds, and how many tables.
    blocks: Vec<usize>,
    tables: Vec<usize>,
    ranges: HashMap<usize, Range<usize>, foldhash::fast::FixedState>,
}

/// An element that is being written.
struct Open {
    position: usize,
    end: usize,
    role: Role,
    /// Where in the text it began, where that is asked for.
    mark: Option<usize>,
    /// What breaks become within it.
    breaks: Breaks,
    /// Whether a cell of its row was written.
    has_cell: bool,
    /// Whether the innermost table that it is in arranges the page.
    is_layout: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Inline,
    Block,
    Line,
    Row,
    Cell,
    Raised,
    Exact,
}

/// What the end of a block becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    Paragraphs,
    Lines,
    Spaces,
}

impl Writer {
    fn breaks(&self) -> Breaks {
        self.open
            .last()
            .map_or(Breaks::Paragraphs, |open| open.breaks)
    }

    fn block(&mut self) {
        match self.breaks() {
            Breaks::Paragraphs => self.prose.paragraph(),
            Breaks::Lines => self.prose.line(),
            Breaks::Spaces => self.prose.space(),
        }
    }

    fn line(&mut self) {
        match self.breaks() {
            Breaks::Spaces => self.prose.space(),
            _ => self.prose.line(),
        }
    }

    fn text(&mut self, text: &str) {
        match self.open.last().map(|open| open.role) {
            // `1,234<sup>2</sup>` is not 12,342.
            Some(Role::Raised) => self.prose.add(&raised(text)),
            Some(Role::Exact) => self.prose.add_lines(text),
            _ => self.prose.add(text),
        }
    }

    fn open(&mut self, position: usize, node: &Node, is_marked: bool, is_note: bool) {
        let name = node.name();
        if name == "br" {
            match self.breaks() {
                Breaks::Spaces => self.prose.space(),
                _ => self.prose.line_break(),
            }
            return;
        }
        let blocks = self.blocks.get(position).copied().unwrap_or_default();
        let outer = self.breaks();
        // A table that holds another one arranges the page.
        let is_layout = match name {
            "table" => {
                self.tables.get(position).is_some_and(|tables| *tables > 1)
                    || matches!(node.attribute("role"), Some("presentation" | "none"))
            }
            _ => self.open.last().is_some_and(|open| open.is_layout),
        };
        let (role, breaks) = match name {
            "tr" if outer != Breaks::Spaces && !is_layout => (Role::Row, Breaks::Spaces),
            "td" | "th" if self.row().is_some() => (Role::Cell, Breaks::Spaces),
            // An item that holds paragraphs is as a section.
            "li" | "dt" | "dd" if blocks <= 1 => (Role::Line, lesser(outer, Breaks::Lines)),
            "sup" | "sub" => (Role::Raised, outer),
            "pre" => (Role::Exact, outer),
            name if is_block(name) => (Role::Block, outer),
            _ if is_note || is_raised(node) => (Role::Raised, outer),
            _ => (self.inherited(), outer),
        };
        match role {
            Role::Block => self.block(),
            Role::Line | Role::Row => self.line(),
            Role::Cell => {
                if let Some(row) = self
                    .open
                    .iter_mut()
                    .rev()
                    .find(|open| open.role == Role::Row)
                    && std::mem::replace(&mut row.has_cell, true)
                {
                    self.prose.next_cell();
                }
            }
            Role::Exact => self.block(),
            Role::Inline | Role::Raised => {}
        }
        self.open.push(Open {
            position,
            end: node.end,
            role,
            mark: is_marked.then_some(self.prose.len()),
            breaks,
            has_cell: false,
            is_layout,
        });
    }

    /// Whether an element is the mark of a footnote without being raised: a link to a place of its page right
    /// behind a word or a number, that holds a short mark only, `45<a href="#fn3">3</a>`.
    fn is_note(&self, tree: &Tree, position: usize, node: &Node) -> bool {
        /// Letters of the longest mark.
        const LONGEST: usize = 4;
        let is_within = node.name() == "a"
            && node
                .attribute("href")
                .and_then(|href| href.split_once('#'))
                .is_some_and(|(_, fragment)| !fragment.is_empty());
        if !is_within || !self.prose.is_amid_word() {
            return false;
        }
        let inside = tree.nodes.get(position + 1..node.end).unwrap_or_default();
        let mut letters = inside.iter().filter_map(Node::text).flat_map(str::chars);
        let mark: String = letters.by_ref().take(LONGEST + 1).collect();
        let is_digits = mark.chars().any(|letter| letter.is_ascii_digit());
        is_digits && mark.chars().count() <= LONGEST && !mark.starts_with(char::is_whitespace)
    }

    /// The role that elements of letters pass on: what is raised or exact stays so.
    fn inherited(&self) -> Role {
        match self.open.last().map(|open| open.role) {
            Some(role @ (Role::Raised | Role::Exact)) => role,
            _ => Role::Inline,
        }
    }

    /// The row that is being written, if nothing but parts of rows stand between.
    fn row(&self) -> Option<&Open> {
        self.open.last().filter(|open| open.role == Role::Row)
    }

    /// Ends the elements that end before a position.
    fn close_before(&mut self, position: usize) {
        while let Some(open) = self.open.pop_if(|open| open.end <= position) {
            match open.role {
                Role::Block | Role::Exact => self.block(),
                Role::Line | Role::Row => self.line(),
                Role::Cell => self.prose.space(),
                Role::Inline | Role::Raised => {}
            }
            if let Some(mark) = open.mark {
                self.ranges.insert(open.position, self.prose.since(mark));
            }
        }
    }
}

/// Whether the style of an element raises or lowers its letters, as `<sup>` and `<sub>` do.
fn is_raised(node: &Node) -> bool {
    node.attribute("style").is_some_and(|style| {
        style.split(';').any(|rule| {
            let Some((name, value)) = rule.split_once(':') else {
                return false;
            };
            let value = value.split('!').next().unwrap_or_default().trim();
            name.trim().eq_ignore_ascii_case("vertical-align")
                && ["super", "sub"]
                    .iter()
                    .any(|word| value.eq_ignore_ascii_case(word))
        })
    })
}

fn lesser(outer: Breaks, wanted: Breaks) -> Breaks {
    match outer {
        Breaks::Spaces => Breaks::Spaces,
        _ => wanted,
    }
}

/// Whether an element is a block, before and after which words end.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "caption"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "ul"
    )
}
