//! Which numbers are parts of others, and which say the same once more.

use std::ops::Range;

use super::Draft;
use super::passage::Passage;
use crate::figure::Measure;
use crate::text::quantity::Mention;
use crate::text::rules::Link;

/// Words between two numbers of one list.
const NEAR: usize = 24;

/// Whether a number goes on with what the one before it counts: "including 3.2 million to Poland".
pub(super) fn is_list(passage: &Passage<'_>, previous: &Draft, index: usize) -> bool {
    let before = passage.extent(&passage.mentions[previous.mention]);
    let this = passage.extent(&passage.mentions[index]);
    let between = before.end..this.start;
    if between.len() > NEAR {
        return false;
    }
    let linked = !passage.phrases(&passage.rules.links, &between).is_empty();
    let joined = between.clone().any(|at| {
        passage.reader.senses(at).and
            || passage.reader.senses(at).to
            || passage.reader.is_mark(at, &[',', '(', ';', ':'])
    });
    linked || joined
}

/// Whether a sentence begins by speaking of the one before: "Of these, 838 ...".
pub(super) fn begins_with_part(
    passage: &Passage<'_>,
    sentence: &Range<usize>,
    mention: &Mention,
) -> bool {
    let extent = passage.extent(mention);
    // "Seven women and seven children were among them."
    let around = sentence.start..(extent.end + 7).min(sentence.end);
    passage
        .phrases(&passage.rules.links, &around)
        .iter()
        .any(|found| {
            *found.means == Link::Part
                || *found.means == Link::Again && found.tokens.end <= extent.start
        })
}

/// Settles how a sum and the number that came last to it relate to time: the one is what there was to that day,
/// the other only what was added.
pub(super) fn sum(passage: &Passage<'_>, drafts: &mut [Draft], draft: &mut Draft) {
    if draft.span.since.is_some() {
        draft.measure = Measure::Cumulative;
    } else if draft.measure == Measure::Flow {
        let usual = passage.rules.cues[draft.cued.cue].measure;
        draft.measure = match usual {
            Some(Measure::Cumulative | Measure::Flow) => Measure::Cumulative,
            Some(Measure::Stock) | None => Measure::Stock,
        };
    }
    draft.rules.push("sum".to_owned());
    if let Some(last) = drafts
        .last_mut()
        .filter(|last| last.sentence == draft.sentence && last.indicator == draft.indicator)
    {
        last.measure = Measure::Flow;
        last.span.since = None;
    }
}

/// Which numbers of a sentence do not count from the first day that stands in it, as it is that of a later one:
/// of two numbers of the same thing, only the nearer can be the one since that day. `end` is the number after
/// the last of the sentence.
pub(super) fn without_first_day(passage: &Passage<'_>, end: usize, drafts: &[Draft]) -> Vec<usize> {
    let is_without = |index: &usize| {
        let draft = &drafts[*index];
        let Some(since) = draft.span.since_at.filter(|_| draft.span.since.is_some()) else {
            return false;
        };
        let is_between = |mention: usize| passage.mentions[mention].tokens.end <= since;
        let before = passage.extent(&passage.mentions[draft.mention]).end;
        let is_summed = || {
            let mut later = draft.mention + 1..end;
            later.any(|later| {
                passage
                    .sum_words(before, later)
                    .is_some_and(|words| words < since)
            })
        };
        drafts[index + 1..]
            .iter()
            .any(|later| is_between(later.mention) && is_said_again(passage, draft, later))
            || is_summed()
    };
    (0..drafts.len()).filter(is_without).collect()
}

/// Whether a later number is of the same people at the same place, told by words of its own.
fn is_said_again(passage: &Passage<'_>, draft: &Draft, later: &Draft) -> bool {
    let agrees = |a: &Option<crate::figure::PlaceId>, b: &Option<crate::figure::PlaceId>| {
        a == b || a.is_none() || b.is_none()
    };
    let (one, other) = (&draft.place, &later.place);
    // "12 men and 30 women were killed": one predicate of both.
    let is_shared = later.cued.tokens == draft.cued.tokens
        && passage.mentions[later.mention].tokens.end <= later.cued.tokens.start;
    !is_shared
        && !later.inherited_cue
        && later.part_of.is_none()
        && later.indicator == draft.indicator
        && later.breakdown == draft.breakdown
        && later.measure == Measure::Cumulative
        && agrees(&one.origin, &other.origin)
        && agrees(&one.location, &other.location)
        && one.within == other.within
}

/// Finds the whole that a number is a part of, and takes from it what the part does not say.
pub(super) fn parts(
    passage: &Passage<'_>,
    drafts: &[Draft],
    first_of_sentence: usize,
    draft: &mut Draft,
) {
    let this = passage.extent(&passage.mentions[draft.mention]);
    let Some(last) = drafts.last() else { return };
    let same_sentence = drafts.len() > first_of_sentence;
    let last_end = passage.extent(&passage.mentions[last.mention]).end;
    let sentence = &passage.sentences[draft.sentence];
    let around = if same_sentence {
        last_end..(this.end + 4).min(sentence.end)
    } else {
        sentence.start..(this.end + 4).min(sentence.end)
    };
    let says_part = passage
        .phrases(&passage.rules.links, &around)
        .iter()
        .any(|found| *found.means == Link::Part);
    let between = last_end..this.start.max(last_end);
    let in_brackets = same_sentence
        && between.clone().any(|at| {
            // "1,335 casualties: 474 killed and 861 injured".
            let opens_parts = last.indicator.as_deref() == Some("casualties")
                && passage.reader.is_mark(at, &[':']);
            opens_parts || passage.reader.is_mark(at, &['('])
        })
        && !between.clone().any(|at| passage.reader.is_mark(at, &[')']));
    let within_brackets = same_sentence
        && last.part_of.is_some()
        && !(last_end..this.start).any(|at| passage.reader.is_mark(at, &[')', '.']));
    let near = same_sentence || (last.sentence + 1 == draft.sentence);
    let candidate = if within_brackets {
        last.part_of
    } else if near && (says_part || in_brackets) {
        (0..drafts.len())
            .rev()
            .take_while(|index| drafts[*index].sentence + 1 >= draft.sentence)
            .find(|index| drafts[*index].part_of.is_none())
    } else {
        None
    };
    let size = |draft: &Draft| draft.quantity.value.or(draft.quantity.high);
    let whole = candidate.filter(|index| size(&drafts[*index]) >= size(draft));
    draft.part_of = whole;
    let like = whole.or_else(|| (same_sentence && draft.inherited_cue).then(|| drafts.len() - 1));
    if let Some(like) = like.and_then(|index| drafts.get(index)) {
        follow(draft, like, whole.is_some());
    }
    if whole.is_some() {
        draft.rules.push("part".to_owned());
    }
}

/// A part speaks of the same people as its whole, where it does not say otherwise.
fn follow(draft: &mut Draft, like: &Draft, is_part: bool) {
    if draft.inherited_cue {
        draft.indicator.clone_from(&like.indicator);
        draft.measure = like.measure;
        if draft.counted.is_none() {
            draft.counted = like.counted;
        }
    }
    let place = &mut draft.place;
    if place.origin.is_none() && !place.origin_several {
        place.origin.clone_from(&like.place.origin);
        place.origin_several = like.place.origin_several;
    }
    if place.location.is_none()
        && !place.location_several
        && !super::place::crosses_borders(draft.indicator.as_deref().unwrap_or_default())
    {
        place.location.clone_from(&like.place.location);
        place.within.clone_from(&like.place.within);
        place.location_several = like.place.location_several;
    }
    if draft.breakdown.is_all() && is_part {
        draft.breakdown.clone_from(&like.breakdown);
    }
    if draft.span.since.is_none() && is_part && draft.measure != Measure::Flow {
        draft.span.since = like.span.since;
        if draft.span.since.is_some() {
            draft.measure = like.measure;
        }
    }
    if draft.span.end.is_none() && is_part {
        draft.span.end = like.span.end;
    }
    if draft.claimant.is_none() {
        draft.claimant.clone_from(&like.claimant);
    }
}

/// Marks candidates that say what an earlier one said.
pub(super) fn repeats(drafts: &mut [Draft]) {
    for index in 1..drafts.len() {
        let (before, rest) = drafts.split_at_mut(index);
        let this = &mut rest[0];
        let from = index.saturating_sub(200);
        this.repeats = (from..index).find(|earlier| {
            let other = &before[*earlier];
            let agrees = |a: &Option<crate::figure::PlaceId>,
                          b: &Option<crate::figure::PlaceId>| {
                a == b || a.is_none() || b.is_none()
            };
            other.repeats.is_none()
                && other.quantity.value == this.quantity.value
                && other.quantity.low == this.quantity.low
                && other.quantity.high == this.quantity.high
                && other.indicator == this.indicator
                && agrees(&other.place.origin, &this.place.origin)
                && agrees(&other.place.location, &this.place.location)
                && this.quantity.value.is_none_or(|value| value >= 100)
        });
    }
}
