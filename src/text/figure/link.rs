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
    if draft.place.origin.is_none() {
        draft.place.origin.clone_from(&like.place.origin);
    }
    if draft.place.location.is_none()
        && !super::place::crosses_borders(draft.indicator.as_deref().unwrap_or_default())
    {
        draft.place.location.clone_from(&like.place.location);
        draft.place.within.clone_from(&like.place.within);
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
