//! Parts of a newer Excel workbook, found by what refers to them.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// A workbook as the archive that it is.
pub(super) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Whether bytes hold some others, read piece by piece.
pub(super) fn holds(mut from: impl Read, wanted: &[u8]) -> bool {
    const PIECE: usize = 1 << 16;
    let mut piece = vec![0; PIECE];
    let mut kept = 0;
    loop {
        let Ok(count @ 1..) = from.read(&mut piece[kept..]) else {
            return false;
        };
        let filled = kept + count;
        if piece[..filled]
            .windows(wanted.len())
            .any(|window| window[0] == wanted[0] && window == wanted)
        {
            return true;
        }
        // What is looked for may begin at the end of a piece.
        kept = filled.min(wanted.len() - 1);
        piece.copy_within(filled - kept..filled, 0);
    }
}

/// The name of the part with a sheet's cells.
pub(super) fn of_sheet(archive: &mut Archive<'_>, sheet: &str) -> Option<String> {
    let book = find(archive, "_rels/.rels", |element| {
        let is_book = value(element, "Type")?.ends_with("/officeDocument");
        is_book.then(|| value(element, "Target")).flatten()
    })?;
    let book = book.strip_prefix('/').unwrap_or(&book);
    let (folder, name) = book
        .rfind('/')
        .map_or(("", book), |at| book.split_at(at + 1));
    let id = find(archive, book, |element| {
        let is_meant = element.local_name().as_ref() == "sheet" && value(element, "name")? == sheet;
        is_meant.then(|| value(element, "id")).flatten()
    })?;
    let target = find(archive, &format!("{folder}_rels/{name}.rels"), |element| {
        let is_meant = value(element, "Id")? == id;
        is_meant.then(|| value(element, "Target")).flatten()
    })?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}{target}"),
    })
}

/// What is found in the first element of a part that has it.
fn find(
    archive: &mut Archive<'_>,
    part: &str,
    wanted: impl Fn(&BytesStart<'_>) -> Option<String>,
) -> Option<String> {
    let mut reader = Reader::from_reader(BufReader::new(archive.by_name(part).ok()?));
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(element) | Event::Empty(element) => {
                if let Some(found) = wanted(&element) {
                    return Some(found);
                }
            }
            Event::Eof => return None,
            _ => {}
        }
        buffer.clear();
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let text = quick_xml::escape::unescape(&found.value).ok()?;
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_found_between_two_pieces() {
        const WANTED: &[u8] = b"superscript";
        for before in [0, 1, 65_530, 65_536, 70_000] {
            let bytes = [vec![b'x'; before], WANTED.to_vec()].concat();
            assert!(holds(&*bytes, WANTED), "{before}");
            assert!(!holds(&bytes[..bytes.len() - 1], WANTED), "{before}");
        }
    }
}
