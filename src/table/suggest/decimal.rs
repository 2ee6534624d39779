//! The mark before a fraction, where the numbers of a table show it or leave it open.

use super::names::{self, Part};
use super::sample::Sample;
use super::toml_text::{UNSAID, quoted, shown};
use crate::figure::{Decimal, QuantityError};
use crate::table::number;

/// What the numbers of a table show of their decimal mark: for each finding, the column and text of
/// the first number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks<'s> {
    /// A number that can only be read with a comma before its fraction: `1.234,5`.
    comma: Option<Witness<'s>>,
    /// One that can only be read with a point there: `1,234.5`.
    point: Option<Witness<'s>>,
    /// One that may be read both ways, and is refused where nobody says which: `1.234`.
    either: Option<Witness<'s>>,
}

/// A number with its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Witness<'s> {
    column: &'s str,
    text: &'s str,
}

impl<'s> Marks<'s> {
    /// Looks at the columns of a sample that hold numbers, but not at coordinates and dates.
    pub(super) fn of(sample: &'s Sample<'_>) -> Self {
        let mut marks = Self::default();
        for (index, column) in sample.header.iter().enumerate() {
            if !is_passed_over(column) {
                marks.see(sample, index, column);
            }
        }
        marks
    }

    /// Adds what a column shows, if most of its texts are numbers.
    fn see(&mut self, sample: &'s Sample<'_>, index: usize, column: &'s str) {
        let texts: Vec<&str> = sample
            .rows
            .iter()
            .map(|row| Sample::cell(row, index))
            .filter(|text| text.contains(|letter: char| letter.is_numeric()))
            .collect();
        let mut seen = Self::default();
        let mut numbers = 0;
        for text in &texts {
            let (comma, point) = (fits(text, Decimal::Comma), fits(text, Decimal::Point));
            numbers += usize::from(comma || point);
            let finding = match (comma, point) {
                (true, false) => &mut seen.comma,
                (false, true) => &mut seen.point,
                (true, true) if is_refused_as_either(text) => &mut seen.either,
                _ => continue,
            };
            finding.get_or_insert(Witness { column, text });
        }
        if numbers * 5 >= texts.len() * 4 {
            self.comma = self.comma.or(seen.comma);
            self.point = self.point.or(seen.point);
            self.either = self.either.or(seen.either);
        }
    }

    /// The mark that all numbers can be read by, where some can be read by no other.
    pub(super) fn told(&self) -> Option<Decimal> {
        match (self.comma, self.point) {
            (Some(_), None) => Some(Decimal::Comma),
            (None, Some(_)) => Some(Decimal::Point),
            _ => None,
        }
    }

    /// The value of `[table] decimal`, whether it is a question, and the reason or the question. None
    /// where the numbers are read rightly without it.
    pub(super) fn said(&self) -> Option<(String, (bool, String))> {
        let only = |decimal: Decimal, witness: &Witness<'_>| {
            let why = format!("{witness} can be read in no other way");
            (quoted(decimal.code()), (false, why))
        };
        match (&self.comma, &self.point, &self.either) {
            (Some(comma), Some(point), _) => Some((
                UNSAID.to_owned(),
                (
                    true,
                    format!(
                        "\",\" or \".\": {comma} has a comma before its fraction, {point} a point"
                    ),
                ),
            )),
            (Some(comma), None, _) => Some(only(Decimal::Comma, comma)),
            (None, Some(point), Some(_)) => Some(only(Decimal::Point, point)),
            (None, None, Some(either)) => Some((
                UNSAID.to_owned(),
                (
                    true,
                    format!(
                        "\",\" where {either} is a thousand and more, \".\" where it has a fraction"
                    ),
                ),
            )),
            (None, _, None) => None,
        }
    }
}

impl std::fmt::Display for Witness<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {}", shown(self.text), shown(self.column))
    }
}

/// Whether a column is known by its name to hold coordinates, codes or parts of dates.
fn is_passed_over(column: &str) -> bool {
    matches!(
        names::read(column).part,
        Some(
            Part::Other
                | Part::Date
                | Part::Start
                | Part::End
                | Part::Year
                | Part::Month
                | Part::Published
        )
    )
}

/// Whether a text is a number, whole or not, by a decimal mark.
fn fits(text: &str, decimal: Decimal) -> bool {
    matches!(
        number::read(text, Some(decimal)),
        Ok(_) | Err(QuantityError::NotWhole(_))
    )
}

/// Whether a reader refuses a number that fits both marks; `1,234` is taken as in English.
fn is_refused_as_either(text: &str) -> bool {
    matches!(number::read(text, None), Err(QuantityError::Ambiguous(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of `decimal` for a column of numbers, with a question mark where it is asked for.
    fn said(cells: &[&str]) -> Option<String> {
        let sample = Sample {
            header: vec!["Refugees".to_owned()],
            rows: cells.iter().map(|cell| vec![(*cell).to_owned()]).collect(),
            ..Sample::default()
        };
        Marks::of(&sample).said().map(|(value, _)| value)
    }

    #[test]
    fn a_mark_is_told_only_where_it_matters() {
        for (cells, expected) in [
            (&["1.234,5", "7"][..], Some("\",\"")),
            (&["1.234.567", "1.234"], Some("\",\"")),
            (&["12,5", "1.234"], Some("\",\"")),
            (&["12.5", "1.234"], Some("\".\"")),
            (&["1.234", "7", "n/a"], Some(UNSAID)),
            (&["1.234,5", "12.5"], Some(UNSAID)),
            (&["1,234", "12.5"], None),
            (&["1,234", "7"], None),
            (&["1 234", "7"], None),
            (&["Camp 1.234", "Camp 7", "Camp 8"], None),
            (&[], None),
        ] {
            assert_eq!(said(cells).as_deref(), expected, "{cells:?}");
        }
    }

    #[test]
    fn coordinates_say_nothing() {
        let sample = Sample {
            header: vec!["Latitude".to_owned()],
            rows: vec![vec!["12.345".to_owned()]],
            ..Sample::default()
        };
        assert_eq!(Marks::of(&sample), Marks::default());
    }
}
