//! Where a figure was read: the bytes that were received, and the row in them.

use rusqlite::OptionalExtension as _;

use super::row::Table;
use super::{Capture, FigureId, Ledger, LedgerError};

/// The place in a capture that a figure was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureSource {
    /// Name of the file.
    pub name: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Row in it, counted from 1 with the header; none where no row is known.
    pub row: Option<u32>,
    /// The mapping that it was read with.
    pub mapping: String,
    /// The bytes, page by page; none where this copy of the ledger left them out.
    pub pages: Vec<Capture>,
}

impl Ledger {
    /// The figures whose value, low or high is this number, oldest first; also what was retracted.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn figures_with_value(&self, number: i64) -> Result<Vec<FigureId>, LedgerError> {
        (|| -> rusqlite::Result<Vec<FigureId>> {
            self.connection
                .prepare("SELECT id FROM figure WHERE ? IN (value, low, high) ORDER BY id")?
                .query_map([number], |row| row.get(0).map(FigureId))?
                .collect()
        })()
        .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// The figures whose value lies within one of these spans, both ends included, oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn figures_within(&self, spans: &[(i64, i64)]) -> Result<Vec<FigureId>, LedgerError> {
        if spans.is_empty() {
            return Ok(Vec::new());
        }
        (|| -> rusqlite::Result<Vec<FigureId>> {
            let mut statement = self
                .connection
                .prepare("SELECT id, value FROM figure WHERE value IS NOT NULL ORDER BY id")?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let value: i64 = row.get(1)?;
                if spans
                    .iter()
                    .any(|(first, last)| (*first..=*last).contains(&value))
                {
                    found.push(FigureId(row.get(0)?));
                }
            }
            Ok(found)
        })()
        .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    /// Where a figure was read. A figure that was restated was read where it was first said. None
    /// for a figure typed by hand.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn source_of(&self, figure: FigureId) -> Result<Option<FigureSource>, LedgerError> {
        self.read_source(figure)
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    fn read_source(&self, FigureId(id): FigureId) -> rusqlite::Result<Option<FigureSource>> {
        let found: Option<(i64, FigureSource)> = self
            .connection
            .query_row(
                "SELECT capture.id, capture.name, lower(hex(capture.sha256)), figure.source_row,
                        reading.mapping
                 FROM figure
                 JOIN publication ON publication.id = figure.publication
                 JOIN reading ON reading.id = publication.reading
                 JOIN capture ON capture.id = reading.capture
                 WHERE figure.id = COALESCE((SELECT restates FROM figure WHERE id = ?1), ?1)",
                [id],
                |row| {
                    Ok((
                        row.get(0)?,
                        FigureSource {
                            name: row.get(1)?,
                            sha256: row.get(2)?,
                            row: row.get(3)?,
                            mapping: row.get(4)?,
                            pages: Vec::new(),
                        },
                    ))
                },
            )
            .optional()?;
        let Some((capture, mut source)) = found else {
            return Ok(None);
        };
        let mut pages = vec![(capture, source.name.clone())];
        if self.has(Table::Page) {
            let mut further = self.connection.prepare(
                "SELECT capture.id, capture.name FROM page JOIN capture ON capture.id = page.capture
                 WHERE page.reading = (SELECT publication.reading FROM figure
                     JOIN publication ON publication.id = figure.publication
                     WHERE figure.id = COALESCE((SELECT restates FROM figure WHERE id = ?1), ?1))
                 ORDER BY page.id",
            )?;
            for page in further.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))? {
                pages.push(page?);
            }
        }
        for (capture, name) in pages {
            match self.bytes_of(capture)? {
                Some(bytes) => source.pages.push(Capture::new(name, bytes)),
                None => return Ok(Some(source)),
            }
        }
        Ok(Some(source))
    }

    /// The bytes of a capture; none where this copy of the ledger left them out.
    pub(super) fn bytes_of(&self, capture: i64) -> rusqlite::Result<Option<Vec<u8>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT zstd FROM capture_chunk WHERE capture = ? ORDER BY id")?;
        let mut chunks = statement.query([capture])?;
        let mut bytes: Option<Vec<u8>> = None;
        while let Some(chunk) = chunks.next()? {
            let chunk = zstd::decode_all(chunk.get_ref(0)?.as_blob()?)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
            bytes.get_or_insert_default().extend(chunk);
        }
        Ok(bytes)
    }
}
