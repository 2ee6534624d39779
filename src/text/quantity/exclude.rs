//! Numbers that count nothing: names of things, times of day, marks of lists and footnotes.

use super::number::{Number, Reader};
use crate::text::token::{Gap, Kind};

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
    if is_denominator(reader, first) || is_age_limit(reader, first, number) {
        return true;
    }
    if number.words {
        return is_pronoun(reader, first, number);
    }
    is_glued(reader, first, number)
        || is_telephone(reader, first, number)
        || is_section(reader, first, number)
        // "The authorities report 1,343 deaths": no name of a thing has so long a number.
        || !is_grouped(number) && is_reference(reader, first)
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
    first
        .checked_sub(1)
        .is_some_and(|at| reader.is_word(at, &["per", "every"]))
}

/// "children under five", "under 5 years": who is counted, not how many.
fn is_age_limit(reader: Reader<'_>, first: usize, number: &Number) -> bool {
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    let small = number
        .value()
        .and_then(super::Decimal::to_whole)
        .is_some_and(|value| value <= 25);
    let behind_people = before
        .checked_sub(1)
        .is_some_and(|at| reader.senses(at).head || reader.is_word(at, &["those", "are"]));
    small
        && (reader.is_word(before, &["under", "below", "over"]) && behind_people
            || reader.is_word(before, &["aged", "age"]))
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
    if is_superlative
        || reader.is_word(first + 1, &["to"]) && reader.senses(first + 2).number == Some(1)
    {
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
                let is_money = reader.senses(before).currency || reader.senses(before).to;
                if !is_money {
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
    begins
        && number.value().is_some_and(|value| value.to_f64() < 100.0)
        && next.is_none_or(|token| {
            token.capital
                && token.gap != Gap::None
                && (reader.senses(number.end).stop || reader.senses(number.end).number.is_some())
        })
}

/// "figure 9", "No. 102", "week 25", "COVID 19".
fn is_reference(reader: Reader<'_>, first: usize) -> bool {
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
            || reader.is_word(joint, &["or"]))
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
        let ends = reader.is_mark(first + 1, &[',', ')', '.'])
            || reader.senses(first + 1).and
            || reader.is_word(first + 1, &["or"]);
        if is_short(earlier) && is_short(first) && ends {
            return is_reference(reader, earlier);
        }
    }
    let mut before = first;
    for _ in 0..2 {
        let Some(at) = before.checked_sub(1) else {
            return false;
        };
        if reader.is_mark(at, &['.', '°', ':'])
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
    // "11:05 Death toll rises": an entry of a live blog.
    let begins_line =
        |at: usize| at == 0 || reader.token(at).is_some_and(|token| token.gap >= Gap::Line);
    let clock = |mark: usize| {
        reader.is_glued_mark(mark, &[':']) && glued_digits(mark + 1) && two_digits(mark + 1)
    };
    (clock(number.end)
        && reader
            .token(first)
            .is_some_and(|token| token.end - token.start <= 2)
        && !reader.is_word(number.end + 2, &["male"])
        && !reader.is_mark(number.end + 2, &[')']))
        || (first >= 2
            && clock(first - 1)
            && reader
                .token(first - 2)
                .is_some_and(|token| token.end - token.start <= 2)
            && reader
                .token(first)
                .is_some_and(|token| token.gap == Gap::None)
            && (reader.is_word(number.end, &["am", "pm", "hrs", "gmt", "hours"])
                || begins_line(first - 2)))
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
    token.gap >= Gap::Line
        && number.end == first + 1
        && token.end - token.start <= 2
        && reader.is_glued_mark(number.end, &['.', ')'])
        && reader
            .token(number.end + 1)
            .is_some_and(|next| next.gap != Gap::None && next.capital)
}
