//! Opening, making and locking the file.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::row::Table;
use super::{Ledger, LedgerError};

/// Marks a file as ours: "HUMS".
const APPLICATION_ID: i64 = 0x4855_4d53;
/// The schema that this program writes.
const SCHEMA: i64 = 4;
/// Stands for the schema of a file that has none yet.
const NO_SCHEMA: i64 = 0;
/// What each schema adds to the one before it.
const STEPS: [(i64, &str); 4] = [
    (1, include_str!("schema.sql")),
    (2, include_str!("schema_2.sql")),
    (3, include_str!("schema_3.sql")),
    (SCHEMA, include_str!("schema_4.sql")),
];
/// How long a second writer waits for the first.
const PATIENCE: Duration = Duration::from_secs(30);

impl Ledger {
    /// Opens a ledger to read it. Never makes one.
    ///
    /// # Errors
    /// When there is none, or the file is something else, newer, or damaged.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::NotFound(path.to_owned()));
        }
        refuse_folder(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|error| LedgerError::from_sqlite(path, error))?;
        let mut ledger = Self::with(path, connection)?;
        match ledger.found_schema() {
            Ok(NO_SCHEMA) => Err(LedgerError::NotFound(path.to_owned())),
            Ok(schema) => {
                ledger.schema = schema;
                Ok(ledger)
            }
            // A log beside the ledger needs a shared-memory file, which a read-only folder refuses.
            Err(LedgerError::Sqlite { .. } | LedgerError::ReadOnly(_) | LedgerError::Io { .. }) => {
                Self::open_immutable(path)
            }
            Err(other) => Err(other),
        }
    }

    /// Opens a ledger in a folder that cannot be written to.
    fn open_immutable(path: &Path) -> Result<Self, LedgerError> {
        let log = PathBuf::from(format!("{}-wal", path.display()));
        if log.metadata().is_ok_and(|log| log.len() > 0) {
            return Err(LedgerError::Damaged {
                path: path.to_owned(),
                detail: "its folder is read-only and its last writer left a log behind; copy both to a folder that can be written"
                    .to_owned(),
            });
        }
        let mut uri = String::from("file:");
        for byte in path.to_string_lossy().bytes() {
            match byte {
                b'?' | b'#' | b'%' => uri.push_str(&format!("%{byte:02x}")),
                _ => uri.push(byte as char),
            }
        }
        uri.push_str("?immutable=1");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(uri, flags)
            .map_err(|error| LedgerError::from_sqlite(path, error))?;
        let mut ledger = Self::with(path, connection)?;
        ledger.schema = ledger.found_schema()?;
        if ledger.schema == NO_SCHEMA {
            return Err(LedgerError::NotFound(path.to_owned()));
        }
        Ok(ledger)
    }

    /// Opens a ledger to write to it, and makes it where there is none. One of an older schema gets
    /// the tables that it lacks.
    ///
    /// # Errors
    /// When the file is something else, newer, damaged, or cannot be written.
    pub fn create(path: &Path) -> Result<Self, LedgerError> {
        refuse_folder(path)?;
        if let Some(folder) = path.parent()
            && !folder.as_os_str().is_empty()
            && !folder.is_dir()
        {
            return Err(LedgerError::Io {
                path: folder.to_owned(),
                source: std::io::Error::new(
                    std::io::ErrorKind::NotFound,
                    "there is no such folder to put a ledger in",
                ),
            });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let sql = |error| LedgerError::from_sqlite(path, error);
        let connection =
            Connection::open_with_flags(path, flags).map_err(|error| unwritable(sql(error)))?;
        let mut ledger = Self::with(path, connection)?;
        let schema = ledger.found_schema().map_err(unwritable)?;
        if schema == NO_SCHEMA {
            // Larger pages than usual: an archive is written in a few large steps. The size of a
            // file that has one stays.
            ledger
                .connection
                .execute_batch("PRAGMA page_size = 16384;")
                .map_err(sql)?;
        }
        // Where another process is making the same file, SQLite refuses the change to WAL at once,
        // without the patience that it has for a lock.
        let start = Instant::now();
        while let Err(error) = ledger.connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -131072;",
        ) {
            let is_busy = error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy);
            if !is_busy || start.elapsed() > PATIENCE {
                return Err(sql(error));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        if schema < SCHEMA {
            let transaction = ledger.begin()?;
            // Another process may have made it while this one waited.
            let missing = statements_after(ledger.found_schema()?);
            transaction.execute_batch(&missing).map_err(sql)?;
            ledger.commit(transaction)?;
        }
        ledger.schema = SCHEMA;
        Ok(ledger)
    }

    fn with(path: &Path, connection: Connection) -> Result<Self, LedgerError> {
        connection
            .busy_timeout(PATIENCE)
            .map_err(|error| LedgerError::from_sqlite(path, error))?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self {
            path: path.to_owned(),
            connection,
            schema: NO_SCHEMA,
            waited: std::cell::Cell::new(Duration::ZERO),
        })
    }

    /// Whether a ledger lies at a path, by the first bytes of the file there.
    pub fn lies_at(path: &Path) -> bool {
        /// The beginning of every SQLite file, and where the number of its application stands.
        const MAGIC: &[u8] = b"SQLite format 3\0";
        const APPLICATION: std::ops::Range<usize> = 68..72;
        let mut head = [0; APPLICATION.end];
        // Of a pipe nothing is read: it would wait, or lose what is in it.
        std::fs::metadata(path).is_ok_and(|about| about.is_file())
            && File::open(path)
                .and_then(|mut file| file.read_exact(&mut head))
                .is_ok()
            && head.starts_with(MAGIC)
            && head[APPLICATION] == APPLICATION_ID.to_be_bytes()[4..]
    }

    /// The schema of the file, after checking that it is ours and that we know it; [`NO_SCHEMA`]
    /// for a new file, or one whose maker was stopped before the first byte of the schema.
    fn found_schema(&self) -> Result<i64, LedgerError> {
        let number = |statement: &str| -> Result<i64, LedgerError> {
            self.connection
                .query_row(statement, [], |row| row.get(0))
                .map_err(|error| LedgerError::from_sqlite(&self.path, error))
        };
        let tables = number("SELECT COUNT(*) FROM sqlite_schema")?;
        let application = number("PRAGMA application_id")?;
        if tables == 0 && application == 0 {
            return Ok(NO_SCHEMA);
        }
        if application != APPLICATION_ID {
            return Err(LedgerError::NotALedger {
                path: self.path.clone(),
                detail: "it is an SQLite file of another program".to_owned(),
            });
        }
        let found = number("PRAGMA user_version")?;
        if found > SCHEMA {
            return Err(LedgerError::TooNew {
                path: self.path.clone(),
                found,
                known: SCHEMA,
            });
        }
        if found == NO_SCHEMA {
            return Err(LedgerError::Damaged {
                path: self.path.clone(),
                detail: "it does not say which schema it has".to_owned(),
            });
        }
        Ok(found)
    }

    /// Whether the file has a table, which one of an older schema may lack.
    pub(super) fn has(&self, table: Table) -> bool {
        table.schema() <= self.schema
    }

    /// Begins to write, after waiting for another writer if there is one.
    pub(super) fn begin(&self) -> Result<Transaction<'_>, LedgerError> {
        let start = Instant::now();
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate);
        let waited = start.elapsed();
        self.waited.set(waited);
        transaction.map_err(|error| match LedgerError::from_sqlite(&self.path, error) {
            LedgerError::Locked { path, .. } => LedgerError::Locked {
                path,
                seconds: waited.as_secs(),
            },
            other => other,
        })
    }

    /// Makes what was written lasting.
    pub(super) fn commit(&self, transaction: Transaction<'_>) -> Result<(), LedgerError> {
        transaction
            .commit()
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }
}

/// A file that cannot be opened to be written is read-only, or its folder is, which takes no log.
fn unwritable(error: LedgerError) -> LedgerError {
    match error {
        LedgerError::Sqlite { path, source }
            if source.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen) =>
        {
            LedgerError::ReadOnly(path)
        }
        other => other,
    }
}

fn refuse_folder(path: &Path) -> Result<(), LedgerError> {
    if path.is_dir() {
        return Err(LedgerError::NotALedger {
            path: path.to_owned(),
            detail: "it is a folder".to_owned(),
        });
    }
    Ok(())
}

/// The statements that bring a file from a schema to ours.
fn statements_after(found: i64) -> String {
    format!(
        "{}PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {SCHEMA};\n",
        statements_between(found, SCHEMA)
    )
}

/// The statements that make what the schemas after one up to another add: tables, and their guards
/// against change.
pub(super) fn statements_between(found: i64, wanted: i64) -> String {
    let mut statements = String::new();
    let steps = STEPS.into_iter();
    for (schema, step) in steps.filter(|(schema, _)| (found + 1..=wanted).contains(schema)) {
        statements.push_str(step);
        let tables = Table::ALL.iter().filter(|table| table.schema() == schema);
        let unhashed: &[&str] = if schema == 1 {
            &["entry", "capture_chunk"]
        } else {
            &[]
        };
        for table in tables
            .map(|table| table.name())
            .chain(unhashed.iter().copied())
        {
            for change in ["UPDATE", "DELETE"] {
                statements.push_str(&format!(
                    "CREATE TRIGGER {table}_refuses_{lower} BEFORE {change} ON {table}
                 BEGIN SELECT RAISE(ABORT, 'a ledger is only added to'); END;\n",
                    lower = change.to_lowercase(),
                ));
            }
        }
    }
    statements
}
