//! Figures read from prose, which wait for a decision: how they come in and how they are found.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};

use super::reading::check_names;
use super::record::{add_capture, reading_digest};
use super::row::{Cell, Table};
use super::select::read_publication;
use super::writer::EntryWriter;
use super::{Capture, EntryKind, FigureId, Ledger, LedgerError, Recording, codec};
use crate::figure::{PlaceId, Publication, Version, coded_enum, counted};
use crate::text::document::Entry as DocumentEntry;
use crate::text::{Candidate, Document, Prospect, Setting};

/// A text that was read, with the figures that were found in it.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The bytes that were read.
    pub capture: Capture,
    /// The text that all stretches of the candidates count in, with what it says of itself.
    pub document: Document,
    /// How the text is named where its figures are recorded. Its version must be known.
    pub publication: Publication,
    /// Reader and its version, such as `text/1`. A new version means the same bytes may be read otherwise.
    pub reader: String,
    /// The options that it was read with, as text: with the reader and the capture they identify a reading.
    pub options: String,
    /// What was found, in the order of the text.
    pub candidates: Vec<Candidate>,
}

/// What became of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposed {
    /// A new entry.
    Entry {
        /// Its number.
        entry: i64,
        /// The names of the candidates, in the order of the text.
        candidates: Vec<CandidateId>,
    },
    /// The same bytes were read in the same way before; nothing was added.
    Already {
        /// The entry of the first reading.
        entry: i64,
        /// The candidates of it that still wait, in the order of the text.
        waiting: Vec<CandidateId>,
    },
}

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
struct Part {
    begin: usize,
    end: usize,
    published: Option<i64>,
    title: Option<String>,
}

impl Ledger {
    /// Records a text and the figures that were found in it, which then wait for a decision. No
    /// selection holds them before that.
    ///
    /// # Errors
    /// When the publication has no date or no name, the same bytes were read in another way, or the
    /// ledger cannot be written. Nothing changes then.
    pub fn propose(
        &mut self,
        proposal: &Proposal,
        recording: &Recording,
    ) -> Result<Proposed, LedgerError> {
        check_names(&proposal.publication)?;
        let sha256 = proposal.capture.sha256().map_err(LedgerError::Capture)?;
        let digest = reading_digest(&[sha256], &proposal.reader, &proposal.options);
        let transaction = self.begin()?;
        let path = self.path.clone();
        let sql = |error| LedgerError::from_sqlite(&path, error);
        if let Some((entry, same)) = read_before(&transaction, &sha256, &digest).map_err(sql)? {
            if !same {
                return Err(LedgerError::TextReadBefore {
                    entry,
                    file: proposal.capture.name.clone(),
                });
            }
            drop(transaction);
            let waiting = self.candidates(&CandidateFilter {
                standing: Some(Standing::Waiting),
                entry: Some(entry),
                ..CandidateFilter::default()
            })?;
            let waiting = waiting.rows.into_iter().map(|row| row.id).collect();
            return Ok(Proposed::Already { entry, waiting });
        }
        let mut writer = EntryWriter::begin(&transaction, EntryKind::Propose).map_err(sql)?;
        let entry = writer.entry();
        let candidates =
            add_proposal(&transaction, &mut writer, proposal, (&sha256, &digest)).map_err(sql)?;
        let waiting = proposal
            .candidates
            .iter()
            .filter(|candidate| !candidate.denied)
            .count();
        let count = counted(waiting, "figure waits", "figures wait");
        let summary = recording
            .summary
            .replace("{}", &format!("{count} for a decision"));
        writer.finish(&summary, recording).map_err(sql)?;
        self.commit(transaction)?;
        Ok(Proposed::Entry { entry, candidates })
    }

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

/// The living entry that read these bytes for candidates, and whether it read them in the same way.
fn read_before(
    connection: &Connection,
    sha256: &[u8; 32],
    digest: &[u8; 32],
) -> rusqlite::Result<Option<(i64, bool)>> {
    connection
        .query_row(
            &format!(
                "SELECT reading.entry, reading.digest = ?2 FROM document
                 JOIN publication ON publication.id = document.publication
                 JOIN reading ON reading.id = publication.reading
                 JOIN capture ON capture.id = reading.capture
                 WHERE capture.sha256 = ?1 AND {LIVING_DOCUMENT}
                 ORDER BY 2 DESC, reading.id LIMIT 1"
            ),
            [sha256.as_slice(), digest.as_slice()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
}

/// Writes a text and its candidates.
fn add_proposal(
    connection: &Connection,
    writer: &mut EntryWriter<'_>,
    proposal: &Proposal,
    (sha256, digest): (&[u8; 32], &[u8; 32]),
) -> rusqlite::Result<Vec<CandidateId>> {
    let document = &proposal.document;
    let capture = add_capture(connection, writer, &proposal.capture, sha256)?;
    let count = i64::try_from(proposal.candidates.len()).unwrap_or(i64::MAX);
    let reading = writer.add(
        Table::Reading,
        &[
            Cell::Integer(capture),
            Cell::Text(&proposal.reader),
            Cell::Text(&proposal.options),
            Cell::Blob(digest),
            Cell::Integer(count),
            Cell::Integer(0),
        ],
    )?;
    let publication = writer.add_publication(reading, &proposal.publication)?;
    let about = serde_json::to_string(&document.about).unwrap_or_default();
    let parts = write_parts(&document.entries);
    let id = writer.add(
        Table::Document,
        &[
            Cell::Integer(publication),
            Cell::text(document.publisher.as_deref()),
            Cell::text(document.source.as_deref()),
            Cell::text(document.language.as_deref()),
            Cell::Text(&about),
            Cell::Text(&parts),
            Cell::Text(&document.body),
        ],
    )?;
    let mut ids = Vec::with_capacity(proposal.candidates.len());
    for (number, candidate) in (0..).zip(&proposal.candidates) {
        let read_as = serde_json::to_string(candidate)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        let place = |at: usize| Cell::Integer(i64::try_from(at).unwrap_or(i64::MAX));
        let row = writer.add(
            Table::Candidate,
            &[
                Cell::Integer(id),
                Cell::Integer(number),
                place(candidate.number.begin),
                place(candidate.number.end),
                Cell::Text(candidate.sentence.of(&document.body)),
                Cell::text(candidate.indicator.as_deref()),
                Cell::integer(published_at(document, candidate).map(Version::timestamp)),
                Cell::Text(&read_as),
            ],
        )?;
        ids.push(CandidateId(row));
    }
    Ok(ids)
}

/// When the entry of a live blog that a candidate stands in was published.
fn published_at(document: &Document, candidate: &Candidate) -> Option<Version> {
    let (byte, _) = document.body.char_indices().nth(candidate.number.begin)?;
    let mut entries = document.entries.iter();
    entries
        .find(|entry| entry.range.contains(&byte))
        .and_then(|entry| entry.published)
}

fn write_parts(entries: &[DocumentEntry]) -> String {
    let parts: Vec<Part> = entries
        .iter()
        .map(|entry| Part {
            begin: entry.range.start,
            end: entry.range.end,
            published: entry.published.map(Version::timestamp),
            title: entry.title.clone(),
        })
        .collect();
    serde_json::to_string(&parts).unwrap_or_default()
}

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
