//! Dates in a text: which numbers they are made of, and which days they mean.

mod numeric;
mod when;

pub use when::When;

use numeric::{numeric, settle_order};

use super::quantity::Reader;
use super::token::{Gap, Kind};

/// A date and the tokens that it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateMention {
    /// The first token.
    pub first: usize,
    /// The token after the last.
    pub end: usize,
    /// Its first day, month or year.
    pub from: When,
    /// Its last one, where it is a span.
    pub to: Option<When>,
}

/// Years that stand for themselves.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2100;

/// The dates of a text, in order. Years that stand alone are dates where nothing counts with them.
pub fn dates(reader: Reader<'_>) -> Vec<DateMention> {
    let mut out: Vec<DateMention> = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        if let Some(date) = date_at(reader, at) {
            at = date.end;
            out.push(date);
        } else {
            at += 1;
        }
    }
    settle_order(&mut out, reader);
    out
}

impl Reader<'_> {
    /// A run of digits as a number, with how many digits it has.
    fn small(&self, at: usize) -> Option<(i64, usize)> {
        let token = self.token(at).filter(|token| token.kind == Kind::Digits)?;
        let digits: Vec<u8> = self.text[token.start..token.end]
            .chars()
            .filter_map(super::token::digit_value)
            .take(5)
            .collect();
        (digits.len() <= 4).then(|| {
            let value = digits
                .iter()
                .fold(0, |sum, digit| sum * 10 + i64::from(*digit));
            (value, digits.len())
        })
    }

    fn day(&self, at: usize) -> Option<u32> {
        let (value, count) = self.small(at)?;
        let glued_before =
            at > 0 && self.token(at)?.gap == Gap::None && self.is_mark(at - 1, &['.', ',']);
        (count <= 2 && (1..=31).contains(&value) && !glued_before)
            .then(|| u32::try_from(value).ok())
            .flatten()
    }

    /// A year of four digits that is no part of a longer number.
    pub(super) fn year(&self, at: usize) -> Option<i32> {
        let (value, count) = self.small(at)?;
        let goes_on = self.is_glued_mark(at + 1, &[',', '.', '٬'])
            && self
                .token(at + 2)
                .is_some_and(|next| next.kind == Kind::Digits && next.gap == Gap::None);
        (count == 4 && YEARS.contains(&value) && !goes_on)
            .then(|| i32::try_from(value).ok())
            .flatten()
    }

    /// A month by name; "may" and "march" only with a capital.
    fn month(&self, at: usize) -> Option<u32> {
        let token = self.token(at)?;
        let month = self.senses(at).month?;
        // A year behind it makes it sure: "10-23 may, 2021".
        let is_verb = self.lexicon.language == "en"
            && matches!(month, 3 | 5)
            && !token.capital
            && self.year(self.after_joint(at + 1)).is_none();
        (!is_verb).then_some(month)
    }

    /// The token after an ordinal's ending: "24th", "1er".
    fn after_ordinal(&self, at: usize) -> usize {
        let is_ending = self.token(at).is_some_and(|token| {
            token.gap == Gap::None
                && token.kind == Kind::Word
                && matches!(
                    &self.text[token.start..token.end],
                    "st" | "nd" | "rd" | "th" | "er"
                )
        });
        if is_ending { at + 1 } else { at }
    }

    /// A comma, "of" or a full stop that may stand within a date.
    fn after_joint(&self, at: usize) -> usize {
        let is_joint = self.token(at).is_some_and(|token| {
            matches!(token.mark, ',' | '.')
                || matches!(
                    self.text[token.start..token.end]
                        .to_ascii_lowercase()
                        .as_str(),
                    "of" | "de"
                )
        });
        if is_joint { at + 1 } else { at }
    }

    /// The token after the same month by another name: "آذار/مارس".
    fn after_other_name(&self, at: usize, month: Option<u32>) -> usize {
        let again = self.is_glued_mark(at, &['/']) && self.month(at + 1) == month;
        if again { at + 2 } else { at }
    }

    /// The token after a dash or a word between the two ends of a span.
    fn after_dash(&self, at: usize) -> Option<usize> {
        let token = self.token(at)?;
        (matches!(token.mark, '-' | '–' | '—' | '‑' | '/') || self.senses(at).to).then_some(at + 1)
    }
}

/// The date that begins at a token.
fn date_at(reader: Reader<'_>, first: usize) -> Option<DateMention> {
    let token = reader.token(first)?;
    let mention = |end, from, to| {
        Some(DateMention {
            first,
            end,
            from,
            to,
        })
    };
    match token.kind {
        Kind::Digits => numeric(reader, first)
            .or_else(|| day_first(reader, first))
            .or_else(|| {
                let year = reader.year(first)?;
                bare_year(reader, first, year)
            }),
        Kind::Word => {
            if let Some(month) = reader.month(first) {
                return month_first(reader, first, month);
            }
            let weekday = reader.senses(first).weekday?;
            if !token.capital && reader.lexicon.language == "en" {
                return None;
            }
            // "Tuesday, 1 March", "Wed. March 2" is that day.
            let next = reader.after_joint(first + 1);
            let named = day_first(reader, next).or_else(|| {
                reader
                    .month(next)
                    .and_then(|month| month_first(reader, next, month))
            });
            match named {
                Some(date) => mention(date.end, date.from, date.to),
                None => mention(first + 1, When::Weekday(weekday), None),
            }
        }
        Kind::Mark => None,
    }
}

/// "24 February", "24 - 31 December 2018", "28 February to 3 March".
fn day_first(reader: Reader<'_>, first: usize) -> Option<DateMention> {
    let from_day = reader.day(first)?;
    let mut at = reader.after_ordinal(first + 1);
    let single = reader.month(reader.after_joint(at));
    let mut to_day = None;
    let mut from_month = None;
    if single.is_some() {
        at = reader.after_joint(at);
        from_month = single;
        at = reader.after_other_name(at + 1, single);
        if let Some(next) = reader.after_dash(at)
            && let Some(day) = reader.day(next)
            && reader.month(reader.after_ordinal(next + 1)).is_some()
        {
            to_day = Some(day);
            at = reader.after_ordinal(next + 1);
        }
    } else {
        let next = reader.after_dash(at)?;
        to_day = Some(reader.day(next)?);
        at = reader.after_joint(reader.after_ordinal(next + 1));
    }
    let (month, from_month) = match (to_day, from_month) {
        (None, Some(month)) => (month, month),
        (_, from) => {
            let month = reader.month(at)?;
            at += 1;
            (month, from.unwrap_or(month))
        }
    };
    let (end, year) = year_after(reader, at);
    Some(DateMention {
        first,
        end,
        from: When::Day(year, from_month, from_day),
        to: to_day.map(|day| When::Day(year, month, day)),
    })
}

/// "February 24", "March 2-5, 2022", "April 2020", "May - June 2021", "March".
fn month_first(reader: Reader<'_>, first: usize, month: u32) -> Option<DateMention> {
    let mut at = first + 1;
    if reader.is_glued_mark(at, &['.']) {
        at += 1;
    }
    if let Some(day) = reader.day(at).filter(|_| !counts(reader, at)) {
        at = reader.after_ordinal(at + 1);
        let mut to = None;
        if let Some(next) = reader.after_dash(at) {
            if let Some(last) = reader.day(next).filter(|_| {
                reader.month(reader.after_ordinal(next + 1)).is_none() && !counts(reader, next)
            }) {
                to = Some((month, last));
                at = reader.after_ordinal(next + 1);
            } else if let Some(other) = reader.month(next)
                && let Some(last) = reader.day(next + 1)
            {
                to = Some((other, last));
                at = reader.after_ordinal(next + 2);
            }
        }
        let (end, year) = year_after(reader, at);
        return Some(DateMention {
            first,
            end,
            from: When::Day(year, month, day),
            to: to.map(|(month, day)| When::Day(year, month, day)),
        });
    }
    at = reader.after_other_name(at, Some(month));
    let mut to = None;
    if let Some(next) = reader.after_dash(at)
        && let Some(other) = reader.month(next)
    {
        to = Some(other);
        at = next + 1;
    }
    let (end, year) = year_after(reader, at);
    // "May" at the head of a sentence is no month, and "Mar" a name, without a year beside them.
    let sure = year.is_some()
        || to.is_some()
        || reader
            .token(first)
            .is_some_and(|token| token.end - token.start > 3);
    sure.then_some(DateMention {
        first,
        end,
        from: When::Month(year, month),
        to: to.map(|month| When::Month(year, month)),
    })
}

/// Whether what stands at a place goes on as a longer number, so that it is no day.
fn counts(reader: Reader<'_>, at: usize) -> bool {
    reader
        .number(at)
        .is_some_and(|number| number.end > at + 1 || number.scale != 1)
}

/// The year that may follow a day or a month, with the token after it.
fn year_after(reader: Reader<'_>, at: usize) -> (usize, Option<i32>) {
    let next = reader.after_joint(at);
    match reader.year(next) {
        Some(year) if !number_follows(reader, next) => (next + 1, Some(year)),
        _ => (at, None),
    }
}

fn number_follows(reader: Reader<'_>, at: usize) -> bool {
    reader.number(at).is_some_and(|number| number.end > at + 1)
}

/// A year by itself, or two with a dash; none where it counts something.
fn bare_year(reader: Reader<'_>, first: usize, year: i32) -> Option<DateMention> {
    if number_follows(reader, first) {
        return None;
    }
    let glued_before = first > 0
        && reader.token(first)?.gap == Gap::None
        && !reader.is_mark(first - 1, &['(', '[', '-', '–', '/', ',', '"', '“']);
    if glued_before {
        return None;
    }
    let mut end = first + 1;
    let mut to = None;
    if reader.is_mark(end, &['-', '–', '/']) {
        if let Some(last) = reader.year(end + 1) {
            to = Some(When::Year(last));
            end += 2;
        } else if let Some((last, 2)) = reader.small(end + 1)
            && reader.is_mark(end, &['/', '-', '–'])
        {
            to = i32::try_from(last)
                .ok()
                .map(|last| When::Year(year / 100 * 100 + last));
            end += 2;
        }
    }
    if to.is_none() && is_counted(reader, first) {
        return None;
    }
    Some(DateMention {
        first,
        end,
        from: When::Year(year),
        to,
    })
}

/// Whether four digits that may be a year count something: "2000 people", "about 2010 cases", "$2000".
fn is_counted(reader: Reader<'_>, at: usize) -> bool {
    let before = |back: usize| {
        at.checked_sub(back)
            .map(|at| reader.senses(at))
            .unwrap_or_default()
    };
    if at > 0 && (reader.is_mark(at - 1, &['$', '€', '£', '=']) || before(1).currency) {
        return true;
    }
    let next = reader.senses(at + 1);
    let counts = next.head || next.measure || next.currency || reader.is_mark(at + 1, &['%']);
    let hedged = (1..=3).any(|back| {
        at.checked_sub(back).is_some_and(|start| {
            reader
                .lexicon
                .before
                .at(reader.tokens, start)
                .is_some_and(|(end, hedge)| {
                    end == at
                        && hedge.qualifier != crate::figure::Qualifier::Between
                        && hedge.qualifier != crate::figure::Qualifier::Exact
                })
        })
    });
    let after_preposition = at > 0 && reader.senses(at - 1).before_year;
    (counts && !after_preposition) || (hedged && !after_preposition && !next.stop)
}
