//! The last step: candidates from drafts, with what the document adds, and the numbers that no rule knew.

use std::ops::Range;

use super::passage::{Noun, Passage};
use super::{Draft, Given, confidence, place, quantity};
use crate::figure::{Breakdown, Measure, PlaceId, Unit};
use crate::text::candidate::{Candidate, Field};
use crate::text::code_points::CodePoints;
use crate::text::document::Document;
use crate::text::rules::Counted;
use crate::vocabulary;

/// Numbers that no rule knows a meaning for and that may count people all the same.
pub(super) fn others<'p>(
    passage: &'p Passage<'_>,
    points: &'p CodePoints<'_>,
    drafts: &'p [Draft],
) -> impl Iterator<Item = Candidate> + 'p {
    let is_read = |index: &usize| {
        drafts
            .binary_search_by_key(index, |draft| draft.mention)
            .is_ok()
    };
    let open = (0..passage.mentions.len()).filter(move |index| !is_read(index));
    open.filter_map(move |index| {
        let mention = &passage.mentions[index];
        let quantity = quantity(mention)?;
        let may_count = matches!(
            passage.counted(mention),
            Noun::None | Noun::Known(Counted::Persons | Counted::Households) | Noun::Perhaps
        ) && !mention.currency;
        let at = passage
            .sentences
            .partition_point(|sentence| sentence.end <= mention.tokens.start);
        let sentence = passage.sentences.get(at).filter(|_| may_count)?;
        let stretch = |tokens: &Range<usize>| points.stretch(passage.reader.bytes(tokens));
        Some(Candidate {
            number: stretch(&mention.tokens),
            text: passage.text(&mention.tokens).to_owned(),
            qualifier_text: mention
                .hedge
                .as_ref()
                .map(|(tokens, _)| passage.text(tokens).to_owned()),
            quantity,
            denied: false,
            indicator: None,
            unit: Unit::Persons,
            unit_text: mention
                .unit
                .as_ref()
                .map(|unit| passage.text(unit).to_owned()),
            measure: Measure::Stock,
            breakdown: Breakdown::all(),
            origin: None,
            location: None,
            within: None,
            since: None,
            period_start: None,
            period_end: None,
            claimant: None,
            relayed_by: Vec::new(),
            sentence: stretch(&with(sentence, &mention.tokens)),
            part_of: None,
            repeats: None,
            inherited: Vec::new(),
            unclear: Vec::new(),
            rules: Vec::new(),
            confidence: 0,
        })
    })
}

/// Houses, families and people: what a figure's unit is.
fn unit(draft: &Draft, currency: bool) -> Unit {
    if currency {
        return Unit::UsDollars;
    }
    match (draft.counted, draft.indicator.as_deref()) {
        (Some(counted), _) if counted != Counted::Persons => counted.unit(),
        (_, Some(code)) => {
            vocabulary::indicator(code).map_or(Unit::Persons, |indicator| indicator.unit)
        }
        _ => Unit::Persons,
    }
}

/// A sentence with all of a number, in the midst of which a very long one may have been cut.
fn with(sentence: &Range<usize>, number: &Range<usize>) -> Range<usize> {
    sentence.start.min(number.start)..sentence.end.max(number.end)
}

/// The candidate, with what the document adds.
pub(super) fn finished(
    passage: &Passage<'_>,
    points: &CodePoints<'_>,
    draft: &Draft,
    document: &Document,
    given: &Given,
    subject: Option<(&PlaceId, Option<bool>)>,
) -> Candidate {
    let mention = &passage.mentions[draft.mention];
    let reader = passage.reader;
    let stretch = |tokens: &Range<usize>| points.stretch(reader.bytes(tokens));
    let mut inherited = Vec::new();
    let mut place = draft.place.clone();
    let code = draft.indicator.clone().unwrap_or_default();
    // Who arrives in a country of which the text says nothing else arrives in that of its headline.
    let hosts = subject.is_some_and(|(_, hosts)| hosts.unwrap_or(code == "arrivals"));
    let subject = subject.map(|(place, _)| place);
    place::inherit(&mut place, &code, subject, hosts);
    if place.origin_inherited {
        inherited.push(Field::Origin);
    }
    if place.location_inherited {
        inherited.push(Field::Location);
    }
    if draft.from_before {
        inherited.push(Field::Indicator);
    }
    let claimant = draft.claimant.clone().or_else(|| {
        let known = given.claimant.clone().or_else(|| document.source.clone());
        if known.is_some() {
            inherited.push(Field::Claimant);
        }
        known
    });
    let relayed_by = if given.relayed_by.is_empty() {
        document
            .publisher
            .iter()
            .filter(|publisher| claimant.as_ref() != Some(publisher))
            .cloned()
            .collect()
    } else {
        given.relayed_by.clone()
    };
    inherited.sort_unstable();
    let unclear: Vec<Field> = [
        (Field::Origin, place.origin_several),
        (Field::Location, place.location_several),
        (Field::Period, draft.span.unclear),
        (Field::Number, mention.low_unclear),
    ]
    .into_iter()
    .filter_map(|(field, is_unclear)| is_unclear.then_some(field))
    .collect();
    let sentence = &passage.sentences[draft.sentence];
    let mut candidate = Candidate {
        number: stretch(&mention.tokens),
        text: passage.text(&mention.tokens).to_owned(),
        qualifier_text: mention
            .hedge
            .as_ref()
            .map(|(tokens, _)| passage.text(tokens).to_owned()),
        quantity: draft.quantity,
        denied: draft.denied,
        indicator: draft.indicator.clone(),
        unit: unit(draft, mention.currency),
        unit_text: mention
            .unit
            .as_ref()
            .map(|unit| passage.text(unit).to_owned()),
        measure: draft.measure,
        breakdown: draft.breakdown.clone(),
        origin: place.origin,
        location: place.location,
        within: place.within,
        since: draft.span.since,
        period_start: draft.span.start,
        period_end: draft.span.end,
        claimant,
        relayed_by,
        sentence: stretch(&with(sentence, &mention.tokens)),
        part_of: draft.part_of,
        repeats: draft.repeats,
        inherited,
        unclear,
        rules: draft.rules.clone(),
        confidence: 0,
    };
    candidate.confidence = confidence::of(draft, &candidate);
    candidate
}
