//! Which language a text is in: by its script, then by its common words.

use super::{Lexicon, Spellings};
use crate::text::token::tokens;

/// Bytes from the beginning of a text that are looked at: a few thousand words.
const LOOKED_AT: usize = 32 * 1024;

/// Common words that a text has at least, and one of how many of its words they are, before its language
/// is told.
const LEAST: usize = 2;
const ONE_IN: usize = 10;

/// The language of a text among those that have a lexicon; none where its words do not tell.
///
/// Letters tell Arabic and Ukrainian from the others. Languages of the same script that have no lexicon, such
/// as Persian and Russian, have letters of their own: a text with them is in none of ours.
pub fn language_of(text: &str) -> Option<&'static str> {
    let (lexicons, spellings) = crate::text::words();
    among(text, lexicons, spellings)
}

fn among<'a>(text: &str, lexicons: &'a [Lexicon], spellings: &Spellings) -> Option<&'a str> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let (mut latin, mut arabic, mut cyrillic, mut foreign) = (0_usize, 0_usize, 0_usize, 0_usize);
    for letter in text.chars() {
        match letter {
            'پ' | 'چ' | 'ژ' | 'گ' | 'ٹ' | 'ڈ' | 'ے' | 'ې' | 'ړ' | 'ە' | 'ы' | 'э' | 'ъ' | 'ё'
            | 'ў' | 'ј' => {
                foreign += 1;
            }
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => arabic += 1,
            _ if letter.is_alphabetic() => latin += 1,
            _ => {}
        }
    }
    let is_other = |own: usize| foreign * 50 > own;
    let by_script = if arabic > latin.max(cyrillic) {
        (!is_other(arabic)).then_some("ar")?
    } else if cyrillic > latin {
        (!is_other(cyrillic)).then_some("uk")?
    } else {
        return by_words(text, lexicons, spellings);
    };
    lexicons
        .iter()
        .map(|lexicon| &*lexicon.language)
        .find(|language| *language == by_script)
}

fn by_words<'a>(text: &str, lexicons: &'a [Lexicon], spellings: &Spellings) -> Option<&'a str> {
    let words: Vec<_> = tokens(text, &mut |word| spellings.get(word))
        .into_iter()
        .filter(|token| token.kind == crate::text::token::Kind::Word)
        .collect();
    let common = |lexicon: &Lexicon| {
        words
            .iter()
            .filter(|word| lexicon.senses(word.spelling).common)
            .count()
    };
    let mut counts: Vec<_> = lexicons
        .iter()
        .map(|lexicon| (common(lexicon), &*lexicon.language))
        .collect();
    // The sort keeps the order of the files, English first, among equals.
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let (best, language) = *counts.first()?;
    let second = counts.get(1).map_or(0, |(count, _)| *count);
    (best >= LEAST && best > second && best * ONE_IN >= words.len()).then_some(language)
}
