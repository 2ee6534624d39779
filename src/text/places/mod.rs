//! Names of places and peoples in prose, and the country that each means.

use crate::figure::PlaceId;
use crate::place::{self, Kind};
use crate::text::lexicon::{Phrases, Spellings};

/// What a name of a place says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The country, or the region where it is none.
    pub place: PlaceId,
    /// How the name means it.
    pub by: By,
}

/// How a name means a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// It is the country's name.
    Country,
    /// It is a people's name, or the adjective of it.
    People,
    /// It is the name of a town or a unit within it.
    Within,
    /// It is the name of a region of several countries.
    Region,
}

/// Every name, countries before peoples before towns: of names that are alike, the first counts.
pub fn names(spellings: &mut Spellings) -> Phrases<Named> {
    let mut out = Phrases::default();
    let mut add = |name: &str, place: &PlaceId, by| {
        let named = Named {
            place: place.clone(),
            by,
        };
        out.add(name, named, spellings);
    };
    let mut units = Vec::new();
    for place in place::places() {
        let by = match place.kind {
            Kind::Country | Kind::Area => By::Country,
            Kind::Region | Kind::World | Kind::Group => By::Region,
            _ if place.kind.is_unit() => {
                units.push(place);
                continue;
            }
            _ => continue,
        };
        for name in place.all_names() {
            // Codes and abbreviations are words of other meaning.
            if name.len() > 3 || matches!(name, "DRC" | "CAR" | "UAE" | "USA") {
                add(name, &place.id, by);
            }
        }
    }
    for (code, name) in [
        ("COD", "DR Congo"),
        ("COD", "Democratic Republic of Congo"),
        ("m49:002", "Lake Chad"),
        ("COD", "DRC"),
        ("CAF", "CAR"),
        ("PSE", "Gaza"),
        ("PSE", "Gaza Strip"),
        ("PSE", "West Bank"),
        ("GBR", "UK"),
        ("GBR", "Britain"),
        ("MMR", "Burma"),
        ("CIV", "Cote d'Ivoire"),
    ] {
        let by = if matches!(name, "Gaza" | "Gaza Strip" | "West Bank") {
            By::Within
        } else if code.contains(':') {
            By::Region
        } else {
            By::Country
        };
        add(name, &PlaceId::new(code), by);
    }
    for (code, name) in lines(include_str!("demonyms.tsv")) {
        add(name, &PlaceId::new(code), By::People);
    }
    for (code, name) in lines(include_str!("areas.tsv")) {
        add(name, &PlaceId::new(code), By::Within);
    }
    for unit in units {
        if let Some(country) = country_of(unit) {
            for name in unit.all_names() {
                add(name, &country, By::Within);
            }
        }
    }
    out
}

/// The country above a unit.
fn country_of(unit: &place::Place) -> Option<PlaceId> {
    let mut at = unit;
    for _ in 0..6 {
        at = place::place(at.parents.first()?)?;
        if at.kind == Kind::Country {
            return Some(at.id.clone());
        }
    }
    None
}

/// The codes and names of a file.
fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(code, names)| names.split(';').map(move |name| (code, name)))
}
