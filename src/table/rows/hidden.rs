//! Rows of a newer Excel workbook that are hidden or filtered out, of which its parser says nothing.

use std::io::{BufRead, BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::parts::{self, Archive};

/// How many rows of a sheet hold something and are not shown; none where it is no sheet of such a workbook.
pub(super) fn rows(bytes: &[u8], sheet: &str) -> u64 {
    let Ok(mut archive) = Archive::new(Cursor::new(bytes)) else {
        return 0;
    };
    let Some(part) = parts::of_sheet(&mut archive, sheet) else {
        return 0;
    };
    // Most sheets hide nothing, which is seen at once.
    let hides = archive
        .by_name(&part)
        .is_ok_and(|cells| parts::holds(cells, b"hidden="));
    if !hides {
        return 0;
    }
    archive
        .by_name(&part)
        .map_or(0, |cells| count(BufReader::new(cells)))
}

fn count(cells: impl BufRead) -> u64 {
    let mut reader = Reader::from_reader(cells);
    let (mut hidden, mut is_hidden) = (0, false);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "row" => {
                    is_hidden = matches!(
                        parts::value(&element, "hidden").as_deref(),
                        Some("1" | "true")
                    );
                }
                // The row is counted with the first value in it.
                "v" | "is" if is_hidden => {
                    hidden += 1;
                    is_hidden = false;
                }
                _ => {}
            },
            // What is wrong with a sheet its parser has told.
            Ok(Event::Eof) | Err(_) => return hidden,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_values_that_are_not_shown_are_counted() {
        let cells = r#"<cols><col hidden="1"/></cols><sheetData><row r="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>1</v></c><c><v>2</v></c></row><row r="3" hidden="true"><c t="inlineStr"><is/></c><c t="inlineStr"><is><t>a</t></is></c></row><row r="4" hidden="1"><c/></row><row r="5" hidden="1"/><row r="6" hidden="0"><c><v>1</v></c></row></sheetData>"#;
        assert_eq!(count(cells.as_bytes()), 2);
    }
}
