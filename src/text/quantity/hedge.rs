//! The words before or after a number that qualify it.

use std::ops::Range;

use super::Form;
use super::number::Reader;
use crate::figure::Qualifier;
use crate::text::lexicon::Hedge;
use crate::text::token::{Gap, Kind};

/// Words of the longest qualifier.
const LONGEST: usize = 6;

/// The qualifier of a number expression: its tokens and what they mean.
pub(super) fn of(
    reader: Reader<'_>,
    number: &Range<usize>,
    form: Form,
) -> Option<(Range<usize>, Hedge)> {
    // "60+".
    let plus = number.end;
    if reader.is_glued_mark(plus, &['+'])
        && reader
            .token(plus + 1)
            .is_none_or(|next| next.gap != Gap::None)
    {
        let at_least = Hedge {
            qualifier: Qualifier::AtLeast,
            status: None,
        };
        return Some((plus..plus + 1, at_least));
    }
    before(reader, number, form).or_else(|| {
        let (end, hedge) = reader.lexicon.after.at(reader.tokens, number.end)?;
        // "99% or over 500 households": the words belong to what follows.
        let is_free = reader.number(end).is_none();
        is_free.then_some((number.end..end, *hedge))
    })
}

fn before(reader: Reader<'_>, tokens: &Range<usize>, form: Form) -> Option<(Range<usize>, Hedge)> {
    let number = tokens.start;
    let is_compound = reader.is_glued_mark(tokens.end, &['-', '‑']);
    let mut end = number;
    // "more than $5 million", "around a third", "some (300)".
    while let Some(at) = end.checked_sub(1) {
        let token = reader.token(at)?;
        let behind = at.checked_sub(1);
        let is_currency = |at| reader.senses(at).currency;
        let word = &reader.text[token.start..token.end];
        // "G$", "USD/LBP".
        let is_money = matches!(token.mark, '$' | '€' | '£')
            || is_currency(at)
            || word.len() == 1 && reader.is_glued_mark(at + 1, &['$'])
            || token.mark == '/' && behind.is_some_and(is_currency);
        let is_article = token.kind == Kind::Word && matches!(word, "a" | "the" | "an")
            || reader.senses(at).article
            || reader.senses(at).the;
        // "approx.".
        let is_dot = reader.is_glued_mark(at, &['.'])
            && behind.is_some_and(|before| reader.senses(before).abbreviation);
        // "below the five-year average" is of the average.
        let is_of_another = word == "the" && is_compound;
        if number - at <= 3 && !is_of_another && (is_money || is_article || is_dot) {
            end = at;
        } else {
            break;
        }
    }
    [number, end].into_iter().find_map(|end| {
        (end.saturating_sub(LONGEST)..end).find_map(|start| {
            let (last, hedge) = reader.lexicon.before.at(reader.tokens, start)?;
            let same_line = reader.tokens[start + 1..=end]
                .iter()
                .all(|token| token.gap < Gap::Paragraph);
            let fits = last == end && same_line && may_qualify(*hedge, form);
            let fits = fits && !is_comparison(reader, start, last, number);
            let dot = usize::from(last < number && reader.is_glued_mark(last, &['.']));
            fits.then_some((start..last + dot, *hedge))
        })
    })
}

/// Whether "as many as" compares with the number and qualifies nothing: "twice as many as 5,000", "as many as
/// the 5,000".
fn is_comparison(reader: Reader<'_>, start: usize, last: usize, number: usize) -> bool {
    const MULTIPLES: [&str; 9] = [
        "twice", "thrice", "half", "double", "triple", "times", "fold", "not", "just",
    ];
    let before = start.checked_sub(1);
    reader.spelled(start) == "as"
        && (before.is_some_and(|at| MULTIPLES.contains(&&*reader.spelled(at)))
            || (last..number).any(|at| reader.senses(at).the))
}

/// "between" begins a range and qualifies nothing else.
fn may_qualify(hedge: Hedge, form: Form) -> bool {
    hedge.qualifier != Qualifier::Between || form == Form::Range
}
