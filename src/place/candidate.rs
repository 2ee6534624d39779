//! The places that a word may mean, and which of them it does mean.

use super::error::PlaceError;
use super::likeness;
use super::register::register;
use super::relation::is_within;
use super::types::{Kind, Place, Scheme};

/// What narrows the places that a word may mean. By default nothing does.
#[derive(Debug, Clone, Copy, Default)]
pub struct Among<'p> {
    /// Only places of this level.
    pub kind: Option<Kind>,
    /// Only places that lie in one of these.
    pub within: Option<&'p [&'static Place]>,
    /// Whether an unknown word is told without the names that are like it, for which all are gone through.
    pub without_offers: bool,
}

impl Among<'_> {
    /// Whether a place is one of them.
    pub(super) fn has(&self, place: &Place) -> bool {
        self.kind.is_none_or(|kind| place.kind == kind)
            && self
                .within
                .is_none_or(|outer| outer.iter().any(|outer| is_within(&place.id, &outer.id)))
    }

    /// Whether nothing narrows.
    pub(super) const fn is_any(&self) -> bool {
        self.kind.is_none() && self.within.is_none()
    }
}

/// All places that a source's word may mean: one at most for a code, several for a name that
/// places share, in the order of the register.
pub fn candidates(scheme: Scheme, text: &str, among: Among<'_>) -> Vec<&'static Place> {
    let register = register();
    let mut found: Vec<&'static Place> = if scheme == Scheme::Name {
        let positions = register.named(text).iter();
        positions
            .map(|position| &register.places[*position])
            .collect()
    } else {
        register.look_up(scheme, text).into_iter().collect()
    };
    found.retain(|place| among.has(place));
    found
}

/// The place that a source's word means in the scheme of its column, among some or all.
///
/// Where nothing narrows, a name of the compiled-in list means that place, whatever units share
/// it: what a mapping reads does not change with a gazetteer that is added later. Of several
/// places, one that has the name letter by letter is meant.
///
/// # Errors
/// When the word is empty or not in the register, with the nearest names or the scheme in which it
/// would mean something; when what it means is not among those asked for; and when it is the name
/// of several, with all of them.
pub fn resolve_among(
    scheme: Scheme,
    text: &str,
    among: Among<'_>,
) -> Result<&'static Place, PlaceError> {
    let mut found = candidates(scheme, text, among);
    if among.is_any() && found.iter().any(|place| place.pcode().is_none()) {
        found.retain(|place| place.pcode().is_none());
    }
    if found.len() > 1 {
        let written = |place: &&&'static Place| place.all_names().any(|name| name == text.trim());
        let exact: Vec<&'static Place> = found.iter().filter(written).copied().collect();
        if exact.len() == 1 {
            found = exact;
        }
    }
    match found.as_slice() {
        [place] => Ok(place),
        [] => {
            let elsewhere = candidates(scheme, text, Among::default());
            Err(if elsewhere.is_empty() {
                PlaceError::unknown(Some(scheme), text, among)
            } else {
                PlaceError::outside(text, &elsewhere, among)
            })
        }
        several => Err(PlaceError::homonyms(text, several)),
    }
}

/// The units that share a name with a place which [`resolve_among`] found for it.
pub fn homonyms(place: &Place, text: &str) -> Vec<&'static Place> {
    let mut others = candidates(Scheme::Name, text, Among::default());
    others.retain(|other| other.id != place.id && other.pcode().is_some());
    others
}

/// Places to offer for a word that means none or several: those that have the name, else those
/// with the names most like it; `most` at most.
pub fn offers(text: &str, among: Among<'_>, most: usize) -> Vec<&'static Place> {
    let mut found = candidates(Scheme::Name, text, among);
    found.truncate(most);
    if found.is_empty() && !among.without_offers {
        found = likeness::nearest(Scheme::Name, text, among, most);
    }
    found
}
