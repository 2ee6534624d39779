//! Lines of lists and tables: what a number counts whose noun stands before it, and not in the next line.

use std::ops::Range;

use crate::text::quantity::{Mention, Reader};
use crate::text::rules::{Counted, Rules};
use crate::text::token::Kind;

/// Words and marks of a label before its number.
const LONGEST: usize = 9;

/// Takes away nouns of other lines ("Houses destroyed: 300", and below it "Families evacuated: 45"), and
/// gives the number at the end of a label the noun of the label.
pub(super) fn settle(
    reader: Reader<'_>,
    rules: &Rules,
    mentions: &mut [Mention],
    sentences: &[Range<usize>],
) {
    let mut rest = mentions;
    for sentence in sentences {
        let count = rest.partition_point(|mention| mention.tokens.start < sentence.end);
        let (here, behind) = rest.split_at_mut(count);
        rest = behind;
        let is_other =
            |unit: &Range<usize>| unit.start >= sentence.end || unit.end <= sentence.start;
        for mention in here.iter_mut() {
            if mention.unit.as_ref().is_some_and(is_other) {
                mention.unit = None;
                mention.unit_inherited = false;
            }
        }
        if let [mention] = here
            && mention.unit.is_none()
            && let Some(noun) = noun(reader, rules, sentence, mention)
        {
            mention.unit = Some(noun);
            mention.unit_inherited = true;
        }
    }
}

/// The noun of a label that a number ends: "Displaced families: 340".
fn noun(
    reader: Reader<'_>,
    rules: &Rules,
    sentence: &Range<usize>,
    mention: &Mention,
) -> Option<Range<usize>> {
    let is_word = |at: usize| {
        reader
            .token(at)
            .is_some_and(|token| token.kind != Kind::Mark)
    };
    let label = sentence.start..mention.tokens.start;
    if label.len() > LONGEST || (mention.tokens.end..sentence.end).any(is_word) {
        return None;
    }
    let counted = |at: usize| {
        let token = reader.token(at)?;
        rules.counted.get(&token.spelling).copied()
    };
    let noun = label.take_while(|at| {
        let senses = reader.senses(*at);
        !senses.stop || senses.of || senses.the
    });
    // "Displaced families" are families, though "displaced" alone are people.
    let narrow = |at: &usize| counted(*at).is_some_and(|counted| counted != Counted::Persons);
    let found = noun.clone().find(narrow);
    found
        .or_else(|| noun.clone().find(|at| counted(*at).is_some()))
        .map(|at| at..at + 1)
}
