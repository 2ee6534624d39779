//! Numbers that count nothing: names of things, times of day, marks of lists and footnotes.

use super::number::{Number, Reader};
use crate::text::token::{Gap, Kind};

/// Numbers of a list of references at most: work on a longer list would grow with its square.
const LIST: usize = 12;

impl Reader<'_> {
    fn word(&self, at: usize) -> Option<String> {
        let token = self.token(at).filter(|token| token.kind == Kind::Word)?;
        Some(self.text[token.start..token.end].to_lowercase())
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&&*word))
    }
}

/// Whether a number names, dates or numbers something and counts nothing.
pub(super) fn is_no_quantity(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    if is_denominator(reader, first) {
        return true;
    }
    if number.words {
        return is_pronoun(reader, first, number);
    }
    is_glued(reader, first, number)
        || is_telephone(reader, first, number)
        || is_section(reader, first, number)
        // "The authorities report 1,343 deaths": no name of a thing has so long a number.
        || !is_grouped(number) && is_reference(reader, first, LIST)
        || is_part_of_name(reader, first, number)
        || is_time(reader, first, number)
        || is_list_mark(reader, first, number)
}

/// Whether a number has thousands that are parted or named, as no name of a thing has.
fn is_grouped(number: &Number) -> bool {
    let is_long = number.value().is_some_and(|value| value.to_f64() >= 1000.0);
    is_long && (!number.plain_digits || number.scale > 1)
}

/// "per 1,000 population" is a unit.
fn is_denominator(reader: Reader<'_>, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|at| reader.senses(at).per)
}

/// The token after an age, which tells who is counted and not how many: "children under five", "under the age
/// of ten", "aged 6-59 months", "children of 6-59 months".
pub(super) fn age_end(reader: Reader<'_>, first: usize, number: &Number) -> Option<usize> {
    let before = first.checked_sub(1)?;
    let is_people = |at: usize| reader.senses(at).head || reader.is_word(at, &["those", "are"]);
    let behind = |at: usize| at.checked_sub(1).is_some_and(is_people);
    let small = number
        .value()
        .and_then(super::Decimal::to_whole)
        .is_some_and(|value| value <= 120);
    if !small {
        return None;
    }
    let is_age = reader.is_word(before, &["aged", "age"])
        || reader.is_word(before, &["under", "below", "over"])
            && behind(before)
            && number.value().is_some_and(|value| value.to_f64() <= 25.0)
        || reader.is_word(before, &["of"])
            && before
                .checked_sub(1)
                .is_some_and(|at| reader.is_word(at, &["age"]));
    let joint = reader.is_glued_mark(number.end, &['-', '–', '‑']);
    let to = joint || reader.is_word(number.end, &["to"]);
    let upper = to
        .then(|| reader.number(number.end + 1))
        .flatten()
        .filter(|upper| upper.scale == 1 && !upper.words);
    if is_age {
        return Some(upper.map_or(number.end, |upper| upper.end));
    }
    let upper = upper.filter(|_| joint)?;
    let of_age = reader.is_word(upper.end, &["months", "years", "year", "month"]);
    let counts_who = is_people(before) || reader.is_word(before, &["of"]) && behind(before);
    (of_age && counts_who).then_some(upper.end)
}

/// "Mile 16", "Dalori 2 camp": a name with a number, unless a plural follows that may be counted.
fn is_part_of_name(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    let (Some(name), Some(token)) = (reader.token(before), reader.token(first)) else {
        return false;
    };
    let senses = reader.senses(before);
    let is_name = name.kind == Kind::Word
        && name.capital
        && name.gap <= Gap::Blank
        && name.gap != Gap::None
        && !senses.stop
        && !senses.currency
        && !senses.head
        && !senses.measure
        && senses.month.is_none();
    let next = reader.senses(number.end);
    let plural = reader.token(number.end).is_some_and(|token| {
        token.kind == Kind::Word
            && reader.text[token.start..token.end].ends_with('s')
            && !token.capital
            && !next.stop
    });
    let counts = next.head
        || next.measure
        || next.currency
        || plural
        || reader.is_mark(number.end, &['%', '(', ')'])
        || next.number.is_some();
    let adjective = reader
        .token(number.end)
        .is_some_and(|token| token.kind == Kind::Word && !token.capital && !next.stop)
        && (reader.senses(number.end + 1).head
            || reader.token(number.end + 1).is_some_and(|token| {
                token.kind == Kind::Word && reader.text[token.start..token.end].ends_with('s')
            }));
    is_name
        && token.gap == Gap::Blank
        && number.end == first + 1
        && token.end - token.start <= 2
        && !counts
        && !adjective
}

/// "one" that stands for somebody or something: "one another", "no one", "one of them".
fn is_pronoun(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    if number.end != first + 1 || reader.senses(first).number != Some(1) {
        return false;
    }
    let before = first.checked_sub(1);
    if before.is_some_and(|at| {
        reader.is_word(
            at,
            &[
                "no", "any", "every", "this", "that", "another", "which", "the", "each", "some",
                "day", "number", "square",
            ],
        )
    }) {
        return true;
    }
    if reader.is_glued_mark(first + 1, &['-', '‐', '‑']) {
        return true;
    }
    let is_superlative = reader.is_word(first + 1, &["of"])
        && before.is_some_and(|at| {
            reader.is_word(
                at,
                &[
                    "is", "was", "are", "be", "been", "still", "as", "remains", "become", "became",
                    "has", "with", "being", "also", "to",
                ],
            )
        });
    // "one of the main reasons", "one of the largest".
    let is_among = reader.is_word(first + 1, &["of"])
        && reader.is_word(first + 2, &["the", "its", "their"])
        && reader.word(first + 3).is_some_and(|word| {
            word.ends_with("est")
                || matches!(
                    &*word,
                    "main" | "few" | "most" | "first" | "key" | "top" | "one"
                )
        });
    // "one to one", "one or more".
    let is_one = |at: usize| reader.senses(at).number == Some(1);
    let is_pair = reader.is_word(first + 1, &["to"]) && is_one(first + 2)
        || reader.is_word(first + 1, &["or"]) && reader.is_word(first + 2, &["more"])
        || before
            .is_some_and(|at| reader.is_word(at, &["to"]) && at.checked_sub(1).is_some_and(is_one));
    if is_superlative || is_among || is_pair {
        return true;
    }
    reader.is_word(
        first + 1,
        &[
            "another",
            "can",
            "could",
            "should",
            "would",
            "must",
            "may",
            "might",
            "day",
            "by",
            "such",
            "side",
            "hand",
            "way",
            "another's",
            "thing",
            "has",
            "is",
            "was",
            "s",
            "who",
            "that",
            "which",
        ],
    )
}

/// Digits that are a part of a longer word or code: "COVID-19", "A1", "S/2022/1", "the text.15".
fn is_glued(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    let Some(token) = reader.token(first) else {
        return true;
    };
    if let Some(before) = first.checked_sub(1).filter(|_| token.gap == Gap::None)
        && let Some(previous) = reader.token(before)
    {
        match previous.kind {
            Kind::Word => {
                // "USD5", "et12", and "بـ20", where the preposition is a part of the word behind it.
                let senses = reader.senses(before);
                if !(senses.currency || senses.to || senses.prefix) {
                    return true;
                }
            }
            Kind::Digits => return true,
            Kind::Mark => match previous.mark {
                '#' | '№' | '_' | '@' | '\\' | '^' | '°' | 'º' | '+' if previous.mark != '+' => {
                    return true;
                }
                '-' | '‐' | '‑' | '–' | '/' => {
                    let glued = previous.gap == Gap::None
                        && before
                            .checked_sub(1)
                            .and_then(|at| reader.token(at))
                            .is_some_and(|token| {
                                token.kind == Kind::Word
                                    && !reader.senses(before - 1).currency
                                    && reader.senses(before - 1).number.is_none()
                                    || (token.kind == Kind::Digits && previous.mark == '/')
                            });
                    if glued {
                        return true;
                    }
                }
                '.' | ',' | ')' | ']' | '”' | '"' | ':' | ';' => {
                    // A footnote behind a word.
                    let behind_word = previous.gap == Gap::None
                        && before
                            .checked_sub(1)
                            .and_then(|at| reader.token(at))
                            .is_some_and(|token| {
                                token.kind == Kind::Word
                                    || matches!(token.mark, ')' | ']' | '”' | '"' | '’')
                            });
                    if behind_word && !matches!(previous.mark, ',' | ':' | ';') {
                        return true;
                    }
                }
                _ => {}
            },
        }
    }
    // "20-го", "2ème".
    let ending = number.end + usize::from(reader.is_glued_mark(number.end, &['-', '‑']));
    if reader.senses(ending).ordinal
        && reader
            .token(ending)
            .is_some_and(|token| token.gap == Gap::None)
    {
        return true;
    }
    // "3rd", "1e", "5G", "24h": only a scale or a measure may stand right behind digits.
    let Some(next) = reader
        .token(number.end)
        .filter(|next| next.gap == Gap::None)
    else {
        return false;
    };
    match next.kind {
        Kind::Word => {
            let senses = reader.senses(number.end);
            !(senses.measure
                || senses.head
                || senses.currency
                || senses.scale.is_some()
                || senses.to)
                && next.end - next.start <= 2
                && number.scale == 1
        }
        Kind::Digits => true,
        Kind::Mark => {
            matches!(next.mark, '°' | 'º' | '′' | '″' | '_' | '@')
                || (matches!(next.mark, '/' | '.')
                    && reader.token(number.end + 1).is_some_and(|after| {
                        after.gap == Gap::None && after.kind == Kind::Word && next.mark == '.'
                    }))
        }
    }
}

/// The token after a telephone number with its country's code: "+41 22 739 8111".
pub(super) fn telephone_end(reader: Reader<'_>, first: usize) -> Option<usize> {
    if !reader.is_mark(first, &['+']) || reader.token(first + 1)?.gap != Gap::None {
        return None;
    }
    let (mut at, mut end, mut digits) = (first + 1, first + 1, 0);
    // No number has more than fifteen digits, with a bracket or a hyphen between any two.
    for _ in 0..30 {
        let Some(token) = reader.token(at).filter(|token| token.gap <= Gap::Blank) else {
            break;
        };
        match token.kind {
            Kind::Digits => {
                digits += token.end - token.start;
                end = at + 1;
            }
            Kind::Mark if matches!(token.mark, '-' | '‑' | '(' | ')' | '.') => {}
            _ => break,
        }
        at += 1;
    }
    (end > first + 2 && (8..=15).contains(&digits)).then_some(end)
}

/// A run of ten digits and more, or one that begins with zero: no count is written so.
fn is_telephone(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    let Some(token) = reader.token(first).filter(|_| number.plain_digits) else {
        return false;
    };
    let length = token.end - token.start;
    length >= 10 || (length >= 4 && reader.text[token.start..].starts_with('0'))
}

/// "4.1 From January": the number of a section, or of a footnote, before a new sentence.
fn is_section(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    let begins = first.checked_sub(1).is_none_or(|at| {
        reader.is_mark(at, &['.', ']', '%'])
            || reader
                .token(first)
                .is_some_and(|token| token.gap >= Gap::Line)
    });
    let next = reader.token(number.end);
    // "(Figure 1) 2.2 Between weeks".
    let is_dotted = number.end == first + 3 && reader.is_glued_mark(first + 1, &['.']);
    (begins || is_dotted)
        && number.value().is_some_and(|value| value.to_f64() < 100.0)
        && next.is_none_or(|token| {
            token.capital
                && token.gap != Gap::None
                && (reader.senses(number.end).stop || reader.senses(number.end).number.is_some())
        })
}

/// "figure 9", "No. 102", "week 25", "COVID 19".
fn is_reference(reader: Reader<'_>, first: usize, back: usize) -> bool {
    // "24/7".
    let is_always = |at: usize| {
        reader
            .token(at)
            .zip(reader.token(at + 2))
            .is_some_and(|(day, week)| {
                &reader.text[day.start..day.end] == "24"
                    && &reader.text[week.start..week.end] == "7"
            })
            && reader.is_glued_mark(at + 1, &['/'])
    };
    if is_always(first) || first.checked_sub(2).is_some_and(is_always) {
        return true;
    }
    // "phases 3, 4 and 5": the first of a list tells what the others are.
    if let Some(joint) = first.checked_sub(1)
        && (reader.senses(joint).and
            || reader.is_mark(joint, &[','])
            || reader.is_word(joint, &["or", "to"]))
        && let Some(earlier) = joint.checked_sub(1)
    {
        let earlier = if reader.is_mark(earlier, &[',']) {
            earlier.saturating_sub(1)
        } else {
            earlier
        };
        let is_short = |at: usize| {
            reader
                .token(at)
                .is_some_and(|token| token.kind == Kind::Digits && token.end - token.start <= 2)
        };
        // "grades 9 and 12 certificates": a plural before the first says that there are several.
        let is_plural = earlier.checked_sub(1).is_some_and(|at| {
            reader.senses(at).reference && reader.word(at).is_some_and(|word| word.ends_with('s'))
        });
        let ends = is_plural
            || reader.is_mark(first + 1, &[',', ')', '.'])
            || reader.senses(first + 1).and
            || reader
                .token(first + 1)
                .is_none_or(|next| next.gap >= Gap::Line)
            || reader.is_word(first + 1, &["or"]);
        if back > 0 && is_short(earlier) && is_short(first) && ends {
            return is_reference(reader, earlier, back - 1);
        }
    }
    let mut before = first;
    for _ in 0..2 {
        let Some(at) = before.checked_sub(1) else {
            return false;
        };
        // "COVID- 19", as text drawn from PDF has it.
        let is_hyphen = reader.is_glued_mark(at, &['-']);
        if (is_hyphen || reader.is_mark(at, &['.', '°', ':']))
            && reader
                .token(before)
                .is_some_and(|token| token.gap <= Gap::Blank)
        {
            before = at;
            continue;
        }
        // "week 25", and no "weeks, 25 people"; a capital or a single noun names a thing.
        return reader.senses(at).reference
            && reader
                .token(before)
                .is_some_and(|token| token.gap <= Gap::Blank);
    }
    false
}

/// "8:30", "9am", "15h00".
fn is_time(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    let glued_digits = |at: usize| {
        reader
            .token(at)
            .is_some_and(|token| token.kind == Kind::Digits && token.gap == Gap::None)
    };
    let two_digits = |at: usize| {
        reader
            .token(at)
            .is_some_and(|token| token.end - token.start == 2)
    };
    let clock = |mark: usize| {
        reader.is_glued_mark(mark, &[':']) && glued_digits(mark + 1) && two_digits(mark + 1)
    };
    // "50:50" is no hour.
    let is_hour = number.value().is_some_and(|value| value.to_f64() <= 24.0);
    (clock(number.end)
        && is_hour
        && reader
            .token(first)
            .is_some_and(|token| token.end - token.start <= 2)
        && !reader.is_word(number.end + 2, &["male"])
        && !reader.is_mark(number.end + 2, &[')']))
        // Its minutes: what is no time was taken for a ratio before.
        || (first >= 2
            && clock(first - 1)
            && reader
                .token(first - 2)
                .is_some_and(|token| token.end - token.start <= 2)
            && reader
                .token(first)
                .is_some_and(|token| token.gap == Gap::None))
        || reader.is_word(number.end, &["am", "pm", "gmt", "o'clock", "a.m", "p.m"])
        || (reader.is_word(number.end, &["a", "p"])
            && reader.is_glued_mark(number.end + 1, &['.'])
            && reader.is_word(number.end + 2, &["m"]))
}

/// "1." or "2)" at the beginning of a line.
fn is_list_mark(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    let Some(token) = reader.token(first) else {
        return false;
    };
    // "these are: 1. Surgery; 2. Drugs".
    let within = first.checked_sub(1).is_some_and(|before| {
        reader.is_mark(before, &[';'])
            || reader.is_mark(before, &[':'])
                && number.value().and_then(super::Decimal::to_whole) == Some(1)
    });
    (token.gap >= Gap::Line || within)
        && number.end == first + 1
        && token.end - token.start <= 2
        && reader.is_glued_mark(number.end, &['.', ')'])
        && reader
            .token(number.end + 1)
            .is_some_and(|next| next.gap != Gap::None && next.capital)
}
