//! Cells of a workbook whose text is not the number that a reader of the sheet sees.

use std::collections::HashMap;

use calamine::Dimensions;

/// Why a cell is no number to record, whatever its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table) enum Doubt {
    /// It is a part of merged cells, which have one number together.
    Merged(Dimensions),
    /// It holds a formula without its result.
    Unsaved,
    /// It is shown as a percentage.
    Share,
    /// It is shown as an amount of money.
    Money,
    /// It is shown as a length of time.
    Duration,
}

impl Doubt {
    /// The reason and the way out, in words.
    pub(in crate::table) fn reason(self) -> String {
        match self {
            Self::Merged(range) => format!(
                "{} is one merged cell, and one number does not count each of several rows or columns; undo the merge and write the number where it belongs",
                range_name(range)
            ),
            Self::Unsaved => "it holds a formula whose result was not saved; open the file in a spreadsheet program and save it there".to_owned(),
            Self::Share => "the sheet shows it as a percentage, and a share is not a count".to_owned(),
            Self::Money => "the sheet shows it as an amount of money, not a count".to_owned(),
            Self::Duration => "the sheet shows it as a length of time, not a count".to_owned(),
        }
    }
}

/// The doubtful cells of a sheet: by the number of the row, each with its column counted from 0.
#[derive(Debug, Clone, Default)]
pub(in crate::table) struct Doubts(HashMap<u64, Vec<(usize, Doubt)>>);

impl Doubts {
    /// Notes a cell by its row and column, both counted from 0 as the parsers do.
    pub(super) fn put(&mut self, row: u32, column: u32, doubt: Doubt) {
        let cells = self.0.entry(u64::from(row) + 1).or_default();
        cells.push((column as usize, doubt));
    }

    /// Those of the row with a number.
    pub(super) fn of(&self, number: u64) -> &[(usize, Doubt)] {
        self.0.get(&number).map_or(&[], Vec::as_slice)
    }
}

/// The name of a cell, as `C2`, of its row and column counted from 0.
pub(super) fn cell_name(row: u64, column: u64) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(b'A' + (left % 26) as u8);
        left /= 26;
    }
    letters.reverse();
    format!("{}{}", String::from_utf8_lossy(&letters), row + 1)
}

fn range_name(range: Dimensions) -> String {
    let name = |(row, column): (u32, u32)| cell_name(row.into(), column.into());
    format!("{}:{}", name(range.start), name(range.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_in_a_spreadsheet() {
        for (row, column, name) in [
            (0, 0, "A1"),
            (1, 2, "C2"),
            (9, 25, "Z10"),
            (0, 26, "AA1"),
            (0, 701, "ZZ1"),
            (1_048_575, 16_383, "XFD1048576"),
        ] {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
