//! Where people come from, and where they are.

use std::ops::Range;

use super::passage::{Found, Passage, Scene};
use super::several;
use crate::figure::PlaceId;
use crate::text::places::{By, Named};
use crate::text::rules::Toward;

/// Where a number's people come from and are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Where {
    pub(super) origin: Option<PlaceId>,
    pub(super) location: Option<PlaceId>,
    /// The narrower place that is named for the location.
    pub(super) within: Option<String>,
    /// The country that speaks, which may be where it happened: "Malta says that 12 drowned".
    pub(super) speaker: Option<PlaceId>,
    /// Set where the text says that they are abroad, without a name.
    pub(super) abroad: bool,
    /// Set where the places are those of the document or of an earlier sentence.
    pub(super) origin_inherited: bool,
    pub(super) location_inherited: bool,
    /// Set where it is of the people of several countries together, or of several places together.
    pub(super) origin_several: bool,
    pub(super) location_several: bool,
}

/// Whose people leave a country: their origin and their location are two places.
pub(super) fn crosses_borders(indicator: &str) -> bool {
    matches!(
        indicator,
        "refugees"
            | "asylum_seekers"
            | "refugees_and_migrants"
            | "border_crossings"
            | "arrivals"
            | "other_in_need_of_protection"
            | "resettlement"
    )
}

/// Whose people are within their own country.
fn is_internal(indicator: &str) -> bool {
    matches!(
        indicator,
        "idps" | "idp_returns" | "returnees" | "internal_displacements" | "refugee_returns"
    )
}

/// The places of a number. `window` is what speaks of this number rather than of its neighbours.
pub(super) fn of(
    passage: &Passage<'_>,
    scene: &Scene<'_>,
    window: &Range<usize>,
    number: &Range<usize>,
    indicator: &str,
) -> Where {
    let mut out = Where::default();
    let (sentence, toward) = (&scene.sentence, &scene.toward);
    let names: Vec<&Found<&Named>> = passage.names_in(sentence).collect();
    let distance = |name: &Found<&Named>| {
        let far = if name.tokens.start >= number.end {
            name.tokens.start - number.end
        } else {
            (number.start + 3).saturating_sub(name.tokens.end)
        };
        // A name beside another number speaks of that one.
        far + if window.contains(&name.tokens.start) {
            0
        } else {
            12
        }
    };
    let mut best_origin: Option<(usize, &Found<&Named>)> = None;
    let mut best_location: Option<(usize, &Found<&Named>)> = None;
    let next = window.end;
    for name in &names {
        // What stands behind the next number speaks of that one, and so does what stands right before it
        // in a clause of its own: "Uganda (1.5 million), Pakistan (1.5 million)".
        if name.tokens.start >= next && next < sentence.end
            || leads_next(passage, name, number.end, next, sentence.end)
        {
            continue;
        }
        let speaks = matches!(
            &*passage.word(name.tokens.end),
            "say" | "says" | "said" | "claims" | "claimed" | "denied" | "denies" | "insists"
        );
        if speaks && name.tokens.end <= number.start && !crosses_borders(indicator) {
            out.speaker = Some(name.means.place.clone());
            continue;
        }
        let far = distance(name);
        let relation = relation(passage, toward, name);
        // "The United States has given $32 million": a donor is no place.
        if indicator == "funding_received" && relation.is_none() && name.tokens.end <= number.start
        {
            continue;
        }
        match relation {
            Some(Toward::From) => {
                if best_origin.is_none_or(|(known, _)| far < known) {
                    best_origin = Some((far, name));
                }
            }
            relation => {
                let far = far + if relation.is_some() { 0 } else { 4 };
                // "arrived on the Greek islands".
                let is_land = name.means.by == By::People
                    && crosses_borders(indicator)
                    && !is_people_noun(passage, name)
                    && is_reached(passage, name);
                if name.means.by == By::People && !is_land {
                    let within_unit = number.contains(&name.tokens.start);
                    let far = if within_unit { 0 } else { far + 6 };
                    if (crosses_borders(indicator) || within_unit)
                        && best_origin.is_none_or(|(known, _)| far < known)
                        && (within_unit || is_people_noun(passage, name))
                    {
                        best_origin = Some((far, name));
                    }
                } else if best_location.is_none_or(|(known, _)| far < known) {
                    best_location = Some((far, name));
                }
            }
        }
    }
    let list = |name| several::list(passage, toward, &names, name, &(number.end..next));
    if let Some((_, name)) = best_origin.filter(|(_, name)| name.means.by != By::Region) {
        out.origin_several = several::places(&list(name)) > 1;
        out.origin = (!out.origin_several).then(|| name.means.place.clone());
    }
    if let Some((_, name)) = best_location {
        let list = list(name);
        out.location_several = several::places(&list) > 1;
        out.location = (!out.location_several).then(|| name.means.place.clone());
        let area = if name.means.by == By::Within {
            // "in Sindh and Punjab" is of both.
            Some(several::extent(&list).unwrap_or_else(|| name.tokens.clone()))
        } else {
            area_beside(passage, &names, name).map(|area| area.tokens.clone())
        };
        out.within = area
            .filter(|_| !out.location_several)
            .map(|area| passage.text(&area).to_owned());
    }
    out.abroad = !passage
        .phrases(&passage.rules.abroad, &(number.start..window.end))
        .is_empty();
    settle(&names, &mut out, indicator);
    out
}

/// The area of a country that its name stands beside: "in Sindh, Pakistan", "Pakistan's Sindh province".
fn area_beside<'p>(
    passage: &Passage<'_>,
    names: &[&'p Found<&'p Named>],
    country: &Found<&Named>,
) -> Option<&'p Found<&'p Named>> {
    let is_joint =
        |at: usize| passage.reader.is_mark(at, &[',', '(']) || passage.reader.senses(at).of;
    names.iter().copied().find(|area| {
        let between = if area.tokens.end <= country.tokens.start {
            area.tokens.end..country.tokens.start
        } else if passage.text(&country.tokens).ends_with('s') {
            // "Pakistan's Sindh" and no more: "Pakistan, Sindh" may be a list.
            country.tokens.end..area.tokens.start
        } else {
            return false;
        };
        area.means.by == By::Within
            && area.means.place == country.means.place
            && between.len() <= 1
            && between.into_iter().all(is_joint)
    })
}

/// Whether a name stands right before the next number, parted from this one.
pub(super) fn leads_next(
    passage: &Passage<'_>,
    name: &Found<&Named>,
    end: usize,
    next: usize,
    limit: usize,
) -> bool {
    if next >= limit || name.tokens.start < end || name.tokens.end > next {
        return false;
    }
    let parts = |at: usize| {
        passage.reader.is_mark(at, &[',', ';', ')', ':'])
            || passage.reader.senses(at).and
            || passage.rules.clause.at(passage.reader.tokens, at).is_some()
    };
    let beside = (name.tokens.end..next).all(|at| passage.reader.is_mark(at, &['(', ',', ':']));
    beside && (end..name.tokens.start).any(parts)
}

/// What the indicator makes of the places that were found.
fn settle(names: &[&Found<&Named>], out: &mut Where, indicator: &str) {
    let people = || {
        names
            .iter()
            .find(|name| name.means.by == By::People)
            .map(|name| name.means.place.clone())
    };
    if crosses_borders(indicator) {
        if out.abroad && out.origin.is_none() {
            out.origin = out.location.take();
            out.origin_several |= std::mem::take(&mut out.location_several);
        }
        if out.location == out.origin || out.abroad {
            out.location = None;
            out.within = None;
        }
        return;
    }
    if out.location_several || out.location.is_none() && out.origin_several {
        // Where they are displaced they come from; elsewhere, where it happened counts.
        let is_home = is_internal(indicator) || indicator == "displaced";
        out.origin_several = is_home && out.origin.is_none();
        out.location_several = true;
        return;
    }
    if is_internal(indicator) {
        let place = out
            .location
            .clone()
            .or_else(|| out.origin.clone())
            .or_else(people);
        out.origin.clone_from(&place);
        if out.location.is_none() {
            out.location = place;
        }
        return;
    }
    if indicator == "displaced" || indicator == "evacuated" {
        if out.abroad {
            out.location = None;
            out.within = None;
        } else if out.location.is_none() {
            out.location.clone_from(&out.origin);
        }
        if out.origin.is_none() && indicator == "displaced" {
            out.origin.clone_from(&out.location);
        }
        return;
    }
    // Of casualties and needs, the place where it happened counts; a people's name tells it too.
    if out.location.is_none() {
        out.location = out.origin.take().or_else(people);
    } else if out.origin == out.location {
        out.origin = None;
    }
}

/// Whether a preposition of place stands before a name: "on the Greek islands".
fn is_reached(passage: &Passage<'_>, name: &Found<&Named>) -> bool {
    let word = |back: usize| {
        name.tokens
            .start
            .checked_sub(back)
            .map(|at| passage.word(at))
            .unwrap_or_default()
    };
    let at = if &*word(1) == "the" { word(2) } else { word(1) };
    matches!(&*at, "on" | "in" | "at" | "to" | "into" | "onto")
}

/// Whether a people's name stands for people: "Syrians", "Rohingya women".
fn is_people_noun(passage: &Passage<'_>, name: &Found<&Named>) -> bool {
    let next = passage.reader.token(name.tokens.end);
    passage.text(&name.tokens).ends_with('s')
        || next.is_some_and(|token| passage.rules.counted.contains_key(&token.spelling))
}

/// How the words beside a name speak of it.
pub(super) fn relation(
    passage: &Passage<'_>,
    toward: &[Found<&Toward>],
    name: &Found<&Named>,
) -> Option<Toward> {
    // "hosts" stands behind the name, the others before it, perhaps with adjectives between.
    let behind = toward.iter().find(|phrase| {
        *phrase.means == Toward::Host
            && phrase.tokens.start >= name.tokens.end
            && phrase.tokens.start - name.tokens.end <= 1
    });
    if behind.is_some() {
        return Some(Toward::Host);
    }
    let mut start = name.tokens.start;
    for _ in 0..3 {
        let Some(before) = start.checked_sub(1) else {
            break;
        };
        let is_adjective = passage
            .rules
            .place_adjectives
            .at(passage.reader.tokens, before)
            .is_some_and(|(end, ())| end == start);
        // "from Syria, Iraq and Yemen".
        let is_list = passage.reader.is_mark(before, &[',']) || passage.reader.senses(before).and;
        if is_adjective {
            start = before;
        } else if let Some(other) = listed_start(passage, before).filter(|_| is_list) {
            start = other;
        } else {
            break;
        }
    }
    toward
        .iter()
        .find(|phrase| *phrase.means != Toward::Host && phrase.tokens.end == start)
        .map(|phrase| *phrase.means)
}

/// The first token of a name that stands right before a comma or an "and".
fn listed_start(passage: &Passage<'_>, joint: usize) -> Option<usize> {
    let index = passage
        .names
        .partition_point(|name| name.tokens.end <= joint)
        .checked_sub(1)?;
    let name = passage.names.get(index)?;
    (name.tokens.end + 1 >= joint).then_some(name.tokens.start)
}

/// The country that a document is about: of its metadata, its headline, or the one that its first
/// paragraphs name most.
pub(super) fn subject(
    passage: &Passage<'_>,
    title: &[PlaceId],
    about: &[PlaceId],
) -> Option<PlaceId> {
    if let Some(place) = about.first().or_else(|| title.first()) {
        return Some(place.clone());
    }
    let mut counts: Vec<(PlaceId, usize)> = Vec::new();
    for name in passage.names.iter().take(40) {
        if name.means.by == By::Region {
            continue;
        }
        match counts
            .iter_mut()
            .find(|(place, _)| *place == name.means.place)
        {
            Some((_, count)) => *count += 1,
            None => counts.push((name.means.place.clone(), 1)),
        }
    }
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| count * 2 > all)
        .map(|(place, _)| place)
}

/// Fills in what the document is about where the sentence names no place.
/// `hosts` tells that it is a country which people came to.
pub(super) fn inherit(place: &mut Where, indicator: &str, subject: Option<&PlaceId>, hosts: bool) {
    let speaker = place.speaker.take();
    let Some(subject) = subject.or(speaker.as_ref()) else {
        return;
    };
    let is_home = is_internal(indicator) || indicator == "displaced";
    if place.abroad && !crosses_borders(indicator) {
        return;
    }
    if crosses_borders(indicator) {
        if hosts {
            let is_open = place.location.is_none() && !place.location_several && !place.abroad;
            if is_open && place.origin.as_ref() != Some(subject) {
                place.location = Some(subject.clone());
                place.location_inherited = true;
            }
            return;
        }
        let is_open = place.origin.is_none() && !place.origin_several;
        if is_open && place.location.as_ref() != Some(subject) {
            place.origin = Some(subject.clone());
            place.origin_inherited = true;
        }
        return;
    }
    if place.location.is_none() && !place.location_several {
        place.location = Some(subject.clone());
        place.location_inherited = true;
        if place.origin.is_none() && !place.origin_several && is_home {
            place.origin = Some(subject.clone());
            place.origin_inherited = true;
        }
    }
}
