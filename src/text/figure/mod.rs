//! From quantities to figures: what is counted, of whom, where, when, and who says so.
//!
//! Rules look at one sentence at a time. What it does not say is taken from the sentence before, or
//! from the document, and marked as inherited.

mod confidence;
mod cue;
mod finish;
mod label;
mod link;
mod passage;
mod place;
mod several;
mod shared;
mod status;
mod when;
mod who;

use std::ops::Range;

use chrono::NaiveDate;

use super::candidate::Candidate;
use super::code_points::CodePoints;
use super::document::Document;
use super::quantity::{Mention, Reader};
use super::rules::{Counted, Rules, Side};
use super::{lexicon, places, token};
use crate::figure::{Breakdown, Measure, PlaceId, Qualifier, Quantity, Status};
use cue::{Cued, Cues};
use finish::{finished, others};
use passage::{Noun, Passage, Scene};
use place::Where;

/// What is known of a document beside what it says itself; it goes before that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The day of its publication.
    pub published: Option<NaiveDate>,
    /// Who says it counted, where the text names nobody.
    pub claimant: Option<String>,
    /// Who passed it on, in order.
    pub relayed_by: Vec<String>,
    /// Countries that it is about.
    pub about: Vec<PlaceId>,
}

/// A candidate while it is put together.
#[derive(Debug, Clone)]
struct Draft {
    mention: usize,
    sentence: usize,
    cued: Cued,
    inherited_cue: bool,
    from_before: bool,
    place: Where,
    span: when::Span,
    breakdown: Breakdown,
    quantity: Quantity,
    denied: bool,
    claimant: Option<String>,
    counted: Option<Counted>,
    indicator: Option<String>,
    measure: Measure,
    part_of: Option<usize>,
    repeats: Option<usize>,
    rules: Vec<String>,
}

/// The words and rules that a text is read by.
#[derive(Clone, Copy)]
pub(super) struct By<'a> {
    pub(super) lexicon: &'a lexicon::Lexicon,
    pub(super) spellings: &'a lexicon::Spellings,
    pub(super) rules: &'a Rules,
    pub(super) places: &'a lexicon::Phrases<places::Name>,
}

/// Which numbers of a text are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that some rule knows a meaning for.
    Figures,
    /// Also others that may count people.
    Numbers,
}

/// The candidates of a document, in the order of its body.
pub(super) fn read(document: &Document, given: &Given, by: By<'_>, which: Which) -> Vec<Candidate> {
    let text = &document.body;
    let tokens = token::tokens(text, &mut |word| by.spellings.get(word));
    let reader = Reader {
        text,
        tokens: &tokens,
        lexicon: by.lexicon,
    };
    let about = if given.about.is_empty() {
        &document.about
    } else {
        &given.about
    };
    let title = names_of_title(document, by, about);
    let known: Vec<PlaceId> = about.iter().chain(&title).cloned().collect();
    let passage = Passage::of(reader, by.rules, by.places, &known);
    let subject = place::subject(&passage, &title, about);
    let published = given
        .published
        .or_else(|| document.published.map(crate::figure::Version::day));
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, sentence) in passage.sentences.iter().enumerate() {
        let mentions = passage.mentions_in(sentence);
        if mentions.is_empty() {
            continue;
        }
        let start = reader.token(sentence.start).map_or(0, |token| token.start);
        let entry = document
            .entries
            .iter()
            .find(|entry| entry.range.contains(&start))
            .and_then(|entry| entry.published)
            .map(crate::figure::Version::day);
        read_sentence(&passage, index, mentions, entry.or(published), &mut drafts);
    }
    link::repeats(&mut drafts);
    let hosts = subject
        .as_ref()
        .and_then(|subject| is_host(&drafts, subject));
    let points = CodePoints::new(text);
    let mut out: Vec<Candidate> = drafts
        .iter()
        .map(|draft| {
            let subject = subject.as_ref().map(|place| (place, hosts));
            finished(&passage, &points, draft, document, given, subject)
        })
        .collect();
    if which == Which::Numbers {
        out.extend(others(&passage, &points, &drafts));
        out.sort_by_key(|candidate| candidate.number);
        // The order has changed, and with it what a place in the list means.
        for candidate in &mut out {
            (candidate.part_of, candidate.repeats) = (None, None);
        }
    }
    out
}

/// Whether a country is one that people came to, as the text speaks of it; none where it does not tell.
fn is_host(drafts: &[Draft], subject: &PlaceId) -> Option<bool> {
    let crossing = drafts
        .iter()
        .filter(|draft| place::crosses_borders(draft.indicator.as_deref().unwrap_or_default()));
    let (mut there, mut from) = (0, 0);
    for draft in crossing {
        there += usize::from(draft.place.location.as_ref() == Some(subject));
        from += usize::from(draft.place.origin.as_ref() == Some(subject));
    }
    (there + from > 0).then_some(there > from)
}

fn names_of_title(document: &Document, by: By<'_>, about: &[PlaceId]) -> Vec<PlaceId> {
    let Some(title) = &document.title else {
        return Vec::new();
    };
    let tokens = token::tokens(title, &mut |word| by.spellings.get(word));
    let reader = Reader {
        text: title,
        tokens: &tokens,
        lexicon: by.lexicon,
    };
    let passage = Passage::of(reader, by.rules, by.places, about);
    passage
        .names
        .iter()
        .filter(|name| name.means.by != places::By::Region)
        .map(|name| name.means.place.clone())
        .collect()
}

fn read_sentence(
    passage: &Passage<'_>,
    sentence_index: usize,
    mentions: Range<usize>,
    published: Option<NaiveDate>,
    drafts: &mut Vec<Draft>,
) {
    let sentence = &passage.sentences[sentence_index];
    let cues = Cues::of(passage, sentence);
    let scene = Scene::of(passage, sentence);
    let claimant = who::claimant(passage, sentence).map(|name| {
        // "The agency" is the one that was named last.
        let named = drafts.iter().rev().find_map(|draft| draft.claimant.clone());
        if who::points_back(&name) {
            named.unwrap_or(name)
        } else {
            name
        }
    });
    let first_draft = drafts.len();
    for index in mentions.clone() {
        let mention = &passage.mentions[index];
        let Some(quantity) = quantity(mention) else {
            continue;
        };
        // The ledger holds US dollars only; other money is a quantity and no figure.
        if mention.currency && !passage.is_dollars(mention) {
            continue;
        }
        let noun = passage.counted(mention);
        // "Two 6.3 magnitude quakes" counts what stands behind the other number.
        let precedes_number = passage
            .mentions
            .get(index + 1)
            .is_some_and(|next| next.tokens.start == mention.tokens.end && !next.currency)
            && (mention.unit.is_none() || mention.unit_inherited);
        if precedes_number || passage.is_age(mention) || passage.is_no_count(mention, index) {
            continue;
        }
        // "Six buses with 25 passengers each" counts no figure.
        let behind = passage.word(passage.extent(mention).end);
        if matches!(&*behind, "each" | "apiece") {
            continue;
        }
        let previous = drafts
            .last()
            .filter(|draft| draft.sentence == sentence_index);
        let own = cues.best(passage, sentence, index);
        let before = previous.map_or(sentence.start, |draft| {
            passage.extent(&passage.mentions[draft.mention]).end
        });
        let sum_words = previous.and_then(|_| passage.sum_words(before, index));
        let is_sum = sum_words.is_some();
        let inherited = own.is_none()
            || matches!(noun, Noun::None) && own.as_ref().is_some_and(|cued| cued.cost > 10)
            // "12 were killed, bringing the total to 30,534" is of what stands before both.
            || own.as_ref().zip(sum_words).is_some_and(|(cued, words)| cued.tokens.end <= words);
        let (cued, inherited_cue, from_before) = match (own, previous, drafts.last()) {
            (Some(cued), _, _) if !inherited => (cued, false, false),
            (_, Some(previous), _)
                if !mention.currency
                    && !passage.mentions[previous.mention].currency
                    && !matches!(noun, Noun::Thing | Noun::Perhaps)
                    && (is_sum || link::is_list(passage, previous, index)) =>
            {
                (previous.cued.clone(), true, false)
            }
            (Some(cued), _, _) => (cued, false, false),
            (None, _, Some(before))
                if before.sentence + 1 == sentence_index
                    && matches!(noun, Noun::None | Noun::Known(Counted::Persons))
                    && !mention.currency
                    && link::begins_with_part(passage, sentence, mention) =>
            {
                (before.cued.clone(), true, true)
            }
            _ => continue,
        };
        let window = window(passage, sentence, &mentions, index);
        let extent = passage.extent(mention);
        let cue = &passage.rules.cues[cued.cue];
        let mut rules = vec![cue.id.clone()];
        let mut indicator = cue.indicator.clone();
        let disease = scene.disease
            || drafts.last().is_some_and(|draft| {
                draft.sentence + 1 >= sentence_index
                    && matches!(
                        draft.indicator.as_deref(),
                        Some("disease_cases" | "disease_deaths")
                    )
            });
        refine(passage, &scene, disease, &cued, &mut indicator, &mut rules);
        let code = indicator.clone().unwrap_or_default();
        let mut draft = Draft {
            mention: index,
            sentence: sentence_index,
            place: place::of(passage, &scene, &window, &extent, &code),
            span: when::of(passage, &scene, &extent, published),
            breakdown: status::breakdown(passage, &window, mention, &cued),
            quantity,
            denied: false,
            claimant: claimant.clone(),
            counted: match noun {
                Noun::Known(counted) => Some(counted),
                Noun::None | Noun::Perhaps | Noun::Thing => None,
            },
            indicator,
            measure: Measure::Stock,
            part_of: None,
            repeats: None,
            inherited_cue,
            from_before,
            cued,
            rules,
        };
        go_on(drafts, &mut draft);
        draft.measure = status::measure(passage, sentence, &window, &draft);
        if draft.measure == Measure::Flow && draft.span.since.take().is_some() {
            draft.span = when::lately(&scene, published).unwrap_or(draft.span);
        }
        status::settle(passage, sentence, &extent, &mut draft);
        when::settle(&mut draft.span, draft.quantity.status, published);
        link::parts(passage, drafts, first_draft, &mut draft);
        if is_sum {
            link::sum(passage, drafts, &mut draft);
        }
        drafts.push(draft);
    }
    for index in link::without_first_day(passage, mentions.end, &drafts[first_draft..]) {
        let draft = &mut drafts[first_draft + index];
        draft.span.since = None;
        if draft.measure == Measure::Cumulative {
            let window = window(passage, sentence, &mentions, draft.mention);
            draft.measure = status::measure(passage, sentence, &window, draft);
        }
    }
}

/// People who crossed a border that the sentence does not name crossed the one that was spoken of last.
fn go_on(drafts: &[Draft], draft: &mut Draft) {
    let crosses =
        |draft: &Draft| place::crosses_borders(draft.indicator.as_deref().unwrap_or_default());
    let Some(last) = drafts.last() else { return };
    let place = &draft.place;
    let is_open = place.location.is_none()
        && place.origin.is_none()
        && !place.location_several
        && !place.origin_several;
    if !is_open || draft.place.abroad || !crosses(draft) || !crosses(last) {
        return;
    }
    if draft.sentence - last.sentence > 1 || last.place.location.is_none() {
        return;
    }
    draft.place.origin.clone_from(&last.place.origin);
    draft.place.location.clone_from(&last.place.location);
    draft.place.origin_inherited = draft.place.origin.is_some();
    draft.place.location_inherited = true;
}

/// What speaks of a number: from the number before it in its sentence to the one behind it.
fn window(
    passage: &Passage<'_>,
    sentence: &Range<usize>,
    mentions: &Range<usize>,
    index: usize,
) -> Range<usize> {
    let counts = |other: &usize| Passage::counts(&passage.mentions[*other]);
    let before = (mentions.start..index).rev().find(counts);
    let after = (index + 1..mentions.end).find(counts);
    let start = before.map_or(sentence.start, |other| {
        passage.extent(&passage.mentions[other]).end
    });
    let end = after.map_or(sentence.end, |other| {
        passage.extent(&passage.mentions[other]).start
    });
    start.min(passage.mentions[index].tokens.start)..end.max(passage.mentions[index].tokens.end)
}

/// The number itself, where it is one that figures can hold.
fn quantity(mention: &Mention) -> Option<Quantity> {
    if !Passage::counts(mention) {
        return None;
    }
    let whole = |number: Option<super::quantity::Decimal>| {
        number.and_then(super::quantity::Decimal::to_whole)
    };
    let mut quantity = Quantity {
        value: whole(mention.value),
        low: whole(mention.low),
        high: whole(mention.high),
        qualifier: Qualifier::Exact,
        status: Status::Observed,
        missing: None,
    };
    match mention.form {
        super::quantity::Form::Vague => quantity.qualifier = Qualifier::Vague,
        super::quantity::Form::Range => {
            quantity.qualifier = Qualifier::Between;
            if quantity.low.is_none() || quantity.high.is_none() {
                return None;
            }
        }
        _ => {}
    }
    if let Some((_, hedge)) = &mention.hedge {
        if quantity.qualifier == Qualifier::Exact {
            quantity.qualifier = hedge.qualifier;
        }
        quantity.status = hedge.status.unwrap_or(Status::Observed);
    }
    quantity.checked().ok()
}

/// What other words of the sentence make of an indicator.
fn refine(
    passage: &Passage<'_>,
    scene: &Scene<'_>,
    disease: bool,
    cued: &Cued,
    indicator: &mut Option<String>,
    rules: &mut Vec<String>,
) {
    match indicator.as_deref() {
        Some("killed") if disease => {
            *indicator = Some("disease_deaths".to_owned());
            rules.push("killed-by-disease".to_owned());
        }
        // "210,000 reached Egypt" were not helped.
        Some("people_reached")
            if cued.side == Side::After
                && passage.word(cued.tokens.end - 1) == "reached"
                && passage
                    .names_in(&(cued.tokens.end..cued.tokens.end + 2))
                    .next()
                    .is_some() =>
        {
            *indicator = Some("arrivals".to_owned());
            rules.push("reached-place".to_owned());
        }
        // Who fled, without a border in sight, is displaced.
        Some("refugees")
            if rules
                .first()
                .is_some_and(|id| id == "fled-verb" || id == "left-verb") =>
        {
            let named = passage.names_in(&scene.sentence).next().is_some();
            let abroad = !passage
                .phrases(&passage.rules.abroad, &scene.sentence)
                .is_empty();
            if !named && !abroad {
                *indicator = Some("displaced".to_owned());
                rules.push("fled-within".to_owned());
            }
        }
        _ => {}
    }
}
