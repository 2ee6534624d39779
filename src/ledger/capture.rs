//! Bytes as they were received: in memory, or in a file that is too large for it.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead as _, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use crate::figure::Version;

/// The largest file that is held in memory; a larger one is read from disk whenever it is needed.
const HELD: u64 = 32 << 20;

/// The most that comes through a pipe, which has no size to look at before.
const PIPED: u64 = 512 << 20;

/// Bytes as they were received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// Name of the file or the last part of the URL; no path.
    pub name: String,
    /// Where it was received from; none for a file that a person gave.
    pub received: Option<Received>,
    content: Content,
}

/// Where and when bytes were received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The address that was asked, without keys.
    pub url: String,
    /// When.
    pub at: Version,
    /// The status that the server answered with.
    pub status: u16,
    /// The headers that matter.
    pub headers: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Held(Vec<u8>),
    OnDisk(OnDisk),
}

/// A file, and how it looked when it was met first.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OnDisk {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
}

impl Capture {
    /// Bytes in memory.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            received: None,
            content: Content::Held(bytes),
        }
    }

    /// What a server answered.
    pub fn of_answer(name: impl Into<String>, bytes: Vec<u8>, received: Received) -> Self {
        Self {
            received: Some(received),
            ..Self::new(name, bytes)
        }
    }

    /// The bytes of a file. A large one stays on disk and must not change until it is recorded.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        Self::of_file_held_up_to(path, HELD)
    }

    fn of_file_held_up_to(path: &Path, held: u64) -> io::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let about = std::fs::metadata(path)?;
        // What is no file, such as a pipe, can be read only once.
        if !about.is_file() || about.len() <= held {
            return Ok(Self::new(name, piped(File::open(path)?)?));
        }
        Ok(Self {
            name: name.into_owned(),
            received: None,
            content: Content::OnDisk(OnDisk {
                path: path.to_owned(),
                size: about.len(),
                modified: about.modified().ok(),
            }),
        })
    }

    /// How many bytes there are.
    pub const fn size(&self) -> u64 {
        match &self.content {
            Content::Held(bytes) => bytes.len() as u64,
            Content::OnDisk(file) => file.size,
        }
    }

    /// Reads the bytes from their start.
    ///
    /// # Errors
    /// When a file on disk cannot be read, or is no longer what it was.
    pub fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match &self.content {
            Content::Held(bytes) => Box::new(bytes.as_slice()),
            Content::OnDisk(file) => Box::new(file.open()?),
        })
    }

    /// All bytes at once.
    ///
    /// # Errors
    /// As [`Capture::open`].
    pub fn whole(&self) -> io::Result<Cow<'_, [u8]>> {
        match &self.content {
            Content::Held(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::OnDisk(file) => {
                let mut bytes = Vec::with_capacity(usize::try_from(file.size).unwrap_or(0));
                file.open()?.read_to_end(&mut bytes)?;
                Ok(Cow::Owned(bytes))
            }
        }
    }

    /// All bytes at once, without a copy where they are in memory.
    ///
    /// # Errors
    /// As [`Capture::open`].
    pub fn into_whole(self) -> io::Result<Vec<u8>> {
        match self.content {
            Content::Held(bytes) => Ok(bytes),
            Content::OnDisk(_) => self.whole().map(Cow::into_owned),
        }
    }

    /// Whether these are the bytes in memory.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        matches!(&self.content, Content::Held(held) if held == bytes)
    }

    /// The hash that bytes are kept under.
    ///
    /// # Errors
    /// As [`Capture::open`].
    pub fn sha256(&self) -> io::Result<[u8; 32]> {
        let mut digest = Sha256::new();
        let mut bytes = io::BufReader::with_capacity(1 << 16, self.open()?);
        loop {
            let chunk = bytes.fill_buf()?;
            if chunk.is_empty() {
                return Ok(digest.finalize().into());
            }
            digest.update(chunk);
            let count = chunk.len();
            bytes.consume(count);
        }
    }
}

impl OnDisk {
    fn open(&self) -> io::Result<File> {
        let file = File::open(&self.path)?;
        let now = file.metadata()?;
        if now.len() != self.size || now.modified().ok() != self.modified {
            return Err(io::Error::other(format!(
                "{} changed while it was read; run the command again",
                self.path.display()
            )));
        }
        Ok(file)
    }
}

/// All that comes through a pipe, from standard input or from a device, which may have no end.
///
/// # Errors
/// When it cannot be read, or is more than is held in memory.
pub fn piped(mut from: impl Read) -> io::Result<Vec<u8>> {
    // Block by block: one text that grows is copied again and again, and needs thrice its size for it.
    const BLOCK: u64 = 8 << 20;
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    let mut size = 0;
    loop {
        let mut block = Vec::new();
        let count = from.by_ref().take(BLOCK).read_to_end(&mut block)? as u64;
        size += count;
        if size > PIPED {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!(
                    "more than {} MB come from it; save them to a file first, and name that",
                    PIPED >> 20
                ),
            ));
        }
        if blocks.is_empty() && count < BLOCK {
            return Ok(block);
        }
        blocks.push(block);
        if count < BLOCK {
            return Ok(blocks.concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_on_disk_is_the_same_as_one_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("idps.csv");
        std::fs::write(&path, "place,idps\nSudan,12\n").unwrap();
        let held = Capture::of_file(&path).unwrap();
        let on_disk = Capture::of_file_held_up_to(&path, 0).unwrap();
        assert!(matches!(on_disk.content, Content::OnDisk(_)));
        assert_eq!(held.name, on_disk.name);
        assert_eq!(held.size(), on_disk.size());
        assert_eq!(held.sha256().unwrap(), on_disk.sha256().unwrap());
        assert_eq!(held.whole().unwrap(), on_disk.whole().unwrap());
    }

    #[test]
    fn a_file_that_changes_on_disk_is_not_read_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("idps.csv");
        std::fs::write(&path, "place,idps\nSudan,12\n").unwrap();
        let on_disk = Capture::of_file_held_up_to(&path, 0).unwrap();
        std::fs::write(&path, "place,idps\nSudan,13,\n").unwrap();
        let error = on_disk.sha256().unwrap_err().to_string();
        assert!(error.contains("changed while it was read"), "{error}");
    }
}
