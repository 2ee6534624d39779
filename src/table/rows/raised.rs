//! Raised digits of a newer Excel workbook, written as such: its parser joins the runs of a text, and the 1 of a
//! footnote after 234 would make 2341 of it.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Cursor, Write};

use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::parts::{Archive, holds};
use crate::text::document::raised;

/// What stands in a part that raises anything.
const RAISED: &[u8] = b"superscript";

/// The workbook with the digits of raised runs as raised letters. One without such runs, and another form of
/// workbook, stays as it is.
///
/// # Errors
/// With what is wrong, in words.
pub(super) fn written(bytes: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    let Ok(mut archive) = Archive::new(Cursor::new(bytes)) else {
        return Ok(Cow::Borrowed(bytes));
    };
    let with_raised: Vec<usize> = (0..archive.len())
        .filter(|at| holds_raised(&mut archive, *at))
        .collect();
    if with_raised.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    let wrong = |error: String| format!("its raised digits cannot be read: {error}");
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let copied = if with_raised.contains(&at) {
            part(&mut archive, at, &mut copy)
        } else {
            archive
                .by_index_raw(at)
                .and_then(|part| copy.raw_copy_file(part))
                .map_err(|error| error.to_string())
        };
        copied.map_err(wrong)?;
    }
    let copy = copy.finish().map_err(|error| wrong(error.to_string()))?;
    Ok(Cow::Owned(copy.into_inner()))
}

/// Whether a part with texts of cells raises some. How much it unpacks to was seen to before.
fn holds_raised(archive: &mut Archive<'_>, at: usize) -> bool {
    // What cannot be unpacked is refused by the parser.
    let Ok(part) = archive.by_index(at) else {
        return false;
    };
    let Ok(name) = part.name() else { return false };
    let name = name.to_lowercase();
    let has_texts = name.ends_with("sharedstrings.xml") || name.contains("worksheets/");
    has_texts && name.ends_with(".xml") && holds(part, RAISED)
}

/// Copies a part with its raised digits as raised letters.
fn part(
    archive: &mut Archive<'_>,
    at: usize,
    copy: &mut ZipWriter<Cursor<Vec<u8>>>,
) -> Result<(), String> {
    let part = archive.by_index(at).map_err(|error| error.to_string())?;
    let name = part.name().map_err(|error| error.to_string())?.into_owned();
    let options = SimpleFileOptions::default().compression_level(Some(1));
    copy.start_file(name, options)
        .map_err(|error| error.to_string())?;
    copied(BufReader::new(part), copy).map_err(|error| error.to_string())
}

fn copied(from: impl BufRead, to: impl Write) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_reader(from);
    let mut writer = Writer::new(to);
    let (mut is_raised, mut is_text) = (false, false);
    let mut buffer = Vec::new();
    loop {
        let mut event = reader.read_event_into(&mut buffer)?;
        match &event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "r" => is_raised = false,
                "t" => is_text = matches!(event, Event::Start(_)),
                "vertAlign" => is_raised = raises(element),
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "r" => is_raised = false,
                "t" => is_text = false,
                _ => {}
            },
            Event::Text(text) if is_raised && is_text => {
                event = Event::Text(BytesText::from_escaped(raised(text)));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        writer.write_event(event)?;
        buffer.clear();
    }
}

fn raises(element: &BytesStart<'_>) -> bool {
    element.attributes().flatten().any(|attribute| {
        attribute.key.local_name().as_ref() == "val" && attribute.value == "superscript"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_raised_digits_are_written_otherwise() {
        let runs = r#"<si><r><t>234</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1 &amp; a2</t></r><r><rPr/><t>5</t></r></si><si><t>6</t></si>"#;
        let mut written = Vec::new();
        copied(runs.as_bytes(), &mut written).unwrap();
        let expected = runs.replace(">1 &amp; a2<", ">¹ &amp; a²<");
        assert_eq!(String::from_utf8(written).unwrap(), expected);
    }
}
