//! What is counted: the noun with its modifiers behind a number, before it, or of an earlier one.

use std::ops::Range;

use super::number::Reader;
use super::{Form, Mention};
use crate::text::token::{Gap, Kind};

/// Words that a counted noun has at most.
const LONGEST: usize = 8;

/// Bytes of the longest counted noun. Many numbers may share one, and each tells it.
const LONGEST_TEXT: usize = 600;

/// Denominators that follow one another at most: "kg per person per month".
const DENOMINATORS: usize = 3;

/// Finds the unit of each quantity; one that has none takes that of the quantity before it in its
/// sentence.
pub(super) fn all(reader: Reader<'_>, mentions: &mut [Mention]) {
    let starts: Vec<usize> = mentions
        .iter()
        .map(|mention| mention.tokens.start)
        .collect();
    let mut last: Option<(Range<usize>, usize, bool)> = None;
    let mut sentence = Sentence::default();
    for index in 0..mentions.len() {
        let start = |index: usize| starts.get(index).copied().unwrap_or(usize::MAX);
        let until = start(index + 1);
        let of_other_end = other_end(reader, mentions, index)
            .and_then(|other| after(reader, other, start(index + 2)));
        let Some(mention) = mentions.get_mut(index) else {
            break;
        };
        mention.currency = money(reader, mention);
        let is_short = |unit: &Range<usize>| reader.bytes(unit).len() <= LONGEST_TEXT;
        mention.unit = after(reader, mention, until)
            .or_else(|| currency_before(reader, mention))
            .filter(is_short);
        if mention.unit.is_none()
            && let Some(unit) = before_bracket(reader, mention).filter(is_short)
        {
            mention.unit = Some(unit);
            mention.unit_inherited = true;
        }
        if mention.unit.is_none()
            && let Some(unit) = of_other_end.filter(is_short)
        {
            mention.unit = Some(unit);
            mention.unit_inherited = true;
        }
        if mention.unit.is_none()
            && let Some((unit, end, percent)) = &last
            && sentence.holds(reader, *end, mention.tokens.start)
            && (*percent == (mention.form == Form::Percent)
                || *end + 1 >= mention.tokens.start && reader.is_mark(*end, &['(']))
        {
            mention.unit = Some(unit.clone());
            mention.unit_inherited = true;
        }
        if let Some(unit) = &mention.unit {
            last = Some((
                unit.clone(),
                mention.tokens.end.max(unit.end),
                mention.form == Form::Percent,
            ));
        }
    }
}

/// The number that a change goes to: "from 39 to 12 people".
fn other_end<'a>(reader: Reader<'_>, mentions: &'a [Mention], index: usize) -> Option<&'a Mention> {
    let (one, other) = (mentions.get(index)?, mentions.get(index + 1)?);
    let from = one.tokens.start.checked_sub(1)?;
    (reader.senses(from).from
        && reader.senses(one.tokens.end).to
        && one.tokens.end + 1 == other.tokens.start)
        .then_some(other)
}

/// Where the sentence begins that one reads in. It goes through a text once.
#[derive(Default)]
struct Sentence {
    /// The first token that was not looked at.
    next: usize,
    /// The token after the last that ends a sentence.
    first: usize,
}

impl Sentence {
    /// Whether no sentence ends between two tokens. The second never lies before that of an earlier call.
    fn holds(&mut self, reader: Reader<'_>, from: usize, to: usize) -> bool {
        while self.next < to {
            let ends = reader.token(self.next).is_none_or(|token| {
                (matches!(token.mark, '.' | '!' | '?') && token.gap == Gap::None)
                    || token.gap >= Gap::Paragraph
            });
            self.next += 1;
            if ends {
                self.first = self.next;
            }
        }
        from <= to && self.first <= from
    }
}

fn currency_mark(mark: char) -> bool {
    matches!(mark, '$' | '€' | '£' | '¥' | '₦' | '₹' | '৳' | '₴')
}

fn money(reader: Reader<'_>, mention: &Mention) -> bool {
    let before = mention.tokens.start.checked_sub(1);
    before.is_some_and(|at| {
        reader
            .token(at)
            .is_some_and(|token| currency_mark(token.mark))
            || reader.senses(at).currency
    }) || reader.senses(mention.tokens.end).currency
        || reader
            .token(mention.tokens.end)
            .is_some_and(|token| currency_mark(token.mark))
}

/// "SYP 1,500", "$54m".
fn currency_before(reader: Reader<'_>, mention: &Mention) -> Option<Range<usize>> {
    let at = mention.tokens.start.checked_sub(1)?;
    let token = reader.token(at)?;
    if currency_mark(token.mark) {
        // "US$".
        let start = at
            .checked_sub(1)
            .filter(|before| reader.senses(*before).currency && token.gap == Gap::None)
            .unwrap_or(at);
        return Some(start..at + 1);
    }
    reader.senses(at).currency.then_some(at..at + 1)
}

/// The noun before a bracket: "households (75 per cent)", "patients (n=226)".
fn before_bracket(reader: Reader<'_>, mention: &Mention) -> Option<Range<usize>> {
    let mut at = mention.tokens.start.checked_sub(1)?;
    if reader.is_mark(at, &['=']) {
        at = at.checked_sub(2)?;
    } else if let Some((hedge, _)) = &mention.hedge
        && hedge.end == mention.tokens.start
    {
        at = hedge.start.checked_sub(1)?;
    }
    if !reader.is_mark(at, &['(']) {
        return None;
    }
    let end = at;
    let head = at.checked_sub(1)?;
    let token = reader.token(head)?;
    if token.kind != Kind::Word
        || token.capital
        || reader.senses(head).stop
        || !is_head(reader, head)
    {
        return None;
    }
    let mut first = head;
    while let Some(before) = first.checked_sub(1) {
        let Some(token) = reader.token(before) else {
            break;
        };
        let is_word = token.kind == Kind::Word && !reader.senses(before).stop;
        let is_joint = matches!(token.mark, '-' | '‑') && token.gap == Gap::None;
        if head - before > 4 || !(is_word || is_joint) || is_head(reader, before) {
            break;
        }
        first = before;
    }
    Some(first..end)
}

/// The noun behind a number: "27 per cent of households", "1,463 new arrivals", "2,320/kg".
fn after(reader: Reader<'_>, mention: &Mention, until: usize) -> Option<Range<usize>> {
    let mut at = mention.tokens.end;
    if let Some((range, _)) = &mention.hedge
        && range.start == at
    {
        at = range.end;
    }
    let token = reader.token(at)?;
    if token.mark == '/'
        && reader
            .token(at + 1)
            .is_some_and(|next| next.kind == Kind::Word)
    {
        return Some(at..at + 2);
    }
    if matches!(token.mark, '-' | '‑') && token.gap == Gap::None {
        at += 1;
    }
    let word = |at: usize| {
        reader
            .token(at)
            .map(|token| reader.text[token.start..token.end].to_lowercase())
            .unwrap_or_default()
    };
    // "of the", "of all", "of these".
    if reader.senses(at).of {
        at += 1;
        while reader.senses(at).the
            || matches!(
                &*word(at),
                "the" | "all" | "these" | "those" | "their" | "its" | "total" | "our"
            )
        {
            at += 1;
        }
    } else {
        while matches!(
            &*word(at),
            "additional" | "more" | "further" | "other" | "of" | "such" | "out"
        ) && word(at + 1) != "than"
        {
            at += 1;
        }
    }
    noun_phrase(reader, at, until)
}

/// The words of a counted noun from a place on, up to its head, with what it is counted of.
fn noun_phrase(reader: Reader<'_>, first: usize, until: usize) -> Option<Range<usize>> {
    phrase(reader, first, until, true)
}

/// The words of a counted noun; `partitive` where "of" and a second noun may follow it, which has none itself.
fn phrase(reader: Reader<'_>, first: usize, until: usize, partitive: bool) -> Option<Range<usize>> {
    if let Some((end, ())) = reader.lexicon.pairs.at(reader.tokens, first) {
        return Some(first..end);
    }
    if let Some(end) = per(reader, first, DENOMINATORS) {
        return Some(first..end);
    }
    let mut at = first;
    let mut end = first;
    let mut words = 0;
    let mut has_head = false;
    while at < until && words < LONGEST {
        let Some(token) = reader.token(at) else { break };
        if at > first && token.gap >= Gap::Line && token.gap == Gap::Paragraph {
            break;
        }
        match token.kind {
            Kind::Word => {
                let senses = reader.senses(at);
                let within_compound = at > first && reader.is_glued_mark(at - 1, &['-', '‑']);
                if senses.stop && !within_compound && !is_participle_of(reader, at) {
                    break;
                }
                at += 1;
                end = at;
                words += 1;
                // "COVID-19 cases".
                if reader.is_glued_mark(at, &['-', '‑'])
                    && reader
                        .token(at + 1)
                        .is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Digits)
                {
                    at += 2;
                    end = at;
                    continue;
                }
                let hyphen = reader.is_glued_mark(at, &['-', '‑', '/'])
                    && reader
                        .token(at + 1)
                        .is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Word);
                if !hyphen && is_head(reader, at - 1) && !goes_on(reader, at) {
                    has_head = true;
                    end = with_abbreviation(reader, end);
                    if partitive {
                        end = with_partitive(reader, end);
                    }
                    end = with_second(reader, end);
                    end = with_per(reader, end);
                    break;
                }
            }
            Kind::Mark
                if matches!(token.mark, '-' | '‑' | '/')
                    && token.gap == Gap::None
                    && at > first
                    && reader
                        .token(at + 1)
                        .is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Word) =>
            {
                at += 1;
            }
            _ => break,
        }
    }
    // Without a known head, the noun is what stands first where adjectives stand behind theirs.
    if reader.lexicon.grammar.noun_first && !has_head {
        end = end.min(first + 1);
    }
    // "2,536 relocated" counts nobody by name.
    let is_verb = end == first + 1
        && reader
            .token(first)
            .is_some_and(|token| reader.text[token.start..token.end].ends_with("ed"))
        && !is_head(reader, first);
    (end > first && !is_verb).then_some(first..end)
}

/// Whether a word ends a counted noun: a known one, a measure, or a plural.
fn is_head(reader: Reader<'_>, at: usize) -> bool {
    let senses = reader.senses(at);
    if senses.head || senses.measure || senses.currency {
        return true;
    }
    let Some(token) = reader.token(at) else {
        return false;
    };
    let word = reader.text[token.start..token.end].to_lowercase();
    word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is", "'s", "’s"]
            .iter()
            .any(|ending| word.ends_with(ending))
}

/// Whether another plural follows at once: "women refugees".
fn goes_on(reader: Reader<'_>, at: usize) -> bool {
    let Some(token) = reader.token(at) else {
        return false;
    };
    token.kind == Kind::Word
        && token.gap <= Gap::Blank
        && !reader.senses(at).stop
        && is_head(reader, at)
}

/// "internally displaced persons (IDPs)".
fn with_abbreviation(reader: Reader<'_>, at: usize) -> usize {
    let is_short = reader.is_mark(at, &['('])
        && reader.is_glued_mark(at + 2, &[')'])
        && reader.token(at + 1).is_some_and(|token| {
            token.kind == Kind::Word
                && reader.text[token.start..token.end]
                    .chars()
                    .filter(|character| character.is_uppercase())
                    .count()
                    >= 2
        });
    if is_short { at + 3 } else { at }
}

/// "kg of rice", "cases of measles": a measure or a count of something.
fn with_partitive(reader: Reader<'_>, at: usize) -> usize {
    let is_of = reader
        .token(at)
        .is_some_and(|token| reader.text[token.start..token.end].eq_ignore_ascii_case("of"));
    let measures = at
        .checked_sub(1)
        .is_some_and(|head| reader.senses(head).partitive);
    if !is_of || !measures {
        return at;
    }
    match phrase(reader, at + 1, usize::MAX, false) {
        Some(noun) if noun.end - noun.start <= 4 => noun.end,
        _ => at,
    }
}

/// "children and adolescents", "goats and sheep".
fn with_second(reader: Reader<'_>, at: usize) -> usize {
    let is_and = reader
        .token(at)
        .is_some_and(|token| reader.text[token.start..token.end].eq_ignore_ascii_case("and"));
    let second = reader.senses(at + 1);
    // "12 people and injured 30" are not "people and injured".
    let counts_next = reader.number(at + 2).is_some();
    if is_and && second.head && !counts_next && !reader.senses(at.saturating_sub(1)).measure {
        at + 2
    } else {
        at
    }
}

/// Whether a participle stands before the head that it describes: "reported cases".
fn is_participle_of(reader: Reader<'_>, at: usize) -> bool {
    let is_participle = reader
        .token(at)
        .is_some_and(|token| reader.text[token.start..token.end].ends_with("ed"));
    is_participle && reader.senses(at + 1).head
}

/// "per kg", "per 1,000 population": the token after it.
fn per(reader: Reader<'_>, at: usize, more: usize) -> Option<usize> {
    let is_per = reader
        .token(at)
        .is_some_and(|token| reader.text[token.start..token.end].eq_ignore_ascii_case("per"));
    if !is_per || more == 0 {
        return None;
    }
    let mut next = at + 1;
    if let Some(number) = reader.number(next) {
        next = number.end;
    }
    let token = reader.token(next)?;
    (token.kind == Kind::Word && !reader.senses(next).stop)
        .then(|| per(reader, next + 1, more - 1).unwrap_or(next + 1))
}

/// "SYP per kg", "kg per month".
fn with_per(reader: Reader<'_>, at: usize) -> usize {
    per(reader, at, DENOMINATORS).unwrap_or(at)
}
