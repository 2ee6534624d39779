//! Files that a person names: read with a limit, and written so that nobody ever sees half of one.

use std::ffi::OsString;
use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{BufWriter, ErrorKind, Read as _, Stdout, Write};
use std::path::{Path, PathBuf};

use super::CliError;
use crate::ledger::{Capture, Ledger};

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
    Capture::of_file(file).map_err(|error| {
        if file.as_os_str() == "-" && error.kind() == ErrorKind::NotFound {
            return CliError::data(
                "- is no file; give the name of one, or /dev/stdin for what comes through a pipe",
            );
        }
        unread(file, &error)
    })
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
    let mut sink = Sink::to(Some(file))?;
    let written = sink.write_all(bytes);
    sink.end(written.map_err(|error| unwritten(file, &error)))
        .map(|_| ())
}

/// Where bytes go as they come: into a file that is seen when it is whole, or down a stream.
pub struct Sink {
    /// For errors: the file's name.
    name: String,
    to: To,
    /// What the system said when it took no more bytes.
    failed: Option<(ErrorKind, String)>,
}

enum To {
    /// A file in the making, with the place that it takes at the end and its name until then.
    Making {
        file: BufWriter<File>,
        place: PathBuf,
        beside: Unfinished,
    },
    /// What takes bytes as they come.
    Stream(File),
    Stdout(Stdout),
}

/// The name of a file in the making: whatever happens, it does not stay.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // What took its place is no longer under this name.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Sink {
    /// The place of a file's name, or stdout. Nothing is seen of a file before [`Sink::end`].
    pub fn to(file: Option<&Path>) -> Result<Self, CliError> {
        let Some(file) = file else {
            return Ok(Self {
                name: "stdout".to_owned(),
                to: To::Stdout(std::io::stdout()),
                failed: None,
            });
        };
        if file.file_name().is_none() {
            return Err(CliError::usage(format!("{} names no file", file.display())));
        }
        let to = if is_stream(file) {
            let opened = OpenOptions::new().append(true).open(file);
            opened.map(To::Stream)
        } else {
            making(file)
        };
        Ok(Self {
            name: file.display().to_string(),
            to: to.map_err(|error| unwritten(file, &error))?,
            failed: None,
        })
    }

    /// Puts a file in its place, if all went well that was done with it. Nothing where a reader had seen
    /// enough, which is no error.
    pub fn end<T>(mut self, done: Result<T, CliError>) -> Result<Option<T>, CliError> {
        let unwritten = |error: &dyn std::fmt::Display| {
            CliError::data(format!("{} cannot be written: {error}", self.name))
        };
        let done = match (done, &self.failed) {
            (Ok(done), _) => done,
            (Err(_), Some((ErrorKind::BrokenPipe, _))) => return Ok(None),
            (Err(_), Some((_, error))) => return Err(unwritten(error)),
            (Err(error), None) => return Err(error),
        };
        let flushed = self.to.flush();
        let ended = flushed.and_then(|()| match &self.to {
            To::Making { place, beside, .. } => {
                keep_permissions(place, &beside.0).and_then(|()| std::fs::rename(&beside.0, place))
            }
            To::Stream(_) | To::Stdout(_) => Ok(()),
        });
        match ended {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(None),
            Err(error) => Err(unwritten(&error)),
            Ok(()) => Ok(Some(done)),
        }
    }
}

fn making(file: &Path) -> std::io::Result<To> {
    let place = behind_links(file)?;
    refuse_what_is_kept(&place)?;
    let beside = beside(&place, "part")?;
    Ok(To::Making {
        file: BufWriter::new(File::create(&beside)?),
        place,
        beside: Unfinished(beside),
    })
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(bytes);
        written.inspect_err(|error| self.failed = Some((error.kind(), error.to_string())))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let flushed = self.to.flush();
        flushed.inspect_err(|error| self.failed = Some((error.kind(), error.to_string())))
    }
}

impl Write for To {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Making { file, .. } => file.write(bytes),
            Self::Stream(stream) => stream.write(bytes),
            Self::Stdout(stdout) => stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Making { file, .. } => file.flush(),
            Self::Stream(stream) => stream.flush(),
            Self::Stdout(stdout) => stdout.flush(),
        }
    }
}

/// Refuses to put anything in the place of a ledger, or of what a ledger keeps beside itself.
pub fn refuse_what_is_kept(place: &Path) -> std::io::Result<()> {
    if Ledger::lies_at(place) {
        return Err(std::io::Error::other(
            "it is a ledger, and what was recorded is never overwritten; name another file",
        ));
    }
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = |end: &str| name.strip_suffix(end);
    let owner = ["-wal", "-shm", "-journal"]
        .iter()
        .find_map(|end| Some(beside(end)?.to_owned()))
        .or_else(|| beside(".figures.parquet").map(|stem| format!("{stem}.db")));
    match owner.map(|owner| place.with_file_name(owner)) {
        Some(owner) if Ledger::lies_at(&owner) => Err(std::io::Error::other(format!(
            "it belongs to the ledger {}; name another file",
            owner.display()
        ))),
        _ => Ok(()),
    }
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
