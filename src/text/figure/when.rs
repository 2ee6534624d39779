//! The days that a number speaks of, resolved into the past of its publication.

use std::ops::Range;

use chrono::{Datelike as _, Days, NaiveDate};

use super::passage::{Passage, Scene};
use crate::figure::Status;
use crate::text::date::{DateMention, When};

/// The days of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) since: Option<NaiveDate>,
    pub(super) start: Option<NaiveDate>,
    pub(super) end: Option<NaiveDate>,
    /// The token of the date that `since` is.
    pub(super) since_at: Option<usize>,
    /// The first day of the last date among the days.
    last_begins: Option<NaiveDate>,
    /// Set where the text gives a first day, or days, and it is open which.
    pub(super) since_unclear: bool,
    pub(super) unclear: bool,
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
        let Some((how, days)) = used(passage, date, published) else {
            continue;
        };
        let (start, end) = (days.map(|days| days.start), days.map(|days| days.end));
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
            Use::Since => {
                (out.since, out.since_at) = (start, Some(date.first));
                out.since_unclear = days.is_none();
            }
            Use::AsOf => {
                out.end = end;
                out.last_begins = days.map(|days| days.last_begins);
                out.unclear |= days.is_none();
                if nearest[Use::Within as usize] == usize::MAX {
                    out.start = None;
                }
            }
            Use::Within => {
                if nearest[Use::AsOf as usize] == usize::MAX {
                    (out.start, out.end) = (start, end);
                    out.last_begins = days.map(|days| days.last_begins);
                    out.unclear = days.is_none();
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
        start: end.checked_sub_days(Days::new(days.saturating_sub(1))),
        end: Some(end),
        ..Span::default()
    })
}

/// Holds the days of what was observed against the day of publication: a date behind it is doubtful, and of a
/// month that is not over, what is told are the days until then.
pub(super) fn settle(span: &mut Span, status: Status, published: Option<NaiveDate>) {
    let is_to_come = matches!(status, Status::Projected | Status::Planned);
    let Some(published) = published.filter(|_| !is_to_come) else {
        return;
    };
    if span.since.is_some_and(|since| since > published) {
        (span.since, span.since_unclear) = (None, true);
    }
    if span.last_begins.is_some_and(|day| day > published) {
        span.unclear = true;
    } else if span.start.is_none_or(|start| start <= published) {
        span.end = span.end.map(|end| end.min(published));
    }
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

/// What a date means: its first and its last day, and the first day of what it ends with.
#[derive(Debug, Clone, Copy)]
struct Meant {
    start: NaiveDate,
    end: NaiveDate,
    last_begins: NaiveDate,
}

/// How a date is used by the words beside it, and its days; these are none where they may be read in two ways.
fn used(
    passage: &Passage<'_>,
    date: &DateMention,
    published: Option<NaiveDate>,
) -> Option<(Use, Option<Meant>)> {
    let is_unclear = date.from.is_unclear();
    let (start, end) = if is_unclear {
        // How it is used is asked for all the same.
        (NaiveDate::MIN, NaiveDate::MIN)
    } else {
        date.from.resolve(published)?
    };
    let mut days = (start, end);
    let mut last_begins = start;
    if let Some(to) = date.to {
        // What may not have come yet is of the year before, but not where it ends what began since.
        let last = to.resolve(published).filter(|(_, last)| *last >= start);
        if let Some(last) = last.or_else(|| to.resolve_after(start)) {
            (last_begins, days.1) = last;
        }
    }
    let meant = |(start, end): (NaiveDate, NaiveDate)| {
        let last_begins = last_begins.max(start);
        (!is_unclear).then_some(Meant {
            start,
            end,
            last_begins,
        })
    };
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
            return Some((Use::AsOf, meant(days)));
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
    Some((how, meant(days)))
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
