//! Which words beside a number say what is counted.

use std::ops::Range;

use super::passage::{Found, Noun, Passage};
use crate::text::quantity::Mention;
use crate::text::rules::{Counted, Cue, Link, Side};
use crate::text::token::Kind;

/// A cue that speaks of a number: the lower the cost, the surer.
#[derive(Debug, Clone)]
pub(super) struct Cued {
    /// Its place in the list of rules.
    pub(super) cue: usize,
    /// On which side it stands.
    pub(super) side: Side,
    /// How far it is, in half words.
    pub(super) cost: i32,
    /// Its words.
    pub(super) tokens: Range<usize>,
}

/// What a word between a number and a cue costs.
const WORD: i32 = 2;
/// What another number between them costs.
const NUMBER: i32 = 14;
/// Above this, a cue speaks of something else.
const FAR: i32 = 28;
/// Tokens that may stand between a number and a cue.
const LONGEST: usize = 60;
/// What a noun costs that names a group: a verb right beside it says more.
const GROUP: i32 = 3;

/// The cues of a sentence, by list.
pub(super) struct Cues<'p> {
    people: Vec<Found<&'p usize>>,
    money: Vec<Found<&'p usize>>,
    dwellings: Vec<Found<&'p usize>>,
}

impl<'p> Cues<'p> {
    pub(super) fn of(passage: &Passage<'p>, sentence: &Range<usize>) -> Self {
        Self {
            people: passage.phrases(&passage.rules.people_cues, sentence),
            money: passage.phrases(&passage.rules.money_cues, sentence),
            dwellings: passage.phrases(&passage.rules.dwelling_cues, sentence),
        }
    }

    /// The cue that speaks of a number.
    pub(super) fn best(
        &self,
        passage: &Passage<'_>,
        sentence: &Range<usize>,
        index: usize,
    ) -> Option<Cued> {
        let mention = passage.mentions.get(index)?;
        let noun = passage.counted(mention);
        let pick = |list: &[Found<&usize>], limit: i32, only_strong: bool| {
            list.iter()
                .filter(|found| !only_strong || passage.rules.cues[*found.means].strong)
                .filter_map(|found| cost(passage, sentence, index, found))
                .filter(|cued| cued.cost <= limit)
                .min_by_key(|cued| (cued.cost, std::cmp::Reverse(cued.tokens.len())))
        };
        if mention.currency {
            return pick(&self.money, 16, false);
        }
        match noun {
            Noun::Known(Counted::Dwellings) => {
                let destroyed = pick(&self.dwellings, 16, false);
                let people = pick(&self.people, 8, false).filter(|cued| {
                    // "reaching 7,624 shelters" tells nothing of houses or of people.
                    matches!(
                        passage.rules.cues[cued.cue].indicator.as_deref(),
                        Some("displaced" | "evacuated" | "idps" | "households") | None
                    )
                });
                match (destroyed, people) {
                    (Some(one), Some(other)) if other.cost < one.cost => Some(other),
                    (one, other) => one.or(other),
                }
            }
            Noun::Known(Counted::Things) => None,
            Noun::Known(_) => pick(&self.people, FAR, false),
            Noun::Perhaps => pick(&self.people, 6, true),
            Noun::None => pick(
                &self.people,
                if mention.unit_inherited { 8 } else { 15 },
                false,
            ),
            // A noun that the rules do not count may still hold a cue: "camp refugees".
            Noun::Thing if !is_thing(passage, mention) => pick(&self.people, GROUP, false)
                .filter(|cued| cued.side == Side::Unit || cued.cost == GROUP),
            Noun::Thing => None,
        }
    }
}

/// Whether a noun has a word of what is no people.
fn is_thing(passage: &Passage<'_>, mention: &Mention) -> bool {
    mention.unit.clone().is_some_and(|mut unit| {
        unit.any(|at| {
            passage
                .reader
                .token(at)
                .and_then(|token| passage.rules.counted.get(&token.spelling))
                == Some(&Counted::Things)
        })
    })
}

/// How far a cue is from a number on its best side, if it may stand there at all.
fn cost(
    passage: &Passage<'_>,
    sentence: &Range<usize>,
    index: usize,
    found: &Found<&usize>,
) -> Option<Cued> {
    let mention = &passage.mentions[index];
    let cue = &passage.rules.cues[*found.means];
    let extent = passage.extent(mention);
    let cued = |side, cost| Cued {
        cue: *found.means,
        side,
        cost,
        tokens: found.tokens.clone(),
    };
    let unit = mention.unit.as_ref().filter(|_| !mention.unit_inherited);
    if let Some(unit) = unit
        && found.tokens.start < unit.end
        && unit.start < found.tokens.end
    {
        // "5,700 sought refuge": no noun, but the verb itself.
        let is_verb = found.tokens.start == unit.start
            && cue.sides.contains(&Side::After)
            && !cue.sides.contains(&Side::Unit)
            && passage.counted(mention) == Noun::Thing;
        if is_verb {
            return Some(cued(Side::After, GROUP));
        }
        // "321 houses destroyed": the words begin with the noun and go on behind it.
        if found.tokens.end > unit.end
            && cue.sides.contains(&Side::After)
            && !cue.sides.contains(&Side::Unit)
        {
            return Some(cued(Side::After, 0));
        }
        let may = cue.sides.contains(&Side::Unit);
        let base = if cue.strong { 0 } else { GROUP };
        return may.then(|| cued(Side::Unit, base));
    }
    if found.tokens.start >= extent.end {
        if !cue.sides.contains(&Side::After) {
            return None;
        }
        let between = extent.end..found.tokens.start;
        let mut cost = distance(passage, &between);
        cost += active_for_next(passage, sentence, index, found, cue);
        // "people, killed livestock": another verb of the same subject.
        let joined = found
            .tokens
            .start
            .checked_sub(1)
            .filter(|at| *at >= extent.end)
            .is_some_and(|at| passage.reader.is_mark(at, &[',']) || passage.reader.senses(at).and);
        if joined && cue.sides.contains(&Side::Before) {
            cost += 5;
        }
        return Some(cued(Side::After, cost));
    }
    if found.tokens.end <= extent.start {
        if !cue.sides.contains(&Side::Before) {
            return None;
        }
        // "The death toll reached 53" helped nobody.
        if cue.indicator.as_deref() == Some("people_reached") && is_total(passage, sentence, found)
        {
            return None;
        }
        let between = found.tokens.end..extent.start;
        let mut cost = distance(passage, &between) + if cue.strong { 2 } else { 4 };
        if is_passive(passage, found) && !is_list(passage, &between) {
            cost += 8;
        }
        return Some(cued(Side::Before, cost));
    }
    None
}

/// What stands between a number and a cue, in half words.
fn distance(passage: &Passage<'_>, between: &Range<usize>) -> i32 {
    let reader = passage.reader;
    // So many words are far, whatever they are.
    if between.len() > LONGEST {
        return FAR + 1;
    }
    let mut cost = 0;
    let mut at = between.start;
    while at < between.end {
        // "86 people, among them 30 children, had been killed": the aside is passed over.
        if let Some(end) = aside(passage, at, between.end) {
            cost += WORD;
            at = end;
            continue;
        }
        if let Some(mention) = mention_at(passage, at) {
            cost += if Passage::counts(mention) { NUMBER } else { 0 };
            at = passage.extent(mention).end.max(at + 1);
            continue;
        }
        if let Some((end, ())) = passage.rules.skip.at(reader.tokens, at) {
            at = end;
            continue;
        }
        let Some(token) = reader.token(at) else { break };
        cost += match token.kind {
            Kind::Mark => match token.mark {
                ';' => 8,
                ',' => 2,
                ':' | '(' | ')' | '–' | '—' => 1,
                _ => 0,
            },
            _ if reader.senses(at).and => 3,
            _ if passage.rules.clause.at(reader.tokens, at).is_some() => 5,
            _ => WORD,
        };
        if cost > FAR {
            break;
        }
        at += 1;
    }
    cost
}

/// Behind the comma or dash that ends an aside of parts, where one begins at a place.
fn aside(passage: &Passage<'_>, at: usize, limit: usize) -> Option<usize> {
    let reader = passage.reader;
    let marks = [',', '–', '—', '('];
    if !reader.is_mark(at, &marks) {
        return None;
    }
    let (_, link) = passage.rules.links.at(reader.tokens, at + 1)?;
    if *link != Link::Part {
        return None;
    }
    (at + 2..limit)
        .rev()
        .find(|close| reader.is_mark(*close, &[',', '–', '—', ')']))
        .map(|close| close + 1)
}

fn mention_at<'p>(passage: &'p Passage<'_>, at: usize) -> Option<&'p Mention> {
    let index = passage
        .mentions
        .binary_search_by_key(&at, |mention| mention.tokens.start)
        .ok()?;
    passage.mentions.get(index)
}

/// Whether an auxiliary makes a verb speak of what stands before it: "were killed".
fn is_passive(passage: &Passage<'_>, found: &Found<&usize>) -> bool {
    found.tokens.start.checked_sub(1).is_some_and(|before| {
        passage
            .rules
            .passive
            .at(passage.reader.tokens, before)
            .is_some()
    })
}

/// Whether a sum is what reaches a number: "the toll has reached".
fn is_total(passage: &Passage<'_>, sentence: &Range<usize>, found: &Found<&usize>) -> bool {
    let sums = [
        "toll",
        "number",
        "numbers",
        "total",
        "figure",
        "count",
        "deaths",
        "cases",
        "tally",
        "caseload",
        "displacement",
    ];
    passage.word(found.tokens.end - 1) == "reached"
        && (found.tokens.start.saturating_sub(10).max(sentence.start)..found.tokens.start)
            .any(|at| sums.contains(&&*passage.word(at)))
}

/// Whether only a colon or a bracket parts a cue and a number, as in a table: "killed: 12".
fn is_list(passage: &Passage<'_>, between: &Range<usize>) -> bool {
    between.len() <= 2
        && between
            .clone()
            .any(|at| passage.reader.is_mark(at, &[':', '(', '–', '-']))
}

/// What it costs that a verb rather speaks of the next number: "and injured 14 people".
fn active_for_next(
    passage: &Passage<'_>,
    sentence: &Range<usize>,
    index: usize,
    found: &Found<&usize>,
    cue: &Cue,
) -> i32 {
    let Some(next) = passage
        .mentions
        .get(index + 1)
        .filter(|next| next.tokens.start < sentence.end)
    else {
        return 0;
    };
    if !cue.sides.contains(&Side::Before) || is_passive(passage, found) {
        return 0;
    }
    // "sought refuge in 108 centres" speaks of no other people.
    if !next.currency && passage.counted(next) == Noun::Thing || passage.is_age(next) {
        return 0;
    }
    let start = passage.extent(next).start;
    if start < found.tokens.end {
        return 0;
    }
    let near = distance(passage, &(found.tokens.end..start));
    let behind = distance(
        passage,
        &(passage.extent(&passage.mentions[index]).end..found.tokens.start),
    );
    if near <= 1 && start - found.tokens.end <= 2 && behind > 0 {
        8
    } else {
        0
    }
}
