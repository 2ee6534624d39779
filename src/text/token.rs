//! A text as words, runs of digits and marks, with their places.

use unicode_normalization::UnicodeNormalization as _;

use super::lexicon::Spelling;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with the apostrophes and marks within them.
    Word,
    /// Decimal digits of any script.
    Digits,
    /// One character that is neither.
    Mark,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// Blanks.
    Blank,
    /// The end of a line.
    Line,
    /// An empty line, or the beginning of the text.
    Paragraph,
}

/// A word, a run of digits or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// What stands before it.
    pub gap: Gap,
    /// Its spelling in lower case, for words.
    pub spelling: Spelling,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// The mark's character; NUL for words and digits.
    pub mark: char,
}

/// Marks within a word: "women's", "Sana’a".
const fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ' | '\u{2bf}' | '\u{2be}')
}

/// Characters that have no width and part nothing.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

/// A mark upon a letter, which belongs to its word: Arabic vowels, combining accents.
const fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

/// French words that lose their vowel before another: "d'environ" is two words, and so is "l'est". Whether the
/// word so far is one of them.
fn is_elided(lower: &str) -> bool {
    matches!(lower, "d" | "l" | "qu" | "jusqu")
}

/// Whether a character is a decimal digit in one of the scripts that we read.
pub fn digit_value(character: char) -> Option<u8> {
    let zero = match character {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '０'..='９' => '０',
        _ => return None,
    };
    u8::try_from(u32::from(character) - u32::from(zero)).ok()
}

/// Stands where a letter, a quote or a dash was lost before the text came to us.
const LOST: char = char::REPLACEMENT_CHARACTER;

/// Letters of a word that is looked up with one of them lost: no more, so that the work stays linear.
const LONGEST_DAMAGED: usize = 24;

/// The spelling of a word that has lost letters, and the byte after it: `so_far` in lower case, then what
/// stands from `at` on. None where no such word is known and what was lost may have been a quote.
fn damaged(
    text: &str,
    so_far: &str,
    at: usize,
    spelling: &mut dyn FnMut(&str) -> Spelling,
) -> Option<(Spelling, usize)> {
    let mut whole = so_far.to_owned();
    let mut end = at;
    let mut letters = text.get(at..)?.chars();
    let mut left = LONGEST_DAMAGED;
    while let Some(letter) = letters
        .next()
        .filter(|letter| letter.is_alphabetic() || *letter == LOST)
    {
        left = left.checked_sub(1)?;
        push_lower(&mut whole, letter);
        end += letter.len_utf8();
    }
    let known = spelling(&whole);
    // "cercan\u{fffd}as" is one word; "camp\u{fffd}s" and "l\u{fffd}une" are not.
    let behind = whole.get(so_far.len() + LOST.len_utf8()..)?;
    let is_letter = so_far.len() > 2
        && behind.len() > 1
        && text
            .get(at + LOST.len_utf8()..)?
            .starts_with(char::is_lowercase)
        && !matches!(behind, "re" | "ve" | "ll");
    (is_letter || !known.is_unknown()).then_some((known, end))
}

/// The tokens of a text, in order. Linear in its length.
pub fn tokens(text: &str, spelling: &mut dyn FnMut(&str) -> Spelling) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::Paragraph;
    let mut characters = text.char_indices().peekable();
    let mut lower = String::new();
    while let Some((start, character)) = characters.next() {
        if character.is_whitespace() {
            gap = match (gap, character) {
                (Gap::Line, '\n') | (Gap::Paragraph, _) | (_, '\u{2029}') => Gap::Paragraph,
                (_, '\n') | (Gap::Line, _) => Gap::Line,
                _ => Gap::Blank,
            };
            continue;
        }
        if is_invisible(character) {
            continue;
        }
        let mut end = start + character.len_utf8();
        let mut token = Token {
            start,
            end,
            kind: Kind::Mark,
            gap: std::mem::replace(&mut gap, Gap::None),
            spelling: Spelling::default(),
            capital: false,
            mark: character,
        };
        if digit_value(character).is_some() {
            token.kind = Kind::Digits;
            while let Some((at, _)) = characters.next_if(|(_, next)| digit_value(*next).is_some()) {
                end = at + text[at..].chars().next().map_or(1, char::len_utf8);
            }
        } else if character == LOST
            && let Some((known, after)) = damaged(text, "", start, spelling)
        {
            token.kind = Kind::Word;
            token.spelling = known;
            end = after;
            while characters.next_if(|(at, _)| *at < after).is_some() {}
        } else if character.is_alphabetic() {
            token.kind = Kind::Word;
            let mut known = None;
            token.capital = character.is_uppercase();
            lower.clear();
            push_lower(&mut lower, character);
            while let Some(&(at, next)) = characters.peek() {
                let length = next.len_utf8();
                if next.is_alphabetic() || is_combining(next) {
                    push_lower(&mut lower, next);
                } else if is_apostrophe(next)
                    && text[at + length..].starts_with(char::is_alphabetic)
                {
                    if is_elided(&lower) {
                        end = at + length;
                        characters.next();
                        break;
                    }
                    lower.push('\'');
                } else if next == LOST {
                    known = damaged(text, &lower, at, spelling);
                    if let Some((_, after)) = known {
                        end = after;
                        while characters.next_if(|(at, _)| *at < after).is_some() {}
                    } else if is_elided(&lower)
                        && text[at + length..].starts_with(char::is_alphabetic)
                    {
                        end = at + length;
                        characters.next();
                    }
                    break;
                } else if next != '\u{ad}' {
                    break;
                }
                end = at + length;
                characters.next();
            }
            if lower.contains(is_accent) {
                lower = lower.nfc().collect();
            }
            token.spelling = known.map_or_else(|| spelling(&lower), |(known, _)| known);
            // "Queensland's" is known by its name.
            if token.spelling.is_unknown()
                && let Some(owner) = lower.strip_suffix("'s")
            {
                token.spelling = spelling(owner);
            }
        }
        if token.kind == Kind::Mark {
            token.spelling = spelling(character.encode_utf8(&mut [0; 4]));
        } else {
            token.mark = '\0';
        }
        token.end = end;
        out.push(token);
    }
    out
}

fn push_lower(lower: &mut String, character: char) {
    if character.is_ascii() {
        lower.push(character.to_ascii_lowercase());
    } else if is_accent(character) {
        lower.push(character);
    } else if !is_combining(character) {
        lower.extend(character.to_lowercase().map(plain_arabic));
    }
}

/// An accent that stands as a character of its own behind its letter.
const fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// An Arabic letter without what writers leave out or exchange: hamza upon alef, teh marbuta, final yeh.
const fn plain_arabic(letter: char) -> char {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        _ => letter,
    }
}
