//! Documents of Word: paragraphs, lists and tables of `word/document.xml`.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::prose::{Prose, raised};
use super::{Document, DocumentError, LIMIT, about, date, decode, plain};

const TEXT: &str = "word/document.xml";
const PROPERTIES: &str = "docProps/core.xml";

/// What the date of a file of Word is.
const SAVED: &str = "its date is that on which the file was last saved; give the day of publication where it is another";

pub(super) fn read(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        DocumentError::form(
            name,
            format!("it cannot be unpacked ({error}); get it again"),
        )
    })?;
    if archive.index_for_name(TEXT).is_none() {
        return Err(DocumentError::form(name, other(&archive)));
    }
    let mut document = Document::default();
    let text = part(&mut archive, TEXT, name)?;
    document.body = body(&text, &mut document.title);
    if archive.index_for_name(PROPERTIES).is_some() {
        let properties = part(&mut archive, PROPERTIES, name)?;
        document.take_properties(&properties);
    }
    // Many a file was begun as a copy of an older one, so that it was made long before its words.
    document.published = document.modified.or(document.published);
    if document.published.is_some() {
        document.notes.push(SAVED.to_owned());
    }
    plain::require_text(&document.body, name)?;
    Ok(document)
}

/// What an archive is that holds no text of Word, with the way out.
fn other(archive: &ZipArchive<Cursor<&[u8]>>) -> &'static str {
    let holds = |part| archive.index_for_name(part).is_some();
    if holds("xl/workbook.xml") || holds("xl/workbook.bin") {
        "it is a workbook; read it with `humstat ingest table`"
    } else if holds("ppt/presentation.xml") {
        "it is a presentation; save it as PDF"
    } else if holds("mimetype") {
        "it is an OpenDocument or an e-book; save it as .docx or PDF"
    } else {
        "it is an archive without word/document.xml; unpack it and give the file that holds the text"
    }
}

/// A part of the archive, as far as it goes.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    wanted: &str,
    name: &str,
) -> Result<String, DocumentError> {
    let damaged = |error: String| {
        DocumentError::form(
            name,
            format!("`{wanted}` in it is damaged ({error}); save it again"),
        )
    };
    let entry = archive
        .by_name(wanted)
        .map_err(|error| damaged(error.to_string()))?;
    let mut bytes = Vec::new();
    let most = LIMIT as u64 + 1;
    entry
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| damaged(error.to_string()))?;
    if bytes.len() > LIMIT {
        return Err(DocumentError::too_large(name));
    }
    Ok(decode::decode(&bytes, None, &mut Vec::new()).into_owned())
}

/// Whether the inside of an element is no part of the text.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "del" | "moveFrom" | "Fallback" | "rPrChange" | "pPrChange"
    )
}

/// What is written of an element's inside.
#[derive(Default)]
struct State {
    prose: Prose,
    /// How many elements are open whose inside is left out: what was deleted or moved away, the second form
    /// of a drawing's words, and how a run looked before it was changed.
    left_out: usize,
    /// How many cells are open, and whether the innermost row has one.
    cells: usize,
    rows: Vec<bool>,
    /// Of the paragraph: whether it is an item of a list, or the title, and whether it has letters.
    is_item: bool,
    is_title: bool,
    is_begun: bool,
    /// Whether the paragraph before it is an item of a list.
    was_item: bool,
    /// Of the run: whether it stands above or below the line, or is hidden or struck out.
    is_raised: bool,
    is_hidden: bool,
    /// Whether letters are words, and not white space between elements.
    is_text: bool,
    title: String,
}

/// The text of a document. A damaged one ends where its damage begins.
fn body(xml: &str, title: &mut Option<String>) -> String {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut state = State::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => state.start(&element),
            Ok(Event::Empty(element)) => state.mark(&element),
            Ok(Event::End(element)) => state.end(element.local_name().as_ref()),
            Ok(Event::Text(text)) => state.text(&text),
            Ok(Event::CData(text)) => state.text(&text),
            Ok(Event::GeneralRef(reference)) => state.text(&resolved(&reference)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    *title = about::word(&state.title);
    state.prose.finish()
}

impl State {
    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        match name.as_ref() {
            name if is_left_out(name) => self.left_out += 1,
            "p" => {
                self.was_item = std::mem::take(&mut self.is_item);
                self.is_title = false;
                self.is_begun = false;
            }
            "r" => (self.is_raised, self.is_hidden) = (false, false),
            "t" => self.is_text = true,
            "tr" => {
                self.rows.push(false);
                self.row_break();
            }
            "tc" => {
                let is_later = self
                    .rows
                    .last_mut()
                    .is_some_and(|row| std::mem::replace(row, true));
                if is_later && self.cells == 0 {
                    self.prose.next_cell();
                }
                self.cells += 1;
            }
            "tbl" if self.cells == 0 => self.prose.paragraph(),
            _ => self.mark(element),
        }
    }

    /// Takes an element that holds nothing.
    fn mark(&mut self, element: &BytesStart<'_>) {
        let value = || {
            let attributes = element.attributes();
            let value = attributes
                .flatten()
                .find(|attribute| attribute.key.local_name().as_ref() == "val");
            value.map(|attribute| attribute.value.into_owned())
        };
        match element.local_name().as_ref() {
            _ if self.left_out > 0 => {}
            "tab" | "ptab" => self.prose.space(),
            "br" | "cr" if self.cells > 0 => self.prose.space(),
            "br" | "cr" => self.prose.line_break(),
            "noBreakHyphen" => self.prose.add("-"),
            "vertAlign" => {
                self.is_raised = matches!(value().as_deref(), Some("superscript" | "subscript"));
            }
            "vanish" | "strike" | "dstrike" => {
                self.is_hidden |= !matches!(value().as_deref(), Some("0" | "false" | "off"));
            }
            "numPr" => self.is_item = true,
            "pStyle" => {
                let style = value().unwrap_or_default();
                self.is_title = style == "Title";
                self.is_item |= style.starts_with("List");
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if is_left_out(name) => self.left_out = self.left_out.saturating_sub(1),
            "t" => self.is_text = false,
            "p" if self.cells > 0 => self.prose.space(),
            "p" => self.prose.line(),
            "tc" => self.cells = self.cells.saturating_sub(1),
            "tr" => {
                self.rows.pop();
                self.row_break();
            }
            "tbl" if self.cells == 0 => self.prose.paragraph(),
            _ => {}
        }
    }

    fn row_break(&mut self) {
        if self.cells == 0 {
            self.prose.line();
        } else {
            self.prose.space();
        }
    }

    fn text(&mut self, text: &str) {
        if !self.is_text || self.left_out > 0 || self.is_hidden {
            return;
        }
        let is_in_list = self.is_item && self.was_item;
        if !std::mem::replace(&mut self.is_begun, true) && self.cells == 0 && !is_in_list {
            self.prose.paragraph();
        }
        if self.is_title {
            self.title.push_str(text);
        }
        if self.is_raised {
            self.prose.add(&raised(text));
        } else {
            self.prose.add(text);
        }
    }
}

/// The letters that `&amp;` or `&#233;` mean.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    quick_xml::escape::resolve_xml_entity(reference)
        .unwrap_or_default()
        .to_owned()
}

impl Document {
    /// Takes what the properties of the document say.
    fn take_properties(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        let mut name = String::new();
        let mut value = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    element.local_name().as_ref().clone_into(&mut name);
                    value.clear();
                }
                Ok(Event::Text(text)) => value.push_str(&text),
                Ok(Event::GeneralRef(reference)) => value.push_str(&resolved(&reference)),
                Ok(Event::End(_)) => {
                    self.take_property(&name, &value);
                    name.clear();
                }
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    fn take_property(&mut self, name: &str, value: &str) {
        match name {
            "title" => self.title = about::word(value).or(self.title.take()),
            "created" => self.published = self.published.or(date::read(value)),
            "modified" => self.modified = date::read(value),
            "language" => self.language = about::language(value),
            _ => {}
        }
    }
}
