//! The days that a number speaks of, resolved into the past of its publication.

use std::ops::Range;

use chrono::{Datelike as _, Days, NaiveDate};

use super::passage::{Passage, Scene};
use crate::text::date::{DateMention, When};

/// The days of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) since: Option<NaiveDate>,
    pub(super) start: Option<NaiveDate>,
    pub(super) end: Option<NaiveDate>,
}

/// How the words before a date use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Since,
    AsOf,
    Within,
}

/// The days of a number: of the dates of its sentence, those nearest to it.
pub(super) fn of(
    passage: &Passage<'_>,
    scene: &Scene<'_>,
    number: &Range<usize>,
    published: Option<NaiveDate>,
) -> Span {
    let mut out = Span::default();
    let mut nearest = [usize::MAX; 3];
    for date in passage.dates_in(&scene.sentence) {
        let Some((how, (start, end))) = used(passage, date, published) else {
            continue;
        };
        let far = if date.first >= number.end {
            date.first - number.end
        } else {
            number.start.saturating_sub(date.end) + 2
        };
        let slot = &mut nearest[how as usize];
        if far >= *slot {
            continue;
        }
        *slot = far;
        match how {
            Use::Since => out.since = Some(start),
            Use::AsOf => {
                out.end = Some(end);
                if nearest[Use::Within as usize] == usize::MAX {
                    out.start = None;
                }
            }
            Use::Within => {
                if nearest[Use::AsOf as usize] == usize::MAX {
                    (out.start, out.end) = (Some(start), Some(end));
                }
            }
        }
    }
    out.end = out
        .end
        .filter(|end| out.since.is_none_or(|since| since <= *end));
    // "8 March to midnight on 7 March": days that contradict each other say nothing.
    if out
        .start
        .zip(out.end)
        .is_some_and(|(start, end)| start > end)
    {
        (out.start, out.end) = (None, None);
    }
    if out == Span::default() {
        out = lately(scene, published).unwrap_or(out);
    }
    out
}

/// The days of "the last two months", where the sentence has them.
pub(super) fn lately(scene: &Scene<'_>, published: Option<NaiveDate>) -> Option<Span> {
    let (days, end) = (scene.last_days?, published?);
    Some(Span {
        since: None,
        start: end.checked_sub_days(Days::new(days.saturating_sub(1))),
        end: Some(end),
    })
}

/// "over the last two months", "in the past 24 hours": how many days.
pub(super) fn last_days(passage: &Passage<'_>, sentence: &Range<usize>) -> Option<u64> {
    sentence.clone().find_map(|at| {
        if !matches!(&*passage.word(at), "last" | "past" | "previous") {
            return None;
        }
        let number = passage.reader.number(at + 1);
        let (count, next) = match number {
            Some(number) => (number.value()?.to_whole()?, number.end),
            None => (1, at + 1),
        };
        let unit = match &*passage.word(next) {
            "day" | "days" => 1,
            "week" | "weeks" => 7,
            "month" | "months" => 30,
            "hours" => return u64::try_from(count).ok().map(|hours| hours.div_ceil(24)),
            _ => return None,
        };
        u64::try_from(count)
            .ok()?
            .checked_mul(unit)
            .filter(|days| *days < 4000)
    })
}

/// What a date means beside its words: how it is used, its first and its last day.
fn used(
    passage: &Passage<'_>,
    date: &DateMention,
    published: Option<NaiveDate>,
) -> Option<(Use, (NaiveDate, NaiveDate))> {
    let (start, end) = date.from.resolve(published)?;
    let mut days = (start, end);
    if let Some(to) = date.to {
        // What may not have come yet is of the year before, but not where it ends what began since.
        let last = to.resolve(published).filter(|(_, last)| *last >= start);
        if let Some(last) = last.or_else(|| to.resolve_after(start)) {
            days.1 = last.1;
        }
    }
    let before = |back: usize| {
        date.first
            .checked_sub(back)
            .map(|at| passage.word(at))
            .unwrap_or_default()
    };
    let (one, two, three) = (before(1), before(2), before(3));
    // "early August", "mid-2019", "the end of 2015".
    let mut word = one.clone();
    let mut ahead = two.clone();
    if matches!(&*one, "early" | "mid" | "late") || (one == "-" && two == "mid") {
        let part = if one == "-" { &two } else { &one };
        days = part_of(part, days, matches!(date.from, When::Year(_)));
        (word, ahead) = if one == "-" {
            (three.clone(), before(4))
        } else {
            (two.clone(), three.clone())
        };
    } else if one == "of" && matches!(&*two, "end" | "start" | "beginning" | "close") {
        let day = if matches!(&*two, "end" | "close") {
            days.1
        } else {
            days.0
        };
        days = (day, day);
        (word, ahead) = (three.clone(), before(4));
        if word == "the" {
            (word, ahead) = (before(4), before(5));
        }
        if matches!(&*two, "end" | "close") && !matches!(&*word, "since" | "from") {
            return Some((Use::AsOf, days));
        }
    }
    // "from 4 a.m. on 24 February", "since fighting broke out on 15 April", "to midnight on 7 March".
    if word == "on" {
        let at = date.first.saturating_sub(1);
        word = said_further_ahead(passage, at).unwrap_or(word);
    }
    let how = match &*word {
        "since" => Use::Since,
        "of" | "at" if ahead == "as" => Use::AsOf,
        "by" | "until" | "till" | "to" | "through" => Use::AsOf,
        "from" if date.to.is_none() => Use::Since,
        _ => Use::Within,
    };
    Some((how, days))
}

/// The word that uses a date whose "on" stands at a place: over a time of day, or over a few words to "since".
fn said_further_ahead(passage: &Passage<'_>, on: usize) -> Option<String> {
    let mut time_only = true;
    for at in (on.saturating_sub(8)..on).rev() {
        let token = passage.reader.token(at)?;
        let word = passage.word(at);
        if word == "since" {
            return Some(word);
        }
        if time_only && matches!(&*word, "from" | "to" | "until" | "by") {
            return Some(word);
        }
        if matches!(token.mark, ',' | ';' | '(' | ')') {
            return None;
        }
        let is_time = token.kind != crate::text::token::Kind::Word
            || matches!(
                &*word,
                "a" | "p"
                    | "m"
                    | "am"
                    | "pm"
                    | "midnight"
                    | "noon"
                    | "hours"
                    | "hrs"
                    | "gmt"
                    | "local"
                    | "time"
            );
        time_only &= is_time;
    }
    None
}

/// A third of a month or a year.
fn part_of(part: &str, (start, end): (NaiveDate, NaiveDate), year: bool) -> (NaiveDate, NaiveDate) {
    let month = |number: u32| NaiveDate::from_ymd_opt(start.year(), number, 1).unwrap_or(start);
    let day = |number: u32| start.with_day(number).unwrap_or(start);
    match (part, year) {
        ("early", false) => (start, day(10)),
        ("mid", false) => (day(11), day(20)),
        ("late", false) => (day(21), end),
        ("early", true) => (start, month(5).pred_opt().unwrap_or(end)),
        ("mid", true) => (month(5), month(9).pred_opt().unwrap_or(end)),
        ("late", true) => (month(9), end),
        _ => (start, end),
    }
}
