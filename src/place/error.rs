//! Why a word is no place, and the way out.

use super::register::register;
use super::types::{Place, Scheme};
use super::{normalised, places};

/// Nearest names that an error offers at most.
const OFFERED: usize = 3;
/// Likeness (Jaro-Winkler) below which a name is not worth offering.
const LIKE_ENOUGH: f64 = 0.8;

/// A word that is no place in the scheme asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// There is no word.
    #[error("the place is empty; write a name, a code, or `unhcr:UKN` where it is not known")]
    Empty,
    /// The word is not in the register.
    #[error("`{text}` is no known {}{}", .scheme.map_or("place", Scheme::noun), way_out(.nearest, .elsewhere))]
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
}

/// The second half of the message.
fn way_out(nearest: &[String], elsewhere: &[String]) -> String {
    if !elsewhere.is_empty() {
        return format!(
            "; it is {}: name that scheme for the column",
            elsewhere.join(", ")
        );
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
    pub(super) fn unknown(scheme: Option<Scheme>, text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Empty;
        }
        let elsewhere = meanings_in_other_schemes(scheme, text);
        let nearest = match scheme {
            _ if !elsewhere.is_empty() => Vec::new(),
            None | Some(Scheme::Name | Scheme::Id) => nearest(scheme, text),
            // A code that is one letter off is another country's code as often as not.
            Some(_) => Vec::new(),
        };
        Self::Unknown {
            scheme,
            text: text.to_owned(),
            nearest,
            elsewhere,
        }
    }
}

fn shown(place: &Place) -> String {
    format!("{} ({})", place.name, place.id)
}

/// What the word would mean elsewhere, for a column whose scheme was named wrongly.
fn meanings_in_other_schemes(scheme: Option<Scheme>, text: &str) -> Vec<String> {
    [
        Scheme::Iso3,
        Scheme::Unhcr,
        Scheme::Iso2,
        Scheme::M49,
        Scheme::Name,
        Scheme::Id,
    ]
    .into_iter()
    .filter(|&other| scheme != Some(other))
    .filter_map(|other| {
        let place = register().look_up(other, text)?;
        Some(format!("{} as {}", shown(place), other.noun()))
    })
    .take(2)
    .collect()
}

/// The places with the names or ids most like the word.
fn nearest(scheme: Option<Scheme>, text: &str) -> Vec<String> {
    let wanted = normalised(text);
    let likeness = |word: &str| strsim::jaro_winkler(&wanted, &normalised(word));
    let mut found: Vec<(f64, &'static Place)> = places()
        .filter_map(|place| {
            let best = if scheme == Some(Scheme::Id) {
                likeness(place.id.as_str())
            } else {
                place.all_names().map(likeness).fold(0.0, f64::max)
            };
            (best >= LIKE_ENOUGH).then_some((best, place))
        })
        .collect();
    // Stable: equally near names keep the order of the register.
    found.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    found
        .into_iter()
        .take(OFFERED)
        .map(|(_, place)| shown(place))
        .collect()
}
