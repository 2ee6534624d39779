//! Checking that no byte of the record changed since it was written.

use rusqlite::Connection;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use sha2::{Digest, Sha256};

use super::row::{Cell, RowHasher, Table, entry_hash, entry_seal};
use super::{Ledger, LedgerError};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many entries were checked.
    pub entries: i64,
    /// How many rows their hashes cover.
    pub rows: u64,
    /// Captures whose bytes are here and match their SHA-256.
    pub captures: u64,
    /// Captures whose bytes were left out of this copy.
    pub captures_left_out: u64,
    /// The hash of the newest entry, in hexadecimal.
    pub head: String,
    /// What is wrong; empty when all is well.
    pub faults: Vec<Fault>,
}

/// Something that does not match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The entry where it was found; none for the file as a whole.
    pub entry: Option<i64>,
    /// What it is.
    pub what: String,
}

struct Scan<'c> {
    rows: rusqlite::Rows<'c>,
    columns: usize,
    table: Table,
    pending: bool,
}

impl Ledger {
    /// Checks every entry's hash and seal, every capture's bytes, the file itself, and that the
    /// projection beside it says the same.
    ///
    /// `head` is a hash that the caller noted before: it must be the hash of one of the entries, or
    /// the tail was cut.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn verify(&self, head: Option<&str>) -> Result<Verified, LedgerError> {
        let checked = verify(self, head).and_then(|mut found| {
            // Of two that differ, only a ledger without faults tells which is wrong.
            if found.faults.is_empty() && !self.is_projected_as_recorded()? {
                found.faults.push(Fault {
                    entry: None,
                    what: format!(
                        "the projection {} says something else; the ledger is right, delete the projection",
                        self.projection_file().display()
                    ),
                });
            }
            Ok(found)
        });
        checked.map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }
}

fn verify(ledger: &Ledger, head: Option<&str>) -> rusqlite::Result<Verified> {
    let connection = &ledger.connection;
    let mut found = Verified {
        entries: 0,
        rows: 0,
        captures: 0,
        captures_left_out: 0,
        head: String::new(),
        faults: Vec::new(),
    };
    check_entries(ledger, head, &mut found)?;
    check_captures(connection, &mut found)?;
    let made = ledger.made_otherwise()?;
    found
        .faults
        .extend(made.into_iter().map(|what| Fault { entry: None, what }));
    for (statement, what) in [
        ("PRAGMA integrity_check(20)", "the file's own structure"),
        (
            "PRAGMA foreign_key_check",
            "a reference to nothing in table",
        ),
    ] {
        let mut statement = connection.prepare(statement)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text: String = row.get(0)?;
            if text != "ok" {
                found.faults.push(Fault {
                    entry: None,
                    what: format!("{what}: {text}"),
                });
            }
        }
    }
    Ok(found)
}

fn check_entries(
    ledger: &Ledger,
    head: Option<&str>,
    found: &mut Verified,
) -> rusqlite::Result<()> {
    let connection = &ledger.connection;
    let tables = Table::ALL.into_iter().filter(|table| ledger.has(*table));
    let mut statements: Vec<_> = tables
        .clone()
        .map(|table| connection.prepare(&table.scan_statement()))
        .collect::<rusqlite::Result<_>>()?;
    let mut scans: Vec<Scan<'_>> = statements
        .iter_mut()
        .zip(tables)
        .map(|(statement, table)| {
            Ok(Scan {
                columns: table.columns().len() + 2,
                rows: statement.query([])?,
                table,
                pending: false,
            })
        })
        .collect::<rusqlite::Result<_>>()?;
    let mut entries = connection.prepare(
        "SELECT id, kind, summary, recorded_at, program, hash, seal FROM entry ORDER BY id",
    )?;
    let mut entries = entries.query([])?;
    let (mut previous_hash, mut previous_seal): (Vec<u8>, Vec<u8>) = Default::default();
    let mut head_seen = head.is_none();
    while let Some(entry) = entries.next()? {
        let id: i64 = entry.get(0)?;
        found.entries += 1;
        let mut hashers = Vec::with_capacity(scans.len());
        for scan in &mut scans {
            hashers.push(scan.hash_entry(id, found)?);
        }
        let (kind, summary): (String, String) = (entry.get(1)?, entry.get(2)?);
        let (hash, seal): (Vec<u8>, Vec<u8>) = (entry.get(5)?, entry.get(6)?);
        let program: String = entry.get(4)?;
        let mut fault = |what: &str| {
            found.faults.push(Fault {
                entry: Some(id),
                what: what.to_owned(),
            });
        };
        if id != found.entries {
            fault("entries before it are missing");
        }
        if entry_hash(&previous_hash, &kind, &summary, hashers).as_slice() != hash {
            fault("its rows are not those that were recorded");
        } else if entry_seal(&previous_seal, &hash, entry.get(3)?, &program).as_slice() != seal {
            fault("its time of recording or its program is not what was recorded");
        }
        found.head = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        head_seen |= head.is_some_and(|head| found.head.starts_with(&head.to_lowercase()));
        previous_hash = hash;
        previous_seal = seal;
    }
    for scan in &scans {
        if scan.pending {
            found.faults.push(Fault {
                entry: None,
                what: format!(
                    "table {} has rows that belong to no entry",
                    scan.table.name()
                ),
            });
        }
    }
    if !head_seen {
        found.faults.push(Fault {
            entry: None,
            what: format!(
                "no entry has the hash {}: the tail was cut, or this is another ledger",
                head.unwrap_or_default()
            ),
        });
    }
    Ok(())
}

impl Scan<'_> {
    /// Hashes the rows of one entry; they follow each other, because ids only grow.
    fn hash_entry(&mut self, entry: i64, found: &mut Verified) -> rusqlite::Result<RowHasher> {
        let mut hasher = RowHasher::new();
        loop {
            if !self.pending {
                self.rows.advance()?;
            }
            let Some(row) = self.rows.get() else {
                self.pending = false;
                break;
            };
            self.pending = true;
            if row.get::<_, i64>(1)? != entry {
                break;
            }
            let mut cells = Vec::with_capacity(self.columns);
            for column in 2..self.columns {
                cells.push(Cell::read(row.get_ref(column)?).unwrap_or(Cell::Null));
            }
            hasher.row(row.get(0)?, cells);
            found.rows += 1;
            self.pending = false;
        }
        Ok(hasher)
    }
}

fn check_captures(connection: &Connection, found: &mut Verified) -> rusqlite::Result<()> {
    let mut captures =
        connection.prepare("SELECT id, entry, sha256, name FROM capture ORDER BY id")?;
    let mut chunks =
        connection.prepare("SELECT zstd FROM capture_chunk WHERE capture = ? ORDER BY id")?;
    let mut captures = captures.query([])?;
    while let Some(capture) = captures.next()? {
        let (id, entry): (i64, i64) = (capture.get(0)?, capture.get(1)?);
        let (sha256, name): (Vec<u8>, String) = (capture.get(2)?, capture.get(3)?);
        let mut hasher = Sha256::new();
        let mut parts = chunks.query([id])?;
        let mut count = 0;
        let mut readable = true;
        while let Some(part) = parts.next()? {
            count += 1;
            match zstd::decode_all(part.get_ref(0)?.as_blob()?) {
                Ok(bytes) => hasher.update(&bytes),
                Err(_) => readable = false,
            }
        }
        let is_empty_file = sha256.as_slice() == Sha256::digest([]).as_slice();
        if count == 0 && !is_empty_file {
            found.captures_left_out += 1;
        } else if readable && hasher.finalize().as_slice() == sha256 {
            found.captures += 1;
        } else {
            found.faults.push(Fault {
                entry: Some(entry),
                what: format!("the bytes of `{name}` are not those that were received"),
            });
        }
    }
    Ok(())
}
