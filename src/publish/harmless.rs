//! Texts of others without what steers a terminal or turns letters round.
//!
//! A name in a table may hold anything. Commands of a terminal begin with control characters (those
//! below U+0020, DEL, and U+0080 to U+009F, which some terminals obey as well), and overrides of the
//! direction make `836` read `638`. What is written as data keeps them; what people read does not.

use std::borrow::Cow;

/// What stands where a letter was left out.
const LEFT_OUT: char = '\u{fffd}';

/// Whether a letter steers instead of being read: control characters, line ends beyond `\n`, and the
/// embeddings, overrides and isolates of bidirectional text. The marks of direction that Arabic and
/// Hebrew names hold move no other letters, and stay.
pub(super) fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text of several lines: all letters that steer are replaced but the ends of lines.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|letter| letter != '\n' && steers(letter)) {
        return Cow::Borrowed(text);
    }
    let replaced = text.chars().map(|letter| match letter {
        '\t' => ' ',
        '\n' => '\n',
        other if steers(other) => LEFT_OUT,
        other => other,
    });
    Cow::Owned(replaced.collect())
}

/// A text on one line: ends of lines and tabs are blanks, other letters that steer are replaced.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let replaced = text.chars().map(|letter| match letter {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        other if steers(other) => LEFT_OUT,
        other => other,
    });
    Cow::Owned(replaced.collect())
}

#[cfg(test)]
mod tests {
    use super::{harmless, one_line};

    #[test]
    fn what_steers_is_replaced_and_names_stay() {
        assert_eq!(
            harmless("a\u{1b}[2J\u{9b}31m\u{7}\r\nb\tc"),
            "a\u{fffd}[2J\u{fffd}31m\u{fffd}\u{fffd}\nb c"
        );
        assert_eq!(one_line("a\r\nb\u{2028}c\0"), "a  b c\u{fffd}");
        assert_eq!(
            harmless("\u{202e}836\u{2066}1"),
            "\u{fffd}836\u{fffd}1",
            "an override turns numbers round"
        );
        for name in [
            "حلب",
            "\u{200f}حلب\u{200e}",
            "Côte d’Ivoire",
            "می\u{200c}شود",
        ] {
            assert_eq!(harmless(name), name);
            assert_eq!(one_line(name), name);
        }
    }
}
