//! One row of a table as it stands in the file, as evidence for a figure.

use super::file::text;

/// The first row of a file and the one with this number, counted from 1; none where the file cannot
/// be decoded or is shorter.
pub fn row(name: &str, bytes: &[u8], number: u32) -> Option<(String, String)> {
    let text = text(name, bytes).ok()?;
    let line = |number: usize| text.lines().nth(number).map(ToOwned::to_owned);
    let number = usize::try_from(number).ok()?.checked_sub(1)?;
    Some((line(0)?, line(number)?))
}
