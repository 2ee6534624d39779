//! Out of archives: gzip, and zip with one file or a named one.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek as _, SeekFrom, Write as _};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::super::TableError;
use crate::ledger::Capture;

/// What an archive may hold when unpacked: more than any table that a desk is sent, and less than
/// what a small archive made to do harm unpacks to.
const LIMIT: u64 = 4 << 30;

/// What is held in memory of an archive's file; of a larger one the rest waits on disk.
const HELD: u64 = 32 << 20;

/// What may be held in memory at once, as workbooks, JSON and Parquet are.
const WHOLE: u64 = 1 << 30;

/// Up to here nobody asks how small it was when packed.
const ANY_RATIO: u64 = 64 << 20;

/// Tables of the same few words pack into a two-hundredth; what packs into less is made to do harm.
const RATIO: u64 = 400;

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
    /// Out of an archive, and too large for memory.
    OnDisk(File),
}

impl Unpacked<'_> {
    /// Reads the bytes from their start.
    pub(super) fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::Plain(capture) => capture.open()?,
            Self::Gzip(capture) => Box::new(limited(
                MultiGzDecoder::new(capture.open()?),
                capture.size(),
            )),
            Self::Held(bytes) => Box::new(bytes.as_slice()),
            Self::OnDisk(file) => Box::new(FromStart { file, at: 0 }),
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
            Self::Plain(capture) if capture.size() <= WHOLE => capture.whole(),
            Self::Held(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::Plain(_) | Self::Gzip(_) | Self::OnDisk(_) => {
                let mut bytes = Vec::new();
                self.open()?.take(WHOLE + 1).read_to_end(&mut bytes)?;
                if bytes.len() as u64 > WHOLE {
                    return Err(io::Error::other(format!(
                        "it is larger than {} GiB, and is read in one piece; save it as CSV, or in parts",
                        WHOLE >> 30
                    )));
                }
                Ok(Cow::Owned(bytes))
            }
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
        let unpacked = Unpacked::Gzip(capture);
        refuse_packed_twice(&unpacked, name, name)?;
        return Ok(unpacked);
    }
    if start != ZIP {
        return Ok(Unpacked::Plain(capture));
    }
    let wrong = |reason: String| TableError::Form {
        file: name.clone(),
        reason,
    };
    let as_it_is = Unpacked::Plain(capture);
    let bytes = as_it_is.whole().map_err(unread)?;
    let mut archive = ZipArchive::new(Cursor::new(&*bytes))
        .map_err(|error| wrong(format!("it cannot be unpacked: {error}")))?;
    if is_workbook(&archive) {
        check_parts(&mut archive).map_err(unread)?;
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
    let packed = entry.compressed_size();
    let unpacked = kept(limited(entry, packed)).map_err(unread)?;
    refuse_packed_twice(&unpacked, name, chosen)?;
    notes.push(format!("read {chosen} of {name}"));
    Ok(unpacked)
}

/// Bytes in memory, or on disk where they are many.
fn kept(mut from: impl Read) -> io::Result<Unpacked<'static>> {
    let mut held = Vec::new();
    from.by_ref().take(HELD + 1).read_to_end(&mut held)?;
    if held.len() as u64 <= HELD {
        return Ok(Unpacked::Held(held));
    }
    // Without a name, so that it goes with the process, however that ends.
    let mut file = tempfile::tempfile()?;
    file.write_all(&held)?;
    drop(held);
    io::copy(&mut from, &mut file)?;
    file.flush()?;
    Ok(Unpacked::OnDisk(file))
}

/// A reader of a file that others read as well, each at its own place.
struct FromStart<'f> {
    file: &'f File,
    at: u64,
}

impl Read for FromStart<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.file.seek(SeekFrom::Start(self.at))?;
        let count = self.file.read(into)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// Refuses an archive within an archive, unless it is a workbook, which is one by its nature.
fn refuse_packed_twice(unpacked: &Unpacked<'_>, name: &str, part: &str) -> Result<(), TableError> {
    let start = unpacked.start().map_err(|error| unreadable(name, error))?;
    if start.starts_with(GZIP) || (start.starts_with(ZIP) && !is_sound_workbook(unpacked, name)?) {
        return Err(TableError::Form {
            file: name.to_owned(),
            reason: format!("`{part}` is an archive within an archive; unpack it once"),
        });
    }
    Ok(())
}

/// Whether what was unpacked is a workbook, of parts that can be unpacked.
fn is_sound_workbook(unpacked: &Unpacked<'_>, name: &str) -> Result<bool, TableError> {
    let unread = |source| unreadable(name, source);
    let bytes = unpacked.whole().map_err(unread)?;
    match ZipArchive::new(Cursor::new(&*bytes)) {
        Ok(mut archive) if is_workbook(&archive) => {
            check_parts(&mut archive).map_err(unread)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Looks how much the parts of a workbook unpack to, since its reader asks nobody: what they say of
/// themselves may be a lie.
fn check_parts<R: Read + io::Seek>(archive: &mut ZipArchive<R>) -> io::Result<()> {
    let mut left = LIMIT;
    for index in 0..archive.len() {
        // A part that cannot be read is a matter for the reader, who may not need it.
        let Ok(part) = archive.by_index(index) else {
            continue;
        };
        let packed = part.compressed_size();
        let mut part = Limited {
            left,
            ..limited(part, packed)
        };
        match io::copy(&mut part, &mut io::sink()) {
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return Err(error),
            _ => left = part.left,
        }
    }
    Ok(())
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

/// What is unpacked, up to [`LIMIT`] and to [`RATIO`] times what it was when packed.
const fn limited<R: Read>(from: R, packed: u64) -> Limited<R> {
    Limited {
        from,
        packed,
        unpacked: 0,
        left: LIMIT,
    }
}

struct Limited<R> {
    from: R,
    packed: u64,
    unpacked: u64,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        let refused = |why: String| io::Error::new(io::ErrorKind::FileTooLarge, why);
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| refused(format!("it unpacks to more than {} GiB", LIMIT >> 30)))?;
        self.unpacked += count as u64;
        if self.unpacked > ANY_RATIO && self.unpacked / RATIO > self.packed {
            return Err(refused(format!(
                "it unpacks to more than {RATIO} times its size, as archives do that are made to do harm; unpack it by other means if you trust it"
            )));
        }
        Ok(count)
    }
}
