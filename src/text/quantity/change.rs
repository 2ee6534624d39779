//! Numbers that tell how much more or less there is: "rose by 20,000", "20,000 fewer refugees than a year ago".

use std::ops::Range;

use super::number::Reader;
use crate::text::token::Kind;

/// Words of the longest qualifier between "by" and its number, and of the longest phrase before it.
const LONGEST: usize = 5;
/// Words between a verb of change and its "by": "rose again sharply by".
const BETWEEN: usize = 2;
/// Words in which "than" follows "more".
const NEAR: usize = 14;

/// Whether a number is a difference, by the words before it or behind it. `unit` is the noun behind it.
pub(super) fn is_difference(
    reader: Reader<'_>,
    number: &Range<usize>,
    unit: Option<&Range<usize>>,
) -> bool {
    let behind_unit = unit.map(|unit| unit.end).filter(|end| *end > number.end);
    follows_change(reader, number.start)
        || is_compared(reader, number.end)
        || behind_unit.is_some_and(|end| is_compared(reader, end))
}

/// Whether the words before a number make it a difference, also over what qualifies it: "by about 20,000".
pub(super) fn follows_change(reader: Reader<'_>, number: usize) -> bool {
    let first = number.saturating_sub(LONGEST);
    let is_qualifier = |start: usize| {
        start == number
            || reader
                .lexicon
                .before
                .at(reader.tokens, start)
                .is_some_and(|(end, _)| end == number)
    };
    (first..=number).any(|end| is_qualifier(end) && ends_change(reader, end))
}

/// Whether the words that end at a place are those of a change.
fn ends_change(reader: Reader<'_>, end: usize) -> bool {
    let change = &reader.lexicon.change;
    let told = (end.saturating_sub(LONGEST)..end).any(|start| {
        change
            .before
            .at(reader.tokens, start)
            .is_some_and(|(last, ())| last == end)
    });
    let Some(by) = end.checked_sub(1) else {
        return told;
    };
    let is_by = change.by.at(reader.tokens, by).is_some();
    let is_verb = || {
        (by.saturating_sub(BETWEEN + 1)..by)
            .rev()
            .take_while(|at| {
                reader
                    .token(*at)
                    .is_some_and(|token| token.kind == Kind::Word)
            })
            .any(|at| change.verbs.at(reader.tokens, at).is_some())
    };
    told || is_by && is_verb()
}

/// Whether the words at a place compare what stands before them with another number.
fn is_compared(reader: Reader<'_>, at: usize) -> bool {
    let change = &reader.lexicon.change;
    if change.fewer.at(reader.tokens, at).is_some() {
        return true;
    }
    let Some((more, ())) = change.more.at(reader.tokens, at) else {
        return false;
    };
    (more..(more + NEAR).min(reader.tokens.len()))
        .take_while(|at| !reader.is_mark(*at, &[',', ';', '.', ':', '(', ')']))
        .any(|at| {
            // "12 more were hurt and fewer than 30 fled" has another "than".
            let is_of_another = at > more
                && (change.more.at(reader.tokens, at - 1).is_some()
                    || change.fewer.at(reader.tokens, at - 1).is_some());
            change.than.at(reader.tokens, at).is_some() && !is_of_another
        })
}
