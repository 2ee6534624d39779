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

/// A name as the lists have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// It means one place.
    Of(Named),
    /// Areas of several countries have it.
    Shared(Vec<Sharer>),
}

/// One of the countries that a name is shared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharer {
    /// What the name means there.
    pub named: Named,
    /// What such an area is called there: "province", "state".
    pub kinds: Vec<&'static str>,
    /// Whether it is meant where none of the countries is named.
    pub alone: bool,
}

/// Every name, countries before peoples before towns: of names that are alike, the first counts.
pub fn names(spellings: &mut Spellings) -> Phrases<Name> {
    let mut out = Phrases::default();
    // What several have is no name of one of them.
    for (name, sharers) in shared() {
        out.add(name, Name::Shared(sharers), spellings);
    }
    let mut add = |name: &str, place: &PlaceId, by| {
        let named = Named {
            place: place.clone(),
            by,
        };
        out.add(name, Name::Of(named), spellings);
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
        ("m49:002", "Lac Tchad"),
        ("m49:002", "Sahel"),
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
    for (file, by) in [
        (include_str!("countries.tsv"), By::Country),
        (include_str!("demonyms.tsv"), By::People),
        (include_str!("peoples.tsv"), By::People),
        (include_str!("areas.tsv"), By::Within),
        (include_str!("spellings.tsv"), By::Within),
    ] {
        for (code, name) in lines(file) {
            add(name, &PlaceId::new(code), by);
        }
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

/// The names that several countries have.
fn shared() -> impl Iterator<Item = (&'static str, Vec<Sharer>)> {
    let sharer = |text: &'static str| {
        let (code, kinds) = text.split_once('=').unwrap_or((text, ""));
        Sharer {
            named: Named {
                place: PlaceId::new(code.trim_start_matches('!')),
                by: By::Within,
            },
            kinds: kinds.split(',').filter(|kind| !kind.is_empty()).collect(),
            alone: code.starts_with('!'),
        }
    };
    include_str!("shared.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(move |(name, codes)| (name, codes.split(';').map(sharer).collect()))
}

/// The codes and names of a file.
fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(code, names)| names.split(';').map(move |name| (code, name)))
}
