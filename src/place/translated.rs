//! What places are called in other languages than English.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::figure::PlaceId;

/// The languages in the order of the file's columns, by their codes of ISO 639-1.
const LANGUAGES: [&str; 4] = ["fr", "es", "uk", "ar"];

/// Names by id, each in all languages.
static NAMES: LazyLock<HashMap<&'static str, [&'static str; 4]>> = LazyLock::new(|| {
    include_str!("translated.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let id = columns.next()?;
            Some((id, columns.collect::<Vec<_>>().try_into().ok()?))
        })
        .collect()
});

/// The name of a place in a language, by its code of ISO 639-1; none where it is not known. Units
/// below the countries keep the names of their gazetteers.
pub fn name_in(id: &PlaceId, language: &str) -> Option<&'static str> {
    let column = LANGUAGES.iter().position(|known| *known == language)?;
    NAMES.get(id.as_str()).map(|names| names[column])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::places;

    #[test]
    fn every_place_but_bare_codes_has_a_name_in_every_language() {
        for place in places().filter(|place| !place.kind.is_unit()) {
            for language in LANGUAGES {
                let name = name_in(&place.id, language);
                let is_code = place.name.contains("code");
                assert_eq!(name.is_none(), is_code, "{}", place.id);
                assert!(
                    name.is_none_or(|name| !name.trim().is_empty()),
                    "{}",
                    place.id
                );
            }
        }
        let ids: Vec<&str> = places().map(|place| place.id.as_str()).collect();
        assert!(NAMES.keys().all(|id| ids.contains(id)));
        assert_eq!(name_in(&PlaceId::new("POL"), "uk"), Some("Польща"));
        assert_eq!(name_in(&PlaceId::new("POL"), "en"), None);
    }
}
