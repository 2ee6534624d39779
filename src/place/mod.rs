//! The register of places: codes of every scheme and names in, one place out.
//!
//! A source's word is looked up in the scheme that its column is written in and in no other:
//! `AUS` is Austria in UNHCR's codes and Australia in ISO's. A word that is not in the register is
//! an error that names the nearest ones; nothing is ever resolved by likeness.
//!
//! # Decisions
//! - A country has its ISO 3166-1 alpha-3 code as id, also Kosovo (`XKX`) and Abyei (`AB9`), whose
//!   codes are agreed among sources though not assigned. A kind is a level in tables, not a legal
//!   status; dependent territories are places beside the state that they belong to, as in M49.
//! - UNHCR counts Serbia and Kosovo together. That sum is `group:serbia-and-kosovo`, which holds
//!   `SRB` and `XKX`; UNHCR's code `SRB`, its long name, and `SRB` in its *ISO* columns mean the
//!   group. The last needs a scheme of its own, [`Scheme::UnhcrIso3`]: elsewhere ISO's `SRB` is
//!   Serbia alone.
//! - Unknown and stateless origins lie within the World, since world totals count these people.
//!   "Others" and "Various" are places beside "Unknown", for UNHCR prints them side by side.
//! - Members of a left-over group such as "Other European countries" are not known. It overlaps
//!   only what holds it by name (Europe, the World), never a country that is named beside it.
//! - A state that only changed its name is the same place (Zaire, Burma, Swaziland). One whose land
//!   was divided is a place of its own under `iso3166-3:` and overlaps its successors, except in
//!   the names of UCDP, such as "Russia (Soviet Union)", which follow the state that goes on.
//! - Below the countries, places come from OCHA's gazetteers, with P-codes. They and the aliases
//!   that people declare lie in a ledger; whoever opens one adds them with [`extend`].
//! - Names of units recur, also those of countries. A name means the place of the compiled-in list
//!   unless [`Among`] narrows; among units, it is an error that lists all that have it.

mod candidate;
mod error;
mod likeness;
mod name;
pub mod outlines;
mod register;
mod relation;
#[cfg(test)]
mod shared_files;
#[cfg(test)]
mod tests;
mod translated;
mod types;
mod unit;
#[cfg(test)]
mod unit_tests;

pub use candidate::{Among, candidates, homonyms, offers, resolve_among};
pub use error::{PlaceError, shown};
pub use name::normalised;
pub use relation::{any_overlap, contains_or_overlaps, is_within};
pub use translated::name_in;
pub use types::{Centroid, Kind, Place, Scheme};
pub use unit::{Alias, Unit, UnitName, unit_id};

use crate::figure::PlaceId;
use register::register;

/// Adds units and aliases to the register of this process. A process does so once, before it looks
/// for the first of them; later calls do nothing and return false.
///
/// Places that were found before stay valid, and ids mean the same as before.
pub fn extend(units: Vec<Unit>, aliases: Vec<Alias>) -> bool {
    register::extend(units, aliases)
}

/// The place that a source's word means in the scheme of its column, wherever it lies.
///
/// # Errors
/// As [`resolve_among`].
pub fn resolve(scheme: Scheme, text: &str) -> Result<&'static Place, PlaceError> {
    resolve_among(scheme, text, Among::default())
}

/// The place with an id.
pub fn place(id: &PlaceId) -> Option<&'static Place> {
    register().by_id(id.as_str())
}

/// Every place, in the order of the register: regions, groups, countries by code, the rest of the
/// compiled-in list, then units.
pub fn places() -> impl Iterator<Item = &'static Place> {
    register().places.iter()
}

/// The place that a person means on the command line: an id, an alpha-3 code, an alpha-2 code in
/// capitals, a P-code, or a name. Codes of UNHCR are not among them, since some are ISO's for
/// elsewhere.
///
/// # Errors
/// When it is none of these, with the nearest names, or the name of several places.
pub fn find(text: &str) -> Result<&'static Place, PlaceError> {
    let word = text.trim();
    let register = register();
    let is_capital = |byte: u8| byte.is_ascii_uppercase();
    let by_code = register
        .by_id(word)
        .or_else(|| register.look_up(Scheme::Iso3, word))
        .or_else(|| {
            word.bytes()
                .all(is_capital)
                .then(|| register.look_up(Scheme::Iso2, word))
                .flatten()
        })
        .or_else(|| register.by_id(unit_id(word).as_str()));
    match by_code {
        Some(place) => Ok(place),
        None if register.named(word).is_empty() => {
            Err(PlaceError::unknown(None, text, Among::default()))
        }
        None => resolve(Scheme::Name, word),
    }
}

/// Places with the text in a name, an id or a code: the whole word first, then beginnings, then
/// the rest, each in the order of the register.
pub fn search(text: &str) -> Vec<&'static Place> {
    let wanted = normalised(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let rank = |candidate: &str| match candidate.find(&wanted) {
        Some(0) if candidate.len() == wanted.len() => 0,
        Some(0) => 1,
        Some(_) => 2,
        None => 3,
    };
    let named = register().named(text);
    let mut found: Vec<(u8, &'static Place)> = places()
        .enumerate()
        .filter_map(|(position, place)| {
            let codes = [
                place.iso2,
                place.iso3,
                place.numeric,
                place.unhcr,
                place.pcode(),
            ];
            // A code counts as a whole only: `us` is not to find Austria by AUS.
            let code = codes
                .iter()
                .flatten()
                .any(|code| code.eq_ignore_ascii_case(text.trim()));
            let best = place
                .all_names()
                .chain([place.id.as_str()])
                .map(|word| rank(&normalised(word)))
                .min()?;
            // Aliases are names that only their index knows.
            let is_whole = code || named.contains(&position);
            let best = if is_whole { 0 } else { best };
            (best < 3).then_some((best, place))
        })
        .collect();
    found.sort_by_key(|&(rank, _)| rank);
    found.into_iter().map(|(_, place)| place).collect()
}
