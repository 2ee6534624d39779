//! What the values of one column have in common.

use std::collections::BTreeMap;

use super::names;
use super::sample::Sample;
use crate::figure::{Decimal, Quantity, QuantityError, counted};
use crate::place::{self, Scheme};

/// The values of a column, each with how often it stands there.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile<'a> {
    /// Distinct texts, trimmed; empty cells are not among them.
    pub(super) values: BTreeMap<&'a str, usize>,
    /// Cells that hold something.
    pub(super) filled: usize,
    /// Cells that are empty.
    pub(super) empty: usize,
    /// Cells with a whole number.
    pub(super) whole: usize,
    /// One of them.
    pub(super) example: Option<&'a str>,
    /// Cells with another number: a share, a coordinate.
    pub(super) decimals: usize,
    /// Texts that say that there is no number.
    pub(super) missing: Vec<&'a str>,
    /// Cells with anything else.
    pub(super) others: usize,
}

/// What a cell of a column of numbers holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Whole,
    Decimal,
    Missing,
    Other,
}

impl<'a> Profile<'a> {
    /// Looks at one column of a sample.
    pub(super) fn of(rows: &'a [Vec<String>], column: usize, decimal: Option<Decimal>) -> Self {
        let mut profile = Self::default();
        for row in rows {
            match Sample::cell(row, column) {
                "" => profile.empty += 1,
                text => *profile.values.entry(text).or_default() += 1,
            }
        }
        for (&text, &count) in &profile.values {
            profile.filled += count;
            match cell(text, decimal) {
                Cell::Whole => {
                    profile.whole += count;
                    profile.example = Some(text);
                }
                Cell::Decimal => profile.decimals += count,
                Cell::Missing => profile.missing.push(text),
                Cell::Other => profile.others += count,
            }
        }
        profile
    }

    /// Whether it is a column of whole numbers, gaps and nothing else.
    pub(super) fn is_count(&self) -> bool {
        self.whole > 0 && self.decimals == 0 && self.others == 0
    }

    /// Whether it holds numbers of any kind and little else.
    pub(super) fn is_numeric(&self) -> bool {
        self.whole + self.decimals > self.others * 4
    }

    /// How many cells hold a place of a scheme.
    pub(super) fn places(&self, scheme: Scheme) -> usize {
        self.cells(|text| place::resolve(scheme, text).is_ok())
    }

    /// How many cells hold a code of an administrative unit: a country's two or three letters and digits.
    pub(super) fn unit_codes(&self) -> usize {
        self.cells(is_unit_code)
    }

    /// How many cells have a text for which something holds.
    pub(super) fn cells(&self, holds: impl Fn(&str) -> bool) -> usize {
        self.values
            .iter()
            .filter(|(text, _)| holds(text))
            .map(|(_, count)| count)
            .sum()
    }

    /// The first text for which something does not hold.
    pub(super) fn exception(&self, holds: impl Fn(&str) -> bool) -> Option<&'a str> {
        self.values.keys().find(|text| !holds(text)).copied()
    }

    /// "all 212 values", "208 of 212 values".
    pub(super) fn share(&self, cells: usize) -> String {
        if cells == self.filled {
            format!("all {}", counted(cells, "value", "values"))
        } else {
            format!("{cells} of {}", counted(self.filled, "value", "values"))
        }
    }
}

/// Whether a text is in the form of OCHA's codes of administrative units: `SY01`, `UA05`, `NGA002`.
pub(super) fn is_unit_code(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let (country, digits) = text.split_at(letters);
    let scheme = match letters {
        2 => Scheme::Iso2,
        3 => Scheme::Iso3,
        _ => return false,
    };
    (2..=12).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && place::resolve(scheme, country).is_ok()
}

/// The number in a cell; none where it is not whole.
///
/// Where nobody knows the decimal mark, a number that may be a thousand and more is one: a draft asks.
pub(super) fn whole(text: &str, decimal: Option<Decimal>) -> Option<i64> {
    let text = plain(text);
    let bare = text.strip_suffix(".0").unwrap_or(&text);
    let read = match Quantity::read(bare, decimal) {
        Err(QuantityError::Ambiguous(_)) => Quantity::read(bare, Some(Decimal::Comma)),
        read => read,
    };
    read.ok().and_then(|(quantity, _)| quantity.value)
}

fn cell(text: &str, decimal: Option<Decimal>) -> Cell {
    let plain = plain(text);
    let is_mark = plain.chars().all(|letter| "-–—.… ".contains(letter));
    if is_mark || names::is_in("missing", text) {
        Cell::Missing
    } else if whole(text, decimal).is_some() {
        Cell::Whole
    } else if plain
        .trim_end_matches('%')
        .replace(',', "")
        .trim()
        .parse::<f64>()
        .is_ok()
    {
        Cell::Decimal
    } else {
        Cell::Other
    }
}

/// A number with plain digits, and without the marks that only steer the direction of writing.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|letter| match letter {
            '٠'..='٩' => digit(letter, '٠'),
            '۰'..='۹' => digit(letter, '۰'),
            '٬' => ',',
            '٫' => '.',
            other => other,
        })
        .collect()
}

/// The plain digit that stands as far from 0 as a digit of another script from its zero.
fn digit(letter: char, zero: char) -> char {
    char::from_digit(letter as u32 - zero as u32, 10).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[&str]) -> Vec<Vec<String>> {
        cells.iter().map(|cell| vec![(*cell).to_owned()]).collect()
    }

    #[test]
    fn counts_are_whole_numbers_and_gaps() {
        let is_count = |cells: &[&str]| Profile::of(&rows(cells), 0, None).is_count();
        assert!(is_count(&["1", "2,000", "", "n/a", "-", "3.0"]));
        assert!(is_count(&["١٬٢٣٤", "٥"]));
        assert!(!is_count(&["1", "2.5"]));
        assert!(!is_count(&["1", "Sudan"]));
        assert!(!is_count(&["", "n/a"]));
    }

    #[test]
    fn unit_codes_begin_with_a_country() {
        assert!(is_unit_code("SY01") && is_unit_code("NG002") && is_unit_code("TCD0701"));
        assert!(!is_unit_code("SY") && !is_unit_code("QQ01") && !is_unit_code("2022"));
    }

    #[test]
    fn shares_are_told_with_figures() {
        let rows = rows(&["POL", "POL", "Poland", ""]);
        let profile = Profile::of(&rows, 0, None);
        assert_eq!(profile.share(profile.places(Scheme::Iso3)), "2 of 3 values");
        assert_eq!(profile.exception(|text| text == "POL"), Some("Poland"));
    }
}
