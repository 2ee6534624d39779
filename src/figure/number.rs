//! Whole numbers as people and spreadsheets write them: one grammar for tables and for typed values.

use std::borrow::Cow;

use super::QuantityError;
use super::coded::coded_enum;

coded_enum! {
    /// The mark before a fraction; the other of the two then parts groups of digits.
    Decimal ("decimal mark") {
        /// `1,234.5`, as in English.
        Point = ".",
        /// `1.234,5`, as in most of Europe and Latin America.
        Comma = ",",
    }
}

impl Decimal {
    const fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// The other mark.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// A whole number, and what its form says of the column it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// The number.
    pub value: i64,
    /// The decimal mark that its form shows or was read by; none where the form fits both.
    pub shows: Option<Decimal>,
}

/// Reads a whole number in the usual convention: see [`numeral`].
///
/// # Errors
/// As [`numeral`].
pub fn whole_number(text: &str) -> Result<i64, QuantityError> {
    numeral(text, None).map(|numeral| numeral.value)
}

/// Reads a whole number: `1234`, `1,234`, `1 234`, `1'234`, `12,34,567`, `١٬٢٣٤`, `1.0`, `12k`,
/// `1.5 million`, `1.23E+05`, `(1,234)` for one below zero.
///
/// Where `decimal` is not told, the point is taken for it, as in English, unless the form shows a
/// comma (`1.234.567`, `1.234,0`). A point before three digits (`1.234`) may be either and is refused.
///
/// # Errors
/// When the text is no count, is not whole, may be two numbers, or does not fit.
pub fn numeral(text: &str, decimal: Option<Decimal>) -> Result<Numeral, QuantityError> {
    let trimmed = text.trim();
    // The common case in tables, without an allocation.
    if !trimmed.is_empty()
        && trimmed.len() <= 18
        && trimmed.bytes().all(|byte| byte.is_ascii_digit())
    {
        return trimmed
            .parse()
            .map(|value| Numeral { value, shows: None })
            .map_err(|_| QuantityError::TooLarge(trimmed.to_owned()));
    }
    let not_a_number = || QuantityError::NotANumber(trimmed.to_owned());
    let plain = plain(trimmed);
    let (is_negative, unsigned) = sign(plain.trim());
    if let Some(what) = other_kind(unsigned) {
        return Err(QuantityError::NotACount {
            text: trimmed.to_owned(),
            what,
        });
    }
    let scaled = Scaled::of(unsigned).ok_or_else(not_a_number)?;
    let (mark, shows) = scaled
        .decimal_mark(decimal)
        .ok_or_else(|| QuantityError::Ambiguous(trimmed.to_owned()))?;
    let (whole, fraction) = match mark.and_then(|mark| scaled.mantissa.split_once(mark)) {
        Some((_, "")) => return Err(not_a_number()),
        Some(parts) => parts,
        None => (scaled.mantissa, ""),
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(not_a_number());
    }
    let whole = ungrouped(whole, mark).ok_or_else(not_a_number)?;
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > scaled.power {
        return Err(QuantityError::NotWhole(trimmed.to_owned()));
    }
    let digits = format!("{whole}{fraction:0<width$}", width = scaled.power);
    let value: i64 = digits
        .parse()
        .map_err(|_| QuantityError::TooLarge(trimmed.to_owned()))?;
    Ok(Numeral {
        value: if is_negative { -value } else { value },
        shows,
    })
}

/// A text in the plain characters that the grammars know: Western digits, one kind of space, minus
/// and apostrophe, without marks that are not seen (direction, zero width, byte order).
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let digit =
        |character: char, zero: char| char::from_digit(u32::from(character) - u32::from(zero), 10);
    Cow::Owned(
        text.chars()
            .filter_map(|character| match character {
                '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}' => None,
                '٠'..='٩' => digit(character, '٠'),
                '۰'..='۹' => digit(character, '۰'),
                '０'..='９' => digit(character, '０'),
                '．' => Some('.'),
                '，' => Some(','),
                '’' => Some('\''),
                '\u{2212}' => Some('-'),
                space if space.is_whitespace() => Some(' '),
                other => Some(other),
            })
            .collect(),
    )
}

/// Whether the number is below zero, as a minus or an accountant's brackets say, and what is left.
fn sign(text: &str) -> (bool, &str) {
    if let Some(inner) = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
    {
        return (true, inner.trim());
    }
    match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => (false, text),
    }
}

/// Whether a text is a share.
pub(crate) fn is_share(text: &str) -> bool {
    text.contains(['%', '٪', '‰'])
}

/// Whether a text with digits is an amount of money.
pub(crate) fn is_money(text: &str) -> bool {
    const SIGNS: [char; 10] = ['$', '€', '£', '¥', '₴', '₽', '₹', '₪', '₺', '₦'];
    const CODES: [&str; 7] = ["usd", "us$", "eur", "gbp", "chf", "uah", "rub"];
    let lower = text.to_lowercase();
    lower.contains(SIGNS)
        || CODES
            .iter()
            .any(|code| lower.starts_with(code) || lower.ends_with(code))
}

/// What a text with digits is, when it counts nothing: a share, money, or a measure with its unit.
fn other_kind(text: &str) -> Option<String> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if is_share(text) {
        return Some("a share".to_owned());
    }
    if is_money(text) {
        return Some("an amount of money".to_owned());
    }
    let number = text.trim_end_matches(|character: char| {
        character.is_alphabetic() || matches!(character, '²' | '³' | '.')
    });
    let unit = text[number.len()..].trim_matches('.');
    (number
        .trim_end()
        .ends_with(|last: char| last.is_ascii_digit())
        && !unit.is_empty()
        && scale(unit).is_none())
    .then(|| format!("a number of `{unit}`"))
}

/// The power of ten that a word stands for.
fn scale(word: &str) -> Option<usize> {
    Some(match word.to_lowercase().trim_end_matches('.') {
        "k" | "thousand" | "тис" | "тыс" => 3,
        "lakh" => 5,
        "m" | "mn" | "mln" | "mio" | "million" | "millions" | "млн" => 6,
        "crore" => 7,
        "bn" | "billion" | "billions" | "milliard" | "milliards" | "млрд" => 9,
        _ => return None,
    })
}

/// A number before the power of ten that a word or an exponent gives it.
struct Scaled<'t> {
    mantissa: &'t str,
    power: usize,
    is_exponent: bool,
}

impl<'t> Scaled<'t> {
    /// None where an exponent is none.
    fn of(text: &'t str) -> Option<Self> {
        if let Some((mantissa, exponent)) = text.split_once(['e', 'E'])
            && mantissa.ends_with(|last: char| last.is_ascii_digit())
        {
            let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
            let is_number =
                (1..=2).contains(&exponent.len()) && exponent.bytes().all(|b| b.is_ascii_digit());
            return is_number
                .then(|| exponent.parse().ok())
                .flatten()
                .map(|power| Self {
                    mantissa,
                    power,
                    is_exponent: true,
                });
        }
        let number = text
            .trim_end_matches('.')
            .trim_end_matches(char::is_alphabetic);
        let (mantissa, power) = match scale(&text[number.len()..]) {
            Some(power) => (number.trim_end(), power),
            None => (text, 0),
        };
        Some(Self {
            mantissa,
            power,
            is_exponent: false,
        })
    }

    /// The mark before its fraction, if it has one, and the decimal mark that its form shows. None
    /// when it may be read both ways.
    fn decimal_mark(&self, told: Option<Decimal>) -> Option<(Option<char>, Option<Decimal>)> {
        const ARABIC: char = '\u{66b}';
        let body = self.mantissa;
        if body.contains(ARABIC) {
            return Some((Some(ARABIC), None));
        }
        if let Some(decimal) = told {
            return Some((Some(decimal.mark()), None));
        }
        let Some(last) = body.rfind([',', '.']) else {
            return Some((None, None));
        };
        let decimal = if body[last..].starts_with(',') {
            Decimal::Comma
        } else {
            Decimal::Point
        };
        let is_fraction = Some((Some(decimal.mark()), Some(decimal)));
        let is_group = Some((None, Some(decimal.other())));
        if body.contains(decimal.other().mark()) {
            return is_fraction;
        }
        if body.matches(decimal.mark()).count() > 1 {
            return is_group;
        }
        let (before, after) = (&body[..last], &body[last + 1..]);
        let may_be_group = after.len() == 3
            && (1..=3).contains(&before.len())
            && before.bytes().all(|byte| byte.is_ascii_digit())
            && !before.starts_with('0');
        match decimal {
            _ if !may_be_group || self.is_exponent => is_fraction,
            Decimal::Comma => is_group,
            // 1.234 million is no 1,234 million to anybody.
            Decimal::Point if self.power > 0 => is_fraction,
            Decimal::Point => None,
        }
    }
}

/// The digits of a number whose groups are parted by one kind of mark: groups of three, or as in
/// India of two before the last three.
fn ungrouped(text: &str, decimal: Option<char>) -> Option<Cow<'_, str>> {
    const MARKS: [char; 5] = [',', '.', ' ', '\'', '\u{66c}'];
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    if is_digits(text) {
        return Some(Cow::Borrowed(text));
    }
    let mark = text
        .chars()
        .find(|character| MARKS.contains(character) && Some(*character) != decimal)?;
    let groups: Vec<&str> = text.split(mark).collect();
    let (first, others) = groups.split_first()?;
    let (last, middle) = others.split_last()?;
    let by_three = first.len() <= 3 && middle.iter().all(|group| group.len() == 3);
    let by_two = matches!(mark, ',' | '\u{66c}')
        && !middle.is_empty()
        && first.len() <= 2
        && middle.iter().all(|group| group.len() == 2);
    let is_right = groups.iter().all(|group| is_digits(group))
        && !first.starts_with('0')
        && last.len() == 3
        && (by_three || by_two);
    is_right.then(|| Cow::Owned(groups.concat()))
}
