//! What a ledger holds at all: the words that a selection can be made of.

use chrono::NaiveDate;

use super::{Ledger, LedgerError, codec};

/// What a ledger holds. Texts are sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    /// Codes of indicators.
    pub indicators: Vec<String>,
    /// Who counts.
    pub claimants: Vec<String>,
    /// Where it was published.
    pub channels: Vec<String>,
    /// Identifiers of the places that people come from.
    pub origins: Vec<String>,
    /// Identifiers of the places that they are in.
    pub locations: Vec<String>,
    /// The first and the last end of a period; none of a ledger without figures.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl Ledger {
    /// What the ledger held after an entry, or holds now, whatever was retracted since.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn held(&self, as_recorded_at: Option<i64>) -> Result<Held, LedgerError> {
        self.words_and_days(as_recorded_at.unwrap_or(i64::MAX))
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    fn words_and_days(&self, entry: i64) -> rusqlite::Result<Held> {
        let words = |column: &str| -> rusqlite::Result<Vec<String>> {
            self.connection
                .prepare(&format!(
                    "SELECT DISTINCT {column} FROM series WHERE entry <= ? AND {column} <> '' ORDER BY 1"
                ))?
                .query_map([entry], |row| row.get(0))?
                .collect()
        };
        let (first, last): (Option<i32>, Option<i32>) = self.connection.query_row(
            "SELECT MIN(period_end), MAX(period_end) FROM figure WHERE entry <= ?",
            [entry],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let date = |day: Option<i32>| codec::date(day?);
        Ok(Held {
            indicators: words("indicator")?,
            claimants: words("claimant")?,
            channels: words("channel")?,
            origins: words("origin")?,
            locations: words("location")?,
            days: date(first).zip(date(last)),
        })
    }
}
