//! Why a word is no place, and the way out.

use super::candidate::Among;
use super::likeness;
use super::register::register;
use super::types::{Place, Scheme};

/// Nearest names that an error offers at most.
const OFFERED: usize = 3;

/// A word that is no place in the scheme asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// There is no word.
    #[error("the place is empty; write a name, a code, or `unhcr:UKN` where it is not known")]
    Empty,
    /// The word is not in the register.
    #[error("`{text}` is no known {}{}", .scheme.map_or("place", Scheme::noun), way_out(*scheme, .nearest, .elsewhere))]
    Unknown {
        /// The scheme, where one was given.
        scheme: Option<Scheme>,
        /// The word as found.
        text: String,
        /// The nearest names or ids, nearest first, each with its id.
        nearest: Vec<String>,
        /// What the word means in other schemes, such as `Germany (DEU) as UNHCR code`.
        elsewhere: Vec<String>,
    },
    /// The word is a place, but none of those asked for.
    #[error("`{text}` is {}, which is no {wanted}", .found.join(", "))]
    Outside {
        /// The word as found.
        text: String,
        /// The places that it means.
        found: Vec<String>,
        /// What was asked for, such as `admin2 within Homs (pcode:SY04)`.
        wanted: String,
    },
    /// The word is the name of several places.
    #[error("`{text}` is the name of {} places: {}; write the id, or let the mapping say `within` or `kind`", .places.len(), .places.join(", "))]
    Homonyms {
        /// The word as found.
        text: String,
        /// The places, each with its P-code and parent.
        places: Vec<String>,
    },
}

/// The second half of the message.
fn way_out(scheme: Option<Scheme>, nearest: &[String], elsewhere: &[String]) -> String {
    if !elsewhere.is_empty() {
        return format!(
            "; it is {}: name that scheme for the column",
            elsewhere.join(", ")
        );
    }
    if scheme == Some(Scheme::Pcode) {
        return "; add the gazetteer that has it with `humstat places add FILE`".to_owned();
    }
    if nearest.is_empty() {
        return "; look for the place with `humstat places` and write its id or name".to_owned();
    }
    format!(
        "; the nearest are {}: write one of these, or look for the place with `humstat places`",
        nearest.join(", ")
    )
}

impl PlaceError {
    /// The error for a word that look-up in a scheme did not find.
    pub(super) fn unknown(scheme: Option<Scheme>, text: &str, among: Among<'_>) -> Self {
        if text.trim().is_empty() {
            return Self::Empty;
        }
        let elsewhere = meanings_in_other_schemes(scheme, text);
        let nearest = match scheme {
            _ if among.without_offers || !elsewhere.is_empty() => Vec::new(),
            None => likeness::nearest(Scheme::Name, text, among, OFFERED),
            Some(scheme @ (Scheme::Name | Scheme::Id)) => {
                likeness::nearest(scheme, text, among, OFFERED)
            }
            // A code that is one letter off is another country's code as often as not.
            Some(_) => Vec::new(),
        };
        Self::Unknown {
            scheme,
            text: text.to_owned(),
            nearest: nearest.into_iter().map(shown).collect(),
            elsewhere,
        }
    }

    /// The error for a word whose places are not among those asked for.
    pub(super) fn outside(text: &str, found: &[&Place], among: Among<'_>) -> Self {
        let mut wanted = among.kind.map_or("place", |kind| kind.code()).to_owned();
        if let Some(outer) = among.within {
            let outer: Vec<String> = outer.iter().map(|place| shown(place)).collect();
            wanted.push_str(&format!(" within {}", outer.join(" or ")));
        }
        Self::Outside {
            text: text.to_owned(),
            found: found.iter().map(|place| shown(place)).collect(),
            wanted,
        }
    }

    /// The error for a name of several places.
    pub(super) fn homonyms(text: &str, places: &[&Place]) -> Self {
        Self::Homonyms {
            text: text.to_owned(),
            places: places.iter().map(|place| shown(place)).collect(),
        }
    }
}

/// A place in a message: `Poland (POL)`, `Homs (pcode:SY04, admin1 in Syrian Arab Republic)`.
pub fn shown(place: &Place) -> String {
    let parent = place.parents.first().filter(|_| place.pcode().is_some());
    match parent.and_then(super::place) {
        Some(parent) => format!(
            "{} ({}, {} in {})",
            place.name, place.id, place.kind, parent.name
        ),
        None => format!("{} ({})", place.name, place.id),
    }
}

/// What the word would mean elsewhere, for a column whose scheme was named wrongly.
fn meanings_in_other_schemes(scheme: Option<Scheme>, text: &str) -> Vec<String> {
    [
        Scheme::Iso3,
        Scheme::Unhcr,
        Scheme::Iso2,
        Scheme::M49,
        Scheme::Pcode,
        Scheme::Name,
        Scheme::Id,
    ]
    .into_iter()
    .filter(|&other| scheme != Some(other))
    .filter_map(|other| {
        let place = register().look_up(other, text)?;
        // P-codes of countries are ISO codes, which were asked before.
        (other != Scheme::Pcode || place.pcode().is_some())
            .then(|| format!("{} as {}", shown(place), other.noun()))
    })
    .take(2)
    .collect()
}
