//! Copying a ledger while others write to it, for mailing or keeping.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::{Ledger, LedgerError};

impl Ledger {
    /// Copies the ledger into a new file, whole and consistent. It is made under another name beside
    /// it, and gets its own when all of it is on disk.
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
        let wrong = |source| LedgerError::Io {
            path: target.to_owned(),
            source,
        };
        let part = beside(target).map_err(wrong)?;
        let copied = self
            .copy(&part, with_captures)
            .map_err(|error| LedgerError::from_sqlite(target, error))
            .and_then(|()| put_in_place(&part, target).map_err(wrong));
        if copied.is_err() {
            for ending in ["", "-journal", "-wal", "-shm"] {
                let mut left = part.as_os_str().to_owned();
                left.push(ending);
                // What was never made cannot be removed.
                let _ = std::fs::remove_file(left);
            }
        }
        copied
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

/// A hidden name beside a file, which no other process uses.
fn beside(target: &Path) -> io::Result<PathBuf> {
    let name = target
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.part", std::process::id()));
    Ok(target.with_file_name(hidden))
}

/// Gives a finished copy its name, unless a file got it meanwhile, and waits until the folder has it.
fn put_in_place(part: &Path, target: &Path) -> io::Result<()> {
    match std::fs::hard_link(part, target) {
        Ok(()) => std::fs::remove_file(part)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // Not every file system has a second name for a file.
        Err(_) => std::fs::rename(part, target)?,
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Where a folder cannot be opened, its system keeps names in its own way.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
