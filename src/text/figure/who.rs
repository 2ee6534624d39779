//! Who counted, as the sentence names them.

use std::ops::Range;

use super::passage::Passage;
use crate::text::rules::Who;
use crate::text::token::{Gap, Kind};

/// Tokens of the longest name.
const LONGEST: usize = 10;

/// The claimant of a sentence, and the words that name it.
pub(super) fn claimant(passage: &Passage<'_>, sentence: &Range<usize>) -> Option<String> {
    let found = passage.phrases(&passage.rules.who, sentence);
    let behind = found
        .iter()
        .filter(|phrase| *phrase.means == Who::Behind)
        .find_map(|phrase| name_behind(passage, phrase.tokens.end, sentence.end, true));
    behind
        .or_else(|| {
            found
                .iter()
                .filter(|phrase| *phrase.means == Who::Before)
                .find_map(|phrase| beside_verb(passage, sentence, &phrase.tokens))
        })
        .or_else(|| in_brackets(passage, sentence))
}

/// The name before a verb, or behind it where a comma shows that the words are turned around: ", said the
/// interior ministry".
fn beside_verb(
    passage: &Passage<'_>,
    sentence: &Range<usize>,
    verb: &Range<usize>,
) -> Option<String> {
    let before = || name_before(passage, verb.start, sentence.start);
    let comma = verb
        .start
        .checked_sub(1)
        .filter(|at| passage.reader.is_mark(*at, &[',', '”', '"']));
    let Some(comma) = comma else {
        return before();
    };
    let behind = tokens_behind(passage, verb.end, sentence.end, false).filter(|name| {
        // "said Monday".
        let first = passage.reader.senses(name.start);
        first.weekday.is_none() && first.month.is_none()
    });
    let text = |name: Range<usize>| tidy(passage.text(&name));
    if let Some(name) = behind.clone().filter(|name| ends_clause(passage, name)) {
        return Some(text(name));
    }
    // "in Jordan, said" names no speaker.
    let is_place = passage
        .names_in(sentence)
        .any(|name| name.tokens.end == comma);
    let named = if is_place { None } else { before() };
    named.or_else(|| behind.map(text))
}

/// Whether nothing but when it was said follows a name: "said UNHCR on Monday", and not "said Israel had".
fn ends_clause(passage: &Passage<'_>, name: &Range<usize>) -> bool {
    passage.reader.token(name.end).is_none_or(|next| {
        next.kind == Kind::Mark
            || next.gap >= Gap::Paragraph
            || matches!(
                &*passage.word(name.end),
                "on" | "in" | "spokesman" | "spokeswoman" | "spokesperson" | "el" | "en" | "le"
            )
    })
}

/// Whether a name only points back to one that was named before: "the agency".
pub(super) fn points_back(name: &str) -> bool {
    let bare = name.to_lowercase();
    let bare = bare.strip_prefix("the ").unwrap_or(&bare);
    matches!(
        bare,
        "agency"
            | "organisation"
            | "organization"
            | "office"
            | "body"
            | "report"
            | "statement"
            | "ministry"
    )
}

/// The name that begins at a place: capitals with their joints, or a known speaker.
fn name_behind(passage: &Passage<'_>, first: usize, limit: usize, loose: bool) -> Option<String> {
    let name = tokens_behind(passage, first, limit, loose)?;
    Some(tidy(passage.text(&name)))
}

/// The tokens of the name that begins at a place.
fn tokens_behind(
    passage: &Passage<'_>,
    first: usize,
    limit: usize,
    loose: bool,
) -> Option<Range<usize>> {
    let mut start = first;
    if matches!(&*passage.word(start), "the" | "a" | "an") || passage.reader.senses(start).the {
        start += 1;
    }
    let mut end = start;
    let mut at = start;
    let mut named = false;
    while at < limit.min(start + LONGEST) {
        let token = passage.reader.token(at)?;
        if at > start && token.gap >= Gap::Paragraph {
            break;
        }
        if let Some((after, ())) = passage.rules.speakers.at(passage.reader.tokens, at) {
            named = true;
            at = after;
            end = at;
            continue;
        }
        let is_verb = passage
            .rules
            .who
            .at(passage.reader.tokens, at)
            .is_some_and(|(_, who)| *who == Who::Before);
        if token.kind == Kind::Word && token.capital && !(is_verb && at > start) {
            named = true;
            at += 1;
            end = at;
            continue;
        }
        let joins = matches!(
            &*passage.word(at),
            "of" | "for" | "the" | "on" | "and" | "-" | "’s" | "'s" | "." | "&"
        ) && end == at
            && at > start
            && (token.mark != '.'
                || token.gap == Gap::None
                    && passage
                        .reader
                        .token(at + 1)
                        .is_some_and(|next| next.gap == Gap::None));
        let adjective = !named
            && loose
            && matches!(
                &*passage.word(at),
                "local"
                    | "state"
                    | "provincial"
                    | "national"
                    | "international"
                    | "regional"
                    | "health"
                    | "government"
                    | "latest"
                    | "official"
            );
        if joins {
            at += 1;
        } else if adjective {
            at += 1;
            end = at;
        } else {
            break;
        }
    }
    named.then_some(start..end)
}

/// The name that ends at a place: a known speaker, or capitals.
fn name_before(passage: &Passage<'_>, end: usize, limit: usize) -> Option<String> {
    let mut end = end;
    // "has", "have" and the noun of what it published: "the latest IOM survey estimates".
    while end > limit
        && matches!(
            &*passage.word(end - 1),
            "has"
                | "have"
                | "had"
                | "survey"
                | "report"
                | "figures"
                | "data"
                | "also"
                | "figure"
                | "it"
                | "which"
                | ","
                | "officials"
        )
    {
        if matches!(&*passage.word(end - 1), "it" | "which" | "officials") {
            break;
        }
        end -= 1;
    }
    let mut start = end;
    let mut named = false;
    while start > limit && end - start < LONGEST {
        let at = start - 1;
        let token = passage.reader.token(at)?;
        let speaker = (limit.max(at.saturating_sub(3))..=at).find(|first| {
            passage
                .rules
                .speakers
                .at(passage.reader.tokens, *first)
                .is_some_and(|(after, ())| after == start)
        });
        if let Some(first) = speaker {
            named = true;
            start = first;
        } else if token.kind == Kind::Word
            && token.capital
            && (!passage.reader.senses(at).stop || is_acronym(passage, at))
        {
            named = true;
            start = at;
        } else if named
            && matches!(
                &*passage.word(at),
                "of" | "for" | "on" | "’s" | "'s" | "-" | "." | "&"
            )
            && at > limit
            && passage
                .reader
                .token(at - 1)
                .is_some_and(|before| before.capital)
        {
            start = at;
        } else {
            break;
        }
    }
    if named {
        start = with_modifiers(passage, start, limit);
    }
    named.then(|| tidy(passage.text(&(start..end))))
}

/// "the disaster management agency": a common noun with the words before it, up to its article.
fn with_modifiers(passage: &Passage<'_>, start: usize, limit: usize) -> usize {
    let is_common = passage
        .reader
        .token(start)
        .is_some_and(|token| !token.capital);
    if !is_common {
        return start;
    }
    for at in (start.saturating_sub(4).max(limit)..start).rev() {
        let Some(token) = passage.reader.token(at) else {
            break;
        };
        if passage.reader.senses(at).article || &*passage.word(at) == "the" {
            return at + 1;
        }
        if token.kind != Kind::Word || passage.reader.senses(at).stop {
            break;
        }
    }
    start
}

/// "WHO", which is no "who".
fn is_acronym(passage: &Passage<'_>, at: usize) -> bool {
    let text = passage.text(&(at..at + 1));
    text.len() >= 2 && text.chars().all(|letter| letter.is_ascii_uppercase())
}

/// "(UNHCR)": capitals alone in brackets at the end of a sentence.
fn in_brackets(passage: &Passage<'_>, sentence: &Range<usize>) -> Option<String> {
    let close = (sentence.start..sentence.end)
        .rev()
        .take(3)
        .find(|at| passage.reader.is_mark(*at, &[')']))?;
    let name = close.checked_sub(1).filter(|at| *at > sentence.start)?;
    let text = passage.text(&(name..close));
    let is_short = text.len() >= 3 && text.chars().all(|letter| letter.is_ascii_uppercase());
    (is_short
        && passage.reader.is_mark(name - 1, &['('])
        && crate::vocabulary::organisation(text).is_ok())
    .then(|| text.to_owned())
}

fn tidy(name: &str) -> String {
    // "The UN refugee agency UNHCR" is UNHCR.
    let code = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.len() >= 3 && word.chars().all(|letter| letter.is_ascii_uppercase()))
        .find(|word| crate::vocabulary::organisation(word).is_ok());
    if let Some(code) = code {
        return code.to_owned();
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_end_matches(['.', ',', '-']);
    name.strip_suffix("'s")
        .or_else(|| name.strip_suffix("’s"))
        .unwrap_or(name)
        .to_owned()
}
