//! Copying a ledger while others write to it, for mailing or keeping.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::{Ledger, LedgerError};

impl Ledger {
    /// Copies the ledger into a new file, whole and consistent.
    ///
    /// Without captures, the bytes of the source files stay out and their hashes stay in, so that
    /// the copy still verifies.
    ///
    /// # Errors
    /// When the target exists or cannot be written.
    pub fn backup(&self, target: &Path, with_captures: bool) -> Result<(), LedgerError> {
        if target.exists() {
            return Err(LedgerError::Io {
                path: target.to_owned(),
                source: std::io::Error::new(
                    std::io::ErrorKind::AlreadyExists,
                    "it exists, and a backup overwrites nothing; name a new file",
                ),
            });
        }
        self.copy(target, with_captures)
            .map_err(|error| LedgerError::from_sqlite(target, error))
    }

    fn copy(&self, target: &Path, with_captures: bool) -> rusqlite::Result<()> {
        let mut copy = Connection::open(target)?;
        {
            let backup = Backup::new(&self.connection, &mut copy)?;
            const PAGES_AT_ONCE: i32 = 4096;
            backup.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None)?;
        }
        if !with_captures {
            // The guard is lifted in the copy alone, for the one table that no hash covers.
            copy.execute_batch(
                "BEGIN;
                 DROP TRIGGER capture_chunk_refuses_delete;
                 DELETE FROM capture_chunk;
                 CREATE TRIGGER capture_chunk_refuses_delete BEFORE DELETE ON capture_chunk
                 BEGIN SELECT RAISE(ABORT, 'a ledger is only added to'); END;
                 COMMIT;",
            )?;
        }
        // One file without a log beside it, which a mail can carry.
        copy.execute_batch("PRAGMA journal_mode = DELETE; VACUUM;")
    }
}
