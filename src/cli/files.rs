//! Files that a person names: read with a limit, and written so that nobody ever sees half of one.

use std::ffi::OsString;
use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::CliError;
use crate::ledger::Capture;

/// The largest text that a person writes: mappings, plans, settings, decisions.
const WRITTEN: u64 = 16 << 20;

fn unread(file: &Path, error: &std::io::Error) -> CliError {
    CliError::data(format!("{}: {error}", file.display()))
}

fn unwritten(file: &Path, error: &std::io::Error) -> CliError {
    CliError::data(format!("{} cannot be written: {error}", file.display()))
}

/// The bytes of a file that a person named.
pub fn capture(file: &Path) -> Result<Capture, CliError> {
    Capture::of_file(file).map_err(|error| unread(file, &error))
}

/// Reads a text file that a person wrote.
pub fn read_text(file: &Path) -> Result<String, CliError> {
    text_of(file).map_err(|error| unread(file, &error))
}

/// As [`read_text`], with the error of the system, for who must know whether there is such a file.
pub fn text_of(file: &Path) -> std::io::Result<String> {
    let bytes = bytes_up_to(file, WRITTEN)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        std::io::Error::new(
            ErrorKind::InvalidData,
            format!("line {line}: it is no text in UTF-8; save it as UTF-8"),
        )
    })
}

/// All bytes of a file that holds at most so many; of a device or a pipe no more are read either.
pub fn bytes_up_to(file: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let too_large = || {
        std::io::Error::new(
            ErrorKind::FileTooLarge,
            format!("it is larger than {} MB, and no such file is", most >> 20),
        )
    };
    let opened = File::open(file)?;
    let about = opened.metadata()?;
    if about.is_file() && about.len() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    opened.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Whether a name stands for something that takes bytes as they come, such as a pipe, a terminal or
/// `/dev/stdout`: it is written to, and never replaced by a file.
pub fn is_stream(file: &Path) -> bool {
    // What stands behind these names may be a file that a shell has opened, with text before ours.
    const OPENED: [&str; 4] = ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"];
    let is_opened = OPENED.iter().any(|folder| file.starts_with(folder));
    std::fs::metadata(file).is_ok_and(|about| is_opened || is_special(about.file_type()))
}

fn is_special(kind: FileType) -> bool {
    !kind.is_file() && !kind.is_dir()
}

/// Writes a file so that nobody ever sees half of it: beside it first, then in its place. A link
/// stays one, and what it leads to is written; what takes bytes as they come is not replaced.
pub fn write_whole(file: &Path, bytes: &[u8]) -> Result<(), CliError> {
    if file.file_name().is_none() {
        return Err(CliError::usage(format!("{} names no file", file.display())));
    }
    if is_stream(file) {
        return match pour(file, bytes) {
            // The reader has seen enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            poured => poured.map_err(|error| unwritten(file, &error)),
        };
    }
    put_in_place(file, bytes).map_err(|error| unwritten(file, &error))
}

fn pour(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut stream = OpenOptions::new().append(true).open(file)?;
    stream.write_all(bytes)?;
    stream.flush()
}

fn put_in_place(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let place = behind_links(file)?;
    let beside = beside(&place, "part")?;
    std::fs::write(&beside, bytes)
        .and_then(|()| keep_permissions(&place, &beside))
        .and_then(|()| std::fs::rename(&beside, &place))
        .inspect_err(|_| {
            let _ = std::fs::remove_file(&beside);
        })
}

/// What a name leads to in the end, which need not be there.
pub fn behind_links(file: &Path) -> std::io::Result<PathBuf> {
    /// As many links one behind the other as systems follow.
    const MOST: usize = 40;
    let mut place = file.to_owned();
    for _ in 0..MOST {
        let Ok(to) = std::fs::read_link(&place) else {
            return Ok(place);
        };
        place = match place.parent() {
            Some(folder) => folder.join(to),
            None => to,
        };
    }
    Err(std::io::Error::other(
        "it is a link that leads back to itself",
    ))
}

/// A hidden name beside a path, which no other process uses.
pub fn beside(path: &Path, what: &str) -> std::io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| {
        std::io::Error::new(ErrorKind::InvalidInput, "it names no file or folder")
    })?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.{what}", std::process::id()));
    Ok(path.with_file_name(hidden))
}

/// Gives a new file the permissions of the one that it replaces: what was for its owner alone stays so.
fn keep_permissions(old: &Path, new: &Path) -> std::io::Result<()> {
    match std::fs::metadata(old).as_ref().map(Metadata::permissions) {
        Ok(permissions) => std::fs::set_permissions(new, permissions),
        Err(_) => Ok(()),
    }
}
