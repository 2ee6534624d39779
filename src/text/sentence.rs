//! Where sentences begin and end.

use std::ops::Range;

use super::quantity::Reader;
use super::token::{Gap, Kind};

/// Bytes of a line that is shorter than wrapped text is: its end ends a sentence.
const SHORT_LINE: usize = 48;

/// Tokens of the longest sentence: beyond it, text without full stops is cut, so that work stays linear.
const LONGEST: usize = 300;

/// Quotes and brackets that may stand behind a full stop.
const CLOSING: usize = 8;

/// The sentences of a text as ranges of tokens, in order, without gaps between them.
pub fn sentences(reader: Reader<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut first = 0;
    let mut line = 0;
    let mut wrapped = is_wrapped(reader, 0);
    for at in 1..reader.tokens.len() {
        let Some(token) = reader.token(at) else { break };
        let line_start = reader.token(line).map_or(0, |token| token.start);
        let before_end = reader.token(at - 1).map_or(0, |token| token.end);
        let ends = match token.gap {
            Gap::Paragraph => true,
            Gap::Line if !wrapped && before_end - line_start < SHORT_LINE => true,
            Gap::None => false,
            // An item of a list.
            Gap::Line
                if matches!(token.mark, '-' | '–' | '*')
                    && reader
                        .token(at + 1)
                        .is_some_and(|next| next.gap != Gap::None) =>
            {
                true
            }
            Gap::Line | Gap::Blank => ends_after(reader, at - 1) && begins(reader, at),
        } || matches!(token.mark, '•' | '◼' | '●' | '▪' | '■');
        if token.gap == Gap::Paragraph {
            wrapped = is_wrapped(reader, at);
        }
        if token.gap >= Gap::Line {
            line = at;
        }
        if ends || at - first >= LONGEST {
            out.push(first..at);
            first = at;
        }
    }
    if first < reader.tokens.len() {
        out.push(first..reader.tokens.len());
    }
    out
}

/// Whether the lines of the paragraph that begins at a token are of running text: one ends in a comma, or
/// the next goes on in lower case. Each paragraph is looked at once.
fn is_wrapped(reader: Reader<'_>, first: usize) -> bool {
    let lines = (first + 1..reader.tokens.len())
        .take_while(|at| {
            reader
                .token(*at)
                .is_some_and(|token| token.gap < Gap::Paragraph)
        })
        .filter(|at| {
            reader
                .token(*at)
                .is_some_and(|token| token.gap == Gap::Line)
        });
    let (mut all, mut running) = (0, 0);
    for at in lines {
        all += 1;
        let goes_on = reader
            .token(at)
            .is_some_and(|token| token.kind == Kind::Word && !token.capital);
        running += usize::from(goes_on || reader.is_mark(at - 1, &[',']));
    }
    running * 3 > all
}

/// Whether a sentence may end with a token: a full stop, with quotes or brackets behind it.
fn ends_after(reader: Reader<'_>, last: usize) -> bool {
    let mut at = last;
    // No more than a few: a page of brackets is no sentence.
    let least = last.saturating_sub(CLOSING);
    while reader.is_mark(at, &['”', '"', '’', ')', ']', '»', '\'']) && at > least {
        at -= 1;
    }
    if reader.is_mark(at, &['!', '?', '؟', '…']) {
        return true;
    }
    if !reader.is_mark(at, &['.']) {
        return false;
    }
    let Some(before) = at.checked_sub(1) else {
        return true;
    };
    let is_initial = reader.token(before).is_some_and(|token| {
        token.kind == Kind::Word && token.end - token.start == 1 && token.capital
    });
    !(reader.senses(before).abbreviation || is_initial)
}

/// Whether a sentence may begin with a token.
fn begins(reader: Reader<'_>, at: usize) -> bool {
    reader.token(at).is_some_and(|token| {
        token.capital
            || token.kind != Kind::Word
            || !reader.text[token.start..token.end]
                .chars()
                .any(char::is_lowercase)
    })
}
