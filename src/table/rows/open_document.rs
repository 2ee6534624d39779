//! Whether the content of an OpenDocument spreadsheet is whole: its parser looks for the end of a table that is
//! not there for ever.

use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::Event;

/// The part of the archive that holds the sheets.
const CONTENT: &str = "content.xml";

/// Sees whether every element of the content ends; other workbooks hold no such part.
///
/// # Errors
/// With what is wrong, in words.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Ok(());
    };
    // What cannot be unpacked is refused by the parser.
    let Ok(content) = archive.by_name(CONTENT) else {
        return Ok(());
    };
    let mut reader = Reader::from_reader(BufReader::new(content));
    let mut open = 0_usize;
    let mut event = Vec::new();
    loop {
        match reader.read_event_into(&mut event) {
            Ok(Event::Start(_)) => open += 1,
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Eof) if open == 0 => return Ok(()),
            Ok(Event::Eof) => {
                return Err(format!(
                    "it is damaged: its {CONTENT} ends within an element; open it and save it again"
                ));
            }
            Ok(_) => {}
            Err(error) => {
                return Err(format!(
                    "it is damaged: its {CONTENT} is no XML ({error}); open it and save it again"
                ));
            }
        }
        event.clear();
    }
}
