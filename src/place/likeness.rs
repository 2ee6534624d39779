//! The places whose names are most like a word. They are offered to a person and never taken.

use super::candidate::Among;
use super::name::normalised;
use super::register::register;
use super::types::{Place, Scheme};

/// A longer text is no name, and looking for those like it would take minutes.
const LONGEST: usize = 200;

/// Likeness (Jaro-Winkler) below which a name is not worth offering.
const LIKE_ENOUGH: f64 = 0.8;

/// The places with the names or, in the scheme of ids, the ids most like a word: nearest first,
/// equally near ones in the order of the register, `most` at most.
pub(super) fn nearest(
    scheme: Scheme,
    text: &str,
    among: Among<'_>,
    most: usize,
) -> Vec<&'static Place> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let register = register();
    let wanted = normalised(text);
    let likeness = |word: &str| strsim::jaro_winkler(&wanted, word);
    let mut found: Vec<(f64, usize)> = Vec::new();
    if scheme == Scheme::Id {
        let places = register.places.iter().enumerate();
        found.extend(
            places.map(|(position, place)| (likeness(&normalised(place.id.as_str())), position)),
        );
    } else {
        for (name, positions) in register.names() {
            let likeness = likeness(name);
            found.extend(positions.iter().map(|position| (likeness, *position)));
        }
    }
    found.retain(|(likeness, _)| *likeness >= LIKE_ENOUGH);
    found.sort_by(|(left, first), (right, second)| {
        right.total_cmp(left).then_with(|| first.cmp(second))
    });
    let mut places: Vec<&'static Place> = Vec::with_capacity(most);
    for (_, position) in found {
        let place = &register.places[position];
        if places.len() < most && among.has(place) && !places.iter().any(|had| had.id == place.id) {
            places.push(place);
        }
    }
    places
}
