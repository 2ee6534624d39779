//! What the number format of a cell of Excel says that its number is.

use super::doubt::Doubt;
use crate::figure::{is_money, is_share};

/// Why a number in this format is no count; none where it may be one.
pub(super) fn doubt(format: &str) -> Option<Doubt> {
    let shown = shown(format);
    if is_share(&shown) {
        Some(Doubt::Share)
    } else if is_money(&shown) {
        Some(Doubt::Money)
    } else {
        None
    }
}

/// What the format writes around a number above zero, with a 1 for the number itself.
fn shown(format: &str) -> String {
    let mut shown = String::new();
    let mut has_number = false;
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => shown.extend(letters.by_ref().take_while(|letter| *letter != '"')),
            '\\' => shown.extend(letters.next()),
            // A blank as wide as a letter, and a letter that fills the cell.
            '_' | '*' => drop(letters.next()),
            // A currency with its language, as in `[$€-407]`; colours and conditions show nothing.
            '[' => {
                let inner: String = letters
                    .by_ref()
                    .take_while(|letter| *letter != ']')
                    .collect();
                if let Some(currency) = inner.strip_prefix('$') {
                    shown.extend(currency.split('-').next());
                }
            }
            // What follows is for numbers below zero.
            ';' => break,
            '0' | '#' | '?' => {
                if !std::mem::replace(&mut has_number, true) {
                    shown.push('1');
                }
            }
            other => shown.push(other),
        }
    }
    shown.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_money_are_told_from_counts() {
        for (format, expected) in [
            ("General", None),
            ("0", None),
            ("#,##0", None),
            ("#,##0 ;[Red](#,##0)", None),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", None),
            ("[$-409]#,##0", None),
            ("[>=1000]#,##0;0", None),
            ("0.0,\" k\"", None),
            ("#,##0\" persons\"", None),
            ("0%", Some(Doubt::Share)),
            ("0.00%", Some(Doubt::Share)),
            ("0\"%\"", Some(Doubt::Share)),
            ("0\\ \\%", Some(Doubt::Share)),
            ("\"USD \"0", Some(Doubt::Money)),
            (
                "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)",
                Some(Doubt::Money),
            ),
            ("#,##0.00\\ [$€-407]", Some(Doubt::Money)),
            ("[$EUR] #,##0", Some(Doubt::Money)),
            ("\"$\"#,##0", Some(Doubt::Money)),
            ("0 [", None),
            ("\"", None),
            ("\\", None),
            ("", None),
        ] {
            assert_eq!(doubt(format), expected, "{format}");
        }
    }
}
