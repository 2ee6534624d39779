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
    before(reader, number.start, form).or_else(|| {
        let (end, hedge) = reader.lexicon.after.at(reader.tokens, number.end)?;
        Some((number.end..end, *hedge))
    })
}

fn before(reader: Reader<'_>, number: usize, form: Form) -> Option<(Range<usize>, Hedge)> {
    let mut end = number;
    // "more than $5 million", "around a third", "some (300)".
    while let Some(at) = end.checked_sub(1) {
        let token = reader.token(at)?;
        let is_money = matches!(token.mark, '$' | '€' | '£') || reader.senses(at).currency;
        let word = &reader.text[token.start..token.end];
        let is_article = token.kind == Kind::Word && matches!(word, "a" | "the" | "an");
        if number - at <= 3 && (is_money || is_article) {
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
            let fits = last == end && same_line && may_qualify(reader, start, *hedge, form);
            fits.then_some((start..last, *hedge))
        })
    })
}

/// "between" and "from" begin a range and nothing else; "some of" and "over the" were no qualifiers already.
fn may_qualify(reader: Reader<'_>, start: usize, hedge: Hedge, form: Form) -> bool {
    let _ = (reader, start);
    match hedge.qualifier {
        Qualifier::Between => form == Form::Range,
        _ => true,
    }
}
