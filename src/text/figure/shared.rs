//! Which country is meant by a name that areas of several countries have.

use std::collections::BTreeSet;

use super::passage::Found;
use crate::figure::PlaceId;
use crate::text::places::{By, Name, Named, Sharer};
use crate::text::quantity::Reader;

/// Tokens between a name and its country beside it: "Punjab, Pakistan", "Pakistan's eastern Punjab".
const BESIDE: usize = 2;

/// Words before a name that make it that of a lake, a person or a house.
const OTHERS: [&str; 10] = [
    "lake", "lago", "lac", "mount", "queen", "simon", "simón", "julio", "hospital", "rue",
];

/// The words that an area may be called, by the one that the list of names has.
const KINDS: [(&str, &[&str]); 9] = [
    ("state", &["state", "estado", "état"]),
    ("province", &["province", "provincia"]),
    (
        "department",
        &["department", "departamento", "département", "departement"],
    ),
    ("region", &["region", "región", "région"]),
    ("prefecture", &["prefecture", "préfecture"]),
    ("governorate", &["governorate", "gobernación"]),
    ("county", &["county"]),
    ("district", &["district", "distrito"]),
    ("territory", &["territory", "territoire"]),
];

/// The names of a text, each with the one place that it means; those whose country the text does not tell
/// are left out. `about` are countries that are known beforehand.
pub(super) fn settle<'a>(
    reader: Reader<'_>,
    names: Vec<Found<&'a Name>>,
    about: &[PlaceId],
) -> Vec<Found<&'a Named>> {
    let is_shared = |name: &Found<&Name>| matches!(name.means, Name::Shared(_));
    let mut countries: BTreeSet<&PlaceId> = BTreeSet::new();
    if names.iter().any(is_shared) {
        countries.extend(about);
        countries.extend(names.iter().filter_map(|name| match name.means {
            Name::Of(named) if named.by != By::Region => Some(&named.place),
            _ => None,
        }));
    }
    (0..names.len())
        .filter_map(|index| {
            let name = &names[index];
            let means = match name.means {
                Name::Of(named) => named,
                Name::Shared(sharers) => meant(reader, &names, index, sharers, &countries)?,
            };
            Some(Found {
                tokens: name.tokens.clone(),
                means,
            })
        })
        .collect()
}

/// What a shared name means: by its country beside it, else by the countries that the text names and by
/// the word for its kind. Where these do not leave one, it means none.
fn meant<'a>(
    reader: Reader<'_>,
    names: &[Found<&'a Name>],
    index: usize,
    sharers: &'a [Sharer],
    countries: &BTreeSet<&PlaceId>,
) -> Option<&'a Named> {
    let name = &names[index];
    if is_within_name(reader, name) {
        return None;
    }
    let before = index.checked_sub(1).and_then(|at| names.get(at));
    let is_beside = |sharer: &&Sharer| {
        let is_meant = |other: &&Found<&Name>| matches!(other.means, Name::Of(named) if named.place == sharer.named.place);
        let ahead = before
            .filter(|other| other.tokens.end + BESIDE >= name.tokens.start)
            .filter(is_meant);
        let behind = names
            .get(index + 1)
            .filter(|other| name.tokens.end + BESIDE >= other.tokens.start)
            .filter(is_meant);
        ahead.or(behind).is_some()
    };
    let beside = only(sharers.iter().filter(is_beside));
    if beside.is_some() {
        return beside;
    }
    let kind = kind_beside(reader, name);
    let is_kind = |sharer: &&Sharer| kind.is_some_and(|kind| sharer.kinds.contains(&kind));
    let is_named = |sharer: &&Sharer| countries.contains(&sharer.named.place);
    let any_kind = sharers.iter().any(|sharer| is_kind(&sharer));
    let any_named = sharers.iter().any(|sharer| is_named(&sharer));
    if any_kind || any_named {
        return only(
            sharers.iter().filter(|sharer| {
                (is_kind(sharer) || !any_kind) && (is_named(sharer) || !any_named)
            }),
        );
    }
    only(sharers.iter().filter(|sharer| sharer.alone))
}

/// What is meant where there is one only.
fn only<'a>(mut sharers: impl Iterator<Item = &'a Sharer>) -> Option<&'a Named> {
    let first = sharers.next()?;
    sharers.next().is_none().then_some(&first.named)
}

/// Whether it is a part of another name: "Lake Victoria", "Simón Bolívar", "North-Central Region".
fn is_within_name(reader: Reader<'_>, name: &Found<&Name>) -> bool {
    let Some(before) = name.tokens.start.checked_sub(1) else {
        return false;
    };
    reader.is_glued_mark(before, &['-', '‑', '‐']) || OTHERS.contains(&&*reader.spelled(before))
}

/// The kind of area that stands behind a name, or before it: "Punjab province", "the state of Victoria",
/// "departamento del Huila".
fn kind_beside(reader: Reader<'_>, name: &Found<&Name>) -> Option<&'static str> {
    let kind = |at: usize| {
        let word = reader.spelled(at);
        KINDS
            .iter()
            .find(|(_, words)| words.contains(&&*word))
            .map(|(kind, _)| *kind)
    };
    let before = |back: usize| name.tokens.start.checked_sub(back);
    let is_of = |at: usize| matches!(&*reader.spelled(at), "of" | "de" | "del" | "du" | "d");
    kind(name.tokens.end)
        .or_else(|| before(1).and_then(kind))
        .or_else(|| {
            before(1).filter(|at| is_of(*at))?;
            before(2).and_then(kind)
        })
}
