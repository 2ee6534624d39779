//! What the content of an OpenDocument spreadsheet says beside the values of its cells, and whether its parser can
//! be given it: the parser writes out all that is said to be repeated, looks for an end that is not there for
//! ever, and names no cell.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor, Read as _};

use calamine::Dimensions;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::doubt::{Doubt, Doubts, cell_name};
use super::parts::Archive;

/// The part of the archive that holds the sheets.
const CONTENT: &str = "content.xml";

/// What the parser makes of repetitions, for each cell that is written: more than people repeat.
const REPEATED: u64 = 50;

/// Up to here nobody asks how few cells were written.
const ANY_REPEATED: u64 = 1_000_000;

/// The same for a rectangle of cells, of which most are empty.
const ANY_SPREAD: u64 = 5_000_000;

/// Bytes of a text that take as much as a cell.
const BYTES: u64 = 64;

/// Blanks in a row: more than people write.
const BLANKS: u64 = 1_000;

/// Where the parser drops cells without a word.
const ROWS: u64 = 1_048_576;
const COLUMNS: u64 = 16_384;

/// What the content says of a sheet.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Cells whose text is no number to record.
    pub(super) doubts: Doubts,
    /// Ranges of merged cells.
    pub(super) merged: Vec<Dimensions>,
    /// How many rows with cells are hidden or filtered out.
    pub(super) hidden: u64,
}

/// The facts of each sheet by its name; none of another workbook.
///
/// # Errors
/// With what is wrong, in words.
pub(super) fn facts(bytes: &[u8]) -> Result<Option<HashMap<String, Facts>>, String> {
    const PASSWORD: &str = "it asks for a password; save a copy without one";
    let Ok(mut archive) = Archive::new(Cursor::new(bytes)) else {
        return Ok(None);
    };
    if archive.index_for_name("encrypted-package").is_some() {
        return Err(PASSWORD.to_owned());
    }
    if archive.index_for_name("mimetype").is_none() || archive.index_for_name(CONTENT).is_none() {
        return Ok(None);
    }
    if is_encrypted(&mut archive) {
        return Err(PASSWORD.to_owned());
    }
    let content = archive
        .by_name(CONTENT)
        .map_err(|error| format!("its {CONTENT} cannot be unpacked: {error}"))?;
    read(BufReader::new(content)).map(Some)
}

/// Whether the list of the parts says that some need a password.
fn is_encrypted(archive: &mut Archive<'_>) -> bool {
    const LOOKED_AT: u64 = 1 << 20;
    let Ok(list) = archive.by_name("META-INF/manifest.xml") else {
        return false;
    };
    let mut text = Vec::new();
    // What cannot be unpacked is refused by the parser.
    let _ = list.take(LOOKED_AT).read_to_end(&mut text);
    String::from_utf8_lossy(&text).contains("encryption-data")
}

fn read(content: impl BufRead) -> Result<HashMap<String, Facts>, String> {
    let mut reader = Reader::from_reader(content);
    reader.config_mut().expand_empty_elements = true;
    let mut open = 0_usize;
    let mut sheets = HashMap::new();
    let mut sheet: Option<Sheet> = None;
    let mut event = Vec::new();
    loop {
        match reader.read_event_into(&mut event) {
            Ok(Event::Start(element)) => {
                open += 1;
                match (&mut sheet, element.name().as_ref()) {
                    (None, "table:table") => {
                        sheet = Some(Sheet::new(text(&element, "table:name"), open));
                    }
                    (Some(sheet), name) => sheet.start(name, &element)?,
                    (None, _) => {}
                }
            }
            Ok(Event::End(element)) => {
                if let Some(ended) = &mut sheet {
                    if ended.level == open {
                        let (name, facts) = ended.end()?;
                        sheets.insert(name, facts);
                        sheet = None;
                    } else if element.name().as_ref() == "table:table-row" {
                        ended.end_row()?;
                    }
                }
                open = open.saturating_sub(1);
            }
            Ok(Event::Text(text)) => {
                if let Some(sheet) = &mut sheet {
                    sheet.fill(text.len() as u64 / BYTES)?;
                }
            }
            Ok(Event::Eof) if open == 0 => return Ok(sheets),
            Ok(Event::Eof) => {
                return Err(format!(
                    "it is damaged: its {CONTENT} ends within an element; open it and save it again"
                ));
            }
            Ok(_) => {}
            Err(error) => {
                return Err(format!(
                    "it is damaged: its {CONTENT} is no XML ({error}); open it and save it again"
                ));
            }
        }
        event.clear();
    }
}

/// A sheet that is being read; rows and columns are counted from 0.
#[derive(Default)]
struct Sheet {
    name: String,
    /// How deep its element lies.
    level: usize,
    facts: Facts,
    row: u64,
    column: u64,
    /// In how many columns the last cell stands.
    times_of_cell: u64,
    /// How often the row is repeated, and whether it is shown.
    times: u64,
    is_hidden: bool,
    /// What the row holds: how many cells, and those that are doubtful or merged.
    filled: u64,
    doubts: Vec<(u64, Doubt)>,
    merged: Vec<Dimensions>,
    /// Filled cells that are written, and what they are with their repetitions.
    written: u64,
    repeated: u64,
    /// The first and the last row and column with a filled cell.
    rows: Option<(u64, u64)>,
    columns: Option<(u64, u64)>,
}

impl Sheet {
    fn new(name: String, level: usize) -> Self {
        Self {
            name,
            level,
            ..Self::default()
        }
    }

    fn start(&mut self, name: &str, element: &BytesStart<'_>) -> Result<(), String> {
        match name {
            "table:table-row" => {
                self.column = 0;
                self.filled = 0;
                self.times = count(&text(element, "table:number-rows-repeated"));
                self.is_hidden =
                    matches!(&*text(element, "table:visibility"), "collapse" | "filter");
                Ok(())
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell(element),
            // The parser writes each of these blanks.
            "text:s" if count(&text(element, "text:c")) > BLANKS => Err(format!(
                "sheet `{}`, {}: more than {BLANKS} blanks in a row; take them out, or save it as CSV",
                self.name,
                cell_name(self.row, self.column.saturating_sub(1))
            )),
            _ => Ok(()),
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        let cell = Cell::new(element);
        self.times_of_cell = cell.across;
        let (row, first) = (self.row, self.column);
        self.column = first.saturating_add(cell.across);
        if cell.across == 0 || !(cell.has_value || cell.has_formula) {
            return Ok(());
        }
        if let Some(number) = cell.number.filter(|number| number.parse::<f64>().is_err()) {
            return Err(format!(
                "sheet `{}`, {}: the cell says that `{number}` is a number, and it is none; type it anew and save the file",
                self.name,
                cell_name(row, first)
            ));
        }
        self.fill(1 + element.len() as u64 / BYTES)?;
        let last = self.column - 1;
        let (left, right) = self.columns.unwrap_or((first, last));
        self.columns = Some((left.min(first), right.max(last)));
        if let Some(doubt) = cell.doubt {
            self.doubts
                .extend((first..self.column).map(|at| (at, doubt)));
        }
        let (rows, columns) = cell.spans;
        if rows.saturating_mul(columns) > 1 {
            self.merged.push(Dimensions {
                start: (narrow(row), narrow(first)),
                end: (
                    narrow(row.saturating_add(rows - 1)),
                    narrow(first.saturating_add(columns - 1)),
                ),
            });
        }
        Ok(())
    }

    /// Counts what a cell, or a text in it, takes: a long text as many cells.
    fn fill(&mut self, taken: u64) -> Result<(), String> {
        self.written += taken;
        self.filled = self
            .filled
            .saturating_add(taken.saturating_mul(self.times_of_cell));
        self.check_repeated(self.filled)
    }

    fn end_row(&mut self) -> Result<(), String> {
        let next = self.row.saturating_add(self.times);
        if self.filled > 0 && self.times > 0 {
            self.repeated = self
                .repeated
                .saturating_add(self.filled.saturating_mul(self.times));
            self.check_repeated(0)?;
            let (first, _) = self.rows.unwrap_or((self.row, 0));
            self.rows = Some((first, next.saturating_sub(1)));
            if self.is_hidden {
                self.facts.hidden = self.facts.hidden.saturating_add(self.times);
            }
            for row in self.row..next {
                for (column, doubt) in &self.doubts {
                    self.facts.doubts.put(narrow(row), narrow(*column), *doubt);
                }
            }
        }
        self.facts.merged.append(&mut self.merged);
        self.doubts.clear();
        self.row = next;
        Ok(())
    }

    /// Refuses a sheet that says far more cells by repetition than it writes; `more` are those of the row that
    /// is being read.
    fn check_repeated(&self, more: u64) -> Result<(), String> {
        let repeated = self.repeated.saturating_add(more);
        if repeated > ANY_REPEATED && repeated / REPEATED > self.written {
            return Err(format!(
                "sheet `{}`, row {}: more than a million of its cells are repetitions of a few; delete those that are not meant, or save it as CSV",
                self.name,
                self.row + 1
            ));
        }
        Ok(())
    }

    /// The name and the facts of the sheet.
    fn end(&mut self) -> Result<(String, Facts), String> {
        if let (Some((top, bottom)), Some((left, right))) = (self.rows, self.columns) {
            if bottom >= ROWS || right >= COLUMNS {
                return Err(format!(
                    "sheet `{}` has cells beyond row {ROWS} or column {COLUMNS}; delete them, or save it as CSV",
                    self.name
                ));
            }
            let spread = (bottom - top + 1) * (right - left + 1);
            if spread > ANY_SPREAD && spread / REPEATED > self.written {
                return Err(format!(
                    "sheet `{}`: its cells lie far apart, with millions of empty ones between them; delete what stands far down or to the right, or save it as CSV",
                    self.name
                ));
            }
        }
        Ok((
            std::mem::take(&mut self.name),
            std::mem::take(&mut self.facts),
        ))
    }
}

/// A row or column as the parser counts them. What is beyond is refused.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What the start of a cell says.
#[derive(Default)]
struct Cell<'e> {
    /// In how many columns it stands.
    across: u64,
    number: Option<Cow<'e, str>>,
    has_value: bool,
    has_formula: bool,
    doubt: Option<Doubt>,
    /// Over how many rows and columns it is merged.
    spans: (u64, u64),
}

impl<'e> Cell<'e> {
    fn new(element: &'e BytesStart<'_>) -> Self {
        let mut cell = Self {
            across: 1,
            spans: (1, 1),
            ..Self::default()
        };
        for attribute in element.attributes().with_checks(false).flatten() {
            let value = attribute.value;
            match attribute.key.as_ref() {
                "table:number-columns-repeated" => cell.across = count(&value),
                "table:number-rows-spanned" => cell.spans.0 = count(&value),
                "table:number-columns-spanned" => cell.spans.1 = count(&value),
                "table:formula" => cell.has_formula = true,
                "office:value" => (cell.has_value, cell.number) = (true, Some(value)),
                "office:value-type" => match &*value {
                    // Its value may be the text in it.
                    "string" => cell.has_value = true,
                    "percentage" => cell.doubt = Some(Doubt::Share),
                    "currency" => cell.doubt = Some(Doubt::Money),
                    "time" => cell.doubt = Some(Doubt::Duration),
                    _ => {}
                },
                "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => cell.has_value = true,
                _ => {}
            }
        }
        if !cell.has_value {
            cell.doubt = cell.has_formula.then_some(Doubt::Unsaved);
        }
        cell
    }
}

/// How often, as an attribute says; once where it does not.
fn count(text: &str) -> u64 {
    text.parse().unwrap_or(1)
}

/// The value of an attribute with its letters as they are meant; empty where there is none.
fn text(element: &BytesStart<'_>, name: &str) -> String {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let Some(found) = attributes.find(|attribute| attribute.key.as_ref() == name) else {
        return String::new();
    };
    quick_xml::escape::unescape(&found.value)
        .map_or_else(|_| found.value.to_string(), Cow::into_owned)
}
