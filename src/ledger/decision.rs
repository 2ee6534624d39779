//! What people decide on candidates: figures enter the record here, with the words that they were read from.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _};
use sha2::{Digest as _, Sha256};

use super::candidate::{
    CandidateFilter, CandidateId, CandidateRecord, Candidates, DocumentRecord, STANDING_DECISION,
    Standing,
};
use super::codec;
use super::reading::describe;
use super::record::Tally;
use super::recorder::Recorder;
use super::row::{Cell, Table};
use super::writer::EntryWriter;
use super::{
    AbsentCells, EntryKind, FigureCell, FigureId, Ledger, LedgerError, PublicationReading, Reading,
    Recording,
};
use crate::figure::{Period, Publication, Quantity, Series, Version, counted};
use crate::text::Stretch;

/// A decision on one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The candidate.
    pub candidate: CandidateId,
    /// What is decided.
    pub verdict: Verdict,
}

/// What is decided on a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Its figure is recorded.
    Record {
        /// The figure.
        figure: Box<NewFigure>,
        /// What a person set in place of what was read, as fields and texts; empty for nothing.
        changes: Vec<(String, String)>,
    },
    /// It is no figure to record.
    Reject {
        /// Why, if somebody says so.
        reason: Option<String>,
    },
}

/// A figure that was read from prose, as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFigure {
    /// What it belongs to.
    pub series: Series,
    /// The days that it speaks of.
    pub period: Period,
    /// The number.
    pub quantity: Quantity,
    /// Who passed it on, in order.
    pub relayed_by: Vec<String>,
}

/// What an entry of decisions did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Its number.
    pub entry: i64,
    /// The candidates whose figures were recorded, each with the figure that says it.
    pub recorded: Vec<(CandidateId, FigureId)>,
    /// How many were rejected.
    pub rejected: usize,
    /// What came into the record.
    pub tally: Tally,
}

/// Words that a figure was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFrom {
    /// The candidate.
    pub candidate: CandidateId,
    /// The number in the text of the document, in code points.
    pub number: Stretch,
    /// The sentence.
    pub quote: String,
    /// What a person set in place of what was read.
    pub changes: Vec<(String, String)>,
    /// The entry of the decision.
    pub entry: i64,
}

/// What the figures of one publication share: they are recorded together.
type Together = (Option<Version>, String, Vec<String>);

impl Ledger {
    /// Records decisions as one entry, with the figures of those that are accepted; or nothing at all.
    ///
    /// # Errors
    /// When a candidate does not exist, was decided before, is denied by its text, or says another
    /// number of one thing than the next; or when the ledger cannot be written. Nothing changes then.
    pub fn decide(
        &mut self,
        decisions: &[Decision],
        recording: &Recording,
    ) -> Result<Decided, LedgerError> {
        let transaction = self.begin()?;
        let path = self.path.clone();
        let sql = |error| LedgerError::from_sqlite(&path, error);
        let known = self.candidates(&CandidateFilter {
            ids: decisions
                .iter()
                .map(|decision| decision.candidate)
                .collect(),
            ..CandidateFilter::default()
        })?;
        for decision in decisions {
            check(row_of(&known, decision.candidate)?, &decision.verdict)?;
        }
        let mut writer = EntryWriter::begin(&transaction, EntryKind::Review).map_err(sql)?;
        let mut tally = Tally {
            entry: writer.entry(),
            ..Tally::default()
        };
        for (at, document) in known.documents.iter().enumerate() {
            let of_document: Vec<&Decision> = decisions
                .iter()
                .filter(|decision| {
                    row_of(&known, decision.candidate).is_ok_and(|row| row.document == at)
                })
                .collect();
            record_document(
                (&transaction, &mut writer, &mut tally),
                (&known, document, &of_document),
                &path,
            )?;
        }
        let (mut recorded, mut rejected) = (Vec::new(), 0);
        for decision in decisions {
            let row = row_of(&known, decision.candidate)?;
            let figure = match &decision.verdict {
                Verdict::Reject { .. } => None,
                Verdict::Record { figure, .. } => {
                    let version = row
                        .published
                        .or(known.document_of(row).publication.version());
                    figure_saying(&transaction, figure, version).map_err(sql)?
                }
            };
            add_decision(&mut writer, decision, figure).map_err(sql)?;
            match figure {
                Some(figure) => recorded.push((decision.candidate, figure)),
                None => rejected += 1,
            }
        }
        let mut summary = Vec::new();
        if !recorded.is_empty() {
            summary.push(tally.to_string());
        }
        if rejected > 0 {
            summary.push(format!(
                "{} rejected",
                counted(rejected, "candidate", "candidates")
            ));
        }
        let summary = recording.summary.replace("{}", &summary.join("; "));
        writer.finish(&summary, recording).map_err(sql)?;
        self.commit(transaction)?;
        self.project_if_due();
        Ok(Decided {
            entry: tally.entry,
            recorded,
            rejected,
            tally,
        })
    }

    /// The words that a figure was read from, oldest decision first; none for a figure that was not
    /// read from prose. A figure that was restated was read where it was first said.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn read_from(&self, figure: FigureId) -> Result<Vec<ReadFrom>, LedgerError> {
        if !self.has(Table::Decision) {
            return Ok(Vec::new());
        }
        (|| -> rusqlite::Result<Vec<ReadFrom>> {
            self.connection
                .prepare(&format!(
                    "SELECT candidate.id, first, after_last, quote, decision.changes, decision.entry
                     FROM decision JOIN candidate ON candidate.id = decision.candidate
                     WHERE decision.figure = COALESCE((SELECT restates FROM figure WHERE id = ?1), ?1)
                       AND decision.id = COALESCE(({STANDING_DECISION}), decision.id)
                     ORDER BY decision.id"
                ))?
                .query_map([figure.0], |row| {
                    let place = |at: usize| -> rusqlite::Result<usize> {
                        Ok(usize::try_from(row.get::<_, i64>(at)?).unwrap_or(0))
                    };
                    Ok(ReadFrom {
                        candidate: CandidateId(row.get(0)?),
                        number: Stretch {
                            begin: place(1)?,
                            end: place(2)?,
                        },
                        quote: row.get(3)?,
                        changes: codec::json(row, 4)?,
                        entry: row.get(5)?,
                    })
                })?
                .collect()
        })()
        .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }
}

fn row_of(known: &Candidates, id: CandidateId) -> Result<&CandidateRecord, LedgerError> {
    let found = known.rows.iter().find(|row| row.id == id);
    found.ok_or_else(|| LedgerError::NoSuchCandidate(id.to_string()))
}

/// Whether a decision can still be made. What was rejected may be accepted after all.
fn check(row: &CandidateRecord, verdict: &Verdict) -> Result<(), LedgerError> {
    if row.candidate.denied && matches!(verdict, Verdict::Record { .. }) {
        return Err(LedgerError::Denied(row.id.to_string()));
    }
    let may_decide = match (row.standing, verdict) {
        (Standing::Waiting, _) | (Standing::Rejected, Verdict::Record { .. }) => true,
        (Standing::Accepted | Standing::Corrected | Standing::Rejected, _) => false,
    };
    if may_decide {
        return Ok(());
    }
    Err(LedgerError::Decided {
        candidate: row.id.to_string(),
        answer: row.standing.code(),
        entry: row.decided_in.unwrap_or_default(),
        figure: row.figure.map(|figure| figure.to_string()),
    })
}

/// Records the accepted figures of one document.
fn record_document<'c>(
    (connection, writer, tally): (&'c Connection, &mut EntryWriter<'c>, &mut Tally),
    (known, document, decisions): (&Candidates, &DocumentRecord, &[&Decision]),
    path: &std::path::Path,
) -> Result<(), LedgerError> {
    let sql = |error| LedgerError::from_sqlite(path, error);
    let mut together: BTreeMap<Together, Vec<(&CandidateRecord, &NewFigure)>> = BTreeMap::new();
    let mut words = String::new();
    for decision in decisions {
        let Verdict::Record { figure, .. } = &decision.verdict else {
            continue;
        };
        let row = row_of(known, decision.candidate)?;
        let published = row.published.or(document.publication.published);
        words.push_str(&format!("{} {figure:?}\n", row.id));
        together
            .entry((
                published,
                figure.series.channel.to_string(),
                figure.relayed_by.clone(),
            ))
            .or_default()
            .push((row, figure));
    }
    if together.is_empty() {
        return Ok(());
    }
    let mut series: Vec<Series> = Vec::new();
    let mut publications = Vec::with_capacity(together.len());
    for ((published, channel, relayed_by), figures) in together {
        let publication = Publication {
            channel,
            published,
            relayed_by,
            ..document.publication.clone()
        };
        publications.push(publication_of(publication, &figures, &mut series)?);
    }
    let rows = decisions.len() as u64;
    let reading = Reading {
        captures: Vec::new(),
        about: Vec::new(),
        asked: Vec::new(),
        reader: document.reader.clone(),
        mapping: words,
        series,
        publications,
        rows,
        skipped: 0,
    };
    let super::reading::Checked(reading) = reading.check()?;
    let mut digest = Sha256::new();
    digest.update(&document.sha256);
    digest.update(&reading.mapping);
    let digest: [u8; 32] = digest.finalize().into();
    let id = writer
        .add(
            Table::Reading,
            &[
                Cell::Integer(document.capture),
                Cell::Text(&reading.reader),
                Cell::Text(&reading.mapping),
                Cell::Blob(&digest),
                Cell::Integer(reading.rows.cast_signed()),
                Cell::Integer(0),
            ],
        )
        .map_err(sql)?;
    Recorder {
        writer,
        connection,
        reading: id,
        series: &reading.series,
        allow_withdrawals: false,
        tally,
    }
    .all(&reading.publications, path)
}

/// One publication with its figures, each with its sentence as a note. What is said twice in the same
/// words is one figure.
fn publication_of(
    publication: Publication,
    figures: &[(&CandidateRecord, &NewFigure)],
    series: &mut Vec<Series>,
) -> Result<PublicationReading, LedgerError> {
    let mut cells: Vec<FigureCell> = Vec::with_capacity(figures.len());
    for (at, (row, figure)) in figures.iter().enumerate() {
        let same_thing = |(_, other): &&(&CandidateRecord, &NewFigure)| {
            (&other.series, other.period) == (&figure.series, figure.period)
        };
        if let Some((first, other)) = figures[..at].iter().find(same_thing) {
            if other.quantity != figure.quantity {
                return Err(LedgerError::CandidatesDiffer {
                    first: first.id,
                    second: row.id,
                    first_value: other.quantity.to_string(),
                    second_value: figure.quantity.to_string(),
                    what: format!("{}, {}", describe(&figure.series), figure.period),
                });
            }
            continue;
        }
        let known = series.iter().position(|known| *known == figure.series);
        let index = known.unwrap_or_else(|| {
            series.push(figure.series.clone());
            series.len() - 1
        });
        cells.push(FigureCell {
            series: u32::try_from(index).unwrap_or(u32::MAX),
            period: figure.period,
            quantity: figure.quantity,
            row: 0,
            notes: Some(format!("“{}”", row.quote).into()),
        });
    }
    Ok(PublicationReading {
        publication,
        figures: cells.into_iter().collect(),
        absent: AbsentCells::default(),
    })
}

/// The living figure that says this as known when it was published.
fn figure_saying(
    connection: &Connection,
    figure: &NewFigure,
    version: Option<Version>,
) -> rusqlite::Result<Option<FigureId>> {
    let series = &figure.series;
    let since = series
        .since
        .map_or_else(String::new, |since| since.to_string());
    let (end, start) = codec::period_key(figure.period);
    connection
        .query_row(
            "SELECT COALESCE(figure.restates, figure.id) FROM figure JOIN series ON series.id = figure.series
             WHERE claimant = ?1 AND series.channel = ?2 AND indicator = ?3 AND measure = ?4 AND unit = ?5
               AND origin = ?6 AND location = ?7 AND since = ?8 AND breakdown = ?9
               AND period_end = ?10 AND period_start = ?11 AND version <= ?12
               AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.figure = figure.id
                   OR retraction.publication = figure.publication)
             ORDER BY version DESC, publication DESC, figure.id DESC LIMIT 1",
            rusqlite::params![
                &*series.claimant,
                &*series.channel,
                &*series.indicator,
                series.measure.code(),
                series.unit.code(),
                codec::place_text(series.origin.as_ref()),
                codec::place_text(series.location.as_ref()),
                since,
                series.breakdown.to_string(),
                end,
                start,
                version.map_or(i64::MAX, Version::timestamp),
            ],
            |row| row.get(0).map(FigureId),
        )
        .optional()
}

fn add_decision(
    writer: &mut EntryWriter<'_>,
    decision: &Decision,
    figure: Option<FigureId>,
) -> rusqlite::Result<()> {
    let (answer, changes, reason) = match &decision.verdict {
        Verdict::Record { changes, .. } if changes.is_empty() => {
            (Standing::Accepted, changes.as_slice(), None)
        }
        Verdict::Record { changes, .. } => (Standing::Corrected, changes.as_slice(), None),
        Verdict::Reject { reason } => (Standing::Rejected, [].as_slice(), reason.as_deref()),
    };
    let changes = serde_json::to_string(changes).unwrap_or_default();
    writer
        .add(
            Table::Decision,
            &[
                Cell::Integer(decision.candidate.0),
                Cell::Text(answer.code()),
                Cell::integer(figure.map(|FigureId(id)| id)),
                Cell::Text(&changes),
                Cell::text(reason),
            ],
        )
        .map(drop)
}
