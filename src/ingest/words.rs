//! What the words of several sources have in common: countries, and the words that ask for them again.

use crate::figure::{PlaceId, coded_enum};
use crate::place;

coded_enum! {
    /// How finely places are told apart.
    Level ("level") {
        /// Countries.
        Country = "country",
        /// Units of the first level.
        Admin1 = "admin1",
        /// Units of the second level.
        Admin2 = "admin2",
    }
}

impl Level {
    /// Its number, by which sources know it.
    pub(super) const fn number(self) -> &'static str {
        match self {
            Self::Country => "0",
            Self::Admin1 => "1",
            Self::Admin2 => "2",
        }
    }
}

/// The country that a word means, by the code that sources are asked with.
///
/// # Errors
/// When it means none, with the nearest places, or a place without an ISO code.
pub(super) fn country(word: &str) -> Result<PlaceId, String> {
    let place = place::find(word).map_err(|error| error.to_string())?;
    // Other schemes are named before the code.
    if !place.id.as_str().contains(':') {
        return Ok(place.id.clone());
    }
    Err(format!(
        "{} is no country with an ISO code, and this source is asked by country",
        place.name
    ))
}

/// The codes of places, as a list in one word.
pub(super) fn listed(places: &[PlaceId]) -> String {
    let codes: Vec<&str> = places.iter().map(PlaceId::as_str).collect();
    codes.join(",")
}

/// Adds an option with its places, where there are some.
pub(super) fn add_places(words: &mut Vec<String>, option: &str, places: &[PlaceId]) {
    if !places.is_empty() {
        words.extend([option.to_owned(), listed(places)]);
    }
}

/// Adds an option with what it is given, where it is.
pub(super) fn add(words: &mut Vec<String>, option: &str, value: Option<impl ToString>) {
    if let Some(value) = value {
        words.extend([option.to_owned(), value.to_string()]);
    }
}
