//! Numbers put together to quantities: shares, ranges, fractions, ratios, multiples.

use std::ops::Range;

use super::change::follows_change;
use super::decimal::Decimal;
use super::exclude::{age_end, is_no_quantity, telephone_end};
use super::number::{Number, Reader};
use super::{Form, Mention};
use crate::figure::Qualifier;
use crate::text::date::DateMention;
use crate::text::token::{Gap, Kind};

/// All quantities of a text without their qualifiers and units.
pub(super) fn all(reader: Reader<'_>, dates: &[DateMention]) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut dates = dates.iter().peekable();
    let mut at = 0;
    while at < reader.tokens.len() {
        while dates.next_if(|date| date.end <= at).is_some() {}
        if let Some(date) = dates.peek()
            && date.first <= at
        {
            at = date.end;
            continue;
        }
        let until = dates.peek().map_or(usize::MAX, |date| date.first);
        match mention_at(reader, at, until) {
            Step::Found(mention) => {
                at = mention.tokens.end;
                out.push(*mention);
            }
            Step::Past(end) => at = end.max(at + 1),
        }
    }
    out
}

enum Step {
    Found(Box<Mention>),
    Past(usize),
}

fn found(tokens: Range<usize>, form: Form, value: Option<Decimal>) -> Mention {
    Mention {
        tokens,
        parts: Vec::new(),
        form,
        value,
        low: None,
        high: None,
        hedge: None,
        unit: None,
        unit_inherited: false,
        currency: false,
        difference: false,
        low_unclear: false,
    }
}

fn mention_at(reader: Reader<'_>, first: usize, until: usize) -> Step {
    if reader
        .token(first)
        .is_none_or(|token| token.kind == Kind::Mark)
    {
        return Step::Past(telephone_end(reader, first).unwrap_or(first + 1));
    }
    if let Some(mention) = fraction(reader, first) {
        return Step::Found(Box::new(mention));
    }
    if let Some((end, &(low, high))) = reader.lexicon.vague.at(reader.tokens, first) {
        let mut mention = found(first..end, Form::Vague, None);
        mention.low = Some(Decimal::whole(low));
        mention.high = Some(Decimal::whole(high));
        return Step::Found(Box::new(mention));
    }
    let Some(number) = reader.number(first) else {
        return Step::Past(first + 1);
    };
    if let Some(end) = age_end(reader, first, &number) {
        return Step::Past(end);
    }
    if is_no_quantity(reader, first, &number) {
        return Step::Past(number.end);
    }
    Step::Found(Box::new(composed(reader, first, number, until)))
}

/// "one-third", "two thirds", "a quarter", "half", "half a million".
fn fraction(reader: Reader<'_>, first: usize) -> Option<Mention> {
    let senses = reader.senses(first);
    // "півтора мільйона".
    if senses.one_and_a_half {
        let scale = reader.senses(first + 1).scale;
        let value = Decimal::whole(3).over(2)?.times(scale.unwrap_or(1));
        let end = first + 1 + usize::from(scale.is_some());
        return Some(found(first..end, Form::Number, value));
    }
    if senses.fraction == Some(2) {
        // "the first half of the year" counts nothing.
        let before = first.checked_sub(1).and_then(|at| reader.token(at));
        let is_period = before.is_some_and(|token| {
            matches!(
                &reader.text[token.start..token.end].to_lowercase()[..],
                "first" | "second" | "other" | "latter" | "last"
            )
        });
        if is_period
            || reader.is_glued_mark(first + 1, &['-']) && reader.senses(first + 2).scale.is_none()
        {
            return None;
        }
        // "half a million", "half-million".
        let next = if reader.senses(first + 1).article || reader.is_glued_mark(first + 1, &['-']) {
            first + 2
        } else {
            first + 1
        };
        let half = Decimal::whole(1).over(2)?;
        if let Some(scale) = reader.senses(next).scale {
            return Some(found(first..next + 1, Form::Number, half.times(scale)));
        }
        return Some(found(first..first + 1, Form::Fraction, Some(half)));
    }
    let count = if senses.article {
        Some((1, first + 1))
    } else {
        senses
            .number
            .filter(|number| (1..10).contains(number))
            .map(|number| (number, first + 1))
    };
    let (count, mut at) = count?;
    if reader.is_glued_mark(at, &['-', '‐', '‑']) {
        at += 1;
    }
    let parts = reader.senses(at).fraction.filter(|parts| *parts > 2)?;
    if reader.lexicon.language != "en" && (!senses.article || reader.senses(at + 1).of) {
        let value = Decimal::whole(count).over(parts);
        return Some(found(first..at + 1, Form::Fraction, value));
    }
    let token = reader.token(at)?;
    let is_plural = reader.text[token.start..token.end].ends_with('s');
    // "a third of", "two thirds"; "a third country" is an ordinal.
    let sure = if senses.article {
        reader.token(at + 1).is_some_and(|next| {
            matches!(&reader.text[next.start..next.end], "of" | ")" | "," | ".")
        }) || at + 1 == reader.tokens.len()
    } else {
        (count > 1) == is_plural
    };
    // The article stays outside: "a third" is "third", as "one third" is "one third".
    sure.then(|| {
        found(
            first + usize::from(senses.article)..at + 1,
            Form::Fraction,
            Decimal::whole(count).over(parts),
        )
    })
}

/// A number with what follows it: a percent sign, the other end of a range, its whole.
fn composed(reader: Reader<'_>, first: usize, number: Number, until: usize) -> Mention {
    let said = number.end;
    let mut number = with_digits_in_brackets(reader, number);
    if let Some(end) = percent_end(reader, number.end) {
        let mut mention = found(first..end, Form::Percent, number.value());
        let is_change = first
            .checked_sub(1)
            .is_some_and(|at| reader.senses(at).from);
        if !is_change
            && let Some((next, other)) = range_end(reader, end, until)
            && let Some(last) = percent_end(reader, other.end)
        {
            mention.form = Form::Percent;
            mention.parts = vec![first..end, next..last];
            mention.tokens.end = last;
            mention.low = mention.value.take();
            mention.high = other.value();
        }
        return mention;
    }
    if let Some((next, other)) = range_end(reader, number.end, until) {
        let last = percent_end(reader, other.end);
        let joined_by_word = reader.senses(number.end).to;
        // A range shares its scale: "2.1 to 3 million", and not "900,000 to 1 million".
        let is_short = number.value().is_some_and(|value| value.to_f64() < 1000.0);
        let shared = shared_scale(reader, &number, &other);
        if number.scale == 1 && is_short {
            number.scale = shared;
        }
        // "from 39 to 79" and "by 200 to 5,000" tell of a change; both numbers stand for themselves.
        let is_change = first
            .checked_sub(1)
            .is_some_and(|at| reader.senses(at).from)
            || last.is_none() && is_far(&number, &other, 2.0) && follows_change(reader, first);
        let in_order = !is_change
            && match (number.value(), other.value()) {
                (Some(low), Some(high)) => low.to_f64() < high.to_f64(),
                _ => false,
            };
        if in_order || !joined_by_word {
            let end = last.unwrap_or(other.end);
            let mut mention = found(
                first..end,
                if last.is_some() {
                    Form::Percent
                } else {
                    Form::Range
                },
                None,
            );
            mention.parts = vec![first..number.end, next..end];
            mention.low = number.value();
            mention.high = other.value();
            mention.low_unclear = last.is_none() && is_low_unclear(&number, &other);
            return mention;
        }
    }
    if let Some((next, whole, end)) = whole_of(reader, number.end, until) {
        let mut mention = found(first..end, Form::Ratio, None);
        mention.parts = vec![first..number.end, next..end];
        mention.low = number.value();
        mention.high = whole.value();
        return mention;
    }
    let is_multiple = reader.lexicon.times.at(reader.tokens, number.end).is_some()
        || (reader.is_glued_mark(number.end, &['-'])
            && reader
                .lexicon
                .times
                .at(reader.tokens, number.end + 1)
                .is_some());
    let form = if is_multiple {
        Form::Multiple
    } else {
        Form::Number
    };
    let mut mention = found(first..number.end, form, number.value());
    if number.end > said {
        mention.parts = vec![first..said, said + 1..number.end - 1];
    }
    mention
}

/// The scale that the first number of a range takes from the other: "2.1 to 3 million", "two to three
/// thousand", and not "a hundred to two thousand".
fn shared_scale(reader: Reader<'_>, number: &Number, other: &Number) -> i64 {
    if !number.words {
        return other.scale;
    }
    let own = reader.senses(number.end - 1).scale;
    let last = reader.senses(other.end - 1).scale;
    last.filter(|scale| own.is_none() && other.words && *scale >= 1000)
        .unwrap_or(1)
}

/// Whether one number is more than so many times another.
fn is_far(low: &Number, high: &Number, times: f64) -> bool {
    low.value()
        .zip(high.value())
        .is_some_and(|(low, high)| low.to_f64() * times < high.to_f64())
}

/// Whether the low end of a range may be meant in the thousands of its high end, which writers leave away:
/// "some 10 to 12,000". No range of counts is so wide.
fn is_low_unclear(low: &Number, high: &Number) -> bool {
    let whole = |number: &Number| number.value().and_then(Decimal::to_whole);
    let (Some(few), Some(many)) = (whole(low), whole(high)) else {
        return false;
    };
    (1..1000).contains(&few) && many % 1000 == 0 && is_far(low, high, 100.0)
}

/// "thirteen (13)" is one number.
fn with_digits_in_brackets(reader: Reader<'_>, mut number: Number) -> Number {
    if number.words
        && reader.is_mark(number.end, &['('])
        && let Some(again) = reader.number(number.end + 1)
        && again.value() == number.value()
        && reader.is_glued_mark(again.end, &[')'])
    {
        number.end = again.end + 1;
    }
    number
}

/// The token after "%" or "per cent" at a place.
fn percent_end(reader: Reader<'_>, at: usize) -> Option<usize> {
    if reader.is_mark(at, &['%', '٪', '％']) {
        return Some(at + 1);
    }
    let (end, ()) = reader.lexicon.percent.at(reader.tokens, at)?;
    Some(end)
}

/// The other end of a range: its first token and the number.
fn range_end(reader: Reader<'_>, at: usize, until: usize) -> Option<(usize, Number)> {
    let token = reader.token(at)?;
    let next = match token.mark {
        '-' | '–' | '—' | '‑' => {
            // A dash with blanks on both sides parts clauses, unless digits stand on both sides.
            at + 1
        }
        _ if reader.senses(at).to => at + 1,
        _ => return None,
    };
    let is_and = reader.senses(at).and || reader.senses(at).or;
    if next >= until || (is_and && !follows_between(reader, at)) {
        return None;
    }
    let follows = reader.token(next)?;
    if follows.kind == Kind::Mark || follows.gap >= Gap::Paragraph {
        return None;
    }
    let number = reader.number(next)?;
    (!is_no_quantity_after(reader, next, &number)).then_some((next, number))
}

/// Whether "between" stands shortly before a place.
fn follows_between(reader: Reader<'_>, at: usize) -> bool {
    (at.saturating_sub(8)..at).any(|place| {
        reader
            .lexicon
            .before
            .at(reader.tokens, place)
            .is_some_and(|(_, hedge)| hedge.qualifier == Qualifier::Between)
    })
}

fn is_no_quantity_after(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    // Behind a dash, digits look glued to what stands before; only what follows matters here.
    reader.token(number.end).is_some_and(|next| {
        next.gap == Gap::None
            && next.kind == Kind::Word
            && next.end - next.start <= 2
            && number.scale == 1
            && !reader.senses(number.end).measure
    }) && !number.words
        && first > 0
}

/// "out of 15", "/10", ":1": the first token of the whole, the whole, and the token after it.
fn whole_of(reader: Reader<'_>, at: usize, until: usize) -> Option<(usize, Number, usize)> {
    if let Some((next, ())) = reader.lexicon.out_of.at(reader.tokens, at) {
        let is_in = next == at + 1;
        let next = next + usize::from(reader.senses(next).the);
        let whole = reader.number(next).filter(|_| next < until)?;
        let whole = with_digits_in_brackets(reader, whole);
        // "one in five", and no "45 in 3 camps".
        if is_in
            && !(whole.words
                || at > 0
                    && reader
                        .token(at - 1)
                        .is_some_and(|token| token.end - token.start <= 2))
        {
            return None;
        }
        if is_in
            && whole
                .value()
                .is_none_or(|value| value.to_whole().is_none_or(|value| value > 10))
        {
            return None;
        }
        return Some((next, whole, whole.end));
    }
    if reader.is_glued_mark(at, &['/', ':'])
        && reader
            .token(at + 1)
            .is_some_and(|token| token.gap == Gap::None && token.kind == Kind::Digits)
    {
        let whole = reader.number(at + 1)?;
        return Some((at + 1, whole, whole.end));
    }
    None
}
