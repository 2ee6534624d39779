//! What kind of knowledge a number is, how it relates to time, and whom it speaks of.

use std::ops::Range;

use super::Draft;
use super::cue::Cued;
use super::passage::Passage;
use crate::figure::{Breakdown, Measure, Status};
use crate::text::quantity::Mention;
use crate::text::rules::{Link, Modality, Side};
use crate::vocabulary;

/// Words before a number in which its verb may be told as expected or estimated.
const BEFORE: usize = 9;
/// Words behind a noun in which it may be.
const BEHIND: usize = 5;

/// Sets the status and whether the text denies it.
pub(super) fn settle(
    passage: &Passage<'_>,
    sentence: &Range<usize>,
    extent: &Range<usize>,
    draft: &mut Draft,
) {
    let cue = &draft.cued.tokens;
    let ahead = extent.start.saturating_sub(BEFORE).max(sentence.start)..extent.start;
    let beside = match draft.cued.side {
        _ if draft.inherited_cue => None,
        Side::After => Some(extent.end..cue.end),
        Side::Before => Some(cue.start.saturating_sub(3).max(sentence.start)..cue.end),
        Side::Unit => Some(extent.end..(extent.end + BEHIND).min(sentence.end)),
    };
    // "will need help, down from 21.6 million": what it was before is neither expected nor planned.
    let number = passage.mentions[draft.mention].tokens.start;
    let is_earlier = passage
        .phrases(
            &passage.rules.links,
            &(number.saturating_sub(3).max(sentence.start)..number),
        )
        .iter()
        .any(|found| *found.means == Link::Same && found.tokens.end + 1 >= number);
    if is_earlier {
        return;
    }
    let mut status = None;
    let ahead = clause(passage, &ahead);
    // "Families who live near the volcanoes, in the west, may be evacuated": right before the verb, too.
    let verb = (draft.cued.side == Side::After && !draft.inherited_cue)
        .then(|| {
            clause(
                passage,
                &(cue.start.saturating_sub(3).max(extent.end)..cue.start),
            )
            .start
        })
        .map(|start| start..cue.end);
    let beside = beside
        .map(|window| until_mark(passage, &window))
        .filter(|window| {
            verb.as_ref()
                .is_none_or(|verb| window.end <= verb.start || window.end >= verb.end)
        });
    for window in std::iter::once(ahead).chain(beside).chain(verb) {
        for found in passage.phrases(&passage.rules.modality, &window) {
            // The month of May.
            if passage
                .dates_in(&found.tokens)
                .iter()
                .any(|date| date.first == found.tokens.start)
            {
                continue;
            }
            match found.means {
                Modality::Denied => draft.denied = true,
                Modality::Status(found) => status = stronger(status, *found),
            }
        }
    }
    let cue_status = passage.rules.cues[draft.cued.cue].status;
    let status = match (status, cue_status) {
        (Some(said), Some(usual)) => stronger(Some(said), usual),
        (said, usual) => said.or(usual),
    };
    if let Some(status) = status {
        let own = draft.quantity.status;
        draft.quantity.status = stronger(Some(own), status).unwrap_or(status);
    }
}

/// A projection says more than an estimate.
fn stronger(known: Option<Status>, found: Status) -> Option<Status> {
    let rank = |status: Status| match status {
        Status::Planned => 4,
        Status::Projected => 3,
        Status::Provisional => 2,
        Status::Estimated => 1,
        Status::Observed => 0,
    };
    known
        .filter(|known| rank(*known) >= rank(found))
        .or(Some(found))
}

/// The part of a window behind its last comma, colon or "and".
fn clause(passage: &Passage<'_>, window: &Range<usize>) -> Range<usize> {
    let start = window
        .clone()
        .rev()
        .find(|at| {
            passage.reader.is_mark(*at, &[',', ';', ':', '(', '—', '–'])
                || passage
                    .rules
                    .clause
                    .at(passage.reader.tokens, *at)
                    .is_some()
                || passage.reader.senses(*at).and
        })
        .map_or(window.start, |at| at + 1);
    start..window.end
}

/// The part of a window before its first comma or full stop.
fn until_mark(passage: &Passage<'_>, window: &Range<usize>) -> Range<usize> {
    let end = window
        .clone()
        .find(|at| passage.reader.is_mark(*at, &[',', ';', '.', '(', '—']))
        .unwrap_or(window.end);
    window.start..end.max(window.start)
}

/// How a number relates to time.
pub(super) fn measure(
    passage: &Passage<'_>,
    sentence: &Range<usize>,
    window: &Range<usize>,
    draft: &Draft,
) -> Measure {
    let cue = &passage.rules.cues[draft.cued.cue];
    let usual = cue.measure.or_else(|| {
        draft
            .indicator
            .as_deref()
            .and_then(|code| vocabulary::indicator(code).ok())
            .map(|indicator| indicator.measure)
    });
    // The nearest words speak of it: "since January 1,200 were killed, 300 of them in the past 24 hours".
    let number = &passage.mentions[draft.mention].tokens;
    let said = passage
        .phrases(&passage.rules.measure, window)
        .into_iter()
        .filter(|found| found.tokens.start >= sentence.start)
        .min_by_key(|found| {
            let behind = found.tokens.start >= number.end;
            let far = if behind {
                found.tokens.start - number.end
            } else {
                number.start.saturating_sub(found.tokens.end) + 2
            };
            // "have been killed" says less of time than "in the past 24 hours".
            let plain = *found.means == Measure::Cumulative;
            far + if plain { 6 } else { 0 }
        })
        .map(|found| (*found.means, found.tokens.start >= number.end));
    let is_own = said.is_some_and(|(_, behind)| behind);
    match (said.map(|(means, _)| means), usual) {
        // The day that others count from is not that of this one.
        (Some(Measure::Flow), _) if is_own => Measure::Flow,
        _ if draft.span.since.is_some() || draft.span.since_unclear => Measure::Cumulative,
        (Some(Measure::Flow), _) => Measure::Flow,
        (Some(said), Some(Measure::Cumulative | Measure::Flow) | None) => said,
        (Some(Measure::Cumulative), Some(Measure::Stock)) => Measure::Stock,
        (_, usual) => usual.unwrap_or(Measure::Stock),
    }
}

/// Whom a number speaks of: by its noun, by a noun before its cue, or by "were children" behind it.
pub(super) fn breakdown(
    passage: &Passage<'_>,
    window: &Range<usize>,
    mention: &Mention,
    cued: &Cued,
) -> Breakdown {
    let extent = passage.extent(mention);
    let mut within = vec![extent.clone()];
    if cued.side == Side::Before && cued.tokens.start >= window.start {
        within.push(cued.tokens.start.saturating_sub(2).max(window.start)..cued.tokens.end);
    }
    let behind = extent.end..(extent.end + 3).min(window.end);
    let says_were = matches!(
        &*passage.word(behind.start),
        "were" | "are" | "was" | "is" | "of"
    );
    if says_were {
        within.push(behind);
    }
    let mut out = Breakdown::all();
    for tokens in within {
        for found in passage.phrases(&passage.rules.people, &tokens) {
            for (dimension, code) in found.means.iter() {
                if out.get(dimension).is_none() {
                    out = out.with(dimension, code);
                }
            }
        }
    }
    out
}
