//! What the texts of a column were found to mean.

use std::collections::HashMap;
use std::sync::Arc;

/// Meanings by text. The last one is kept at hand: neighbours in a table are often alike.
#[derive(Debug)]
pub(super) struct Memo<T> {
    known: HashMap<Arc<str>, T, foldhash::fast::FixedState>,
    last: String,
    /// None before the first text.
    meaning: Option<T>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self {
            known: HashMap::default(),
            last: String::new(),
            meaning: None,
        }
    }
}

impl<T: Copy> Memo<T> {
    /// The meaning of a text that was met before.
    pub(super) fn get(&mut self, text: &str) -> Option<T> {
        if self.meaning.is_some() && self.last == text {
            return self.meaning;
        }
        let meaning = *self.known.get(text)?;
        // The buffer is used again: a new one for every row costs more than the look-up.
        self.last.clear();
        self.last.push_str(text);
        self.meaning = Some(meaning);
        Some(meaning)
    }

    /// Remembers the meaning of a text.
    pub(super) fn put(&mut self, text: impl Into<Arc<str>>, meaning: T) {
        self.known.insert(text.into(), meaning);
    }
}
