//! What the words of several sources share.

use crate::figure::PlaceId;
use crate::place::{self, Place};

/// The country that a word means; its id is its ISO alpha-3 code. `whose` tables they are is said of a
/// place that is none.
pub(super) fn country(word: &str, whose: &str) -> Result<&'static Place, String> {
    let place = place::find(word).map_err(|error| error.to_string())?;
    // Other schemes are named before the code.
    if place.id.as_str().contains(':') {
        return Err(format!(
            "{} is no country with an ISO code, and {whose} tables are asked by country",
            place.name
        ));
    }
    Ok(place)
}

/// An option with its places, by their ids, as it is written on the command line; nothing without any.
pub(super) fn places(option: &str, places: &[PlaceId]) -> Vec<String> {
    if places.is_empty() {
        return Vec::new();
    }
    let codes: Vec<&str> = places.iter().map(PlaceId::as_str).collect();
    vec![option.to_owned(), codes.join(",")]
}

/// An option with its value, likewise.
pub(super) fn option(option: &str, value: Option<impl ToString>) -> Vec<String> {
    value.map_or_else(Vec::new, |value| vec![option.to_owned(), value.to_string()])
}
