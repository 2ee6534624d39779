//! Out of archives: gzip, and zip with one file or a named one.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::TableError;

/// What an archive may hold when unpacked: more than any table that a desk is sent, and less than
/// what a small archive made to do harm unpacks to.
const LIMIT: u64 = 4 << 30;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZIP: &[u8] = b"PK\x03\x04";

/// The bytes of the table within a file. Workbooks are archives too, and stay as they are.
pub(super) fn unpack<'b>(
    name: &str,
    bytes: &'b [u8],
    wanted: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Cow<'b, [u8]>, TableError> {
    if bytes.starts_with(GZIP) {
        return read_all(name, flate2::read::MultiGzDecoder::new(bytes)).map(Cow::Owned);
    }
    if !bytes.starts_with(ZIP) {
        return Ok(Cow::Borrowed(bytes));
    }
    let wrong = |reason: String| TableError::Form {
        file: name.to_owned(),
        reason,
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| wrong(format!("it cannot be unpacked: {error}")))?;
    if is_workbook(&archive) {
        return Ok(Cow::Borrowed(bytes));
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
    let unpacked = read_all(name, entry)?;
    if unpacked.starts_with(ZIP)
        && !ZipArchive::new(Cursor::new(unpacked.as_slice()))
            .is_ok_and(|archive| is_workbook(&archive))
    {
        return Err(wrong(format!(
            "`{chosen}` is an archive within an archive; unpack it once"
        )));
    }
    notes.push(format!("read {chosen} of {name}"));
    Ok(Cow::Owned(unpacked))
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

fn read_all(name: &str, from: impl Read) -> Result<Vec<u8>, TableError> {
    let mut out = Vec::new();
    from.take(LIMIT + 1)
        .read_to_end(&mut out)
        .map_err(|source| TableError::Compression {
            file: name.to_owned(),
            source,
        })?;
    if out.len() as u64 > LIMIT {
        return Err(TableError::Form {
            file: name.to_owned(),
            reason: format!("it unpacks to more than {} GiB", LIMIT >> 30),
        });
    }
    Ok(out)
}
