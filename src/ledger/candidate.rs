//! Figures read from prose, which wait for a decision: what the ledger holds of them.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use rusqlite::Row;
use serde::{Deserialize, Serialize};

use super::row::Table;
use super::select::read_publication;
use super::{FigureId, Ledger, LedgerError, codec};
use crate::figure::{PlaceId, Publication, Version, coded_enum};
use crate::text::document::Entry as DocumentEntry;
use crate::text::{Candidate, Document, Prospect, Setting};

/// The name of a candidate: `c` and its number in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CandidateId(pub i64);

impl fmt::Display for CandidateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{}", self.0)
    }
}

impl FromStr for CandidateId {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_prefix('c')
            .and_then(|number| number.parse().ok())
            .filter(|number| *number > 0)
            .map(Self)
            .ok_or_else(|| LedgerError::NoSuchCandidate(text.to_owned()))
    }
}

coded_enum! {
    /// How it stands with a candidate.
    Standing ("standing of a candidate") {
        /// Nobody has decided on it.
        Waiting = "waiting",
        /// Its figure was recorded as it was read.
        Accepted = "accepted",
        /// Its figure was recorded with what a person corrected.
        Corrected = "corrected",
        /// It is no figure to record.
        Rejected = "rejected",
    }
}

/// Which candidates are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CandidateFilter {
    /// These, in any standing; empty for no limit.
    pub ids: Vec<CandidateId>,
    /// Only of this standing.
    pub standing: Option<Standing>,
    /// Only those that an entry proposed.
    pub entry: Option<i64>,
}

/// A text as the ledger holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Its number.
    pub id: i64,
    /// The entry that recorded it.
    pub entry: i64,
    /// How it is named where its figures are recorded.
    pub publication: Publication,
    /// The text, with what it says of itself.
    pub document: Document,
    /// Name of the file that it was read from.
    pub file: String,
    /// SHA-256 of the bytes of that file, lower-case hexadecimal.
    pub sha256: String,
    pub(super) capture: i64,
    pub(super) reader: String,
}

/// A candidate as the ledger holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateRecord {
    /// Its name.
    pub id: CandidateId,
    /// Index of its document in [`Candidates`].
    pub document: usize,
    /// Its place in the list of those of its document.
    pub number: usize,
    /// The sentence.
    pub quote: String,
    /// When the part of the document that it stands in was published, where that is known of its own.
    pub published: Option<Version>,
    /// What was read.
    pub candidate: Candidate,
    /// How it stands with it.
    pub standing: Standing,
    /// The figure that says it, if it was accepted.
    pub figure: Option<FigureId>,
    /// The entry of the decision.
    pub decided_in: Option<i64>,
    /// Why it was rejected, if somebody said so.
    pub reason: Option<String>,
}

/// Candidates with the documents that they refer to, in the order in which they were proposed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Candidates {
    /// The documents.
    pub documents: Vec<DocumentRecord>,
    /// The candidates.
    pub rows: Vec<CandidateRecord>,
}

impl Candidates {
    /// The document of a candidate.
    pub fn document_of(&self, row: &CandidateRecord) -> &DocumentRecord {
        &self.documents[row.document]
    }

    /// The figure that a candidate would become as it was read.
    pub fn prospect(&self, row: &CandidateRecord) -> Prospect {
        let about = self.document_of(row);
        Prospect::of(
            &row.candidate,
            &Setting {
                channel: &about.publication.channel,
                source: about.document.source.as_deref(),
                relayed_by: &about.publication.relayed_by,
                published: row.published.or(about.publication.published),
            },
        )
    }
}

/// An entry of a live blog, as the ledger writes it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) published: Option<i64>,
    pub(super) title: Option<String>,
}

impl Ledger {
    /// Candidates of texts that were not taken back, in the order in which they were proposed.
    ///
    /// # Errors
    /// When the ledger cannot be read, or holds no candidate of a name that was asked for.
    pub fn candidates(&self, filter: &CandidateFilter) -> Result<Candidates, LedgerError> {
        let found = if self.has(Table::Candidate) {
            self.read_candidates(filter)
                .map_err(|error| LedgerError::from_sqlite(&self.path, error))?
        } else {
            Candidates::default()
        };
        for id in &filter.ids {
            if filter.standing.is_none() && !found.rows.iter().any(|row| row.id == *id) {
                return Err(LedgerError::NoSuchCandidate(id.to_string()));
            }
        }
        Ok(found)
    }

    fn read_candidates(&self, filter: &CandidateFilter) -> rusqlite::Result<Candidates> {
        let mut conditions = vec![LIVING_DOCUMENT.to_owned()];
        if !filter.ids.is_empty() {
            let ids: Vec<String> = filter.ids.iter().map(|id| id.0.to_string()).collect();
            conditions.push(format!("candidate.id IN ({})", ids.join(", ")));
        }
        if let Some(entry) = filter.entry {
            conditions.push(format!("candidate.entry = {entry}"));
        }
        match filter.standing {
            Some(Standing::Waiting) => conditions.push("decision.id IS NULL".to_owned()),
            Some(standing) => conditions.push(format!("decision.answer = '{}'", standing.code())),
            None => {}
        }
        let mut statement = self.connection.prepare(&format!(
            "SELECT candidate.id, candidate.document, candidate.number, candidate.quote,
                    candidate.read_as, decision.answer, decision.figure, decision.entry,
                    decision.reason, candidate.published
             FROM candidate JOIN document ON document.id = candidate.document
             LEFT JOIN decision ON decision.id = ({STANDING_DECISION})
             WHERE {} ORDER BY candidate.id",
            conditions.join(" AND ")
        ))?;
        let mut found = Candidates::default();
        let mut index: HashMap<i64, usize> = HashMap::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let document: i64 = row.get(1)?;
            let at = match index.get(&document) {
                Some(at) => *at,
                None => {
                    found.documents.push(self.read_document(document)?);
                    index.insert(document, found.documents.len() - 1);
                    found.documents.len() - 1
                }
            };
            found.rows.push(CandidateRecord {
                id: CandidateId(row.get(0)?),
                document: at,
                number: row.get::<_, i64>(2)?.try_into().unwrap_or(0),
                quote: row.get(3)?,
                candidate: codec::json(row, 4)?,
                standing: codec::optional(row, 5)?.unwrap_or(Standing::Waiting),
                figure: row.get::<_, Option<i64>>(6)?.map(FigureId),
                decided_in: row.get(7)?,
                reason: row.get(8)?,
                published: match row.get(9)? {
                    Some(seconds) => Version::from_timestamp(seconds),
                    None => None,
                },
            });
        }
        Ok(found)
    }

    fn read_document(&self, id: i64) -> rusqlite::Result<DocumentRecord> {
        let publication = self.connection.query_row(
            "SELECT publication.id, publication.entry, channel, title, url, published, retrieved,
                    version, relayed_by, licence, attribution, notes, scope, absence
             FROM publication JOIN document ON document.publication = publication.id
             WHERE document.id = ?",
            [id],
            read_publication,
        )?;
        self.connection.query_row(
            "SELECT document.entry, publisher, source, language, about, parts, body,
                    capture.id, capture.name, lower(hex(capture.sha256)), reading.reader
             FROM document
             JOIN publication ON publication.id = document.publication
             JOIN reading ON reading.id = publication.reading
             JOIN capture ON capture.id = reading.capture
             WHERE document.id = ?",
            [id],
            |row| {
                let publication = publication.publication;
                Ok(DocumentRecord {
                    id,
                    entry: row.get(0)?,
                    document: Document {
                        title: Some(publication.title.clone()),
                        body: row.get(6)?,
                        published: publication.published,
                        publisher: row.get(1)?,
                        source: row.get(2)?,
                        url: publication.url.clone(),
                        language: row.get(3)?,
                        about: codec::json::<Vec<PlaceId>>(row, 4)?,
                        entries: read_parts(row, 5)?,
                        ..Document::default()
                    },
                    publication,
                    capture: row.get(7)?,
                    file: row.get(8)?,
                    sha256: row.get(9)?,
                    reader: row.get(10)?,
                })
            },
        )
    }
}

/// Holds where the document of a row was not taken back.
pub(super) const LIVING_DOCUMENT: &str = "document.publication NOT IN
    (SELECT publication FROM retraction WHERE publication IS NOT NULL)";

/// The decision on a candidate that stands: the newest that was taken back neither with its entry nor
/// with its figure.
pub(super) const STANDING_DECISION: &str = "SELECT MAX(made.id) FROM decision AS made
    WHERE made.candidate = candidate.id
      AND NOT EXISTS (SELECT 1 FROM retraction
          JOIN publication ON publication.id = retraction.publication
          WHERE publication.entry = made.entry)
      AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.figure = made.figure
          OR retraction.publication = (SELECT figure.publication FROM figure WHERE figure.id = made.figure))";

fn read_parts(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<DocumentEntry>> {
    let parts: Vec<Part> = codec::json(row, column)?;
    Ok(parts
        .into_iter()
        .map(|part| DocumentEntry {
            range: part.begin..part.end,
            published: part.published.and_then(Version::from_timestamp),
            title: part.title,
        })
        .collect())
}
