//! Proposing figures that were read from prose: they come in with their text and wait.

use rusqlite::{Connection, OptionalExtension as _};

use super::candidate::{CandidateFilter, CandidateId, LIVING_DOCUMENT, Part, Standing};
use super::reading::check_names;
use super::record::{add_capture, reading_digest};
use super::row::{Cell, Table};
use super::writer::EntryWriter;
use super::{Capture, EntryKind, Ledger, LedgerError, Recording};
use crate::figure::{Publication, Version, counted};
use crate::text::document::Entry as DocumentEntry;
use crate::text::{Candidate, Document};

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
        if let Some((entry, same)) =
            read_before(&transaction, proposal, &sha256, &digest).map_err(sql)?
        {
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
}

/// The living entry that read this text for candidates, and whether it read it in the same way. One file
/// may hold several texts.
fn read_before(
    connection: &Connection,
    proposal: &Proposal,
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
                   AND (reading.digest = ?2 OR document.body = ?3 OR (title = ?4 AND url IS ?5))
                 ORDER BY 2 DESC, reading.id LIMIT 1"
            ),
            rusqlite::params![
                sha256.as_slice(),
                digest.as_slice(),
                proposal.document.body,
                proposal.publication.title,
                proposal.publication.url,
            ],
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
    // Where each code point begins; found once, for a long text holds many candidates.
    let begins: Vec<usize> = document.body.char_indices().map(|(byte, _)| byte).collect();
    let byte = |at: usize| begins.get(at).copied().unwrap_or(document.body.len());
    let mut ids = Vec::with_capacity(proposal.candidates.len());
    for (number, candidate) in (0..).zip(&proposal.candidates) {
        let read_as = serde_json::to_string(candidate)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        let (begin, end) = (candidate.sentence.begin, candidate.sentence.end);
        let quote = document
            .body
            .get(byte(begin)..byte(end))
            .unwrap_or_default();
        let place = |at: usize| Cell::Integer(i64::try_from(at).unwrap_or(i64::MAX));
        let row = writer.add(
            Table::Candidate,
            &[
                Cell::Integer(id),
                Cell::Integer(number),
                place(candidate.number.begin),
                place(candidate.number.end),
                Cell::Text(quote),
                Cell::text(candidate.indicator.as_deref()),
                Cell::integer(
                    published_at(document, byte(candidate.number.begin)).map(Version::timestamp),
                ),
                Cell::Text(&read_as),
            ],
        )?;
        ids.push(CandidateId(row));
    }
    Ok(ids)
}

/// When the entry of a live blog that a byte stands in was published.
fn published_at(document: &Document, byte: usize) -> Option<Version> {
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
