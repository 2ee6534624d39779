//! What metadata say in words: countries, languages, names.

use super::Document;
use crate::figure::PlaceId;
use crate::place::{self, Scheme};

/// The longest name that is looked up.
const LONGEST: usize = 100;

/// A word of metadata without white space around it; none where nothing is left.
pub(super) fn word(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The code of a language without its country: `en` of `en-GB`.
pub(super) fn language(text: &str) -> Option<String> {
    let code = text.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then_some(code)
}

impl Document {
    /// Adds a country that the metadata name, by its code or name. What is no place is noted.
    pub(super) fn is_about(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return;
        }
        match country(text) {
            Some(id) if self.about.contains(&id) => {}
            Some(id) => self.about.push(id),
            None => self.notes.push(format!(
                "it says to be about `{text}`, which is no place known"
            )),
        }
    }
}

fn country(text: &str) -> Option<PlaceId> {
    let by_code = (text.len() == 3)
        .then(|| place::resolve(Scheme::Iso3, &text.to_ascii_uppercase()).ok())
        .flatten();
    by_code
        .or_else(|| place::find(text).ok())
        .map(|place| place.id.clone())
}
