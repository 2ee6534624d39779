//! The number of a cell: what stands for none, and the footnote marks that hang on it.

use crate::figure::{Decimal, Missing, Quantity, QuantityError, plain};

/// Texts that tables write where a source gave no number, folded. `none` is missing here on purpose:
/// some sources write it for zero.
const NO_NUMBER: [&str; 17] = [
    "-",
    "–",
    "—",
    "..",
    "...",
    "…",
    "n/a",
    "n.a.",
    "na",
    "nan",
    "null",
    "no data",
    "not available",
    "data not available",
    "not reported",
    "tbd",
    "unknown",
];

/// Why there is no number, where a cell says in a usual way that there is none. `n/a` may mean either and
/// is not reported, which claims less.
pub(super) fn nothing_said(raw: &str) -> Option<Missing> {
    // Most cells are empty or begin with a digit.
    if raw.is_empty() {
        return Some(Missing::NotReported);
    }
    if raw.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let plain = plain(raw).to_lowercase();
    let folded = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded == "not applicable" {
        return Some(Missing::NotApplicable);
    }
    (folded.is_empty() || NO_NUMBER.contains(&folded.as_str())).then_some(Missing::NotReported)
}

/// A number as it stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellNumber {
    /// The number, with its qualifier.
    pub(super) quantity: Quantity,
    /// The decimal mark that its form shows.
    pub(super) shows: Option<Decimal>,
    /// What readers of the figure should know of the cell.
    pub(super) note: Option<String>,
}

/// Reads a cell by the decimal mark of its column. Marks of footnotes are taken off and noted.
///
/// # Errors
/// As [`Quantity::read`].
pub(super) fn read(raw: &str, decimal: Option<Decimal>) -> Result<CellNumber, QuantityError> {
    let (number, mark) = without_footnote(raw.trim());
    let (quantity, shows) = match Quantity::read(number, decimal) {
        // What is no number without its marks is told as it stands.
        Err(QuantityError::NotANumber(_)) => return Err(QuantityError::NotANumber(raw.to_owned())),
        read => read?,
    };
    let is_rounded = number.contains(['e', 'E'])
        && plain(number)
            .trim()
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"eE+-.,".contains(&byte));
    let note = match mark {
        "" if is_rounded => Some(format!(
            "written {number} in the source, which may be rounded"
        )),
        "" => None,
        mark => Some(format!("marked {mark} in the source")),
    };
    Ok(CellNumber {
        quantity,
        shows,
        note,
    })
}

/// The decimal mark of a number whose form shows a fraction, which is no count but tells how its column is written.
pub(super) fn mark_of_fraction(raw: &str) -> Option<Decimal> {
    let (number, _) = without_footnote(raw.trim());
    // By the other mark it is no number at all: `1.234` may be either.
    let shows = |decimal: &Decimal| {
        matches!(
            Quantity::read(number, Some(*decimal)),
            Err(QuantityError::NotWhole(_))
        ) && matches!(
            Quantity::read(number, Some(decimal.other())),
            Err(QuantityError::NotANumber(_))
        )
    };
    [Decimal::Comma, Decimal::Point].into_iter().find(shows)
}

/// A number and the footnote marks after it: stars, daggers, raised digits, `(a)`, `[2]`, and a
/// letter right after a digit, unless it may be a scale or a unit.
fn without_footnote(text: &str) -> (&str, &str) {
    let mut number = text;
    loop {
        let rest = number
            .trim_end_matches(|last: char| {
                is_raised(last) || matches!(last, '*' | '†' | '‡' | '§' | 'ª' | 'º')
            })
            .trim_end();
        let rest = without_bracketed(rest).unwrap_or(rest).trim_end();
        if rest.len() == number.len() {
            break;
        }
        number = rest;
    }
    // A small letter: b may be a billion, and from g on they are units such as hours, km and tonnes.
    if let Some(rest) = number.strip_suffix(['a', 'c', 'd', 'e', 'f'])
        && rest.ends_with(char::is_numeric)
    {
        number = rest;
    }
    let ends_a_number = number
        .chars()
        .next_back()
        .is_some_and(|last| last.is_alphanumeric() || last == ')');
    if ends_a_number {
        (number, text[number.len()..].trim())
    } else {
        (text, "")
    }
}

const fn is_raised(digit: char) -> bool {
    matches!(digit, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// The text before a bracketed footnote of one letter or up to two digits.
fn without_bracketed(text: &str) -> Option<&str> {
    let (open, inner) = match text.strip_suffix(']') {
        Some(inner) => ('[', inner),
        None => ('(', text.strip_suffix(')')?),
    };
    let (number, name) = inner.rsplit_once(open)?;
    let is_letter = name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_digits = (1..=2).contains(&name.chars().count())
        && name
            .chars()
            .all(|digit| digit.is_ascii_digit() || is_raised(digit));
    (!number.trim().is_empty() && (is_letter || is_digits)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(raw: &str, decimal: Option<Decimal>) -> Option<i64> {
        read(raw, decimal).ok().and_then(|cell| cell.quantity.value)
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (raw, expected) in [
            ("1234", 1234),
            ("1,234", 1234),
            ("1 234", 1234),
            ("1\u{a0}234", 1234),
            ("1\u{202f}234\u{2009}567", 1_234_567),
            ("1'234'567", 1_234_567),
            ("1’234", 1234),
            ("12,34,567", 1_234_567),
            ("1,23,456", 123_456),
            ("١٬٢٣٤", 1234),
            ("١٢٣٤", 1234),
            ("۱۲۳۴", 1234),
            ("١٬٢٣٤٫٠", 1234),
            ("１２，３４５", 12_345),
            ("12k", 12_000),
            ("1.2m", 1_200_000),
            ("3.4 mn", 3_400_000),
            ("3,4 mn", 3_400_000),
            ("2 bn", 2_000_000_000),
            ("about 1.234 million", 1_234_000),
            ("12 lakh", 1_200_000),
            ("1.23E+05", 123_000),
            ("1,234E+05", 123_400),
            ("5E2", 500),
            ("12.0", 12),
            ("12,0", 12),
            ("0.000", 0),
            ("1.234.567", 1_234_567),
            ("1.234,0", 1234),
            ("1,234.00", 1234),
            ("+7", 7),
            ("\u{202b}1,234\u{202c}", 1234),
            ("\u{feff}5", 5),
            ("1,234*", 1234),
            ("1,234 †‡", 1234),
            ("1 234 (a)", 1234),
            ("1,234 [2]", 1234),
            ("1,234a", 1234),
            ("12²", 12),
            ("12(¹)", 12),
            ("12 [¹⁰]", 12),
            ("12 million*", 12_000_000),
        ] {
            assert_eq!(value(raw, None), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_is_no_count_is_refused() {
        for (raw, reason) in [
            ("1.234", "may be a whole number"),
            ("12.345", "may be a whole number"),
            ("5.000", "may be a whole number"),
            ("1.234,5", "not whole"),
            ("0,500", "not whole"),
            ("12.5", "not whole"),
            ("1.234E+02", "not whole"),
            ("(1,234)", "below zero"),
            ("−5", "below zero"),
            ("(12)*", "below zero"),
            ("80%", "a share"),
            ("80 %*", "a share"),
            ("$4m", "an amount of money"),
            ("400 USD", "an amount of money"),
            ("12 km", "a number of `km`"),
            ("12km", "a number of `km`"),
            ("12b", "a number of `b`"),
            ("3 families", "a number of `families`"),
            ("1,23", "not whole"),
            ("12,34,56", "no number"),
            ("1,234,56", "no number"),
            ("1,234 567", "no number"),
            ("0,123,456", "no number"),
            ("1.234.56", "no number"),
            ("1.", "no number"),
            ("12-15", "no number"),
            ("*", "no number"),
            ("(a)", "no number"),
            ("", "no number"),
            ("1E-2", "no number"),
            ("99999999999999999999", "too large"),
            ("9E99", "too large"),
        ] {
            let error = read(raw, None).expect_err(raw).to_string();
            assert!(error.contains(reason), "{raw}: {error}");
        }
    }

    #[test]
    fn a_told_decimal_mark_settles_what_may_be_read_both_ways() {
        let (point, comma) = (Some(Decimal::Point), Some(Decimal::Comma));
        assert_eq!(value("1.234", comma), Some(1234));
        assert_eq!(value("1.234", point), None);
        assert_eq!(value("5.000", point), Some(5));
        assert_eq!(value("1,234", point), Some(1234));
        assert_eq!(value("1,234", comma), None);
        assert_eq!(value("1,000", comma), Some(1));
        assert_eq!(value("1.234.567", point), None);
        assert_eq!(value("1,234,567", comma), None);
        assert_eq!(value("1.234,0", point), None);
    }

    #[test]
    fn marks_are_kept_in_words() {
        for (raw, note) in [
            ("1,234*", Some("marked * in the source")),
            ("1 234 (a)", Some("marked (a) in the source")),
            ("7 [1] [2]", Some("marked [1] [2] in the source")),
            ("7c", Some("marked c in the source")),
            (
                "1.23E+05",
                Some("written 1.23E+05 in the source, which may be rounded"),
            ),
            ("one", None),
            ("12", None),
        ] {
            let read = read(raw, None).ok().and_then(|cell| cell.note);
            assert_eq!(read.as_deref(), note, "{raw}");
        }
    }

    #[test]
    fn usual_texts_say_that_there_is_no_number() {
        for raw in [
            "",
            " ",
            "N/A",
            "Data  not\u{a0}available",
            "—",
            "...",
            "TBD",
            "\u{feff}",
        ] {
            assert_eq!(nothing_said(raw), Some(Missing::NotReported), "{raw}");
        }
        assert_eq!(nothing_said("Not applicable"), Some(Missing::NotApplicable));
        for raw in ["0", "none", "nil", "n", "x", "--5"] {
            assert_eq!(nothing_said(raw), None, "{raw}");
        }
    }

    /// A number with marks between its groups of three.
    fn parted(number: i64, mark: &str) -> String {
        crate::figure::grouped(number).replace(',', mark)
    }

    proptest! {
        #[test]
        fn every_convention_is_read_back(number in 0_i64..1_000_000_000_000) {
            let (point, comma) = (Some(Decimal::Point), Some(Decimal::Comma));
            for mark in [" ", "\u{a0}", "\u{202f}", "\u{2009}", "'", "٬", ","] {
                prop_assert_eq!(value(&parted(number, mark), None), Some(number));
                prop_assert_eq!(value(&format!("{}.0", parted(number, mark)), point), Some(number));
            }
            prop_assert_eq!(value(&parted(number, "."), comma), Some(number));
            prop_assert_eq!(value(&format!("{},00", parted(number, ".")), comma), Some(number));
            let arabic: String = parted(number, "٬")
                .chars()
                .map(|digit| digit.to_digit(10).and_then(|d| char::from_u32(0x660 + d)).unwrap_or(digit))
                .collect();
            prop_assert_eq!(value(&arabic, None), Some(number));
        }

        /// A strict reader of English numbers, made another way, gives the same or nothing.
        #[test]
        fn no_number_is_read_wrongly(raw in "[0-9]{1,4}([,. '][0-9]{1,4}){0,3}") {
            let strict = || -> Option<i64> {
                let (whole, fraction) = raw.split_once('.').unwrap_or((&raw, "0"));
                let value: i64 = whole.replace([',', ' ', '\''], "").parse().ok()?;
                let is_sound = [",", " ", "'", ""].iter().any(|mark| parted(value, mark) == whole)
                    || whole.bytes().all(|byte| byte.is_ascii_digit());
                (is_sound && fraction.bytes().all(|byte| byte == b'0')).then_some(value)
            };
            if let Ok(cell) = read(&raw, None)
                && cell.shows != Some(Decimal::Comma)
                && !raw.matches(',').count().ge(&2)
            {
                prop_assert_eq!(cell.quantity.value, strict());
            }
        }

        #[test]
        fn no_text_makes_it_panic(raw in "\\PC{0,12}", digits in "[0-9٠-٩eE+.,()km%*\\[\\]' -]{0,12}") {
            for decimal in [None, Some(Decimal::Point), Some(Decimal::Comma)] {
                let _ = read(&raw, decimal);
                let _ = read(&digits, decimal);
            }
            let _ = nothing_said(&raw);
        }
    }
}
