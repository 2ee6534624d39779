//! Out of archives: gzip, and zip with one file or a named one.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::super::TableError;
use crate::ledger::Capture;

/// What an archive may hold when unpacked: more than any table that a desk is sent, and less than
/// what a small archive made to do harm unpacks to.
const LIMIT: u64 = 4 << 30;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZIP: &[u8] = b"PK\x03\x04";

/// The bytes of a table, unpacked whenever they are read.
#[derive(Debug)]
pub(super) enum Unpacked<'c> {
    /// As they were received.
    Plain(&'c Capture),
    /// Under gzip.
    Gzip(&'c Capture),
    /// Out of an archive.
    Held(Vec<u8>),
}

impl Unpacked<'_> {
    /// Reads the bytes from their start.
    pub(super) fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::Plain(capture) => capture.open()?,
            Self::Gzip(capture) => Box::new(limited(MultiGzDecoder::new(capture.open()?))),
            Self::Held(bytes) => Box::new(bytes.as_slice()),
        })
    }

    /// The first bytes, by which a form is told.
    pub(super) fn start(&self) -> io::Result<Vec<u8>> {
        const LOOKED_AT: u64 = 1 << 16;
        let mut start = Vec::new();
        self.open()?.take(LOOKED_AT).read_to_end(&mut start)?;
        Ok(start)
    }

    /// All bytes at once.
    pub(super) fn whole(&self) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Self::Plain(capture) => capture.whole(),
            Self::Gzip(_) => {
                let mut bytes = Vec::new();
                self.open()?.read_to_end(&mut bytes)?;
                Ok(Cow::Owned(bytes))
            }
            Self::Held(bytes) => Ok(Cow::Borrowed(bytes)),
        }
    }
}

/// The bytes of the table within a file. Workbooks are archives too, and stay as they are.
pub(super) fn unpack<'c>(
    capture: &'c Capture,
    wanted: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Unpacked<'c>, TableError> {
    let name = &capture.name;
    let unread = |source| unreadable(name, source);
    let mut start = Vec::new();
    let mut from = capture.open().map_err(unread)?.take(4);
    from.read_to_end(&mut start).map_err(unread)?;
    if start.starts_with(GZIP) {
        return Ok(Unpacked::Gzip(capture));
    }
    if start != ZIP {
        return Ok(Unpacked::Plain(capture));
    }
    let wrong = |reason: String| TableError::Form {
        file: name.clone(),
        reason,
    };
    let bytes = capture.whole().map_err(unread)?;
    let mut archive = ZipArchive::new(Cursor::new(&*bytes))
        .map_err(|error| wrong(format!("it cannot be unpacked: {error}")))?;
    if is_workbook(&archive) {
        return Ok(Unpacked::Plain(capture));
    }
    let held: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(Cow::into_owned)
        .filter(|file| is_of_a_person(file))
        .collect();
    let list = || held.join(", ");
    let chosen = match (wanted, held.as_slice()) {
        (Some(wanted), _) => held
            .iter()
            .find(|file| *file == wanted)
            .ok_or_else(|| wrong(format!("it holds no `{wanted}`; it holds {}", list())))?,
        (None, [only]) => only,
        (None, []) => return Err(wrong("it holds no file".to_owned())),
        (None, _) => {
            return Err(wrong(format!(
                "it holds {} files; say which with file = \"…\" under [table]: {}",
                held.len(),
                list()
            )));
        }
    };
    let entry = archive
        .by_name(chosen)
        .map_err(|error| wrong(format!("`{chosen}` cannot be unpacked: {error}")))?;
    let mut unpacked = Vec::new();
    limited(entry).read_to_end(&mut unpacked).map_err(unread)?;
    if unpacked.starts_with(ZIP)
        && !ZipArchive::new(Cursor::new(unpacked.as_slice()))
            .is_ok_and(|archive| is_workbook(&archive))
    {
        return Err(wrong(format!(
            "`{chosen}` is an archive within an archive; unpack it once"
        )));
    }
    notes.push(format!("read {chosen} of {name}"));
    Ok(Unpacked::Held(unpacked))
}

/// Whether an archive is a workbook of Excel or OpenDocument.
fn is_workbook<R: Read + std::io::Seek>(archive: &ZipArchive<R>) -> bool {
    ["[Content_Types].xml", "xl/workbook.xml", "mimetype"]
        .iter()
        .any(|part| archive.index_for_name(part).is_some())
}

/// Whether a file in an archive was put there by a person: no folder, nothing hidden, none of the
/// extra files of macOS.
fn is_of_a_person(file: &str) -> bool {
    !file.ends_with('/')
        && !file.starts_with("__MACOSX/")
        && !file.rsplit('/').next().unwrap_or(file).starts_with('.')
}

/// The error for bytes that cannot be read or unpacked.
pub(super) fn unreadable(name: &str, source: io::Error) -> TableError {
    TableError::Unreadable {
        file: name.to_owned(),
        source,
    }
}

/// What is unpacked, up to [`LIMIT`].
fn limited<R: Read>(from: R) -> Limited<R> {
    Limited { from, left: LIMIT }
}

struct Limited<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::other(format!("it unpacks to more than {} GiB", LIMIT >> 30))
        })?;
        Ok(count)
    }
}
