//! Names of places that stand in one list, so that a number is of all of them: "in Niger and Chad".

use std::ops::Range;

use super::passage::{Found, Passage};
use super::place::{leads_next, relation};
use crate::text::places::{By, Named};
use crate::text::rules::Toward;

/// Tokens between two names of a list: "Niger, and also in eastern Chad".
const BETWEEN: usize = 5;

/// The names of the list that a name stands in, itself among them. `behind` are the tokens behind the number,
/// up to the next one.
pub(super) fn list<'p>(
    passage: &Passage<'_>,
    toward: &[Found<&Toward>],
    names: &[&'p Found<&'p Named>],
    name: &Found<&Named>,
    behind: &Range<usize>,
) -> Vec<&'p Found<&'p Named>> {
    let Some(at) = names
        .iter()
        .position(|other| other.tokens.start == name.tokens.start)
    else {
        return Vec::new();
    };
    let is_joined = |left: usize, right: usize| {
        is_joined(passage, toward, names[left], names[right])
            && !leads_next(passage, names[right], behind.start, behind.end, usize::MAX)
            && (names[right].tokens.end <= behind.start || names[right].tokens.start < behind.end)
    };
    let (mut first, mut last) = (at, at);
    while first > 0 && is_joined(first - 1, first) {
        first -= 1;
    }
    while last + 1 < names.len() && is_joined(last, last + 1) {
        last += 1;
    }
    let list = names[first..=last].to_vec();
    if is_list(passage, &list) {
        list
    } else {
        vec![names[at]]
    }
}

/// How many places a list of names means.
pub(super) fn places(list: &[&Found<&Named>]) -> usize {
    let mut places: Vec<_> = list.iter().map(|name| &name.means.place).collect();
    places.sort_unstable();
    places.dedup();
    places.len()
}

/// The tokens of the areas of a list, where it names several areas of one country.
pub(super) fn extent(list: &[&Found<&Named>]) -> Option<Range<usize>> {
    let mut areas = list.iter().filter(|name| name.means.by == By::Within);
    let (first, last) = (areas.next()?, areas.next_back()?);
    Some(first.tokens.start..last.tokens.end)
}

/// Whether two names stand beside each other with what joins the names of a list between them.
fn is_joined(
    passage: &Passage<'_>,
    toward: &[Found<&Toward>],
    left: &Found<&Named>,
    right: &Found<&Named>,
) -> bool {
    let between = left.tokens.end..right.tokens.start;
    let is_people = |name: &Found<&Named>| name.means.by == By::People;
    if between.is_empty() || between.len() > BETWEEN || is_people(left) != is_people(right) {
        return false;
    }
    let mut joints = 0;
    let mut at = between.start;
    while at < between.end {
        let adjective = passage.rules.place_adjectives.at(passage.reader.tokens, at);
        let preposition = toward.iter().find(|phrase| phrase.tokens.start == at);
        if joins(passage, at) || passage.reader.is_mark(at, &[',']) {
            joints += 1;
            at += 1;
        } else if let Some((end, ())) = adjective {
            at = end;
        } else if let Some(phrase) = preposition.filter(|_| joints > 0) {
            at = phrase.tokens.end;
        } else {
            return false;
        }
    }
    // "from Sudan and in Chad" are two relations; "have received" behind a list may be of the people in it.
    let relations = (
        relation(passage, toward, left),
        relation(passage, toward, right),
    );
    let is_alike = match relations {
        (_, Some(Toward::Host)) => true,
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let owns = |name: &Found<&Named>| {
        passage.text(&name.tokens).ends_with(['\'', '’'])
            || passage.text(&name.tokens).ends_with("'s")
            || passage.text(&name.tokens).ends_with("’s")
    };
    joints > 0 && is_alike && !owns(left) && !speaks(passage, right)
}

/// "and", "or" or a mark for it.
fn joins(passage: &Passage<'_>, at: usize) -> bool {
    let senses = passage.reader.senses(at);
    senses.and || senses.or || passage.reader.is_mark(at, &['&', '/'])
}

/// Whether a name begins what somebody says.
fn speaks(passage: &Passage<'_>, name: &Found<&Named>) -> bool {
    let found = passage.rules.who.at(passage.reader.tokens, name.tokens.end);
    found.is_some_and(|(_, who)| *who == crate::text::rules::Who::Before)
}

/// Whether names that are joined are a list: "Aleppo, Syria" is none, nor "in Niger, and Chad sent aid".
fn is_list(passage: &Passage<'_>, names: &[&Found<&Named>]) -> bool {
    match names {
        [left, right] => {
            let mut between = left.tokens.end..right.tokens.start;
            !between.clone().any(|at| passage.reader.is_mark(at, &[',']))
                && between.any(|at| joins(passage, at))
        }
        names => names.len() > 2,
    }
}
