//! The rows of the ledger as they are written and hashed: one encoding for both.

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use sha2::{Digest, Sha256};

/// The tables whose rows an entry's hash covers, in the order of hashing.
///
/// `capture_chunk` is not among them: the capture's own SHA-256 is the truth about its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Capture,
    Retrieval,
    Reading,
    Publication,
    Series,
    Figure,
    Sighting,
    Coverage,
    Retraction,
    Release,
    Place,
    Alias,
    Answer,
    Ask,
    Page,
    Document,
    Candidate,
    Decision,
}

/// How many tables encoding 1 had at first.
const FIRST_TABLES: usize = 9;

impl Table {
    pub(super) const ALL: [Self; 18] = [
        Self::Capture,
        Self::Retrieval,
        Self::Reading,
        Self::Publication,
        Self::Series,
        Self::Figure,
        Self::Sighting,
        Self::Coverage,
        Self::Retraction,
        Self::Release,
        Self::Place,
        Self::Alias,
        Self::Answer,
        Self::Ask,
        Self::Page,
        Self::Document,
        Self::Candidate,
        Self::Decision,
    ];

    /// The schema that brought the table.
    pub(super) const fn schema(self) -> i64 {
        match self {
            Self::Place | Self::Alias => 2,
            Self::Answer | Self::Ask | Self::Page => 3,
            Self::Document | Self::Candidate | Self::Decision => 4,
            _ => 1,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Retrieval => "retrieval",
            Self::Reading => "reading",
            Self::Publication => "publication",
            Self::Series => "series",
            Self::Figure => "figure",
            Self::Sighting => "sighting",
            Self::Coverage => "coverage",
            Self::Retraction => "retraction",
            Self::Release => "release",
            Self::Place => "place",
            Self::Alias => "alias",
            Self::Answer => "answer",
            Self::Ask => "ask",
            Self::Page => "page",
            Self::Document => "document",
            Self::Candidate => "candidate",
            Self::Decision => "decision",
        }
    }

    /// The columns after `id` and `entry`, in the order of the schema.
    pub(super) const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Capture => &["sha256", "size", "name"],
            Self::Retrieval => &["capture", "retrieved_at"],
            Self::Reading => &["capture", "reader", "mapping", "digest", "rows", "skipped"],
            Self::Publication => &[
                "reading",
                "channel",
                "title",
                "url",
                "published",
                "retrieved",
                "version",
                "relayed_by",
                "licence",
                "attribution",
                "notes",
                "scope",
                "absence",
            ],
            Self::Series => &[
                "claimant",
                "channel",
                "indicator",
                "measure",
                "unit",
                "origin",
                "location",
                "since",
                "breakdown",
            ],
            Self::Figure => &[
                "publication",
                "series",
                "period_start",
                "period_end",
                "version",
                "value",
                "low",
                "high",
                "qualifier",
                "status",
                "missing",
                "restates",
                "source_row",
                "notes",
            ],
            Self::Sighting => &[
                "publication",
                "series",
                "first_start",
                "first_end",
                "last_start",
                "last_end",
            ],
            Self::Coverage => &[
                "publication",
                "series",
                "first_start",
                "first_end",
                "last_start",
                "last_end",
                "step",
                "missing",
            ],
            Self::Retraction => &["publication", "figure", "reason"],
            Self::Release => &["name", "files", "figures"],
            Self::Place => &["place", "kind", "parent", "name", "names"],
            Self::Alias => &["name", "place", "means"],
            Self::Answer => &["capture", "url", "retrieved_at", "status", "headers"],
            Self::Ask => &["reading", "words"],
            Self::Page => &["reading", "capture"],
            Self::Document => &[
                "publication",
                "publisher",
                "source",
                "language",
                "about",
                "parts",
                "body",
            ],
            Self::Candidate => &[
                "document",
                "number",
                "first",
                "after_last",
                "quote",
                "indicator",
                "published",
                "read_as",
            ],
            Self::Decision => &["candidate", "answer", "figure", "changes", "reason"],
        }
    }

    pub(super) fn insert_statement(self) -> String {
        let columns = self.columns();
        format!(
            "INSERT INTO {} (id, entry, {}) VALUES (?, ?{})",
            self.name(),
            columns.join(", "),
            ", ?".repeat(columns.len())
        )
    }

    /// Reads the rows back in the order in which they were hashed.
    pub(super) fn scan_statement(self) -> String {
        format!(
            "SELECT id, entry, {} FROM {} ORDER BY id",
            self.columns().join(", "),
            self.name()
        )
    }
}

/// One value of a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
    Blob(&'a [u8]),
}

impl<'a> Cell<'a> {
    pub(super) const fn text(text: Option<&'a str>) -> Self {
        match text {
            Some(text) => Self::Text(text),
            None => Self::Null,
        }
    }

    pub(super) const fn integer(number: Option<i64>) -> Self {
        match number {
            Some(number) => Self::Integer(number),
            None => Self::Null,
        }
    }

    /// The same value as SQLite gives it back; none for a type that the ledger never writes.
    pub(super) fn read(value: ValueRef<'a>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(Self::Null),
            ValueRef::Integer(number) => Some(Self::Integer(number)),
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok().map(Self::Text),
            ValueRef::Blob(bytes) => Some(Self::Blob(bytes)),
            ValueRef::Real(_) => None,
        }
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// One SHA-256 stream over the rows of one table in one entry.
///
/// Encoding 1: per row the id and the values, each as a type byte, then eight bytes little-endian
/// for a number, or the length in eight bytes and the bytes for text and blobs.
pub(super) struct RowHasher {
    stream: Sha256,
    buffer: Vec<u8>,
    is_empty: bool,
}

impl RowHasher {
    const BUFFER: usize = 1 << 16;

    pub(super) fn new() -> Self {
        Self {
            stream: Sha256::new(),
            buffer: Vec::with_capacity(Self::BUFFER),
            is_empty: true,
        }
    }

    /// Whether it has met no row.
    pub(super) const fn is_empty(&self) -> bool {
        self.is_empty
    }

    pub(super) fn row<'a>(&mut self, id: i64, cells: impl IntoIterator<Item = Cell<'a>>) {
        self.is_empty = false;
        self.cell(Cell::Integer(id));
        for cell in cells {
            self.cell(cell);
        }
        if self.buffer.len() > Self::BUFFER - 4096 {
            self.stream.update(&self.buffer);
            self.buffer.clear();
        }
    }

    fn cell(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Null => self.buffer.push(0),
            Cell::Integer(number) => {
                self.buffer.push(1);
                self.buffer.extend_from_slice(&number.to_le_bytes());
            }
            Cell::Text(text) => self.bytes(2, text.as_bytes()),
            Cell::Blob(bytes) => self.bytes(3, bytes),
        }
    }

    fn bytes(&mut self, kind: u8, bytes: &[u8]) {
        self.buffer.push(kind);
        self.buffer
            .extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.buffer.extend_from_slice(bytes);
    }

    pub(super) fn finish(mut self) -> [u8; 32] {
        self.stream.update(&self.buffer);
        self.stream.finalize().into()
    }
}

/// The hash of an entry: the one before it, what it says of itself, and its tables.
///
/// It leaves out the clock and the program's version, so that the same figures recorded in the
/// same order have the same hash on every machine; those two are under the seal.
pub(super) fn entry_hash(
    previous: &[u8],
    kind: &str,
    summary: &str,
    tables: impl IntoIterator<Item = RowHasher>,
) -> [u8; 32] {
    let mut hasher = RowHasher::new();
    hasher.cell(Cell::Text("humstat entry, encoding 1"));
    hasher.cell(Cell::Blob(previous));
    hasher.cell(Cell::Text(kind));
    hasher.cell(Cell::Text(summary));
    for (index, table) in tables.into_iter().enumerate() {
        // A table that came later counts where it has rows, so that older entries keep their hash.
        if index < FIRST_TABLES || !table.is_empty() {
            hasher.cell(Cell::Blob(&table.finish()));
        }
    }
    hasher.finish()
}

/// The seal of an entry: its hash with the time of recording and the program that recorded it.
pub(super) fn entry_seal(
    previous: &[u8],
    hash: &[u8],
    recorded_at: i64,
    program: &str,
) -> [u8; 32] {
    let mut hasher = RowHasher::new();
    hasher.cell(Cell::Text("humstat seal, encoding 1"));
    hasher.cell(Cell::Blob(previous));
    hasher.cell(Cell::Blob(hash));
    hasher.cell(Cell::Integer(recorded_at));
    hasher.cell(Cell::Text(program));
    hasher.finish()
}
