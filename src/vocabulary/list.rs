//! The one loader: a TOML file of words in, a list that is asked by code out.

use std::collections::HashMap;

use serde::de::DeserializeOwned;

/// Nearest words that an error offers at most.
const OFFERED: usize = 3;
/// Likeness (Jaro-Winkler) below which a word is not worth offering.
const LIKE_ENOUGH: f64 = 0.8;
/// A longer text is no word, and looking for those like it would take minutes.
const LONGEST: usize = 200;
/// Distance behind the nearest word at which another one is not offered.
const NOISE: f64 = 0.05;
/// Words that an error still lists in full.
const FEW: usize = 20;

/// An entry of one of the files.
pub(super) trait Word: DeserializeOwned {
    /// The key of its tables in the file, and what errors call it.
    const KIND: &'static str;

    /// What the ledger and files write.
    fn code(&self) -> &str;

    /// What people read.
    fn label(&self) -> &str;

    /// Other texts that a search looks into.
    fn texts(&self) -> Vec<&str>;
}

/// A word that the vocabulary does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {kind} `{word}`{}; {}", of(.dimension.as_deref()), way_out(self))]
pub struct UnknownWord {
    /// What was expected, such as `indicator`.
    pub kind: &'static str,
    /// The word as found.
    pub word: String,
    /// The dimension whose code was expected.
    pub dimension: Option<String>,
    /// The nearest words, nearest first.
    pub nearest: Vec<String>,
    /// All that would have been right, where nothing is near and they are few.
    pub choice: Vec<String>,
}

fn of(dimension: Option<&str>) -> String {
    dimension.map_or_else(String::new, |code| format!(" of dimension `{code}`"))
}

/// The second half of the message.
fn way_out(unknown: &UnknownWord) -> String {
    let joined = |words: &[String], separator: &str| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        words.join(separator)
    };
    if !unknown.nearest.is_empty() {
        return format!("did you mean {}?", joined(&unknown.nearest, " or "));
    }
    if !unknown.choice.is_empty() {
        return format!("write one of {}", joined(&unknown.choice, ", "));
    }
    let command = match unknown.kind {
        "organisation" | "channel" | "licence" => "sources",
        _ => "indicators",
    };
    format!("`humstat {command}` lists those that are known")
}

impl UnknownWord {
    /// The error for a word, with the nearest among what there is.
    pub(crate) fn new<'a>(
        kind: &'static str,
        word: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Self {
        let wanted = word.trim().to_lowercase();
        let known: Vec<&str> = known.collect();
        let mut near: Vec<(f64, &str)> = known
            .iter()
            .filter(|_| wanted.len() <= LONGEST)
            .map(|code| (strsim::jaro_winkler(&wanted, &code.to_lowercase()), *code))
            .filter(|&(likeness, _)| likeness >= LIKE_ENOUGH)
            .collect();
        // Stable: equally near words keep the order of the file.
        near.sort_by(|(left, _), (right, _)| right.total_cmp(left));
        // Far ones are noise beside a close one: `refugee` means `refugees`, not `refugee_returns`.
        let best = near.first().map_or(0.0, |&(likeness, _)| likeness);
        near.retain(|&(likeness, _)| likeness > best - NOISE);
        let nearest: Vec<String> = near
            .into_iter()
            .take(OFFERED)
            .map(|(_, code)| code.to_owned())
            .collect();
        let few = nearest.is_empty() && known.len() <= FEW;
        Self {
            kind,
            word: word.to_owned(),
            dimension: None,
            nearest,
            choice: known
                .into_iter()
                .filter(|_| few)
                .map(str::to_owned)
                .collect(),
        }
    }
}

/// The words of one file, in its order.
pub(super) struct List<T> {
    words: Vec<T>,
    positions: HashMap<String, usize>,
}

impl<T: Word> List<T> {
    /// Reads a file: an array of tables under the name of the kind, and nothing else.
    ///
    /// # Errors
    /// What is wrong with the file. Those compiled in are read by a test.
    pub(super) fn parsed(text: &str) -> Result<Self, String> {
        let mut file: HashMap<String, Vec<T>> =
            toml::from_str(text).map_err(|error| error.to_string())?;
        let words = file
            .remove(T::KIND)
            .filter(|_| file.is_empty())
            .ok_or_else(|| format!("expected [[{}]] and nothing else", T::KIND))?;
        let positions: HashMap<String, usize> = words
            .iter()
            .enumerate()
            .map(|(position, word)| (word.code().to_owned(), position))
            .collect();
        if positions.len() < words.len() {
            return Err(format!("one {} stands twice", T::KIND));
        }
        Ok(Self { words, positions })
    }

    /// The word with a code.
    pub(super) fn get(&self, code: &str) -> Result<&T, UnknownWord> {
        match self.positions.get(code) {
            Some(&position) => Ok(&self.words[position]),
            None => Err(UnknownWord::new(
                T::KIND,
                code,
                self.words.iter().map(Word::code),
            )),
        }
    }

    /// Every word.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.words.iter()
    }
}

/// Declares the function that gives a compiled-in list, parsed at its first call.
macro_rules! compiled_in {
    ($name:ident, $word:ty, $file:literal) => {
        fn $name() -> &'static $crate::vocabulary::list::List<$word> {
            static LIST: std::sync::OnceLock<$crate::vocabulary::list::List<$word>> =
                std::sync::OnceLock::new();
            LIST.get_or_init(|| {
                $crate::vocabulary::list::List::parsed(include_str!($file))
                    .expect(concat!("a test reads ", $file))
            })
        }
    };
}

pub(super) use compiled_in;
