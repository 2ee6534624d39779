//! Text of a CSV file that a spreadsheet does not take for a formula.

use std::borrow::Cow;

/// Text that a spreadsheet would run as a formula gets an apostrophe before it: at its beginning, and where a
/// spreadsheet whose cells are parted by semicolons or tabs would begin a cell.
pub(crate) fn harmless(cell: &str) -> Cow<'_, str> {
    const BEGINS_FORMULA: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '＝', '＠'];
    const PARTS_CELLS: [char; 4] = [';', '\t', '\n', '\r'];
    // Nearly every cell is done with here, without a branch for each letter.
    let may_part_cells = cell.bytes().fold(false, |any, byte| {
        any | matches!(byte, b';' | b'\t' | b'\n' | b'\r')
    });
    let first = cell.bytes().next().unwrap_or(b' ');
    let may_begin_formula = !first.is_ascii_alphanumeric() && cell.starts_with(BEGINS_FORMULA);
    if !may_part_cells && !may_begin_formula {
        return Cow::Borrowed(cell);
    }
    let mut written = String::with_capacity(cell.len() + 2);
    let mut begins_cell = true;
    for letter in cell.chars() {
        if begins_cell && BEGINS_FORMULA.contains(&letter) {
            written.push('\'');
        }
        written.push(letter);
        begins_cell = PARTS_CELLS.contains(&letter);
    }
    Cow::Owned(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_a_formula_whatever_parts_the_cells() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            (
                "Arrivals;=cmd|' /C calc'!A0;x",
                "Arrivals;'=cmd|' /C calc'!A0;x",
            ),
            ("a\t-1", "a\t'-1"),
            ("a\n@x", "a\n'@x"),
            ("＝1", "'＝1"),
            ("a; b - c", "a; b - c"),
            ("Côte d'Ivoire", "Côte d'Ivoire"),
        ] {
            assert_eq!(harmless(text), written);
        }
    }
}
