//! From the bytes of a file in any form to its header and its rows of text cells.
//!
//! Bytes are unpacked, their form is told from the first of them, text is decoded, and the header is
//! found; what was decided on the way is noted for the person who gave the file.

mod columnar;
mod declared;
mod delimited;
pub(super) mod doubt;
mod encoding;
pub(super) mod guess;
pub(super) mod header;
mod hidden;
mod json;
mod json_keys;
mod json_stat;
mod number_format;
mod open_document;
mod parts;
mod raised;
mod sheet;
mod text;
mod typed;
mod unpack;
mod workbook;

use std::collections::{BTreeSet, VecDeque};

use self::doubt::{Doubt, Doubts};
use self::text::Text;
use self::unpack::unreadable;
use super::TableError;
use super::hxl::{self, Tagged};
use super::mapping::TableForm;
use crate::ledger::Capture;

/// How many rows are looked at to find the header.
const LOOKED_AT: usize = 25;

/// A row with its number in the file.
type NumberedRow = (u64, csv::StringRecord);

/// The cells of a row with its number in the file.
pub(crate) type NumberedCells = (u64, Vec<String>);

/// A file of which the form is known.
#[derive(Debug)]
pub(super) struct File<'c> {
    name: &'c str,
    content: Content<'c>,
    notes: Vec<String>,
}

#[derive(Debug)]
enum Content<'c> {
    /// Delimited text, read row by row.
    Text(Text<'c>),
    /// Rows that stand in memory.
    Grid(Grid),
}

/// Rows of a workbook's sheet, of JSON or of Parquet.
#[derive(Debug)]
struct Grid {
    /// What one row is called: `row` of a sheet, `record` of a list.
    unit: &'static str,
    /// Names of the columns, where the form has them apart from the rows.
    names: Option<Vec<String>>,
    /// Rows with their numbers, as long as their last cell that is filled.
    rows: Vec<NumberedCells>,
    /// Cells of a sheet whose text is no number to record.
    doubts: Doubts,
}

/// The header of a file and a reader that stands at its first row of data.
pub(super) struct Records<'f> {
    /// Names of the columns, trimmed.
    pub(super) header: Vec<String>,
    /// What one row is called, for messages: `line`, `row` or `record`.
    pub(super) unit: &'static str,
    /// What was found out about the header, for people.
    pub(super) notes: Vec<String>,
    /// The HXL tags, where the mapping says that there are some.
    pub(super) tagged: Option<Tagged>,
    /// Rows that were looked at already.
    looked_at: VecDeque<NumberedRow>,
    rest: Rest<'f>,
}

enum Rest<'f> {
    Text(Box<delimited::Rows<'f>>),
    Grid(std::slice::Iter<'f, NumberedCells>, &'f Doubts),
}

/// The tables of a file with their names: each sheet of a workbook, hidden ones too, or the one table,
/// which has no name.
///
/// # Errors
/// When the file cannot be unpacked or decoded.
pub(crate) fn tables(capture: &Capture) -> Result<Vec<(String, Vec<NumberedCells>)>, TableError> {
    let unread = |error| unreadable(&capture.name, error);
    let unpacked = unpack::unpack(capture, None, &mut Vec::new())?;
    if workbook::is_workbook(&unpacked.start().map_err(unread)?) {
        return workbook::all(&capture.name, &unpacked.whole().map_err(unread)?);
    }
    let form = TableForm::default();
    let file = File::open(capture, &form, &BTreeSet::new())?;
    let rows: Result<_, TableError> = file.rows(&form)?.collect();
    Ok(vec![(String::new(), rows?)])
}

/// The first row of a file, and how many rows there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The cells of the first row; of JSON the names of its columns.
    pub first: Vec<String>,
    /// How many rows there are, the first one included; of JSON how many records.
    pub rows: u64,
}

impl Outline {
    /// Those of some columns that its first row does not name.
    pub fn lacks<'n>(&self, columns: &[&'n str]) -> Vec<&'n str> {
        let lacking = columns.iter().filter(|name| !self.names(name));
        lacking.copied().collect()
    }

    /// Whether the first row has this name.
    pub fn names(&self, name: &str) -> bool {
        self.first.iter().any(|cell| cell.trim() == name)
    }
}

/// The first row of a file and how many there are, read through once.
///
/// # Errors
/// When the file cannot be unpacked or decoded.
pub fn outline(capture: &Capture) -> Result<Outline, TableError> {
    let form = TableForm::default();
    let file = File::open(capture, &form, &BTreeSet::new())?;
    let names = file.names().map(<[String]>::to_vec);
    let mut rows = file.rows(&form)?;
    let row = rows.next().transpose()?;
    let mut count = u64::from(row.is_some());
    for row in rows {
        row?;
        count += 1;
    }
    Ok(Outline {
        rows: count,
        first: names.unwrap_or_else(|| row.map(|(_, cells)| cells).unwrap_or_default()),
    })
}

impl<'c> File<'c> {
    /// Unpacks a file and tells its form. `wanted` are the columns that a mapping names: they tell
    /// which sheet of a workbook is meant.
    pub(super) fn open(
        capture: &'c Capture,
        form: &TableForm,
        wanted: &BTreeSet<&str>,
    ) -> Result<Self, TableError> {
        let name = capture.name.as_str();
        let unread = |error| unreadable(name, error);
        let mut notes = Vec::new();
        let bytes = unpack::unpack(capture, form.file.as_deref(), &mut notes)?;
        let start = bytes.start().map_err(unread)?;
        let content = if workbook::is_workbook(&start) {
            let bytes = bytes.whole().map_err(unread)?;
            Content::Grid(workbook::read(name, &bytes, form, wanted, &mut notes)?)
        } else if start.starts_with(columnar::MAGIC) {
            Content::Grid(columnar::read(name, &bytes.whole().map_err(unread)?)?)
        } else {
            refuse_what_is_no_table(name, &start)?;
            let text = encoding::find(name, bytes, form.encoding.as_deref(), &mut notes)?;
            let json = if json::begins(&text.start().map_err(unread)?) {
                let text = text.whole().map_err(unread)?;
                json::read(name, &text, form.path.as_deref(), &mut notes)?
            } else {
                None
            };
            json.map_or(Content::Text(text), Content::Grid)
        };
        Ok(Self {
            name,
            content,
            notes,
        })
    }

    /// What was decided about the file, for people.
    pub(super) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The error for a file that could be read for some time, and then no longer.
    pub(super) fn unreadable(&self, error: std::io::Error) -> TableError {
        unreadable(self.name, error)
    }

    /// Whether a quotation mark of a delimited file is never closed.
    pub(super) fn has_open_quotation(&self) -> Result<bool, TableError> {
        match &self.content {
            Content::Text(text) => {
                delimited::has_open_quotation(text).map_err(|error| unreadable(self.name, error))
            }
            Content::Grid(_) => Ok(false),
        }
    }

    /// Names of the columns, where the form has them apart from the rows.
    pub(super) fn names(&self) -> Option<&[String]> {
        match &self.content {
            Content::Text(_) => None,
            Content::Grid(grid) => grid.names.as_deref(),
        }
    }

    /// All rows with their numbers, the header among them; what cannot be read as a row is left out.
    pub(super) fn rows<'f>(
        &'f self,
        form: &TableForm,
    ) -> Result<Box<dyn Iterator<Item = Result<NumberedCells, TableError>> + 'f>, TableError> {
        Ok(match &self.content {
            Content::Text(text) => {
                let mut rows = delimited::rows(self.name, text, form)?;
                let mut record = csv::StringRecord::new();
                Box::new(std::iter::from_fn(move || {
                    let number = match rows.read(&mut record) {
                        Err(error) if error.is_io_error() => {
                            return Some(Err(self.unreadable(error.into())));
                        }
                        read => read.ok()??,
                    };
                    let cells = record.iter().map(ToOwned::to_owned).collect();
                    Some(Ok((number, cells)))
                }))
            }
            Content::Grid(grid) => Box::new(grid.rows.iter().cloned().map(Ok)),
        })
    }

    /// Finds the header, in the row that the form names or else in the first that has all `wanted`
    /// columns, and stands before the first row of data.
    pub(super) fn records(
        &self,
        form: &TableForm,
        wanted: &BTreeSet<&str>,
    ) -> Result<Records<'_>, TableError> {
        let (unit, mut rest) = match &self.content {
            Content::Text(text) => {
                let rows = delimited::rows(self.name, text, form)?;
                ("line", Rest::Text(Box::new(rows)))
            }
            Content::Grid(grid) => (grid.unit, Rest::Grid(grid.rows.iter(), &grid.doubts)),
        };
        if let Content::Grid(Grid {
            names: Some(names), ..
        }) = &self.content
        {
            // Where keys are tags, they are their own header.
            let tagged = form
                .hxl
                .then(|| hxl::find(std::slice::from_ref(names)))
                .transpose()
                .map_err(|error| TableError::Misfit(error.to_string()))?;
            return Ok(Records {
                header: names.clone(),
                unit,
                notes: Vec::new(),
                tagged,
                looked_at: VecDeque::new(),
                rest,
            });
        }
        let last = form.header.iter().max().copied().unwrap_or(0);
        let mut looked_at = VecDeque::with_capacity(LOOKED_AT);
        let mut record = csv::StringRecord::new();
        while looked_at.len() < LOOKED_AT
            || looked_at.back().is_some_and(|(number, _)| *number < last)
        {
            let read = rest.read(&mut record, 0).map_err(|error| {
                if error.is_io_error() {
                    self.unreadable(error.into())
                } else {
                    TableError::Misfit(error.to_string())
                }
            })?;
            let Some(number) = read else { break };
            looked_at.push_back((number, record.clone()));
        }
        if looked_at.is_empty() {
            return Err(TableError::Empty(self.name.to_owned()));
        }
        if let Some(names) = header::missing(looked_at.make_contiguous(), form, wanted) {
            return Ok(Records {
                header: names.to_vec(),
                unit,
                notes: vec![
                    "it has no header; its columns are those that the mapping lists".to_owned(),
                ],
                tagged: None,
                looked_at,
                rest,
            });
        }
        let found = header::find(looked_at.make_contiguous(), unit, form, wanted)?;
        looked_at.drain(..found.data);
        Ok(Records {
            header: found.names,
            unit,
            notes: found.notes,
            tagged: found.tagged,
            looked_at,
            rest,
        })
    }
}

impl Records<'_> {
    /// Reads the next row into `record`, at least as wide as the header where the form knows no
    /// width of its own, and tells its number; nothing at the end.
    pub(super) fn read(&mut self, record: &mut csv::StringRecord) -> csv::Result<Option<u64>> {
        let Some((number, looked_at)) = self.looked_at.pop_front() else {
            return self.rest.read(record, self.header.len());
        };
        *record = looked_at;
        if matches!(self.rest, Rest::Grid(..)) {
            for _ in record.len()..self.header.len() {
                record.push_field("");
            }
        }
        Ok(Some(number))
    }

    /// The cells of the row with a number whose text is no number to record, each by its column.
    pub(super) fn doubts(&self, number: u64) -> &[(usize, Doubt)] {
        match &self.rest {
            Rest::Text(_) => &[],
            Rest::Grid(_, doubts) => doubts.of(number),
        }
    }
}

impl Rest<'_> {
    fn read(&mut self, record: &mut csv::StringRecord, width: usize) -> csv::Result<Option<u64>> {
        match self {
            Self::Text(rows) => rows.read(record),
            Self::Grid(rows, _) => Ok(rows.next().map(|(number, cells)| {
                record.clear();
                for cell in cells {
                    record.push_field(cell);
                }
                for _ in cells.len()..width {
                    record.push_field("");
                }
                *number
            })),
        }
    }
}

/// Refuses forms that people send in place of tables, by the bytes that they begin with.
fn refuse_what_is_no_table(name: &str, bytes: &[u8]) -> Result<(), TableError> {
    if !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0) {
        return Err(TableError::Form {
            file: name.to_owned(),
            reason: "it begins with zero bytes alone, as files do whose download was broken off; fetch it again"
                .to_owned(),
        });
    }
    let start = bytes.trim_ascii_start();
    let is_html = [&b"<!doctype html"[..], b"<html"].iter().any(|begin| {
        start
            .get(..begin.len())
            .is_some_and(|text| text.eq_ignore_ascii_case(begin))
    });
    let (what, way_out) = if bytes.starts_with(b"%PDF") {
        ("a PDF", "ask for the table behind it as CSV or a workbook")
    } else if [&b"\x89PNG"[..], b"\xff\xd8\xff", b"GIF8"]
        .iter()
        .any(|magic| bytes.starts_with(magic))
    {
        ("a picture", "ask for the table behind it")
    } else if is_html {
        (
            "a web page",
            "download the table that it links to; an address may also have answered with an error page",
        )
    } else if start.starts_with(b"<?xml") {
        ("XML", "save it as CSV or a workbook")
    } else {
        return Ok(());
    };
    Err(TableError::Form {
        file: name.to_owned(),
        reason: format!("it is {what} and no table; {way_out}"),
    })
}
