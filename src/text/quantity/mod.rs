//! Every quantity of a text: its number with its qualifier and its unit, each at its place.
//!
//! Dates, times of day, ordinals, and numbers that name a thing ("figure 9", "COVID-19") are none.

mod change;
mod compose;
mod decimal;
mod exclude;
mod hedge;
mod number;
mod unit;

use std::ops::Range;

pub use decimal::Decimal;
pub use number::Reader;

use serde::Serialize;

use super::candidate::Stretch;
use super::code_points::CodePoints;
use super::lexicon::Hedge;
use crate::figure::Qualifier;

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One number: "836,000", "4 million", "twenty-five".
    Number,
    /// A share of a hundred: "40 per cent".
    Percent,
    /// A fraction: "one-third", "half".
    Fraction,
    /// From one to another: "20 to 40".
    Range,
    /// A part and its whole: "six out of 15", "2.6:1".
    Ratio,
    /// A multiple: "four times".
    Multiple,
    /// A size with bounds only: "tens of thousands".
    Vague,
}

/// A quantity and the tokens that it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The number expression.
    pub tokens: Range<usize>,
    /// The numbers of a range or a ratio.
    pub parts: Vec<Range<usize>>,
    /// What kind of number it is.
    pub form: Form,
    /// Its value; of a range and a vague one none.
    pub value: Option<Decimal>,
    /// Its low end, of a range or a vague one; of a ratio its part.
    pub low: Option<Decimal>,
    /// Its high end, of a range or a vague one; of a ratio its whole.
    pub high: Option<Decimal>,
    /// The words that qualify it, and what they mean.
    pub hedge: Option<(Range<usize>, Hedge)>,
    /// The words that are counted.
    pub unit: Option<Range<usize>>,
    /// Whether the unit was taken from an earlier quantity.
    pub unit_inherited: bool,
    /// The currency, when it is money.
    pub currency: bool,
    /// Whether it tells how much more or less there is, and not how many.
    pub difference: bool,
    /// Whether its low end may be meant in the thousands of its high end: "between 10 and 12,000".
    pub low_unclear: bool,
}

/// The quantities of a text, in order.
pub fn mentions(reader: Reader<'_>, dates: &[super::date::DateMention]) -> Vec<Mention> {
    let mut out = compose::all(reader, dates);
    for mention in &mut out {
        mention.hedge = hedge::of(reader, &mention.tokens, mention.form);
    }
    unit::all(reader, &mut out);
    for mention in &mut out {
        mention.difference = change::is_difference(reader, &mention.tokens, mention.unit.as_ref());
    }
    out
}

/// Words of a text and where they stand, in code points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// As they stand.
    pub text: String,
    /// Where.
    #[serde(flatten)]
    pub stretch: Stretch,
}

/// A quantity as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Located {
    /// The number expression.
    pub quantity: Words,
    /// Its value; none of a range, a ratio or a size with bounds only, and where it cannot be held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// The low end of a range or a size with bounds only; of a ratio its part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Decimal>,
    /// The high end of a range or a size with bounds only; of a ratio its whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Decimal>,
    /// The words that qualify it.
    pub qualifier: Option<Words>,
    /// The words that are counted.
    pub unit: Option<Words>,
}

/// Whether a range is of ages: "between 6 and 59 months".
fn is_age(reader: Reader<'_>, mention: &Mention) -> bool {
    mention.unit.as_ref().is_some_and(|unit| {
        let text = &reader.text[reader.bytes(unit)];
        ["month", "year"].iter().any(|word| text.starts_with(word))
    })
}

/// A quantity with its places in the text. One that joins two numbers gives both of them too.
pub fn located(reader: Reader<'_>, points: &CodePoints<'_>, mention: &Mention) -> Vec<Located> {
    let words = |tokens: &Range<usize>| {
        let bytes = reader.bytes(tokens);
        Words {
            text: reader.text[bytes.clone()].to_owned(),
            stretch: points.stretch(bytes),
        }
    };
    // "60+" is one expression.
    let plus = mention
        .hedge
        .as_ref()
        .filter(|(hedge, _)| reader.is_mark(hedge.start, &['+']))
        .map(|(hedge, _)| hedge.end);
    let one = |number: &Range<usize>, [value, low, high]: [Option<Decimal>; 3]| Located {
        quantity: match plus {
            Some(end) if number.end + 1 == end => words(&(number.start..end)),
            _ => words(number),
        },
        value,
        low,
        high,
        qualifier: mention
            .hedge
            .as_ref()
            .filter(|(_, hedge)| {
                plus.is_none()
                    && !(hedge.qualifier == Qualifier::Between && is_age(reader, mention))
            })
            .map(|(tokens, _)| {
                let article = reader.senses(tokens.start).article && tokens.len() > 1;
                words(&(tokens.start + usize::from(article)..tokens.end))
            }),
        unit: mention.unit.as_ref().map(words),
    };
    // "20 to 40" is told by its ends; "20-40" and "six out of 15" also as a whole.
    let by_word = matches!(mention.form, Form::Range | Form::Percent)
        && mention.parts.first().is_some_and(|part| {
            reader
                .token(part.end)
                .is_some_and(|token| token.kind == super::token::Kind::Word)
        });
    // "two (2)" says one number twice; "2.6:1" and "8/10" are one expression.
    let said_twice = mention.form == Form::Number && !mention.parts.is_empty();
    let is_glued = mention.form == Form::Ratio
        && mention
            .parts
            .first()
            .is_some_and(|part| reader.is_mark(part.end, &['/', ':']));
    let mut out = Vec::new();
    if !(by_word || said_twice) {
        out.push(one(
            &mention.tokens,
            [mention.value, mention.low, mention.high],
        ));
    }
    if by_word || !(is_glued || mention.form == Form::Percent) {
        let values = if said_twice {
            [mention.value; 2]
        } else {
            [mention.low, mention.high]
        };
        let parts = mention.parts.iter().zip(values);
        out.extend(parts.map(|(part, value)| one(part, [value, None, None])));
    }
    out
}
