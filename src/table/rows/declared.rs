//! Counts that a workbook declares, held against what its bytes can hold: its parser makes room for as
//! many as are declared, and a process without memory ends without a word.

use std::io::{Cursor, Read as _};

/// Rows and columns that the old binary form can have.
const OLD_ROWS: u32 = 1 << 16;
const OLD_COLUMNS: u16 = 1 << 8;

/// Sees whether the counts of a workbook can be true.
///
/// # Errors
/// With the count that cannot.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let count = if bytes.starts_with(b"PK") {
        shared_texts(bytes)
    } else {
        old_extent(bytes)
    };
    count.map_or(Ok(()), |count| {
        Err(format!(
            "it is damaged: it says that it holds {count}, and has no room for them; open it and save it again"
        ))
    })
}

/// The count of shared texts of a newer workbook, where it is larger than the part that holds them.
fn shared_texts(bytes: &[u8]) -> Option<String> {
    // The count stands in the first element, after little else.
    const LOOKED_AT: u64 = 1 << 14;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    for at in 0..archive.len() {
        let Ok(mut part) = archive.by_index(at) else {
            continue;
        };
        let size = part.size();
        let mut start = Vec::new();
        // What cannot be unpacked is refused by the parser.
        if part
            .by_ref()
            .take(LOOKED_AT)
            .read_to_end(&mut start)
            .is_err()
        {
            continue;
        }
        let start = String::from_utf8_lossy(&start);
        let Some((_, element)) = start.split_once("sst") else {
            continue;
        };
        let element = element.split('>').next().unwrap_or_default();
        let Some((_, count)) = element.split_once("uniqueCount") else {
            continue;
        };
        let digits: String = count
            .chars()
            .skip_while(|letter| matches!(letter, '=' | '"' | '\'' | ' '))
            .take_while(char::is_ascii_digit)
            .collect();
        // Each takes five bytes at the least: `<si/>`.
        if digits.parse::<u64>().is_ok_and(|count| count > size) {
            return Some(format!("{digits} shared texts"));
        }
    }
    None
}

/// The extent of a sheet of the old binary form, where it is larger than any. The record of it is fourteen
/// bytes long, of which the last two are zero.
fn old_extent(bytes: &[u8]) -> Option<String> {
    const RECORD: [u8; 4] = [0x00, 0x02, 14, 0];
    bytes.windows(18).find_map(|window| {
        if window[..4] != RECORD || window[16..] != [0, 0] {
            return None;
        }
        let rows = u32::from_le_bytes([window[8], window[9], window[10], window[11]]);
        let columns = u16::from_le_bytes([window[14], window[15]]);
        let is_possible = rows <= OLD_ROWS && columns <= OLD_COLUMNS;
        (!is_possible).then(|| format!("a sheet of {rows} rows and {columns} columns"))
    })
}
