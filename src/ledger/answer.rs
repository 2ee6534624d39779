//! What servers answered, and what was asked of them.

use rusqlite::OptionalExtension as _;

use super::row::Table;
use super::{Capture, Ledger, LedgerError, Received, codec};

impl Ledger {
    /// The newest answer of an address, with its bytes; none where it was never asked, or where this
    /// copy of the ledger left the bytes out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn answer_to(&self, url: &str) -> Result<Option<Capture>, LedgerError> {
        self.read_answer(url)
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    fn read_answer(&self, url: &str) -> rusqlite::Result<Option<Capture>> {
        if !self.has(Table::Answer) {
            return Ok(None);
        }
        let found = self
            .connection
            .query_row(
                "SELECT capture.id, capture.name, answer.retrieved_at, answer.status, answer.headers
                 FROM answer JOIN capture ON capture.id = answer.capture
                 WHERE answer.url = ? ORDER BY answer.retrieved_at DESC, answer.id DESC LIMIT 1",
                [url],
                |row| {
                    let headers: serde_json::Map<String, serde_json::Value> = codec::json(row, 4)?;
                    let received = Received {
                        url: url.to_owned(),
                        at: codec::version(row, 2)?,
                        status: row.get(3)?,
                        headers: headers
                            .into_iter()
                            .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
                            .collect(),
                    };
                    Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, received))
                },
            )
            .optional()?;
        let Some((capture, name, received)) = found else {
            return Ok(None);
        };
        let bytes = self.bytes_of(capture)?;
        Ok(bytes.map(|bytes| Capture::of_answer(name, bytes, received)))
    }

    /// What was asked for readings of which something stands, each once, in the order in which it
    /// was asked last: the words after `humstat ingest`.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn asks(&self) -> Result<Vec<Vec<String>>, LedgerError> {
        if !self.has(Table::Ask) {
            return Ok(Vec::new());
        }
        (|| -> rusqlite::Result<Vec<Vec<String>>> {
            self.connection
                .prepare(
                    "SELECT words FROM ask
                     WHERE EXISTS (SELECT 1 FROM publication
                         WHERE publication.reading = ask.reading AND publication.id NOT IN
                             (SELECT publication FROM retraction WHERE publication IS NOT NULL))
                     GROUP BY words ORDER BY MAX(id)",
                )?
                .query_map([], |row| codec::json(row, 0))?
                .collect()
        })()
        .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }
}
