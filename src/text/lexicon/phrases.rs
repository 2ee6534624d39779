//! Words as numbers, and phrases of them found in a text.

use std::collections::HashMap;

use crate::text::token::{Gap, Kind, Token, tokens};

/// A word that some list holds, as a number; zero for any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Spelling(u32);

impl Spelling {
    /// Whether no list holds the word.
    pub const fn is_unknown(self) -> bool {
        self.0 == 0
    }
}

/// Every word that some list holds.
#[derive(Debug, Default)]
pub struct Spellings {
    words: HashMap<String, Spelling, foldhash::fast::FixedState>,
    /// Words whose accented letters were lost, as U+FFFD stands for them; zero where several have lost to
    /// the same.
    damaged: HashMap<String, Spelling, foldhash::fast::FixedState>,
}

/// Accented letters that a word may lose and still be known.
const LOST: usize = 2;

impl Spellings {
    /// The number of a word in lower case.
    pub fn get(&self, word: &str) -> Spelling {
        let words = if word.contains(char::REPLACEMENT_CHARACTER) {
            &self.damaged
        } else {
            &self.words
        };
        words.get(word).copied().unwrap_or_default()
    }

    fn intern(&mut self, word: &str) -> Spelling {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let next = Spelling(u32::try_from(self.words.len() + 1).unwrap_or_default());
        self.words.insert(word.to_owned(), next);
        let accented = word.chars().filter(|letter| !letter.is_ascii()).count();
        let letters = word.chars().count();
        if (1..=LOST).contains(&accented) && letters > 2 * accented {
            let lost = |letter: char| match letter {
                _ if letter.is_ascii() => letter,
                _ => char::REPLACEMENT_CHARACTER,
            };
            self.damaged
                .entry(word.chars().map(lost).collect())
                .and_modify(|other| *other = Spelling::default())
                .or_insert(next);
        }
        next
    }

    /// The words and marks of a phrase, without its hyphens and full stops.
    pub fn of_words(&mut self, text: &str) -> Vec<Spelling> {
        tokens(text, &mut |word| self.intern(word))
            .into_iter()
            .filter(|token| !is_joint(token))
            .map(|token| token.spelling)
            .collect()
    }
}

/// A hyphen or a full stop, which may stand between the words of a phrase.
const fn is_joint(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark) && matches!(token.mark, '-' | '‐' | '‑' | '.')
}

/// Phrases by their first word, each with what it means.
#[derive(Debug)]
pub struct Phrases<T> {
    by_first: HashMap<Spelling, Vec<(Vec<Spelling>, T)>, foldhash::fast::FixedState>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            by_first: HashMap::default(),
        }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase. Of two that are alike, the first stays.
    pub fn add(&mut self, text: &str, meaning: T, spellings: &mut Spellings) {
        let words = spellings.of_words(text);
        let Some((&first, rest)) = words.split_first() else {
            return;
        };
        let phrases = self.by_first.entry(first).or_default();
        if phrases.iter().all(|(known, _)| known != rest) {
            phrases.push((rest.to_vec(), meaning));
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
    }

    /// The longest phrase that begins with a token: the token after its last, and its meaning.
    pub fn at(&self, tokens: &[Token], first: usize) -> Option<(usize, &T)> {
        let token = tokens.get(first)?;
        if token.spelling.is_unknown() {
            return None;
        }
        self.by_first
            .get(&token.spelling)?
            .iter()
            .find_map(|(rest, meaning)| Some((follow(tokens, first + 1, rest)?, meaning)))
    }
}

/// The token after the words, if they stand one after the other from `next` on.
fn follow(tokens: &[Token], mut next: usize, words: &[Spelling]) -> Option<usize> {
    for word in words {
        let mut token = tokens.get(next)?;
        if is_joint(token) && token.gap == Gap::None {
            next += 1;
            token = tokens.get(next)?;
        }
        if token.gap == Gap::Paragraph || token.spelling != *word {
            return None;
        }
        next += 1;
    }
    Some(next)
}
